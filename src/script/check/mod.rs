//! Scripts under the rules: every path audited, what comments allow taken out, each finding told once.
//!
//! [`files`] finds the scripts, [`Checker`] checks one, [`since`] lays an old state beside the new one, which
//! [`history`] fetches, [`baseline`] remembers a state, [`summary`] counts what it all came to.

pub mod baseline;
mod checked;
mod checker;
mod compare;
pub mod files;
pub mod history;
mod late_hit;
mod page;
mod removed_branches;
mod removed_scripts;
mod similar;
pub mod since;
mod statements;
pub mod summary;

use crate::report::RuleHead;
use crate::rules::RuleBook;

pub use checked::{CheckedPath, CheckedScript, Remark, Step};
pub use checker::Checker;
pub use page::heads;
pub use statements::Ears;

/// The id of the rule that a comparison adds: a branch that a script had is still there.
pub const BRANCH_IS_KEPT: &str = "branch-is-kept";

/// The id of the rule that a comparison of folders adds: a script that was there still is.
pub const SCRIPT_IS_KEPT: &str = "script-is-kept";

/// The id of the rule that a comparison adds: what a branch said to the caller is still said.
pub const STATEMENT_IS_KEPT: &str = "statement-is-kept";

/// The reason code of a failure that a comment allows.
pub const ALLOWED: &str = "allowed";

/// The rules of a book and those about the page, as reports know them.
pub fn all_heads(book: &RuleBook) -> Vec<RuleHead> {
    let mut all = book.heads().to_vec();
    all.extend(heads());
    all
}
