//! One call through all rules: tagged once, judged rule by rule, scored.

pub mod metrics;
pub mod selftest;
mod timeline;

use crate::call::{Call, HowRoles, Role};
use crate::report::timeline::Timeline;
use crate::report::{Band, Judged, RuleResult, Score, Severity, Verdict};
use crate::rules::RuleBook;
use crate::rules::context::Context;
use crate::rules::outcome::Outcome;
use crate::text::scene::{Doubts, Scene};
use crate::text::tagger::Tagger;
use crate::text::weigh::Weighed;
use std::collections::BTreeMap;

/// Tags calls, then judges them; each worker has its own.
#[derive(Debug)]
pub struct Auditor<'b> {
    book: &'b RuleBook,
    tagger: Tagger<'b>,
}

impl<'b> Auditor<'b> {
    /// An auditor with the rules of a book.
    pub fn new(book: &'b RuleBook) -> Self {
        Auditor { book, tagger: Tagger::new(book.phrases()) }
    }

    /// Forgets all that was learned from calls: after a mistake in one it may be half done.
    pub fn renew(&mut self) {
        *self = Auditor::new(self.book);
    }

    /// The rules.
    pub fn book(&self) -> &RuleBook {
        self.book
    }

    /// Cuts a call into sentences and finds the tags in them: first of the two steps. What the scene held is replaced,
    /// its memory used again.
    pub fn tag(&mut self, call: &Call, scene: &mut Scene) {
        self.tagger.tag(call, scene);
    }

    /// What the learned weights say of each sentence of a tagged call.
    pub fn explain(&mut self, call: &Call, scene: &Scene) -> Vec<Vec<Weighed>> {
        (0..scene.sentences.len() as u32).map(|n| self.tagger.explain(call, scene, n)).collect()
    }

    /// What one rule says of a tagged call, helper or not; `rule` counts in [`RuleBook::rules`].
    pub fn outcome(&self, call: &Call, scene: &Scene, rule: usize) -> Outcome {
        let cx = Context::new(call, scene, self.book.phrases());
        self.book.rules()[rule].judge(&cx, self.book.rules())
    }

    /// A tagged call as reports draw it.
    pub fn timeline(&self, call: &Call, scene: &Scene) -> Timeline {
        timeline::draw(&Context::new(call, scene, self.book.phrases()), self.book)
    }

    /// What the rules say of a tagged call: the second step.
    pub fn judge(&self, call: &Call, scene: &Scene) -> Judged {
        let cx = Context::new(call, scene, self.book.phrases());
        let rules = self.book.rules();
        let results: Vec<RuleResult> = self
            .book
            .public()
            .iter()
            .enumerate()
            .map(|(n, &k)| {
                let outcome = rules[k].judge(&cx, rules);
                let own = Some(&rules[k].head.advice).filter(|a| !a.is_empty());
                let advice = outcome.advice.or_else(|| own.cloned()).filter(|_| outcome.verdict == Verdict::Fail);
                RuleResult {
                    rule: n,
                    verdict: outcome.verdict,
                    grade: outcome.grade,
                    near: self.is_near(&cx, n, outcome.verdict),
                    basis: outcome.basis,
                    reason: outcome.reason,
                    why: outcome.why,
                    advice,
                    evidence: outcome.evidence,
                }
            })
            .collect();
        let score = score(self.book, &results);
        Judged { score, hardship: self.hardship(&cx), metrics: metrics::measure(&cx), results }
    }
}

impl Auditor<'_> {
    /// Whether a verdict hangs on a thin margin: it would be another one if all that learned weights decided on a thin
    /// margin in this call had come out the other way.
    fn is_near(&self, cx: &Context<'_>, public: usize, verdict: Verdict) -> bool {
        let own = self.book.sets_of(public);
        let rules = self.book.rules();
        let rule = &rules[self.book.public()[public]];
        let cx = cx.verdict_only();
        [Doubts::Against, Doubts::For].into_iter().any(|doubts| {
            cx.scene.is_doubtful(own, doubts)
                && cx.scene.with_doubts(doubts, || rule.judge(&cx, rules).verdict) != verdict
        })
    }

    /// Whether the caller voiced a hardship, if that can be told.
    fn hardship(&self, cx: &Context<'_>) -> Option<bool> {
        let set = self.book.hardship()?;
        // The shipped set is English, and a pack that gives it phrases of its own says in which language.
        let language = self.book.info().language.as_deref().unwrap_or("en");
        if cx.call.roles.how == HowRoles::Unknown || cx.other_language(language).is_some() {
            return None;
        }
        let mut hits = cx.scene.hits(set).iter();
        // As in the rules, only sure hits count: a sentence that may as well be none makes no hard call.
        Some(hits.any(|hit| hit.sure && cx.role(hit) == Role::Customer))
    }
}

/// 100 × weight won / weight of what passed or failed, rounded half up to a tenth by integers.
pub fn score(book: &RuleBook, results: &[RuleResult]) -> Option<Score> {
    let info = book.info();
    let heads = book.heads();
    // Won and weighed, by section.
    let mut sections: BTreeMap<Option<&str>, (u64, u64)> = BTreeMap::new();
    let mut critical = false;
    for result in results.iter().filter(|r| matches!(r.verdict, Verdict::Pass | Verdict::Fail)) {
        let head = &heads[result.rule];
        critical |= result.verdict == Verdict::Fail && head.severity == Severity::Critical;
        let key = head.section.as_deref().filter(|_| !info.sections.is_empty());
        let section = sections.entry(key).or_default();
        section.1 += u64::from(head.weight);
        if result.verdict == Verdict::Pass {
            section.0 += u64::from(head.weight);
        }
    }
    sections.retain(|_, (_, weighed)| *weighed > 0);
    if sections.is_empty() {
        return None;
    }
    let tenths = if info.sections.is_empty() {
        let (won, weighed) = sections[&None];
        half_up(u128::from(won) * 1000, u128::from(weighed))
    } else {
        weighed_by_section(info, &sections)?
    };
    let tenths = if critical { 0 } else { tenths };
    let band = match tenths {
        t if t >= info.good * 10 => Band::Good,
        t if t >= info.fair * 10 => Band::Fair,
        _ => Band::Poor,
    };
    Some(Score { tenths, band, passed: tenths >= info.pass_mark * 10 && !critical, critical })
}

/// The mean of the sections' shares, each with its weight; a section that the pack does not weigh weighs nothing, and
/// one in which nothing could be scored leaves the mean.
fn weighed_by_section(
    info: &crate::rules::pack::info::PackInfo,
    sections: &BTreeMap<Option<&str>, (u64, u64)>,
) -> Option<u32> {
    // Over a common denominator, so that nothing is rounded twice.
    let weight = |name: Option<&str>| u128::from(name.and_then(|n| info.sections.get(n)).copied().unwrap_or(0));
    let common: u128 = sections.values().map(|(_, weighed)| u128::from(*weighed)).fold(1, lcm);
    let total: u128 = sections.keys().copied().map(weight).sum();
    let won: u128 =
        sections.iter().map(|(n, (won, of))| weight(*n) * u128::from(*won) * (common / u128::from(*of))).sum();
    (total > 0).then(|| half_up(won * 1000, total * common))
}

fn lcm(a: u128, b: u128) -> u128 {
    let (mut x, mut y) = (a, b);
    while y > 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}

fn half_up(n: u128, of: u128) -> u32 {
    ((2 * n + of) / (2 * of)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_up() {
        assert_eq!(half_up(1000, 3), 333);
        assert_eq!(half_up(2000, 3), 667);
        assert_eq!(half_up(1, 2), 1);
        assert_eq!(lcm(20, 30), 60);
    }
}
