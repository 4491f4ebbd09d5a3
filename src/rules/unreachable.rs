//! What can never come out, though the pack loads: a list without phrases, a condition that excludes itself, a limit that
//! nothing breaks, a step that cannot follow, a set or a helper that nothing uses. `heard rules test` reports it.

use super::book::RuleBook;
use super::pack::diagnostics::{Diagnostic, Source};
use crate::text::set::{Origin, SetId};
use std::ops::Range;
use std::sync::Arc;

/// Everything in a book that can never come out, each at the id of its rule or the name of its set. The book must hold all its sets, not only those that rules reach.
pub fn unreachable(book: &RuleBook) -> Vec<Diagnostic> {
    let name = |id: SetId| book.phrases().name(id).to_owned();
    let mut all = Vec::new();
    for set in book.own_sets() {
        let def = &book.phrases().sets()[usize::from(set.id)];
        let mut whys = Vec::new();
        if def.origin == Origin::Listed && def.entries.is_empty() && !set.learned {
            whys.push(format!("[set.{}] has no phrase: it never hits", def.name));
        }
        if !set.used {
            whys.push(format!("no rule uses [set.{}]: name it in `find`, or take it away", def.name));
        }
        all.extend(whys.into_iter().map(|message| told(&set.source, &set.span, message)));
    }
    for (k, rule) in book.rules().iter().enumerate() {
        let mut whys = rule.condition.unreachable(&name);
        let in_when = rule.when.iter().flat_map(|when| when.unreachable(&name));
        whys.extend(in_when.map(|why| format!("in `when`, {why}")));
        if rule.internal && !book.rules().iter().any(|other| other.parts.contains(&k)) {
            whys.push("no rule uses this helper in `all`, `any` or `not`".to_owned());
        }
        all.extend(whys.iter().map(|why| told(&rule.source, &rule.span, format!("{}: {why}", rule.head.id))));
    }
    all
}

fn told(source: &Arc<Source>, span: &Range<usize>, message: String) -> Diagnostic {
    Diagnostic { source: source.clone(), span: span.clone(), message, help: String::new() }
}
