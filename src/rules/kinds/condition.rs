//! What a kind of rule answers: how it is found in a pack and read, and what its condition says of a call.

use crate::report::Looked;
use crate::rules::context::Context;
use crate::rules::outcome::Outcome;
use crate::rules::pack::reader::{Table, Text};
use crate::rules::pack::set_names::SetNames;
use crate::rules::party::Party;
use crate::text::scene::Hit;
use crate::text::set::SetId;
use serde_json::Value;
use std::fmt::Debug;

/// A kind of rule. The registry is [`super::KINDS`].
pub struct Kind {
    /// The key that makes a rule one of this kind.
    pub key: &'static str,
    /// What the key says, for the list of kinds in messages.
    pub about: &'static str,
    /// Keys that authors write beside other kinds, and what to tell them.
    pub hints: &'static [(&'static [&'static str], &'static str)],
    /// Reads the condition.
    pub read: Read,
    /// What editors are told of its keys.
    pub schema: Schema,
}

/// Reads a condition from the table of its rule; none if a mistake leaves nothing to judge by.
pub type Read = fn(&Table<'_, '_>, &SetNames<'_>) -> Option<Box<dyn Condition>>;

/// What a kind adds to the JSON Schema of packs.
pub struct Schema {
    /// The tables of the page for authors that only this kind has: their heading, what the schema calls them, and the
    /// keys that they must have.
    pub tables: &'static [(&'static str, &'static str, &'static [&'static str])],
    /// What values a key of a table may have, both by their names in the schema; none for keys of others.
    pub shape: fn(&str, &str) -> Option<Value>,
    /// Definitions that its shapes refer to, beside the tables.
    pub definitions: fn() -> Vec<(&'static str, Value)>,
}

/// What a rule requires of a call: the part of a rule that each kind has of its own.
pub trait Condition: Debug + Send + Sync {
    /// Judges a call that has what the rule needs. `parts` are the outcomes of the rules that it names, in their order,
    /// each made when it is asked for.
    fn judge(&self, cx: &Context<'_>, parts: &mut dyn Iterator<Item = Outcome>) -> Outcome;

    /// The sets it names.
    fn all_sets(&self) -> Vec<SetId>;

    /// The parties whose words it looks at, the rule's own first. They must be known; and if one is the agent, an agent
    /// must speak.
    fn parties(&self) -> Vec<Party>;

    /// The ids of other rules that it names: its parts.
    fn parts(&self) -> &[Text] {
        &[]
    }

    /// Whether it names as many other rules as it must.
    fn has_enough_parts(&self) -> bool {
        true
    }

    /// Why it can never decide, or always decides the same way; `name` gives the name of a set.
    fn unreachable(&self, _name: &dyn Fn(SetId) -> String) -> Vec<String> {
        Vec::new()
    }

    /// What it measures and where it looks, in words; `name` gives the name of a set as it is shown.
    fn explain(&self, _name: &dyn Fn(SetId) -> String) -> Vec<Paragraph> {
        Vec::new()
    }

    /// What it looks for, wherever that is said: for scripts, where a line that comes too late is shown.
    fn anywhere(&self, _cx: &Context<'_>) -> Vec<Hit> {
        Vec::new()
    }

    /// The seconds from the first agent word on in which it looks, if it looks there: for reports that draw a call.
    fn opening(&self, _cx: &Context<'_>) -> Option<Looked> {
        None
    }

    /// All that decides its verdicts, as text; `parts` are the places of the rules it names. It goes into the
    /// fingerprint of packs, which users compare: it must stay the same when this program is only tidied.
    fn deciding(&self, parts: &[usize]) -> String;
}

/// A paragraph of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it says.
    pub text: String,
    /// A remark below it, set in.
    pub remark: Option<&'static str>,
}

impl Paragraph {
    /// A paragraph without a remark.
    pub fn plain(text: String) -> Paragraph {
        Paragraph { text, remark: None }
    }
}
