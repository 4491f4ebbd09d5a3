//! Walking through the automaton from many words at once: which phrases begin there, and where each ends.
//!
//! All walks take a step, then all that go on take the next. Where one leads does not wait for where another led, so that
//! look-ups overlap, and whether a walk goes on is a number that is added, not a branch that could not be foreseen.

use super::ends::Ends;
use super::lazy_dfa::LazyDfa;
use super::nfa::{BORDER, DEAD, EITHER, Nfa, PASSED, State, Symbol, ends_phrase};
use crate::text::bits::{BLOCK, bits};

/// A match spans at most so many tokens, fillers included: hostile text must not cost more than its length.
pub(in crate::text) const LONGEST: u32 = 64;

/// A walk: the token it began at, the one it comes to next, and what it may become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Walk {
    start: u32,
    at: u32,
    state: State,
}

/// As many words begin walks together as fill so many blocks: walks hold memory and meet new states, and a call may be of
/// any length.
pub(in crate::text) const TOGETHER: usize = 32 * BLOCK;

/// Walks under way, and where phrases ended.
#[derive(Debug, Default)]
pub(in crate::text) struct Walks {
    now: Vec<Walk>,
    next: Vec<Walk>,
    ends: Ends,
}

impl Walks {
    /// Begins at every word from `from` on that leads somewhere, if the one behind it may lead on; there is one symbol more
    /// than words. Not inlined: it needs the registers.
    #[inline(never)]
    pub(in crate::text) fn begin(&mut self, dfa: &LazyDfa, from: usize, leads: &[State], symbols: &[Symbol]) {
        let blocks = leads.chunks(BLOCK).zip(symbols[1..].chunks(BLOCK));
        let places = (from..).step_by(BLOCK);
        for (from, (leads, following)) in places.zip(blocks) {
            // A bit a word, the last one on top: what a word leads to must not decide where the program goes on.
            let (mut stays, mut ended) = (0_u64, 0_u64);
            for (&state, &next) in leads.iter().zip(following) {
                stays = (stays | u64::from(!dfa.leads_on(state, next))).rotate_right(1);
                ended = (ended | u64::from(ends_phrase(state))).rotate_right(1);
            }
            let unused = BLOCK - leads.len();
            self.now.extend(bits(!stays >> unused).map(|k| {
                let start = (from + k) as u32;
                let (at, state) = (start + 1, leads[k]);
                Walk { start, at, state }
            }));
            for k in bits(ended >> unused) {
                let start = (from + k) as u32;
                self.ends.add(start, start + 1, leads[k]);
            }
        }
    }

    /// Begins at one word.
    pub(in crate::text) fn begin_one(&mut self, dfa: &LazyDfa, start: u32, state: State, next: Symbol) {
        let at = start + 1;
        if ends_phrase(state) {
            self.ends.add(start, at, state);
        }
        if dfa.leads_on(state, next) {
            self.now.push(Walk { start, at, state });
        }
    }

    /// Takes the phrases that begin at the next word at which some do, each with its farthest end, into `longest`.
    pub(in crate::text) fn take(&mut self, dfa: &LazyDfa, longest: &mut Vec<(u32, u32)>) -> Option<u32> {
        longest.clear();
        self.ends.take(|end| note(longest, dfa.accepts(end.state), end.to))
    }

    /// How many walks and ends there is memory for.
    #[cfg(test)]
    pub(in crate::text) fn capacity(&self) -> (usize, usize) {
        (self.now.capacity() + self.next.capacity(), self.ends.capacity())
    }

    /// Forgets the walks; the next begin at words of a range.
    pub(in crate::text) fn clear(&mut self, from: u32, to: u32) {
        self.now.clear();
        self.ends.clear(from, to);
    }

    /// Walks on until nothing goes on. `own` tells what a word is taken for that may be passed over with the next one.
    pub(in crate::text) fn go(
        &mut self,
        dfa: &mut LazyDfa,
        nfa: &Nfa,
        symbols: &[Symbol],
        own: impl Fn(u32) -> Symbol,
    ) {
        let Walks { now, next, ends } = self;
        let (mut moved, mut going) = ([Walk::default(); BLOCK], [Walk::default(); BLOCK]);
        let mut steps = [(BORDER, 0); BLOCK];
        for _ in 1..LONGEST {
            if now.is_empty() {
                break;
            }
            next.clear();
            for block in now.chunks(BLOCK) {
                // Three times over the block: what one finds another asks for, and no look waits for another of its kind.
                for (walk, step) in block.iter().zip(&mut steps) {
                    let symbol = symbols[walk.at as usize];
                    *step = (symbol, dfa.lookup(walk.state, symbol));
                }
                let mut parted = 0_u64;
                for (k, ((&walk, moved), &(symbol, looked))) in block.iter().zip(&mut moved).zip(&steps).enumerate() {
                    parted |= u64::from(symbol == EITHER) << k;
                    let at = walk.at + 1;
                    let state = dfa.next_state_from(nfa, looked, walk.state, symbol);
                    *moved = Walk { at, state, ..walk };
                }
                let (mut alive, mut ended) = (0, 0_u64);
                for (k, walk) in moved[..block.len()].iter().enumerate() {
                    // The next one takes its place if it goes nowhere.
                    going[alive % BLOCK] = *walk;
                    alive += usize::from(dfa.leads_on(walk.state, symbols[walk.at as usize]));
                    ended |= u64::from(ends_phrase(walk.state)) << k;
                }
                next.extend_from_slice(&going[..alive]);
                for k in bits(ended) {
                    let Walk { start, at, state } = moved[k];
                    ends.add(start, at, state);
                }
                for k in bits(parted) {
                    walk_alone(dfa, nfa, block[k], symbols, &own, ends);
                }
            }
            std::mem::swap(now, next);
        }
    }
}

/// Walks on from a word that may be passed over with the next one. However many ways lead to a place, it is left once, with
/// all that was under way there: that hostile text is full of such words must not cost more than its length.
fn walk_alone(
    dfa: &mut LazyDfa,
    nfa: &Nfa,
    walk: Walk,
    symbols: &[Symbol],
    own: &impl Fn(u32) -> Symbol,
    ends: &mut Ends,
) {
    let Walk { start, mut at, mut state } = walk;
    // What goes on one place farther, past what was passed over.
    let mut beyond = DEAD;
    while at - start < LONGEST && (state != DEAD || beyond != DEAD) {
        let symbol = symbols[at as usize];
        let parts = symbol == EITHER;
        let to = dfa.next_state(nfa, state, if parts { own(at) } else { symbol });
        // Not past the end of the sentence.
        let passed =
            if parts && symbols[at as usize + 1] != BORDER { dfa.next_state(nfa, state, PASSED) } else { DEAD };
        at += 1;
        if ends_phrase(to) {
            ends.add(start, at, to);
        }
        state = dfa.union(nfa, to, beyond);
        beyond = passed;
    }
}

/// Notes the phrases that end at a place; the longest end of each stays.
#[inline]
fn note(longest: &mut Vec<(u32, u32)>, phrases: &[u32], end: u32) {
    for &phrase in phrases {
        match longest.iter_mut().find(|(p, _)| *p == phrase) {
            Some((_, longest)) => *longest = end.max(*longest),
            None => longest.push((phrase, end)),
        }
    }
}
