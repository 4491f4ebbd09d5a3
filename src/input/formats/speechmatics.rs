//! Speechmatics: words and marks with a speaker or a named channel, in seconds.

use crate::call::Role;
use crate::input::json::words::{Piece, diarised, turns, weave};
use crate::input::json::{CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};

/// Speechmatics `json-v2`.
pub static SPEECHMATICS: Document = Document {
    info: FormatInfo {
        name: "speechmatics",
        about: "Speechmatics json-v2, by speaker or channel, and the first version",
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
    let first = sight.all(&["words[].name", "words[].time", "words[].duration"]) && sight.any(&["speakers[]", "job"]);
    (items || job || first).then_some((0.95, "results of timed words and marks"))
}

/// The first version of the API: words by name, time and duration, and beside them when each speaker begins.
fn first_version(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.id(doc.id("job.id"));
    builder.call().stated_duration = doc.number("job.duration");
    builder.call().language = doc.id("job.lang");
    builder.call().started = time::moment(doc.at("job.created_at"));
    let begins = doc.list("speakers").iter().filter_map(|s| Some((s.number("time")?, s.text("name")?)));
    let mut begins: Vec<(f64, &str)> = begins.collect();
    begins.sort_by(|a, b| a.0.total_cmp(&b.0));
    let pieces = doc.list("words").iter().map(|word| {
        let text = word.said("name").unwrap_or_default();
        let start = word.number("time");
        let mark = !text.chars().any(char::is_alphanumeric);
        let speaks = start.and_then(|at| begins.get(begins.partition_point(|b| b.0 <= at).checked_sub(1)?));
        Piece {
            speaker: speaks.map(|s| s.1),
            text,
            start,
            end: start.zip(word.number("duration")).map(|(s, l)| ((s + l) * 1e6).round() / 1e6),
            glued: mark,
            mark,
        }
    });
    turns(pieces, builder, &diarised);
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    if !doc.list("words").is_empty() {
        return first_version(doc, builder);
    }
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
