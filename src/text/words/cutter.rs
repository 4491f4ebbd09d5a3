//! The short way through a text: plain words with white space or the usual marks behind them, as most are.

use super::other::Cut;
use super::stops::may_be_abbreviation;
use super::{Gap, KEYED, Key, Kind, Piece, Spans, Traits};
use std::ops::Range;

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
    pub fn new(text: &'t str, spans: &'t Spans) -> Self {
        Cutter { text, spans, from: 0, to: 0, at: 0, word: 0, before: Traits::default() }
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
            *piece = Piece { key, start, end, traits: before };
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
        let mut other =
            Cut { text: self.text, from: self.from, to: self.to, gap: self.before.gap(), asked: self.before.asked() };
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
            key: if is_plain { Key::of(word) } else { Key::default() },
            start: start as u32,
            end: end as u32,
            traits: Traits::new(gap, kind, asked),
        };
        Some(piece)
    }
}

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
            parts[len] = if len < 8 { [low, 0, on_top, 0] } else { [low, high, 0, on_top] };
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
    let key = Key { low: first & low | low_len, high: second & high | high_len };
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
