//! Texts, tables and subtitles, with the dates and places in them: whatever is damaged, every reader ends, no turn lies
//! outside its call, no time before the one above, and no place outside its file.

use crate::mutate::mutated;
use crate::{cases, counts};
use heard::call::Call;
use heard::input::detect::{best, detect};
use heard::input::json::time::written;
use heard::input::source::{Decoder, Event, Framer, Inputs, ReadOptions};
use heard::input::text::dates::{iso, order};
use heard::input::text::times::{Stamp, day_first, local_date};
use heard::input::{FORMATS, Head, Record};
use proptest::prelude::*;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const TEXTS: &[&str] = &[
    "Date: 4/10/2026\nCall ID: 17\n\nAgent (0:01): Hello, this is Jo.\nCustomer (0:04): My bill is wrong.\n[hold music]\nAgent (0:09): I'm sorry.\n",
    "00:00:01 Speaker 1\nHello there.\n00:00:05 Speaker 2\nHi.\n\n00:00:09 Speaker 1\nBye.\n",
    "23:59:50 Agent: Hello.\n00:00:05 Customer: Hi.\n[Whisper] Supervisor: Say sorry.\n00:00:09 Agent: Sorry.\n",
    "Sales Agent (SA): Hello.\\nProspect (P): Hi.\\nSA: Fine.",
    "<p><b>Agent:</b> Hello &amp; hi.</p><p><b>Customer:</b> Hi.<br/>Yes.</p>",
    "\"Agent: Hello.\\nCustomer: Caf\\u00e9.\\nAgent: Bye.\"",
    "[12.5 - 14.0] Agent: Hello.\n[15.25 - 16.5] Customer: Hi.\n",
    "04.05.2026 10:00:01 Agent: Hello.\n04.05.2026 10:00:04 Customer: Hi.\n",
    "20/6/2026, 8:28\u{202f}p.\u{a0}m. - Jo: Hello\n20/6/2026, 8:29\u{202f}p.\u{a0}m. - Ann: Hi\nand more\n",
    "[04/05/2026, 10:00:01] Jo: Hello\n[04/05/2026, 10:00:04] Ann: \u{200e}image omitted\n",
    "Jo Lee 0 minutes 1 second\nHello.\n\nAnn 1 minute 4 seconds\nHi.\n",
    "Lee, Jo: Hello.\rHaddad, Omar: Hi.\rLee, Jo: Bye.\r",
    "WEBVTT\n\nNOTE x\n\n1\n00:00:01.100 --> 00:00:04.200\n<v Lee, Jo>Hello &amp; hi.</v>\n\n23:59:59.000 --> 00:00:02.000\nAnn: Hi.\n",
    "1\n00:00:01,000 --> 00:00:02,000\nAgent: Hello.\n\n2\n00:00:00,500 --> 00:00:02,000\n- Hi.\n- Yes.\n",
    "0:00:01.000,0:00:02.000\nAgent: Hello.\n\n0:00:03.000,0:00:04.000\nCustomer: Hi.\n",
    "0:0:1.0 --> 0:0:3.0\nJo Lee\nHello.\n0:0:4.0 --> 0:0:6.0\nAnn Bee\nHi.\n",
    "call_id,speaker,text,start\nc,agent,Hello.,\"0,5\"\nc,customer,\"Hi, \"\"you\"\".\",3\n",
    "sep=;\ncall_id;transcript;date\n1;\"Agent: Hello.\nCustomer: Hi.\";5/4/2026\n2;\"[{'speaker': 'agent', 'text': 'Hi.'}]\";13/4/2026\n",
    "id,customer,agent\n1,My bill is wrong.,I am sorry.\n1,Thank you.,\n",
    "id\tstart\tspeaker\ttext\n1\t46146.416678\tagent\tHello there, this is Jo.\n1\t46146.416713\tcustomer\tHi.\n1\t46146.416771\tagent\tBye.\n",
    "| Speaker | Text |\n|---|---|\n| Agent | Hello. |\n| Customer | Hi. |\n",
];

const WORDS: &[&str] = &[
    "\n",
    "\r",
    "\r\n",
    "\\n",
    "\t",
    "\u{2028}",
    "\0",
    ":",
    ";",
    ",",
    "|",
    "\"",
    "\"\"",
    "'",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "</p>",
    "<br>",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "Agent:",
    "Customer: ",
    "[A] ",
    "Supervisor (whisper): ",
    "Jo: ",
    " - ",
    " -> ",
    " --> ",
    "00:00:01.000",
    "23:59:59",
    "99:99",
    "24:06:00",
    "-1:00",
    "1e9",
    "46146.5",
    "4/13/2026",
    "31.02.2026",
    "2026-05-04T10:00:01Z",
    "9999-12-31T23:59:59Z",
    "0000-00-00",
    "10:00 AM",
    "WEBVTT",
    "NOTE",
    "{\"a\":",
    "[{'a': 'b'}]",
    "♪",
    "\u{202f}",
    "\u{200e}",
    "é",
    "\u{1f600}",
    "ﬁ",
    "İ",
];

/// The seeds, and the inputs of others that lie beside the repository, where they do.
fn seeds() -> Vec<String> {
    let mut seeds: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    let files = std::fs::read_dir(beside).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e != "right")).collect();
    files.sort();
    seeds.extend(files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).filter(|text| text.len() < 8_000));
    seeds
}

fn check(call: &Call, format: &str) {
    let finite = |time: Option<f64>| time.is_none_or(f64::is_finite);
    for turn in &call.turns {
        assert!(finite(turn.start) && finite(turn.end), "{format}: {turn:?}");
        assert!(turn.start.zip(turn.end).is_none_or(|(start, end)| end >= start), "{format}: {turn:?}");
        assert!(usize::from(turn.speaker) < call.speakers.len(), "{format}: {turn:?}");
        assert!(!call.turn_text(turn).trim().is_empty(), "{format}: {turn:?}");
    }
    let starts: Vec<f64> = call.turns.iter().filter_map(|turn| turn.start).collect();
    assert!(starts.is_sorted(), "{format}: {starts:?}");
}

fn read_by_all(text: &str) {
    let started = Instant::now();
    let head = Head::new(text.as_bytes(), true, "x");
    let _ = (best(&head), detect(text.as_bytes(), true, "x"));
    for format in FORMATS.iter().filter(|format| !format.binary()) {
        let read = format.parse(&Record { bytes: text.as_bytes(), header: None }, &mut Call::default(), &mut |call| {
            if call.unread.is_none() {
                check(call, format.name());
            }
            call.clear();
        });
        assert!(read.is_ok() || read.is_err_and(|why| !why.0.is_empty()), "{} does not say why", format.name());
    }
    // Debug builds on busy machines are slow; what has no end has none.
    assert!(started.elapsed() < Duration::from_secs(60));
}

/// Every place that words are said to have is one of the file.
fn places(text: &str) {
    let mut file = tempfile::Builder::new().suffix(".txt").tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let options = Arc::new(ReadOptions { places: true, ..ReadOptions::default() });
    let inputs = Inputs::resolve(&[file.path().to_string_lossy().into_owned()]).unwrap();
    let mut framer = Framer::new(&inputs, Arc::clone(&options));
    let mut decoder = Decoder::new(options);
    // A carriage return alone ends a line, too.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<usize> = text.split('\n').map(|line| line.chars().count() + 1).collect();
    let mut batch = heard::input::source::Batch::default();
    while framer.next(&mut batch) {
        decoder.decode(&batch, &mut |event| {
            let Event::Call { call, .. } = event else { return };
            for place in &call.places {
                let width = lines.get(place.line.saturating_sub(1) as usize);
                assert!(place.line > 0 && width.is_some(), "{place:?} of {} lines", lines.len());
                assert!(place.column > 0 && place.end_column >= place.column, "{place:?}");
                assert!((place.at as usize) < call.text().len(), "{place:?}");
            }
        });
    }
}

#[test]
fn each_text_is_read_as_it_is() {
    for text in TEXTS {
        // What Excel puts before a table for its own use is taken off before.
        let table = text.strip_prefix("sep=;\n").unwrap_or(text);
        assert!(best(&Head::new(table.as_bytes(), true, "x")).is_some(), "nobody takes {text}");
        read_by_all(text);
        places(text);
    }
}

proptest! {
    #![proptest_config(cases(counts::TEXTS))]

    #[test]
    fn damaged_texts_are_read_or_refused(text in mutated(seeds(), WORDS)) {
        read_by_all(&text);
    }

    #[test]
    fn places_lie_in_their_file(text in mutated(seeds(), WORDS)) {
        places(&text);
    }

    #[test]
    fn times_and_dates_of_any_kind(text in "[0-9]{0,5}[-/.: T,ms]{0,3}[0-9]{0,4}[-/.: Zs,]{0,2}[0-9]{0,6}( ?[AaPp]\\.? ?[Mm]\\.?| May| 2026|Z|\\+99:99)?|\\PC{0,24}") {
        let fits = |seconds: f64| seconds.is_finite();
        prop_assert!(Stamp::parse(&text).is_none_or(|stamp| fits(stamp.raw())), "{text}");
        prop_assert!(written(&text).is_none_or(|at| fits(at.raw())), "{text}");
        for first in [false, true] {
            prop_assert!(local_date(&text, first).is_none_or(fits), "{text}");
        }
        let _ = (iso(&text, order(std::iter::once(&*text))), day_first(std::iter::once(&*text)));
    }
}
