//! Readings of words that have a [`Key`]: nearly all.
//!
//! Every word of every call asks here, so it is one open table with half a line of the cache a word, in which stands
//! what is asked of it. Other words go another way.

use super::readings::Known;
use crate::text::words::Key;

/// The readings of words of up to fifteen bytes.
#[derive(Debug)]
pub struct ShortWords {
    slots: Vec<Slot>,
    used: usize,
}

/// A place in the table.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Slot {
    key: Key,
    known: Known,
}

impl Slot {
    /// No word is as long as this key says.
    const FREE: Slot = Slot { key: Key { low: u64::MAX, high: u64::MAX }, known: Known::NONE };

    fn is_free(&self) -> bool {
        self.key == Slot::FREE.key
    }
}

/// Places of a table that holds nothing yet.
const FEWEST: usize = 1024;

impl Default for ShortWords {
    fn default() -> Self {
        ShortWords { slots: vec![Slot::FREE; FEWEST], used: 0 }
    }
}

impl ShortWords {
    /// What stands in the first place in which a word may, and whether it is of that word.
    #[inline]
    pub fn first_look(&self, key: Key) -> (&Known, bool) {
        let slot = &self.slots[self.place(key)];
        (&slot.known, slot.key == key)
    }

    /// The reading of a word, if it was met before.
    pub fn get(&self, key: Key) -> Option<Known> {
        let mut at = self.place(key);
        loop {
            let slot = &self.slots[at];
            if slot.key == key {
                return Some(slot.known);
            }
            if slot.is_free() {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Keeps the reading of a word.
    pub fn insert(&mut self, key: Key, known: Known) {
        // At most half full: a second look is a surprise that costs more than the memory.
        if self.used * 2 >= self.slots.len() {
            let wider = vec![Slot::FREE; self.slots.len() * 2];
            let old = std::mem::replace(&mut self.slots, wider);
            for slot in old.into_iter().filter(|slot| !slot.is_free()) {
                self.put(slot);
            }
        }
        self.put(Slot { key, known });
        self.used += 1;
    }

    /// How many words were met.
    pub fn len(&self) -> usize {
        self.used
    }

    fn put(&mut self, slot: Slot) {
        let mut at = self.place(slot.key);
        while !self.slots[at].is_free() {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    #[inline]
    fn place(&self, key: Key) -> usize {
        let mixed = (key.low ^ key.high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 36) as usize & (self.slots.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(reading: usize) -> Known {
        Known { reading: reading as u32, ..Known::NONE }
    }

    #[test]
    fn words_are_found_whatever_their_case_and_length() {
        let mut short = ShortWords::default();
        for (k, word) in ["hello", "ACCOUNT", "numbers", "immediately"].into_iter().enumerate() {
            short.insert(Key::of(word.as_bytes()), known(k));
        }
        let get = |word: &str| short.get(Key::of(word.as_bytes())).map(|k| k.reading);
        assert_eq!(["Hello", "account", "NUMBERS", "immediateLY"].map(get), [Some(0), Some(1), Some(2), Some(3)]);
        assert_eq!(["hell", "hello!", "immediatel", "caf\u{e9}", ""].map(get), [None; 5]);
        let (found, met) = short.first_look(Key::of(b"Account"));
        assert!(!met || found.reading == 1);
    }

    #[test]
    fn a_table_that_grows_keeps_everything() {
        let mut short = ShortWords::default();
        let words: Vec<String> =
            (0..5000).map(|k| format!("w{k}{}", if k % 2 == 0 { "" } else { "-and-more" })).collect();
        let key = |word: &String| Key::of(word.as_bytes());
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
        assert_eq!(size_of::<Slot>(), 32);
    }
}
