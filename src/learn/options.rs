//! What may be chosen when a set is learned.

use super::labels::HoldOut;

/// What may be chosen.
#[derive(Clone, Debug)]
pub struct Options {
    /// The label that the set is for.
    pub label: String,
    /// The cost of a mistake, relative to that of large weights; a higher cost fits the labels more closely.
    pub cost: f64,
    /// How far above the threshold with the best F1 a sentence must be to be tagged, in thousandths.
    pub margin: i32,
    /// The share of the other sentences' weights, in the same turn, that is added to a sentence, in thousandths.
    pub rest: i32,
    /// Which lines the cross-validation leaves out together.
    pub hold_out: HoldOut,
    /// The number of parts of the cross-validation.
    pub parts: usize,
}
