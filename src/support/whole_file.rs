//! A file that is absent, or the old one, until all of it is written: after a kill it is never half.
//!
//! It is written beside its place under a hidden name and takes its place at the very end.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

use super::{leave, leftovers};

/// Enough for a write to be worth its system call.
pub const BUFFER: usize = 1 << 16;

/// A file on its way to its place.
pub struct WholeFile {
    to: To,
    path: PathBuf,
}

enum To {
    /// A file that does not exist yet.
    Beside(BufWriter<NamedTempFile>),
    /// Something that cannot be replaced: a device, a named pipe.
    There(BufWriter<File>),
}

impl WholeFile {
    /// Opens it: what cannot be written is known before the work starts.
    pub fn open(path: &Path) -> io::Result<WholeFile> {
        WholeFile::beside(path).map_err(|e| named(path, &e))
    }

    fn beside(path: &Path) -> io::Result<WholeFile> {
        // A link is replaced and not followed: whoever put it there may mean another file than whoever typed the name.
        let there = fs::symlink_metadata(path).ok();
        let is_link = there.as_ref().is_some_and(fs::Metadata::is_symlink);
        let there = if is_link && is_of_system(path) { fs::metadata(path).ok() } else { there.filter(|_| !is_link) };
        let mut mode = None;
        match there {
            Some(there) if there.is_dir() => return Err(io::Error::other("is a folder")),
            Some(there) if there.permissions().readonly() => {
                return Err(io::Error::other("is read-only"));
            }
            Some(there) if !there.is_file() => {
                let file = File::options().write(true).open(path)?;
                return Ok(WholeFile { to: To::There(BufWriter::with_capacity(BUFFER, file)), path: path.to_owned() });
            }
            Some(there) => mode = Some(there.permissions()),
            None => {}
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        leftovers::clear(folder);
        let (prefix, suffix) = leftovers::names();
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(suffix);
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
            e
        })?;
        leave::begun(file.path());
        if let Some(mode) = mode {
            file.as_file().set_permissions(mode)?;
        }
        Ok(WholeFile { to: To::Beside(BufWriter::with_capacity(BUFFER, file)), path: path.to_owned() })
    }

    /// Writes more of it.
    pub fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let done = match &mut self.to {
            To::Beside(to) => write(to),
            To::There(to) => write(to),
        };
        done.map_err(|e| named(&self.path, &e))
    }

    /// Writes the rest of it, and puts it in its place.
    pub fn finish(mut self, rest: &[u8]) -> io::Result<()> {
        self.write(|to| to.write_all(rest).and_then(|()| to.flush()))?;
        let To::Beside(file) = self.to else {
            return Ok(());
        };
        let file = file.into_inner().map_err(|e| named(&self.path, e.error()))?;
        let passing = file.path().to_owned();
        let placed = file.persist(&self.path).map_err(|e| named(&self.path, &e.error));
        leave::done(&passing);
        placed.map(drop)
    }
}

/// Whether a link is one of the system's own, such as `/dev/stdout`.
fn is_of_system(path: &Path) -> bool {
    ["/dev", "/proc"].iter().any(|top| path.starts_with(top))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    // The cause alone: nobody needs the passing file's name, which is another one each time.
    let cause = error.get_ref().and_then(std::error::Error::source).map(ToString::to_string);
    let cause = cause.unwrap_or_else(|| error.to_string());
    // Another kind than that of the cause: a closed pipe that is a file's is not quiet.
    io::Error::other(format!("{}: cannot be written: {cause}", path.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

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
        WholeFile::open(&path).unwrap().finish(b"new").unwrap();
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
    fn a_link_is_replaced_and_the_mode_of_a_file_stays() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        WholeFile::open(&link).unwrap().finish(b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_file());
        assert_eq!(
            (fs::read_to_string(&link).unwrap(), fs::read_to_string(&target).unwrap()),
            ("new".into(), "old".into())
        );
        WholeFile::open(&target).unwrap().finish(b"newer").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "newer");
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
