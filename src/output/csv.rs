//! `csv`: one row a call, a column a rule.

use super::cells::{Row, header};
use super::{Output, OutputKind, Setup};
use crate::report::{CallReport, Verdict};
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "csv",
    extensions: &["csv"],
    about: "one row a call, one column a rule: for spreadsheets",
    rollup: false,
    worst: 0,
    make: |setup| Box::new(Csv { setup }),
};

const COLUMNS: [&str; 11] =
    ["call", "source", "agent", "customer", "queue", "started", "duration_s", "turns", "score", "band", "passed"];

struct Csv {
    setup: Setup,
}

impl Output for Csv {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        let rules = self.setup.rules.iter().map(|rule| rule.id.as_str());
        header(self.setup.csv_bom, COLUMNS.into_iter().chain(rules), to)
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        let call = report.call;
        let score = report.judged.score;
        let mut row = Row::new(to);
        row.text(&call.id);
        row.text(report.source);
        row.optional(call.agent.as_deref());
        row.optional(call.customer.as_deref());
        row.optional(call.queue.as_deref());
        row.optional(call.started.as_deref());
        row.decimal(call.duration());
        row.integer(report.turns());
        row.tenths(score.map(|s| s.tenths));
        row.optional(score.map(|s| s.band.as_str()));
        row.optional(score.map(|s| if s.passed { "true" } else { "false" }));
        // Results come in report order, one a rule; a rule without one still has its column.
        let mut results = report.judged.results.iter().peekable();
        for rule in 0..self.setup.rules.len() {
            row.optional(results.next_if(|r| r.rule == rule).map(|r| Verdict::as_str(r.verdict)));
        }
        row.end();
    }
}
