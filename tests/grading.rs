//! The page for teams that grade their own calls is true: its outputs are what the program prints, its commands run, and
//! its table is about the example calls.
//!
//! `README=overwrite cargo test --test grading` writes the outputs anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::{block, keep, lines_of_code, page, run, said, shell, top};
use std::fs;
use std::path::Path;

const PAGE: &str = "examples/grading.md";

#[test]
fn outputs_are_what_the_program_prints() {
    let parts = keep(PAGE, |command| {
        let args: Vec<&str> = command.split(' ').skip(1).collect();
        block(&args, if args.contains(&"pin") { "toml" } else { "text" })
    });
    assert!(parts >= 3, "the markers are found");
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
    let lines = lines_of_code(&page(PAGE), "sh");
    assert!(lines.len() >= 6, "{} commands", lines.len());
    for line in lines {
        let output = shell(folder.path(), &line).output().unwrap();
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{line}\n{said}");
        assert!(!said.contains("error"), "{line}\n{said}");
    }
}

#[test]
fn every_label_is_about_an_example_call_and_a_rule() {
    let output = run(top(), &["agree", "examples/labels.csv", "examples/calls"]);
    let said = said(&output);
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
    let page = page(PAGE);
    for head in book.heads() {
        let graded = page.contains(&format!("| `{}` |", head.id));
        assert_eq!(graded, !BY_TIME.contains(&head.id.as_str()), "{}", head.id);
    }
}
