//! Excel and `OpenDocument` spreadsheets: their sheets as the tables that CSV files hold.

use std::io::Cursor;

use calamine::{Data, Ods, Reader, Sheets, Xls, Xlsb, Xlsx};

use crate::call::Call;
use crate::input::documents::sheet;
use crate::input::files::archive;
use crate::input::table::Column;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record, table};

/// A spreadsheet unpacks to at most this; it is held in memory.
const MOST: u64 = 256 << 20;
/// What Excel's files of before 2007 begin with, as old Word documents do.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Spreadsheets.
#[derive(Debug)]
pub struct Excel;

impl Format for Excel {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "excel",
            about: "Excel (.xlsx, .xls) and OpenDocument (.ods) sheets: tables as in CSV",
            recognised: "a zip archive with a workbook in it, or an old Excel file",
            gives: Gives { roles: "labels", times: "turn start", names: true },
        }
    }

    fn binary(&self) -> bool {
        true
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        if head.bytes.starts_with(OLD) {
            return Some(Guess { confidence: 0.9, because: "an old Microsoft Office file" });
        }
        let has = |name: &[u8]| memchr::memmem::find(head.bytes, name).is_some();
        let found = archive::like(head.bytes) && (has(b"xl/workbook") || has(b"vnd.oasis.opendocument.spreadsheet"));
        found.then_some(Guess { confidence: 0.97, because: "a zip archive with a workbook in it" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        if archive::like(record.bytes) {
            let fits = archive::within(record.bytes, MOST)
                .map_err(|e| ReadError(format!("is no spreadsheet that can be read: {e}")))?;
            if !fits {
                let most = MOST >> 20;
                return Err(ReadError(format!("unpacks to more than {most} MiB; save the sheet as CSV")));
            }
        } else if !record.bytes.starts_with(OLD) {
            return Err(ReadError("is no spreadsheet: neither a zip archive nor an old Excel file".into()));
        }
        let mut book = open(record.bytes)?;
        let mut seen: Vec<String> = Vec::new();
        let mut found = false;
        for name in book.sheet_names() {
            let Ok(range) = book.worksheet_range(&name) else {
                continue;
            };
            let rows: Vec<&[Data]> = range.rows().collect();
            // A title may stand above the header.
            let header = rows.iter().take(10).position(|row| {
                let titles = row.iter().filter(|c| matches!(c, Data::String(_))).count();
                let columns: Vec<Column> = row.iter().map(|c| table::column(&plain(c))).collect();
                titles >= 2 && columns.contains(&Column::Text)
            });
            let Some(header) = header else {
                if let Some(first) = rows.first() {
                    seen.extend(first.iter().map(plain).filter(|t| !t.is_empty()).take(8));
                }
                continue;
            };
            let rows = cells(&rows[header..]);
            if rows.len() < 2 {
                continue;
            }
            found = true;
            call.clear();
            sheet::read(&rows, call, each).map_err(|ReadError(why)| ReadError(format!("sheet \"{name}\": {why}")))?;
        }
        if found {
            return Ok(());
        }
        Err(ReadError(format!(
            "no sheet has a text column (found: {}); name one \"transcript\" or \"text\"",
            if seen.is_empty() { "no columns".to_owned() } else { seen.join(", ") }
        )))
    }
}

/// The sheets of a workbook by their names, as rows of text.
pub fn sheets(bytes: &[u8]) -> Result<Vec<(String, Vec<Vec<String>>)>, ReadError> {
    let mut book = open(bytes)?;
    let names = book.sheet_names();
    let read = names.into_iter().filter_map(|name| {
        let range = book.worksheet_range(&name).ok()?;
        let above = range.start().map_or(0, |(row, _)| row as usize);
        let rows: Vec<&[Data]> = range.rows().collect();
        let empty = std::iter::repeat_n(Vec::new(), above);
        Some((name, empty.chain(cells(&rows)).collect()))
    });
    Ok(read.collect())
}

/// Opens a workbook of any kind.
fn open(bytes: &[u8]) -> Result<Sheets<Cursor<&[u8]>>, ReadError> {
    let input = Cursor::new(bytes);
    let has = |name: &str| memchr::memmem::find(bytes, name.as_bytes()).is_some();
    let unread = |e: calamine::Error, hint: &str| ReadError(format!("is no spreadsheet that can be read: {e}{hint}"));
    if bytes.starts_with(OLD) {
        let book = Xls::new(input).map(Sheets::Xls);
        return book.map_err(|e| unread(e.into(), "; if it is a Word document, save it as .docx"));
    }
    if has("xl/workbook.bin") {
        return Xlsb::new(input).map(Sheets::Xlsb).map_err(|e| unread(e.into(), ""));
    }
    if has("xl/workbook.xml") {
        return Xlsx::new(input).map(Sheets::Xlsx).map_err(|e| unread(e.into(), ""));
    }
    Ods::new(input).map(Sheets::Ods).map_err(|e| unread(e.into(), ""))
}

/// The rows as text. Times that Excel took for hours and minutes are given back as they were typed.
fn cells(rows: &[&[Data]]) -> Vec<Vec<String>> {
    let width = rows.iter().map(|r| r.len()).max().unwrap_or(0);
    let hours: Vec<bool> = (0..width)
        .map(|column| {
            // "0:07" typed for seven seconds is seven minutes to Excel: then nothing in the column has a second.
            let mut spans = rows.iter().filter_map(|r| match r.get(column) {
                Some(Data::DateTime(at)) if span(at.as_f64()) => Some(seconds(at.as_f64())),
                _ => None,
            });
            spans.all(|s| (s % 60.0).abs() < 0.001)
        })
        .collect();
    rows.iter()
        .map(|row| {
            row.iter()
                .enumerate()
                .map(|(k, cell)| match cell {
                    Data::DateTime(at) if span(at.as_f64()) => {
                        let all = seconds(at.as_f64());
                        let minutes = (all / 60.0).floor();
                        if hours[k] {
                            let (whole, rest) = ((minutes / 60.0).floor(), minutes % 60.0);
                            format!("{whole}:{rest:02}")
                        } else {
                            let whole = (minutes / 60.0).floor();
                            let rest = ((all - minutes * 60.0) * 1000.0).round() / 1000.0;
                            let pad = if rest < 10.0 { "0" } else { "" };
                            format!("{whole}:{:02}:{pad}{rest}", minutes % 60.0)
                        }
                    }
                    Data::DateTime(at) => {
                        let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
                        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
                    }
                    other => plain(other),
                })
                .collect()
        })
        .collect()
}

/// Whether a number of days is a stretch of time rather than a date: less than some 27 years after 1900.
fn span(days: f64) -> bool {
    days < 10_000.0
}

/// Days as seconds, to the millisecond: days are binary fractions.
fn seconds(days: f64) -> f64 {
    (days.max(0.0) * 86_400_000.0).round() / 1000.0
}

fn plain(cell: &Data) -> String {
    match cell {
        Data::Int(n) => n.to_string(),
        // The shortest text that reads as the same number; ids without ".0".
        Data::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Data::Float(n) => n.to_string(),
        Data::String(text) | Data::DateTimeIso(text) => text.trim().to_owned(),
        Data::Bool(yes) => yes.to_string(),
        Data::DurationIso(text) => iso(text).unwrap_or_else(|| text.clone()),
        Data::DateTime(_) | Data::Error(_) | Data::Empty => String::new(),
    }
}

/// `PT00H01M05S` of `OpenDocument` as `0:01:05`.
fn iso(text: &str) -> Option<String> {
    let span: jiff::SignedDuration = text.parse().ok()?;
    let all = span.as_millis();
    let (hours, minutes) = (all / 3_600_000, all / 60_000 % 60);
    Some(format!("{hours}:{minutes:02}:{:02}.{:03}", all / 1000 % 60, all % 1000))
}

#[cfg(test)]
#[path = "excel_tests.rs"]
mod tests;
