//! Moments worth praise: of each agent the best words in calls that went well.
//!
//! Which words are the best is told by what the rules showed of the call: by the tags of the sentence, whether it takes
//! up what this caller said, and how much it says. Never praised are words that made a rule apply (a refusal, a hold),
//! greetings, and anything out of a call that did not pass or failed a major rule: what is held up is to be copied.

mod words;

use super::Stake;
use super::lists::{Ranked, Whose, bounded};
use crate::call::Role;
use crate::report::{CallReport, Evidence, Grade, RuleResult, Severity, Verdict};
use std::cmp::{Ordering, Reverse};

/// A moment worth praise: a sentence that a passed rule shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Praise {
    /// Which call it is.
    pub whose: Whose,
    /// The rule, as an index in report order.
    pub rule: usize,
    /// Whether it takes up what this caller said.
    pub specific: bool,
    /// Index of the turn, from 0.
    pub turn: u32,
    /// Seconds on the file's clock.
    pub start_s: Option<f64>,
    /// What the agent said.
    pub quote: String,
    rank: Rank,
}

/// How good a sentence is; the smallest is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// It says little: a name, thanks, a question.
    slight: bool,
    generic: bool,
    kind: Kind,
    words: Reverse<u32>,
    turn: u32,
    sentence: u32,
}

/// What a sentence does for the caller, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// It sees the caller.
    Sees,
    /// It takes a worry away, or takes responsibility.
    Comforts,
    /// It takes up what was said.
    TakesUp,
    /// It promises help.
    Helps,
    /// It closes warmly, or says what a team's own rule asks for.
    Warm,
    /// It addresses the caller.
    Names,
}

/// The tags of shipped sets that are worth praise. Every other shipped tag is something said for another reason.
const KINDS: [(&str, Kind); 14] = [
    ("empathy", Kind::Sees),
    ("mirrors-anger", Kind::Sees),
    ("mirrors-worry", Kind::Sees),
    ("mirrors-sadness", Kind::Sees),
    ("mirrors-disappointment", Kind::Sees),
    ("naming-apology", Kind::Comforts),
    ("reassurance", Kind::Comforts),
    ("apology", Kind::Comforts),
    ("history-taken-up", Kind::TakesUp),
    ("acknowledgement", Kind::TakesUp),
    ("willingness", Kind::Helps),
    ("warmth", Kind::Warm),
    ("courtesy", Kind::Warm),
    ("name", Kind::Names),
];

/// The tags of other shipped sets that a rule may look for in an agent's words, and find.
const OTHERS: [&str; 20] = [
    "asked-hold",
    "conditional",
    "formula",
    "hold",
    "hold-consent",
    "hold-reason",
    "hold-thanks",
    "invalidating",
    "logistics",
    "needs-question",
    "next-step",
    "offer",
    "open-question",
    "passed-on",
    "pitch",
    "private-number",
    "refusal",
    "remedy",
    "solution",
    "told-hold",
];

/// A sentence that is no sentence: raw speech without a full stop. It is as good as a short one.
const RUN_ON: u32 = 45;

/// A sentence that may be praised.
struct Candidate<'r> {
    evidence: &'r Evidence,
    rule: usize,
    specific: bool,
    kind: Option<Kind>,
}

impl Praise {
    /// The best moment of a call, if the call is one to hold up, it has one, and that may precede `best`: most do not.
    pub(super) fn of(
        report: &CallReport<'_>,
        stakes: &[Stake],
        best: Option<&Praise>,
    ) -> Option<Praise> {
        let severe = |r: &RuleResult| {
            let severity = stakes.get(r.rule).map_or(Severity::Note, |s| s.severity);
            r.verdict == Verdict::Fail && severity >= Severity::Major
        };
        let results = &report.judged.results;
        if !report.judged.score.is_some_and(|s| s.passed) || results.iter().any(severe) {
            return None;
        }
        let ranked = candidates(results)
            .into_iter()
            .filter_map(|c| Some((c.rank(report)?, c)));
        let (rank, candidate) = ranked.min_by_key(|(rank, _)| *rank)?;
        let order = |best: &Praise| {
            rank.cmp(&best.rank)
                .then_with(|| best.whose.order(report).reverse())
        };
        if best.is_some_and(|best| order(best).is_gt()) {
            return None;
        }
        Some(Praise {
            whose: Whose::of(report),
            rule: candidate.rule,
            specific: candidate.specific,
            turn: candidate.evidence.turn,
            start_s: candidate.evidence.start_s,
            quote: bounded(&report.quote(candidate.evidence)).to_owned(),
            rank,
        })
    }
}

/// The agent's sentences that passed rules show, each once with all that is known of it.
fn candidates(results: &[RuleResult]) -> Vec<Candidate<'_>> {
    let failed = || results.iter().filter(|r| r.verdict == Verdict::Fail);
    // What one rule found and another one faults is no model: "I'd be happy to take your number."
    let faulted = |e: &Evidence| failed().any(|r| r.evidence.iter().any(|f| f.quote == e.quote));
    let mut all: Vec<Candidate<'_>> = Vec::new();
    for result in results.iter().filter(|r| r.verdict == Verdict::Pass) {
        let specific = result.grade == Some(Grade::Specific);
        let own = is_own(result);
        let said = |e: &&Evidence| e.speaker == Role::Agent && e.looked.is_none() && !faulted(e);
        for evidence in result.evidence.iter().filter(said) {
            let kind = evidence.tags.iter().filter_map(|tag| kind(tag, own)).min();
            if kind.is_none() && !specific {
                continue;
            }
            match all.iter_mut().find(|c| c.evidence.quote == evidence.quote) {
                Some(known) => {
                    if specific && !known.specific {
                        (known.specific, known.rule) = (true, result.rule);
                    }
                    known.kind = [known.kind, kind].into_iter().flatten().min();
                }
                None => all.push(Candidate {
                    evidence,
                    rule: result.rule,
                    specific,
                    kind,
                }),
            }
        }
    }
    all
}

impl Candidate<'_> {
    /// How good it is; none is not to be praised at all.
    fn rank(&self, report: &CallReport<'_>) -> Option<Rank> {
        let quote = report.quote(self.evidence);
        let said = words::look_at(&quote)?;
        let kind = self.kind.unwrap_or(Kind::TakesUp);
        Some(Rank {
            slight: said.slight || kind == Kind::Names,
            generic: !self.specific,
            kind,
            words: Reverse(if said.words > RUN_ON { 0 } else { said.words }),
            turn: self.evidence.turn,
            sentence: self.evidence.sentence,
        })
    }
}

impl Ranked for Praise {
    fn order(&self, other: &Self) -> Ordering {
        (self.rank.cmp(&other.rank))
            .then_with(|| self.whose.cmp(&other.whose))
            .then_with(|| (&self.quote, self.rule).cmp(&(&other.quote, other.rule)))
    }
}

/// Whether what a rule shows is of a team's own set: it is one set alone, so that nothing of it only made the rule apply.
fn is_own(result: &RuleResult) -> bool {
    let mut tags = result.evidence.iter().flat_map(|e| &e.tags);
    let Some(first) = tags.next() else {
        return false;
    };
    result.reason == "found" && tags.all(|tag| tag == first) && !OTHERS.contains(first)
}

/// What a tag is worth. Sets that are not shipped are a team's own, and worth something where the rule looks for nothing
/// else.
fn kind(tag: &str, own: bool) -> Option<Kind> {
    let known = KINDS.iter().find(|(name, _)| *name == tag);
    known.map(|(_, kind)| *kind).or(own.then_some(Kind::Warm))
}
