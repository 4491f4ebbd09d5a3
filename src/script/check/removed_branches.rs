//! Branches that a script had and has no more: whoever deletes the complaint branch leaves nothing behind that could
//! fail, so the branch itself is what is missed.

use super::checked::{CheckedPath, CheckedScript, Step};
use super::similar::reworded_nearness;
use super::{BRANCH_IS_KEPT, page};
use crate::report::script::{OnPage, Place, Was};
use crate::rules::RuleBook;
use std::collections::{BTreeMap, BTreeSet};

/// Where more branches than this are gone or new, nobody looks for those that were reworded.
const MOST_REWORDED: usize = 200;

/// A branch that is gone.
pub struct RemovedBranch {
    /// Its condition.
    pub label: String,
    /// The finding, on the path that it was on.
    pub path: CheckedPath,
}

/// The branches of an old state that are no longer there, and kept rules that nothing else keeps: a path each, with one
/// finding, at the heading under which the branch stood. `left` are the numbers of old paths that
/// have no successor, `renamed` the branches that have another name now.
pub fn findings(
    new: &CheckedScript,
    old: &CheckedScript,
    (left, renamed): (&[usize], &[(Step, Step)]),
    book: &RuleBook,
) -> Vec<RemovedBranch> {
    let mut missing = missing(new, old);
    missing.retain(|step| !renamed.iter().any(|(_, was)| was == *step));
    // As it was before, so that what else got worse is not blamed on the branch.
    let mut without = by_steps(&new.paths);
    without.extend(by_steps(&old.paths));
    let mut reported: BTreeSet<&Step> = BTreeSet::new();
    let mut found = Vec::new();
    for path in left.iter().map(|&k| &old.paths[k]) {
        let Some(first) = path.steps.iter().find(|s| missing.contains(s)) else {
            continue;
        };
        let lost = lost(path, &missing, &without);
        if !lost.is_empty() && reported.insert(first) {
            found.push(RemovedBranch {
                label: first.label.clone(),
                path: finding(path, first, &lost, (new, old), book),
            });
        }
    }
    found
}

/// The branches that are written nowhere any more, neither elsewhere nor in other words.
fn missing<'o>(new: &'o CheckedScript, old: &'o CheckedScript) -> BTreeSet<&'o Step> {
    let times = |script: &CheckedScript, label: &str| {
        let same = |s: &&Step| s.label == label;
        // Steps are in the order of their labels.
        let from = Step { label: label.to_owned(), under: Vec::new() };
        script.branches.range(from..).take_while(same).count()
    };
    let gone: Vec<&Step> =
        old.branches.difference(&new.branches).filter(|s| times(new, &s.label) < times(old, &s.label)).collect();
    let fresh: Vec<&Step> =
        new.branches.difference(&old.branches).filter(|s| times(old, &s.label) < times(new, &s.label)).collect();
    if gone.len().max(fresh.len()) > MOST_REWORDED {
        return gone.into_iter().collect();
    }
    let reworded = |s: &&&Step| fresh.iter().any(|f| reworded_nearness(&f.label, &s.label).is_some());
    gone.iter().filter(|s| !reworded(s)).copied().collect()
}

/// Paths by the branches on them, the first of each kind.
fn by_steps(paths: &[CheckedPath]) -> BTreeMap<Vec<&Step>, &CheckedPath> {
    let all = paths.iter().rev();
    all.map(|p| (p.steps.iter().collect(), p)).collect()
}

/// The rules that a path kept and that the path without the missing branches does not keep.
fn lost(path: &CheckedPath, missing: &BTreeSet<&Step>, without: &BTreeMap<Vec<&Step>, &CheckedPath>) -> Vec<usize> {
    let rest: Vec<&Step> = path.steps.iter().filter(|s| !missing.contains(s)).collect();
    let kept = without.get(&rest).map(|p| p.passed()).unwrap_or_default();
    path.passed().difference(&kept).copied().collect()
}

fn finding(
    path: &CheckedPath,
    step: &Step,
    lost: &[usize],
    (new, old): (&CheckedScript, &CheckedScript),
    book: &RuleBook,
) -> CheckedPath {
    let said = said(step, old);
    let quotes = if said.is_empty() { String::new() } else { format!("; it said \"{said}\"") };
    let why = format!("the branch \"{}\" is gone, and with it what passed {}{quotes}", step.label, names(lost, book));
    let on_page = place(step, new);
    let allowed = new
        .allows
        .iter()
        .find(|a| a.reason.is_some() && a.covers(on_page.place.line) && a.rules.iter().any(|r| r == BRANCH_IS_KEPT));
    let reason = allowed.and_then(|a| a.reason.as_deref());
    let mut path = page::removed(BRANCH_IS_KEPT, "branch-gone", why, reason, on_page, path, book);
    for note in &mut path.script.notes {
        note.was = Some(Was { old: said.clone(), new: String::new(), branch: step.label.clone() });
    }
    path
}

/// What a branch said to the caller.
fn said(step: &Step, old: &CheckedScript) -> String {
    let part = old.parts.iter().find(|p| p.label == step.label && p.under == step.under);
    let all = part.map_or(&[][..], |p| &p.sentences);
    let statements = all.iter().filter(|s| s.is_statement()).map(|s| s.text.as_str());
    statements.take(3).collect::<Vec<_>>().join(" ")
}

/// The ids of some rules, for a sentence.
pub(super) fn names(rules: &[usize], book: &RuleBook) -> String {
    let ids: Vec<&str> = rules.iter().filter_map(|&k| Some(book.heads().get(k)?.id.as_str())).collect();
    ids.join(", ")
}

/// The innermost heading above the branch that is still there; else where the first words stand.
fn place(step: &Step, new: &CheckedScript) -> OnPage {
    let heading = step.under.iter().rev().find_map(|text| {
        let same = |h: &&crate::script::Heading| h.text.eq_ignore_ascii_case(text);
        new.headings.iter().find(same)
    });
    let (line, column, text) = if let Some(h) = heading {
        (h.line, h.column, h.text.clone())
    } else {
        let first = new.paths.first().and_then(|p| p.script.marks.first());
        let (line, column) = first.map_or((1, 1), |m| (m.line, m.column));
        (line, column, step.label.clone())
    };
    let wide = heading.map_or(1, |h| h.text.chars().count().max(1)) as u32;
    OnPage { place: Place { line, column, end_line: line, end_column: column + wide }, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(label: &str, under: &str) -> Step {
        Step { label: label.to_owned(), under: vec![under.to_owned()] }
    }

    fn script(steps: &[Step]) -> CheckedScript {
        CheckedScript { branches: steps.iter().cloned().collect(), ..CheckedScript::default() }
    }

    #[test]
    fn a_branch_that_moved_or_was_reworded_is_still_there() {
        let old = script(&[step("If the customer is upset", "Refunds"), step("If yes", "Close")]);
        let left = |steps: &[Step]| -> Vec<String> {
            let new = script(steps);
            missing(&new, &old).into_iter().map(|s| s.label.clone()).collect()
        };
        assert!(left(&[step("If the customer is upset", "Delivery"), step("If yes", "Close")]).is_empty(), "moved");
        assert!(left(&[step("If the caller is upset", "Refunds"), step("If yes", "Close")]).is_empty(), "reworded");
        assert_eq!(left(&[step("If yes", "Close")]), ["If the customer is upset"]);
        assert_eq!(left(&[]).len(), 2);
    }
}
