//! Figures over many calls: counters that merge in any grouping to the same result.
//!
//! What is kept is bounded: by the number of rules, by a fixed number of agents, by short lists of calls and quotes.
//! A roll-up of ten million calls is as small as one of a thousand. Only where it says "the first such call" does it
//! matter which part came before which; [`RollUp::merge`] takes the later one.

mod agents;
mod lists;
mod look_at;
mod praise;
mod stake;
mod unknown;

pub use agents::{AgentFigures, Agents};
pub use lists::Whose;
pub use look_at::{LookAt, Need, Quote};
pub use praise::Praise;
pub use stake::SHIPPED_PACKS;
pub use unknown::{LabelSet, UnknownRoles};

use crate::call::HowRoles;
use crate::report::{Band, CallReport, RuleHead, Severity, Unreadable, Verdict};
use lists::{Ranked, bounded, offer};
use look_at::Case;
use stake::{Stake, mean};
use std::sync::Arc;

/// How many calls to look at first are kept.
pub const LOOK_AT: usize = 10;
/// How many moments worth praise are kept of calls whose agent has no name; of every other agent one is kept.
pub const UNNAMED_PRAISE: usize = 5;
/// How many unreadable records are kept with their errors; all are counted.
pub const UNREADABLE: usize = 10;

/// Counters over the calls of a run, a shard or a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RollUp {
    /// Calls read.
    pub calls: u64,
    /// Records that could not be read.
    pub unreadable: u64,
    /// The first of them, with what was wrong.
    pub first_unreadable: Vec<Unreadable>,
    /// Calls with a score.
    pub scored: u64,
    /// Sum of their scores, in tenths of a point.
    pub score_tenths: u64,
    /// The lowest of them, in tenths of a point.
    pub lowest: Option<u32>,
    /// Calls that passed.
    pub passed: u64,
    /// Calls in which a critical rule failed.
    pub critical: u64,
    /// Scored calls by band, in the order of [`Band::ALL`].
    pub bands: [u64; 3],
    /// Failed rules by severity, in the order of [`Severity::ALL`].
    pub failures: [u64; 4],
    /// One tally a rule, in the order of reports.
    pub rules: Vec<RuleTally>,
    /// Figures by agent.
    pub agents: Agents,
    /// The calls to look at first, of those that failed something: by need.
    pub look_at: Vec<LookAt>,
    /// Moments worth praise in calls whose agent has no name, the best first.
    unnamed_praise: Vec<Praise>,
    /// Calls in which nobody knows who is the agent.
    pub unknown_roles: u64,
    /// What is known of them.
    pub of_unknown_roles: Option<UnknownRoles>,
    stakes: Arc<[Stake]>,
}

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
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> u64 {
        self.verdicts[verdict as usize]
    }

    /// The reasons of a verdict, the most frequent first.
    #[must_use]
    pub fn reasons(&self, verdict: Verdict) -> Vec<(&'static str, u64)> {
        let mut of: Vec<_> = self.reasons.iter().filter(|r| r.0 == verdict).map(|r| (r.1, r.2)).collect();
        of.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        of
    }

    fn add_reason(&mut self, verdict: Verdict, reason: &'static str, calls: u64) {
        match self.reasons.binary_search_by(|r| (r.0, r.1).cmp(&(verdict, reason))) {
            Ok(at) => self.reasons[at].2 += calls,
            Err(at) => self.reasons.insert(at, (verdict, reason, calls)),
        }
    }
}

impl RollUp {
    /// Empty counters for these rules.
    #[must_use]
    pub fn new(heads: &[RuleHead]) -> Self {
        RollUp {
            stakes: heads.iter().map(Stake::of).collect(),
            rules: vec![RuleTally::default(); heads.len()],
            ..RollUp::default()
        }
    }

    /// The same, with figures for at most so many agents.
    #[must_use]
    pub fn with_agents(mut self, limit: usize) -> Self {
        self.agents = Agents::with_limit(limit);
        self
    }

    /// Empty counters for the same rules, without reading their heads again.
    #[must_use]
    pub fn fresh(&self) -> Self {
        RollUp {
            stakes: Arc::clone(&self.stakes),
            rules: vec![RuleTally::default(); self.stakes.len()],
            agents: Agents::with_limit(self.agents.limit()),
            ..RollUp::default()
        }
    }

    /// Counts a call in.
    pub fn call(&mut self, report: &CallReport<'_>) {
        self.calls += 1;
        for result in &report.judged.results {
            let Some(tally) = self.rules.get_mut(result.rule) else {
                continue;
            };
            tally.verdicts[result.verdict as usize] += 1;
            if matches!(result.verdict, Verdict::Fail | Verdict::NotScorable) {
                tally.add_reason(result.verdict, result.reason, 1);
            }
            if result.verdict == Verdict::Fail {
                self.failures[self.stakes[result.rule].severity as usize] += 1;
            }
        }
        if let Some(score) = report.judged.score {
            self.scored += 1;
            self.score_tenths += u64::from(score.tenths);
            self.lowest = Some(self.lowest.map_or(score.tenths, |low| low.min(score.tenths)));
            self.passed += u64::from(score.passed);
            self.critical += u64::from(score.critical);
            self.bands[score.band as usize] += 1;
        }
        if let Some(agent) = report.call.agent.as_deref() {
            self.agents.count(agent, report, &self.stakes);
        } else {
            let last = self.unnamed_praise.get(UNNAMED_PRAISE - 1);
            if let Some(praise) = Praise::of(report, &self.stakes, last) {
                offer(&mut self.unnamed_praise, praise, UNNAMED_PRAISE);
            }
        }
        if report.call.roles.how == HowRoles::Unknown {
            self.unknown_roles += 1;
            let unknown = UnknownRoles::of(report);
            match &mut self.of_unknown_roles {
                Some(earlier) => earlier.merge(&unknown),
                none => *none = Some(unknown),
            }
        }
        if let Some(case) = Case::of(report, &self.stakes) {
            let last = self.look_at.get(LOOK_AT - 1);
            if last.is_none_or(|last| case.may_precede(report, last)) {
                offer(&mut self.look_at, case.entry(report), LOOK_AT);
            }
        }
    }

    /// Counts an unreadable record in.
    pub fn unreadable(&mut self, record: &Unreadable) {
        self.unreadable += 1;
        if self.first_unreadable.len() < UNREADABLE {
            self.first_unreadable.push(Unreadable {
                record: record.record,
                source: bounded(&record.source).to_owned(),
                error: bounded(&record.error).to_owned(),
            });
        }
    }

    /// Adds the counters of what came after, made for the same rules.
    pub fn merge(&mut self, later: &RollUp) {
        if self.stakes.is_empty() {
            self.stakes = Arc::clone(&later.stakes);
            self.rules.resize_with(later.rules.len(), RuleTally::default);
        }
        self.calls += later.calls;
        self.unreadable += later.unreadable;
        let room = UNREADABLE.saturating_sub(self.first_unreadable.len());
        self.first_unreadable.extend(later.first_unreadable.iter().take(room).cloned());
        self.scored += later.scored;
        self.score_tenths += later.score_tenths;
        self.lowest = [self.lowest, later.lowest].into_iter().flatten().min();
        self.passed += later.passed;
        self.critical += later.critical;
        add(&mut self.bands, &later.bands);
        add(&mut self.failures, &later.failures);
        for (tally, more) in self.rules.iter_mut().zip(&later.rules) {
            add(&mut tally.verdicts, &more.verdicts);
            for &(verdict, reason, calls) in &more.reasons {
                tally.add_reason(verdict, reason, calls);
            }
        }
        self.agents.merge(&later.agents);
        for entry in &later.look_at {
            offer(&mut self.look_at, entry.clone(), LOOK_AT);
        }
        for entry in &later.unnamed_praise {
            offer(&mut self.unnamed_praise, entry.clone(), UNNAMED_PRAISE);
        }
        self.unknown_roles += later.unknown_roles;
        match (&mut self.of_unknown_roles, &later.of_unknown_roles) {
            (Some(earlier), Some(later)) => earlier.merge(later),
            (none, later) => *none = none.take().or_else(|| later.clone()),
        }
    }

    /// Moments worth praise, the best first: one of every agent who had one, and some of calls whose agent has no name.
    #[must_use]
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

    /// The mean score in tenths of a point, rounded half up; none if no call has a score.
    #[must_use]
    pub fn mean_tenths(&self) -> Option<u64> {
        mean(self.score_tenths, self.scored)
    }

    /// Scored calls in a band.
    #[must_use]
    pub fn band(&self, band: Band) -> u64 {
        self.bands[band as usize]
    }

    /// Failed rules of at least this severity, over all calls: what `--fail-on` asks.
    #[must_use]
    pub fn failures_from(&self, severity: Severity) -> u64 {
        self.failures[severity as usize..].iter().sum()
    }

    /// Whether any scored call is below this, in tenths of a point: what `--fail-under` asks.
    #[must_use]
    pub fn any_below(&self, tenths: u32) -> bool {
        self.lowest.is_some_and(|low| low < tenths)
    }

    /// The rule on which an agent's calls lost the most weight; none if they lost nothing.
    #[must_use]
    pub fn weakest(&self, agent: &AgentFigures) -> Option<usize> {
        let lost = |rule: usize| agent.failed(rule) * u64::from(self.stakes.get(rule).map_or(0, |s| s.weight));
        // Of equals the first in report order.
        (0..self.rules.len()).rev().max_by_key(|&rule| lost(rule)).filter(|&rule| lost(rule) > 0)
    }
}

fn add<const N: usize>(to: &mut [u64; N], more: &[u64; N]) {
    for (to, more) in to.iter_mut().zip(more) {
        *to += more;
    }
}

#[cfg(test)]
mod tests;
