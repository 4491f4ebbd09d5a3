//! What a worker knows of steps from state to state: those that lead nowhere as bits, the others in an open table.

use super::nfa::{BORDER, STATE_BITS, State, Symbol};

/// Per state, a bit a symbol that is known to lead nowhere. As bits, what most steps ask stays in the cache; one row
/// after the other, a look is one load.
#[derive(Debug, Default)]
pub(super) struct DeadTransitions {
    bits: Vec<u64>,
    /// Words of bits in a row.
    stride: usize,
}

impl DeadTransitions {
    #[inline]
    pub(super) fn has(&self, from: State, word: Symbol) -> bool {
        let place = (from as usize >> 1) * self.stride + word as usize / 64;
        self.bits.get(place).is_none_or(|bits| bits >> (word % 64) & 1 != 0)
    }

    pub(super) fn set(&mut self, from: State, word: Symbol) {
        let place = (from as usize >> 1) * self.stride + word as usize / 64;
        if let Some(bits) = self.bits.get_mut(place) {
            *bits |= 1 << (word % 64);
        }
    }

    /// How many words of bits there are.
    pub(super) fn len(&self) -> usize {
        self.bits.len()
    }

    /// A row for the next state: only a border leads nowhere from every state. From the first, the dead one, nothing
    /// leads anywhere.
    pub(super) fn add_state(&mut self) {
        let from = self.bits.len();
        let known = if from == 0 { u64::MAX } else { 0 };
        self.bits.resize(from + self.stride, known);
        self.bits[from] |= 1 << BORDER;
    }

    /// Makes the rows of all states long enough for a symbol.
    pub(super) fn fit(&mut self, symbol: Symbol, states: usize) {
        let needed = symbol as usize / 64 + 1;
        if needed <= self.stride {
            return;
        }
        // Room for a quarter more, in whole lines of the cache.
        let stride = (needed + needed / 4).next_multiple_of(8);
        let mut wider = vec![0; states * stride];
        if self.stride > 0 && states > 0 {
            wider[..stride].fill(u64::MAX);
            let rows = self.bits.chunks_exact(self.stride);
            for (to, from) in wider.chunks_exact_mut(stride).zip(rows) {
                to[..self.stride].copy_from_slice(from);
            }
        }
        (self.bits, self.stride) = (wider, stride);
    }
}

/// Bits of a symbol: a slot of [`Transitions`] holds one, and two states.
pub(super) const SYMBOL_BITS: u32 = 64 - 2 * STATE_BITS;

/// The steps met so far: an open table of eight bytes a step, one multiplication a look-up, since every walk asks it.
#[derive(Debug, Default)]
pub(super) struct Transitions {
    /// The state and the word of a step on top, where it leads below; 0 is free, since no step leaves the dead state.
    slots: Vec<u64>,
    shift: u32,
    used: usize,
}

impl Transitions {
    #[inline]
    fn key(from: State, word: Symbol) -> u64 {
        u64::from(from) << SYMBOL_BITS | u64::from(word)
    }

    /// Where the search for a key begins.
    #[inline]
    fn slot(&self, key: u64) -> usize {
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }

    /// What stands in the first place in which a step may.
    #[inline]
    pub(super) fn first_look(&self, from: State, word: Symbol) -> u64 {
        let at = self.slot(Self::key(from, word));
        self.slots.get(at).copied().unwrap_or_default()
    }

    /// Where a step leads by what [`Self::first_look`] found, if it was that step.
    #[inline]
    pub(super) fn seen(slot: u64, from: State, word: Symbol) -> Option<State> {
        (slot >> STATE_BITS == Self::key(from, word)).then_some(slot as State & ((1 << STATE_BITS) - 1))
    }

    #[inline]
    pub(super) fn get(&self, from: State, word: Symbol) -> Option<State> {
        let key = Self::key(from, word);
        let mut at = self.slot(key);
        loop {
            let slot = *self.slots.get(at)?;
            if slot >> STATE_BITS == key {
                return Some(slot as State & ((1 << STATE_BITS) - 1));
            }
            if slot == 0 {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    pub(super) fn insert(&mut self, from: State, word: Symbol, to: State) {
        if self.used * 2 >= self.slots.len() {
            let wider = vec![0; (self.slots.len() * 2).max(4096)];
            self.shift = 64 - wider.len().trailing_zeros();
            let old = std::mem::replace(&mut self.slots, wider);
            old.into_iter().filter(|slot| *slot != 0).for_each(|slot| self.put(slot));
        }
        self.put(Self::key(from, word) << STATE_BITS | u64::from(to));
        self.used += 1;
    }

    fn put(&mut self, slot: u64) {
        let mut at = self.slot(slot >> STATE_BITS);
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    pub(super) fn len(&self) -> usize {
        self.used
    }
}
