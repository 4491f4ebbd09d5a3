//! What formats of office documents share.

pub mod sheet;
pub mod word_xml;
