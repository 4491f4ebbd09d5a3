//! `junit`: test results as CI servers read them, a suite a call or path, a test a rule.

use super::finding::{ALLOWED, file, findings};
use super::{Output, OutputKind, Setup, escape};
use crate::report::rollup::RollUp;
use crate::report::script::Standing;
use crate::report::{CallReport, Unreadable, Verdict};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "junit",
    extensions: &["xml"],
    about: "JUnit XML: a suite a call, a test a rule, for the test tab of a CI server",
    rollup: false,
    worst: 0,
    make: |setup| Box::new(JUnit { setup }),
};

struct JUnit {
    setup: Setup,
}

impl Output for JUnit {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"heard\">\n")
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        let (mut cases, mut failures, mut skipped) = (String::new(), 0, 0);
        // Each path has its own suite, so what an earlier one said is said again.
        let class = class(report);
        for (k, result) in report.judged.results.iter().enumerate() {
            let Some(head) = self.setup.rules.get(result.rule) else {
                continue;
            };
            let known = report.script.and_then(|s| s.notes.get(k)).is_some_and(|n| n.standing == Standing::Known);
            let name = if head.title.is_empty() { head.id.clone() } else { format!("{}: {}", head.id, head.title) };
            let _ =
                write!(cases, "    <testcase classname=\"{}\" name=\"{}\"", escape::xml(&class), escape::xml(&name));
            match result.verdict {
                Verdict::Pass => cases.push_str("/>\n"),
                Verdict::Fail if !known => {
                    failures += 1;
                    let _ = writeln!(
                        cases,
                        ">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
                        head.severity.as_str(),
                        escape::xml(&result.why),
                        escape::xml(&self.details(report, k))
                    );
                }
                Verdict::Fail | Verdict::NotApplicable | Verdict::NotScorable => {
                    skipped += 1;
                    let how = match result.verdict {
                        Verdict::Fail => "known by the baseline",
                        _ if result.reason == ALLOWED => "allowed in the script",
                        verdict => verdict.as_str(),
                    };
                    let message = format!("{how}: {}", result.why);
                    let _ =
                        writeln!(cases, ">\n      <skipped message=\"{}\"/>\n    </testcase>", escape::xml(&message));
                }
            }
        }
        let suite = format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n{cases}  </testsuite>\n",
            escape::xml(&suite(report)),
            report.judged.results.len(),
        );
        to.extend_from_slice(suite.as_bytes());
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        let source = escape::xml(file(&record.source)).into_owned();
        let suite = format!(
            "  <testsuite name=\"{source}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n    <testcase classname=\"{source}\" name=\"record {} can be read\">\n      <error type=\"unreadable\" message=\"{}\"/>\n    </testcase>\n  </testsuite>\n",
            record.record,
            escape::xml(&record.error)
        );
        to.extend_from_slice(suite.as_bytes());
    }

    fn end(&self, _rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(b"</testsuites>\n")
    }
}

impl JUnit {
    /// The quotes of a failure, each with its place.
    fn details(&self, report: &CallReport<'_>, k: usize) -> String {
        let result = &report.judged.results[k];
        let mut text = String::new();
        for evidence in &result.evidence {
            let place = report.place(evidence).map(|p| format!("{}:{}:{}: ", file(report.source), p.line, p.column));
            let time = || evidence.start_s.map(|s| format!("{}: ", super::clock(s)));
            let there = place.or_else(time).unwrap_or_default();
            let _ = writeln!(text, "{there}\"{}\"", report.quote(evidence));
        }
        if let Some(found) = findings(report, &self.setup.rules)
            .find(|f| std::ptr::eq(f.result, result))
            .filter(|f| f.note.is_some_and(|n| n.on_page.is_some()))
            && let Some(place) = found.place
        {
            let quote = found.quote.unwrap_or_default();
            let _ = writeln!(text, "{}:{}:{}: {quote}", file(report.source), place.line, place.column);
        }
        if let Some(advice) = &result.advice {
            let _ = writeln!(text, "Say instead: {advice}");
        }
        text
    }
}

fn suite(report: &CallReport<'_>) -> String {
    match report.script {
        Some(script) if script.name.is_empty() => file(report.source).to_owned(),
        Some(script) => format!("{}: {}", file(report.source), script.name),
        None => report.call.id.clone(),
    }
}

fn class(report: &CallReport<'_>) -> String {
    if report.source == "-" { report.call.id.clone() } else { suite(report) }
}
