//! What a written word stands for: worked out once a worker and word, a number from then on.

use super::short;
use super::{Tagger, cue};
use crate::text::automaton::{self, DEAD, GROUPS, OTHER, State, Symbol};
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

/// What is asked of every word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Brief {
    /// The first word of the first way.
    pub(super) symbol: Symbol,
    /// One word with one reading: a step takes one look-up.
    pub(super) simple: bool,
    pub(super) filler: bool,
    /// What it announces; see [`cue`].
    pub(super) cue: u8,
    /// Where the word leads from the start of each group; [`UNTOLD`] if it may lead to several places.
    pub(super) first: [State; GROUPS],
}

/// No state: a word that is not simple begins a phrase of a group.
pub(super) const UNTOLD: State = State::MAX;

impl Tagger<'_> {
    /// The readings of a written word, by its number.
    #[inline]
    pub(super) fn reading(&mut self, text: &str, piece: &Piece) -> u32 {
        let digit = piece.key as u8;
        if piece.key != 0
            && !digit.is_ascii_digit()
            && let Some(reading) = self.short.of_word(piece.key)
        {
            return reading;
        }
        self.other_reading(text, piece)
    }

    fn other_reading(&mut self, text: &str, piece: &Piece) -> u32 {
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
            brief: Brief {
                symbol: OTHER,
                simple: false,
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
        brief.simple = reading.count == 1 && reading.ways[0][1] == NONE;
        if brief.simple {
            for (first, group) in brief.first.iter_mut().zip(automaton::ALL_GROUPS) {
                *first = self
                    .walker
                    .step(automaton, automaton::start(group), brief.symbol);
            }
        }
        if reading.ways.iter().any(|way| way[1] != NONE) {
            brief.cue |= cue::TWO;
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
            self.briefs.push(reading.brief);
            self.readings.push(reading);
            self.units.push(unit);
        }
        number
    }
}
