//! A call as a vCon (IETF draft, version 0.0.2): parties, one recording that is described and not held, and the
//! transcript as an analysis. Nothing that would differ from run to run is written, no time of conversion and no
//! random id: the same call gives the same bytes.

use crate::call::time::instant;
use crate::call::{Call, Clock, HowRoles, Role, Speaker, Turn};
use crate::output::wire;
use serde_json::{Map, Value, json};

/// Appends a call as a line with one vCon.
pub fn line(call: &Call, to: &mut Vec<u8>) {
    wire::json(&document(call), to);
    to.push(b'\n');
}

fn document(call: &Call) -> Map<String, Value> {
    let started = call.started.as_deref().filter(|s| instant(s).is_some());
    let parties: Vec<Map<String, Value>> = call.speakers.iter().map(|s| party(call, s)).collect();
    let (dialog, analysis) = if call.clock == Clock::Sent {
        (call.turns.iter().map(|turn| message(call, turn, started)).collect(), json!([]))
    } else {
        let recording = known(json!({
            "type": "recording",
            "start": started,
            "duration": call.duration(),
            "parties": (0..call.speakers.len()).collect::<Vec<_>>(),
        }));
        let transcript = json!([{
            "type": "transcript",
            "dialog": 0,
            "vendor": "heard",
            "product": "heard convert",
            "encoding": "json",
            "body": call.turns.iter().map(|turn| utterance(call, turn)).collect::<Vec<_>>(),
        }]);
        (vec![recording], transcript)
    };
    let mut meta = call.meta.clone();
    meta.extend(known(json!({ "queue": call.queue, "language": call.language })));
    let metadata = json!({ "purpose": "metadata", "encoding": "json", "body": meta });
    known(json!({
        "vcon": "0.0.2",
        "uuid": uuid(call),
        "subject": Some(&call.id).filter(|id| !id.is_empty()),
        "created_at": started,
        "parties": parties,
        "dialog": dialog,
        "analysis": analysis,
        "attachments": if meta.is_empty() { Vec::new() } else { vec![metadata] },
    }))
}

/// An object without the keys of which nothing is known.
fn known(object: Value) -> Map<String, Value> {
    let Value::Object(mut keys) = object else { return Map::new() };
    keys.retain(|_, value| !value.is_null());
    keys
}

fn party(call: &Call, speaker: &Speaker) -> Map<String, Value> {
    let of_call = match speaker.role {
        Role::Agent => call.agent.as_ref(),
        Role::Customer => call.customer.as_ref(),
        Role::Bot | Role::Unknown => None,
    };
    let label = Some(&speaker.label).filter(|l| !l.is_empty() && speaker.role == Role::Unknown);
    let is_known = speaker.role != Role::Unknown && call.roles.how != HowRoles::Unknown;
    known(json!({
        "name": speaker.name.as_ref().or(of_call).or(label),
        "role": is_known.then(|| speaker.role.as_str()),
    }))
}

/// A turn of the transcript: seconds on the recording's clock, as `start` and `end` are in most transcripts.
fn utterance(call: &Call, turn: &Turn) -> Map<String, Value> {
    // Length and end: readers look for the one or the other. A length is a difference, so it is rounded.
    let length = turn.start.zip(turn.end).map(|(start, end)| ((end - start) * 1e6).round() / 1e6);
    known(json!({
        "parties": [turn.speaker],
        "start": turn.start,
        "end": turn.end,
        "duration": length,
        "text": call.turn_text(turn),
    }))
}

/// A message of a chat is a dialog of its own, sent at a time of its own where the call says when it began.
fn message(call: &Call, turn: &Turn, started: Option<&str>) -> Map<String, Value> {
    let sent = started
        .and_then(instant)
        .zip(turn.start)
        .and_then(|(zero, at)| jiff::Timestamp::from_millisecond(((zero + at) * 1000.0) as i64).ok());
    known(json!({
        "type": "text",
        "start": sent.map(|sent| sent.to_string()),
        "parties": [turn.speaker],
        "mediatype": "text/plain",
        "encoding": "none",
        "body": call.turn_text(turn),
    }))
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
