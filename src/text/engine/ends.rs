//! Where phrases ended, by the words they began at.
//!
//! Walks that began at one word end at different times. Ends are therefore not put in order: each word knows its last one,
//! each end the one before it, and which words have any are bits.

use super::nfa::State;

/// An end: a phrase or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// One past the last token.
    pub(super) to: u32,
    /// What tells which phrases they are.
    pub(super) state: State,
    /// The end before it that belongs to the same word, or [`NONE`].
    before: u32,
}

const NONE: u32 = u32::MAX;

/// The ends of walks that began at the words of a range.
#[derive(Debug, Default)]
pub(super) struct Ends {
    all: Vec<End>,
    /// The first word of the range.
    from: u32,
    /// Per word of it that has ends: the last one.
    last: Vec<u32>,
    /// The words that have ends and were not taken, a bit each.
    words: Vec<u64>,
    /// The first number of `words` that may have a bit left.
    at: usize,
}

impl Ends {
    /// Forgets all; walks will begin at words of this range.
    pub(super) fn clear(&mut self, from: u32, to: u32) {
        let count = (to - from) as usize;
        self.all.clear();
        if self.last.len() < count {
            self.last.resize(count, NONE);
        }
        self.words.clear();
        self.words.resize(count.div_ceil(64), 0);
        (self.from, self.at) = (from, 0);
    }

    /// Adds an end of a walk that began at a word of the range.
    pub(super) fn add(&mut self, start: u32, to: u32, state: State) {
        let word = (start - self.from) as usize;
        let (words, bit) = (&mut self.words[word / 64], 1 << (word % 64));
        let last = &mut self.last[word];
        let before = if *words & bit == 0 { NONE } else { *last };
        *last = self.all.len() as u32;
        *words |= bit;
        self.all.push(End { to, state, before });
    }

    /// How many ends there is memory for.
    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.all.capacity()
    }

    /// Takes the next word that has ends, and calls with each of them.
    pub(super) fn take(&mut self, mut each: impl FnMut(End)) -> Option<u32> {
        while *self.words.get(self.at)? == 0 {
            self.at += 1;
        }
        let words = &mut self.words[self.at];
        let word = 64 * self.at + words.trailing_zeros() as usize;
        *words &= *words - 1;
        let mut next = self.last[word];
        while let Some(&end) = self.all.get(next as usize) {
            each(end);
            next = end.before;
        }
        Some(self.from + word as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_taken_word_by_word() {
        let mut ends = Ends::default();
        for from in [0, 1000] {
            ends.clear(from, from + 200);
            for (word, to, state) in [(7, 8, 3), (70, 72, 5), (7, 9, 1), (199, 200, 7), (7, 9, 9)] {
                ends.add(from + word, from + to, state);
            }
            let mut taken = Vec::new();
            let mut of = Vec::new();
            while let Some(word) = ends.take(|end| of.push((end.to - from, end.state))) {
                of.sort_unstable();
                taken.push((word - from, std::mem::take(&mut of)));
            }
            let expected = [(7, vec![(8, 3), (9, 1), (9, 9)]), (70, vec![(72, 5)]), (199, vec![(200, 7)])];
            assert_eq!(taken, expected);
        }
    }
}
