//! One row of turns of any vendor: what is said, by whom, and whether the customer heard it at all.

use crate::call::Role;
use crate::input::json::builder::CallBuilder;
use crate::input::json::field::Fields;
use crate::input::json::rows::Layout;
use crate::input::json::words::numbered;
use crate::input::json::{Value, voice_ai};
use crate::roles::labels::parse_label;

/// Whether a flag says that the customer did not hear or read a row.
pub fn is_unheard(row: &Value) -> bool {
    let shown = ["public", "isPublic", "is_public"].iter().all(|key| row.at(key).as_bool() != Some(false));
    let seen_by = row.text("visibility|Visibility|audience").map(str::to_ascii_lowercase);
    !shown
        || row.flag("whisper|isWhisper|is_whisper")
        || row.flag("private|isPrivate|is_private")
        || seen_by.is_some_and(|by| matches!(by.as_str(), "internal" | "private" | "agent" | "agents"))
}

/// Whether a row is what a recogniser thought so far, to be said again when it is sure.
pub fn is_partial(row: &Value) -> bool {
    let open = ["is_final", "isFinal", "final"].iter().any(|key| row.at(key).as_bool() == Some(false));
    open || row.flag("IsPartial|isPartial|is_partial|partial")
}

/// Who says a row; none if nobody does.
pub fn speaker(row: &Value, layout: &Layout<'_>, machine: bool, builder: &mut CallBuilder<'_>) -> Option<u16> {
    let mut labels = Vec::new();
    for key in &layout.speaker {
        let value = row.at(key);
        match value {
            Value::Object(_) => {
                let inner = ["role", "type", "name", "displayName", "id"];
                labels.extend(inner.iter().filter_map(|k| value.id(k)));
            }
            Value::String(way) if key.eq_ignore_ascii_case("direction") => {
                labels.extend(directed(way).map(str::to_owned));
            }
            Value::Bool(yes) => labels.extend(flagged(key, *yes).map(str::to_owned)),
            Value::Number(_) => {
                let prefix = if key.to_ascii_lowercase().contains("chan") { "ch" } else { "spk" };
                labels.push(numbered(prefix, value));
            }
            _ => labels.extend(row.id(key)),
        }
    }
    if labels.iter().any(|l| voice_ai::nobody(l)) {
        return None;
    }
    // The key that tells a role tells most; a name may stand beside it.
    let role_at = labels.iter().position(|l| parse_label(l).role != Role::Unknown || parse_label(l).nobody);
    // A name says more than a number.
    let named = || {
        let plain = |l: &String| !l.bytes().any(|b| b.is_ascii_digit());
        labels.iter().position(plain)
    };
    let at = role_at.or_else(named).unwrap_or(0);
    let label = labels.get(at).cloned().unwrap_or_default();
    let known = parse_label(&label);
    if known.nobody {
        return None;
    }
    let role = match known.role {
        Role::Unknown if machine => voice_ai::role(&label).unwrap_or_default(),
        role => role,
    };
    let beside = || labels.iter().find_map(|l| parse_label(l).name);
    let name = known.name.clone().or_else(beside);
    if role == known.role && name == known.name {
        return builder.labelled(&label);
    }
    Some(builder.speaker(role, &label, name.as_deref()))
}

/// Who says a row by a flag such as `isUser`: of the two sides, the one or the other.
fn flagged(key: &str, yes: bool) -> Option<&'static str> {
    let key = key.to_ascii_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| key.ends_with(word));
    Some(match (yes, is(&["user", "customer"]), is(&["agent"]), is(&["bot", "assistant"])) {
        (true, true, ..) | (false, _, true, _) | (false, .., true) => "customer",
        // Beside a user stands a machine, beside a customer anybody.
        (false, true, ..) if key.ends_with("user") => "bot",
        (true, _, true, _) | (false, true, ..) => "agent",
        (true, .., true) => "bot",
        _ => return None,
    })
}

/// Who says a row by the way that it went.
fn directed(way: &str) -> Option<&'static str> {
    match way.trim().to_ascii_lowercase().as_str() {
        "in" | "inbound" | "incoming" | "received" => Some("customer"),
        way if way.starts_with("outbound") => Some("agent"),
        "out" | "outgoing" | "sent" => Some("agent"),
        _ => None,
    }
}

/// A text: a string, an object that holds one, or pieces of both.
pub fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Object(_) => value.said("text|Text|content|body").map(str::to_owned),
        Value::Array(pieces) => {
            // What a tool was asked or has answered, and what a model thinks, nobody says.
            let said = |p: &&Value| !p.text("type").is_some_and(|t| t.starts_with("tool") || t.contains("thinking"));
            let texts = pieces.iter().filter(said).filter_map(|p| p.as_str().or_else(|| p.said("text|content")));
            let texts: Vec<&str> = texts.collect();
            Some(texts.join(" ")).filter(|t| !t.trim().is_empty())
        }
        _ => None,
    }
}

/// What a row's words say together, where it has no text.
pub fn of_words(row: &Value) -> Option<String> {
    let words = row.list("words|Words").iter();
    let words: Vec<&str> = words.filter_map(|w| w.said("word|text|Word|Text|content|punctuated_word")).collect();
    Some(words.join(" ")).filter(|text| !text.is_empty())
}
