//! The README is true: its generated parts are what the program prints, its commands run, its pack passes its own tests.
//!
//! `README=overwrite cargo test --test readme` writes the generated parts anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use heard::report::Severity;
use heard::rules::{PackRef, Pick, RuleBook};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

const BEGIN: &str = "<!-- generated: ";
const END: &str = "<!-- end generated -->";
/// Kept by others: by the test of the examples, and by whoever measures.
const NOT_OURS: [&str; 1] = ["speed"];

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(top().join("README.md")).unwrap()
}

/// What belongs between the markers of this name.
fn generated(name: &str) -> String {
    match name {
        "input formats" => input_formats(),
        "output formats" => output_formats(),
        "rules that full adds" => added_rules(),
        _ => {
            let args: Vec<&str> = name.split(' ').skip(1).collect();
            let output = Command::new(env!("CARGO_BIN_EXE_heard"))
                .current_dir(top())
                .args(args)
                .env("NO_COLOR", "1")
                .env("COLUMNS", "80")
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(0), "{name}");
            let text = String::from_utf8(output.stdout).unwrap();
            format!("```text\n{}\n```\n", text.trim_end())
        }
    }
}

fn input_formats() -> String {
    let mut table = String::from("| format | what it is | roles | times | names |\n");
    table.push_str("| --- | --- | --- | --- | --- |\n");
    for format in heard::input::FORMATS {
        let gives = format.info().gives;
        let names = if gives.names { "yes" } else { "no" };
        let about = format.info().about.replace('|', "\\|");
        writeln!(table, "| `{}` | {about} | {} | {} | {names} |", format.name(), gives.roles, gives.times).unwrap();
    }
    table
}

/// The rules of the pack `full`, without those that it includes.
fn added_rules() -> String {
    let pack = PackRef::Shipped("full".to_owned());
    let book = RuleBook::load(&[pack], &Pick::default()).unwrap_or_else(|p| panic!("{p}"));
    let mut table = String::from("| section | rule | requires | weight |\n");
    table.push_str("| --- | --- | --- | --- |\n");
    let mut last = "";
    for head in book.heads().iter().filter(|head| head.pack == "full") {
        let section = head.section.as_deref().unwrap_or("");
        let named = if section == last { "" } else { section };
        last = section;
        let critical = if head.severity == Severity::Critical { ", critical" } else { "" };
        let (id, title, weight) = (&head.id, &head.title, head.weight);
        writeln!(table, "| {named} | `{id}` | {title} | {weight}{critical} |").unwrap();
    }
    table
}

fn output_formats() -> String {
    let mut table = String::from("| format | what it is | file |\n| --- | --- | --- |\n");
    for kind in heard::output::OUTPUTS {
        let file = kind.extensions.first().map_or_else(|| format!("`{}:FILE`", kind.name), |e| format!("`.{e}`"));
        writeln!(table, "| `{}` | {} | {file} |", kind.name, kind.about).unwrap();
    }
    table
}

#[test]
fn generated_parts_are_what_the_program_says() {
    let old = readme();
    let mut new = String::new();
    let (mut rest, mut parts) = (old.as_str(), 0);
    while let Some(at) = rest.find(BEGIN) {
        let line = at + rest[at..].find('\n').unwrap() + 1;
        let name = rest[at + BEGIN.len()..line].trim().trim_end_matches(" -->");
        let end = line + rest[line..].find(END).expect("an end marker");
        new.push_str(&rest[..line]);
        if NOT_OURS.contains(&name) {
            new.push_str(&rest[line..end]);
        } else {
            new.push_str(&generated(name));
            parts += 1;
        }
        new.push_str(END);
        rest = &rest[end + END.len()..];
    }
    new.push_str(rest);
    assert!(parts >= 3, "the markers are found");
    if new != old {
        if std::env::var_os("README").is_some_and(|v| v == "overwrite") {
            fs::write(top().join("README.md"), new).unwrap();
        } else {
            panic!("README.md is behind: README=overwrite cargo test --test readme");
        }
    }
}

/// The blocks of code in a language, without their fences.
fn blocks(language: &str) -> Vec<String> {
    let text = readme();
    let fence = format!("```{language}\n");
    let found = text.split(&fence).skip(1);
    found.map(|b| b.split("```").next().unwrap().to_owned()).collect()
}

/// The pack of "write a rule in five minutes".
fn pack() -> String {
    let packs = blocks("toml");
    let pack = packs.iter().find(|b| b.contains("[[rule]]"));
    pack.expect("the pack").clone()
}

/// A folder as the README's reader has it.
fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("calls/golden")).unwrap();
    fs::create_dir_all(at("packs")).unwrap();
    let examples = top().join("examples/calls");
    for entry in fs::read_dir(&examples).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, at("calls").join(path.file_name().unwrap())).unwrap();
    }
    fs::copy(examples.join("meter-reading_ok.txt"), at("calls/golden/meter.txt")).unwrap();
    fs::copy(examples.join("call_turns_lakeside.csv"), at("export.csv")).unwrap();
    fs::write(at("call.txt"), "Sarah: Acme, I'm happy to help you.\nJuan: Thanks.\n").unwrap();
    fs::write(at("agents.csv"), "call,agent\nmeter-reading_ok,Jo\n").unwrap();
    for entry in fs::read_dir(top().join("examples/scripts/before")).unwrap() {
        let path = entry.unwrap().path();
        fs::create_dir_all(at("scripts")).unwrap();
        fs::copy(&path, at("scripts").join(path.file_name().unwrap())).unwrap();
    }
    // A checkout with a branch to compare with.
    let (code, said) = shell(
        folder.path(),
        "git init -q . && git add scripts && git -c user.name=a -c user.email=a@example.org -c commit.gpgsign=false commit -qm one && git update-ref refs/remotes/origin/main HEAD",
    );
    assert_eq!(code, Some(0), "{said}");
    fs::write(at("acme.toml"), pack()).unwrap();
    fs::write(at("packs/acme.toml"), pack()).unwrap();
    folder
}

fn shell(folder: &Path, line: &str) -> (Option<i32>, String) {
    let bin = Path::new(env!("CARGO_BIN_EXE_heard")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .current_dir(folder)
        .args(["-c", line])
        .env("PATH", path)
        .env("HOME", folder)
        .env("GITHUB_BASE_REF", "main")
        .env("CI_DEFAULT_BRANCH", "main")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[cfg(unix)]
#[test]
fn every_command_runs() {
    let folder = workplace();
    let made = shell(folder.path(), "heard convert calls/meter-reading_ok.txt | gzip > calls-1.jsonl.gz");
    assert_eq!(made.0, Some(0), "{}", made.1);
    let mut lines: Vec<String> = Vec::new();
    for block in blocks("sh") {
        lines.extend(block.lines().map(str::to_owned));
    }
    for block in blocks("yaml") {
        lines.extend(block.lines().filter_map(|l| Some(l.split_once("- run: ")?.1.to_owned())));
    }
    let mut ran = 0;
    for line in lines {
        let foreign = line.starts_with("cargo ") || line.starts_with("hyperfine ");
        if foreign || !line.contains("heard ") {
            continue;
        }
        ran += 1;
        let (code, said) = shell(folder.path(), &line);
        assert_eq!(code, Some(0), "{line}\n{said}");
        assert!(!said.contains("error"), "{line}\n{said}");
    }
    assert!(ran >= 12, "{ran} commands");
}

#[test]
fn the_rules_it_lists_are_the_rules_there_are() {
    let book = heard::rules::RuleBook::load(
        &[heard::rules::PackRef::Shipped("empathy".into())],
        &heard::rules::Pick::default(),
    )
    .unwrap();
    for head in book.heads() {
        assert!(readme().contains(&format!("| `{}` |", head.id)), "{} is not in the README", head.id);
    }
}

#[test]
fn every_link_leads_somewhere() {
    for (page, folder) in [("README.md", ""), ("rules/README.md", "rules")] {
        let text = fs::read_to_string(top().join(page)).unwrap();
        for link in text.split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            let file = target.split('#').next().unwrap();
            if !file.is_empty() && !file.contains("://") {
                let path = top().join(folder).join(file);
                assert!(path.exists(), "{page}: {target}");
            }
        }
    }
}
