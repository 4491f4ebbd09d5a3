//! What is heard when in a call, for reports that draw it: beside the verdicts, which show only what decided them.

use crate::report::Looked;
use std::ops::Range;

/// What is worth a mark in a picture of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MomentKind {
    /// The agent voices empathy or willingness, or apologises.
    Statement,
    /// The caller voices a hardship.
    Hardship,
    /// The agent has a solution.
    Solution,
    /// The caller waits.
    Hold,
    /// The agent speaks while the caller still does.
    Interruption,
}

impl MomentKind {
    /// All of them, in the order of legends.
    pub const ALL: [MomentKind; 5] =
        [MomentKind::Statement, MomentKind::Hardship, MomentKind::Solution, MomentKind::Hold, MomentKind::Interruption];

    /// The word that stands in outputs.
    pub const fn as_str(self) -> &'static str {
        match self {
            MomentKind::Statement => "statement",
            MomentKind::Hardship => "hardship",
            MomentKind::Solution => "solution",
            MomentKind::Hold => "hold",
            MomentKind::Interruption => "interruption",
        }
    }
}

/// Something worth a mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// What it is.
    pub kind: MomentKind,
    /// Index of the turn in which it begins, from 0.
    pub turn: u32,
    /// The words, as bytes of [`crate::call::Call::text`]; empty where it is no words.
    pub said: Range<u32>,
    /// Names of the sets that were found.
    pub tags: Vec<&'static str>,
    /// When it starts and ends, in seconds on the file's clock.
    pub span: Option<(f64, f64)>,
}

/// A call as a picture shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// When each turn starts and ends, as rules take it; of calls without times of speech none.
    pub turns: Vec<Option<(f64, f64)>>,
    /// By turn, then by place in it.
    pub moments: Vec<Moment>,
    /// The seconds at the beginning in which a rule wants a first statement.
    pub opening: Option<Looked>,
}
