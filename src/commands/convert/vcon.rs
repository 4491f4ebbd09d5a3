//! A call as a vCon (IETF draft, version 0.0.2): parties, one recording that is described and not held, and the
//! transcript as an analysis. Nothing that would differ from run to run is written, no time of conversion and no
//! random id: the same call gives the same bytes.

use crate::call::{Call, Clock, HowRoles, Role};
use crate::input::text::times::instant;
use crate::output::escape;
use serde_json::{Map, Value, json};

/// Appends a call as a line with one vCon.
pub(super) fn line(call: &Call, to: &mut Vec<u8>) {
    escape::object(&document(call), to);
    to.push(b'\n');
}

fn document(call: &Call) -> Map<String, Value> {
    let started = call.started.as_deref().filter(|s| instant(s).is_some());
    let parties: Vec<Value> = call.speakers.iter().map(|s| party(call, s)).collect();
    let all: Vec<usize> = (0..call.speakers.len()).collect();
    let mut vcon = Map::new();
    vcon.insert("vcon".into(), json!("0.0.2"));
    vcon.insert("uuid".into(), json!(uuid(call)));
    if !call.id.is_empty() {
        vcon.insert("subject".into(), json!(call.id));
    }
    if let Some(started) = started {
        vcon.insert("created_at".into(), json!(started));
    }
    vcon.insert("parties".into(), json!(parties));
    if call.clock == Clock::Sent {
        let dialog: Vec<Value> = call.turns.iter().map(|turn| message(call, turn, started)).collect();
        vcon.insert("dialog".into(), json!(dialog));
        vcon.insert("analysis".into(), json!([]));
    } else {
        let mut recording = Map::new();
        recording.insert("type".into(), json!("recording"));
        if let Some(started) = started {
            recording.insert("start".into(), json!(started));
        }
        if let Some(duration) = call.duration().filter(|d| d.is_finite()) {
            recording.insert("duration".into(), json!(duration));
        }
        recording.insert("parties".into(), json!(all));
        vcon.insert("dialog".into(), json!([recording]));
        let body: Vec<Value> = call.turns.iter().map(|turn| utterance(call, turn)).collect();
        vcon.insert(
            "analysis".into(),
            json!([{
                "type": "transcript", "dialog": 0, "vendor": "heard", "product": "heard convert",
                "encoding": "json", "body": body,
            }]),
        );
    }
    let mut known = call.meta.clone();
    for (key, value) in [("queue", &call.queue), ("language", &call.language)] {
        if let Some(value) = value {
            known.insert(key.into(), json!(value));
        }
    }
    let attachments = if known.is_empty() {
        json!([])
    } else {
        json!([{ "purpose": "metadata", "encoding": "json", "body": known }])
    };
    vcon.insert("attachments".into(), attachments);
    vcon
}

fn party(call: &Call, speaker: &crate::call::Speaker) -> Value {
    let of_call = match speaker.role {
        Role::Agent => call.agent.as_ref(),
        Role::Customer => call.customer.as_ref(),
        Role::Bot | Role::Unknown => None,
    };
    let label = Some(&speaker.label).filter(|l| !l.is_empty() && speaker.role == Role::Unknown);
    let mut party = Map::new();
    if let Some(name) = speaker.name.as_ref().or(of_call).or(label) {
        party.insert("name".into(), json!(name));
    }
    if speaker.role != Role::Unknown && call.roles.how != HowRoles::Unknown {
        party.insert("role".into(), json!(speaker.role.as_str()));
    }
    Value::Object(party)
}

/// A turn of the transcript: seconds on the recording's clock, as `start` and `end` are in most transcripts.
fn utterance(call: &Call, turn: &crate::call::Turn) -> Value {
    let mut said = Map::new();
    said.insert("parties".into(), json!([turn.speaker]));
    // Length and end: readers look for the one or the other. A length is a difference, so it is rounded.
    let length = turn.start.zip(turn.end).map(|(start, end)| ((end - start) * 1e6).round() / 1e6);
    for (key, seconds) in [("start", turn.start), ("end", turn.end), ("duration", length)] {
        if let Some(seconds) = seconds.filter(|s| s.is_finite()) {
            said.insert(key.into(), json!(seconds));
        }
    }
    said.insert("text".into(), json!(call.turn_text(turn)));
    Value::Object(said)
}

/// A message of a chat is a dialog of its own, sent at a time of its own where the call says when it began.
fn message(call: &Call, turn: &crate::call::Turn, started: Option<&str>) -> Value {
    let mut dialog = Map::new();
    dialog.insert("type".into(), json!("text"));
    let sent = started
        .and_then(instant)
        .zip(turn.start)
        .and_then(|(zero, at)| jiff::Timestamp::from_millisecond(((zero + at) * 1000.0) as i64).ok());
    if let Some(sent) = sent {
        dialog.insert("start".into(), json!(sent.to_string()));
    }
    dialog.insert("parties".into(), json!([turn.speaker]));
    dialog.insert("mediatype".into(), json!("text/plain"));
    dialog.insert("encoding".into(), json!("none"));
    dialog.insert("body".into(), json!(call.turn_text(turn)));
    Value::Object(dialog)
}

/// A UUID of version 8 (the writer's own way) from what the call is: the same call has the same one everywhere.
fn uuid(call: &Call) -> String {
    let mut state = [0xcbf2_9ce4_8422_2325u64, 0x6c62_272e_07bb_0142];
    let mut feed = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0xff]) {
            state[0] = (state[0] ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            state[1] = (state[1].rotate_left(5) ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    };
    feed(call.id.as_bytes());
    feed(call.started.as_deref().unwrap_or_default().as_bytes());
    for turn in &call.turns {
        feed(&turn.start.unwrap_or(-1.0).to_bits().to_le_bytes());
        feed(call.turn_text(turn).as_bytes());
    }
    let high = (state[0] & 0xffff_ffff_ffff_0fff) | 0x8000;
    let low = (state[1] & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
    let hex = format!("{high:016x}{low:016x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(call: &Call) -> Value {
        let mut text = Vec::new();
        line(call, &mut text);
        assert_eq!(String::from_utf8_lossy(&text).lines().count(), 1);
        serde_json::from_slice(&text).expect("JSON")
    }

    fn call(clock: Clock) -> Call {
        let mut call = Call::default();
        call.id.push_str("c-1");
        call.agent = Some("Jo".into());
        call.started = Some("2026-05-01T09:30:00Z".into());
        call.queue = Some("billing".into());
        call.clock = clock;
        call.roles.how = HowRoles::Stated;
        let jo = call.speaker(Role::Agent, "Agent", None);
        let other = call.speaker(Role::Unknown, "spk_1", None);
        call.push_turn(jo, Some(0.5), Some(2.0), "Hello.");
        call.push_turn(other, Some(2.5), None, "Hi.");
        call
    }

    #[test]
    fn a_recorded_call() {
        let vcon = parsed(&call(Clock::Speech));
        assert_eq!(vcon["parties"], json!([{"name":"Jo","role":"agent"},{"name":"spk_1"}]));
        assert_eq!(
            vcon["dialog"],
            json!([{"type":"recording","start":"2026-05-01T09:30:00Z","duration":2.5,"parties":[0,1]}])
        );
        assert_eq!(
            vcon["analysis"][0]["body"],
            json!([{"parties":[0],"start":0.5,"end":2.0,"duration":1.5,"text":"Hello."},{"parties":[1],"start":2.5,"text":"Hi."}])
        );
        assert_eq!(vcon["attachments"][0]["body"]["queue"], "billing");
        let uuid = vcon["uuid"].as_str().expect("a UUID");
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "8"));
        assert_eq!(vcon, parsed(&call(Clock::Speech)));
    }

    #[test]
    fn messages_are_dialogs() {
        let vcon = parsed(&call(Clock::Sent));
        assert_eq!(vcon["dialog"][1]["start"], "2026-05-01T09:30:02.5Z");
        assert_eq!(vcon["dialog"][1]["body"], "Hi.");
        assert_eq!(vcon["analysis"], json!([]));
    }
}
