//! Tables: one row a call with the transcript in a cell (wide), or one row a turn (long), in CSV or TSV.

use std::collections::BTreeMap;

use csv::StringRecord;
use serde_json::Value;

use super::plain_text::read_transcript;
use crate::call::{Call, HowRoles, Role};
use crate::input::labels::{self, role_word, told};
use crate::input::table::{self, Column};
use crate::input::times::{Span, Stamp, set_times};
use crate::input::{Format, Framing, Gives, Guess, Head, Record, Unread, prose};

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
    /// Calls' metadata without their words.
    Metadata,
}

impl Format for CsvTable {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "CSV or TSV: a call a row with its transcript in a cell, or a turn a row"
    }

    fn recognised(&self) -> &'static str {
        "a header with a text column (text, transcript, message, ...) and others"
    }

    fn gives(&self) -> Gives {
        Gives {
            roles: "labels",
            times: "turn start",
            names: true,
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        match layout(head)? {
            Layout::Wide => Some(Guess {
                confidence: 0.92,
                because: "a header with a transcript column",
            }),
            Layout::Long => Some(Guess {
                confidence: 0.92,
                because: "a header with text and speaker columns",
            }),
            Layout::Metadata => Some(Guess {
                confidence: 0.6,
                because: "a header of call metadata without a text column",
            }),
        }
    }

    fn framing(&self, head: &Head<'_>) -> Framing {
        if layout(head) == Some(Layout::Wide) {
            Framing::Rows
        } else {
            Framing::Whole
        }
    }

    fn grouped_by(&self, head: &Head<'_>) -> Option<usize> {
        if layout(head) != Some(Layout::Long) {
            return None;
        }
        let columns = table::columns(head.bytes)?;
        columns.iter().position(|c| *c == Column::Call)
    }

    fn parse(
        &self,
        record: &Record<'_>,
        call: &mut Call,
        each: &mut dyn FnMut(&mut Call),
    ) -> Result<(), Unread> {
        let delimiter = table::delimiter(record.header.unwrap_or(record.bytes));
        let header_bytes = record.header.unwrap_or(record.bytes);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(header_bytes);
        let titles = reader
            .headers()
            .map_err(|e| Unread(table::csv_error(&e)))?
            .clone();
        let columns: Vec<Column> = titles.iter().map(table::column).collect();
        let Some(text) = text_column(&titles, &columns) else {
            return Err(Unread(format!(
                "has no text column (columns: {}); name one \"transcript\" or \"text\"; if it describes the calls, pass the file as --meta",
                titles.iter().collect::<Vec<_>>().join(", ")
            )));
        };
        let long = Long {
            titles: &titles,
            columns: &columns,
            text,
        };
        if record.header.is_none() {
            return long.read(reader.records(), call, each);
        }
        let rows = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(delimiter)
            .from_reader(record.bytes);
        let rows = rows.into_records().collect::<Result<Vec<_>, _>>();
        let rows = rows.map_err(|e| Unread(table::csv_error(&e)))?;
        // A group of rows of a long table comes with its header too.
        let grouped = rows.len() > 1 || speaker_column(&titles, &columns, &rows, text).is_some();
        if grouped {
            return long.read(rows.into_iter().map(Ok), call, each);
        }
        let row = rows.into_iter().next().unwrap_or_default();
        let transcript = row.get(text).unwrap_or_default();
        if transcript.trim().is_empty() {
            return Err(Unread(format!(
                "the row's transcript (column \"{}\") is empty",
                titles.get(text).unwrap_or_default()
            )));
        }
        metadata(&titles, &columns, &row, text, call);
        read_transcript(transcript, call)?;
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
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let titles = reader.headers().ok()?.clone();
    let columns: Vec<Column> = titles.iter().map(table::column).collect();
    if columns.len() < 2 || titles.iter().any(|t| t.len() > 60) {
        return None;
    }
    // The last row of a cut head is half a row.
    let rows: Vec<StringRecord> = reader.records().take(20).filter_map(Result::ok).collect();
    let shown = if head.complete || rows.len() < 2 {
        &rows[..]
    } else {
        &rows[..rows.len() - 1]
    };
    if !shown.is_empty() && !shown.iter().any(|r| r.len() == columns.len()) {
        return None;
    }
    let Some(text) = text_column(&titles, &columns) else {
        return table::is_metadata(&columns).then_some(Layout::Metadata);
    };
    let has = |want: fn(&Column) -> bool| columns.iter().any(want);
    if has(|c| matches!(c, Column::Start(_)))
        && has(|c| matches!(c, Column::End(_)))
        && !has(|c| *c == Column::Speaker)
    {
        // Timed rows without a speaker, unless the cells are whole transcripts.
        let cells = shown.iter().filter_map(|r| r.get(text));
        return Some(if cells.clone().any(|c| c.contains('\n')) {
            Layout::Wide
        } else {
            Layout::Long
        });
    }
    Some(
        if speaker_column(&titles, &columns, shown, text).is_some() {
            Layout::Long
        } else {
            Layout::Wide
        },
    )
}

/// The column of words: one called a transcript before any other.
fn text_column(titles: &StringRecord, columns: &[Column]) -> Option<usize> {
    let all = || (0..columns.len()).filter(|k| columns[*k] == Column::Text);
    let named = all().find(|k| titles[*k].to_ascii_lowercase().contains("transcript"));
    named.or_else(|| all().next())
}

/// The column of speakers. `channel` or `source` may as well say "phone": they count only where their cells name
/// voices and the text cells are single turns.
fn speaker_column(
    titles: &StringRecord,
    columns: &[Column],
    rows: &[StringRecord],
    text: usize,
) -> Option<usize> {
    let weak = |k: usize| {
        matches!(
            titles[k].to_ascii_lowercase().trim(),
            "channel" | "source" | "from"
        )
    };
    let all = || (0..columns.len()).filter(|k| columns[*k] == Column::Speaker);
    let transcripts = || {
        rows.iter().filter_map(|r| r.get(text)).any(|c| {
            c.lines()
                .filter(|l| {
                    matches!(
                        crate::input::lines::shape(l),
                        crate::input::lines::Line::Said(..)
                    )
                })
                .count()
                > 1
        })
    };
    all().find(|k| !weak(*k)).or_else(|| {
        let voices = |k: &usize| {
            let mut cells = rows
                .iter()
                .filter_map(|r| r.get(*k))
                .filter(|c| !c.trim().is_empty());
            cells.any(|c| role_word(c) != Role::Unknown || c.bytes().any(|b| b.is_ascii_digit()))
                || rows.is_empty()
        };
        all().find(voices).filter(|_| !transcripts())
    })
}

/// What the cells beside the text tell of a call; what is known already stays.
fn metadata(
    titles: &StringRecord,
    columns: &[Column],
    row: &StringRecord,
    text: usize,
    call: &mut Call,
) {
    for (k, value) in row
        .iter()
        .enumerate()
        .filter(|(k, c)| *k != text && !c.trim().is_empty())
    {
        let (value, column) = (
            value.trim(),
            columns.get(k).copied().unwrap_or(Column::Other),
        );
        let own = || value.to_owned();
        match column {
            Column::Call if call.id.is_empty() => call.id.push_str(value),
            Column::Agent => _ = call.agent.get_or_insert_with(own),
            Column::Customer => _ = call.customer.get_or_insert_with(own),
            Column::Queue => _ = call.queue.get_or_insert_with(own),
            Column::Started | Column::Start(None) => _ = call.started.get_or_insert_with(own),
            Column::Language => _ = call.language.get_or_insert_with(own),
            Column::Duration(unit) if call.stated_duration.is_none() => {
                let clock = Stamp::parse(value).and_then(|s| match s {
                    Stamp::Clock { seconds, .. } => Some(seconds),
                    _ => None,
                });
                call.stated_duration = value
                    .parse::<f64>()
                    .ok()
                    .filter(|d| d.is_finite())
                    .map(|d| d * unit)
                    .or(clock);
            }
            Column::Text => {}
            _ => {
                let title = titles.get(k).unwrap_or_default().trim();
                if !title.is_empty() && value.len() <= 300 {
                    call.meta
                        .entry(title)
                        .or_insert_with(|| Value::String(own()));
                }
            }
        }
    }
}

/// A table with a turn a row.
struct Long<'a> {
    titles: &'a StringRecord,
    columns: &'a [Column],
    text: usize,
}

impl Long<'_> {
    fn read(
        &self,
        rows: impl Iterator<Item = csv::Result<StringRecord>>,
        call: &mut Call,
        each: &mut dyn FnMut(&mut Call),
    ) -> Result<(), Unread> {
        let id = self.columns.iter().position(|c| *c == Column::Call);
        let mut calls: Vec<Vec<StringRecord>> = Vec::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut broken = None;
        for row in rows {
            match row {
                Ok(row) => {
                    let key = id.and_then(|k| row.get(k)).unwrap_or_default().trim();
                    let at = seen.get(key).copied().unwrap_or_else(|| {
                        seen.insert(key.to_owned(), calls.len());
                        calls.push(Vec::new());
                        calls.len() - 1
                    });
                    calls[at].push(row);
                }
                Err(e) => {
                    broken = Some(Unread(table::csv_error(&e)));
                    break;
                }
            }
        }
        let mut found = false;
        for rows in &calls {
            self.call(rows, call);
            if !call.turns.is_empty() {
                found = true;
                each(call);
            }
        }
        match broken {
            Some(error) => Err(error),
            None if !found => Err(Unread("no row of the table has text".into())),
            None => Ok(()),
        }
    }

    fn call(&self, rows: &[StringRecord], call: &mut Call) {
        let speaker_at = speaker_column(self.titles, self.columns, rows, self.text);
        let start_at = self
            .columns
            .iter()
            .position(|c| matches!(c, Column::Start(_)));
        let end_at = self
            .columns
            .iter()
            .position(|c| matches!(c, Column::End(_)));
        let starts = rows.iter().filter_map(|r| r.get(start_at?));
        // Whisper's own table: start, end, text, and whole milliseconds.
        let millis = speaker_at.is_none()
            && end_at.is_some()
            && starts
                .clone()
                .all(|s| s.bytes().all(|b| b.is_ascii_digit()))
            && starts
                .filter_map(|s| s.parse::<f64>().ok())
                .any(|s| s >= 1000.0);
        let mut spans = Vec::new();
        let mut how = HowRoles::Stated;
        for row in rows {
            let text = row.get(self.text).unwrap_or_default().trim();
            let label = speaker_at
                .and_then(|k| row.get(k))
                .unwrap_or_default()
                .trim();
            let told = told(label);
            if text.is_empty() || told.nobody {
                continue;
            }
            if told.role != Role::Unknown && role_word(label) == Role::Unknown {
                how = HowRoles::Label;
            }
            let same = call.speakers.iter().position(|s| {
                s.role == told.role && s.name == told.name && s.label.eq_ignore_ascii_case(label)
            });
            let speaker = same.map_or_else(
                || call.speaker(told.role, label, told.name.as_deref()),
                |k| k as u16,
            );
            let time = |at: Option<usize>| {
                let unit = at.and_then(|k| match self.columns[k] {
                    Column::Start(unit) | Column::End(unit) => unit,
                    _ => None,
                });
                stamp(
                    at.and_then(|k| row.get(k))?.trim(),
                    unit.or(millis.then_some(0.001)),
                )
            };
            spans.push(Span {
                start: time(start_at),
                end: time(end_at),
            });
            call.push_turn(speaker, None, None, text);
        }
        if call.turns.is_empty() {
            return;
        }
        if let Some(first) = rows.first() {
            // A row's own time and speaker are no metadata of the call.
            let of_call = |c: &Column| match c {
                Column::Start(_) | Column::End(_) | Column::Speaker | Column::Other => Column::Text,
                c => *c,
            };
            let columns: Vec<Column> = self.columns.iter().map(of_call).collect();
            metadata(self.titles, &columns, first, self.text, call);
        }
        set_times(call, &spans);
        labels::settle(call, how);
    }
}

/// A cell of times: in a named unit, a clock or a date, else plain numbers by their size.
fn stamp(cell: &str, unit: Option<f64>) -> Option<Stamp> {
    let number = cell
        .trim_end_matches(['s', ' '])
        .parse::<f64>()
        .ok()
        .filter(|n| n.is_finite());
    match (number, unit) {
        (Some(n), _) if n >= 1e15 => Some(Stamp::Instant(n / 1e6)),
        (Some(n), _) if n >= 1e12 => Some(Stamp::Instant(n / 1e3)),
        (Some(n), None) if n >= 1e9 => Some(Stamp::Instant(n)),
        (Some(n), unit) => Some(Stamp::seconds(if unit == Some(0.001) {
            n / 1000.0
        } else {
            n * unit.unwrap_or(1.0)
        })),
        (None, _) => Stamp::parse(cell),
    }
}

#[cfg(test)]
#[path = "csv_table_tests.rs"]
mod tests;
