//! Genesys Cloud speech and text analytics. Phrases say `internal` or `external`; internal is anyone on the company's
//! side, machines included, so the participants whose time covers a phrase tell which.

use crate::call::Role;
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};

/// Genesys Cloud transcripts.
pub static GENESYS: Document = Document {
    info: FormatInfo {
        name: "genesys-cloud",
        about: "Genesys Cloud speech and text analytics transcripts",
        recognised: "transcripts of phrases with participantPurpose",
        gives: Gives { roles: "stated", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&["transcripts[].phrases[].participantPurpose", "transcripts[].phrases[].text"]);
    known.then_some((0.95, "transcripts of phrases"))
}

/// Somebody on the line: who they are, and when.
struct Present<'v> {
    purpose: &'v str,
    user: Option<&'v str>,
    from: f64,
    to: f64,
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let list = doc.people("participants");
    let present: Vec<Present<'_>> = list
        .iter()
        .map(|p| Present {
            purpose: p.text("participantPurpose|purpose").unwrap_or_default(),
            user: p.text("userId"),
            from: p.number("startTimeMs").unwrap_or(f64::NEG_INFINITY),
            to: p.number("endTimeMs").unwrap_or(f64::INFINITY),
        })
        .collect();
    let transcripts = doc.list("transcripts");
    builder.id(doc.id("conversationId"));
    let call = builder.call();
    call.started = time::moment(doc.at("conversationStartTime"));
    call.queue = list.iter().find_map(|p| p.id("queueName|queueId"));
    call.agent = present.iter().find(|p| human(p.purpose)).and_then(|p| p.user.map(str::to_owned));
    call.language = transcripts.first().and_then(|t| t.id("language"));
    for phrase in transcripts.iter().flat_map(|t| t.list("phrases")) {
        let stated = phrase.text("participantPurpose").unwrap_or_default();
        let start = phrase.number("startTimeMs");
        let (role, label) = match stated.to_ascii_lowercase().as_str() {
            "external" | "customer" => (Role::Customer, stated),
            "internal" => inside(&present, start, stated),
            purpose if human(purpose) => (Role::Agent, stated),
            "" | "unknown" => (Role::Unknown, stated),
            _ => (Role::Bot, stated),
        };
        let who = builder.speaker(role, label, None);
        let start = start.or_else(|| phrase.number("offset.milliseconds")).map(millis);
        let text = phrase.said("decoratedText").or_else(|| phrase.said("text"));
        if !builder.push_turn(who, start, ended(phrase, start), text.unwrap_or_default()) {
            continue;
        }
        for word in phrase.list("words") {
            let start = word.number("startTimeMs").map(millis);
            builder.push_word(word.said("word").unwrap_or_default(), start, ended(word, start));
        }
    }
}

fn human(purpose: &str) -> bool {
    ["agent", "user"].iter().any(|p| purpose.eq_ignore_ascii_case(p))
}

/// Which of the company's side speaks: a person whose time covers it, else a machine whose time does, else somebody.
fn inside<'v>(present: &[Present<'v>], start: Option<f64>, stated: &'v str) -> (Role, &'v str) {
    let covers = |p: &&Present<'_>| start.is_none_or(|s| (p.from..=p.to).contains(&s));
    let caller = |p: &&Present<'_>| ["customer", "external"].iter().any(|c| p.purpose.eq_ignore_ascii_case(c));
    let mut here = present.iter().filter(covers).filter(|p| !caller(p));
    let mut machine = None;
    for p in here.by_ref() {
        if human(p.purpose) {
            return (Role::Agent, p.user.unwrap_or(stated));
        }
        machine = Some(p.purpose).filter(|p| !p.is_empty()).or(machine);
    }
    machine.map_or((Role::Agent, stated), |purpose| (Role::Bot, purpose))
}

/// Milliseconds since 1970, or since the start.
fn millis(ms: f64) -> At {
    time::sized(ms, Some(1e-3))
}

fn ended(of: &Value, start: Option<At>) -> Option<At> {
    let length = of.number("duration.milliseconds").or_else(|| of.number("durationMs|duration"))? / 1e3;
    Some(start?.plus(length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown, words};

    #[test]
    fn internal_is_whoever_is_there() {
        let call = &calls(
            &GENESYS,
            r#"{"organizationId":"o","conversationId":"g-1","mediaType":"call","conversationStartTime":1700000000000,
            "participants":[{"participantPurpose":"customer","startTimeMs":1700000000000,"endTimeMs":1700000100000},{"participantPurpose":"ivr","startTimeMs":1700000000000,"endTimeMs":1700000010000},
              {"participantPurpose":"agent","userId":"u-7","queueId":"q-1","startTimeMs":1700000010000,"endTimeMs":1700000100000}],
            "transcripts":[{"transcriptId":"t","language":"en-us","phrases":[
             {"text":"press one","participantPurpose":"internal","startTimeMs":1700000002500,"duration":{"milliseconds":1500}},
             {"text":"hi jo here","decoratedText":"Hi, Jo here.","participantPurpose":"internal","startTimeMs":1700000012000,"duration":{"milliseconds":1000},"words":[{"word":"hi","startTimeMs":1700000012000,"duration":{"milliseconds":250}}]},
             {"text":"hello","participantPurpose":"external","startTimeMs":1700000014000}]}]}"#,
        )[0];
        assert_eq!(
            shown(call),
            ["bot [ivr] 2.5-4 press one", "agent [u-7] 12-13 Hi, Jo here.", "customer [external] 14-? hello"]
        );
        assert_eq!(words(call), [("hi".into(), 12.0, 12.25)]);
        assert_eq!(
            (call.id.as_str(), call.agent.as_deref(), call.queue.as_deref(), call.started.as_deref()),
            ("g-1", Some("u-7"), Some("q-1"), Some("2023-11-14T22:13:20Z"))
        );
    }

    #[test]
    fn offsets_stay_as_they_are() {
        let call = &calls(
            &GENESYS,
            r#"{"conversationId":"g","transcripts":[{"phrases":[{"text":"a b","participantPurpose":"internal","startTimeMs":540,"duration":{"milliseconds":60}},{"text":"c","participantPurpose":"external","startTimeMs":900}]}]}"#,
        )[0];
        assert_eq!(shown(call), ["agent [internal] 0.54-0.6 a b", "customer [external] 0.9-? c"]);
    }
}
