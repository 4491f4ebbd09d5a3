//! An example as TOML: the call as a transcript where that holds all that matters, else as JSON, a turn a line.

use crate::call::{Call, Clock, HowRoles, Role};
use crate::input::formats::plain_text;
use crate::output::calls;
use crate::rules::pack::example::Example;
use serde_json::Value;
use std::fmt::Write as _;

/// The call as a transcript, a line for each turn; none if reading it again would give other turns.
pub fn text(call: &Call) -> Option<String> {
    if call.clock == Clock::Sent {
        return None;
    }
    let mut text = String::new();
    for turn in &call.turns {
        if let Some(start) = turn.start {
            text.push_str(&time(start)?);
            if let Some(end) = turn.end {
                text.push('-');
                text.push_str(&time(end)?);
            }
            text.push(' ');
        }
        let speaker = call.speakers.get(usize::from(turn.speaker))?;
        let others = call.speakers.iter().filter(|s| s.role == speaker.role).count() > 1;
        let role = match speaker.role {
            Role::Agent => "Agent",
            Role::Customer => "Customer",
            Role::Bot => "Bot",
            Role::Unknown => &speaker.label,
        };
        let _ = match speaker.name.as_deref().filter(|_| others && speaker.role != Role::Unknown) {
            Some(name) => writeln!(text, "{role} ({name}): {}", call.turn_text(turn).trim()),
            None => writeln!(text, "{role}: {}", call.turn_text(turn).trim()),
        };
    }
    let mut again = Call::default();
    plain_text::read_transcript(&text, &mut again).ok()?;
    let turns = |call: &Call| -> Vec<(Role, String, Option<f64>, Option<f64>)> {
        let turn = |turn| {
            let turn: &crate::call::Turn = turn;
            (call.role(turn), call.turn_text(turn).trim().to_owned(), turn.start, turn.end)
        };
        call.turns.iter().map(turn).collect()
    };
    let known = |call: &Call| call.roles.how != HowRoles::Unknown;
    (turns(&again) == turns(call) && known(&again) == known(call)).then_some(text)
}

/// A time as transcripts have it, `12:04.25`; none if transcripts cannot express it.
fn time(seconds: f64) -> Option<String> {
    let thousandths = (seconds * 1000.0).round();
    if !(0.0..3_600_000.0).contains(&thousandths) || (thousandths / 1000.0 - seconds).abs() > 1e-9 {
        return None;
    }
    let whole = thousandths as u64;
    let mut text = format!("{}:{:02}", whole / 60_000, whole / 1000 % 60);
    if !whole.is_multiple_of(1000) {
        let _ = write!(text, ".{:03}", whole % 1000);
        text.truncate(text.trim_end_matches('0').len());
    }
    Some(text)
}

/// Metadata that a rule may depend on: names, the queue, the language.
pub fn meta(call: &Call) -> Vec<(String, String)> {
    let all =
        [("agent", &call.agent), ("customer", &call.customer), ("queue", &call.queue), ("language", &call.language)];
    let known = all.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    // No rule looks at ids of people, and an id may tell who somebody is.
    let kept = known.filter(|(key, value)| {
        let person = matches!(*key, "agent" | "customer");
        let id = person && value.contains(|c: char| c.is_ascii_digit());
        !value.is_empty() && !id
    });
    kept.map(|(key, value)| (key.to_owned(), value.clone())).collect()
}

/// The call as JSON, a line for each turn, without its id, by which the real call could be found.
pub fn json(call: &Call) -> String {
    let named = meta(call);
    let of = |key: &str| named.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone());
    let mut call = call.clone();
    call.id.clear();
    (call.agent, call.customer) = (of("agent"), of("customer"));
    let mut line = Vec::new();
    calls::line(&call, &mut line);
    let line = String::from_utf8_lossy(&line);
    // Quotes inside a string are escaped, so these cannot stand within one.
    line.trim_end()
        .replacen("{\"call\":\"\",", "{", 1)
        .replacen("\"turns\":[", "\"turns\":[\n", 1)
        .replace("},{\"speaker\":\"", "},\n{\"speaker\":\"")
}

/// A value of metadata, its texts changed.
pub fn other(value: &Value, change: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(change(text)),
        Value::Array(values) => values.iter().map(|value| other(value, change)).collect(),
        Value::Object(keys) => {
            let changed = keys.iter().map(|(key, value)| (key.clone(), other(value, change)));
            Value::Object(changed.collect())
        }
        simple => simple.clone(),
    }
}

/// The example as it stands in a pack.
pub fn toml(example: &Example) -> String {
    let mut toml = format!("[[rule.example]]\nexpect = \"{}\"\n", example.expect.as_str());
    if !example.why.is_empty() {
        let _ = writeln!(toml, "why = \"{}\"", basic(&example.why, false));
    }
    if !example.meta.is_empty() {
        let pairs = example.meta.iter().map(|(key, value)| format!("{key} = \"{}\"", basic(value, false)));
        let _ = writeln!(toml, "meta = {{ {} }}", pairs.collect::<Vec<_>>().join(", "));
    }
    if let Some(call) = &example.call {
        let _ = writeln!(toml, "call = \"\"\"\n{}\n\"\"\"", basic(call.trim_end(), true));
    }
    if let Some(json) = &example.call_jsonl {
        // Literal where TOML allows it: a doubly escaped text is hard to read.
        let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
        let _ = if !json.contains("'''") && json.chars().all(plain) {
            writeln!(toml, "call_jsonl = '''\n{json}\n'''")
        } else {
            writeln!(toml, "call_jsonl = \"\"\"\n{}\n\"\"\"", basic(json, true))
        };
    }
    if example.todo {
        toml.push_str("todo = true\n");
    }
    toml
}

/// A text within the quotes of a basic string.
fn basic(text: &str, lines: bool) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut quotes = 0;
    for c in text.chars() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        match c {
            '\\' => safe.push_str("\\\\"),
            // Three quotes in a row would end the string.
            '"' if !lines || quotes == 3 => {
                safe.push_str("\\\"");
                quotes = 0;
            }
            '\n' if lines => safe.push('\n'),
            '\n' => safe.push_str("\\n"),
            '\t' if lines => safe.push('\t'),
            c if c.is_control() => {
                let _ = write!(safe, "\\u{:04X}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    // A quote right before the closing quotes would be taken for one of them.
    if lines && safe.ends_with('"') && !safe.ends_with("\\\"") {
        safe.pop();
        safe.push_str("\\\"");
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Verdict;
    use proptest::prelude::*;

    fn example(call: &str, why: &str) -> Example {
        Example {
            expect: Verdict::Fail,
            why: why.to_owned(),
            call: Some(call.to_owned()),
            call_jsonl: None,
            meta: vec![("customer".into(), why.to_owned())],
            todo: true,
            line: 0,
        }
    }

    proptest! {
        #[test]
        fn toml_reads_what_was_written(call in "[a-z\"'\\\\ \n\t\u{1}é]{0,60}", why in "[a-z\"'\\\\\u{7f}\n]{1,20}") {
            let toml = toml(&example(&call, &why));
            let read: ::toml::Table = toml.parse().unwrap_or_else(|e| panic!("{e}\n{toml}"));
            let read = &read["rule"]["example"][0];
            let end = format!("{}\n", call.trim_end());
            prop_assert_eq!(read["call"].as_str(), Some(end.as_str()));
            prop_assert_eq!(read["why"].as_str(), Some(why.as_str()));
            prop_assert_eq!(read["meta"]["customer"].as_str(), Some(why.as_str()));
            prop_assert_eq!(read["todo"].as_bool(), Some(true));
        }

        #[test]
        fn json_reads_what_was_written(words in "[a-z\"'\\\\\u{1}]{0,40}") {
            let mut written = example("", "w");
            written.call = None;
            written.call_jsonl = Some(words.clone());
            let read: ::toml::Table = toml(&written).parse().expect("TOML");
            let end = format!("{words}\n");
            prop_assert_eq!(read["rule"]["example"][0]["call_jsonl"].as_str(), Some(end.as_str()));
        }
    }

    #[test]
    fn times_are_written_as_transcripts_have_them() {
        let shown = [0.0, 4.25, 64.0, 3599.001].map(|s| time(s).expect("a time"));
        assert_eq!(shown, ["0:00", "0:04.25", "1:04", "59:59.001"]);
        assert_eq!([time(-1.0), time(3600.0), time(0.000_4)], [None, None, None]);
    }
}
