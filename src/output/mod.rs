//! How reports leave the program: one file a format, each an [`Output`] and its line in [`OUTPUTS`].
//!
//! A report is a series of events: begin, one event a call or unreadable record, end with the roll-up. Workers turn a
//! call into bytes (`call`, pure), the writer puts the bytes in order; no format ever holds all results.

use crate::report::{CallReport, RuleHead, Unreadable};
use crate::rollup::RollUp;
use std::io::{self, Write};

/// What an output may depend on, beside the calls: known before the first one.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The public rules in report order; `RuleResult::rule` counts in here.
    pub rules: Vec<RuleHead>,
    /// Columns of the terminal (or 80).
    pub width: usize,
    /// Whether ANSI colours may be used.
    pub color: bool,
    /// Whether CSV begins with a byte order mark, for Excel.
    pub csv_bom: bool,
    /// 0 is normal; `-v` adds one, `-q` takes one.
    pub verbosity: i8,
}

/// One output format at work.
pub trait Output: Send + Sync {
    /// Writes what stands before the first call.
    fn begin(&self, _to: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
    /// Appends one call's bytes. Pure: what it appends depends on the report alone.
    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>);
    /// Appends a record that could not be read; formats without room for it append nothing.
    fn unreadable(&self, _record: &Unreadable, _to: &mut Vec<u8>) {}
    /// What stands between two events that appended something.
    fn separator(&self) -> &'static [u8] {
        b""
    }
    /// Writes what stands after the last call.
    fn end(&self, _rollup: &RollUp, _to: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A registered output format.
pub struct OutputKind {
    /// Its name, for `--format` and `FORMAT:FILE`.
    pub name: &'static str,
    /// File extensions, without the dot, that mean this format.
    pub extensions: &'static [&'static str],
    /// What it is good for, in a line.
    pub about: &'static str,
    /// Makes one.
    pub make: fn(Setup) -> Box<dyn Output>,
}

/// Every output format; the order is that of help and documentation, the most used first.
pub static OUTPUTS: &[&OutputKind] = &[];
