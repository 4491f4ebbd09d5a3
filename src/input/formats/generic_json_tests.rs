//! Generic JSON in the shapes that tools write, and what it must leave alone.

use crate::call::Clock;
use crate::input::formats::generic_json::*;
use crate::input::json::testing::{calls, shown, takes, words};

fn one(json: &str) -> Vec<String> {
    let calls = calls(&GENERIC_JSON, json);
    assert_eq!(calls.len(), 1);
    shown(&calls[0])
}

#[test]
fn any_case_anywhere() {
    assert_eq!(
        one(
            r#"{"CallId":"x","Data":{"Turns":[{"SpeakerRole":"Agent","Text":"Hello.","StartTimeMs":500,"EndTimeMs":1500},{"SpeakerRole":"Customer","Text":"Hi.","StartTimeMs":1400,"EndTimeMs":1600}]}}"#
        ),
        ["agent [Agent] 0.5-1.5 Hello.", "customer [Customer] 1.4-1.6 Hi."]
    );
    assert_eq!(
        one(
            r#"[{"speaker_label":"Rep","utterance":"Hello.","ts":"00:01"},{"speaker_label":"Ann Lee","utterance":"Hi.","ts":"00:04"}]"#
        ),
        ["agent [Rep] 1-? Hello.", "customer [Ann Lee] 4-? Hi."]
    );
    assert_eq!(
        one(
            r#"{"segments":[{"start":0.5,"end":1.5,"speaker":1,"text":"Hello.","confidence":1},{"start":2,"end":3,"speaker":0,"text":"Hi."}]}"#
        ),
        ["unknown [spk_1] 0.5-1.5 Hello.", "unknown [spk_0] 2-3 Hi."]
    );
}

#[test]
fn turns_that_are_not_call_jsonl() {
    assert_eq!(
        one(
            r#"{"turns":[{"speaker":"agent","text":"Hello.","start":0.5,"end":1},{"speaker":"customer","text":"Hi.","start":2,"end":3}]}"#
        ),
        ["agent [agent] 0.5-1 Hello.", "customer [customer] 2-3 Hi."]
    );
    assert_eq!(
        one(r#"{"turns":[{"role":"agent","content":"Hello."},{"role":"customer","content":"Hi."}]}"#),
        ["agent [agent] ?-? Hello.", "customer [customer] ?-? Hi."]
    );
    assert!(!takes(&GENERIC_JSON, r#"{"turns":[{"speaker":"agent","start_s":1}]}"#));
}

#[test]
fn assistants_have_users_and_prompts_are_nobodys() {
    assert_eq!(
        one(
            r#"{"messages":[{"role":"system","content":"You are"},{"role":"assistant","content":"Hello."},{"role":"user","content":[{"type":"text","text":"Hi."}]},{"role":"tool","content":"{}"},{"role":"assistant","content":null}]}"#
        ),
        ["bot [assistant] ?-? Hello.", "customer [user] ?-? Hi."]
    );
    assert_eq!(
        one(r#"{"conversations":[{"from":"human","value":"Hi."},{"from":"gpt","value":"Hello."}]}"#),
        ["customer [human] ?-? Hi.", "bot [gpt] ?-? Hello."]
    );
}

#[test]
fn roles_for_keys_and_lines() {
    let want = ["agent [agent] ?-? Hello.", "customer [caller] ?-? Hi."];
    assert_eq!(one(r#"[{"agent":"Hello."},{"caller":"Hi."}]"#), want);
    assert_eq!(one(r#"{"id":7,"transcript":[{"agent":"Hello."},{"caller":"Hi."}]}"#), want);
    assert_eq!(
        one(r#"["Agent: Hello.","Customer: Hi.","Agent: Bye."]"#),
        ["agent [Agent] ?-? Hello.", "customer [Customer] ?-? Hi.", "agent [Agent] ?-? Bye."]
    );
}

#[test]
fn names_before_numbers_and_lists_within_lists() {
    assert_eq!(
        one(
            r#"{"data":{"transcript":{"sentences":[{"speaker_id":0,"speaker_name":"Jo Bell","text":"Hello.","start_time":0.5,"end_time":1},{"speaker_id":1,"speaker_name":"Ann Lee","text":"Hi.","start_time":2,"end_time":3}]}}}"#
        ),
        ["unknown [Jo Bell] 0.5-1 Hello.", "unknown [Ann Lee] 2-3 Hi."]
    );
    assert_eq!(
        one(
            r#"[{"session_id":"s","speaker":"1","words":"hello you","start_time":"0.5","end_time":"1.5"},{"session_id":"s","speaker":"2","words":"hi","start_time":"1.25","end_time":"2"}]"#
        ),
        ["unknown [1] 0.5-1.5 hello you", "unknown [2] 1.25-2 hi"]
    );
    assert_eq!(one(r#"["Speaker 1: Hello.","Speaker 2: Hi.","Speaker 1: Bye."]"#).len(), 3);
    assert!(!takes(&GENERIC_JSON, r#"["Colour: red","Size: big"]"#));
}

#[test]
fn whole_numbers_too_slow_for_speech_are_milliseconds() {
    let json = r#"{"utterances":[{"speaker":"A","start":500,"end":4000,"text":"Hello, this is Jo speaking."},{"speaker":"B","start":4100,"end":6000,"text":"Hi, I have a question.","words":[{"text":"Hi,","start":4100,"end":4300}]}]}"#;
    let call = &calls(&GENERIC_JSON, json)[0];
    assert_eq!(
        shown(call),
        ["unknown [A] 0.5-4 Hello, this is Jo speaking.", "unknown [B] 4.1-6 Hi, I have a question."]
    );
    assert_eq!(words(call), [("Hi,".into(), 4.1, 4.3)]);
    assert_eq!(
        one(
            r#"{"turns":[{"role":"agent","content":"Hello, this is Jo speaking.","start":5},{"role":"customer","content":"Hi, I have a question.","start":9}]}"#
        )[1],
        "customer [customer] 9-? Hi, I have a question."
    );
}

#[test]
fn lists_of_calls_and_rows_of_calls() {
    let several = calls(
        &GENERIC_JSON,
        r#"[{"call_id":"a","agent_name":"Jo","start_time":"2026-05-01T09:30:00Z","messages":[{"sender":"agent","message":"Hello.","timestamp":"2026-05-01T09:30:02Z"}]},
            {"call_id":"b","messages":[{"sender":"customer","message":"Hi.","timestamp":"2026-05-01T10:00:00Z"}]}]"#,
    );
    assert_eq!(several.len(), 2);
    assert_eq!(shown(&several[0]), ["agent [agent] 2-? Hello."]);
    assert_eq!((several[0].id.as_str(), several[0].agent.as_deref(), several[0].clock), ("a", Some("Jo"), Clock::Sent));
    let rows = calls(
        &GENERIC_JSON,
        r#"[{"conversation_id":1,"speaker":"agent","text":"A."},{"conversation_id":2,"speaker":"agent","text":"B."},{"conversation_id":1,"speaker":"customer","text":"C."}]"#,
    );
    assert_eq!((rows.len(), rows[0].turns.len(), rows[1].id.as_str()), (2, 2, "2"));
}

#[test]
fn other_json_is_left() {
    for other in [
        r#"[{"name":"a","value":"b"}]"#,
        r#"["red","green"]"#,
        r#"{"text":"hello"}"#,
        r#"[{"title":"x","body":"y","userId":1}]"#,
        r#"{"words":[{"text":"a","speaker":"A"}]}"#,
        r#"{"items":[{"text":"x","timestamp":1}]}"#,
        r#"{"dependencies":{"a":"1"},"files":["src"]}"#,
    ] {
        assert!(!takes(&GENERIC_JSON, other), "{other}");
    }
}
