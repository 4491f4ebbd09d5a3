//! Comments in scripts: what they allow, and what is wrong with them.

use super::checked::CheckedPath;
use super::{ALLOWED, BRANCH_IS_KEPT, SCRIPT_IS_KEPT, STATEMENT_IS_KEPT};
use crate::report::script::{Note, OnPage, Place, ScriptPath, Standing};
use crate::report::{CallReport, Judged, RuleHead, RuleResult, Severity, Verdict};
use crate::rules::RuleBook;
use crate::script::Allow;
use crate::support::suggest::nearest;

/// The rules about comments, after those of the book, as reports know them.
pub fn heads() -> Vec<RuleHead> {
    let head = |id: &str, title: &str, advice: &str| RuleHead {
        id: id.to_owned(),
        title: title.to_owned(),
        section: Some("comments".to_owned()),
        severity: Severity::Major,
        advice: advice.to_owned(),
        pack: "scripts".to_owned(),
        ..RuleHead::default()
    };
    vec![
        head(
            "allow-has-a-reason",
            "A comment that allows a rule to fail names the rule and says why",
            "Write <!-- heard: allow RULE: who approved it, and why --> on the line before.",
        ),
        head(
            "allow-is-used",
            "A comment that allows a rule to fail is needed",
            "Take the comment away: the rule no longer fails there.",
        ),
        RuleHead {
            section: Some("branches".to_owned()),
            ..head(
                BRANCH_IS_KEPT,
                "A branch that keeps rules no other words keep stays in the script",
                "Put the branch back. If it is meant to go, write <!-- heard: allow branch-is-kept: who decided it, and why --> on the line before this one.",
            )
        },
        RuleHead {
            section: Some("branches".to_owned()),
            ..head(
                SCRIPT_IS_KEPT,
                "A script that keeps rules no other script keeps stays",
                "Put the script back, or its words into another one. If it is meant to go, write <!-- heard: allow script-is-kept: FILE goes, who decided it, and why --> into any other script.",
            )
        },
        RuleHead {
            section: Some("branches".to_owned()),
            ..head(
                STATEMENT_IS_KEPT,
                "What a branch said to the caller, it still says, as clearly and as early",
                "Say it again, with the old words or better ones. If it is meant to go, write <!-- heard: allow statement-is-kept: who decided it, and why --> on the line before.",
            )
        },
    ]
}

/// Something that an old state had and that is gone: a path with one finding, that it got worse. `allowed` is the reason
/// that a comment gives for it.
pub fn removed(
    rule: &str,
    code: &'static str,
    why: String,
    allowed: Option<&str>,
    on_page: OnPage,
    was: &CheckedPath,
    book: &RuleBook,
) -> CheckedPath {
    let (at, head) = heads().into_iter().enumerate().find(|(_, h)| h.id == rule).unwrap_or_default();
    let (verdict, code, why, advice) = match allowed {
        Some(reason) => (Verdict::NotApplicable, ALLOWED, format!("allowed: {reason} ({why})"), None),
        None => (Verdict::Fail, code, why, Some(head.advice)),
    };
    let result = RuleResult { advice, ..RuleResult::new(book.heads().len() + at, verdict, code, why) };
    CheckedPath {
        call: was.call.clone(),
        judged: Judged { results: vec![result], ..Judged::default() },
        script: ScriptPath {
            name: was.script.name.clone(),
            marks: Vec::new(),
            notes: vec![Note { standing: Standing::Worse, on_page: Some(on_page), ..Note::default() }],
        },
        steps: was.steps.clone(),
    }
}

/// Takes out what comments allow: such a failure is not applicable, with the comment's reason. `used` gets, for each
/// comment, the rules it was needed for.
pub fn allow(allows: &[Allow], heads: &[RuleHead], path: &mut CheckedPath, used: &mut [Vec<String>]) {
    if allows.is_empty() {
        return;
    }
    for k in 0..path.judged.results.len() {
        let result = &path.judged.results[k];
        if result.verdict != Verdict::Fail {
            continue;
        }
        let Some(head) = heads.get(result.rule) else {
            continue;
        };
        let report: CallReport<'_> = path.report(0, "");
        // Every quote has to be allowed: one approved phrase does not approve the next.
        let by: Vec<Option<usize>> = result
            .evidence
            .iter()
            .map(|evidence| {
                let line = report.place(evidence)?.line;
                let names = |a: &&Allow| a.covers(line) && a.rules.contains(&head.id);
                // The nearest one above.
                let nearest = allows.iter().enumerate().filter(|(_, a)| names(a));
                nearest.max_by_key(|(_, a)| a.scope.start).map(|(n, _)| n)
            })
            .collect();
        for &n in by.iter().flatten() {
            used[n].push(head.id.clone());
        }
        let by: Option<Vec<usize>> = by.into_iter().collect();
        let Some(by) = by.filter(|by| !by.is_empty()) else {
            continue;
        };
        let reason = allows[by[0]].reason.as_deref();
        let result = &mut path.judged.results[k];
        result.verdict = Verdict::NotApplicable;
        result.reason = ALLOWED;
        result.advice = None;
        result.why = match reason {
            Some(reason) => format!("allowed: {reason} ({})", result.why),
            None => format!("allowed, nobody says why ({})", result.why),
        };
    }
}

/// What is wrong with the comments themselves, as results of the path.
pub fn mistakes(allows: &[Allow], book: &RuleBook, used: &[Vec<String>], path: &mut CheckedPath) {
    let own = book.heads().len();
    let heads = heads();
    let known: Vec<&str> = book.rules().iter().map(|r| r.head.id.as_str()).collect();
    for (allow, used) in allows.iter().zip(used) {
        let (line, column) = (allow.line, allow.column);
        let place = Place { line, column, end_line: line, end_column: column + 4 };
        let mut add = |rule: usize, reason: &'static str, why: String, advice: String| {
            let result = RuleResult::new(own + rule, Verdict::Fail, reason, why);
            path.judged.results.push(RuleResult { advice: Some(advice), ..result });
            let on_page = Some(OnPage { place, text: allow.written.clone() });
            path.script.notes.push(Note { on_page, ..Note::default() });
        };
        let rules = allow.rules.join(", ");
        if !allow.other.is_empty() {
            let why = format!("a comment says allow, and this one says {}", allow.other);
            add(0, "no-rule", why, heads[0].advice.clone());
            continue;
        }
        if allow.rules.is_empty() {
            let why = "this comment names no rule".to_owned();
            add(0, "no-rule", why, heads[0].advice.clone());
            continue;
        }
        if allow.reason.is_none() {
            let (why, reason) = match allow.loose.as_str() {
                "" => ("and does not say why", "who approved it, and why"),
                loose => ("and the reason has no colon before it", loose),
            };
            let why = format!("this comment allows {rules} {why}");
            let advice = format!("Write <!-- heard: allow {rules}: {reason} -->.");
            add(0, "no-reason", why, advice);
        }
        for id in allow.rules.iter().filter(|id| !used.contains(id)) {
            // What is gone can only be told beside an old state.
            if [BRANCH_IS_KEPT, SCRIPT_IS_KEPT, STATEMENT_IS_KEPT].contains(&id.as_str()) {
                continue;
            }
            let chosen = book.heads().iter().any(|h| h.id == *id);
            if !known.contains(&id.as_str()) {
                let near =
                    nearest(id, known.iter().copied()).map_or(String::new(), |near| format!("; did you mean {near}?"));
                let advice = "Correct the rule's id; heard rules list shows all of them.";
                let why = format!("there is no rule {id}{near}");
                add(1, "unknown-rule", why, advice.to_owned());
            } else if chosen {
                let what = format!("{id} does not fail in what this comment stands before");
                add(1, "unused", what, heads[1].advice.clone());
            }
        }
    }
}
