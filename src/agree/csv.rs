//! The agreement for spreadsheets: the figures a row a rule, the disputes a row each.

use super::Style;
use super::compare::{Agreement, Comparison, Dispute};
use super::statistics::Figures;
use super::text::reason;
use crate::output::cells::{Row, header};
use crate::report::Verdict;

/// What the figures begin with.
const FIGURES: [&str; 16] = [
    "rule", "between", "n", "agreement", "kappa", "kappa_low", "kappa_high", "ac1", "pabak", "pass_agreement",
    "fail_agreement", "fail_precision", "fail_recall", "disputed", "mean_kappa", "kappa_note",
];

const DISPUTES: [&str; 13] = [
    "call", "rule", "graders", "heard", "graders_why", "heard_why", "heard_reason", "source", "record", "turn",
    "start_s", "speaker", "quote",
];

/// A row a rule: `heard` against the graders, then each two graders; `all rules` closes each.
pub(super) fn figures(agreement: &Agreement<'_>, style: &Style, to: &mut Vec<u8>) {
    begin(style, &FIGURES, to);
    table(agreement, ["graders", "heard"], &agreement.heard, to);
    for ((first, second), of) in &agreement.graders {
        let name = |grader: &usize| agreement.labels.graders[*grader].as_str();
        table(agreement, [name(first), name(second)], of, to);
    }
}

fn table(agreement: &Agreement<'_>, between: [&str; 2], of: &Comparison, to: &mut Vec<u8>) {
    for rule in &of.rules {
        row(&agreement.labels.rules[rule.rule], between, &rule.figures, None, to);
    }
    if of.all.n > 0 {
        let mean = of.mean_kappa.map(|(mean, _)| mean);
        row("all rules", between, &of.all, mean, to);
    }
}

fn row(rule: &str, between: [&str; 2], of: &Figures, mean: Option<f64>, to: &mut Vec<u8>) {
    let mut row = Row::new(to);
    row.text(rule);
    row.text(&between.join(" and "));
    row.integer(of.n as u64);
    let interval = (of.interval.map(|i| i.0), of.interval.map(|i| i.1));
    for figure in [of.agreement, of.kappa, interval.0, interval.1, of.ac1, of.pabak] {
        row.decimal(figure);
    }
    for figure in [of.pass, of.fail, of.precision, of.recall] {
        row.decimal(figure);
    }
    row.integer(of.disputed() as u64);
    row.decimal(mean);
    row.optional(of.note(between[0], between[1]).as_deref());
    row.end();
}

/// A row a dispute; where graders differ among themselves, their verdicts stand in one cell: `pass / fail`.
pub(super) fn disputes(agreement: &Agreement<'_>, style: &Style, to: &mut Vec<u8>) {
    begin(style, &DISPUTES, to);
    for dispute in agreement.disputes.iter().chain(&agreement.split) {
        one(agreement, dispute, to);
    }
}

fn one(agreement: &Agreement<'_>, dispute: &Dispute<'_>, to: &mut Vec<u8>) {
    let labels = agreement.labels;
    let graders = dispute.graded.agreed().map_or_else(
        || {
            let grades = dispute.graded.grades.iter();
            grades.map(|g| g.verdict.as_str()).collect::<Vec<_>>().join(" / ")
        },
        |verdict| verdict.as_str().to_owned(),
    );
    let reasons = dispute
        .grades(labels)
        .filter(|(_, grade)| !grade.why.is_empty())
        .map(|(name, grade)| format!("{name}: {}", grade.why));
    let said = dispute.heard.map(|(_, said)| said);
    let call = dispute.heard.map(|(call, _)| call);
    let quote = said.and_then(|said| said.quotes.first());
    let mut row = Row::new(to);
    row.text(&labels.calls[dispute.graded.call]);
    row.text(&labels.rules[dispute.graded.rule]);
    row.text(&graders);
    row.optional(said.map(|s| Verdict::as_str(s.verdict)));
    row.text(&reasons.collect::<Vec<_>>().join("; "));
    row.optional(said.map(reason));
    row.optional(said.map(|s| s.reason.as_str()));
    row.optional(call.map(|c| c.source.as_str()));
    match call {
        Some(call) => row.integer(call.record),
        None => row.text(""),
    }
    match quote.and_then(|q| q.turn) {
        Some(turn) => row.integer(turn),
        None => row.text(""),
    }
    row.decimal(quote.and_then(|q| q.start_s));
    row.optional(quote.and_then(|q| q.speaker.as_deref()));
    row.optional(quote.map(|q| q.quote.trim()));
    row.end();
}

fn begin(style: &Style, columns: &[&str], to: &mut Vec<u8>) {
    // Into memory it cannot fail.
    let _ = header(style.csv_bom, columns.iter().copied(), to);
}
