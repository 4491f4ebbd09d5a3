//! Packs: what is required of a call, as TOML, read into a [`RuleBook`] that is compiled once and shared by all workers.
//!
//! | file | answers for |
//! | --- | --- |
//! | [`pack`] | reading: files and what they include, tables with the places of mistakes, phrase sets, the shipped library |
//! | [`kinds`] | what a rule can require: one file a kind, which reads, judges, explains and describes it |
//! | [`rule`] | what all rules have in common, whatever their kind |
//! | [`mod@load`] | all of it together: from files to a [`RuleBook`] |
//! | [`mod@unreachable`], [`schema`] | what can never come out; the shape of packs for editors |
//! | [`context`], [`outcome`], [`party`], [`distance`], [`wording`] | what kinds judge with and what they say |

pub mod book;
pub mod context;
pub mod distance;
mod fingerprint;
pub mod kinds;
pub mod load;
pub mod outcome;
pub mod pack;
pub mod party;
pub mod rule;
pub mod schema;
pub mod shapes;
pub mod unreachable;
pub mod wording;

pub use book::RuleBook;
pub use load::{Pick, Sets};
pub use pack::diagnostics::Problems;
pub use pack::open::PackRef;
pub use pack::shipped;
