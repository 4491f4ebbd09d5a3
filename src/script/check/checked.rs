//! A script whose paths were audited: what the rules say of each path, and where on the page.

use super::statements::Part;
use crate::call::Call;
use crate::report::script::{Place, ScriptPath, Standing};
use crate::report::{CallReport, Judged, RuleHead, Verdict};
use crate::script::{Allow, Heading};
use std::collections::{BTreeMap, BTreeSet};

/// Something worth knowing beside the findings, for standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// For everybody.
    Note(String),
    /// For whoever asks for details.
    Detail(String),
}

/// A path through a script, audited.
#[derive(Clone, Debug, Default)]
pub struct CheckedPath {
    /// The path as a call.
    pub call: Call,
    /// What the rules say of it.
    pub judged: Judged,
    /// Its name, and where its words stand.
    pub script: ScriptPath,
    /// The branches taken.
    pub steps: Vec<Step>,
}

/// A branch, known by what is written: its condition and the headings above it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Its condition.
    pub label: String,
    /// The headings it stands under, outermost first.
    pub under: Vec<String>,
}

/// A script, checked.
#[derive(Clone, Debug, Default)]
pub struct CheckedScript {
    /// The path as typed, joined with `/`.
    pub source: String,
    /// Its paths.
    pub paths: Vec<CheckedPath>,
    /// All its branches, those too that are on no path that was taken.
    pub branches: BTreeSet<Step>,
    /// What it says to the caller, branch by branch; only where an old state is compared.
    pub parts: Vec<Part>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// The comments in it that allow a rule to fail.
    pub allows: Vec<Allow>,
    /// What is worth knowing of how it was read.
    pub remarks: Vec<Remark>,
}

impl CheckedScript {
    /// The rules that pass on one of its paths at least.
    pub fn passed(&self) -> BTreeSet<usize> {
        self.paths.iter().flat_map(CheckedPath::passed).collect()
    }
}

impl CheckedPath {
    /// The path as outputs want it.
    pub fn report<'a>(&'a self, record: u64, source: &'a str) -> CallReport<'a> {
        CallReport { script: Some(&self.script), ..CallReport::new(record, source, &self.call, &self.judged) }
    }

    /// Where a result stands: its first quote.
    pub fn place(&self, k: usize) -> Option<Place> {
        let note = self.script.notes.get(k);
        if let Some(on_page) = note.and_then(|n| n.on_page.as_ref()) {
            return Some(on_page.place);
        }
        let evidence = self.judged.results.get(k)?.evidence.first()?;
        self.report(0, "").place(evidence)
    }

    /// Drops what some rules say.
    pub fn leave_out(&mut self, ids: &[String], heads: &[RuleHead]) {
        let out = |rule: usize| heads.get(rule).is_some_and(|h| ids.contains(&h.id));
        if !self.judged.results.iter().any(|r| out(r.rule)) {
            return;
        }
        let results = std::mem::take(&mut self.judged.results).into_iter();
        let notes = std::mem::take(&mut self.script.notes).into_iter();
        let left = results.zip(notes).filter(|(r, _)| !out(r.rule));
        (self.judged.results, self.script.notes) = left.unzip();
    }

    /// The rules that pass on it.
    pub fn passed(&self) -> BTreeSet<usize> {
        let passed = self.judged.results.iter();
        passed.filter(|r| r.verdict == Verdict::Pass).map(|r| r.rule).collect()
    }

    /// The words that a result rests on, in lower case; none for an absence.
    pub fn words(&self, k: usize) -> Vec<String> {
        if let Some(on_page) = self.script.notes.get(k).and_then(|n| n.on_page.as_ref()) {
            return vec![on_page.text.clone()];
        }
        let text = self.call.text();
        let evidence = self.judged.results.get(k).map_or(&[][..], |r| &r.evidence);
        evidence
            .iter()
            .filter(|e| !e.hit.is_empty())
            .map(|e| text[e.hit.start as usize..e.hit.end as usize].to_lowercase())
            .collect()
    }
}

/// Marks what an earlier path has already said of the same place, so that reports say it once.
pub fn mark_repeated(paths: &mut [CheckedPath]) {
    type Key = (usize, Option<Place>, &'static str, Verdict, u8);
    let key = |path: &CheckedPath, k: usize| -> Key {
        let result = &path.judged.results[k];
        let standing = path.script.notes.get(k).map_or(Standing::Plain, |n| n.standing);
        (result.rule, path.place(k), result.reason, result.verdict, standing as u8)
    };
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for path in paths.iter() {
        for k in 0..path.judged.results.len() {
            *counts.entry(key(path, k)).or_insert(0) += 1;
        }
    }
    let mut seen: BTreeSet<Key> = BTreeSet::new();
    for path in paths.iter_mut() {
        for k in 0..path.judged.results.len() {
            let key = key(path, k);
            let others = counts.get(&key).map_or(0, |n| n - 1);
            let repeated = !seen.insert(key);
            if let Some(note) = path.script.notes.get_mut(k) {
                (note.others, note.repeated) = (others, repeated);
            }
        }
    }
}

/// A path's id: the file's stem, and the branches taken.
pub(super) fn id(source: &str, name: &str) -> String {
    let file = source.rsplit('/').next().unwrap_or(source);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = if stem.is_empty() || stem == "-" { "script" } else { stem };
    if name.is_empty() { stem.to_owned() } else { format!("{stem} > {name}") }
}
