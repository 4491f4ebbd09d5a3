//! Call JSONL: what `heard convert` writes, one call a line; also a single call as a document of many lines.

use crate::input::json::{CallBuilder, about, call_line, json_error};
use crate::input::{Format, FormatInfo, Framing, Gives, Guess, Head, ReadError, Record};
use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::{self, Finder};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::call::{Call, Clock, HowRoles, Role};
use crate::roles::labels::{self, parse_label, role_word};

/// Call JSONL.
#[derive(Debug)]
pub struct CallJsonl;

/// A string that borrows from the line where it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// An id, which other tools also write as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id<'a> {
    #[serde(borrow)]
    Text(Text<'a>),
    Number(serde_json::Number),
}

#[derive(Deserialize)]
struct WireCall<'a> {
    #[serde(borrow, default)]
    call: Option<Id<'a>>,
    #[serde(borrow, default)]
    agent: Option<Text<'a>>,
    #[serde(borrow, default)]
    customer: Option<Text<'a>>,
    #[serde(borrow, default)]
    started: Option<Text<'a>>,
    #[serde(borrow, default)]
    queue: Option<Text<'a>>,
    #[serde(borrow, default)]
    language: Option<Text<'a>>,
    #[serde(default)]
    duration_s: Option<f64>,
    /// `sent` where the times are those of sending, as in chats.
    #[serde(borrow, default)]
    clock: Option<Text<'a>>,
    #[serde(default)]
    meta: Option<Map<String, Value>>,
    #[serde(borrow)]
    turns: Vec<WireTurn<'a>>,
}

#[derive(Deserialize)]
struct WireTurn<'a> {
    #[serde(borrow)]
    speaker: Text<'a>,
    #[serde(borrow, default)]
    name: Option<Text<'a>>,
    #[serde(default)]
    start_s: Option<f64>,
    #[serde(default)]
    end_s: Option<f64>,
    #[serde(borrow)]
    text: Text<'a>,
    #[serde(borrow, default)]
    words: Option<Vec<(Text<'a>, f64, f64)>>,
}

impl Format for CallJsonl {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "call-jsonl",
            about: "Call JSONL: one call a line, as heard convert writes it",
            recognised: "objects with turns, each with speaker and text",
            gives: Gives { roles: "stated", times: "words", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let outline = head.outline();
        // Ours are names, not objects with more about somebody.
        let objects = ["agent.", "customer.", "call.", "queue."];
        if outline.paths().any(|path| objects.iter().any(|object| path.starts_with(object))) {
            return None;
        }
        if outline.has("turns[].speaker") && outline.has("turns[].text") {
            return Some(Guess { confidence: 0.95, because: "object with turns of speaker and text" });
        }
        // Turns with keys of which none is ours are written by somebody else.
        let ours = |p: &str| p.strip_prefix("turns[].").is_some_and(|k| ["speaker", "text", "start_s"].contains(&k));
        let turns = || outline.paths().filter(|p| p.starts_with("turns[]"));
        let one = turns().any(ours) || turns().all(|p| p == "turns[]");
        (outline.has("turns[]") && one).then_some(Guess { confidence: 0.7, because: "object with turns" })
    }

    fn framing(&self, head: &Head<'_>) -> Framing {
        let mut lines = head.bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).filter(|l| !l.is_empty());
        let (Some(first), second) = (lines.next(), lines.next()) else {
            return Framing::Lines;
        };
        let Some(second) = second else {
            return if head.complete { Framing::Whole } else { Framing::Lines };
        };
        // The lines of a document are indented, or close what the first line opened.
        let document = first.starts_with(b"{") && !second.starts_with(b"{") && !sure(first);
        if document { Framing::Whole } else { Framing::Lines }
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        if record.text().is_ok_and(|line| call_line::read(line, call)) {
            each(call);
            return Ok(());
        }
        call.clear();
        let wire: WireCall<'_> = serde_json::from_slice(record.bytes).map_err(|e| ReadError(json_error(&e)))?;
        if wire.turns.is_empty() {
            return Err(ReadError("has no turns: \"turns\" is empty".into()));
        }
        let named = wire.call.is_some();
        if !named && let Ok(document) = serde_json::from_slice(record.bytes) {
            // Somebody else's turns have the same keys: then the call's own have other names.
            let mut read = Call::default();
            about::metadata(&document, &mut CallBuilder::of(&mut read, &mut |_| {}));
            fill(wire, call);
            call.id = read.id;
            call.agent = read.agent.or(call.agent.take());
            call.customer = read.customer.or(call.customer.take());
            call.queue = read.queue.or(call.queue.take());
            call.started = call.started.take().or(read.started);
            call.language = call.language.take().or(read.language);
            call.stated_duration = call.stated_duration.or(read.stated_duration);
        } else {
            fill(wire, call);
        }
        each(call);
        Ok(())
    }
}

/// Whether a line is a call in our own words, without parsing it: others write `turns` too, with keys of their own.
pub fn own(line: &[u8]) -> bool {
    // Asked of every line of many a file, so they are made ready once.
    static KEYS: LazyLock<[Finder<'_>; 4]> =
        LazyLock::new(|| ["\"turns\"", "\"speaker\"", "\"text\"", "\"start_s\""].map(Finder::new));
    let [turns, speaker, text, start] = &*KEYS;
    let others = ["\"start", "\"time", "\"ts\"", "\"offset", "\"begin", "\"agent\":{", "\"agent\": {"];
    line.starts_with(b"{")
        && [turns, speaker, text].iter().all(|key| key.find(line).is_some())
        && (start.find(line).is_some() || !others.iter().any(|key| memmem::find(line, key.as_bytes()).is_some()))
}

/// Whether a line is JSON and looks like a call.
pub fn sure(line: &[u8]) -> bool {
    line.starts_with(b"{")
        && memmem::find(line, b"\"turns\"").is_some()
        && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

fn fill(wire: WireCall<'_>, call: &mut Call) {
    let own = |text: Option<Text<'_>>| text.map(|t| t.0.into_owned()).filter(|t| !t.is_empty());
    match wire.call {
        Some(Id::Text(id)) => call.id.push_str(&id.0),
        Some(Id::Number(id)) => call.id.push_str(&id.to_string()),
        None => {}
    }
    call.agent = own(wire.agent);
    call.customer = own(wire.customer);
    call.started = own(wire.started);
    call.queue = own(wire.queue);
    call.language = own(wire.language);
    call.stated_duration = wire.duration_s;
    if let Some(meta) = wire.meta {
        call.meta = meta;
    }
    let mut how = HowRoles::Stated;
    let mut timed = false;
    for turn in &wire.turns {
        let label = turn.speaker.0.as_ref();
        let name = turn.name.as_ref().map(|n| n.0.as_ref()).filter(|n| !n.is_empty());
        let speaker = match label {
            "agent" => call.speaker(Role::Agent, label, name),
            "customer" => call.speaker(Role::Customer, label, name),
            "bot" => call.speaker(Role::Bot, label, name),
            "unknown" => call.speaker(Role::Unknown, label, name),
            _ => {
                let parsed = parse_label(label);
                if parsed.nobody {
                    continue;
                }
                if role_word(label) == Role::Unknown {
                    how = HowRoles::Label;
                }
                call.speaker(parsed.role, label, name.or(parsed.name.as_deref()))
            }
        };
        let end = turn.end_s.filter(|e| turn.start_s.is_none_or(|s| *e >= s));
        timed |= turn.start_s.is_some();
        call.push_turn(speaker, turn.start_s, end, &turn.text.0);
        for (word, start, end) in turn.words.iter().flatten() {
            call.push_word(&word.0, *start, *end);
        }
    }
    if timed {
        let sent = wire.clock.is_some_and(|c| c.0 == "sent");
        call.clock = if sent { Clock::Sent } else { Clock::Speech };
    }
    call.sort_turns();
    labels::settle(call, how);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Call, String> {
        let mut call = Call::default();
        let mut got = None;
        let record = Record { bytes: json.as_bytes(), header: None };
        CallJsonl.parse(&record, &mut call, &mut |c| got = Some(c.clone())).map_err(|e| e.0)?;
        Ok(got.expect("a call"))
    }

    #[test]
    fn every_key_of_the_contract() {
        let call = read(
            r#"{"call":"c-1","agent":"Jo","customer":"Ann","started":"2026-05-01T09:30:00Z","queue":"q","language":"en","meta":{"tier":1},"odd":[{}],
            "turns":[{"speaker":"agent","name":"Jo","start_s":0.0,"end_s":3.2,"text":"Hello \"you\"","words":[["Hello",0.0,0.4],["you",1,2]]},
                     {"speaker":"customer","text":"Hi"},{"speaker":"bot","text":"Beep"}]}"#,
        )
        .expect("a call");
        assert_eq!(
            (call.id.as_str(), call.agent.as_deref(), call.language.as_deref()),
            ("c-1", Some("Jo"), Some("en"))
        );
        assert_eq!((call.meta["tier"].as_i64(), call.turns.len(), call.words.len()), (Some(1), 3, 2));
        assert_eq!(call.turn_text(&call.turns[0]), "Hello \"you\"");
        assert_eq!((call.roles.how, call.roles.confidence), (HowRoles::Stated, 1.0));
        assert_eq!((call.turns[0].end, call.turns[1].start), (Some(3.2), None));
    }

    #[test]
    fn keys_of_others_name_the_call_where_ours_do_not() {
        let turn = r#""turns":[{"speaker":"agent","text":"Hi"},{"speaker":"customer","text":"Yes"}]"#;
        let call =
            read(&format!(r#"{{"contact_id":7,"agent_name":"Jo Bell","customerName":"Ann",{turn}}}"#)).expect("a call");
        assert_eq!(
            (call.id.as_str(), call.agent.as_deref(), call.customer.as_deref()),
            ("7", Some("Jo Bell"), Some("Ann"))
        );
        let call = read(&format!(r#"{{"call":"c","contact_id":7,"agent_name":"Jo Bell",{turn}}}"#)).expect("a call");
        assert_eq!((call.id.as_str(), call.agent), ("c", None));
    }

    #[test]
    fn mistakes_have_a_place() {
        assert!(
            read(r#"{"turns":[{"speaker":"agent"}]}"#).expect_err("text").contains("column 29: missing field `text`")
        );
        assert!(
            read(r#"{"turns":[{"speaker":"agent","text":"Hel"#)
                .expect_err("cut")
                .contains("middle of a string, column 40")
        );
        assert!(read("{\"turns\":[\n{\"speaker\":\"agent\" \"text\":1}]}").expect_err("comma").contains("2:"));
        assert!(read(r#"{"call":1}"#).expect_err("turns").contains("missing field `turns`"));
        assert!(read(r#"{"turns":[]}"#).expect_err("none").contains("no turns"));
    }

    #[test]
    fn the_short_way_reads_what_the_full_parser_reads() {
        let turn = r#"{"speaker":"agent","start_s":1.25,"end_s":2,"text":"a"}"#;
        let mut taken = 0;
        for line in [
            format!(r#"{{"call":"c","agent":"Jo","started":"x","turns":[{turn},{turn}]}}"#),
            format!(r#" {{ "turns" : [ {turn} , {turn} ] , "queue" : null, "duration_s": 12.5 }} "#),
            r#"{"turns":[{"speaker":"customer","text":"\u00e9 \"q\" \n\/"},{"speaker":"bot","name":"","text":""}]}"#
                .to_owned(),
            r#"{"turns":[{"speaker":"agent","name":"Jo","start_s":0.1,"end_s":0.05,"text":"x\ud83d\ude00"}]}"#
                .to_owned(),
            r#"{"turns":[{"speaker":"agent","start_s":1e3,"text":"x"}]}"#.to_owned(),
            r#"{"turns":[{"speaker":"agent","start_s":0123,"text":"x"}]}"#.to_owned(),
            r#"{"turns":[{"speaker":"agent","text":"x","text":"y"}]}"#.to_owned(),
            "{\"turns\":[{\"speaker\":\"agent\",\"text\":\"tab\there\"}]}".to_owned(),
            r#"{"turns":[{"speaker":"spk_0","text":"x"}]}"#.to_owned(),
            r#"{"call":7,"turns":[{"speaker":"agent","text":"x"}],"more":[1]}"#.to_owned(),
            r#"{"turns":[{"speaker":"agent","text":"x"}]} x"#.to_owned(),
            r#"{"turns":[{"speaker":"agent","text":"x"},]}"#.to_owned(),
            r#"{"turns":[]}"#.to_owned(),
        ] {
            let full = serde_json::from_str::<WireCall<'_>>(&line).ok().map(|wire| {
                let mut call = Call::default();
                fill(wire, &mut call);
                call
            });
            let mut call = Call::default();
            if call_line::read(&line, &mut call) {
                taken += 1;
                assert_eq!(Some(call), full, "{line}");
            }
        }
        assert_eq!(taken, 3, "the short way is taken where it should be");
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_read_alike(number in "[0-9]{1,20}|[0-9]{1,9}[.][0-9]{0,15}|-?[0-9][.e][0-9]", behind in "[,} ]") {
            let turn = format!(r#"{{"speaker":"agent","text":"x","start_s":{number}{behind}"#);
            let rest = match behind.as_str() {
                "," => r#""end_s":7}]}"#,
                "}" => "]}",
                _ => "}]}",
            };
            let line = format!(r#"{{"turns":[{turn}{rest}"#);
            let start = serde_json::from_str::<WireCall<'_>>(&line)
                .ok()
                .map(|wire| wire.turns[0].start_s);
            let mut call = Call::default();
            let taken = call_line::read(&line, &mut call);
            if taken {
                proptest::prop_assert_eq!(start, Some(call.turns[0].start), "{}", line);
            }
            let plain = number.len() <= 16 && number.bytes().all(|b| b.is_ascii_digit());
            if plain && (number.len() == 1 || !number.starts_with('0')) {
                proptest::prop_assert!(taken, "{}", line);
            }
        }
    }

    #[test]
    fn lines_and_documents_are_told_apart() {
        let framing = |text: &str, complete| CallJsonl.framing(&Head::new(text.as_bytes(), complete, ""));
        let line = r#"{"turns":[{"speaker":"agent","text":"a"}]}"#;
        assert_eq!(framing(&format!("{line}\n{line}\n"), true), Framing::Lines);
        assert_eq!(framing(&format!("{{\"turns\":\n{line}\n"), true), Framing::Lines);
        assert_eq!(framing("{\n  \"turns\": [\n", false), Framing::Whole);
        assert_eq!(framing(line, true), Framing::Whole);
        assert_eq!(framing(&line[..20], false), Framing::Lines);
    }
}
