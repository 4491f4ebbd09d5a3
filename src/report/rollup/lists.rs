//! Short lists that are the same however the calls are split, and in whatever order they come.
//!
//! What makes them so: entries are ordered by what they say alone, down to the call's id, source and record, never by
//! when they came; and a list only ever drops its last entries.

use crate::report::CallReport;
use std::cmp::Ordering;

/// An entry of a short list.
pub(super) trait Ranked {
    /// What stands before what; equal only where both are about the same call.
    fn order(&self, other: &Self) -> Ordering;
}

/// Puts an entry into its place, if it has one.
pub(super) fn offer<T: Ranked>(list: &mut Vec<T>, entry: T, limit: usize) {
    let at = list.partition_point(|other| other.order(&entry).is_le());
    if at < limit {
        list.insert(at, entry);
        list.truncate(limit);
    }
}

/// The beginning of a text from outside, so that a list of ten entries is small whatever they say.
pub(super) fn bounded(text: &str) -> &str {
    const BYTES: usize = 1024;
    let mut end = text.len().min(BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Which call an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whose {
    /// Its id.
    pub call: String,
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    /// Counts from 0 within its source.
    pub record: u64,
    /// The agent's name or id.
    pub agent: Option<String>,
}

impl Whose {
    pub(super) fn of(report: &CallReport<'_>) -> Whose {
        Whose {
            call: bounded(&report.call.id).to_owned(),
            source: bounded(report.source).to_owned(),
            record: report.record,
            agent: report.call.agent.as_deref().map(|a| bounded(a).to_owned()),
        }
    }

    /// How this call stands to that of a report, without a copy of the report's.
    pub(super) fn order(&self, report: &CallReport<'_>) -> Ordering {
        let own = (self.call.as_str(), self.source.as_str(), self.record);
        own.cmp(&(bounded(&report.call.id), bounded(report.source), report.record))
    }
}
