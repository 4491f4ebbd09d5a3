//! What one office document may hold. Everything is counted before memory is asked for, so that a small file that
//! claims or unpacks to a huge one costs itself and nothing else.

use std::cell::Cell;

/// Bytes of XML that are unpacked out of one document.
pub const BYTES: u64 = 256 << 20;
/// Bytes of one piece of XML: a tag with its attributes, or the text between two tags.
pub const PIECE: u64 = 16 << 20;
/// How deep elements may lie in each other.
pub const DEPTH: usize = 256;
/// Cells, strings, rows and paragraphs that hold something, all together; tests need not count so far.
pub const PIECES: usize = if cfg!(test) { 40_000 } else { 2_000_000 };
/// Bytes of text, and of the table that is made of it.
pub const TEXT: usize = 64 << 20;
/// The columns of a sheet, as in office programs.
pub const COLUMNS: u32 = 16_384;
/// The rows of a sheet, as in office programs.
pub const ROWS: u32 = 1_048_576;

/// What is left for one document.
#[derive(Debug)]
pub struct Budget {
    bytes: Cell<u64>,
    pieces: Cell<usize>,
    text: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { bytes: Cell::new(BYTES), pieces: Cell::new(PIECES), text: Cell::new(TEXT) }
    }
}

impl Budget {
    /// Counts bytes of XML.
    pub fn bytes(&self, count: u64) -> Result<(), String> {
        let left = self.bytes.get().checked_sub(count);
        self.bytes.set(left.ok_or_else(|| format!("unpacks to more than {} MiB", BYTES >> 20))?);
        Ok(())
    }

    /// Counts cells, strings, rows or paragraphs.
    pub fn pieces(&self, count: usize) -> Result<(), String> {
        let left = self.pieces.get().checked_sub(count);
        self.pieces.set(left.ok_or_else(|| format!("holds more than {PIECES} cells, rows or paragraphs"))?);
        Ok(())
    }

    /// Counts bytes of text.
    pub fn text(&self, count: usize) -> Result<(), String> {
        let left = self.text.get().checked_sub(count);
        self.text.set(left.ok_or_else(|| format!("holds more than {} MiB of text", TEXT >> 20))?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_over_is_told_with_the_limit() {
        let budget = Budget::default();
        assert_eq!((budget.pieces(PIECES), budget.bytes(BYTES), budget.text(TEXT)), (Ok(()), Ok(()), Ok(())));
        for (over, limit) in [(budget.pieces(1), "40000"), (budget.bytes(1), "256 MiB"), (budget.text(1), "64 MiB")] {
            assert!(over.is_err_and(|why| why.contains(limit)), "{limit}");
        }
    }
}
