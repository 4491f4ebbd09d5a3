//! The kinds of rules: what a rule can require of a call. Each kind is one file (or folder) that answers everything about
//! it, and one line in [`KINDS`]; nothing else in the program knows which kinds there are.
//!
//! To add a kind: a file with a `KIND` and a type that is a [`condition::Condition`], its line in [`KINDS`], and its keys
//! on the page for authors (`rules/README.md`), from which the JSON Schema takes what they mean.
//!
//! [`when`] is no kind of its own: the occasion of any rule, read and told with the same words as [`find`].

pub mod combine;
pub mod condition;
pub mod find;
pub mod measure;
pub mod steps;
#[cfg(test)]
mod testing;
pub mod when;

use condition::Kind;

/// All kinds, in the order in which messages list them.
pub static KINDS: &[&Kind] = &[&find::KIND, &steps::KIND, &measure::KIND, &combine::ALL, &combine::ANY, &combine::NOT];
