//! What it means that a phrase is found: the matcher in the plainest words, slow and without any cache.
//!
//! This is the definition. Tests hold the fast matcher to it; the program never calls it.

use super::lexicon::{BUILT_INS, Lexicon, glob_matches};
use super::walks::LONGEST;
use crate::text::fold::{self, Reading};
use crate::text::phrase::Item;
use crate::text::set::{Pattern, SetDef};
use std::collections::BTreeSet;

/// A word of a sentence.
pub struct Word {
    /// What it may stand for.
    pub readings: Vec<Reading>,
    /// How many words may be passed over from it on, inside a phrase: a filler, a stutter, "you know".
    pub skip: usize,
}

/// How far a phrase has come: before a word, or within one that stands for two, before its second.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    word: usize,
    second: Option<String>,
}

/// A sentence, and the word at which a phrase is to begin.
pub struct Search<'s> {
    /// The sentence.
    pub words: &'s [Word],
    /// The first word.
    pub start: usize,
    /// The sets that phrases may name.
    pub sets: &'s [SetDef],
}

impl Search<'_> {
    /// One past the last word of the longest match that begins at the start.
    pub fn longest(&self, phrase: &Item<'_>) -> Option<usize> {
        let start = BTreeSet::from([Place { word: self.start, second: None }]);
        let ends = self.past(phrase, start).into_iter().filter(|place| place.second.is_none());
        ends.map(|place| place.word).filter(|end| end - self.start <= LONGEST as usize).max()
    }

    /// All places to which an item leads.
    fn past(&self, item: &Item<'_>, from: BTreeSet<Place>) -> BTreeSet<Place> {
        match item {
            Item::Word(word) => {
                let readings = fold::readings(word);
                let past = readings.iter().map(|reading| {
                    let first = self.take(&from, |said| said == reading.first);
                    match &reading.second {
                        Some(second) => self.take(&first, |said| said == second),
                        None => first,
                    }
                });
                past.flatten().collect()
            }
            Item::Glob(glob) => self.take(&from, |said| glob_matches(&fold::spelling(glob), said)),
            Item::Gap { min, max } => {
                let mut all = BTreeSet::new();
                let mut reached = from;
                for taken in 0..=*max {
                    if taken >= *min {
                        all.extend(reached.iter().cloned());
                    }
                    reached = self.take(&reached, |_| true);
                }
                all
            }
            Item::Seq(items) => items.iter().fold(from, |reached, item| self.past(item, reached)),
            Item::Opt(inner) => self.past(inner, from.clone()).into_iter().chain(from).collect(),
            Item::Alt(items) => items.iter().flat_map(|item| self.past(item, from.clone())).collect(),
            Item::Set(name) => {
                if let Some((_, shape)) = BUILT_INS.iter().find(|(built_in, _)| built_in == name) {
                    return self.take(&from, |said| Lexicon::new().atoms(said).contains(shape));
                }
                let sets = self.sets.iter().filter(|set| set.name == *name);
                let patterns = sets.flat_map(|set| &set.entries).map(|entry| &entry.pattern);
                let past = patterns.map(|pattern| match pattern {
                    Pattern::Words(phrase) => self.past(&phrase.tree().item, from.clone()),
                    Pattern::Letters(_) => BTreeSet::new(),
                });
                past.flatten().collect()
            }
        }
    }

    /// All places behind a word that fits, from places before it; inside a phrase, fillers before it are passed over.
    fn take(&self, from: &BTreeSet<Place>, fits: impl Fn(&str) -> bool) -> BTreeSet<Place> {
        let (mut todo, mut taken) = (from.clone(), BTreeSet::new());
        while let Some(Place { word, second }) = todo.pop_first() {
            let Some(said) = self.words.get(word) else { continue };
            if let Some(second) = second {
                taken.extend(fits(&second).then_some(Place { word: word + 1, second: None }));
                continue;
            }
            for reading in said.readings.iter().filter(|reading| fits(&reading.first)) {
                taken.insert(match &reading.second {
                    Some(second) => Place { word, second: Some(second.clone()) },
                    None => Place { word: word + 1, second: None },
                });
            }
            if word > self.start && said.skip > 0 {
                todo.insert(Place { word: word + said.skip, second: None });
            }
        }
        taken
    }
}
