//! `AssemblyAI`: utterances in milliseconds, or words alone where no speakers were asked for.

use crate::input::json::words::{Piece, diarised, turns};
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives, ReadError};

/// `AssemblyAI` transcripts.
pub static ASSEMBLYAI: Document = Document {
    info: FormatInfo {
        name: "assemblyai",
        about: "AssemblyAI transcripts, with speakers or channels, or words alone",
        recognised: "object with audio_url and utterances or words in milliseconds",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let job = sight.any(&["audio_url", "acoustic_model", "language_model", "speech_model"]);
    let text = sight.any(&["utterances", "words[].text", "text"]);
    if job && text && sight.any(&["status", "audio_duration", "acoustic_model"]) {
        return Some((0.93, "audio_url with utterances or words"));
    }
    let utterances = ["utterances[].words[].text", "utterances[].speaker", "utterances[].confidence"];
    let own = sight.all(&utterances) && sight.all(&["utterances[].start", "utterances[].text"]);
    own.then_some((0.85, "utterances with speaker, confidence and words"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    if let Err(why) = document(doc, builder) {
        builder.refuse(why);
    }
}

fn document(doc: &Value, builder: &mut CallBuilder<'_>) -> Result<(), ReadError> {
    if doc.text("status") == Some("error") {
        let why = doc.text("error").unwrap_or("no reason is given");
        return Err(ReadError(format!("AssemblyAI could not transcribe it: {why}")));
    }
    builder.id(doc.id("id"));
    builder.call().language = doc.id("language_code");
    builder.call().stated_duration = doc.number("audio_duration");
    for utterance in doc.list("utterances") {
        let label = utterance.id("speaker").or_else(|| utterance.id("channel"));
        let Some(who) = diarised(builder, &label.unwrap_or_default()) else {
            continue;
        };
        let (start, end) = span(utterance);
        if builder.push_turn(who, start, end, utterance.said("text").unwrap_or_default()) {
            for word in utterance.list("words") {
                let (start, end) = span(word);
                builder.push_word(word.said("text").unwrap_or_default(), start, end);
            }
        }
    }
    if builder.turns() > 0 {
        return Ok(());
    }
    let pieces = doc.list("words").iter().map(|word| {
        let seconds = |key| word.number(key).map(|ms| ms / 1000.0);
        Piece {
            speaker: word.text("speaker|channel"),
            text: word.said("text").unwrap_or_default(),
            start: seconds("start"),
            end: seconds("end"),
            ..Piece::default()
        }
    });
    turns(pieces, builder, &diarised);
    if builder.turns() == 0
        && let Some(text) = doc.said("text")
    {
        let who = builder.speaker(crate::call::Role::Unknown, "", None);
        builder.push_turn(who, None, None, text);
    }
    Ok(())
}

fn span(of: &Value) -> (Option<At>, Option<At>) {
    (of.number("start").map(At::millis), of.number("end").map(At::millis))
}
