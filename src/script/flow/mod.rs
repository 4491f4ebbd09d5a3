//! Prompts that do not stand on a page: tables of prompts, Word documents, and the files in which assistants keep what
//! they say (Rasa, Dialogflow CX, Voiceflow, Botpress).
//!
//! Each becomes a [`Script`] like any other: prompts of a file that gives them names stand side by side, in its order.

mod document;
mod exports;
mod place;
mod prompts;
mod table;
mod value;

use super::{Script, Unread};
use crate::input::files::archive;

/// Endings of files that hold prompts, when they lie in a folder.
pub const ENDINGS: [&str; 8] = ["csv", "tsv", "xlsx", "docx", "json", "yml", "yaml", "vf"];

/// Reads a file that is no page; none if it is one.
pub fn read(name: &str, bytes: &[u8]) -> Option<Result<Script, Unread>> {
    let ending = name.rsplit(['/', '\\']).next().and_then(|n| n.rsplit_once('.')).map_or("", |(_, e)| e);
    let ending = ending.to_ascii_lowercase();
    if archive::like(bytes) {
        let has = |part: &[u8]| memchr::memmem::find(bytes, part).is_some();
        return Some(if has(b"word/document.xml") {
            document::read(bytes)
        } else if has(b"xl/workbook.xml") {
            table::workbook(bytes)
        } else {
            Err(Unread::unknown(
                "is an archive, and no Word document or workbook: unpack an agent that was exported as one, and check its files",
            ))
        });
    }
    match ending.as_str() {
        "csv" | "tsv" => Some(text(bytes).and_then(table::read)),
        "json" | "vf" | "yml" | "yaml" => Some(text(bytes).and_then(exports::read)),
        _ => None,
    }
}

fn text(bytes: &[u8]) -> Result<&str, Unread> {
    let text = std::str::from_utf8(bytes);
    let text =
        text.map_err(|e| Unread::broken(format!("is not UTF-8 at byte {}: save it as UTF-8", e.valid_up_to())))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
