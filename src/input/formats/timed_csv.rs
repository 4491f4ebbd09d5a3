//! Rows of words, start and end without a header, as whisper-timestamped writes them.

use csv::StringRecord;

use crate::call::{Call, Role};
use crate::input::text::prose;
use crate::input::text::times::{Span, Stamp, set_times};
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record, table};

/// CSV of words, start and end in seconds, without a header.
#[derive(Debug)]
pub struct TimedCsv;

/// Words, start and end of a row, wherever the words stand.
fn timed(row: &StringRecord) -> Option<(&str, f64, f64)> {
    let [a, b, c] = [row.get(0)?, row.get(1)?, row.get(2)?];
    let seconds = |cell: &str| {
        let cell = cell.trim();
        let plain =
            cell.starts_with(|c: char| c.is_ascii_digit()) && cell.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        plain.then(|| cell.parse::<f64>().ok()).flatten()
    };
    let (text, start, end) = match (seconds(a), seconds(b), seconds(c)) {
        (_, Some(start), Some(end)) if a.chars().any(char::is_alphabetic) => (a, start, end),
        (Some(start), Some(end), _) if c.chars().any(char::is_alphabetic) => (c, start, end),
        _ => return None,
    };
    (row.len() == 3 && end >= start).then_some((text, start, end))
}

fn rows(text: &str) -> csv::StringRecordsIntoIter<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(table::delimiter(text.as_bytes()))
        .from_reader(text.as_bytes())
        .into_records()
}

impl Format for TimedCsv {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "timed-csv",
            about: "CSV of text, start and end in seconds without a header (whisper-timestamped)",
            recognised: "rows of exactly three cells: words and two numbers that grow",
            gives: Gives { roles: "none", times: "turn start and end", names: false },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        if prose::like_json(text) {
            return None;
        }
        let whole = if head.complete { text } else { text.rsplit_once('\n').map_or(text, |(whole, _)| whole) };
        let mut last = 0.0;
        let mut count = 0;
        for row in rows(whole).take(20) {
            let row = row.ok()?;
            let (_, start, _) = timed(&row).filter(|(_, start, _)| *start >= last)?;
            (last, count) = (start, count + 1);
        }
        (count >= 1).then_some(Guess { confidence: 0.93, because: "rows of words and two times, without a header" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        let mut spans = Vec::new();
        for (k, row) in rows(text).enumerate() {
            let row = row.map_err(|e| ReadError(table::csv_error(&e)))?;
            let Some((words, start, end)) = timed(&row) else {
                return Err(ReadError(format!("row {}: is not words, start and end in seconds", k + 1)));
            };
            let speaker = call.speaker(Role::Unknown, "", None);
            call.push_turn(speaker, None, None, words.trim());
            spans.push(Span { start: Some(Stamp::seconds(start)), end: Some(Stamp::seconds(end)) });
        }
        if call.turns.is_empty() {
            return Err(ReadError("the table has no row".into()));
        }
        set_times(call, &spans);
        each(call);
        Ok(())
    }
}
