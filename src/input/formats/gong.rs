//! Gong: monologues of sentences in milliseconds. Who is who stands in another answer of its API, the calls with
//! their parties: merged into the same document, or a file of its own for `--meta`.

use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};
use std::collections::BTreeMap;

use crate::call::Role;
use crate::input::detect::outline::Outline;
use crate::input::format::{CallParties, Parties};

/// Gong call transcripts.
pub static GONG: Document = Document {
    info: FormatInfo {
        name: "gong",
        about: "Gong call transcripts; the calls' parties merged in, or as --meta calls_extensive.json",
        recognised: "callTranscripts of transcript with speakerId and sentences",
        gives: Gives { roles: "stated", times: "turn start and end", names: true },
    },
    sniff,
    read,
    parties: Some(Parties { alone: parties_alone, calls: parties }),
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&[
        "callTranscripts[].transcript[]",
        "callTranscripts[].callId",
        "[].callTranscripts[].transcript[]",
        "transcript[].sentences[].text",
    ]);
    known.then_some((0.95, "callTranscripts"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let documents: Vec<&Value> = doc.as_array().map_or_else(|| vec![doc], |a| a.iter().collect());
    let mut known: BTreeMap<String, &Value> = BTreeMap::new();
    for call in documents.iter().flat_map(|d| d.list("calls")) {
        if let Some(id) = call.id("metaData.id|callId|id") {
            known.insert(id, call);
        }
    }
    for document in documents {
        if !document.list("transcript").is_empty() {
            one(document, document, builder);
            builder.hand_over();
        }
        for call in document.list("callTranscripts") {
            let about = call.id("callId").and_then(|id| known.get(&id).copied());
            let own = if call.people("parties").is_empty() { document } else { call };
            one(call, about.unwrap_or(own), builder);
            builder.hand_over();
        }
    }
}

fn one(call: &Value, about: &Value, builder: &mut CallBuilder<'_>) {
    builder.id(call.id("callId").or_else(|| about.id("metaData.id")));
    builder.call().started = time::moment(about.at("metaData.started"));
    builder.call().stated_duration = about.number("metaData.duration");
    let parties = about.people("parties");
    for monologue in call.list("transcript") {
        let id = monologue.id("speakerId").unwrap_or_default();
        let party = parties.iter().find(|p| p.id("speakerId").as_ref() == Some(&id));
        let name = party.and_then(|p| p.text("name"));
        let role = party.map_or(Role::Unknown, side);
        let sentences = monologue.list("sentences");
        let text: Vec<&str> = sentences.iter().filter_map(|s| s.said("text")).collect();
        let who = builder.speaker(role, &id, name);
        builder.push_turn(
            who,
            sentences.first().and_then(|s| s.number("start")).map(At::millis),
            sentences.last().and_then(|s| s.number("end")).map(At::millis),
            &text.join(" "),
        );
    }
}

/// The side that a party is on.
fn side(party: &Value) -> Role {
    match party.text("affiliation") {
        Some(side) if side.eq_ignore_ascii_case("internal") => Role::Agent,
        Some(side) if side.eq_ignore_ascii_case("external") => Role::Customer,
        _ => Role::Unknown,
    }
}

/// Whether a document holds calls with their parties and no words.
fn parties_alone(outline: &Outline) -> bool {
    let has = |path: &str| outline.has(path) || outline.has(&format!("[].{path}"));
    has("calls[].parties[].affiliation") && !has("callTranscripts[]")
}

/// The calls of such a document, or of pages of them.
fn parties(doc: &Value) -> Vec<CallParties> {
    let pages = doc.as_array().map_or(std::slice::from_ref(doc), Vec::as_slice);
    let call = |call: &Value| {
        // Who has no id of a speaker was invited, and said nothing.
        let person = |p: &Value| Some((p.id("speakerId")?, p.text("name").map(str::to_owned), side(p)));
        Some(CallParties {
            id: call.id("metaData.id|callId|id")?,
            started: time::moment(call.at("metaData.started")),
            people: call.people("parties").iter().filter_map(person).collect(),
        })
    };
    pages.iter().flat_map(|page| page.list("calls")).filter_map(call).collect()
}
