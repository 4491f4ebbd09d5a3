//! Calls to look at first: by need, with the reason and the quote that shows it.

use super::lists::{Ranked, Whose, bounded};
use super::stake::Stake;
use crate::call::Role;
use crate::report::{Band, CallReport, Evidence, RuleResult, Severity, Verdict};
use std::cmp::{Ordering, Reverse};

/// Why a call is to be looked at, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A critical rule failed.
    Critical,
    /// The caller voiced a hardship or a strong feeling, and nothing that was listed took it up.
    Unanswered,
    /// Weight was lost.
    Lost,
}

impl Need {
    /// All of them, the most pressing first.
    pub const ALL: [Need; 3] = [Need::Critical, Need::Unanswered, Need::Lost];

    /// The word that stands in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Need::Critical => "critical",
            Need::Unanswered => "unanswered",
            Need::Lost => "lost-weight",
        }
    }

    /// The beginning of a reason, for people.
    pub const fn in_words(self) -> &'static str {
        match self {
            Need::Critical => "critical",
            Need::Unanswered => "not taken up",
            Need::Lost => "most serious",
        }
    }
}

/// The tags of what a caller voices and wants to be heard with, also behind `named-`.
const VOICED: [&str; 8] =
    ["anger", "disappointment", "distress", "fear", "frustration", "hardship", "sadness", "worry"];

/// The tags of what an agent says that takes it up, beside those that begin with `mirror`.
const TAKES_UP: [&str; 5] = ["acknowledgement", "apology", "empathy", "naming-apology", "reassurance"];

/// A call to look at first.
#[derive(Clone, Debug, PartialEq)]
pub struct LookAt {
    /// Which call it is.
    pub whose: Whose,
    /// Why it is to be looked at.
    pub need: Need,
    /// The weight of the rules it failed.
    pub lost: u32,
    /// Its score in tenths of a point.
    pub tenths: u32,
    /// The band of the score.
    pub band: Band,
    /// The rules it failed, in report order.
    pub failed: Vec<usize>,
    /// The one of them that shows the need.
    pub rule: usize,
    /// What it says.
    pub why: String,
    /// The quote that shows it, if there is one.
    pub quote: Option<Quote>,
}

/// Words of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Who said them.
    pub speaker: Role,
    /// Seconds on the file's clock.
    pub start_s: Option<f64>,
    /// The sentence.
    pub text: String,
    /// It is what was said where something else was looked for.
    pub instead: bool,
}

impl Quote {
    pub(super) fn of(report: &CallReport<'_>, evidence: &Evidence) -> Quote {
        Quote {
            speaker: evidence.speaker,
            start_s: evidence.start_s,
            text: bounded(report.quote(evidence)).to_owned(),
            instead: evidence.looked.is_some(),
        }
    }
}

/// Why a call has a place in the list, before it is known whether it gets one.
pub(super) struct Case<'r> {
    need: Need,
    lost: u32,
    tenths: u32,
    result: &'r RuleResult,
    evidence: Option<&'r Evidence>,
}

impl<'r> Case<'r> {
    /// The case of a call, if it has a score and there is something to look at.
    pub(super) fn of(report: &CallReport<'r>, stakes: &[Stake]) -> Option<Case<'r>> {
        let score = report.judged.score?;
        let results = &report.judged.results;
        let stake = |r: &RuleResult| stakes.get(r.rule).copied().unwrap_or_default();
        let failed = || results.iter().filter(|r| r.verdict == Verdict::Fail);
        // Of equals the first in report order.
        let worst = failed().min_by_key(|r| Reverse((stake(r).severity, stake(r).weight)))?;
        let critical = failed().find(|r| stake(r).severity == Severity::Critical);
        let (need, result, evidence) = if let Some(result) = critical {
            (Need::Critical, result, result.evidence.first())
        } else if let Some((result, voiced)) = unanswered(results, stakes) {
            (Need::Unanswered, result, Some(voiced))
        } else {
            (Need::Lost, worst, telling(worst))
        };
        // A call that did well but for something minor need not be looked at.
        let minor = stake(worst).severity < Severity::Major;
        if need == Need::Lost && score.passed && minor {
            return None;
        }
        Some(Case { need, lost: failed().map(|r| stake(r).weight).sum(), tenths: score.tenths, result, evidence })
    }

    /// Where it ranks among all calls, the worst first.
    pub(super) fn place(&self) -> (u8, Reverse<u32>, u32) {
        (self.need as u8, Reverse(self.lost), self.tenths)
    }

    /// Whether it may come before an entry; cheap, since most calls have no place.
    pub(super) fn may_precede(&self, report: &CallReport<'_>, entry: &LookAt) -> bool {
        let rank = (self.need, Reverse(self.lost), self.tenths);
        let order = rank.cmp(&entry.rank());
        order.then_with(|| entry.whose.order(report).reverse()).is_le()
    }

    /// The entry that it makes.
    pub(super) fn entry(&self, report: &CallReport<'_>) -> LookAt {
        let failed = report.judged.results.iter();
        let failed = failed.filter(|r| r.verdict == Verdict::Fail);
        LookAt {
            whose: Whose::of(report),
            need: self.need,
            lost: self.lost,
            tenths: self.tenths,
            band: report.judged.score.map_or(Band::Poor, |s| s.band),
            failed: failed.map(|r| r.rule).collect(),
            rule: self.result.rule,
            why: bounded(&self.result.why).to_owned(),
            quote: self.evidence.map(|e| Quote::of(report, e)),
        }
    }
}

/// The quote that says most about a failure: what was said in place of what was looked for says less than what the
/// caller had said before.
fn telling(result: &RuleResult) -> Option<&Evidence> {
    let first = result.evidence.first()?;
    let voiced = || (result.evidence.iter()).find(|e| e.speaker == Role::Customer);
    let instead = first.looked.is_some();
    instead.then(voiced).flatten().or(Some(first))
}

/// The failed rule that shows what a caller voiced in vain, with the caller's words: nothing that any rule shows of the
/// agent's later words takes it up.
fn unanswered<'r>(results: &'r [RuleResult], stakes: &[Stake]) -> Option<(&'r RuleResult, &'r Evidence)> {
    let is_voiced = |tag: &&str| VOICED.contains(&tag.strip_prefix("named-").unwrap_or(tag));
    let voiced = |e: &&Evidence| e.speaker == Role::Customer && e.tags.iter().any(is_voiced);
    let takes_up = |tag: &&str| TAKES_UP.contains(tag) || tag.starts_with("mirror");
    let answered = |from: u32| {
        let mut shown = results.iter().flat_map(|r| &r.evidence);
        shown.any(|e| e.turn > from && e.speaker == Role::Agent && e.tags.iter().any(takes_up))
    };
    // What weighs nothing is an outcome, and not the agent's.
    let weighs = |r: &RuleResult| stakes.get(r.rule).is_some_and(|s| s.weight > 0);
    let failed = (results.iter()).filter(|r| r.verdict == Verdict::Fail && weighs(r));
    let mut all = failed.filter_map(|r| Some((r, r.evidence.iter().find(voiced)?)));
    all.find(|(_, e)| !answered(e.turn))
}

impl LookAt {
    fn rank(&self) -> (Need, Reverse<u32>, u32) {
        (self.need, Reverse(self.lost), self.tenths)
    }
}

impl Ranked for LookAt {
    fn order(&self, other: &Self) -> Ordering {
        // Of parts of one stream, records and ids may be the same for different calls.
        let words = |entry: &'_ LookAt| {
            let quote = entry.quote.as_ref();
            (entry.rule, entry.why.clone(), quote.map(|q| q.text.clone()))
        };
        (self.rank().cmp(&other.rank()))
            .then_with(|| self.whose.cmp(&other.whose))
            .then_with(|| words(self).cmp(&words(other)))
    }
}
