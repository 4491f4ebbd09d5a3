//! `rules/sentences.md` holds: what a rule author reads there about sentences is what the segmenter does, punctuated or
//! not.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::{page, piped, printed, top};
use std::fmt::Write as _;

/// The page shows so many at least.
const AT_LEAST: usize = 40;

struct Row {
    line: usize,
    punctuated: String,
    raw: String,
    pieces: Vec<String>,
}

fn table() -> Vec<Row> {
    let text = page("rules/sentences.md");
    let rows = text.lines().enumerate().filter_map(|(k, line)| {
        let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
        let cells: Vec<&str> = cells.split(" | ").collect();
        let [punctuated, raw, pieces] = cells[..] else {
            panic!("rules/sentences.md:{}: three cells, please", k + 1);
        };
        (!punctuated.starts_with("---") && punctuated != "punctuated").then(|| Row {
            line: k + 1,
            punctuated: punctuated.to_owned(),
            raw: raw.to_owned(),
            pieces: pieces.split(" / ").map(str::to_owned).collect(),
        })
    });
    rows.collect()
}

/// What is left of a piece when its marks, its capitals and the dots of "p.m." are gone.
fn bare(piece: &str) -> String {
    let lower = piece.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'').to_owned();
    let words: Vec<String> = lower.split_whitespace().map(word).collect();
    words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The lines of `heard inspect` for call JSONL.
fn inspect(input: &str) -> Vec<serde_json::Value> {
    let output = piped(top(), &["inspect", "--from", "jsonl", "--format", "jsonl", "-"], input);
    printed(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The sentences of turns of an agent, each turn a call.
fn cut(turns: &[&str]) -> Vec<Vec<String>> {
    let mut input = String::new();
    for (k, turn) in turns.iter().enumerate() {
        let turns = [serde_json::json!({"speaker": "agent", "text": turn})];
        let call = serde_json::json!({"call": k.to_string(), "turns": turns});
        writeln!(input, "{call}").unwrap();
    }
    let mut found = vec![Vec::new(); turns.len()];
    for line in inspect(&input) {
        let call: usize = line["call"].as_str().unwrap().parse().unwrap();
        assert_eq!(line["sentence"], found[call].len(), "counted from 0");
        found[call].push(line["text"].as_str().unwrap().to_owned());
    }
    found
}

#[test]
fn every_row_holds_punctuated_and_raw() {
    let rows = table();
    assert!(rows.len() >= AT_LEAST, "{} rows", rows.len());
    let turns: Vec<&str> = rows.iter().flat_map(|r| [&*r.punctuated, &*r.raw]).collect();
    let mut wrong = String::new();
    for (row, found) in rows.iter().zip(cut(&turns).chunks(2)) {
        for (how, found) in ["punctuated", "raw"].iter().zip(found) {
            let found: Vec<String> = found.iter().map(|piece| bare(piece)).collect();
            if found != row.pieces {
                let found = found.join(" / ");
                writeln!(wrong, "rules/sentences.md:{} {how}: {found}", row.line).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_raw_column_is_raw_and_says_the_same() {
    for row in table() {
        let line = row.line;
        assert_eq!(row.raw, bare(&row.raw), "line {line}: no marks and no capitals");
        assert_eq!(row.raw, row.pieces.join(" "), "line {line}: the pieces are the whole");
        let said = bare(&row.punctuated);
        assert_eq!(said, row.raw, "line {line}: the same words");
    }
}

#[test]
fn a_pause_ends_a_sentence_where_nothing_is_punctuated() {
    let words = |pause: f64| {
        let mut at = 0.0;
        let mut words = Vec::new();
        for word in "i am listening we are here all day".split(' ') {
            if word == "we" {
                at += pause;
            }
            words.push(serde_json::json!([word, at, at + 0.25]));
            at += 0.3;
        }
        serde_json::json!(words)
    };
    let sentences = |text: &str, pause: f64| {
        let turn =
            serde_json::json!({"speaker": "agent", "start_s": 0.0, "end_s": 9.0, "text": text, "words": words(pause)});
        let call = serde_json::json!({"call": "c", "turns": [turn]}).to_string();
        let text = |line: &serde_json::Value| line["text"].as_str().unwrap().to_owned();
        inspect(&call).iter().map(text).collect::<Vec<_>>()
    };
    let raw = "i am listening we are here all day";
    assert_eq!(sentences(raw, 0.2), [raw]);
    assert_eq!(sentences(raw, 1.4), ["i am listening", "we are here all day"]);
    // Where somebody set marks, they know better than a pause.
    let marked = "I am listening, we are here all day. Yes";
    assert_eq!(sentences(marked, 1.4)[0], "I am listening, we are here all day.");
}
