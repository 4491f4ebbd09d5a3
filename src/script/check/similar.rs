//! How alike two names are, or what is said in two scripts, and which new one is taken for which old one.

use super::checked::CheckedScript;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// Names that are nearer than this are those of one branch, reworded (1 is the same).
const ALIKE: f64 = 0.6;

/// Longer names, in bytes, are those of very many branches: comparing them letter by letter would take for ever.
pub const LONGEST_NAME: usize = 600;

/// How near a name is to another one, if it may be the same, reworded.
pub fn reworded_nearness(one: &str, other: &str) -> Option<f64> {
    if one.len().max(other.len()) > LONGEST_NAME {
        return None;
    }
    let near = strsim::normalized_levenshtein(&one.to_lowercase(), &other.to_lowercase());
    (near >= ALIKE).then_some(near)
}

/// The pairs of a new and an old thing that belong together, the nearest first; each thing is in one pair at most.
pub fn pair_up(mut near: Vec<(f64, usize, usize)>) -> Vec<(usize, usize)> {
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut news, mut olds) = (BTreeSet::new(), BTreeSet::new());
    near.retain(|&(_, new, old)| {
        let free = !news.contains(&new) && !olds.contains(&old);
        free && news.insert(new) && olds.insert(old)
    });
    near.into_iter().map(|(_, new, old)| (new, old)).collect()
}

/// What is said in a script, two words at a time.
pub fn pairs_of_words(script: &CheckedScript) -> BTreeSet<u64> {
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let mut pairs = BTreeSet::new();
    // Paths share most of their turns.
    let mut seen = BTreeSet::new();
    for path in &script.paths {
        for turn in &path.call.turns {
            let text = &path.call.text()[turn.text.start as usize..turn.text.end as usize];
            if !seen.insert(text) {
                continue;
            }
            let words: Vec<String> =
                text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
            pairs.extend(words.windows(2).map(|two| hasher.hash_one(two)));
            // A turn of one word has no pair.
            if let [one] = words.as_slice() {
                pairs.insert(hasher.hash_one(one));
            }
        }
    }
    pairs
}

/// How much two sets share, 1 for all (Dice's coefficient).
pub fn likeness(one: &BTreeSet<u64>, other: &BTreeSet<u64>) -> f64 {
    let (less, more) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let shared = less.iter().filter(|pair| more.contains(pair)).count();
    2.0 * shared as f64 / (one.len() + other.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_are_paired_and_each_only_once() {
        let near = vec![(0.7, 0, 0), (0.9, 1, 0), (0.8, 1, 1), (0.7, 0, 1), (0.6, 2, 1)];
        assert_eq!(pair_up(near), [(1, 0), (0, 1)]);
        assert_eq!(pair_up(vec![(0.5, 1, 1), (0.5, 0, 1)]), [(0, 1)], "of equals the first");
    }

    #[test]
    fn a_name_is_known_again_when_little_of_it_changed() {
        let is = |one: &str, other: &str| reworded_nearness(one, other).is_some();
        assert!(is("If the customer is upset", "IF THE CALLER IS UPSET"));
        assert!(!is("If the customer is upset", "If yes"));
        let long = "x".repeat(LONGEST_NAME + 1);
        assert!(!is(&long, &long), "so long a name is not compared letter by letter");
    }
}
