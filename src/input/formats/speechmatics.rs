//! Speechmatics: words and marks with a speaker or a named channel, in seconds.

use crate::call::Role;
use crate::input::json::words::{Piece, diarised, turns, weave};
use crate::input::json::{CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};

/// Speechmatics `json-v2`.
pub static SPEECHMATICS: Document = Document {
    info: FormatInfo {
        name: "speechmatics",
        about: "Speechmatics json-v2, by speaker or channel",
        recognised: "results of type and start_time with alternatives of content",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let items = sight.all(&["results[].type", "results[].start_time", "results[].alternatives[].content"]);
    let job = sight.all(&["format", "job.id", "metadata.transcription_config"]);
    (items || job).then_some((0.95, "results of timed words and marks"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.id(doc.id("job.id"));
    builder.call().stated_duration = doc.number("job.duration");
    builder.call().language = doc.id("metadata.transcription_config.language");
    let mut next_glued = false;
    let mut pieces = Vec::new();
    for item in doc.list("results") {
        let Some(best) = item.list("alternatives").first() else {
            continue;
        };
        let kind = item.text("type").unwrap_or_default();
        let mark = kind == "punctuation";
        if !mark && kind != "word" && kind != "entity" {
            continue;
        }
        let attaches = item.text("attaches_to").unwrap_or(if mark { "previous" } else { "none" });
        pieces.push(Piece {
            speaker: item.text("channel").or_else(|| best.text("speaker")),
            text: best.said("content").unwrap_or_default(),
            start: item.number("start_time"),
            end: item.number("end_time"),
            glued: next_glued || matches!(attaches, "previous" | "both"),
            mark,
        });
        next_glued = matches!(attaches, "next" | "both");
    }
    weave(&mut pieces);
    // Languages written without spaces say so; some say it of English too.
    let unspaced = doc.at("metadata.language_pack_info.word_delimiter").as_str() == Some("");
    if unspaced {
        for piece in &mut pieces {
            piece.glued |= !piece.text.is_ascii() && !piece.text.chars().any(char::is_lowercase);
        }
    }
    turns(pieces, builder, &|builder, label| {
        if label == "UU" {
            return Some(builder.speaker(Role::Unknown, label, None));
        }
        diarised(builder, label)
    });
}
