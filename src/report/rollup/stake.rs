//! What the counters have to know of a rule, and how they round.

use crate::report::{RuleHead, Severity};

/// The packs that come with the program.
pub const SHIPPED_PACKS: [&str; 3] = ["empathy", "full", "scripts"];

/// What the counters have to know of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stake {
    pub(super) weight: u32,
    pub(super) severity: Severity,
    /// Of a pack that does not come with the program.
    pub(super) own: bool,
}

impl Stake {
    pub(super) fn of(head: &RuleHead) -> Stake {
        let own = !head.pack.is_empty() && !SHIPPED_PACKS.contains(&head.pack.as_str());
        Stake { weight: head.weight, severity: head.severity, own }
    }
}

/// A mean rounded half up, by integers.
pub(super) fn mean(sum: u64, count: u64) -> Option<u64> {
    (count > 0).then(|| (2 * sum + count) / (2 * count))
}
