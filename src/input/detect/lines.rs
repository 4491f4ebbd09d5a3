//! JSON a line where a line is no call of its own: an event of a live stream, or a turn.

use serde_json::Value;

use crate::input::detect::best;
use crate::input::detect::outline::Outline;
use crate::input::detect::outline::Sight;
use crate::input::format::{JsonFormat, Lines};
use crate::input::formats::call_jsonl;
use crate::input::formats::generic_json::GENERIC_JSON;
use crate::input::json::Fields;
use crate::input::json::events::contact;
use crate::input::json::rows::{Key, is_turn, key};
use crate::input::registry::all;
use crate::input::{Format, Guess, Head};

/// Lines that are looked at; the first ones may be about anything but words.
const LINES: usize = 32;

/// The format of which these lines are events or turns, if they are.
pub fn of_lines(bytes: &[u8]) -> Option<(&'static dyn Format, Guess)> {
    let lines = bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    if lines.clone().next().is_some_and(call_jsonl::own) {
        return None;
    }
    let lines = lines.filter(|l| l.starts_with(b"{")).take(LINES);
    if let Some(document) = events(lines.clone()) {
        let guess = Guess { confidence: 0.92, because: "events of a stream, one a line" };
        return Some((document, guess));
    }
    // A line that is cut off by the end of the head says nothing.
    let whole = |line| serde_json::from_slice::<Value>(line).ok().map(|v| (line, v));
    let mut turns = 0;
    for (line, value) in lines.filter_map(whole) {
        if !turn(line, &value) {
            return None;
        }
        turns += 1;
    }
    let guess = Guess { confidence: 0.7, because: "a turn with text and speaker a line" };
    (turns > 1).then_some((&GENERIC_JSON, guess))
}

/// The formats whose documents may be single events.
fn streamed() -> impl Iterator<Item = &'static dyn JsonFormat> {
    all().filter_map(|f| f.document()).filter(|d| d.lines() == Lines::Events)
}

/// The format of which some of these lines are events, and none a call.
fn events<'l>(lines: impl Iterator<Item = &'l [u8]>) -> Option<&'static dyn JsonFormat> {
    let mut found: Option<&'static dyn JsonFormat> = None;
    for line in lines {
        let listed = [b"[", line, b"]"].concat();
        let outline = Outline::of(&listed);
        let sight = Sight { outline: &outline, complete: true };
        let Some(document) = streamed().find(|d| d.sight(&sight).is_some()) else {
            continue;
        };
        if found.is_some_and(|f| f.name() != document.name()) || whole_call(line) {
            return None;
        }
        found = Some(document);
    }
    found
}

/// Whether a line is a turn: one thing said, by somebody, that is not a transcript in one string.
fn turn(line: &[u8], value: &Value) -> bool {
    let Some(object) = value.as_object() else {
        return false;
    };
    if !is_turn(object.keys().map(String::as_str)) {
        return false;
    }
    let has = |wanted: Key| object.keys().any(|k| key(k) == wanted);
    let lines = |v: &Value| v.as_str().is_some_and(|t| t.trim().contains('\n'));
    let told = has(Key::Speaker(true)) || has(Key::Start);
    let known = best(&Head::new(line, true, "")).map(|(format, _)| format.name());
    told && known.is_none_or(|name| name == "json-wrapped-text")
        && !object.iter().any(|(k, v)| matches!(key(k), Key::Text(_)) && (lines(v) || v.is_array()))
}

/// Whether a line holds several segments and no contact: a page of the API, which is a call by itself.
fn whole_call(line: &[u8]) -> bool {
    serde_json::from_slice::<Value>(line)
        .is_ok_and(|event| contact(&event).is_none() && event.list("Segments").len() > 1)
}

#[cfg(test)]
mod tests {
    use crate::call::Call;
    use crate::input::detect::detect;
    use crate::input::format::{Framing, Record};
    use crate::input::json::testing::shown;
    use crate::input::registry::InputFormat;

    fn read(text: &str) -> Vec<(String, Vec<String>)> {
        let found = detect(text.as_bytes(), true, "x.jsonl").expect("a format");
        assert_eq!(found.framing, Framing::Whole);
        let InputFormat::Format(format) = found.format else { panic!("lines of calls") };
        let record = Record { bytes: text.as_bytes(), header: None };
        let (mut call, mut calls) = (Call::default(), Vec::new());
        format
            .parse(&record, &mut call, &mut |c| {
                calls.push((c.id.clone(), shown(c)));
                c.clear();
            })
            .expect("calls");
        calls
    }

    fn segment(contact: &str, role: &str, id: &str, at: u32, text: &str) -> String {
        format!(
            r#"{{"Channel":"VOICE",{contact}"EventType":"SEGMENTS","Segments":[{{"Transcript":{{"Id":"{id}","ParticipantId":"{role}","ParticipantRole":"{role}","Content":"{text}","BeginOffsetMillis":{at},"EndOffsetMillis":{}}}}}]}}"#,
            at + 500
        )
    }

    #[test]
    fn events_of_calls_that_were_live_at_once_come_apart() {
        let (a, b) = (r#""ContactId":"a","#, r#""ContactId":"b","#);
        let text = [
            r#"{"EventType":"STARTED","ContactId":"a"}"#.to_owned(),
            segment(a, "AGENT", "1", 500, "Hi."),
            segment(b, "AGENT", "2", 700, "Hello."),
            segment(a, "CUSTOMER", "3", 2000, "Good morning."),
            r#"{"EventType":"COMPLETED","ContactId":"a"}"#.to_owned(),
        ]
        .join("\n");
        let want = [
            (
                "a".to_owned(),
                vec!["agent [AGENT] 0.5-1 Hi.".to_owned(), "customer [CUSTOMER] 2-2.5 Good morning.".to_owned()],
            ),
            ("b".to_owned(), vec!["agent [AGENT] 0.7-1.2 Hello.".to_owned()]),
        ];
        assert_eq!(read(&text), want);
    }

    #[test]
    fn events_without_a_contact_are_one_call() {
        let text = [segment("", "AGENT", "1", 500, "Hi."), segment("", "CUSTOMER", "2", 2000, "Hello.")].join("\n");
        assert_eq!(read(&text)[0].1.len(), 2);
        let event = |partial: bool, role: &str, text: &str| {
            format!(
                r#"{{"UtteranceEvent":{{"IsPartial":{partial},"ParticipantRole":"{role}","BeginOffsetMillis":1,"EndOffsetMillis":900,"Transcript":"{text}"}}}}"#
            )
        };
        let text =
            [event(true, "AGENT", "Hel"), event(false, "AGENT", "Hello."), event(false, "CUSTOMER", "Hi.")].join("\n");
        assert_eq!(read(&text)[0].1.len(), 2);
    }

    #[test]
    fn lines_of_turns_are_calls() {
        let line = |call: &str, who: &str, at: f64, text: &str| {
            format!(r#"{{"call_id":"{call}","speaker":"{who}","start":{at},"text":"{text}"}}"#)
        };
        let text = [
            line("a", "agent", 0.5, "Hi."),
            line("a", "customer", 1.5, "Hello."),
            line("b", "agent", 0.25, "Good day."),
        ]
        .join("\n");
        let calls = read(&text);
        assert_eq!(calls[0].1, ["agent [agent] 0.5-? Hi.", "customer [customer] 1.5-? Hello."]);
        assert_eq!(calls[1], ("b".to_owned(), vec!["agent [agent] 0.25-? Good day.".to_owned()]));
        let bare = "{\"role\":\"agent\",\"content\":\"Hi.\"}\n{\"role\":\"customer\",\"content\":\"Hello.\"}\n";
        assert_eq!(read(bare)[0].1.len(), 2);
        // A transcript a line is a call a line.
        let wide = "{\"call_id\":\"a\",\"speaker\":\"x\",\"transcript\":\"Agent: Hi.\\nCustomer: Hello.\"}\n";
        let found = detect(wide.repeat(2).as_bytes(), true, "x").expect("a format");
        assert_eq!(found.format, InputFormat::Jsonl);
    }

    #[test]
    fn pages_that_are_calls_stay_calls() {
        let said = r#"{"Transcript":{"ParticipantId":"AGENT","ParticipantRole":"AGENT","Content":"Hi.","BeginOffsetMillis":1}}"#;
        let page = format!(r#"{{"Segments":[{said},{said}]}}"#);
        let found = detect(format!("{page}\n{page}\n").as_bytes(), true, "x").expect("a format");
        assert_eq!(found.format, InputFormat::Jsonl);
    }
}
