//! Edits of scripts: what each one loses is seen, and what loses nothing is left alone. The edits are data, written
//! down before they were run; see `tests/check/edits`.

use crate::common::top;
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// An edit of a script.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    name: String,
    script: String,
    #[serde(default)]
    change: Vec<(String, String)>,
    #[serde(rename = "move")]
    moved: Option<Move>,
    /// The rules of which one has to say what is lost.
    #[serde(default)]
    rules: Vec<String>,
    /// The words that it has to quote.
    #[serde(default)]
    quotes: String,
}

/// The lines from one marker up to another stand before a third now.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    from: String,
    to: String,
    before: String,
}

#[derive(Deserialize)]
struct Table {
    edit: Vec<Edit>,
}

fn folder() -> PathBuf {
    top().join("tests/check/edits")
}

fn edits(table: &str) -> Vec<Edit> {
    let text = fs::read_to_string(folder().join(table)).unwrap();
    toml::from_str::<Table>(&text).unwrap().edit
}

impl Edit {
    fn old(&self) -> String {
        fs::read_to_string(folder().join("scripts").join(&self.script)).unwrap()
    }

    fn new(&self) -> String {
        let mut text = self.old();
        let once = |text: &str, marker: &str| {
            assert_eq!(text.matches(marker).count(), 1, "{}: {marker:?}", self.name);
            text.find(marker).unwrap()
        };
        for (from, to) in &self.change {
            once(&text, from);
            text = text.replace(from, to);
        }
        if let Some(moved) = &self.moved {
            // Whole lines: what stands before the marker in its line moves with it.
            let line = |text: &str, at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
            let (from, to) = (once(&text, &moved.from), once(&text, &moved.to));
            let (from, to) = (line(&text, from), line(&text, to));
            let block = text[from..to].to_owned();
            text.replace_range(from..to, "");
            let at = once(&text, &moved.before);
            let at = line(&text, at);
            text.insert_str(at, &block);
        }
        text
    }
}

/// What one check of all edits says: its exit code, and for each edit its findings as rule, verdict and reason.
fn check(edits: &[Edit]) -> (Option<i32>, Vec<Vec<[String; 3]>>) {
    let at = tempfile::tempdir().unwrap();
    let at = at.path();
    let file = |n: usize, edit: &Edit| format!("{n:02}-{}", edit.script);
    for folder in ["old", "new"] {
        fs::create_dir(at.join(folder)).unwrap();
        for (n, edit) in edits.iter().enumerate() {
            let text = if folder == "old" { edit.old() } else { edit.new() };
            fs::write(at.join(folder).join(file(n, edit)), text).unwrap();
        }
    }
    let out = crate::heard(at, &["check", "--format", "jsonl", "--against", "old", "new"]);
    let mut found: Vec<Vec<[String; 3]>> = edits.iter().map(|_| Vec::new()).collect();
    for line in String::from_utf8(out.stdout).unwrap().lines() {
        let path: Value = serde_json::from_str(line).unwrap();
        let source = path["source"].as_str().unwrap();
        let n = edits.iter().enumerate().position(|(n, e)| source == format!("new/{}", file(n, e))).unwrap();
        for result in path["results"].as_array().unwrap() {
            found[n].push(["rule", "verdict", "why"].map(|key| result[key].as_str().unwrap().to_owned()));
        }
    }
    (out.status.code(), found)
}

#[test]
fn what_an_edit_loses_is_seen() {
    let all = edits("losses.toml");
    assert!(all.len() >= 50, "the table is there");
    let (code, found) = check(&all);
    assert_eq!(code, Some(1));
    let seen = |edit: &Edit, found: &[[String; 3]]| {
        found
            .iter()
            .any(|[rule, verdict, why]| verdict == "fail" && edit.rules.contains(rule) && why.contains(&edit.quotes))
    };
    let missed = all.iter().zip(&found).filter(|(edit, found)| !seen(edit, found));
    let missed: Vec<String> =
        missed.map(|(edit, found)| format!("{} ({}): {found:#?}", edit.name, edit.script)).collect();
    assert!(missed.len() <= 2, "{} of {} missed\n{}", missed.len(), all.len(), missed.join("\n"));
}

#[test]
fn an_edit_that_loses_nothing_is_left_alone() {
    let all = edits("harmless.toml");
    assert!(all.len() >= 30, "the table is there");
    let (code, found) = check(&all);
    let fails = |found: &Vec<[String; 3]>| found.iter().any(|[_, verdict, _]| verdict == "fail");
    let alarms = all.iter().zip(&found).filter(|(_, found)| fails(found));
    let alarms: Vec<String> =
        alarms.map(|(edit, found)| format!("{} ({}): {found:#?}", edit.name, edit.script)).collect();
    assert!(alarms.is_empty(), "{} of {}\n{}", alarms.len(), all.len(), alarms.join("\n"));
    assert_eq!(code, Some(0));
}
