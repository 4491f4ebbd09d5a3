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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn extensions_are_agents() {
        let inner = r#"{"title":"t","sourceRecordId":"r-1","callDirection":"Inbound","recordingStartTime":"2026-05-01T09:30:00Z","recordingDurationMs":9000,
            "speakerInfo":[{"speakerId":"1","name":"Jo Bell","extensionId":"55","phoneNumber":null},{"speakerId":"2","name":"Customer","extensionId":null,"phoneNumber":"+1555"}],
            "insights":{"Transcript":[{"start":2.5,"end":3.5,"text":"Hi.","speakerId":"2"},{"start":0.5,"end":2.75,"text":"Hello.","speakerId":1}],"Summary":[]}}"#;
        for json in [inner.to_owned(), format!(r#"{{"uuid":"w","body":{inner}}}"#)] {
            let call = &calls(&RINGSENSE, &json)[0];
            assert_eq!(shown(call), ["agent [Jo Bell] 0.5-2.75 Hello.", "customer [Customer] 2.5-3.5 Hi."]);
            assert_eq!(
                (call.id.as_str(), call.agent.as_deref(), call.stated_duration),
                ("r-1", Some("Jo Bell"), Some(9.0))
            );
        }
    }
}
