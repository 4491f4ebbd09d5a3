//! Short lists that are the same however the calls are grouped: the best few by rank, then input order.

use super::PRAISE;
use crate::call::{Role, person};
use crate::report::{Band, CallReport, Evidence, Grade, RuleResult, Verdict};
use std::cmp::Reverse;

/// An entry of a short list. Smaller ranks come first; of two entries of one `owner` only the better stays.
pub(super) trait Ranked {
    type Rank: Ord;
    fn rank(&self) -> Self::Rank;
    /// Whether both stand for the same person or thing, of which the list holds one.
    fn same_owner(&self, _other: &Self) -> bool {
        false
    }
}

/// Puts an entry that comes after all others in input order into its place, if it has one.
pub(super) fn offer<T: Ranked>(list: &mut Vec<T>, entry: T, limit: usize) {
    let rank = entry.rank();
    if let Some(at) = list.iter().position(|other| other.same_owner(&entry)) {
        if list[at].rank() <= rank {
            return;
        }
        list.remove(at);
    }
    let at = list.partition_point(|other| other.rank() <= rank);
    if at < limit {
        list.insert(at, entry);
        list.truncate(limit);
    }
}

/// The beginning of a text from outside, so that a list of ten entries is small whatever they say.
pub(super) fn bounded(text: &str) -> &str {
    const BYTES: usize = 1024;
    let mut end = text.len().min(BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A call to look at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAt {
    /// Its id.
    pub call: String,
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    /// Counts from 0 within its source.
    pub record: u64,
    /// The agent's name or id.
    pub agent: Option<String>,
    /// Its score in tenths of a point.
    pub tenths: u32,
    /// The band of the score.
    pub band: Band,
    /// The rules it failed, in report order.
    pub failed: Vec<usize>,
}

impl Ranked for LookAt {
    type Rank = u32;
    fn rank(&self) -> u32 {
        self.tenths
    }
}

impl LookAt {
    /// Cheap refusal of the many calls that have no place in the list.
    pub(super) fn might_enter(list: &[LookAt], report: &CallReport<'_>) -> bool {
        report.judged.score.is_some_and(|score| {
            (list.len() < super::LOOK_AT
                || list.last().is_some_and(|last| score.tenths < last.tenths))
                && report
                    .judged
                    .results
                    .iter()
                    .any(|r| r.verdict == Verdict::Fail)
        })
    }

    pub(super) fn of(report: &CallReport<'_>) -> LookAt {
        let fails = report
            .judged
            .results
            .iter()
            .filter(|r| r.verdict == Verdict::Fail);
        LookAt {
            call: bounded(&report.call.id).to_owned(),
            source: bounded(report.source).to_owned(),
            record: report.record,
            agent: report.call.agent.as_deref().map(|a| bounded(a).to_owned()),
            tenths: report.judged.score.map_or(0, |s| s.tenths),
            band: report.judged.score.map_or(Band::Poor, |s| s.band),
            failed: fails.map(|r| r.rule).collect(),
        }
    }
}

/// A moment worth praise: a quote of a rule that passed.
#[derive(Clone, Debug, PartialEq)]
pub struct Praise {
    /// The rule, as an index in report order.
    pub rule: usize,
    /// Whether it takes up what this caller said.
    pub specific: bool,
    /// The weight of the rule.
    pub weight: u32,
    /// The agent's name or id.
    pub agent: Option<String>,
    /// The call's id.
    pub call: String,
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    /// Counts from 0 within its source.
    pub record: u64,
    /// Seconds on the file's clock.
    pub start_s: Option<f64>,
    /// What the agent said.
    pub quote: String,
}

impl Ranked for Praise {
    type Rank = (Reverse<bool>, Reverse<u32>);
    fn rank(&self) -> Self::Rank {
        (Reverse(self.specific), Reverse(self.weight))
    }
    fn same_owner(&self, other: &Self) -> bool {
        match (&self.agent, &other.agent) {
            (Some(one), Some(two)) => person::key(one) == person::key(two),
            (None, None) => {
                self.call == other.call
                    && self.source == other.source
                    && self.record == other.record
            }
            _ => false,
        }
    }
}

impl Praise {
    /// Offers the best moment of a call to the list.
    pub(super) fn pick(
        list: &mut Vec<Praise>,
        report: &CallReport<'_>,
        weight: impl Fn(usize) -> u32,
    ) {
        // No praise out of a call in which something critical went wrong.
        if report.judged.score.is_none_or(|s| s.critical) {
            return;
        }
        let rank = |r: &RuleResult| {
            (
                Reverse(r.grade == Some(Grade::Specific)),
                Reverse(weight(r.rule)),
            )
        };
        let passed = report
            .judged
            .results
            .iter()
            .filter(|r| r.verdict == Verdict::Pass);
        // What one rule found and another one faults is no model: "I'd be happy to take your number."
        let failed = || {
            let all = report.judged.results.iter();
            all.filter(|r| r.verdict == Verdict::Fail)
        };
        let faulted =
            |e: &Evidence| failed().any(|r| r.evidence.iter().any(|f| f.quote == e.quote));
        // The name alone is a courtesy, not a moment to hold up.
        let named = |e: &Evidence| e.tags == ["name"];
        let quoted = passed.filter_map(|r| {
            let by_agent = r.evidence.iter().find(|e| {
                e.speaker == Role::Agent && !e.hit.is_empty() && !faulted(e) && !named(e)
            });
            by_agent.map(|e| (rank(r), r, e))
        });
        let Some((rank, result, evidence)) = quoted.min_by_key(|q| q.0) else {
            return;
        };
        if list.len() == PRAISE && list.last().is_some_and(|last| last.rank() <= rank) {
            return;
        }
        let praise = Praise {
            rule: result.rule,
            specific: rank.0.0,
            weight: rank.1.0,
            agent: report.call.agent.as_deref().map(|a| bounded(a).to_owned()),
            call: bounded(&report.call.id).to_owned(),
            source: bounded(report.source).to_owned(),
            record: report.record,
            start_s: evidence.start_s,
            quote: bounded(&report.quote(evidence)).to_owned(),
        };
        offer(list, praise, PRAISE);
    }
}

/// A call in which nobody knows who is the agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRoles {
    /// The call's id.
    pub call: String,
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    /// The labels of its first speakers, in order of appearance.
    pub labels: Vec<String>,
}

impl UnknownRoles {
    /// More voices than these are no call between two.
    const LABELS: usize = 8;

    pub(super) fn of(report: &CallReport<'_>) -> UnknownRoles {
        let mut labels: Vec<String> = Vec::new();
        for speaker in &report.call.speakers {
            let label = bounded(&speaker.label);
            if !label.is_empty()
                && !labels.iter().any(|l| l == label)
                && labels.len() < Self::LABELS
            {
                labels.push(label.to_owned());
            }
        }
        UnknownRoles {
            call: bounded(&report.call.id).to_owned(),
            source: bounded(report.source).to_owned(),
            labels,
        }
    }

    /// The option to type, `--roles "spk_0=agent,spk_1=customer"`: a first guess, whoever speaks first being the
    /// agent. None if no two labels can be written so that a shell and `--roles` take them as they are.
    #[must_use]
    pub fn option(&self) -> Option<String> {
        let plain =
            |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '#' | '(' | ')');
        let mut usable = self.labels.iter().filter(|label| label.chars().all(plain));
        let (first, second) = (usable.next()?, usable.next()?);
        Some(format!("--roles \"{first}=agent,{second}=customer\""))
    }
}
