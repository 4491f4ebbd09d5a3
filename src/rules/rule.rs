//! A rule: its head, its condition, its occasion, its examples.

use super::combine::Combine;
use super::context::{Context, Who};
use super::diagnostics::{Source, nearest};
use super::find::Find;
use super::lexical::is_kebab;
use super::measure::Measure;
use super::names::Names;
use super::occasion::Occasion;
use super::outcome::Outcome;
use super::pack::{Example, PackInfo, SEVERITIES};
use super::reader::{Reading, Table, Text};
use super::steps::Steps;
use crate::call::{HowRoles, Role};
use crate::report::RuleHead;
use crate::text::book::SetId;
use std::ops::Range;
use std::sync::Arc;

/// What a rule requires.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// Sets found, or not.
    Find(Find),
    /// One thing after the other.
    Steps(Steps),
    /// A figure within limits.
    Measure(Measure),
    /// Other rules together, by their index in the book.
    Combine(Combine, Vec<usize>),
}

/// The kinds by the key that makes a rule one of them, and what they say.
pub const KINDS: [(&str, &str); 6] = [
    ("find", "sets that must be found, or must not"),
    ("steps", "one thing after the other"),
    ("measure", "a figure within limits"),
    ("all", "every one of these rules"),
    ("any", "one of these rules"),
    ("not", "not this rule"),
];

/// A rule of a book.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What reports show.
    pub head: RuleHead,
    /// What it requires.
    pub check: Check,
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
    links: Vec<Text>,
}

impl Rule {
    /// Reads `[[rule]]`.
    pub fn read(table: &Table<'_, '_>, names: &Names<'_>, pack: &PackInfo, source: Arc<Source>) -> Option<Rule> {
        let reading = table.reading();
        let id = table.required("id", "id = \"kebab-case-name\", stable: reports and dashboards depend on it");
        let id = id.unwrap_or(Text { text: String::new(), span: table.span() });
        if !id.text.is_empty() && !is_kebab(&id.text) {
            let help = "write it in lower case with hyphens: `early-statement`".to_owned();
            reading.wrong(id.span.clone(), format!("`{}` is no id for a rule", id.text), Some(help));
        }
        let internal = table.flag("internal").unwrap_or(false);
        let title =
            if internal { table.text("title") } else { table.required("title", "what it requires, in a few words") };
        let weight = table.number("weight").unwrap_or(10);
        if weight > 10_000 {
            reading.wrong(
                table.get("weight").map_or(table.span(), toml::Spanned::span),
                "`weight` is at most 10000",
                None,
            );
        }
        let text = |key| table.text(key).map_or(String::new(), |t| t.text);
        let head = RuleHead {
            id: id.text.clone(),
            title: title.map_or(String::new(), |t| t.text),
            section: table.text("section").map(|t| t.text),
            weight: weight.min(10_000),
            severity: table.one_of("severity", &SEVERITIES).unwrap_or_default(),
            advice: text("advice"),
            source: text("source"),
            pack: pack.name.clone(),
        };
        let (check, links) = Self::read_check(table, names, &id);
        let when = table.table("when").map(|t| Occasion::read(&t, names));
        let language = table.text("language").map(|t| t.text).or_else(|| pack.language.clone());
        let replaces = table.flag("replace").unwrap_or(false);
        let examples = table.tables("example", "[[rule.example]]").iter().filter_map(Example::read).collect();
        let example_keys: &[&str] = &["expect", "call", "call_jsonl", "meta", "todo", "why"];
        let set_keys: &[&str] = &["phrases", "not_in", "not_if", "about"];
        table.finish(&[
            (
                example_keys,
                "this belongs to an example: write [[rule.example]] above it",
            ),
            (
                set_keys,
                "this belongs to a set: write [set.NAME] and name the set in `find`",
            ),
            (
                &["from", "to", "after"],
                "this belongs to a window: where = { from = \"0s\", to = \"15s\" }",
            ),
            (
                &["min", "max"],
                "this belongs to a count, count = { min = 2 }; or to a measure, measure = { of = \"silence\", max = \"10s\" }",
            ),
            (
                &["unit", "count", "alone", "sure", "untimed", "each"],
                "this goes with `find` alone; a measure has its limits within { }, a step its own `alone`",
            ),
            (
                &["who"],
                "this goes with `find` and `measure`; a step has its own, combined rules have that of their parts",
            ),
            (
                &["where"],
                "this goes with `find`, `steps` and `measure`; write it in the rules that are combined",
            ),
        ]);
        Some(Rule { head, check: check?, when, language, internal, replaces, examples, source, span: id.span, links })
    }

    fn read_check(table: &Table<'_, '_>, names: &Names<'_>, id: &Text) -> (Option<Check>, Vec<Text>) {
        let reading = table.reading();
        let kinds: Vec<&str> = KINDS.iter().map(|(k, _)| *k).filter(|k| table.has(k)).collect();
        if kinds.is_empty() {
            // So that a mistyped kind is told from a key that no rule has.
            table.allow(&KINDS.map(|(k, _)| k));
        }
        if kinds.len() != 1 {
            let all: Vec<String> = KINDS.iter().map(|(k, about)| format!("`{k}` ({about})")).collect();
            let message = match kinds.as_slice() {
                [] => format!("the rule `{}` requires nothing", id.text),
                several => format!("the rule `{}` has {}: one rule, one condition", id.text, several.join(" and ")),
            };
            reading.wrong(id.span.clone(), message, Some(format!("one of {}", all.join(", "))));
        }
        let combined = |combine, key| {
            let links = table.texts(key);
            (Some(Check::Combine(combine, Vec::new())), links)
        };
        match kinds.first() {
            Some(&"find") => (Some(Check::Find(Find::read(table, Who::Any, names))), Vec::new()),
            Some(&"steps") => (Some(Check::Steps(Steps::read(table, names))), Vec::new()),
            Some(&"measure") => (Measure::read(table, names).map(Check::Measure), Vec::new()),
            Some(&"all") => combined(Combine::All, "all"),
            Some(&"any") => combined(Combine::Any, "any"),
            Some(&"not") => combined(Combine::Not, "not"),
            _ => (None, Vec::new()),
        }
    }

    /// The sets that its condition and its occasion name.
    #[must_use]
    pub fn sets(&self) -> Vec<SetId> {
        let mut all = Vec::new();
        match &self.check {
            Check::Find(find) => find.add_sets(&mut all),
            Check::Steps(steps) => steps.add_sets(&mut all),
            Check::Measure(measure) => measure.add_sets(&mut all),
            Check::Combine(..) => {}
        }
        if let Some(when) = &self.when {
            when.add_sets(&mut all);
        }
        all
    }

    /// The rules it is made of.
    #[must_use]
    pub fn parts(&self) -> &[usize] {
        match &self.check {
            Check::Combine(_, parts) => parts,
            _ => &[],
        }
    }

    /// Judges a call; `rules` are those of the book, for the rules it is made of.
    #[must_use]
    pub fn judge(&self, cx: &Context<'_>, rules: &[Rule]) -> Outcome {
        if let Some(lacking) = self.lacks(cx) {
            return lacking;
        }
        if self.when.as_ref().is_some_and(|when| !when.holds(cx)) {
            return Outcome::not_applicable("no-occasion", "the occasion for it did not come up");
        }
        let mut outcome = match &self.check {
            Check::Find(find) => find.judge(cx),
            Check::Steps(steps) => steps.judge(cx),
            Check::Measure(measure) => measure.judge(cx),
            Check::Combine(combine, parts) => {
                let judged = |&k: &usize| {
                    let part: &Rule = &rules[k];
                    let mut outcome = part.judge(cx, rules);
                    if outcome.advice.is_none() && !part.head.advice.is_empty() {
                        outcome.advice = Some(part.head.advice.clone());
                    }
                    outcome
                };
                combine.judge(parts.iter().map(judged).collect())
            }
        };
        if let Some(when) = &self.when {
            when.show_in(cx, &mut outcome);
        }
        outcome
    }

    /// What the transcript lacks before anything else can be asked: roles, the language, a human agent.
    fn lacks(&self, cx: &Context<'_>) -> Option<Outcome> {
        // Asked of few calls: nearly all have roles, and a human agent.
        let whos = || match &self.check {
            Check::Find(find) => find.whos(),
            Check::Steps(steps) => steps.whos(),
            Check::Measure(measure) => measure.whos(),
            // Its parts ask for themselves.
            Check::Combine(..) => Vec::new(),
        };
        let occasion = || self.when.iter().flat_map(Occasion::whos);
        if cx.call.roles.how == HowRoles::Unknown
            && (whos().into_iter().chain(occasion()).any(|w| w != Who::Any)
                || self.sets().iter().any(|&s| cx.phrases.has_role(s)))
        {
            return Some(Outcome::not_scorable("roles-unknown", "the transcript does not say who is the agent"));
        }
        if let (Some(own), Some(of)) = (&self.language, &cx.call.language)
            && cx.is_in_another_language(own)
        {
            let why = format!("the call is in `{of}`, the rule's phrases are in `{own}`");
            return Some(Outcome::not_scorable("language", why));
        }
        let needs_agent = || {
            let whos = whos();
            whos.contains(&Who::Agent) && whos.iter().all(|w| w.role() != Some(Role::Bot))
        };
        if cx.first_turn(Who::Agent).is_none() && needs_agent() {
            return Some(Outcome::not_applicable("no-agent", "no human agent speaks in this call"));
        }
        None
    }
}

/// Names of rules in rules.
pub struct Link;

impl Link {
    /// Resolves the rules that `all`, `any` and `not` name. `complete`: there are no packs that could not be read.
    pub fn resolve(rules: &mut [Rule], readings: &[Reading], complete: bool) {
        let ids: Vec<String> = rules.iter().map(|r| r.head.id.clone()).collect();
        for rule in rules.iter_mut() {
            let Check::Combine(combine, parts) = &mut rule.check else {
                continue;
            };
            let Some(reading) = readings.iter().find(|r| Arc::ptr_eq(&r.source, &rule.source)) else {
                continue;
            };
            for link in &rule.links {
                if let Some(k) = ids.iter().position(|id| *id == link.text) {
                    parts.push(k);
                } else {
                    let near =
                        nearest(&link.text, ids.iter().map(String::as_str)).map(|n| format!("did you mean `{n}`?"));
                    if near.is_none() && !complete {
                        continue; // It may stand in a pack that could not be read.
                    }
                    reading.wrong(link.span.clone(), format!("there is no rule `{}`", link.text), near);
                }
            }
            let wanted = if *combine == Combine::Not { rule.links.len() == 1 } else { !rule.links.is_empty() };
            if !wanted {
                let help = "name the ids of other rules".to_owned();
                reading.wrong(
                    rule.span.clone(),
                    format!("`{}` combines the wrong number of rules", rule.head.id),
                    Some(help),
                );
            }
        }
        for k in 0..rules.len() {
            if reaches(rules, k, k, rules.len()) {
                let rule = &rules[k];
                if let Some(reading) = readings.iter().find(|r| Arc::ptr_eq(&r.source, &rule.source)) {
                    reading.wrong(rule.span.clone(), format!("the rule `{}` is made of itself", rule.head.id), None);
                }
            }
        }
    }
}

fn reaches(rules: &[Rule], from: usize, to: usize, depth: usize) -> bool {
    depth > 0 && rules[from].parts().iter().any(|&p| p == to || reaches(rules, p, to, depth - 1))
}
