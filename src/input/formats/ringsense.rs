//! `RingCentral` `RingSense` (ACE): utterances joined to speakers; whoever has an extension is of the company.

use crate::call::Role;
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};
use crate::roles::labels::parse_label;

/// `RingSense` records, plain or as a webhook's body.
pub static RINGSENSE: Document = Document {
    info: FormatInfo {
        name: "ringcentral-ringsense",
        about: "RingCentral RingSense (ACE) insights of a recording",
        recognised: "insights.Transcript with speakerId, and speakerInfo",
        gives: Gives { roles: "stated", times: "turn start and end", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&["insights.Transcript[]", "body.insights.Transcript[]"]);
    known.then_some((0.95, "insights.Transcript"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let doc = if doc.at("insights").is_null() { doc.at("body") } else { doc };
    let people = doc.people("speakerInfo");
    // An extension tells sides apart only where it is told of anybody.
    let tells = people.iter().any(|p| p.id("extensionId").is_some());
    builder.id(doc.id("sourceRecordId"));
    builder.call().started = time::moment(doc.at("recordingStartTime"));
    builder.call().stated_duration = doc.number("recordingDurationMs").map(|ms| ms / 1000.0);
    for said in doc.list("insights.Transcript") {
        let id = said.id("speakerId").unwrap_or_default();
        let person = people.iter().find(|p| p.id("speakerId").as_ref() == Some(&id));
        let name = person.and_then(|p| p.text("name"));
        let word = name.map(parse_label).unwrap_or_default();
        let role = match person {
            Some(p) if tells && p.id("extensionId").is_some() => Role::Agent,
            Some(_) if tells => Role::Customer,
            _ => word.role,
        };
        let shown = name.filter(|_| word.role == Role::Unknown);
        let who = builder.speaker(role, name.unwrap_or(&id), shown);
        builder.push_turn(
            who,
            said.number("start").map(At::Offset),
            said.number("end").map(At::Offset),
            said.said("text").unwrap_or_default(),
        );
    }
}
