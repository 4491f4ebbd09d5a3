//! The rest of a record that is too long: thrown away as it comes, up to where the next record begins.

use crate::input::Framing;
use crate::input::framing::buffer::Buffer;
use crate::input::table;
use crate::input::table::pieces::RowEnd;

/// What is being thrown away.
#[derive(Debug)]
pub(super) enum TooLong {
    /// A line.
    Line,
    /// A row of a table.
    Row(RowEnd),
    /// Neighbouring rows with the same cell in a column, and the row of them that is too long by itself, if there is one.
    Group { column: usize, key: Vec<u8>, row: Option<RowEnd> },
    /// All that is left of the input.
    Rest,
}

impl TooLong {
    /// Begins to throw away the record that the bytes begin with.
    pub(super) fn of(framing: Framing, bytes: &[u8], delimiter: u8) -> TooLong {
        match framing {
            Framing::Lines => TooLong::Line,
            Framing::Rows => TooLong::Row(RowEnd::default()),
            Framing::Groups(column) => {
                let first = table::row_end(bytes, delimiter).unwrap_or(bytes.len());
                let key = table::cell(&bytes[..first], delimiter, column).to_vec();
                TooLong::Group { column, key, row: None }
            }
            Framing::Whole => TooLong::Rest,
        }
    }

    /// Throws away what belongs to the record. True if what is left begins another one; `whole` if nothing follows.
    pub(super) fn ends(&mut self, buf: &mut Buffer, delimiter: u8, limit: usize, whole: bool) -> bool {
        let end = match self {
            TooLong::Line => memchr::memchr(b'\n', buf).map(|end| end + 1),
            TooLong::Row(row) => row.find(buf, delimiter),
            TooLong::Rest => None,
            TooLong::Group { column, key, row } => return group(*column, key, row, buf, delimiter, limit, whole),
        };
        match end {
            Some(end) => buf.drop_front(end),
            None => buf.clear(),
        }
        end.is_some()
    }
}

fn group(
    column: usize,
    key: &[u8],
    too_long: &mut Option<RowEnd>,
    buf: &mut Buffer,
    delimiter: u8,
    limit: usize,
    whole: bool,
) -> bool {
    if let Some(row) = too_long {
        let Some(end) = row.find(buf, delimiter) else {
            buf.clear();
            return false;
        };
        buf.drop_front(end);
        *too_long = None;
    }
    let mut at = 0;
    loop {
        let rest = &buf[at..];
        let end = table::row_end(rest, delimiter);
        // A row that is not whole yet tells its key all the same, if it is so long that it will never be held whole.
        let row = &rest[..end.unwrap_or(rest.len())];
        if end.is_none() && !whole && row.len() <= limit {
            buf.drop_front(at);
            return false;
        }
        if row.trim_ascii().is_empty() {
            if end.is_none() {
                buf.clear();
                return false;
            }
        } else if table::cell(row, delimiter, column) != key {
            buf.drop_front(at);
            return true;
        }
        let Some(end) = end else {
            let mut rest = RowEnd::default();
            let _ = rest.find(row, delimiter);
            *too_long = Some(rest);
            buf.clear();
            return false;
        };
        at += end;
    }
}
