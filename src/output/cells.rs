//! Rows of CSV, RFC 4180, that open in a spreadsheet and do nothing there.

use super::{escape, number};
use std::io::{self, Write};

/// One row in the making: text from outside is made harmless, numbers of ours stay numbers.
pub struct Row<'a> {
    writer: ::csv::Writer<&'a mut Vec<u8>>,
    scratch: Vec<u8>,
}

impl<'a> Row<'a> {
    /// A row at the end of these bytes.
    pub fn new(to: &'a mut Vec<u8>) -> Self {
        let writer = ::csv::WriterBuilder::new()
            .terminator(::csv::Terminator::CRLF)
            // A buffer for a row, not the crate's for a file: one is made for every call.
            .buffer_capacity(1024)
            .from_writer(to);
        Row { writer, scratch: Vec::new() }
    }

    fn field(&mut self, field: &[u8]) {
        // Writing to memory cannot fail, and a row alone has no other to differ from in length.
        let _ = self.writer.write_field(field);
    }

    /// A text, whoever wrote it.
    pub fn text(&mut self, text: &str) {
        let safe = escape::cell(text);
        self.field(safe.as_bytes());
    }

    /// A text, or an empty cell.
    pub fn optional(&mut self, text: Option<&str>) {
        self.text(text.unwrap_or(""));
    }

    /// A whole number.
    pub fn integer(&mut self, value: u64) {
        self.number(|to| number::integer(value, to));
    }

    /// A number with up to three decimals, or an empty cell.
    pub fn decimal(&mut self, value: Option<f64>) {
        match value.filter(|v| v.is_finite()) {
            Some(value) => self.number(|to| number::decimal(value, to)),
            None => self.field(b""),
        }
    }

    /// A score in tenths, or an empty cell.
    pub fn tenths(&mut self, value: Option<u32>) {
        match value {
            Some(value) => self.number(|to| number::tenths(u64::from(value), to)),
            None => self.field(b""),
        }
    }

    fn number(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        write(&mut scratch);
        self.field(&scratch);
        self.scratch = scratch;
    }

    /// Ends the row; another may follow.
    pub fn end(&mut self) {
        let _ = self.writer.write_record(None::<&[u8]>);
    }
}

/// Writes the first row, after a byte order mark if one is wanted.
pub fn header<'a>(bom: bool, columns: impl Iterator<Item = &'a str>, to: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    if bom {
        bytes.extend_from_slice("\u{feff}".as_bytes());
    }
    let mut row = Row::new(&mut bytes);
    columns.for_each(|column| row.text(column));
    row.end();
    drop(row);
    to.write_all(&bytes)
}
