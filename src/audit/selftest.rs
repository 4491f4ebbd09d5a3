//! Packs that test themselves: runs the examples of rules and says which came out as they should.

use crate::audit::Auditor;
use crate::call::Call;
use crate::input::format::{Format as _, Record};
use crate::input::formats::{call_jsonl, plain_text};
use crate::report::Verdict;
use crate::rules::RuleBook;
use crate::rules::outcome::Outcome;
use crate::rules::pack::example::Example;
use crate::text::scene::Scene;

/// One example, run.
#[derive(Clone, Debug)]
pub struct Ran<'b> {
    /// Index of the rule in [`RuleBook::rules`].
    pub rule: usize,
    /// The example.
    pub example: &'b Example,
    /// The call that was read from it, for the quotes of the outcome.
    pub call: Call,
    /// What the rule says of it; or why the example could not be read.
    pub found: Result<Outcome, String>,
}

impl Ran<'_> {
    /// The verdict that came out.
    pub fn verdict(&self) -> Option<Verdict> {
        self.found.as_ref().ok().map(|o| o.verdict)
    }

    /// Whether it came out as it should: as expected, or, for a known gap, still not as expected.
    pub fn is_fine(&self) -> bool {
        self.found.is_ok() && (self.verdict() == Some(self.example.expect)) != self.example.todo
    }
}

/// Runs the examples of some rules of a book, in their order.
pub fn run<'b>(book: &'b RuleBook, rules: &[usize]) -> Vec<Ran<'b>> {
    let mut auditor = Auditor::new(book);
    let mut all = Vec::new();
    for &rule in rules {
        for example in &book.rules()[rule].examples {
            all.push(one(&mut auditor, rule, example));
        }
    }
    all
}

/// Runs one example for a rule, by its index in [`RuleBook::rules`], whether or not it is the rule's own.
pub fn one<'e>(auditor: &mut Auditor<'_>, rule: usize, example: &'e Example) -> Ran<'e> {
    let mut call = Call::default();
    let found = read(example, &mut call).map(|()| {
        let mut scene = Scene::default();
        auditor.tag(&call, &mut scene);
        auditor.outcome(&call, &scene, rule)
    });
    Ran { rule, example, call, found }
}

/// Reads the call of an example.
fn read(example: &Example, call: &mut Call) -> Result<(), String> {
    if let Some(text) = &example.call {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        plain_text::read_transcript(&lines.join("\n"), call).map_err(|e| e.0)?;
    }
    if let Some(json) = &example.call_jsonl {
        let mut count = 0;
        let record = Record { bytes: json.trim().as_bytes(), header: None };
        let mut read = Call::default();
        let parsed = call_jsonl::CallJsonl.parse(&record, &mut read, &mut |one| {
            count += 1;
            std::mem::swap(call, one);
        });
        parsed.map_err(|e| e.0)?;
        if count != 1 {
            return Err(format!("`call_jsonl` holds {count} calls, one is wanted"));
        }
    }
    for (key, value) in &example.meta {
        let field = match key.as_str() {
            "agent" => &mut call.agent,
            "customer" => &mut call.customer,
            "queue" => &mut call.queue,
            "started" => &mut call.started,
            "language" => &mut call.language,
            _ => {
                call.meta.insert(key.clone(), value.clone().into());
                continue;
            }
        };
        *field = Some(value.clone());
    }
    Ok(())
}

/// The rules whose occasion comes up in none of their examples, though they have some.
pub fn without_occasion(book: &RuleBook, ran: &[Ran<'_>]) -> Vec<usize> {
    let came_up = |r: &&Ran<'_>| r.found.as_ref().is_ok_and(|o| o.reason != "no-occasion");
    let never = |k: &usize| {
        let mut own = ran.iter().filter(|r| r.rule == *k).peekable();
        own.peek().is_some() && !own.any(|r| came_up(&r))
    };
    (0..book.rules().len()).filter(never).collect()
}

/// The rules whose examples do not show both how they pass and how they fail; helpers need none.
pub fn unproven(book: &RuleBook) -> Vec<(usize, &'static str)> {
    let rules = book.public().iter().map(|&k| (k, &book.rules()[k]));
    let lacks = rules.filter_map(|(k, rule)| {
        let shows = |v: Verdict| rule.examples.iter().any(|e| e.expect == v && !e.todo);
        match (shows(Verdict::Pass), shows(Verdict::Fail)) {
            (true, true) => None,
            (true, false) => Some((k, "no example that fails")),
            (false, true) => Some((k, "no example that passes")),
            (false, false) => Some((k, "no example that passes and none that fails")),
        }
    });
    lacks.collect()
}
