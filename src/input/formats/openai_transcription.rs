//! `OpenAI`'s transcription API with diarisation: segments whose speaker is a letter or a name the caller gave.

use crate::input::Gives;
use crate::input::json::words::diarised;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};

/// `OpenAI` `diarized_json`.
pub static OPENAI_TRANSCRIPTION: Document = Document {
    name: "openai-transcription",
    about: "OpenAI transcription with speakers (diarized_json)",
    recognised: "segments of type transcript.text.segment",
    gives: Gives { roles: "labels", times: "turn start and end", names: true },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let segments = sight.outline.says("segments[].type", "transcript.text.segment");
    segments.then_some((0.97, "segments of type transcript.text.segment"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    talk.call().stated_duration = doc.number("duration");
    for segment in doc.list("segments") {
        let label = segment.id("speaker").unwrap_or_default();
        let Some(who) = diarised(talk, &label) else {
            continue;
        };
        talk.say(
            who,
            segment.number("start").map(At::Offset),
            segment.number("end").map(At::Offset),
            segment.said("text").unwrap_or_default(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::HowRoles;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn a_known_speaker_called_agent_is_one() {
        let call = &calls(
            &OPENAI_TRANSCRIPTION,
            r#"{"task":"transcribe","duration":9.5,"text":"x","segments":[
              {"type":"transcript.text.segment","id":"s1","start":0.0,"end":4.7,"text":" Good morning.","speaker":"agent"},
              {"type":"transcript.text.segment","id":"s2","start":4.7,"end":9.0,"text":"Morning.","speaker":"A"}],"usage":{"type":"duration","seconds":10}}"#,
        )[0];
        assert_eq!(shown(call), ["agent [agent] 0-4.7 Good morning.", "customer [A] 4.7-9 Morning."]);
        assert_eq!(call.roles.how, HowRoles::Label);
    }
}
