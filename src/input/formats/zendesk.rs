//! Zendesk: chats with their history, tickets with comments, messaging with authors.

use crate::call::Role;
use crate::input::json::{CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};

use crate::input::formats::intercom::plain;

/// Zendesk chats, ticket comments and messages.
pub static ZENDESK: Document = Document {
    info: FormatInfo {
        name: "zendesk",
        about: "Zendesk chats, ticket comments and messaging",
        recognised: "history with sender_type and msg, comments with author_id, or messages with author.type",
        gives: Gives { roles: "stated", times: "sent", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    for at in ["", "chats[].", "[]."] {
        let has = |key: &str| sight.outline.has(&format!("{at}{key}"));
        if has("history[].msg") && (has("history[].sender_type") || has("history[].type")) {
            return Some((0.94, "history of msg and type"));
        }
    }
    let comments = sight.all(&["comments[].author_id", "comments[].created_at"])
        && sight.any(&["comments[].plain_body", "comments[].html_body"]);
    if comments {
        return Some((0.93, "comments with author_id"));
    }
    let messages = sight.all(&["messages[].author.type", "messages[].content.text"]);
    messages.then_some((0.93, "messages with author.type"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let chats = doc.as_array().map_or_else(|| doc.list("chats"), Vec::as_slice);
    if !chats.is_empty() {
        for chat in chats {
            history(chat, builder);
            builder.hand_over();
        }
        return;
    }
    history(doc, builder);
    comments(doc, builder);
    messages(doc, builder);
}

fn history(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.chat();
    builder.id(doc.id("id"));
    builder.call().started = time::moment(doc.at("timestamp"));
    builder.call().queue = doc.id("department_name");
    for row in doc.list("history") {
        if row.text("type").is_some_and(|t| t != "chat.msg") {
            continue;
        }
        let nick = row.text("nick").unwrap_or_default();
        let stated = row.text("sender_type").unwrap_or_else(|| nick.split(':').next().unwrap_or_default());
        let role = match stated.to_ascii_lowercase().as_str() {
            "agent" => Role::Agent,
            "visitor" | "enduser" | "end_user" => Role::Customer,
            "trigger" | "bot" | "answerbot" => Role::Bot,
            "system" => continue,
            _ => Role::Unknown,
        };
        let name = row.text("name");
        let who = builder.speaker(role, name.unwrap_or(stated), name.filter(|_| role != Role::Bot));
        let sent = time::at("time", row.at("timestamp"), None);
        builder.push_turn(who, sent, None, row.said("msg").unwrap_or_default());
    }
}

fn comments(doc: &Value, builder: &mut CallBuilder<'_>) {
    let users = doc.people("users");
    let comments = doc.list("comments");
    builder.id(comments.iter().find_map(|c| c.id("ticket_id")));
    for comment in comments {
        // Comments that are not public are notes among agents.
        if comment.at("public") == &Value::Bool(false) {
            continue;
        }
        let author = comment.id("author_id").unwrap_or_default();
        let user = users.iter().find(|u| u.id("id").as_ref() == Some(&author));
        let role = match user.and_then(|u| u.text("role")).unwrap_or_default() {
            "agent" | "admin" => Role::Agent,
            "end-user" => Role::Customer,
            _ => Role::Unknown,
        };
        let who = builder.speaker(role, &author, user.and_then(|u| u.text("name")));
        let html = || comment.said("html_body").map(plain);
        let text = comment.said("plain_body|body").map(str::to_owned).or_else(html);
        let sent = time::at("time", comment.at("created_at"), None);
        builder.push_turn(who, sent, None, &text.unwrap_or_default());
    }
}

fn messages(doc: &Value, builder: &mut CallBuilder<'_>) {
    for message in doc.list("messages") {
        let author = message.at("author");
        let machine = author.text("subtypes").is_some() || author.list("subtypes").iter().any(|s| s == "AI");
        let role = match author.text("type").unwrap_or_default() {
            "user" => Role::Customer,
            "business" if machine => Role::Bot,
            "business" => Role::Agent,
            _ => Role::Unknown,
        };
        let name = author.text("displayName");
        let id = author.id("userId").or_else(|| author.id("type"));
        let who = builder.speaker(role, name.unwrap_or(&id.unwrap_or_default()), name);
        let sent = time::at("time", message.at("received"), None);
        builder.push_turn(who, sent, None, message.said("content.text").unwrap_or_default());
    }
}
