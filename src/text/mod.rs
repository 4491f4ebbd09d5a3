//! Words and sentences: what is said, made findable.
//!
//! ```text
//! turn -> pieces (words) -> readings (fold) -> sentences (segment) -> hits (automaton) -> tags (scene)
//! ```
//!
//! [`book::PhraseBook`] is compiled once and shared; a [`tagger::Tagger`] is a worker's own and fills a
//! [`scene::Scene`] for each call, which is all that rules look at.

pub mod automaton;
mod bits;
pub mod book;
pub mod classes;
pub mod content;
pub mod features;
pub mod fold;
pub mod letters;
pub mod lexicon;
pub mod model;
pub mod names;
pub mod numbers;
pub mod phrase;
pub mod scene;
pub mod segment;
pub mod tagger;
pub mod timing;
pub mod unit;
pub mod weigh;
pub mod words;
