//! Amazon Transcribe, a plain job: words with string times, speakers or channels in trees of their own.

use crate::input::json::{CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};
use std::collections::BTreeMap;

use crate::input::json::words::{Piece, diarised, turns, weave};

/// Amazon Transcribe jobs.
pub static TRANSCRIBE: Document = Document {
    info: FormatInfo {
        name: "aws-transcribe",
        about: "Amazon Transcribe job results, with speakers or channels",
        recognised: "object with results.transcripts and results.items",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let whole = sight.all(&["results.items[].alternatives[].content"])
        && sight.any(&["results.transcripts[]", "results.items[].type"]);
    let begun = sight.all(&["results.transcripts[].transcript"]);
    (whole || begun).then_some((0.95, "results with transcripts and items"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let results = doc.at("results");
    builder.id(doc.id("jobName"));
    builder.call().language = results.id("language_code");
    // Older jobs label speakers in a tree beside the words, joined by the time as it is written.
    let mut speakers: BTreeMap<&str, &str> = BTreeMap::new();
    for segment in results.list("speaker_labels.segments") {
        for item in segment.list("items") {
            let label = item.text("speaker_label").or_else(|| segment.text("speaker_label"));
            if let (Some(start), Some(label)) = (item.text("start_time"), label) {
                speakers.insert(start, label);
            }
        }
    }
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let flat = results.list("items");
    let labelled = flat.iter().any(|i| !i.at("channel_label").is_null());
    let channels = results.list("channel_labels.channels");
    if !labelled && channels.iter().any(|c| !c.list("items").is_empty()) {
        for channel in channels {
            let label = channel.text("channel_label");
            gather(channel.list("items"), label, &speakers, &mut pieces);
        }
    } else {
        gather(flat, None, &speakers, &mut pieces);
    }
    weave(&mut pieces);
    turns(pieces, builder, &diarised);
    if builder.turns() == 0
        && let Some(text) = results.list("transcripts").first().and_then(|t| t.said("transcript"))
    {
        let who = builder.speaker(crate::call::Role::Unknown, "", None);
        builder.push_turn(who, None, None, text);
    }
}

/// Adds items with the label of who says them.
fn gather<'v>(
    items: &'v [Value],
    channel: Option<&'v str>,
    speakers: &BTreeMap<&'v str, &'v str>,
    pieces: &mut Vec<Piece<'v>>,
) {
    let mut voice = None;
    for item in items {
        let mark = item.text("type") == Some("punctuation");
        let start = item.number("start_time");
        let label = channel
            .or_else(|| item.text("channel_label"))
            .or_else(|| item.text("speaker_label"))
            .or_else(|| speakers.get(item.text("start_time")?).copied());
        voice = label.or(voice);
        let piece = Piece {
            // A mark is its word's, whatever stands at it.
            speaker: voice,
            text: item.list("alternatives").first().and_then(|a| a.said("content")).unwrap_or_default(),
            start,
            end: item.number("end_time"),
            glued: mark,
            mark,
        };
        pieces.push(piece);
    }
}
