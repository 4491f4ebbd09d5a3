//! Where reports go: standard output and files, all opened before the work starts.
//!
//! A file is written beside its place under a hidden name and takes its place at the very end: after a kill it is
//! absent or the old one, never half.

use crate::output::{Output, OutputKind, Setup};
use crate::report::rollup::RollUp;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

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

/// Enough for a write to be worth its system call.
const BUFFER: usize = 1 << 16;

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
    /// A file that does not exist yet, and its place.
    Beside(BufWriter<NamedTempFile>, PathBuf),
    /// Something that cannot be replaced: a device, a named pipe.
    There(BufWriter<File>, PathBuf),
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
        outputs.push((file.kind.make)(Setup { color: false, ..setup.clone() }));
        places.push(Place::open(&file.path).map_err(|e| named(&file.path, &e))?);
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
            target.place.write(|to| to.write_all(separator).and_then(|()| to.write_all(bytes)))?;
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

    /// Writes what stands after the last call, and puts the files in their places. Says whether anybody read it.
    pub fn end(mut self, outputs: &[Box<dyn Output>], rollup: &RollUp) -> io::Result<bool> {
        for (output, target) in outputs.iter().zip(&mut self.targets) {
            target.place.write(|to| output.end(rollup, to).and_then(|()| to.flush()))?;
        }
        let read = !self.is_closed();
        // Only now: if one of them cannot be finished, none appears.
        self.targets.into_iter().try_for_each(|target| target.place.keep())?;
        Ok(read)
    }
}

impl Place {
    fn open(path: &Path) -> io::Result<Place> {
        // A link is followed, so that its target is replaced and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match fs::metadata(&path) {
            Ok(there) if there.is_dir() => return Err(io::Error::other("is a folder")),
            Ok(there) if there.permissions().readonly() => {
                return Err(io::Error::other("is read-only"));
            }
            Ok(there) if !there.is_file() => {
                let file = File::options().write(true).open(&path)?;
                return Ok(Place::There(BufWriter::with_capacity(BUFFER, file), path));
            }
            _ => {}
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".heard-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // What any new file gets: the umask takes its share.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder).map_err(|e| {
            if e.kind() == io::ErrorKind::NotFound {
                return io::Error::other(format!("there is no folder {}", folder.display()));
            }
            // The cause alone: nobody needs the passing file's name, which is another one each time.
            let cause = e.get_ref().and_then(std::error::Error::source);
            let cause = cause.map(ToString::to_string);
            cause.map_or(e, io::Error::other)
        })?;
        Ok(Place::Beside(BufWriter::with_capacity(BUFFER, file), path))
    }

    fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let (done, path) = match self {
            Place::Stdout(to) => match write(to) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    *self = Place::Closed;
                    return Ok(());
                }
                done => {
                    return done.map_err(|e| io::Error::new(e.kind(), format!("standard output: {e}")));
                }
            },
            Place::Beside(to, path) => (write(to), path),
            Place::There(to, path) => (write(to), path),
            Place::Closed => return Ok(()),
        };
        done.map_err(|e| named(path, &e))
    }

    fn keep(self) -> io::Result<()> {
        let Place::Beside(file, path) = self else {
            return Ok(());
        };
        let file = file.into_inner().map_err(|e| named(&path, e.error()))?;
        file.persist(&path).map_err(|e| named(&path, &e.error))?;
        Ok(())
    }
}

/// A file that is written in one piece, when all of it is known.
pub struct WholeFile(Place);

impl WholeFile {
    /// Opens it: what cannot be written is known before the work starts.
    pub fn open(path: &Path) -> io::Result<WholeFile> {
        let place = Place::open(path).map_err(|e| named(path, &e))?;
        Ok(WholeFile(place))
    }

    /// Writes it, and puts it in its place.
    pub fn write(mut self, bytes: &[u8]) -> io::Result<()> {
        let write = |to: &mut dyn Write| to.write_all(bytes).and_then(|()| to.flush());
        self.0.write(write)?;
        self.0.keep()
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    // Another kind than that of the cause: a closed pipe that is a file's is not quiet.
    io::Error::other(format!("{}: cannot be written: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::path::Path;

    fn names(folder: &Path) -> Vec<String> {
        let all = fs::read_dir(folder).unwrap();
        all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_takes_its_place_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.txt");
        fs::write(&path, "old").unwrap();
        let file = WholeFile::open(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        // A run that ends before it writes leaves nothing behind.
        drop(file);
        assert_eq!(names(folder.path()), ["report.txt"]);
        WholeFile::open(&path).unwrap().write(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["report.txt"]);
    }

    #[test]
    fn what_cannot_be_written_is_known_before_the_work_starts() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("locked"), "").unwrap();
        let mut locked = fs::metadata(at("locked")).unwrap().permissions();
        locked.set_readonly(true);
        fs::set_permissions(at("locked"), locked).unwrap();
        for (name, why) in [("folder", "is a folder"), ("locked", "is read-only"), ("absent/a", "there is no folder")] {
            let error = WholeFile::open(&at(name)).map(drop).unwrap_err().to_string();
            assert!(error.contains(&format!("{name}: cannot be written: {why}")), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_target_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        WholeFile::open(&link).unwrap().write(b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
    }

    #[test]
    fn a_separator_stands_between_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("calls.json");
        let outputs: Vec<Box<dyn Output>> = vec![(crate::output::by_name("json").unwrap().make)(Setup {
            rules: Vec::new(),
            by: crate::report::JudgedBy::default(),
            width: 80,
            color: false,
            csv_bom: false,
            verbosity: 0,
            check: None,
        })];
        let mut delivery = Delivery { targets: vec![Target { place: Place::open(&path).unwrap(), begun: false }] };
        delivery.begin(&outputs).unwrap();
        for bytes in ["1", "", "2"] {
            assert!(delivery.write(&outputs, &[bytes.as_bytes().to_vec()]).unwrap().is_continue());
        }
        assert!(!path.exists(), "nobody sees half a file");
        assert!(delivery.end(&outputs, &RollUp::default()).unwrap());
        assert!(fs::read_to_string(&path).unwrap().contains("\"calls\":[\n1,\n2\n]"));
    }
}
