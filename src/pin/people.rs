//! Names of people replaced by stand-ins, each name by the same one wherever it stands: those that the call's metadata,
//! its labels and its words tell, and given names and names behind titles that are merely mentioned.

mod known;

use crate::call::Call;
use crate::call::edits::Edit;
use crate::text::names::mentioned::{Word, begins_sentence, words};
use crate::text::names::people::{forms, is_word};
use crate::text::scene::Scene;
use known::Known;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Given names that are hardly ever used as words, none a form of another.
const GIVEN: [&str; 20] = [
    "helen", "oscar", "ingrid", "marcus", "bianca", "stefan", "yvonne", "hugo", "fiona", "ivan", "agnes", "felix",
    "renata", "gareth", "olga", "nigel", "petra", "gloria", "beryl", "rufus",
];

/// Last names that are no words.
const LAST: [&str; 16] = [
    "novak", "larsen", "moreau", "jansen", "petrov", "keller", "rossi", "lindqvist", "okoye", "brandvold", "varga",
    "duarte", "halvorsen", "kowalski", "ferreira", "bergmann",
];

/// Behind these words a name in lower case is a name, even where it is a word as well.
const LEADS: [&str; 22] = [
    "is", "this", "it's", "its", "i'm", "im", "mr", "mrs", "ms", "miss", "dr", "with", "named", "called", "hi",
    "hello", "hey", "thanks", "thank", "dear", "morning", "afternoon",
];

/// The stand-ins of a call.
#[derive(Debug)]
pub struct StandIns {
    /// The stand-in of each name, both in lower case.
    by_name: BTreeMap<String, String>,
    /// The names of `by_name` that were met.
    met: BTreeSet<String>,
}

impl StandIns {
    /// Stand-ins for everybody who is known by name in a call. No stand-in occurs in the call; forms of one name share
    /// a stand-in. Stand-ins of agents come from the end of the lists, so that an agent's stand-in does not change with
    /// the other people a call mentions.
    pub fn of(call: &Call, scene: &Scene) -> StandIns {
        let people = Known::of(call, scene);
        let said: BTreeSet<String> = call
            .turns
            .iter()
            .flat_map(|turn| words(call.turn_text(turn)))
            .map(|word| word.name)
            .chain(people.others.iter().chain(&people.agents).cloned())
            .collect();
        let unused = |names: &[&'static str]| {
            let all = names.iter().copied().filter(|n| !said.contains(*n));
            all.collect::<Vec<_>>()
        };
        let (given, last) = (unused(&GIVEN), unused(&LAST));
        let mut by_name: BTreeMap<String, String> = BTreeMap::new();
        let mut name_all = |names: &[String], backwards: bool| {
            let mut taken = [0, 0];
            for name in names {
                if by_name.contains_key(name) {
                    continue;
                }
                let alike = forms(name);
                let is_given = !people.last.contains(name);
                let free = if is_given { &given } else { &last };
                let nth = &mut taken[usize::from(is_given)];
                let at = *nth % free.len().max(1);
                *nth += 1;
                let at = if backwards { free.len().saturating_sub(1 + at) } else { at };
                let stand_in = free.get(at).copied().unwrap_or("robin");
                for form in alike.into_iter().filter(|form| said.contains(*form)) {
                    let entry = by_name.entry(form.to_owned());
                    entry.or_insert_with(|| stand_in.to_owned());
                }
            }
        };
        name_all(&people.others, false);
        name_all(&people.agents, true);
        StandIns { by_name, met: BTreeSet::new() }
    }

    /// How many names were replaced.
    pub fn count(&self) -> usize {
        let stand_ins: BTreeSet<&String> = self.met.iter().filter_map(|name| self.by_name.get(name)).collect();
        stand_ins.len()
    }

    /// Adds the edits of a turn's text that begins at `from`; `uses` are where somebody is addressed by name.
    pub fn find(&mut self, text: &str, from: usize, uses: &[Range<usize>], edits: &mut Vec<Edit>) {
        let words = words(text);
        let capitals = text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase);
        for (k, word) in words.iter().enumerate() {
            let Some(stand_in) = self.by_name.get(&word.name) else {
                continue;
            };
            let addressed = uses.iter().any(|at| at.contains(&(from + word.at.start)));
            let before = k.checked_sub(1).map(|k| &words[k]);
            let close = |a: &Word<'_>, b: &Word<'_>| matches!(&text[a.at.end..b.at.start], " " | ". " | ", ");
            let led = before.is_some_and(|w| LEADS.contains(&w.name.as_str()) && close(w, word));
            let beside = |a: Option<&Word<'_>>, b: Option<&Word<'_>>| {
                let both = a.zip(b);
                both.is_some_and(|(a, b)| {
                    let known = |w: &Word<'_>| self.by_name.contains_key(&w.name);
                    known(a) && known(b) && a.name != b.name && &text[a.at.end..b.at.start] == " "
                })
            };
            // A name that is a word as well counts where its place says so: by a capital within a sentence, else by
            // what stands around it.
            let upper = word.text.starts_with(char::is_uppercase);
            let is_name = if !is_word(&word.name) {
                upper || !capitals
            } else if capitals && upper && !begins_sentence(&text[..word.at.start]) {
                true
            } else {
                (upper || !capitals) && (led || beside(Some(word), words.get(k + 1)) || beside(before, Some(word)))
            };
            if addressed || is_name {
                self.met.insert(word.name.clone());
                edits
                    .push(Edit { at: from + word.at.start..from + word.at.end, text: in_case_of(word.text, stand_in) });
            }
        }
    }

    /// A text that stands alone, with every name in it replaced.
    pub fn lone(&self, text: &str) -> String {
        let mut new = String::with_capacity(text.len());
        let mut done = 0;
        for word in words(text) {
            if let Some(stand_in) = self.by_name.get(&word.name) {
                new.push_str(&text[done..word.at.start]);
                new.push_str(&in_case_of(word.text, stand_in));
                done = word.at.end;
            }
        }
        new.push_str(&text[done..]);
        new
    }
}

/// The stand-in written as the name was: capitalised, in capitals, or in lower case.
fn in_case_of(name: &str, stand_in: &str) -> String {
    let upper = name.chars().filter(|c| c.is_uppercase()).count();
    if upper == 0 {
        return stand_in.to_owned();
    }
    if upper > 1 && upper == name.chars().filter(|c| c.is_alphabetic()).count() {
        return stand_in.to_uppercase();
    }
    let mut letters = stand_in.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

#[cfg(test)]
mod tests;
