//! Where the bytes of a stream come from.

use std::fs::File;
use std::io::{self, Read};

/// Where bytes come from. A file is kept as one, since an archive is read from its end.
pub(super) enum Input {
    File(File),
    Other(Box<dyn Read + Send>),
}

impl Input {
    pub(super) fn boxed(self) -> Box<dyn Read + Send> {
        match self {
            Input::File(file) => Box::new(file),
            Input::Other(other) => other,
        }
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Input::File(file) => file.read(into),
            Input::Other(other) => other.read(into),
        }
    }
}
