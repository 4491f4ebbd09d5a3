//! Figures over many calls: counters that merge in any grouping to the same result.

use crate::report::{CallReport, Unreadable};

/// Counters over the calls of a run, a shard or a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RollUp {
    /// Calls read.
    pub calls: u64,
    /// Records that could not be read.
    pub unreadable: u64,
}

impl RollUp {
    /// Counts a call in.
    pub fn call(&mut self, _report: &CallReport<'_>) {
        self.calls += 1;
    }
    /// Counts an unreadable record in.
    pub fn unreadable(&mut self, _record: &Unreadable) {
        self.unreadable += 1;
    }
    /// Adds the counters of what came after.
    pub fn merge(&mut self, later: &RollUp) {
        self.calls += later.calls;
        self.unreadable += later.unreadable;
    }
}
