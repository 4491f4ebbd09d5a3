//! Phrase sets as packs give them: names resolved, phrases read, not yet compiled.

use super::letters::Letters;
use super::phrase::Phrase;
use crate::call::Role;
use std::sync::Arc;

/// Index of a set in its book.
pub type SetId = u16;

/// Where the hits of a set come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The phrases listed.
    #[default]
    Listed,
    /// Names in address ("Thanks, Alex"), found by [`super::names`].
    Names,
}

/// What finds the tags of sets that have learned weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detectors {
    /// Phrases and weights together.
    #[default]
    Combined,
    /// Phrases alone.
    Phrases,
}

/// How a phrase is looked for.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// Over words.
    Words(Phrase),
    /// Over the letters of a sentence.
    Letters(Letters),
}

/// A phrase of a set with its own conditions.
#[derive(Clone, Debug)]
pub struct Entry {
    /// How it is looked for.
    pub pattern: Pattern,
    /// As it was written.
    pub written: Arc<str>,
    /// What to say instead.
    pub instead: Option<String>,
    /// It counts only if one of these was found in the other party's last run before; empty: always.
    pub after: Vec<SetId>,
    /// It does not count in a sentence that holds one of these.
    pub not_if: Vec<SetId>,
    /// It comes with the program: where its set has learned weights, these decide whether it counts.
    pub shipped: bool,
}

/// A phrase set, ready to be compiled: names resolved, phrases read.
#[derive(Clone, Debug, Default)]
pub struct SetDef {
    /// Its name: the tag.
    pub name: String,
    /// What it means, in a line.
    pub about: String,
    /// What it is called in a sentence, for people who never saw a pack.
    pub called: String,
    /// Whose words it is looked for in; none is anyone's.
    pub who: Option<Role>,
    /// Where its hits come from.
    pub origin: Origin,
    /// Its phrases.
    pub entries: Vec<Entry>,
    /// Longer phrases that cancel a hit they overlap.
    pub not_in: Vec<Phrase>,
    /// A hit counts only if one of these was found in the other party's last run before; empty: always.
    pub after: Vec<SetId>,
    /// A hit does not count in a sentence that holds one of these.
    pub not_if: Vec<SetId>,
    /// Nobody asks for its own hits: it is there for the phrases that inline it, and is not looked for.
    pub only_inlined: bool,
}

impl SetDef {
    /// Calls `each` with the names of the sets that its phrases inline.
    pub fn each_inlined(&self, each: &mut dyn FnMut(&str)) {
        let of_entries = self.entries.iter().filter_map(|e| match &e.pattern {
            Pattern::Words(phrase) => Some(phrase),
            Pattern::Letters(_) => None,
        });
        for phrase in of_entries.chain(&self.not_in) {
            phrase.each_set(&mut |name, _| each(name));
        }
    }

    /// The sets whose hits its conditions look at.
    pub fn looks_at(&self) -> impl Iterator<Item = SetId> {
        let of_entries = self.entries.iter().flat_map(|e| e.after.iter().chain(&e.not_if));
        self.after.iter().chain(&self.not_if).chain(of_entries).copied()
    }
}
