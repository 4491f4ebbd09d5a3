//! Files of a folder that hold no calls and are no errors: reports of ours, tables of metadata, lists of who took part.
//!
//! Who opens a file looks, and goes on with what was read: no file is opened twice.

use std::path::Path;

use crate::input::detect::outline::Outline;
use crate::input::files::own_report;
use crate::input::files::walk::{Entry, Skipped, SkippedFiles};
use crate::input::framing::stream::Stream;
use crate::input::framing::stream::input::Input;
use crate::input::registry::parties_alone;
use crate::input::source::ReadOptions;
use crate::input::table;

/// Enough of a table to hold its header row.
const TABLE_HEAD: usize = 16 << 10;

impl Stream {
    /// Opens an input that is to hold calls; none if it holds none and that is no error, which is noted.
    pub fn of_calls(entry: &Entry, options: &ReadOptions, skipped: &SkippedFiles) -> Option<Stream> {
        let mut stream = Stream::open(entry);
        if !entry.typed
            && stream.broken.is_none()
            && let Some(why) = stream.no_transcript(options)
        {
            skipped.add(Skipped { path: stream.source, why });
            return None;
        }
        stream.skipped = skipped.clone();
        Some(stream)
    }

    /// Why a file is no transcript, if it is a report of ours, a table of metadata or a list of the calls' parties.
    fn no_transcript(&mut self, options: &ReadOptions) -> Option<String> {
        let extension = Path::new(&self.source).extension()?.to_ascii_lowercase();
        let any = |names: &[&str]| names.iter().any(|name| extension == *name);
        let (tail, workbook) = (any(own_report::TAIL_ENDINGS), any(own_report::WORKBOOK_ENDINGS));
        if tail || workbook {
            let Some(Input::File(file)) = &mut self.input else { return None };
            let is_report = if tail { own_report::ends_file_as_report(file) } else { own_report::is_workbook(file) };
            return is_report.unwrap_or(false).then(|| own_report::WHAT.into());
        }
        if !any(own_report::ENDINGS) {
            return None;
        }
        let tabular = any(&["csv", "tsv"]);
        self.at_least(if tabular { TABLE_HEAD } else { own_report::HEAD });
        if own_report::is_report(&self.buf) {
            return Some(own_report::WHAT.into());
        }
        if options.from.is_some() {
            return None;
        }
        let what = if tabular {
            let head = &self.buf[..self.buf.len().min(TABLE_HEAD)];
            let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
            (table::columns(head).is_some_and(|c| table::is_metadata(&c)))
                .then_some("a table without a text column; if it describes the calls")
        } else {
            self.parties_alone(options)
                .then_some("a list of who took part in calls, without their words; if they are here")
        };
        what.map(|what| format!("{what}, pass it as --meta {}", self.source))
    }

    /// Whether a JSON file holds parties and no words: its beginning may have none yet, so all of it is read.
    fn parties_alone(&mut self, options: &ReadOptions) -> bool {
        let head = &self.buf[..self.buf.len().min(own_report::HEAD)];
        let holds = |key: &str| memchr::memmem::find(head, key.as_bytes()).is_some();
        let small = (self.size).is_some_and(|s| s <= options.max_record_bytes as u64);
        if !small || !(holds("\"requestId\"") || holds("\"calls\"")) {
            return false;
        }
        self.at_least(usize::MAX);
        parties_alone(&Outline::whole(&self.buf))
    }
}
