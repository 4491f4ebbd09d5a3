//! Figures over many calls: counters that merge in any grouping to the same result.
//!
//! What is kept is bounded: by the number of rules, by a fixed number of agents, by short lists of calls and quotes.
//! A roll-up of ten million calls is as small as one of a thousand. Only where it says "the first such call" does it
//! matter which part came before which; [`RollUp::merge`] takes the later one.
//!
//! | for | ask |
//! | --- | --- |
//! | the figures on top | [`RollUp::early`], [`RollUp::pass_share`], [`RollUp::share`] of a rule; their [`Share::interval`] |
//! | groups of calls | [`RollUp::agents`], [`RollUp::listed_agents`], [`RollUp::queues`], [`RollUp::script_versions`], [`RollUp::times`]: each a [`Group`] |
//! | the trend | the days of [`RollUp::times`]; [`time::Times::busy_hours`] |
//! | what to praise, what to coach | [`RollUp::praise`], [`RollUp::coaching`], [`AgentFigures::rehearsed`], [`AgentFigures::heaviest_day`] |
//! | which calls | [`RollUp::look_at`], [`RollUp::worst`] |
//! | what came of calls | [`RollUp::outcomes`], [`Outcome::against`] |
//! | another run | [`RollUp::changes`] |

mod agents;
mod changes;
mod coaching;
mod figures;
mod foreign;
mod group;
mod ids;
mod lists;
mod look_at;
mod models;
mod outcomes;
mod praise;
mod rank;
mod rehearsed;
pub mod share;
mod stake;
mod tally;
pub mod time;
mod unknown;
mod worst;

pub use agents::{AgentFigures, Agents, Load};
pub use changes::{Change, Changes};
pub use coaching::Coaching;
pub use group::{Bounded, Group};
pub use lists::Whose;
pub use look_at::{LookAt, Need, Quote};
pub use models::{Model, Models};
pub use outcomes::{Against, Outcome};
pub use praise::Praise;
pub use rank::Listed;
pub use rehearsed::{LOOKED_AT, Rehearsed};
pub use share::Share;
pub use stake::SHIPPED_PACKS;
pub use tally::RuleTally;
pub use unknown::{LabelSet, UnknownRoles};
pub use worst::Worst;

use crate::call::HowRoles;
use crate::report::{CallReport, RuleHead, Unreadable, Verdict};
use lists::{bounded, offer};
use look_at::Case;
use share::Sum;
use stake::Stake;
use std::sync::Arc;
use time::Times;

/// How many calls to look at first are kept.
pub const LOOK_AT: usize = 10;
/// How many moments worth praise are kept of calls whose agent has no name; of every other agent one is kept.
pub const UNNAMED_PRAISE: usize = 5;
/// How many unreadable records are kept with their errors; all are counted.
pub const UNREADABLE: usize = 10;
/// The rule that tells whether a caller was heard within 15 seconds.
const EARLY: &str = "early-statement";

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
    /// Scored calls by band, in the order of [`crate::report::Band::ALL`].
    pub bands: [u64; 3],
    /// Failed rules by severity, in the order of [`crate::report::Severity::ALL`].
    pub failures: [u64; 4],
    /// One tally a rule, in the order of reports.
    pub rules: Vec<RuleTally>,
    /// Figures by agent.
    pub agents: Agents,
    /// Figures by queue; calls without one are not in it.
    pub queues: Bounded<String, Group>,
    /// Figures by script version, the key `script_version` of a call's metadata; calls without one are not in it.
    pub script_versions: Bounded<String, Group>,
    /// Figures by day, hour and weekday.
    pub times: Times,
    /// Each outcome that was asked for, against each rule.
    pub outcomes: Vec<Outcome>,
    /// For each rule, in report order, the words of those who did it well.
    pub models: Vec<Models>,
    /// Whole calls, the worst first; as many as were asked for by [`RollUp::with_worst`].
    pub worst: Vec<Worst>,
    /// The run that this one is set against, counted over the same rules.
    pub against: Option<Box<RollUp>>,
    /// The scores, in thousandths of a point.
    pub scores: Sum,
    /// Calls in which the caller voiced a hardship, of those of which that is known.
    pub hardship: Share,
    /// The calls to look at first, of those that failed something: by need.
    pub look_at: Vec<LookAt>,
    ids: ids::Ids,
    foreign: foreign::Foreign,
    /// Moments worth praise in calls whose agent has no name, the best first.
    unnamed_praise: Vec<Praise>,
    /// Calls in which nobody knows who is the agent.
    pub unknown_roles: u64,
    /// What is known of them.
    pub of_unknown_roles: Option<UnknownRoles>,
    basis: Arc<Basis>,
}

/// What stands before the first call is counted.
#[derive(Clone, Debug, Default, PartialEq)]
struct Basis {
    stakes: Vec<Stake>,
    /// The rule of the early statement, if it is one of the rules.
    early: Option<usize>,
    /// Columns of outcomes.
    outcomes: Vec<String>,
    /// How many of the worst calls are kept.
    worst: usize,
}

impl RollUp {
    /// Empty counters for these rules.
    pub fn new(heads: &[RuleHead]) -> Self {
        let early = heads.iter().position(|head| head.id == EARLY);
        let basis = Basis { stakes: heads.iter().map(Stake::of).collect(), early, ..Basis::default() };
        RollUp { basis: Arc::new(basis), ..RollUp::default() }.fresh()
    }

    /// The same, with figures for at most so many agents.
    #[must_use]
    pub fn with_agents(mut self, limit: usize) -> Self {
        self.agents = Agents::with_limit(limit);
        self
    }

    /// The same, with so many of the worst calls kept whole.
    #[must_use]
    pub fn with_worst(mut self, worst: usize) -> Self {
        self.basis = Arc::new(Basis { worst, ..(*self.basis).clone() });
        self
    }

    /// The same, with these columns of the calls' metadata set against each rule.
    #[must_use]
    pub fn with_outcomes(mut self, outcomes: &[String]) -> Self {
        self.basis = Arc::new(Basis { outcomes: outcomes.to_vec(), ..(*self.basis).clone() });
        self.fresh()
    }

    /// Empty counters for the same rules, without reading their heads again.
    #[must_use]
    pub fn fresh(&self) -> Self {
        RollUp {
            basis: Arc::clone(&self.basis),
            rules: vec![RuleTally::default(); self.basis.stakes.len()],
            models: vec![Models::default(); self.basis.stakes.len()],
            outcomes: self.basis.outcomes.iter().map(|column| Outcome::of(column)).collect(),
            agents: Agents::with_limit(self.agents.limit()),
            ..RollUp::default()
        }
    }

    /// Counts a call in.
    pub fn call(&mut self, report: &CallReport<'_>) {
        let basis = Arc::clone(&self.basis);
        let (stakes, rules) = (&basis.stakes, basis.stakes.len());
        self.calls += 1;
        self.ids.count(report);
        for result in &report.judged.results {
            let Some(tally) = self.rules.get_mut(result.rule) else {
                continue;
            };
            tally.verdicts[result.verdict as usize] += 1;
            if matches!(result.verdict, Verdict::Fail | Verdict::NotScorable) {
                tally.add_reason(result.verdict, result.reason, 1);
            }
            if result.verdict == Verdict::Fail {
                self.failures[stakes[result.rule].severity as usize] += 1;
            }
            // What is held up is to be copied: not out of a call that did not pass.
            if result.verdict == Verdict::Pass && report.judged.score.is_some_and(|score| score.passed) {
                self.models[result.rule].add(report, result, stakes[result.rule].own);
            }
        }
        if let Some(score) = report.judged.score {
            self.scored += 1;
            self.score_tenths += u64::from(score.tenths);
            self.scores.add(i64::from(score.tenths) * 100);
            self.lowest = Some(self.lowest.map_or(score.tenths, |low| low.min(score.tenths)));
            self.passed += u64::from(score.passed);
            self.critical += u64::from(score.critical);
            self.bands[score.band as usize] += 1;
        }
        self.hardship.of += u64::from(report.judged.hardship.is_some());
        self.hardship.part += u64::from(report.judged.hardship == Some(true));
        if let Some(agent) = report.call.agent.as_deref() {
            self.agents.count(agent, report, stakes);
        } else {
            let last = self.unnamed_praise.get(UNNAMED_PRAISE - 1);
            if let Some(praise) = Praise::of(report, stakes, last) {
                offer(&mut self.unnamed_praise, praise, UNNAMED_PRAISE);
            }
        }
        if let Some(queue) = report.call.queue.as_deref() {
            self.queues.of(bounded(queue).to_owned()).add(report, rules);
        }
        if let Some(version) = group::script_version(report) {
            self.script_versions.of(bounded(&version).to_owned()).add(report, rules);
        }
        self.times.add(report, rules, basis.early);
        self.outcomes.iter_mut().for_each(|outcome| outcome.add(report, rules));
        let foreign = report.judged.results.iter().find(|result| result.reason == foreign::LANGUAGE);
        if let Some(result) = foreign {
            self.foreign.count(report, &result.why);
        } else if report.call.roles.how == HowRoles::Unknown {
            self.unknown_roles += 1;
            let unknown = UnknownRoles::of(report);
            match &mut self.of_unknown_roles {
                Some(earlier) => earlier.merge(&unknown),
                none => *none = Some(unknown),
            }
        }
        self.list(report, &basis);
    }

    /// Gives a call its places in the lists of calls.
    fn list(&mut self, report: &CallReport<'_>, basis: &Basis) {
        if let Some(case) = Case::of(report, &basis.stakes) {
            let last = self.look_at.get(LOOK_AT - 1);
            if last.is_none_or(|last| case.may_precede(report, last)) {
                offer(&mut self.look_at, case.entry(report), LOOK_AT);
            }
        }
        if basis.worst > 0 {
            let rank = Worst::rank(report, &basis.stakes);
            let last = self.worst.get(basis.worst - 1);
            if last.is_none_or(|last| last.may_follow(rank, report)) {
                offer(&mut self.worst, Worst::of(rank, report), basis.worst);
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
                line: record.line,
                error: bounded(&record.error).to_owned(),
            });
        }
    }

    /// Adds the counters of what came after, made for the same rules.
    pub fn merge(&mut self, later: &RollUp) {
        if self.basis.stakes.is_empty() {
            let empty = later.fresh();
            (self.basis, self.rules, self.models, self.outcomes) =
                (empty.basis, empty.rules, empty.models, empty.outcomes);
        }
        self.ids.merge(&later.ids);
        self.foreign.merge(&later.foreign);
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
        self.scores.merge(&later.scores);
        self.hardship.part += later.hardship.part;
        self.hardship.of += later.hardship.of;
        self.agents.merge(&later.agents);
        self.queues.merge(&later.queues);
        self.script_versions.merge(&later.script_versions);
        self.times.merge(&later.times);
        self.outcomes.iter_mut().zip(&later.outcomes).for_each(|(own, more)| own.merge(more));
        self.models.iter_mut().zip(&later.models).for_each(|(own, more)| own.merge(more));
        for entry in &later.worst {
            offer(&mut self.worst, entry.clone(), self.basis.worst);
        }
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
}

fn add<const N: usize>(to: &mut [u64; N], more: &[u64; N]) {
    for (to, more) in to.iter_mut().zip(more) {
        *to += more;
    }
}

#[cfg(test)]
mod tests;
