//! A verdict that somebody disputes, turned into an example of its rule: the call with other names and numbers in it,
//! as a `[[rule.example]]` that gives what the rule really says.
//!
//! `people` and `numbers` find what must not be passed on, [`crate::call::edits`] puts something else there, `block`
//! writes the example, [`insert`] puts it into a pack.

pub mod block;
pub mod insert;
pub mod numbers;
pub mod people;

use crate::audit::Auditor;
use crate::audit::selftest;
use crate::call::Call;
use crate::call::edits::{Edit, apply, in_order, rewrite};
use crate::report::Verdict;
use crate::rules::RuleBook;
use crate::rules::outcome::Outcome;
use crate::rules::pack::example::Example;
use crate::text::scene::Scene;
use numbers::Numbers;
use people::StandIns;

/// An example that was made.
#[derive(Clone, Debug)]
pub struct Pin {
    /// The example as TOML, from `[[rule.example]]` on.
    pub block: String,
    /// The verdict of the rule on the example; if another one was wanted, the example is marked as a known gap.
    pub found: Verdict,
    /// The verdict of the rule on the original call, if it differs.
    pub was: Option<Verdict>,
    /// How many people were given other names.
    pub people: usize,
    /// How many numbers and addresses were replaced.
    pub numbers: usize,
}

/// What an example is to say.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The verdict that the call should get.
    pub expect: Verdict,
    /// Why; empty if nobody said.
    pub why: &'a str,
}

/// Makes an example of a call for a rule of a book, by its index in [`RuleBook::rules`].
pub fn pin(call: &Call, book: &RuleBook, rule: usize, wanted: Wanted<'_>) -> Pin {
    let mut auditor = Auditor::new(book);
    let mut scene = Scene::default();
    auditor.tag(call, &mut scene);
    let was = auditor.outcome(call, &scene, rule);
    let (mut people, mut numbers) = (StandIns::of(call, &scene), Numbers::default());
    let edits = edits(call, &scene, &mut people, &mut numbers);
    let lone = |text: &str| {
        let text = people.lone(text);
        let mut edits = Vec::new();
        Numbers::default().find(&text, 0, &mut edits);
        apply(&text, 0, &in_order(edits))
    };
    let new = rewritten(call, &edits, &lone);
    let why = lone(wanted.why);
    let example = |meta: bool, json: bool| {
        let mut example = Example {
            expect: wanted.expect,
            why: why.clone(),
            call: None,
            call_jsonl: None,
            meta: Vec::new(),
            todo: false,
            line: 0,
        };
        let mut new = new.clone();
        if meta {
            new.started.clone_from(&call.started);
            new.meta = call.meta.iter().map(|(key, value)| (key.clone(), block::other(value, &lone))).collect();
        }
        if json {
            example.call_jsonl = Some(block::json(&new));
        } else {
            example.call = block::text(&new);
            example.meta = block::meta(&new);
        }
        example
    };
    // The plainest form that gets the same verdict as the call. If another verdict is wanted, the times of words stay:
    // nobody knows yet which of them the mended rule will need.
    let same = |outcome: &Outcome| same(outcome, &was);
    let words = !call.words.is_empty() && was.verdict != wanted.expect;
    let mut chosen = None;
    for (meta, json) in [(false, false), (false, true), (true, true)] {
        let example = example(meta, json);
        if !json && (words || example.call.is_none()) {
            continue;
        }
        let Ok(outcome) = selftest::one(&mut auditor, rule, &example).found else {
            continue;
        };
        let fits = same(&outcome);
        if fits || json && chosen.is_none() {
            chosen = Some((example, outcome));
        }
        if fits {
            break;
        }
    }
    let (mut example, outcome) = chosen.unwrap_or_else(|| (example(false, true), was.clone()));
    example.todo = outcome.verdict != wanted.expect;
    Pin {
        block: block::toml(&example),
        found: outcome.verdict,
        was: (was.verdict != outcome.verdict).then_some(was.verdict),
        people: people.count(),
        numbers: numbers.count(),
    }
}

/// The call with other words in it; of what is known of it, only what its turns mean, who speaks, its queue, language and
/// length.
fn rewritten(call: &Call, edits: &[Edit], lone: &dyn Fn(&str) -> String) -> Call {
    let mut new = Call::default();
    new.agent = call.agent.as_deref().map(lone);
    new.customer = call.customer.as_deref().map(lone);
    new.queue.clone_from(&call.queue);
    new.language.clone_from(&call.language);
    new.stated_duration = call.stated_duration;
    new.format = call.format;
    new.clock = call.clock;
    new.roles = call.roles;
    rewrite(call, edits, lone, &mut new);
    new
}

/// Whether a rule says the same for the same reason, at the same places.
fn same(one: &Outcome, other: &Outcome) -> bool {
    let places =
        |outcome: &Outcome| -> Vec<(u32, u32)> { outcome.evidence.iter().map(|e| (e.turn, e.sentence)).collect() };
    one.verdict == other.verdict && one.reason == other.reason && places(one) == places(other)
}

/// All edits of a call.
fn edits(call: &Call, scene: &Scene, people: &mut StandIns, numbers: &mut Numbers) -> Vec<Edit> {
    let bytes = |from: u32, to: u32| {
        let (first, last) = (&scene.tokens[from as usize], &scene.tokens[to as usize - 1]);
        first.start as usize..last.end as usize
    };
    let uses: Vec<_> = scene.names.uses.iter().map(|hit| bytes(hit.start, hit.end)).collect();
    let mut edits = Vec::new();
    for turn in &call.turns {
        let (text, from) = (call.turn_text(turn), turn.text.start as usize);
        people.find(text, from, &uses, &mut edits);
        numbers.find(text, from, &mut edits);
    }
    in_order(edits)
}

#[cfg(test)]
mod tests;
