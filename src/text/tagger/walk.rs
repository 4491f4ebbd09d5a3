//! Walking through the automaton from many words at once: which phrases begin there, and where each ends.
//!
//! All walks take a step, then all that go on take the next. Where one leads does not wait for where another led, so that
//! look-ups overlap, and whether a walk goes on is a number that is added, not a branch that could not be foreseen.

use super::Tagger;
use super::read::BLOCK;
use crate::text::automaton::{
    BORDER, EITHER, PASSED, STATE_BITS, State, Symbol, Walker, ends_phrase,
};
use crate::text::bits::bits;
use crate::text::scene::Token;

/// A match spans at most so many tokens, fillers included: hostile text must not cost more than its length.
pub(super) const LONGEST: u32 = 64;

/// A walk: the token it began at, the one it comes to next, and what it may become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Walk {
    pub(super) start: u32,
    pub(super) at: u32,
    pub(super) state: State,
}

/// Where a phrase or several ended: the token they began at, on top, how many they span, and the state. One number, so
/// that to put many in order costs little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct End(u64);

impl End {
    const SPAN: u32 = STATE_BITS;
    const START: u32 = 32;

    fn of(walk: Walk) -> End {
        let span = u64::from(walk.at - walk.start);
        End(u64::from(walk.start) << Self::START | span << Self::SPAN | u64::from(walk.state))
    }

    pub(super) fn start(self) -> u32 {
        (self.0 >> Self::START) as u32
    }

    pub(super) fn end(self) -> u32 {
        self.start() + (self.0 as u32 >> Self::SPAN)
    }

    pub(super) fn state(self) -> State {
        self.0 as State & ((1 << Self::SPAN) - 1)
    }
}

/// Walks under way, and where phrases ended.
#[derive(Debug, Default)]
pub(super) struct Walks {
    now: Vec<Walk>,
    next: Vec<Walk>,
    pub(super) ends: Vec<End>,
}

impl Walks {
    pub(super) fn clear(&mut self) {
        self.now.clear();
        self.ends.clear();
    }

    /// Begins at every word that leads somewhere, if the one behind it may lead on; there is one symbol more than words.
    pub(super) fn begin(&mut self, walker: &Walker, leads: &[State], symbols: &[Symbol]) {
        let mut moved = [Walk::default(); BLOCK];
        let blocks = leads.chunks(BLOCK).zip(symbols[1..].chunks(BLOCK));
        for (n, (leads, following)) in blocks.enumerate() {
            let (mut begun, mut ended, mut at) = (0, 0_u64, (n * BLOCK) as u32);
            for (k, (&state, &next)) in leads.iter().zip(following).enumerate() {
                let start = at;
                at += 1;
                // The next one takes its place if it goes nowhere.
                moved[begun % BLOCK] = Walk { start, at, state };
                begun += usize::from(walker.goes_on(state, next));
                ended |= u64::from(ends_phrase(state)) << k;
            }
            self.now.extend_from_slice(&moved[..begun]);
            self.ends.extend(bits(ended).map(|k| {
                let start = (n * BLOCK + k) as u32;
                let (at, state) = (start + 1, leads[k]);
                End::of(Walk { start, at, state })
            }));
        }
    }

    /// Begins at one word.
    pub(super) fn begin_one(&mut self, walker: &Walker, start: u32, state: State, next: Symbol) {
        let at = start + 1;
        let walk = Walk { start, at, state };
        if ends_phrase(state) {
            self.ends.push(End::of(walk));
        }
        if walker.goes_on(state, next) {
            self.now.push(walk);
        }
    }
}

impl Tagger<'_> {
    /// Walks on until nothing goes on; then `self.walks.ends` are in order of place.
    pub(super) fn walk(&mut self, tokens: &[Token]) {
        let Walks {
            now, next, ends, ..
        } = &mut self.walks;
        let (automaton, symbols) = (self.book.automaton(), self.symbols.as_slice());
        let walker = &mut self.walker;
        let (mut moved, mut going) = ([Walk::default(); BLOCK], [Walk::default(); BLOCK]);
        for _ in 1..LONGEST {
            if now.is_empty() {
                break;
            }
            next.clear();
            for (n, block) in now.chunks(BLOCK).enumerate() {
                let (mut alive, mut ended, mut parted) = (0, 0_u64, 0_u64);
                for (k, (&walk, moved)) in block.iter().zip(&mut moved).enumerate() {
                    let symbol = symbols[walk.at as usize];
                    parted |= u64::from(symbol == EITHER) << k;
                    let at = walk.at + 1;
                    // None is under way that the last look did not let go on.
                    let state = walker.step_on(automaton, walk.state, symbol);
                    *moved = Walk { at, state, ..walk };
                    // The next one takes its place if it goes nowhere.
                    going[alive % BLOCK] = *moved;
                    alive += usize::from(walker.goes_on(state, symbols[at as usize]));
                    ended |= u64::from(ends_phrase(state)) << k;
                }
                next.extend_from_slice(&going[..alive]);
                ends.extend(bits(ended).map(|k| End::of(moved[k])));
                for k in bits(parted) {
                    let walk = block[k];
                    // One place may be come to in many ways: from here on it is left once.
                    let same = now[..n * BLOCK + k].iter().rev();
                    if same
                        .take_while(|w| w.start == walk.start)
                        .any(|w| *w == walk)
                    {
                        continue;
                    }
                    let reading = tokens[walk.at as usize].reading as usize;
                    // Passed over, but not beyond the sentence, nor farther than any match.
                    let ends_between = symbols[walk.at as usize + 1] == BORDER;
                    let may_pass = !ends_between && walk.at + 2 - walk.start <= LONGEST;
                    let ways = [(self.readings[reading].symbol, 1), (PASSED, 2)];
                    for (symbol, passes) in &ways[..=usize::from(may_pass)] {
                        let at = walk.at + passes;
                        let state = walker.step(automaton, walk.state, *symbol);
                        let walk = Walk { at, state, ..walk };
                        if walker.goes_on(state, symbols[at as usize]) {
                            next.push(walk);
                        }
                        if ends_phrase(state) {
                            ends.push(End::of(walk));
                        }
                    }
                }
            }
            std::mem::swap(now, next);
        }
        ends.sort_unstable();
    }
}

/// Notes the phrases that end at a place; the longest end of each stays.
#[inline]
pub(super) fn note(longest: &mut Vec<(u32, u32)>, phrases: &[u32], end: u32) {
    for &phrase in phrases {
        match longest.iter_mut().find(|(p, _)| *p == phrase) {
            Some((_, longest)) => *longest = end.max(*longest),
            None => longest.push((phrase, end)),
        }
    }
}
