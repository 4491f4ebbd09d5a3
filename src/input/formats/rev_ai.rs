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
