//! A path through a script for people: what fell short, line by line as compilers say it, and how it all came out.

use super::{Text, mark, quotes_of};
use crate::output::finding::{Finding, cut, findings};
use crate::output::layout::{BOLD, FAIR, GOOD, PLAIN, POOR, Page};
use crate::output::{markdown, terminal};
use crate::report::script::{CheckSummary, ScriptPath, Standing};
use crate::report::{CallReport, Severity, Verdict};

/// Where the lines below a finding hang.
const HANG: usize = 4;

pub(super) fn write(text: &Text, report: &CallReport<'_>, script: &ScriptPath, page: &mut Page<'_>) {
    let rules = &text.setup.rules;
    for found in findings(report, rules) {
        if found.is_open() || text.setup.verbosity > 0 {
            finding(&found, page);
        }
    }
    let better = report.judged.results.iter().zip(&script.notes);
    for (result, note) in better.filter(|(_, n)| n.standing == Standing::Better && !n.repeated) {
        let id = rules.get(result.rule).map_or("", |h| h.id.as_str());
        let on_page = note.on_page.as_ref().map(|p| p.place);
        let first = on_page.or_else(|| result.evidence.first().and_then(|e| report.place(e)));
        let place = first.map_or(String::new(), |p| format!(":{}:{}", p.line, p.column));
        let lead = format!("{}{place}:", terminal(report.source));
        let body = format!("better: {} ({})", terminal(&result.why), terminal(id));
        page.paragraph(0, (BOLD, &lead), HANG, (GOOD, &body));
    }
    if text.setup.verbosity > 0 {
        all(text, report, script, page);
    }
}

fn finding(found: &Finding<'_>, page: &mut Page<'_>) {
    let place = found.place.map_or(String::new(), |p| format!(":{}:{}", p.line, p.column));
    let lead = format!("{}{place}:", terminal(found.file()));
    let worse = found.note.is_some_and(|n| n.standing == Standing::Worse);
    let severity = match (found.is_allowed(), found.is_known(), worse) {
        (true, ..) => "allowed",
        (_, true, _) => "known",
        (_, _, true) => "worse",
        _ => found.head.severity.as_str(),
    };
    let style = match severity {
        "major" | "critical" | "worse" => POOR,
        "allowed" | "known" => PLAIN,
        _ => FAIR,
    };
    let body = format!("{severity}: {} ({})", terminal(&found.head.title), terminal(&found.head.id));
    page.paragraph(0, (BOLD, &lead), HANG, (style, &body));
    page.paragraph(HANG, (PLAIN, ""), HANG, (PLAIN, &terminal(&found.result.why)));
    let more = |lead: &str, body: &str, page: &mut Page<'_>| {
        page.paragraph(HANG, (PLAIN, lead), HANG + 2, (PLAIN, body));
    };
    let path = found.path();
    if !path.is_empty() {
        more("path:", &terminal(&path), page);
    }
    if let Some(quote) = found.quote.as_deref().filter(|q| !q.is_empty()) {
        let lead = if found.absence { "said there:" } else { "quote:" };
        more(lead, &format!("\"{}\"", terminal(&cut(quote))), page);
    }
    if let Some(advice) = found.result.advice.as_deref().filter(|a| !a.is_empty()) {
        page.paragraph(
            HANG,
            (BOLD, &format!("{}:", found.lead().to_lowercase())),
            HANG + 2,
            (PLAIN, &terminal(advice)),
        );
    }
}

/// With `-v`: every verdict of the path.
fn all(text: &Text, report: &CallReport<'_>, script: &ScriptPath, page: &mut Page<'_>) {
    let name = if script.name.is_empty() { "the whole script" } else { &script.name };
    let head = format!("{}: {}", terminal(report.source), terminal(name));
    let (style, score) = super::score(report.judged.score);
    page.both_ends((BOLD, &head), (style, &score));
    for result in &report.judged.results {
        let id = text.setup.rules.get(result.rule).map_or("", |h| h.id.as_str());
        let place = match result.evidence.first().and_then(|e| report.place(e)) {
            Some(place) if result.verdict == Verdict::Pass => format!(" (line {})", place.line),
            _ => String::new(),
        };
        let body = format!("{}: {}{place}", terminal(id), terminal(&result.why));
        let (style, lead) = mark(result.verdict, Severity::Note);
        page.paragraph(2, (style, lead.trim_end_matches(':')), quotes_of(result.verdict), (PLAIN, &body));
    }
    page.blank();
}

/// The last lines of a check.
pub(super) fn end(text: &Text, summary: &CheckSummary, unreadable: u64, page: &mut Page<'_>) {
    for entry in &summary.outdated {
        let body = format!("{}: take the entry out, or write the baseline again", terminal(entry));
        page.paragraph(0, (FAIR, "no longer applies:"), HANG, (PLAIN, &body));
    }
    let style = if summary.total() > 0 { POOR } else { GOOD };
    let mut body = format!("in {}", markdown::counts(summary));
    if unreadable > 0 {
        body = format!("{body} {unreadable} could not be read.");
    }
    page.paragraph(0, (style, &markdown::headline(summary)), HANG, (PLAIN, &body));
    if summary.total() > 0 && text.setup.verbosity >= 0 {
        let why = "heard rules explain RULE --rules scripts says why; -v shows every verdict of every path.";
        page.paragraph(0, (PLAIN, ""), 0, (PLAIN, why));
    }
}
