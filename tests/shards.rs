//! The commands of `examples/cluster.md` that a shell runs do what the page says of them.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::{lines_of_code, page, printed, run, said, shell, top};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The lines of the page from one that holds a word on, so many of them.
fn commands(word: &str, count: usize) -> String {
    let lines = lines_of_code(&page("examples/cluster.md"), "sh");
    let first = lines.iter().position(|line| line.contains(word)).unwrap_or_else(|| panic!("no command with {word}"));
    lines[first..first + count].join("\n")
}

fn ran(folder: &Path, commands: &str) -> (String, String) {
    let (mut shown, mut notes) = (String::new(), String::new());
    for command in commands.lines() {
        let output = shell(folder, command).output().unwrap();
        shown.push_str(printed(&output));
        notes.push_str(&said(&output));
    }
    (shown, notes)
}

/// Lines without what a shard cannot know: where in the whole they stand.
fn without_place(lines: &str) -> Vec<Value> {
    let strip = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        line.as_object_mut().unwrap().retain(|key, _| key != "record" && key != "source");
        line
    };
    lines.lines().map(strip).collect()
}

#[test]
fn shards_make_the_results_of_the_whole_and_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let calls = run(top(), &["convert", "examples/calls", "--lenient"]);
    fs::create_dir(at.join("calls")).unwrap();
    for (k, part) in printed(&calls).split_inclusive('\n').collect::<Vec<_>>().chunks(4).enumerate() {
        fs::write(at.join(format!("calls/{k}.jsonl")), part.concat()).unwrap();
    }
    let sharded = commands("mkdir -p results", 2);
    let (summary, _) = ran(at, &sharded);
    let whole = run(at, &["audit", "calls", "--lenient", "--redact", "--format", "jsonl"]);
    let parts: String =
        (0..4).filter_map(|k| fs::read_to_string(at.join(format!("results/{k}.jsonl.jsonl"))).ok()).collect();
    assert!(!parts.is_empty() && without_place(&parts) == without_place(printed(&whole)));
    assert!(summary.contains(&format!("{} calls", parts.lines().count())), "{summary}");
    let (again, notes) = ran(at, &sharded);
    assert_eq!(again, summary);
    assert!(notes.contains("taken from there, 0 judged"), "{notes}");
}

#[test]
fn a_night_costs_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("inbox")).unwrap();
    let put = |name: &str| fs::copy(top().join("examples/calls").join(name), at.join("inbox").join(name)).unwrap();
    put("desk-recorder_0508.txt");
    let night = commands("heard audit inbox/", 2);
    assert!(ran(at, &night).1.contains("is not there yet"));
    put("meter-reading_ok.txt");
    let (_, notes) = ran(at, &night);
    assert!(notes.contains("1 call is taken from there, 1 judged"), "{notes}");
    assert!(at.join("week.html").exists());
}

#[test]
fn a_killed_stream_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let calls = run(top(), &["convert", "examples/calls", "--lenient"]);
    fs::write(at.join("calls.jsonl"), printed(&calls)).unwrap();
    let whole = run(at, &["audit", "--from", "jsonl", "--format", "jsonl", "calls.jsonl"]);
    let whole = printed(&whole).replace("\"source\":\"calls.jsonl\"", "\"source\":\"-\"");
    fs::write(at.join("got.jsonl"), &whole.as_bytes()[..whole.len() / 2]).unwrap();
    let (_, notes) = ran(at, &commands("--resume got.jsonl", 1));
    assert!(notes.contains("its last line was cut") && notes.contains("taken from there"), "{notes}");
    assert!(fs::read_to_string(at.join("results.jsonl")).unwrap() == whole);
}
