//! Whatever bytes come in, a reader ends, does not panic, and hands over text of about the input's size.
#![allow(clippy::unwrap_used, reason = "a test that cannot write its input has failed")]

use heard::call::Call;
use heard::input::source::{Batch, Decoder, Event, Framer, Inputs, ReadOptions};
use heard::input::{FORMATS, Head, Record};
use proptest::prelude::*;
use std::io::Write;
use std::sync::Arc;

/// Something to begin with, of every kind that is no JSON.
const SEEDS: &[&str] = &[
    "WEBVTT\n\nNOTE x\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\n<v Jo Lee>Hello &amp; hi</v>\n\n00:03.000 --> 00:04.000\n{\"speakerName\":\"Jo\",\"spokenText\":\"x\"}\n\n2 \"Ann\" (1)\n0:0:5.3 --> 0:0:6\nAnn: Hi <b>there\n",
    "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_01]: {\\an8}Hello\n2\n00:00:02,500 --> 00:00:03,000\n>> Again\n",
    "0:00:01.000,0:00:02.000\nHello\n\n0:00:17.484,0:00:16.543\nBye\n",
    "25/12/25, 09:30 - Jo: Hi\nthere\n25/12/25, 09:31 - Ann: <Media omitted>\n25/12/25, 09:32 - Ann: Yes\n",
    "09:30:12\tJo Lee:\tHello\n09:30:20 From Ann to Everyone: Hi\nagain\n",
    "Jo Lee  0:01\nHello.\n\nAnn  1:05\nFine.\n\nTranscribed by https://otter.ai\n",
    "Attendees\nJo, Ann\nTranscript\n00:00:00\n\nJo: Hello.\nAnn: Hi.\nMeeting ended after 00:05:10\n",
    "@UTF8\n@Begin\n@Participants:\tSP01 Agent, SP02 Customer\n*SP01:\thello &-um [//] you ? \u{15}100_2500\u{15}\n",
    "c1 1 agent 0.5 1.5 <o> hello there\nc1 1 b 1.5 2.0 hi\n",
    "c1 A 0.10 0.2 hello 0.9\nc1 B 0.9 0.4 hi\n",
    "\"Hello, Jo\",0.0,1.5\nHi,1.5,2.25\n",
    "call_id,timestamp,speaker,text\nc1,0:01,Agent,\"Hello\nthere\"\nc1,24:06:00,Customer,Hi\n",
    "Agent: Thank you for calling.\n[0:07] Customer: Hi.\n",
];

/// A seed with some bytes changed, cut out, doubled or put in.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), 0..5u8, any::<u8>(), 1..40usize);
    (prop::sample::select(SEEDS), prop::collection::vec(edit, 0..12)).prop_map(|(seed, edits)| {
        let mut bytes = seed.as_bytes().to_vec();
        for (at, kind, byte, length) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                2 => bytes.insert(at, b"<>:-{}[]&,\n\t\"\0"[usize::from(byte) % 14]),
                3 => {
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    })
}

/// Reads a file the way the program does; the calls and errors that came out.
fn read(name: &str, bytes: &[u8]) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let options = Arc::new(ReadOptions::default());
    let inputs = Inputs::resolve(&[path.to_string_lossy().into_owned()]).unwrap();
    let mut framer = Framer::new(&inputs, Arc::clone(&options));
    let mut decoder = Decoder::new(options);
    let (mut batch, mut calls, mut errors) = (Batch::default(), 0, 0);
    while framer.next(&mut batch) {
        decoder.decode(&batch, &mut |event| match event {
            Event::Call { call, .. } => {
                calls += 1;
                holds(call);
            }
            Event::Unreadable(_) => errors += 1,
        });
    }
    (calls, errors)
}

/// What every call promises to those who judge it.
fn holds(call: &Call) {
    assert!(!call.turns.is_empty());
    let mut last = f64::NEG_INFINITY;
    for turn in &call.turns {
        assert!(!call.turn_text(turn).trim().is_empty());
        assert!(usize::from(turn.speaker) < call.speakers.len());
        if let Some(start) = turn.start {
            assert!(start.is_finite() && start >= last);
            last = start;
            assert!(turn.end.is_none_or(|end| end >= start));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_reader_panics_or_invents(bytes in mutated()) {
        for format in FORMATS {
            let head = Head::new(&bytes, true, "x");
            let _ = (format.sniff(&head), format.framing(&head));
            if !format.binary() && std::str::from_utf8(&bytes).is_err() {
                continue;
            }
            let mut call = Call::default();
            let record = Record { bytes: &bytes, header: None };
            let _ = format.parse(&record, &mut call, &mut |call| {
                prop_assert_size(call, bytes.len());
            });
        }
    }

    #[test]
    fn whole_files_come_out_as_calls_or_errors(bytes in mutated(), wide in any::<bool>()) {
        let bytes = match std::str::from_utf8(&bytes) {
            Ok(text) if wide => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => bytes,
        };
        let (calls, errors) = read("x.txt", &bytes);
        prop_assert!(calls + errors >= 1);
    }

    #[test]
    fn archives_and_documents_survive_damage(seed in prop::sample::select(SEEDS), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in ["a.txt", "word/document.xml", "xl/workbook.xml"].iter().take(1 + usize::from(byte % 3)) {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(seed.as_bytes()).unwrap();
        }
        let mut bytes = zip.finish().unwrap().into_inner();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        let (calls, errors) = read("x.zip", &bytes);
        prop_assert!(calls + errors >= 1);
    }
}

/// Text is never much more than what came in: markup shrinks, labels are held once.
fn prop_assert_size(call: &Call, input: usize) {
    assert!(call.text().len() <= input * 2 + 64, "{} of {input}", call.text().len());
    assert!(call.turns.len() <= input);
}
