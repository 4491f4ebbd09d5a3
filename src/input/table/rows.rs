//! The rows of a table as calls: which columns hold words and speakers, what the others tell, turns row by row.

use std::collections::BTreeMap;

use csv::StringRecord;
use serde_json::Value;

use crate::call::{Call, Clock, HowRoles, Role};
use crate::input::ReadError;
use crate::input::json::time;
use crate::input::table::{self, Column};
use crate::input::text::markup;
use crate::input::text::times::{self, Span, Stamp, instant, set_times};
use crate::roles::labels::{self, parse_label, role_word};

/// The column of words: one called a transcript before any other.
pub fn text_column(titles: &StringRecord, columns: &[Column]) -> Option<usize> {
    let all = || (0..columns.len()).filter(|k| columns[*k] == Column::Text);
    let named = all().find(|k| titles[*k].to_ascii_lowercase().contains("transcript"));
    named.or_else(|| all().next())
}

/// The column of speakers. `channel` or `source` may as well say "phone": they count only where their cells name
/// voices and the text cells are single turns.
pub fn speaker_column(titles: &StringRecord, columns: &[Column], rows: &[StringRecord], text: usize) -> Option<usize> {
    let weak = |k: usize| matches!(titles[k].to_ascii_lowercase().trim(), "channel" | "source" | "from");
    let all = || (0..columns.len()).filter(|k| columns[*k] == Column::Speaker);
    let transcripts = || {
        rows.iter().filter_map(|r| r.get(text)).any(|c| {
            c.lines()
                .filter(|l| matches!(crate::input::text::lines::shape(l), crate::input::text::lines::Line::Said(..)))
                .count()
                > 1
        })
    };
    all().find(|k| !weak(*k)).or_else(|| {
        let voices = |k: &usize| {
            let mut cells = rows.iter().filter_map(|r| r.get(*k)).filter(|c| !c.trim().is_empty());
            cells.any(|c| role_word(c) != Role::Unknown || c.bytes().any(|b| b.is_ascii_digit())) || rows.is_empty()
        };
        all().find(voices).filter(|_| !transcripts())
    })
}

/// What the cells beside the text tell of a call; what is known already stays.
pub fn metadata(titles: &StringRecord, columns: &[Column], row: &StringRecord, text: usize, call: &mut Call) {
    let id_at = table::call_column(titles.iter());
    // Of an agent's id and name, the name is what people know them by; the id is kept beside it.
    let outranked = |k: usize, column: Column| {
        let same =
            |other: usize| columns.get(other) == Some(&column) && row.get(other).is_some_and(|c| !c.trim().is_empty());
        let rank = |k: usize| titles.get(k).map_or(0, table::name_rank);
        matches!(column, Column::Agent | Column::Customer)
            && (0..row.len()).any(|other| same(other) && rank(other) > rank(k))
    };
    for (k, value) in row.iter().enumerate().filter(|(k, c)| *k != text && !c.trim().is_empty()) {
        let (value, column) = (value.trim(), columns.get(k).copied().unwrap_or(Column::Other));
        let own = || value.to_owned();
        match column {
            Column::Call if id_at == Some(k) && call.id.is_empty() => call.id.push_str(value),
            Column::Agent if !outranked(k, column) => _ = call.agent.get_or_insert_with(own),
            Column::Customer if !outranked(k, column) => _ = call.customer.get_or_insert_with(own),
            Column::Queue => _ = call.queue.get_or_insert_with(own),
            Column::Started | Column::Start(None) => _ = call.started.get_or_insert_with(own),
            Column::Language => _ = call.language.get_or_insert_with(own),
            Column::Duration(unit) if call.stated_duration.is_none() => {
                let clock = Stamp::parse(value).and_then(|s| match s {
                    Stamp::Clock { seconds, .. } => Some(seconds),
                    _ => None,
                });
                call.stated_duration = value.parse::<f64>().ok().filter(|d| d.is_finite()).map(|d| d * unit).or(clock);
            }
            Column::Text => {}
            _ => {
                let title = titles.get(k).unwrap_or_default().trim();
                if !title.is_empty() && value.len() <= 300 {
                    call.meta.entry(title).or_insert_with(|| Value::String(own()));
                }
            }
        }
    }
}

/// A table with a turn a row.
#[derive(Clone, Copy, Debug)]
pub struct Long<'a> {
    /// The header's cells.
    pub titles: &'a StringRecord,
    /// What they mean.
    pub columns: &'a [Column],
    /// The column of words.
    pub text: usize,
    /// What stands between cells.
    pub delimiter: u8,
}

impl Long<'_> {
    /// Groups the rows by call and hands over each, in order of first appearance. `lined` if the rows know their lines.
    pub fn read(
        &self,
        rows: impl Iterator<Item = csv::Result<StringRecord>>,
        lined: bool,
        call: &mut Call,
        each: &mut dyn FnMut(&mut Call),
    ) -> Result<(), ReadError> {
        let id = table::call_column(self.titles.iter());
        let mut calls: Vec<Vec<StringRecord>> = Vec::new();
        let mut wrong: BTreeMap<usize, String> = BTreeMap::new();
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
                    let line = row.position().map(csv::Position::line);
                    match table::whole_cells(row, self.titles, self.text, self.delimiter) {
                        Ok(row) => calls[at].push(row),
                        // Of a call that comes by itself, its row's line is not that of the file.
                        Err(why) => {
                            let at_line = line.filter(|_| lined).map_or(String::new(), |n| format!("line {n}: "));
                            wrong.entry(at).or_insert(at_line + &why);
                        }
                    }
                }
                Err(e) => {
                    broken = Some(ReadError(table::csv_error(&e)));
                    break;
                }
            }
        }
        let has_text = |row: &StringRecord| row.get(self.text).is_some_and(|text| !text.trim().is_empty());
        let found = calls.iter().flatten().any(has_text) || !wrong.is_empty();
        for (k, rows) in calls.iter().enumerate().filter(|_| found) {
            self.call(rows, call);
            let why = wrong.remove(&k).or_else(|| {
                let id = id.and_then(|k| rows.first()?.get(k)).unwrap_or_default().trim();
                call.turns.is_empty().then(|| format!("call \"{id}\": no row of it has text"))
            });
            if why.is_some() {
                call.clear();
                call.unread = why;
            }
            each(call);
        }
        match broken {
            Some(error) => Err(error),
            None if !found => Err(ReadError("no row of the table has text".into())),
            None => Ok(()),
        }
    }

    fn call(&self, rows: &[StringRecord], call: &mut Call) {
        let speaker_at = speaker_column(self.titles, self.columns, rows, self.text);
        let start_at = self.columns.iter().position(|c| matches!(c, Column::Start(_)));
        // Rows that were written at different times tell theirs, not the call's.
        let filled = |k: usize| rows.iter().filter_map(move |row| row.get(k)).filter(|cell| !cell.trim().is_empty());
        let sent_at = self.columns.iter().position(|c| *c == Column::Started).filter(|k| {
            start_at.is_none()
                && filled(*k).any(|cell| Some(cell) != filled(*k).next())
                && filled(*k).all(|c| instant(c).is_some())
        });
        let start_at = start_at.or(sent_at);
        let end_at = self.columns.iter().position(|c| matches!(c, Column::End(_)));
        let starts = rows.iter().filter_map(|r| r.get(start_at?));
        // Whisper's own table: start, end, text, and whole milliseconds.
        let millis = speaker_at.is_none()
            && end_at.is_some()
            && starts.clone().all(|s| s.bytes().all(|b| b.is_ascii_digit()))
            && starts.filter_map(|s| s.parse::<f64>().ok()).any(|s| s >= 1000.0);
        // Read before any of them, since one row alone need not tell days from months.
        let cells = rows.iter().flat_map(|r| [start_at, end_at].map(|k| r.get(k?))).flatten();
        let day_first = times::day_first(cells);
        let letters = rows.iter().filter_map(|row| row.get(self.text)).map(str::len).sum();
        let days = start_at.and_then(|k| Days::of(filled(k), letters));
        let mut spans = Vec::new();
        let mut how = HowRoles::Stated;
        for row in rows {
            let text = row.get(self.text).unwrap_or_default().trim();
            let label = speaker_at.and_then(|k| row.get(k)).unwrap_or_default().trim();
            let parsed = parse_label(label);
            // `|---|---|` rules off the titles of a table in Markdown.
            if text.is_empty() || parsed.nobody || text.bytes().all(|b| matches!(b, b'-' | b':')) {
                continue;
            }
            if parsed.role != Role::Unknown && role_word(label) == Role::Unknown {
                how = HowRoles::Label;
            }
            let speaker = labels::speaker(call, label, &parsed);
            let time = |at: Option<usize>| {
                let unit = at.and_then(|k| match self.columns[k] {
                    Column::Start(unit) | Column::End(unit) => unit,
                    _ => None,
                });
                let written = at.and_then(|k| row.get(k))?.trim();
                if let Some(days) = days {
                    days.stamp(written)
                } else {
                    stamp(written, unit.or(millis.then_some(0.001)), day_first)
                }
            };
            spans.push(Span { start: time(start_at), end: time(end_at) });
            call.push_turn(speaker, None, None, &markup::plain(text));
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
        if sent_at.is_some() && call.clock == Clock::Speech {
            call.clock = Clock::Sent;
        }
        if let (None, Some(Stamp::Instant(at))) = (&call.started, spans.iter().find_map(|s| s.start.as_ref())) {
            let zoned = rows.iter().filter_map(|r| r.get(start_at?)).any(times::zoned);
            let started = time::rfc3339(*at);
            call.started = started.map(|s| if zoned { s } else { s.trim_end_matches('Z').to_owned() });
        }
        labels::settle(call, how);
    }
}

/// Times as a spreadsheet stores them: days since the end of 1899, or the part of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Days {
    SinceEpoch,
    Part,
}

impl Days {
    /// Whether a column holds such times: its numbers lie within a day, and as seconds they would be too fast for so
    /// many letters.
    fn of<'t>(cells: impl Iterator<Item = &'t str>, letters: usize) -> Option<Days> {
        /// Nobody says so many letters in a second.
        const FASTEST: f64 = 100.0;
        let numbers: Vec<f64> = cells.map(|cell| times::decimal(cell.trim())).collect::<Option<_>>()?;
        let least = numbers.iter().copied().min_by(f64::total_cmp)?;
        let most = numbers.iter().copied().max_by(f64::total_cmp)?;
        let fast = numbers.len() > 2 && letters as f64 > FASTEST * (most - least);
        match least {
            n if fast && (30_000.0..60_000.0).contains(&n) && most < n + 1.0 => Some(Days::SinceEpoch),
            n if fast && (0.0..1.0).contains(&n) && most < 1.0 && most > least => Some(Days::Part),
            _ => None,
        }
    }

    fn stamp(self, cell: &str) -> Option<Stamp> {
        let seconds = (times::decimal(cell)? * 86_400_000.0).round() / 1000.0;
        Some(match self {
            Days::SinceEpoch => Stamp::Instant(seconds - 25_569.0 * 86_400.0),
            Days::Part => Stamp::Clock { seconds, parts: 3 },
        })
    }
}

/// A cell of times: in a named unit, a clock or a date, else plain numbers by their size.
fn stamp(cell: &str, unit: Option<f64>, day_first: bool) -> Option<Stamp> {
    let number = times::decimal(cell.trim_end_matches(['s', ' ']));
    match (number, unit) {
        (Some(n), _) if n >= 1e15 => Some(Stamp::Instant(n / 1e6)),
        (Some(n), _) if n >= 1e12 => Some(Stamp::Instant(n / 1e3)),
        (Some(n), None) if n >= 1e9 => Some(Stamp::Instant(n)),
        (Some(n), unit) => Some(Stamp::seconds(if unit == Some(0.001) { n / 1000.0 } else { n * unit.unwrap_or(1.0) })),
        (None, _) => Stamp::parse(cell).or_else(|| times::local_date(cell, day_first).map(Stamp::Instant)),
    }
}
