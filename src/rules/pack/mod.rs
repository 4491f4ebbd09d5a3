//! Reading packs: files, TOML tables with the places of their mistakes, phrase sets, the library that comes with the
//! program. What a rule requires is not known here: that is what [`super::kinds`] read out of these tables.

pub mod diagnostics;
pub mod example;
pub mod info;
pub mod learned;
pub mod lexical;
pub mod limits;
mod mentioned;
pub mod open;
pub mod raw_set;
pub mod reader;
pub mod set_names;
pub mod sets;
pub mod shipped;
