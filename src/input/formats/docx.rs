//! Word documents: paragraphs that read like a text transcript, or a table with columns of speakers and words.

use std::borrow::Cow;

use crate::call::Call;
use crate::input::documents::sheet;
use crate::input::documents::word_xml::{Block, PART, blocks};
use crate::input::files::archive::{self, Parts};
use crate::input::formats::plain_text::read_transcript;
use crate::input::limits::{MAX_RECORD_BYTES, too_long};
use crate::input::subtitles::cues;
use crate::input::table::Column;
use crate::input::text::lines::label_like;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record, table};

/// Word documents.
#[derive(Debug)]
pub struct Docx;

impl Format for Docx {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "docx",
            about: "Word document: labelled paragraphs, or a table of speakers and words",
            recognised: "a zip archive with word/document.xml in it",
            gives: Gives { roles: "labels", times: "turn start", names: true },
        }
    }

    fn binary(&self) -> bool {
        true
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let found = archive::like(head.bytes) && memchr::memmem::find(head.bytes, b"word/document.xml").is_some();
        found.then_some(Guess { confidence: 0.97, because: "a zip archive with word/document.xml in it" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        if !archive::like(record.bytes) {
            let old = record.bytes.starts_with(b"\xd0\xcf\x11\xe0");
            return Err(ReadError(if old {
                "is a Word document of the old kind (.doc); save it as .docx".into()
            } else {
                "is no Word document: it is no zip archive".into()
            }));
        }
        let unread = |e: String| ReadError(format!("is no Word document that can be read: {e}"));
        let mut parts = Parts::open(record.bytes).map_err(unread)?;
        let blocks = blocks(parts.part(PART).map_err(unread)?).map_err(ReadError)?;
        if let Some(rows) = turns(&blocks) {
            return sheet::read(rows.into_iter().map(|row| row.into_iter().map(Cow::Owned).collect()), call, each);
        }
        let text = linear(&blocks);
        drop(blocks);
        if text.len() > MAX_RECORD_BYTES {
            return Err(ReadError(too_long(MAX_RECORD_BYTES)));
        }
        let mut cues = cues::cut(&text, cues::arrow, false);
        // Teams writes the times of each turn on a line, the name on the next, the words below.
        if cues.len() >= 2 && cues::named_first(&mut cues) {
            cues::fill(&cues, call)?;
        } else {
            read_transcript(&text, call)?;
        }
        each(call);
        Ok(())
    }
}

/// The rows of the longest table that has a header with words and speakers.
fn turns(blocks: &[Block]) -> Option<Vec<Vec<String>>> {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(rows) => headed(rows),
        Block::Paragraph(_) | Block::Empty(_) => None,
    });
    let rows = tables.max_by_key(|rows| rows.len())?;
    let mut rows = rows.to_vec();
    rows.iter_mut().skip(1).flatten().for_each(unmarked);
    with_ends(&mut rows);
    Some(rows)
}

/// Takes off what Amazon's documents of calls mark in the words, which nobody said.
fn unmarked(cell: &mut String) {
    for mark in ["[ISSUE] ", "[ACTION] ", "[OUTCOME] ", "[INTERRUPTION] "] {
        if cell.contains(mark) {
            *cell = cell.replace(mark, "");
        }
    }
    if let Some((topic, words)) = cell.strip_prefix("[Topic ").and_then(|c| c.split_once("] "))
        && topic.bytes().all(|b| b.is_ascii_digit())
    {
        *cell = words.to_owned();
    }
    if let Some((words, mark)) = cell.rsplit_once('\n')
        && mark.starts_with("Guardrail ")
        && mark.ends_with("%)")
    {
        *cell = words.to_owned();
    }
}

/// A table from its header on, if it has one within its first rows; a title may stand above.
fn headed(rows: &[Vec<String>]) -> Option<&[Vec<String>]> {
    let header = rows.iter().take(3).position(|row| {
        let columns: Vec<Column> = row.iter().map(|title| table::column(title)).collect();
        row.iter().all(|title| title.len() <= 60)
            && columns.contains(&Column::Text)
            && columns.contains(&Column::Speaker)
    })?;
    (rows.len() > header + 1).then(|| &rows[header..])
}

/// Puts the end of each turn beside its length, as `Start` and `Dur.` tell it.
fn with_ends(rows: &mut [Vec<String>]) {
    let Some(titles) = rows.first() else { return };
    let start = titles.iter().position(|t| matches!(table::column(t), Column::Start(_)));
    let length =
        titles.iter().position(|t| matches!(t.trim().to_ascii_lowercase().as_str(), "dur." | "dur" | "duration"));
    let (Some(start), Some(length)) = (start, length) else {
        return;
    };
    for (k, row) in rows.iter_mut().enumerate() {
        let end = if k == 0 {
            "End".to_owned()
        } else {
            let seconds = |cell: Option<&String>| {
                let cell = cell?.trim();
                let number = cell.trim_end_matches(['s', ' ']).parse::<f64>();
                number.ok().or_else(|| sheet::clock(cell))
            };
            let end = seconds(row.get(start)).zip(seconds(row.get(length)));
            end.map_or(String::new(), |(at, long)| format!("{:.3}", at + long))
        };
        if let Some(cell) = row.get_mut(length) {
            *cell = end;
        }
    }
    // Plain seconds in both columns, so that neither is read as a clock of another unit.
    for row in rows.iter_mut().skip(1) {
        if let Some(cell) = row.get_mut(start)
            && let Some(seconds) = sheet::clock(cell)
        {
            *cell = format!("{seconds}");
        }
    }
}

/// The document as lines. Rows of two or three cells without a header are turns too: who, perhaps when, what.
fn linear(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                text.push_str(paragraph);
                text.push('\n');
            }
            Block::Empty(_) => text.push('\n'),
            Block::Table(rows) => {
                for row in rows {
                    let cells: Vec<&str> = row.iter().map(String::as_str).collect();
                    match cells.as_slice() {
                        [who, what] if label_like(who) => {
                            text.extend([
                                who, ": ", what, "
",
                            ]);
                        }
                        [when, who, what] if label_like(who) && sheet::clock(when).is_some() => {
                            text.extend([
                                "[", when, "] ", who, ": ", what, "
",
                            ]);
                        }
                        [who, when, what] if label_like(who) && sheet::clock(when).is_some() => {
                            text.extend([
                                "[", when, "] ", who, ": ", what, "
",
                            ]);
                        }
                        _ => {
                            text.push_str(&cells.join(" "));
                            text.push('\n');
                        }
                    }
                }
            }
        }
    }
    text
}

#[cfg(test)]
#[path = "docx_tests.rs"]
mod tests;
