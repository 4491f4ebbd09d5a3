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
            // Of the company's side, whoever has a user's id is a person.
            purpose: match p.text("participantPurpose|purpose").unwrap_or_default() {
                purpose if purpose.eq_ignore_ascii_case("internal") && p.text("userId").is_some() => "agent",
                purpose => purpose,
            },
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
        machine = Some(p.purpose).filter(|p| !p.is_empty() && !p.eq_ignore_ascii_case("internal")).or(machine);
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
