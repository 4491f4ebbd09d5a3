//! Tables: one row a call with the transcript in a cell (wide), or one row a turn (long), in CSV or TSV.

use csv::StringRecord;

use crate::call::Call;
use crate::input::formats::generic_json;
use crate::input::formats::plain_text::read_transcript;
use crate::input::table::Column;
use crate::input::table::pieces;
use crate::input::table::rows::{Long, metadata, speaker_column, text_column};
use crate::input::table::sides::Sides;
use crate::input::text::prose;
use crate::input::{Format, FormatInfo, Framing, Gives, Guess, Head, ReadError, Record, table};

/// CSV and TSV.
#[derive(Debug)]
pub struct CsvTable;

/// What the header says about the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// A call a row.
    Wide,
    /// A turn a row.
    Long,
    /// A row holds what each side says, in a column of its own.
    Sides,
    /// Calls' metadata without their words.
    Metadata,
}

impl Format for CsvTable {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "csv",
            about: "CSV or TSV: a call a row with its transcript in a cell, or a turn a row",
            recognised: "a header with a text column (text, transcript, message, ...) and others",
            gives: Gives { roles: "labels", times: "turn start", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        match layout(head)? {
            Layout::Wide => Some(Guess { confidence: 0.92, because: "a header with a transcript column" }),
            Layout::Long => Some(Guess { confidence: 0.92, because: "a header with text and speaker columns" }),
            Layout::Sides => Some(Guess { confidence: 0.9, because: "a header with a column of words for each side" }),
            Layout::Metadata => {
                Some(Guess { confidence: 0.6, because: "a header of call metadata without a text column" })
            }
        }
    }

    fn framing(&self, head: &Head<'_>) -> Framing {
        if layout(head) == Some(Layout::Wide) { Framing::Rows } else { Framing::Whole }
    }

    fn grouped_by(&self, head: &Head<'_>) -> Option<usize> {
        if !matches!(layout(head), Some(Layout::Long | Layout::Sides)) {
            return None;
        }
        let delimiter = table::delimiter(head.bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(head.bytes);
        table::call_column(reader.headers().ok()?.iter())
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let delimiter = table::delimiter(record.header.unwrap_or(record.bytes));
        let mut reader = csv::ReaderBuilder::new();
        let mut whole = match record.header {
            None => Some(reader.flexible(true).delimiter(delimiter).from_reader(record.bytes)),
            Some(_) => None,
        };
        let titles = match (&mut whole, record.header) {
            (Some(reader), _) => reader.headers().map_err(|e| ReadError(table::csv_error(&e)))?.clone(),
            (None, header) => {
                let rows = pieces::split(header.unwrap_or_default(), delimiter).map_err(ReadError)?;
                rows.into_iter().next().unwrap_or_default()
            }
        };
        let columns: Vec<Column> = titles.iter().map(table::column).collect();
        let Some(text) = text_column(&titles, &columns) else {
            let rows = match &mut whole {
                Some(reader) => {
                    reader.records().collect::<Result<Vec<_>, _>>().map_err(|e| ReadError(table::csv_error(&e)))?
                }
                None => pieces::split(record.bytes, delimiter).map_err(ReadError)?,
            };
            if let Some(sides) = Sides::of(&titles, &columns, &rows) {
                return sides.read(rows, delimiter, record.header.is_none(), call, each);
            }
            return Err(ReadError(format!(
                "has no text column (columns: {}); name one \"transcript\" or \"text\"; if it describes the calls, pass the file as --meta",
                titles.iter().collect::<Vec<_>>().join(", ")
            )));
        };
        if table::ends_in_quotes(record.bytes, delimiter) {
            return Err(ReadError(
                "ends in the middle of a quoted cell: a quotation mark is missing, or it is cut off".to_owned(),
            ));
        }
        let long = Long { titles: &titles, columns: &columns, text, delimiter };
        if let Some(mut reader) = whole {
            return long.read(reader.records(), true, call, each);
        }
        let rows = pieces::split(record.bytes, delimiter).map_err(ReadError)?;
        // A group of rows of a long table comes with its header too.
        let grouped = rows.len() > 1 || speaker_column(&titles, &columns, &rows, text).is_some();
        if grouped {
            return long.read(rows.into_iter().map(Ok), false, call, each);
        }
        let row = rows.into_iter().next().unwrap_or_default();
        let row = table::whole_cells(row, &titles, text, delimiter).map_err(ReadError)?;
        let transcript = row.get(text).unwrap_or_default();
        if transcript.trim().is_empty() {
            return Err(ReadError(format!(
                "the row's transcript (column \"{}\") is empty",
                titles.get(text).unwrap_or_default()
            )));
        }
        if prose::like_json(transcript) {
            generic_json::json(transcript.trim(), call)?;
            // The row names the call; the rest the cell may know better.
            let id = std::mem::take(&mut call.id);
            metadata(&titles, &columns, &row, text, call);
            if call.id.is_empty() {
                call.id = id;
            }
        } else {
            metadata(&titles, &columns, &row, text, call);
            read_transcript(transcript, call)?;
        }
        each(call);
        Ok(())
    }
}

/// The layout that a header tells; none if the text is no table of calls.
fn layout(head: &Head<'_>) -> Option<Layout> {
    let text = prose::valid_start(head.bytes, head.complete)?;
    if prose::like_json(text) || text.contains('\0') {
        return None;
    }
    let delimiter = table::delimiter(text.as_bytes());
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let titles = reader.headers().ok()?.clone();
    let columns: Vec<Column> = titles.iter().map(table::column).collect();
    if titles.iter().any(|t| t.len() > 60) {
        return None;
    }
    if columns.len() < 2 {
        // A word alone is the title of a column if whole transcripts in quotes follow.
        let mut cells = reader.records().filter_map(Result::ok);
        let wide = columns == [Column::Text]
            && text.contains("\n\"")
            && cells.next().is_some_and(|r| r.len() == 1 && r[0].contains('\n'));
        return wide.then_some(Layout::Wide);
    }
    // The last row of a cut head is half a row.
    let rows: Vec<StringRecord> = reader.records().take(20).filter_map(Result::ok).collect();
    let shown = if head.complete || rows.len() < 2 { &rows[..] } else { &rows[..rows.len() - 1] };
    // Words may hold commas that nobody quoted.
    let known = columns.iter().filter(|c| **c != Column::Other).count() >= 2;
    let open = known && columns.contains(&Column::Text);
    if !shown.is_empty() && !shown.iter().any(|r| r.len() == columns.len() || open && r.len() > columns.len()) {
        return None;
    }
    let Some(text) = text_column(&titles, &columns) else {
        if Sides::of(&titles, &columns, shown).is_some() {
            return Some(Layout::Sides);
        }
        return table::is_metadata(&columns).then_some(Layout::Metadata);
    };
    let has = |want: fn(&Column) -> bool| columns.iter().any(want);
    if has(|c| matches!(c, Column::Start(_))) && has(|c| matches!(c, Column::End(_))) && !has(|c| *c == Column::Speaker)
    {
        // Timed rows without a speaker, unless the cells are whole transcripts.
        let cells = shown.iter().filter_map(|r| r.get(text));
        return Some(if cells.clone().any(|c| c.contains('\n')) { Layout::Wide } else { Layout::Long });
    }
    Some(if speaker_column(&titles, &columns, shown, text).is_some() { Layout::Long } else { Layout::Wide })
}

#[cfg(test)]
#[path = "csv_table_tests.rs"]
mod tests;
