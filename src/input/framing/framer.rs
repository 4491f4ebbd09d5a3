//! The framer: cuts inputs into batches of whole records, in one thread, and parses nothing.
//!
//! Small files travel as paths, so that opening and reading them is the workers' business; big files and streams as
//! chunks of complete records, one `read()` a chunk, so that a slow producer is answered at once.

use std::sync::Arc;

use crate::input::files::walk::{Entry, Inputs, SkippedFiles, Walk};
use crate::input::framing::batch::Batch;
use crate::input::framing::stream::Stream;
use crate::input::source::ReadOptions;

/// Files up to this size travel as paths.
const SMALL: u64 = 1 << 20;
/// What is packed holds about so many times what it weighs.
const PACKED: u64 = 16;
/// As many small files are one batch at most, or as many as hold [`SMALL`] bytes.
const FILES: usize = 64;

/// Cuts inputs into batches.
#[derive(Debug)]
pub struct Framer {
    walk: Walk,
    options: Arc<ReadOptions>,
    stream: Option<Stream>,
    /// An input that did not fit the last batch.
    held: Option<Entry>,
}

impl Framer {
    /// A framer over these inputs.
    pub fn new(inputs: &Inputs, options: Arc<ReadOptions>) -> Framer {
        Framer { walk: inputs.walk(), options, stream: None, held: None }
    }

    /// Fills the batch with the next piece; false at the end.
    pub fn next(&mut self, batch: &mut Batch) -> bool {
        batch.clear();
        loop {
            if let Some(stream) = &mut self.stream {
                if stream.next(batch, &self.options) {
                    return true;
                }
                self.stream = None;
            }
            let mut size = 0;
            while batch.files.len() < FILES && size < SMALL {
                let Some(entry) = self.held.take().or_else(|| self.walk.next()) else {
                    break;
                };
                let ends_in = |ending: &str| {
                    std::path::Path::new(&entry.source).extension().is_some_and(|e| e.eq_ignore_ascii_case(ending))
                };
                // What a worker makes of a small file is held whole, and a packed one holds more than it seems.
                let factor = if ends_in("gz") || ends_in("zst") { PACKED } else { 1 };
                let held = entry.size.map(|s| s.saturating_mul(factor));
                let small = entry.trouble.is_some() || held.is_some_and(|s| s <= SMALL);
                // What an archive holds may be a lot more than it weighs.
                let folder = ends_in("zip");
                if !small || folder {
                    if batch.files.is_empty() {
                        self.stream = Stream::of_calls(&entry, &self.options, &self.walk.skipped);
                        if self.stream.is_none() {
                            continue;
                        }
                    } else {
                        self.held = Some(entry);
                    }
                    break;
                }
                size += held.unwrap_or(0);
                batch.bytes += entry.size.unwrap_or(0);
                batch.files.push(entry);
            }
            if !batch.files.is_empty() {
                batch.skipped.clone_from(&self.walk.skipped);
                return true;
            }
            if self.stream.is_none() {
                return false;
            }
        }
    }

    /// The files of folders that are skipped, and why: complete when all batches are decoded.
    pub fn skipped(&self) -> SkippedFiles {
        self.walk.skipped.clone()
    }
}
