//! What every room may use: panics turned into messages, the nearest known word, files that are never half.

pub mod bounded;
pub mod leave;
mod leftovers;
pub mod panics;
pub mod suggest;
pub mod whole_file;
