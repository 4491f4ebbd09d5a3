//! What the parts of the report for people write with.

use crate::agree::compare::Agreement;
use crate::agree::labels::Labels;
use crate::output::layout::{PLAIN, Page};

pub(super) fn line(page: &mut Page<'_>, indent: usize, text: &str) {
    page.paragraph(indent, (PLAIN, ""), indent + 2, (PLAIN, text));
}

pub(super) fn many(count: usize, one: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {one}{end}")
}

/// Writes an agreement on a page.
pub(super) struct Writer<'a> {
    pub agreement: &'a Agreement<'a>,
    pub labels: &'a Labels,
    /// Nothing is shortened.
    pub more: bool,
}
