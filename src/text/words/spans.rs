//! Where the plain words of a text stand: runs of ASCII letters, with an apostrophe between two of them.
//!
//! Sixty-four bytes are looked at together, a bit each, before anything is asked of a single one: where a word ends does
//! not wait for where the one before it ended.

use crate::text::bits::turned;

/// The plain words of a text, in order.
#[derive(Clone, Debug, Default)]
pub struct Spans {
    /// First bytes and, one past them, last ones, in turns. Behind those of all words stands what was left there.
    edges: Vec<u32>,
    count: usize,
}

const BLOCK: usize = 64;

/// Edges are written so many at a time, so that how many a block has does not decide where the program goes on.
const TOGETHER: usize = 8;

impl Spans {
    /// Finds the plain words of another text.
    pub fn find(&mut self, text: &str) {
        // No more edges than bytes, and one behind the last.
        let most = text.len() + 2 * BLOCK;
        if self.edges.len() < most {
            self.edges.resize(most, 0);
        }
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        let mut edges = Edges::default();
        for block in blocks {
            edges.go_on(looked_at(block), &mut self.edges);
        }
        edges.go_on(looked_at(&last), &mut self.edges);
        edges.go_on((0, 0), &mut self.edges);
        self.count = edges.filled / 2;
    }

    /// The words, each its first byte and one past its last.
    #[inline]
    pub fn words(&self) -> &[[u32; 2]] {
        let (words, _) = self.edges.as_chunks();
        words.get(..self.count).unwrap_or_default()
    }

    /// The number of the first word that ends behind a place, from a number on that is not beyond it.
    pub fn behind(&self, place: u32, from: usize) -> usize {
        let rest = self.words().get(from..).unwrap_or_default();
        let passed = rest.iter().take_while(|[_, end]| *end <= place);
        from + passed.count()
    }
}

/// Where words begin and end, while they are found.
#[derive(Default)]
struct Edges {
    /// Of the block that was looked at last: its letters, and its apostrophes. Whether those stand between two letters is
    /// told by the first byte of the next block, so that a block's words are known when the next one is.
    letters: u64,
    quotes: u64,
    /// The letters of the block before that.
    before: u64,
    /// 1 if a word goes on from the block before.
    in_word: u64,
    /// Where the block that was looked at last begins; wraps in front of the first.
    at: u32,
    filled: usize,
}

impl Edges {
    /// Adds the edges in the block before the one that is given.
    #[inline]
    fn go_on(&mut self, (letters, quotes): (u64, u64), edges: &mut [u32]) {
        let (here, before) = (self.letters, self.before);
        let between = self.quotes & (here << 1 | before >> 63) & (here >> 1 | letters << 63);
        let words = here | between;
        let mut set = words ^ (words << 1 | self.in_word);
        let room = edges.get_mut(self.filled..).unwrap_or_default();
        self.filled += set.count_ones() as usize;
        let at = self.at.wrapping_sub(BLOCK as u32);
        for together in room.as_chunks_mut::<TOGETHER>().0 {
            for edge in together {
                *edge = at.wrapping_add(set.trailing_zeros());
                set &= set.wrapping_sub(1);
            }
            if set == 0 {
                break;
            }
        }
        self.in_word = words >> 63;
        (self.before, self.letters, self.quotes) = (here, letters, quotes);
        self.at = self.at.wrapping_add(BLOCK as u32);
    }
}

/// Which bytes of a block are letters, and which apostrophes.
#[inline]
fn looked_at(block: &[u8; BLOCK]) -> (u64, u64) {
    /// Of each group of eight bytes a bit of its own, so that all groups fit in one another.
    const GROUPS: [u8; BLOCK] = {
        let (mut groups, mut k) = ([0; BLOCK], 0);
        while k < BLOCK {
            groups[k] = 1 << (k / 8);
            k += 1;
        }
        groups
    };
    let (mut letters, mut quotes) = ([0; BLOCK], [0; BLOCK]);
    let marked = letters.iter_mut().zip(&mut quotes);
    for (((letter, quote), group), byte) in marked.zip(&GROUPS).zip(block) {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        *letter = if is_letter { *group } else { 0 };
        *quote = if *byte == b'\'' { *group } else { 0 };
    }
    let together = |marked: &[u8; BLOCK]| {
        let (eights, _) = marked.as_chunks::<8>();
        turned(eights.iter().fold(0, |all, eight| all | u64::from_le_bytes(*eight)))
    };
    (together(&letters), together(&quotes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut spans = Spans::default();
        spans.find(text);
        let all = spans.words().iter();
        all.map(|&[from, to]| &text[from as usize..to as usize]).collect()
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
