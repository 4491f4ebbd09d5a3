//! What an input is: what it is wrapped in (compression, an archive, another encoding), and which format.

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use crate::input::detect::{HEAD, RunnerUp, detect, detect_whole, runner_up, unknown_json};
use crate::input::files::archive::{self, Archive, Kind};
use crate::input::files::known;
use crate::input::files::unpack::{self, Counted, Packing, Transcoded};
use crate::input::files::walk::Entry;
use crate::input::formats;
use crate::input::framing::batch::Batch;
use crate::input::framing::stream::Stream;
use crate::input::framing::stream::input::Input;
use crate::input::registry::InputFormat;
use crate::input::source::{ReadOptions, too_long};
use crate::input::table;
use crate::input::{Format, Framing, Guess, Head};

/// What an input, or a file of an archive, is taken for.
#[derive(Debug)]
pub struct Taken {
    /// The path as typed, joined with `/`.
    pub source: String,
    /// The format, how sure that is and why, and what the text is wrapped in; or why it is taken for nothing.
    pub what: Result<(InputFormat, Guess, Vec<&'static str>), String>,
    /// The format that comes next.
    pub runner_up: Option<RunnerUp>,
}

/// What an input is taken for; of an archive, what each of its files is.
pub fn taken_for(entry: &Entry, each: &mut dyn FnMut(Taken)) {
    Stream::open(entry).taken_for(&ReadOptions::default(), each);
}

impl Stream {
    fn taken_for(mut self, options: &ReadOptions, each: &mut dyn FnMut(Taken)) {
        let started = match self.broken.take() {
            Some(why) => Err(why),
            None => self.start(options),
        };
        let runner_up = self.found.and_then(|(format, _)| {
            let head = Head::new(&self.buf[..self.buf.len().min(HEAD)], self.ended && self.buf.len() <= HEAD, "");
            runner_up(&head, format.name())
        });
        let what = match (started, self.found, self.guess) {
            (Err(why), ..) => Err(why),
            (Ok(()), Some((format, _)), Some(guess)) => Ok((format, guess, self.wraps)),
            (Ok(()), ..) => {
                while let Some((name, bytes)) = self.archive.as_mut().and_then(|(a, _)| a.next(64 << 20)) {
                    let source = format!("{}/{name}", self.source);
                    match bytes {
                        Ok(bytes) => Stream::inside(bytes, &source).taken_for(options, each),
                        Err(why) => each(Taken { source, what: Err(why), runner_up: None }),
                    }
                }
                return;
            }
        };
        each(Taken { source: self.source, what, runner_up });
    }

    /// A stream over a file of an archive.
    fn inside(bytes: Vec<u8>, source: &str) -> Stream {
        let size = bytes.len() as u64;
        let mut stream = Stream::over(Box::new(Cursor::new(bytes)), source, Some(size));
        stream.nested = true;
        stream
    }

    /// Takes off what the input is wrapped in. True if it is an
    /// archive or a document, about which nothing more need be found.
    pub(super) fn unpack(&mut self, options: &ReadOptions) -> Result<bool, String> {
        self.at_least(4);
        if let Some(packing) = Packing::of(&self.buf)
            && let Some(input) = self.input.take()
        {
            if self.nested {
                return Err("is compressed within an archive; unpack it and name the folder".into());
            }
            let input = self.counted(input.boxed());
            let trailing = Arc::clone(&self.trailing);
            self.input = Some(Input::Other(packing.unpack(self.buf.take(), input, trailing)));
            (self.packed, self.packing, self.ended) = (true, Some(packing), false);
            self.wraps.push(packing.as_str());
            self.at_least(4);
        }
        if archive::like(&self.buf) {
            return self.zipped(options).map(|()| true);
        }
        if let Some(encoding) = unpack::wide(&self.buf) {
            self.transcode(encoding);
            self.at_least(3);
        }
        if self.buf.starts_with(b"\xef\xbb\xbf") {
            self.buf.drop_front(3);
        }
        self.at_least(8);
        if let Some(length) = table::separator_line(&self.buf) {
            self.drop_front(length);
        }
        Ok(false)
    }

    /// Reads until so many bytes are there, or the end.
    pub(super) fn at_least(&mut self, count: usize) {
        while self.buf.len() < count && !self.ended {
            self.read();
        }
    }

    /// Counts the bytes of an input that comes out as others, unless that is done further down.
    fn counted(&mut self, input: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        if self.below.is_some() {
            return input;
        }
        let (input, count) = Counted::new(input);
        self.below = Some(count);
        Box::new(input)
    }

    /// Reads everything anew as this encoding.
    fn transcode(&mut self, encoding: &'static encoding_rs::Encoding) {
        if let Some(input) = self.input.take() {
            let input = self.counted(input.boxed());
            let first = self.buf.take();
            self.input = Some(Input::Other(Box::new(Transcoded::new(encoding, first, input))));
            (self.packed, self.ended) = (true, false);
            self.wraps.push(encoding.name());
        }
    }

    /// Reads everything anew if the head is text in a legacy encoding.
    pub(super) fn legacy(&mut self, binary: bool) {
        let complete = self.ended && self.buf.len() <= HEAD;
        let head = &self.buf[..self.buf.len().min(HEAD)];
        if !binary && let Some(encoding) = unpack::legacy(head, complete) {
            self.transcode(encoding);
            self.head(false);
        }
    }

    /// Opens a zip archive: a document is read as one, a folder file by file.
    fn zipped(&mut self, options: &ReadOptions) -> Result<(), String> {
        let opened = if let Some(Input::File(file)) = &mut self.input {
            let unreadable = |e| format!("cannot be read: {e}");
            let opened = Archive::in_file(file.try_clone().map_err(unreadable)?, &self.source);
            // Both handles share one place in the file, and a document is read on from where its beginning ended.
            file.seek(SeekFrom::Start(self.buf.len() as u64)).map_err(unreadable)?;
            opened
        } else {
            self.at_least(archive::PIPED + 1);
            if self.buf.len() > archive::PIPED {
                return Err("is a zip archive too big for a pipe; name its file".into());
            }
            Archive::in_memory(self.buf.to_vec(), &self.source)
        };
        let (archive, kind, skipped) = opened?;
        for file in skipped {
            self.skipped.add(file);
        }
        let format: &'static dyn Format = match kind {
            Kind::Word => &formats::docx::Docx,
            Kind::Sheet => &formats::excel::Excel,
            Kind::Folder if self.nested => {
                return Err("is an archive within an archive; unpack it and name the folder".into());
            }
            Kind::Folder if archive.is_empty() => {
                return Err("is a zip archive without a transcript in it".into());
            }
            Kind::Folder => {
                self.archive = Some((Box::new(archive), None));
                return Ok(());
            }
        };
        // Another format that was asked for will say what it misses.
        let format = match options.from {
            Some(InputFormat::Format(named)) => named,
            _ => format,
        };
        self.guess = Some(Guess {
            confidence: 0.97,
            because: if kind == Kind::Word {
                "a zip archive with word/document.xml in it"
            } else {
                "a zip archive with a workbook in it"
            },
        });
        self.found = Some((InputFormat::Format(format), Framing::Whole));
        Ok(())
    }

    /// Goes on with the files of an archive.
    pub(super) fn inner(&mut self, batch: &mut Batch, options: &ReadOptions) -> bool {
        // A file of an archive is held in memory, so it has a limit even if its records are short.
        let most = (options.max_record_bytes as u64).saturating_mul(4);
        loop {
            let Some((archive, file)) = &mut self.archive else {
                return false;
            };
            if let Some(stream) = file {
                if stream.next(batch, options) {
                    // For a progress bar the archive is as big as it lies on disk, and is done at its first file.
                    batch.bytes = std::mem::take(&mut self.size).unwrap_or(0);
                    return true;
                }
                *file = None;
            }
            let Some((name, bytes)) = archive.next(most) else {
                return false;
            };
            let source = format!("{}/{name}", self.source);
            match bytes {
                Ok(bytes) => *file = Some(Box::new(Stream::inside(bytes, &source))),
                Err(why) => {
                    batch.bytes = std::mem::take(&mut self.size).unwrap_or(0);
                    batch.fail(&source, 0, why);
                    return true;
                }
            }
        }
    }

    /// Reads until sniffers have enough, or, for a stream of calls, until the first line is there.
    pub(super) fn head(&mut self, lines_do: bool) {
        while !self.ended && self.buf.len() < HEAD {
            if lines_do
                && let Some(end) = memchr::memrchr(b'\n', &self.buf)
                && self.buf[..end].split(|b| *b == b'\n').any(formats::call_jsonl::sure)
            {
                return;
            }
            self.read();
        }
        if self.size.is_some() && !self.packed && !self.ended && self.size == Some(self.bytes) {
            self.read();
        }
    }

    pub(super) fn detected(&mut self, options: &ReadOptions) -> Result<(InputFormat, Framing), String> {
        self.head(self.size.is_none());
        if let Some(kind) = known::kind(&self.buf) {
            return Err(kind.into());
        }
        self.legacy(false);
        match detect(&self.buf, self.ended, &self.source) {
            Ok(found) => {
                self.guess = Some(found.guess);
                Ok((found.format, found.framing))
            }
            // Half of something need not look like the whole.
            Err(Some(why)) => Err(self.broken.take().unwrap_or(why)),
            Err(None) => {
                while !self.ended && self.buf.len() <= options.max_record_bytes {
                    self.read();
                }
                if self.buf.len() > options.max_record_bytes {
                    return Err(too_long(options.max_record_bytes));
                }
                if let Some(why) = self.broken.take() {
                    return Err(why);
                }
                let found = detect_whole(&self.buf, &self.source);
                self.guess = found.as_ref().map(|f| f.guess);
                found.map(|f| (f.format, f.framing)).ok_or_else(|| unknown_json(&self.buf))
            }
        }
    }
}
