//! The roll-up as JSON: totals, rules, agents, calls to look at, praise.

use super::groups::{AgentMore, Groups, ShareEntry};
use crate::output::{Setup, wire};
use crate::report::rollup::{AgentFigures, LookAt, Praise, RollUp, RuleTally, Whose};
use crate::report::{Band, Grade, RuleHead, Verdict};
use serde::Serialize;

/// The figures over all calls, key by key as they are written.
#[derive(Serialize)]
pub(super) struct Figures<'r> {
    calls: u64,
    unreadable: u64,
    scored: u64,
    score: Option<f64>,
    lowest: Option<f64>,
    passed: u64,
    critical: u64,
    #[serde(serialize_with = "wire::object")]
    bands: [(&'static str, u64); 3],
    unknown_roles: u64,
    rules: Vec<RuleEntry<'r>>,
    agents: Vec<AgentEntry<'r>>,
    look_at: Vec<LookAtEntry<'r>>,
    praise: Vec<PraiseEntry<'r>>,
    #[serde(flatten)]
    groups: Groups<'r>,
}

#[derive(Serialize)]
struct RuleEntry<'r> {
    rule: &'r str,
    #[serde(serialize_with = "wire::object")]
    verdicts: [(&'static str, u64); 4],
    reasons: Reasons<'r>,
    passed: ShareEntry,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Reasons<'r> {
    #[serde(serialize_with = "wire::object")]
    fail: Vec<(&'r str, u64)>,
    #[serde(serialize_with = "wire::object")]
    not_scorable: Vec<(&'r str, u64)>,
}

#[derive(Serialize)]
struct AgentEntry<'r> {
    /// None for the one entry of those beyond the limit, together.
    agent: Option<&'r str>,
    calls: u64,
    scored: u64,
    score: Option<f64>,
    passed: u64,
    weakest: Option<&'r str>,
    #[serde(flatten)]
    more: AgentMore,
}

/// Which call something was met in.
#[derive(Serialize)]
pub(super) struct MetIn<'r> {
    call: &'r str,
    source: &'r str,
    record: u64,
    agent: Option<&'r str>,
}

#[derive(Serialize)]
struct LookAtEntry<'r> {
    #[serde(flatten)]
    met_in: MetIn<'r>,
    score: f64,
    band: &'static str,
    need: &'static str,
    failed: Vec<&'r str>,
    lost: u32,
    rule: Option<&'r str>,
    why: &'r str,
    speaker: Option<&'static str>,
    start_s: Option<f64>,
    quote: Option<&'r str>,
    absence: bool,
}

#[derive(Serialize)]
struct PraiseEntry<'r> {
    #[serde(flatten)]
    met_in: MetIn<'r>,
    rule: Option<&'r str>,
    grade: &'static str,
    turn: u32,
    start_s: Option<f64>,
    quote: &'r str,
}

/// Makes the figures.
pub(super) struct Writer<'s> {
    pub(super) setup: &'s Setup,
}

impl<'s> Writer<'s> {
    pub(super) fn figures<'r>(&'r self, rollup: &'r RollUp, praise: &'r [Praise]) -> Figures<'r> {
        Figures {
            calls: rollup.calls,
            unreadable: rollup.unreadable,
            scored: rollup.scored,
            score: rollup.mean_tenths().map(wire::tenths),
            lowest: rollup.lowest.map(|tenths| wire::tenths(tenths.into())),
            passed: rollup.passed,
            critical: rollup.critical,
            bands: Band::ALL.map(|band| (band.as_str(), rollup.band(band))),
            unknown_roles: rollup.unknown_roles,
            rules: self.rules(rollup),
            agents: self.agents(rollup),
            look_at: rollup.look_at.iter().map(|entry| self.look_at(entry)).collect(),
            praise: praise.iter().map(|entry| self.praise(entry)).collect(),
            groups: self.groups(rollup),
        }
    }

    pub(super) fn id(&self, rule: usize) -> Option<&'s str> {
        self.setup.rules.get(rule).map(|head| head.id.as_str())
    }

    fn rules<'r>(&'r self, rollup: &'r RollUp) -> Vec<RuleEntry<'r>> {
        let rule = |(head, tally): (&'r RuleHead, &RuleTally)| RuleEntry {
            rule: &head.id,
            verdicts: Verdict::ALL.map(|verdict| (verdict.as_str(), tally.count(verdict))),
            reasons: Reasons { fail: tally.reasons(Verdict::Fail), not_scorable: tally.reasons(Verdict::NotScorable) },
            passed: ShareEntry::of(tally.share()),
        };
        self.setup.rules.iter().zip(&rollup.rules).map(rule).collect()
    }

    fn agents<'r>(&'r self, rollup: &'r RollUp) -> Vec<AgentEntry<'r>> {
        let agent = |name, figures: &AgentFigures| AgentEntry {
            agent: name,
            calls: figures.figures.calls,
            scored: figures.figures.scored,
            score: figures.figures.mean_tenths().map(wire::tenths),
            passed: figures.figures.passed,
            weakest: rollup.weakest(figures).and_then(|rule| self.id(rule)),
            more: AgentMore::of(rollup, figures),
        };
        let others = Some(&rollup.agents.others).filter(|others| others.figures.calls > 0);
        let named = rollup.agents.by_name().map(|(name, figures)| agent(Some(name), &figures));
        named.chain(others.map(|others| agent(None, others))).collect()
    }

    fn look_at<'r>(&'r self, entry: &'r LookAt) -> LookAtEntry<'r> {
        let quote = entry.quote.as_ref();
        LookAtEntry {
            met_in: met_in(&entry.whose),
            score: wire::tenths(entry.tenths.into()),
            band: entry.band.as_str(),
            need: entry.need.as_str(),
            failed: entry.failed.iter().filter_map(|&rule| self.id(rule)).collect(),
            lost: entry.lost,
            rule: self.id(entry.rule),
            why: &entry.why,
            speaker: quote.map(|q| q.speaker.as_str()),
            start_s: quote.and_then(|q| q.start_s).map(wire::decimal),
            quote: quote.map(|q| q.text.as_str()),
            absence: quote.is_some_and(|q| q.instead),
        }
    }

    fn praise<'r>(&'r self, entry: &'r Praise) -> PraiseEntry<'r> {
        PraiseEntry {
            met_in: met_in(&entry.whose),
            rule: self.id(entry.rule),
            grade: if entry.specific { Grade::Specific } else { Grade::Generic }.as_str(),
            turn: entry.turn,
            start_s: entry.start_s.map(wire::decimal),
            quote: &entry.quote,
        }
    }
}

pub(super) fn met_in(whose: &Whose) -> MetIn<'_> {
    MetIn { call: &whose.call, source: &whose.source, record: whose.record, agent: whose.agent.as_deref() }
}
