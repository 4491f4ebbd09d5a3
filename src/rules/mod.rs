//! Packs: what is required of a call, as TOML, read into a [`RuleBook`] that is compiled once and shared by all workers.
//!
//! [`load`] reads packs and reports every mistake with its place; [`rule`] is one rule; a rule is one of a few kinds,
//! each a file: [`find`], [`steps`], [`measure`], [`combine`]. [`window`] is where a rule looks, [`occasion`] when it applies.

pub mod combine;
pub mod context;
pub mod diagnostics;
pub mod distance;
pub mod find;
mod fingerprint;
pub mod learned;
mod lexical;
pub mod load;
pub mod measure;
mod mentioned;
pub mod names;
pub mod never;
pub mod occasion;
pub mod open;
pub mod outcome;
pub mod pack;
pub mod raw_set;
pub mod reader;
pub mod rule;
pub mod schema;
pub mod shipped;
pub mod steps;
pub mod window;
pub mod wording;

pub use diagnostics::Problems;

use crate::report::{JudgedBy, RuleHead};
use crate::text::book::{Detectors, PhraseBook, SetId};
use never::OwnSet;
use pack::PackInfo;
use rule::Rule;
use std::path::{Path, PathBuf};

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackRef {
    /// A pack inside the program: `empathy`.
    Shipped(String),
    /// A file.
    File(PathBuf),
}

impl PackRef {
    /// A value as typed: with a `/` or `.toml` it is a file.
    #[must_use]
    pub fn typed(text: &str) -> PackRef {
        let path = Path::new(text);
        let file = text.contains(['/', '\\']) || path.extension().is_some_and(|e| e == "toml");
        if file { PackRef::File(PathBuf::from(text)) } else { PackRef::Shipped(text.to_owned()) }
    }
}

/// Which rules of the packs are wanted; both empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// Only these ids.
    pub select: Vec<String>,
    /// Not these ids.
    pub ignore: Vec<String>,
    /// Sets to compile beside those that the rules reach.
    pub sets: Sets,
    /// What finds the tags of sets that have learned weights; none leaves it to the packs.
    pub detectors: Option<Detectors>,
    /// Whether hardships are looked for whatever the rules.
    pub hardship: bool,
}

/// Sets that are wanted though no rule may reach them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sets {
    /// None.
    #[default]
    Reached,
    /// What `heard inspect` shows: the shipped tags and all sets of the packs.
    Shown,
    /// All.
    All,
}

/// The rules of a run, compiled once and shared by all workers.
#[derive(Debug)]
pub struct RuleBook {
    rules: Vec<Rule>,
    heads: Vec<RuleHead>,
    public: Vec<usize>,
    /// Per public rule: the sets that it and its parts name, each once, in order.
    sets: Vec<Vec<SetId>>,
    info: PackInfo,
    by: JudgedBy,
    hardship: Option<SetId>,
    phrases: PhraseBook,
    shown: Vec<SetId>,
    own: Vec<OwnSet>,
}

/// The sets that a rule and its parts name, each once, in order.
fn sets_of(rules: &[Rule], rule: usize) -> Vec<SetId> {
    let (mut todo, mut sets) = (vec![rule], Vec::new());
    while let Some(k) = todo.pop() {
        sets.extend(rules[k].sets());
        todo.extend(rules[k].parts());
    }
    sets.sort_unstable();
    sets.dedup();
    sets
}

impl RuleBook {
    /// Reads and compiles packs; all mistakes come in one run.
    pub fn load(packs: &[PackRef], pick: &Pick) -> Result<RuleBook, Problems> {
        load::load(packs, pick)
    }

    fn new(
        rules: Vec<Rule>,
        public: Vec<usize>,
        info: PackInfo,
        phrases: PhraseBook,
        shown: Vec<SetId>,
        own: Vec<OwnSet>,
    ) -> RuleBook {
        let heads = public.iter().map(|&k| rules[k].head.clone()).collect();
        let sets = public.iter().map(|&k| sets_of(&rules, k)).collect();
        RuleBook { rules, heads, public, sets, info, by: JudgedBy::default(), hardship: None, phrases, shown, own }
    }

    /// The sets that a public rule and its parts name, by its place in [`RuleBook::public`].
    #[must_use]
    pub fn sets_of(&self, public: usize) -> &[SetId] {
        &self.sets[public]
    }

    /// The sets that the packs define themselves, but for packs without rules: those are there for others.
    #[must_use]
    pub fn own_sets(&self) -> &[OwnSet] {
        &self.own
    }

    /// The public rules, in the order of reports.
    #[must_use]
    pub fn heads(&self) -> &[RuleHead] {
        &self.heads
    }

    /// All rules, helpers included.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The indices of the public rules, in the order of [`RuleBook::heads`].
    #[must_use]
    pub fn public(&self) -> &[usize] {
        &self.public
    }

    /// What the pack says of itself: pass mark, bands, weights of sections.
    #[must_use]
    pub fn info(&self) -> &PackInfo {
        &self.info
    }

    /// What judges: this program, these packs, these detectors.
    #[must_use]
    pub fn by(&self) -> &JudgedBy {
        &self.by
    }

    /// The set of hardships that callers voice, if it is looked for.
    #[must_use]
    pub fn hardship(&self) -> Option<SetId> {
        self.hardship
    }

    /// The sets asked for with [`Pick::sets`]: the shipped tags in the order of the contract, then those of packs.
    #[must_use]
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
    #[must_use]
    pub fn phrases(&self) -> &PhraseBook {
        &self.phrases
    }
}
