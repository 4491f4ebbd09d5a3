//! Ids that several calls have: reports and tables of metadata cannot tell such calls apart.

use std::collections::BTreeMap;

use super::RollUp;
use super::lists::bounded;
use crate::report::CallReport;

/// As many ids are watched, those that sort first: which these are does not depend on how batches are merged.
const IDS: usize = 1 << 14;
/// Of every source the first records, so that a stream of millions of calls costs nothing.
const RECORDS: u64 = 64;

/// The ids of calls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ids {
    seen: BTreeMap<String, Seen>,
}

/// The calls of one id.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    calls: u64,
    /// Where they are, of those places the two that sort first.
    sources: Vec<String>,
}

impl Ids {
    pub(super) fn count(&mut self, report: &CallReport<'_>) {
        if report.record >= RECORDS {
            return;
        }
        let source = bounded(report.source).to_owned();
        let seen = Seen { calls: 1, sources: vec![source] };
        self.put(bounded(&report.call.id), seen);
    }

    pub(super) fn merge(&mut self, later: &Ids) {
        for (id, seen) in &later.seen {
            self.put(id, seen.clone());
        }
    }

    fn put(&mut self, id: &str, later: Seen) {
        if let Some(known) = self.seen.get_mut(id) {
            known.sources.extend(later.sources);
            known.sources.sort_unstable();
            known.sources.truncate(2);
            known.calls += later.calls;
        } else {
            self.seen.insert(id.to_owned(), later);
            if self.seen.len() > IDS {
                self.seen.pop_last();
            }
        }
    }
}

impl RollUp {
    /// How many calls share their id with an earlier one, and the first of them; none if there is no such call.
    pub fn ids_note(&self) -> Option<String> {
        let shared = || self.ids.seen.iter().filter(|(_, seen)| seen.calls > 1);
        let (id, first) = shared().next()?;
        let count: u64 = shared().map(|(_, seen)| seen.calls - 1).sum();
        let calls = if count == 1 { "1 call has".to_owned() } else { format!("{count} calls have") };
        let places = match first.sources.as_slice() {
            [one, two] if one == two => format!("twice in {one}"),
            [one, two] => format!("in {one} and {two}"),
            _ => String::new(),
        };
        Some(format!("{calls} the id of an earlier call, such as \"{id}\" {places}: reports list each, by the same id"))
    }

    /// How many agents are written in several ways, and the first of them; none if there is no such agent.
    pub fn spellings_note(&self) -> Option<String> {
        let mut spellings = self.agents.spellings();
        let (one, other) = spellings.next()?;
        let agents = match spellings.count() {
            0 => "1 agent is".to_owned(),
            more => format!("{} agents are", more + 1),
        };
        Some(format!("{agents} written in more than one way and counted as one, such as \"{one}\" and \"{other}\""))
    }
}
