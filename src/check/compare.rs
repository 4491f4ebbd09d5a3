//! Two states of a script side by side: what got worse, what got better. Paths are matched by the branches on them, so
//! that lines may move as they like.

use super::{CheckedPath, CheckedScript, gone, tell_once};
use crate::report::script::{Note, Standing};
use crate::report::{RuleResult, Verdict};
use crate::rules::RuleBook;
use std::collections::BTreeSet;

/// Names that are nearer than this are those of one branch, reworded (1 is the same).
const ALIKE: f64 = 0.6;

/// Longer names, in bytes, are those of very many branches: comparing them letter by letter would take for ever.
const LONGEST: usize = 600;

/// Paths that are gone and named; more are counted.
const SHOWN: usize = 5;

/// Keeps of a script only what got worse or better since an old state; none means that it is new. Returns what is
/// worth knowing beside that.
pub fn compare(
    new: &mut CheckedScript,
    old: Option<&CheckedScript>,
    book: &RuleBook,
) -> Vec<String> {
    let mut remarks = Vec::new();
    let none = Vec::new();
    let before: &[CheckedPath] = old.map_or(&none, |o| &o.paths);
    let matches = matched(&new.paths, before);
    let kept: BTreeSet<usize> = matches.iter().flatten().copied().collect();
    let left: Vec<usize> = (0..before.len()).filter(|k| !kept.contains(k)).collect();
    let gone = old.map_or_else(Vec::new, |old| gone::branches(new, old, &left, book));
    for (path, matching) in new.paths.iter_mut().zip(&matches) {
        let old = matching.map(|k| &before[k]);
        settle(path, old);
    }
    let told = |k: &&usize| {
        let name = &before[**k].script.name;
        name.is_empty() || gone.iter().any(|p| p.script.name == *name)
    };
    let quiet: Vec<usize> = left.iter().filter(|k| !told(k)).copied().collect();
    for &k in quiet.iter().take(SHOWN) {
        remarks.push(format!(
            "{}: the path \"{}\" is gone",
            new.source,
            shortened(&before[k].script.name)
        ));
    }
    if quiet.len() > SHOWN {
        remarks.push(format!(
            "{}: {} more paths are gone",
            new.source,
            quiet.len() - SHOWN
        ));
    }
    new.paths.extend(gone);
    new.paths.retain(|p| !p.judged.results.is_empty());
    tell_once(&mut new.paths);
    remarks
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
            old.judged
                .results
                .iter()
                .enumerate()
                .find(same)
                .map(|(n, r)| (old, n, r))
        });
        let failed = |r: &RuleResult| r.verdict == Verdict::Fail;
        note.standing = match before {
            Some((old, n, was)) if failed(&result) && failed(was) => {
                let (known, now) = (old.words(n), path.words(k));
                let fresh: Vec<&String> = now.iter().filter(|w| !known.contains(w)).collect();
                if now.len() <= known.len() || fresh.is_empty() {
                    continue;
                }
                Standing::Worse
            }
            Some((_, _, was)) if failed(&result) => {
                // What was there and is not: an absence before says nothing.
                let told = was.why.len() <= 160 && !was.why.starts_with("no listed");
                if was.verdict == Verdict::Pass && told {
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

/// How alike two names are, 1 for the same.
fn nearness(one: &str, other: &str) -> f64 {
    if one.len().max(other.len()) > LONGEST {
        return 0.0;
    }
    strsim::normalized_levenshtein(&one.to_lowercase(), &other.to_lowercase())
}

/// Whether a name may be another one, reworded.
pub(super) fn is_alike(one: &str, other: &str) -> bool {
    nearness(one, other) >= ALIKE
}

/// A name short enough for a line.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(160) {
        Some((at, _)) => format!("{} …", &name[..at]),
        None => name.to_owned(),
    }
}

/// For each new path the old one it is compared with.
fn matched(new: &[CheckedPath], old: &[CheckedPath]) -> Vec<Option<usize>> {
    let mut matches: Vec<Option<usize>> = new
        .iter()
        .map(|path| old.iter().position(|o| o.script.name == path.script.name))
        .collect();
    let mut taken: BTreeSet<usize> = matches.iter().flatten().copied().collect();
    // Reworded: the nearest of what is left on both sides.
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (n, path) in new
        .iter()
        .enumerate()
        .filter(|(n, _)| matches[*n].is_none())
    {
        for (o, before) in old.iter().enumerate().filter(|(o, _)| !taken.contains(o)) {
            let near = nearness(&path.script.name, &before.script.name);
            if near >= ALIKE {
                pairs.push((near, n, o));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, n, o) in pairs {
        if matches[n].is_none() && taken.insert(o) {
            matches[n] = Some(o);
        }
    }
    // A branch that is new leaves the path it grew from: the one with most of its branches and no other.
    for (n, path) in new.iter().enumerate() {
        if matches[n].is_some() {
            continue;
        }
        let steps: Vec<&str> = path.script.name.split(" > ").collect();
        let root = |o: &CheckedPath| {
            let mut rest = steps.iter();
            let own: Vec<&str> = o
                .script
                .name
                .split(" > ")
                .filter(|s| !s.is_empty())
                .collect();
            own.iter()
                .all(|step| rest.any(|s| s == step))
                .then_some(own.len())
        };
        matches[n] = old
            .iter()
            .enumerate()
            .filter_map(|(k, o)| root(o).map(|shared| (shared, std::cmp::Reverse(k))))
            .max()
            .map(|(_, std::cmp::Reverse(k))| k);
    }
    matches
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
        let found = |names: &[&str]| matched(&paths(names), &old);
        assert_eq!(found(&["", "If yes"]), [Some(2), Some(1)]);
        assert_eq!(found(&["If the caller is upset"]), [Some(0)], "reworded");
        assert_eq!(
            found(&["If yes > If they ask for a manager"]),
            [Some(1)],
            "grown from"
        );
        assert_eq!(matched(&paths(&["Option 1"]), &paths(&["If no"])), [None]);
    }
}
