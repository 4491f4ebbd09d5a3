//! What the sentences of one side come to: the sums of all models that judge it at once.
//!
//! What a word weighs alone is a row with a number for each model; what two words weigh together is looked up once.

use super::features::{self, Before, Counts, Heard, Hears, Said};
use super::model::Learned;
use super::numbers::Numbers;
use super::packed::Packed;
use super::scene::Token;
use super::unit::Unit;
use std::ops::Range;

/// Weights for so many models lie beside each other, to be added at once; small, since what is asked for at every word
/// should lie close to the processor.
const LANE: usize = 8;
type Lanes = [i16; LANE];
type Sums = [i32; LANE];

/// Bits of [`Side::may_weigh`]: some ten times the pairs of the shipped weights, and yet held close to the processor.
const MAY_WEIGH: usize = 1 << (LINES_BITS + LINE_BITS);
const LINES_BITS: u32 = 8;
/// A line of memory has so many: 64 bytes.
const LINE_BITS: u32 = 9;

/// Bits of a word's number, and of the place of two words that weigh something together: they fill a slot of [`Packed`].
pub(super) const WORD_BITS: u32 = 20;
const PAIR_BITS: u32 = 64 - 2 * WORD_BITS;

/// What two words together weigh for a model.
#[derive(Clone, Copy, Debug)]
struct Weight {
    model: u16,
    weight: i16,
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
    /// Which word of the sentence the second is.
    at: u32,
    /// Its place within [`Side::ends`].
    place: u32,
}

impl Side {
    pub(super) fn new(models: &[Learned], numbers: &mut Numbers) -> Side {
        let lanes = models.len().div_ceil(LANE);
        let mut side = Side { models: models.to_vec(), may_weigh: vec![0; MAY_WEIGH / 64], ..Side::default() };
        let most = models.iter().map(|m| m.model.weights.len()).sum();
        let mut pairs: Vec<(u64, Weight)> = Vec::with_capacity(most);
        side.together.reserve(most);
        for (m, learned) in models.iter().enumerate() {
            for (feature, weight) in &learned.model.weights {
                // A weights file holds nothing heavier.
                let weight = i16::try_from(*weight).unwrap_or(if *weight < 0 { i16::MIN } else { i16::MAX });
                if let Some((first, second)) = feature.split_once(' ') {
                    let (first, second) = (numbers.number(first), numbers.number(second));
                    if (first | second) >> WORD_BITS != 0 {
                        continue;
                    }
                    let key = pair(first, second);
                    pairs.push((key, Weight { model: m as u16, weight }));
                    continue;
                }
                let (word, row) = match feature.strip_prefix(features::BEFORE) {
                    Some(word) => (word, &mut side.before),
                    None => (&**feature, &mut side.alone),
                };
                let at = numbers.number(word) as usize * lanes;
                row.resize(row.len().max(at + lanes), [0; LANE]);
                row[at + m / LANE][m % LANE] = weight;
            }
        }
        // Each file is in order, and stays so: to merge them is cheaper than to sort anew.
        pairs.sort_by_key(|(key, _)| *key);
        for same in pairs.chunk_by(|a, b| a.0 == b.0) {
            let (first, second) = (same[0].0 >> WORD_BITS, same[0].0 & ((1 << WORD_BITS) - 1));
            let bit = bit_of(first as u32, second as u32);
            side.may_weigh[bit / 64] |= 1 << (bit % 64);
            side.together.extend(same.iter().map(|(_, weight)| *weight));
            side.pairs.insert(same[0].0, side.ends.len() as u32);
            side.ends.push(side.together.len() as u32);
        }
        side
    }

    /// Makes room for so many numbers of words and shapes.
    pub(super) fn hold(&mut self, numbers: usize) {
        let rows = numbers * self.lanes();
        self.alone.resize(rows, [0; LANE]);
        if !self.before.is_empty() {
            self.before.resize(rows, [0; LANE]);
        }
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

    /// Adds up what the words of a sentence weigh, a sum a model, and counts them. A feature counts as often as it stands
    /// there. Those of two words are added to `pairs`, for [`Side::evidence`].
    pub fn words<U: Fn(u32, &Token) -> Unit>(
        &self,
        heard: &Heard<'_, U>,
        (n, before): (u32, &Before),
        sums: &mut [i32],
        pairs: &mut Vec<Pair>,
    ) -> Counts {
        let from = pairs.len();
        let all = sums.as_chunks_mut::<LANE>().0;
        // For as many lanes as the shipped packs have, sums stay in registers.
        let counts = match all.len() {
            1 => self.hear(heard, (n, before), pairs, <[Sums; 1]>::default(), all),
            2 => self.hear(heard, (n, before), pairs, <[Sums; 2]>::default(), all),
            lanes => self.hear(heard, (n, before), pairs, vec![Sums::default(); lanes], all),
        };
        for weight in pairs[from..].iter().flat_map(|pair| self.weights(*pair)) {
            sums[usize::from(weight.model)] += i32::from(weight.weight);
        }
        counts
    }

    #[inline]
    fn hear<U: Fn(u32, &Token) -> Unit, A: AsRef<[Sums]> + AsMut<[Sums]>>(
        &self,
        heard: &Heard<'_, U>,
        (n, before): (u32, &Before),
        pairs: &mut Vec<Pair>,
        none: A,
        sums: &mut [Sums],
    ) -> Counts {
        let mut sum = Sum { side: self, all: none, last: Said::default(), at: 0, pairs };
        let counts = heard.words(n, before, &mut sum);
        sums.copy_from_slice(sum.all.as_ref());
        counts
    }

    /// What two words weigh together.
    fn weights(&self, pair: Pair) -> &[Weight] {
        let place = pair.place as usize;
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.together[from as usize..self.ends[place] as usize]
    }

    /// Adds up what a sentence weighs as a whole: its shapes.
    pub fn shape(&self, shapes: &[u32], sums: &mut [i32]) {
        let sums = sums.as_chunks_mut().0;
        for &shape in shapes {
            add_row(&self.alone, shape, sums);
        }
    }

    /// Adds up what weighs of what the other party said before.
    pub fn around(&self, before: &Before, sums: &mut [i32]) {
        self.shape(before.shapes(), sums);
        if !self.before.is_empty() {
            let sums = sums.as_chunks_mut().0;
            for &word in before.words() {
                add_row(&self.before, word, sums);
            }
        }
    }

    /// The place of two words that follow each other and weigh something together.
    #[inline]
    fn place(&self, first: u32, second: u32) -> Option<u32> {
        let (key, bit) = (pair(first, second), bit_of(first, second));
        let may = self.may_weigh[bit / 64] >> (bit % 64) & 1 != 0;
        // Words that no feature has are 0, both of them.
        if may && key != 0 { self.pairs.get(key) } else { None }
    }

    /// The tokens whose words weigh most for a model: the evidence. From the first to the last of the best run of words,
    /// one past the end. `pairs` are those that [`Side::words`] found, `share` is memory.
    pub fn evidence(&self, said: &[Said], model: usize, pairs: &[Pair], share: &mut Vec<i64>) -> Option<Range<u32>> {
        // A feature's weight is shared out among its words; the run with the greatest sum is the evidence.
        let (lanes, lane, place) = (self.lanes(), model / LANE, model % LANE);
        let alone = |number: u32| self.alone.get(number as usize * lanes + lane).map_or(0, |row| i64::from(row[place]));
        share.clear();
        share.extend(said.iter().map(|said| {
            let class = if said.class == said.word { 0 } else { alone(said.class) };
            (alone(said.word) + class) * 6
        }));
        for pair in pairs {
            for w in self.weights(*pair).iter().filter(|w| usize::from(w.model) == model) {
                let part = i64::from(w.weight) * 3;
                share[pair.at as usize - 1] += part;
                share[pair.at as usize] += part;
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

/// Adds up the words of a sentence as they are said.
struct Sum<'s, A> {
    side: &'s Side,
    /// What they come to so far, for each model.
    all: A,
    last: Said,
    /// Which word is next.
    at: u32,
    /// The words that weigh something together.
    pairs: &'s mut Vec<Pair>,
}

impl<A: AsMut<[Sums]>> Hears for Sum<'_, A> {
    #[expect(clippy::inline_always, reason = "only within its caller's loop do the sums stay in registers")]
    #[inline(always)]
    fn word(&mut self, said: Said) {
        let Sum { side, all, last, at, pairs } = self;
        add_row(&side.alone, said.word, all.as_mut());
        let before = std::mem::replace(last, said);
        if let Some(place) = side.place(before.word, said.word) {
            pairs.push(Pair { at: *at, place });
        }
        if said.class != said.word {
            add_row(&side.alone, said.class, all.as_mut());
        }
        // Once more with classes for words; what holds no class was counted above.
        let holds_class = before.class != before.word || said.class != said.word;
        if holds_class && let Some(place) = side.place(before.class, said.class) {
            pairs.push(Pair { at: *at, place });
        }
        *at += 1;
    }
}

/// Adds the row of a number.
#[inline]
fn add_row(rows: &[Lanes], number: u32, sums: &mut [Sums]) {
    let at = number as usize * sums.len();
    if let Some(row) = rows.get(at..at + sums.len()) {
        for (sum, row) in sums.iter_mut().zip(row) {
            sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
        }
    }
}

/// The bit of two words within [`Side::may_weigh`]: those of one first word share a line of memory, since a few words are
/// the first ones nearly always.
fn bit_of(first: u32, second: u32) -> usize {
    const MIX: u32 = 0x9e37_79b9;
    let line = first.wrapping_mul(MIX);
    let place = second.wrapping_mul(MIX) ^ line;
    (line >> (32 - LINES_BITS) << LINE_BITS | place >> (32 - LINE_BITS)) as usize
}

/// The key of two words that follow each other.
fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << WORD_BITS | u64::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::model::Model;

    #[test]
    fn two_unknown_words_weigh_nothing_together() {
        let model = Model { weights: vec![("so sorry".into(), 500)], ..Model::default() };
        let learned = Learned { set: 0, who: None, adds: true, model: model.into() };
        let mut numbers = Numbers::default();
        let mut side = Side::new(&[learned], &mut numbers);
        assert_eq!(side.place(numbers.get("so"), numbers.get("sorry")), Some(0));
        // Another pair may share their bit.
        side.may_weigh[0] |= 1;
        assert_eq!(side.place(numbers.get("never"), numbers.get("heard")), None);
    }
}
