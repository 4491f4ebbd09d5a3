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
    for word in words {
        let (start, end) = span(word);
        builder.push_word(word.said("word|text").unwrap_or_default(), start, end);
    }
}

fn span(of: &Value) -> (Option<At>, Option<At>) {
    (of.number("start").map(At::Offset), of.number("end").map(At::Offset))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown, takes, words};

    #[test]
    fn segments_with_and_without_speakers_and_words() {
        let call = &calls(
            &WHISPER,
            r#"{"text":" Hi. Room 12.","segments":[
             {"id":0,"seek":0,"start":0.0,"end":1.5,"text":" Hi.","tokens":[1],"no_speech_prob":0.1,"words":null,"speaker":"SPEAKER_01"},
             {"id":1,"seek":0,"start":1.5,"end":3.0,"text":" Room 12.","speaker":"SPEAKER_00","words":[{"word":" Room","start":1.5,"end":2.0,"probability":0.9},{"word":" 12."},{"text":"x","start":"2.5","end":2.6}]},
             {"id":2,"seek":0,"start":3.0,"end":3.0,"text":" ","words":[]},{"start":4,"end":3.9,"text":"So"}],"language":"ca"}"#,
        )[0];
        assert_eq!(
            shown(call),
            ["unknown [SPEAKER_01] 0-1.5 Hi.", "unknown [SPEAKER_00] 1.5-3 Room 12.", "unknown [] 4-? So"]
        );
        assert_eq!(words(call), [("Room".into(), 1.5, 2.0), ("x".into(), 2.5, 2.6)]);
        assert_eq!(call.language.as_deref(), Some("ca"));
    }

    #[test]
    fn words_beside_the_segments_go_into_them() {
        let call = &calls(
            &WHISPER,
            r#"{"task":"transcribe","language":"english","text":"Hi. You.","segments":[{"id":0,"seek":0,"start":0.0,"end":1.0,"text":" Hi."},{"id":1,"seek":0,"start":1.0,"end":2.0,"text":" You."}],
               "words":[{"word":"Hi","start":0.5,"end":0.75},{"word":"You","start":1.0,"end":1.5}]}"#,
        )[0];
        let counts: Vec<usize> = call.turns.iter().map(|t| t.words.len()).collect();
        assert_eq!(counts, [1, 1]);
    }

    #[test]
    fn words_alone_are_one_stretch() {
        let call = &calls(
            &WHISPER,
            r#"{"task":"transcribe","language":"english","duration":2.5,"text":"Hello, you.","words":[{"word":"Hello","start":0.2,"end":0.6},{"word":"you","start":0.7,"end":1.1}]}"#,
        )[0];
        assert_eq!(shown(call), ["unknown [] 0.2-1.1 Hello, you."]);
        assert_eq!((call.words.len(), call.stated_duration), (2, Some(2.5)));
    }

    #[test]
    fn other_segments_are_left() {
        for other in
            [r#"{"segments":[{"body":"x","startTime":1}]}"#, r#"{"segments":[{"start":1,"end":2}]}"#, r#"{"text":"x"}"#]
        {
            assert!(!takes(&WHISPER, other), "{other}");
        }
    }
}
