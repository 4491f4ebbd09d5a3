//! How much what a voice says speaks for the agent, for the caller, and for a customer's call at all.
//!
//! Two small linear models over words and pairs of words share a file of weights, `rules/learned/roles.tsv`: `side` is
//! above zero for what agents say and below for what callers say, `call` above zero for what is said in customers'
//! calls and below for other talk. Both are needed: whoever asks the questions in an interview sounds like an agent.
//! A unit is what a voice says in a row, up to [`UNIT`] words; its sum is the bias and the weights of its features,
//! each once, cut off at [`MOST`], so that no single sentence decides. Besides the words:
//!
//! | feature | holds when |
//! | --- | --- |
//! | `^ good`, `name $` | the unit begins, or ends, with the word |
//! | `#` | stands for every word with a digit |
//! | `*short`, `*long` | the unit has under 3 words, or over 25 |
//! | `*name` | the call begins with a name: a greeting or none, then words that are none of everyday talk |
//!
//! Whole thousandths, so that every machine comes to the same sums. Nothing rests on capitals or punctuation, which
//! raw speech recognition lacks. `.ci/roles.py` learns the weights and reads the words in the same way; a test holds
//! the two together.

use crate::call::Call;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static FILE: &str = include_str!("../../../rules/learned/roles.tsv");

/// Neighbouring turns of a voice are looked at together until they have so many words.
const UNIT: usize = 30;
/// The most that one unit may speak for or against, in thousandths.
const MOST: i32 = 1000;
/// Under so many words a unit is short, over so many it is long.
const SHORT: usize = 3;
const LONG: usize = 25;

/// The numbers of what is no word of the file.
const START: u32 = 0;
const END: u32 = 1;
const UNLISTED: u32 = 2;

/// What a feature weighs, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    side: i32,
    call: i32,
}

/// What the file says of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    weight: Weight,
    /// Nothing that counts as said: "um".
    filler: bool,
    /// May stand before a name that opens a call.
    greeting: bool,
    /// No part of such a name.
    everyday: bool,
}

/// The weights, ready to be looked up.
#[derive(Debug)]
pub(super) struct Weights {
    numbers: FxHashMap<&'static str, u32>,
    /// By number.
    words: Vec<Word>,
    pairs: FxHashMap<(u32, u32), Weight>,
    bias: Weight,
    short: Weight,
    long: Weight,
    name: Weight,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::parse(FILE));

/// What the voices of a call come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    /// Per speaker: for the agent above zero, for the caller below.
    pub side: Vec<i32>,
    /// Per speaker: the same without signs, which tells whether a voice says now this, now that.
    pub moved: Vec<i32>,
    /// Per speaker: for a call above zero, for other talk below.
    pub call: Vec<i32>,
    /// Per speaker: its units.
    pub units: Vec<u32>,
    /// Words that count, and how many of them the file lists: few of another language's.
    pub words: usize,
    pub listed: usize,
}

impl Weights {
    /// The shipped weights, read once.
    pub fn get() -> &'static Weights {
        &WEIGHTS
    }

    fn parse(file: &'static str) -> Weights {
        let mut weights = Weights {
            numbers: FxHashMap::default(),
            words: vec![Word::default(); 3],
            pairs: FxHashMap::default(),
            bias: Weight::default(),
            short: Weight::default(),
            long: Weight::default(),
            name: Weight::default(),
        };
        // The file's own signs are no words: a word holds no sign.
        weights.numbers.insert("^", START);
        weights.numbers.insert("$", END);
        // Lines without a tab are comments.
        for line in file.lines().filter(|line| line.contains('\t')) {
            let mut cells = line.split('\t');
            let feature = cells.next().unwrap_or_default();
            if let Some(list) = feature.strip_prefix('@').filter(|list| *list != "bias") {
                for word in cells.flat_map(|cell| cell.split(' ')) {
                    let word = weights.word(word);
                    match list {
                        "fillers" => word.filler = true,
                        "greeting" => word.greeting = true,
                        _ => word.everyday = true,
                    }
                }
                continue;
            }
            let mut number = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0);
            let weight = Weight { side: number(), call: number() };
            match (feature, feature.split_once(' ')) {
                ("@bias", _) => weights.bias = weight,
                ("*short", _) => weights.short = weight,
                ("*long", _) => weights.long = weight,
                ("*name", _) => weights.name = weight,
                (_, Some((first, second))) => {
                    let pair = (weights.number(first), weights.number(second));
                    weights.pairs.insert(pair, weight);
                }
                (word, None) => weights.word(word).weight = weight,
            }
        }
        weights
    }

    fn number(&mut self, word: &'static str) -> u32 {
        let next = self.words.len() as u32;
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.words.push(Word::default());
        }
        number
    }

    fn word(&mut self, word: &'static str) -> &mut Word {
        let number = self.number(word) as usize;
        &mut self.words[number]
    }

    /// Sums up what the speakers say whom `counts` lets in, of the first `reach` words.
    pub fn sums(&self, call: &Call, counts: impl Fn(usize) -> bool, reach: usize) -> Sums {
        let speakers = call.speakers.len();
        let mut sums = Sums {
            side: vec![0; speakers],
            moved: vec![0; speakers],
            call: vec![0; speakers],
            units: vec![0; speakers],
            ..Sums::default()
        };
        let (mut unit, mut voice) = (Vec::new(), None);
        let (mut text, mut read, mut first) = (String::new(), 0, true);
        for turn in &call.turns {
            let speaker = usize::from(turn.speaker);
            if !counts(speaker) || read > reach {
                continue;
            }
            if voice != Some(speaker) || unit.len() >= UNIT {
                self.add(voice, &unit, &mut first, &mut sums);
                (voice, ()) = (Some(speaker), unit.clear());
            }
            let before = unit.len();
            self.read(call.turn_text(turn), &mut text, &mut unit);
            let new = &unit[before..];
            read += new.len();
            sums.listed += new.iter().filter(|word| **word != UNLISTED).count();
        }
        self.add(voice, &unit, &mut first, &mut sums);
        sums.words = read;
        sums
    }

    /// The numbers of a text's words: in lower case, without apostrophes, fillers, and the names of accounts that
    /// tweets begin with.
    fn read(&self, of: &str, word: &mut String, to: &mut Vec<u32>) {
        let (mut digit, mut account, mut gap) = (false, false, true);
        for c in of.chars().chain([' ']) {
            account = if c.is_whitespace() { false } else { account || gap && c == '@' };
            gap = c.is_whitespace();
            if account || matches!(c, '\'' | '’') {
                continue;
            }
            if c.is_alphanumeric() {
                digit |= c.is_ascii_digit();
                word.extend(c.to_lowercase());
            } else if !word.is_empty() {
                let known = if digit { "#" } else { word.as_str() };
                let number = self.numbers.get(known).copied().unwrap_or(UNLISTED);
                if !self.words[number as usize].filler {
                    to.push(number);
                }
                word.clear();
                digit = false;
            }
        }
    }

    /// Counts a unit in.
    fn add(&self, voice: Option<usize>, unit: &[u32], first: &mut bool, sums: &mut Sums) {
        let Some(voice) = voice.filter(|_| !unit.is_empty()) else {
            return;
        };
        let mut all = self.bias;
        let mut count = |weight: Weight| {
            all.side += weight.side;
            all.call += weight.call;
        };
        let mut once: Vec<u32> = unit.to_vec();
        once.sort_unstable();
        once.dedup();
        for word in &*once {
            count(self.words[*word as usize].weight);
        }
        let (starts, ends) = ([START].into_iter().chain(unit.iter().copied()), unit.iter().copied().chain([END]));
        let mut pairs: Vec<(u32, u32)> = starts.zip(ends).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.iter().filter_map(|pair| self.pairs.get(pair)).for_each(|weight| count(*weight));
        if unit.len() < SHORT {
            count(self.short);
        }
        if unit.len() > LONG {
            count(self.long);
        }
        if std::mem::take(first) && self.opens_with_a_name(unit) {
            count(self.name);
        }
        let side = all.side.clamp(-MOST, MOST);
        sums.side[voice] += side;
        sums.moved[voice] += side.abs();
        sums.call[voice] += all.call.clamp(-MOST, MOST);
        sums.units[voice] += 1;
    }

    fn opens_with_a_name(&self, unit: &[u32]) -> bool {
        let word = |number: &u32| self.words[*number as usize];
        let digits = self.numbers.get("#").copied();
        let rest = unit.iter().skip_while(|number| word(number).greeting);
        let name = |number: &&u32| !word(number).everyday && !word(number).greeting && Some(**number) != digits;
        let names = rest.clone().take_while(name).count();
        names > 1 || names == 1 && rest.count() == 1
    }
}
