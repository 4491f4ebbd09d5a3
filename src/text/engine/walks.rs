//! Walking from words: which phrases begin at each, and where the longest of each ends.
//!
//! All walks of a block go on together, a word each time. Most of what a walk takes is waiting for the memory that holds
//! its next step, and so the steps of many walks wait at once.

use super::lazy_dfa::LazyDfa;
use super::nfa::{BORDER, DEAD, EITHER, Nfa, PASSED, State, Symbol, ends_phrase};

/// A match spans at most so many tokens, fillers included: hostile text must not cost more than its length.
pub(in crate::text) const LONGEST: u32 = 64;

/// After so many finds the shorter ones are forgotten: hostile text must not fill the memory.
const MANY: usize = 1 << 16;

/// A walk that is under way.
#[derive(Clone, Copy, Debug)]
struct Walk {
    /// The word that it began at.
    start: u32,
    /// What it is on the way to.
    state: State,
    /// What goes on one place farther, past two words that were passed over together. However many ways lead to a place,
    /// it is left once, with all that is under way there: hostile text full of such words must not cost more than its
    /// length.
    beyond: State,
}

/// A phrase that was found.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Found {
    /// The word that it begins at.
    pub start: u32,
    /// Its number.
    pub phrase: u32,
    /// One past its farthest end.
    pub end: u32,
}

/// The walks from some words, and what they find.
#[derive(Debug, Default)]
pub(in crate::text) struct Walks {
    walks: Vec<Walk>,
    found: Vec<Found>,
}

impl Walks {
    /// Forgets what was found.
    pub(in crate::text) fn clear(&mut self) {
        self.walks.clear();
        self.found.clear();
    }

    /// Sets out from a word, which itself leads to `first`.
    #[inline]
    pub(in crate::text) fn begin(&mut self, start: u32, first: State) {
        self.walks.push(Walk { start, state: first, beyond: DEAD });
    }

    /// Goes on to the ends of all walks. `symbols` are what the words are taken for; `own` tells that of a word that may be
    /// passed over with the next one.
    pub(in crate::text) fn go(
        &mut self,
        dfa: &mut LazyDfa,
        nfa: &Nfa,
        symbols: &[Symbol],
        own: impl Fn(u32) -> Symbol,
    ) {
        for walk in &self.walks {
            note(&mut self.found, dfa, walk.start, walk.state, walk.start + 1);
        }
        for far in 1..LONGEST {
            // What is done with a step hangs on where it leads: it is taken up when all steps were taken, so that none waits
            // for another.
            for walk in &mut self.walks {
                let at = walk.start + far;
                let symbol = symbols[at as usize];
                if symbol == EITHER || walk.beyond != DEAD {
                    walk.pass(dfa, nfa, symbols, at, &own);
                } else {
                    walk.state = dfa.next_state(nfa, walk.state, symbol);
                }
            }
            let mut left = 0;
            for k in 0..self.walks.len() {
                let walk = self.walks[k];
                note(&mut self.found, dfa, walk.start, walk.state, walk.start + far + 1);
                self.walks[left] = walk;
                left += usize::from(walk.state != DEAD || walk.beyond != DEAD);
            }
            self.walks.truncate(left);
            if self.found.len() > MANY {
                self.keep_longest();
            }
            if self.walks.is_empty() {
                break;
            }
        }
        self.walks.clear();
    }

    /// What was found, word by word, and there phrase by phrase: the longest of each.
    pub(in crate::text) fn found(&mut self) -> &[Found] {
        self.keep_longest();
        &self.found
    }

    /// Forgets all finds of a phrase at a word but the longest.
    fn keep_longest(&mut self) {
        // Every round found in this order, and what is found later ends later.
        self.found.sort_by_key(|f| u64::from(f.start) << 32 | u64::from(f.phrase));
        self.found.dedup_by(|next, kept| {
            let same = (next.start, next.phrase) == (kept.start, kept.phrase);
            if same {
                kept.end = next.end;
            }
            same
        });
    }
}

impl Walk {
    /// Takes a step where two words may be passed over together, or were.
    #[inline(never)]
    fn pass(&mut self, dfa: &mut LazyDfa, nfa: &Nfa, symbols: &[Symbol], at: u32, own: &impl Fn(u32) -> Symbol) {
        let symbol = symbols[at as usize];
        let (taken_for, mut passed) = (if symbol == EITHER { own(at) } else { symbol }, DEAD);
        // Not past the end of the sentence.
        if symbol == EITHER && symbols[at as usize + 1] != BORDER {
            passed = dfa.next_state(nfa, self.state, PASSED);
        }
        let next = dfa.next_state(nfa, self.state, taken_for);
        self.state = dfa.union(nfa, next, self.beyond);
        self.beyond = passed;
    }
}

/// Notes the phrases that end in a state.
#[inline]
fn note(found: &mut Vec<Found>, dfa: &LazyDfa, start: u32, state: State, end: u32) {
    if ends_phrase(state) {
        found.extend(dfa.accepts(state).iter().map(|&phrase| Found { start, phrase, end }));
    }
}
