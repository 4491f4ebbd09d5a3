//! `heard check` from outside, a file each for what is read, what is written, what changed, what CI runs.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

#[path = "../common/mod.rs"]
mod common;

mod action;
mod baseline;
mod changes;
mod edits;
mod flows;
mod formats;
mod recipes;
mod scripts;

use common::top;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const BEFORE: &str = "examples/scripts/before";
const AFTER: &str = "examples/scripts/after";

fn heard(folder: &Path, args: &[&str]) -> Output {
    // No line is broken where a test looks for words in it.
    let wide: &[&str] = if matches!(args[0], "check" | "audit") { &["--width", "200"] } else { &[] };
    common::command(folder).args(args).args(wide).output().unwrap()
}

fn ran(folder: &Path, args: &[&str], code: i32) -> (String, String) {
    let out = heard(folder, args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out_text, err) = (text(out.stdout), text(out.stderr));
    assert_eq!(out.status.code(), Some(code), "heard {}\n{out_text}\n{err}", args.join(" "));
    (out_text, err)
}

fn jsonl(folder: &Path, args: &[&str], code: i32) -> Vec<Value> {
    let all: Vec<&str> = [&["check", "--format", "jsonl"], args].concat();
    let (out, _) = ran(folder, &all, code);
    out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn verdict<'v>(path: &'v Value, rule: &str) -> &'v Value {
    let results = path["results"].as_array().unwrap();
    results.iter().find(|r| r["rule"] == rule).unwrap()
}

fn git(folder: &Path, args: &[&str]) {
    let out = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .output()
        .unwrap();
    assert!(out.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

const SCRIPT: &str = "# Lost card

Thank you for calling Harbour Bank, my name is [Agent Name].

May I have your account number, your date of birth and the answer to your security question, please? I will read all of it back to you when you are done, one after the other.

I'd be happy to help you.

## If the customer is upset

Calm down. I have blocked the card.

## Close

Thank you, have a good day.
";
