//! The roll-up of the text report: the figures, how each rule went, what to praise and to coach, where to look first.

use super::phrases::{location, text};
use super::reason::words;
use super::{groups, lists, mark};
use crate::output::figures::{bar, in_full, interval, percent};
use crate::output::layout::{BOLD, PLAIN, POOR, Page};
use crate::output::number::counted;
use crate::output::{Setup, tenths_text, terminal};
use crate::report::rollup::{RollUp, RuleTally, Share};
use crate::report::{Band, Severity, Verdict};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// Said at the end of every report.
const FAIRNESS: &str = "heard judges words, not feelings: a verdict says what was found in the transcript and where, not what anybody felt.";

/// Columns of a bar.
const BAR: usize = 10;

/// Writes the figures over all calls.
pub(super) fn write(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    totals(rollup, page);
    if rollup.calls > 0 {
        rules(setup, rollup, page);
        groups::changes(setup, rollup, page);
        groups::times(rollup, page);
        groups::queues(rollup, page);
        lists::praise(setup, rollup, page);
        groups::coaching(setup, rollup, page);
        groups::agents(setup, rollup, page);
        groups::outcomes(setup, rollup, page);
        if setup.all || setup.summary || setup.verbosity < 0 {
            if !rollup.look_at.is_empty() {
                page.blank();
            }
            lists::look_at(setup, rollup, usize::MAX, page);
        }
    }
    unreadable(rollup, page);
}

/// Writes what every report ends with.
pub(super) fn fairness(page: &mut Page<'_>) {
    text(page, 0, FAIRNESS);
}

fn totals(rollup: &RollUp, page: &mut Page<'_>) {
    let mut line = counted(rollup.calls, "call", "calls");
    if rollup.unreadable > 0 {
        let _ = write!(line, " · {}", counted(rollup.unreadable, "unreadable input", "unreadable inputs"));
    }
    if let Some(mean) = rollup.mean_tenths() {
        let _ = write!(line, " · mean score {}", tenths_text(mean));
        let _ =
            write!(line, " · {} of {} passed", rollup.passed, counted(rollup.scored, "scored call", "scored calls"));
    }
    page.heading(&line);
    if let Some(early) = rollup.early().filter(|early| early.of > 0) {
        let lead = format!("heard within 15 s {}", bar(early, BAR));
        page.paragraph(2, (PLAIN, &lead), 4, (PLAIN, &in_full(early)));
    }
    if rollup.scored > 0 {
        let bands = Band::ALL.map(|band| format!("{} {}", band.as_str(), rollup.band(band)));
        text(page, 2, &bands.join(" · "));
    }
    if rollup.critical > 0 {
        let calls = counted(rollup.critical, "call", "calls");
        page.paragraph(2, (POOR, "✗ critical:"), 4, (PLAIN, &format!("a critical rule failed in {calls}")));
    }
    if rollup.unknown_roles > 0 {
        let of = counted(rollup.calls, "call", "calls");
        let what = format!("{} of {of}: nobody says who is the agent.", rollup.unknown_roles);
        let unknown = rollup.of_unknown_roles.as_ref();
        let option = unknown.and_then(crate::report::rollup::UnknownRoles::option);
        let what = option.map_or(what.clone(), |option| format!("{what} For all of them, try {}", terminal(&option)));
        page.paragraph(2, mark(Verdict::NotScorable, Severity::Note), 4, (PLAIN, &what));
    }
}

/// The columns behind a rule's id, with their titles.
fn cells(share: Share, counts: [u64; 4]) -> [String; 7] {
    let [passed, failed, not_applicable, not_scorable] = counts.map(|count| count.to_string());
    [bar(share, BAR), percent(share), interval(share), passed, failed, not_applicable, not_scorable]
}

const TITLES: [&str; 7] = ["", "passed", "95 %", "pass", "fail", "n/a", "n/s"];
/// Columns of each, the first of them at the left and the others at the right of theirs.
const WIDTHS: [usize; 7] = [BAR, 6, 9, 4, 4, 4, 4];

fn rules(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    const INDENT: usize = 2;
    let ids: Vec<_> = setup.rules.iter().map(|rule| terminal(&rule.id)).collect();
    if ids.is_empty() {
        return;
    }
    page.blank();
    let first = ids.iter().map(|id| id.width()).max().unwrap_or(0).max("rule".len());
    let fits = INDENT + first + WIDTHS.iter().map(|width| width + 2).sum::<usize>() <= page.width();
    let row = |name: &str, cells: [String; 7]| {
        let mut row = format!("{name}{}", " ".repeat(first - name.width()));
        for (cell, width) in cells.iter().zip(WIDTHS) {
            let _ = write!(row, "  {}{cell}", " ".repeat(width.saturating_sub(cell.width())));
        }
        row
    };
    if fits {
        let titles = row("rule", TITLES.map(str::to_owned));
        page.paragraph(0, (BOLD, &format!("  {titles}")), 0, (PLAIN, ""));
    } else {
        page.heading("Rules");
    }
    for (id, tally) in ids.iter().zip(&rollup.rules) {
        let counts = Verdict::ALL.map(|verdict| tally.count(verdict));
        if fits {
            page.paragraph(INDENT, (PLAIN, &row(id, cells(tally.share(), counts))), 0, (PLAIN, ""));
        } else {
            let [passed, failed, na, ns] = counts;
            let share = percent(tally.share());
            let all = format!("{id}: {share} passed ({passed} of {}), n/a {na}, n/s {ns}", passed + failed);
            page.paragraph(INDENT, (PLAIN, ""), INDENT + 4, (PLAIN, &all));
        }
        // One reason to fail is what the rule's name says; several are worth telling apart.
        let failed = tally.reasons(Verdict::Fail);
        if failed.len() > 1 || setup.verbosity > 0 {
            reasons("failed:", tally, Verdict::Fail, page);
        }
        reasons("not scorable:", tally, Verdict::NotScorable, page);
    }
    let legend = "n/a: no occasion for it; n/s: not scorable; 95 %: interval of the share";
    text(page, INDENT, legend);
}

fn reasons(lead: &str, tally: &RuleTally, verdict: Verdict, page: &mut Page<'_>) {
    let reasons = tally.reasons(verdict);
    if !reasons.is_empty() {
        let all: Vec<String> =
            reasons.iter().map(|(code, n)| format!("{} ({})", words(code), counted(*n, "call", "calls"))).collect();
        page.paragraph(6, (PLAIN, lead), 8, (PLAIN, &all.join("; ")));
    }
}

fn unreadable(rollup: &RollUp, page: &mut Page<'_>) {
    if rollup.unreadable == 0 {
        return;
    }
    page.blank();
    page.heading("Could not be read");
    for record in &rollup.first_unreadable {
        let line = format!("{}: {}", location(&record.source, record.record), terminal(&record.error));
        page.paragraph(2, (POOR, "✗"), 4, (PLAIN, &line));
    }
    let hidden = rollup.unreadable - rollup.first_unreadable.len() as u64;
    if hidden > 0 {
        text(page, 2, &format!("and {hidden} more"));
    }
}

/// What the head of the list of calls says: which of them it shows.
pub(super) fn worst_heading(shown: usize, of: u64) -> String {
    match shown {
        _ if shown as u64 == of => "Calls, the worst first".to_owned(),
        1 => format!("The worst of {of} calls"),
        _ => format!("The {shown} worst of {of} calls"),
    }
}
