//! Two states of a script side by side: what got worse, what got better. Paths are matched by the branches on them, so
//! that lines may move as they like.

use super::checked::{CheckedPath, CheckedScript, Remark, Step, mark_repeated};
use super::similar::{LONGEST_NAME, pair_up, reworded_nearness};
use super::{removed_branches, statements};
use crate::report::script::{Note, Standing};
use crate::report::{RuleResult, Verdict};
use crate::rules::RuleBook;
use std::collections::{BTreeMap, BTreeSet};

/// Laying paths side by side takes no more steps than this. A script of some thousand paths whose branches all have new
/// names is a new script.
const MOST_STEPS: usize = 20_000_000;

/// Paths that are gone and named; more are counted.
const SHOWN: usize = 5;

/// Keeps of a script only what got worse or better since an old state; none means that it is new. Returns what is
/// worth knowing beside that.
pub fn compare(new: &mut CheckedScript, old: Option<&CheckedScript>, book: &RuleBook) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let none = Vec::new();
    let before: &[CheckedPath] = old.map_or(&none, |o| &o.paths);
    let renamed = old.map_or_else(Vec::new, |old| statements::renamed(new, old));
    let matches = matched(&called_before(&new.paths, &renamed), before);
    let kept: BTreeSet<usize> = matches.iter().flatten().copied().collect();
    let left: Vec<usize> = (0..before.len()).filter(|k| !kept.contains(k)).collect();
    let gone = old.map_or_else(Vec::new, |old| removed_branches::findings(new, old, (&left, &renamed), book));
    // A branch whose absence is told already needs no second finding.
    let told: BTreeSet<String> = gone.iter().map(|branch| branch.label.clone()).collect();
    let said = old.map_or_else(Vec::new, |old| statements::findings(new, old, &told, book));
    for (path, matching) in new.paths.iter_mut().zip(&matches) {
        let old = matching.map(|k| &before[k]);
        settle(path, old);
    }
    let reported: BTreeSet<&str> = gone.iter().map(|branch| branch.path.script.name.as_str()).collect();
    let quiet: Vec<usize> = left
        .iter()
        .copied()
        .filter(|&k| {
            let name = before[k].script.name.as_str();
            !name.is_empty() && !reported.contains(name)
        })
        .collect();
    for &k in quiet.iter().take(SHOWN) {
        let name = shortened(&before[k].script.name);
        remarks.push(Remark::Note(format!("{}: the path \"{name}\" is gone", new.source)));
    }
    if quiet.len() > SHOWN {
        remarks.push(Remark::Note(format!("{}: {} more paths are gone", new.source, quiet.len() - SHOWN)));
    }
    new.paths.extend(gone.into_iter().map(|branch| branch.path));
    new.paths.extend(said);
    new.paths.retain(|p| !p.judged.results.is_empty());
    mark_repeated(&mut new.paths);
    remarks
}

/// The paths under the names that they had before some of their branches were renamed.
fn called_before(paths: &[CheckedPath], renamed: &[(Step, Step)]) -> Vec<String> {
    let was =
        |step: &Step| renamed.iter().find(|(now, _)| now == step).map_or(&step.label, |(_, was)| &was.label).clone();
    let name = |path: &CheckedPath| {
        let moved = path.steps.iter().any(|s| renamed.iter().any(|(now, _)| now == s));
        if !moved {
            return path.script.name.clone();
        }
        path.steps.iter().map(was).collect::<Vec<_>>().join(" > ")
    };
    paths.iter().map(name).collect()
}

/// Keeps the results that changed for the worse or the better.
fn settle(path: &mut CheckedPath, old: Option<&CheckedPath>) {
    let mut kept: Vec<(RuleResult, Note)> = Vec::new();
    for k in 0..path.judged.results.len() {
        let mut result = path.judged.results[k].clone();
        let mut note = path.script.notes.get(k).cloned().unwrap_or_default();
        let about_page = note.on_page.is_some();
        let before = old.and_then(|old| {
            let same = |(n, r): &(usize, &RuleResult)| {
                r.rule == result.rule && (!about_page || old.words(*n) == path.words(k))
            };
            old.judged.results.iter().enumerate().find(same).map(|(n, r)| (old, n, r))
        });
        let failed = |r: &RuleResult| r.verdict == Verdict::Fail;
        note.standing = match before {
            Some((old, n, was)) if failed(&result) && failed(was) => {
                let (known, now) = (old.words(n), path.words(k));
                let fresh: Vec<&String> = now.iter().filter(|w| !known.contains(w)).collect();
                // Of what must not be said, other words are new ones: one reproach in the place of another.
                let must_not = result.reason == "too-many";
                if fresh.is_empty() || !must_not && now.len() <= known.len() {
                    continue;
                }
                Standing::Worse
            }
            Some((_, _, was)) if failed(&result) => {
                // What was there and is not: an absence before says nothing.
                let worth_quoting = was.why.len() <= 160 && !was.why.starts_with("no listed");
                if was.verdict == Verdict::Pass && worth_quoting {
                    result.why = format!("{}; before: {}", result.why, was.why);
                }
                Standing::Worse
            }
            None if failed(&result) => Standing::Worse,
            Some((_, _, was)) if failed(was) && result.verdict == Verdict::Pass => Standing::Better,
            _ => continue,
        };
        kept.push((result, note));
    }
    (path.judged.results, path.script.notes) = kept.into_iter().unzip();
}

/// A name short enough for a line.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(160) {
        Some((at, _)) => format!("{} …", &name[..at]),
        None => name.to_owned(),
    }
}

/// For each new path, by its name, the old one it is compared with.
fn matched(new: &[String], old: &[CheckedPath]) -> Vec<Option<usize>> {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for (k, path) in old.iter().enumerate() {
        by_name.entry(&path.script.name).or_insert(k);
    }
    let mut matches: Vec<Option<usize>> = new.iter().map(|name| by_name.get(name.as_str()).copied()).collect();
    let old: Vec<&str> = old.iter().map(|p| p.script.name.as_str()).collect();
    reworded(new, &old, &mut matches);
    grown(new, &old, &mut matches);
    matches
}

/// Reworded: the nearest of what is left on both sides.
fn reworded(new: &[String], old: &[&str], matches: &mut [Option<usize>]) {
    let taken: BTreeSet<usize> = matches.iter().flatten().copied().collect();
    let fresh: Vec<usize> = (0..new.len()).filter(|&n| matches[n].is_none()).collect();
    let left: Vec<usize> = (0..old.len()).filter(|o| !taken.contains(o)).collect();
    let letters = |all: &mut dyn Iterator<Item = usize>| -> usize { all.filter(|&len| len <= LONGEST_NAME).sum() };
    let of_new = letters(&mut fresh.iter().map(|&n| new[n].len()));
    if of_new.saturating_mul(letters(&mut left.iter().map(|&o| old[o].len()))) > MOST_STEPS {
        return;
    }
    let mut near = Vec::new();
    for &n in &fresh {
        let pairs = left.iter().filter_map(|&o| Some((reworded_nearness(&new[n], old[o])?, n, o)));
        near.extend(pairs);
    }
    for (n, o) in pair_up(near) {
        matches[n] = Some(o);
    }
}

/// A branch that is new leaves the path it grew from: the one with most of its branches and no other.
fn grown(new: &[String], old: &[&str], matches: &mut [Option<usize>]) {
    fn steps(name: &str) -> Vec<&str> {
        name.split(" > ").filter(|s| !s.is_empty()).collect()
    }
    let fresh: Vec<usize> = (0..new.len()).filter(|&n| matches[n].is_none()).collect();
    let roots: Vec<Vec<&str>> = old.iter().map(|name| steps(name)).collect();
    let of_new: usize = fresh.iter().map(|&n| steps(&new[n]).len()).sum();
    if of_new.saturating_mul(old.len()) > MOST_STEPS {
        return;
    }
    for n in fresh {
        let own = steps(&new[n]);
        let shared = |root: &Vec<&str>| {
            let mut rest = own.iter();
            let all = root.iter().all(|step| rest.any(|s| s == step));
            all.then_some(root.len())
        };
        matches[n] = roots
            .iter()
            .enumerate()
            .filter_map(|(k, root)| shared(root).map(|len| (len, std::cmp::Reverse(k))))
            .max()
            .map(|(_, std::cmp::Reverse(k))| k);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(names: &[&str]) -> Vec<CheckedPath> {
        let path = |name: &&str| {
            let mut path = CheckedPath::default();
            path.script.name = (*name).to_owned();
            path
        };
        names.iter().map(path).collect()
    }

    #[test]
    fn paths_are_matched_by_their_branches() {
        let old = paths(&["If the customer is upset", "If yes", ""]);
        let names = |all: &[&str]| all.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let found = |new: &[&str]| matched(&names(new), &old);
        assert_eq!(found(&["", "If yes"]), [Some(2), Some(1)]);
        assert_eq!(found(&["If the caller is upset"]), [Some(0)], "reworded");
        assert_eq!(found(&["If yes > If they ask for a manager"]), [Some(1)], "grown from");
        assert_eq!(matched(&names(&["Option 1"]), &paths(&["If no"])), [None]);
    }
}
