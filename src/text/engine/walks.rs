//! Walking from a word: which phrases begin there, and where the longest of each ends.

use super::lazy_dfa::LazyDfa;
use super::nfa::{BORDER, DEAD, EITHER, Nfa, PASSED, State, Symbol, ends_phrase};

/// A match spans at most so many tokens, fillers included: hostile text must not cost more than its length.
pub(in crate::text) const LONGEST: u32 = 64;

/// Finds the phrases that begin at a word, each with one past its farthest end, into `longest`. `first` is where the word
/// itself leads, `symbols` what the words are taken for; `own` tells that of a word that may be passed over with the next
/// one.
pub(in crate::text) fn walk(
    dfa: &mut LazyDfa,
    nfa: &Nfa,
    (start, first): (u32, State),
    symbols: &[Symbol],
    own: impl Fn(u32) -> Symbol,
    longest: &mut Vec<(u32, u32)>,
) {
    longest.clear();
    let (mut at, mut state) = (start + 1, first);
    // What goes on one place farther, past two words that were passed over together. However many ways lead to a place, it
    // is left once, with all that is under way there: hostile text full of such words must not cost more than its length.
    let mut beyond = DEAD;
    if ends_phrase(state) {
        note(longest, dfa.accepts(state), at);
    }
    while at - start < LONGEST && (state != DEAD || beyond != DEAD) {
        let symbol = symbols[at as usize];
        let (taken_for, mut passed) = (if symbol == EITHER { own(at) } else { symbol }, DEAD);
        // Not past the end of the sentence.
        if symbol == EITHER && symbols[at as usize + 1] != BORDER {
            passed = dfa.next_state(nfa, state, PASSED);
        }
        let next = dfa.next_state(nfa, state, taken_for);
        at += 1;
        if ends_phrase(next) {
            note(longest, dfa.accepts(next), at);
        }
        state = dfa.union(nfa, next, beyond);
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
