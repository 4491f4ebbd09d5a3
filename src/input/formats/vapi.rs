//! Vapi: messages with the seconds from the start, among system prompts and tool calls.

use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time, voice_ai};
use crate::input::{FormatInfo, Gives};

/// Vapi calls and end-of-call reports.
pub static VAPI: Document = Document {
    info: FormatInfo {
        name: "vapi",
        about: "Vapi calls and end-of-call reports",
        recognised: "messages with secondsFromStart",
        gives: Gives { roles: "stated", times: "turn start and end", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

const AT: [&str; 4] = ["messages", "artifact.messages", "message.artifact.messages", "message.messages"];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = AT.iter().any(|p| sight.outline.has(&format!("{p}[].secondsFromStart")))
        || sight.outline.has("[].secondsFromStart");
    known.then_some((0.95, "messages with secondsFromStart"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.id(doc.id("call.id").or_else(|| doc.id("message.call.id")).or_else(|| doc.id("id")));
    builder.call().started = time::moment(doc.at("startedAt"));
    let messages = doc.as_array().map(Vec::as_slice).or_else(|| AT.iter().map(|p| doc.list(p)).find(|l| !l.is_empty()));
    for message in messages.unwrap_or_default() {
        let stated = message.text("role").unwrap_or_default();
        let Some(role) = voice_ai::role(stated) else {
            continue;
        };
        let start = message.number("secondsFromStart");
        // Lengths are milliseconds; older calls only have both stamps.
        let stamps = || Some(message.number("endTime")? - message.number("time")?);
        let length = message.number("duration").or_else(stamps).filter(|l| *l > 0.0);
        let end = start.and_then(|s| Some(((s * 1000.0 + length?) * 1000.0).round() / 1e6));
        let who = builder.speaker(role, stated, None);
        let text = message.said("message").or_else(|| message.said("content"));
        builder.push_turn(who, start.map(At::Offset), end.map(At::Offset), text.unwrap_or_default());
    }
}
