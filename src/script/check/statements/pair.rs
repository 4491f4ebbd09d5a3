//! Which part of the new state was which part of the old one: by its condition, by what is said in it, by what it
//! stands in. A branch that was renamed, moved or rewritten is still that branch.

use super::part::Part;
use crate::script::check::similar::{LONGEST_NAME, pair_up};
use std::collections::BTreeSet;

/// Parts that are less alike than this are two.
const ALIKE: f64 = 0.5;

/// More pairs of parts than this are laid side by side by their conditions alone.
const MOST_PAIRS: usize = 40_000;

/// For each old part its successor, by its number.
pub fn successors(new: &[Part], old: &[Part]) -> Vec<Option<usize>> {
    let mut found = vec![None; old.len()];
    if old.is_empty() || new.is_empty() {
        return found;
    }
    found[0] = Some(0);
    let bags = |parts: &[Part]| -> Vec<BTreeSet<String>> { parts.iter().map(words).collect() };
    let (new_words, old_words) = (bags(new), bags(old));
    let whole = new.len().saturating_mul(old.len()) <= MOST_PAIRS;
    let mut near = Vec::new();
    for n in 1..new.len() {
        for o in 1..old.len() {
            let same = new[n].label == old[o].label;
            if !whole && !same {
                continue;
            }
            let name = if same { 1.0 } else { nearness(&new[n].label, &old[o].label) };
            let said = likeness(&new_words[n], &old_words[o]);
            if name < 0.6 && said < ALIKE {
                continue;
            }
            let around = if whole { nearness(&new[new[n].parent].label, &old[old[o].parent].label) } else { 0.0 };
            let under = if new[n].under == old[o].under { 0.05 } else { 0.0 };
            near.push((name + 1.5 * said + 0.3 * around + under, n, o));
        }
    }
    for (n, o) in pair_up(near) {
        found[o] = Some(n);
    }
    found
}

fn nearness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    if one.len().max(other.len()) > LONGEST_NAME {
        return 0.0;
    }
    strsim::normalized_levenshtein(&one.to_lowercase(), &other.to_lowercase())
}

/// The words of a part that somebody would know it by.
fn words(part: &Part) -> BTreeSet<String> {
    let all = part.sentences.iter().flat_map(|s| &s.words);
    all.filter(|w| w.chars().count() > 2).cloned().collect()
}

fn likeness(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let shared = one.intersection(other).count();
    2.0 * shared as f64 / (one.len() + other.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::super::part::Sentence;
    use super::super::wording;
    use super::*;

    fn part(label: &str, said: &str) -> Part {
        let sentence = Sentence { words: wording::words(said), ..Sentence::default() };
        Part { label: label.to_owned(), sentences: vec![sentence], ..Part::default() }
    }

    #[test]
    fn a_branch_is_known_by_its_name_or_by_its_words() {
        let old =
            [part("", ""), part("If lost", "The parcel is lost, a new one leaves tonight."), part("If yes", "Fine.")];
        let renamed = [
            part("", ""),
            part("If yes", "Good."),
            part("No trace of it", "The parcel is lost, a new one leaves tonight."),
        ];
        assert_eq!(successors(&renamed, &old), [Some(0), Some(2), Some(1)]);
        let gone = [part("", ""), part("When it rains", "Take an umbrella.")];
        assert_eq!(successors(&gone, &old), [Some(0), None, None]);
    }
}
