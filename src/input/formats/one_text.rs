//! A transcript that is one string within JSON: which key holds it, and the call that it is.

use std::borrow::Cow;

use crate::call::Call;
use crate::input::formats::call_jsonl::{self, CallJsonl};
use crate::input::formats::generic_json::GENERIC_JSON;
use crate::input::formats::plain_text;
use crate::input::json::{CallBuilder, Fields, Value, about, python};
use crate::input::text::lines::{Line, shape};
use crate::input::text::prose;
use crate::input::{Format, ReadError, Record};

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
pub fn one(object: &Value, text: &str, builder: &mut CallBuilder<'_>) {
    about::metadata(object, builder);
    if let Err(why) = read(text, builder.call()) {
        return builder.unread(why.0);
    }
    builder.read_elsewhere();
    builder.hand_over_listed();
}

/// A transcript that lies deeper in a document: the object that has it, its text, and the objects around, the outermost
/// first. Only one with labels, or with a call as JSON in it, counts, since any text may lie there.
pub fn within(document: &Value, depth: usize) -> Option<(&Value, &str, Vec<&Value>)> {
    let object = document.as_object().filter(|_| depth < 4)?;
    let talks = |text: &str| {
        let labelled = text.lines().filter(|line| matches!(shape(line), Line::Said(..))).count() > 1;
        labelled || prose::like_json(text) && json(text.trim(), &mut Call::default()).is_ok()
    };
    if let Some(text) = text(document).filter(|text| talks(text)) {
        return Some((document, text, Vec::new()));
    }
    object.values().find_map(|inner| {
        let (holder, text, mut outer) = within(inner, depth + 1)?;
        outer.insert(0, document);
        Some((holder, text, outer))
    })
}

/// Reads what one string holds into `call`, which keeps the metadata it already has: words, or a call as JSON.
pub fn read(text: &str, call: &mut Call) -> Result<(), ReadError> {
    if prose::like_json(text) { json(text.trim(), call) } else { plain_text::read_transcript(text, call) }
}

/// Reads a string that holds a call as JSON or as Python prints it, in our own words or as turns of anybody's.
pub fn json(document: &str, call: &mut Call) -> Result<(), ReadError> {
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(document).is_ok();
    let python = if is_json { None } else { python::as_json(document) };
    let document = python.as_deref().unwrap_or(document);
    let format: &dyn Format = if call_jsonl::own(document.as_bytes()) { &CallJsonl } else { &GENERIC_JSON };
    let mut calls = 0;
    let mut held = Call::default();
    format.parse(&Record { bytes: document.as_bytes(), header: None }, call, &mut |one| {
        std::mem::swap(&mut held, one);
        one.clear();
        calls += 1;
    })?;
    std::mem::swap(&mut held, call);
    match (calls, call.unread.take()) {
        (1, None) => Ok(()),
        (1, Some(why)) => Err(ReadError(why)),
        (n, _) => Err(ReadError(format!("its transcript holds {n} calls; it must be one"))),
    }
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
