//! Labelled texts made ready for learning: tagged by the phrases, cut into features that have numbers.

use super::labels::Labelled;
use super::options::Options;
use crate::call::{Call, Role};
use crate::rules::shipped;
use crate::text::book::PhraseBook;
use crate::text::features::{self, Bag, Before, Heard, Marks, Shapes};
use crate::text::numbers::Numbers;
use crate::text::scene::{Scene, Token};
use crate::text::tagger::Tagger;
use crate::text::unit::Unit;
use std::collections::BTreeMap;

/// A feature must stand in so many sentences to count.
const SELDOM: usize = 3;
/// The value of a word that the other party said before; a word of the sentence itself has 1.
const BEFORE: f64 = 0.3;

/// A labelled text made ready: features by number, a list a sentence.
pub(super) struct Example {
    /// For each sentence, its features with their values: counts in the sentence, and shares of them for the turn's other
    /// sentences.
    pub pieces: Vec<Vec<(u32, f64)>>,
    /// A phrase of the set is in it.
    pub held: bool,
    pub label: bool,
    pub made_up: bool,
    /// The call it comes from; empty if unknown.
    pub call: String,
    pub part: usize,
    pub source: u32,
}

/// Reads the features of all labelled texts.
pub(super) fn prepare(
    book: &PhraseBook,
    labelled: &[Labelled],
    set: &str,
    options: &Options,
) -> (Vec<Example>, Numbers, Vec<String>) {
    let [mut words, mut stems, mut features, mut sources] = std::array::from_fn(|_| Numbers::default());
    let names: Vec<&str> = book.sets().iter().map(|s| s.name.as_str()).collect();
    let shapes = Shapes::new(names.iter().copied(), |shape| {
        let of_set = shape.strip_prefix(['=', '<']);
        let looks = |name| !names.contains(&name) || name == set || shipped::SHOWN.contains(&name);
        if of_set.is_none_or(looks) { words.number(shape) } else { 0 }
    });
    let own = book.id(set);
    let mut tagger = Tagger::new(book);
    let (mut scene, mut marks) = (Scene::default(), Marks::default());
    let mut examples = Vec::new();
    for one in labelled {
        let mut call = Call::default();
        let (role, other) = match one.speaker() {
            Role::Customer => (Role::Customer, Role::Agent),
            _ => (Role::Agent, Role::Customer),
        };
        for (role, text) in [(other, one.before()), (role, &one.text)] {
            let speaker = call.speaker(role, role.as_str(), None);
            call.push_turn(speaker, None, None, text);
        }
        tagger.tag(&call, &mut scene);
        marks.gather(&scene, &shapes.sets());
        let units: Vec<Unit> = scene
            .tokens
            .iter()
            .map(|t| {
                let written = call.text()[t.start as usize..t.end as usize].to_lowercase().replace('\u{2019}', "'");
                Unit::of(&written, |stem| words.number(stem), |stem| stems.number(stem))
            })
            .collect();
        let (mut before, mut bag) = (Before::default(), Bag::default());
        let sentences = scene.turn_sentences(1);
        let mut example = Example {
            pieces: Vec::new(),
            held: own.is_some_and(|own| sentences.clone().any(|n| scene.has(n, own))),
            label: one.labels.contains(&options.label),
            made_up: one.made_up,
            call: one.call().to_owned(),
            part: one.part(options.hold_out, options.parts),
            source: sources.number(&one.source) - 1,
        };
        let (mut pieces, unit) = (Vec::new(), |token: u32, _: &Token| units[token as usize]);
        let heard = Heard { call: &call, scene: &scene, marks: &marks, shapes: &shapes, unit };
        heard.listen(1, &mut before);
        for n in sentences {
            heard.gather(n, &before, &mut bag);
            pieces.push(found(&bag, &before, &words, &mut features));
        }
        example.pieces = with_rest(&pieces, options.rest);
        examples.push(example);
    }
    (examples, features, sources.names().iter().map(ToString::to_string).collect())
}

/// The features of a sentence, by number, as often as they stand there; those of its words apart.
fn found(bag: &Bag, before: &Before, words: &Numbers, known: &mut Numbers) -> (Vec<u32>, Vec<u32>) {
    let (mut of_words, mut around) = (Vec::new(), Vec::new());
    let name = |number| (number != 0).then(|| words.name(number));
    features::names(bag, before, name, |feature, is_of_words| {
        let list = if is_of_words { &mut of_words } else { &mut around };
        list.push(known.number(feature));
    });
    (of_words, around)
}

/// Adds to each sentence what the words of its turn's other sentences come to.
fn with_rest(pieces: &[(Vec<u32>, Vec<u32>)], rest: i32) -> Vec<Vec<(u32, f64)>> {
    let rest = f64::from(rest) / 1000.0;
    let piece = |k: usize| {
        let mut all: BTreeMap<u32, f64> = BTreeMap::new();
        for &feature in pieces[k].0.iter().chain(&pieces[k].1) {
            *all.entry(feature).or_default() += 1.0;
        }
        let others = pieces.iter().enumerate().filter(|(other, _)| *other != k);
        for &feature in others.flat_map(|(_, (words, _))| words) {
            *all.entry(feature).or_default() += rest;
        }
        all.into_iter().filter(|(_, value)| *value > 0.0).collect()
    };
    (0..pieces.len()).map(piece).collect()
}

/// The value of a feature; a word of the sentence has 1.
fn scale(feature: &str) -> f64 {
    if feature.starts_with(features::BEFORE) { BEFORE } else { 1.0 }
}

/// Whether a feature is in enough examples, by its number less one.
fn frequent(examples: &[Example], features: usize) -> Vec<bool> {
    let mut seen = vec![(0usize, usize::MAX); features];
    for (k, example) in examples.iter().enumerate() {
        for (number, _) in example.pieces.iter().flatten() {
            let seen = &mut seen[*number as usize - 1];
            if seen.1 != k {
                *seen = (seen.0 + 1, k);
            }
        }
    }
    seen.iter().map(|(n, _)| *n >= SELDOM).collect()
}

/// The value of each feature, by its number less one; 0 for features that are too rare to count.
pub(super) fn scales(examples: &[Example], features: &Numbers) -> Vec<f64> {
    frequent(examples, features.names().len())
        .iter()
        .zip(features.names())
        .map(|(known, name)| if *known { scale(name) } else { 0.0 })
        .collect()
}
