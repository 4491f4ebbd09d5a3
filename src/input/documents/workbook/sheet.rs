//! One sheet in memory: its cells one after the other, its texts in one piece.

use std::borrow::Cow;

use crate::input::documents::budget::{Budget, COLUMNS, ROWS};

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Text, by its place among the sheet's texts.
    Text(u32),
    /// A number.
    Number(f64),
    /// A number of days with the looks of a date or a time; true if they are counted from 1904.
    Days(f64, bool),
    /// True or false.
    Flag(bool),
}

/// One sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The rows that hold anything, in order: their numbers, and which cells are theirs.
    rows: Vec<(u32, u32, u32)>,
    pub(super) cells: Vec<(u32, Cell)>,
    pub(super) texts: Texts,
}

/// Many texts in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) all: String,
    pub(super) ends: Vec<u32>,
}

impl Texts {
    /// Ends the text that was added to `all`.
    pub(super) fn end(&mut self) -> u32 {
        self.ends.push(self.all.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// The text that is being added.
    pub(super) fn open(&self) -> &str {
        &self.all[self.ends.last().map_or(0, |end| *end as usize)..]
    }

    fn get(&self, at: u32) -> &str {
        let end = |k: usize| self.ends.get(k).map_or(0, |end| *end as usize);
        let from = (at as usize).checked_sub(1).map_or(0, end);
        self.all.get(from..end(at as usize)).unwrap_or_default()
    }
}

impl Sheet {
    /// A row's cells with their columns, in order.
    pub fn rows(&self) -> impl Iterator<Item = &[(u32, Cell)]> {
        self.numbered().map(|(_, row)| row)
    }

    /// The rows with their numbers, counted from 0; a number that is not more than the one before goes on from there.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &[(u32, Cell)])> {
        let mut next = 0;
        self.rows.iter().map(move |(number, from, to)| {
            let number = next.max(*number);
            next = number + 1;
            (number, &self.cells[*from as usize..*to as usize])
        })
    }

    /// A cell's text, if it is one.
    pub fn text(&self, cell: Cell) -> Option<&str> {
        match cell {
            Cell::Text(at) => Some(self.texts.get(at)),
            _ => None,
        }
    }

    /// A cell as it is shown without its looks.
    pub fn plain(&self, cell: Cell) -> Cow<'_, str> {
        match cell {
            Cell::Text(at) => Cow::Borrowed(self.texts.get(at).trim()),
            // The shortest text that reads as the same number; ids without ".0".
            Cell::Number(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}").into(),
            Cell::Number(n) => n.to_string().into(),
            Cell::Flag(yes) => if yes { "true" } else { "false" }.into(),
            Cell::Days(..) => "".into(),
        }
    }

    /// Begins a sheet; its memory and what is known of shared texts stay.
    pub(super) fn begin(&mut self, name: &str, shared: u32) {
        name.clone_into(&mut self.name);
        self.rows.clear();
        self.cells.clear();
        self.texts.ends.truncate(shared as usize);
        self.texts.all.truncate(self.texts.ends.last().map_or(0, |end| *end as usize));
    }

    /// Adds a cell to the row that is being read; cells that come out of order make the row be sorted at its end.
    pub(super) fn push(&mut self, column: u32, cell: Cell, budget: &Budget) -> Result<(), String> {
        if column >= COLUMNS {
            return Err(format!("has a cell in column {}, over the limit of {COLUMNS}", u64::from(column) + 1));
        }
        budget.pieces(1)?;
        self.cells.push((column, cell));
        Ok(())
    }

    /// Ends a row that began at this cell.
    pub(super) fn end_row(&mut self, number: u32, from: usize, budget: &Budget) -> Result<(), String> {
        if self.cells.len() == from {
            return Ok(());
        }
        budget.pieces(1)?;
        self.cells[from..].sort_by_key(|(column, _)| *column);
        self.rows.push((number, from as u32, self.cells.len() as u32));
        Ok(())
    }
}

/// A row's number, counted from 0, must be one that a sheet can have.
pub(super) fn row_in_bounds(row: u32) -> Result<(), String> {
    if row < ROWS {
        return Ok(());
    }
    Err(format!("has a cell in row {}, over the limit of {ROWS}", u64::from(row) + 1))
}
