//! The learned weights at work: each sentence is summed up, set by set, after the phrases have settled.
//!
//! The sum decides, phrases and words together: a shipped phrase is a feature that weighs, and counts only where the sum
//! reaches the model's mark; a sentence without a phrase is tagged from the same mark on. A phrase of a user's own pack
//! always counts. Models look at what the phrases found, never at what another model said, so that a tag does not depend
//! on which other sets are in a run.

use super::book::PhraseBook;
use super::features::{Bag, Before, Heard, Marks};
use super::model::LEARNED;
use super::scene::{Hit, Scene, Token};
use super::set::SetId;
use super::side::Pair;
use super::unit::Unit;
use crate::call::{Call, Role};

/// A sum less than this from the mark is a thin margin, in thousandths.
pub const NEAR: i32 = 150;

/// With a listed phrase, a sum so far over the mark is sure.
const SURE_WITH_PHRASE: i32 = 400;

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
    /// What was said before, summed up.
    around: Vec<i32>,
    /// What the words of each sentence of a turn come to, and those of the whole turn.
    words: Vec<i32>,
    turn: Vec<i32>,
    /// Per sentence: where its sums begin within `totals`; none if no model judges it.
    at: Vec<Option<u32>>,
    pairs: Vec<Pair>,
    /// Per sentence: one past its last pair within `pairs`.
    pairs_to: Vec<u32>,
    share: Vec<i64>,
    /// Sentences whose sum for a model, by its place, is near the mark or over it.
    told: Vec<(u32, usize)>,
    totals: Vec<i32>,
    added: Vec<Hit>,
    merged: Vec<Hit>,
    /// The phrases' finds that do not count.
    dropped: Vec<Hit>,
}

impl Weigher {
    /// Adds and drops hits of the sets that have a model; `unit` tells a token's unit, `cancels` are the finds of `not_in`,
    /// by set, then by place.
    pub(super) fn weigh(
        &mut self,
        book: &PhraseBook,
        call: &Call,
        scene: &mut Scene,
        cancels: &[Hit],
        unit: impl Fn(&Token) -> Unit,
    ) {
        scene.almost.clear();
        if book.weights().is_empty() {
            return;
        }
        self.added.clear();
        self.dropped.clear();
        self.before.forget();
        self.at.clear();
        self.told.clear();
        self.pairs.clear();
        self.pairs_to.clear();
        self.totals.clear();
        self.marks.gather(scene, &book.weights().shapes().sets());
        for turn in 0..call.turns.len() as u32 {
            self.sum_turn(book, call, scene, turn, &unit);
        }
        self.look_for_more(book, call, scene, cancels, &unit);
        self.merge(book, call, scene);
    }

    /// Sums up the sentences of a turn.
    fn sum_turn(&mut self, book: &PhraseBook, call: &Call, scene: &Scene, turn: u32, unit: &impl Fn(&Token) -> Unit) {
        let role = call.role(&call.turns[turn as usize]);
        let side = book.weights().side(role);
        let sentences = scene.turn_sentences(turn);
        if side.models().is_empty() || !is_judged(role) {
            self.pairs_to.extend(sentences.clone().map(|_| self.pairs.len() as u32));
            self.at.extend(sentences.map(|_| None));
            return;
        }
        let width = side.width();
        let from = self.totals.len();
        self.words.clear();
        self.turn.clear();
        self.turn.resize(width, 0);
        let heard =
            Heard { call, scene, marks: &self.marks, shapes: book.weights().shapes(), unit: |_, t: &Token| unit(t) };
        if heard.listen(turn, &mut self.before) || self.around.len() != width {
            self.around.clear();
            self.around.extend(side.models().iter().map(|m| m.model.bias));
            self.around.resize(width, 0);
            side.around(&self.before, &mut self.around);
        }
        for n in sentences.clone() {
            let (at, own) = (self.totals.len(), self.words.len());
            self.at.push(Some(at as u32));
            self.words.resize(own + width, 0);
            let words = &mut self.words[own..];
            let counts = side.words(&heard, (n, &self.before), words, &mut self.pairs);
            self.pairs_to.push(self.pairs.len() as u32);
            self.turn.iter_mut().zip(words).for_each(|(t, w)| *t += *w);
            self.bag.shapes.clear();
            heard.shapes_of(n, counts, &mut self.bag.shapes);
            self.totals.extend_from_slice(&self.around);
            side.shape(&self.bag.shapes, &mut self.totals[at..]);
        }
        let sums = self.totals[from..].chunks_mut(width);
        for (n, (totals, words)) in sentences.zip(sums.zip(self.words.chunks(width))) {
            for (k, learned) in side.models().iter().enumerate() {
                let rest = self.turn[k] - words[k];
                totals[k] += words[k] + rest * learned.model.rest / 1000;
                if learned.adds && totals[k] >= learned.model.add - NEAR {
                    self.told.push((n, k));
                }
            }
        }
    }

    /// Finds the sets that tag sentences in which none of their phrases was found.
    fn look_for_more(
        &mut self,
        book: &PhraseBook,
        call: &Call,
        scene: &mut Scene,
        cancels: &[Hit],
        unit: &impl Fn(&Token) -> Unit,
    ) {
        let mut gathered = None;
        for &(n, k) in &self.told {
            let side = book.weights().side(call.role(&call.turns[scene.sentences[n as usize].turn as usize]));
            let learned = &side.models()[k];
            if scene.has(n, learned.set) {
                continue;
            }
            if gathered.replace(n) != Some(n) {
                let (marks, shapes) = (&self.marks, book.weights().shapes());
                let heard = Heard { call, scene, marks, shapes, unit: |_, t: &Token| unit(t) };
                self.bag.words.clear();
                heard.words(n, &self.before, &mut self.bag.words);
            }
            let from = n.checked_sub(1).map_or(0, |before| self.pairs_to[before as usize]);
            let pairs = &self.pairs[from as usize..self.pairs_to[n as usize] as usize];
            let Some(tokens) = side.evidence(&self.bag.words, k, pairs, &mut self.share) else {
                continue;
            };
            let Some(at) = self.at[n as usize] else { continue };
            let over = self.totals[at as usize + k] - learned.model.add;
            let hit = Hit {
                start: tokens.start,
                end: tokens.end,
                set: learned.set,
                entry: LEARNED,
                sentence: n,
                near: over < NEAR,
                sure: over >= learned.model.sure - learned.model.add,
                nearly: (over + learned.model.add - learned.model.sure).abs() < NEAR,
            };
            let set = book.set(learned.set);
            let own = cancels.partition_point(|c| c.set < learned.set);
            let own = cancels[own..].iter().take_while(|c| c.set == learned.set);
            let cancelled = own.into_iter().any(|c| c.start < hit.end && hit.start < c.end);
            let counts = !cancelled
                && !set.not_if.iter().any(|&s| scene.has(n, s))
                && (set.after.is_empty() || set.after.iter().any(|&s| scene.said_before(call, &hit, s)));
            if counts {
                (if over >= 0 { &mut self.added } else { &mut scene.almost }).push(hit);
            }
        }
    }

    /// Writes the hits of the scene anew, set by set, with what was added and without what does not count.
    fn merge(&mut self, book: &PhraseBook, call: &Call, scene: &mut Scene) {
        self.added.sort_unstable_by_key(|h| (h.set, h.start));
        self.merged.clear();
        for set in 0..scene.hits_of.len() {
            let id = set as SetId;
            let from = self.merged.len();
            let place = |role| {
                let models = book.weights().side(role).models();
                models.iter().position(|m| m.set == id)
            };
            let places = [place(Role::Agent), place(Role::Customer)];
            for hit in scene.hits(id) {
                let role = call.role(&call.turns[scene.sentence(hit).turn as usize]);
                let k = places[usize::from(role == Role::Customer)];
                let entry = book.set(id).entries.get(hit.entry as usize);
                let judged = entry.is_none_or(|e| e.shipped);
                let place = k.zip(self.at[hit.sentence as usize]).filter(|_| judged);
                let Some((k, at)) = place else {
                    self.merged.push(*hit);
                    continue;
                };
                let total = self.totals[at as usize + k];
                let model = &book.weights().side(role).models()[k].model;
                let sure = model.sure.min(model.add + SURE_WITH_PHRASE);
                let hit = Hit {
                    near: (total - model.add).abs() < NEAR,
                    sure: total >= sure,
                    nearly: (total - sure).abs() < NEAR,
                    ..*hit
                };
                if total >= model.add {
                    self.merged.push(hit);
                } else {
                    self.dropped.push(hit);
                }
            }
            let added = self.added.partition_point(|h| h.set < id)..self.added.partition_point(|h| h.set <= id);
            if !added.is_empty() {
                self.merged.extend_from_slice(&self.added[added]);
                self.merged[from..].sort_unstable_by_key(Hit::order);
            }
            scene.hits_of[set] = from as u32..self.merged.len() as u32;
        }
        std::mem::swap(&mut scene.hits, &mut self.merged);
        scene.almost.extend(self.dropped.iter().filter(|hit| hit.near));
        scene.almost.sort_unstable_by_key(|h| (h.set, h.start));
        scene.weigh_doubts();
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
        let Some(at) = self.at.get(sentence as usize).copied().flatten() else {
            return Vec::new();
        };
        let turn = scene.sentences[sentence as usize].turn;
        let role = call.role(&call.turns[turn as usize]);
        let heard =
            Heard { call, scene, marks: &self.marks, shapes: book.weights().shapes(), unit: |_, t: &Token| unit(t) };
        heard.listen(turn, &mut self.before);
        heard.gather(sentence, &self.before, &mut self.bag);
        let models = book.weights().side(role).models().iter().enumerate();
        models
            .map(|(k, learned)| Weighed {
                set: learned.set,
                total: self.totals[at as usize + k],
                add: learned.model.add,
                dropped: self
                    .dropped
                    .iter()
                    .filter(|h| h.set == learned.set && h.sentence == sentence)
                    .copied()
                    .collect(),
                parts: book.weights().parts((&self.bag, &self.before), role, k),
            })
            .collect()
    }
}

/// Whether models judge what a role says.
fn is_judged(role: Role) -> bool {
    matches!(role, Role::Agent | Role::Customer)
}
