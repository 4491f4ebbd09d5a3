//! How reports leave the program: one file a format, each an [`Output`] and its line in [`OUTPUTS`].
//!
//! A report is a series of events: begin, one event a call or unreadable record, end with the roll-up. Workers turn a
//! call into bytes (`call`, pure), the writer puts the bytes in order; no format ever holds all results.

pub mod calls;
pub(crate) mod cells;
mod csv;
mod csv_findings;
mod csv_outcomes;
pub mod escape;
pub mod figures;
mod finding;
mod github;
mod html;
mod json;
mod jsonl;
mod junit;
pub(crate) mod layout;
mod markdown;
pub mod number;
#[cfg(feature = "parquet")]
mod parquet;
pub mod path;
mod record;
mod sarif;
mod text;
pub mod wire;
mod xlsx;

pub use escape::terminal;
pub use number::{clock, tenths_text};

use crate::report::rollup::RollUp;
use crate::report::script::CheckSummary;
use crate::report::{CallReport, JudgedBy, RuleHead, Unreadable};
use std::io::{self, Write};
use std::num::NonZeroUsize;

/// What an output may depend on, beside the calls: known before the first one.
#[allow(clippy::struct_excessive_bools, reason = "each is a flag that was typed or not")]
#[derive(Clone, Debug)]
pub struct Setup {
    /// The public rules in report order; `RuleResult::rule` counts in here.
    pub rules: Vec<RuleHead>,
    /// What judges.
    pub by: JudgedBy,
    /// Columns of the terminal (or 80).
    pub width: usize,
    /// Whether ANSI colours may be used.
    pub color: bool,
    /// Whether CSV begins with a byte order mark, for Excel.
    pub csv_bom: bool,
    /// 0 is normal; `-v` adds one, `-q` takes one.
    pub verbosity: i8,
    /// How many calls a web page shows whole; of more, the worst and the best.
    pub html_calls: usize,
    /// Rows of the terminal, where standard output is one.
    pub rows: Option<usize>,
    /// Whether every call is shown, and not the worst alone.
    pub all: bool,
    /// Whether the roll-up alone is shown.
    pub summary: bool,
    /// Agents are ranked, of those with so many calls at least; none for a list by name.
    pub rank_from: Option<NonZeroUsize>,
    /// What a check of scripts came to; none for an audit of calls.
    pub check: Option<CheckSummary>,
}

impl Setup {
    /// Where nothing is asked for: 80 columns, no colours, the defaults of the command line.
    pub fn plain(rules: Vec<RuleHead>, by: JudgedBy) -> Setup {
        Setup {
            rules,
            by,
            width: 80,
            color: false,
            csv_bom: false,
            verbosity: 0,
            html_calls: HTML_CALLS,
            rows: None,
            all: false,
            summary: false,
            rank_from: None,
            check: None,
        }
    }
}

/// How many calls a web page shows whole unless another number is asked for.
pub const HTML_CALLS: usize = 2000;

/// What people are told of a result that a learned detector decided on a thin margin.
const NEAR: &str = "on a thin margin";

/// Moments worth praise that reports for people show; `-v` shows all, and json has them all.
const PRAISED: usize = 20;

/// Calls that reports for people show whole, the worst first, unless all are asked for.
pub const WORST: usize = 20;

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
    /// Whether it draws calls, so that [`CallReport::timeline`] is worth making.
    fn draws(&self) -> bool {
        false
    }
    /// Takes the bytes of calls in their order, in the writer's thread. A format that is no stream gathers them here, and
    /// writes itself at the end.
    fn write(&self, bytes: &[u8], to: &mut dyn Write) -> io::Result<()> {
        to.write_all(bytes)
    }
    /// What it left out of all that it was given, for people; said when the run ends.
    fn left_out(&self) -> Option<String> {
        None
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
    /// Whether it has a place for the roll-up; those without are rows or findings of calls and nothing else.
    pub rollup: bool,
    /// How many of the worst calls it shows whole, after the roll-up.
    pub worst: usize,
    /// Whether it points at lines and columns of transcripts.
    pub in_lines: bool,
    /// Makes one.
    pub make: fn(Setup) -> Box<dyn Output>,
}

/// Every output format; the order is that of help and documentation, the most used first.
pub static OUTPUTS: &[&OutputKind] = &[
    &text::KIND,
    &html::KIND,
    &jsonl::KIND,
    &json::KIND,
    &csv::KIND,
    &csv_findings::KIND,
    &csv_outcomes::KIND,
    &xlsx::KIND,
    #[cfg(feature = "parquet")]
    &parquet::KIND,
    &markdown::KIND,
    &junit::KIND,
    &sarif::KIND,
    &github::KIND,
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static OutputKind> {
    OUTPUTS.iter().copied().find(|kind| kind.name == name)
}

/// The format that a file extension (without its dot, in any case) means.
pub fn by_extension(extension: &str) -> Option<&'static OutputKind> {
    let is = |known: &&str| known.eq_ignore_ascii_case(extension);
    OUTPUTS.iter().copied().find(|kind| kind.extensions.iter().any(is))
}

/// What to do about a format, by its name or extension, that this program was built without.
pub fn left_out(name: &str) -> Option<&'static str> {
    (name == "parquet" && by_name(name).is_none()).then_some(
        "this heard was built without parquet: build it with `cargo install --locked --path . --features parquet`, or \
         write csv-findings, which has the same columns",
    )
}

/// The names of all formats, for help and for "one of …".
pub fn names() -> impl Iterator<Item = &'static str> {
    OUTPUTS.iter().map(|kind| kind.name)
}

/// Adds a paragraph of plain text to a page for people: a lead at its indent, then the body, further lines at the hang.
pub fn paragraph(to: &mut String, width: usize, lead: (usize, &str), body: (usize, &str)) {
    let mut bytes = Vec::new();
    let mut page = layout::Page::new(&mut bytes, width, false);
    page.paragraph(lead.0, (layout::PLAIN, lead.1), body.0, (layout::PLAIN, body.1));
    to.push_str(&String::from_utf8_lossy(&bytes));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;

    /// Files beside the formats that they share.
    const SHARED: &[&str] =
        &["mod", "calls", "cells", "escape", "figures", "finding", "layout", "number", "path", "record", "wire"];

    #[test]
    fn the_registry_is_in_order() {
        let mut extensions = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for kind in OUTPUTS {
            let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(kind.name.chars().all(kebab) && kind.name.starts_with(|c: char| c.is_ascii_lowercase()));
            assert!(seen.insert(kind.name), "{} is there twice", kind.name);
            assert!(!kind.about.is_empty() && !kind.about.contains('\n'), "{}", kind.name);
            assert_eq!(by_name(kind.name).unwrap().name, kind.name);
            for &extension in kind.extensions {
                assert!(extensions.insert(extension), "{extension} means two formats");
                assert!(!extension.starts_with('.') && extension == extension.to_ascii_lowercase());
                assert_eq!(by_extension(&extension.to_ascii_uppercase()).unwrap().name, kind.name);
            }
        }
        assert!(by_name("no-such").is_none() && by_extension("").is_none());
        assert_eq!(names().count(), OUTPUTS.len());
    }

    #[test]
    fn every_file_is_registered() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/output");
        let mut formats: Vec<String> = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let shared = SHARED.contains(&stem.as_str()) || left_out(&stem).is_some();
            if path.extension().is_some_and(|e| e == "rs") && !shared {
                formats.push(stem.replace('_', "-"));
            }
        }
        formats.sort();
        let mut registered: Vec<&str> = names().collect();
        registered.sort_unstable();
        assert_eq!(formats, registered, "a format is a file in src/output and a line in OUTPUTS");
    }
}
