//! A call as a line of call JSONL, which is no report: what `heard convert` writes, and examples of rules hold.

pub mod vcon;

use super::wire;
use crate::call::{Call, Clock, Role, Turn};
use serde::Serialize;
use serde_json::{Map, Value};

/// A call, key by key as it is written. What is not known is left out; times are as stored, unrounded, so that the call
/// that is read from the line is the call that was written.
#[derive(Serialize)]
struct Line<'c> {
    call: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_s: Option<f64>,
    /// Windows in seconds do not apply to times of sending, and nothing else in the line would tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    clock: Option<&'static str>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    meta: &'c Map<String, Value>,
    turns: Vec<TurnLine<'c>>,
}

#[derive(Serialize)]
struct TurnLine<'c> {
    speaker: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_s: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_s: Option<f64>,
    text: &'c str,
    /// Each with its start and end.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<(&'c str, f64, f64)>,
}

/// Appends a call as a line of call JSONL.
pub fn line(call: &Call, to: &mut Vec<u8>) {
    let line = Line {
        call: &call.id,
        agent: call.agent.as_deref(),
        customer: call.customer.as_deref(),
        started: call.started.as_deref(),
        queue: call.queue.as_deref(),
        language: call.language.as_deref(),
        duration_s: known(call.stated_duration),
        clock: (call.clock == Clock::Sent).then_some("sent"),
        meta: &call.meta,
        turns: call.turns.iter().map(|turn| turn_line(call, turn)).collect(),
    };
    wire::json(&line, to);
    to.push(b'\n');
}

fn turn_line<'c>(call: &'c Call, turn: &Turn) -> TurnLine<'c> {
    let speaker = call.speakers.get(usize::from(turn.speaker));
    let (role, label) = speaker.map_or((Role::Unknown, ""), |s| (s.role, s.label.as_str()));
    TurnLine {
        // A voice of unknown role keeps its label, so that --roles can still map it.
        speaker: if role == Role::Unknown && !label.is_empty() { label } else { role.as_str() },
        name: speaker.and_then(|s| s.name.as_deref()),
        start_s: known(turn.start),
        end_s: known(turn.end),
        text: call.turn_text(turn),
        words: call.turn_words(turn).iter().map(|word| (call.word(word), word.start, word.end)).collect(),
    }
}

/// A number that JSON can say.
fn known(seconds: Option<f64>) -> Option<f64> {
    seconds.filter(|seconds| seconds.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_all_that_is_known_and_nothing_else() {
        let mut call = Call::default();
        "c\u{2028}1".clone_into(&mut call.id);
        call.queue = Some("billing".to_owned());
        call.meta.insert("team".to_owned(), serde_json::json!(["a\u{85}", 1, null]));
        let jo = call.speaker(Role::Agent, "Agent (Jo)", Some("Jo"));
        call.push_turn(jo, Some(0.1), Some(1.25), "Hello there");
        call.push_word("Hello", 0.1, 0.4);
        call.push_word("there", 0.5, 1.0);
        let other = call.speaker(Role::Unknown, "spk_1", None);
        call.push_turn(other, None, None, "Hi");
        let mut text = Vec::new();
        line(&call, &mut text);
        let want = concat!(
            r#"{"call":"c\u20281","queue":"billing","meta":{"team":["a\u0085",1,null]},"turns":["#,
            r#"{"speaker":"agent","name":"Jo","start_s":0.1,"end_s":1.25,"text":"Hello there","#,
            r#""words":[["Hello",0.1,0.4],["there",0.5,1.0]]},"#,
            r#"{"speaker":"spk_1","text":"Hi"}]}"#,
            "\n"
        );
        assert_eq!(String::from_utf8(text).expect("UTF-8"), want);
    }
}
