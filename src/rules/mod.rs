//! Packs: what is required of a call.

use crate::report::RuleHead;
use std::path::PathBuf;

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackRef {
    /// A pack inside the program: `empathy`.
    Shipped(String),
    /// A file.
    File(PathBuf),
}

/// Which rules of the packs are wanted; both empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// Only these ids.
    pub select: Vec<String>,
    /// Not these ids.
    pub ignore: Vec<String>,
}

/// All that is wrong with the packs, each with file, line, column and remedy; its `Display` is for people.
#[derive(Debug)]
pub struct Problems(pub String);

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Problems {}

/// The rules of a run, compiled once and shared by all workers.
#[derive(Debug, Default)]
pub struct RuleBook {
    heads: Vec<RuleHead>,
}

impl RuleBook {
    /// Reads and compiles packs.
    pub fn load(_packs: &[PackRef], _pick: &Pick) -> Result<RuleBook, Problems> {
        Ok(RuleBook::default())
    }

    /// The public rules, in the order of reports.
    #[must_use]
    pub fn heads(&self) -> &[RuleHead] {
        &self.heads
    }
}
