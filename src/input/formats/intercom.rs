//! Intercom: conversations of parts in HTML, and transcripts of calls by teammate and user.

use crate::call::Role;
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};
use crate::roles::labels::{parse_label, person};

/// Intercom conversations and call transcripts.
pub static INTERCOM: Document = Document {
    info: FormatInfo {
        name: "intercom",
        about: "Intercom conversations and call transcripts",
        recognised: "conversation_parts with authors, or turns with speaker_label and content",
        gives: Gives { roles: "stated", times: "sent", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

const TURNS: [&str; 4] = ["", "transcript", "turns", "data.transcript"];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let parts = sight.any(&["conversation_parts.conversation_parts[]", "conversation_parts[].author"]);
    if parts {
        return Some((0.95, "conversation_parts"));
    }
    let turns = TURNS.iter().any(|at| {
        let has = |key: &str| {
            let list = format!("{at}[].{key}");
            sight.outline.has(&list)
        };
        has("speaker_label") && has("content") && has("start_time")
    });
    turns.then_some((0.92, "turns with speaker_label and content"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.id(doc.id("id"));
    let parts = match doc.list("conversation_parts.conversation_parts") {
        [] => doc.list("conversation_parts"),
        some => some,
    };
    if parts.is_empty() && doc.at("source").is_null() {
        spoken(doc, builder);
        return;
    }
    builder.chat();
    builder.call().started = time::moment(doc.at("created_at"));
    let first = Some(doc.at("source")).filter(|s| s.is_object());
    for part in first.into_iter().chain(parts) {
        let kind = part.text("part_type").unwrap_or("comment");
        // Assignments may carry a message; notes are among teammates.
        if kind == "note" || kind.starts_with("note_") {
            continue;
        }
        let author = part.at("author");
        let stated = author.text("type").unwrap_or_default();
        let role = match stated {
            "admin" | "team" => Role::Agent,
            "user" | "lead" | "contact" => Role::Customer,
            "bot" => Role::Bot,
            _ => Role::Unknown,
        };
        let id = author.id("id").unwrap_or_else(|| stated.to_owned());
        let who = builder.speaker(role, &id, author.text("name"));
        let created = part.at("created_at");
        let created = if created.is_null() { doc.at("created_at") } else { created };
        let text = plain(part.said("body").unwrap_or_default());
        builder.push_turn(who, time::at("time", created, None), None, &text);
    }
}

/// The turns of a call.
fn spoken(doc: &Value, builder: &mut CallBuilder<'_>) {
    let turns =
        doc.as_array().map(Vec::as_slice).or_else(|| TURNS[1..].iter().map(|at| doc.list(at)).find(|l| !l.is_empty()));
    for turn in turns.unwrap_or_default() {
        let label = turn.text("speaker_label").unwrap_or_default();
        let word = parse_label(label);
        let role = match turn.text("speaker_type").unwrap_or_default() {
            "admin" | "teammate" => Role::Agent,
            "user" | "lead" | "contact" => Role::Customer,
            "bot" => Role::Bot,
            _ if label.eq_ignore_ascii_case("user") || label.to_ascii_lowercase().starts_with("user ") => {
                Role::Customer
            }
            _ => word.role,
        };
        let name = word.name.or_else(|| person(label).filter(|_| word.role == Role::Unknown));
        let who = builder.speaker(role, label, name.as_deref().filter(|n| *n != "User"));
        let at = |key| turn.number(key).map(At::Offset);
        builder.push_turn(who, at("start_time"), at("end_time"), turn.said("content").unwrap_or_default());
    }
}

/// HTML without its tags, paragraphs as lines.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else {
            text.push_str(&rest[open..]);
            rest = "";
            break;
        };
        let tag = rest[open + 1..open + close].trim_start_matches('/').to_ascii_lowercase();
        if ["p", "br", "div", "li"].iter().any(|t| tag.split([' ', '/']).next() == Some(t)) && !text.ends_with('\n') {
            text.push('\n');
        }
        rest = &rest[open + close + 1..];
    }
    text.push_str(rest);
    for (entity, c) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    {
        text = text.replace(entity, c);
    }
    text.trim().to_owned()
}
