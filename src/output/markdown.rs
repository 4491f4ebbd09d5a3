//! `markdown`: praise and what fell short, for a coaching note, a comment on a pull request, a wiki.

mod lists;
mod rollup;

use super::finding::{self, Finding, findings};
use super::number::counted;
use super::{NEAR, Output, OutputKind, Setup, escape};
use crate::report::rollup::RollUp;
use crate::report::script::{CheckSummary, Standing};
use crate::report::{CallReport, Severity, Unreadable};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "markdown",
    extensions: &["md"],
    about: "praise and what fell short in Markdown: a coaching note, a comment on a pull request",
    rollup: true,
    worst: super::WORST,
    make: |setup| Box::new(Markdown { setup }),
};

struct Markdown {
    setup: Setup,
}

impl Output for Markdown {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        let what = match &self.setup.check {
            Some(summary) => headline(summary),
            None => "what fell short".to_owned(),
        };
        write!(to, "## heard: {}\n\n", escape::markdown(&what))
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        let mut text = String::new();
        if self.setup.check.is_none() && !self.setup.all {
            return;
        }
        for found in findings(report, &self.setup.rules).filter(Finding::is_open) {
            entry(&found, report, &mut text);
        }
        if let Some(script) = report.script {
            let better = report.judged.results.iter().zip(&script.notes);
            for (result, _) in better.filter(|(_, n)| n.standing == Standing::Better && !n.repeated) {
                let id = self.setup.rules.get(result.rule).map_or("", |h| h.id.as_str());
                let file = escape::markdown(finding::file(report.source));
                let why = escape::markdown(&result.why);
                let _ = writeln!(text, "- **better** `{id}` in {file}: {why}");
            }
        }
        to.extend_from_slice(text.as_bytes());
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        if self.setup.check.is_none() && !self.setup.all {
            return;
        }
        let line = format!(
            "- **not read** {}: {}\n",
            escape::markdown(finding::file(&record.source)),
            escape::markdown(&record.error)
        );
        to.extend_from_slice(line.as_bytes());
    }

    fn end(&self, rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        // Below a list that was written before, if there was one.
        let mut text = if self.setup.check.is_some() || self.setup.all { "\n" } else { "" }.to_owned();
        if let Some(summary) = &self.setup.check {
            for entry in &summary.outdated {
                let entry = escape::markdown(entry);
                let _ = writeln!(text, "- no longer applies, take it out of the baseline: {entry}");
            }
            let _ = writeln!(text, "{}", counts(summary));
        } else {
            rollup::write(&self.setup, rollup, &mut text);
        }
        let _ = writeln!(text, "\nheard judges words, not feelings.");
        to.write_all(text.as_bytes())
    }
}

fn entry(found: &Finding<'_>, report: &CallReport<'_>, text: &mut String) {
    let place = match found.place {
        Some(place) => format!("{}:{}", found.file(), place.line),
        None if report.source == "-" => report.call.id.clone(),
        None => found.file().to_owned(),
    };
    let near = if found.result.near { format!(" ({NEAR})") } else { String::new() };
    let _ = writeln!(
        text,
        "- **{}** `{}`{} at {}: {}",
        found.head.severity.as_str(),
        found.head.id,
        near,
        escape::markdown(&place),
        escape::markdown(&found.result.why)
    );
    let path = found.path();
    if !path.is_empty() {
        let _ = writeln!(text, "  - path: {}", escape::markdown(&path));
    }
    if let Some(quote) = found.quote.as_deref().filter(|q| !q.is_empty()) {
        let quote = escape::markdown(&finding::cut(quote)).into_owned();
        let lead = if found.absence { "said there" } else { "quote" };
        let _ = writeln!(text, "  - {lead}: “{quote}”");
    }
    if let Some(advice) = found.result.advice.as_deref().filter(|a| !a.is_empty()) {
        let lead = found.lead().to_lowercase();
        let _ = writeln!(text, "  - {lead}: {}", escape::markdown(advice));
    }
}

/// What a check came to, in a few words.
pub(super) fn headline(summary: &CheckSummary) -> String {
    let total = summary.total();
    let findings = match (total, summary.against.is_some()) {
        (0, false) => "nothing fell short".to_owned(),
        (0, true) => "nothing got worse".to_owned(),
        (1, false) => "1 finding".to_owned(),
        (n, false) => format!("{n} findings"),
        (n, true) => format!("{n} got worse"),
    };
    let by: Vec<String> = Severity::ALL
        .iter()
        .rev()
        .zip(summary.findings.iter().rev())
        .filter(|(_, n)| **n > 0)
        .map(|(severity, n)| format!("{n} {}", severity.as_str()))
        .collect();
    if by.is_empty() { findings } else { format!("{findings} ({})", by.join(", ")) }
}

/// How much was looked at, and what does not count.
pub(super) fn counts(summary: &CheckSummary) -> String {
    let scripts = counted(summary.scripts as u64, "script", "scripts");
    let mut text = format!("{scripts}, {}", counted(summary.paths as u64, "path", "paths"));
    if let Some(against) = &summary.against {
        let _ = write!(text, ", compared with {against}; {} better", summary.better);
    }
    if summary.known > 0 {
        let _ = write!(text, "; {} known by the baseline", summary.known);
    }
    if summary.allowed > 0 {
        let _ = write!(text, "; {} allowed by a comment", summary.allowed);
    }
    text.push('.');
    text
}
