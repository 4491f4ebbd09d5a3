//! What goes from the framer to a worker.

use crate::input::Framing;
use crate::input::files::walk::{Entry, SkippedFiles};
use crate::input::framing::buffer::Buffer;
use crate::input::registry::InputFormat;

/// A piece of input that a worker can turn into calls by itself. Its memory is used again.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) kind: BatchKind,
    /// The small files of the batch.
    pub(super) files: Vec<Entry>,
    /// Where those of them are noted that turn out to hold no calls.
    pub(super) skipped: SkippedFiles,
    /// Whole records of one input.
    pub(super) chunk: Buffer,
    /// The header row of a table.
    pub(super) header: Vec<u8>,
    /// The input of a chunk or a trouble.
    pub(super) source: String,
    pub(super) format: Option<InputFormat>,
    pub(super) framing: Option<Framing>,
    /// The number of the first record of the chunk, or of the one in trouble.
    pub(super) base: u64,
    /// The line in which the chunk, or the record in trouble, begins; 0 where that is not known.
    pub(super) line: u64,
    /// The chunk is all there is, and is one record.
    pub(super) only: bool,
    pub(super) trouble: String,
    pub(super) bytes: u64,
}

/// What a batch holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::input) enum BatchKind {
    /// Small files.
    #[default]
    Files,
    /// Records of one input.
    Chunk,
    /// One record that cannot be read.
    Trouble,
}

impl Batch {
    /// How many bytes of the inputs it stands for, as they lie on disk, for a progress bar.
    pub fn bytes_read(&self) -> u64 {
        self.bytes
    }

    pub(super) fn clear(&mut self) {
        self.kind = BatchKind::Files;
        self.files.clear();
        self.chunk.clear();
        self.header.clear();
        self.source.clear();
        self.trouble.clear();
        self.format = None;
        self.framing = None;
        self.base = 0;
        self.line = 0;
        self.only = false;
        self.bytes = 0;
    }

    pub(super) fn fail(&mut self, source: &str, record: u64, why: String) {
        self.kind = BatchKind::Trouble;
        self.source.push_str(source);
        self.base = record;
        self.trouble = why;
    }
}
