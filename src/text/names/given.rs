//! Given names as data, `rules/given-names.txt`: what tells a name where no capital does.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

static NAMES: &str = include_str!("../../../rules/given-names.txt");

/// What a word that may be a given name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// Hardly ever anything but a name.
    Name,
    /// A word or a place as well: "grace", "jordan".
    AlsoWord,
}

/// The lines of the file: what their words are, and these.
fn lines() -> impl Iterator<Item = (Given, std::str::SplitWhitespace<'static>)> {
    NAMES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| match line.strip_prefix("also:") {
            Some(words) => (Given::AlsoWord, words.split_whitespace()),
            None => (Given::Name, line.split_whitespace()),
        })
}

/// What a word, lower case, is as a given name.
pub(super) fn given(word: &str) -> Option<Given> {
    static TABLE: OnceLock<FxHashMap<&str, Given>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        lines()
            .flat_map(|(kind, words)| words.map(move |word| (word, kind)))
            .collect()
    });
    table.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::names::lists::{LEADS_TO, NOT_NAMES, TALKED_ABOUT};
    use std::collections::BTreeSet;

    #[test]
    fn a_name_stands_once_in_lower_case_and_is_no_word_of_grammar() {
        let mut seen = BTreeSet::new();
        for (kind, words) in lines() {
            for word in words {
                assert!(seen.insert(word), "`{word}` stands twice");
                assert_eq!(word, word.to_lowercase(), "`{word}`");
                let grammar = [NOT_NAMES, TALKED_ABOUT, LEADS_TO]
                    .iter()
                    .any(|list| list.contains(&word));
                assert!(kind == Given::AlsoWord || !grammar, "`{word}` is a word");
            }
        }
    }

    #[test]
    fn names_of_many_places_are_known() {
        for name in [
            "maria",
            "helena",
            "rajesh",
            "yusuf",
            "chloe",
            "oluwaseun",
            "yuki",
            "siobhan",
        ] {
            assert_eq!(given(name), Some(Given::Name), "{name}");
        }
        assert_eq!(given("grace"), Some(Given::AlsoWord));
        assert_eq!(given("refund"), None);
    }
}
