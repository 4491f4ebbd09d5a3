//! Results of calls read back from JSON lines, so that shards or days become one report as if they had been one run.
//!
//! For a summary the lines are read twice: once for the rules, which have to be known before the first call is written,
//! and once for the calls. One line is held at a time. `index` finds single ones again, for runs that go on where another
//! one ended.

mod heads;
mod index;
mod line;

use crate::input::files::results;
use crate::report::Unreadable;
use crate::report::kept::Kept;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub use heads::Heads;
pub use index::Index;
pub use line::Names;

/// A longer line holds no result that this program wrote.
const LONGEST: u64 = 64 << 20;

/// Where a line stands.
struct At {
    /// Counts from 0; lines without anything do not.
    number: u64,
    /// Where it begins.
    byte: u64,
    /// Whether nothing ends it.
    is_cut: bool,
}

/// An input of results that can be read more than once.
#[derive(Debug)]
pub struct ResultsInput {
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File(PathBuf),
    /// Open already: a copy of standard input, gone when the program ends, or a file that is held.
    Open(File),
}

impl ResultsInput {
    /// Opens what was typed. The error says what it is instead, and what to do.
    pub fn open(path: &Path) -> Result<ResultsInput, String> {
        if path == Path::new("-") {
            let place = copy_of_stdin().map_err(|e| format!("standard input cannot be read: {e}"))?;
            return ResultsInput { source: "-".to_owned(), place }.checked();
        }
        let shown = path.display();
        if path.is_dir() {
            return Err(format!("{shown}: is a folder; name the files of results in it, such as {shown}/*.jsonl"));
        }
        if results::are_in_one_piece(path) {
            return Err(format!(
                "{shown}: is a report in one piece; results are read as JSON lines, as heard audit -o FILE.jsonl writes them"
            ));
        }
        let source = path.to_string_lossy().replace('\\', "/");
        ResultsInput { source, place: Place::File(path.to_owned()) }.checked()
    }

    /// A day without a call is an empty file, and no mistake.
    fn checked(self) -> Result<ResultsInput, String> {
        let ours = self.lines().and_then(|mut lines| {
            let head = lines.fill_buf()?;
            Ok(head.is_empty() || results::are_results(head))
        });
        match ours {
            Ok(true) => Ok(self),
            Ok(false) => {
                Err(format!("{}: holds no results of calls; heard audit calls/ -o FILE.jsonl writes them", self.source))
            }
            Err(error) => Err(format!("{}: {error}", self.source)),
        }
    }

    fn lines(&self) -> io::Result<Box<dyn BufRead>> {
        match &self.place {
            Place::File(path) => results::lines(path),
            Place::Open(file) => {
                let mut file = file.try_clone()?;
                file.rewind()?;
                Ok(Box::new(BufReader::new(file)))
            }
        }
    }

    /// The lines as a file in which any place can be looked up.
    fn seekable(&self) -> io::Result<File> {
        match &self.place {
            Place::File(path) if results::is_packed(path)? => {
                let mut copy = tempfile::tempfile()?;
                io::copy(&mut self.lines()?, &mut copy)?;
                Ok(copy)
            }
            Place::File(path) => File::open(path),
            Place::Open(file) => file.try_clone(),
        }
    }

    /// Reads line by line; `Break` ends it.
    fn each(&self, mut take: impl FnMut(At, Result<&str, String>) -> ControlFlow<()>) -> ControlFlow<()> {
        let (mut number, mut byte) = (0, 0);
        let read = self.lines().and_then(|mut lines| {
            let mut bytes = Vec::new();
            while lines.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)? > 0 {
                let is_cut = !bytes.ends_with(b"\n");
                let is_whole = !is_cut || (bytes.len() as u64) < LONGEST;
                let at = At { number, byte, is_cut };
                byte += bytes.len() as u64;
                let line = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii();
                let line = if is_whole {
                    std::str::from_utf8(line).map_err(|_| "is no text in UTF-8".to_owned())
                } else {
                    byte += lines.skip_until(b'\n')? as u64;
                    Err(format!("is longer than {LONGEST} bytes, and no result of a call"))
                };
                if line != Ok("") {
                    if take(at, line).is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                    number += 1;
                }
                bytes.clear();
            }
            Ok(ControlFlow::Continue(()))
        });
        let at = At { number, byte, is_cut: false };
        read.unwrap_or_else(|error| take(at, Err(format!("cannot be read: {error}"))))
    }
}

fn copy_of_stdin() -> io::Result<Place> {
    let mut copy = tempfile::tempfile()?;
    io::copy(&mut io::stdin().lock(), &mut copy)?;
    Ok(Place::Open(copy))
}

/// What a line holds.
pub enum Event {
    /// A call.
    Call(Box<Kept>),
    /// A record that the audit could not read.
    Unreadable(Unreadable),
    /// A line that is no result: its number, from 0, where it stands, and what is wrong with it.
    Broken(Unreadable),
}

/// Reads all calls of some inputs, in their order; `Break` ends it.
pub fn read(
    inputs: &[ResultsInput],
    heads: &Heads,
    names: &mut Names,
    mut take: impl FnMut(Event) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for input in inputs {
        input.each(|at, line| {
            let record = at.number;
            let event = line.and_then(|line| line::event(line, heads, names));
            let broken = |error| Event::Broken(Unreadable { record, source: input.source.clone(), line: None, error });
            take(event.unwrap_or_else(broken))
        })?;
    }
    ControlFlow::Continue(())
}
