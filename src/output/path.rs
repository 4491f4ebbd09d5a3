//! A path of a script as it would be said, line by line with its times, and each verdict on it in three lines: what is
//! wanted, what is there, what to do.

use super::finding::{Finding, cut, findings};
use super::layout::{BOLD, FAIR, GOOD, PLAIN, POOR, Page};
use super::{Setup, clock, terminal};
use crate::report::script::ScriptPath;
use crate::report::{CallReport, Severity, Verdict};

/// Where the lines below a verdict hang.
const HANG: usize = 4;

/// Writes a path for people.
pub fn explain(setup: &Setup, report: &CallReport<'_>, to: &mut Vec<u8>) {
    let mut page = Page::new(to, setup.width, setup.color);
    let Some(script) = report.script else { return };
    let name = if script.name.is_empty() { "the whole script" } else { script.name.as_str() };
    let head = format!("{}: {}", terminal(report.source), terminal(name));
    page.heading(&head);
    said(report, script, &mut page);
    page.blank();
    for found in findings(report, &setup.rules) {
        fell_short(&found, &mut page);
    }
    for result in report.judged.results.iter().filter(|r| r.verdict == Verdict::Pass) {
        let Some(head) = setup.rules.get(result.rule) else { continue };
        let line = result.evidence.first().and_then(|e| report.place(e)).map(|p| format!(" (line {})", p.line));
        let body = format!("{}: {}{}", terminal(&head.id), terminal(&result.why), line.unwrap_or_default());
        page.paragraph(0, (GOOD, "kept"), HANG + 1, (PLAIN, &body));
    }
    let aside = report.judged.results.iter().filter(|r| {
        matches!(r.verdict, Verdict::NotApplicable | Verdict::NotScorable) && r.reason != super::finding::ALLOWED
    });
    let aside: Vec<&str> = aside.filter_map(|r| Some(setup.rules.get(r.rule)?.id.as_str())).collect();
    if !aside.is_empty() {
        page.paragraph(0, (PLAIN, "no occasion:"), HANG, (PLAIN, &aside.join(", ")));
    }
    page.blank();
}

/// What is said, with the time at which it begins, and the branches as they are taken.
fn said(report: &CallReport<'_>, script: &ScriptPath, page: &mut Page<'_>) {
    let call = report.call;
    let mut branches = script.branches.iter().peekable();
    for (n, turn) in call.turns.iter().enumerate() {
        while let Some((label, _)) = branches.next_if(|(_, from)| *from <= n) {
            page.paragraph(0, (PLAIN, ""), HANG, (FAIR, &format!("-- {}", terminal(label))));
        }
        let text = &call.text()[turn.text.start as usize..turn.text.end as usize];
        let line = script.place(call.text(), &turn.text).line;
        let time = turn.start.map_or(String::new(), clock);
        let lead = format!("{time:>7}  line {line:<4} {}:", call.role(turn).as_str());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        page.paragraph(0, (BOLD, &lead), 30, (PLAIN, &terminal(&text)));
    }
    for (label, _) in branches {
        page.paragraph(0, (PLAIN, ""), HANG, (FAIR, &format!("-- {} (nothing is said on it)", terminal(label))));
    }
}

/// What is wanted; what is there; what to do.
fn fell_short(found: &Finding<'_>, page: &mut Page<'_>) {
    let allowed = found.is_allowed();
    let (style, lead) = match found.head.severity {
        _ if allowed => (PLAIN, "allowed"),
        Severity::Note | Severity::Minor => (FAIR, "wanted"),
        Severity::Major | Severity::Critical => (POOR, "wanted"),
    };
    let title =
        format!("{} ({}, {})", terminal(&found.head.title), terminal(&found.head.id), found.head.severity.as_str());
    page.paragraph(0, (style, lead), HANG + 4, (PLAIN, &title));
    let quote = found.quote.as_deref().filter(|q| !q.is_empty() && found.absence);
    let quote = quote.map_or(String::new(), |q| format!("; said there: \"{}\"", terminal(&cut(q))));
    let line = found.place.map_or(String::new(), |p| format!(" (line {})", p.line));
    page.paragraph(HANG, (PLAIN, "here:"), HANG + 6, (PLAIN, &format!("{}{quote}{line}", terminal(&found.result.why))));
    if let Some(advice) = found.result.advice.as_deref().filter(|a| !a.is_empty()) {
        let lead = format!("{}:", found.lead().to_lowercase());
        page.paragraph(HANG, (BOLD, &lead), HANG + 6, (PLAIN, &terminal(advice)));
    }
}
