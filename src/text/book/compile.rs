//! Phrases into nodes of the automaton.

use super::{Pattern, SetDef};
use crate::text::automaton::{Automaton, Node};
use crate::text::fold;
use crate::text::lexicon::{Atom, BUILT_INS, Lexicon};
use crate::text::phrase::Item;
use std::rc::Rc;

/// A set as other phrases inline it: its single words as one atom, the rest as they are.
#[derive(Clone)]
pub(super) struct Parts<'s> {
    singles: Option<Atom>,
    rest: Rc<[&'s Item]>,
}

pub(super) struct Compiler<'s> {
    pub sets: &'s [SetDef],
    pub lexicon: Lexicon,
    pub automaton: Automaton,
    pub parts: Vec<Option<Parts<'s>>>,
}

impl<'s> Compiler<'s> {
    /// Adds the nodes that match `item` and go on at `next`; gives the first one.
    pub fn build(&mut self, item: &Item, next: Node) -> Node {
        match item {
            Item::Word(word) => {
                let ways = fold::readings(word)
                    .into_iter()
                    .map(|r| {
                        let then = match r.second {
                            Some(second) => {
                                let atom = self.lexicon.word(&second);
                                self.automaton.word(atom, next)
                            }
                            None => next,
                        };
                        let atom = self.lexicon.word(&r.first);
                        self.automaton.word(atom, then)
                    })
                    .collect();
                self.automaton.split(ways)
            }
            Item::Glob(glob) => {
                let atom = self.lexicon.class(&[glob]);
                self.automaton.word(atom, next)
            }
            Item::Gap { min, max } => {
                let mut node = next;
                for _ in *min..*max {
                    let any = self.automaton.any(node);
                    node = self.automaton.split(vec![any, next]);
                }
                for _ in 0..*min {
                    node = self.automaton.any(node);
                }
                node
            }
            Item::Seq(all) => all
                .iter()
                .rev()
                .fold(next, |node, item| self.build(item, node)),
            Item::Opt(inner) => {
                let with = self.build(inner, next);
                self.automaton.split(vec![with, next])
            }
            Item::Alt(all) => self.build_any_of(all, next),
            Item::Set(name, _) => {
                if let Some((_, atom)) = BUILT_INS.iter().find(|(built_in, _)| built_in == name) {
                    return self.automaton.word(*atom, next);
                }
                let Some(set) = self.sets.iter().position(|s| s.name == *name) else {
                    return next;
                };
                let parts = self.parts_of(set);
                let mut ways: Vec<Node> = parts
                    .singles
                    .into_iter()
                    .map(|atom| self.automaton.word(atom, next))
                    .collect();
                ways.extend(parts.rest.iter().map(|item| self.build(item, next)));
                self.automaton.split(ways)
            }
        }
    }

    fn build_any_of(&mut self, all: &[Item], next: Node) -> Node {
        let (singles, rest) = part(all);
        let mut ways = Vec::new();
        if let Some(atom) = self.class(&singles) {
            ways.push(self.automaton.word(atom, next));
        }
        ways.extend(rest.into_iter().map(|item| self.build(item, next)));
        self.automaton.split(ways)
    }

    /// The atom that any of these words satisfies.
    fn class(&mut self, words: &[String]) -> Option<Atom> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        (!words.is_empty()).then(|| self.lexicon.class(&words))
    }

    fn parts_of(&mut self, set: usize) -> Parts<'s> {
        if let Some(parts) = &self.parts[set] {
            return parts.clone();
        }
        let items = self.sets[set]
            .entries
            .iter()
            .filter_map(|e| match &e.pattern {
                Pattern::Words(phrase) => Some(&phrase.tree().item),
                Pattern::Letters(_) => None,
            });
        let (singles, rest) = part(items);
        let parts = Parts {
            singles: self.class(&singles),
            rest: rest.into(),
        };
        self.parts[set] = Some(parts.clone());
        parts
    }
}

/// Parts alternatives into the single words (folded) and the rest.
fn part<'i>(all: impl IntoIterator<Item = &'i Item>) -> (Vec<String>, Vec<&'i Item>) {
    let (mut singles, mut rest) = (Vec::new(), Vec::new());
    let mut todo: Vec<&Item> = all.into_iter().collect();
    todo.reverse();
    while let Some(item) = todo.pop() {
        match item {
            Item::Alt(inner) => todo.extend(inner.iter().rev()),
            Item::Glob(glob) => singles.push(glob.clone()),
            Item::Word(word) => {
                let readings = fold::readings(word);
                if readings.len() == 1 && readings[0].second.is_none() {
                    singles.push(readings[0].first.clone());
                } else {
                    rest.push(item);
                }
            }
            _ => rest.push(item),
        }
    }
    (singles, rest)
}
