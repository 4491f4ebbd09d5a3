//! The rest of the roll-up as JSON: shares with their intervals, groups of calls, coaching, outcomes, changes.

use super::figures::{MetIn, Writer, met_in};
use crate::output::wire;
use crate::report::rollup::share::{Difference, Sum};
use crate::report::rollup::time::weekday;
use crate::report::rollup::{AgentFigures, Change, Group, Model, Outcome, RollUp, Share};
use serde::Serialize;

/// A share and its 95 % interval, from 0 to 1; null out of nothing.
#[derive(Serialize)]
pub(super) struct ShareEntry {
    part: u64,
    of: u64,
    share: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

impl ShareEntry {
    pub(super) fn of(share: Share) -> ShareEntry {
        let interval = share.interval();
        ShareEntry {
            part: share.part,
            of: share.of,
            share: share.value().map(wire::decimal),
            low: interval.map(|i| wire::decimal(i.0)),
            high: interval.map(|i| wire::decimal(i.1)),
        }
    }
}

/// A difference and its 95 % interval; null where there are too few values to tell.
#[derive(Serialize)]
struct DifferenceEntry {
    difference: f64,
    low: Option<f64>,
    high: Option<f64>,
    /// Whether chance alone may well have made it.
    may_be_chance: bool,
}

impl DifferenceEntry {
    fn of(difference: &Difference) -> DifferenceEntry {
        DifferenceEntry {
            difference: wire::decimal(difference.value),
            low: difference.interval.map(|i| wire::decimal(i.0)),
            high: difference.interval.map(|i| wire::decimal(i.1)),
            may_be_chance: difference.may_be_chance(),
        }
    }
}

/// What an agent's entry holds beside the totals.
#[derive(Serialize)]
pub(super) struct AgentMore {
    heard_early: Option<ShareEntry>,
    hardship: ShareEntry,
    /// Days with a call, of those that are kept apart.
    days: usize,
    heaviest_day: Option<HeaviestDay>,
    rehearsed: Vec<RehearsedEntry>,
}

#[derive(Serialize)]
struct HeaviestDay {
    day: String,
    calls: u64,
    hardship: u64,
}

#[derive(Serialize)]
struct RehearsedEntry {
    words: String,
    calls: u64,
    of: u64,
}

impl AgentMore {
    pub(super) fn of(rollup: &RollUp, agent: &AgentFigures) -> AgentMore {
        let rehearsed = agent.rehearsed().into_iter();
        AgentMore {
            heard_early: rollup.early_rule().map(|rule| ShareEntry::of(agent.figures.share(rule))),
            hardship: ShareEntry::of(agent.figures.hardship),
            days: agent.days.iter().len(),
            heaviest_day: agent.heaviest_day().map(|(day, load)| HeaviestDay {
                day: day.to_string(),
                calls: load.calls,
                hardship: load.hardship,
            }),
            rehearsed: rehearsed.map(|r| RehearsedEntry { words: r.words, calls: r.calls, of: r.of }).collect(),
        }
    }
}

/// Groups of calls, and what is told from them.
#[derive(Serialize)]
pub(super) struct Groups<'r> {
    heard_early: Option<ShareEntry>,
    passed_share: ShareEntry,
    hardship: ShareEntry,
    queues: Vec<GroupEntry>,
    script_versions: Vec<GroupEntry>,
    days: Vec<GroupEntry>,
    hours: Vec<GroupEntry>,
    weekdays: Vec<GroupEntry>,
    undated: u64,
    busy_hours: Option<BusyEntry>,
    coaching: Vec<CoachingEntry<'r>>,
    outcomes: Vec<OutcomeEntry<'r>>,
    changes: Option<ChangesEntry<'r>>,
}

#[derive(Serialize)]
struct GroupEntry {
    /// None for the one entry of those beyond the limit, together.
    name: Option<String>,
    calls: u64,
    scored: u64,
    score: Option<f64>,
    passed: u64,
    hardship: ShareEntry,
    heard_early: Option<ShareEntry>,
}

#[derive(Serialize)]
struct BusyEntry {
    from_calls_an_hour: u64,
    busy: ShareEntry,
    quiet: ShareEntry,
    less_when_busy: DifferenceEntry,
}

#[derive(Serialize)]
struct CoachingEntry<'r> {
    agent: String,
    calls: u64,
    rule: Option<&'r str>,
    lost: u64,
    passed: ShareEntry,
    advice: Option<&'r str>,
    colleagues: Vec<QuoteEntry<'r>>,
}

#[derive(Serialize)]
struct QuoteEntry<'r> {
    #[serde(flatten)]
    met_in: MetIn<'r>,
    start_s: Option<f64>,
    quote: &'r str,
}

#[derive(Serialize)]
struct OutcomeEntry<'r> {
    outcome: &'r str,
    calls: u64,
    odd: u64,
    is_share: bool,
    rules: Vec<AgainstEntry<'r>>,
}

#[derive(Serialize)]
struct AgainstEntry<'r> {
    rule: Option<&'r str>,
    passed: MeanEntry,
    failed: MeanEntry,
    more_when_passed: DifferenceEntry,
}

#[derive(Serialize)]
struct MeanEntry {
    n: u64,
    mean: Option<f64>,
}

#[derive(Serialize)]
struct ChangesEntry<'r> {
    calls_before: u64,
    score: Option<DifferenceEntry>,
    passed_share: Option<ChangeEntry>,
    heard_early: Option<ChangeEntry>,
    rules: Vec<RuleChange<'r>>,
    agents: Vec<AgentChange>,
}

#[derive(Serialize)]
struct RuleChange<'r> {
    rule: Option<&'r str>,
    #[serde(flatten)]
    change: ChangeEntry,
}

#[derive(Serialize)]
struct AgentChange {
    agent: String,
    #[serde(flatten)]
    change: ChangeEntry,
}

#[derive(Serialize)]
struct ChangeEntry {
    now: ShareEntry,
    before: ShareEntry,
    more_now: DifferenceEntry,
}

impl ChangeEntry {
    fn of(change: &Change) -> ChangeEntry {
        ChangeEntry {
            now: ShareEntry::of(change.now),
            before: ShareEntry::of(change.before),
            more_now: DifferenceEntry::of(&change.difference),
        }
    }
}

impl Writer<'_> {
    pub(super) fn groups<'r>(&'r self, rollup: &'r RollUp) -> Groups<'r> {
        let entry = |name: String, group: &Group| group_entry(rollup, Some(name), group);
        let others = |group: &Group| (group.calls > 0).then(|| group_entry(rollup, None, group));
        let by_name = |groups: &crate::report::rollup::Bounded<String, Group>| {
            let named = groups.iter().map(|(name, group)| entry(name.clone(), group));
            named.chain(others(&groups.others)).collect()
        };
        let times = &rollup.times;
        let days = times.days.iter().map(|(day, figures)| entry(day.to_string(), &figures.figures));
        let number = |hour: &u8| format!("{hour:02}");
        Groups {
            heard_early: rollup.early().map(ShareEntry::of),
            passed_share: ShareEntry::of(rollup.pass_share()),
            hardship: ShareEntry::of(rollup.hardship),
            queues: by_name(&rollup.queues),
            script_versions: by_name(&rollup.script_versions),
            days: others(&times.days.others.figures).into_iter().chain(days).collect(),
            hours: times.hours.iter().map(|(hour, group)| entry(number(hour), group)).collect(),
            weekdays: times.weekdays.iter().map(|(day, group)| entry(weekday(*day).to_owned(), group)).collect(),
            undated: times.unknown,
            busy_hours: times.busy_hours().map(|busy| BusyEntry {
                from_calls_an_hour: busy.from,
                busy: ShareEntry::of(busy.busy),
                quiet: ShareEntry::of(busy.quiet),
                less_when_busy: DifferenceEntry::of(&busy.drop),
            }),
            coaching: self.coaching(rollup),
            outcomes: rollup.outcomes.iter().map(|outcome| self.outcome(outcome)).collect(),
            changes: self.changes(rollup),
        }
    }

    fn coaching<'r>(&'r self, rollup: &'r RollUp) -> Vec<CoachingEntry<'r>> {
        let quote = |model: &'r Model| QuoteEntry {
            met_in: met_in(&model.whose),
            start_s: model.start_s.map(wire::decimal),
            quote: &model.quote,
        };
        let entry = |coaching: crate::report::rollup::Coaching<'r>| CoachingEntry {
            calls: coaching.calls,
            rule: self.id(coaching.rule),
            lost: coaching.lost,
            passed: ShareEntry::of(coaching.share),
            advice: self.setup.rules.get(coaching.rule).map(|head| head.advice.as_str()).filter(|a| !a.is_empty()),
            colleagues: coaching.quotes.iter().map(|model| quote(model)).collect(),
            agent: coaching.agent,
        };
        rollup.coaching().into_iter().map(entry).collect()
    }

    fn outcome<'r>(&'r self, outcome: &'r Outcome) -> OutcomeEntry<'r> {
        let mean = |sum: &Sum| MeanEntry { n: sum.n, mean: sum.mean().map(wire::decimal) };
        let rules = outcome.against().map(|against| AgainstEntry {
            rule: self.id(against.rule),
            passed: mean(&against.passed),
            failed: mean(&against.failed),
            more_when_passed: DifferenceEntry::of(&against.difference),
        });
        OutcomeEntry {
            outcome: &outcome.column,
            calls: outcome.values,
            odd: outcome.odd,
            is_share: outcome.is_share(),
            rules: rules.collect(),
        }
    }

    fn changes(&self, rollup: &RollUp) -> Option<ChangesEntry<'_>> {
        let changes = rollup.changes()?;
        let rule =
            |(rule, change): &(usize, Change)| RuleChange { rule: self.id(*rule), change: ChangeEntry::of(change) };
        let agent =
            |(agent, change): &(String, Change)| AgentChange { agent: agent.clone(), change: ChangeEntry::of(change) };
        Some(ChangesEntry {
            calls_before: changes.calls_before,
            score: changes.score.as_ref().map(DifferenceEntry::of),
            passed_share: changes.passed.as_ref().map(ChangeEntry::of),
            heard_early: changes.early.as_ref().map(ChangeEntry::of),
            rules: changes.rules.iter().map(rule).collect(),
            agents: changes.agents.iter().map(agent).collect(),
        })
    }
}

fn group_entry(rollup: &RollUp, name: Option<String>, group: &Group) -> GroupEntry {
    GroupEntry {
        name,
        calls: group.calls,
        scored: group.scored,
        score: group.mean_tenths().map(wire::tenths),
        passed: group.passed,
        hardship: ShareEntry::of(group.hardship),
        heard_early: rollup.early_rule().map(|rule| ShareEntry::of(group.share(rule))),
    }
}
