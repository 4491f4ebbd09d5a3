//! Whisper and its relatives: segments in seconds, with speakers where a diariser went over them.

use crate::input::json::words::diarised;
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};

/// Whisper itself, faster-whisper, whisper-timestamped, `WhisperX`.
pub static WHISPER: Document = Document {
    info: FormatInfo {
        name: "whisper",
        about: "Whisper JSON: OpenAI, faster-whisper, whisper-timestamped, WhisperX",
        recognised: "segments of text with start, and Whisper's own keys beside them",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let listed = sight.all(&["[].text", "[].start"]) && sight.any(&["[].seek", "[].avg_logprob", "[].no_speech_prob"]);
    if listed {
        return Some((0.9, "list of segments with Whisper's keys"));
    }
    let timed = sight.all(&["segments[].text", "segments[].start"]);
    let other = sight.any(&["segments[].type", "segments[].body", "segments[].startTime"]);
    if timed && !other {
        let own = [
            "segments[].seek",
            "segments[].avg_logprob",
            "segments[].no_speech_prob",
            "segments[].tokens",
            "word_segments",
        ];
        if sight.any(&own) {
            return Some((0.92, "segments with Whisper's keys"));
        }
        let words = sight.any(&["segments[].words[].word", "segments[].words[].text"]);
        if words || sight.all(&["text", "language"]) {
            return Some((0.85, "segments of text with start"));
        }
    }
    // Words alone, as the API gives them on demand.
    let words = sight.all(&["text", "words[].word", "words[].start", "words[].end"]);
    let api = sight.any(&["task", "language", "usage"]) && !sight.any(&["segments[]", "utterances"]);
    (words && api).then_some((0.8, "text and words with start"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.call().language = doc.id("language");
    builder.call().stated_duration = doc.number("duration");
    let segments = doc.as_array().map_or_else(|| doc.list("segments"), Vec::as_slice);
    // The API tells words beside the segments rather than in them.
    let mut beside = doc.list("words").iter().peekable();
    for segment in segments {
        let label = segment.id("speaker").unwrap_or_default();
        let Some(who) = diarised(builder, &label) else {
            continue;
        };
        let (start, end) = span(segment);
        if builder.push_turn(who, start, end, segment.said("text").unwrap_or_default()) {
            add_words(segment.list("words"), builder);
        }
        let until = segment.number("end").unwrap_or(f64::INFINITY);
        while let Some(word) = beside.next_if(|w| w.number("start").unwrap_or(0.0) < until) {
            add_words(std::slice::from_ref(word), builder);
        }
    }
    if builder.turns() == 0 {
        // One stretch of text: nobody knows who speaks, and when each word is said is all there is.
        let words = doc.list("words");
        let who = builder.speaker(crate::call::Role::Unknown, "", None);
        let start = words.first().and_then(|w| span(w).0);
        let end = words.last().and_then(|w| span(w).1);
        if builder.push_turn(who, start, end, doc.said("text").unwrap_or_default()) {
            add_words(words, builder);
        }
    }
}

/// The words of a segment; numerals that were not aligned have no times.
fn add_words(words: &[Value], builder: &mut CallBuilder<'_>) {
    builder.push_words(words, "word|text", "start", "end");
}

fn span(of: &Value) -> (Option<At>, Option<At>) {
    (of.number("start").map(At::Offset), of.number("end").map(At::Offset))
}
