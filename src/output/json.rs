//! `json`: one document, `heard.report/1`, streamed: the calls first, the roll-up after them.

mod figures;
mod groups;

use super::{Output, OutputKind, Setup, record, wire};
use crate::report::rollup::RollUp;
use crate::report::{CallReport, Unreadable};
use figures::Writer;
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "json",
    extensions: &["json"],
    about: "one JSON document with every call and the roll-up: for programs",
    rollup: true,
    worst: 0,
    make: |setup| Box::new(Json { setup }),
};

struct Json {
    setup: Setup,
}

impl Output for Json {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(b"{\"schema\":\"heard.report/1\",\"calls\":[\n")
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        record::call(report, &self.setup, to);
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        record::unreadable(record, to);
    }

    fn separator(&self) -> &'static [u8] {
        b",\n"
    }

    fn end(&self, rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        let mut bytes = b"\n],\"rollup\":".to_vec();
        wire::json(&Writer { setup: &self.setup }.figures(rollup, &rollup.praise()), &mut bytes);
        bytes.extend_from_slice(b"}\n");
        to.write_all(&bytes)
    }
}
