//! `OpenDocument` sheets: one part with all tables, whose rows and cells may be repeated.

use super::sheet::{Cell, Sheet, Texts, row_in_bounds};
use crate::input::documents::budget::{Budget, COLUMNS};
use crate::input::documents::xml::{self, Element, Step};
use crate::input::files::archive::Parts;

/// The part with all tables.
pub(super) const CONTENT: &str = "content.xml";
/// More blanks than these in a row are of no use.
const BLANKS: u32 = 16;

pub(super) fn read(
    parts: &mut Parts<'_>,
    budget: &Budget,
    each: &mut dyn FnMut(&Sheet) -> Result<(), String>,
) -> Result<(), String> {
    let mut reading = Reading::new(budget);
    let mut spreadsheet = false;
    xml::read(parts.part(CONTENT)?, CONTENT, budget, &mut |step| match step {
        Step::Open("spreadsheet", _) => {
            spreadsheet = true;
            Ok(())
        }
        Step::Open(tag, element) => reading.open(tag, element),
        Step::Close("table") => {
            reading.tables = reading.tables.saturating_sub(1);
            if reading.tables == 0 { each(&reading.sheet) } else { Ok(()) }
        }
        Step::Close(tag) => reading.close(tag),
        Step::Text(text) => reading.say(text),
    })?;
    if spreadsheet {
        return Ok(());
    }
    Err("is an OpenDocument file without a spreadsheet in it; save a text document as .docx".into())
}

struct Reading<'b> {
    sheet: Sheet,
    budget: &'b Budget,
    /// How many tables are open; one within a cell is passed over.
    tables: usize,
    row: u32,
    /// How often the row is there.
    rows: u32,
    column: u32,
    from: usize,
    /// How often the cell is there.
    cells: u32,
    in_cell: bool,
    value: Option<Cell>,
    /// A value that is written out, as dates and stretches of time are.
    written: Option<String>,
    /// How many remarks are open, which are no content of the cell.
    remarks: usize,
    paragraphs: usize,
    in_paragraph: bool,
}

impl<'b> Reading<'b> {
    fn new(budget: &'b Budget) -> Self {
        Reading {
            sheet: Sheet::default(),
            budget,
            tables: 0,
            row: 0,
            rows: 1,
            column: 0,
            from: 0,
            cells: 1,
            in_cell: false,
            value: None,
            written: None,
            remarks: 0,
            paragraphs: 0,
            in_paragraph: false,
        }
    }

    fn open(&mut self, tag: &str, element: &Element<'_>) -> Result<(), String> {
        match tag {
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.sheet.begin(&element.attribute("name").unwrap_or_default(), 0);
                    (self.row, self.from) = (0, 0);
                }
            }
            "annotation" => self.remarks += 1,
            _ if self.tables != 1 || self.remarks > 0 => {}
            "table-row" => {
                self.rows = element.number("number-rows-repeated").unwrap_or(1).max(1);
                (self.column, self.from) = (0, self.sheet.cells.len());
            }
            "table-cell" | "covered-table-cell" => {
                self.cells = element.number("number-columns-repeated").unwrap_or(1).max(1);
                (self.in_cell, self.paragraphs) = (true, 0);
                self.typed(element);
            }
            "p" if self.in_cell => {
                self.in_paragraph = true;
                self.paragraphs += 1;
                if self.paragraphs > 1 {
                    self.say("\n")?;
                }
            }
            "s" => {
                for _ in 0..element.number("c").unwrap_or(1).min(BLANKS) {
                    self.say(" ")?;
                }
            }
            "tab" => self.say("\t")?,
            "line-break" => self.say("\n")?,
            _ => {}
        }
        Ok(())
    }

    /// What the cell's attributes say it holds.
    fn typed(&mut self, element: &Element<'_>) {
        let number = |name| element.attribute(name)?.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        (self.value, self.written) = (None, None);
        match element.attribute("value-type").as_deref() {
            Some("float" | "percentage" | "currency") => self.value = number("value").map(Cell::Number),
            Some("boolean") => {
                self.value = element.attribute("boolean-value").map(|yes| Cell::Flag(yes.trim() == "true"));
            }
            Some("date") => self.written = element.attribute("date-value"),
            Some("time") => {
                let time = element.attribute("time-value");
                self.written = time.map(|text| clock(&text).unwrap_or(text));
            }
            Some("string") => self.written = element.attribute("string-value"),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) -> Result<(), String> {
        if self.in_paragraph && self.tables == 1 && self.remarks == 0 {
            self.budget.text(text.len())?;
            self.sheet.texts.all.push_str(text);
        }
        Ok(())
    }

    fn close(&mut self, tag: &str) -> Result<(), String> {
        match tag {
            "annotation" => self.remarks = self.remarks.saturating_sub(1),
            _ if self.tables != 1 || self.remarks > 0 => {}
            "p" => self.in_paragraph = false,
            "table-cell" | "covered-table-cell" => self.end_cell()?,
            "table-row" => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), String> {
        (self.in_cell, self.in_paragraph) = (false, false);
        let texts = &mut self.sheet.texts;
        if self.value.is_some() || self.written.is_some() {
            // What is shown of a value is no text of its own.
            texts.all.truncate(texts.all.len() - texts.open().len());
        }
        if let Some(written) = self.written.take() {
            self.budget.text(written.len())?;
            texts.all.push_str(&written);
        }
        let text = |texts: &mut Texts| (!texts.open().is_empty()).then(|| Cell::Text(texts.end()));
        let holds = self.value.take().or_else(|| text(texts));
        if let Some(cell) = holds {
            row_in_bounds(self.row)?;
            for k in 0..self.cells.min(COLUMNS + 1) {
                self.sheet.push(self.column.saturating_add(k), cell, self.budget)?;
            }
        }
        self.column = self.column.saturating_add(self.cells);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), String> {
        let row = self.from..self.sheet.cells.len();
        if !row.is_empty() {
            let last = self.row.saturating_add(self.rows - 1);
            row_in_bounds(last)?;
            self.sheet.end_row(self.row, row.start, self.budget)?;
            for k in 1..self.rows {
                self.budget.pieces(row.len())?;
                let from = self.sheet.cells.len();
                self.sheet.cells.extend_from_within(row.clone());
                self.sheet.end_row(self.row + k, from, self.budget)?;
            }
        }
        self.row = self.row.saturating_add(self.rows);
        self.from = self.sheet.cells.len();
        Ok(())
    }
}

/// `PT00H01M05S` as `0:01:05`.
fn clock(text: &str) -> Option<String> {
    let span: jiff::SignedDuration = text.trim().parse().ok()?;
    let all = span.as_millis();
    let (hours, minutes) = (all / 3_600_000, all / 60_000 % 60);
    Some(format!("{hours}:{minutes:02}:{:02}.{:03}", all / 1000 % 60, all % 1000))
}
