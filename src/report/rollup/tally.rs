//! How often a rule came to which verdict, and why.

use super::share::Share;
use crate::report::Verdict;

/// How often a rule came to which verdict, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleTally {
    /// Calls by verdict, in the order of [`Verdict::ALL`].
    pub verdicts: [u64; 4],
    /// Reasons of `fail` and `not-scorable`, sorted.
    pub reasons: Vec<(Verdict, &'static str, u64)>,
}

impl RuleTally {
    /// How many calls came to a verdict.
    pub fn count(&self, verdict: Verdict) -> u64 {
        self.verdicts[verdict as usize]
    }

    /// The reasons of a verdict, the most frequent first.
    pub fn reasons(&self, verdict: Verdict) -> Vec<(&'static str, u64)> {
        let mut of: Vec<_> = self.reasons.iter().filter(|r| r.0 == verdict).map(|r| (r.1, r.2)).collect();
        of.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        of
    }

    /// Calls that passed, of those that passed or failed.
    pub fn share(&self) -> Share {
        let part = self.count(Verdict::Pass);
        Share { part, of: part + self.count(Verdict::Fail) }
    }

    pub(super) fn add_reason(&mut self, verdict: Verdict, reason: &'static str, calls: u64) {
        match self.reasons.binary_search_by(|r| (r.0, r.1).cmp(&(verdict, reason))) {
            Ok(at) => self.reasons[at].2 += calls,
            Err(at) => self.reasons.insert(at, (verdict, reason, calls)),
        }
    }
}
