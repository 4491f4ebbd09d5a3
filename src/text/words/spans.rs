//! Where the plain words of a text stand: runs of ASCII letters, with an apostrophe between two of them.
//!
//! Sixty-four bytes are looked at together, a bit each, before anything is asked of a single one: where a word ends does
//! not wait for where the one before it ended.

use crate::text::bits::having;

/// The plain words of a text, in order.
#[derive(Clone, Debug, Default)]
pub struct Spans {
    /// First bytes. Behind as many as there are words stands what an earlier text left.
    starts: Vec<u32>,
    /// One past the last bytes.
    ends: Vec<u32>,
    count: usize,
}

/// What a byte is, as flags.
const LETTER: u8 = 1;
const QUOTE: u8 = 2;

const BLOCK: usize = 64;

impl Spans {
    /// Finds the plain words of another text.
    pub fn find(&mut self, text: &str) {
        // No word without a letter, and none directly behind another.
        let most = text.len() / 2 + 1;
        if self.starts.len() < most {
            self.starts.resize(most, 0);
            self.ends.resize(most, 0);
        }
        let (mut started, mut ended) = (0, 0);
        // Of the block before: its letters, and its apostrophes behind one. Whether those stand between two is told by
        // the first byte of the next block, so that each block is looked at when the next one is known.
        let (mut letters, mut quotes) = looked_at(text.as_bytes().get(..BLOCK), text.as_bytes());
        let (mut before, mut in_word, mut at) = (0, 0, 0);
        loop {
            let rest = text.as_bytes().get(at + BLOCK..).unwrap_or_default();
            let (next, next_quotes) = looked_at(rest.get(..BLOCK), rest);
            let between = quotes & (letters << 1 | before >> 63) & (letters >> 1 | next << 63);
            let words = letters | between;
            let behind = words << 1 | in_word;
            started = write(&mut self.starts, started, words & !behind, at);
            ended = write(&mut self.ends, ended, !words & behind, at);
            in_word = words >> 63;
            at += BLOCK;
            if at > text.len() {
                self.count = ended;
                return;
            }
            (before, letters, quotes) = (letters, next, next_quotes);
        }
    }

    /// The word with a number: its first byte, and one past its last.
    #[inline]
    #[must_use]
    pub fn word(&self, number: usize) -> Option<(u32, u32)> {
        let ends = self.ends.get(..self.count)?;
        Some((*self.starts.get(number)?, *ends.get(number)?))
    }

    /// The number of the first word that ends behind a place, from a number on that is not beyond it.
    #[must_use]
    pub fn behind(&self, place: u32, from: usize) -> usize {
        let near = self.ends[from..self.count]
            .iter()
            .take_while(|end| **end <= place);
        from + near.count()
    }
}

/// Writes where the bits stand, counted from `first` on, at the place `to` and behind it; the place behind the last.
#[inline]
fn write(places: &mut [u32], mut to: usize, mut set: u64, first: usize) -> usize {
    while set != 0 {
        places[to] = first as u32 + set.trailing_zeros();
        set &= set - 1;
        to += 1;
    }
    to
}

/// Which bytes of a block are letters, and which apostrophes; `rest` is what there is of the last block.
fn looked_at(block: Option<&[u8]>, rest: &[u8]) -> (u64, u64) {
    let mut kinds = [0; BLOCK];
    for (kind, byte) in kinds.iter_mut().zip(block.unwrap_or(rest)) {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        *kind = u8::from(letter) * LETTER | u8::from(*byte == b'\'') * QUOTE;
    }
    (having(&kinds, LETTER), having(&kinds, QUOTE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut spans = Spans::default();
        spans.find(text);
        let all = (0..).map_while(|k| spans.word(k));
        all.map(|(from, to)| &text[from as usize..to as usize])
            .collect()
    }

    #[test]
    fn words_are_runs_of_letters_wherever_they_stand() {
        assert_eq!(
            words("I don't 'know', y'all'd 3rd caf\u{e9}s"),
            ["I", "don't", "know", "y'all'd", "rd", "caf", "s"]
        );
        assert_eq!(words("''a''b'"), ["a", "b"]);
        assert!(words("").is_empty() && words("12 ").is_empty());
        // Every place of a border of blocks within a word with an apostrophe, and at its ends.
        for before in 56..72 {
            let text = format!("{}couldn't stop", " ".repeat(before));
            assert_eq!(words(&text), ["couldn't", "stop"], "{before}");
            assert_eq!(words(&text[..before + 8]), ["couldn't"], "{before}");
            assert_eq!(words(&text[..before + 7]), ["couldn"], "{before}");
        }
    }
}
