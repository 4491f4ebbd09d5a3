//! For each rule the words of those who did it well: what a coach shows to a colleague who has most to win with it.

use super::lists::{Ranked, Whose, bounded};
use super::praise::{kind_of, words};
use crate::call::{Role, person};
use crate::report::{CallReport, Evidence, Grade, RuleResult, Verdict};
use std::cmp::{Ordering, Reverse};

/// Agents quoted for a rule: two, and one more in case that one of them is the colleague.
pub const MODELS: usize = 3;

/// Longer quotes are not the better for it, in bytes.
const LONG: usize = 120;

/// Words by which a rule was passed.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Which call it is.
    pub whose: Whose,
    /// Seconds on the file's clock.
    pub start_s: Option<f64>,
    /// What the agent said.
    pub quote: String,
    /// The agent as names are compared; empty of calls whose agent has no name.
    agent: String,
    rank: Rank,
}

/// How good it is; the smallest is the best.
type Rank = (bool, u8, Reverse<usize>);

/// The best words for a rule, one of each agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Models {
    best: Vec<Model>,
}

impl Models {
    /// The best ones, of agents other than this.
    pub fn of_colleagues(&self, agent: &str) -> impl Iterator<Item = &Model> {
        let own = person::key(agent);
        self.best.iter().filter(move |model| {
            let other = model.agent.as_str();
            other != own && !person::is_first_name_of(other, &own) && !person::is_first_name_of(&own, other)
        })
    }

    /// Looks at what a passed rule shows.
    pub(super) fn add(&mut self, report: &CallReport<'_>, result: &RuleResult, own: bool) {
        let faulted = |e: &Evidence| {
            let mut failed = report.judged.results.iter().filter(|r| r.verdict == Verdict::Fail && r.grade.is_none());
            failed.any(|r| r.evidence.iter().any(|f| f.quote == e.quote))
        };
        for evidence in &result.evidence {
            if evidence.speaker != Role::Agent || evidence.looked.is_some() {
                continue;
            }
            let kind = evidence.tags.iter().filter_map(|tag| kind_of(tag, own)).min();
            let quote = report.quote(evidence);
            let rank: Rank = (
                result.grade != Some(Grade::Specific),
                kind.map_or(u8::MAX, |k| k as u8),
                Reverse(quote.len().min(LONG)),
            );
            // To look at the words takes longest, and most have no place.
            let last = self.best.get(MODELS - 1);
            let beaten = |last: &Model| rank.cmp(&last.rank).then_with(|| last.whose.order(report).reverse()).is_gt();
            if last.is_some_and(beaten) || faulted(evidence) {
                continue;
            }
            if words::worth_saying(quote).is_none_or(|said| said.rambles) {
                continue;
            }
            let agent = report.call.agent.as_deref().map_or(String::new(), |agent| person::key(bounded(agent)));
            let (whose, quote) = (Whose::of(report), bounded(quote).to_owned());
            self.offer(Model { whose, start_s: evidence.start_s, quote, agent, rank });
        }
    }

    fn offer(&mut self, model: Model) {
        if let Some(at) = self.best.iter().position(|known| known.agent == model.agent) {
            if model.order(&self.best[at]).is_ge() {
                return;
            }
            self.best.remove(at);
        }
        super::lists::offer(&mut self.best, model, MODELS);
    }

    pub(super) fn merge(&mut self, more: &Models) {
        for model in &more.best {
            self.offer(model.clone());
        }
    }
}

impl Ranked for Model {
    fn order(&self, other: &Self) -> Ordering {
        (self.rank.cmp(&other.rank))
            .then_with(|| self.whose.cmp(&other.whose))
            .then_with(|| self.quote.cmp(&other.quote))
            .then_with(|| self.start_s.unwrap_or(-1.0).total_cmp(&other.start_s.unwrap_or(-1.0)))
    }
}
