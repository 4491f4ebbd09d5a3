//! One call through all rules.

use crate::call::Call;
use crate::report::Judged;
use crate::rules::RuleBook;

/// Judges calls one after the other; each worker has its own.
#[derive(Debug)]
pub struct Auditor<'b> {
    book: &'b RuleBook,
}

impl<'b> Auditor<'b> {
    /// An auditor with the rules of a book.
    #[must_use]
    pub fn new(book: &'b RuleBook) -> Self {
        Auditor { book }
    }

    /// What the rules say of a call.
    pub fn judge(&mut self, _call: &Call) -> Judged {
        let _ = self.book;
        Judged::default()
    }
}
