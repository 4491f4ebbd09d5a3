//! Figures by agent, for a bounded number of agents.

use super::{lists::bounded, mean};
use crate::report::{Judged, Verdict};
use std::collections::BTreeMap;

/// How many agents have figures of their own. A contact centre has fewer; a file in which every call names another
/// "agent" (a telephone number, say) must not fill the memory.
const AGENTS: usize = 4096;

/// Figures by agent, sorted by name.
///
/// Where there are more agents than the limit, those whose names sort first keep their own figures and the rest is
/// counted together. Which names those are does not depend on the order of calls or on how batches are merged.
#[derive(Clone, Debug, PartialEq)]
pub struct Agents {
    limit: usize,
    named: BTreeMap<String, AgentFigures>,
    /// The calls of all other agents.
    pub others: AgentFigures,
}

/// What is known of one agent's calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentFigures {
    /// Calls.
    pub calls: u64,
    /// Calls with a score.
    pub scored: u64,
    /// Sum of their scores, in tenths of a point.
    pub score_tenths: u64,
    /// Calls that passed.
    pub passed: u64,
    /// Calls that failed each rule, in report order.
    failed: Vec<u64>,
}

impl AgentFigures {
    /// The mean score in tenths of a point, rounded half up; none if no call has a score.
    #[must_use]
    pub fn mean_tenths(&self) -> Option<u64> {
        mean(self.score_tenths, self.scored)
    }

    /// Calls that failed a rule.
    #[must_use]
    pub fn failed(&self, rule: usize) -> u64 {
        self.failed.get(rule).copied().unwrap_or(0)
    }

    fn count(&mut self, judged: &Judged, rules: usize) {
        self.calls += 1;
        if let Some(score) = judged.score {
            self.scored += 1;
            self.score_tenths += u64::from(score.tenths);
            self.passed += u64::from(score.passed);
        }
        self.failed.resize(rules, 0);
        for result in judged.results.iter().filter(|r| r.verdict == Verdict::Fail) {
            if let Some(failed) = self.failed.get_mut(result.rule) {
                *failed += 1;
            }
        }
    }

    fn merge(&mut self, more: &AgentFigures) {
        self.calls += more.calls;
        self.scored += more.scored;
        self.score_tenths += more.score_tenths;
        self.passed += more.passed;
        self.failed
            .resize(self.failed.len().max(more.failed.len()), 0);
        for (failed, more) in self.failed.iter_mut().zip(&more.failed) {
            *failed += more;
        }
    }
}

impl Default for Agents {
    fn default() -> Self {
        Agents::with_limit(AGENTS)
    }
}

impl Agents {
    pub(super) fn with_limit(limit: usize) -> Self {
        Agents {
            limit,
            named: BTreeMap::new(),
            others: AgentFigures::default(),
        }
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// The agents by name.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &AgentFigures)> {
        self.named
            .iter()
            .map(|(name, figures)| (name.as_str(), figures))
    }

    pub(super) fn count(&mut self, agent: &str, judged: &Judged, rules: usize) {
        self.figures(bounded(agent)).count(judged, rules);
        self.shrink();
    }

    pub(super) fn merge(&mut self, more: &Agents) {
        for (name, figures) in &more.named {
            self.figures(name).merge(figures);
            self.shrink();
        }
        self.others.merge(&more.others);
    }

    fn figures(&mut self, name: &str) -> &mut AgentFigures {
        if !self.named.contains_key(name) {
            let behind_all = self
                .named
                .last_key_value()
                .is_some_and(|(last, _)| last.as_str() < name);
            if behind_all && self.named.len() >= self.limit {
                return &mut self.others;
            }
            self.named.insert(name.to_owned(), AgentFigures::default());
        }
        self.named.get_mut(name).unwrap_or(&mut self.others)
    }

    /// A name that was put out once sorts behind all that stay, so it never comes back: whoever is inside at the end
    /// was never out, and has all of their calls.
    fn shrink(&mut self) {
        while self.named.len() > self.limit {
            if let Some((_, out)) = self.named.pop_last() {
                self.others.merge(&out);
            }
        }
    }
}
