//! Words and sentences: what is said, made findable.
//!
//! ```text
//! turn -> pieces (words) -> readings (fold) -> sentences (segment) -> hits (engine) -> tags (scene)
//! ```
//!
//! [`book::PhraseBook`] is compiled once and shared; a [`tagger::Tagger`] is a worker's own and fills a
//! [`scene::Scene`] for each call, which is all that rules look at.

mod bits;
pub mod book;
pub mod classes;
pub mod content;
pub mod engine;
pub mod features;
pub mod fold;
pub mod letters;
pub mod model;
pub mod names;
pub mod numbers;
mod packed;
pub mod phrase;
pub mod scene;
pub mod segment;
pub mod set;
pub mod side;
pub mod tagger;
pub mod timing;
mod traits;
pub mod unit;
pub mod weigh;
pub mod weights;
pub mod words;
