//! Classes of words for learned weights: "tablet" and "inhaler" are both `~medicine`, so that a weight learned from one
//! holds for the other. The classes are data: `rules/learned/classes.txt`.

use super::fold;
use super::fold::stem;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

static CLASSES: &str = include_str!("../../rules/learned/classes.txt");

/// The lines of the file: a class, with its sign, and its words.
fn lines() -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    let told = |line: &'static str| !line.starts_with('#') && !line.trim().is_empty();
    CLASSES
        .lines()
        .filter(move |l| told(l))
        .filter_map(|l| l.split_once(':'))
        .map(|(name, words)| (name, words.split_whitespace()))
}

/// The class of a stem, with its sign: `~medicine`.
#[must_use]
pub fn class(of: &str) -> Option<&'static str> {
    static TABLE: OnceLock<FxHashMap<String, String>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = FxHashMap::default();
        for (name, words) in lines() {
            for word in words {
                let stem = stem(&fold::spelling(word));
                table.entry(stem).or_insert_with(|| format!("~{name}"));
            }
        }
        table
    });
    table.get(of).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_word_is_in_one_class() {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for (name, words) in lines() {
            for word in words {
                if let Some(other) = seen.insert(stem(&fold::spelling(word)), name) {
                    assert_eq!(other, name, "`{word}` is in two classes");
                }
            }
        }
    }

    #[test]
    fn forms_of_a_word_share_its_class() {
        assert_eq!(class(&stem("recommending")), Some("~advise"));
        assert_eq!(class(&stem("tablets")), Some("~medicine"));
        assert_eq!(class("the"), None);
    }
}
