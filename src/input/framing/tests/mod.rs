//! From paths to calls: the same however a file travels, nothing lost, nothing held without bound.

mod batch;
mod folders;
mod read_right;

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use crate::input::framing::stream::Stream;
use crate::input::source::*;

/// What came out, one line an event: `source#record id format: role@start text | ...` or `source#record ! error`.
fn shown(event: &Event<'_>) -> String {
    match event {
        Event::Call { record, source, call } => {
            let turn = |t: &crate::call::Turn| {
                let at = t.start.map_or(String::new(), |s| format!("@{s}"));
                format!("{}{at} {}", call.role(t), call.turn_text(t))
            };
            let turns: Vec<String> = call.turns.iter().map(turn).collect();
            format!("{source}#{record} {} {}: {}", call.id, call.format, turns.join(" | "))
        }
        Event::Unreadable(u) => format!("{}#{} ! {}", u.source, u.record, u.error),
    }
}

fn drain(next: &mut dyn FnMut(&mut Batch) -> bool, options: &Arc<ReadOptions>) -> Vec<String> {
    let (mut batch, mut events) = (Batch::default(), Vec::new());
    let mut decoder = Decoder::new(Arc::clone(options));
    while next(&mut batch) {
        decoder.decode(&batch, &mut |event| events.push(shown(&event)));
    }
    events
}

fn files(paths: &[&Path], options: ReadOptions) -> (Vec<String>, Vec<Skipped>) {
    let options = Arc::new(options);
    let typed: Vec<String> = paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let inputs = Inputs::resolve(&typed).expect("paths that exist");
    let mut framer = Framer::new(&inputs, Arc::clone(&options));
    let events = drain(&mut |batch| framer.next(batch), &options);
    let root = format!("{}/", typed[0]);
    let events = events.into_iter().map(|e| e.replace(&root, "")).collect();
    let cut = |s: &Skipped| Skipped { path: s.path.replace(&root, ""), why: s.why.clone() };
    (events, framer.skipped().sorted().iter().map(cut).collect())
}

/// A reader that gives as few bytes as it may.
struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.1.min(buf.len()).min(self.0.len());
        buf[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

fn streamed(bytes: &[u8], step: usize, size: Option<u64>, options: ReadOptions) -> Vec<String> {
    let options = Arc::new(options);
    let owned: &'static [u8] = Box::leak(bytes.to_vec().into_boxed_slice());
    let mut stream = Stream::over(Box::new(Slow(owned, step)), "a", size);
    drain(
        &mut |batch| {
            batch.clear();
            stream.next(batch, &options)
        },
        &options,
    )
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).expect("memory");
    out.finish().expect("memory")
}

const LINE: &str = r#"{"turns":[{"speaker":"agent","text":"Hello."},{"speaker":"customer","text":"Hi."}]}"#;
const LENS: &str = r#"{"Participants":[{"ParticipantId":"AGENT","ParticipantRole":"AGENT"}],"Transcript":[{"ParticipantId":"AGENT","BeginOffsetMillis":1000,"EndOffsetMillis":2000,"Content":"Hello."}]}"#;

fn examples() -> Vec<String> {
    vec![
        format!("{LINE}\n\n{LINE}\nnot json\n  {LINE}\r\n{LENS}\n{{\"turns\":[\n"),
        LENS.to_owned(),
        "Agent: Hello.\nCustomer: Hi.\n".to_owned(),
        "call_id,transcript\n1,\"Agent: Hello.\nCustomer: Hi.\"\n\n2,\n3,\"Agent: Bye.\nCustomer: Bye.\"".to_owned(),
        "call_id,speaker,text\n1,agent,Hello\n2,agent,Hi\n1,customer,Yes\n".to_owned(),
        "{\"what\": 1}".to_owned(),
        "{\"turns\": [\n {\"speaker\":\"agent\",\"text\":\"Hello\"}\n]}\n".to_owned(),
        String::new(),
    ]
}

#[test]
fn a_slow_producer_a_file_and_gzip_give_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    for text in examples() {
        let size = Some(text.len() as u64);
        let whole = streamed(text.as_bytes(), usize::MAX, size, ReadOptions::default());
        assert!(!whole.is_empty());
        for step in [1, 2, 7, 100] {
            assert_eq!(streamed(text.as_bytes(), step, size, ReadOptions::default()), whole, "{step}: {text}");
        }
        let at = folder.path().join("a");
        fs::write(&at, &text).expect("a file");
        let (file, _) = files(&[folder.path()], ReadOptions::default());
        assert_eq!(file, whole, "{text}");
        if !text.is_empty() {
            let strip = |all: &[String]| all.iter().map(|e| e.replace("a#0 ", "a ")).collect::<Vec<_>>();
            let packed = streamed(&gz(text.as_bytes()), 3, None, ReadOptions::default());
            assert_eq!(strip(&packed), strip(&whole), "{text}");
        }
    }
}

#[test]
fn lines_are_numbered_and_broken_ones_stay_in_their_place() {
    let events = streamed(examples()[0].as_bytes(), usize::MAX, None, ReadOptions::default());
    assert_eq!(events.len(), 6);
    assert_eq!(events[0], "a#0 a#0 call-jsonl: agent Hello. | customer Hi.");
    assert!(events[2].starts_with("a#2 ! ") && events[2].contains("column "), "{}", events[2]);
    assert_eq!(events[4], "a#4 a#4 contact-lens: agent@1 Hello.");
    assert!(events[5].contains("ends in the middle of a list"), "{}", events[5]);
}

#[test]
fn a_producer_that_pauses_is_answered_at_once() {
    struct Pipe(std::sync::mpsc::Receiver<Vec<u8>>);
    impl Read for Pipe {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let Ok(bytes) = self.0.recv() else {
                return Ok(0);
            };
            buf[..bytes.len()].copy_from_slice(&bytes);
            Ok(bytes.len())
        }
    }
    for from in [None, Some(InputFormat::Jsonl), Some(InputFormat::parse("call-jsonl").expect("a format"))] {
        let options = ReadOptions { from, ..ReadOptions::default() };
        let (sender, receiver) = std::sync::mpsc::channel::<Vec<u8>>();
        let mut stream = Stream::over(Box::new(Pipe(receiver)), "-", None);
        let mut batch = Batch::default();
        for k in 0..3u64 {
            sender.send(format!("{LINE}\n{{\"tu").into_bytes()).expect("a reader");
            // Would wait for ever if it wanted more than one line.
            batch.clear();
            assert!(stream.next(&mut batch, &options));
            assert_eq!(batch.base, 2 * k);
            sender.send(b"rns\":[]}\n".to_vec()).expect("a reader");
            batch.clear();
            assert!(stream.next(&mut batch, &options));
        }
    }
}

#[test]
fn records_over_the_limit_are_skipped_and_the_rest_goes_on() {
    let long = format!("{LINE}\n{{\"turns\":\"{}\"}}\n{LINE}\n", "x".repeat(5000));
    let options = || ReadOptions { from: Some(InputFormat::Jsonl), max_record_bytes: 1000, ..ReadOptions::default() };
    for step in [1, 100, 999, 3000, usize::MAX] {
        let events = streamed(long.as_bytes(), step, None, options());
        assert_eq!(events.len(), 3, "{step}");
        assert!(
            events[1].starts_with("a#1 ! record is longer than 1000 bytes; raise --max-record-bytes"),
            "{events:?}"
        );
        assert!(events[2].starts_with("a#2 a#2"), "{events:?}");
    }
    let text = format!("Agent: Hello.\nCustomer: {}\n", "well ".repeat(1000));
    let options = ReadOptions { max_record_bytes: 1000, ..ReadOptions::default() };
    assert!(streamed(text.as_bytes(), 100, None, options)[0].contains("longer than 1000 bytes"));
}

#[test]
fn a_path_that_does_not_exist_is_an_error_before_anything_runs() {
    let error = Inputs::resolve(&["no/such/place.txt"]).expect_err("nothing there");
    assert_eq!(error.to_string(), "no/such/place.txt: no such file or folder");
}

#[test]
fn a_long_table_over_the_limit_goes_by_neighbouring_rows() {
    let mut text = String::from("call_id,speaker,text\n");
    for call in 0..200 {
        let row = format!("k{call},agent,Hello there.\nk{call},customer,\"Hi,\nyou.\"\n");
        text.push_str(&row);
    }
    let whole = streamed(text.as_bytes(), 100, None, ReadOptions::default());
    let limit = || ReadOptions { max_record_bytes: 1000, ..ReadOptions::default() };
    for step in [1, 100, usize::MAX] {
        assert_eq!(streamed(text.as_bytes(), step, None, limit()), whole, "{step}");
    }
    assert_eq!(whole.len(), 200);
    assert_eq!(whole[7], "a#7 k7 csv: agent Hello there. | customer Hi,\nyou.");
}

#[test]
fn a_cut_gzip_keeps_what_came_before() {
    // Random enough that the compressor cannot hold it all back.
    let lines: String = (0..4000u64)
        .map(|k| LINE.replace("Hello.", &format!("Hello {:x}.", k.wrapping_mul(0x9E37_79B9_7F4A_7C15))) + "\n")
        .collect();
    let packed = gz(lines.as_bytes());
    let events = streamed(&packed[..packed.len() / 2], 4096, None, ReadOptions::default());
    let (last, calls) = events.split_last().expect("events");
    assert!(calls.len() > 100 && calls.iter().all(|e| e.contains("call-jsonl")), "{}", calls.len());
    let kept = "the gzip data is cut off here; what came before was read";
    assert_eq!(*last, format!("a#{} ! {kept}", calls.len()));
    // Half a document is none, and half a text need not even look like one.
    let text = gz(format!("Agent: {}", "x".repeat(9)).as_bytes());
    for (packed, end) in [(&text, text.len() - 9), (&gz(b"{}"), 14)] {
        let events = streamed(&packed[..end], 4096, None, ReadOptions::default());
        assert_eq!(events, ["a#0 ! the gzip data is cut off here"]);
    }
    // Several members are one stream.
    let two = [gz(format!("{LINE}\n").as_bytes()), gz(format!("{LINE}\n").as_bytes())].concat();
    assert_eq!(streamed(&two, 7, None, ReadOptions::default()).len(), 2);
}

#[test]
fn ids_are_the_stem_and_numbered_where_there_are_several() {
    assert_eq!(stem("calls/c-17.json.gz"), "c-17");
    assert_eq!(stem("c.17"), "c");
    assert_eq!(stem("-"), "stdin");
    let one = format!("{LINE}\n");
    assert!(
        streamed(one.as_bytes(), 9, Some(one.len() as u64), ReadOptions::default())[0].starts_with("a#0 a call-jsonl")
    );
    let long = "speaker,text,call_id\nagent,Hello,\ncustomer,Hi,\n";
    assert!(streamed(long.as_bytes(), 9, None, ReadOptions::default())[0].starts_with("a#0 a csv"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever happens to the bytes, every reader ends, says something, and says the same in other steps.
    #[test]
    fn mutated_inputs_never_panic(which in 0usize..7, cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8), end in any::<prop::sample::Index>(), step in 1usize..64) {
        let mut bytes = examples()[which].clone().into_bytes();
        for (at, byte) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(end.index(bytes.len()) + 1);
        let size = Some(bytes.len() as u64);
        let whole = streamed(&bytes, usize::MAX, size, ReadOptions::default());
        prop_assert_eq!(&streamed(&bytes, step, size, ReadOptions::default()), &whole);
        for name in InputFormat::names() {
            let from = Some(InputFormat::parse(name).expect("a name"));
            streamed(&bytes, step, size, ReadOptions { from, ..ReadOptions::default() });
        }
    }
}
