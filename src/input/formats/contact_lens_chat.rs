//! Amazon Connect chats: Contact Lens analysis and Connect's own transcripts. A message names its participant by an
//! id that only the list of participants gives a role.

use crate::call::Role;
use crate::input::formats::aws::role;
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value};
use crate::input::text::times::instant;
use crate::input::{FormatInfo, Gives};

/// Contact Lens and Connect transcripts of chats.
pub static CONTACT_LENS_CHAT: Document = Document {
    info: FormatInfo {
        name: "contact-lens-chat",
        about: "Amazon Connect chats: Contact Lens analysis or Connect's own transcript",
        recognised: "object with a Transcript of ParticipantId and AbsoluteTime",
        gives: Gives { roles: "stated", times: "sent", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let chat = sight.outline.has("Transcript[].AbsoluteTime")
        || (sight.outline.says("Channel", "CHAT") && sight.outline.has("Transcript[]"));
    chat.then_some((0.96, "Transcript of messages with AbsoluteTime"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.chat();
    builder.id(doc.id("CustomerMetadata.ContactId").or_else(|| doc.id("ContactId")));
    builder.call().language = doc.id("LanguageCode");
    for message in doc.list("Transcript") {
        if message.text("Type").is_some_and(|t| t != "MESSAGE") {
            continue;
        }
        let id = message.text("ParticipantId").unwrap_or_default();
        let joined = doc.people("Participants").iter().find(|p| p.text("ParticipantId") == Some(id));
        let name = message.text("DisplayName").or_else(|| joined.and_then(|p| p.text("DisplayName")));
        let stated =
            message.text("ParticipantRole").or_else(|| joined.and_then(|p| p.text("ParticipantRole"))).unwrap_or(id);
        // Lex bots of older flows answer as the system, under this name.
        let role = role(stated).or_else(|| (name == Some("BOT")).then_some(Role::Bot));
        let (Some(role), Some(text)) = (role, spoken(message)) else {
            continue;
        };
        let sent = message.text("AbsoluteTime").and_then(instant);
        let who = builder.speaker(role, id, name.filter(|_| role != Role::Bot));
        builder.push_turn(who, sent.map(At::Instant), None, &text);
    }
}

/// The words of a message; of an interactive one its title, of other JSON nothing.
fn spoken(message: &Value) -> Option<String> {
    let content = message.said("Content")?;
    let kind = message.text("ContentType").unwrap_or("text/plain");
    if kind.starts_with("text/") {
        return Some(content.to_owned());
    }
    let inner: Value = serde_json::from_str(content).ok()?;
    inner.said("data.content.title").or_else(|| inner.said("data.content.body.title")).map(str::to_owned)
}
