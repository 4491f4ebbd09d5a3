//! The engine: finds the phrases of all sets in the words of a call.
//!
//! ```text
//! phrases -> compile -> nfa (one for all phrases, over word classes of the lexicon)
//!                        | determinised as it is walked
//!                        v
//! words of a call -> lazy_dfa (a worker's own) -> walks
//! ```
//!
//! `reference` says in the plainest words what is found; tests hold the rest to it. The engine knows words, not
//! sentences, sets or rules: which of its finds count is the tagger's.

pub mod compile;
pub mod lazy_dfa;
pub mod lexicon;
pub mod nfa;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod reference_tests;
mod states;
pub mod walks;
