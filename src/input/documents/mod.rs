//! What formats of office documents share: the text of a Word document, and rows of cells.

pub mod sheet;
pub mod word_xml;
