//! The report for people: what it says, that it fits, and that nothing in it steers a terminal.

use crate::sample::{self, Event, HOSTILE};
use heard::output::Setup;
use heard::report::{Band, Score, Severity, Verdict};
use unicode_width::UnicodeWidthStr;

fn text(setup: &Setup, events: &[Event]) -> String {
    sample::written("text", setup, events)
}

fn one() -> Vec<Event> {
    vec![Event::Call(Box::new(sample::plain()))]
}

#[test]
fn one_call_as_a_supervisor_reads_it() {
    let expected = "\
c-17 · agent Jo · 0:07                                33.3 poor, below the pass mark
  ✗ fail  A statement within 15 seconds (early-statement, major)
          no listed statement found between 0:02 and 0:17
          Said there: 0:02 agent Jo: \"I'd be happy to help you with that.\"
          Say instead: I'm sorry to hear that. I'd be happy to help you with
            that.
  ✓ pass  Uses the caller's name (name-usage, specific to this caller)
          0:06 agent Jo: \"I'd be happy to help you with that.\"
  – not applicable: empathy-sandwich: no hardship was voiced
  ? not scorable: privacy: the transcript has no times

heard judges words, not feelings: a verdict says what was found in the
  transcript and where, not what anybody felt.
";
    let shown = text(&sample::setup(), &one());
    let squeezed = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(squeezed(&shown), squeezed(expected));
    let (left, right) = (shown.lines().next().unwrap(), expected.lines().skip(1).collect::<Vec<_>>());
    assert_eq!(left.width(), 80, "the score stands at the right margin");
    assert_eq!(shown.lines().skip(1).collect::<Vec<_>>(), right);
}

/// On a terminal the calls are told in short where they do not fit it whole; one call is always whole.
#[test]
fn a_screen_shows_as_many_calls_as_fit() {
    let screen = |rows: usize, calls: usize| {
        let setup = Setup { rows: Some(rows), all: false, ..sample::setup() };
        let events: Vec<Event> = (0..calls).map(|_| Event::Call(Box::new(sample::plain()))).collect();
        text(&setup, &events)
    };
    let in_short = |shown: &str| shown.matches("33.3 poor  c-17").count();
    assert!(screen(500, 6).contains("Calls, the worst first") && in_short(&screen(500, 6)) == 0);
    let (small, large) = (screen(24, 6), screen(40, 6));
    assert!(small.contains("Calls to look at first") && small.contains("--all prints the calls whole"), "{small}");
    assert!(0 < in_short(&small) && in_short(&small) < in_short(&large), "{small}\n{large}");
    let after = |shown: &str| shown.lines().skip_while(|line| *line != "Calls to look at first").count();
    assert!(after(&small) <= 24 && after(&large) <= 40, "{small}");
    assert!(in_short(&screen(1, 6)) == 1, "at least one");
    assert!(screen(10, 1).contains("✗ fail  A statement within 15 seconds"));
}

#[test]
fn a_thin_margin_is_told() {
    let mut sample = sample::plain();
    for result in &mut sample.judged.results[..3] {
        result.near = true;
    }
    let events = [Event::Call(Box::new(sample))];
    let wide = Setup { width: 120, ..sample::setup() };
    let shown = text(&wide, &events);
    for line in [
        "(early-statement, major, on a thin margin)",
        "(name-usage, specific to this caller, on a thin margin)",
        "not applicable: empathy-sandwich (on a thin margin): no hardship was voiced",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    let shown = sample::written("markdown", &sample::setup(), &events);
    assert!(shown.contains("**major** `early-statement` (on a thin margin) at"), "{shown}");
    let sure = sample::written("markdown", &sample::setup(), &one());
    assert!(!sure.contains("margin"), "{sure}");
}

#[test]
fn the_end_counts_by_rule_and_says_where_to_look() {
    let shown = text(&Setup { verbosity: -1, ..sample::setup() }, &sample::events());
    assert!(!shown.contains("Say instead"), "-q shows no single call");
    for line in [
        "3 calls · 1 unreadable input · mean score 33.3 · 0 of 2 scored calls passed",
        "  good 0 · fair 0 · poor 2",
        "  ? not scorable: 1 of 3 calls: nobody says who is the agent. For all of them,",
        "  heard within 15 s ░░░░░░░░░░ 0 % (95 % interval 0 to 66), 0 of 2, few",
        "  rule                          passed       95 %  pass  fail   n/a   n/s",
        "  early-statement   ░░░░░░░░░░     0 %    0 to 66     0     2     0     1",
        "      not scorable: the transcript stores no times of speech (2 calls); no roles",
        "        (1 call)",
        "Calls to look at first",
        "   33.3 poor  c-17 · agent Jo · failed early-statement",
        "              most serious: no listed statement found between 0:02 and 0:17",
        "Agents, by name",
        "  Jo: 1 call, mean score 33.3, heard within 15 s 0 % (0 to 79), most to win with",
        "    early-statement; few",
        "Could not be read",
        "  ✗ calls/cut.json, record 3: ends within a string: =cmd|'/c calc'!A1",
    ] {
        assert!(shown.lines().any(|l| l == line), "{line:?} is missing in\n{shown}");
    }
    assert!(shown.contains("--roles \"spk_0=agent,spk_1=customer\""));
}

#[test]
fn nothing_is_wider_than_the_page_and_nothing_steers_it() {
    let mut events = sample::events();
    for words in [40, 400] {
        events.push(Event::Call(Box::new(sample::speaking("long", &"so many words, ".repeat(words)))));
        events.push(Event::Call(Box::new(sample::speaking("長い", &"とても長い文章、".repeat(words)))));
    }
    for width in [30, 60, 80, 120] {
        for verbosity in [-1, 0, 1] {
            let shown = text(&Setup { width, verbosity, ..sample::setup() }, &events);
            for line in shown.lines() {
                // A line may be as wide as the one word on it; escapes make long words of hostile text.
                let single = line.trim_start().split(' ').count() == 1;
                assert!(line.width() <= width || single, "{} > {width}: {line}", line.width());
                assert_eq!(line, line.trim_end(), "no blanks at the end");
                assert!(!line.contains(|c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}' | '\u{feff}')));
            }
        }
    }
}

#[test]
fn hostile_text_is_shown_not_obeyed() {
    let shown = text(&sample::setup(), &[Event::Call(Box::new(sample::hostile()))]);
    assert!(HOSTILE.contains("\u{1b}[31m") && shown.contains("\\u{1b}[31m\\u{1b}]0;x\\u{7}"));
    assert!(shown.contains("b\\u{202e}evil\\u{200b}\\u{feff}"));
}

#[test]
fn colour_repeats_what_words_say() {
    let plain = text(&sample::setup(), &sample::events());
    let colored = text(&Setup { color: true, ..sample::setup() }, &sample::events());
    assert!(!plain.contains('\u{1b}') && colored.contains('\u{1b}'));
    let mut stripped = String::new();
    for (k, piece) in colored.split('\u{1b}').enumerate() {
        // Every escape of ours is ESC [ … m.
        stripped.push_str(if k == 0 { piece } else { piece.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain);
}

#[test]
fn verbosity_adds_and_takes() {
    let mut sample = sample::plain();
    let quote = sample.judged.results[0].evidence[0].clone();
    sample.judged.results[0].evidence = vec![quote; 5];
    let events = vec![Event::Call(Box::new(sample))];
    let normal = text(&sample::setup(), &events);
    let quotes = |s: &str| s.matches("Said there").count();
    assert_eq!(quotes(&normal), 3);
    assert!(normal.contains("and 2 more (-v shows all)"));
    let more = text(&Setup { verbosity: 1, ..sample::setup() }, &events);
    assert_eq!(quotes(&more), 6, "and once among the calls to look at");
    assert!(more.contains("weight 20") && more.contains("calls/c-17.json") && more.contains("172 words a minute"));
    assert!(
        more.contains("the name was used twice") && more.contains("failed: nothing listed was found (1 call)"),
        "{more}"
    );
    let less = text(&Setup { verbosity: -1, ..sample::setup() }, &events);
    assert!(less.starts_with("1 call · mean score 33.3"));
}

#[test]
fn a_critical_failure_and_a_call_without_score_say_so() {
    let mut critical = sample::plain();
    critical.judged.results = vec![sample::result(3, Verdict::Fail, "read-back", "a full number was read back")];
    critical.judged.score = Some(Score { tenths: 0, band: Band::Poor, passed: false, critical: true });
    let shown = text(&sample::setup(), &[Event::Call(Box::new(critical)), Event::Call(Box::new(sample::bare()))]);
    assert!(shown.contains("0.0 poor, a critical rule failed") && shown.contains("(privacy, critical)"));
    assert!(shown.contains("no score") && shown.contains("✗ critical: a critical rule failed in 1 call"));
    assert_eq!(sample::rules()[3].severity, Severity::Critical);
    let bare = text(&sample::setup(), &[Event::Call(Box::new(sample::bare()))]);
    let reason = "? not scorable: early-statement, name-usage, empathy-sandwich, privacy:";
    assert!(bare.contains(reason), "rules with one reason stand together:\n{bare}");
}

#[test]
fn nothing_read_is_said_plainly() {
    assert!(text(&sample::setup(), &[]).starts_with("0 calls\n"));
    let shown = text(&sample::setup(), &[Event::Unreadable(sample::broken())]);
    assert!(shown.starts_with("0 calls · 1 unreadable input\n\nCould not be read\n"), "{shown}");
}
