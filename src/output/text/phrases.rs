//! Small pieces of the text report that several of its parts share: a line, a rule's id, where a call is.

use crate::output::layout::{PLAIN, Page};
use crate::output::{Setup, terminal};

pub(super) fn text(page: &mut Page<'_>, indent: usize, text: &str) {
    page.paragraph(indent, (PLAIN, ""), indent + 2, (PLAIN, text));
}

/// The id of a call, and where it is unless that says the same.
pub(super) fn place(call: &str, source: &str, record: u64) -> String {
    let id = terminal(call);
    if names_its_file(call, source) { id.into_owned() } else { format!("{id} ({})", location(source, record)) }
}

pub(super) fn id(setup: &Setup, rule: usize) -> String {
    setup.rules.get(rule).map_or_else(String::new, |head| terminal(&head.id).into_owned())
}

/// Whether a reader finds the file by the call's id alone.
pub(super) fn names_its_file(call: &str, source: &str) -> bool {
    let name = source.rsplit('/').next().unwrap_or_default();
    source == "-" || (!call.is_empty() && name.strip_prefix(call).is_some_and(|rest| rest.starts_with('.')))
}

/// Where a record is, made harmless for the terminal.
pub(super) fn location(source: &str, record: u64) -> String {
    let source = terminal(source);
    if record > 0 { format!("{source}, record {record}") } else { source.into_owned() }
}
