//! Learned sets: a small linear model beside the phrases of a set, as weights that a person can read and change.
//!
//! A [`Model`] is what a weights file says. Weights are whole thousandths: the same sum everywhere.

use super::set::SetId;
use crate::call::Role;
use std::borrow::Cow;
use std::sync::Arc;

/// [`super::scene::Hit::entry`] of a hit that no phrase made.
pub const LEARNED: u32 = u32::MAX;

/// The weights of one set, in thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// The sum begins here.
    pub bias: i32,
    /// A sentence is tagged from this sum on.
    pub add: i32,
    /// A sentence is sure from this sum on: enough to take a call for one in which this is said.
    pub sure: i32,
    /// How much of what the other sentences of its turn weigh counts for a sentence.
    pub rest: i32,
    /// Features, their words parted by spaces, in order.
    pub weights: Vec<(Cow<'static, str>, i32)>,
}

impl Model {
    /// The names of the sets whose phrases it looks at.
    pub fn sets(&self) -> impl Iterator<Item = &str> {
        let named = |(feature, _): &'_ (Cow<'static, str>, i32)| feature.starts_with(['=', '<']);
        self.weights
            .iter()
            .filter(move |w| named(w))
            .map(|(feature, _)| &feature[1..])
            .filter(|name| !OF_BEFORE.contains(name))
    }
}

/// What `<` may say besides a set.
pub const OF_BEFORE: [&str; 3] = ["asked", "short", "long"];

/// A set with its model.
#[derive(Clone, Debug)]
pub struct Learned {
    /// The set.
    pub set: SetId,
    /// Who says what it judges; none is anyone.
    pub who: Option<Role>,
    /// It tags sentences in which no phrase of the set was found. Otherwise it only decides which phrases count.
    pub adds: bool,
    /// Its weights; shared by the sides that it judges.
    pub model: Arc<Model>,
}
