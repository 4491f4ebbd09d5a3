//! Rev and Rev.ai: monologues of elements whose values, put together, are the text, spaces included.

use crate::input::json::words::{Piece, Words, diarised, numbered};
use crate::input::json::{CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};

/// Rev and Rev.ai transcripts.
pub static REV_AI: Document = Document {
    info: FormatInfo {
        name: "rev-ai",
        about: "Rev and Rev.ai transcripts",
        recognised: "object with monologues of elements",
        gives: Gives { roles: "speakers", times: "words", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&["monologues[].elements[]", "transcript.monologues[].elements[]"]);
    known.then_some((0.95, "monologues of elements"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let doc = if doc.at("monologues").is_null() { doc.at("transcript") } else { doc };
    for monologue in doc.list("monologues") {
        let speaker = monologue.at("speaker");
        let named = doc
            .people("speakers")
            .iter()
            .find(|s| !speaker.is_null() && s.at("id") == speaker)
            .and_then(|s| s.text("name"));
        let label = monologue
            .text("speaker_info.display_name|name")
            .or(named)
            .map_or_else(|| numbered("spk", speaker), str::to_owned);
        let mut words = Words::verbatim();
        for element in monologue.list("elements") {
            let piece = Piece {
                speaker: Some(&label),
                text: element.at("value").as_str().unwrap_or_default(),
                start: element.number("ts"),
                end: element.number("end_ts"),
                glued: false,
                mark: element.text("type") == Some("punct"),
            };
            words.push(piece, builder, &diarised);
        }
        words.end(builder, &diarised);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn values_are_put_together_as_they_are() {
        let call = &calls(
            &REV_AI,
            r#"{"speakers":[{"id":1,"name":"Jo Bell"}],"monologues":[
             {"speaker":0,"elements":[{"type":"text","value":"Hello","ts":0.75,"end_ts":1.25,"confidence":0.85},{"type":"punct","value":","},{"type":"punct","value":" "},{"type":"text","value":"you","ts":1.5,"end_ts":1.75},{"type":"punct","value":"."}]},
             {"speaker":1,"elements":[{"type":"unknown","value":"<crosstalk>"},{"type":"punct","value":" "},{"type":"text","value":"Hi","ts":"2.5","end_ts":3}]}]}"#,
        )[0];
        assert_eq!(shown(call), ["unknown [spk_0] 0.75-1.75 Hello, you.", "unknown [Jo Bell] 2.5-3 <crosstalk> Hi"]);
        assert_eq!(call.words.len(), 3);
    }
}
