//! Statements that an agent says word for word in call after call: what is rehearsed is not heard as meant.
//!
//! To count every sentence of every agent would take room without end. Of each agent the statements of so many calls are
//! kept, those whose ids come first when they are shuffled: the same calls however the input is split. An agent with
//! fewer calls is known in full.

use super::lists::bounded;
use super::praise::words;
use crate::call::Role;
use crate::report::digest::Digest;
use crate::report::{CallReport, Evidence};

/// Calls of an agent of which the statements are kept.
pub const LOOKED_AT: usize = 100;
/// In fewer calls than these nothing is rehearsed.
const LEAST: u64 = 5;
/// Statements kept of a call.
const OF_A_CALL: usize = 8;

/// Tags of what counts as a statement.
const STATEMENTS: [&str; 5] = ["apology", "empathy", "naming-apology", "reassurance", "willingness"];

/// A statement that is rehearsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsed {
    /// The words, in lower case.
    pub words: String,
    /// In so many calls.
    pub calls: u64,
    /// Of so many calls that were looked at.
    pub of: u64,
}

/// The statements of some of an agent's calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Statements {
    /// In the order of the shuffle.
    calls: Vec<Said>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    shuffled: u64,
    /// Sorted, each once.
    statements: Vec<String>,
}

impl Statements {
    pub(super) fn add(&mut self, report: &CallReport<'_>) {
        let mut digest = Digest::default();
        digest.text(&report.call.id);
        digest.text(report.source);
        digest.number(report.record);
        let shuffled = digest.finish();
        if self.calls.get(LOOKED_AT - 1).is_some_and(|last| last.shuffled < shuffled) {
            return;
        }
        let is_statement = |e: &&Evidence| {
            e.speaker == Role::Agent && e.looked.is_none() && e.tags.iter().any(|tag| STATEMENTS.contains(tag))
        };
        let evidence = report.judged.results.iter().flat_map(|r| &r.evidence).filter(is_statement);
        let mut statements: Vec<String> = Vec::new();
        for evidence in evidence {
            let said = words::plain(bounded(report.quote(evidence)));
            if !words::is_formula(&said) && !said.trim().is_empty() {
                statements.push(said.trim().to_owned());
            }
        }
        statements.sort_unstable();
        statements.dedup();
        statements.truncate(OF_A_CALL);
        self.offer(Said { shuffled, statements });
    }

    fn offer(&mut self, said: Said) {
        let at = self.calls.partition_point(|other| *other <= said);
        if at < LOOKED_AT {
            self.calls.insert(at, said);
            self.calls.truncate(LOOKED_AT);
        }
    }

    pub(super) fn merge(&mut self, more: &Statements) {
        for said in &more.calls {
            if self.calls.get(LOOKED_AT - 1).is_some_and(|last| last <= said) {
                break;
            }
            self.offer(said.clone());
        }
    }

    /// Those in more than a third of the calls, the most frequent first.
    pub(super) fn rehearsed(&self) -> Vec<Rehearsed> {
        let of = self.calls.len() as u64;
        let mut all: Vec<&str> = self.calls.iter().flat_map(|said| &said.statements).map(String::as_str).collect();
        all.sort_unstable();
        let mut found: Vec<Rehearsed> = all
            .chunk_by(|a, b| a == b)
            .map(|same| Rehearsed { words: same[0].to_owned(), calls: same.len() as u64, of })
            .filter(|found| found.calls >= LEAST && found.calls * 3 > of)
            .collect();
        found.sort_by(|a, b| b.calls.cmp(&a.calls).then_with(|| a.words.cmp(&b.words)));
        found
    }
}
