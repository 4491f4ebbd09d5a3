//! The structure of the program holds: imports point one way, files stay readable, registries are complete.
#![allow(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest file under `src/`, in lines.
const LINES: usize = 400;

/// What each room (a file or folder under `src/`) may know of the others. `main` and `lib` hold all together.
const KNOWS: &[(&str, &[&str])] = &[
    ("call", &[]),
    ("support", &[]),
    ("text", &["call"]),
    ("roles", &["call"]),
    ("report", &["call", "roles"]),
    ("input", &["call", "report", "roles", "support"]),
    ("rules", &["call", "report", "support", "text"]),
    // Examples of rules are transcripts like others.
    ("audit", &["call", "input", "report", "rules", "text"]),
    ("learn", &["call", "rules", "text"]),
    // Labels of scripts are those of transcripts, and a script is audited like a call.
    ("script", &["audit", "call", "input", "report", "rules", "support", "text"]),
    ("output", &["call", "report"]),
    ("agree", &["input", "output", "report", "support"]),
    ("run", &["audit", "call", "input", "output", "report", "rules", "support", "text"]),
    ("inspect", &["call", "output", "roles", "rules", "text"]),
    ("pin", &["audit", "call", "input", "output", "report", "rules", "text"]),
    // The arguments' lists of values come from the registries.
    ("cli", &["agree", "call", "input", "learn", "output", "report", "rules", "run", "script", "support", "text"]),
    (
        "commands",
        &[
            "agree", "audit", "call", "cli", "input", "inspect", "learn", "output", "pin", "report", "rules", "run",
            "script", "support", "text",
        ],
    ),
];

struct Source {
    /// Relative to `src/`, with `/`.
    path: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![top.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let inside: PathBuf = path.strip_prefix(&top).unwrap().to_owned();
                let path_text = inside.to_string_lossy().replace('\\', "/");
                sources.push(Source { path: path_text, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    assert!(sources.len() > 10, "the sources are found");
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn room(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The rooms that a source names by `crate::`, also within `use crate::{…}`.
fn named(text: &str) -> BTreeSet<String> {
    let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut rooms = BTreeSet::new();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for (at, found) in code.match_indices("crate::") {
        let rest = code[at + found.len()..].trim_start();
        let Some(group) = rest.strip_prefix('{') else {
            rooms.insert(word(rest));
            continue;
        };
        let (mut depth, mut item) = (0, String::new());
        for c in group.chars() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    rooms.insert(word(item.trim()));
                    item.clear();
                    continue;
                }
                _ => {}
            }
            item.push(c);
        }
        rooms.insert(word(item.trim()));
    }
    rooms.remove("");
    rooms
}

#[test]
fn rooms_are_found_in_every_way_of_writing() {
    let text = "use crate::call::Call;\n// crate::no\nuse crate::{a::{b, c}, d as e,\n f};\nfn x() { crate::g::y() }";
    assert_eq!(named(text).into_iter().collect::<Vec<_>>(), ["a", "call", "d", "f", "g"]);
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for source in sources() {
        let own = room(&source.path);
        if own == "main" || own == "lib" {
            continue;
        }
        let Some((_, knows)) = KNOWS.iter().find(|(name, _)| *name == own) else {
            wrong.push(format!("src/{}: no line in the table of tests/architecture.rs for `{own}`", source.path));
            continue;
        };
        for other in named(&source.text) {
            if other != own && !knows.contains(&other.as_str()) {
                wrong.push(format!("src/{}: `{own}` may not know `{other}`", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_has_no_circles() {
    let edges = |name: &str| KNOWS.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, knows)| *knows);
    for (start, _) in KNOWS {
        let (mut seen, mut todo) = (BTreeSet::new(), vec![*start]);
        while let Some(name) = todo.pop() {
            for next in edges(name) {
                assert_ne!(next, start, "a circle through `{name}`");
                if seen.insert(*next) {
                    todo.push(next);
                }
            }
        }
    }
}

#[test]
fn files_are_short() {
    let long = |s: &Source| {
        let lines = s.text.lines().count();
        (lines > LINES).then(|| format!("src/{} has {lines} lines: which two things is it?", s.path))
    };
    let long: Vec<String> = sources().iter().filter_map(long).collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_module_says_what_it_answers_for() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "src/{} does not begin with `//! `", source.path);
    }
}

/// Files of a folder under `src/` that hold an implementation of a trait.
fn implementing(folder: &str, trait_name: &str) -> Vec<String> {
    let wanted = [
        format!("impl {trait_name} for "),
        format!("impl super::{trait_name} for "),
        // A format of JSON is a value, not a type of its own.
        String::from(": Document = Document {"),
    ];
    let holds = |s: &Source| {
        // What a test makes up needs no place in the registry.
        let code = s.text.split("#[cfg(test)]").next().unwrap();
        s.path.starts_with(folder) && wanted.iter().any(|w| code.contains(w))
    };
    let files: Vec<String> = sources().into_iter().filter(holds).map(|s| s.path).collect();
    assert!(!files.is_empty(), "no `impl {trait_name}` under src/{folder}");
    files
}

/// The module's name as a registry names it: `plain_text`.
fn module(path: &str) -> &str {
    path.rsplit('/').next().unwrap().trim_end_matches(".rs")
}

fn registry(file: &str, start: &str) -> String {
    let text = sources().into_iter().find(|s| s.path == file).unwrap().text;
    let from = text.find(start).unwrap_or_else(|| panic!("`{start}` in src/{file}"));
    let from = from + text[from..].find("= &[").unwrap();
    text[from..from + text[from..].find("];").unwrap()].to_owned()
}

#[test]
fn every_input_format_is_registered() {
    let registered = registry("input/mod.rs", "pub static FORMATS");
    for file in implementing("input/formats/", "Format") {
        assert!(registered.contains(&format!("{}::", module(&file))), "src/{file} is not in FORMATS");
    }
}

#[test]
fn every_output_format_is_registered() {
    let registered = registry("output/mod.rs", "pub static OUTPUTS");
    for file in implementing("output/", "Output") {
        assert!(registered.contains(&format!("{}::", module(&file))), "src/{file} is not in OUTPUTS");
    }
}

#[test]
fn names_in_the_registries_are_unique_and_kebab_case() {
    let inputs = heard::input::FORMATS.iter().map(|format| ("FORMATS", format.name(), format.info().about));
    let outputs = heard::output::OUTPUTS.iter().map(|kind| ("OUTPUTS", kind.name, kind.about));
    let mut seen = BTreeSet::new();
    for (registry, name, about) in inputs.chain(outputs) {
        let kebab = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(kebab && !name.is_empty() && !about.is_empty(), "{name}");
        assert!(seen.insert((registry, name)), "{name} stands twice in {registry}");
    }
}
