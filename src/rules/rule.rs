//! A rule: its head, its condition, its occasion, its examples. What it requires is the matter of its kind; what every
//! rule has in common is read and judged here.

use super::context::Context;
use super::kinds::KINDS;
use super::kinds::condition::Condition;
use super::kinds::when::Occasion;
use super::outcome::Outcome;
use super::pack::diagnostics::{Source, nearest};
use super::pack::example::Example;
use super::pack::info::PackInfo;
use super::pack::lexical::is_kebab;
use super::pack::limits::PARTS;
use super::pack::reader::{Mistakes, Table, Text};
use super::pack::set_names::SetNames;
use super::party::Party;
use crate::call::{HowRoles, Role};
use crate::report::{RuleHead, Severity};
use crate::text::set::SetId;
use std::ops::Range;
use std::sync::Arc;

/// The severities by the words that packs use.
pub const SEVERITIES: [(&str, Severity); 4] = [
    ("note", Severity::Note),
    ("minor", Severity::Minor),
    ("major", Severity::Major),
    ("critical", Severity::Critical),
];

/// The greatest weight of a rule.
pub const MOST_WEIGHT: u32 = 10_000;

/// The keys that every rule may have, whatever its kind.
const COMMON: &[&str] = &[
    "id", "title", "section", "weight", "severity", "advice", "source", "when", "needs", "internal", "language",
    "replace",
];

/// Keys that authors write into a rule though they belong elsewhere, and where that is; kinds add theirs.
const HINTS: &[(&[&str], &str)] = &[
    (
        &["expect", "call", "call_jsonl", "meta", "todo", "why"],
        "this belongs to an example: write [[rule.example]] above it",
    ),
    (&["phrases", "not_in", "not_if", "about"], "this belongs to a set: write [set.NAME] and name the set in `find`"),
    (&["from", "to", "after"], "this belongs to a window: where = { from = \"0s\", to = \"15s\" }"),
    (
        &["min", "max"],
        "this belongs to a count, count = { min = 2 }; or to a measure, measure = { of = \"silence\", max = \"10s\" }",
    ),
];

/// A rule of a book.
#[derive(Debug)]
pub struct Rule {
    /// What reports show.
    pub head: RuleHead,
    /// What it requires.
    pub condition: Box<dyn Condition>,
    /// The rules that its condition names, by their index in the book.
    pub parts: Vec<usize>,
    /// Its occasion.
    pub when: Option<Occasion>,
    /// The language its phrases are in.
    pub language: Option<String>,
    /// A helper: out of score and reports.
    pub internal: bool,
    /// It takes the place of one with the same id.
    pub replaces: bool,
    /// Calls that show what it does.
    pub examples: Vec<Example>,
    /// The pack it stands in.
    pub source: Arc<Source>,
    /// Where its id stands.
    pub span: Range<usize>,
}

impl Rule {
    /// Reads `[[rule]]`.
    pub fn read(table: &Table<'_, '_>, names: &SetNames<'_>, pack: &PackInfo, source: Arc<Source>) -> Option<Rule> {
        let id = table.required("id", "id = \"kebab-case-name\", stable: reports and dashboards depend on it");
        let id = id.unwrap_or(Text { text: String::new(), span: table.span() });
        if !id.text.is_empty() && !is_kebab(&id.text) {
            let help = "write it in lower case with hyphens: `early-statement`";
            table.wrong(id.span.clone(), format!("`{}` is no id for a rule", id.text), help);
        }
        let internal = table.flag("internal").unwrap_or(false);
        let title =
            if internal { table.text("title") } else { table.required("title", "what it requires, in a few words") };
        let weight = table.number("weight").unwrap_or(10);
        if weight > MOST_WEIGHT {
            table.wrong(table.span_of("weight"), format!("`weight` is at most {MOST_WEIGHT}"), "");
        }
        let text = |key| table.text(key).map_or(String::new(), |t| t.text);
        let head = RuleHead {
            id: id.text.clone(),
            title: title.map_or(String::new(), |t| t.text),
            section: table.text("section").map(|t| t.text),
            weight: weight.min(MOST_WEIGHT),
            severity: table.one_of("severity", &SEVERITIES).unwrap_or_default(),
            advice: text("advice"),
            source: text("source"),
            pack: pack.name.clone(),
        };
        let condition = read_condition(table, names, &id);
        let when = table.table("when").map(|t| Occasion::read(&t, names));
        let language = table.text("language").map(|t| t.text).or_else(|| pack.language.clone());
        let replaces = table.flag("replace").unwrap_or(false);
        let kinds = || KINDS.iter().flat_map(|kind| kind.hints);
        let keys: Vec<&str> = COMMON.iter().copied().chain(KINDS.iter().map(|kind| kind.key)).collect();
        let keys = [keys, kinds().flat_map(|(keys, _)| *keys).copied().collect()].concat();
        let examples = table.tables("example", "[[rule.example]]");
        let examples = examples.iter().filter_map(|example| Example::read(example, &keys)).collect();
        let hints: Vec<(&[&str], &str)> = HINTS.iter().chain(kinds()).copied().collect();
        table.finish(&hints);
        let (condition, parts) = (condition?, Vec::new());
        Some(Rule { head, condition, parts, when, language, internal, replaces, examples, source, span: id.span })
    }

    /// The sets that its condition and its occasion name.
    pub fn sets(&self) -> Vec<SetId> {
        let mut all = self.condition.all_sets();
        all.extend(self.when.iter().flat_map(Occasion::all_sets));
        all
    }

    /// Its lines in its pack that are to be kept, without the examples.
    pub fn written(&self, keep: impl Fn(&str) -> bool) -> Vec<&str> {
        let text = &self.source.text;
        let from = text[..self.span.start].rfind("[[rule]]").unwrap_or(self.span.start);
        let to = text[from + 1..].find("\n[").map_or(text.len(), |at| from + 1 + at);
        let mut lines: Vec<&str> = text[from..to].lines().filter(|line| keep(line)).collect();
        // What stands below the last key introduces the next table.
        while lines.pop_if(|line| line.is_empty() || line.starts_with('#')).is_some() {}
        lines
    }

    /// Judges a call; `rules` are those of the book, for the rules it is made of.
    pub fn judge(&self, cx: &Context<'_>, rules: &[Rule]) -> Outcome {
        if let Some(lacking) = self.lacks(cx) {
            return lacking;
        }
        if self.when.as_ref().is_some_and(|when| !when.holds(cx)) {
            return Outcome::not_applicable("no-occasion", "the occasion for it did not come up");
        }
        let judged = |&k: &usize| {
            let part: &Rule = &rules[k];
            let mut outcome = part.judge(cx, rules);
            if cx.is_read() && outcome.advice.is_none() && !part.head.advice.is_empty() {
                outcome.advice = Some(part.head.advice.clone());
            }
            outcome
        };
        let mut outcome = self.condition.judge(cx, &mut self.parts.iter().map(judged));
        if let Some(when) = self.when.as_ref().filter(|_| cx.is_read()) {
            when.show_in(cx, &mut outcome);
        }
        outcome
    }

    /// What the transcript lacks before anything else can be asked: roles, the language, a human agent.
    fn lacks(&self, cx: &Context<'_>) -> Option<Outcome> {
        // Asked of few calls: nearly all have roles, and a human agent.
        let roles_matter = || {
            let occasion = self.when.iter().flat_map(Occasion::parties);
            self.condition.parties().into_iter().chain(occasion).any(|party| party != Party::Any)
                || self.sets().iter().any(|&set| cx.phrases.has_role(set))
        };
        // Who knew the roles of a call in another language could not judge it either.
        if let Some(own) = &self.language
            && let Some(of) = cx.other_language(own)
        {
            let why = format!("the call is in `{of}`, the rule's phrases are in `{own}`");
            return Some(Outcome::not_scorable("language", why));
        }
        if cx.call.roles.how == HowRoles::Unknown && roles_matter() {
            return Some(Outcome::not_scorable("roles-unknown", "the transcript does not say who is the agent"));
        }
        let needs_agent = || {
            let parties = self.condition.parties();
            parties.contains(&Party::Agent) && parties.iter().all(|party| party.role() != Some(Role::Bot))
        };
        if cx.first_turn(Party::Agent).is_none() && needs_agent() {
            return Some(Outcome::not_applicable("no-agent", "no human agent speaks in this call"));
        }
        // Asked last and seldom: a mailbox or a menu answers, and no human is there to hear what the agent says.
        let is_machine = cx.call.speakers.iter().any(|s| s.role == Role::Bot);
        if is_machine
            && needs_agent()
            && cx.call.turns.iter().all(|t| matches!(cx.call.role(t), Role::Agent | Role::Bot))
        {
            return Some(Outcome::not_applicable("no-caller", "the agent speaks to a machine only in this call"));
        }
        None
    }
}

/// Reads what a rule requires: it is of the one kind whose key it has.
fn read_condition(table: &Table<'_, '_>, names: &SetNames<'_>, id: &Text) -> Option<Box<dyn Condition>> {
    let kinds: Vec<_> = KINDS.iter().filter(|kind| table.has(kind.key)).collect();
    if kinds.len() != 1 {
        let message = match kinds.as_slice() {
            [] => format!("the rule `{}` requires nothing", id.text),
            several => {
                let keys: Vec<&str> = several.iter().map(|kind| kind.key).collect();
                format!("the rule `{}` has {}: one rule, one condition", id.text, keys.join(" and "))
            }
        };
        let all: Vec<String> = KINDS.iter().map(|kind| format!("`{}` ({})", kind.key, kind.about)).collect();
        table.wrong(id.span.clone(), message, format!("one of {}", all.join(", ")));
    }
    if kinds.is_empty() {
        // So that a mistyped kind is told from a key that no rule has.
        table.allow(KINDS.iter().map(|kind| kind.key));
    }
    kinds.first().and_then(|kind| (kind.read)(table, names))
}

/// Resolves the rules that rules name. `complete`: every pack could be read.
pub fn resolve_parts(rules: &mut [Rule], mistakes: &[Mistakes], complete: bool) {
    let ids: Vec<String> = rules.iter().map(|r| r.head.id.clone()).collect();
    let in_pack = |source: &Arc<Source>| mistakes.iter().find(|m| Arc::ptr_eq(&m.source, source));
    for rule in rules.iter_mut() {
        let Some(mistakes) = in_pack(&rule.source) else { continue };
        for link in rule.condition.parts() {
            if let Some(k) = ids.iter().position(|id| *id == link.text) {
                rule.parts.push(k);
                continue;
            }
            let near = nearest(&link.text, ids.iter().map(String::as_str)).map(|n| format!("did you mean `{n}`?"));
            // If a pack could not be read it may define the rule, unless the id is close to a known one: that is a typo.
            if near.is_some() || complete {
                let message = format!("there is no rule `{}`", link.text);
                mistakes.wrong(link.span.clone(), message, near.unwrap_or_default());
            }
        }
        if !rule.condition.has_enough_parts() {
            let message = format!("`{}` combines the wrong number of rules", rule.head.id);
            mistakes.wrong(rule.span.clone(), message, "name the ids of other rules");
        }
    }
    for (k, rule) in rules.iter().enumerate() {
        if let Some(mistakes) = in_pack(&rule.source).filter(|_| with_parts(rules, &rule.parts).contains(&k)) {
            mistakes.wrong(rule.span.clone(), format!("the rule `{}` is made of itself", rule.head.id), "");
            return;
        }
    }
    for (k, rule) in rules.iter().enumerate() {
        if let Some(mistakes) = in_pack(&rule.source).filter(|_| !has_few_parts(rules, k)) {
            let message = format!("the rule `{}` is made of more than {PARTS} others, theirs counted", rule.head.id);
            mistakes.wrong(rule.span.clone(), message, "name fewer, or each of them once");
            return;
        }
    }
}

/// Whether a rule is made of few enough, where parts that are named twice are judged twice. None is made of itself.
fn has_few_parts(rules: &[Rule], rule: usize) -> bool {
    let (mut todo, mut count) = (rules[rule].parts.clone(), 0);
    while let Some(k) = todo.pop() {
        count += 1;
        if count > PARTS {
            return false;
        }
        todo.extend(&rules[k].parts);
    }
    true
}

/// Some rules and all that they are made of, each once: every rule before its parts.
pub fn with_parts(rules: &[Rule], some: &[usize]) -> Vec<usize> {
    let (mut reached, mut seen) = (Vec::new(), vec![false; rules.len()]);
    let mut todo: Vec<usize> = some.iter().rev().copied().collect();
    while let Some(k) = todo.pop() {
        if !std::mem::replace(&mut seen[k], true) {
            reached.push(k);
            todo.extend(rules[k].parts.iter().rev());
        }
    }
    reached
}

/// The sets that a rule and its parts name, each once, in order.
pub fn sets_reached(rules: &[Rule], rule: usize) -> Vec<SetId> {
    let mut sets: Vec<SetId> = with_parts(rules, &[rule]).iter().flat_map(|&k| rules[k].sets()).collect();
    sets.sort_unstable();
    sets.dedup();
    sets
}
