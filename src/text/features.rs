//! Features: what a learned set may weigh of a sentence, in words that a person can read in the weights file.
//!
//! Words of the sentence stand for themselves as stems, alone and two by two, with `^` before the first and `$` after the
//! last; what is not a word of the sentence begins with a sign:
//!
//! | feature | holds when |
//! | --- | --- |
//! | `recommend`, `i can`, `^ so` | these words follow each other, fillers and stutters left out |
//! | `~medicine`, `would ~advise` | a word of that class of [`super::classes`] is there; also within two words |
//! | `#number`, `#link`, `#marker` | stands for any number, address, `[NAME]` and the like; also within two words |
//! | `#over-2` … `#over-20` | the sentence has more words than that |
//! | `#echo-1` … `#echo-3`, `#echo-third`, `#echo-half` | so many content words, or such a share of them, were in what the other party said before |
//! | `=SET` | a phrase of the set is in the sentence |
//! | `<SET` | a phrase of the set is in what the other party said before |
//! | `<asked`, `<short`, `<long` | what the other party said before is a question, has at most 3 words, has over 25 |
//! | `&refund` | what the other party said before has this content word |
//!
//! Nothing rests on punctuation, so that raw speech recognition has the features of clean text.

use super::numbers::Met;
use super::scene::{Scene, Token};
use super::set::SetId;
use super::unit::Unit;
use crate::call::{Call, Role};
use std::ops::Range;

/// What a feature begins with that is a word of what the other party said before.
pub const BEFORE: char = '&';

/// Limits of [`Shapes::over`], in words.
const OVER: [usize; 5] = [2, 4, 7, 12, 20];
/// What the other party said is short up to so many words, and long over so many.
const SHORT: usize = 3;
const LONG: usize = 25;
/// The numbers that a vocabulary gives to what is not a word of the sentence.
#[derive(Clone, Debug, Default)]
pub struct Shapes {
    start: u32,
    end: u32,
    over: [u32; 5],
    echo: [u32; 3],
    echo_third: u32,
    echo_half: u32,
    asked: u32,
    short: u32,
    long: u32,
    /// Per set: the number of `=SET` and that of `<SET`.
    sets: Vec<[u32; 2]>,
}

impl Shapes {
    /// Numbers the shapes, and the names of sets where given.
    pub fn new<'n>(names: impl Iterator<Item = &'n str>, mut number: impl FnMut(&str) -> u32) -> Shapes {
        Shapes {
            start: number("^"),
            end: number("$"),
            over: OVER.map(|n| number(&format!("#over-{n}"))),
            echo: [1, 2, 3].map(|n| number(&format!("#echo-{n}"))),
            echo_third: number("#echo-third"),
            echo_half: number("#echo-half"),
            asked: number("<asked"),
            short: number("<short"),
            long: number("<long"),
            sets: names.map(|name| [number(&format!("={name}")), number(&format!("<{name}"))]).collect(),
        }
    }

    /// The sets whose presence is a feature.
    pub fn sets(&self) -> impl Iterator<Item = SetId> + Clone {
        let known = self.sets.iter().enumerate().filter(|(_, ids)| **ids != [0, 0]);
        known.map(|(k, _)| k as SetId)
    }
}

/// What the other party said last before a sentence.
#[derive(Debug, Default)]
pub struct Before {
    /// Its run and whose next run it stands before; a cache of one call.
    of: Option<(u32, Role)>,
    /// The roots of its content words.
    roots: Met,
    shapes: Vec<u32>,
    /// The numbers of its content words, each once.
    words: Vec<u32>,
    met: Met,
}

/// A word of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Its number.
    pub word: u32,
    /// The number of its class; its own where it has none.
    pub class: u32,
    /// Its token.
    pub token: u32,
}

/// What hears the words of a sentence, one after the other, `^` and `$` with them.
pub trait Hears {
    /// The next word.
    fn word(&mut self, said: Said);
}

/// The features of one sentence, ready to be read off.
#[derive(Debug, Default)]
pub struct Bag {
    /// Words in order with `^` and `$`.
    pub words: Vec<Said>,
    /// What holds of the sentence as a whole.
    pub shapes: Vec<u32>,
}

impl Hears for Vec<Said> {
    fn word(&mut self, said: Said) {
        self.push(said);
    }
}

/// How many words a sentence has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    words: usize,
    /// Those of content.
    content: usize,
    /// Those of them that were in what the other party said before.
    echoed: usize,
}

/// A call's sentences with the sets whose phrases are in them.
#[derive(Debug, Default)]
pub struct Marks {
    /// The sets, sentence by sentence, each once.
    sets: Vec<SetId>,
    /// Where those of a sentence begin; one more for the end.
    starts: Vec<u32>,
}

impl Marks {
    /// Gathers the hits of some sets.
    pub fn gather(&mut self, scene: &Scene, sets: &(impl Iterator<Item = SetId> + Clone)) {
        let found = || sets.clone().flat_map(|set| scene.hits(set)).map(|hit| (hit.set, hit.sentence as usize));
        // Where each ends, once it is filled from its beginning.
        let starts = &mut self.starts;
        starts.clear();
        starts.resize(scene.sentences.len() + 2, 0);
        let mut last = None;
        for mark in found().filter(|mark| last.replace(*mark) != Some(*mark)) {
            starts[mark.1 + 2] += 1;
        }
        let mut all = 0;
        for start in starts.iter_mut() {
            all += *start;
            *start = all;
        }
        self.sets.clear();
        self.sets.resize(all as usize, 0);
        last = None;
        for mark in found().filter(|mark| last.replace(*mark) != Some(*mark)) {
            let place = &mut starts[mark.1 + 1];
            self.sets[*place as usize] = mark.0;
            *place += 1;
        }
    }

    /// The sets of some sentences that follow each other.
    fn within(&self, sentences: Range<u32>) -> &[SetId] {
        &self.sets[self.starts[sentences.start as usize] as usize..self.starts[sentences.end as usize] as usize]
    }
}

/// A call as features look at it.
#[derive(Clone, Copy)]
pub struct Heard<'s, U> {
    /// The call.
    pub call: &'s Call,
    /// Its words and sentences.
    pub scene: &'s Scene,
    /// The sets whose phrases are in them.
    pub marks: &'s Marks,
    /// The numbers of what is no word.
    pub shapes: &'s Shapes,
    /// Tells the unit of a token, given its number and itself.
    pub unit: U,
}

impl<U: Fn(u32, &Token) -> Unit> Heard<'_, U> {
    /// Gathers the features of a sentence; `before` is what was heard before its turn.
    pub fn gather(&self, n: u32, before: &Before, bag: &mut Bag) {
        bag.words.clear();
        let counts = self.words(n, before, &mut bag.words);
        bag.shapes.clear();
        self.shapes_of(n, counts, &mut bag.shapes);
    }

    /// Lets the words of a sentence be heard, and counts them.
    #[inline]
    pub fn words(&self, n: u32, before: &Before, hears: &mut impl Hears) -> Counts {
        let tokens = self.scene.sentences[n as usize].tokens.clone();
        let Shapes { start, end, .. } = *self.shapes;
        let border = |word, token| Said { word, class: word, token };
        hears.word(border(start, tokens.start));
        let (mut counts, mut passed) = (Counts::default(), 0);
        for (at, token) in tokens.clone().zip(&self.scene.tokens[tokens.start as usize..tokens.end as usize]) {
            let skip = token.skip();
            if passed > 0 || skip > 0 {
                passed = if passed > 0 { passed - 1 } else { skip - 1 };
                continue;
            }
            let unit = (self.unit)(at, token);
            let [word, class] = [unit.ids, unit.classes];
            if unit.count > 0 {
                hears.word(Said { word: word[0], class: class[0], token: at });
            }
            if unit.count > 1 {
                hears.word(Said { word: word[1], class: class[1], token: at });
            }
            counts.words += usize::from(unit.count);
            counts.content += usize::from(unit.root != 0);
            counts.echoed += usize::from(unit.root != 0 && before.roots.has(unit.root));
        }
        hears.word(border(end, tokens.end.saturating_sub(1)));
        counts
    }

    /// Adds what holds of a sentence as a whole.
    pub fn shapes_of(&self, n: u32, counts: Counts, shapes: &mut Vec<u32>) {
        let (known, Counts { words, content, echoed }) = (self.shapes, counts);
        let over = OVER.iter().zip(known.over);
        shapes.extend(over.filter(|(n, _)| words > **n).map(|(_, id)| id));
        shapes.extend(known.echo.iter().take(echoed).copied());
        if echoed > 0 && echoed * 3 >= content {
            shapes.push(known.echo_third);
        }
        if echoed > 0 && echoed * 2 >= content {
            shapes.push(known.echo_half);
        }
        let own = self.marks.within(n..n + 1).iter();
        shapes.extend(own.map(|&set| known.sets[usize::from(set)][0]));
    }

    /// Hears what the other party said last before a turn, once a run; whether that is something else than before.
    pub fn listen(&self, turn: u32, before: &mut Before) -> bool {
        let Heard { call, scene, marks, shapes, .. } = *self;
        let role = call.role(&call.turns[turn as usize]);
        let other = if role == Role::Customer { Role::Agent } else { Role::Customer };
        let run = scene.last_run_of(other, turn);
        let of = run.map(|run| (run, other));
        if before.of == of && of.is_some() {
            return false;
        }
        before.forget();
        before.of = of;
        let Some(run) = run else { return true };
        let run = &scene.runs[run as usize];
        let (mut words, mut asked) = (0, false);
        for turn in run.first..=run.last.min(turn) {
            if call.role(&call.turns[turn as usize]) != other {
                continue;
            }
            let sentences = scene.turn_sentences(turn);
            for n in sentences.clone() {
                let sentence = &scene.sentences[n as usize];
                let tokens = sentence.tokens.clone();
                let mut first = true;
                for (at, token) in tokens.clone().zip(&scene.tokens[tokens.start as usize..tokens.end as usize]) {
                    let of = (self.unit)(at, token);
                    if of.count == 0 {
                        continue;
                    }
                    asked |= first && of.asks;
                    first = false;
                    words += 1;
                    if of.root != 0 {
                        before.roots.insert(of.root);
                        if before.met.insert(of.ids[0]) {
                            before.words.push(of.ids[0]);
                        }
                    }
                }
                asked |= sentence.asked;
            }
            let heard = marks.within(sentences).iter();
            before.shapes.extend(heard.map(|&set| shapes.sets[usize::from(set)][1]));
        }
        for (holds, id) in [(asked, shapes.asked), (words <= SHORT, shapes.short), (words > LONG, shapes.long)] {
            if holds {
                before.shapes.push(id);
            }
        }
        before.shapes.sort_unstable();
        before.shapes.dedup();
        true
    }
}

impl Before {
    /// Forgets the call.
    pub fn forget(&mut self) {
        self.of = None;
        self.roots.clear();
        self.met.clear();
        self.shapes.clear();
        self.words.clear();
    }

    /// The numbers of its content words, each once.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// What holds of it as a whole.
    pub fn shapes(&self) -> &[u32] {
        &self.shapes
    }
}

/// Calls `each` with every feature of a bag by its name, as often as it stands there, and with whether it is made of words
/// of the sentence; `name` tells a number's, and none for a word that no feature has.
pub fn names<'n>(bag: &Bag, before: &Before, name: impl Fn(u32) -> Option<&'n str>, mut each: impl FnMut(&str, bool)) {
    let shapes = bag.shapes.iter().chain(&before.shapes);
    for shape in shapes.filter_map(|&s| name(s)) {
        each(shape, false);
    }
    let mut heard = before.words.clone();
    heard.sort_unstable();
    for word in heard.into_iter().filter_map(&name) {
        each(&format!("{BEFORE}{word}"), false);
    }
    for (at, said) in bag.words.iter().enumerate() {
        let (word, class) = (name(said.word), name(said.class));
        if let Some(word) = word.filter(|w| !matches!(*w, "^" | "$")) {
            each(word, true);
        }
        if let Some(class) = class.filter(|_| said.class != said.word) {
            each(class, true);
        }
        let Some(next) = bag.words.get(at + 1) else {
            continue;
        };
        if let Some((first, second)) = word.zip(name(next.word)) {
            each(&format!("{first} {second}"), true);
        }
        let holds_class = said.class != said.word || next.class != next.word;
        if let Some((first, second)) = class.zip(name(next.class)).filter(|_| holds_class) {
            each(&format!("{first} {second}"), true);
        }
    }
}
