//! Moments worth praise: of each agent the best words in calls that went well.
//!
//! Which words are the best is told by what the rules showed of the call: by the tags of the sentence, whether it takes
//! up what this caller said, and how much it says. Never praised are words that made a rule apply (a refusal, a hold),
//! greetings, and anything out of a call that did not pass or failed a major rule: what is held up is to be copied.

pub(super) mod words;

use super::lists::{Ranked, Whose, bounded};
use super::stake::Stake;
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
    rambles: bool,
    worth: Worth,
    kind: Kind,
    words: Reverse<u32>,
    turn: u32,
    sentence: u32,
}

impl Rank {
    const fn class(self) -> (Worth, Kind) {
        (self.worth, self.kind)
    }
}

/// What a sentence does for the caller, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// It sees the caller.
    Sees,
    /// It takes a worry away, or takes responsibility.
    Comforts,
    /// It promises help.
    Helps,
    /// It takes up what was said.
    TakesUp,
    /// It closes warmly, or says what a team's own rule asks for.
    Warm,
}

/// Specific before generic; but to say again what was said is less than to answer it, however it is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Worth {
    Tailored,
    Caring,
    Attentive,
    Willing,
    Friendly,
}

impl Worth {
    const fn of(kind: Kind, specific: bool) -> Worth {
        match (kind, specific) {
            (Kind::Sees | Kind::Comforts | Kind::Helps, true) => Worth::Tailored,
            (Kind::Sees | Kind::Comforts, false) => Worth::Caring,
            (Kind::TakesUp | Kind::Warm, true) => Worth::Attentive,
            (Kind::Helps, false) => Worth::Willing,
            (Kind::TakesUp | Kind::Warm, false) => Worth::Friendly,
        }
    }
}

/// The tags of shipped sets that are worth praise.
const KINDS: [(&str, Kind); 15] = [
    ("empathy", Kind::Sees),
    ("mirrors-anger", Kind::Sees),
    ("mirrors-worry", Kind::Sees),
    ("mirrors-sadness", Kind::Sees),
    ("mirrors-disappointment", Kind::Sees),
    ("apology", Kind::Comforts),
    ("naming-apology", Kind::Comforts),
    ("reassurance", Kind::Comforts),
    ("willingness", Kind::Helps),
    ("acknowledgement", Kind::TakesUp),
    ("history-taken-up", Kind::TakesUp),
    ("closing-wish", Kind::Warm),
    ("courtesy", Kind::Warm),
    ("warmth", Kind::Warm),
    ("wish", Kind::Warm),
];

/// A sentence that may be praised.
struct Candidate<'r> {
    evidence: &'r Evidence,
    rule: usize,
    specific: bool,
    kind: Option<Kind>,
}

impl Praise {
    /// The best moment of a call, if the call is one to hold up, it has one, and that may precede `best`: most do not.
    pub(super) fn of(report: &CallReport<'_>, stakes: &[Stake], best: Option<&Praise>) -> Option<Praise> {
        let severe = |r: &RuleResult| {
            let severity = stakes.get(r.rule).map_or(Severity::Note, |s| s.severity);
            r.verdict == Verdict::Fail && severity >= Severity::Major
        };
        let results = &report.judged.results;
        if !report.judged.score.is_some_and(|s| s.passed) || results.iter().any(severe) {
            return None;
        }
        let mut candidates = candidates(results, stakes);
        candidates.sort_by_key(Candidate::class);
        let mut first: Option<(Rank, &Candidate<'_>)> = None;
        let chosen = best.map(|best| best.rank);
        for candidate in &candidates {
            // To look at the words takes longest, and those of a lesser class need not be looked at.
            let to_beat = first.map(|(rank, _)| rank).into_iter().chain(chosen);
            if to_beat.filter(|rank| !rank.rambles).any(|rank| rank.class() < candidate.class()) {
                break;
            }
            if let Some(rank) = candidate.rank(report)
                && first.is_none_or(|(best, _)| rank < best)
            {
                first = Some((rank, candidate));
            }
        }
        let (rank, candidate) = first?;
        let order = |best: &Praise| rank.cmp(&best.rank).then_with(|| best.whose.order(report).reverse());
        if best.is_some_and(|best| order(best).is_gt()) {
            return None;
        }
        Some(Praise {
            whose: Whose::of(report),
            rule: candidate.rule,
            specific: candidate.specific,
            turn: candidate.evidence.turn,
            start_s: candidate.evidence.start_s,
            quote: bounded(report.quote(candidate.evidence)).to_owned(),
            rank,
        })
    }
}

/// The agent's sentences that passed rules show, each once with all that is known of it.
fn candidates<'r>(results: &'r [RuleResult], stakes: &[Stake]) -> Vec<Candidate<'r>> {
    let failed = || results.iter().filter(|r| r.verdict == Verdict::Fail);
    // What one rule found and another one faults is no model: "I'd be happy to take your number." That it would fit any
    // caller is no fault, and makes it come behind what is specific.
    let faults = || failed().filter(|r| r.grade.is_none());
    let faulted = |e: &Evidence| faults().any(|r| r.evidence.iter().any(|f| f.quote == e.quote));
    let mut all: Vec<Candidate<'r>> = Vec::new();
    for result in results.iter().filter(|r| r.verdict == Verdict::Pass) {
        let specific = result.grade == Some(Grade::Specific);
        let own = is_own(result, stakes);
        let by_agent = |e: &&Evidence| e.speaker == Role::Agent && e.looked.is_none() && !faulted(e);
        for evidence in result.evidence.iter().filter(by_agent) {
            let kind = evidence.tags.iter().filter_map(|tag| kind_of(tag, own)).min();
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
                None => all.push(Candidate { evidence, rule: result.rule, specific, kind }),
            }
        }
    }
    all
}

impl Candidate<'_> {
    /// What is known without a look at its words.
    fn class(&self) -> (Worth, Kind) {
        let kind = self.kind.unwrap_or(Kind::TakesUp);
        (Worth::of(kind, self.specific), kind)
    }

    /// How good it is; none is not to be praised at all.
    fn rank(&self, report: &CallReport<'_>) -> Option<Rank> {
        let (worth, kind) = self.class();
        let wording = words::worth_saying(report.quote(self.evidence))?;
        Some(Rank {
            rambles: wording.rambles,
            worth,
            kind,
            words: Reverse(wording.words),
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

/// Whether what a rule shows is what a team's own pack asks for: of one set alone, so that nothing of it only made the
/// rule apply.
fn is_own(result: &RuleResult, stakes: &[Stake]) -> bool {
    let own = stakes.get(result.rule).is_some_and(|s| s.own);
    let mut tags = result.evidence.iter().flat_map(|e| &e.tags);
    let first = tags.next();
    own && result.reason == "found" && first.is_some_and(|first| tags.all(|tag| tag == first))
}

/// What a tag is worth. Of a shipped rule, only what is listed is; of a team's own, whatever it asks for.
pub(super) fn kind_of(tag: &str, own: bool) -> Option<Kind> {
    let known = KINDS.iter().find(|(name, _)| *name == tag);
    known.map(|(_, kind)| *kind).or(own.then_some(Kind::Warm))
}
