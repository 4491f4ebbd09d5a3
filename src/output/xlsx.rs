//! `xlsx`: a workbook for spreadsheets: rules, agents, calls, findings, and what else was asked for.
//!
//! A workbook is no stream: workers write calls as lines of JSON, the writer puts them into the sheets of calls and
//! findings, row by row, and the other sheets follow at the end. Rows go to temporary files as they come, so that memory
//! does not grow with them but for one link a finding, up to as many as a sheet may have. The same calls make the same
//! bytes: the workbook says that it was made on a fixed day.

mod book;
mod rows;
mod sheets;

use super::{Output, OutputKind, Setup, wire};
use crate::report::CallReport;
use crate::report::rollup::RollUp;
use book::Book;
use rows::CallRow;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "xlsx",
    extensions: &["xlsx"],
    about: "a workbook: rules, agents, calls, findings: for Excel and LibreOffice",
    rollup: true,
    worst: 0,
    make: |setup| Box::new(Xlsx { setup, book: Mutex::new(None) }),
};

struct Xlsx {
    setup: Setup,
    /// None before the first call.
    book: Mutex<Option<Book>>,
}

impl Xlsx {
    fn book(&self) -> MutexGuard<'_, Option<Book>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Output for Xlsx {
    fn begin(&self, _to: &mut dyn Write) -> io::Result<()> {
        *self.book() = Some(Book::new(&self.setup)?);
        Ok(())
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        wire::json(&CallRow::of(report, &self.setup.rules), to);
        to.push(b'\n');
    }

    fn write(&self, bytes: &[u8], _to: &mut dyn Write) -> io::Result<()> {
        let mut book = self.book();
        let book = book.as_mut().ok_or_else(|| io::Error::other("the workbook was not begun"))?;
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            book.call(&serde_json::from_slice(line)?)?;
        }
        Ok(())
    }

    fn end(&self, rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        let book = self.book().take().ok_or_else(|| io::Error::other("the workbook was not begun"))?;
        book.finish(&self.setup, rollup, to)
    }
}
