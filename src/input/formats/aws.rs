//! What the formats of Amazon Connect and Transcribe have in common.

use crate::call::Role;
use crate::input::json::{At, CallBuilder, Fields, Value};

/// The role of a `ParticipantRole`; none for the system, which is nobody.
pub fn role(stated: &str) -> Option<Role> {
    match stated.to_ascii_uppercase().as_str() {
        "AGENT" | "SUPERVISOR" => Some(Role::Agent),
        "CUSTOMER" => Some(Role::Customer),
        "CUSTOM_BOT" | "BOT" => Some(Role::Bot),
        "SYSTEM" => None,
        _ => Some(Role::Unknown),
    }
}

/// Start and end of a turn or a word in milliseconds.
pub fn span(of: &Value) -> (Option<At>, Option<At>) {
    let at = |key| of.number(key).map(At::millis);
    (at("BeginOffsetMillis"), at("EndOffsetMillis"))
}

/// Adds the words of a turn.
pub fn words(turn: &Value, builder: &mut CallBuilder<'_>) {
    for item in turn.list("Items") {
        if item.text("Type|ItemType").is_none_or(|t| t != "punctuation") {
            let (start, end) = span(item);
            builder.push_word(item.said("Content").unwrap_or_default(), start, end);
        }
    }
}
