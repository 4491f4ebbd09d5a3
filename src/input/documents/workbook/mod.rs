//! The sheets of a workbook, read sparsely: a cell takes memory because it holds something, never because of where it
//! says it lies or how often it says it is repeated.

mod ods;
mod sheet;
mod xlsx;

pub use sheet::{Cell, Sheet};

use crate::input::documents::budget::Budget;
use crate::input::files::archive::Parts;

/// Reads a workbook sheet by sheet. An error of `each` ends it.
pub fn read(bytes: &[u8], each: &mut dyn FnMut(&Sheet) -> Result<(), String>) -> Result<(), String> {
    let mut parts = Parts::open(bytes).map_err(|e| format!("is no spreadsheet that can be read: {e}"))?;
    let budget = Budget::default();
    if parts.has(xlsx::BOOK) {
        xlsx::read(&mut parts, &budget, each)
    } else if parts.has("xl/workbook.bin") {
        Err("is a binary workbook (.xlsb); save it as .xlsx".into())
    } else if parts.has(ods::CONTENT) {
        ods::read(&mut parts, &budget, each)
    } else {
        Err("is no spreadsheet that can be read: there is no workbook in it".into())
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
