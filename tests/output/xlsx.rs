//! The workbook read back by another library: sheets, rows, times, nothing that runs, the same bytes each time.

use crate::sample::{self, Event, HOSTILE};
use calamine::{Data, Range, Reader, Xlsx};
use heard::output::Setup;
use std::io::{Cursor, Read};

fn bytes(setup: &Setup, events: &[Event]) -> Vec<u8> {
    sample::written_bytes("xlsx", setup, events)
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap()
}

fn text(sheet: &Range<Data>, row: u32, column: u32) -> String {
    sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

fn column(sheet: &Range<Data>, title: &str) -> u32 {
    let width = sheet.width() as u32;
    (0..width).find(|&k| text(sheet, 0, k) == title).unwrap_or_else(|| panic!("no column {title}"))
}

/// A part of the file as it is stored.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn calls_findings_agents_and_rules_read_back() {
    let mut dated = sample::plain();
    dated.call.started = Some("2026-05-01T09:30:00Z".into());
    dated.call.queue = Some("Billing".into());
    let events = vec![Event::Call(Box::new(dated)), Event::Call(Box::new(sample::bare()))];
    let bytes = bytes(&sample::setup(), &events);
    let mut book = open(&bytes);
    assert_eq!(book.sheet_names(), ["Rules", "Agents", "Calls", "Findings", "Queues", "Days", "Outcomes"]);
    let calls = book.worksheet_range("Calls").unwrap();
    assert_eq!(calls.height(), 3);
    assert_eq!((text(&calls, 1, 0), text(&calls, 1, 1)), ("c-17".into(), "calls/c-17.json".into()));
    let cell = |title: &str| calls.get_value((1, column(&calls, title))).unwrap().clone();
    let Data::DateTime(started) = cell("started") else { panic!("a time") };
    // Days since the end of 1899, as spreadsheets count them.
    assert!(started.is_datetime() && (started.as_f64() - (46_143.0 + 9.5 / 24.0)).abs() < 1e-6, "{started:?}");
    let Data::DateTime(duration) = cell("duration") else { panic!("a length of time, {:?}", cell("duration")) };
    assert!((duration.as_f64() * 86_400.0 - 7.1).abs() < 0.001);
    assert_eq!(cell("score"), Data::Float(33.3));
    assert_eq!(
        (cell("early-statement"), cell("privacy")),
        (Data::String("fail".into()), Data::String("not-scorable".into()))
    );
    let findings = book.worksheet_range("Findings").unwrap();
    assert_eq!(findings.height(), 1 + 2 * 4);
    assert_eq!(text(&findings, 1, column(&findings, "quote")), "I'd be happy to help you with that.");
    assert_eq!(text(&findings, 1, column(&findings, "severity")), "major");
    assert_eq!(text(&findings, 5, 0), "bare");
    // The header stays, the rows can be filtered, a finding leads to the row of its call.
    for name in ["xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"] {
        let sheet = part(&bytes, name);
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"), "{name}");
        assert!(sheet.contains("<conditionalFormatting"), "{name}");
    }
    let sheet = part(&bytes, "xl/worksheets/sheet4.xml");
    assert!(sheet.contains("location=\"Calls!A2\"") && sheet.contains("location=\"Calls!A3\""), "{sheet}");
    let rules = book.worksheet_range("Rules").unwrap();
    assert_eq!((text(&rules, 1, 0), text(&rules, 1, column(&rules, "fail"))), ("early-statement".into(), "1".into()));
    assert!(part(&bytes, "xl/charts/chart1.xml").contains("Rules!$C$2:$C$5"));
    let agents = book.worksheet_range("Agents").unwrap();
    assert_eq!((text(&agents, 1, 0), text(&agents, 1, column(&agents, "few"))), ("Jo".into(), "few".into()));
}

#[test]
fn nothing_in_it_runs_and_every_text_survives() {
    let bytes = bytes(&sample::setup(), &sample::events());
    for k in 1..=6 {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{k}.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "sheet {k} holds a formula");
    }
    let calls = open(&bytes).worksheet_range("Calls").unwrap();
    let shown = HOSTILE.replace(['\0', '\u{1b}', '\u{7}', '\u{85}'], "\u{fffd}").replace('\r', "");
    assert_eq!(text(&calls, 3, 0), shown);
    assert_eq!(calls.height(), 4, "what could not be read has no row");
}

#[test]
fn a_summary_has_no_calls_and_the_same_calls_make_the_same_bytes() {
    let summary = Setup { summary: true, all: false, ..sample::setup() };
    let names = open(&bytes(&summary, &[])).sheet_names();
    assert_eq!(names, ["Rules", "Agents", "Outcomes"]);
    let once = bytes(&sample::setup(), &sample::events());
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(once == bytes(&sample::setup(), &sample::events()), "the same calls, other bytes");
    assert!(part(&once, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(24) })]

    /// A second reader finds the words of a quote in their cell, as text.
    #[test]
    fn words_are_read_back_from_their_cell(said in "[=+@a-z<>&\"'-][a-z<>&\"'/= _x0-9A-F\\\\-]{0,30}(é|\u{1b}|\u{0}|_x000D_|&amp;|\u{9b})[a-z]") {
        let bytes = bytes(&sample::setup(), &[Event::Call(Box::new(sample::speaking("c", &said)))]);
        let findings = open(&bytes).worksheet_range("Findings").unwrap();
        let read = text(&findings, 1, column(&findings, "quote"));
        proptest::prop_assert_eq!(read, said.trim().replace(['\u{1b}', '\u{0}', '\u{9b}'], "\u{fffd}"));
    }
}
