//! The end of the text report: how many calls, how each rule went, where to look first, whom to praise.

use super::lists;
use super::mark;
use super::phrases::{id, location, text};
use super::reason::words;
use crate::output::layout::{BOLD, PLAIN, POOR, Page};
use crate::output::number::counted;
use crate::output::{Setup, tenths_text, terminal};
use crate::report::rollup::{RollUp, RuleTally};
use crate::report::{Band, Severity, Verdict};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// Agents listed unless `-v` asks for all; the json output has them all anyway.
const AGENTS: usize = 40;

/// Said at the end of every report.
const FAIRNESS: &str = "heard judges words, not feelings: a verdict says what was found in the transcript and where, not what anybody felt.";

pub(super) fn write(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    // One call has said everything above.
    let single = setup.verbosity == 0 && rollup.calls == 1 && rollup.unreadable == 0;
    if rollup.calls > 0 && setup.verbosity >= 0 {
        page.blank();
    }
    if !single {
        totals(rollup, page);
        if rollup.calls > 0 {
            rules(setup, rollup, page);
            lists::look_at(setup, rollup, page);
            lists::praise(setup, rollup, page);
            agents(setup, rollup, page);
        }
        unreadable(rollup, page);
        page.blank();
    }
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

fn rules(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    const TITLES: [&str; 4] = ["passed", "failed", "did not apply", "not scorable"];
    const INDENT: usize = 2;
    let ids: Vec<_> = setup.rules.iter().map(|rule| terminal(&rule.id)).collect();
    if ids.is_empty() {
        return;
    }
    page.blank();
    let first = ids.iter().map(|id| id.width()).max().unwrap_or(0).max("rule".len());
    let fits = INDENT + first + TITLES.iter().map(|title| title.len() + 2).sum::<usize>() <= page.width();
    let row = |name: &str, cells: [String; 4]| {
        let mut row = format!("{name}{}", " ".repeat(first - name.width()));
        for (cell, title) in cells.iter().zip(TITLES) {
            let _ = write!(row, "  {cell:>width$}", width = title.len());
        }
        row
    };
    if fits {
        page.paragraph(0, (BOLD, &format!("  {}", row("rule", TITLES.map(str::to_owned)))), 0, (PLAIN, ""));
    } else {
        page.heading("Rules");
    }
    for (id, tally) in ids.iter().zip(&rollup.rules) {
        let counts = Verdict::ALL.map(|verdict| tally.count(verdict));
        if fits {
            page.paragraph(INDENT, (PLAIN, &row(id, counts.map(|n| n.to_string()))), 0, (PLAIN, ""));
        } else {
            let all: Vec<String> = counts.iter().zip(TITLES).map(|(n, title)| format!("{n} {title}")).collect();
            page.paragraph(INDENT, (PLAIN, ""), INDENT + 4, (PLAIN, &format!("{id}: {}", all.join(", "))));
        }
        // One reason to fail is what the rule's name says; several are worth telling apart.
        let failed = tally.reasons(Verdict::Fail);
        if failed.len() > 1 || setup.verbosity > 0 {
            reasons("failed:", tally, Verdict::Fail, page);
        }
        reasons("not scorable:", tally, Verdict::NotScorable, page);
    }
}

fn reasons(lead: &str, tally: &RuleTally, verdict: Verdict, page: &mut Page<'_>) {
    let reasons = tally.reasons(verdict);
    if !reasons.is_empty() {
        let all: Vec<String> =
            reasons.iter().map(|(code, n)| format!("{} ({})", words(code), counted(*n, "call", "calls"))).collect();
        page.paragraph(6, (PLAIN, lead), 8, (PLAIN, &all.join("; ")));
    }
}

fn agents(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    let count = rollup.agents.by_name().len();
    if count < 2 {
        return;
    }
    page.blank();
    page.heading("Agents, by name");
    let shown = if setup.verbosity > 0 { count } else { AGENTS };
    for (name, figures) in rollup.agents.by_name().take(shown) {
        let mut line = format!("{}: {}", terminal(name), counted(figures.figures.calls, "call", "calls"));
        match figures.figures.mean_tenths() {
            Some(mean) => {
                let _ = write!(line, ", mean score {}", tenths_text(mean));
            }
            None => line.push_str(", no score"),
        }
        if let Some(rule) = rollup.weakest(&figures) {
            let _ = write!(line, ", most to win with {}", id(setup, rule));
        }
        text(page, 2, &line);
    }
    let hidden = count.saturating_sub(shown);
    if hidden > 0 {
        text(page, 2, &format!("and {} (-v shows them)", counted(hidden as u64, "more agent", "more agents")));
    }
    if rollup.agents.others.figures.calls > 0 {
        let calls = counted(rollup.agents.others.figures.calls, "call", "calls");
        text(page, 2, &format!("and {calls} of agents too many to list"));
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
