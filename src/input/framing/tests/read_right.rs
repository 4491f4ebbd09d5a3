//! Files that lost calls or words on their way, each with what must come of it.

use std::sync::Arc;

use super::streamed;
use crate::input::framing::stream::Stream;
use crate::input::source::{Batch, Decoder, Event, ReadOptions};

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

#[test]
fn tables_lose_no_words_and_no_times() {
    for (file, want) in [
        // Commas that nobody quoted: the words, in the last column, take the rest.
        (
            "call_id,speaker,text\np,agent,Hello, Ann here, hi.\np,customer,Well, yes.\n",
            &["a#0 p csv: agent Hello, Ann here, hi. | customer Well, yes."][..],
        ),
        (
            "call_id,transcript\np,Agent: Hello, Ann.\nq,Agent: Bye, Ann.,,\n",
            &["a#0 p csv: agent Hello, Ann.", "a#1 q csv: agent Bye, Ann.,,"],
        ),
        (
            "call_id,text,speaker\np,Hello, Ann.,agent\nq,Bye.,agent\n",
            &[
                "a#0 ! line 2: a row has 4 cells under 3 titles: a cell that holds `,` must stand in quotation marks",
                "a#1 q csv: agent Bye.",
            ],
        ),
        // Empty cells behind the last title are nobody's words.
        ("call_id,text,speaker\np,Hello.,agent,,\n", &["a#0 p csv: agent Hello."]),
        // Excel's own line in front, and numbers with a comma.
        (
            "sep=;\r\ncall_id;speaker;text;start\r\np;agent;Hello; 1,5\r\np;customer;Yes;2\r\n",
            &["a#0 p csv: agent@1.5 Hello | customer@2 Yes"],
        ),
        // Days first or months first: the same clock.
        (
            "call_id,time,speaker,text\np,5/4/2026 11:59:50 PM,agent,Hello\np,5/5/2026 12:00:05 AM,customer,Yes\n",
            &["a#0 p csv: agent@0 Hello | customer@15 Yes"],
        ),
        (
            "call_id,time,speaker,text\np,12.04.2026 23:59:50,agent,Hello\np,13.04.2026 00:00:05,customer,Yes\n",
            &["a#0 p csv: agent@0 Hello | customer@15 Yes"],
        ),
        // Letters in brackets, broken for their width.
        (
            "call_id,transcript\np,\"[A] Hello,\n[A] Ann here.\n[B] Hi,\n[B] my lamp broke.\n[A] Oh.\"\n",
            &["a#0 p csv: unknown Hello, | unknown Ann here. | unknown Hi, | unknown my lamp broke. | unknown Oh."],
        ),
        // Turns that are told apart by breaks written out, and characters that are.
        (
            "call_id,transcript\np,Agent: It&#39;s Zo&euml;.\\n\\nCustomer: Hi.\nq,Agent: Hi.<br>Customer: Hi.<br/>Agent: Bye.\nr,Agent: Hi. || Customer: Hi.\n",
            &[
                "a#0 p csv: agent It's Zoë. | customer Hi.",
                "a#1 q csv: agent Hi. | customer Hi. | agent Bye.",
                "a#2 r csv: agent Hi. | customer Hi.",
            ],
        ),
        (
            r#"[{"speaker":"agent","text":"I&#x2019;m Zo&euml;."},{"speaker":"customer","text":"R&amp;D?"}]"#,
            &["a#0 a json: agent I’m Zoë. | customer R&D?"],
        ),
        (
            "Agent: Hello there.\rCustomer: Hello.\rAgent: Bye.\r",
            &["a#0 a plain-text: agent Hello there. | customer Hello. | agent Bye."],
        ),
        // A call as JSON in a cell.
        (
            "call_id,transcript\np,\"[{\"\"role\"\":\"\"agent\"\",\"\"content\"\":\"\"Hello.\"\"},{\"\"role\"\":\"\"customer\"\",\"\"content\"\":\"\"Hi.\"\"}]\"\nq,[]\n",
            &[
                "a#0 p csv: agent Hello. | customer Hi.",
                "a#1 ! nobody says anything in it: no utterance of it holds words",
            ],
        ),
    ] {
        assert_eq!(read(file), want, "{file}");
    }
}

#[test]
fn json_of_others_keeps_ids_times_and_speakers() {
    for (file, want) in [
        (
            r#"{"ticket_id":"T","call_id":"C","utterances":[{"speaker":"agent","text":"Hi."},{"speaker":"customer","text":"Yes."}]}"#,
            "a#0 C json: agent Hi. | customer Yes.",
        ),
        (
            r#"[{"text":"Hi.","isUser":true,"timestamp":"2026-05-01T10:00:00Z"},{"text":"Hello.","isUser":false,"timestamp":"2026-05-01T10:00:04Z"}]"#,
            "a#0 a json: customer@0 Hi. | bot@4 Hello.",
        ),
        (
            r#"{"messages":[{"content":"Hi.","is_agent":false},{"content":"Hello.","is_agent":true}]}"#,
            "a#0 a json: customer Hi. | agent Hello.",
        ),
        (
            r#"{"results":{"channels":[{"alternatives":[{"transcript":"Hello. Bye.","words":[{"word":"hello","punctuated_word":"Hello.","start":0.5,"end":1},{"word":"bye","punctuated_word":"Bye.","start":4,"end":5}]}]},{"alternatives":[{"transcript":"Hi.","words":[{"word":"hi","punctuated_word":"Hi.","start":2,"end":3}]}]}]}}"#,
            "a#0 a deepgram: unknown@0.5 Hello. | unknown@2 Hi. | unknown@4 Bye.",
        ),
        (
            r#"{"results":[{"alternatives":[{"transcript":"Hello you","words":[{"startTime":{},"endTime":{"nanos":500000000},"word":"Hello"},{"startTime":{"nanos":500000000},"endTime":{"seconds":1},"word":"you"}]}],"channelTag":1}]}"#,
            "a#0 a google-stt: unknown@0 Hello you",
        ),
        (
            r#"{"conversationId":"g","participants":[{"participantPurpose":"internal","userId":"u"},{"participantPurpose":"external"}],"transcripts":[{"phrases":[{"text":"hello","participantPurpose":"internal","startTimeMs":500},{"text":"hi","participantPurpose":"external","startTimeMs":900}]}]}"#,
            "a#0 g genesys-cloud: agent@0.5 hello | customer@0.9 hi",
        ),
    ] {
        assert_eq!(read(file), [want], "{file}");
    }
}

#[test]
fn nobody_is_called_unknown_and_languages_have_names() {
    let table = "call_id,agent,customer,language,transcript\np,a,Unknown,English,Agent: Hello there.\nq,N/A,Guest Smith,eng,Agent: Hi there.\nr,-,none,fr-CA,Agent: Hi there.\n";
    let options = Arc::new(ReadOptions::default());
    let mut stream = Stream::over(Box::new(table.as_bytes()), "a", Some(table.len() as u64));
    let (mut batch, mut decoder, mut seen) = (Batch::default(), Decoder::new(Arc::clone(&options)), Vec::new());
    while stream.next(&mut batch, &options) {
        decoder.decode(&batch, &mut |event| {
            if let Event::Call { call, .. } = event {
                seen.push(
                    [call.agent.clone(), call.customer.clone(), call.language.clone()].map(Option::unwrap_or_default),
                );
            }
        });
        batch.clear();
    }
    assert_eq!(seen, [["a", "", "en"], ["", "Guest Smith", "en"], ["", "", "fr-CA"]]);
}
