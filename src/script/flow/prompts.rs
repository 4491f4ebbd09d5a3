//! Prompts with names, as a script: one after the other, each known by its name when two states are compared.

use super::place::{Text, spoken};
use crate::script::{Item, Marked, Script, Unread};
use std::collections::BTreeMap;

/// A prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// Its name in the file.
    pub name: String,
    /// What is said.
    pub text: Text,
}

/// The script that some prompts make; `what` is what the file is, for the error when none of them is spoken.
pub fn script(prompts: Vec<Prompt>, what: &str) -> Result<Script, Unread> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut items = Vec::new();
    for prompt in prompts {
        let Some(mut speech) = spoken(&prompt.text) else { continue };
        let nth = times.entry(prompt.name.clone()).or_insert(0);
        *nth += 1;
        speech.role = crate::call::Role::Agent;
        speech.prompt = Some(if *nth == 1 { prompt.name } else { format!("{} ({nth})", prompt.name) });
        items.push(Item::Say(speech));
    }
    if items.is_empty() {
        return Err(Unread::broken(format!("is {what}, and nothing in it is said")));
    }
    Ok(Script { items, marked: Marked::Prompts, ..Script::default() })
}
