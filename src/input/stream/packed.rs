//! What an input is wrapped in: compression, an archive, another encoding.

use std::io::Cursor;

use super::Stream;
use crate::input::archive::{self, Archive, Kind};
use crate::input::detect::HEAD;
use crate::input::frame::Batch;
use crate::input::source::{From_, ReadOptions};
use crate::input::unpack::{self, Packing, Transcoded};
use crate::input::walk::Skipped;
use crate::input::{Format, Framing, formats};

impl Stream {
    /// Takes off what the input is wrapped in. True if it is an
    /// archive or a document, about which nothing more need be found.
    pub(super) fn unpack(&mut self, options: &ReadOptions) -> Result<bool, String> {
        self.at_least(4);
        if let Some(packing) = Packing::of(&self.buf)
            && let Some(input) = self.input.take()
        {
            if self.nested {
                return Err(
                    "is compressed within an archive; unpack it and name the folder".into(),
                );
            }
            self.input = Some(packing.unpack(std::mem::take(&mut self.buf), input));
            (self.packed, self.packing, self.ended) = (true, Some(packing), false);
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
            self.buf.drain(..3);
        }
        Ok(false)
    }

    /// Reads until so many bytes are there, or the end.
    pub(super) fn at_least(&mut self, count: usize) {
        while self.buf.len() < count && !self.ended {
            self.read();
        }
    }

    /// Reads everything anew as this encoding.
    fn transcode(&mut self, encoding: &'static encoding_rs::Encoding) {
        if let Some(input) = self.input.take() {
            let first = std::mem::take(&mut self.buf);
            self.input = Some(Box::new(Transcoded::new(encoding, first, input)));
            (self.packed, self.ended) = (true, false);
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
        let in_file = self.path.clone().filter(|_| !self.packed);
        let opened = if let Some(path) = &in_file {
            Archive::open(path, &self.source)
        } else {
            self.at_least(archive::PIPED + 1);
            if self.buf.len() > archive::PIPED {
                return Err("is a zip archive too big for a pipe; name its file".into());
            }
            Archive::of(self.buf.clone(), &self.source)
        };
        let (archive, kind) = opened?;
        let format: &'static dyn Format = match kind {
            Kind::Word => &formats::docx::Docx,
            Kind::Sheet => &formats::excel::Excel,
            Kind::Folder if self.nested => {
                return Err(
                    "is an archive within an archive; unpack it and name the folder".into(),
                );
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
            Some(From_::Format(named)) => named,
            _ => format,
        };
        self.found = Some((From_::Format(format), Framing::Whole));
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
                Ok(bytes) => {
                    let size = bytes.len() as u64;
                    let input = Box::new(Cursor::new(bytes));
                    let mut stream = Stream::over(input, &source, Some(size));
                    stream.nested = true;
                    *file = Some(Box::new(stream));
                }
                Err(why) => {
                    batch.bytes = std::mem::take(&mut self.size).unwrap_or(0);
                    batch.fail(&source, 0, why);
                    return true;
                }
            }
        }
    }

    /// The files of an archive that are not read.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        self.archive
            .as_ref()
            .map_or(&[], |(archive, _)| &archive.skipped)
    }
}
