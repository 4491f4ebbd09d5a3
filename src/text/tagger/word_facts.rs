//! What a written word stands for: worked out once a worker and word, a number from then on.

use super::Tagger;
use crate::text::engine::nfa::{ALL_GROUPS, DEAD, GROUPS, Group, OTHER, State, Symbol, Ways, start};
use crate::text::segment::Before;
use crate::text::unit::Unit;
use crate::text::words::{Kind, Piece, Traits};
use crate::text::{content, fold, names, traits};

/// Words met so far are forgotten at this many.
const MOST_WORDS: usize = 200_000;

/// What a written word stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct WordFacts {
    /// What it may be taken for.
    pub(super) symbol: Symbol,
    /// The same of the first word of its first reading.
    pub(super) begins: Symbol,
    /// Where it leads from the start of each group.
    pub(super) first: [State; GROUPS],
    /// What it is and announces; see [`traits`].
    pub(super) bits: u32,
}

/// A word's facts, with what is asked of every word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) facts: u32,
    pub(super) symbol: Symbol,
    pub(super) traits: Traits,
    /// The number of its content stem, see [`content`]; 0 for words without content.
    pub(super) content: u32,
}

impl Known {
    /// Nothing.
    pub(super) const NONE: Known = Known { facts: 0, symbol: OTHER, traits: Traits::of_word(0), content: 0 };
}

impl Tagger<'_> {
    /// The facts of a written word, by its number.
    #[inline]
    pub(super) fn known(&mut self, text: &str, piece: &Piece) -> Known {
        match self.short.get(&piece.key) {
            Some(known) => *known,
            None => self.other_word(text, piece),
        }
    }

    fn other_word(&mut self, text: &str, piece: &Piece) -> Known {
        let written = &text[piece.start as usize..piece.end as usize];
        let mut known = if !piece.key.is_none() {
            let known = self.learn(&written.to_ascii_lowercase());
            if !self.is_full() {
                self.short.insert(piece.key, known);
            }
            known
        } else if written.as_bytes()[0].is_ascii_digit() && !self.book.lexicon().is_listed(written) {
            self.number
        } else {
            self.long_word(written)
        };
        if piece.traits.kind() == Kind::Noise {
            known.traits = traits::with_skip(known.traits, 1);
            known.symbol = self.dfa.passed(known.symbol);
        }
        known
    }

    /// Whether as many words were met as are kept.
    pub(super) fn is_full(&self) -> bool {
        self.short.len() + self.long.len() >= MOST_WORDS
    }

    fn long_word(&mut self, written: &str) -> Known {
        // By the word as it was written, so that to know it again costs no memory.
        if let Some(&known) = self.long.get(written) {
            return known;
        }
        let lower = written.to_lowercase().replace('\u{2019}', "'");
        let known = self.learn(&lower);
        if !self.is_full() {
            self.long.insert(written.into(), known);
        }
        known
    }

    #[cold]
    pub(super) fn learn(&mut self, word: &str) -> Known {
        let (lexicon, nfa) = (self.book.lexicon(), self.book.nfa());
        let readings: Vec<_> = fold::readings(word)
            .into_iter()
            .map(|r| (lexicon.atoms(&r.first), r.second.map(|s| lexicon.atoms(&s))))
            .collect();
        let mut bits = bits_of(word);
        if let [(_, None)] = readings.as_slice() {
            bits |= traits::SIMPLE;
        }
        if readings.iter().any(|(_, second)| second.is_some()) {
            bits |= traits::TWO;
        }
        let begins = readings.first().map_or(OTHER, |(first, _)| self.dfa.symbol(Ways::one(first.clone())));
        let plain = self.dfa.symbol(Ways { readings, passed: false });
        // What begins a phrase is never passed over.
        let first = ALL_GROUPS.map(|group| self.dfa.next_state(nfa, start(group), plain));
        let is_filler = fold::is_filler(word);
        let facts = WordFacts {
            symbol: if is_filler { self.dfa.passed(plain) } else { plain },
            begins,
            first,
            bits: traits::with_skip(Traits::of_word(bits), u8::from(is_filler)).bits(),
        };
        let weights = self.book.weights();
        let mut unit = Unit::default();
        if !weights.is_empty() {
            unit = Unit::of(word, |stem| weights.number(stem), |root| self.roots.number(root));
        }
        let next = self.facts.len() as u32;
        let number = *self.facts_of.entry((facts, unit)).or_insert(next);
        if number == next {
            self.facts.push(facts);
            self.units.push(unit);
        }
        let content = content::stem(word).map_or(0, |stem| self.contents.number(stem));
        Known { facts: number, symbol: facts.symbol, traits: traits_of(word, &facts), content }
    }

    /// Forgets the states that were met, all but those that words lead to from a start.
    pub(super) fn forget_states(&mut self) {
        let moved = self.dfa.forget(self.book.nfa());
        let new = |state: &mut State| *state = moved[*state as usize >> 1];
        self.facts.iter_mut().flat_map(|facts| &mut facts.first).chain(&mut self.leads).for_each(new);
        self.facts_of = (0..)
            .zip(self.facts.iter().zip(&self.units))
            .map(|(number, (facts, unit))| ((*facts, *unit), number))
            .collect();
    }
}

/// The bits of a written word, lower case, before its readings are known.
fn bits_of(word: &str) -> u32 {
    let greets = u32::from(names::may_greet(word)) * traits::GREETS;
    let title = u32::from(names::people::is_title(word)) * traits::TITLE;
    let given = match names::is_given_name(word) {
        Some(true) => traits::GIVEN | traits::SURE_NAME | traits::NAMES,
        Some(false) => traits::GIVEN,
        None => 0,
    };
    let leads = u32::from(names::announces(word)) * traits::NAMES;
    let fills = match word {
        "you" | "i" => traits::FILLS,
        "know" | "mean" => traits::FILLED,
        _ => 0,
    };
    greets | title | given | leads | fills
}

/// The traits of a word with its facts.
fn traits_of(word: &str, facts: &WordFacts) -> Traits {
    let opens = facts.first[Group::Openers as usize] != DEAD;
    let more = [(opens, traits::OPENS), (facts.begins != OTHER, traits::LISTED)];
    let bits = more.into_iter().filter(|(holds, _)| *holds);
    let bits = bits.fold(facts.bits, |all, (_, bit)| all | bit);
    Traits::of_word(bits | u32::from(Before::of(word).bits()) << traits::BEFORE)
}
