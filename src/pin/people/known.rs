//! Who is known by name in a call.

use crate::call::{Call, Role};
use crate::text::names::mentioned::{Word, begins_sentence, mentioned, words};
use crate::text::names::people::{forms, is_given_name, is_title, is_word};
use crate::text::scene::{Hit, Scene};
use std::collections::BTreeSet;

/// Names in lower case, each a word.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Names of agents.
    pub agents: Vec<String>,
    /// Names of callers and of people who are mentioned, in their order.
    pub others: Vec<String>,
    /// The last names among both: they stand behind a first name or a title.
    pub last: BTreeSet<String>,
}

impl Known {
    /// What the call's metadata, its labels and its words tell.
    pub(super) fn of(call: &Call, scene: &Scene) -> Known {
        let labels = |role| {
            let of = call.speakers.iter().filter(move |s| s.role == role);
            of.filter_map(|s| s.name.as_deref())
        };
        let stated = [&scene.names.known, scene.names.of_agents()];
        let is_stated = |name: &str| stated.iter().any(|names| names.iter().any(|n| n == name));
        let (mut agents, mut others) = (Vec::new(), Vec::new());
        let add = |full: &str, names: &mut Vec<String>| {
            for word in words(full) {
                // Ids, titles and words such as "Guest" and "Team" are no names.
                let is_name = word.name.chars().count() > 1
                    && !is_title(&word.name)
                    && (is_stated(&word.name) || !is_word(&word.name));
                if is_name && !names.contains(&word.name) {
                    names.push(word.name);
                }
            }
        };
        let of_agent = call.agent.as_deref().into_iter().chain(labels(Role::Agent));
        for name in scene.names.of_agents().iter().map(String::as_str).chain(of_agent) {
            add(name, &mut agents);
        }
        let of_caller = call.customer.as_deref().into_iter();
        let of_labels = [Role::Customer, Role::Bot, Role::Unknown].into_iter().flat_map(labels);
        let of_others = of_caller.chain(of_labels);
        for name in scene.names.known.iter().map(String::as_str).chain(of_others) {
            add(name, &mut others);
        }
        for hit in &scene.names.uses {
            addressed(call, scene, hit, &mut others);
        }
        for turn in &call.turns {
            mentioned(call.turn_text(turn), &mut others);
        }
        others.retain(|name| !agents.contains(name) || scene.names.known.contains(name));
        let mut known = Known { agents, others, last: BTreeSet::new() };
        let full = [call.agent.as_deref(), call.customer.as_deref()].into_iter().flatten();
        let labels = call.speakers.iter().filter_map(|s| s.name.as_deref());
        let turns = call.turns.iter().map(|turn| call.turn_text(turn));
        for text in full.chain(labels).chain(turns) {
            known.last_names(text);
        }
        known
    }

    /// Notes the names that stand behind another one or a title.
    fn last_names(&mut self, text: &str) {
        let words = words(text);
        for pair in words.windows(2) {
            let (first, last) = (&pair[0], &pair[1]);
            let is_name = |word: &Word<'_>| self.agents.contains(&word.name) || self.others.contains(&word.name);
            let titled = is_title(&first.name);
            let gap = &text[first.at.end..last.at.start];
            let close = matches!(gap, " " | ". ") && (titled || gap == " ");
            let plain = !is_given_name(&last.name) && forms(&last.name).len() == 1;
            if close && plain && is_name(last) && (titled || is_name(first)) {
                self.last.insert(last.name.clone());
            }
        }
    }
}

/// Adds a name by which the agent addresses somebody, unless it is redacted or merely a word that begins a sentence.
fn addressed(call: &Call, scene: &Scene, hit: &Hit, known: &mut Vec<String>) {
    let (first, last) = (&scene.tokens[hit.start as usize], &scene.tokens[hit.end as usize - 1]);
    let (text, from, to) = (call.text(), first.start as usize, last.end as usize);
    let begins = begins_sentence(&text[..from]) && text[to..].starts_with(' ');
    if text[from..to].starts_with(['[', '<', '{', '#']) || begins {
        return;
    }
    for word in words(&text[from..to]) {
        if !is_title(&word.name) && !known.contains(&word.name) {
            known.push(word.name);
        }
    }
}
