//! Learned sets: a small linear model beside the phrases of a set, as weights that a person can read and change.
//!
//! A [`Model`] is what a weights file says; [`Weights`] are all models of a run in one tree of words, so that a sentence
//! is looked up once whatever the number of models. Weights are whole thousandths: the same sum everywhere.

use super::book::SetId;
use super::features::{self, Bag, LONGEST, Said, Shapes};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// A sentence is judged by a model only if it holds a feature that weighs at least this, in thousandths: a cue.
pub const CUE: i32 = 40;

/// [`super::scene::Hit::entry`] of a hit that no phrase made.
pub const LEARNED: u32 = u32::MAX;

/// The weights of one set, in thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// The sum begins here.
    pub bias: i32,
    /// A sentence without a phrase is tagged from this sum on.
    pub add: i32,
    /// Shipped phrases do not count under this sum; none: they always do.
    pub keep: Option<i32>,
    /// Features, their words parted by spaces, in order.
    pub weights: Vec<(String, i32)>,
}

impl Model {
    /// The names of the sets whose phrases it looks at.
    pub fn sets(&self) -> impl Iterator<Item = &str> {
        let named = |(feature, _): &'_ (String, i32)| feature.starts_with(['=', '<']);
        self.weights
            .iter()
            .filter(move |w| named(w))
            .map(|(feature, _)| &feature[1..])
            .filter(|name| !OF_BEFORE.contains(name))
    }
}

/// What `<` may say besides a set.
pub const OF_BEFORE: [&str; 3] = ["asked", "short", "long"];

/// A node of the tree of words.
type Node = u32;

/// What a model weighs at a node.
#[derive(Clone, Copy, Debug)]
struct Weight {
    model: u16,
    weight: i32,
}

/// What a sentence comes to for a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Bias and weights, in thousandths.
    pub total: i32,
    /// A cue of the model is in the sentence; without one the sum decides nothing.
    pub cue: bool,
}

/// All models of a run.
#[derive(Debug, Default)]
pub struct Weights {
    models: Vec<(SetId, Model)>,
    numbers: FxHashMap<Box<str>, u32>,
    /// By the number of a word: the node of a feature that begins with it; 0 is none.
    roots: Vec<Node>,
    steps: FxHashMap<(Node, u32), Node>,
    /// Per node: a bit for each word that may go on from it, several words a bit. Few do, and this is the cheapest way to
    /// tell.
    goes_on: Vec<u64>,
    /// Per node: its weights within `all`, those of a model in one place.
    at: Vec<Range<u32>>,
    all: Vec<Weight>,
    shapes: Shapes,
}

impl Weights {
    /// Joins the models of sets; `names` are those of all sets by their ids.
    #[must_use]
    pub fn new(models: Vec<(SetId, Model)>, names: &[&str]) -> Weights {
        let mut w = Weights {
            at: vec![Range::default()],
            goes_on: vec![0],
            roots: vec![0],
            ..Weights::default()
        };
        let mut of: Vec<Vec<Weight>> = vec![Vec::new()];
        for (m, (_, model)) in models.iter().enumerate() {
            for (feature, weight) in &model.weights {
                let node = w.node(feature);
                of.resize(of.len().max(node as usize + 1), Vec::new());
                of[node as usize].push(Weight {
                    model: m as u16,
                    weight: *weight,
                });
            }
        }
        w.at = of
            .into_iter()
            .map(|weights| {
                let from = w.all.len() as u32;
                w.all.extend(weights);
                from..w.all.len() as u32
            })
            .collect();
        let numbers = &w.numbers;
        w.shapes = Shapes::new(names.iter().copied(), |word| {
            numbers.get(word).copied().unwrap_or(0)
        });
        w.models = models;
        w
    }

    fn node(&mut self, feature: &str) -> Node {
        let mut node = 0;
        for word in feature.split(' ').take(LONGEST) {
            let next = self.numbers.len() as u32 + 1;
            let number = *self.numbers.entry(word.into()).or_insert(next);
            if number as usize >= self.roots.len() {
                self.roots.resize(number as usize + 1, 0);
            }
            let fresh = self.at.len() as Node;
            let slot = if node == 0 {
                &mut self.roots[number as usize]
            } else {
                self.goes_on[node as usize] |= 1 << (number % 64);
                self.steps.entry((node, number)).or_insert(0)
            };
            if *slot == 0 {
                *slot = fresh;
                self.at.push(Range::default());
                self.goes_on.push(0);
            }
            node = *slot;
        }
        node
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.models.is_empty()
    }

    /// The models, each with its set.
    #[must_use]
    pub fn models(&self) -> &[(SetId, Model)] {
        &self.models
    }

    /// The number of a stem; 0 if no feature has it.
    #[must_use]
    pub fn number(&self, stem: &str) -> u32 {
        self.numbers.get(stem).copied().unwrap_or(0)
    }

    /// The shapes by the numbers of this vocabulary.
    #[must_use]
    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// Calls `each` with every feature of a bag that weighs something: model, weight, the words it spans as a range of
    /// [`Bag::words`] (empty for shapes).
    fn each(&self, bag: &Bag, mut each: impl FnMut(usize, i32, Range<usize>)) {
        let mut at_node = |node: Node, words: Range<usize>| {
            let range = &self.at[node as usize];
            for w in &self.all[range.start as usize..range.end as usize] {
                each(usize::from(w.model), w.weight, words.clone());
            }
        };
        for &shape in &bag.shapes {
            at_node(self.roots[shape as usize], 0..0);
        }
        for from in 0..bag.words.len() {
            self.walk(
                bag,
                from,
                |said| said.word,
                |node, to, _| at_node(node, from..to),
            );
            // Once more with classes for words; what holds no class was counted above.
            let near = &bag.words[from..bag.words.len().min(from + LONGEST)];
            if near.iter().all(|said| said.class == said.word) {
                continue;
            }
            self.walk(
                bag,
                from,
                |said| said.class,
                |node, to, classed| {
                    if classed {
                        at_node(node, from..to);
                    }
                },
            );
        }
    }

    /// Follows the words from one on as far as features go; tells each node, one past its last word, and whether it
    /// holds a class.
    fn walk(
        &self,
        bag: &Bag,
        from: usize,
        number: impl Fn(&Said) -> u32,
        mut at: impl FnMut(Node, usize, bool),
    ) {
        let mut node = self.roots[number(&bag.words[from]) as usize];
        let mut classed = number(&bag.words[from]) != bag.words[from].word;
        let mut to = from + 1;
        while node != 0 {
            at(node, to, classed);
            let Some(said) = bag.words.get(to).filter(|_| to < from + LONGEST) else {
                return;
            };
            classed |= number(said) != said.word;
            let next = number(said);
            if self.goes_on[node as usize] >> (next % 64) & 1 == 0 {
                return;
            }
            node = self.steps.get(&(node, next)).copied().unwrap_or(0);
            to += 1;
        }
    }

    /// Sums a bag up, a sum a model. A feature counts as often as it stands there.
    pub fn sum(&self, bag: &Bag, sums: &mut Vec<Sum>) {
        sums.clear();
        sums.extend(self.models.iter().map(|(_, model)| Sum {
            total: model.bias,
            cue: false,
        }));
        self.each(bag, |model, weight, _| {
            let sum = &mut sums[model];
            sum.total = sum.total.saturating_add(weight);
            sum.cue |= weight >= CUE;
        });
    }

    /// The tokens whose words weigh most for a model: the evidence. From the first to the last of the best run of words,
    /// one past the end.
    #[must_use]
    pub fn evidence(&self, bag: &Bag, model: usize) -> Option<Range<u32>> {
        // A feature's weight is shared out among its words; the run with the greatest sum is the evidence.
        let mut share = vec![0i64; bag.words.len()];
        self.each(bag, |m, weight, words| {
            if m == model && !words.is_empty() {
                let part = i64::from(weight) * 6 / words.len() as i64;
                words.for_each(|w| share[w] += part);
            }
        });
        let (mut best, mut sum, mut from) = ((0, 0..0), 0, 0);
        // The borders of the sentence are no words.
        let within = share.len().saturating_sub(1);
        for (k, part) in share.iter().enumerate().take(within).skip(1) {
            if sum <= 0 {
                (sum, from) = (0, k);
            }
            sum += part;
            if sum > best.0 {
                best = (sum, from..k + 1);
            }
        }
        let words = best.1;
        (!words.is_empty())
            .then(|| bag.words[words.start].token..bag.words[words.end - 1].token + 1)
    }

    /// The features of a bag that weigh something for a model, with what each comes to, the heaviest first. For people:
    /// sums are made by [`Weights::sum`], and come to the same.
    #[must_use]
    pub fn parts(&self, bag: &Bag, model: usize) -> Vec<(String, i32)> {
        let mut names = vec![None; self.numbers.len() + 1];
        self.numbers
            .iter()
            .for_each(|(name, &number)| names[number as usize] = Some(&**name));
        let weights = self.models[model].1.weights.iter();
        let weights: FxHashMap<&str, i32> = weights.map(|(f, w)| (f.as_str(), *w)).collect();
        let mut parts: BTreeMap<String, i32> = BTreeMap::new();
        let name = |number: u32| names[number as usize];
        features::names(bag, name, |feature| {
            if let Some(weight) = weights.get(feature) {
                *parts.entry(feature.to_owned()).or_default() += weight;
            }
        });
        let mut parts: Vec<_> = parts.into_iter().collect();
        parts.sort_by_key(|(_, weight)| std::cmp::Reverse(weight.abs()));
        parts
    }
}
