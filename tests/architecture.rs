//! The structure of the program holds: imports point one way, files stay readable, registries are complete.
#![allow(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

use std::collections::{BTreeMap, BTreeSet};
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
    ("redact", &["call", "report"]),
    ("input", &["call", "report", "roles", "support"]),
    ("rules", &["call", "report", "support", "text"]),
    // Examples of rules are transcripts like others.
    ("audit", &["call", "input", "report", "rules", "text"]),
    ("learn", &["call", "rules", "text"]),
    // Labels of scripts are those of transcripts, and a script is audited like a call.
    ("script", &["audit", "call", "input", "report", "roles", "rules", "support", "text"]),
    ("output", &["call", "report"]),
    ("agree", &["input", "output", "report", "support"]),
    ("results", &["call", "input", "report"]),
    ("run", &["audit", "call", "input", "output", "redact", "report", "results", "rules", "support", "text"]),
    ("inspect", &["call", "output", "redact", "roles", "rules", "text"]),
    ("pin", &["audit", "call", "input", "output", "redact", "report", "rules", "text"]),
    // The arguments' lists of values come from the registries.
    (
        "cli",
        &[
            "agree", "call", "input", "learn", "output", "report", "results", "roles", "rules", "run", "script",
            "support", "text",
        ],
    ),
    (
        "commands",
        &[
            "agree", "audit", "call", "cli", "input", "inspect", "learn", "output", "pin", "redact", "report",
            "results", "roles", "rules", "run", "script", "support", "text",
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
    let registered = registry("input/registry.rs", "pub static FORMATS");
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

/// Each file or folder under `rules/kinds/` that answers for a kind is in the registry, and nobody outside names one: what
/// the program asks of a rule it asks of `Condition`.
#[test]
fn every_rule_kind_is_registered() {
    let registered = registry("rules/kinds/mod.rs", "pub static KINDS");
    let all = sources();
    for file in implementing("rules/kinds/", "Condition") {
        let kind = file["rules/kinds/".len()..].split(['/', '.']).next().unwrap();
        assert!(registered.contains(&format!("{kind}::")), "src/{file} is not in KINDS");
        for source in all.iter().filter(|source| !source.path.starts_with("rules/kinds/")) {
            let knows = [format!("kinds::{kind}"), String::from("kinds::{")].iter().any(|k| source.text.contains(k));
            assert!(!knows, "src/{} names the kind `{kind}`", source.path);
        }
    }
}

#[test]
fn names_in_the_registries_are_unique_and_kebab_case() {
    let inputs = heard::input::FORMATS.iter().map(|format| ("FORMATS", format.name(), format.info().about));
    let outputs = heard::output::OUTPUTS.iter().map(|kind| ("OUTPUTS", kind.name, kind.about));
    let kinds = heard::rules::kinds::KINDS.iter().map(|kind| ("KINDS", kind.key, kind.about));
    let mut seen = BTreeSet::new();
    for (registry, name, about) in inputs.chain(outputs).chain(kinds) {
        let kebab = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(kebab && !name.is_empty() && !about.is_empty(), "{name}");
        assert!(seen.insert((registry, name)), "{name} stands twice in {registry}");
    }
}

/// Edges between files of a room that close a circle, from and to, and why they stand.
const CIRCLES: &[(&str, &str, &str)] = &[
    ("input/formats/vcon.rs", "input/detect/best.rs", "a vCon may hold a document of any other format"),
    (
        "rules/kinds/find/window.rs",
        "rules/kinds/find/mod.rs",
        "a window may begin at what is found, which has a window",
    ),
];

/// The module of a source: `input::json::field` of `input/json/field.rs`.
fn module_path(path: &str) -> Vec<&str> {
    let mut names: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    names.pop_if(|last| *last == "mod");
    names
}

/// The code of a source without comments and tests.
fn code(source: &Source) -> String {
    let own = source.text.split("\n#[cfg(test)]\n").next().unwrap();
    own.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The paths of a group such as `a::{b, c::{self, d as e}}`.
fn leaves(tree: &str) -> Vec<String> {
    let Some((before, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap().trim();
        return vec![path.trim_end_matches("::self").to_owned()];
    };
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in rest[..rest.rfind('}').unwrap()].chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 { parts.push(String::new()) } else { parts.last_mut().unwrap().push(c) }
    }
    let inner = parts.iter().filter(|part| !part.trim().is_empty());
    inner.flat_map(|part| leaves(&format!("{}{}", before.trim(), part.trim()))).collect()
}

/// A path from the top of the crate; none of another crate. A path that begins with a module beside it counts, too.
fn from_top(path: &str, module: &[&str], modules: &BTreeMap<Vec<&str>, usize>) -> Option<Vec<String>> {
    let names: Vec<&str> = path.split("::").map(str::trim).collect();
    let supers = names.iter().take_while(|name| **name == "super").count();
    let base = match names[0] {
        "crate" => return Some(names[1..].iter().map(ToString::to_string).collect()),
        "self" => module,
        "super" => &module[..module.len().checked_sub(supers)?],
        first if modules.contains_key(&[module, &[first]].concat()) => module,
        _ => return None,
    };
    let skip = if names[0] == "self" { 1 } else { supers };
    Some(base.iter().chain(&names[skip..]).map(ToString::to_string).collect())
}

/// Which sources a source names: by imports, and by paths in its code that begin with `crate`, `super` or what was
/// imported. A module that lists its own is no knowledge, nor is a re-export, but whoever imports through one knows
/// what is behind it.
fn edges(sources: &[Source]) -> BTreeSet<(usize, usize)> {
    let modules: BTreeMap<Vec<&str>, usize> =
        sources.iter().enumerate().map(|(k, s)| (module_path(&s.path), k)).collect();
    let (mut exports, mut named) = (BTreeMap::new(), Vec::new());
    for (k, source) in sources.iter().enumerate() {
        let code = code(source);
        let mut rest = String::new();
        for statement in code.split_inclusive(';') {
            // What stands before the import in the same piece is code.
            let starts = statement.rfind("use ").filter(|at| {
                let line = statement[..*at].rsplit('\n').next().unwrap().trim();
                line.is_empty() || (line.starts_with("pub") && !line.contains(' '))
            });
            let Some(at) = starts else {
                rest.push_str(statement);
                continue;
            };
            rest.push_str(&statement[..at]);
            let public = statement[..at].trim_end().rsplit('\n').next().unwrap().trim().starts_with("pub");
            for leaf in leaves(statement[at + 4..].trim_end_matches(';')) {
                let Some(path) = from_top(&leaf, &module_path(&source.path), &modules) else { continue };
                if public {
                    exports.insert((k, path.last().unwrap().clone()), path);
                } else {
                    named.push((k, path));
                }
            }
        }
        let in_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        for word in rest.split(|c| !in_path(c)).filter(|w| w.contains("::")) {
            let (first, behind) = word.split_once("::").unwrap();
            let imported = named.iter().find(|(by, path)| *by == k && path.last().is_some_and(|last| last == first));
            let path = match imported {
                Some((_, path)) => Some(path.iter().cloned().chain(behind.split("::").map(str::to_owned)).collect()),
                None if !(first == "crate" || first == "super") => None,
                None => from_top(word, &module_path(&source.path), &modules),
            };
            named.extend(path.map(|path| (k, path)));
        }
    }
    let target = |mut path: Vec<String>| loop {
        let steps: Vec<&str> = path.iter().map(String::as_str).collect();
        let deepest = (0..=steps.len()).rev().find_map(|n| Some((n, *modules.get(&steps[..n])?)))?;
        let export = steps.get(deepest.0).and_then(|name| exports.get(&(deepest.1, (*name).to_owned())));
        match export {
            Some(behind) => path = behind.iter().cloned().chain(path.drain(deepest.0 + 1..)).collect(),
            None => return Some(deepest.1),
        }
    };
    named.into_iter().filter_map(|(from, path)| Some((from, target(path)?))).filter(|(a, b)| a != b).collect()
}

/// What can be reached from a source.
fn reached(from: usize, edges: &BTreeSet<(usize, usize)>) -> BTreeSet<usize> {
    let (mut seen, mut todo) = (BTreeSet::new(), vec![from]);
    while let Some(at) = todo.pop() {
        for (_, to) in edges.range((at, 0)..(at + 1, 0)) {
            if seen.insert(*to) {
                todo.push(*to);
            }
        }
    }
    seen
}

#[test]
fn rooms_have_no_circles_inside() {
    let sources = sources();
    let inside = |(a, b): &(usize, usize)| room(&sources[*a].path) == room(&sources[*b].path);
    let all: BTreeSet<(usize, usize)> = edges(&sources).into_iter().filter(inside).collect();
    assert!(all.len() > 100, "the imports are found: {}", all.len());
    let name = |k: usize| sources[k].path.as_str();
    let excepted = |(a, b): &(usize, usize)| CIRCLES.iter().any(|(from, to, _)| (name(*a), name(*b)) == (*from, *to));
    let left: BTreeSet<(usize, usize)> = all.iter().filter(|edge| !excepted(edge)).copied().collect();
    let circles: Vec<String> = left
        .iter()
        .filter(|(a, b)| reached(*b, &left).contains(a))
        .map(|(a, b)| format!("src/{} names src/{}, which leads back to it", name(*a), name(*b)))
        .collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
    for (from, to, why) in CIRCLES {
        let used = all.iter().any(|(a, b)| (name(*a), name(*b)) == (*from, *to) && reached(*b, &all).contains(a));
        assert!(used && !why.is_empty(), "{from} to {to} closes no circle: take the exception out");
    }
}
