//! Results of an earlier run, found again by the call that they are about: what `--resume` takes lines from.
//!
//! The lines stay in their file. An index of 16 bytes a line is held; it finds lines in any order, so that files joined
//! by `cat`, and folders in which calls have come and gone since, do as well as a run that was killed.

use super::heads::{By, Heads};
use super::{Event, LONGEST, Names, Place, ResultsInput, line};
use crate::input::files::results;
use crate::report::digest::Digest;
use crate::report::kept::Kept;
use crate::report::{JudgedBy, RuleHead};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What every line of results begins with.
const BEGINS: &[u8] = b"{\"schema\":\"heard.call/";

/// The results of calls that were judged as this run judges.
#[derive(Debug)]
pub struct Index {
    /// The path as typed.
    pub source: String,
    /// Whether the last line was cut, as a killed run leaves it.
    pub cut: bool,
    /// Lines that are no results: how many, and the number of the first, from 1.
    pub broken: Option<(u64, u64)>,
    /// Lines of calls that were judged by something else: how many, and by what the first.
    pub others: Option<(u64, By)>,
    /// Hashes of what a line is about, and where in the file it begins; sorted.
    lines: Vec<(u64, u64)>,
    file: Mutex<BufReader<File>>,
    heads: Heads,
    by: JudgedBy,
}

/// What tells which call a line is about.
#[derive(Deserialize)]
struct About<'l> {
    record: u64,
    #[serde(borrow)]
    source: Cow<'l, str>,
    error: Option<IgnoredAny>,
    by: Option<By>,
    #[serde(borrow)]
    digest: Option<Cow<'l, str>>,
}

impl Index {
    /// Reads a file of results: those that these rules gave, judged in this way. The error says what the file is
    /// instead, and what to do.
    pub fn open(path: &Path, heads: &[RuleHead], by: &JudgedBy) -> Result<Index, String> {
        let input = if is_one_cut_line(path) {
            ResultsInput { source: path.to_string_lossy().replace('\\', "/"), place: Place::File(path.to_owned()) }
        } else {
            ResultsInput::open(path)?
        };
        let cannot = |error: io::Error| format!("{}: {error}", path.display());
        // Held open: a run may write its own results in its place.
        let file = input.seekable().map_err(cannot)?;
        let input = ResultsInput { source: input.source, place: Place::Open(file.try_clone().map_err(cannot)?) };
        let mut index = Index {
            source: input.source.clone(),
            cut: false,
            broken: None,
            others: None,
            lines: Vec::new(),
            file: Mutex::new(BufReader::new(file)),
            heads: Heads::of(heads),
            by: by.clone(),
        };
        let _ = input.each(|at, line| {
            let about = line.ok().and_then(|line| serde_json::from_str::<About<'_>>(line).ok());
            match about {
                Some(about) => index.add(about, at.byte),
                None if at.is_cut => index.cut = true,
                None => index.broken.get_or_insert((0, at.number + 1)).0 += 1,
            }
            ControlFlow::Continue(())
        });
        index.lines.sort_unstable();
        Ok(index)
    }

    fn add(&mut self, about: About<'_>, byte: u64) {
        // What could not be read is read again: it may have been mended.
        let (None, Some(by), Some(digest)) = (about.error, about.by, about.digest) else { return };
        if by == self.by {
            self.lines.push((key(&about.source, about.record, &digest), byte));
        } else {
            self.others.get_or_insert((0, by)).0 += 1;
        }
    }

    /// The result of a call, with its line; the last one where there are several.
    pub fn find(&self, source: &str, record: u64, digest: &str, names: &mut Names) -> Option<Kept> {
        let key = key(source, record, digest);
        let behind = self.lines.partition_point(|(known, _)| *known <= key);
        let (_, byte) = self.lines[..behind].last().filter(|(known, _)| *known == key)?;
        let line = self.line(*byte).ok()?;
        let Ok(Event::Call(mut kept)) = line::event(&line, &self.heads, names) else { return None };
        let is_it = kept.source == source && kept.record == record && kept.stored.digest == digest;
        let all = (0..self.heads.rules.len()).eq(kept.judged.results.iter().map(|result| result.rule));
        kept.stored.line = Some(line);
        (is_it && all && kept.stored.by.as_ref() == Some(&self.by)).then_some(*kept)
    }

    fn line(&self, byte: u64) -> io::Result<String> {
        let mut bytes = Vec::new();
        {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            // Calls come in the order of their lines as a rule, and the next line is in the buffer already.
            let at = file.stream_position()?;
            match i64::try_from(byte).ok().zip(i64::try_from(at).ok()) {
                Some((to, at)) => file.seek_relative(to - at)?,
                None => _ = file.seek(SeekFrom::Start(byte))?,
            }
            file.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
        }
        let line = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii();
        std::str::from_utf8(line).map(str::to_owned).map_err(io::Error::other)
    }
}

fn key(source: &str, record: u64, digest: &str) -> u64 {
    let mut key = Digest::default();
    key.text(source);
    key.number(record);
    key.text(digest);
    key.finish()
}

/// Whether a file is what a run leaves that was killed while it wrote its first line, which has not told yet what it is.
fn is_one_cut_line(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(1 << 10).read_to_end(&mut head));
    let head = &head[..];
    read.is_ok() && !head.is_empty() && !results::are_results(head) && BEGINS.starts_with(head)
}

impl PartialEq<JudgedBy> for By {
    fn eq(&self, other: &JudgedBy) -> bool {
        (&*self.version, &self.packs, &*self.detectors) == (other.version, &other.packs, other.detectors)
    }
}
