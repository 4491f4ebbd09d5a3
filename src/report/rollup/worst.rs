//! Whole calls, the worst first: those to look at by need, then the others by score, then those without one.

use super::lists::{Ranked, Whose, bounded};
use super::look_at::{Case, Need};
use super::stake::Stake;
use crate::report::CallReport;
use crate::report::kept::Kept;
use std::cmp::{Ordering, Reverse};

/// A call among the worst.
#[derive(Clone, Debug, PartialEq)]
pub struct Worst {
    rank: Rank,
    /// Of calls that share id, source and record, the one whose words come first.
    digest: String,
    /// What is shown of it.
    pub kept: Kept,
}

/// The smallest is the worst.
type Rank = (u8, Reverse<u32>, u32);

impl Worst {
    /// Where a call ranks.
    pub(super) fn rank(report: &CallReport<'_>, stakes: &[Stake]) -> Rank {
        let tenths = report.judged.score.map(|score| score.tenths);
        let fine = Need::ALL.len() as u8;
        match (Case::of(report, stakes), tenths) {
            (Some(case), _) => case.place(),
            (None, Some(tenths)) => (fine, Reverse(0), tenths),
            (None, None) => (fine + 1, Reverse(0), 0),
        }
    }

    /// Whether a call of this rank may come before this one.
    pub(super) fn may_follow(&self, rank: Rank, report: &CallReport<'_>) -> bool {
        let own = (self.kept.call.id.as_str(), self.kept.source.as_str(), self.kept.record);
        let whose = || (report.call.id.as_str(), report.source, report.record).cmp(&own);
        rank.cmp(&self.rank).then_with(whose).is_le()
    }

    pub(super) fn of(rank: Rank, report: &CallReport<'_>) -> Worst {
        let kept = Kept::of(report);
        Worst { rank, digest: kept.stored.digest.clone(), kept }
    }

    /// Which call it is.
    pub fn whose(&self) -> Whose {
        let agent = self.kept.call.agent.as_deref().map(|agent| bounded(agent).to_owned());
        Whose { call: self.kept.call.id.clone(), source: self.kept.source.clone(), record: self.kept.record, agent }
    }
}

impl Ranked for Worst {
    fn order(&self, other: &Self) -> Ordering {
        let whose = |w: &'_ Worst| (w.kept.call.id.clone(), w.kept.source.clone(), w.kept.record, w.digest.clone());
        self.rank.cmp(&other.rank).then_with(|| whose(self).cmp(&whose(other)))
    }
}
