//! The rule books that `heard rules` looks at, with all their sets, and the rules in them.

use crate::rules::{PackRef, Pick, Problems, RuleBook, Sets, shipped};
use crate::support::suggest::nearest;
use anyhow::{Result, anyhow};

/// The packs as typed together, or each shipped one by itself: two of them may have a rule of the same name.
pub fn load(typed: &[String]) -> Result<Vec<RuleBook>> {
    if !typed.is_empty() {
        let packs: Vec<PackRef> = typed.iter().map(|name| PackRef::typed(name)).collect();
        return Ok(vec![book(&packs)?]);
    }
    let shipped = shipped::PACKS.iter().map(|(name, _)| book(&[PackRef::Shipped((*name).to_owned())]));
    Ok(shipped.collect::<Result<_, _>>()?)
}

/// Packs together.
pub fn book(packs: &[PackRef]) -> Result<RuleBook, Problems> {
    RuleBook::load(packs, &Pick { sets: Sets::All, ..Pick::default() })
}

/// The place of a rule in a book.
pub fn position(book: &RuleBook, id: &str) -> Option<usize> {
    book.rules().iter().position(|rule| rule.head.id == id)
}

/// The first book that has a rule, with its place there.
pub fn find<'b>(books: &'b [RuleBook], id: &str) -> Option<(&'b RuleBook, usize)> {
    books.iter().find_map(|book| Some((book, position(book, id)?)))
}

/// What to say of a rule that no book has.
pub fn no_rule(books: &[RuleBook], id: &str) -> anyhow::Error {
    let all = || books.iter().flat_map(RuleBook::rules);
    if let Some(near) = nearest(id, all().map(|rule| rule.head.id.as_str())) {
        return anyhow!("there is no rule `{id}`; did you mean `{near}`?");
    }
    // Packs share rules, which are named once, and helpers stand in no report.
    let mut ids: Vec<&str> = Vec::new();
    for rule in all().filter(|rule| !rule.internal) {
        if !ids.contains(&rule.head.id.as_str()) {
            ids.push(&rule.head.id);
        }
    }
    anyhow!("there is no rule `{id}`; rules: {}", ids.join(", "))
}
