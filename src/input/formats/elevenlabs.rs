//! `ElevenLabs` conversational AI: turns with seconds into the call; turns that only call tools say nothing.

use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value, unit, voice_ai};

/// `ElevenLabs` conversations, plain or as a webhook's data.
pub static ELEVENLABS: Document = Document {
    name: "elevenlabs",
    about: "ElevenLabs conversational AI",
    recognised: "transcript with message and time_in_call_secs",
    gives: Gives { roles: "stated", times: "turn start", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&["transcript[].time_in_call_secs", "data.transcript[].time_in_call_secs"])
        || sight.all(&["data.conversation_id", "data.transcript[].message"])
        || sight.all(&["conversation_id", "agent_id", "transcript[].message", "transcript[].role"]);
    known.then_some((0.95, "transcript with time_in_call_secs"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let doc = if doc.at("transcript").is_array() { doc } else { doc.at("data") };
    talk.id(doc.id("conversation_id"));
    let call = talk.call();
    call.agent = doc.id("agent_name|agent_id");
    call.started = unit::moment(doc.at("metadata.start_time_unix_secs"));
    call.stated_duration = doc.number("metadata.call_duration_secs");
    for turn in doc.list("transcript") {
        let stated = turn.text("role").unwrap_or_default();
        let Some(role) = voice_ai::role(stated) else {
            continue;
        };
        let who = talk.who(role, stated, None);
        let start = turn.number("time_in_call_secs").map(At::Offset);
        talk.say(who, start, None, turn.said("message").unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn silent_turns_are_left() {
        let inner = r#"{"agent_id":"a","conversation_id":"e-1","status":"done","transcript":[{"role":"agent","message":"Hello.","time_in_call_secs":0},
            {"role":"agent","message":null,"tool_calls":[{}],"time_in_call_secs":2},{"role":"user","message":"Hi.","time_in_call_secs":3}],"metadata":{"start_time_unix_secs":1700000000,"call_duration_secs":22}}"#;
        for json in [inner.to_owned(), format!(r#"{{"type":"post_call_transcription","data":{inner}}}"#)] {
            let call = &calls(&ELEVENLABS, &json)[0];
            assert_eq!(shown(call), ["bot [agent] 0-? Hello.", "customer [user] 3-? Hi."]);
            assert_eq!(
                (call.id.as_str(), call.stated_duration, call.started.as_deref()),
                ("e-1", Some(22.0), Some("2023-11-14T22:13:20Z"))
            );
        }
    }
}
