//! `text`: what a supervisor reads at the terminal. What fell short comes first, with the quote, its time and what to
//! say instead; then what went well, with its quote; then, in a line each, what did not apply or could not be told.

mod groups;
mod lists;
mod phrases;
pub(super) mod reason;
mod script;
mod summary;

use self::phrases::{location, names_its_file};
use super::layout::{BOLD, FAIR, GOOD, PLAIN, POOR, Page};
use super::number::counted;
use super::{NEAR, Output, OutputKind, Setup, clock, tenths_text, terminal};
use crate::call::HowRoles;
use crate::report::rollup::RollUp;
use crate::report::{Band, CallReport, Evidence, Grade, RuleHead, RuleResult, Score, Severity, Verdict};
use anstyle::Style;
use std::fmt::Write as _;
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "text",
    extensions: &["txt"],
    about: "for people: verdicts with quotes, times and what to say instead",
    rollup: true,
    worst: super::WORST,
    in_lines: false,
    make: |setup| Box::new(Text { setup }),
};

/// Where bodies hang below the verdicts.
const HANG: usize = 10;
/// Lines of a screen that the heading of the calls, the last words, usual notes and the prompt take.
const BESIDE: usize = 13;
/// Quotes shown of one verdict, unless `-v` asks for all.
const QUOTES: usize = 3;
/// Characters shown of one quote, unless `-v` asks for all: raw speech may come without a single full stop.
const QUOTE_CHARS: usize = 400;

struct Text {
    setup: Setup,
}

impl Output for Text {
    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        if self.setup.verbosity < 0 {
            return;
        }
        let mut page = Page::new(to, self.setup.width, self.setup.color);
        if let Some(path) = report.script {
            script::write(self, report, path, &mut page);
        } else if self.setup.all {
            self.show(report, &mut page);
        }
    }

    fn separator(&self) -> &'static [u8] {
        // Findings of a check stand line by line, as compilers say them.
        if self.setup.check.is_some() { b"" } else { b"\n" }
    }

    fn end(&self, rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        let mut bytes = Vec::new();
        if let Some(check) = &self.setup.check {
            let mut page = Page::new(&mut bytes, self.setup.width, self.setup.color);
            if rollup.calls > 0 && self.setup.verbosity >= 0 && check.total() + check.better > 0 {
                page.blank();
            }
            script::end(self, check, rollup.unreadable, &mut page);
            return to.write_all(&bytes);
        }
        let mut page = Page::new(&mut bytes, self.setup.width, self.setup.color);
        let shows_calls = self.setup.verbosity >= 0 && !self.setup.summary;
        if shows_calls && self.setup.all && rollup.calls > 0 {
            page.blank();
        }
        // One call says everything itself.
        let single = self.setup.verbosity == 0 && shows_calls && rollup.calls == 1 && rollup.unreadable == 0;
        if !single {
            summary::write(&self.setup, rollup, &mut page);
            page.blank();
        }
        if shows_calls && !self.setup.all {
            self.worst(rollup, single, &mut page);
        }
        summary::fairness(&mut page);
        to.write_all(&bytes)
    }
}

impl Text {
    fn more(&self) -> bool {
        self.setup.verbosity > 0
    }

    fn rule(&self, result: &RuleResult) -> &RuleHead {
        &self.setup.rules[result.rule]
    }

    /// All that is said of a call.
    fn show(&self, report: &CallReport<'_>, page: &mut Page<'_>) {
        self.head(report, page);
        for verdict in [Verdict::Fail, Verdict::Pass] {
            for result in report.judged.results.iter().filter(|r| r.verdict == verdict) {
                self.entry(report, result, page);
            }
        }
        for verdict in [Verdict::NotApplicable, Verdict::NotScorable] {
            self.aside(report, verdict, page);
        }
        if self.more() {
            figures(report, page);
        }
    }

    /// The worst calls, whole. On a terminal that they do not fit: those to look at first, in a few lines each, as many as
    /// fit a screen.
    fn worst(&self, rollup: &RollUp, single: bool, page: &mut Page<'_>) {
        let mut calls = Vec::new();
        for worst in &rollup.worst {
            self.show(&worst.kept.report(), &mut Page::new(&mut calls, self.setup.width, self.setup.color));
            calls.push(b'\n');
        }
        let taken = memchr::memchr_iter(b'\n', &calls).count();
        let screen = self.setup.rows.map(|rows| rows.saturating_sub(BESIDE));
        let rest = if let Some(screen) = screen.filter(|screen| !single && taken > *screen) {
            if lists::look_at(&self.setup, rollup, screen, page) > 0 {
                page.blank();
            }
            "--all prints the calls whole".to_owned()
        } else {
            let shown = rollup.worst.len();
            if shown > 0 && !single {
                page.heading(&summary::worst_heading(shown, rollup.calls));
                page.blank();
            }
            page.lines(&calls);
            match rollup.calls - shown as u64 {
                0 => return,
                hidden => format!("{}: --all prints them here", counted(hidden, "more call", "more calls")),
            }
        };
        let rest = format!("{rest}, -o FILE writes them (heard formats lists the formats)");
        page.paragraph(0, (PLAIN, ""), 2, (PLAIN, &rest));
        page.blank();
    }

    fn head(&self, report: &CallReport<'_>, page: &mut Page<'_>) {
        let call = report.call;
        let mut left = terminal(if call.id.is_empty() { report.source } else { &call.id }).into_owned();
        for (what, name) in [("agent", &call.agent), ("customer", &call.customer)] {
            if let Some(name) = name {
                let _ = write!(left, " · {what} {}", terminal(name));
            }
        }
        if let Some(duration) = call.duration().filter(|d| d.is_finite()) {
            let _ = write!(left, " · {}", clock(duration));
        }
        let (style, score) = score(report.judged.score);
        page.both_ends((BOLD, &left), (style, &score));
        let mut below = Vec::new();
        if self.more() || !names_its_file(&call.id, report.source) {
            below.push(location(report.source, report.record));
        }
        match call.roles.how {
            HowRoles::Unknown if report.judged.results.iter().all(|r| r.reason != "language") => {
                below.push("nobody says who is the agent".to_owned());
            }
            HowRoles::Inferred => below.push(format!(
                "who is the agent is inferred from the words ({:.0} % sure)",
                call.roles.confidence * 100.0
            )),
            _ => {}
        }
        if !below.is_empty() {
            page.paragraph(2, (PLAIN, ""), 4, (PLAIN, &below.join(" · ")));
        }
    }

    /// A verdict that counts: what was required, why it holds or not, the quotes, what to say instead.
    fn entry(&self, report: &CallReport<'_>, result: &RuleResult, page: &mut Page<'_>) {
        let head = self.rule(result);
        let failed = result.verdict == Verdict::Fail;
        let mut notes = vec![terminal(&head.id).into_owned()];
        if failed || self.more() {
            notes.push(head.severity.as_str().to_owned());
        }
        if self.more() {
            notes.push(format!("weight {}", head.weight));
        }
        if result.grade == Some(Grade::Specific) {
            notes.push("specific to this caller".to_owned());
        }
        if result.near {
            notes.push(NEAR.to_owned());
        }
        let notes = notes.join(", ");
        let title = if head.title.is_empty() { notes } else { format!("{} ({notes})", terminal(&head.title)) };
        page.paragraph(2, mark(result.verdict, head.severity), HANG, (PLAIN, &title));

        let said = |text: &str, page: &mut Page<'_>| {
            page.paragraph(HANG, (PLAIN, ""), HANG, (PLAIN, text));
        };
        if failed || self.more() || result.evidence.is_empty() {
            said(&terminal(&result.why), page);
        }
        let shown = if self.more() { result.evidence.len() } else { QUOTES };
        for evidence in result.evidence.iter().take(shown) {
            page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &self.quote(report, evidence)));
        }
        if let Some(hidden) = result.evidence.len().checked_sub(shown).filter(|&n| n > 0) {
            said(&format!("and {hidden} more (-v shows all)"), page);
        }
        if let Some(advice) = result.advice.as_deref().filter(|advice| failed && !advice.is_empty()) {
            page.paragraph(HANG, (BOLD, "Say instead:"), HANG + 2, (PLAIN, &terminal(advice)));
        }
    }

    fn quote(&self, report: &CallReport<'_>, evidence: &Evidence) -> String {
        let mut line = String::new();
        if evidence.looked.is_some() {
            line.push_str("Said there: ");
        }
        match evidence.start_s.filter(|s| s.is_finite()) {
            Some(start) => {
                let turn = report.call.turns.get(evidence.turn as usize);
                // Inside a turn of which only the start is known.
                let guessed = turn.is_some_and(|t| t.end.is_none() && t.words.is_empty() && t.start != Some(start));
                let about = if guessed { "about " } else { "" };
                let _ = write!(line, "{about}{}", clock(start));
            }
            None => {
                let _ = write!(line, "turn {}", evidence.turn);
            }
        }
        let _ = write!(line, " {}", evidence.speaker);
        let turn = report.call.turns.get(evidence.turn as usize);
        let speaker = turn.and_then(|t| report.call.speakers.get(usize::from(t.speaker)));
        if let Some(name) = speaker.and_then(|s| s.name.as_deref()) {
            let _ = write!(line, " {}", terminal(name));
        }
        let quote = report.quote(evidence);
        let end = if self.more() { None } else { quote.char_indices().nth(QUOTE_CHARS) };
        match end {
            Some((end, _)) => {
                let _ = write!(line, ": \"{} …\"", terminal(quote[..end].trim_end()));
            }
            None => {
                let _ = write!(line, ": \"{}\"", terminal(quote));
            }
        }
        line
    }

    /// The rules of a verdict that leaves the score alone: in one paragraph, those with one reason together.
    fn aside(&self, report: &CallReport<'_>, verdict: Verdict, page: &mut Page<'_>) {
        let mut by_why: Vec<(&str, Vec<String>)> = Vec::new();
        for result in report.judged.results.iter().filter(|r| r.verdict == verdict) {
            let near = if result.near { format!(" ({NEAR})") } else { String::new() };
            let id = format!("{}{near}", self.rule(result).id);
            match by_why.iter_mut().find(|(why, _)| *why == result.why) {
                Some((_, ids)) => ids.push(id),
                None => by_why.push((&result.why, vec![id])),
            }
        }
        if by_why.is_empty() {
            return;
        }
        let part = |(why, ids): &(&str, Vec<String>)| {
            let ids = ids.iter().map(|id| terminal(id)).collect::<Vec<_>>().join(", ");
            if why.is_empty() { ids } else { format!("{ids}: {}", terminal(why)) }
        };
        let lead = mark(verdict, Severity::Note);
        if self.more() {
            page.paragraph(2, lead, HANG, (PLAIN, ""));
            for why in &by_why {
                page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &part(why)));
            }
        } else {
            let all = by_why.iter().map(part).collect::<Vec<_>>().join("; ");
            page.paragraph(2, lead, HANG, (PLAIN, &all));
        }
    }
}

/// Where the words after a verdict hang.
fn quotes_of(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Pass | Verdict::Fail => HANG,
        Verdict::NotApplicable | Verdict::NotScorable => HANG + 2,
    }
}

/// Symbol and word of a verdict; the colour only repeats them.
fn mark(verdict: Verdict, severity: Severity) -> (Style, &'static str) {
    match verdict {
        Verdict::Pass => (GOOD, "✓ pass"),
        Verdict::Fail if severity == Severity::Critical => (POOR.bold(), "✗ fail"),
        Verdict::Fail => (POOR, "✗ fail"),
        Verdict::NotApplicable => (PLAIN, "– not applicable:"),
        Verdict::NotScorable => (FAIR, "? not scorable:"),
    }
}

fn score(score: Option<Score>) -> (Style, String) {
    let Some(score) = score else {
        return (FAIR, "no score".to_owned());
    };
    let end = match score {
        Score { critical: true, .. } => ", a critical rule failed",
        Score { passed: true, .. } => ", passed",
        Score { .. } => ", below the pass mark",
    };
    let figure = tenths_text(u64::from(score.tenths));
    (band_style(score.band), format!("{figure} {}{end}", score.band.as_str()))
}

fn band_style(band: Band) -> Style {
    match band {
        Band::Good => GOOD,
        Band::Fair => FAIR,
        Band::Poor => POOR,
    }
}

fn figures(report: &CallReport<'_>, page: &mut Page<'_>) {
    let m = &report.judged.metrics;
    let all = [
        ("agent talks", m.agent_talk_share.map(|share| format!("{:.0} %", share * 100.0))),
        ("pace", m.agent_wpm.map(|wpm| format!("{wpm:.0} words a minute"))),
        ("median reply gap", m.median_reply_gap_s.map(|s| format!("{s:.1} s"))),
        ("overlap", m.overlap_s.map(|s| format!("{s:.1} s"))),
        ("silence", m.silence_s.map(|s| format!("{s:.1} s"))),
        ("hold", m.hold_s.map(|s| format!("{s:.1} s"))),
    ];
    let known: Vec<String> =
        all.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name} {value}"))).collect();
    if !known.is_empty() {
        page.paragraph(2, (PLAIN, "figures:"), HANG, (PLAIN, &known.join(", ")));
    }
}
