//! A text transcript inside JSON: one string with all turns, beside the call's metadata.

use crate::input::formats::generic_json;
use crate::input::formats::one_text::{TEXTS, text};
use crate::input::json::rows::{Key, key};
use crate::input::json::{CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};

/// JSON-wrapped text.
pub static WRAPPED_TEXT: Document = Document {
    info: FormatInfo {
        name: "json-wrapped-text",
        about: "A text transcript in a field of JSON, with metadata beside it",
        recognised: "object, or list of objects, with a transcript as one string and an id or other metadata",
        gives: Gives { roles: "labels", times: "turn start", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

/// Keys that only stand beside a call's transcript.
const BESIDE: [&str; 22] = [
    "ConversationId", "conversation_id", "conversationId", "call_id", "callId", "CallId", "contact_id", "contactId",
    "ContactId", "transcript_id", "interaction_id", "session_id", "agent_id", "agentId", "agent", "agent_name",
    "customer_id", "customer", "rep_id", "call_date", "ticket_id", "recording_id",
];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let lists = sight.outline.paths().filter(|p| p.ends_with("[]"));
    let lists = lists.filter(|p| p.len() > 2 && !p.contains('.'));
    let nested: Vec<String> = lists.map(|p| format!("{p}.")).collect();
    for at in ["", "[]."].into_iter().chain(nested.iter().map(String::as_str)) {
        let has = |key: &&&str| sight.outline.has(&format!("{at}{key}"));
        let Some(text) = TEXTS.iter().find(has) else {
            continue;
        };
        // As one string: nothing stands below it.
        let below = [format!("{at}{text}[]"), format!("{at}{text}.")];
        let nested = sight.outline.paths().any(|p| below.iter().any(|b| p.starts_with(b)));
        // A row of a table of turns is none either.
        let keys = sight.outline.paths().filter_map(|p| p.strip_prefix(at));
        let mut keys = keys.filter(|k| !k.contains(['.', '[']));
        if keys.any(|k| key(k) == Key::Speaker(true)) {
            continue;
        }
        if !nested && BESIDE.iter().any(|k| has(&k)) {
            // A list of turns beside it says the same, and better.
            let known = *text == "Content" || sight.complete;
            let sure = if known { 0.71 } else { 0.6 };
            // Under a key of any name it may be anything.
            let top = at.len() <= "[].".len();
            return Some((if top { sure } else { 0.58 }, "a transcript as one string beside a call's id"));
        }
        // A transcript by name, alone or beside anything.
        if !nested && sight.complete && at.len() <= "[].".len() && text.to_ascii_lowercase().contains("transcript") {
            return Some((0.56, "a transcript as one string"));
        }
    }
    None
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let calls = |list: &&Vec<Value>| list.iter().any(|one| text(one).is_some());
    let nested = || doc.as_object()?.values().filter_map(Value::as_array).find(calls);
    match doc.as_array().or_else(|| nested().filter(|_| text(doc).is_none())) {
        Some(list) => list.iter().for_each(|one| call(one, builder)),
        None => call(doc, builder),
    }
}

fn call(object: &Value, builder: &mut CallBuilder<'_>) {
    if text(object).is_none() && TEXTS.iter().any(|k| object.at(k).as_str().is_some()) {
        return builder.unread("its transcript is empty");
    }
    generic_json::listed(object, builder);
}
