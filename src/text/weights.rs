//! All models of a run: the agents' apart from the customers', so that a sentence is looked up once whatever the number of
//! models.

use super::features::{self, Bag, Before, Shapes};
use super::model::Learned;
use super::numbers::Numbers;
use super::side::{Side, WORD_BITS};
use crate::call::Role;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// All models of a run.
#[derive(Debug, Default)]
pub struct Weights {
    numbers: Numbers,
    shapes: Shapes,
    /// The agents' models, the customers'. Those for anyone are in both.
    sides: [Side; 2],
}

impl Weights {
    /// Joins the models of sets; `names` are those of all sets by their ids.
    pub fn new(models: &[Learned], names: &[&str]) -> Weights {
        let mut w = Weights::default();
        for role in [Role::Agent, Role::Customer] {
            let listens = |m: &&Learned| m.who.is_none_or(|who| who == role);
            let own: Vec<Learned> = models.iter().filter(listens).cloned().collect();
            w.sides[index(role)] = Side::new(&own, &mut w.numbers);
        }
        let known = w.numbers.names().len() + 1;
        w.sides.iter_mut().for_each(|side| side.hold(known));
        w.shapes = Shapes::new(names.iter().copied(), |word| w.number(word));
        w
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sides.iter().all(|side| side.models().is_empty())
    }

    /// The models that judge what a role says.
    pub fn side(&self, role: Role) -> &Side {
        &self.sides[index(role)]
    }

    /// The number of a stem; 0 if no feature has it, or a million others had theirs before.
    pub fn number(&self, stem: &str) -> u32 {
        let number = self.numbers.get(stem);
        if number >> WORD_BITS == 0 { number } else { 0 }
    }

    /// The shapes by the numbers of this vocabulary.
    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// The features of a bag that weigh something for a model of a side, with what each comes to: phrases first, then the
    /// heaviest. For people: sums are made by [`Side::words`] and [`Side::around`], and come to the same.
    pub fn parts(&self, (bag, before): (&Bag, &Before), role: Role, model: usize) -> Vec<(String, i32)> {
        let weights = self.side(role).models()[model].model.weights.iter();
        let weights: FxHashMap<&str, i32> = weights.map(|(f, w)| (&**f, *w)).collect();
        let mut parts: BTreeMap<String, i32> = BTreeMap::new();
        let name = |number: u32| (number != 0).then(|| self.numbers.name(number));
        features::names(bag, before, name, |feature, _| {
            if let Some(weight) = weights.get(feature) {
                *parts.entry(feature.to_owned()).or_default() += weight;
            }
        });
        let mut parts: Vec<_> = parts.into_iter().collect();
        let of_phrases = |feature: &str| feature.starts_with(['=', '<']);
        parts.sort_by_key(|(f, weight)| (!of_phrases(f), std::cmp::Reverse(weight.abs())));
        parts
    }
}

/// Bots and people of unknown role are not judged; they share the agents' place.
fn index(role: Role) -> usize {
    usize::from(role == Role::Customer)
}
