//! `ChatGPT`'s `conversations.json`: each conversation is a tree of messages, of which one branch was kept in the end.

use std::collections::BTreeSet;

use crate::call::Role;
use crate::input::json::time::{self, At};
use crate::input::json::{CallBuilder, Document, Fields, Sight, Value, voice_ai};
use crate::input::{FormatInfo, Gives};

/// `ChatGPT` exports.
pub static CHATGPT_EXPORT: Document = Document {
    info: FormatInfo {
        name: "chatgpt-export",
        about: "ChatGPT conversations, as exported: the branch that was kept",
        recognised: "mapping of nodes beside current_node, alone or in a list",
        gives: Gives { roles: "stated", times: "sent", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = ["", "[]."].iter().any(|at| {
        sight.outline.has(&format!("{at}mapping"))
            && (sight.outline.has(&format!("{at}current_node")) || sight.outline.has(&format!("{at}create_time")))
    });
    known.then_some((0.95, "mapping of messages"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    match doc.as_array() {
        Some(list) => list.iter().for_each(|one| {
            conversation(one, builder);
            builder.hand_over_listed();
        }),
        None => conversation(doc, builder),
    }
}

fn conversation(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.id(doc.id("conversation_id|id"));
    if let Some(title) = doc.text("title") {
        builder.call().meta.insert("title".into(), title.into());
    }
    builder.call().started = time::moment(doc.at("create_time"));
    builder.chat();
    for message in branch(doc) {
        say(message, builder);
    }
}

/// The messages from the root to the last one that was kept.
fn branch(doc: &Value) -> Vec<&Value> {
    let Some(mapping) = doc.at("mapping").as_object() else { return Vec::new() };
    let root = || mapping.iter().find(|(_, node)| node.at("parent").is_null()).map(|(id, _)| id.as_str());
    let mut met = BTreeSet::new();
    // Without a mark of the last one, the newest answer is the last child everywhere.
    let mut last = doc.text("current_node").filter(|id| mapping.contains_key(*id)).or_else(|| {
        let mut id = root()?;
        while met.insert(id)
            && let Some(child) = mapping.get(id).and_then(|node| node.list("children").last()?.as_str())
            && mapping.contains_key(child)
        {
            id = child;
        }
        Some(id)
    });
    let (mut met, mut messages) = (BTreeSet::new(), Vec::new());
    while let Some((id, node)) = last.and_then(|id| Some((id, mapping.get(id)?)))
        && met.insert(id)
    {
        messages.push(node.at("message"));
        last = node.text("parent");
    }
    messages.reverse();
    messages
}

/// Adds a message, unless it is a prompt, a tool's, or between machines.
fn say(message: &Value, builder: &mut CallBuilder<'_>) {
    let stated = message.text("author.role").unwrap_or_default();
    let hidden = message.flag("metadata.is_visually_hidden_from_conversation");
    let to_all = message.text("recipient").is_none_or(|to| to == "all");
    let spoken = message.text("content.content_type").is_none_or(|t| t == "text" || t == "multimodal_text");
    let Some(role) = voice_ai::role(stated).filter(|role| *role != Role::Unknown) else { return };
    if hidden || !to_all || !spoken {
        return;
    }
    let parts = message.list("content.parts").iter().filter_map(|p| p.as_str().or_else(|| p.said("text")));
    let text = parts.collect::<Vec<_>>().join(" ");
    let start = message.number("create_time").map(At::Instant);
    let who = builder.speaker(role, stated, None);
    builder.push_turn(who, start, None, &text);
}
