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
    pub(super) brief: Brief,
}

/// A word's reading, with what is asked of every word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) reading: u32,
    pub(super) brief: Brief,
}

/// What is asked of every word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Brief {
    /// The first word of the first way.
    pub(super) symbol: Symbol,
    pub(super) filler: bool,
    /// What it is and announces; see [`cue`].
    pub(super) cue: u8,
    /// Where the word leads from the start of each group; [`UNTOLD`] if it may lead to several places.
    pub(super) first: [State; GROUPS],
}

/// No state: a word that is not simple begins a phrase of a group.
pub(super) const UNTOLD: State = State::MAX;

impl Tagger<'_> {
    /// The readings of a written word, by its number.
    #[inline]
    pub(super) fn known(&mut self, text: &str, piece: &Piece) -> Known {
        if piece.key != 0
            && let Some(known) = self.short.of_word(piece.key)
        {
            return known;
        }
        self.other_word(text, piece)
    }

    /// A reading by its number.
    fn of_number(&self, reading: u32) -> Known {
        Known {
            reading,
            brief: self.readings[reading as usize].brief,
        }
    }

    fn other_word(&mut self, text: &str, piece: &Piece) -> Known {
        let (start, end) = (piece.start as usize, piece.end as usize);
        let len = end - start;
        if len <= short::LONGEST && piece.kind == Kind::Word {
            let bytes = text.as_bytes();
            if bytes[start].is_ascii_digit() && !self.book.lexicon().is_listed(&text[start..end]) {
                return self.of_number(self.number);
            }
            if let Some(key) = short::key(bytes, start, len) {
                if let Some(known) = self.short.get(key) {
                    return known;
                }
                let word = text[start..end].to_ascii_lowercase();
                let reading = self.learn(&word);
                let known = self.of_number(reading);
                self.short.insert(key, known);
                return known;
            }
        }
        let reading = self.long_reading(&text[start..end]);
        self.of_number(reading)
    }

    fn long_reading(&mut self, written: &str) -> u32 {
        // By the word as it was written, so that to know it again costs no memory.
        if let Some(&reading) = self.long.get(written) {
            return reading;
        }
        let lower = written.to_lowercase().replace('\u{2019}', "'");
        let reading = self.learn(&lower);
        self.long.insert(written.into(), reading);
        reading
    }

    #[cold]
    pub(super) fn learn(&mut self, word: &str) -> u32 {
        let mut reading = Reading {
            ways: [[OTHER, NONE]; 3],
            count: 0,
            brief: Brief {
                symbol: OTHER,
                filler: fold::is_filler(word),
                cue: cue::of(word),
                first: [DEAD; GROUPS],
            },
        };
        let brief = &mut reading.brief;
        let (lexicon, automaton) = (self.book.lexicon(), self.book.automaton());
        for (way, words) in reading.ways.iter_mut().zip(fold::readings(word)) {
            let atoms = lexicon.atoms(&words.first);
            for (first, group) in brief.first.iter_mut().zip(automaton::ALL_GROUPS) {
                if automaton.begins(group, &atoms) {
                    *first = UNTOLD;
                }
            }
            let second = words
                .second
                .map_or(NONE, |s| self.walker.symbol(lexicon.atoms(&s)));
            *way = [self.walker.symbol(atoms), second];
            reading.count += 1;
        }
        brief.symbol = reading.ways[0][0];
        if reading.count == 1 && reading.ways[0][1] == NONE {
            brief.cue |= cue::SIMPLE;
            for (first, group) in brief.first.iter_mut().zip(automaton::ALL_GROUPS) {
                *first = self
                    .walker
                    .step(automaton, automaton::start(group), brief.symbol);
            }
        }
        if reading.ways.iter().any(|way| way[1] != NONE) {
            brief.cue |= cue::TWO;
        }
        if brief.first[Group::Openers as usize] != DEAD {
            brief.cue |= cue::OPENS;
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
