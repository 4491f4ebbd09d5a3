//! The page for teams that grade their own calls is true: its outputs are what the program prints, its commands run, and
//! its table is about the example calls.
//!
//! `GRADING=overwrite cargo test --test grading` writes the outputs anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const BEGIN: &str = "<!-- generated: heard ";
const END: &str = "<!-- end generated -->";
const PAGE: &str = "examples/grading.md";

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(top().join(PAGE)).unwrap()
}

fn heard(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_heard"))
        .current_dir(top())
        .args(args)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .output()
        .unwrap()
}

/// What a command prints, between fences.
fn printed(command: &str) -> String {
    let args: Vec<&str> = command.split(' ').collect();
    let output = heard(&args);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "heard {command}\n{said}");
    let text = String::from_utf8(output.stdout).unwrap();
    let language = if args.contains(&"pin") { "toml" } else { "text" };
    format!("```{language}\n{}\n```\n", text.trim_end())
}

#[test]
fn outputs_are_what_the_program_prints() {
    let old = page();
    let mut new = String::new();
    let (mut rest, mut parts) = (old.as_str(), 0);
    while let Some(at) = rest.find(BEGIN) {
        let line = at + rest[at..].find('\n').unwrap() + 1;
        let command = rest[at + BEGIN.len()..line].trim().trim_end_matches(" -->");
        let end = line + rest[line..].find(END).expect("an end marker");
        new.push_str(&rest[..line]);
        new.push_str(&printed(command));
        new.push_str(END);
        rest = &rest[end + END.len()..];
        parts += 1;
    }
    new.push_str(rest);
    assert!(parts >= 3, "the markers are found");
    if new != old {
        if std::env::var_os("GRADING").is_some_and(|v| v == "overwrite") {
            fs::write(top().join(PAGE), new).unwrap();
        } else {
            panic!("{PAGE} is behind: GRADING=overwrite cargo test --test grading");
        }
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            fs::copy(&path, &there).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn every_command_runs_in_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    copy(&top().join("examples"), &folder.path().join("examples"));
    let bin = Path::new(env!("CARGO_BIN_EXE_heard")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut ran = 0;
    let text = page();
    for block in text.split("```sh\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            let output = Command::new("sh")
                .current_dir(folder.path())
                .args(["-c", line])
                .env("PATH", format!("{}:{path}", bin.display()))
                .env("HOME", folder.path())
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{line}\n{said}");
            assert!(!said.contains("error"), "{line}\n{said}");
            ran += 1;
        }
    }
    assert!(ran >= 6, "{ran} commands");
}

#[test]
fn every_label_is_about_an_example_call_and_a_rule() {
    let output = heard(&["agree", "examples/labels.csv", "examples/calls"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for wrong in ["there is no rule", "not among the calls", "no label", "no verdict"] {
        assert!(!said.contains(wrong), "{said}");
    }
}

#[test]
fn the_sheet_tells_of_every_rule_that_a_person_can_grade() {
    use heard::rules::{PackRef, Pick, RuleBook};
    /// They need a stopwatch.
    const BY_TIME: [&str; 3] = ["pause-before-reply", "let-them-finish", "unrushed"];
    let packs = [PackRef::Shipped("full".into())];
    let book = RuleBook::load(&packs, &Pick::default()).unwrap_or_else(|p| panic!("{p}"));
    let page = page();
    for head in book.heads() {
        let graded = page.contains(&format!("| `{}` |", head.id));
        assert_eq!(graded, !BY_TIME.contains(&head.id.as_str()), "{}", head.id);
    }
}

#[test]
fn every_link_leads_somewhere() {
    let page = page();
    for link in page.split("](").skip(1) {
        let target = link.split(')').next().unwrap();
        let file = target.split('#').next().unwrap();
        if !file.is_empty() && !file.contains("://") {
            assert!(top().join("examples").join(file).exists(), "{target}");
        }
    }
}
