//! The `HarperValley` bank corpus: a list of utterances with a role, in milliseconds.

use crate::call::Role;
use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};
use crate::input::labels::role_word;

/// `HarperValley` transcripts.
pub static HARPER_VALLEY: Document = Document {
    name: "harper-valley",
    about: "HarperValley bank calls (research corpus)",
    recognised: "list of speaker_role, human_transcript and start_ms",
    gives: Gives { roles: "stated", times: "turn start and end", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.all(&["[].speaker_role", "[].start_ms"]) && sight.any(&["[].human_transcript", "[].transcript"]);
    known.then_some((0.95, "list of speaker_role and start_ms"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    for said in doc.as_array().map(Vec::as_slice).unwrap_or_default() {
        let stated = said.text("speaker_role").unwrap_or_default();
        let role = if stated.is_empty() { Role::Unknown } else { role_word(stated) };
        let start = said.number("start_ms|offset_ms");
        let end = start.and_then(|s| Some(s + said.number("duration_ms")?));
        let text = said.said("human_transcript").or_else(|| said.said("transcript"));
        let who = talk.who(role, stated, None);
        talk.say(who, start.map(At::millis), end.map(At::millis), text.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn people_wrote_it_down_better() {
        let call = &calls(
            &HARPER_VALLEY,
            r#"[{"channel_index":2,"duration_ms":480,"human_transcript":"hello this is jo","index":1,"offset_ms":2020,"speaker_role":"agent","start_ms":2019,"start_timestamp_ms":1590862376923,"transcript":"hello this is show"},
               {"channel_index":1,"duration_ms":100,"human_transcript":"","transcript":"[noise] hi","speaker_role":"caller","start_ms":3000}]"#,
        )[0];
        assert_eq!(shown(call), ["agent [agent] 2.019-2.499 hello this is jo", "customer [caller] 3-3.1 [noise] hi"]);
    }
}
