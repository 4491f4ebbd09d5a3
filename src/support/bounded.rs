//! Files that are read whole, up to a limit: whoever names one may mean another, or a device that never ends.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

/// Packs and settings are written by hand.
pub const BY_HAND: u64 = 8 << 20;
/// Tables beside the calls.
pub const TABLE: u64 = 4 << 30;
/// What is no regular file says nothing of its length, and may have none.
const ENDLESS: u64 = 64 << 20;

/// The bytes of a file, if it has no more than so many.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    let most = if file.metadata()?.is_file() { most } else { most.min(ENDLESS) };
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it is longer than {} MiB", most >> 20)));
    }
    Ok(bytes)
}

/// The text of a file, if it has no more than so many bytes.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    let text = String::from_utf8(read(path, most)?);
    text.map_err(|e| io::Error::other(format!("it is not UTF-8 at byte {}", e.utf8_error().valid_up_to())))
}

/// The next line without its end, if it has no more than so many bytes; none behind the last.
pub fn line(input: &mut dyn BufRead, most: usize) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.take(most as u64 + 1).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() > most {
        return Err(io::Error::other(format!("a line of it is longer than {} MiB", most >> 20)));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| io::Error::other("a line of it is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_longer_is_refused_and_what_never_ends_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x");
        std::fs::write(&path, "four").expect("written");
        assert_eq!(read_text(&path, 4).ok().as_deref(), Some("four"));
        assert!(read(&path, 3).is_err_and(|e| e.to_string().contains("longer than")));
        #[cfg(unix)]
        assert!(read(Path::new("/dev/zero"), 1 << 20).is_err_and(|e| e.to_string().contains("1 MiB")));
        let mut lines: &[u8] = b"one\n\ntwo";
        let mut next = |most| line(&mut lines, most).ok().flatten();
        assert_eq!((next(3), next(3)), (Some("one".into()), Some(String::new())));
        assert_eq!((next(3), next(3)), (Some("two".into()), None));
        let mut endless = io::BufReader::new(io::repeat(b'x'));
        assert!(line(&mut endless, 9).is_err_and(|e| e.to_string().contains("a line")));
    }
}
