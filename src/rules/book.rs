//! The rules of a run with all that they rest on, compiled once and shared by all workers.

use super::pack::diagnostics::Source;
use super::pack::info::PackInfo;
use super::pack::shipped;
use super::rule::Rule;
use crate::report::{JudgedBy, RuleHead};
use crate::text::book::PhraseBook;
use crate::text::set::SetId;
use std::ops::Range;
use std::sync::Arc;

/// The rules of a run, compiled once and shared by all workers.
#[derive(Debug)]
pub struct RuleBook {
    pub(super) rules: Vec<Rule>,
    pub(super) heads: Vec<RuleHead>,
    pub(super) public: Vec<usize>,
    /// Per public rule: the sets that it and its parts name, each once, in order.
    pub(super) sets: Vec<Vec<SetId>>,
    pub(super) info: PackInfo,
    pub(super) by: JudgedBy,
    pub(super) hardship: Option<SetId>,
    pub(super) phrases: PhraseBook,
    pub(super) shown: Vec<SetId>,
    pub(super) own: Vec<OwnSet>,
}

/// A set that a pack defines, for what is said of it.
#[derive(Clone, Debug)]
pub struct OwnSet {
    /// The set.
    pub id: SetId,
    /// The pack.
    pub source: Arc<Source>,
    /// Where its name stands.
    pub span: Range<usize>,
    /// Whether it has learned weights beside its phrases.
    pub learned: bool,
    /// Whether a rule reaches it, in one way or another.
    pub used: bool,
}

impl RuleBook {
    /// The sets that a public rule and its parts name, by its place in [`RuleBook::public`].
    pub fn sets_of(&self, public: usize) -> &[SetId] {
        &self.sets[public]
    }

    /// The sets that packs define themselves. A pack without rules is a library for others, and its sets are not here.
    pub fn own_sets(&self) -> &[OwnSet] {
        &self.own
    }

    /// The public rules, in the order of reports.
    pub fn heads(&self) -> &[RuleHead] {
        &self.heads
    }

    /// All rules, helpers included.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The indices of the public rules, in the order of [`RuleBook::heads`].
    pub fn public(&self) -> &[usize] {
        &self.public
    }

    /// What the pack says of itself: pass mark, bands, weights of sections.
    pub fn info(&self) -> &PackInfo {
        &self.info
    }

    /// What judges: this program, these packs, these detectors.
    pub fn by(&self) -> &JudgedBy {
        &self.by
    }

    /// The set of hardships that callers voice, if it is looked for.
    pub fn hardship(&self) -> Option<SetId> {
        self.hardship
    }

    /// The sets asked for with [`crate::rules::load::Pick::sets`]: the shipped tags in the order of the contract, then those of packs.
    pub fn shown(&self) -> Vec<SetId> {
        let place = |&id: &SetId| {
            let name = self.phrases.name(id);
            shipped::SHOWN.iter().position(|s| *s == name).unwrap_or(shipped::SHOWN.len())
        };
        let mut shown = self.shown.clone();
        shown.sort_by_key(place);
        shown
    }

    /// The sets, compiled.
    pub fn phrases(&self) -> &PhraseBook {
        &self.phrases
    }
}
