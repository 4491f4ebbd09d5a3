//! From bytes to calls: one thread cuts inputs into batches of whole records, many threads turn batches into calls.

pub mod batch;
pub mod buffer;
pub mod decode;
pub mod ends;
pub mod framer;
mod places;
pub mod stream;

#[cfg(test)]
mod tests;
