//! Lines in every shape that was met.

use crate::input::text::lines::*;

fn said(line: &str) -> (Option<f64>, Option<f64>, String, String) {
    let secs = |s: Option<Stamp>| match s {
        Some(Stamp::Clock { seconds, .. } | Stamp::Wall { seconds, .. } | Stamp::Instant(seconds)) => Some(seconds),
        None => None,
    };
    match shape(line) {
        Line::Said(span, label, text) => (secs(span.start), secs(span.end), label.into(), text.into()),
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn a_label_in_every_shape() {
    for (line, start, end, label, text) in [
        ("Agent: hello", None, None, "Agent", "hello"),
        ("**Agent:** hello", None, None, "Agent", "hello"),
        ("**Agent**: hello", None, None, "Agent", "hello"),
        ("**Customer Service Agent:** hello", None, None, "Customer Service Agent", "hello"),
        ("- Agent: hello", None, None, "Agent", "hello"),
        ("[SPEAKER_01]: hello", None, None, "SPEAKER_01", "hello"),
        ("Customer: \"hello\"", None, None, "Customer", "\"hello\""),
        ("Agent (Ben): hello", None, None, "Agent (Ben)", "hello"),
        ("[0:07] Jo: hello", Some(7.0), None, "Jo", "hello"),
        ("[00:00:07] Jo Lee: hello", Some(7.0), None, "Jo Lee", "hello"),
        ("(0:07) Jo: hello", Some(7.0), None, "Jo", "hello"),
        ("0:00-0:03 Agent: hello", Some(0.0), Some(3.0), "Agent", "hello"),
        ("0:04-0:08.5 Customer: hello", Some(4.0), Some(8.5), "Customer", "hello"),
        ("00:00:04 --> 00:00:08,5 Customer: hello", Some(4.0), Some(8.5), "Customer", "hello"),
        ("0:09 Agent: hello", Some(9.0), None, "Agent", "hello"),
        ("10:32 AM Agent: hello", Some(37_920.0), None, "Agent", "hello"),
        ("Agent (0:09): hello", Some(9.0), None, "Agent", "hello"),
        ("Agent [00:00:09]: hello", Some(9.0), None, "Agent", "hello"),
        ("Agent: [0:09] hello", Some(9.0), None, "Agent", "hello"),
        ("[Agent] hello", None, None, "Agent", "hello"),
        ("Agent [0:09] hello", Some(9.0), None, "Agent", "hello"),
        ("Agent (0:09) - hello", Some(9.0), None, "Agent", "hello"),
        ("Agent\thello", None, None, "Agent", "hello"),
        ("1. Agent: hello", None, None, "Agent", "hello"),
        ("Agent – Jo: hello", None, None, "Agent – Jo", "hello"),
        ("00:00:06 <v Michael Kennedy>hello", Some(6.0), None, "Michael Kennedy", "hello"),
        ("From Jo to Everyone: hello", None, None, "Jo", "hello"),
        ("[1970-01-01T00:00:02.000Z] User 389: hello", Some(2.0), None, "User 389", "hello"),
    ] {
        assert_eq!(said(line), (start, end, label.into(), text.into()), "{line}");
    }
}

#[test]
fn headings_marks_and_the_rest() {
    assert!(matches!(shape("Jo Lee (0:00)"), Line::Heading(_, "Jo Lee")));
    assert!(matches!(shape("**Jo** (00:00:00)"), Line::Heading(_, "Jo")));
    assert!(matches!(shape("Jo Lee  0:15"), Line::Heading(_, "Jo Lee")));
    assert!(matches!(shape("00:00:07"), Line::Mark(_)));
    assert!(matches!(shape("[0:07 - 0:09]"), Line::Mark(_)));
    assert!(matches!(shape("00:00:06 so I called"), Line::Timed(_, "so I called", _)));
    assert_eq!(shape("[Verifying account information]"), Line::Stage);
    assert_eq!(shape("[PII]"), Line::Plain("[PII]"));
    assert_eq!(shape("\"\"\""), Line::Blank);
    assert_eq!(shape("see https://example.org/a: that"), Line::Plain("see https://example.org/a: that"));
    assert!(matches!(shape("no, what I wanted, is this: a refund"), Line::Plain(_)));
}
