//! The words of a text, as names are looked for among them.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A word of letters, with the apostrophes inside it.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\pL+(?:['’]\pL+)*").ok());

/// A word of a text, as it is compared.
pub(super) struct Word<'t> {
    pub at: Range<usize>,
    pub text: &'t str,
    /// Lower case, no possessive, one kind of apostrophe.
    pub name: String,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let found = WORD.iter().flat_map(|r| r.find_iter(text));
    found
        .map(|found| {
            let bare = found.as_str();
            let possessive = ["'s", "’s", "'S", "’S"];
            let bare = possessive.iter().find_map(|s| bare.strip_suffix(s)).unwrap_or(bare);
            Word {
                at: found.start()..found.start() + bare.len(),
                text: bare,
                name: bare.to_lowercase().replace('’', "'"),
            }
        })
        .collect()
}

/// Whether what stands behind this text begins a sentence.
pub(super) fn begins_sentence(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|c| matches!(c, '.' | '?' | '!' | '\n' | '"' | '“'))
}
