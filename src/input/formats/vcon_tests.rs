//! vCons with transcripts of every kind, signed and encrypted ones, and ones without words.

use crate::call::Clock;
use crate::input::formats::vcon::*;
use crate::input::json::testing::{calls, forced, shown};

const PARTIES: &str = r#""parties":[{"tel":"+1555","name":"Jo Bell","meta":{"role":"agent"}},{"tel":"+1666","name":"Ann Lee","role":"customer"}]"#;

fn vcon(analysis: &str) -> String {
    format!(
        r#"{{"uuid":"v-1","subject":"s",{PARTIES},"dialog":[{{"type":"recording","start":"Fri, 01 May 2026 09:30:00 -0000","duration":9.5,"parties":[1,0]}}],"analysis":[{{"type":"summary","body":"x"}},{analysis}]}}"#
    )
}

#[test]
fn lists_of_speakers_and_messages() {
    let call = &calls(
        &VCON,
        &vcon(
            r#"{"type":"transcript","dialog":0,"vendor":"x","encoding":"none","body":[{"speaker":"Agent","message":"Hello."},{"speaker":"Customer","message":"Hi."}]}"#,
        ),
    )[0];
    assert_eq!(shown(call), ["agent [Agent] ?-? Hello.", "customer [Customer] ?-? Hi."]);
    assert_eq!(
        (
            call.id.as_str(),
            call.agent.as_deref(),
            call.customer.as_deref(),
            call.started.as_deref(),
            call.stated_duration
        ),
        ("v-1", Some("Jo Bell"), Some("Ann Lee"), Some("2026-05-01T09:30:00Z"), Some(9.5))
    );
}

#[test]
fn a_vendors_document_as_object_or_string() {
    let deepgram = r#"{"metadata":{"duration":3},"results":{"channels":[{"alternatives":[{"transcript":"x","words":[{"word":"hi","start":0.5,"end":1,"speaker":0},{"word":"yes","start":2,"end":3,"speaker":1}]}]}]}}"#;
    let want = ["unknown [spk_0] 0.5-1 hi", "unknown [spk_1] 2-3 yes"];
    for body in [deepgram.to_owned(), serde_json::to_string(deepgram).expect("a string")] {
        let json = vcon(&format!(r#"{{"type":"transcript","dialog":[0],"body":{body}}}"#));
        let call = &calls(&VCON, &json)[0];
        assert_eq!(shown(call), want);
        assert_eq!((call.id.as_str(), call.words.len()), ("v-1", 2));
    }
    // The first alternative alone, as the open server stores it.
    let alternative = r#"{"transcript":"x","confidence":0.9,"words":[{"word":"hi","punctuated_word":"Hi.","start":0.5,"end":1,"speaker":0}],"paragraphs":{"transcript":"x","paragraphs":[{"speaker":0,"start":0.5,"end":1,"sentences":[{"text":"Hi.","start":0.5,"end":1}]}]}}"#;
    let json = vcon(&format!(r#"{{"type":"transcript","dialog":0,"body":{alternative}}}"#));
    assert_eq!(shown(&calls(&VCON, &json)[0]), ["unknown [spk_0] 0.5-1 Hi."]);
}

#[test]
fn turns_by_party_and_text() {
    let json = vcon(
        r#"{"type":"transcript","dialog":0,"body":[{"parties":0,"start":"2026-05-01T09:30:01.500Z","duration":1,"text":"Hello."},{"parties":[1],"start":"2026-05-01T09:30:03Z","duration":0.5,"text":"Hi."}]}"#,
    );
    assert_eq!(shown(&calls(&VCON, &json)[0]), ["agent [Jo Bell] 1.5-2.5 Hello.", "customer [Ann Lee] 3-3.5 Hi."]);
    let json = vcon(r#"{"type":"transcript","dialog":0,"body":"Agent: Hello.\nCustomer: Hi."}"#);
    assert_eq!(shown(&calls(&VCON, &json)[0]), ["agent [Agent] ?-? Hello.", "customer [Customer] ?-? Hi."]);
}

#[test]
fn messages_are_turns() {
    let json = format!(
        r#"{{"vcon":"0.0.1","uuid":"v",{PARTIES},"dialog":[{{"type":"text","start":"2026-05-01T09:30:00Z","parties":[1,0],"body":"Hi","encoding":"none"}},
            {{"type":"text","start":"2026-05-01T09:30:20Z","parties":[0,1],"body":"SGVsbG8","encoding":"base64url"}}]}}"#
    );
    let call = &calls(&VCON, &json)[0];
    assert_eq!(shown(call), ["customer [Ann Lee] 0-? Hi", "agent [Jo Bell] 20-? Hello"]);
    assert_eq!(call.clock, Clock::Sent);
}

#[test]
fn signed_ones_are_read_and_encrypted_ones_refused() {
    // {"parties":[],"dialog":[],"analysis":[{"type":"transcript","body":"Agent: Yes.\nCustomer: No."}]}
    let payload = "eyJwYXJ0aWVzIjpbXSwiZGlhbG9nIjpbXSwiYW5hbHlzaXMiOlt7InR5cGUiOiJ0cmFuc2NyaXB0IiwiYm9keSI6IkFnZW50OiBZZXMuXG5DdXN0b21lcjogTm8uIn1dfQ";
    let call = &calls(&VCON, &format!(r#"{{"payload":"{payload}","signatures":[{{"header":{{}}}}]}}"#))[0];
    assert_eq!(call.turns.len(), 2);
    let refused = |json: &str, word: &str| {
        let why = forced(&VCON, json).expect_err("refused");
        assert!(why.contains(word), "{why}");
    };
    refused(r#"{"ciphertext":"x","recipients":[{}],"protected":"p"}"#, "encrypted");
    refused(r#"{"payload":"!!!","signatures":[]}"#, "base64url");
    refused(&vcon(r#"{"type":"other"}"#), "transcribe the recording first");
    refused(&vcon(r#"{"type":"transcript","dialog":0,"vendor":"bob","transcript":{"a":"b"}}"#), "by bob");
}
