//! CSV read back by a CSV reader: same rows, same columns, nothing that a spreadsheet would run.

use crate::sample::{self, HOSTILE};
use heard::output::Setup;

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_row_a_call_and_a_column_a_rule() {
    let text = sample::written("csv", &sample::setup(), &sample::events());
    let rows = rows(&text);
    let header = "call,source,agent,customer,queue,started,duration_s,turns,score,band,passed,\
                  early-statement,name-usage,empathy-sandwich,privacy";
    assert_eq!(rows[0].join(","), header);
    assert_eq!(
        rows[1].join(","),
        "c-17,calls/c-17.json,Jo,,,,7.1,3,33.3,poor,false,fail,pass,not-applicable,not-scorable"
    );
    let bare = "bare,-,,,,,,2,,,,not-scorable,not-scorable,not-scorable,not-scorable";
    assert_eq!(rows[2].join(","), bare);
    assert_eq!(rows.len(), 4, "what could not be read has no row");
    assert!(text.lines().next().unwrap().starts_with("call,") && text.contains("privacy\r\n"));
}

#[test]
fn a_row_a_finding_with_its_first_quote() {
    let rows = rows(&sample::written("csv-findings", &sample::setup(), &sample::events()));
    let header = "call,agent,rule,section,severity,weight,verdict,basis,why,advice,turn,start_s,quote,\
                  source,started,queue,customer";
    assert_eq!(rows[0].join(","), header);
    assert_eq!(rows.len(), 1 + 3 * 4);
    let first = "c-17|Jo|early-statement|opening|major|20|fail|turn|no listed statement found between 0:02 and 0:17|\
                 I'm sorry to hear that. I'd be happy to help you with that.|0|2.5|I'd be happy to help you with that.|calls/c-17.json|||";
    assert_eq!(rows[1].join("|"), first);
    assert_eq!(
        rows[4].join("|"),
        "c-17|Jo|privacy||critical|40|not-scorable||the transcript has no times||||calls/c-17.json|||"
    );
}

#[test]
fn no_cell_is_a_formula_and_every_text_survives() {
    let shown = format!("'{}", HOSTILE.replace(['\0', '\u{1b}', '\u{7}', '\u{85}'], "\u{fffd}"));
    for format in ["csv", "csv-findings"] {
        let rows = rows(&sample::written(format, &sample::setup(), &sample::events()));
        for cell in rows.iter().flatten() {
            assert!(cell == "-" || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
        assert_eq!(rows.last().unwrap()[0], shown);
    }
}

#[test]
fn a_byte_order_mark_only_when_asked_for() {
    for format in ["csv", "csv-findings"] {
        let with = Setup { csv_bom: true, ..sample::setup() };
        let text = sample::written(format, &with, &[]);
        assert!(text.starts_with("\u{feff}call,"));
        assert_eq!(text.trim_start_matches('\u{feff}'), sample::written(format, &sample::setup(), &[]));
    }
}
