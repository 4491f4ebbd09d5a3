//! Rows of cells from documents and spreadsheets, handed to the reader of tables.

use crate::call::Call;
use crate::input::formats::csv_table::CsvTable;
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
pub fn read(rows: &[Vec<String>], call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows.iter().filter(|row| row.iter().any(|c| !c.trim().is_empty())) {
        let padded = row.iter().map(String::as_str).chain(std::iter::repeat("")).take(width);
        writer.write_record(padded).map_err(|e| ReadError(format!("its rows cannot be read: {e}")))?;
    }
    let bytes = writer.into_inner().map_err(|e| ReadError(format!("its rows cannot be read: {e}")))?;
    let head = Head::new(&bytes, true, "");
    if CsvTable.framing(&head) != Framing::Rows {
        return CsvTable.parse(&record(&bytes, None), call, each);
    }
    let end = table::row_end(&bytes, b',').unwrap_or(bytes.len());
    let (header, mut rest) = bytes.split_at(end);
    let mut number = 1;
    while !rest.is_empty() {
        let (row, after) = rest.split_at(table::row_end(rest, b',').unwrap_or(rest.len()));
        (rest, number) = (after, number + 1);
        call.clear();
        if let Err(ReadError(why)) = CsvTable.parse(&record(row, Some(header)), call, each) {
            call.clear();
            call.unread = Some(format!("row {number}: {why}"));
            each(call);
        }
    }
    Ok(())
}

fn record<'a>(bytes: &'a [u8], header: Option<&'a [u8]>) -> Record<'a> {
    Record { bytes, header }
}
