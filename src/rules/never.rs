//! What can never come out, though the pack loads: a list without phrases, a condition that excludes itself, a limit that
//! nothing breaks, a step that cannot follow, a set or a helper that nothing uses. `heard rules test` reports it.

use super::RuleBook;
use super::diagnostics::Source;
use super::distance::Unit;
use super::find::Find;
use super::rule::{Check, Rule};
use super::steps::Steps;
use crate::text::book::{Origin, SetId};
use std::ops::Range;
use std::sync::Arc;

/// A set that a pack defines, for what is said of it.
#[derive(Clone, Debug)]
pub struct OwnSet {
    /// The set.
    pub id: SetId,
    /// The pack.
    pub source: Arc<Source>,
    /// Where its name stands.
    pub span: Range<usize>,
    /// Whether it has learned weights beside its phrases.
    pub learned: bool,
    /// Whether a rule reaches it, in one way or another.
    pub used: bool,
}

/// Something that never comes out.
#[derive(Clone, Debug)]
pub struct Never {
    /// The pack.
    pub source: Arc<Source>,
    /// Where the rule's id or the set's name stands.
    pub span: Range<usize>,
    /// What, and what to do.
    pub why: String,
}

/// Everything in a book that can never come out. The book must hold all its sets, not only those that rules reach.
#[must_use]
pub fn never(book: &RuleBook) -> Vec<Never> {
    let name = |id: SetId| book.phrases().name(id).to_owned();
    let mut all = Vec::new();
    for set in book.own_sets() {
        let def = &book.phrases().sets()[usize::from(set.id)];
        let mut say = |why: String| {
            all.push(Never { source: set.source.clone(), span: set.span.clone(), why });
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
        let mut whys = Vec::new();
        match &rule.check {
            Check::Find(find) => in_find(find, &name, &mut whys),
            Check::Steps(steps) => in_steps(steps, &name, &mut whys),
            Check::Measure(_) | Check::Combine(..) => {}
        }
        if let Some(when) = &rule.when {
            for find in when.finds() {
                let mut inner = Vec::new();
                in_find(find, &name, &mut inner);
                whys.extend(inner.into_iter().map(|why| format!("in `when`, {why}")));
            }
        }
        let part = |other: &Rule| other.parts().contains(&k);
        if rule.internal && !book.rules().iter().any(part) {
            whys.push("no rule uses this helper in `all`, `any` or `not`".to_owned());
        }
        all.extend(whys.into_iter().map(|why| Never {
            source: rule.source.clone(),
            span: rule.span.clone(),
            why: format!("{}: {why}", rule.head.id),
        }));
    }
    all
}

/// A set that is looked for and must not be there.
fn clash(sets: &[SetId], alone: &[SetId], name: &dyn Fn(SetId) -> String, whys: &mut Vec<String>) {
    for &set in sets.iter().filter(|set| alone.contains(set)) {
        whys.push(format!("`{0}` is in `find` and in `alone`: no sentence with {0} is free of it", name(set)));
    }
}

fn in_find(find: &Find, name: &dyn Fn(SetId) -> String, whys: &mut Vec<String>) {
    clash(&find.sets, &find.alone, name, whys);
    if find.min == 0 {
        match find.max {
            None => whys.push("`min = 0` without `max` always holds".to_owned()),
            Some(max) if find.of_sets && max as usize >= find.sets.len() => {
                whys.push(format!("at most {max} of {} sets always holds", find.sets.len()))
            }
            Some(_) => {}
        }
    }
    if let Some(each) = &find.each {
        let mut inner = Vec::new();
        in_find(&each.find, name, &mut inner);
        whys.extend(inner.into_iter().map(|why| format!("in `each`, {why}")));
    }
}

fn in_steps(steps: &Steps, name: &dyn Fn(SetId) -> String, whys: &mut Vec<String>) {
    for (k, step) in steps.steps().iter().enumerate() {
        let mut inner = Vec::new();
        clash(&step.sets, &step.alone, name, &mut inner);
        if step.is_apart_in_runs() && step.within.is_some_and(|d| d.unit == Unit::Runs && d.amount < 1.0) {
            inner.push("`apart = \"run\"` is never within 0 runs".to_owned());
        }
        whys.extend(inner.into_iter().map(|why| format!("step {}: {why}", k + 1)));
    }
}
