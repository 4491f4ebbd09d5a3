//! Why a record cannot be read.

/// What was wrong with a record: what, where, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError(pub String);
