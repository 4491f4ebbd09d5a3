//! Labelled texts made ready for learning: tagged by the phrases, cut into features that have numbers.

use super::PARTS;
use super::labels::Labelled;
use crate::call::{Call, Role};
use crate::text::book::PhraseBook;
use crate::text::features::{self, Bag, Before, Marks, Shapes};
use crate::text::scene::Scene;
use crate::text::tagger::Tagger;
use crate::text::unit::Unit;
use rustc_hash::FxHashMap;

/// The shipped sets whose phrases are features; few, since every run that reads the weights looks for all of these.
#[rustfmt::skip]
const LOOKED_AT: &[&str] = &[
    "empathy", "apology", "willingness", "offer", "reassurance", "logistics", "solution", "courtesy", "hardship", "issue",
];

/// A feature counts from so many sentences on.
const SELDOM: usize = 2;
/// How much a phrase found by another set counts against a word: one phrase stands for many words.
const PHRASE: f64 = 2.0;
/// And a run of three words.
const THREE: f64 = 0.7;
/// A labelled text made ready: features by number, a list a sentence.
pub(super) struct Example {
    /// Per sentence: features with how often they stand there.
    pub pieces: Vec<Vec<(u32, u32)>>,
    /// A phrase of the set is in it.
    pub held: bool,
    pub label: bool,
    pub part: usize,
    pub source: u32,
}

/// Numbers for names.
#[derive(Default)]
pub(super) struct Numbers {
    of: FxHashMap<String, u32>,
    pub names: Vec<String>,
}

impl Numbers {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.of.get(name) {
            return number;
        }
        // 0 is nobody's.
        let number = self.names.len() as u32 + 1;
        self.names.push(name.to_owned());
        self.of.insert(name.to_owned(), number);
        number
    }

    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize - 1]
    }
}

/// Reads the features of all labelled texts.
pub(super) fn prepare(
    book: &PhraseBook,
    labelled: &[Labelled],
    set: &str,
) -> (Vec<Example>, Numbers, Vec<String>) {
    let (mut words, mut features, mut sources) =
        (Numbers::default(), Numbers::default(), Numbers::default());
    let names: Vec<&str> = book.sets().iter().map(|s| s.name.as_str()).collect();
    let shapes = Shapes::new(names.iter().copied(), |shape| {
        let own = shape.strip_prefix('=') == Some(set);
        let of_set = shape.strip_prefix(['=', '<']);
        let looks = of_set.is_none_or(|name| !names.contains(&name) || LOOKED_AT.contains(&name));
        if own || !looks {
            0
        } else {
            words.number(shape)
        }
    });
    let own = book.id(set);
    let mut tagger = Tagger::new(book);
    let (mut scene, mut marks) = (Scene::default(), Marks::default());
    let mut examples = Vec::new();
    for one in labelled {
        let mut call = Call::default();
        for (role, text) in [(Role::Customer, &one.before), (Role::Agent, &one.text)] {
            let speaker = call.speaker(role, role.as_str(), None);
            call.push_turn(speaker, None, None, text);
        }
        tagger.tag(&call, &mut scene);
        marks.gather(&scene, shapes.sets());
        let units: Vec<Unit> = scene
            .tokens
            .iter()
            .map(|t| {
                let written = call.text()[t.start as usize..t.end as usize]
                    .to_lowercase()
                    .replace('\u{2019}', "'");
                Unit::of(&written, |stem| words.number(stem))
            })
            .collect();
        let (mut before, mut bag) = (Before::default(), Bag::default());
        let sentences = scene.turn_sentences(1);
        let mut example = Example {
            pieces: Vec::new(),
            held: own.is_some_and(|own| sentences.clone().any(|n| scene.has(n, own))),
            label: one.labels.iter().any(|l| l == set),
            part: one.part(PARTS),
            source: sources.number(&one.source) - 1,
        };
        for n in sentences {
            features::gather(
                (&call, &scene, &marks),
                n,
                &shapes,
                |token| units[token as usize],
                (&mut before, &mut bag),
            );
            example.pieces.push(counts(&bag, &words, &mut features));
        }
        examples.push(example);
    }
    (examples, features, sources.names)
}

/// The features of a sentence, by number, each with how often it stands there.
fn counts(bag: &Bag, words: &Numbers, known: &mut Numbers) -> Vec<(u32, u32)> {
    let mut all: Vec<u32> = Vec::new();
    let name = |number| (number != 0).then(|| words.name(number));
    features::names(bag, name, |feature| all.push(known.number(feature)));
    all.sort_unstable();
    all.chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len() as u32))
        .collect()
}

/// What a feature counts against a word: one phrase stands for many words, a run of three is half said by its parts.
fn scale(feature: &str) -> f64 {
    match feature.matches(' ').count() {
        2 => THREE,
        _ if feature.starts_with('=') => PHRASE,
        _ => 1.0,
    }
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

/// What each feature counts against a word, by its number less one; 0 for those that are too seldom to count.
pub(super) fn scales(examples: &[Example], features: &Numbers) -> Vec<f64> {
    frequent(examples, features.names.len())
        .iter()
        .zip(&features.names)
        .map(|(known, name)| if *known { scale(name) } else { 0.0 })
        .collect()
}
