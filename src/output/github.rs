//! `github`: workflow commands, which GitHub Actions shows as annotations beside the lines of a pull request.

use super::finding::{self, Finding, findings};
use super::{Output, OutputKind, Setup, escape};
use crate::report::{CallReport, Severity, Unreadable};
use std::fmt::Write as _;

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "github",
    extensions: &[],
    about: "annotations of a GitHub Actions run: what fell short, at its line",
    rollup: false,
    worst: 0,
    make: |setup| Box::new(GitHub { setup }),
};

struct GitHub {
    setup: Setup,
}

impl Output for GitHub {
    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        for finding in findings(report, &self.setup.rules).filter(Finding::is_open) {
            let mut line = format!("::{} ", command(finding.head.severity));
            if report.source != "-" {
                let _ = write!(line, "file={},", escape::github(finding.file(), true));
            }
            if let Some(place) = finding.place {
                let _ = write!(line, "line={},endLine={},", place.line, place.end_line);
                // Columns only hold within one line.
                if place.line == place.end_line {
                    let _ = write!(line, "col={},endColumn={},", place.column, place.end_column);
                }
            }
            let title = format!("heard {}: {}", finding.head.id, finding.head.title);
            let message = finding.message();
            let _ = writeln!(line, "title={}::{}", escape::github(&title, true), escape::github(&message, false));
            to.extend_from_slice(line.as_bytes());
        }
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        let mut line = "::error ".to_owned();
        if record.source != "-" {
            let file = escape::github(finding::file(&record.source), true);
            let _ = write!(line, "file={file},");
        }
        let error = escape::github(&record.error, false);
        let _ = writeln!(line, "title=heard could not read this::{error}");
        to.extend_from_slice(line.as_bytes());
    }
}

fn command(severity: Severity) -> &'static str {
    match finding::level(severity) {
        "note" => "notice",
        level => level,
    }
}
