//! Readings of short words, looked up by their lower-cased bytes as one number.
//!
//! Every word of every call asks here, so it is two open tables that stay in the cache: words of up to seven bytes, which
//! are most, take half a line of it each, with all that is asked of them. Words of more than fifteen bytes, or not ASCII,
//! go another way.

use super::readings::Known;
use std::ops::{Add, BitAnd, BitOr, Not, Shr};

/// The longest word in bytes that is looked up here.
pub const LONGEST: usize = 15;

/// A word's bytes as a number, the length on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Up to seven bytes.
    Word(u64),
    /// Up to fifteen bytes.
    Long(u128),
}

/// The key of the word at `from..from + len`, in lower case; none if a byte of it is not ASCII.
#[inline]
#[must_use]
pub fn key(bytes: &[u8], from: usize, len: usize) -> Option<Key> {
    let sixteen = sixteen(bytes, from);
    if len < 8 {
        let word = sixteen as u64 & ((1 << (len * 8)) - 1);
        let ascii = word & 0x8080_8080_8080_8080 == 0;
        return ascii.then(|| Key::Word(lower(word, 0x0101_0101_0101_0101) | (len as u64) << 56));
    }
    let ones = u128::from_le_bytes([1; 16]);
    let word = sixteen & ((1 << (len * 8)) - 1);
    let ascii = word & (ones << 7) == 0;
    ascii.then(|| Key::Long(lower(word, ones) | (len as u128) << 120))
}

/// The sixteen bytes from a place on, zeros beyond the end.
#[inline]
fn sixteen(bytes: &[u8], from: usize) -> u128 {
    if let Some(Ok(sixteen)) = bytes.get(from..from + 16).map(<[u8; 16]>::try_from) {
        return u128::from_le_bytes(sixteen);
    }
    let mut last = [0; 16];
    let rest = &bytes[from..];
    last[..rest.len()].copy_from_slice(rest);
    u128::from_le_bytes(last)
}

/// ASCII letters to lower case, all bytes at once: in each byte one carry tells `A` and up, another beyond `Z`. `ones`
/// has a 1 in each byte.
#[inline]
fn lower<N>(bytes: N, ones: N) -> N
where
    N: Copy + Add<Output = N> + BitAnd<Output = N> + BitOr<Output = N> + Not<Output = N>,
    N: Shr<u32, Output = N> + std::ops::Mul<Output = N> + From<u8> + std::ops::Shl<u32, Output = N>,
{
    let from_a = ones * N::from(0x80 - b'A');
    let past_z = ones * N::from(0x7f - b'Z');
    let capital = (bytes + from_a) & !(bytes + past_z) & (ones << 7);
    bytes | capital >> 2
}

/// The readings of short words.
#[derive(Debug, Default)]
pub struct ShortWords {
    words: Slots<u64>,
    long: Slots<u128>,
}

impl ShortWords {
    /// The reading of a word, if it was met before.
    #[inline]
    #[must_use]
    pub fn get(&self, key: Key) -> Option<Known> {
        match key {
            Key::Word(key) => self.words.get(key, spread(key)),
            Key::Long(key) => self.long.get(key, spread_long(key)),
        }
    }

    /// The reading of a word of up to seven bytes, by the number of [`Key::Word`].
    #[inline]
    #[must_use]
    pub fn of_word(&self, key: u64) -> Option<Known> {
        self.words.get(key, spread(key))
    }

    /// Keeps the reading of a word.
    pub fn insert(&mut self, key: Key, known: Known) {
        match key {
            Key::Word(key) => self.words.insert(key, known, spread),
            Key::Long(key) => self.long.insert(key, known, spread_long),
        }
    }

    /// How many words were met.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.used + self.long.used
    }
}

#[inline]
fn spread(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 36) as usize
}

#[inline]
fn spread_long(key: u128) -> usize {
    spread(key as u64 ^ ((key >> 64) as u64).rotate_left(29))
}

/// A place in a table; a key of 0 is free, since every word has a length. No two lines of the cache for one place.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
struct Slot<K> {
    key: K,
    known: Known,
}

/// An open table.
#[derive(Debug, Default)]
struct Slots<K> {
    slots: Vec<Slot<K>>,
    used: usize,
}

impl<K: Copy + PartialEq + Default> Slots<K> {
    #[inline]
    fn get(&self, key: K, spread: usize) -> Option<Known> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = spread & mask;
        loop {
            let slot = self.slots.get(at)?;
            if slot.key == key {
                return Some(slot.known);
            }
            if slot.key == K::default() {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, key: K, known: Known, spread: impl Fn(K) -> usize) {
        // At most half full: a second look is a surprise that costs more than the memory.
        if self.used * 2 >= self.slots.len() {
            let wider = vec![Slot::default(); (self.slots.len() * 2).max(1024)];
            let old = std::mem::replace(&mut self.slots, wider);
            for slot in old.into_iter().filter(|s| s.key != K::default()) {
                self.put(slot, spread(slot.key));
            }
        }
        self.put(Slot { key, known }, spread(key));
        self.used += 1;
    }

    fn put(&mut self, slot: Slot<K>, spread: usize) {
        let mask = self.slots.len() - 1;
        let mut at = spread & mask;
        while self.slots[at].key != K::default() {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(reading: usize) -> Known {
        Known {
            reading: reading as u32,
            ..Known::default()
        }
    }

    #[test]
    fn words_are_found_whatever_their_case_and_length() {
        let text = b"Hello ACCOUNT-numbers immediately caf\xc3\xa9 [x";
        let mut short = ShortWords::default();
        for (k, (from, len)) in [(0, 5), (6, 7), (14, 7), (22, 11)].into_iter().enumerate() {
            short.insert(key(text, from, len).expect("ASCII"), known(k));
        }
        let get = |word: &str| {
            let key = key(word.as_bytes(), 0, word.len()).expect("ASCII");
            short.get(key).map(|k| k.reading)
        };
        assert_eq!(
            ["hello", "Account", "NUMBERS", "immediateLY"].map(get),
            [Some(0), Some(1), Some(2), Some(3)]
        );
        assert_eq!(["hell", "hello!", "immediatel"].map(get), [None; 3]);
        assert_eq!(key(text, 34, 5), None);
        // Neighbours of the letters in ASCII stay what they are.
        let same =
            |a: &str, b: &str| key(a.as_bytes(), 0, a.len()) == key(b.as_bytes(), 0, b.len());
        assert!(!same("@[", "`{") && same("AZaz", "azaz"));
    }

    #[test]
    fn a_table_that_grows_keeps_everything() {
        let mut short = ShortWords::default();
        let words: Vec<String> = (0..5000)
            .map(|k| format!("w{k}{}", if k % 2 == 0 { "" } else { "-and-more" }))
            .collect();
        let key = |word: &String| key(word.as_bytes(), 0, word.len()).expect("ASCII");
        for (k, word) in words.iter().enumerate() {
            short.insert(key(word), known(k));
        }
        for (k, word) in words.iter().enumerate() {
            assert_eq!(short.get(key(word)), Some(known(k)));
        }
        assert_eq!(short.len(), 5000);
    }

    #[test]
    fn a_word_takes_half_a_line_of_the_cache() {
        assert_eq!(size_of::<Slot<u64>>(), 32);
    }
}
