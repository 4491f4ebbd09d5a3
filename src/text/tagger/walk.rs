//! Walking from a word through the automaton: which phrases begin there, and where each ends at the farthest.

use super::readings::NONE;
use super::{Tagger, cue};
use crate::text::automaton::{self, DEAD, Group, State, ends_phrase};
use crate::text::scene::{Scene, Token};

/// A match spans at most so many tokens, fillers included: hostile text must not cost more than its length.
const LONGEST: u32 = 64;

impl Tagger<'_> {
    /// Finds the longest end of every phrase that begins at a token and ends before `to`; into `self.longest`. `lead` is
    /// where the token leads, if it is plain.
    pub(super) fn walk(&mut self, scene: &Scene, group: Group, lead: State, from: u32, to: u32) {
        self.longest.clear();
        let tokens = &scene.tokens[..to.min(from + LONGEST) as usize];
        if tokens[from as usize].cue & cue::SIMPLE == 0 {
            return self.walk_ways(tokens, automaton::start(group), from, false);
        }
        let automaton = self.book.automaton();
        let (mut state, mut at) = (lead, from + 1);
        loop {
            if ends_phrase(state) {
                note(&mut self.longest, self.walker.accepts(state), at);
            }
            // Most words have one reading and are not passed over.
            match tokens.get(at as usize) {
                None => return,
                Some(token) if token.is_plain() => {
                    state = self.walker.step(automaton, state, token.symbol);
                    if state == DEAD {
                        return;
                    }
                    at += 1;
                }
                Some(_) => return self.walk_ways(tokens, state, at, true),
            }
        }
    }

    /// Goes on with a walk where a word may be taken in several ways, or passed over.
    #[inline(never)]
    fn walk_ways(&mut self, tokens: &[Token], mut state: State, mut at: u32, may_skip: bool) {
        let automaton = self.book.automaton();
        let from = at;
        while let Some(token) = tokens.get(at as usize) {
            if token.is_plain() {
                state = self.walker.step(automaton, state, token.symbol);
                if state == DEAD {
                    return;
                }
                at += 1;
                if ends_phrase(state) {
                    note(&mut self.longest, self.walker.accepts(state), at);
                }
                continue;
            }
            self.todo.clear();
            self.step_all(token, state, at, may_skip || at > from);
            match self.todo.as_slice() {
                [] => return,
                // Of several readings mostly one leads on.
                [one] => (state, at) = *one,
                _ => return self.walk_all(tokens),
            }
        }
    }

    /// Goes on with a walk from the places in `self.todo`.
    fn walk_all(&mut self, tokens: &[Token]) {
        let mut seen = 0;
        while seen < self.todo.len() {
            let (state, at) = self.todo[seen];
            seen += 1;
            if let Some(token) = tokens.get(at as usize) {
                self.step_all(token, state, at, true);
            }
        }
    }

    /// Adds the places where a token leads to `self.todo`, by all its readings, or past it.
    fn step_all(&mut self, token: &Token, state: State, at: u32, may_skip: bool) {
        let automaton = self.book.automaton();
        let reading = token.reading as usize;
        let count = if token.cue & cue::SIMPLE != 0 {
            1
        } else {
            self.readings[reading].count
        };
        for way in 0..usize::from(count) {
            let [first, second] = if token.cue & cue::SIMPLE != 0 {
                [token.symbol, NONE]
            } else {
                self.readings[reading].ways[way]
            };
            let mut next = self.walker.step(automaton, state, first);
            if second != NONE && next != DEAD {
                next = self.walker.step(automaton, next, second);
            }
            if next == DEAD {
                continue;
            }
            if ends_phrase(next) {
                note(&mut self.longest, self.walker.accepts(next), at + 1);
            }
            Self::visit(&mut self.todo, next, at + 1);
        }
        if token.skip > 0 && may_skip {
            Self::visit(&mut self.todo, state, at + u32::from(token.skip));
        }
    }

    /// Adds a place to visit once: fillers and second readings may lead to one place in many ways.
    fn visit(todo: &mut Vec<(State, u32)>, state: State, at: u32) {
        if !todo.iter().rev().take(64).any(|&seen| seen == (state, at)) {
            todo.push((state, at));
        }
    }
}

/// Notes the phrases that end here; the longest end of each stays.
#[inline]
fn note(longest: &mut Vec<(u32, u32)>, phrases: &[u32], end: u32) {
    for &phrase in phrases {
        match longest.iter_mut().find(|(p, _)| *p == phrase) {
            Some((_, longest)) => *longest = end.max(*longest),
            None => longest.push((phrase, end)),
        }
    }
}
