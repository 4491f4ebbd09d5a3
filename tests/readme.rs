//! The README and the pages behind it are true: their generated parts are what the program prints, their commands run,
//! their links lead somewhere, the README's pack passes its own tests.
//!
//! `README=overwrite cargo test --test readme` writes the generated parts anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::{block, keep, lines_of_code, page, said, top};
use heard::report::Severity;
use heard::rules::{PackRef, Pick, RuleBook};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Output;

/// The README and the pages that this test keeps; `examples/accuracy.md` is kept by `.ci/accuracy.py`.
const PAGES: [&str; 7] = [
    "README.md",
    "examples/cluster.md",
    "examples/formats.md",
    "examples/packs.md",
    "examples/reports.md",
    "examples/scripts.md",
    "examples/speed.md",
];
/// All pages with links.
const LINKED: [&str; 6] = [
    "rules/README.md",
    "examples/accuracy.md",
    "examples/grading.md",
    "examples/privacy.md",
    "examples/scale.md",
    "examples/scripts/README.md",
];
/// The README is read to its end: as many bytes.
const LONGEST: usize = 10_000;

/// What belongs between the markers of this name.
fn generated(name: &str) -> String {
    match name {
        "input formats" => input_formats(),
        "output formats" => output_formats(),
        "rules that full adds" => rules_of("full"),
        "rules of scripts" => rules_of("scripts"),
        _ => {
            let args: Vec<&str> = name.split(' ').skip(1).collect();
            block(&args, "text")
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

fn book(pack: &str) -> RuleBook {
    let pack = PackRef::Shipped(pack.to_owned());
    RuleBook::load(&[pack], &Pick::default()).unwrap_or_else(|p| panic!("{p}"))
}

/// The rules of a pack, without those that it includes.
fn rules_of(pack: &str) -> String {
    let book = book(pack);
    let mut table = String::from("| section | rule | requires | weight |\n");
    table.push_str("| --- | --- | --- | --- |\n");
    let mut last = "";
    for head in book.heads().iter().filter(|head| head.pack == pack) {
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
    let parts: usize = PAGES.into_iter().map(|name| keep(name, generated)).sum();
    assert_eq!(parts, 6, "the markers are found");
}

#[test]
fn the_readme_is_short() {
    let bytes = page(PAGES[0]).len();
    assert!(bytes <= LONGEST, "README.md has {bytes} bytes: what is for a page behind it?");
}

/// The pack of "write a rule in five minutes".
fn pack() -> String {
    let readme = page(PAGES[0]);
    let pack = readme.split("<!-- file: acme.toml -->\n```toml\n").nth(1).expect("the pack");
    pack.split("```").next().unwrap().to_owned()
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
    let made = shell(
        folder.path(),
        "git init -q . && git add scripts && git -c user.name=a -c user.email=a@example.org -c commit.gpgsign=false commit -qm one && git update-ref refs/remotes/origin/main HEAD",
    );
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    // A stream that was killed before its first line, and a folder that grows.
    let line = "{\"turns\":[{\"speaker\":\"agent\",\"text\":\"I'm so sorry.\"}]}\n";
    fs::write(at("calls.jsonl"), line).unwrap();
    fs::write(at("got.jsonl"), "").unwrap();
    fs::create_dir_all(at("inbox")).unwrap();
    fs::copy(examples.join("meter-reading_ok.txt"), at("inbox/meter.txt")).unwrap();
    fs::write(at("acme.toml"), pack()).unwrap();
    fs::write(at("packs/acme.toml"), pack()).unwrap();
    folder
}

/// A line of a shell as CI servers run it.
fn shell(folder: &Path, line: &str) -> Output {
    common::shell(folder, line).env("GITHUB_BASE_REF", "main").env("CI_DEFAULT_BRANCH", "main").output().unwrap()
}

#[cfg(unix)]
#[test]
fn every_command_runs() {
    let folder = workplace();
    let made = shell(folder.path(), "heard convert calls/meter-reading_ok.txt | gzip > calls-1.jsonl.gz");
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    let mut lines: Vec<String> = Vec::new();
    for text in PAGES.map(page) {
        lines.extend(lines_of_code(&text, "sh"));
        let yaml = lines_of_code(&text, "yaml");
        lines.extend(yaml.iter().filter_map(|l| Some(l.split_once("- run: ")?.1.to_owned())));
    }
    let mut ran = 0;
    for line in lines {
        let foreign = line.starts_with("cargo ") || line.starts_with("hyperfine ");
        if foreign || !line.contains("heard ") {
            continue;
        }
        ran += 1;
        let output = shell(folder.path(), &line);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{line}\n{said}");
        assert!(!said.contains("error"), "{line}\n{said}");
    }
    assert!(ran >= 12, "{ran} commands");
}

#[test]
fn the_rules_it_lists_are_the_rules_there_are() {
    for head in book("empathy").heads() {
        assert!(page(PAGES[0]).contains(&format!("| `{}` |", head.id)), "{} is not in the README", head.id);
    }
}

/// What a heading is called in a link.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).collect::<String>().replace(' ', "-")
}

#[test]
fn every_link_leads_somewhere() {
    for name in PAGES.into_iter().chain(LINKED) {
        let from = top().join(name);
        for link in page(name).split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            let (file, part) = target.split_once('#').unwrap_or((target, ""));
            if file.contains("://") {
                continue;
            }
            let path = if file.is_empty() { from.clone() } else { from.parent().unwrap().join(file) };
            assert!(path.exists(), "{name}: {target}");
            if !part.is_empty() {
                let text = fs::read_to_string(&path).unwrap();
                let found = text.lines().filter(|l| l.starts_with('#')).any(|l| anchor(l) == part);
                assert!(found, "{name}: {target}");
            }
        }
    }
    let readme = page(PAGES[0]);
    let unreached: Vec<&str> = PAGES.into_iter().skip(1).filter(|p| !readme.contains(&format!("({p})"))).collect();
    assert!(unreached.is_empty(), "the README leads to no {unreached:?}");
}

/// A crate that nobody can say the use of has none.
#[test]
fn every_dependency_has_its_line() {
    let manifest: toml::Table = toml::from_str(&page("Cargo.toml")).unwrap();
    let names = |key: &str| manifest[key].as_table().unwrap().keys().cloned().collect::<Vec<_>>();
    let mut wanted: Vec<String> = [names("dependencies"), names("dev-dependencies")].concat();
    wanted.sort();
    wanted.dedup();
    let table = page("examples/dependencies.md");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let mut listed = Vec::new();
    for (name, rest) in rows.filter(|(name, _)| !matches!(*name, "crate" | "---")) {
        assert!(rest.trim_end_matches('|').split(" | ").all(|cell| cell.trim().len() > 2), "{name}: {rest}");
        listed.push(name.to_owned());
    }
    listed.sort();
    assert_eq!(listed, wanted);
}
