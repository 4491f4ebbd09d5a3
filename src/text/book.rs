//! The phrase book: all phrase sets of a run, compiled into one automaton.

mod compile;

use super::automaton::{Automaton, Group};
use super::letters::Letters;
use super::lexicon::Lexicon;
use super::model::{Learned, Weights};
use super::phrase::Phrase;
use super::segment;
use crate::call::Role;
use compile::Compiler;
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

/// What an accepting node stands for.
#[derive(Clone, Copy, Debug)]
pub struct Accepted {
    /// The set.
    pub set: SetId,
    /// The entry within the set; none cancels hits of the set.
    pub entry: Option<u32>,
    /// Whose words the set is looked for in; none is anyone's.
    pub who: Option<Role>,
    /// It must begin its sentence.
    pub at_start: bool,
    /// It must end its sentence.
    pub at_end: bool,
}

/// All sets of a run.
#[derive(Debug)]
pub struct PhraseBook {
    sets: Vec<SetDef>,
    /// Names for reports; they live as long as the program, since a run has one book.
    names: Vec<&'static str>,
    /// Sets in an order in which each comes after those that its conditions name.
    order: Vec<SetId>,
    accepted: Vec<Accepted>,
    lexicon: Lexicon,
    automaton: Automaton,
    /// The entries that are regular expressions, set by set.
    letters: Vec<(SetId, u32)>,
    weights: Weights,
}

impl PhraseBook {
    /// Compiles sets. References among them must be free of cycles; `find_cycle` says where one is.
    #[must_use]
    pub fn compile(sets: Vec<SetDef>) -> PhraseBook {
        let names = sets.iter().map(|s| &*Box::leak(s.name.clone().into_boxed_str())).collect();
        let order = order(&sets);
        let mut c = Compiler::new(&sets);
        let mut accepted = Vec::new();
        for phrase in segment::openers() {
            let end = c.automaton.accept(accepted.len() as u32);
            let node = c.build(&phrase.tree().item, end);
            c.automaton.root(Group::Openers, node);
            accepted.push(Accepted { set: SetId::MAX, entry: None, who: None, at_start: false, at_end: false });
        }
        for (k, set) in sets.iter().enumerate().filter(|(_, s)| !s.only_inlined) {
            let words = set.entries.iter().enumerate().filter_map(|(n, e)| match &e.pattern {
                Pattern::Words(phrase) => Some((phrase, Some(n as u32))),
                Pattern::Letters(_) => None,
            });
            for (phrase, entry) in words.chain(set.not_in.iter().map(|p| (p, None))) {
                let end = c.automaton.accept(accepted.len() as u32);
                let tree = phrase.tree();
                let node = c.build(&tree.item, end);
                if set.who != Some(Role::Customer) {
                    c.automaton.root(Group::Agent, node);
                }
                if set.who.is_none_or(|who| who == Role::Customer) {
                    c.automaton.root(Group::Customer, node);
                }
                accepted.push(Accepted {
                    set: k as SetId,
                    entry,
                    who: set.who,
                    at_start: tree.at_start,
                    at_end: tree.at_end,
                });
            }
        }
        c.lexicon.finish();
        let (lexicon, automaton) = (c.lexicon, c.automaton);
        let mut letters = Vec::new();
        for (k, set) in sets.iter().enumerate().filter(|(_, s)| !s.only_inlined) {
            let found = set.entries.iter().enumerate().filter(|(_, e)| matches!(e.pattern, Pattern::Letters(_)));
            letters.extend(found.map(|(entry, _)| (k as SetId, entry as u32)));
        }
        PhraseBook { sets, names, order, accepted, lexicon, automaton, letters, weights: Weights::default() }
    }

    /// The book with learned weights beside the phrases of some sets.
    #[must_use]
    pub fn with_models(self, models: &[Learned]) -> PhraseBook {
        PhraseBook { weights: Weights::new(models, &self.names), ..self }
    }

    /// The learned weights of a run.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// A set by its id.
    #[must_use]
    pub fn set(&self, id: SetId) -> &SetDef {
        &self.sets[usize::from(id)]
    }

    /// Whether a set is looked for in the words of one role only.
    #[must_use]
    pub fn has_role(&self, set: SetId) -> bool {
        self.sets()[usize::from(set)].who.is_some()
    }

    /// The sets, by their ids.
    #[must_use]
    pub fn sets(&self) -> &[SetDef] {
        &self.sets
    }

    /// A set's name, for evidence.
    #[must_use]
    pub fn name(&self, set: SetId) -> &'static str {
        self.names[usize::from(set)]
    }

    /// The id of a set by its name.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<SetId> {
        self.sets.iter().position(|s| s.name == name).map(|k| k as SetId)
    }

    /// The regular expressions: the set and the entry of each, whose words it is looked for in, and itself.
    pub(super) fn letters(&self) -> impl Iterator<Item = (SetId, u32, Option<Role>, &Letters)> {
        self.letters.iter().filter_map(|&(id, entry)| {
            let set = self.set(id);
            match &set.entries[entry as usize].pattern {
                Pattern::Letters(letters) => Some((id, entry, set.who, letters)),
                Pattern::Words(_) => None,
            }
        })
    }
    pub(super) fn order(&self) -> &[SetId] {
        &self.order
    }
    pub(super) fn accepted(&self, phrase: u32) -> Accepted {
        self.accepted[phrase as usize]
    }
    pub(super) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
    pub(super) fn automaton(&self) -> &Automaton {
        &self.automaton
    }
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

/// An order in which every set comes after the ones it looks at.
fn order(sets: &[SetDef]) -> Vec<SetId> {
    fn visit(sets: &[SetDef], k: SetId, seen: &mut [bool], order: &mut Vec<SetId>) {
        if std::mem::replace(&mut seen[usize::from(k)], true) {
            return;
        }
        for other in sets[usize::from(k)].looks_at() {
            visit(sets, other, seen, order);
        }
        order.push(k);
    }
    let mut seen = vec![false; sets.len()];
    let mut order = Vec::with_capacity(sets.len());
    for k in 0..sets.len() {
        visit(sets, k as SetId, &mut seen, &mut order);
    }
    order
}
