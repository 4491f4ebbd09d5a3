//! What can never come out, though the pack loads: a list without phrases, a condition that excludes itself, a limit that
//! nothing breaks, a step that cannot follow, a set or a helper that nothing uses. `heard rules test` reports it.

use super::book::RuleBook;
use super::pack::diagnostics::Source;
use crate::text::book::{Origin, SetId};
use std::ops::Range;
use std::sync::Arc;

/// Something that never comes out.
#[derive(Clone, Debug)]
pub struct Unreachable {
    /// The pack.
    pub source: Arc<Source>,
    /// Where the rule's id or the set's name stands.
    pub span: Range<usize>,
    /// What, and what to do.
    pub why: String,
}

/// Everything in a book that can never come out. The book must hold all its sets, not only those that rules reach.
pub fn unreachable(book: &RuleBook) -> Vec<Unreachable> {
    let name = |id: SetId| book.phrases().name(id).to_owned();
    let mut all = Vec::new();
    for set in book.own_sets() {
        let def = &book.phrases().sets()[usize::from(set.id)];
        let mut say = |why: String| {
            all.push(Unreachable { source: set.source.clone(), span: set.span.clone(), why });
        };
        if def.origin == Origin::Listed && def.entries.is_empty() && !set.learned {
            say(format!("[set.{}] has no phrase: it never hits", def.name));
        }
        if !set.used {
            let name = &def.name;
            say(format!("no rule uses [set.{name}]: name it in `find`, or take it away"));
        }
    }
    for (k, rule) in book.rules().iter().enumerate() {
        let mut whys = rule.condition.unreachable(&name);
        let in_when = rule.when.iter().flat_map(|when| when.unreachable(&name));
        whys.extend(in_when.map(|why| format!("in `when`, {why}")));
        if rule.internal && !book.rules().iter().any(|other| other.parts.contains(&k)) {
            whys.push("no rule uses this helper in `all`, `any` or `not`".to_owned());
        }
        all.extend(whys.into_iter().map(|why| Unreachable {
            source: rule.source.clone(),
            span: rule.span.clone(),
            why: format!("{}: {why}", rule.head.id),
        }));
    }
    all
}
