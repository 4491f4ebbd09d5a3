//! IBM Watson Speech to Text: words as `[word, start, end]`, speakers in a list beside them, joined by start.

use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, field};
use crate::input::{FormatInfo, Gives};
use std::collections::BTreeMap;

use crate::input::json::words::{Piece, diarised, turns};

/// IBM Watson Speech to Text.
pub static IBM_WATSON: Document = Document {
    info: FormatInfo {
        name: "ibm-watson-stt",
        about: "IBM Watson Speech to Text, with or without speaker labels",
        recognised: "results with final and alternatives, and result_index or speaker_labels",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&[
        "results[].final",
        "results[].alternatives[].timestamps[]",
        "results[].results[].alternatives[]",
        "[].results[].final",
    ]);
    let alternatives = sight.any(&[
        "results[].alternatives[].transcript",
        "results[].results[].alternatives[]",
        "[].results[].alternatives[]",
    ]);
    (known && alternatives).then_some((0.93, "results with final and alternatives"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let mut results = Vec::new();
    let mut speakers = BTreeMap::new();
    collect(doc, &mut results, &mut speakers, 0);
    let words = |r: &'_ Value| -> Vec<(String, Option<f64>, Option<f64>)> {
        let list = r.list("alternatives").first().map_or(&[][..], |a| a.list("timestamps"));
        list.iter()
            .filter_map(|w| {
                let at = |k: usize| w.get(k).and_then(field::number);
                Some((w.get(0)?.as_str()?.to_owned(), at(1), at(2)))
            })
            .collect()
    };
    if !speakers.is_empty() {
        let all: Vec<_> = results.iter().flat_map(|r| words(r)).collect();
        let pieces = all.iter().map(|(word, start, end)| Piece {
            speaker: start.and_then(|s| speakers.get(&key(s))).map(String::as_str),
            text: word,
            start: *start,
            end: *end,
            ..Piece::default()
        });
        turns(pieces, builder, &diarised);
        return;
    }
    for result in results {
        let words = words(result);
        let text = result.list("alternatives").first().and_then(|a| a.said("transcript"));
        let Some(who) = diarised(builder, "") else {
            continue;
        };
        let start = words.first().and_then(|w| w.1).map(At::Offset);
        let end = words.last().and_then(|w| w.2).map(At::Offset);
        if builder.push_turn(who, start, end, text.unwrap_or_default()) {
            for (word, start, end) in &words {
                builder.push_word(word, start.map(At::Offset), end.map(At::Offset));
            }
        }
    }
}

/// The final results and the speakers of all words, whatever they are wrapped in.
fn collect<'v>(here: &'v Value, results: &mut Vec<&'v Value>, speakers: &mut BTreeMap<i64, String>, depth: usize) {
    if depth > 3 {
        return;
    }
    for label in here.list("speaker_labels") {
        if let (Some(from), Some(speaker)) = (label.number("from"), label.id("speaker")) {
            speakers.insert(key(from), format!("spk_{speaker}"));
        }
    }
    let inside = here.as_array().map_or_else(|| here.list("results"), Vec::as_slice);
    for result in inside {
        if result.at("alternatives").is_array() {
            if result.at("final") != &Value::Bool(false) {
                results.push(result);
            }
        } else {
            collect(result, results, speakers, depth + 1);
        }
    }
}

/// A time as a key: to the millisecond.
fn key(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}
