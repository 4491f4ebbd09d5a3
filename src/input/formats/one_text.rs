//! A transcript that is one string within JSON: which key holds it, and the call that it is.

use crate::input::formats::plain_text;
use crate::input::json::{CallBuilder, Fields, Value, about};

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
    if let Err(why) = plain_text::read_transcript(text, builder.call()) {
        return builder.unread(why.0);
    }
    builder.read_elsewhere();
    builder.hand_over_listed();
}
