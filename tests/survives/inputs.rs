//! Inputs that are odd, endless or too long: what is told of them, what is read all the same, and how much memory it takes.

use crate::common::{piped, said};
use crate::{in_little_memory, survived};
use std::io::Write as _;
use std::path::Path;

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

const CALL: &str = r#"{"call":"c","turns":[{"speaker":"agent","text":"Hello."},{"speaker":"customer","text":"Hi."}]}"#;

/// What is tried, and the test of it.
pub const CASES: &[(&str, fn(&Path))] = &[
    ("bytes behind a gzip", trailing_bytes),
    ("a hundred thousand gzip members", many_members),
    ("a small gzip that holds much", small_and_much),
    ("half a surrogate pair", half_a_pair),
    ("text in UTF-32", utf_32),
    ("an id of a mebibyte", long_id),
    ("a call of rows that is too long", long_call_of_rows),
    ("a row that is too long and holds lines", long_row),
    ("very many calls of one row", calls_of_one_row),
    ("a line that is too long", long_line),
    ("a turn of greetings without an end", greetings),
    ("a script of brackets", script_of_brackets),
    ("a script of one very long line", script_of_one_line),
    ("a device without an end as what is read", |folder| endless(folder, "audit --no-config /dev/zero")),
    ("a device without an end as metadata", |folder| endless(folder, "audit --no-config --meta /dev/zero good.txt")),
    ("a device without an end as a pack", |folder| endless(folder, "audit --no-config --rules /dev/zero good.txt")),
    ("a device without an end as a script", |folder| endless(folder, "check --no-config /dev/zero")),
    ("a device without an end as a baseline", |folder| {
        endless(folder, "check --no-config --baseline /dev/zero good.txt");
    }),
    ("a device without an end as an old script", |folder| {
        endless(folder, "check --no-config --against /dev/zero good.txt");
    }),
    ("a device without an end as labels", |folder| endless(folder, "agree --no-config /dev/zero good.txt")),
    ("a device without an end as labelled lines", |folder| endless(folder, "rules learn /dev/zero --set empathy")),
];

#[test]
fn each_is_told_or_read() {
    for (name, test) in CASES {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("good.txt"), "Agent: Hello.\nCustomer: Hi.\n").unwrap();
        // The name of the one that fails.
        eprintln!("{name}");
        test(folder.path());
    }
}

/// How many calls are read of a file, and what is said.
fn converted(folder: &Path, name: &str, bytes: &[u8], more: &str) -> (usize, String) {
    std::fs::write(folder.join(name), bytes).unwrap();
    let output = in_little_memory(folder, 1_000_000, &format!("convert --no-config --jobs 1 {more} {name}"));
    survived(&output, name);
    (output.stdout.iter().filter(|b| **b == b'\n').count(), said(&output))
}

fn trailing_bytes(folder: &Path) {
    let (calls, said) = converted(folder, "a.jsonl.gz", &[gz(CALL.as_bytes()), b"junk".to_vec()].concat(), "");
    assert!(calls == 1 && said.contains("a.jsonl.gz: the file had bytes behind the gzip data"), "{calls} {said}");
}

fn many_members(folder: &Path) {
    let (calls, said) = converted(folder, "a.jsonl.gz", &gz(format!("{CALL}\n").as_bytes()).repeat(100_000), "");
    assert_eq!((calls, said.as_str()), (100_000, ""));
}

fn small_and_much(folder: &Path) {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(format!("{CALL}\n").repeat(100_000).as_bytes()).unwrap();
    let bytes = gzip.finish().unwrap();
    assert!(bytes.len() < 1 << 16, "small enough to be one piece of work");
    std::fs::write(folder.join("a.jsonl.gz"), &bytes).unwrap();
    let output = in_little_memory(folder, 700_000, "convert --no-config --jobs 1 a.jsonl.gz");
    survived(&output, "a.jsonl.gz");
    assert_eq!(output.stdout.iter().filter(|b| **b == b'\n').count(), 100_000);
}

fn half_a_pair(folder: &Path) {
    let bytes = CALL.replace("Hello.", r"Hello \ud83d there");
    for (name, from) in [("a.json", ""), ("b.jsonl", "--from jsonl")] {
        std::fs::write(folder.join(name), &bytes).unwrap();
        let output = in_little_memory(folder, 700_000, &format!("convert --no-config {from} {name}"));
        assert!(String::from_utf8_lossy(&output.stdout).contains("Hello \u{fffd} there"), "{}", said(&output));
        assert!(said(&output).contains("half a surrogate pair"), "{}", said(&output));
    }
}

fn utf_32(folder: &Path) {
    let wide = |mark: bool| -> Vec<u8> {
        let text = if mark { "\u{feff}Agent: Hi." } else { "Agent: Hi." };
        text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect()
    };
    for mark in [false, true] {
        let (calls, said) = converted(folder, "a.txt", &wide(mark), "");
        assert!(calls == 0 && said.contains("UTF-32"), "{said}");
    }
}

fn long_id(folder: &Path) {
    let bytes = CALL.replace("\"c\"", &format!("\"{}\"", "c".repeat(1 << 20)));
    for from in ["", "--from jsonl"] {
        let (calls, said) = converted(folder, "a.jsonl", bytes.as_bytes(), from);
        assert!(calls == 0 && said.contains("1048576 bytes long") && said.len() < 500, "{said:.500}");
    }
}

fn long_call_of_rows(folder: &Path) {
    let mut table = String::from("call,speaker,text\n");
    for (call, rows) in [("a", 2), ("b", 5000), ("c", 2), ("b", 3)] {
        for k in 0..rows {
            table.push_str(&format!("{call},{},\"said {k},\nand more\"\n", ["agent", "customer"][k % 2]));
        }
    }
    let (calls, said) = converted(folder, "a.csv", table.as_bytes(), "--max-record-bytes 4096");
    // The second part of a call that comes apart is a call of its own, as in any long table; nothing of the long part is.
    assert!(calls == 3 && said.matches("longer than 4096 bytes").count() == 1, "{calls} {said}");
}

fn long_row(folder: &Path) {
    let long = "Agent: Hello, \"\"you\"\".\nCustomer: Hi.\nx,y\n".repeat(500);
    let table =
        format!("call,transcript\na,\"Agent: Hi.\nCustomer: Hi.\"\nb,\"{long}\"\nc,\"Agent: Hi.\nCustomer: Hi.\"\n");
    let (calls, said) = converted(folder, "a.csv", table.as_bytes(), "--max-record-bytes 4096");
    assert!(calls == 2 && said.matches("longer than 4096 bytes").count() == 1, "{calls} {said}");
}

fn calls_of_one_row(folder: &Path) {
    let mut table = String::from("call,speaker,start,text\n");
    (0..20_000).for_each(|k| table.push_str(&format!("c{k},agent,{k},I am sorry to hear that\n")));
    let (calls, said) = converted(folder, "a.csv", table.as_bytes(), "--max-record-bytes 65536");
    assert_eq!((calls, said.as_str()), (20_000, ""));
}

fn long_line(folder: &Path) {
    let lines = format!("{CALL}\n{}\n{CALL}\n", CALL.replace("Hello.", &"x".repeat(10_000)));
    let (calls, said) = converted(folder, "a.jsonl", lines.as_bytes(), "--from jsonl --max-record-bytes 4096");
    assert!(calls == 2 && said.contains("record 1 (counted from 0)"), "{calls} {said}");
}

/// Whether each capital is a company that answers is told by what stands behind it, which must not be all the rest.
fn greetings(folder: &Path) {
    let letters = || ('a'..='t').flat_map(|a| ('a'..='t').map(move |b| format!("hello Bright{a}{b}, ")));
    let turn: String = letters().cycle().take(60_000).collect();
    let call = CALL.replace("Hello.", &turn);
    std::fs::write(folder.join("a.jsonl"), call).unwrap();
    survived(&in_little_memory(folder, 1_000_000, "audit --no-config a.jsonl"), "a.jsonl");
}

fn checked(folder: &Path, text: &str) {
    std::fs::write(folder.join("s.md"), text).unwrap();
    survived(&in_little_memory(folder, 1_000_000, "check --no-config s.md"), "s.md");
}

fn script_of_brackets(folder: &Path) {
    checked(folder, &"{a".repeat(20_000));
    checked(folder, &format!("{}{}", "(a".repeat(20_000), ")".repeat(20_000)));
    checked(folder, &"[a](".repeat(20_000));
}

fn script_of_one_line(folder: &Path) {
    checked(folder, &"Agent: I am sorry to hear that, I can help. ".repeat(3000));
}

fn endless(folder: &Path, line: &str) {
    if !Path::new("/dev/zero").exists() {
        return;
    }
    let output = in_little_memory(folder, 1_000_000, line);
    survived(&output, line);
    assert!(matches!(output.status.code(), Some(2 | 3)), "{line}: {}", said(&output));
    // From a pipe, what has no end is longer than any record.
    let zeros = vec![0; 1 << 20];
    let output =
        piped(folder, &["convert", "--no-config", "--from", "jsonl", "--max-record-bytes", "4096", "-"], zeros);
    assert!(said(&output).contains("longer than 4096 bytes"), "{}", said(&output));
}
