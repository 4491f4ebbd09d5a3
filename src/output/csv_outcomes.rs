//! `csv-outcomes`: one row an outcome and rule: what came of the calls that passed and of those that failed.

use super::cells::{Row, header};
use super::{Output, OutputKind, Setup};
use crate::report::CallReport;
use crate::report::rollup::RollUp;
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "csv-outcomes",
    extensions: &[],
    about: "one row an outcome of --outcome and a rule: what came of calls that passed and failed",
    rollup: true,
    worst: 0,
    in_lines: false,
    make: |setup| Box::new(CsvOutcomes { setup }),
};

const COLUMNS: [&str; 11] = [
    "outcome", "rule", "measure", "n_passed", "when_passed", "n_failed", "when_failed", "difference", "low", "high",
    "may_be_chance",
];

struct CsvOutcomes {
    setup: Setup,
}

impl Output for CsvOutcomes {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        header(self.setup.csv_bom, COLUMNS.into_iter(), to)
    }

    fn call(&self, _report: &CallReport<'_>, _to: &mut Vec<u8>) {}

    /// Shares are from 0 to 1, and so are their differences; `low` and `high` bound the difference with 95 %.
    fn end(&self, rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        let mut bytes = Vec::new();
        let mut row = Row::new(&mut bytes);
        for outcome in &rollup.outcomes {
            for against in outcome.against() {
                row.text(&outcome.column);
                row.text(&self.setup.rules[against.rule].id);
                row.text(if outcome.is_share() { "share" } else { "mean" });
                for sum in [&against.passed, &against.failed] {
                    row.integer(sum.n);
                    row.decimal(sum.mean());
                }
                row.decimal(Some(against.difference.value));
                row.decimal(against.difference.interval.map(|i| i.0));
                row.decimal(against.difference.interval.map(|i| i.1));
                row.text(if against.difference.may_be_chance() { "true" } else { "false" });
                row.end();
            }
        }
        drop(row);
        to.write_all(&bytes)
    }
}
