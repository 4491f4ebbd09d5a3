//! The names of sets: from what rules and sets write to the sets meant.

use super::diagnostics::nearest;
use super::raw_set::RawSet;
use super::reader::{Mistakes, Table, Text};
use crate::call::Role;
use crate::rules::party::Party;
use crate::text::set::{SetDef, SetId};
use rustc_hash::FxHashMap;

/// The names of sets that rules may use.
pub struct SetNames<'s> {
    ids: FxHashMap<&'s str, SetId>,
    who: Vec<Option<Role>>,
    /// Every pack could be read, so that an unknown name is surely a mistake.
    complete: bool,
}

impl<'s> SetNames<'s> {
    /// The names of these sets; a set's id is its place. `complete`: every pack could be read.
    pub fn of(sets: &'s [(usize, RawSet)], complete: bool) -> Self {
        let named = |(k, (_, set)): (usize, &'s (usize, RawSet))| (set.name.text.as_str(), k as SetId);
        SetNames {
            ids: sets.iter().enumerate().map(named).collect(),
            who: sets.iter().map(|(_, s)| s.who).collect(),
            complete,
        }
    }

    /// The nearest name to one that is not here.
    pub fn near(&self, name: &str) -> Option<&'s str> {
        nearest(name, self.ids.keys().copied())
    }

    /// Whether an unknown name is surely a mistake.
    pub fn complete(&self) -> bool {
        self.complete
    }

    /// The set of a name.
    pub fn id(&self, name: &str) -> Option<SetId> {
        self.ids.get(name).copied()
    }

    /// The sets that a set's phrases inline.
    pub fn inlined_by(&self, set: &SetDef) -> Vec<SetId> {
        let mut ids = Vec::new();
        set.each_inlined(&mut |name| ids.extend(self.id(name)));
        ids
    }

    /// The sets that a key names.
    pub fn sets(&self, table: &Table<'_, '_>, key: &'static str) -> Vec<SetId> {
        let texts = table.texts(key);
        if texts.is_empty() && table.has(key) {
            table.wrong(table.span(), format!("`{key}` names no set"), "");
        }
        texts.into_iter().filter_map(|t| self.set(table.mistakes(), &t)).collect()
    }

    /// The set that a text names; a name that there is not is a mistake.
    pub fn set(&self, mistakes: &Mistakes, name: &Text) -> Option<SetId> {
        let found = self.ids.get(name.text.as_str()).copied();
        let near = || self.near(&name.text);
        // If a pack could not be read it may define the set, unless the name is close to a known one: that is a typo.
        if found.is_none() && (self.complete || near().is_some()) {
            let help = match near() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("define it as [set.{}], or take a shipped one: heard rules list --sets", name.text),
            };
            mistakes.wrong(name.span.clone(), format!("there is no set `{}`", name.text), help);
        }
        found
    }

    /// Whose words sets are for, if they agree.
    pub fn who_of(&self, sets: &[SetId], usual: Party) -> Party {
        let mut roles = sets.iter().map(|&s| self.who[usize::from(s)]);
        match roles.next().flatten() {
            Some(role) if roles.all(|r| r == Some(role)) => {
                Party::ALL.iter().find(|(_, w)| w.role() == Some(role)).map_or(usual, |(_, w)| *w)
            }
            _ => usual,
        }
    }

    /// Reports a speaker in whose words a set is never looked for.
    pub fn check_who(&self, table: &Table<'_, '_>, sets: &[SetId], who: Party) {
        for &set in sets {
            if let (Some(of), Some(wanted)) = (self.who[usize::from(set)], who.role())
                && of != wanted
            {
                let span = table.span_of("who");
                let name = self.ids.iter().find(|(_, id)| **id == set).map_or("", |(name, _)| name);
                let message =
                    format!("`{name}` is looked for in the words of the {of} only, never in those of the {wanted}");
                table.wrong(span, message, format!("write who = \"{of}\", or take another set"));
            }
        }
    }
}
