//! Tables as they are met: wide and long, every delimiter, what Excel did.

use crate::input::formats::csv_table::*;

/// Calls of a table, read as the framer would: `id: role@start text | ...`.
fn calls(table_text: &str) -> Vec<String> {
    let head = Head::new(table_text.as_bytes(), true, "calls.csv");
    assert!(CsvTable.sniff(&head).is_some(), "{table_text}");
    let mut shown = Vec::new();
    let mut show = |call: &mut Call| {
        let turns: Vec<String> = call
            .turns
            .iter()
            .map(|t| {
                let at = t.start.map_or(String::new(), |s| format!("@{s}"));
                format!("{}{at} {}", call.role(t), call.turn_text(t))
            })
            .collect();
        shown.push(format!("{}: {}", call.id, turns.join(" | ")));
        call.clear();
    };
    let mut call = Call::default();
    match CsvTable.framing(&head) {
        Framing::Rows => {
            let delimiter = table::delimiter(table_text.as_bytes());
            let at = table::row_end(table_text.as_bytes(), delimiter).expect("a header");
            let (header, mut rest) = table_text.as_bytes().split_at(at);
            while !rest.is_empty() {
                let (row, after) = rest.split_at(table::row_end(rest, delimiter).unwrap_or(rest.len()));
                rest = after;
                let record = Record { bytes: row, header: Some(header) };
                CsvTable.parse(&record, &mut call, &mut show).expect("a row");
            }
        }
        _ => {
            CsvTable
                .parse(&Record { bytes: table_text.as_bytes(), header: None }, &mut call, &mut show)
                .expect("calls");
        }
    }
    shown
}

#[test]
fn wide_tables_hold_a_transcript_a_cell() {
    let text = ",call_id,transcript,rep_id,tier\r\n0,c-1,\"Agent: Hello.\r\n\r\nCustomer: My \"\"bill\"\".\",r7,gold\r\n1,c-2,\"Agent: Hi.\nCustomer: Yes.\",r8,\r\n";
    assert_eq!(calls(text), ["c-1: agent Hello. | customer My \"bill\".", "c-2: agent Hi. | customer Yes."]);
    let semicolons = "Ticket ID;Full Transcript\n7;\"Agent: Hello.\nCustomer: Yes, thanks.\"\n";
    assert_eq!(calls(semicolons), ["7: agent Hello. | customer Yes, thanks."]);
}

#[test]
fn a_channel_that_says_phone_is_no_speaker() {
    let text =
        "id,channel,transcript\n1,phone,\"Agent: Hello.\nCustomer: Hi.\"\n2,phone,\"Agent: Hello.\nCustomer: Yes.\"\n";
    assert_eq!(calls(text).len(), 2);
}

#[test]
fn long_tables_are_grouped_by_call_in_order_of_appearance() {
    let text = "transcript_id,timestamp,text,speaker\nb,23:57,Hello,Agent\na,0:01,Yo,AGENT\nb,24:06:00,Hi,customer\nb,01:15:23,Bye,agent\na,0:02,Hey,Customer\n";
    assert_eq!(
        calls(text),
        ["b: agent@1437 Hello | customer@1446 Hi | agent@4523 Bye", "a: agent@1 Yo | customer@2 Hey"]
    );
}

#[test]
fn times_in_every_unit() {
    let tabs = "conversation_id\tspeaker\tstart_ms\ttext\n1\tagent\t1500\tHello\n1\tcustomer\t2500\tHi\n";
    assert_eq!(calls(tabs), ["1: agent@1.5 Hello | customer@2.5 Hi"]);
    let iso = "call_id|role|time|message\n1|agent|2026-05-01T09:30:00Z|Hello\n1|customer|2026-05-01T09:30:04Z|Hi\n";
    assert_eq!(calls(iso), ["1: agent@0 Hello | customer@4 Hi"]);
    let whisper = "start\tend\ttext\n0\t1500\thello there\n1500\t3000\tgood morning\n";
    assert_eq!(calls(whisper), [": unknown@0 hello there | unknown@1.5 good morning"]);
    let seconds = "speaker,start,text\nagent,1.5,Hello\ncustomer,12,Hi\n";
    assert_eq!(calls(seconds), [": agent@1.5 Hello | customer@12 Hi"]);
}

#[test]
fn metadata_of_rows_is_kept() {
    let mut call = Call::default();
    let record = Record {
        bytes: b"c-1,\"Agent: Hello.\nCustomer: Hi.\",Jo,2026-05-01,3,gold",
        header: Some(b"call_id,transcript,agent,call_date,duration_minutes,tier\n"),
    };
    CsvTable.parse(&record, &mut call, &mut |_| {}).expect("a call");
    assert_eq!((call.agent.as_deref(), call.started.as_deref()), (Some("Jo"), Some("2026-05-01")));
    assert_eq!((call.stated_duration, call.meta["tier"].as_str()), (Some(180.0), Some("gold")));
}

#[test]
fn a_single_column_of_transcripts_is_a_table_too() {
    let text = "transcript\n\"Agent: Hello.\nCustomer: Hi.\"\n\"Agent: Yes.\nCustomer: No.\"\n";
    assert_eq!(calls(text), [": agent Hello. | customer Hi.", ": agent Yes. | customer No."]);
    let quoted = Head::new(b"Transcript\n\"Hello.\"\n\"Hi.\"\n", true, "a.txt");
    assert!(CsvTable.sniff(&quoted).is_none());
}

#[test]
fn a_cell_that_is_cut_off_is_no_call() {
    let read = |header: Option<&'static [u8]>, bytes: &[u8]| {
        let record = Record { bytes, header };
        CsvTable.parse(&record, &mut Call::default(), &mut |_| {})
    };
    let header: &[u8] = b"call_id,transcript\n";
    let cut = b"2,\"Agent: Hello.\nCustomer: My \"\"bill\"\"";
    assert!(read(Some(header), cut).expect_err("half a cell").0.contains("cut off"));
    let long = b"call_id,speaker,text\n1,agent,\"Hello.\"\n1,customer,\"My bi";
    assert!(read(None, long).is_err());
    // A quotation mark in the middle of a cell opens nothing.
    assert!(read(Some(header), b"2,Agent: A 5\" pipe.\n").is_ok());
}

#[test]
fn a_table_without_text_says_what_to_do() {
    let text = b"call_id,agent,queue\n1,Jo,a\n";
    let error = CsvTable.parse(&Record { bytes: text, header: None }, &mut Call::default(), &mut |_| {});
    assert!(error.expect_err("no text").0.contains("--meta"));
    let prose = Head::new(b"Hello, how are you, today\nFine, thank you, Jo\n", true, "a.txt");
    assert!(CsvTable.sniff(&prose).is_none());
}
