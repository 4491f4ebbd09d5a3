//! `OpenAI` Realtime, as a log of events: items are made first and get their words later, in whichever order.

use crate::input::json::{CallBuilder, Document, Fields, Lines, Sight, Value, voice_ai};
use crate::input::{FormatInfo, Gives};

/// Events of a Realtime session.
pub static OPENAI_REALTIME: Document = Document {
    info: FormatInfo {
        name: "openai-realtime",
        about: "OpenAI Realtime events, client's and server's",
        recognised: "events of type conversation.item... or response..., a line each or a list",
        gives: Gives { roles: "stated", times: "none", names: false },
    },
    lines: Lines::Events,
    sniff,
    read,
    ..Document::PLAIN
};

/// Keys under which a list of events may stand.
const AT: [&str; 4] = ["events", "server_events", "messages", "log"];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let event = |kind: &String| {
        ["conversation.item.", "response.audio_transcript.", "response.output_audio_transcript."]
            .iter()
            .any(|known| kind.starts_with(known))
    };
    let of = |at: &str| sight.outline.values(&format!("{at}[].type")).iter().any(event);
    (of("") || AT.iter().any(|at| of(at))).then_some((0.95, "events of a realtime session"))
}

/// Something said, whose words may still be missing.
struct Item {
    id: String,
    role: String,
    text: String,
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let events = doc.as_array().map(Vec::as_slice).or_else(|| AT.iter().map(|at| doc.list(at)).find(|l| !l.is_empty()));
    let mut items: Vec<Item> = Vec::new();
    builder.id(doc.id("session_id|id"));
    for event in events.unwrap_or_default() {
        let kind = event.text("type").unwrap_or_default();
        if kind.starts_with("session.") {
            builder.id(event.id("session.id"));
        }
        let said = || event.said("transcript|text").unwrap_or_default();
        let id = || event.text("item_id").unwrap_or_default();
        if kind.ends_with("input_audio_transcription.completed") {
            put(&mut items, id(), "user", said(), None);
        } else if kind.starts_with("response.") && (kind.ends_with("transcript.done") || kind.ends_with("text.done")) {
            put(&mut items, id(), "assistant", said(), None);
        } else if event.at("item").is_object() {
            whole(&mut items, event.at("item"), event.text("previous_item_id"));
        }
        for item in event.list("response.output") {
            whole(&mut items, item, None);
        }
    }
    for item in items {
        if let Some(role) = voice_ai::role(&item.role) {
            let who = builder.speaker(role, &item.role, None);
            builder.push_turn(who, None, None, &item.text);
        }
    }
}

/// An item with as many of its words as are known.
fn whole(items: &mut Vec<Item>, item: &Value, after: Option<&str>) {
    if item.text("type").is_some_and(|t| t != "message") {
        return;
    }
    let parts = item.list("content").iter().filter_map(|part| part.said("transcript|text"));
    let text = parts.collect::<Vec<_>>().join(" ");
    put(items, item.text("id").unwrap_or_default(), item.text("role").unwrap_or_default(), &text, after);
}

/// Puts an item where it belongs: behind the one before it, else at the end; later words replace earlier ones.
fn put(items: &mut Vec<Item>, id: &str, role: &str, text: &str, after: Option<&str>) {
    let known = items.iter().position(|item| !id.is_empty() && item.id == id);
    let place = known.unwrap_or_else(|| {
        let before = after.and_then(|after| items.iter().position(|item| item.id == after));
        let place = before.map_or(items.len(), |k| k + 1);
        items.insert(place, Item { id: id.to_owned(), role: String::new(), text: String::new() });
        place
    });
    let item = &mut items[place];
    if item.role.is_empty() {
        role.clone_into(&mut item.role);
    }
    if !text.is_empty() {
        text.clone_into(&mut item.text);
    }
}
