//! Rows of cells from documents and spreadsheets, handed to the reader of tables.

use std::borrow::Cow;

use crate::call::Call;
use crate::input::documents::budget::Budget;
use crate::input::formats::csv_table::CsvTable;
use crate::input::limits::{MAX_RECORD_BYTES, too_long};
use crate::input::table;
use crate::input::text::times::Stamp;
use crate::input::{Format, Framing, Head, ReadError, Record};

/// Seconds of a cell such as `0:00:05.3`, on the recording's clock.
pub fn clock(cell: &str) -> Option<f64> {
    match Stamp::parse(cell) {
        Some(Stamp::Clock { seconds, .. }) => Some(seconds),
        _ => None,
    }
}

/// Reads rows, the first of them a header, as a table. Rows without words are passed over, as in any spreadsheet.
pub fn read<'c>(
    rows: impl Iterator<Item = Vec<Cow<'c, str>>>,
    call: &mut Call,
    each: &mut dyn FnMut(&mut Call),
) -> Result<(), ReadError> {
    let bytes = written(rows).map_err(|why| ReadError(format!("its rows cannot be read: {why}")))?;
    let head = Head::new(&bytes, true, "");
    let whole = CsvTable.framing(&head) != Framing::Rows;
    // As with a long CSV file: calls come one after the other rather than all at once.
    let column = (bytes.len() > MAX_RECORD_BYTES).then(|| CsvTable.grouped_by(&head)).flatten();
    if whole && column.is_none() {
        return CsvTable.parse(&record(&bytes, None), call, each);
    }
    let end = table::row_end(&bytes, b',').unwrap_or(bytes.len());
    let (header, mut rest) = bytes.split_at(end);
    let mut number = 1;
    let mut one = |rows: &[u8], number: usize| {
        call.clear();
        let read = if rows.len() > MAX_RECORD_BYTES {
            Err(ReadError(too_long(MAX_RECORD_BYTES)))
        } else {
            CsvTable.parse(&record(rows, Some(header)), call, each)
        };
        if let Err(ReadError(why)) = read {
            call.clear();
            call.unread = Some(format!("row {number}: {why}"));
            each(call);
        }
    };
    if let Some(column) = column {
        for group in table::groups(rest, b',', column, true) {
            one(group, number + 1);
            number += memchr::memchr_iter(b'\n', group).count();
        }
        return Ok(());
    }
    while !rest.is_empty() {
        let (row, after) = rest.split_at(table::row_end(rest, b',').unwrap_or(rest.len()));
        (rest, number) = (after, number + 1);
        one(row, number);
    }
    Ok(())
}

/// The rows as CSV, all of the width of the widest row so far.
fn written<'c>(rows: impl Iterator<Item = Vec<Cow<'c, str>>>) -> Result<Vec<u8>, String> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let (mut width, budget) = (0, Budget::default());
    for row in rows.filter(|row| row.iter().any(|c| !c.trim().is_empty())) {
        width = width.max(row.len());
        budget.text(row.iter().map(|cell| cell.len()).sum::<usize>() + width)?;
        let padded = row.iter().map(Cow::as_ref).chain(std::iter::repeat("")).take(width);
        writer.write_record(padded).map_err(|e| e.to_string())?;
    }
    writer.into_inner().map_err(|e| e.to_string())
}

fn record<'a>(bytes: &'a [u8], header: Option<&'a [u8]>) -> Record<'a> {
    Record { bytes, header }
}
