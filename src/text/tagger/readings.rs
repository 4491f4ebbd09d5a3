//! What a written word stands for: worked out once a worker and word, a number from then on.

use super::short;
use super::{Tagger, cue};
use crate::text::automaton::{self, DEAD, GROUPS, Group, OTHER, State, Symbol};
use crate::text::fold;
use crate::text::unit::Unit;
use crate::text::words::{Kind, Piece};

/// No second word in a reading.
pub(super) const NONE: Symbol = Symbol::MAX;

/// What a written word stands for, in symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Reading {
    pub(super) ways: [[Symbol; 2]; 3],
    pub(super) count: u8,
    /// A bit a group: a phrase of it can begin here.
    pub(super) begins: u8,
    pub(super) filler: bool,
    /// What it announces; see [`cue`].
    pub(super) cue: u8,
    /// One word with one reading: a step takes one look-up.
    pub(super) simple: bool,
    /// Where the word leads from the start of each group, if it is simple.
    pub(super) first: [State; GROUPS],
}

impl Tagger<'_> {
    /// The readings of a written word, by its number.
    #[inline]
    pub(super) fn reading(&mut self, text: &str, piece: Piece) -> u32 {
        let len = piece.end - piece.start;
        if len <= short::LONGEST && piece.kind == Kind::Word {
            let bytes = text.as_bytes();
            if bytes[piece.start].is_ascii_digit()
                && !self.book.lexicon().is_listed(&text[piece.start..piece.end])
            {
                return self.number;
            }
            if let Some(key) = short::key(bytes, piece.start, len) {
                if let Some(reading) = self.short.get(key) {
                    return reading;
                }
                let word = text[piece.start..piece.end].to_ascii_lowercase();
                let reading = self.learn(&word);
                self.short.insert(key, reading);
                return reading;
            }
        }
        self.long_reading(&text[piece.start..piece.end])
    }

    #[cold]
    fn long_reading(&mut self, written: &str) -> u32 {
        let lower = written.to_lowercase().replace('\u{2019}', "'");
        if let Some(&reading) = self.long.get(lower.as_str()) {
            return reading;
        }
        let reading = self.learn(&lower);
        self.long.insert(lower.into_boxed_str(), reading);
        reading
    }

    #[cold]
    pub(super) fn learn(&mut self, word: &str) -> u32 {
        let mut reading = Reading {
            ways: [[OTHER, NONE]; 3],
            count: 0,
            begins: 0,
            filler: fold::is_filler(word),
            cue: cue::of(word),
            simple: false,
            first: [DEAD; GROUPS],
        };
        let (lexicon, automaton) = (self.book.lexicon(), self.book.automaton());
        for (way, words) in reading.ways.iter_mut().zip(fold::readings(word)) {
            let atoms = lexicon.atoms(&words.first);
            for group in [Group::Openers, Group::Agent, Group::Customer] {
                if automaton.begins(group, &atoms) {
                    reading.begins |= 1 << group as u8;
                }
            }
            let second = words
                .second
                .map_or(NONE, |s| self.walker.symbol(lexicon.atoms(&s)));
            *way = [self.walker.symbol(atoms), second];
            reading.count += 1;
        }
        reading.simple = reading.count == 1 && reading.ways[0][1] == NONE;
        if reading.simple {
            for (to, group) in reading.first.iter_mut().zip(automaton::ALL_GROUPS) {
                *to = self
                    .walker
                    .step(automaton, automaton::start(group), reading.ways[0][0]);
            }
        }
        if reading.ways.iter().any(|way| way[1] != NONE) {
            reading.cue |= cue::TWO;
        }
        let weights = self.book.weights();
        let unit = if weights.is_empty() {
            Unit::default()
        } else {
            Unit::of(word, |stem| weights.number(stem))
        };
        let next = self.readings.len() as u32;
        let number = *self.reading_of.entry((reading, unit)).or_insert(next);
        if number == next {
            self.readings.push(reading);
            self.units.push(unit);
        }
        number
    }
}
