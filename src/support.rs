//! What every room may use: panics turned into messages, and the nearest known word.

pub mod panics;
pub mod suggest;
