//! The phrase book: all phrase sets of a run, compiled into one automaton.

use super::engine::compile::Compiler;
use super::engine::lexicon::Lexicon;
use super::engine::nfa::{Group, Nfa};
use super::letters::Letters;
use super::model::Learned;
use super::segment;
use super::set::{Pattern, SetDef, SetId};
use super::weights::Weights;
use crate::call::Role;

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
    nfa: Nfa,
    /// The entries that are regular expressions, set by set.
    letters: Vec<(SetId, u32)>,
    weights: Weights,
}

impl PhraseBook {
    /// Compiles sets. References among them must be free of cycles; `find_cycle` says where one is.
    pub fn compile(sets: Vec<SetDef>) -> PhraseBook {
        let names = sets.iter().map(|s| &*Box::leak(s.name.clone().into_boxed_str())).collect();
        let order = order(&sets);
        let mut c = Compiler::new(&sets);
        let mut accepted = Vec::new();
        for phrase in segment::openers() {
            let end = c.nfa.accept(accepted.len() as u32);
            let node = c.build(&phrase.tree().item, end);
            c.nfa.root(Group::Openers, node);
            accepted.push(Accepted { set: SetId::MAX, entry: None, who: None, at_start: false, at_end: false });
        }
        for (k, set) in sets.iter().enumerate().filter(|(_, s)| !s.only_inlined) {
            let words = set.entries.iter().enumerate().filter_map(|(n, e)| match &e.pattern {
                Pattern::Words(phrase) => Some((phrase, Some(n as u32))),
                Pattern::Letters(_) => None,
            });
            for (phrase, entry) in words.chain(set.not_in.iter().map(|p| (p, None))) {
                let end = c.nfa.accept(accepted.len() as u32);
                let tree = phrase.tree();
                let node = c.build(&tree.item, end);
                if set.who != Some(Role::Customer) {
                    c.nfa.root(Group::Agent, node);
                }
                if set.who.is_none_or(|who| who == Role::Customer) {
                    c.nfa.root(Group::Customer, node);
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
        let (lexicon, nfa) = (c.lexicon, c.nfa);
        let mut letters = Vec::new();
        for (k, set) in sets.iter().enumerate().filter(|(_, s)| !s.only_inlined) {
            let found = set.entries.iter().enumerate().filter(|(_, e)| matches!(e.pattern, Pattern::Letters(_)));
            letters.extend(found.map(|(entry, _)| (k as SetId, entry as u32)));
        }
        PhraseBook { sets, names, order, accepted, lexicon, nfa, letters, weights: Weights::default() }
    }

    /// The book with learned weights beside the phrases of some sets.
    #[must_use]
    pub fn with_models(self, models: &[Learned]) -> PhraseBook {
        PhraseBook { weights: Weights::new(models, &self.names), ..self }
    }

    /// The learned weights of a run.
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// A set by its id.
    pub fn set(&self, id: SetId) -> &SetDef {
        &self.sets[usize::from(id)]
    }

    /// Whether a set is looked for in the words of one role only.
    pub fn has_role(&self, set: SetId) -> bool {
        self.sets()[usize::from(set)].who.is_some()
    }

    /// Whether only this role's words can hold hits of a set.
    pub fn is_heard_from(&self, set: SetId, role: Option<Role>) -> bool {
        let set = self.set(set);
        set.who.is_some() && set.who == role && set.origin == super::set::Origin::Listed
    }

    /// The sets, by their ids.
    pub fn sets(&self) -> &[SetDef] {
        &self.sets
    }

    /// A set's name, for evidence.
    pub fn name(&self, set: SetId) -> &'static str {
        self.names[usize::from(set)]
    }

    /// The id of a set by its name.
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
    pub(super) fn nfa(&self) -> &Nfa {
        &self.nfa
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
