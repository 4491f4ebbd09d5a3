//! What is said about unknown roles can be typed as it is printed, and what was typed in vain is said.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod common;

use common::said;
use std::path::Path;
use std::process::Output;

/// A call of two voices in which nothing tells who is who.
fn call(id: &str, labels: [&str; 2]) -> String {
    let said = ["Well, there it is.", "So it is, and on a Tuesday.", "It is what it is."];
    let turns = said.iter().enumerate().map(|(k, text)| serde_json::json!({"speaker": labels[k % 2], "text": text}));
    let call = serde_json::json!({"call": id, "turns": turns.collect::<Vec<_>>()});
    format!("{call}\n")
}

fn shell(folder: &Path, line: &str) -> Output {
    common::shell(folder, line).output().unwrap()
}

#[test]
fn the_printed_option_works_for_every_label_of_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let labels = [
        ["spk_0", "spk_1"],
        ["Speaker A", "Speaker B"],
        ["Doe, Jo", "Line: 2"],
        ["a=b", "it's"],
        ["$HOME", "`id`"],
        ["\"x\"", "CORP\\jo"],
        ["-1", "50% (left)"],
        ["spk_1", "!!"],
    ];
    let calls: String = labels.iter().enumerate().map(|(k, labels)| call(&k.to_string(), *labels)).collect();
    std::fs::write(folder.path().join("calls.jsonl"), calls).unwrap();

    let audit = "heard audit --no-config --format csv calls.jsonl";
    let first = said(&shell(folder.path(), audit));
    assert!(first.contains("8 of 8 calls not scorable"), "{first}");
    let option = &first[first.find("--roles").unwrap()..];
    let behind = [" (or the other", "; by what is said"];
    let end = behind.iter().find_map(|behind| option.find(behind)).unwrap();
    let option = &option[..end];
    let second = shell(folder.path(), &format!("{audit} {option}"));
    assert_eq!((said(&second).as_str(), second.status.code()), ("", Some(0)), "{option}");
}

#[test]
fn roles_that_match_nobody_are_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let calls: String = (0..50).map(|k| call(&k.to_string(), ["spk_0", "spk_1"])).collect();
    std::fs::write(folder.path().join("calls.jsonl"), calls).unwrap();
    for command in ["audit --format jsonl", "convert", "inspect"] {
        let line = format!("heard {command} --no-config --roles spk_2=agent calls.jsonl");
        let said = said(&shell(folder.path(), &line));
        let about = "heard: --roles: nobody in the calls is \"spk_2\" (there is \"spk_0\", \"spk_1\")";
        assert_eq!(said.matches(about).count(), 1, "{command}: {said}");
    }
    let line = "heard convert --no-config --roles spk_0=agent calls.jsonl";
    assert_eq!(said(&shell(folder.path(), line)), "");
}

#[test]
fn inspect_shows_a_guess_that_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    let calls = "Ann: Skylark, this is Ann, hello.\nBo: Hello, I wanted to ask about Tuesday.\nAnn: Which Tuesday would that be?\n";
    std::fs::write(folder.path().join("call.txt"), calls).unwrap();
    let output = shell(folder.path(), "heard inspect --no-config call.txt");
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("roles unknown (0.00)"), "{shown}");
    let guess = shown.lines().find(|l| l.starts_with("best guess, too unsure to be used: Ann agent, Bo customer (0."));
    assert!(guess.is_some_and(|l| l.ends_with("--roles \"Ann=agent,Bo=customer\"")), "{shown}");
}
