//! Figures of a roll-up: shares, means and sums of what was counted.

use super::lists::Ranked;
use super::stake::mean;
use super::{AgentFigures, Group, Praise, RollUp, RuleTally, Share};
use crate::report::{Band, Severity, Verdict};

impl RollUp {
    /// Moments worth praise, the best first: one of every agent who had one, and some of calls whose agent has no name.
    pub fn praise(&self) -> Vec<Praise> {
        let named = self.agents.by_name().filter_map(|(name, figures)| {
            let mut praise = figures.praise()?.clone();
            praise.whose.agent = Some(name.to_owned());
            Some(praise)
        });
        let mut all: Vec<Praise> = named.chain(self.unnamed_praise.iter().cloned()).collect();
        all.sort_by(Ranked::order);
        all
    }

    /// Calls that passed a rule, of those that passed or failed it.
    pub fn share(&self, rule: usize) -> Share {
        self.rules.get(rule).map_or(Share::default(), RuleTally::share)
    }

    /// Calls whose caller was heard within 15 seconds: that passed the rule of the early statement, of those that passed
    /// or failed it; none if it is not among the rules.
    pub fn early(&self) -> Option<Share> {
        self.basis.early.map(|rule| self.share(rule))
    }

    /// The rule of the early statement, as an index in report order; none if it is not among the rules.
    pub fn early_rule(&self) -> Option<usize> {
        self.basis.early
    }

    /// Scored calls that passed.
    pub fn pass_share(&self) -> Share {
        Share { part: self.passed, of: self.scored }
    }

    /// The mean score in tenths of a point, rounded half up; none if no call has a score.
    pub fn mean_tenths(&self) -> Option<u64> {
        mean(self.score_tenths, self.scored)
    }

    /// Scored calls in a band.
    pub fn band(&self, band: Band) -> u64 {
        self.bands[band as usize]
    }

    /// Failed rules of at least this severity, over all calls: what `--fail-on` asks.
    pub fn failures_from(&self, severity: Severity) -> u64 {
        self.failures[severity as usize..].iter().sum()
    }

    /// Whether any scored call is below this, in tenths of a point: what `--fail-under` asks.
    pub fn any_below(&self, tenths: u32) -> bool {
        self.lowest.is_some_and(|low| low < tenths)
    }

    /// The weight that a group of calls lost by a rule.
    pub fn lost(&self, group: &Group, rule: usize) -> u64 {
        group.count(rule, Verdict::Fail) * u64::from(self.basis.stakes.get(rule).map_or(0, |s| s.weight))
    }

    /// The rule on which an agent's calls lost the most weight; none if they lost nothing.
    pub fn weakest(&self, agent: &AgentFigures) -> Option<usize> {
        let lost = |rule: usize| self.lost(&agent.figures, rule);
        // Of equals the first in report order.
        (0..self.rules.len()).rev().max_by_key(|&rule| lost(rule)).filter(|&rule| lost(rule) > 0)
    }
}
