//! One input as a stream of chunks of whole records: standard input, a big file, anything compressed; workers read
//! small files through it too, so that a call comes out the same however its file travelled.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::input::detect::HEAD;
use crate::input::files::archive::Archive;
use crate::input::files::unpack::Packing;
use crate::input::files::walk::{Entry, SkippedFiles};
use crate::input::framing::batch::{Batch, BatchKind};
use crate::input::framing::buffer::Buffer;
use crate::input::framing::ends;
use crate::input::registry::InputFormat;
use crate::input::source::{ReadOptions, too_long};
use crate::input::table;
use crate::input::{Framing, Guess, Head};

mod input;
mod opening;
mod skipping;
mod too_long;

use input::Input;
pub use opening::{Taken, taken_for};
use too_long::TooLong;

/// The most bytes asked of the input at once.
const READ: usize = 1 << 20;
/// The fewest, and what is asked for at first.
const READ_LEAST: usize = 1 << 16;
/// In between, about so many records: what is written of a small call is many times its size, and all that is in flight
/// is held.
const RECORDS: usize = 512;

/// An input that is being cut.
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent facts about one input, none of which is a state of another"
)]
pub struct Stream {
    input: Option<Input>,
    source: String,
    size: Option<u64>,
    /// What was read and not yet handed on.
    buf: Buffer,
    /// Bytes to ask for at once, as the size of records shows.
    want: usize,
    /// How much of it was looked at for the end of a record in vain.
    scanned: usize,
    ended: bool,
    /// What kept the input from being read to its end.
    broken: Option<String>,
    found: Option<(InputFormat, Framing)>,
    delimiter: u8,
    header: Vec<u8>,
    /// Records handed on so far.
    record: u64,
    /// Line ends handed on or dropped so far.
    lines: u64,
    /// Inside a record that is too long: everything up to its end is thrown away.
    skipping: Option<TooLong>,
    /// The size on disk says nothing about the text.
    packed: bool,
    packing: Option<Packing>,
    /// Names of what the text was wrapped in, outermost first.
    wraps: Vec<&'static str>,
    /// How sure it is that the format is what was found.
    guess: Option<Guess>,
    /// Where files are noted that are not read.
    skipped: SkippedFiles,
    /// A folder of files in one, and the file of it that is being read.
    archive: Option<(Box<Archive>, Option<Box<Stream>>)>,
    /// It comes out of an archive, so it may be none.
    nested: bool,
    /// Bytes of the input, as it lies on disk, since the last batch.
    bytes: u64,
    /// Where they are counted, if what is read here is not what lies there.
    below: Option<Arc<AtomicU64>>,
    /// Behind what is packed there is something else.
    trailing: Arc<AtomicBool>,
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream").field("source", &self.source).field("record", &self.record).finish_non_exhaustive()
    }
}

impl Stream {
    /// Opens an input; what keeps it from being opened is its first and only record.
    pub fn open(entry: &Entry) -> Stream {
        let opened = match (&entry.trouble, &entry.path) {
            (Some(trouble), _) => Err(io::Error::other(trouble.clone())),
            (None, Some(path)) => File::open(path).map(Input::File),
            (None, None) => Ok(Input::Other(Box::new(io::stdin()))),
        };
        match opened {
            Ok(input) => Stream::of(input, &entry.source, entry.size),
            Err(e) => {
                let mut stream = Stream::over(Box::new(io::empty()), &entry.source, entry.size);
                stream.broken = Some(format!("cannot be opened: {e}"));
                stream.ended = true;
                stream
            }
        }
    }

    /// A stream over any reader; `size` is its length where that is known.
    pub fn over(input: Box<dyn Read + Send>, source: &str, size: Option<u64>) -> Stream {
        Stream::of(Input::Other(input), source, size)
    }

    fn of(input: Input, source: &str, size: Option<u64>) -> Stream {
        Stream {
            input: Some(input),
            source: source.to_owned(),
            size,
            buf: Buffer::default(),
            want: READ_LEAST,
            scanned: 0,
            ended: false,
            broken: None,
            found: None,
            delimiter: b',',
            header: Vec::new(),
            record: 0,
            lines: 0,
            skipping: None,
            packed: false,
            packing: None,
            wraps: Vec::new(),
            guess: None,
            skipped: SkippedFiles::default(),
            archive: None,
            nested: false,
            bytes: 0,
            below: None,
            trailing: Arc::default(),
        }
    }

    /// Fills the batch with what the next read brings; false at the end. Comes back as soon as there is a whole
    /// record.
    pub fn next(&mut self, batch: &mut Batch, options: &ReadOptions) -> bool {
        if self.archive.is_some() {
            return self.inner(batch, options);
        }
        if self.found.is_none() {
            if self.input.is_none() {
                return false;
            }
            if let Err(why) = self.start(options) {
                self.input = None;
                batch.bytes = std::mem::take(&mut self.bytes);
                batch.fail(&self.source, 0, why);
                return true;
            }
            if self.archive.is_some() {
                self.input = None;
                return self.inner(batch, options);
            }
        }
        while self.input.is_some() {
            let Some((format, framing)) = self.found else {
                return false;
            };
            if self.cut(batch, framing, options) {
                batch.format = Some(format);
                batch.framing = self.found.map(|(_, framing)| framing);
                batch.bytes = std::mem::take(&mut self.bytes);
                return true;
            }
            if self.ended {
                if self.trailing.swap(false, Ordering::Relaxed) {
                    options.noticed.trailing(&self.source);
                }
                self.input = None;
                if let Some(mut why) = self.broken.take() {
                    if self.record > 0 {
                        why.push_str("; what came before was read");
                    }
                    batch.bytes = std::mem::take(&mut self.bytes);
                    batch.fail(&self.source, self.record, why);
                    return true;
                }
                return false;
            }
            // A record that is not whole after a read is looked through again after each: few and big ones are better.
            if self.buf.len() >= self.want {
                self.want = (self.want * 2).min(READ);
            }
            self.read();
        }
        false
    }

    /// Reads once.
    fn read(&mut self) {
        let Some(input) = &mut self.input else { return };
        // A small file gets a small buffer; one byte more shows its end.
        let rest =
            self.size.filter(|_| !self.packed).map_or(usize::MAX, |size| size.saturating_sub(self.bytes) as usize);
        match self.buf.read(input, self.want.min(rest.saturating_add(1))) {
            Ok(0) => self.ended = true,
            Ok(n) => {
                self.bytes += match &self.below {
                    Some(count) => count.swap(0, Ordering::Relaxed),
                    None => n as u64,
                };
                if rest == 0 {
                    // It has grown meanwhile.
                    self.size = None;
                }
            }
            Err(e) => {
                self.ended = true;
                let cut = e.kind() == io::ErrorKind::UnexpectedEof;
                self.broken = Some(match self.packing.map(Packing::as_str) {
                    Some(how) if cut => format!("the {how} data is cut off here"),
                    Some(how) => format!("the {how} data is broken here: {e}"),
                    None => format!("cannot be read further: {e}"),
                });
            }
        }
    }

    /// Reads the head, unpacks, finds the format.
    fn start(&mut self, options: &ReadOptions) -> Result<(), String> {
        if self.unpack(options)? {
            return Ok(());
        }
        let (format, framing) = match options.from {
            Some(InputFormat::Jsonl) => (InputFormat::Jsonl, Framing::Lines),
            Some(InputFormat::Format(format)) => {
                self.head(self.size.is_none() && format.name() == "call-jsonl");
                self.legacy(format.binary());
                let whole = self.ended;
                let head =
                    Head::new(&self.buf[..self.buf.len().min(HEAD)], whole && self.buf.len() <= HEAD, &self.source);
                (InputFormat::Format(format), format.framing(&head))
            }
            None => self.detected(options)?,
        };
        if self.buf.trim_ascii().is_empty() && self.ended {
            let why = self.broken.take();
            return match (why, options.from) {
                (Some(why), _) => Err(why),
                // A mapper may get an empty partition: no line in, no line out.
                (None, Some(_)) if framing == Framing::Lines && self.source == "-" => {
                    self.found = Some((format, framing));
                    Ok(())
                }
                (None, _) => Err("is empty: there is no transcript in it".into()),
            };
        }
        self.found = Some((format, framing));
        if framing == Framing::Rows {
            self.delimiter = table::delimiter(&self.buf);
            let end = loop {
                if let Some(end) = table::row_end(&self.buf, self.delimiter) {
                    break end;
                }
                if self.ended || self.buf.len() > options.max_record_bytes {
                    break self.buf.len();
                }
                self.read();
            };
            self.header.extend_from_slice(&self.buf[..end]);
            self.drop_front(end);
        }
        Ok(())
    }

    /// Hands over the whole records that the buffer holds; false if there is none yet.
    fn cut(&mut self, batch: &mut Batch, framing: Framing, options: &ReadOptions) -> bool {
        let limit = options.max_record_bytes;
        if let Some(mut skipping) = self.skipping.take() {
            let whole = self.whole();
            if !skipping.ends(&mut self.buf, self.delimiter, limit, whole) {
                self.skipping = Some(skipping);
                return false;
            }
            self.scanned = 0;
        }
        let (end, records) = match framing {
            Framing::Whole => (if self.ended && self.broken.is_none() { self.buf.len() } else { 0 }, 1),
            Framing::Lines => self.lines(),
            Framing::Rows => self.blank_dropped(ends::rows(&self.buf, self.delimiter, self.whole())),
            Framing::Groups(column) => ends::groups(&self.buf, self.delimiter, column, self.whole()),
        };
        if framing == Framing::Whole
            && self.buf.len() > limit
            && let Some(framing) = self.regroup()
        {
            return self.cut(batch, framing, options);
        }
        let whole_too_long = framing == Framing::Whole && self.buf.len() > limit;
        if end == 0 || whole_too_long {
            if self.buf.len() > limit {
                let begins = if framing == Framing::Whole { 0 } else { self.lines + 1 };
                let mut skipping = TooLong::of(framing, &self.buf, self.delimiter);
                let whole = self.whole();
                if !skipping.ends(&mut self.buf, self.delimiter, limit, whole) {
                    self.skipping = Some(skipping);
                }
                self.scanned = 0;
                batch.fail(&self.source, self.record, too_long(limit));
                batch.line = begins;
                self.record += 1;
                if framing == Framing::Whole {
                    self.input = None;
                }
                return true;
            }
            if self.ended && self.broken.is_some() {
                // Half a record is none.
                self.drop_front(self.buf.len());
            }
            return false;
        }
        batch.kind = BatchKind::Chunk;
        batch.source.push_str(&self.source);
        batch.base = self.record;
        batch.line = self.lines + 1;
        batch.header.extend_from_slice(&self.header);
        // The batch takes the buffer itself; only what is left over is copied.
        std::mem::swap(&mut batch.chunk, &mut self.buf);
        self.buf.set(&batch.chunk[end..]);
        batch.chunk.truncate(end);
        if framing != Framing::Whole {
            self.lines += newlines(&batch.chunk);
        }
        self.scanned = 0;
        if framing != Framing::Whole {
            let typical = end / (records.max(1) as usize);
            self.want = (typical * RECORDS).clamp(READ_LEAST, READ);
        }
        let all_read = !self.packed && self.size == Some(self.bytes);
        batch.only = framing == Framing::Whole || (self.record == 0 && records == 1 && all_read && self.buf.is_empty());
        self.record += records;
        true
    }

    /// Turns a table that is too long to be one record into one of groups of rows, if its format knows how.
    fn regroup(&mut self) -> Option<Framing> {
        let Some((InputFormat::Format(format), _)) = self.found else {
            return None;
        };
        let head = Head::new(&self.buf[..self.buf.len().min(HEAD)], false, &self.source);
        let framing = Framing::Groups(format.grouped_by(&head)?);
        self.delimiter = table::delimiter(&self.buf);
        let end = table::row_end(&self.buf, self.delimiter)?;
        self.header.extend_from_slice(&self.buf[..end]);
        self.drop_front(end);
        self.found = Some((InputFormat::Format(format), framing));
        Some(framing)
    }

    /// Drops bytes, which nobody reads, from the front of the buffer.
    fn drop_front(&mut self, count: usize) {
        self.lines += newlines(&self.buf[..count]);
        self.buf.drop_front(count);
    }

    /// Whether the buffer ends where the input does, so that what has no newline is whole too.
    fn whole(&self) -> bool {
        self.ended && self.broken.is_none()
    }

    fn lines(&mut self) -> (usize, u64) {
        let found = ends::lines(&self.buf, self.scanned, self.whole());
        self.scanned = if found.0 == 0 { self.buf.len() } else { 0 };
        self.blank_dropped(found)
    }

    /// Blank lines alone are no chunk, and no reason to keep them.
    fn blank_dropped(&mut self, (end, records): (usize, u64)) -> (usize, u64) {
        if records > 0 || end == 0 {
            return (end, records);
        }
        self.drop_front(end);
        self.scanned = 0;
        (0, 0)
    }
}

/// How many lines end in these bytes. It is counted a vector at a time, and costs next to nothing beside reading.
pub(super) fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
