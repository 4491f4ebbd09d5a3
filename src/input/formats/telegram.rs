//! Telegram's export of one chat or of all of them: messages by name, text in pieces.

use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value};
use crate::input::text::times::instant;
use crate::input::{FormatInfo, Gives};

/// Telegram exports.
pub static TELEGRAM: Document = Document {
    info: FormatInfo {
        name: "telegram",
        about: "Telegram chat exports in JSON",
        recognised: "messages with from, date and text, of type message or service",
        gives: Gives { roles: "labels", times: "sent", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    for at in ["messages[]", "chats.list[].messages[]"] {
        let has = |key: &str| sight.outline.has(&format!("{at}.{key}"));
        if has("from") && has("date") && has("text") && (has("from_id") || has("type")) {
            return Some((0.95, "messages with from and date"));
        }
    }
    None
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    match doc.list("chats.list") {
        [] => chat(doc, builder),
        chats => chats.iter().for_each(|c| chat(c, builder)),
    }
}

fn chat(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.chat();
    builder.by_labels();
    builder.id(doc.id("id"));
    for message in doc.list("messages") {
        if message.text("type").is_some_and(|t| t != "message") {
            continue;
        }
        let label = message.said("from").or_else(|| message.text("from_id"));
        let Some(who) = builder.labelled(label.unwrap_or_default()) else {
            continue;
        };
        let sent = message.number("date_unixtime").or_else(|| message.text("date").and_then(instant));
        builder.push_turn(who, sent.map(At::Instant), None, &text(message.at("text")));
    }
    builder.hand_over();
}

/// A string, or pieces of which some have a style.
fn text(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        Value::Array(pieces) => pieces.iter().filter_map(|p| p.as_str().or_else(|| p.get("text")?.as_str())).collect(),
        _ => String::new(),
    }
}
