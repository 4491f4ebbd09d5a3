//! Aircall: utterances of internal and external participants.

use crate::call::Role;
use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value, unit};

/// Aircall conversation intelligence transcripts.
pub static AIRCALL: Document = Document {
    name: "aircall",
    about: "Aircall transcriptions",
    recognised: "transcription.content.utterances with participant_type",
    gives: Gives { roles: "stated", times: "turn start and end", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&[
        "transcription.content.utterances[]",
        "data.content.utterances[].participant_type",
        "content.utterances[].participant_type",
        "data.transcription.content.utterances[]",
    ]);
    known.then_some((0.95, "content.utterances with participant_type"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let inside = ["data.transcription", "transcription", "data"]
        .iter()
        .map(|p| doc.at(p))
        .find(|v| v.at("content").is_object())
        .unwrap_or(doc);
    talk.id(inside.id("call_id").or_else(|| doc.id("call_id")));
    talk.call().started = unit::moment(inside.at("call_created_at"));
    talk.call().language = inside.id("content.language");
    for utterance in inside.list("content.utterances") {
        let stated = utterance.text("participant_type").unwrap_or_default();
        let role = match stated {
            "internal" => Role::Agent,
            "external" => Role::Customer,
            "" => Role::Unknown,
            other if other.contains("ai") || other.contains("bot") => Role::Bot,
            _ => Role::Unknown,
        };
        let person = utterance.id("user_id").or_else(|| utterance.id("phone_number"));
        let who = talk.who(role, person.as_deref().unwrap_or(stated), None);
        let at = |key| unit::at("seconds", utterance.at(key), Some(1.0)).map(|t| At::Offset(t.raw()));
        talk.say(who, at("start_time"), at("end_time"), utterance.said("text").unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn inside_and_outside() {
        let call = &calls(
            &AIRCALL,
            r#"{"transcription":{"id":1,"call_id":77,"call_created_at":"2026-05-01T09:30:00.000Z","type":"call","content":{"language":"en-US","utterances":[
              {"start_time":0.83,"end_time":4.07,"text":"Hello.","participant_type":"internal","user_id":12},
              {"start_time":4.5,"end_time":5,"text":"Hi.","participant_type":"external","phone_number":"+1555"},
              {"start_time":6,"end_time":7,"text":"Me too.","participant_type":"internal","user_id":13}]}}}"#,
        )[0];
        assert_eq!(
            shown(call),
            ["agent [12] 0.83-4.07 Hello.", "customer [+1555] 4.5-5 Hi.", "agent [13] 6-7 Me too."]
        );
        assert_eq!((call.id.as_str(), call.started.as_deref()), ("77", Some("2026-05-01T09:30:00.000Z")));
    }
}
