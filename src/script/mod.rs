//! Call scripts: what the agent is to say, read from Markdown or plain text, with the place of every spoken word; or from
//! tables, documents and the files of assistants ([`flow`]).
//!
//! ```text
//! text -> lines (comments, front matter, code taken out) -> blocks (headings, items, quotes, rows)
//!      -> items (spoken words and choices) -> paths (one branch taken at each choice) -> a Call each
//! ```
//!
//! Nothing here knows a rule: a path becomes a [`crate::call::Call`] with times at reading speed, and is audited like
//! any other.

mod allow;
mod blocks;
mod branch;
pub mod check;
mod emphasis;
mod enact;
pub mod flow;
mod label;
mod lines;
mod marked;
mod parse;
mod paths;
mod speaker;
mod speech;
mod spoken;
mod table;

pub use crate::report::script::Mark;
pub use allow::Allow;
pub use enact::{Enacted, enact};
pub use marked::Marked;
pub use paths::{Path, Paths, branches, paths};
pub use speech::Speech;

/// A part of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// Somebody speaks.
    Say(Speech),
    /// One of several ways on.
    Choice(Vec<Branch>),
}

/// A way on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// Its condition as it is written; empty for going on without any of the others.
    pub label: String,
    /// What is said on it.
    pub items: Vec<Item>,
    /// The headings it stands under, outermost first.
    pub under: Vec<String>,
    /// Line and column of its condition, from 1.
    pub at: (u32, u32),
}

/// A heading of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Line in the file, from 1.
    pub line: u32,
    /// Column of its first word in characters, from 1.
    pub column: u32,
    /// Its words.
    pub text: String,
}

/// A line that is not taken for speech, though it looks like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Line in the file, from 1.
    pub line: u32,
    /// Its first words.
    pub words: String,
}

/// A script, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Script {
    /// What is said, in order.
    pub items: Vec<Item>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// The comments that allow a rule to fail.
    pub allows: Vec<Allow>,
    /// How the script marks what is said.
    pub marked: Marked,
    /// What looks like speech and is not marked as such.
    pub doubts: Vec<Doubt>,
}

/// Why a file is no script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    why: String,
    /// It may be anything: in a folder, such a file is none of the scripts.
    pub unknown: bool,
}

impl Unread {
    fn broken(why: String) -> Unread {
        Unread { why, unknown: false }
    }

    fn unknown(why: impl Into<String>) -> Unread {
        Unread { why: why.into(), unknown: true }
    }
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.why)
    }
}

/// Reads a script: a page, or prompts in another kind of file, which its name and its bytes tell. The error says what is
/// wrong and what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Script, Unread> {
    if let Some(read) = flow::read(name, bytes) {
        return read;
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|e| Unread::broken(format!("is not UTF-8 at byte {}: save it as UTF-8 text", e.valid_up_to())))?;
    if text.contains('\0') {
        let why = "holds NUL bytes, so it is no text: a script is Markdown, plain text, a Word document or a table";
        return Err(Unread::broken(why.to_owned()));
    }
    read_page(text)
}

/// Reads a page.
fn read_page(text: &str) -> Result<Script, Unread> {
    let page = lines::Page::read(text);
    let script = parse::script(&page);
    if !is_spoken(&script.items) {
        let hint = match script.marked {
            Marked::Plain => "write what the agent is to say as paragraphs, list items, block quotes or after `Agent:`",
            _ => "what is marked as speech holds no words",
        };
        return Err(Unread::broken(format!("nothing in it is spoken: {hint}")));
    }
    Ok(script)
}

fn is_spoken(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Say(_) => true,
        Item::Choice(ways) => ways.iter().any(|way| is_spoken(&way.items)),
    })
}

#[cfg(test)]
mod tests;
