//! The roll-up as Markdown: the figures, what changed, praise before coaching, agents and queues, outcomes, the worst
//! calls.

use super::{entry, lists};
use crate::output::figures::{
    OUTCOME_CAVEAT, agents_title, change_line, in_full, interval, outcome_calls, outcome_line, percent, score_line,
};
use crate::output::finding::{Finding, cut, findings};
use crate::output::number::counted;
use crate::output::{Setup, escape, tenths_text};
use crate::report::Verdict;
use crate::report::rollup::share::FEW;
use crate::report::rollup::{Bounded, Group, Listed, RollUp, time};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Rows of a table of agents or queues, unless `-v` asks for all.
const ROWS: usize = 40;

/// Appends the roll-up of an audit.
pub(super) fn write(setup: &Setup, rollup: &RollUp, to: &mut String) {
    totals(rollup, to);
    if rollup.calls > 0 {
        // Of one call its own list says all.
        if rollup.calls > 1 || setup.summary {
            rules(setup, rollup, to);
            changes(setup, rollup, to);
            lists::praise(setup, rollup, to);
            coaching(setup, rollup, to);
            agents(setup, rollup, to);
            groups("Queue", rollup, named(&rollup.queues), to);
            groups("Script version", rollup, named(&rollup.script_versions), to);
            let (weekdays, hours) = (rollup.times.weekdays.iter(), rollup.times.hours.iter());
            groups("Weekday", rollup, weekdays.map(|(day, group)| (time::weekday(*day).into(), group)), to);
            groups("Hour", rollup, hours.map(|(hour, group)| (format!("{hour:02}:00").into(), group)), to);
            outcomes(setup, rollup, to);
        }
        if setup.all || setup.summary {
            lists::look_at(setup, rollup, to);
        } else {
            worst(setup, rollup, to);
        }
    }
    for record in rollup.first_unreadable.iter().filter(|_| !setup.all) {
        let (source, error) = (escape::markdown(&record.source), escape::markdown(&record.error));
        let _ = writeln!(to, "- **not read** {source}: {error}");
    }
}

fn id(setup: &Setup, rule: usize) -> &str {
    setup.rules.get(rule).map_or("", |head| head.id.as_str())
}

fn totals(rollup: &RollUp, to: &mut String) {
    let failures: u64 = rollup.failures.iter().sum();
    let score = rollup.mean_tenths().map_or(String::new(), |m| format!(", mean score {}", tenths_text(m)));
    let (calls, rules) = (counted(rollup.calls, "call", "calls"), counted(failures, "rule", "rules"));
    let _ = writeln!(to, "{calls}{score}, {rules} fell short.");
    if rollup.calls < 2 {
        return;
    }
    if let Some(early) = rollup.early().filter(|early| early.of > 0) {
        let _ = writeln!(to, "Heard within 15 s: {}. Passed: {}.", in_full(early), in_full(rollup.pass_share()));
    }
    if rollup.unknown_roles > 0 {
        let _ = writeln!(to, "Nobody says who is the agent in {}.", counted(rollup.unknown_roles, "call", "calls"));
    }
}

fn rules(setup: &Setup, rollup: &RollUp, to: &mut String) {
    to.push_str("\n| rule | passed | 95 % interval | pass | fail | not applicable | not scorable |\n");
    to.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (head, tally) in setup.rules.iter().zip(&rollup.rules) {
        let share = tally.share();
        let counts = Verdict::ALL.map(|verdict| tally.count(verdict).to_string()).join(" | ");
        let _ = writeln!(to, "| `{}` | {} | {} | {counts} |", head.id, percent(share), interval(share));
    }
}

fn changes(setup: &Setup, rollup: &RollUp, to: &mut String) {
    let Some(changes) = rollup.changes() else { return };
    let before = counted(changes.calls_before, "earlier call", "earlier calls");
    let _ = writeln!(to, "\n### What changed since {before}\n");
    if let Some(early) = &changes.early {
        let _ = writeln!(to, "- heard within 15 s: {}", change_line(early));
    }
    if let Some(passed) = &changes.passed {
        let _ = writeln!(to, "- calls that passed: {}", change_line(passed));
    }
    if let Some(score) = &changes.score {
        let _ = writeln!(to, "- mean score: {}", score_line(score));
    }
    for (rule, change) in &changes.rules {
        let _ = writeln!(to, "- `{}`: {}", id(setup, *rule), change_line(change));
    }
    for (agent, change) in &changes.agents {
        let _ = writeln!(to, "- {}, calls that passed: {}", escape::markdown(agent), change_line(change));
    }
}

fn coaching(setup: &Setup, rollup: &RollUp, to: &mut String) {
    let all = rollup.coaching();
    let asked = setup.verbosity > 0 || rollup.agents.by_name().len() == 1;
    let shown: Vec<_> = all.iter().filter(|entry| asked || entry.calls >= FEW).collect();
    if shown.is_empty() {
        return;
    }
    to.push_str("\n### Worth coaching\n\n");
    for entry in shown {
        let (agent, rule) = (escape::markdown(&entry.agent), id(setup, entry.rule));
        let _ = writeln!(to, "- **{agent}**: `{rule}` passed {}", in_full(entry.share));
        let advice = setup.rules.get(entry.rule).map_or("", |head| head.advice.as_str());
        if !advice.is_empty() {
            let _ = writeln!(to, "  - say instead: {}", escape::markdown(advice));
        }
        for model in &entry.quotes {
            let who = escape::markdown(model.whose.agent.as_deref().unwrap_or("a colleague")).into_owned();
            let _ = writeln!(to, "  - as {who} did: “{}”", escape::markdown(&cut(&model.quote)));
        }
    }
}

fn agents(setup: &Setup, rollup: &RollUp, to: &mut String) {
    let all = rollup.listed_agents(setup.rank_from);
    if all.is_empty() {
        return;
    }
    let (title, note) = agents_title(setup, rollup);
    let _ = writeln!(to, "\n### {title}\n");
    if let Some(note) = note {
        let _ = writeln!(to, "{note}\n");
    }
    to.push_str("| agent | calls | mean score | heard within 15 s | 95 % interval | most to win with |\n");
    to.push_str("| --- | ---: | ---: | ---: | ---: | --- |\n");
    let shown = if setup.verbosity > 0 { all.len() } else { ROWS };
    for Listed { place, name, agent } in all.iter().take(shown) {
        let place = place.map_or(String::new(), |place| format!("{place}\\. "));
        let weakest = rollup.weakest(agent).map_or(String::new(), |rule| format!("`{}`", id(setup, rule)));
        let few = if agent.figures.calls < FEW { " (few)" } else { "" };
        let _ =
            writeln!(to, "| {place}{}{few} | {} | {weakest} |", escape::markdown(name), row(rollup, &agent.figures));
    }
    more(all.len().saturating_sub(shown), to);
    for Listed { name, agent, .. } in &all {
        for said in agent.rehearsed() {
            let (name, words) = (escape::markdown(name), escape::markdown(&said.words));
            let _ = writeln!(to, "\nRehearsed: {name} says “{words}” in {} of {} calls.", said.calls, said.of);
        }
    }
}

/// Calls, mean score, early statements and their interval, as cells of a table.
fn row(rollup: &RollUp, group: &Group) -> String {
    let score = group.mean_tenths().map_or("–".to_owned(), tenths_text);
    let share = rollup.rate(group);
    format!("{} | {score} | {} | {}", group.calls, percent(share), interval(share))
}

fn named(groups: &Bounded<String, Group>) -> impl Iterator<Item = (Cow<'_, str>, &Group)> {
    groups.iter().map(|(name, group)| (name.into(), group))
}

fn groups<'g>(title: &str, rollup: &RollUp, groups: impl Iterator<Item = (Cow<'g, str>, &'g Group)>, to: &mut String) {
    let all: Vec<_> = groups.collect();
    if all.len() < 2 {
        return;
    }
    let _ = writeln!(to, "\n| {} | calls | mean score | heard within 15 s | 95 % interval |", title.to_lowercase());
    to.push_str("| --- | ---: | ---: | ---: | ---: |\n");
    for (name, group) in all.iter().take(ROWS) {
        let few = if group.calls < FEW { " (few)" } else { "" };
        let _ = writeln!(to, "| {}{few} | {} |", escape::markdown(name), row(rollup, group));
    }
    more(all.len().saturating_sub(ROWS), to);
}

fn more(hidden: usize, to: &mut String) {
    if hidden > 0 {
        let _ = writeln!(to, "\nAnd {hidden} more.");
    }
}

fn outcomes(setup: &Setup, rollup: &RollUp, to: &mut String) {
    for outcome in &rollup.outcomes {
        let column = escape::markdown(&outcome.column).into_owned();
        let _ = writeln!(to, "\n### Outcome {column}: {}\n", outcome_calls(outcome));
        for against in outcome.against() {
            let _ = writeln!(to, "- `{}`: {}", id(setup, against.rule), outcome_line(outcome, &against));
        }
    }
    if rollup.outcomes.iter().any(|outcome| outcome.against().next().is_some()) {
        let _ = writeln!(to, "\n{OUTCOME_CAVEAT}");
    }
}

/// What fell short in the worst calls.
fn worst(setup: &Setup, rollup: &RollUp, to: &mut String) {
    let fell_short = |finding: &Finding<'_>| finding.is_open();
    let mut text = String::new();
    let mut shown = 0;
    for worst in &rollup.worst {
        let report = worst.kept.report();
        let mut any = false;
        for found in findings(&report, &setup.rules).filter(fell_short) {
            entry(&found, &report, &mut text);
            any = true;
        }
        shown += u64::from(any);
    }
    if shown > 0 {
        let _ = writeln!(to, "\n### What fell short\n\n{}", text.trim_end());
        let hidden = rollup.calls.saturating_sub(rollup.worst.len() as u64);
        if hidden > 0 {
            let calls = counted(shown, "call", "calls");
            let _ =
                writeln!(to, "\nThese are the {calls} to look at first of {}; `--all` lists every one.", rollup.calls);
        }
    }
}
