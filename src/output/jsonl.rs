//! `jsonl`: one line a record, in input order; what could not be read is a line as well.

use super::{Output, OutputKind, Setup, record};
use crate::report::{CallReport, Unreadable};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "one JSON object a line, one line a call: for pipes, clusters and notebooks",
    rollup: false,
    worst: 0,
    make: |setup| Box::new(JsonLines { setup }),
};

struct JsonLines {
    setup: Setup,
}

impl Output for JsonLines {
    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        record::call(report, &self.setup, to);
        to.push(b'\n');
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        record::unreadable(record, to);
        to.push(b'\n');
    }
}
