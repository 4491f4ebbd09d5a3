//! Small numbers in place of words: [`Numbers`] hands them out, `Met` remembers which were met.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Numbers for names, from 1 on; 0 is nobody's.
#[derive(Debug, Default)]
pub struct Numbers {
    of: FxHashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
}

impl Numbers {
    /// The number of a name, a new one for a new name.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.of.get(name) {
            return number;
        }
        let number = self.names.len() as u32 + 1;
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.of.insert(name, number);
        number
    }

    /// The number of a name that has one; else 0.
    pub fn get(&self, name: &str) -> u32 {
        self.of.get(name).copied().unwrap_or(0)
    }

    /// The names, that of number 1 first.
    pub fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// The name of a number.
    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize - 1]
    }
}

/// A set of small numbers that is emptied at once, whatever it holds.
#[derive(Debug)]
pub(super) struct Met {
    round: u32,
    /// By number: the round in which it was met last.
    met: Vec<u32>,
}

impl Default for Met {
    fn default() -> Self {
        Met { round: 1, met: Vec::new() }
    }
}

impl Met {
    /// Empties it.
    pub(super) fn clear(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            *self = Met::default();
        }
    }

    /// Adds a number; whether it is new.
    #[inline]
    pub(super) fn insert(&mut self, number: u32) -> bool {
        let at = number as usize;
        if at >= self.met.len() {
            self.met.resize((at + 1).next_power_of_two(), 0);
        }
        std::mem::replace(&mut self.met[at], self.round) != self.round
    }

    /// Whether a number is in it.
    #[inline]
    pub(super) fn has(&self, number: u32) -> bool {
        self.met.get(number as usize) == Some(&self.round)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_met_is_forgotten_at_once() {
        let mut met = Met::default();
        assert!(met.insert(70) && !met.insert(70) && met.has(70) && !met.has(3) && !met.has(5000));
        met.clear();
        assert!(!met.has(70) && met.insert(70));
        met.round = u32::MAX;
        assert!(met.insert(2));
        met.clear();
        assert!(!met.has(2) && met.insert(2));
    }

    #[test]
    fn a_name_keeps_its_number() {
        let mut numbers = Numbers::default();
        assert_eq!(["a", "b", "a"].map(|name| numbers.number(name)), [1, 2, 1]);
        assert_eq!(numbers.name(2), "b");
        assert_eq!([numbers.get("b"), numbers.get("c")], [2, 0]);
    }
}
