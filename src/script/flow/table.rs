//! Tables of prompts, as CSV or a workbook: a row a prompt, with columns that say what is said, by whom and when.

use super::place::{Text, spoken};
use crate::input::formats::excel;
use crate::input::table::delimiter;
use crate::script::table::{Column, columns};
use crate::script::{Branch, Item, Marked, Script, Unread};

/// A row: its cells with their places.
type Row = Vec<Text>;

/// Reads a table of comma-separated values.
pub fn read(text: &str) -> Result<Script, Unread> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text.as_bytes()))
        .from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| Unread::broken(format!("is no table that can be read: {e}")))?;
        let at = record.position().map_or(0, |p| p.byte() as usize);
        rows.push(cells(&record, text, at));
    }
    script(&rows)
}

/// The cells of a record, each with its place: found one after the other in what is written.
fn cells(record: &csv::StringRecord, text: &str, mut at: usize) -> Row {
    let (mut line, mut column) = (1 + text[..at].matches('\n').count() as u32, 1_u32);
    let mut row = Vec::new();
    for cell in record {
        // The first line of a cell stands as it is, but for doubled quotation marks.
        let first = cell.split(['\n', '"']).find(|piece| !piece.trim().is_empty()).unwrap_or("");
        let found = text[at..].find(first).unwrap_or(0);
        for c in text[at..at + found].chars() {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        at += found;
        let most = text[at..].len().min(cell.len() * 2 + 2);
        let end = (at + cell.len()..=at + most).find(|&e| text.is_char_boundary(e) && closes(&text[at..e], cell));
        let end = end.unwrap_or(at + first.len());
        row.push(Text { text: cell.to_owned(), line, column, written: text[at..end].to_owned() });
        for c in text[at..end].chars() {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        at = end;
    }
    row
}

/// Whether a stretch of the file holds all of a cell.
fn closes(written: &str, cell: &str) -> bool {
    written.replace("\"\"", "\"").trim_start_matches('"').len() >= cell.trim_start_matches('"').len()
}

/// Reads the sheets of a workbook; its rows are its lines, its columns those of the sheet.
pub fn workbook(bytes: &[u8]) -> Result<Script, Unread> {
    let sheets = excel::sheets(bytes).map_err(|e| Unread::broken(e.0))?;
    let mut first = None;
    for (_, rows) in sheets {
        let cell = |(line, column): (usize, usize), text: String| Text {
            written: text.clone(),
            text,
            line: line as u32 + 1,
            column: column as u32 + 1,
        };
        let rows = rows
            .into_iter()
            .enumerate()
            .map(|(line, row)| row.into_iter().enumerate().map(|(column, text)| cell((line, column), text)).collect());
        let rows: Vec<Row> = rows.collect();
        match script(&rows) {
            Ok(script) => return Ok(script),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or_else(|| Unread::broken("is a workbook without a sheet".to_owned())))
}

/// The script that a table is; its header may stand below a title.
fn script(rows: &[Row]) -> Result<Script, Unread> {
    let titles = |row: &Row| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
    let header = rows.iter().take(10).position(|row| columns(&titles(row)).is_some());
    let Some((header, kinds)) = header.and_then(|at| Some((at, columns(&titles(&rows[at]))?))) else {
        let found: Vec<String> = rows.first().map(titles).unwrap_or_default();
        let found = found.iter().filter(|t| !t.is_empty()).take(8).cloned().collect::<Vec<_>>().join(", ");
        return Err(Unread::unknown(format!(
            "has no column for what is said (found: {}): call it `prompt`, `script` or `say`",
            if found.is_empty() { "none" } else { found.as_str() }
        )));
    };
    let mut items: Vec<Item> = Vec::new();
    for row in &rows[header + 1..] {
        let (mut condition, mut at, mut said) = (String::new(), (0, 0), Vec::new());
        for (cell, kind) in row.iter().zip(&kinds) {
            match kind {
                Column::Condition => {
                    condition = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
                    at = (cell.line, cell.column);
                }
                Column::Said(role) => {
                    said.extend(spoken(cell).map(|speech| Item::Say(crate::script::Speech { role: *role, ..speech })));
                }
                Column::Note => {}
            }
        }
        if said.is_empty() {
            continue;
        }
        if condition.is_empty() {
            items.append(&mut said);
            continue;
        }
        // Rows with one condition are one branch, and neighbouring branches are alternatives.
        match items.last_mut() {
            Some(Item::Choice(ways)) => match ways.iter_mut().find(|w| w.label == condition) {
                Some(way) => way.items.append(&mut said),
                None => ways.push(Branch { label: condition, items: said, at, ..Branch::default() }),
            },
            _ => items.push(Item::Choice(vec![Branch { label: condition, items: said, at, ..Branch::default() }])),
        }
    }
    for item in &mut items {
        if let Item::Choice(ways) = item
            && ways.len() == 1
        {
            ways.push(Branch::default());
        }
    }
    if items.is_empty() {
        return Err(Unread::broken("is a table of prompts without a prompt".to_owned()));
    }
    Ok(Script { items, marked: Marked::Prompts, ..Script::default() })
}
