//! The tables of a page: rules, agents, queues, script versions, outcomes, what changed.

use super::charts::range;
use crate::call::person;
use crate::output::figures::{
    OUTCOME_CAVEAT, agents_title, mean, outcome_calls, outcome_difference, percent, points, score_line,
};
use crate::output::html::figures::{Figures, Outside, in_words};
use crate::output::number::counted;
use crate::output::tenths_text;
use crate::output::text::reason;
use crate::report::Verdict;
use crate::report::rollup::share::FEW;
use crate::report::rollup::{AgentFigures, Change, Group, Listed, Outcome, RuleTally, Share};
use maud::{Markup, html};

/// Rows of a table that stand open; more are folded.
const ROWS: usize = 40;

/// A share in two cells: its figures, and drawn.
fn share(share: Share) -> Markup {
    html! {
        td.number { (percent(share)) small { (in_words(share)) } }
        td.picture { (range(share)) }
    }
}

fn rate_title(figures: &Figures<'_>) -> &'static str {
    if figures.rollup.early_rule().is_some() { "Heard within 15 s" } else { "Passed" }
}

/// A table that may be wider than the page, with its caption for those who do not see it.
fn framed(title: &str, table: &Markup) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label={ "Table: " (title) } { (table) } }
}

/// Each rule: how often it passed, and why not.
pub(super) fn rules(figures: &Figures<'_>) -> Markup {
    let rollup = figures.rollup;
    let row = |rule: usize, tally: &RuleTally| {
        let count = |verdict| tally.count(verdict);
        html! {
            tr {
                th scope="row" { (Outside(figures.title(rule))) small { code { (figures.id(rule)) } } }
                (share(tally.share()))
                td.number { (figures.counted(count(Verdict::Fail), rule, "f")) }
                td.number { (figures.counted(count(Verdict::NotApplicable), rule, "a")) }
                td.number.reasons { (figures.counted(count(Verdict::NotScorable), rule, "s"))
                    @for (code, calls) in tally.reasons(Verdict::NotScorable).into_iter().take(2) {
                        small { (calls) " " (reason::words(code)) }
                    }
                }
            }
        }
    };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Rule" } th.number scope="col" { "Passed" } td.picture {} th.number scope="col" { "Failed" }
                th.number scope="col" { "No occasion" } th.number scope="col" { "Not scorable" }
            } }
            tbody { @for (rule, tally) in rollup.rules.iter().enumerate().take(figures.setup.rules.len()) { (row(rule, tally)) } }
        }
    };
    html! {
        section aria-labelledby="rules-title" {
            h2 #rules-title { "Rule by rule" }
            (framed("Rule by rule", &table))
            p.note { "Shares are of the calls that passed or failed, with the 95 % interval of Wilson." }
        }
    }
}

/// The cells that the rows of agents and of groups begin with. A name leads to the calls of the agent or the queue that it
/// is given, where calls are listed.
fn lead(
    figures: &Figures<'_>,
    name: Option<&str>,
    to: [Option<&str>; 2],
    place: Option<usize>,
    group: &Group,
) -> Markup {
    let [agent, queue] = to.map(|to| to.filter(|_| figures.listed).map(Outside));
    html! {
        th scope="row" {
            @match name {
                Some(name) if agent.is_some() || queue.is_some() => {
                    button.link type="button" data-narrow data-agent=[agent] data-queue=[queue] { (Outside(name)) }
                }
                Some(name) => { (Outside(name)) }
                None => { "All others" }
            }
            @if let Some(place) = place { small { "place " (place) } }
            @if group.calls < FEW { small { "few calls" } }
        }
        td.number { (group.calls) }
        (share(figures.rollup.rate(group)))
        td.number { (group.mean_tenths().map_or("–".to_owned(), tenths_text)) }
    }
}

/// Each agent: by name, ranked only where that was asked for.
pub(super) fn agents(figures: &Figures<'_>) -> Markup {
    let rollup = figures.rollup;
    let all = rollup.listed_agents(figures.setup.rank_from);
    if all.is_empty() {
        return html! {};
    }
    let row = |place: Option<usize>, name: Option<&str>, agent: &AgentFigures| {
        let group = &agent.figures;
        html! {
            tr {
                (lead(figures, name, [name.map(person::key).as_deref(), None], place, group))
                td { @if let Some(rule) = rollup.weakest(agent) { (figures.id(rule)) small { "failed " (group.count(rule, Verdict::Fail)) } } }
                td.number { (group.hardship.part)
                    @if let Some((day, load)) = agent.heaviest_day() { small { "most on " (day.strftime("%-d %b").to_string()) ": " (load.hardship) } }
                }
            }
        }
    };
    let table = |rows: &[Listed<'_>], others: bool| {
        html! {
            table {
                thead { tr {
                    th scope="col" { "Agent" } th.number scope="col" { "Calls" } th.number scope="col" { (rate_title(figures)) } td.picture {}
                    th.number scope="col" { "Mean score" } th scope="col" { "Most to win with" } th.number scope="col" { "Hardships" }
                } }
                tbody {
                    @for one in rows { (row(one.place, Some(one.name), &one.agent)) }
                    @if others { (row(None, None, &rollup.agents.others)) }
                }
            }
        }
    };
    let (open, folded) = all.split_at(all.len().min(ROWS));
    let others = rollup.agents.others.figures.calls > 0;
    let order = agents_title(figures.setup, rollup).1.unwrap_or_else(|| "By name, not by rank.".to_owned());
    html! {
        section aria-labelledby="agents-title" {
            h2 #agents-title { "By agent" }
            (framed("By agent", &table(open, others && folded.is_empty())))
            @if !folded.is_empty() {
                details.table { summary { (folded.len()) " more" } (framed("More agents", &table(folded, others))) }
            }
            p.note {
                (order) " Hardships are calls in which the caller voiced one: what an agent had to take, not how \
                 they did. Figures of fewer than " (FEW) " calls say little."
            }
        }
    }
}

/// By queue and by script version.
pub(super) fn groups(figures: &Figures<'_>) -> Markup {
    let queues = figures.rollup.queues.iter();
    let versions = figures.rollup.script_versions.iter();
    html! {
        (by_group(figures, "queues", "By queue", "Queue", &queues.collect::<Vec<_>>(), &figures.rollup.queues.others))
        (by_group(figures, "versions", "By script version", "Version", &versions.collect::<Vec<_>>(), &figures.rollup.script_versions.others))
    }
}

fn by_group(
    figures: &Figures<'_>,
    id: &str,
    title: &str,
    column: &str,
    groups: &[(&String, &Group)],
    others: &Group,
) -> Markup {
    if groups.is_empty() {
        return html! {};
    }
    let row = |name: Option<&str>, group: &Group| {
        html! {
            tr {
                (lead(figures, name, [None, name.filter(|_| id == "queues")], None, group))
                td.number { (group.hardship.part) }
            }
        }
    };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (column) } th.number scope="col" { "Calls" } th.number scope="col" { (rate_title(figures)) } td.picture {}
                th.number scope="col" { "Mean score" } th.number scope="col" { "Hardships" }
            } }
            tbody {
                @for (name, group) in groups { (row(Some(name), group)) }
                @if others.calls > 0 { (row(None, others)) }
            }
        }
    };
    html! {
        section aria-labelledby={ (id) "-title" } { h2 id={ (id) "-title" } { (title) } (framed(title, &table)) }
    }
}

/// What came of calls, against each rule.
pub(super) fn outcomes(figures: &Figures<'_>) -> Markup {
    let outcomes = &figures.rollup.outcomes;
    if outcomes.is_empty() {
        return html! {};
    }
    let table = |outcome: &Outcome| {
        html! {
            table {
                thead { tr {
                    th scope="col" { "Rule" } th.number scope="col" { "When passed" } th.number scope="col" { "When failed" }
                    th.number scope="col" { "When passed, it is" }
                } }
                tbody { @for against in outcome.against() { tr {
                    th scope="row" { (Outside(figures.title(against.rule))) }
                    td.number { (mean(outcome, &against.passed)) small { (counted(against.passed.n, "call", "calls")) } }
                    td.number { (mean(outcome, &against.failed)) small { (counted(against.failed.n, "call", "calls")) } }
                    td.number { (outcome_difference(outcome, &against)) }
                } } }
            }
        }
    };
    html! {
        section aria-labelledby="outcomes-title" {
            h2 #outcomes-title { "Outcomes" }
            @for outcome in outcomes {
                h3 { (Outside(&outcome.column)) }
                p.note { (outcome_calls(outcome)) "." }
                @if outcome.against().next().is_some() { (framed(&outcome.column, &table(outcome))) }
            }
            p.note { (OUTCOME_CAVEAT) }
        }
    }
}

/// What changed since another run.
pub(super) fn changes(figures: &Figures<'_>) -> Markup {
    let Some(changes) = figures.rollup.changes() else { return html! {} };
    let row = |name: Markup, change: &Change| {
        html! { tr {
            th scope="row" { (name) }
            td.number { (percent(change.before)) small { (in_words(change.before)) } }
            td.number { (percent(change.now)) small { (in_words(change.now)) } }
            td.number { (points(&change.difference)) }
        } }
    };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Share" } th.number scope="col" { "Before" } th.number scope="col" { "Now" }
                th.number scope="col" { "Now, it is" }
            } }
            tbody {
                @if let Some(change) = &changes.passed { (row(html! { "Calls that passed" }, change)) }
                @for (rule, change) in &changes.rules { (row(html! { (Outside(figures.title(*rule))) }, change)) }
                @for (agent, change) in &changes.agents { (row(html! { (Outside(agent)) ", calls that passed" }, change)) }
            }
        }
    };
    html! {
        section aria-labelledby="changes-title" {
            h2 #changes-title { "Since the other run" }
            p.note {
                "Calls before: " (changes.calls_before) ". "
                @if let Some(score) = changes.score { "The mean score: " (score_line(&score)) "." }
            }
            (framed("Since the other run", &table))
        }
    }
}
