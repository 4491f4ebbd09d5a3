//! A map from small keys to small numbers that has both in one slot of eight bytes.
//!
//! It is asked for several times a word, and most of what it holds lies too far from the processor: what counts is how
//! many lines of memory a look-up touches. Here it is one, and keys that differ in the lowest bits alone share it.

/// Eight slots lie in one line of memory.
const PLACE_BITS: u32 = 3;

/// Keys of up to `64 - VALUE_BITS` bits, not all of them zero, and numbers of up to `VALUE_BITS`.
#[derive(Debug, Default)]
pub struct Packed<const VALUE_BITS: u32> {
    /// Key on top, number below; 0 is free.
    slots: Vec<u64>,
    /// What is left of a product chooses a line.
    shift: u32,
    used: usize,
}

impl<const VALUE_BITS: u32> Packed<VALUE_BITS> {
    /// Where the search for a key begins: in the line of its upper bits, at the place of its lowest ones.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        let line = (key >> PLACE_BITS).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift;
        (line << PLACE_BITS | key & ((1 << PLACE_BITS) - 1)) as usize
    }

    /// The number of a key.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        let mut at = self.slot(key);
        loop {
            let slot = *self.slots.get(at)?;
            if slot >> VALUE_BITS == key {
                return Some((slot & ((1 << VALUE_BITS) - 1)) as u32);
            }
            if slot == 0 {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds a key that is not there yet.
    pub fn insert(&mut self, key: u64, value: u32) {
        if self.used * 4 >= self.slots.len() * 3 {
            let wider = vec![0; (self.slots.len() * 2).max(4096)];
            self.shift = 64 + PLACE_BITS - wider.len().trailing_zeros();
            let old = std::mem::replace(&mut self.slots, wider);
            old.into_iter().filter(|slot| *slot != 0).for_each(|slot| self.put(slot));
        }
        self.put(key << VALUE_BITS | u64::from(value));
        self.used += 1;
    }

    fn put(&mut self, slot: u64) {
        let mut at = self.slot(slot >> VALUE_BITS);
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.used
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_holds_what_a_map_holds(all in prop::collection::btree_map(1_u64..60_000, 0_u32..1 << 20, 0..9000)) {
            let all: BTreeMap<u64, u32> = all;
            let mut packed = Packed::<20>::default();
            for (&key, &value) in &all {
                packed.insert(key, value);
            }
            prop_assert_eq!(packed.len(), all.len());
            for key in 1..60_000 {
                prop_assert_eq!(packed.get(key), all.get(&key).copied());
            }
        }
    }
}
