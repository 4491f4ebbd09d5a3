//! Amazon Connect Contact Lens, real time: segments of finished utterances among partial ones and categories.

use std::collections::BTreeSet;

use super::contact_lens::role;
use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};

/// Contact Lens real-time segments, as the stream and as the API give them.
pub static CONTACT_LENS_LIVE: Document = Document {
    name: "contact-lens-realtime",
    about: "Amazon Connect Contact Lens real-time segments, of the stream or the API",
    recognised: "object, list of objects or object a line, with Segments of Transcript",
    gives: Gives { roles: "stated", times: "turn start and end", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let ids = ["Segments[].Transcript.ParticipantId", "Segments[].Utterance.ParticipantId"];
    let roles = ["Segments[].Transcript.ParticipantRole", "Segments[].Utterance.ParticipantRole"];
    let listed = [
        "[].Segments[].Transcript.ParticipantId",
        "[].Segments[].Utterance.ParticipantId",
        "[].Segments[].Transcript.ParticipantRole",
        "[].Segments[].Utterance.ParticipantRole",
    ];
    (sight.any(&ids) || sight.any(&roles) || sight.any(&listed))
        .then_some((0.95, "Segments of Transcript or Utterance"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let events: Vec<&Value> = doc.as_array().map_or_else(|| vec![doc], |a| a.iter().collect());
    let mut seen = BTreeSet::new();
    for event in events {
        talk.id(event.id("ContactId"));
        if talk.call().language.is_none() {
            talk.call().language = event.id("LanguageCode");
        }
        for segment in event.list("Segments") {
            // A partial utterance comes again as a whole one.
            let said = segment.at("Transcript");
            let id = said.text("ParticipantId").unwrap_or_default();
            let stated = said.text("ParticipantRole").unwrap_or(id);
            let (Some(role), Some(text)) = (role(stated), said.said("Content")) else {
                continue;
            };
            // Pages and events overlap.
            if said.id("Id").is_some_and(|id| !seen.insert(id)) {
                continue;
            }
            let who = talk.who(role, if id.is_empty() { stated } else { id }, None);
            talk.say(
                who,
                said.number("BeginOffsetMillis").map(At::millis),
                said.number("EndOffsetMillis").map(At::millis),
                text,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn partial_utterances_and_repeated_ones_are_dropped() {
        let segments = r#"{"Version":"1.0.0","Channel":"VOICE","ContactId":"k-3","LanguageCode":"en-US","EventType":"SEGMENTS","Segments":[
            {"Utterance":{"Id":"p","ParticipantId":"CUSTOMER","ParticipantRole":"CUSTOMER","PartialContent":"Hel","BeginOffsetMillis":3000,"EndOffsetMillis":3200}},
            {"Transcript":{"Id":"a","ParticipantId":"AGENT","ParticipantRole":"AGENT","Content":"Hi.","BeginOffsetMillis":500,"EndOffsetMillis":900,"Sentiment":"NEUTRAL"}},
            {"Categories":{"MatchedCategories":["x"]}},
            {"Transcript":{"Id":"b","ParticipantId":"CUSTOMER","ParticipantRole":"CUSTOMER","Content":"Hello.","BeginOffsetMillis":3000,"EndOffsetMillis":3600}}]}"#;
        let want = ["agent [AGENT] 0.5-0.9 Hi.", "customer [CUSTOMER] 3-3.6 Hello."];
        let call = &calls(&CONTACT_LENS_LIVE, segments)[0];
        assert_eq!(shown(call), want);
        assert_eq!(call.id, "k-3");
        let listed = format!("[{segments},{segments}]");
        assert_eq!(shown(&calls(&CONTACT_LENS_LIVE, &listed)[0]), want);
    }
}
