//! The framer: cuts inputs into batches of whole records, in one thread, and parses nothing.
//!
//! Small files travel as paths, so that opening and reading them is the workers' business; big files and streams as
//! chunks of complete records, one `read()` a chunk, so that a slow producer is answered at once.

use std::io::Read;
use std::sync::Arc;

use crate::input::detect::outline::Outline;
use crate::input::files::own_report;
use crate::input::files::walk::{Entry, Inputs, Skipped, Walk};
use crate::input::framing::batch::Batch;
use crate::input::framing::stream::Stream;
use crate::input::registry::parties_alone;
use crate::input::source::ReadOptions;
use crate::input::table;
use crate::support::bounded;

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
                self.walk.skipped.extend_from_slice(stream.skipped());
                self.stream = None;
            }
            let mut size = 0;
            while batch.files.len() < FILES && size < SMALL {
                let Some(entry) = self.held.take().or_else(|| self.walk.next()) else {
                    break;
                };
                if self.skip_non_transcript(&entry) {
                    continue;
                }
                let ends_in = |ending: &str| {
                    std::path::Path::new(&entry.source).extension().is_some_and(|e| e.eq_ignore_ascii_case(ending))
                };
                // What a worker makes of a small file is held whole, and a packed one holds more than it seems.
                let factor = if ends_in("gz") || ends_in("zst") { PACKED } else { 1 };
                let held = entry.size.map(|s| s.saturating_mul(factor));
                let small = entry.trouble.is_some() || held.is_some_and(|s| s <= SMALL);
                // The files of an archive that are skipped are counted with those of folders, here.
                let folder = ends_in("zip");
                if !small || folder {
                    if batch.files.is_empty() {
                        self.stream = Some(Stream::open(&entry));
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
                return true;
            }
            if self.stream.is_none() {
                return false;
            }
        }
    }

    /// The files of folders that were skipped so far, and why.
    pub fn skipped(&self) -> &[Skipped] {
        &self.walk.skipped
    }

    fn skip_report(&mut self, entry: &Entry) {
        self.walk.skipped.push(Skipped { path: entry.source.clone(), why: own_report::WHAT.into() });
    }

    /// Whether a file of a folder is a report of ours, a table of metadata or a list of the calls' parties, which are
    /// no transcripts and no errors.
    fn skip_non_transcript(&mut self, entry: &Entry) -> bool {
        let extension = entry.path.as_deref().and_then(std::path::Path::extension);
        let any = |names: &[&str]| extension.is_some_and(|e| names.iter().any(|name| e.eq_ignore_ascii_case(name)));
        let tabular = any(&["csv", "tsv"]);
        let text = any(own_report::TEXT_ENDINGS);
        if entry.typed || !(text || any(own_report::ENDINGS)) {
            return false;
        }
        let opened = entry.path.as_ref().and_then(|p| std::fs::File::open(p).ok());
        let Some(file) = opened else { return false };
        if text {
            let is_report = own_report::is_text_report(file).unwrap_or(false);
            if is_report {
                self.skip_report(entry);
            }
            return is_report;
        }
        let mut head = Vec::new();
        let enough = if tabular { 16 << 10 } else { own_report::HEAD as u64 };
        if file.take(enough).read_to_end(&mut head).is_err() {
            return false;
        }
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        if own_report::is_report(head) {
            self.skip_report(entry);
            return true;
        }
        if self.options.from.is_some() {
            return false;
        }
        let metadata = if tabular {
            (table::columns(head).is_some_and(|c| table::is_metadata(&c)))
                .then_some("a table without a text column; if it describes the calls")
        } else {
            self.parties_alone(entry, head)
                .then_some("a list of who took part in calls, without their words; if they are here")
        };
        if let Some(what) = metadata {
            self.walk.skipped.push(Skipped {
                path: entry.source.clone(),
                why: format!("{what}, pass it as --meta {}", entry.source),
            });
        }
        metadata.is_some()
    }

    /// Whether a JSON file holds parties and no words: its beginning may have none yet, so all of it is read.
    fn parties_alone(&self, entry: &Entry, head: &[u8]) -> bool {
        let holds = |key: &str| memchr::memmem::find(head, key.as_bytes()).is_some();
        let small = (entry.size).is_some_and(|s| s <= self.options.max_record_bytes as u64);
        if !small || !(holds("\"requestId\"") || holds("\"calls\"")) {
            return false;
        }
        let read = entry.path.as_ref().and_then(|p| bounded::read(p, self.options.max_record_bytes as u64).ok());
        read.is_some_and(|bytes| parties_alone(&Outline::whole(&bytes)))
    }
}
