//! Retell: a call object with turns as `transcript_object`, words in seconds.

use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value, unit, voice_ai};

/// Retell calls.
pub static RETELL: Document = Document {
    name: "retell",
    about: "Retell AI calls",
    recognised: "transcript_object of role, content and words",
    gives: Gives { roles: "stated", times: "words", names: false },
    sniff,
    read,
};

const AT: [&str; 8] = [
    "transcript_object",
    "call.transcript_object",
    "data.transcript_object",
    "transcript_with_tool_calls",
    "call.transcript_with_tool_calls",
    "data.transcript_with_tool_calls",
    "scrubbed_transcript_with_tool_calls",
    "call.scrubbed_transcript_with_tool_calls",
];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = AT.iter().any(|p| sight.outline.has(&format!("{p}[].role")));
    known.then_some((0.95, "transcript_object"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let turns = AT.iter().map(|p| doc.list(p)).find(|l| !l.is_empty()).unwrap_or_default();
    let about = ["call", "data"].iter().map(|p| doc.at(p)).find(|v| v.is_object()).unwrap_or(doc);
    talk.id(about.id("call_id"));
    let call = talk.call();
    call.agent = about.id("agent_name|agent_id");
    call.started = unit::moment(about.at("start_timestamp"));
    call.stated_duration = about.number("duration_ms").map(|ms| ms / 1000.0);
    for turn in turns {
        let stated = turn.text("role").unwrap_or_default();
        let Some(role) = voice_ai::role(stated) else {
            continue;
        };
        let words = turn.list("words");
        let who = talk.who(role, stated, None);
        let start = words.first().and_then(|w| at(w, "start"));
        let end = words.last().and_then(|w| at(w, "end"));
        if talk.say(who, start, end, turn.said("content").unwrap_or_default()) {
            for word in words {
                talk.word(word.said("word").unwrap_or_default(), at(word, "start"), at(word, "end"));
            }
        }
    }
}

fn at(of: &Value, key: &str) -> Option<At> {
    of.number(key).map(At::Offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn the_agent_is_a_machine() {
        let inner = r#"{"call_id":"r-1","agent_id":"a-1","start_timestamp":1700000000000,"duration_ms":9000,"transcript":"Agent: Hi","transcript_object":[
            {"role":"agent","content":"Hello there.","words":[{"word":"Hello ","start":0.7,"end":1.3},{"word":"there.","start":1.3,"end":1.5}]},
            {"role":"tool_call_invocation","content":"x"},{"role":"user","content":"Hi.","words":[]}]}"#;
        for json in [inner.to_owned(), format!(r#"{{"event":"call_ended","call":{inner}}}"#)] {
            let call = &calls(&RETELL, &json)[0];
            assert_eq!(shown(call), ["bot [agent] 0.7-1.5 Hello there.", "customer [user] ?-? Hi."]);
            assert_eq!((call.id.as_str(), call.words.len()), ("r-1", 2));
        }
    }
}
