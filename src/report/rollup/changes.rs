//! What changed since another run, with intervals: rule by rule, and agent by agent.

use super::RollUp;
use super::agents::AgentFigures;
use super::share::{Difference, FEW, Share};
use std::borrow::Cow;

/// A share now and before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Now.
    pub now: Share,
    /// In the other run.
    pub before: Share,
    /// How much more it is now.
    pub difference: Difference,
}

impl Change {
    fn of(now: Share, before: Share) -> Option<Change> {
        Some(Change { now, before, difference: now.more_than(before)? })
    }
}

/// What changed since another run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Calls in the other run.
    pub calls_before: u64,
    /// Calls with an early statement.
    pub early: Option<Change>,
    /// Scored calls that passed.
    pub passed: Option<Change>,
    /// The mean score, in points.
    pub score: Option<Difference>,
    /// Calls that passed a rule, by its index in report order; without the rules that one of the runs does not have.
    pub rules: Vec<(usize, Change)>,
    /// Scored calls that passed, by agent, of agents with enough calls in both runs.
    pub agents: Vec<(String, Change)>,
}

impl RollUp {
    /// What changed since the run that this one is set against; none if it is set against none.
    pub fn changes(&self) -> Option<Changes> {
        let before = self.against.as_deref()?;
        let rule = |rule| Some((rule, Change::of(self.share(rule), before.share(rule))?));
        let old: Vec<(&str, Cow<'_, AgentFigures>)> = before.agents.by_name().collect();
        let agent = |(name, now): (&str, Cow<'_, AgentFigures>)| {
            let (_, then) = old.iter().find(|(other, _)| super::agents::is_same(name, other))?;
            let enough = now.figures.scored >= FEW && then.figures.scored >= FEW;
            let change = Change::of(now.figures.pass_share(), then.figures.pass_share());
            change.filter(|_| enough).map(|change| (name.to_owned(), change))
        };
        Some(Changes {
            calls_before: before.calls,
            early: self.early().zip(before.early()).and_then(|(now, before)| Change::of(now, before)),
            passed: Change::of(self.pass_share(), before.pass_share()),
            score: self.scores.more_than(&before.scores),
            rules: (0..self.rules.len()).filter_map(rule).collect(),
            agents: self.agents.by_name().filter_map(agent).collect(),
        })
    }
}
