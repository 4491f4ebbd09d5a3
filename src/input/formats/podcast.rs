//! The podcast namespace's JSON transcripts: segments of a body with a speaker, in seconds.

use crate::input::Gives;
use crate::input::json::words::diarised;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};

/// Podcast namespace transcripts.
pub static PODCAST: Document = Document {
    name: "podcast-namespace-json",
    about: "Podcast namespace transcripts in JSON",
    recognised: "segments of body and startTime",
    gives: Gives { roles: "labels", times: "turn start and end", names: true },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.all(&["segments[].body", "segments[].startTime"]);
    known.then_some((0.94, "segments of body and startTime"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let mut last = String::new();
    for segment in doc.list("segments") {
        // The speaker is told where it changes.
        if let Some(label) = segment.id("speaker") {
            last = label;
        }
        let Some(who) = diarised(talk, &last) else {
            continue;
        };
        talk.say(
            who,
            segment.number("startTime").map(At::Offset),
            segment.number("endTime").map(At::Offset),
            segment.said("body").unwrap_or_default(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn a_speaker_goes_on_until_the_next() {
        let call = &calls(
            &PODCAST,
            r#"{"version":"1.0.0","segments":[{"speaker":"Jo Bell","startTime":0.5,"endTime":0.75,"body":"And"},{"startTime":0.75,"endTime":1,"body":"so"},{"speaker":"Ann","startTime":2,"endTime":3,"body":"Yes."}]}"#,
        )[0];
        assert_eq!(
            shown(call),
            ["unknown [Jo Bell] 0.5-0.75 And", "unknown [Jo Bell] 0.75-1 so", "unknown [Ann] 2-3 Yes."]
        );
    }
}
