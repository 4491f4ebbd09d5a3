//! Figures by agent, for a bounded number of agents.

use super::group::{Bounded, Group, Merge};
use super::lists::{Ranked, bounded};
use super::praise::Praise;
use super::rehearsed::{Rehearsed, Statements};
use super::stake::Stake;
use super::time::When;
use crate::call::person;
use crate::report::CallReport;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many agents have figures of their own. A contact centre has fewer; a file in which every call names another
/// "agent" (a telephone number, say) must not fill the memory.
const AGENTS: usize = 4096;

/// Figures by agent. "Jo Smith", "JO SMITH" and "Smith, Jo" are one; so is "Jo", unless there are two of them.
///
/// Where there are more agents than the limit, those whose keys sort first keep their own figures and the rest is
/// counted together. Which agents those are does not depend on the order of calls or on how batches are merged.
#[derive(Clone, Debug, PartialEq)]
pub struct Agents {
    limit: usize,
    /// By [`person::key`].
    named: BTreeMap<String, Agent>,
    /// The calls of all other agents.
    pub others: AgentFigures,
}

/// Days of an agent that are kept apart, the latest ones.
const DAYS: usize = 62;

/// What is known of one agent's calls.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentFigures {
    /// How their calls went.
    pub figures: Group,
    /// Their calls by day, the latest days apart.
    pub days: Bounded<Date, Load>,
    praise: Option<Box<Praise>>,
    statements: Statements,
}

/// What an agent had to take on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Calls.
    pub calls: u64,
    /// Calls in which the caller voiced a hardship.
    pub hardship: u64,
}

impl Merge for Load {
    fn merge(&mut self, more: &Self) {
        self.calls += more.calls;
        self.hardship += more.hardship;
    }
}

impl Default for AgentFigures {
    fn default() -> Self {
        AgentFigures {
            figures: Group::default(),
            days: Bounded::with_limit(DAYS),
            praise: None,
            statements: Statements::default(),
        }
    }
}

/// An agent who has figures of their own.
#[derive(Clone, Debug, Default, PartialEq)]
struct Agent {
    /// Of all ways in which the name was written, the one that is best to read.
    name: String,
    figures: AgentFigures,
}

impl Agent {
    /// Shows the name as it is written here if that is better to read; a choice that does not depend on the order.
    fn spell(&mut self, name: &str) {
        let rank = |name: &str| {
            let shouted = !name.contains(char::is_lowercase);
            let low = !name.contains(char::is_uppercase);
            (name.is_empty(), shouted || low, name.contains(','), name.to_owned())
        };
        if rank(name) < rank(&self.name) {
            name.clone_into(&mut self.name);
        }
    }
}

impl AgentFigures {
    /// The best moment of theirs that is worth praise.
    pub fn praise(&self) -> Option<&Praise> {
        self.praise.as_deref()
    }

    /// What they say word for word in more than a third of their calls, the most frequent first.
    pub fn rehearsed(&self) -> Vec<Rehearsed> {
        self.statements.rehearsed()
    }

    /// The day with most calls in which a hardship was voiced, the latest of equals; none if there was none.
    pub fn heaviest_day(&self) -> Option<(Date, Load)> {
        let worked = self.days.iter().filter(|(_, load)| load.hardship > 0);
        worked.max_by_key(|(day, load)| (load.hardship, **day)).map(|(day, load)| (*day, *load))
    }

    fn offer(&mut self, praise: Praise) {
        if self.praise().is_none_or(|best| praise.order(best).is_lt()) {
            self.praise = Some(Box::new(praise));
        }
    }

    fn count(&mut self, report: &CallReport<'_>, stakes: &[Stake]) {
        self.figures.add(report, stakes.len());
        if let Some(when) = When::of(report) {
            let load = self.days.of(when.day);
            load.calls += 1;
            load.hardship += u64::from(report.judged.hardship == Some(true));
        }
        self.statements.add(report);
        if let Some(praise) = Praise::of(report, stakes, self.praise()) {
            self.offer(praise);
        }
    }

    fn merge(&mut self, more: &AgentFigures) {
        self.figures.merge(&more.figures);
        self.days.merge(&more.days);
        self.statements.merge(&more.statements);
        if let Some(praise) = more.praise() {
            self.offer(praise.clone());
        }
    }
}

/// Whether two ways to write a name are of one person, as far as the names tell.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    person::key(one) == person::key(other)
}

impl Default for Agents {
    fn default() -> Self {
        Agents::with_limit(AGENTS)
    }
}

impl Agents {
    pub(super) fn with_limit(limit: usize) -> Self {
        Agents { limit, named: BTreeMap::new(), others: AgentFigures::default() }
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// The agents, sorted by name.
    pub fn by_name(&self) -> std::vec::IntoIter<(&str, Cow<'_, AgentFigures>)> {
        let mut all: BTreeMap<&str, (&str, Cow<'_, AgentFigures>)> = BTreeMap::new();
        let whole = |key: &str| {
            let behind = self.named.range(key.to_owned()..).skip(1);
            let mut longer = behind
                .map(|(long, _)| long.as_str())
                .take_while(|long| long.starts_with(key))
                .filter(|long| person::is_first_name_of(key, long));
            match (longer.next(), longer.next()) {
                (Some(only), None) => Some(only),
                _ => None,
            }
        };
        for (key, agent) in &self.named {
            // "Jo" where there is one Jo Smith and no other Jo.
            let key = whole(key).unwrap_or(key);
            if let Some((_, sum)) = all.get_mut(key) {
                sum.to_mut().merge(&agent.figures);
            } else {
                let name = self.named.get(key).map_or("", |a| &a.name);
                all.insert(key, (name, Cow::Borrowed(&agent.figures)));
            }
        }
        let mut all: Vec<_> = all.into_values().collect();
        all.sort_by_key(|(name, _)| *name);
        all.into_iter()
    }

    pub(super) fn count(&mut self, name: &str, report: &CallReport<'_>, stakes: &[Stake]) {
        let name = bounded(name);
        self.figures(&person::key(name), name).count(report, stakes);
        self.shrink();
    }

    pub(super) fn merge(&mut self, more: &Agents) {
        for (key, agent) in &more.named {
            self.figures(key, &agent.name).merge(&agent.figures);
            self.shrink();
        }
        self.others.merge(&more.others);
    }

    /// The figures of an agent whose name is written so.
    fn figures(&mut self, key: &str, name: &str) -> &mut AgentFigures {
        if !self.named.contains_key(key) {
            let behind_all = self.named.last_key_value().is_some_and(|(last, _)| last.as_str() < key);
            if behind_all && self.named.len() >= self.limit {
                return &mut self.others;
            }
            self.named.insert(key.to_owned(), Agent::default());
        }
        let Some(agent) = self.named.get_mut(key) else {
            return &mut self.others;
        };
        agent.spell(name);
        &mut agent.figures
    }

    /// A key that was put out once sorts behind all that stay, so it never comes back: whoever is inside at the end
    /// was never out, and has all of their calls.
    fn shrink(&mut self) {
        while self.named.len() > self.limit {
            if let Some((_, out)) = self.named.pop_last() {
                self.others.merge(&out.figures);
            }
        }
    }
}
