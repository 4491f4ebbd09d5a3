//! What can happen to a statement between two states of a script.

/// What happened to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It is no longer there, nor is another of its family instead.
    Gone,
    /// What stands for it fits every call.
    Generic,
    /// What stands for it is one sentence with a request or a procedure.
    Tied,
    /// This sentence of the new part comes first now, which asks for data or tells of procedure.
    Behind(usize),
    /// It comes so many seconds later.
    Later(u32),
    /// It no longer has a blank for the caller's name.
    Nameless,
}

/// What happened to one statement of an old part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The statement, by its number among the old sentences.
    pub old: usize,
    /// What stands for it, by its number among the new sentences.
    pub new: Option<usize>,
    /// What happened.
    pub what: What,
}

/// A statement and what stands for it now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// Its number among the old sentences.
    pub old: usize,
    /// The number of what stands for it among the new ones.
    pub new: usize,
    /// How much of its words are still there.
    pub share: f64,
}
