//! `[formats.NAME]` of `heard.toml`: where a user's own JSON keeps its fields, in the language of the shipped ones.

use super::Reader;
use crate::input::json::described;
use crate::input::json::described::Description;
use crate::input::registry::FORMATS;
use crate::support::bounded;
use std::ffi::OsString;
use toml::de::DeTable;

/// The section that holds a section for each format of the user's own.
pub(super) const SECTION: &str = "formats";

/// Makes the file's own formats known before the arguments are read, which may name them. What is wrong with the
/// file is told later, by the commands that heed it.
pub(super) fn register(arguments: &[OsString]) {
    if arguments.iter().any(|a| a == "--no-config") {
        return;
    }
    let file = std::env::current_dir().ok().and_then(|folder| super::find(&folder));
    let text = file.as_ref().and_then(|file| bounded::read_text(file, bounded::BY_HAND).ok());
    let (Some(file), Some(text)) = (file, text) else {
        return;
    };
    let Ok(document) = DeTable::parse(&text) else {
        return;
    };
    let sections = document.get_ref().get(SECTION);
    if let Some(sections) = sections.and_then(|s| s.get_ref().as_table()) {
        let mut reader = Reader { file: &file, text: &text, wrong: Vec::new() };
        described::register(reader.formats(sections));
    }
}

impl Reader<'_> {
    /// Reads the formats of a file; what is wrong with them is noted at its place.
    pub(super) fn formats(&mut self, sections: &DeTable<'_>) -> Vec<(String, Description)> {
        let mut formats = Vec::new();
        for (name, keys) in sections {
            let at = name.span().start;
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let bare = name.get_ref();
            if !bare.starts_with(|c: char| c.is_ascii_lowercase()) || !bare.chars().all(fits) {
                let what = format!("`{bare}` is no name of a format: write small letters, digits and -");
                self.problem(at, &what);
            } else if bare == "jsonl" || FORMATS.iter().any(|f| f.name() == bare) {
                let what = format!("there is a format `{bare}` already; give yours another name");
                self.problem(at, &what);
            } else if let Some(table) = keys.get_ref().as_table() {
                let mut wrong = Vec::new();
                let said = described::describe(bare, at, table, &mut wrong);
                formats.extend(said.map(|said| (bare.to_string(), said)));
                for (at, what) in wrong {
                    self.problem(at, &what);
                }
            } else {
                let what = format!("`{bare}` is a section: write [formats.{bare}] on a line of its own");
                self.problem(at, &what);
            }
        }
        formats
    }
}
