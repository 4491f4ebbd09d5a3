//! Files: which there are, archives, what their bytes are packed in, and reports of our own among them.

pub mod archive;
pub mod known;
pub mod own_report;
pub mod results;
pub mod unpack;
pub mod walk;
