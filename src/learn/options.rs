//! What may be chosen when a set is learned.

use super::labels::HoldOut;

/// What may be chosen.
#[derive(Clone, Debug)]
pub struct Options {
    /// The label that the set is for.
    pub label: String,
    /// What a mistake costs against a weight; higher fits the labels closer.
    pub cost: f64,
    /// How far over the sum with the best F1 a sentence must be to be tagged, in thousandths.
    pub margin: i32,
    /// How much of what the other sentences of its turn weigh counts for a sentence, in thousandths.
    pub rest: i32,
    /// What is left out together when the learning is tested.
    pub hold_out: HoldOut,
    /// In how many parts.
    pub parts: usize,
}
