//! Where reports go: standard output and files, all opened before the work starts. Files take their places at the very
//! end, all of them whole.

use crate::output::{Output, OutputKind, Setup};
use crate::report::rollup::RollUp;
use crate::support::whole_file::{BUFFER, WholeFile};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// A report file that was asked for.
#[derive(Clone)]
pub struct OutputFile {
    /// The format, named or meant by the extension.
    pub kind: &'static OutputKind,
    /// Where to.
    pub path: PathBuf,
}

impl std::fmt::Debug for OutputFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind.name, self.path.display())
    }
}

/// Where what tells who somebody is is replaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redacts {
    /// On standard output, and in what is said of input on standard error.
    pub standard: bool,
    /// In files.
    pub files: bool,
}

impl Redacts {
    /// Whether the output of this place in the order of outputs gets what is replaced.
    pub fn at(self, output: usize) -> bool {
        if output == 0 { self.standard } else { self.files }
    }

    /// Whether any of so many outputs does.
    pub fn any(self, outputs: usize) -> bool {
        self.standard || self.files && outputs > 1
    }
}

/// Everything that is written, in the order of the outputs.
pub struct Delivery {
    targets: Vec<Target>,
}

struct Target {
    place: Place,
    /// Whether a call or an unreadable record has been written, after which a separator is due.
    begun: bool,
}

enum Place {
    Stdout(BufWriter<io::Stdout>),
    File(WholeFile),
    /// A pipe whose reader has left.
    Closed,
}

/// Opens standard output and the files, and makes what renders for each.
pub fn open(
    standard: &'static OutputKind,
    files: &[OutputFile],
    setup: &Setup,
) -> io::Result<(Vec<Box<dyn Output>>, Delivery)> {
    let mut outputs = vec![(standard.make)(setup.clone())];
    let mut places = vec![Place::Stdout(BufWriter::with_capacity(BUFFER, io::stdout()))];
    for file in files {
        outputs.push((file.kind.make)(Setup { color: false, rows: None, ..setup.clone() }));
        places.push(Place::File(WholeFile::open(&file.path)?));
    }
    let targets = places.into_iter().map(|place| Target { place, begun: false }).collect();
    Ok((outputs, Delivery { targets }))
}

impl Delivery {
    /// Writes what stands before the first call.
    pub fn begin(&mut self, outputs: &[Box<dyn Output>]) -> io::Result<()> {
        for (output, target) in outputs.iter().zip(&mut self.targets) {
            target.place.write(|to| output.begin(to))?;
        }
        Ok(())
    }

    /// Writes the next bytes of each output. `Break` if nobody is left to read any.
    pub fn write(&mut self, outputs: &[Box<dyn Output>], streams: &[Vec<u8>]) -> io::Result<ControlFlow<()>> {
        for ((output, target), bytes) in outputs.iter().zip(&mut self.targets).zip(streams) {
            if bytes.is_empty() {
                continue;
            }
            let separator = if target.begun { output.separator() } else { b"" };
            target.begun = true;
            target.place.write(|to| {
                to.write_all(separator)?;
                output.write(bytes, to)
            })?;
        }
        Ok(if self.is_closed() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// Whether nobody is left to read anything.
    fn is_closed(&self) -> bool {
        self.targets.iter().all(|target| matches!(target.place, Place::Closed))
    }

    /// Sends on what waits in buffers. Files can wait: nobody sees them before they are whole.
    pub fn flush(&mut self) -> io::Result<()> {
        let mut standard = self.targets.iter_mut().filter(|t| matches!(t.place, Place::Stdout(_)));
        standard.try_for_each(|target| target.place.write(|to| to.flush()))
    }

    /// Writes what stands after the last call, and puts the files in their places. Says whether anybody read it. Each
    /// output has its own roll-up, or another one of what it may show.
    pub fn end<'r>(&mut self, outputs: &[Box<dyn Output>], rollup: impl Fn(usize) -> &'r RollUp) -> io::Result<bool> {
        for (k, (output, target)) in outputs.iter().zip(&mut self.targets).enumerate() {
            let rollup = rollup(k);
            target.place.write(|to| output.end(rollup, to).and_then(|()| to.flush()))?;
        }
        let read = !self.is_closed();
        // Only now: if one of them cannot be finished, none appears.
        self.targets.drain(..).try_for_each(|target| target.place.keep())?;
        Ok(read)
    }
}

impl Place {
    fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        match self {
            Place::Stdout(to) => match write(to) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    *self = Place::Closed;
                    Ok(())
                }
                done => done.map_err(|e| io::Error::new(e.kind(), format!("standard output: {e}"))),
            },
            Place::File(file) => file.write(write),
            Place::Closed => Ok(()),
        }
    }

    fn keep(self) -> io::Result<()> {
        match self {
            Place::File(file) => file.finish(b""),
            Place::Stdout(_) | Place::Closed => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::fs;

    #[test]
    fn a_separator_stands_between_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("calls.json");
        let outputs: Vec<Box<dyn Output>> = vec![(crate::output::by_name("json").unwrap().make)(Setup::plain(
            Vec::new(),
            crate::report::JudgedBy::default(),
        ))];
        let mut delivery =
            Delivery { targets: vec![Target { place: Place::File(WholeFile::open(&path).unwrap()), begun: false }] };
        delivery.begin(&outputs).unwrap();
        for bytes in ["1", "", "2"] {
            assert!(delivery.write(&outputs, &[bytes.as_bytes().to_vec()]).unwrap().is_continue());
        }
        assert!(!path.exists(), "nobody sees half a file");
        let counters = RollUp::default();
        assert!(delivery.end(&outputs, |_| &counters).unwrap());
        assert!(fs::read_to_string(&path).unwrap().contains("\"calls\":[\n1,\n2\n]"));
    }
}
