//! whisper.cpp: a transcription of stretches with offsets in milliseconds, tokens on demand.

use crate::input::json::words::diarised;
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};

/// whisper.cpp's JSON, short and full.
pub static WHISPER_CPP: Document = Document {
    info: FormatInfo {
        name: "whisper-cpp",
        about: "whisper.cpp JSON, with or without tokens",
        recognised: "object with a transcription of text and offsets",
        gives: Gives { roles: "channels", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let paths = ["transcription[].offsets.from", "transcription[].text"];
    sight.all(&paths).then_some((0.95, "transcription with offsets"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.call().language = doc.id("result.language");
    for piece in doc.list("transcription") {
        let label =
            piece.id("speaker").map(|s| if s.bytes().all(|b| b.is_ascii_digit()) { format!("ch_{s}") } else { s });
        let Some(who) = diarised(builder, &label.unwrap_or_default()) else {
            continue;
        };
        let (start, end) = span(piece);
        if !builder.push_turn(who, start, end, piece.said("text").unwrap_or_default()) {
            continue;
        }
        // Tokens are parts of words; one that begins with a space begins a word.
        let mut word = String::new();
        let mut times = (None, None);
        for token in piece.list("tokens") {
            let text = token.at("text").as_str().unwrap_or_default();
            if text.starts_with("[_") {
                continue;
            }
            let (start, end) = span(token);
            if text.starts_with(' ') || word.is_empty() {
                builder.push_word(&word, times.0, times.1);
                word.clear();
                times.0 = start;
            }
            word.push_str(text);
            times.1 = end;
        }
        builder.push_word(&word, times.0, times.1);
    }
}

fn span(of: &Value) -> (Option<At>, Option<At>) {
    (of.number("offsets.from").map(At::millis), of.number("offsets.to").map(At::millis))
}
