//! Google Speech-to-Text: results of words; with diarisation only the last result tells the speakers, and repeats
//! every word.

use crate::input::json::words::{Piece, diarised, numbered, turns};
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};

/// Google Speech-to-Text v1 and v2.
pub static GOOGLE_STT: Document = Document {
    info: FormatInfo {
        name: "google-stt",
        about: "Google Speech-to-Text, v1 and v2, with or without speakers",
        recognised: "results of alternatives with words, without other engines' keys",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    for at in ["results[]", "response.results[]"] {
        let has = |key: &str| sight.outline.has(&format!("{at}.{key}"));
        let others = has("final") || has("type") || has("results") || has("start_time") || has("speaker_labels");
        let ibm = sight.any(&["result_index", "speaker_labels[]", "results[].alternatives[].timestamps"]);
        if others || ibm {
            continue;
        }
        let words = has("alternatives[].words[].word") || has("alternatives[].words[].startTime");
        if words || has("alternatives[].transcript") {
            return Some((if words { 0.9 } else { 0.75 }, "results of alternatives"));
        }
    }
    None
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let results = match doc.list("results") {
        [] => doc.list("response.results"),
        some => some,
    };
    builder.call().language = results.first().and_then(|r| r.id("languageCode|language_code"));
    let words =
        |r: &Value| -> Vec<Value> { r.list("alternatives").first().map_or(Vec::new(), |a| a.list("words").to_vec()) };
    let last = results.last().map(words).unwrap_or_default();
    let before = &results[..results.len().saturating_sub(1)];
    let told = |w: &Value| !speaker(w).is_empty();
    let before_told = before.iter().flat_map(words).any(|w| told(&w));
    let tagged: Vec<Value> = if before_told {
        // Where earlier results tell speakers too, none repeats the others.
        results.iter().flat_map(words).collect()
    } else {
        last
    };
    if tagged.iter().any(told) {
        let labels: Vec<String> = tagged.iter().map(speaker).collect();
        let pieces = tagged.iter().zip(&labels).map(|(word, label)| Piece {
            speaker: Some(label.as_str()).filter(|l| !l.is_empty()),
            text: word.said("word").unwrap_or_default(),
            start: time(word, START).map(At::raw),
            end: time(word, END).map(At::raw),
            ..Piece::default()
        });
        turns(pieces, builder, &diarised);
        return;
    }
    for result in results {
        if result.at("isFinal|is_final") == &Value::Bool(false) {
            continue;
        }
        let Some(best) = result.list("alternatives").first() else {
            continue;
        };
        let label = numbered("ch", result.at("channelTag|channel_tag"));
        let Some(who) = diarised(builder, if label == "ch_0" { "" } else { &label }) else {
            continue;
        };
        let words = best.list("words");
        let start = words.first().and_then(|w| time(w, START));
        let end =
            words.last().and_then(|w| time(w, END)).or_else(|| time(result, RESULT_END).filter(|_| start.is_some()));
        if builder.push_turn(who, start, end, best.said("transcript").unwrap_or_default()) {
            for word in words {
                builder.push_word(word.said("word").unwrap_or_default(), time(word, START), time(word, END));
            }
        }
    }
}

const START: &str = "startTime|start_time|startOffset|start_offset";
const END: &str = "endTime|end_time|endOffset|end_offset";
const RESULT_END: &str = "resultEndTime|result_end_time|resultEndOffset";

/// A time, which the wire leaves out, or leaves empty, where it is zero.
fn time(of: &Value, key: &str) -> Option<At> {
    let value = of.at(key);
    let empty = value.as_object().is_some_and(serde_json::Map::is_empty);
    if empty || value.is_null() && key == START && !of.at(END).is_null() {
        return Some(At::Offset(0.0));
    }
    time::at("time", value, Some(1.0))
}

/// The speaker of a word; 0 means none.
fn speaker(word: &Value) -> String {
    let tag = word.at("speakerTag|speaker_tag");
    if tag.as_f64().is_some_and(|t| t > 0.0) {
        return numbered("spk", tag);
    }
    numbered("spk", word.at("speakerLabel|speaker_label"))
}
