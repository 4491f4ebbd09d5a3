//! `ElevenLabs` Scribe: words by speaker, whose spaces are pieces of their own; channels are documents of their own.

use crate::input::json::words::{Piece, Words, diarised, weave};
use crate::input::json::{CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};

/// What `ElevenLabs` answers for a recording.
pub static ELEVENLABS_SCRIBE: Document = Document {
    info: FormatInfo {
        name: "elevenlabs-scribe",
        about: "ElevenLabs Scribe speech to text, by speaker or channel",
        recognised: "language_code and words of text, type and start",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let keys =
        |at: &str| ["language_code", "words[].text", "words[].type", "words[].start"].map(|k| format!("{at}{k}"));
    let known = ["", "transcripts[]."].iter().any(|at| keys(at).iter().all(|key| sight.outline.has(key)));
    known.then_some((0.95, "words with a type and the spaces between them"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let parts = match doc.list("transcripts") {
        [] => std::slice::from_ref(doc),
        channels => channels,
    };
    builder.id(doc.id("transcription_id"));
    builder.call().language = parts.iter().find_map(|part| part.id("language_code"));
    let label = |part: &Value, word: &Value| {
        let channel = part.id("channel_index").or_else(|| word.id("channel_index"));
        channel.filter(|_| parts.len() > 1).map(|k| format!("ch_{k}")).or_else(|| word.id("speaker_id"))
    };
    let said = |word: &&Value| word.text("type") != Some("audio_event");
    let words = parts.iter().flat_map(|part| {
        part.list("words").iter().filter(said).map(|word| (label(part, word), word)).collect::<Vec<_>>()
    });
    let words: Vec<(Option<String>, &Value)> = words.collect();
    let spacing = |word: &Value| word.text("type") == Some("spacing");
    let mut pieces: Vec<Piece<'_>> = words
        .iter()
        .map(|(label, word)| Piece {
            // A space belongs to whoever speaks.
            speaker: label.as_deref().filter(|_| !spacing(word)),
            text: word.at("text").as_str().unwrap_or_default(),
            start: word.number("start"),
            end: word.number("end"),
            mark: spacing(word),
            ..Piece::default()
        })
        .collect();
    weave(&mut pieces);
    let mut turns = Words::verbatim();
    for piece in pieces {
        turns.push(piece, builder, &diarised);
    }
    turns.end(builder, &diarised);
}
