//! `jsonl`: one line a record, in input order; what could not be read is a line as well.

use super::record::{self, RecordWriter};
use super::{Output, OutputKind, Setup};
use crate::report::{CallReport, Unreadable};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "one JSON object a line, one line a call: for pipes, clusters and notebooks",
    make: |setup| Box::new(JsonLines::new(&setup)),
};

struct JsonLines {
    writer: RecordWriter,
}

impl JsonLines {
    fn new(setup: &Setup) -> Self {
        JsonLines { writer: RecordWriter::new(setup) }
    }
}

impl Output for JsonLines {
    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        self.writer.call(report, to);
        to.push(b'\n');
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        record::unreadable(record, to);
        to.push(b'\n');
    }
}
