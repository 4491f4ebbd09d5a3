//! A transcript that is one string within JSON: which key holds it, and the call that it is.

use std::borrow::Cow;

use crate::call::Call;
use crate::input::ReadError;
use crate::input::json::{CallBuilder, Fields, Value, about};
use crate::input::text::lines::{Line, shape};
use crate::input::text::prose;
use crate::input::text::transcript::read_transcript;

/// What reads a string that holds a call as JSON.
pub type Json = fn(&str, &mut Call) -> Result<(), ReadError>;

/// Keys of the string, the most telling first.
pub const TEXTS: [&str; 14] = [
    "transcript", "Transcript", "full_transcript", "fullTranscript", "call_transcript", "transcript_text",
    "transcriptText", "transcription", "Content", "content", "conversation", "Conversation", "dialogue", "text",
];

/// The transcript of an object, where it is one string.
pub fn text(object: &Value) -> Option<&str> {
    TEXTS.iter().find_map(|k| object.said(k))
}

/// A call whose transcript is `text`, with the object's metadata. One that cannot be read costs no other.
pub fn one(object: &Value, text: &str, json: Json, builder: &mut CallBuilder<'_>) {
    about::metadata(object, builder);
    if let Err(why) = read(text, json, builder.call()) {
        return builder.unread(why.0);
    }
    builder.read_elsewhere();
    builder.hand_over_listed();
}

/// A transcript that lies deeper in a document: the object that has it, its text, and the objects around, the outermost
/// first. Only one with labels, or with a call as JSON in it, counts, since any text may lie there.
pub fn within(document: &Value, json: Json, depth: usize) -> Option<(&Value, &str, Vec<&Value>)> {
    let object = document.as_object().filter(|_| depth < 4)?;
    let talks = |text: &str| {
        let labelled = text.lines().filter(|line| matches!(shape(line), Line::Said(..))).count() > 1;
        labelled || prose::like_json(text) && json(text.trim(), &mut Call::default()).is_ok()
    };
    if let Some(text) = text(document).filter(|text| talks(text)) {
        return Some((document, text, Vec::new()));
    }
    object.values().find_map(|inner| {
        let (holder, text, mut outer) = within(inner, json, depth + 1)?;
        outer.insert(0, document);
        Some((holder, text, outer))
    })
}

/// Reads what one string holds into `call`, which keeps the metadata it already has: words, or a call as JSON.
pub fn read(text: &str, json: Json, call: &mut Call) -> Result<(), ReadError> {
    if prose::like_json(text) { json(text.trim(), call) } else { read_transcript(text, call) }
}

/// A text that was saved as one JSON string, or put in quotation marks, without them.
pub fn unquoted(text: &str) -> Cow<'_, str> {
    let Some(inner) = text.trim().strip_prefix('"').and_then(|t| t.strip_suffix('"')) else {
        return Cow::Borrowed(text);
    };
    match serde_json::from_str::<String>(text.trim()) {
        Ok(whole) => Cow::Owned(whole),
        Err(_) if !inner.contains('"') => Cow::Borrowed(inner),
        Err(_) => Cow::Borrowed(text),
    }
}
