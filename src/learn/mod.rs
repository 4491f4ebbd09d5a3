//! Learning: from sentences that a team has labelled to the weights of a set, and how well its detectors do.
//!
//! Everything is done in a fixed order with sums, products and quotients only, so that the same labels give the same
//! weights, byte for byte, on any machine. Sentences of one conversation stay in one part of the cross-validation.

mod examples;
pub mod labels;
mod options;
pub mod solve;

pub use options::Options;

use crate::text::book::PhraseBook;
use crate::text::model::Model;
use examples::{Example, prepare, scales};
use labels::Labelled;
use solve::{Instance, solve};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Weights under it, in thousandths, are left out of the file.
const LIGHT: i32 = 25;
/// Rounds in which a labelled text of several sentences learns which of them the label is for.
const ROUNDS: usize = 3;
/// The weight of a line that was made up; a line of a call has 1.
const MADE_UP: f64 = 0.5;

/// What was found against what was labelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Found and labelled.
    pub both: u32,
    /// Found, not labelled.
    pub found: u32,
    /// Labelled, not found.
    pub labelled: u32,
}

impl Agreement {
    /// Counts one sentence.
    pub fn count(&mut self, found: bool, labelled: bool) {
        self.both += u32::from(found && labelled);
        self.found += u32::from(found && !labelled);
        self.labelled += u32::from(labelled && !found);
    }

    /// The share of what was found that was labelled, from 0 to 1.
    pub fn precision(&self) -> f64 {
        f64::from(self.both) / f64::from((self.both + self.found).max(1))
    }

    /// The share of what was labelled that was found, from 0 to 1.
    pub fn recall(&self) -> f64 {
        f64::from(self.both) / f64::from((self.both + self.labelled).max(1))
    }

    /// The harmonic mean of precision and recall, from 0 to 1.
    pub fn f1(&self) -> f64 {
        f64::from(2 * self.both) / f64::from((2 * self.both + self.found + self.labelled).max(1))
    }
}

/// How the detectors did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Where the sentences come from; `all`.
    pub source: String,
    /// Phrases alone, phrases and weights together.
    pub by: [Agreement; 2],
}

/// What learning came to.
#[derive(Clone, Debug)]
pub struct Learned {
    /// The weights, from all sentences.
    pub model: Model,
    /// How many sentences hold the label, and how many there are.
    pub counts: (usize, usize),
    /// How well the detectors do, cross-validated: over all lines, and by source.
    pub rows: Vec<Row>,
}

/// Learns the weights of a set. `book` holds the phrases of all shown sets and no weights.
pub fn learn(book: &PhraseBook, labelled: &[Labelled], set: &str, options: &Options) -> Learned {
    let (examples, features, sources) = prepare(book, labelled, set, options);
    let scales = scales(&examples, &features);
    let all: Vec<&Example> = examples.iter().collect();
    let parts = (0..options.parts).filter(|part| all.iter().any(|e| e.part == *part && !e.made_up));
    // Each part is judged by weights learned from the other parts, one thread for each part.
    let sums: Vec<(usize, Vec<Option<i32>>)> = std::thread::scope(|scope| {
        let one = |part: usize| {
            let (all, scales) = (&all, &scales);
            move || {
                let others = all.iter().copied().filter(|e| e.part != part || e.made_up);
                let weights = train(&others.collect::<Vec<_>>(), scales, options.cost);
                let own = all.iter().filter(|e| e.part == part && !e.made_up);
                own.map(|e| weights.judge(e)).collect()
            }
        };
        let threads: Vec<_> = parts.map(|part| (part, scope.spawn(one(part)))).collect();
        let join =
            |(part, thread): (usize, std::thread::ScopedJoinHandle<'_, _>)| (part, thread.join().unwrap_or_default());
        threads.into_iter().map(join).collect()
    });
    let mut judged: Vec<(&Example, Option<i32>)> = Vec::new();
    for (part, sums) in sums {
        let own = examples.iter().filter(|e| e.part == part && !e.made_up);
        judged.extend(own.zip(sums));
    }
    let add = mark(&judged, options.parts) + options.margin;
    let sure = sure(&judged).unwrap_or(add).max(add);
    let mut rows = Vec::new();
    for source in std::iter::once(None).chain((0..sources.len()).map(Some)) {
        let mut row = Row { source: source.map_or("all".to_owned(), |s| sources[s].clone()), ..Row::default() };
        let of = |e: &Example| source.is_none_or(|s| s == e.source as usize);
        for (e, sum) in judged.iter().filter(|(e, _)| of(e)) {
            row.by[0].count(e.held, e.label);
            row.by[1].count(sum.is_some_and(|s| s >= add), e.label);
        }
        if row.by[0] != Agreement::default() || source.is_none() {
            rows.push(row);
        }
    }
    let weights = train(&all, &scales, options.cost);
    let mut list: Vec<(Cow<'static, str>, i32)> = weights
        .of
        .iter()
        .enumerate()
        .map(|(k, w)| (k, *w))
        .filter(|(_, w)| w.abs() >= LIGHT)
        .map(|(k, w)| (features.name(k as u32 + 1).to_owned().into(), w))
        .collect();
    list.sort_unstable();
    Learned {
        model: Model { bias: weights.bias, add, sure, rest: options.rest, weights: list },
        counts: (examples.iter().filter(|e| e.label).count(), examples.len()),
        rows,
    }
}

/// The threshold with the best F1: the median of the best thresholds with each part left out, so that no single writer
/// decides.
fn mark(judged: &[(&Example, Option<i32>)], parts: usize) -> i32 {
    let without = |part: usize| {
        let others = judged.iter().filter(|(e, _)| e.part != part);
        (others.clone().count() < judged.len()).then(|| best(others))
    };
    let mut marks: Vec<i32> = (0..parts).filter_map(without).collect();
    marks.sort_unstable();
    marks.get(marks.len() / 2).copied().unwrap_or_default()
}

/// A call needs so many labelled lines to be used for the threshold of whole calls.
const WHOLE_CALL: usize = 5;

/// The threshold at which a call's highest line tells best whether the call holds the label at all: the middle of the
/// best stretch. None where no whole calls were labelled.
fn sure(judged: &[(&Example, Option<i32>)]) -> Option<i32> {
    let mut calls: BTreeMap<&str, (usize, bool, i32)> = BTreeMap::new();
    for (example, sum) in judged.iter().filter(|(e, _)| !e.call.is_empty()) {
        let call = calls.entry(&example.call).or_insert((0, false, i32::MIN));
        *call = (call.0 + 1, call.1 | example.label, call.2.max(sum.unwrap_or(i32::MIN)));
    }
    let whole = calls.into_values().filter(|(lines, ..)| *lines >= WHOLE_CALL);
    let mut known: Vec<(i32, bool)> = whole.map(|(_, label, sum)| (sum, label)).collect();
    known.sort_unstable_by(|a, b| b.cmp(a));
    // Calls from `first` on are taken to hold the label; right are those that do, and the earlier ones that do not.
    let mut right = known.iter().filter(|(_, label)| !label).count();
    let (mut best, mut at) = (right, None);
    for (k, &(sum, label)) in known.iter().enumerate() {
        right = if label { right + 1 } else { right - 1 };
        let next = known.get(k + 1).map_or(sum - 1, |n| n.0);
        if next < sum && right > best {
            (best, at) = (right, Some(sum - sum.saturating_sub(next) / 2));
        }
    }
    at
}

/// The threshold with the best F1: the middle of the best stretch.
fn best<'e>(judged: impl Iterator<Item = &'e (&'e Example, Option<i32>)>) -> i32 {
    let (mut known, mut positive): (Vec<(i32, bool)>, u64) = (Vec::new(), 0);
    for (example, sum) in judged {
        positive += u64::from(example.label);
        known.extend(sum.map(|sum| (sum, example.label)));
    }
    known.sort_unstable_by(|a, b| b.cmp(a));
    // F1 is 2·right / (found + positive); fractions are compared by cross-multiplication.
    let (mut right, mut best, mut at) = (0u64, (0u64, 1u64), 0);
    for (k, &(sum, label)) in known.iter().enumerate() {
        right += u64::from(label);
        let next = known.get(k + 1).map_or(sum - 1, |n| n.0);
        let of = k as u64 + 1 + positive;
        if next < sum && right * best.1 > best.0 * of {
            best = (right, of);
            at = sum - (sum - next) / 2;
        }
    }
    at
}

/// Weights in thousandths for features by their numbers less one, for values of 1.
struct Weighed {
    bias: i32,
    of: Vec<i32>,
}

impl Weighed {
    /// The greatest sum among the sentences of a text; none if it has no words.
    fn judge(&self, example: &Example) -> Option<i32> {
        let piece = |piece: &Vec<(u32, f64)>| {
            let weighed = piece.iter().map(|&(n, value)| f64::from(self.of[n as usize - 1]) * value);
            self.bias + weighed.sum::<f64>().round() as i32
        };
        example.pieces.iter().map(piece).max()
    }
}

/// Trains on examples; the `scales` of features that do not count are 0.
fn train(examples: &[&Example], scales: &[f64], cost: f64) -> Weighed {
    let known = |piece: &[(u32, f64)]| -> Vec<(u32, f64)> {
        let valued = piece.iter().map(|&(n, value)| (n - 1, value * scales[n as usize - 1]));
        valued.filter(|(_, value)| *value > 0.0).collect()
    };
    let mut weights: Vec<f64> = Vec::new();
    let mut bias = 0.0;
    for round in 0..ROUNDS {
        let mut instances = Vec::new();
        for example in examples {
            let mut pieces: Vec<Vec<(u32, f64)>> = example.pieces.iter().map(|p| known(p)).collect();
            if example.label && pieces.len() > 1 {
                if round == 0 {
                    // The first round does not know yet which sentence the label is for, and takes the whole text.
                    let mut whole = pieces.concat();
                    whole.sort_unstable_by_key(|(n, _)| *n);
                    whole.dedup_by_key(|(n, _)| *n);
                    pieces = vec![whole];
                } else {
                    let sum = |p: &Vec<(u32, f64)>| -> f64 { p.iter().map(|(n, v)| weights[*n as usize] * v).sum() };
                    let best = pieces.iter().max_by(|a, b| sum(a).total_cmp(&sum(b)));
                    pieces = best.cloned().into_iter().collect();
                }
            }
            instances.extend(pieces.into_iter().map(|features| Instance {
                features,
                label: example.label,
                counts: if example.made_up { MADE_UP } else { 1.0 },
            }));
        }
        (weights, bias) = solve(&instances, scales.len(), cost);
    }
    let thousandths = |w: f64| (w * 1000.0).round() as i32;
    Weighed {
        bias: thousandths(bias),
        of: weights.iter().zip(scales).map(|(w, scale)| thousandths(w * scale)).collect(),
    }
}
