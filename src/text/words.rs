//! Words: cuts a turn into tokens that point into the original text.
//!
//! One pass over the bytes, no allocation: a word of up to 15 ASCII letters is looked up by its lower-cased bytes as one
//! number. What a word may stand for is [`super::tagger::Tagger`]'s business; here is only where words begin and end.

mod cutter;
mod other;
mod spans;
mod stops;

pub use cutter::Cutter;
pub use spans::Spans;
use std::ops::Range;

/// What stands between a token and the one before it in the turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// White space, quotes, brackets, a hyphen.
    #[default]
    Space = 0,
    /// A comma, a semicolon, a colon, a dash, dots that trail off.
    Comma = 1,
    /// A full stop, a question mark, an exclamation mark.
    Stop = 2,
    /// A line break.
    Line = 3,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A word or a number: it counts as a word.
    #[default]
    Word = 0,
    /// `[NAME]`, `{order}`, `####`, `___`: stands for something.
    Marker = 1,
    /// `[noise]`, `<unk>`, a word broken off with a hyphen: stands for nothing.
    Noise = 2,
}

/// The lower-cased bytes of a plain word of up to fifteen letters, as two numbers: nothing else says so quickly whether
/// two words are one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Key {
    /// The first eight bytes; of a shorter word, its length on top. 0 if the word is no plain one.
    pub low: u64,
    /// The others with the length on top; 0 for a word of up to seven letters.
    pub high: u64,
}

impl Key {
    /// The key of a word; none, that is 0, for a longer one, or one that is not all ASCII.
    pub fn of(word: &[u8]) -> Key {
        let mut bytes = [0; 16];
        if word.is_empty() || word.len() > KEYED || !word.is_ascii() {
            return Key::default();
        }
        bytes[..word.len()].copy_from_slice(word);
        bytes.make_ascii_lowercase();
        bytes[if word.len() < 8 { 7 } else { 15 }] = word.len() as u8;
        let both = u128::from_le_bytes(bytes);
        Key { low: both as u64, high: (both >> 64) as u64 }
    }

    /// It is no key.
    pub fn is_none(self) -> bool {
        self.low == 0
    }
}

/// What is told of a piece in a few bits: those that its place tells, and those that its word does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u32);

/// The bits of a [`Gap`]; the upper one says that a sentence ends.
const GAP: u32 = 3;
/// The lowest bit of a [`Kind`].
const KIND: u32 = 1 << 2;
/// The mark before was a question mark.
const ASKED: u32 = 1 << 4;

impl Traits {
    /// The lowest bit of what is free for others to say.
    pub const FREE: u32 = 8;

    const fn new(gap: Gap, kind: Kind, asked: bool) -> Traits {
        Traits(gap as u32 | (kind as u32 * KIND) | (asked as u32 * ASKED))
    }

    /// What a word tells wherever it stands: bits from [`Self::FREE`] on.
    pub(super) const fn of_word(bits: u32) -> Traits {
        Traits(bits)
    }

    /// What the place and the word tell.
    pub(super) const fn and(self, word: Traits) -> Traits {
        Traits(self.0 | word.0)
    }

    /// All bits.
    pub(super) const fn bits(self) -> u32 {
        self.0
    }

    /// What stands before.
    pub const fn gap(self) -> Gap {
        match self.0 & GAP {
            0 => Gap::Space,
            1 => Gap::Comma,
            2 => Gap::Stop,
            _ => Gap::Line,
        }
    }

    /// A mark or a line break before it ends a sentence.
    pub const fn stops(self) -> bool {
        self.0 & Gap::Stop as u32 != 0
    }

    /// What it is made of.
    pub const fn kind(self) -> Kind {
        match (self.0 / KIND) & 3 {
            0 => Kind::Word,
            1 => Kind::Marker,
            _ => Kind::Noise,
        }
    }

    /// It is a [`Kind::Marker`].
    pub const fn is_marker(self) -> bool {
        self.0 & (Kind::Marker as u32 * KIND) != 0
    }

    /// The mark before it was a question mark: of the sentence before, that is.
    pub const fn asked(self) -> bool {
        self.0 & ASKED != 0
    }

    /// It is no word, or was asked before: neither is common.
    pub const fn is_rare(self) -> bool {
        self.0 & ((3 * KIND) | ASKED) != 0
    }
}

/// A piece of text between white space and punctuation, as bytes of the whole text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// What word it is, if it is a plain one.
    pub key: Key,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What its place tells.
    pub traits: Traits,
}

/// All pieces of a range of text.
pub fn pieces(text: &str, range: Range<usize>) -> Vec<Piece> {
    let mut spans = Spans::default();
    spans.find(text);
    let mut cutter = Cutter::new(text, &spans);
    cutter.go_to(range);
    let (mut block, mut all) = ([Piece::default(); 64], Vec::new());
    loop {
        let filled = cutter.fill(&mut block);
        all.extend_from_slice(&block[..filled]);
        if filled < block.len() {
            return all;
        }
    }
}

/// The longest word that has a [`Key`].
pub const KEYED: usize = 15;

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_part(text: &str, from: usize, to: usize) -> Vec<(&str, Gap)> {
        let written = |p: Piece| (&text[p.start as usize..p.end as usize], p.traits.gap());
        pieces(text, from..to).into_iter().map(written).collect()
    }

    fn words(text: &str) -> Vec<&str> {
        let all = cut_part(text, 0, text.len());
        all.into_iter().map(|(w, _)| w).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(words("I’m at example.com, Mr. O'Brien!"), ["I’m", "at", "example.com", "Mr", "O'Brien"]);
        assert_eq!(
            words("see https://a.example/x?y=1. Then 24/7, 3:30 p.m."),
            ["see", "https://a.example/x?y=1.", "Then", "24/7", "3:30", "p.m"]
        );
        assert_eq!(words("follow-up 'n' £1,200.50 José"), ["follow", "up", "'n", "£1,200.50", "José"]);
        assert_eq!(words("[NAME], {{name}} <unk> #### ___"), ["[NAME]", "{{name}}", "<unk>", "####", "___"]);
        assert_eq!(words("i 'm do n't 'cause"), ["i", "'m", "do", "n't", "'cause"]);
    }

    #[test]
    fn gaps_know_stops_from_abbreviations() {
        let gap = |text: &str, k: usize| cut_part(text, 0, text.len())[k].1;
        assert_eq!(gap("Mr. Flores", 1), Gap::Space);
        assert_eq!(gap("at 5 p.m. today", 3), Gap::Space);
        assert_eq!(gap("at 5 p.m. Thank you", 3), Gap::Stop);
        assert_eq!(gap("No. Thanks", 1), Gap::Stop);
        assert_eq!(gap("No. 5", 1), Gap::Space);
        assert_eq!(gap("well... okay", 1), Gap::Comma);
        assert_eq!(gap("Well... Okay", 1), Gap::Stop);
        assert_eq!(gap("help.Thank you", 1), Gap::Stop);
        assert_eq!(gap("J. Smith", 1), Gap::Space);
        assert_eq!(gap("yes\nno", 1), Gap::Line);
        assert_eq!(gap("wait — what", 1), Gap::Comma);
    }

    #[test]
    fn nothing_outside_the_range_is_read() {
        assert_eq!(cut_part("abc def ghi", 4, 7), [("def", Gap::Space)]);
        assert_eq!(cut_part("abc def. ghi", 4, 7), [("def", Gap::Space)]);
    }
}
