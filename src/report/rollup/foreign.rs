//! Calls in another language than that of the rules: how many, one of them, and what to do about it.

use super::RollUp;
use super::lists::bounded;
use crate::report::CallReport;

/// The reason of verdicts that the language of a call decides.
pub(super) const LANGUAGE: &str = "language";

/// The calls in another language.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Foreign {
    calls: u64,
    /// Of the first of them: its id, its path, and which languages meet there.
    first: Option<[String; 3]>,
}

impl Foreign {
    pub(super) fn count(&mut self, report: &CallReport<'_>, why: &str) {
        self.calls += 1;
        self.first.get_or_insert_with(|| [&report.call.id, report.source, why].map(|text| bounded(text).to_owned()));
    }

    pub(super) fn merge(&mut self, later: &Foreign) {
        self.calls += later.calls;
        self.first = self.first.take().or_else(|| later.first.clone());
    }
}

impl RollUp {
    /// How many calls cannot be scored because of their language, and what to do; none if there is no such call.
    pub fn language_note(&self) -> Option<String> {
        let [id, source, why] = self.foreign.first.as_ref()?;
        let source = if source == "-" { String::new() } else { format!(" ({source})") };
        let (calls, of) = (self.foreign.calls, self.calls);
        let s = if of == 1 { "" } else { "s" };
        Some(format!(
            "{calls} of {of} call{s} not scorable: {why}, as in {id}{source}; audit such calls with a pack of their \
             language (--rules), or say in a column `language` of a --meta table which one it is"
        ))
    }
}
