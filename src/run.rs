//! A run over many calls: the ordered pipeline, what a worker does with a batch, and where the reports go.

pub mod anonymous;
pub mod delivery;
pub mod pipeline;
pub mod render;
mod resume;
pub mod sample;
mod trace;
