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
    NAMES.lines().filter(|line| !line.starts_with('#')).map(|line| match line.strip_prefix("also:") {
        Some(words) => (Given::AlsoWord, words.split_whitespace()),
        None => (Given::Name, line.split_whitespace()),
    })
}

/// The longest name; the tests see to it.
const LONGEST: usize = 16;

/// The names, and a bit for each, several names a bit: most words are told apart by one look.
struct Table {
    names: FxHashMap<&'static str, Given>,
    may_be: Box<[u64; BITS / 64]>,
}

const BITS: usize = 1 << 15;

/// The bit of a word in lower case, with zeros behind it.
fn bit(lower: [u8; LONGEST]) -> usize {
    let mixed = u128::from_le_bytes(lower);
    let folded = (mixed as u64) ^ ((mixed >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 49) as usize
}

/// A word in lower case with zeros behind it, accents taken off; none for one that is longer than any name.
fn lowered(word: &str) -> Option<[u8; LONGEST]> {
    let mut lower = [0; LONGEST];
    if word.is_ascii() {
        lower.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return Some(lower);
    }
    let mut at = 0;
    for c in word.chars().flat_map(char::to_lowercase).map(plain) {
        at += c.encode_utf8(lower.get_mut(at..at + c.len_utf8())?).len();
    }
    Some(lower)
}

/// A letter without its accent, as names of the file are written: "Geneviève" and "Genevieve" are one.
fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ø' | 'ō' => 'o',
        'ù'..='ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ś' | 'š' | 'ş' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        _ => letter,
    }
}

/// What a word is as a given name, in whatever case. This is asked of many words, so that it takes no memory.
pub(super) fn given(word: &str) -> Option<Given> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let lower = lowered(word)?;
    let table = TABLE.get_or_init(|| {
        let mut table = Table { names: FxHashMap::default(), may_be: Box::new([0; BITS / 64]) };
        for (kind, word) in lines().flat_map(|(kind, words)| words.map(move |w| (kind, w))) {
            table.names.insert(word, kind);
            if let Some(bit) = lowered(word).map(bit) {
                table.may_be[bit / 64] |= 1 << (bit % 64);
            }
        }
        table
    });
    let bit = bit(lower);
    if table.may_be[bit / 64] >> (bit % 64) & 1 == 0 {
        return None;
    }
    let len = lower.iter().position(|&b| b == 0).unwrap_or(LONGEST);
    let name = std::str::from_utf8(&lower[..len]).ok()?;
    table.names.get(name).copied()
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
                assert!(word.len() <= LONGEST, "`{word}`");
                let grammar = [NOT_NAMES, TALKED_ABOUT, LEADS_TO].iter().any(|list| list.contains(&word));
                assert!(kind == Given::AlsoWord || !grammar, "`{word}` is a word");
            }
        }
    }

    #[test]
    fn names_of_many_places_are_known() {
        for name in ["maria", "helena", "rajesh", "yusuf", "chloe", "oluwaseun", "yuki", "siobhan"] {
            assert_eq!(given(name), Some(Given::Name), "{name}");
        }
        assert_eq!(given("grace"), Some(Given::AlsoWord));
        assert_eq!(given("refund"), None);
    }
}
