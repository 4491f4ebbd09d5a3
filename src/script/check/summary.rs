//! What a check came to: how many findings of which kind, and whether it fell short.

use super::{ALLOWED, CheckedScript};
use crate::report::script::{CheckSummary, Note, Standing};
use crate::report::{RuleHead, RuleResult, Severity, Verdict};

/// Counts the findings of some scripts, each place once.
pub fn count(scripts: &[CheckedScript], heads: &[RuleHead], summary: &mut CheckSummary) {
    for (result, note) in results(scripts).filter(|(_, note)| !note.repeated) {
        if result.reason == ALLOWED {
            summary.allowed += 1;
        } else if note.standing == Standing::Better {
            summary.better += 1;
        } else if result.verdict == Verdict::Fail && note.standing == Standing::Known {
            summary.known += 1;
        } else if result.verdict == Verdict::Fail {
            let severity = heads.get(result.rule).map_or(Severity::Note, |h| h.severity);
            summary.findings[severity as usize] += 1;
        }
    }
}

/// Whether a path has less than so many tenths of a point, or a finding that the baseline does not know is as severe.
#[must_use]
pub fn falls_short(
    scripts: &[CheckedScript],
    heads: &[RuleHead],
    fail_under: Option<u32>,
    fail_on: Option<Severity>,
) -> bool {
    let mut scores = scripts.iter().flat_map(|s| &s.paths).filter_map(|p| p.judged.score);
    fail_under.is_some_and(|least| scores.any(|score| score.tenths < least))
        || fail_on.is_some_and(|least| {
            results(scripts).any(|(result, note)| {
                result.verdict == Verdict::Fail
                    && note.standing != Standing::Known
                    && heads.get(result.rule).is_some_and(|h| h.severity >= least)
            })
        })
}

fn results(scripts: &[CheckedScript]) -> impl Iterator<Item = (&RuleResult, &Note)> {
    let paths = scripts.iter().flat_map(|s| &s.paths);
    paths.flat_map(|p| p.judged.results.iter().zip(&p.script.notes))
}

#[cfg(test)]
mod tests {
    use super::super::CheckedPath;
    use super::*;
    use crate::report::{Band, Score};

    /// A script of one path with one result of a major rule.
    fn script(verdict: Verdict, reason: &'static str, note: Note) -> [CheckedScript; 1] {
        let mut path = CheckedPath::default();
        path.judged.results.push(RuleResult::new(0, verdict, reason, String::new()));
        path.judged.score = Some(Score { tenths: 600, band: Band::Fair, passed: false, critical: false });
        path.script.notes.push(note);
        [CheckedScript { paths: vec![path], ..CheckedScript::default() }]
    }

    #[test]
    fn a_finding_counts_by_how_it_stands() {
        let heads = [RuleHead { severity: Severity::Major, ..RuleHead::default() }];
        let standing = |standing| Note { standing, ..Note::default() };
        let repeated = Note { repeated: true, ..Note::default() };
        let found = CheckSummary { findings: [0, 0, 1, 0], ..CheckSummary::default() };
        for (verdict, reason, note, want, short) in [
            (Verdict::Fail, "not-found", Note::default(), found.clone(), true),
            (Verdict::Fail, "not-found", standing(Standing::Worse), found, true),
            (Verdict::Fail, "not-found", repeated, CheckSummary::default(), true),
            (
                Verdict::Fail,
                "not-found",
                standing(Standing::Known),
                CheckSummary { known: 1, ..CheckSummary::default() },
                false,
            ),
            (
                Verdict::Pass,
                "found",
                standing(Standing::Better),
                CheckSummary { better: 1, ..CheckSummary::default() },
                false,
            ),
            (
                Verdict::NotApplicable,
                ALLOWED,
                Note::default(),
                CheckSummary { allowed: 1, ..CheckSummary::default() },
                false,
            ),
            (Verdict::Pass, "found", Note::default(), CheckSummary::default(), false),
        ] {
            let scripts = script(verdict, reason, note);
            let mut summary = CheckSummary::default();
            count(&scripts, &heads, &mut summary);
            assert_eq!(summary, want, "{verdict:?} {reason}");
            assert_eq!(falls_short(&scripts, &heads, None, Some(Severity::Minor)), short, "{verdict:?} {reason}");
            assert!(!falls_short(&scripts, &heads, None, Some(Severity::Critical)), "it is only major");
        }
        let scripts = script(Verdict::Pass, "found", Note::default());
        assert_eq!([600, 601].map(|least| falls_short(&scripts, &heads, Some(least), None)), [false, true]);
    }
}
