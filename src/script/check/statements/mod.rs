//! What a script says to the person, branch by branch, and what of it a change takes away.
//!
//! Verdicts cannot tell this: a script whose greeting is warm passes its rules although a branch has lost every word of
//! sympathy. So the statements themselves are laid side by side.
//!
//! ```text
//! items -> parts (the trunk, every branch) -> sentences with what they do for the caller (`ears`)
//! old parts, new parts -> pairs (`pair`) -> losses and gains (`change`) -> findings (`finding`)
//! ```

mod change;
mod ears;
mod finding;
mod order;
mod pair;
mod part;
mod wording;

pub use ears::{Ears, Listener};
pub use finding::{findings, renamed};
pub use part::Part;
