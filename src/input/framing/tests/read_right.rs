//! Files that lost calls or words on their way, each with what must come of it.

use super::streamed;
use crate::input::source::ReadOptions;

/// What comes of a file.
fn read(text: &str) -> Vec<String> {
    streamed(text.as_bytes(), usize::MAX, Some(text.len() as u64), ReadOptions::default())
}

#[test]
fn a_bad_record_of_a_list_is_reported_and_the_list_goes_on() {
    let one = "Agent: Hello, Ann here.\\nCustomer: My lamp broke.";
    let turns = r#"[{"speaker":"agent","text":"Hello."},{"speaker":"customer","text":"My lamp broke."}]"#;
    let texts = "agent Hello, Ann here. | customer My lamp broke.";
    for (file, want) in [
        (
            format!(
                r#"[{{"id":"p","transcript":"{one}"}},{{"id":"q","transcript":"  "}},{{"id":"r","transcript":"{one}"}}]"#
            ),
            vec![
                format!("a#0 p json-wrapped-text: {texts}"),
                "a#1 ! its transcript is empty".to_owned(),
                format!("a#2 r json-wrapped-text: {texts}"),
            ],
        ),
        (
            format!(
                r#"{{"calls":[{{"call_id":"p"}},{{"call_id":"q","transcript":null}},{{"call_id":"r","transcript":"{one}"}},7]}}"#
            ),
            vec![
                "a#0 ! has no turns: no list of texts and speakers, and no transcript as text".to_owned(),
                "a#1 ! has no turns: no list of texts and speakers, and no transcript as text".to_owned(),
                format!("a#2 r json-wrapped-text: {texts}"),
                "a#3 ! has no turns: no list of texts and speakers, and no transcript as text".to_owned(),
            ],
        ),
        (
            format!(
                r#"[{{"id":"p","transcript":{turns}}},{{"id":"q","transcript":[]}},{{"id":"r","transcript":{turns}}}]"#
            ),
            vec![
                "a#0 p json: agent Hello. | customer My lamp broke.".to_owned(),
                "a#1 ! has no turns: no list of texts and speakers, and no transcript as text".to_owned(),
                "a#2 r json: agent Hello. | customer My lamp broke.".to_owned(),
            ],
        ),
        (
            "call_id,speaker,text\np,agent,Hello.\nq,agent,\nr,agent,Bye.\n".to_owned(),
            vec![
                "a#0 p csv: agent Hello.".to_owned(),
                "a#1 ! call \"q\": no row of it has text".to_owned(),
                "a#2 r csv: agent Bye.".to_owned(),
            ],
        ),
    ] {
        assert_eq!(read(&file), want, "{file}");
    }
}
