//! What formats of office documents share: the text of a Word document, the sheets of a
//! workbook, and rows of cells; each document within its budget.

pub mod budget;
pub mod sheet;
pub mod word_xml;
pub mod workbook;
pub mod xml;
