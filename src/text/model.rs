//! Learned sets: a small linear model beside the phrases of a set, as weights that a person can read and change.
//!
//! A [`Model`] is what a weights file says. [`Weights`] are all models of a run, the agents' apart from the customers', so
//! that a sentence is looked up once whatever the number of models: what a word weighs alone is a row with a number for
//! each model, what two words weigh together is looked up once. Weights are whole thousandths: the same sum everywhere.

use super::features::{self, Bag, Before, Said, Shapes};
use super::numbers::Numbers;
use super::packed::Packed;
use super::set::SetId;
use crate::call::Role;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
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

/// Weights for so many models lie beside each other, to be added at once.
const LANE: usize = 4;
type Lanes = [i32; LANE];

/// Bits of [`Side::may_weigh`]: some ten times the pairs of the shipped weights, and yet held close to the processor.
const MAY_WEIGH: usize = 1 << 17;

/// Bits of a word's number, and of the place of two words that weigh something together: they fill a slot of [`Packed`].
const WORD_BITS: u32 = 20;
const PAIR_BITS: u32 = 64 - 2 * WORD_BITS;

/// What two words together weigh for a model.
#[derive(Clone, Copy, Debug)]
struct Weight {
    model: u16,
    weight: i32,
}

/// All models of a run.
#[derive(Debug, Default)]
pub struct Weights {
    numbers: Numbers,
    shapes: Shapes,
    /// The agents' models, the customers'. Those for anyone are in both.
    sides: [Side; 2],
}

/// The models that judge what one side says.
#[derive(Debug, Default)]
pub struct Side {
    models: Vec<Learned>,
    /// By the number of a word or a shape, a row: what it weighs alone for each model.
    alone: Vec<Lanes>,
    /// The same for words of what the other party said before; empty where no model asks.
    before: Vec<Lanes>,
    /// Bits for the keys of `pairs`, several keys a bit: most two words weigh nothing together, and this is the cheapest
    /// way to tell.
    may_weigh: Vec<u64>,
    /// By the numbers of two words that follow each other: their place within `ends`.
    pairs: Packed<PAIR_BITS>,
    /// Where the weights of two words end within `together`; they begin where those before end.
    ends: Vec<u32>,
    together: Vec<Weight>,
}

/// Two words of a sentence that follow each other and weigh something together.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// Which word of the sentence the first is.
    at: u32,
    /// Its place within [`Side::ends`].
    place: u32,
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
        for side in &mut w.sides {
            let rows = known * side.lanes();
            side.alone.resize(rows, [0; LANE]);
            if !side.before.is_empty() {
                side.before.resize(rows, [0; LANE]);
            }
        }
        w.shapes = Shapes::new(names.iter().copied(), |word| w.number(word));
        w
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sides.iter().all(|side| side.models.is_empty())
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
        let weights = self.side(role).models[model].model.weights.iter();
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

impl Side {
    fn new(models: &[Learned], numbers: &mut Numbers) -> Side {
        let lanes = models.len().div_ceil(LANE);
        let mut side = Side { models: models.to_vec(), may_weigh: vec![0; MAY_WEIGH / 64], ..Side::default() };
        let mut pairs: Vec<(u64, Weight)> = Vec::new();
        for (m, learned) in models.iter().enumerate() {
            for (feature, weight) in &learned.model.weights {
                if let Some((first, second)) = feature.split_once(' ') {
                    let (first, second) = (numbers.number(first), numbers.number(second));
                    if (first | second) >> WORD_BITS != 0 {
                        continue;
                    }
                    let key = pair(first, second);
                    let (model, weight) = (m as u16, *weight);
                    pairs.push((key, Weight { model, weight }));
                    continue;
                }
                let (word, row) = match feature.strip_prefix(features::BEFORE) {
                    Some(word) => (word, &mut side.before),
                    None => (&**feature, &mut side.alone),
                };
                let at = numbers.number(word) as usize * lanes;
                row.resize(row.len().max(at + lanes), [0; LANE]);
                row[at + m / LANE][m % LANE] += weight;
            }
        }
        pairs.sort_by_key(|(key, _)| *key);
        for same in pairs.chunk_by(|a, b| a.0 == b.0) {
            let bit = bit_of(same[0].0);
            side.may_weigh[bit / 64] |= 1 << (bit % 64);
            side.together.extend(same.iter().map(|(_, weight)| *weight));
            side.pairs.insert(same[0].0, side.ends.len() as u32);
            side.ends.push(side.together.len() as u32);
        }
        side
    }

    /// The models, each with its set.
    pub fn models(&self) -> &[Learned] {
        &self.models
    }

    fn lanes(&self) -> usize {
        self.models.len().div_ceil(LANE)
    }

    /// How many sums there are: one a model, filled up to whole lanes.
    pub fn width(&self) -> usize {
        self.lanes() * LANE
    }

    /// Adds up what the words of a sentence weigh, a sum a model. A feature counts as often as it stands there. Those of two
    /// words are added to `pairs`, for [`Side::evidence`].
    pub fn words(&self, bag: &Bag, sums: &mut [i32], pairs: &mut Vec<Pair>) {
        add_up(&self.alone, &bag.alone, sums);
        let from = pairs.len();
        self.find_pairs(&bag.words, pairs);
        for weight in pairs[from..].iter().flat_map(|pair| self.weights(*pair)) {
            sums[usize::from(weight.model)] += weight.weight;
        }
    }

    /// What two words weigh together.
    fn weights(&self, pair: Pair) -> &[Weight] {
        let place = pair.place as usize;
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.together[from as usize..self.ends[place] as usize]
    }

    /// Adds up what a sentence weighs as a whole: its shapes.
    pub fn shape(&self, bag: &Bag, sums: &mut [i32]) {
        add_up(&self.alone, &bag.shapes, sums);
    }

    /// Adds up what weighs of what the other party said before.
    pub fn around(&self, before: &Before, sums: &mut [i32]) {
        if !self.before.is_empty() {
            add_up(&self.before, before.words(), sums);
        }
        add_up(&self.alone, before.shapes(), sums);
    }

    /// Finds the words that follow each other and weigh something together.
    fn find_pairs(&self, words: &[Said], pairs: &mut Vec<Pair>) {
        let mut look_up = |first: u32, second: u32, at: usize| {
            let key = pair(first, second);
            let bit = bit_of(key);
            if self.may_weigh[bit / 64] >> (bit % 64) & 1 == 0 {
                return;
            }
            if let Some(place) = self.pairs.get(key) {
                pairs.push(Pair { at: at as u32, place });
            }
        };
        for (at, two) in words.windows(2).enumerate() {
            look_up(two[0].word, two[1].word, at);
            // Once more with classes for words; what holds no class was counted above.
            if two.iter().any(|said| said.class != said.word) {
                look_up(two[0].class, two[1].class, at);
            }
        }
    }

    /// The tokens whose words weigh most for a model: the evidence. From the first to the last of the best run of words,
    /// one past the end. `pairs` are those that [`Side::words`] found.
    pub fn evidence(&self, said: &[Said], pairs: &[Pair], model: usize) -> Option<Range<u32>> {
        // A feature's weight is shared out among its words; the run with the greatest sum is the evidence.
        let alone = |number: u32| Some(self.alone.get(number as usize * self.lanes() + model / LANE)?[model % LANE]);
        let mut share: Vec<i64> = said
            .iter()
            .map(|said| {
                let class = (said.class != said.word).then_some(said.class);
                let weights = [Some(said.word), class].into_iter().flatten();
                let sum: i32 = weights.filter_map(alone).sum();
                i64::from(sum) * 6
            })
            .collect();
        for pair in pairs {
            for w in self.weights(*pair).iter().filter(|w| usize::from(w.model) == model) {
                let part = i64::from(w.weight) * 3;
                share[pair.at as usize] += part;
                share[pair.at as usize + 1] += part;
            }
        }
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
        // Nothing in it speaks for the set: what was said before does, and the sentence as a whole is the evidence.
        let words = if best.1.is_empty() { 1..within } else { best.1 };
        (!words.is_empty()).then(|| said[words.start].token..said[words.end - 1].token + 1)
    }
}

/// Adds the rows of some numbers.
fn add_up(rows: &[Lanes], numbers: &[u32], sums: &mut [i32]) {
    let sums = sums.as_chunks_mut().0;
    // For as many lanes as the shipped packs have, sums stay in registers.
    match sums.len() {
        1 => add_rows::<1>(rows, numbers, sums),
        2 => add_rows::<2>(rows, numbers, sums),
        3 => add_rows::<3>(rows, numbers, sums),
        lanes => {
            for &number in numbers {
                let row = rows.chunks_exact(lanes).nth(number as usize).into_iter().flatten();
                sums.iter_mut().zip(row).for_each(|(sum, row)| add(sum, row));
            }
        }
    }
}

/// Adds the rows of some numbers, each of `L` lanes.
fn add_rows<const L: usize>(rows: &[Lanes], numbers: &[u32], sums: &mut [Lanes]) {
    let (Ok(sums), rows) = (<&mut [Lanes; L]>::try_from(sums), rows.as_chunks::<L>().0) else { return };
    let mut all = *sums;
    for row in numbers.iter().filter_map(|&number| rows.get(number as usize)) {
        all.iter_mut().zip(row).for_each(|(sum, row)| add(sum, row));
    }
    *sums = all;
}

fn add(sum: &mut Lanes, row: &Lanes) {
    sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
}

/// The bit of a pair within [`Side::may_weigh`].
fn bit_of(pair: u64) -> usize {
    (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % MAY_WEIGH
}

/// The key of two words that follow each other.
fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << WORD_BITS | u64::from(second)
}
