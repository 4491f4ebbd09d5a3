//! The baseline: today's findings, accepted, so that only new ones count. A JSON file to keep beside the scripts.
//!
//! A finding is known by its file, its path through the script, its rule and the words it rests on, never by its line.

use super::checked::{CheckedScript, mark_repeated};
use crate::report::Verdict;
use crate::report::script::Standing;
use crate::support::bounded;
use crate::support::whole_file::WholeFile;
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const SCHEMA: &str = "heard.baseline/1";

/// A finding that is known.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The script, relative to the baseline's folder.
    file: String,
    /// The branches taken; empty where there are none.
    path: String,
    rule: String,
    /// The words it rests on; empty where something is missing.
    words: Vec<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    schema: String,
    findings: Vec<Entry>,
}

/// A baseline.
#[derive(Debug)]
pub struct Baseline {
    folder: PathBuf,
    entries: Vec<(Entry, bool)>,
}

impl Baseline {
    /// Reads a baseline.
    pub fn read(file: &Path) -> Result<Baseline, String> {
        let shown = file.display();
        let bytes = bounded::read(file, bounded::TABLE).map_err(|e| match e.kind() {
            ErrorKind::NotFound => {
                format!("{shown}: no such file; --write-baseline writes it")
            }
            _ => format!("{shown}: cannot be read: {e}"),
        })?;
        let stored: Stored = serde_json::from_slice(&bytes).map_err(|e| {
            // The place alone: what stands there may be anything.
            let (line, column) = (e.line(), e.column());
            format!("{shown}:{line}:{column}: is no baseline; --write-baseline writes it anew")
        })?;
        if stored.schema != SCHEMA {
            return Err(format!("{shown}: is of another schema than `{SCHEMA}`; --write-baseline writes it anew"));
        }
        Ok(Baseline { folder: folder(file), entries: stored.findings.into_iter().map(|e| (e, false)).collect() })
    }

    /// Marks what is known.
    pub fn apply(&mut self, scripts: &mut [CheckedScript], rule: &dyn Fn(usize) -> String) {
        for script in scripts {
            let file = relative(&script.source, &self.folder);
            for path in &mut script.paths {
                for k in 0..path.judged.results.len() {
                    if path.judged.results[k].verdict != Verdict::Fail {
                        continue;
                    }
                    let id = rule(path.judged.results[k].rule);
                    let words = path.words(k);
                    let known = self.entries.iter_mut().find(|(e, _)| {
                        e.file == file
                            && e.path == path.script.name
                            && e.rule == id
                            && e.words.is_empty() == words.is_empty()
                            && is_within(&words, &e.words)
                    });
                    if let Some((_, used)) = known {
                        *used = true;
                        if let Some(note) = path.script.notes.get_mut(k) {
                            note.standing = Standing::Known;
                        }
                    }
                }
            }
            mark_repeated(&mut script.paths);
        }
    }

    /// Entries that no longer apply, of the scripts that were checked.
    pub fn outdated(&self, files: &[&str], whole: bool) -> Vec<String> {
        let files: Vec<String> = files.iter().map(|f| relative(f, &self.folder)).collect();
        let outdated = self
            .entries
            .iter()
            .filter(|(e, used)| !used && (files.contains(&e.file) || whole && !self.folder.join(&e.file).exists()));
        outdated
            .map(|(e, _)| {
                let path = if e.path.is_empty() { String::new() } else { format!(" on the path \"{}\"", e.path) };
                format!("{} in {}{path}", e.rule, e.file)
            })
            .collect()
    }
}

/// Writes all failures of some scripts as a baseline. Returns how many there are.
pub fn write(file: &Path, scripts: &[CheckedScript], rule: &dyn Fn(usize) -> String) -> Result<usize, String> {
    let folder = folder(file);
    let mut findings = Vec::new();
    for script in scripts {
        for path in &script.paths {
            for (k, result) in path.judged.results.iter().enumerate() {
                if result.verdict == Verdict::Fail {
                    findings.push(Entry {
                        file: relative(&script.source, &folder),
                        path: path.script.name.clone(),
                        rule: rule(result.rule),
                        words: path.words(k),
                    });
                }
            }
        }
    }
    findings.sort();
    findings.dedup();
    let count = findings.len();
    let stored = Stored { schema: SCHEMA.to_owned(), findings };
    let text = serde_json::to_string_pretty(&stored).map_err(|e| e.to_string())?;
    let written = WholeFile::open(file).and_then(|whole| whole.finish(format!("{text}\n").as_bytes()));
    written.map_err(|e| e.to_string())?;
    Ok(count)
}

/// Whether each word is among the known ones, as often as it is there.
fn is_within(words: &[String], known: &[String]) -> bool {
    let mut left = known.to_vec();
    words.iter().all(|word| {
        let at = left.iter().position(|k| k == word);
        at.map(|at| left.swap_remove(at)).is_some()
    })
}

fn folder(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A script as seen from the baseline's folder, so that it does not matter from where the check runs.
fn relative(source: &str, folder: &Path) -> String {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let inside = real(Path::new(source))
        .zip(real(folder))
        .and_then(|(file, folder)| file.strip_prefix(folder).ok().map(Path::to_owned));
    let shown = inside.map_or_else(|| source.to_owned(), |p| p.to_string_lossy().into_owned());
    shown.replace('\\', "/").trim_start_matches("./").to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_are_known_as_often_as_they_were_accepted() {
        let words = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert!(is_within(&words(&["a", "b"]), &words(&["b", "c", "a"])));
        assert!(!is_within(&words(&["a", "a"]), &words(&["a", "b"])));
        assert!(is_within(&[], &words(&["a"])));
    }

    #[test]
    fn a_file_that_is_no_baseline_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("b.json");
        for (text, why) in [
            ("{", "is no baseline"),
            (r#"{"schema":"heard.baseline/9","findings":[]}"#, "is of another schema than `heard.baseline/1`"),
            (r#"{"schema":"heard.baseline/1","findings":[],"more":1}"#, ": is no baseline; --write-baseline"),
        ] {
            std::fs::write(&file, text).unwrap();
            let error = Baseline::read(&file).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
        assert!(Baseline::read(&folder.path().join("none")).unwrap_err().contains("no such file"));
    }
}
