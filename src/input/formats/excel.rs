//! Excel and `OpenDocument` spreadsheets: their sheets as the tables that CSV files hold.

use std::borrow::Cow;

use crate::call::Call;
use crate::input::documents::budget::Budget;
use crate::input::documents::sheet;
use crate::input::documents::workbook::{self, Cell, Sheet};
use crate::input::files::{archive, known};
use crate::input::table::Column;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record, table};

/// As many titles are named where none is of words.
const MOST_SEEN: usize = 24;

/// Spreadsheets.
#[derive(Debug)]
pub struct Excel;

impl Format for Excel {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "excel",
            about: "Excel (.xlsx) and OpenDocument (.ods) sheets: tables as in CSV",
            recognised: "a zip archive with a workbook in it",
            gives: Gives { roles: "labels", times: "turn start", names: true },
        }
    }

    fn binary(&self) -> bool {
        true
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let has = |name: &[u8]| memchr::memmem::find(head.bytes, name).is_some();
        let found = archive::like(head.bytes) && (has(b"xl/workbook") || has(b"vnd.oasis.opendocument.spreadsheet"));
        found.then_some(Guess { confidence: 0.97, because: "a zip archive with a workbook in it" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        if !archive::like(record.bytes) {
            let why = known::kind(record.bytes).unwrap_or("is no spreadsheet: it is no zip archive");
            return Err(ReadError(why.into()));
        }
        let mut seen: Vec<String> = Vec::new();
        let mut found = false;
        workbook::read(record.bytes, &mut |sheet| {
            let Some(header) = header(sheet) else {
                if let Some(first) = sheet.rows().next() {
                    let titles = first.iter().map(|(_, cell)| sheet.plain(*cell)).filter(|t| !t.is_empty());
                    seen.extend(titles.take(8).map(|title| title.chars().take(60).collect::<String>()));
                    seen.truncate(MOST_SEEN);
                }
                return Ok(());
            };
            if sheet.rows().nth(header + 1).is_none() {
                return Ok(());
            }
            found = true;
            call.clear();
            let read = sheet::read(rows(sheet, header), call, each);
            read.map_err(|ReadError(why)| format!("sheet \"{}\": {why}", sheet.name))
        })
        .map_err(ReadError)?;
        if found {
            return Ok(());
        }
        Err(ReadError(format!(
            "no sheet has a text column (found: {}); name one \"transcript\" or \"text\"",
            if seen.is_empty() { "no columns".to_owned() } else { seen.join(", ") }
        )))
    }
}

/// The row with the titles; a title of the whole sheet may stand above it.
fn header(sheet: &Sheet) -> Option<usize> {
    sheet.rows().take(10).position(|row| {
        let texts = row.iter().filter(|(_, cell)| sheet.text(*cell).is_some()).count();
        texts >= 2 && row.iter().any(|(_, cell)| table::column(&sheet.plain(*cell)) == Column::Text)
    })
}

/// The sheets of a workbook, each as rows of text, empty ones included up to the last that holds anything.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Vec<Vec<String>>>, ReadError> {
    if !archive::like(bytes) {
        return Err(ReadError(known::kind(bytes).unwrap_or("is no spreadsheet: it is no zip archive").into()));
    }
    let (budget, mut all) = (Budget::default(), Vec::new());
    workbook::read(bytes, &mut |sheet| {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (number, row) in sheet.numbered() {
            let width = row.last().map_or(0, |(column, _)| *column as usize + 1);
            budget.pieces(width + (number as usize).saturating_sub(rows.len()))?;
            rows.resize(number as usize, Vec::new());
            let mut cells = vec![String::new(); width];
            for (column, cell) in row {
                cells[*column as usize] = shown(sheet, *cell, false).into_owned();
            }
            rows.push(cells);
        }
        all.push(rows);
        Ok(())
    })
    .map_err(ReadError)?;
    Ok(all)
}

/// The rows from the header on, of those columns that have a title: what has none can be asked for by nobody. Times
/// that Excel took for hours and minutes are given back as they were typed.
fn rows(sheet: &Sheet, header: usize) -> impl Iterator<Item = Vec<Cow<'_, str>>> {
    let titled = sheet.rows().nth(header).unwrap_or_default().iter();
    let titled = titled.filter(|(_, cell)| !sheet.plain(*cell).is_empty());
    // "0:07" typed for seven seconds is seven minutes to Excel: then nothing in the column has a second.
    let mut columns: Vec<(u32, bool)> = titled.map(|(column, _)| (*column, true)).collect();
    columns.dedup_by_key(|(column, _)| *column);
    let place = |columns: &[(u32, bool)], column: u32| columns.binary_search_by_key(&column, |(at, _)| *at).ok();
    for (column, cell) in sheet.rows().skip(header).flatten() {
        if let Cell::Days(days, _) = cell
            && is_span(*days)
            && (seconds(*days) % 60.0).abs() >= 0.001
            && let Some(k) = place(&columns, *column)
        {
            columns[k].1 = false;
        }
    }
    sheet.rows().skip(header).map(move |row| {
        let mut cells = vec![Cow::Borrowed(""); columns.len()];
        for (column, cell) in row {
            if let Some(k) = place(&columns, *column) {
                cells[k] = shown(sheet, *cell, columns[k].1);
            }
        }
        cells
    })
}

/// A cell as text; `hours` if seconds were typed where Excel has minutes.
fn shown(sheet: &Sheet, cell: Cell, hours: bool) -> Cow<'_, str> {
    match cell {
        Cell::Days(days, _) if is_span(days) => {
            let all = seconds(days);
            let minutes = (all / 60.0).floor();
            let (whole, part) = ((minutes / 60.0).floor(), minutes % 60.0);
            if hours {
                return format!("{whole}:{part:02}").into();
            }
            let rest = ((all - minutes * 60.0) * 1000.0).round() / 1000.0;
            let pad = if rest < 10.0 { "0" } else { "" };
            format!("{whole}:{part:02}:{pad}{rest}").into()
        }
        Cell::Days(days, from_1904) => date(days, from_1904).unwrap_or_default().into(),
        other => sheet.plain(other),
    }
}

/// A day as Excel counts them, with its time.
fn date(days: f64, from_1904: bool) -> Option<String> {
    // Excel takes 1900 for a leap year: from March on its days are those since 30 December 1899.
    let first = if from_1904 { jiff::civil::date(1904, 1, 1) } else { jiff::civil::date(1899, 12, 30) };
    let whole = (days * 86_400.0).round();
    if whole.abs() > 1e12 {
        return None;
    }
    let at = first.at(0, 0, 0, 0).checked_add(jiff::SignedDuration::from_secs(whole as i64)).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// Whether a number of days is a stretch of time rather than a date: less than some 27 years after 1900.
fn is_span(days: f64) -> bool {
    days < 10_000.0
}

/// Days as seconds, to the millisecond: days are binary fractions.
fn seconds(days: f64) -> f64 {
    (days.max(0.0) * 86_400_000.0).round() / 1000.0
}

#[cfg(test)]
#[path = "excel_tests.rs"]
mod tests;
