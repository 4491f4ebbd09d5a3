//! The paths through a script: at every choice one way on is taken.
//!
//! Their number is bounded. Where there are more, the paths that are taken turn through the ways of every choice, so
//! that as many branches as possible are on one of them.

use super::{Branch, Item, Speech};
use std::collections::BTreeSet;

/// Bytes that a path may have on average: more than an hour of speech.
const A_PATH: usize = 64 << 10;

/// However long they are, that many are taken: both ways of a lone choice, and more.
const LEAST_PATHS: usize = 4;

/// A path: what was chosen, and what is said on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path<'s> {
    /// The conditions of the branches taken, in order.
    pub steps: Vec<&'s str>,
    /// For each of them, the headings it stands under.
    pub under: Vec<&'s [String]>,
    /// For each of them, how much is said before it.
    pub starts: Vec<usize>,
    /// What is said.
    pub speeches: Vec<&'s Speech>,
}

/// Some or all paths through a script.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paths<'s> {
    /// Those that are audited.
    pub taken: Vec<Path<'s>>,
    /// How many there are; [`u64::MAX`] stands for that many and more.
    pub all: u64,
    /// Branches that are on none of those taken.
    pub left_out: usize,
    /// They are so long that fewer are taken than were asked for.
    pub too_long: bool,
}

/// The paths through a script, at most `limit` of them.
pub fn paths(items: &[Item], limit: usize) -> Paths<'_> {
    let all = count(items);
    let wanted = limit;
    let limit = limit.min(affordable(items, limit));
    let mut taken: Vec<Path<'_>> = Vec::new();
    if all <= limit as u64 {
        for number in 0..all {
            let mut path = Path::default();
            nth(items, number, &mut path);
            taken.push(path);
        }
        taken.retain(|p| !p.speeches.is_empty());
        return Paths { taken, all, left_out: 0, too_long: false };
    }
    let mut seen = BTreeSet::new();
    for number in 0..limit as u64 * 4 {
        if taken.len() >= limit {
            break;
        }
        let mut path = Path::default();
        turn(items, number, number >= limit.max(2) as u64 / 2, &mut path);
        if !path.speeches.is_empty() && seen.insert(path.steps.clone()) {
            taken.push(path);
        }
    }
    let mut on: BTreeSet<*const str> = taken.iter().flat_map(labels).collect();
    let mut left_out = 0;
    // What is said in a branch that no path came through is read all the same, as long as there are not too many.
    for branch in branches(items).into_iter().filter(|b| !b.label.is_empty()) {
        if on.contains(&std::ptr::from_ref(branch.label.as_str())) {
            continue;
        }
        if taken.len() >= limit.saturating_mul(2) {
            left_out += 1;
            continue;
        }
        let mut path = Path::default();
        through(items, branch, &mut path);
        on.extend(labels(&path));
        taken.push(path);
    }
    Paths { taken, all, left_out, too_long: limit < wanted && all > limit as u64 }
}

/// How many paths as long as the first one are read to the end: a script of a few hours is checked on as many as are
/// asked for, a file that would take days to read aloud on the least.
fn affordable(items: &[Item], limit: usize) -> usize {
    let mut first = Path::default();
    turn(items, 0, false, &mut first);
    let bytes: usize = first.speeches.iter().map(|s| s.text.len()).sum();
    (limit.saturating_mul(A_PATH) / bytes.max(1)).max(LEAST_PATHS)
}

fn count(items: &[Item]) -> u64 {
    items.iter().fold(1, |all: u64, item| match item {
        Item::Say(_) => all,
        Item::Choice(ways) => {
            all.saturating_mul(ways.iter().fold(0, |sum: u64, way| sum.saturating_add(count(&way.items))).max(1))
        }
    })
}

/// The path with a number, of all; the last choice changes first.
fn nth<'s>(items: &'s [Item], number: u64, path: &mut Path<'s>) {
    let (mut rest, mut left) = (number, count(items));
    for item in items {
        match item {
            Item::Say(speech) => path.speeches.push(speech),
            Item::Choice(ways) => {
                let here: u64 = ways.iter().map(|w| count(&w.items)).sum::<u64>().max(1);
                left /= here;
                let mut pick = rest / left;
                rest %= left;
                for way in ways {
                    let inside = count(&way.items);
                    if pick < inside {
                        enter(way, path);
                        nth(&way.items, pick, path);
                        break;
                    }
                    pick -= inside;
                }
            }
        }
    }
}

/// The path on which every choice turns to its way with this number, and round again; or, `mixed`, each choice to a way
/// of its own, so that branches meet that would otherwise always turn together.
fn turn<'s>(items: &'s [Item], number: u64, mixed: bool, path: &mut Path<'s>) {
    for item in items {
        match item {
            Item::Say(speech) => path.speeches.push(speech),
            Item::Choice(ways) => {
                let of = ways.len().max(1) as u64;
                let (pick, next) = if mixed {
                    // Knuth's multiplier, and the high bits: the same on every machine.
                    let place = (path.steps.len() + path.speeches.len()) as u64;
                    let next = (number ^ place).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (next >> 33, next)
                } else {
                    (number, number / of)
                };
                if let Some(way) = ways.get((pick % of) as usize) {
                    enter(way, path);
                    turn(&way.items, next, mixed, path);
                }
            }
        }
    }
}

fn enter<'s>(way: &'s Branch, path: &mut Path<'s>) {
    if !way.label.is_empty() {
        path.steps.push(&way.label);
        path.under.push(&way.under);
        path.starts.push(path.speeches.len());
    }
}

/// The branches on a path, each known by where its condition lies in memory: two may be called the same.
fn labels<'p>(path: &'p Path<'_>) -> impl Iterator<Item = *const str> + use<'p> {
    path.steps.iter().map(|s| std::ptr::from_ref::<str>(s))
}

/// The path through one branch that takes the first way everywhere else.
fn through<'s>(items: &'s [Item], target: &Branch, path: &mut Path<'s>) {
    for item in items {
        match item {
            Item::Say(speech) => path.speeches.push(speech),
            Item::Choice(ways) => {
                let holds = |way: &&Branch| {
                    std::ptr::eq(*way, target) || branches(&way.items).iter().any(|b| std::ptr::eq(*b, target))
                };
                if let Some(way) = ways.iter().find(holds).or_else(|| ways.first()) {
                    enter(way, path);
                    through(&way.items, target, path);
                }
            }
        }
    }
}

/// All branches of a script, those within others too.
pub fn branches(items: &[Item]) -> Vec<&Branch> {
    let mut all = Vec::new();
    for item in items {
        if let Item::Choice(ways) = item {
            for way in ways {
                all.push(way);
                all.extend(branches(&way.items));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(labels: &[&str]) -> Item {
        let way = |label: &&str| Branch {
            label: (*label).to_owned(),
            items: vec![Item::Say(Speech { text: (*label).to_owned(), ..Speech::default() })],
            ..Branch::default()
        };
        Item::Choice(labels.iter().map(way).collect())
    }

    #[test]
    fn every_path_is_taken_once() {
        let items = [choice(&["a", "b"]), choice(&["1", "2", "3"])];
        let found = paths(&items, 64);
        let steps: Vec<String> = found.taken.iter().map(|p| p.steps.concat()).collect();
        assert_eq!(steps, ["a1", "a2", "a3", "b1", "b2", "b3"]);
        assert_eq!((found.all, found.left_out), (6, 0));
    }

    #[test]
    fn too_many_paths_are_cut_and_still_cover_the_branches() {
        let items: Vec<Item> = (0..70).map(|_| choice(&["a", "b", "c"])).collect();
        let found = paths(&items, 8);
        assert_eq!(found.all, u64::MAX);
        assert_eq!(found.left_out, 0);
        assert_eq!(found.taken.len(), 8);
    }

    #[test]
    fn paths_of_days_are_cut_to_few() {
        let say = Item::Say(Speech { text: "word ".repeat(A_PATH), ..Speech::default() });
        let mut items = vec![say];
        items.extend((0..5).map(|_| choice(&["a", "b"])));
        let found = paths(&items, 64);
        assert_eq!((found.taken.len(), found.all, found.left_out), (12, 32, 0));
        assert!(found.too_long);
    }
}
