//! `html`: one file that opens in a browser, from a disk or a mail, and asks nothing of any network.
//!
//! The page is streamed: first a line of data a call, then the calls that are shown whole, then what stands around them.
//! Only the calls that are shown whole are held until the end, at most `--html-calls` of them.

mod data;
mod figures;
mod kept;
mod page;
mod summary;

use super::{Output, OutputKind, Setup};
use crate::report::rollup::RollUp;
use crate::report::{CallReport, Unreadable};
use kept::Kept;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "html",
    extensions: &["html", "htm"],
    about: "one page for a browser: figures, every call drawn, verdicts to agree with or dispute",
    rollup: true,
    worst: 0,
    in_lines: false,
    make: |setup| {
        let kept = Mutex::new(Kept::new(setup.html_calls));
        Box::new(Html { setup, kept })
    },
};

struct Html {
    setup: Setup,
    /// Only the writer of outputs looks in here.
    kept: Mutex<Kept>,
}

impl Html {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Output for Html {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(page::head(&self.setup).as_bytes())
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        data::call(report, &self.setup, to);
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        data::unreadable(record, to);
    }

    fn draws(&self) -> bool {
        true
    }

    fn write(&self, bytes: &[u8], to: &mut dyn Write) -> io::Result<()> {
        self.kept().take(bytes, to)
    }

    fn end(&self, rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        let mut kept = self.kept();
        to.write_all(page::AFTER_ROWS.as_bytes())?;
        let shown = kept.finish(to)?;
        to.write_all(page::foot(&self.setup, rollup, &shown).as_bytes())
    }
}
