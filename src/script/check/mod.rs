//! Scripts under the rules: every path audited, what comments allow taken out, each finding told once.
//!
//! [`compare`] lays two states of a script side by side, [`lost`] looks for scripts that are gone, [`baseline`] remembers
//! a state, [`history`] fetches an old one.

pub mod baseline;
pub mod compare;
mod gone;
pub mod history;
mod late;
pub mod lost;
mod page;

use crate::audit::{self, Auditor};
use crate::call::{Basis, Call};
use crate::report::script::{Note, Place, ScriptPath, Standing};
use crate::report::{CallReport, Judged, RuleHead, RuleResult, Verdict};
use crate::rules::RuleBook;
use crate::script::{self, Allow, Heading};
use crate::text::scene::Scene;
use std::collections::{BTreeMap, BTreeSet};

pub use page::heads;

/// The id of the rule that a comparison adds: a branch that a script had is still there.
pub const BRANCH_IS_KEPT: &str = "branch-is-kept";

/// The id of the rule that a comparison of folders adds: a script that was there still is.
pub const SCRIPT_IS_KEPT: &str = "script-is-kept";

/// The reason code of a failure that a comment allows.
pub const ALLOWED: &str = "allowed";

/// Lines taken for notes that are named; more are counted.
const SHOWN: usize = 3;

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

impl CheckedScript {
    /// The rules that pass on one of its paths at least.
    #[must_use]
    pub fn passed(&self) -> BTreeSet<usize> {
        self.paths.iter().flat_map(CheckedPath::passed).collect()
    }
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
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// The comments in it that allow a rule to fail.
    pub allows: Vec<Allow>,
    /// Worth knowing, for standard error.
    pub remarks: Vec<String>,
    /// Details of how it was read, for `-v`.
    pub details: Vec<String>,
}

impl CheckedPath {
    /// The path as outputs want it.
    #[must_use]
    pub fn report<'a>(&'a self, record: u64, source: &'a str) -> CallReport<'a> {
        CallReport { record, source, call: &self.call, judged: &self.judged, script: Some(&self.script) }
    }

    /// Where a result stands: its first quote.
    #[must_use]
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
    #[must_use]
    pub fn passed(&self) -> BTreeSet<usize> {
        let passed = self.judged.results.iter();
        passed.filter(|r| r.verdict == Verdict::Pass).map(|r| r.rule).collect()
    }

    /// The words that a result rests on, in lower case; none for an absence.
    #[must_use]
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

/// Checks scripts with the rules of a book.
pub struct Checker<'b> {
    book: &'b RuleBook,
    auditor: Auditor<'b>,
    scene: Scene,
    wpm: f64,
    most_paths: usize,
}

impl<'b> Checker<'b> {
    /// A checker that reads aloud at so many words a minute and takes at most so many paths.
    #[must_use]
    pub fn new(book: &'b RuleBook, wpm: f64, most_paths: usize) -> Self {
        Checker { book, auditor: Auditor::new(book), scene: Scene::default(), wpm, most_paths }
    }

    /// Checks a script.
    pub fn check(&mut self, source: &str, bytes: &[u8]) -> Result<CheckedScript, String> {
        let script = script::read(bytes)?;
        let found = script::paths(&script.items, self.most_paths);
        let mut checked = CheckedScript { source: source.to_owned(), ..CheckedScript::default() };
        self.remark(&script, &found, &mut checked);
        let mut used = vec![Vec::new(); script.allows.len()];
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for path in &found.taken {
            let mut one = self.judge(path, source);
            let again = seen.entry(one.script.name.clone()).or_insert(0);
            *again += 1;
            if *again > 1 {
                one.script.name = format!("{} #{again}", one.script.name);
            }
            one.call.id = id(source, &one.script.name);
            page::allow(&script.allows, self.book.heads(), &mut one, &mut used);
            one.judged.score = audit::score(self.book, &one.judged.results);
            checked.paths.push(one);
        }
        if let Some(first) = checked.paths.first_mut() {
            page::mistakes(&script.allows, self.book, &used, first);
        }
        let branches = script::branches(&script.items).into_iter();
        checked.branches = branches
            .filter(|b| !b.label.is_empty())
            .map(|b| Step { label: b.label.clone(), under: b.under.clone() })
            .collect();
        checked.headings = script.headings;
        checked.allows = script.allows;
        tell_once(&mut checked.paths);
        Ok(checked)
    }

    fn judge(&mut self, path: &script::Path<'_>, source: &str) -> CheckedPath {
        let script::Enacted { mut call, marks } = script::enact(path, self.wpm);
        let name = path.steps.join(" > ");
        let meta = [("path", name.to_lowercase()), ("file", source.to_owned())];
        for (key, value) in meta {
            call.meta.insert(key.to_owned(), value.into());
        }
        // The words are the same whatever the branches are called: they are tagged once.
        self.auditor.tag(&call, &mut self.scene);
        let mut judged = self.auditor.judge(&call, &self.scene);
        let steps: Vec<(&str, usize)> = path.steps.iter().copied().zip(path.starts.iter().copied()).collect();
        let script = ScriptPath { name, marks, notes: vec![Note::default(); judged.results.len()] };
        for result in &mut judged.results {
            // The times are those of reading aloud, whatever they look like.
            if let Some(Basis::Exact | Basis::Turn) = result.basis {
                result.basis = Some(Basis::Estimated);
            }
            if result.verdict == Verdict::Fail {
                let rule = self.book.public()[result.rule];
                if let Some(absence) = result.evidence.first().filter(|e| e.looked.is_some()) {
                    let branch = late::in_branch(self.book, &self.scene, &mut call, rule, absence, &steps);
                    if let Some(there) = branch {
                        result.evidence[0] = there;
                    }
                }
                let late = late::first_after(self.book, &self.scene, &call, rule, result, &script);
                let lines = late::other_lines(&call, result, &script);
                if !lines.is_empty() {
                    result.why = format!("{}; also in {lines}", result.why);
                }
                if let Some((seconds, line)) = late {
                    result.why = format!(
                        "{}; the first one comes after {seconds:.0} s when read at {} words a minute, in line {line}",
                        result.why, self.wpm
                    );
                }
            }
        }
        let taken = path.steps.iter().zip(&path.under);
        CheckedPath {
            call,
            judged,
            script,
            steps: taken.map(|(label, under)| Step { label: (*label).to_owned(), under: under.to_vec() }).collect(),
        }
    }

    fn remark(&self, script: &script::Script, found: &script::Paths<'_>, checked: &mut CheckedScript) {
        let source = &checked.source;
        if found.too_long || found.all > self.most_paths as u64 {
            let of = if found.all == u64::MAX { "very many".to_owned() } else { found.all.to_string() };
            let more = if found.too_long {
                "A path is so long that no more are: split the script"
            } else {
                "--max-paths N checks more"
            };
            let left = match found.left_out {
                0 => "every branch is on one of them".to_owned(),
                n => format!("{n} of its branches are on none of them"),
            };
            checked
                .remarks
                .push(format!("{source}: {of} paths, {} of them checked; {left}. {more}", found.taken.len()));
        }
        let by = script.marked.by();
        for doubt in script.doubts.iter().take(SHOWN) {
            let why = match script.marked {
                script::Marked::Plain => {
                    "it is about the customer: \"{} …\"; end the condition with a colon, or write `Agent:` before it, if it is said"
                        .replacen("{}", &doubt.words, 1)
                }
                _ => format!(
                    "speech is marked by {by} in this script: \"{} …\"; mark it the same way if it is said",
                    doubt.words
                ),
            };
            let line = doubt.line;
            checked.remarks.push(format!("{source}:{line}: taken for a note, since {why}"));
        }
        if let Some(more) = script.doubts.len().checked_sub(SHOWN).filter(|&n| n > 0) {
            checked.remarks.push(format!("{source}: {more} more lines taken for notes"));
        }
        let words: usize =
            found.taken.first().map_or(0, |p| p.speeches.iter().map(|s| s.text.split_whitespace().count()).sum());
        checked.details.push(format!(
            "{source}: speech is marked by {by}; {} paths, the first has {words} words",
            found.taken.len()
        ));
    }
}

/// A path's id: the file's stem, and the branches taken.
fn id(source: &str, name: &str) -> String {
    let file = source.rsplit('/').next().unwrap_or(source);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = if stem.is_empty() || stem == "-" { "script" } else { stem };
    if name.is_empty() { stem.to_owned() } else { format!("{stem} > {name}") }
}

/// Marks what an earlier path has already said of the same place.
pub fn tell_once(paths: &mut [CheckedPath]) {
    type Key = (usize, Option<Place>, &'static str, Verdict, u8);
    let key = |path: &CheckedPath, k: usize| -> Key {
        let result: &RuleResult = &path.judged.results[k];
        let standing = path.script.notes.get(k).map_or(Standing::Plain, |n| n.standing);
        (result.rule, path.place(k), result.reason, result.verdict, standing as u8)
    };
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for path in paths.iter() {
        for k in 0..path.judged.results.len() {
            *counts.entry(key(path, k)).or_insert(0) += 1;
        }
    }
    let mut told: BTreeSet<Key> = BTreeSet::new();
    for path in paths.iter_mut() {
        for k in 0..path.judged.results.len() {
            let key = key(path, k);
            let others = counts.get(&key).map_or(0, |n| n - 1);
            let repeated = !told.insert(key);
            if let Some(note) = path.script.notes.get_mut(k) {
                (note.others, note.repeated) = (others, repeated);
            }
        }
    }
}

/// The rules of a book and those about the page, as reports know them.
#[must_use]
pub fn all_heads(book: &RuleBook) -> Vec<RuleHead> {
    let mut all = book.heads().to_vec();
    all.extend(heads());
    all
}
