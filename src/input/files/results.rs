//! Results of calls that were written before, as JSON lines: how they are told from transcripts, and opened.

use super::unpack::Packing;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;
use std::sync::Arc;

/// Whether an input begins with a line of results.
pub fn are_results(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    // The first of them: a report in one piece holds calls further on.
    let schema = memchr::memmem::find(line, b"\"schema\"").map(|at| line[at + 8..].trim_ascii_start());
    let value = schema.and_then(|rest| rest.strip_prefix(b":")).map(<[u8]>::trim_ascii_start);
    line.starts_with(b"{") && value.is_some_and(|value| value.starts_with(b"\"heard.call/"))
}

/// Whether a file is a report in one piece: it holds the same, and is not read.
pub fn are_in_one_piece(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    read.is_ok() && head.starts_with(b"{\"schema\":\"heard.report/")
}

/// Whether a file is packed.
pub fn is_packed(path: &Path) -> io::Result<bool> {
    Ok(Packing::of(BufReader::new(File::open(path)?).fill_buf()?).is_some())
}

/// The lines of a file, unpacked if it is packed.
pub fn lines(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let mut lines: Box<dyn BufRead> = Box::new(BufReader::new(File::open(path)?));
    if let Some(packing) = Packing::of(lines.fill_buf()?) {
        lines = Box::new(BufReader::new(packing.unpack(Vec::new(), Box::new(File::open(path)?), Arc::default())));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_known_by_their_first_line() {
        assert!(are_results(b"{\"schema\":\"heard.call/1\",\"record\":0"));
        assert!(are_results(b"\xef\xbb\xbf\n{\"record\": 0, \"schema\": \"heard.call/1\"}\n{"));
        assert!(!are_results(b"{\"turns\":[]}\n{\"schema\":\"heard.call/1\"}"));
        assert!(!are_results(b"{\"schema\":\"heard.report/1\",\"calls\":[{\"schema\":\"heard.call/1\"}]}"));
        assert!(!are_results(b"Agent: the schema \"heard.call/1\""));
    }
}
