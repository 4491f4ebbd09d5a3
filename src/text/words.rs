//! Words: cuts a turn into tokens that point into the original text.
//!
//! One pass over the bytes, no allocation: a word of up to 15 ASCII letters is looked up by its lower-cased bytes as one
//! number. What a word may stand for is [`super::tagger::Tagger`]'s business; here is only where words begin and end.

mod other;
mod spans;
mod stops;

use other::Cut;
pub use spans::Spans;
use std::ops::Range;
use stops::may_be_abbreviation;

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
    #[must_use]
    pub fn of(word: &[u8]) -> Key {
        let mut bytes = [0; 16];
        if word.is_empty() || word.len() > KEYED || !word.is_ascii() {
            return Key::default();
        }
        bytes[..word.len()].copy_from_slice(word);
        bytes.make_ascii_lowercase();
        bytes[if word.len() < 8 { 7 } else { 15 }] = word.len() as u8;
        let both = u128::from_le_bytes(bytes);
        Key {
            low: both as u64,
            high: (both >> 64) as u64,
        }
    }

    /// It is no key.
    #[must_use]
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
    #[must_use]
    pub const fn gap(self) -> Gap {
        match self.0 & GAP {
            0 => Gap::Space,
            1 => Gap::Comma,
            2 => Gap::Stop,
            _ => Gap::Line,
        }
    }

    /// A mark or a line break before it ends a sentence.
    #[must_use]
    pub const fn stops(self) -> bool {
        self.0 & Gap::Stop as u32 != 0
    }

    /// What it is made of.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match (self.0 / KIND) & 3 {
            0 => Kind::Word,
            1 => Kind::Marker,
            _ => Kind::Noise,
        }
    }

    /// It is a [`Kind::Marker`].
    #[must_use]
    pub const fn is_marker(self) -> bool {
        self.0 & (Kind::Marker as u32 * KIND) != 0
    }

    /// The mark before it was a question mark: of the sentence before, that is.
    #[must_use]
    pub const fn asked(self) -> bool {
        self.0 & ASKED != 0
    }

    /// It is no word, or was asked before: neither is common.
    #[must_use]
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

/// A place between two pieces of a range of text.
#[derive(Clone, Copy, Debug)]
pub struct Cutter<'t> {
    text: &'t str,
    spans: &'t Spans,
    from: usize,
    to: usize,
    at: usize,
    /// The first plain word that ends behind the place.
    word: usize,
    /// What it tells of the next piece, if that is a word.
    before: Traits,
}

impl<'t> Cutter<'t> {
    /// Before the first piece of a text whose plain words are known.
    #[must_use]
    pub fn new(text: &'t str, spans: &'t Spans) -> Self {
        Cutter {
            text,
            spans,
            from: 0,
            to: 0,
            at: 0,
            word: 0,
            before: Traits::default(),
        }
    }

    /// Goes to a range that begins not before the last one ended.
    pub fn go_to(&mut self, range: Range<usize>) {
        self.word = self.spans.behind(range.start as u32, self.word);
        (self.from, self.at, self.to) = (range.start, range.start, range.end);
        self.before = Traits::default();
    }

    /// Cuts on, into the first places of `pieces`: how many were filled. Fewer than there are say that nothing is left.
    pub fn fill(&mut self, pieces: &mut [Piece]) -> usize {
        let mut filled = 0;
        loop {
            filled += self.plain_words(&mut pieces[filled..]);
            if filled == pieces.len() || self.at >= self.to {
                return filled;
            }
            if let Some(other) = self.other_piece() {
                pieces[filled] = other;
                filled += 1;
            }
            self.word = self.spans.behind(self.at as u32, self.word);
        }
    }

    /// Cuts on as long as plain words follow, with a space, or a mark and a space, after them: most are.
    #[inline]
    fn plain_words(&mut self, pieces: &mut [Piece]) -> usize {
        let bytes = self.text.as_bytes();
        // A line break behind the range ends its last word, so that no place need be held against the end: what cannot
        // be looked at in one piece within these bytes is left.
        let sure = match bytes.get(self.to) {
            Some(b'\n') => self.to + NEAR - 1,
            _ => self.to,
        };
        let bytes = bytes.get(..sure).unwrap_or(bytes);
        let words = self.spans.words().get(self.word..).unwrap_or_default();
        let (mut at, mut before) = (self.at as u32, self.before);
        let mut filled = 0;
        for (piece, &[start, end]) in pieces.iter_mut().zip(words) {
            if start != at {
                break;
            }
            let Some((key, byte, next)) = plain_word(bytes, start as usize, end - start) else {
                break;
            };
            let mark = MARKS[usize::from(byte)];
            let both = mark & AFTER[usize::from(next)];
            if both & (ENDS | ENDS_BEFORE_WHITE) == 0 {
                break;
            }
            *piece = Piece {
                key,
                start,
                end,
                traits: before,
            };
            filled += 1;
            at = end + u32::from(mark & PASSED) + u32::from((both / MARK) & 1);
            before = Traits(u32::from(mark >> BEFORE));
            if byte == b'.' && may_be_abbreviation(key) {
                (at, before) = (end, Traits::default());
                break;
            }
        }
        self.word += filled;
        (self.at, self.before) = (at as usize, before);
        filled
    }

    /// What stands from a place on that is no plain word with white space or the usual marks after it.
    #[inline(never)]
    fn other_piece(&mut self) -> Option<Piece> {
        let mut other = Cut {
            text: self.text,
            from: self.from,
            to: self.to,
            gap: self.before.gap(),
            asked: self.before.asked(),
        };
        let start = self.at;
        let (end, kind) = other.other(start);
        self.at = end;
        let (gap, asked) = (other.gap, other.asked);
        let Some(kind) = kind else {
            self.before = Traits::new(gap, Kind::Word, asked);
            return None;
        };
        self.before = Traits::default();
        let word = &self.text.as_bytes()[start..end];
        // Numbers are too many to be known each.
        let is_plain = kind == Kind::Word && !word[0].is_ascii_digit();
        let piece = Piece {
            key: if is_plain {
                Key::of(word)
            } else {
                Key::default()
            },
            start: start as u32,
            end: end as u32,
            traits: Traits::new(gap, kind, asked),
        };
        Some(piece)
    }
}

/// All pieces of a range of text.
#[must_use]
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

/// Bytes that one look takes in: a word that has a key, and what tells whether it ends there.
const NEAR: usize = KEYED + 3;

/// Of a plain word at a place, of so many letters, its key and the two bytes behind it; none where it is too long for
/// one, or too near the end of the text to be looked at in one piece.
#[inline]
fn plain_word(bytes: &[u8], at: usize, len: u32) -> Option<(Key, u8, u8)> {
    /// Per length: the bytes of a word in the two halves of its key, and its length where it stands there.
    const PARTS: [[u64; 4]; KEYED + 1] = {
        let mut parts = [[0; 4]; KEYED + 1];
        let mut len = 1;
        while len <= KEYED {
            let within = (1_u128 << (8 * len)) - 1;
            let (low, high) = (within as u64, (within >> 64) as u64);
            let on_top = (len as u64) << 56;
            parts[len] = if len < 8 {
                [low, 0, on_top, 0]
            } else {
                [low, high, 0, on_top]
            };
            len += 1;
        }
        parts
    };
    let near: &[u8; NEAR] = bytes.get(at..at + NEAR)?.first_chunk()?;
    let len = len as usize;
    let [low, high, low_len, high_len] = *PARTS.get(len)?;
    let [first, second] = [0, 8].map(|k| {
        let eight: [u8; 8] = std::array::from_fn(|n| near[k + n]);
        // In lower case: letters are, and an apostrophe stays what it is.
        u64::from_le_bytes(eight) | 0x2020_2020_2020_2020
    });
    let key = Key {
        low: first & low | low_len,
        high: second & high | high_len,
    };
    Some((key, near[len], near[len + 1]))
}

/// It is passed: a 1, to be added.
const PASSED: u16 = 1;
/// A space behind it is passed, too.
const MARK: u16 = 2;
/// A word ends before it if white space stands behind it: "3:30" and "p.m." go on.
const ENDS_BEFORE_WHITE: u16 = 4;
/// A word ends before it whatever stands behind it.
const ENDS: u16 = 8;
/// From this bit on: what it tells of the word behind it.
const BEFORE: u32 = 8;

/// What a byte behind a word says.
static MARKS: [u16; 256] = {
    const fn mark(bits: u16, gap: Gap, asked: bool) -> u16 {
        let before = Traits::new(gap, Kind::Word, asked).0 as u16;
        before << BEFORE | bits | MARK | PASSED
    }
    let mut table = [0; 256];
    table[b' ' as usize] = ENDS | PASSED;
    table[b',' as usize] = mark(ENDS_BEFORE_WHITE, Gap::Comma, false);
    table[b'.' as usize] = mark(ENDS_BEFORE_WHITE, Gap::Stop, false);
    table[b'!' as usize] = mark(ENDS, Gap::Stop, false);
    table[b'?' as usize] = mark(ENDS, Gap::Stop, true);
    table[b':' as usize] = ENDS_BEFORE_WHITE;
    table[b'\n' as usize] = ENDS;
    table[b';' as usize] = ENDS;
    table[b'"' as usize] = ENDS;
    table[b')' as usize] = ENDS;
    table
};

/// What the byte behind that one lets it say.
static AFTER: [u16; 256] = {
    let mut table = [ENDS; 256];
    table[b' ' as usize] = ENDS | ENDS_BEFORE_WHITE | MARK;
    table[b'\n' as usize] = ENDS | ENDS_BEFORE_WHITE;
    table
};

/// Whether a curly apostrophe begins a clitic, `’m`, and is not a closing quote.
fn quoted_clitic(text: &str, at: usize, to: usize) -> bool {
    text[at + '\u{2019}'.len_utf8()..to].starts_with(|c: char| c.is_alphabetic())
}

/// The bytes that go on with a word wherever they stand.
static IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        table[b] = c.is_ascii_alphanumeric() || matches!(c, b'_' | b'@' | b'%');
        b += 1;
    }
    table
};

/// Where a word that begins with a letter or digit at `at` ends. Most end at white space, or at a mark before white
/// space; those take the short way.
#[inline]
fn plain_end(text: &str, at: usize, to: usize) -> usize {
    let bytes = &text.as_bytes()[..to];
    let mut end = at + 1;
    while end < bytes.len() && IN_WORD[usize::from(bytes[end])] {
        end += 1;
    }
    match bytes.get(end) {
        None | Some(b' ' | b'\n' | b'?' | b'!' | b';' | b'"' | b')') => end,
        Some(b',' | b'.' | b':') if matches!(bytes.get(end + 1), None | Some(b' ' | b'\n')) => end,
        _ => word_end(text, at, to),
    }
}

/// Where the word that holds the byte before or at `at` ends.
fn word_end(text: &str, mut at: usize, to: usize) -> usize {
    let bytes = text.as_bytes();
    let from = at;
    let letter = |i: usize| i < to && (bytes[i].is_ascii_alphanumeric() || bytes[i] >= 0x80);
    let digit = |i: usize| i < to && bytes[i].is_ascii_digit();
    while at < to {
        // Nearly every byte of a word is one of these.
        while at < to && IN_WORD[usize::from(bytes[at])] {
            at += 1;
        }
        if at == to {
            break;
        }
        match bytes[at] {
            b'\'' if at + 1 < to && bytes[at + 1].is_ascii_alphabetic() => at += 1,
            b'.' if digit(at + 1) && at > from && bytes[at - 1].is_ascii_digit() => at += 1,
            // "p.m.", "example.com", but not "help.Thank you".
            b'.' if at + 1 < to && bytes[at + 1].is_ascii_lowercase() && at > from => at += 1,
            b'.' if at > from
                && bytes[at - 1].is_ascii_uppercase()
                && at + 1 < to
                && bytes[at + 1].is_ascii_uppercase() =>
            {
                at += 1;
            }
            b',' | b':' | b'/' if digit(at + 1) && at > from && bytes[at - 1].is_ascii_digit() => {
                at += 1;
            }
            b':' if text[at..to].starts_with("://") => {
                return at
                    + text[at..to]
                        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '>' | ')'))
                        .unwrap_or(to - at);
            }
            b'&' if letter(at + 1) => at += 1,
            b if b < 0x80 => return at,
            _ => {
                let Some(c) = text[at..to].chars().next() else {
                    return at;
                };
                if c == '\u{2019}' {
                    if !quoted_clitic(text, at, to) {
                        return at;
                    }
                } else if !c.is_alphanumeric()
                    && !matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}')
                {
                    return at;
                }
                at += c.len_utf8();
            }
        }
    }
    at
}

/// Where the marker that opens at `at` ends: on the same line, not far, not nested but for `{{name}}`.
fn marker_end(bytes: &[u8], at: usize) -> Option<usize> {
    const FARTHEST: usize = 48;
    let (open, close) = match bytes[at] {
        b'[' => (b'[', b']'),
        b'{' => (b'{', b'}'),
        _ => (b'<', b'>'),
    };
    let doubled = bytes.get(at + 1) == Some(&open) && open != b'<';
    let inside = at + 1 + usize::from(doubled);
    let starts_well = bytes.get(inside).is_some_and(|b| {
        b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b' ') || *b >= 0x80
    });
    if !starts_well || (open == b'<' && bytes.get(inside) == Some(&b' ')) {
        return None;
    }
    let near = &bytes[inside..bytes.len().min(inside + FARTHEST)];
    let len = near
        .iter()
        .position(|&b| b == close || b == b'\n' || b == open)?;
    if near[len] != close {
        return None;
    }
    let end = inside + len + 1;
    Some(if doubled && bytes.get(end) == Some(&close) {
        end + 1
    } else {
        end
    })
}

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
        assert_eq!(
            words("I’m at example.com, Mr. O'Brien!"),
            ["I’m", "at", "example.com", "Mr", "O'Brien"]
        );
        assert_eq!(
            words("see https://a.example/x?y=1. Then 24/7, 3:30 p.m."),
            [
                "see",
                "https://a.example/x?y=1.",
                "Then",
                "24/7",
                "3:30",
                "p.m"
            ]
        );
        assert_eq!(
            words("follow-up 'n' £1,200.50 José"),
            ["follow", "up", "'n", "£1,200.50", "José"]
        );
        assert_eq!(
            words("[NAME], {{name}} <unk> #### ___"),
            ["[NAME]", "{{name}}", "<unk>", "####", "___"]
        );
        assert_eq!(
            words("i 'm do n't 'cause"),
            ["i", "'m", "do", "n't", "'cause"]
        );
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
