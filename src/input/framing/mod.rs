//! From bytes to calls: inputs are cut into batches of whole records in one thread, and batches read by many.

pub mod batch;
pub mod buffer;
pub mod decode;
pub mod ends;
pub mod framer;
pub mod stream;

#[cfg(test)]
mod tests;
