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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Clock;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn pieces_are_joined_and_services_left() {
        let call = &calls(
            &TELEGRAM,
            r#"{"name":"Ann","type":"personal_chat","id":77,"messages":[
             {"id":1,"type":"service","date":"2026-05-01T09:29:00","action":"phone_call","actor":"Ann","text":""},
             {"id":2,"type":"message","date":"2026-05-01T09:30:00","date_unixtime":"1777620600","from":"Ann Lee","from_id":"user1","text":["Call ",{"type":"phone","text":"+1555"}," now"]},
             {"id":3,"type":"message","date":"2026-05-01T09:30:09","date_unixtime":"1777620609","from":"Support","from_id":"user2","text":"Yes"},
             {"id":4,"type":"message","date":"2026-05-01T09:31:00","from":"Ann Lee","from_id":"user1","photo":"x.jpg","text":""}]}"#,
        )[0];
        assert_eq!(shown(call), ["customer [Ann Lee] 0-? Call +1555 now", "agent [Support] 9-? Yes"]);
        assert_eq!((call.id.as_str(), call.clock), ("77", Clock::Sent));
    }
}
