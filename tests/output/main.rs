//! Reports built by hand, written in every format and read back.
#![allow(clippy::unwrap_used)]

mod csv;
mod html;
mod json;
mod lists;
#[cfg(feature = "parquet")]
mod parquet;
mod rollup;
mod sample;
mod text;
mod xlsx;
