//! Excel's sheets: the workbook names them, texts are shared between them, styles tell which numbers are dates.

use std::collections::BTreeMap;

use super::sheet::{Cell, Sheet, row_in_bounds};
use crate::input::documents::budget::{Budget, COLUMNS};
use crate::input::documents::xml::{self, Step};
use crate::input::files::archive::Parts;

/// The part that names the sheets.
pub(super) const BOOK: &str = "xl/workbook.xml";

/// What the workbook says of itself.
#[derive(Default)]
struct Book {
    /// Names of sheets and of the relations to their parts.
    sheets: Vec<(String, String)>,
    /// Days are counted from 1904.
    from_1904: bool,
}

pub(super) fn read(
    parts: &mut Parts<'_>,
    budget: &Budget,
    each: &mut dyn FnMut(&Sheet) -> Result<(), String>,
) -> Result<(), String> {
    let book = book(parts, budget)?;
    let targets = targets(parts, budget)?;
    let dates = dates(parts, budget)?;
    let mut sheet = Sheet::default();
    shared(parts, budget, &mut sheet)?;
    let shared = sheet.texts.ends.len() as u32;
    for (name, relation) in &book.sheets {
        // Relations start from the workbook's folder, unless they start from the top.
        let part = targets.get(relation).map(|target| match target.strip_prefix('/') {
            Some(from_top) => from_top.to_owned(),
            None => format!("xl/{}", target.trim_start_matches("./")),
        });
        let Some(part) = part.filter(|part| parts.has(part)) else {
            continue;
        };
        sheet.begin(name, shared);
        let reading = Reading { shared, dates: &dates, from_1904: book.from_1904, ..Reading::default() };
        reading.all(parts, &part, budget, &mut sheet)?;
        each(&sheet)?;
    }
    Ok(())
}

fn book(parts: &mut Parts<'_>, budget: &Budget) -> Result<Book, String> {
    let mut book = Book::default();
    xml::read(parts.part(BOOK)?, BOOK, budget, &mut |step| {
        if let Step::Open(tag, element) = step {
            match tag {
                "sheet" => {
                    budget.pieces(1)?;
                    let of = |name| element.attribute(name).unwrap_or_default();
                    book.sheets.push((of("name"), of("id")));
                }
                "workbookPr" => {
                    let is = element.attribute("date1904");
                    book.from_1904 = is.is_some_and(|is| matches!(is.trim(), "1" | "true"));
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(book)
}

/// The parts that relations of the workbook lead to.
fn targets(parts: &mut Parts<'_>, budget: &Budget) -> Result<BTreeMap<String, String>, String> {
    const PART: &str = "xl/_rels/workbook.xml.rels";
    let mut targets = BTreeMap::new();
    xml::read(parts.part(PART)?, PART, budget, &mut |step| {
        if let Step::Open("Relationship", element) = step
            && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
        {
            budget.pieces(1)?;
            targets.insert(id, target);
        }
        Ok(())
    })?;
    Ok(targets)
}

/// For each style of a cell whether it shows a date or a time.
fn dates(parts: &mut Parts<'_>, budget: &Budget) -> Result<Vec<bool>, String> {
    const PART: &str = "xl/styles.xml";
    let (mut custom, mut dates, mut inside) = (BTreeMap::new(), Vec::new(), false);
    if !parts.has(PART) {
        return Ok(dates);
    }
    xml::read(parts.part(PART)?, PART, budget, &mut |step| {
        match step {
            Step::Open("numFmt", element) => {
                budget.pieces(1)?;
                if let (Some(id), Some(code)) = (element.number("numFmtId"), element.attribute("formatCode")) {
                    custom.insert(id, shows_time(&code));
                }
            }
            Step::Open("cellXfs", _) => inside = true,
            Step::Close("cellXfs") => inside = false,
            Step::Open("xf", element) if inside => {
                budget.pieces(1)?;
                let id = element.number("numFmtId").unwrap_or(0);
                let built_in = matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                dates.push(custom.get(&id).copied().unwrap_or(built_in));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(dates)
}

/// Whether a format of numbers shows days, hours, minutes or seconds: it has one of their letters outside of quotes,
/// escapes and what stands in brackets, such as `[Red]`; but `[h]` counts hours.
fn shows_time(code: &str) -> bool {
    let first = code.split(';').next().unwrap_or_default();
    let mut signs = first.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign.to_ascii_lowercase() {
            '"' => _ = signs.by_ref().find(|c| *c == '"'),
            '\\' | '_' | '*' => _ = signs.next(),
            '[' => {
                let inner: String = signs.by_ref().take_while(|c| *c != ']').collect();
                let counts = |letter: char| inner.chars().all(|c| c.eq_ignore_ascii_case(&letter));
                if !inner.is_empty() && ['h', 'm', 's'].into_iter().any(counts) {
                    return true;
                }
            }
            'g' if first.eq_ignore_ascii_case("general") => return false,
            'd' | 'm' | 'y' | 'h' | 's' => return true,
            _ => {}
        }
    }
    false
}

/// Reads the texts that sheets share, in front of all others.
fn shared(parts: &mut Parts<'_>, budget: &Budget, sheet: &mut Sheet) -> Result<(), String> {
    const PART: &str = "xl/sharedStrings.xml";
    if !parts.has(PART) {
        return Ok(());
    }
    let (mut inside, mut sounds) = (false, false);
    xml::read(parts.part(PART)?, PART, budget, &mut |step| {
        match step {
            // How a word sounds is written beside it in Japanese.
            Step::Open("rPh", _) => sounds = true,
            Step::Close("rPh") => sounds = false,
            Step::Open("t", _) => inside = true,
            Step::Close("t") => inside = false,
            Step::Text(text) if inside && !sounds => {
                budget.text(text.len())?;
                sheet.texts.all.push_str(text);
            }
            Step::Close("si") => {
                budget.pieces(1)?;
                end_text(sheet);
            }
            _ => {}
        }
        Ok(())
    })
}

/// Ends a text, in which characters that XML cannot hold are written as `_x000D_`.
fn end_text(sheet: &mut Sheet) -> u32 {
    let open = sheet.texts.open();
    if open.contains("_x") {
        let decoded = unescaped(open);
        let from = sheet.texts.all.len() - open.len();
        sheet.texts.all.truncate(from);
        sheet.texts.all.push_str(&decoded);
    }
    sheet.texts.end()
}

fn unescaped(text: &str) -> String {
    let (mut units, mut rest): (Vec<u16>, &str) = (Vec::new(), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.filter(|c| c.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = code.and_then(|c| u16::from_str_radix(c, 16).ok());
        let upto = if code.is_some() { at } else { at + 2 };
        units.extend(rest[..upto].encode_utf16());
        units.extend(code);
        rest = &rest[if code.is_some() { at + 7 } else { upto }..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

/// A sheet that is being read.
#[allow(clippy::struct_excessive_bools, reason = "independent facts about where the reader stands")]
#[derive(Default)]
struct Reading<'d> {
    dates: &'d [bool],
    from_1904: bool,
    /// How many texts are shared.
    shared: u32,
    /// The row and the column that come next, counted from 0.
    row: u32,
    column: u32,
    /// The first cell of the row.
    from: usize,
    kind: String,
    style: usize,
    /// The value of the cell, if it is none of its own text.
    value: String,
    in_value: bool,
    in_text: bool,
    sounds: bool,
    has_text: bool,
}

impl Reading<'_> {
    fn all(mut self, parts: &mut Parts<'_>, part: &str, budget: &Budget, sheet: &mut Sheet) -> Result<(), String> {
        xml::read(parts.part(part)?, part, budget, &mut |step| {
            match step {
                Step::Open("row", element) => {
                    // A number goes on from the row before, if the row has none.
                    self.row = element.number("r").map_or(self.row, |r| r.saturating_sub(1));
                    self.column = 0;
                    self.from = sheet.cells.len();
                }
                Step::Close("row") => {
                    sheet.end_row(self.row, self.from, budget)?;
                    self.from = sheet.cells.len();
                    self.row = self.row.saturating_add(1);
                }
                Step::Open("c", element) => {
                    self.column = element.attribute("r").and_then(|r| column(&r)).unwrap_or(self.column);
                    self.kind = element.attribute("t").unwrap_or_default();
                    self.style = element.number("s").unwrap_or(0) as usize;
                    self.value.clear();
                    self.has_text = false;
                }
                Step::Close("c") => {
                    self.end_cell(sheet, budget)?;
                    self.column = self.column.saturating_add(1);
                }
                Step::Open("v", _) => self.in_value = true,
                Step::Close("v") => self.in_value = false,
                Step::Open("rPh", _) => self.sounds = true,
                Step::Close("rPh") => self.sounds = false,
                Step::Open("t", _) => (self.in_text, self.has_text) = (true, true),
                Step::Close("t") => self.in_text = false,
                Step::Text(text) if self.in_value => {
                    budget.text(text.len())?;
                    self.value.push_str(text);
                }
                Step::Text(text) if self.in_text && !self.sounds && self.kind == "inlineStr" => {
                    budget.text(text.len())?;
                    sheet.texts.all.push_str(text);
                }
                _ => {}
            }
            Ok(())
        })?;
        sheet.end_row(self.row, self.from, budget)
    }

    fn end_cell(&mut self, sheet: &mut Sheet, budget: &Budget) -> Result<(), String> {
        let value = self.value.trim();
        let cell = match self.kind.as_str() {
            "inlineStr" => self.has_text.then(|| Cell::Text(end_text(sheet))),
            "s" if value.is_empty() => None,
            "s" => {
                let at = value.parse::<u32>().ok().filter(|at| *at < self.shared);
                Some(Cell::Text(at.ok_or_else(|| {
                    let shown: String = value.chars().take(20).collect();
                    format!("has a cell with text number {shown} of {}", self.shared)
                })?))
            }
            "b" => Some(Cell::Flag(value == "1" || value == "true")),
            // An error of a formula says nothing.
            "e" => None,
            "" | "n" => match value.parse::<f64>().ok().filter(|n| n.is_finite()) {
                Some(n) if self.dates.get(self.style) == Some(&true) => Some(Cell::Days(n, self.from_1904)),
                Some(n) => Some(Cell::Number(n)),
                None => own(sheet, &self.value),
            },
            // "str" is what a formula gives, "d" is a date as ISO 8601 writes it.
            _ => own(sheet, &self.value),
        };
        let Some(cell) = cell else { return Ok(()) };
        row_in_bounds(self.row)?;
        sheet.push(self.column, cell, budget)
    }
}

/// A text of the cell's own.
fn own(sheet: &mut Sheet, text: &str) -> Option<Cell> {
    if text.is_empty() {
        return None;
    }
    sheet.texts.all.push_str(text);
    Some(Cell::Text(end_text(sheet)))
}

/// The column of a place such as `AB12`, counted from 0.
fn column(place: &str) -> Option<u32> {
    let letters = place.trim_start_matches('$').bytes().take_while(u8::is_ascii_alphabetic);
    let number =
        letters.fold(0u32, |n, b| n.saturating_mul(26).saturating_add(u32::from(b.to_ascii_uppercase() - b'A') + 1));
    // One that is far out is told as such by who puts the cell there.
    number.checked_sub(1).map(|n| n.min(COLUMNS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_formats_and_escapes() {
        assert_eq!(
            ["A1", "Z9", "AA1", "XFD1048576", "12"].map(column),
            [Some(0), Some(25), Some(26), Some(16383), None]
        );
        assert_eq!(column(&"Z".repeat(100)), Some(COLUMNS));
        for code in ["h:mm", "[h]:mm:ss", "yyyy\\-mm\\-dd", "mm:ss.0", "[$-409]d mmm;@", "[Red]hh"] {
            assert!(shows_time(code), "{code}");
        }
        for code in ["General", "0.00", "\"days\" 0", "[Red]0", "#,##0 \\d", "0;h", "@", "_(* #,##0_)"] {
            assert!(!shows_time(code), "{code}");
        }
        assert_eq!(unescaped("a_x000D_b_x005F_x000A_ _x_x00ZZ_ é_xD83D__xDE42_"), "a\rb_x000A_ _x_x00ZZ_ é🙂");
    }
}
