//! Bytes as they are read: memory that is cleared once, however often and however little is read into it.

use std::io::{self, Read};
use std::ops::Deref;

/// Bytes left free in front. Big pieces of memory begin sixteen bytes into a page, and where the system copies from the
/// start of a page to there, some processors take four times as long as for any other place.
const FRONT: usize = 64;

/// What was read and not yet handed on.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    memory: Vec<u8>,
    filled: usize,
}

impl Buffer {
    /// Reads once, at most so many bytes and half as many at least if the input has them: how many there were.
    pub fn read(&mut self, input: &mut dyn Read, most: usize) -> io::Result<usize> {
        let from = FRONT + self.filled;
        if self.memory.len() < from + most.div_ceil(2) {
            self.memory.resize(from + most, 0);
        }
        let to = self.memory.len().min(from + most);
        loop {
            match input.read(&mut self.memory[from..to]) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
                Ok(got) => {
                    self.filled += got;
                    return Ok(got);
                }
            }
        }
    }

    /// Forgets all bytes.
    pub fn clear(&mut self) {
        self.filled = 0;
    }

    /// Forgets what comes behind the first bytes.
    pub fn truncate(&mut self, len: usize) {
        self.filled = self.filled.min(len);
    }

    /// Forgets the first bytes.
    pub fn drop_front(&mut self, count: usize) {
        let from = FRONT + count;
        self.memory.copy_within(from..FRONT + self.filled, FRONT);
        self.filled -= count;
    }

    /// Holds these bytes and no others.
    pub fn set(&mut self, bytes: &[u8]) {
        let to = FRONT + bytes.len();
        if self.memory.len() < to {
            self.memory.resize(to, 0);
        }
        self.memory[FRONT..to].copy_from_slice(bytes);
        self.filled = bytes.len();
    }

    /// Hands over its bytes.
    pub fn take(&mut self) -> Vec<u8> {
        let Buffer { mut memory, filled } = std::mem::take(self);
        memory.truncate(FRONT + filled);
        memory.drain(..memory.len().min(FRONT));
        memory
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.memory.get(FRONT..FRONT + self.filled).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_held_until_it_is_dropped() {
        let mut input: &[u8] = b"one two three four";
        let mut buffer = Buffer::default();
        assert!(buffer.is_empty() && buffer.clone().take().is_empty());
        assert_eq!(buffer.read(&mut input, 8).ok(), Some(8));
        assert_eq!(&*buffer, b"one two ");
        buffer.drop_front(4);
        assert_eq!(&*buffer, b"two ");
        // Half of what is asked for fits: nothing is cleared for it.
        assert_eq!(buffer.read(&mut input, 8).ok(), Some(4));
        assert_eq!(buffer.read(&mut input, 8).ok(), Some(6));
        assert_eq!(buffer.read(&mut input, 8).ok(), Some(0));
        assert_eq!(&*buffer, b"two three four");
        buffer.truncate(9);
        assert_eq!(buffer.clone().take(), b"two three");
        buffer.set(b"a longer text than before");
        assert_eq!(&*buffer, b"a longer text than before");
        buffer.clear();
        buffer.truncate(3);
        assert!(buffer.is_empty());
    }
}
