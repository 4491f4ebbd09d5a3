//! Zip archives of transcripts, read as folders; and what else begins like one: Word and Excel files.
//!
//! An archive is somebody else's: how many entries it has, how big each and all of them unpack, and by how much they
//! grow, has limits, and an archive within an archive is refused.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};

use zip::ZipArchive;

use crate::input::files::walk::{Skipped, skipped_name};

/// More entries are refused.
const ENTRIES: usize = 100_000;
/// More bytes are not unpacked out of one archive.
const TOTAL: u64 = 4 << 30;
/// Text shrinks by 3 to 30; what shrinks by more than this (beyond the first mebibyte) is a bomb.
const RATIO: u64 = 200;
const RATIO_FROM: u64 = 1 << 20;
/// An archive that comes through a pipe is held in memory, up to this size.
pub const PIPED: usize = 256 << 20;

/// Reads at any place.
pub trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

/// What an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A Word document.
    Word,
    /// An Excel or `OpenDocument` spreadsheet.
    Sheet,
    /// A folder of files.
    Folder,
}

/// Whether the bytes begin like a zip archive.
pub fn like(first: &[u8]) -> bool {
    first.starts_with(b"PK\x03\x04") || first.starts_with(b"PK\x05\x06")
}

/// An open archive.
pub struct Archive {
    zip: ZipArchive<Box<dyn Seekable>>,
    /// Names and places of the files in it, in byte order of the name.
    files: Vec<(String, usize)>,
    next: usize,
    unpacked: u64,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive").field("files", &self.files.len()).finish_non_exhaustive()
    }
}

/// One file of an archive: its name, and its bytes or what is wrong with it.
pub type Unpacked = (String, Result<Vec<u8>, String>);

/// An archive, what it is, and what is in it and not read.
pub type Opened = (Archive, Kind, Vec<Skipped>);

impl Archive {
    /// Reads what an archive that lies in a file holds.
    pub fn in_file(file: File, source: &str) -> Result<Opened, String> {
        Archive::over(Box::new(file), source)
    }

    /// Reads what an archive that lies in memory holds.
    pub fn in_memory(bytes: Vec<u8>, source: &str) -> Result<Opened, String> {
        Archive::over(Box::new(Cursor::new(bytes)), source)
    }

    fn over(input: Box<dyn Seekable>, source: &str) -> Result<Opened, String> {
        let zip = ZipArchive::new(input).map_err(|e| format!("is a zip archive that cannot be read: {e}"))?;
        if zip.len() > ENTRIES {
            let count = zip.len();
            return Err(format!(
                "is a zip archive of {count} files, over the limit of {ENTRIES}; unpack it and name the folder"
            ));
        }
        let names: Vec<String> = (0..zip.len())
            .map(|k| match zip.name_for_index(k) {
                Some(Ok(name)) => name.replace('\\', "/"),
                // Not UTF-8: still a file that somebody may want to hear about.
                Some(Err(_)) | None => format!("entry-{k}"),
            })
            .collect();
        let kind = kind(names.iter().map(String::as_str));
        let mut files: Vec<(String, usize)> = Vec::new();
        let mut skipped = Vec::new();
        for (k, name) in names.into_iter().enumerate() {
            if kind != Kind::Folder || name.is_empty() || name.ends_with('/') {
                continue;
            }
            let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
            let own = name.rsplit('/').next().unwrap_or(&name);
            match skipped_name(own).or(hidden.then_some("hidden")) {
                Some(why) => skipped.push(Skipped { path: format!("{source}/{name}"), why: why.into() }),
                None => files.push((name, k)),
            }
        }
        files.sort();
        let archive = Archive { zip, files, next: 0, unpacked: 0 };
        Ok((archive, kind, skipped))
    }

    /// How many files are to be read.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether nothing is to be read.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Unpacks the next file, at most `most` bytes of it; none behind the last.
    pub fn next(&mut self, most: u64) -> Option<Unpacked> {
        let (name, at) = self.files.get(self.next)?.clone();
        self.next += 1;
        if self.unpacked > TOTAL {
            self.next = self.files.len();
            let why = format!(
                "the archive unpacks to more than {} GiB, so the rest was not read; unpack it and name the folder",
                TOTAL >> 30
            );
            return Some((name, Err(why)));
        }
        let bytes = self.unpack(at, most);
        Some((name, bytes))
    }

    fn unpack(&mut self, at: usize, most: u64) -> Result<Vec<u8>, String> {
        let file = self.zip.by_index(at).map_err(|e| match e {
            zip::result::ZipError::UnsupportedArchive(what) if what.contains("assword") => {
                "is encrypted within the archive; unpack it with its password".to_owned()
            }
            other => format!("cannot be unpacked: {other}"),
        })?;
        // What it really unpacks to is counted: what the archive says of itself may be a lie.
        let allowed = file.compressed_size().saturating_mul(RATIO).max(RATIO_FROM);
        let limit = most.min(allowed);
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        self.unpacked += bytes.len() as u64;
        read.map_err(|e| format!("cannot be unpacked: {e}"))?;
        if bytes.len() as u64 <= limit {
            return Ok(bytes);
        }
        Err(if limit < most {
            format!("unpacks to more than {RATIO} times its size, as no transcript does; it is not read")
        } else {
            format!("unpacks to more than {} MiB; unpack the archive and name the folder", most >> 20)
        })
    }
}

/// What an archive with these names is.
pub fn kind<'a>(names: impl Iterator<Item = &'a str>) -> Kind {
    let mut kind = Kind::Folder;
    for name in names {
        match name {
            "word/document.xml" => return Kind::Word,
            "xl/workbook.xml" | "xl/workbook.bin" => return Kind::Sheet,
            // OpenDocument: a content beside a manifest. A text document is no spreadsheet, and its reader says so.
            "META-INF/manifest.xml" => kind = Kind::Sheet,
            _ => {}
        }
    }
    kind
}

/// Unpacks one named file of an archive in memory, within a limit.
pub fn one(bytes: &[u8], name: &str, most: u64) -> io::Result<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    let file = zip.by_name(name).map_err(io::Error::other)?;
    let mut out = Vec::new();
    file.take(most + 1).read_to_end(&mut out)?;
    if out.len() as u64 > most {
        return Err(io::Error::other(format!("{name} unpacks to more than {} MiB", most >> 20)));
    }
    Ok(out)
}

/// Whether all of an archive in memory unpacks to at most so many bytes, counted by unpacking it.
pub fn within(bytes: &[u8], most: u64) -> io::Result<bool> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    let mut left = most;
    for k in 0..zip.len().min(ENTRIES) {
        let file = zip.by_index(k).map_err(io::Error::other)?;
        let got = io::copy(&mut file.take(left + 1), &mut io::sink())?;
        if got > left {
            return Ok(false);
        }
        left -= got;
    }
    Ok(true)
}

/// An archive of these files, for tests.
#[cfg(test)]
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, options).expect("a file");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
