//! Zoom: transcripts of recordings as JSON, on a timeline of people's names. Who calls in by telephone has a number
//! for a name and no account, and is the customer.

use crate::call::Role;
use crate::input::json::{CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};
use crate::roles::labels::parse_label;

/// Zoom recording transcripts in JSON.
pub static ZOOM: Document = Document {
    info: FormatInfo {
        name: "zoom-api",
        about: "Zoom recording transcripts in JSON",
        recognised: "timeline or content of text, ts and users",
        gives: Gives { roles: "labels", times: "turn start and end", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.all(&["timeline[].text", "timeline[].ts"]) || sight.all(&["content[].text", "content[].ts"]);
    known.then_some((0.94, "timeline of text and ts"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.id(doc.id("recording_id").or_else(|| doc.id("meeting_id")));
    builder.by_labels();
    builder.call().started = time::moment(doc.at("recording_start"));
    let pieces = match doc.list("timeline") {
        [] => doc.list("content"),
        some => some,
    };
    for piece in pieces {
        let user = piece.list("users").first();
        let name = user.and_then(|u| u.text("username")).or_else(|| piece.text("username"));
        let account = user.and_then(|u| u.text("zoom_userid"));
        let label = name.unwrap_or_default();
        let word = parse_label(label);
        let called_in = number_like(label) && account.is_none_or(|a| a == "Unknown Speaker");
        let role = if called_in { Role::Customer } else { word.role };
        let who = builder.speaker(role, label, word.name.as_deref());
        builder.push_turn(
            who,
            time::at("ts", piece.at("ts"), None),
            time::at("end_ts", piece.at("end_ts"), None),
            piece.said("text").unwrap_or_default(),
        );
    }
}

/// Whether a name is a telephone number, perhaps masked.
fn number_like(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    digits >= 4 && name.chars().all(|c| c.is_ascii_digit() || " +-().*xX".contains(c))
}
