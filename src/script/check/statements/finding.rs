//! Losses as findings: at the place where the branch stands now, with the old words in the message.

use super::change::{Change, What, changes, orphans};
use super::pair::successors;
use super::part::{Families, Part};
use crate::report::script::{OnPage, Standing, Was};
use crate::report::{RuleResult, Verdict};
use crate::rules::RuleBook;
use crate::script::check::checked::{CheckedPath, CheckedScript, Step};
use crate::script::check::{STATEMENT_IS_KEPT, page};
use std::collections::BTreeSet;

/// What changed in the statements of a script: a path each, with one finding. `told` are the branches whose absence
/// another finding tells.
pub fn findings(
    new: &CheckedScript,
    old: &CheckedScript,
    told: &BTreeSet<String>,
    book: &RuleBook,
) -> Vec<CheckedPath> {
    let after = successors(&new.parts, &old.parts);
    let mut found = Vec::new();
    for (o, part) in old.parts.iter().enumerate() {
        let writer = Writer { new, old, book };
        let Some(n) = after[o] else {
            let lost = orphans(part, &new.parts);
            if !lost.is_empty() && !told.contains(&part.label) {
                found.extend(writer.branch(o, &lost, neighbour(o, old, &after)));
            }
            continue;
        };
        let now = &new.parts[n];
        let around = (&above(&old.parts, o)[..], &above(&new.parts, n)[..]);
        let changes = changes(part, now, around);
        let (gone, other): (Vec<Change>, Vec<Change>) = changes.losses.iter().partition(|c| c.what == What::Gone);
        found.extend(writer.gone(part, n, &gone, &changes.gains));
        found.extend(other.iter().filter_map(|c| writer.weaker(part, n, c)));
        let statements = |p: &Part| p.sentences.iter().filter(|s| s.is_statement()).count();
        if changes.losses.is_empty() && statements(now) > statements(part) {
            found.extend(changes.gains.first().and_then(|&s| writer.gained(n, s)));
        }
    }
    found
}

/// The branches that are still there under another condition: new ones with what they were called before.
pub fn renamed(new: &CheckedScript, old: &CheckedScript) -> Vec<(Step, Step)> {
    let step = |p: &Part| Step { label: p.label.clone(), under: p.under.clone() };
    let after = successors(&new.parts, &old.parts);
    let pairs = old.parts.iter().zip(after).filter_map(|(was, n)| Some((step(&new.parts[n?]), step(was))));
    pairs.filter(|(now, was)| now.label != was.label).collect()
}

/// The parts around a part, the nearest first.
fn above(parts: &[Part], of: usize) -> Vec<&Part> {
    let (mut all, mut at) = (Vec::new(), of);
    while at != parts[at].parent {
        at = parts[at].parent;
        all.push(&parts[at]);
    }
    all
}

/// The part of the new state that stands where an old one stood: its neighbour before it, or what it stood in.
fn neighbour(of: usize, old: &CheckedScript, after: &[Option<usize>]) -> usize {
    let parent = old.parts[of].parent;
    let before = (0..of).rev().filter(|&k| k != 0 && old.parts[k].parent == parent).find_map(|k| after[k]);
    let behind = (of + 1..old.parts.len()).filter(|&k| old.parts[k].parent == parent).find_map(|k| after[k]);
    before.or(behind).or(after[parent]).unwrap_or(0)
}

struct Writer<'s> {
    new: &'s CheckedScript,
    old: &'s CheckedScript,
    book: &'s RuleBook,
}

impl Writer<'_> {
    /// A branch is gone, and with it its statements.
    fn branch(&self, of: usize, lost: &[usize], near: usize) -> Option<CheckedPath> {
        let part = &self.old.parts[of];
        let words: Vec<&str> = lost.iter().map(|&k| part.sentences[k].text.as_str()).collect();
        let why = format!("the branch {} is gone, and what it said to the caller: {}", part.name(), quoted(&words));
        let (place, text) = self.new.parts.get(near)?.place_near(0);
        let was = Was { old: words.join(" "), new: String::new(), branch: part.label.clone() };
        self.loss(
            "statement-gone",
            why,
            advice(part.sentences[lost[0]].needs(), &words),
            OnPage { place, text },
            was,
            near,
        )
    }

    /// Statements of a part that are gone, all in one.
    fn gone(&self, part: &Part, n: usize, gone: &[Change], gains: &[usize]) -> Option<CheckedPath> {
        let first = gone.first()?;
        let now = &self.new.parts[n];
        let words: Vec<&str> = gone.iter().map(|c| part.sentences[c.old].text.as_str()).collect();
        let needs = part.sentences[first.old].needs();
        let left = |s: &super::part::Sentence| !s.heard.shared(needs).is_empty();
        let left = match (now.sentences.iter().any(left), gains.is_empty()) {
            (true, _) => "less of it is left",
            (false, true) => "none of it is left",
            (false, false) => "no other words of this kind are said instead",
        };
        let here = if now.label.is_empty() { String::new() } else { " there".to_owned() };
        let why = format!("{} no longer says {} ({}); {left}{here}", now.name(), quoted(&words), needs.in_words());
        let (place, text) = now.place_near(first.old.min(now.sentences.len().saturating_sub(1)));
        let was = Was { old: words.join(" "), new: instead(part, now, gone), branch: now.label.clone() };
        self.loss("statement-gone", why, advice(needs, &words), OnPage { place, text }, was, n)
    }

    /// A statement that says less, or says it later.
    fn weaker(&self, part: &Part, n: usize, change: &Change) -> Option<CheckedPath> {
        let now = &self.new.parts[n];
        let old = &part.sentences[change.old];
        let at = change.new.unwrap_or(change.old);
        let (place, text) = now.place_near(at);
        let name = now.name();
        let was = quoted(&[&old.text]);
        let is = quoted(&[&text]);
        let (code, why, advice) = match change.what {
            What::Gone => return None,
            What::Generic => (
                "statement-generic",
                format!("{name} said {was}; now it says {is}, which fits every call"),
                format!("Say what it is about for this caller, in words of your own, as {was} did."),
            ),
            What::Tied => (
                "statement-tied",
                format!("{name} said {was} in a sentence of its own; now {is} is half a request"),
                format!("End the sentence after the statement, and ask in the next one: {was}"),
            ),
            What::Behind(request) => {
                let first = quoted(&[&now.sentences.get(request)?.text]);
                (
                    "statement-behind-logistics",
                    format!("{name} said {was} before any request; now {first} comes first"),
                    format!("Say {is} first, then ask."),
                )
            }
            What::Later(seconds) => (
                "statement-later",
                format!("{name} said {was} at once; now its first such words come {seconds} s later"),
                format!("Begin with {was}"),
            ),
            What::Nameless => (
                "name-gone",
                format!("{name} said {was}, with a blank for the caller's name; the name is gone"),
                "Leave the blank for the name where it was: \"Thank you, {customer_name}.\"".to_owned(),
            ),
        };
        let shown = Was { old: old.text.clone(), new: text.clone(), branch: now.label.clone() };
        self.loss(code, why, advice, OnPage { place, text }, shown, n)
    }

    /// A statement that is new.
    fn gained(&self, n: usize, sentence: usize) -> Option<CheckedPath> {
        let now = &self.new.parts[n];
        let said = now.sentences.get(sentence)?;
        let why = format!("{} now says {} ({})", now.name(), quoted(&[&said.text]), said.needs().in_words());
        let was = Was { old: String::new(), new: said.text.clone(), branch: now.label.clone() };
        let mut path = self.loss(
            "statement-gained",
            why,
            String::new(),
            OnPage { place: said.place, text: said.text.clone() },
            was,
            n,
        )?;
        for (result, note) in path.judged.results.iter_mut().zip(&mut path.script.notes) {
            (result.verdict, result.advice, note.standing) = (Verdict::Pass, None, Standing::Better);
        }
        Some(path)
    }

    fn loss(
        &self,
        code: &'static str,
        why: String,
        advice: String,
        on_page: OnPage,
        was: Was,
        n: usize,
    ) -> Option<CheckedPath> {
        let line = on_page.place.line;
        let allows = |a: &&crate::script::Allow| {
            a.reason.is_some() && a.covers(line) && a.rules.iter().any(|r| r == STATEMENT_IS_KEPT)
        };
        let allowed = self.new.allows.iter().find(allows).and_then(|a| a.reason.as_deref());
        let part = &self.new.parts[n];
        let step = Step { label: part.label.clone(), under: part.under.clone() };
        let on = |p: &&CheckedPath| p.steps.contains(&step);
        let path =
            self.new.paths.iter().find(on).or_else(|| self.new.paths.first()).or_else(|| self.old.paths.first())?;
        let mut path = page::removed(STATEMENT_IS_KEPT, code, why, allowed, on_page, path, self.book);
        for (result, note) in path.judged.results.iter_mut().zip(&mut path.script.notes) {
            note.was = Some(was.clone());
            set_advice(result, &advice);
        }
        Some(path)
    }
}

fn set_advice(result: &mut RuleResult, advice: &str) {
    if result.advice.is_some() && !advice.is_empty() {
        result.advice = Some(advice.to_owned());
    }
}

/// What is said now where lost statements stood: the sentences that are new there.
fn instead(old: &Part, new: &Part, gone: &[Change]) -> String {
    let known = |text: &String| old.sentences.iter().any(|s| s.text == *text);
    let fresh = new.sentences.iter().map(|s| &s.text).filter(|text| !known(text)).take(gone.len());
    fresh.map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn advice(family: Families, words: &[&str]) -> String {
    let what = if family.shared(Families::FEELING).is_empty() {
        "Say it again"
    } else {
        "Say again what you see of the caller's trouble"
    };
    format!("{what}, with these words or better ones: {}", quoted(words))
}

/// Some quotes, for a sentence.
fn quoted(words: &[&str]) -> String {
    const MOST: usize = 3;
    let mut text: Vec<String> = words.iter().take(MOST).map(|w| format!("\"{w}\"")).collect();
    if words.len() > MOST {
        text.push(format!("{} more", words.len() - MOST));
    }
    text.join(", ")
}
