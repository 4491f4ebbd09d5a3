//! The checker: every path of a script audited like a call, and what comments allow taken out.

use super::checked::{CheckedPath, CheckedScript, Remark, Step, id, mark_repeated};
use super::statements::{Ears, Listener};
use super::{late_hit, page};
use crate::audit::{self, Auditor};
use crate::call::Basis;
use crate::report::Verdict;
use crate::report::script::{Note, ScriptPath};
use crate::rules::RuleBook;
use crate::script;
use crate::text::scene::Scene;
use std::collections::BTreeMap;

/// Lines taken for notes that are named; more are counted.
const SHOWN: usize = 3;

/// Checks scripts with the rules of a book.
pub struct Checker<'b> {
    book: &'b RuleBook,
    auditor: Auditor<'b>,
    scene: Scene,
    wpm: f64,
    most_paths: usize,
    listener: Option<Listener<'b>>,
}

impl<'b> Checker<'b> {
    /// A checker that reads aloud at so many words a minute and takes at most so many paths. With ears it also hears
    /// what each branch says to the caller, which only a comparison needs.
    pub fn new(book: &'b RuleBook, wpm: f64, most_paths: usize, ears: Option<&'b Ears>) -> Self {
        let (auditor, listener) = (Auditor::new(book), ears.map(Ears::listener));
        Checker { book, auditor, scene: Scene::default(), wpm, most_paths, listener }
    }

    /// Checks a script.
    pub fn check(&mut self, source: &str, bytes: &[u8]) -> Result<CheckedScript, script::Unread> {
        let script = script::read(source, bytes)?;
        let found = script::paths(&script.items, self.most_paths);
        let remarks = self.remarks(source, &script, &found);
        let mut checked = CheckedScript { source: source.to_owned(), remarks, ..CheckedScript::default() };
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
        if let Some(listener) = &mut self.listener {
            checked.parts = listener.listen(&script.items, self.wpm);
        }
        checked.headings = script.headings;
        checked.allows = script.allows;
        mark_repeated(&mut checked.paths);
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
                    let branch = late_hit::in_branch(self.book, &self.scene, &mut call, rule, absence, &steps);
                    if let Some(there) = branch {
                        result.evidence[0] = there;
                    }
                }
                let late = late_hit::first_after(self.book, &self.scene, &call, rule, result, &script);
                let lines = late_hit::other_lines(&call, result, &script);
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

    /// What is worth knowing of how a script was read.
    fn remarks(&self, source: &str, script: &script::Script, found: &script::Paths<'_>) -> Vec<Remark> {
        let mut notes = Vec::new();
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
            notes.push(format!("{source}: {of} paths, {} of them checked; {left}. {more}", found.taken.len()));
        }
        let by = script.marked.by();
        for doubt in script.doubts.iter().take(SHOWN) {
            let words = &doubt.words;
            let why = match script.marked {
                script::Marked::Plain => format!(
                    "it is about the customer: \"{words} …\"; end the condition with a colon, or write `Agent:` before it, if it is said"
                ),
                _ => format!(
                    "speech is marked by {by} in this script: \"{words} …\"; mark it the same way if it is said"
                ),
            };
            notes.push(format!("{source}:{}: taken for a note, since {why}", doubt.line));
        }
        if let Some(more) = script.doubts.len().checked_sub(SHOWN).filter(|&n| n > 0) {
            notes.push(format!("{source}: {more} more lines taken for notes"));
        }
        let first = found.taken.first();
        let words: usize = first.map_or(0, |p| p.speeches.iter().map(|s| s.text.split_whitespace().count()).sum());
        let paths = found.taken.len();
        let detail = format!("{source}: speech is marked by {by}; {paths} paths, the first has {words} words");
        notes.into_iter().map(Remark::Note).chain([Remark::Detail(detail)]).collect()
    }
}
