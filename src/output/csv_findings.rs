//! `csv-findings`: one row a rule result, with the sentence that was judged.

use super::cells::{Row, header};
use super::{Output, OutputKind, Setup};
use crate::report::{Basis, CallReport};
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "csv-findings",
    extensions: &[],
    about: "one row a verdict, with quote and time: for pivot tables",
    rollup: false,
    worst: 0,
    make: |setup| Box::new(CsvFindings { setup }),
};

const COLUMNS: [&str; 17] = [
    "call", "agent", "rule", "section", "severity", "weight", "verdict", "basis", "why", "advice", "turn", "start_s",
    "quote", "source", "started", "queue", "customer",
];

struct CsvFindings {
    setup: Setup,
}

impl Output for CsvFindings {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        header(self.setup.csv_bom, COLUMNS.into_iter(), to)
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        let mut row = Row::new(to);
        for result in &report.judged.results {
            let head = &self.setup.rules[result.rule];
            let evidence = result.judged();
            row.text(&report.call.id);
            row.optional(report.call.agent.as_deref());
            row.text(&head.id);
            row.optional(head.section.as_deref());
            row.text(head.severity.as_str());
            row.integer(u64::from(head.weight));
            row.text(result.verdict.as_str());
            row.optional(result.basis.map(Basis::as_str));
            row.text(&result.why);
            row.optional(result.advice.as_deref());
            match evidence {
                Some(evidence) => row.integer(u64::from(evidence.turn)),
                None => row.text(""),
            }
            row.decimal(evidence.and_then(|e| e.start_s));
            row.optional(evidence.map(|e| report.quote(e)));
            row.text(report.source);
            row.optional(report.call.started.as_deref());
            row.optional(report.call.queue.as_deref());
            row.optional(report.call.customer.as_deref());
            row.end();
        }
    }
}
