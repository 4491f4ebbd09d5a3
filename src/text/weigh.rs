//! The second detector at work: sums up sentences by the learned weights, after the phrases have settled.
//!
//! Phrases come first and stay in charge: a model adds a tag to a sentence in which the phrases of its set found
//! nothing, and, where its file has `@keep`, drops what a shipped phrase found in a sentence that is far from all that
//! the model knows. Models look at what the phrases found, never at what another model said, so that a tag does not
//! depend on which other sets are in a run.

use super::book::{Detectors, PhraseBook, SetId};
use super::features::{self, Bag, Before, Marks};
use super::model::{LEARNED, Sum};
use super::scene::{Hit, Scene, Token};
use super::unit::Unit;
use crate::call::{Call, Role};

/// What the learned weights of a set say of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The set.
    pub set: SetId,
    /// Bias and all weights, in thousandths.
    pub total: i32,
    /// The tag is given from this sum on.
    pub add: i32,
    /// The phrases' finds that the weights took away.
    pub dropped: Vec<Hit>,
    /// What weighs, with what it comes to, the heaviest first.
    pub parts: Vec<(String, i32)>,
}

/// A worker's memory for weighing. Of a call that is done it holds only what [`Weigher::explain`] asks for.
#[derive(Debug, Default)]
pub(super) struct Weigher {
    before: Before,
    bag: Bag,
    marks: Marks,
    sums: Vec<Sum>,
    added: Vec<Hit>,
    dropped: Vec<(SetId, u32)>,
    merged: Vec<Hit>,
    /// The phrases' finds that no longer count.
    gone: Vec<Hit>,
}

impl Weigher {
    /// Adds and drops hits of the sets that have a model; `unit` tells a token's unit.
    pub(super) fn weigh(
        &mut self,
        book: &PhraseBook,
        call: &Call,
        scene: &mut Scene,
        unit: impl Fn(&Token) -> Unit,
    ) {
        let weights = book.weights();
        if weights.is_empty() {
            return;
        }
        self.added.clear();
        self.dropped.clear();
        self.gone.clear();
        self.before.forget();
        self.marks.gather(scene, weights.shapes().sets());
        for n in 0..scene.sentences.len() as u32 {
            let role = call.role(&call.turns[scene.sentences[n as usize].turn as usize]);
            let listens = |set: SetId| book.set(set).who.is_none_or(|who| who == role);
            if role == Role::Bot || !weights.models().iter().any(|(set, _)| listens(*set)) {
                continue;
            }
            features::gather(
                (call, scene, &self.marks),
                n,
                weights.shapes(),
                |token| unit(&scene.tokens[token as usize]),
                (&mut self.before, &mut self.bag),
            );
            weights.sum(&self.bag, &mut self.sums);
            for (k, (set, model)) in weights.models().iter().enumerate() {
                let sum = self.sums[k];
                let only_learned = book.detectors() == Detectors::Learned;
                // Most sentences are neither near nor far enough to change anything.
                let idle = !sum.cue
                    || (sum.total < model.add && model.keep.is_none_or(|k| sum.total >= k));
                if !listens(*set) || (idle && !only_learned) {
                    continue;
                }
                let held = scene.has(n, *set);
                let drops = model.keep.is_some_and(|keep| sum.total < keep);
                let adds = sum.cue && sum.total >= model.add;
                if held && if only_learned { !adds } else { drops } {
                    self.dropped.push((*set, n));
                } else if !held
                    && adds
                    && let Some(tokens) = weights.evidence(&self.bag, k)
                {
                    let hit = Hit {
                        start: tokens.start,
                        end: tokens.end,
                        set: *set,
                        entry: LEARNED,
                        sentence: n,
                    };
                    let (not_if, after) = (&book.set(*set).not_if, &book.set(*set).after);
                    let counts = !not_if.iter().any(|&s| scene.has(n, s))
                        && (after.is_empty()
                            || after.iter().any(|&s| scene.said_before(call, &hit, s)));
                    if counts {
                        self.added.push(hit);
                    }
                }
            }
        }
        if !self.added.is_empty() || !self.dropped.is_empty() {
            self.merge(book, scene);
        }
    }

    /// Writes the hits of the scene anew, set by set, with what was added and without what was dropped.
    fn merge(&mut self, book: &PhraseBook, scene: &mut Scene) {
        self.added.sort_unstable_by_key(|h| (h.set, h.start));
        self.dropped.sort_unstable();
        self.merged.clear();
        for set in 0..scene.hits_of.len() {
            let id = set as SetId;
            let from = self.merged.len();
            let is_dropped = |h: &Hit| {
                let shipped = book
                    .set(id)
                    .entries
                    .get(h.entry as usize)
                    .is_none_or(|e| e.shipped);
                shipped && self.dropped.binary_search(&(id, h.sentence)).is_ok()
            };
            let (gone, merged) = (&mut self.gone, &mut self.merged);
            for hit in scene.hits(id) {
                (if is_dropped(hit) {
                    &mut *gone
                } else {
                    &mut *merged
                })
                .push(*hit);
            }
            let added = self.added.partition_point(|h| h.set < id)
                ..self.added.partition_point(|h| h.set <= id);
            if !added.is_empty() {
                self.merged.extend_from_slice(&self.added[added]);
                self.merged[from..].sort_unstable();
            }
            scene.hits_of[set] = from as u32..self.merged.len() as u32;
        }
        std::mem::swap(&mut scene.hits, &mut self.merged);
    }

    /// What each model says of a sentence of the call that was weighed last.
    pub(super) fn explain(
        &mut self,
        book: &PhraseBook,
        call: &Call,
        scene: &Scene,
        sentence: u32,
        unit: impl Fn(&Token) -> Unit,
    ) -> Vec<Weighed> {
        let weights = book.weights();
        if weights.is_empty() {
            return Vec::new();
        }
        features::gather(
            (call, scene, &self.marks),
            sentence,
            weights.shapes(),
            |token| unit(&scene.tokens[token as usize]),
            (&mut self.before, &mut self.bag),
        );
        weights.sum(&self.bag, &mut self.sums);
        let models = weights.models().iter().zip(&self.sums).enumerate();
        models
            .map(|(k, ((set, model), sum))| Weighed {
                set: *set,
                total: sum.total,
                add: model.add,
                dropped: self
                    .gone
                    .iter()
                    .filter(|h| h.set == *set && h.sentence == sentence)
                    .copied()
                    .collect(),
                parts: weights.parts(&self.bag, k),
            })
            .collect()
    }
}
