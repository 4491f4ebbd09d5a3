//! From command-line paths to calls: sequential cheap edges, a pure parallel middle.
//!
//! [`Inputs`] checks the paths, the [`Framer`] cuts what they hold into batches of whole records (one thread), a
//! [`Decoder`] turns a batch into calls (a worker each). What is in flight is what the caller's batches hold.

use super::json::described;
use super::meta::MetaTable;
use super::name_pattern::NamePattern;
use super::roles_map::RoleRule;
use super::{FORMATS, Format};

pub use super::decode::{Decoder, Event};
pub use super::frame::{Batch, Framer};
pub use super::walk::{InputError, Inputs, Skipped};

/// The longest record that is read unless the user says otherwise, in bytes.
pub const MAX_RECORD_BYTES: usize = 16 << 20;

/// What the user says about the inputs.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The format of all inputs; found by content if none.
    pub from: Option<From_>,
    /// Longer records are not read, so that one of them cannot take all memory.
    pub max_record_bytes: usize,
    /// `--roles`.
    pub roles: Vec<RoleRule>,
    /// `--meta`.
    pub meta: Option<MetaTable>,
    /// `--name-pattern`.
    pub name_patterns: Vec<NamePattern>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            from: None,
            max_record_bytes: MAX_RECORD_BYTES,
            roles: Vec::new(),
            meta: None,
            name_patterns: Vec::new(),
        }
    }
}

/// A format as `--from` names it.
#[derive(Clone, Copy)]
pub enum From_ {
    /// A registered format.
    Format(&'static dyn Format),
    /// One JSON document a line, each sniffed, call JSONL first.
    Jsonl,
}

impl std::fmt::Debug for From_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for From_ {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl From_ {
    /// Finds a format by its name; `jsonl` is one JSON document a line.
    pub fn parse(name: &str) -> Result<From_, String> {
        if name == "jsonl" {
            return Ok(From_::Jsonl);
        }
        let found = FORMATS.iter().chain(described::own()).find(|f| f.name() == name).map(|f| From_::Format(*f));
        found.ok_or_else(|| {
            let names: Vec<&str> = Self::names();
            format!("no input format is called \"{name}\"; one of {}", names.join(", "))
        })
    }

    /// All names, `jsonl` first.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        std::iter::once("jsonl").chain(FORMATS.iter().chain(described::own()).map(|f| f.name())).collect()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            From_::Format(format) => format.name(),
            From_::Jsonl => "jsonl",
        }
    }
}

/// A source's file name without `.gz` or `.zst` and its extension: `calls/c-17.json.gz` gives `c-17`.
#[must_use]
pub fn stem(source: &str) -> &str {
    if source == "-" {
        return "stdin";
    }
    let name = source.rsplit('/').next().unwrap_or(source);
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).filter(|n| !n.is_empty()).unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim_end_matches('.')
}

/// What to say of a record over the limit.
#[must_use]
pub fn too_long(limit: usize) -> String {
    let shown = if limit >= 1 << 20 && limit.is_multiple_of(1 << 20) {
        format!("{} MiB", limit >> 20)
    } else {
        format!("{limit} bytes")
    };
    format!("record is longer than {shown}; raise --max-record-bytes or split it")
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
