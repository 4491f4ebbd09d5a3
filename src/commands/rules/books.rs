//! The rule books that `heard rules` looks at, with all their sets.

use crate::rules::{PackRef, Pick, RuleBook, Sets, shipped};
use anyhow::Result;

/// The packs as typed together, or each shipped one by itself: two of them may have a rule of the same name.
pub fn load(typed: &[String]) -> Result<Vec<RuleBook>> {
    let all = Pick { sets: Sets::All, ..Pick::default() };
    if !typed.is_empty() {
        let packs: Vec<PackRef> = typed.iter().map(|name| PackRef::typed(name)).collect();
        return Ok(vec![RuleBook::load(&packs, &all)?]);
    }
    let shipped = shipped::PACKS.iter().map(|(name, _)| RuleBook::load(&[PackRef::Shipped((*name).to_owned())], &all));
    Ok(shipped.collect::<Result<_, _>>()?)
}
