//! Inputs in the shapes that people and programs give them, each with what `heard convert` must make of it.
//! `tests/odd-inputs.toml` holds them.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

#[derive(Deserialize)]
struct Inputs {
    input: Vec<Input>,
}

#[derive(Deserialize)]
struct Input {
    /// Its name, which says what is odd about it.
    file: String,
    text: String,
    /// `speaker@start text`.
    turns: Vec<String>,
    /// Some of it is no call.
    #[serde(default)]
    unread: bool,
}

/// The turns of a call as `convert` writes it.
fn shown(call: &Value) -> Vec<String> {
    let turn = |turn: &Value| {
        let start = turn["start_s"].as_f64().map_or(String::new(), |start| format!("@{start}"));
        format!("{}{start} {}", turn["speaker"].as_str().unwrap(), turn["text"].as_str().unwrap())
    };
    call["turns"].as_array().unwrap().iter().map(turn).collect()
}

#[test]
fn odd_inputs_lose_nothing_and_invent_nothing() {
    let listed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/odd-inputs.toml");
    let Inputs { input } = toml::from_str(&fs::read_to_string(listed).unwrap()).unwrap();
    assert!(input.len() > 100);
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for Input { file, text, turns, unread } in input {
        fs::write(folder.path().join(&file), text).unwrap();
        let mut heard = Command::new(env!("CARGO_BIN_EXE_heard"));
        let ran = heard.current_dir(folder.path()).args(["convert", "--no-config", &file]).output().unwrap();
        let calls = String::from_utf8(ran.stdout).unwrap();
        let calls = calls.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let found: Vec<String> = calls.flat_map(|call| shown(&call)).collect();
        if found != turns || ran.status.code() != Some(if unread { 3 } else { 0 }) {
            wrong.push(format!("{file}: {found:#?}\nwanted {turns:#?}\n{}", String::from_utf8_lossy(&ran.stderr)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
