//! Phrases into nodes of the automaton.

use super::lexicon::{Atom, BUILT_INS, Lexicon, Member};
use super::nfa::{Nfa, Node};
use crate::text::fold;
use crate::text::phrase::Item;
use crate::text::set::{Pattern, SetDef};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// A reading of a word: one word, or two.
type Way = (Member, Option<Member>);

/// A set as other phrases inline it: its single words as one atom, the rest as they are.
struct Parts<'s> {
    singles: Option<Atom>,
    rest: Vec<Item<'s>>,
}

/// Turns phrases into nodes, one after the other.
pub struct Compiler<'s> {
    sets: &'s [SetDef],
    ids: FxHashMap<&'s str, usize>,
    /// The words that phrases name.
    pub lexicon: Lexicon,
    /// The nodes so far.
    pub nfa: Nfa,
    parts: Vec<Option<Rc<Parts<'s>>>>,
    /// The readings of the words met so far that stand for others: the same few recur in most phrases.
    ways: FxHashMap<Box<str>, Rc<[Way]>>,
}

impl<'s> Compiler<'s> {
    /// A compiler for phrases that may inline these sets.
    #[must_use]
    pub fn new(sets: &'s [SetDef]) -> Self {
        let named = |(k, set): (usize, &'s SetDef)| (set.name.as_str(), k);
        Compiler {
            sets,
            ids: sets.iter().enumerate().map(named).collect(),
            lexicon: Lexicon::new(),
            nfa: Nfa::default(),
            parts: sets.iter().map(|_| None).collect(),
            ways: FxHashMap::default(),
        }
    }

    /// Adds the nodes that match `item` and go on at `next`; gives the first one.
    pub fn build(&mut self, item: &Item<'s>, next: Node) -> Node {
        match item {
            Item::Word(word) if fold::is_plain(word) => {
                let member = self.lexicon.member(word);
                self.build_way((member, None), next)
            }
            Item::Word(word) => {
                let ways = self.ways(word);
                if let [way] = *ways {
                    return self.build_way(way, next);
                }
                let ways: Vec<Node> = ways.iter().map(|way| self.build_way(*way, next)).collect();
                self.nfa.split(&ways)
            }
            Item::Glob(glob) => {
                let member = self.lexicon.member(&fold::spelling(glob));
                let atom = self.lexicon.class(vec![member]);
                self.nfa.word(atom, next)
            }
            Item::Gap { min, max } => {
                let mut node = next;
                for _ in *min..*max {
                    let any = self.nfa.any(node);
                    node = self.nfa.split(&[any, next]);
                }
                for _ in 0..*min {
                    node = self.nfa.any(node);
                }
                node
            }
            Item::Seq(all) => all.iter().rev().fold(next, |node, item| self.build(item, node)),
            Item::Opt(inner) => {
                let with = self.build(inner, next);
                self.nfa.split(&[with, next])
            }
            Item::Alt(all) => {
                let (singles, rest) = self.part(all);
                self.build_any_of(singles, rest, next)
            }
            Item::Set(name) => {
                if let Some((_, atom)) = BUILT_INS.iter().find(|(built_in, _)| built_in == name) {
                    return self.nfa.word(*atom, next);
                }
                let Some(&set) = self.ids.get(name) else {
                    return next;
                };
                let parts = self.parts_of(set);
                self.build_any_of(parts.singles, &parts.rest, next)
            }
        }
    }

    fn build_way(&mut self, (first, second): Way, next: Node) -> Node {
        let then = second.map_or(next, |second| {
            let atom = self.lexicon.word(second);
            self.nfa.word(atom, next)
        });
        let atom = self.lexicon.word(first);
        self.nfa.word(atom, then)
    }

    fn build_any_of<'i>(
        &mut self,
        singles: Option<Atom>,
        rest: impl IntoIterator<Item = &'i Item<'s>>,
        next: Node,
    ) -> Node
    where
        's: 'i,
    {
        let singles = singles.map(|atom| self.nfa.word(atom, next));
        let mut ways = Vec::from_iter(singles);
        ways.extend(rest.into_iter().map(|item| self.build(item, next)));
        self.nfa.split(&ways)
    }

    fn ways(&mut self, word: &str) -> Rc<[Way]> {
        if let Some(ways) = self.ways.get(word) {
            return ways.clone();
        }
        let way = |reading: &fold::Reading| {
            let first = self.lexicon.member(&reading.first);
            let second = reading.second.as_ref();
            (first, second.map(|second| self.lexicon.member(second)))
        };
        let ways: Rc<[Way]> = fold::readings(word).iter().map(way).collect();
        self.ways.insert(word.into(), ways.clone());
        ways
    }

    fn parts_of(&mut self, set: usize) -> Rc<Parts<'s>> {
        if let Some(parts) = &self.parts[set] {
            return parts.clone();
        }
        let sets: &'s [SetDef] = self.sets;
        let items = sets[set].entries.iter().filter_map(|e| match &e.pattern {
            Pattern::Words(phrase) => Some(phrase.tree().item),
            Pattern::Letters(_) => None,
        });
        let items: Vec<Item<'s>> = items.collect();
        let (singles, rest) = self.part(&items);
        let parts = Rc::new(Parts { singles, rest: rest.into_iter().cloned().collect() });
        self.parts[set] = Some(parts.clone());
        parts
    }

    /// Parts alternatives into an atom for all single words and the rest.
    fn part<'i>(&mut self, all: &'i [Item<'s>]) -> (Option<Atom>, Vec<&'i Item<'s>>) {
        let (mut singles, mut rest) = (Vec::new(), Vec::new());
        let mut todo = vec![all.iter()];
        while let Some(items) = todo.last_mut() {
            match items.next() {
                None => drop(todo.pop()),
                Some(Item::Alt(inner)) => todo.push(inner.iter()),
                Some(Item::Glob(glob)) => singles.push(self.lexicon.member(&fold::spelling(glob))),
                Some(Item::Word(word)) if fold::is_plain(word) => {
                    singles.push(self.lexicon.member(word));
                }
                Some(item @ Item::Word(word)) => match *self.ways(word) {
                    [(single, None)] => singles.push(single),
                    _ => rest.push(item),
                },
                Some(item) => rest.push(item),
            }
        }
        let atom = (!singles.is_empty()).then(|| self.lexicon.class(singles));
        (atom, rest)
    }
}
