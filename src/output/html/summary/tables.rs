//! The tables of a page: rules, agents, queues, script versions, outcomes, what changed.

use super::charts::range;
use super::{Figures, in_words, percent};
use crate::call::person;
use crate::output::html::page::Outside;
use crate::output::tenths_text;
use crate::output::text::reason;
use crate::report::Verdict;
use crate::report::rollup::share::{Difference, FEW};
use crate::report::rollup::{AgentFigures, Group, Outcome, RuleTally, Share};
use maud::{Markup, html};

/// Rows of a table that stand open; more are folded.
const ROWS: usize = 40;

/// A share in two cells: its figures, and drawn.
fn share(share: Share) -> Markup {
    html! {
        td.number { (share.value().map_or("–".to_owned(), percent)) small { (in_words(share)) } }
        td.picture { (range(share)) }
    }
}

/// The rate that every table leads with: heard in time, or passed where no rule asks for that.
fn rate(figures: &Figures<'_>, group: &Group) -> Share {
    figures.rollup.early_rule().map_or_else(|| group.pass_share(), |rule| group.share(rule))
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
                td.number { (figures.counted(count(Verdict::NotScorable), rule, "s"))
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
                th scope="col" { "Rule" } th.number scope="col" { "Passed" } td {} th.number scope="col" { "Failed" }
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

/// Each agent, by name: nobody is ranked.
pub(super) fn agents(figures: &Figures<'_>) -> Markup {
    let rollup = figures.rollup;
    let all: Vec<_> = rollup.agents.by_name().collect();
    if all.is_empty() {
        return html! {};
    }
    let row = |name: Option<&str>, agent: &AgentFigures| {
        let group = &agent.figures;
        html! {
            tr {
                th scope="row" {
                    @match name {
                        Some(name) if figures.listed => {
                            button.link type="button" data-narrow data-agent=(person::key(name)) { (Outside(name)) }
                        }
                        Some(name) => { (Outside(name)) }
                        None => { "All others" }
                    }
                    @if group.calls < FEW { small { "few calls" } }
                }
                td.number { (group.calls) }
                (share(rate(figures, group)))
                td.number { (group.mean_tenths().map_or("–".to_owned(), tenths_text)) }
                td { @if let Some(rule) = rollup.weakest(agent) { (figures.id(rule)) small { "failed " (group.count(rule, Verdict::Fail)) } } }
                td.number { (group.hardship.part)
                    @if let Some((day, load)) = agent.heaviest_day() { small { "most on " (day.strftime("%-d %b").to_string()) ": " (load.hardship) } }
                }
            }
        }
    };
    let table = |rows: &[(&str, std::borrow::Cow<'_, AgentFigures>)], others: bool| {
        html! {
            table {
                thead { tr {
                    th scope="col" { "Agent" } th.number scope="col" { "Calls" } th.number scope="col" { (rate_title(figures)) } td {}
                    th.number scope="col" { "Mean score" } th scope="col" { "Most to win with" } th.number scope="col" { "Hardships" }
                } }
                tbody {
                    @for (name, agent) in rows { (row(Some(name), agent)) }
                    @if others { (row(None, &rollup.agents.others)) }
                }
            }
        }
    };
    let (open, folded) = all.split_at(all.len().min(ROWS));
    let others = rollup.agents.others.figures.calls > 0;
    html! {
        section aria-labelledby="agents-title" {
            h2 #agents-title { "By agent" }
            (framed("By agent", &table(open, others && folded.is_empty())))
            @if !folded.is_empty() {
                details.table { summary { (folded.len()) " more" } (framed("More agents", &table(folded, others))) }
            }
            p.note {
                "By name, not by rank. Hardships are calls in which the caller voiced one: what an agent had to take, not how \
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
    let queue = id == "queues" && figures.listed;
    let row = |name: Option<&str>, group: &Group| {
        html! {
            tr {
                th scope="row" {
                    @match name {
                        Some(name) if queue => { button.link type="button" data-narrow data-queue=(Outside(name)) { (Outside(name)) } }
                        Some(name) => { (Outside(name)) }
                        None => { "All others" }
                    }
                    @if group.calls < FEW { small { "few calls" } }
                }
                td.number { (group.calls) }
                (share(rate(figures, group)))
                td.number { (group.mean_tenths().map_or("–".to_owned(), tenths_text)) }
                td.number { (group.hardship.part) }
            }
        }
    };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (column) } th.number scope="col" { "Calls" } th.number scope="col" { (rate_title(figures)) } td {}
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

/// Points of a difference of shares, with its interval.
fn points(difference: Difference, factor: f64, unit: &str) -> String {
    let value = format!("{:+.1}{unit}", difference.value * factor);
    match difference.interval {
        Some((low, high)) => format!("{value} ({:+.1} to {:+.1})", low * factor, high * factor),
        None => value,
    }
}

/// What came of calls, against each rule.
pub(super) fn outcomes(figures: &Figures<'_>) -> Markup {
    let outcomes: Vec<&Outcome> = figures.rollup.outcomes.iter().filter(|outcome| outcome.values > 0).collect();
    if outcomes.is_empty() {
        return html! {};
    }
    let side = |outcome: &Outcome, sum: &crate::report::rollup::share::Sum| match sum.mean() {
        Some(mean) if outcome.is_share() => format!("{} of {}", percent(mean), sum.n),
        Some(mean) => format!("{mean:.2} of {}", sum.n),
        None => "–".to_owned(),
    };
    let table = |outcome: &Outcome| {
        let (factor, unit) = if outcome.is_share() { (100.0, " points") } else { (1.0, "") };
        html! {
            table {
                thead { tr {
                    th scope="col" { "Rule" } th.number scope="col" { "When passed" } th.number scope="col" { "When failed" }
                    th.number scope="col" { "Difference (95 %)" }
                } }
                tbody { @for against in outcome.against() { tr {
                    th scope="row" { (Outside(figures.title(against.rule))) }
                    td.number { (side(outcome, &against.passed)) }
                    td.number { (side(outcome, &against.failed)) }
                    td.number { (points(against.difference, factor, unit))
                        @if against.difference.may_be_chance() { small { "may be chance" } }
                    }
                } } }
            }
        }
    };
    html! {
        section aria-labelledby="outcomes-title" {
            h2 #outcomes-title { "Outcomes" }
            @for outcome in outcomes {
                h3 { (Outside(&outcome.column)) }
                (framed(&outcome.column, &table(outcome)))
            }
            p.note {
                "Calls that passed a rule beside calls that failed it. That one goes with the other does not show that one makes \
                 the other: hard calls are both harder to do well and worse in their outcomes."
            }
        }
    }
}

/// What changed since another run.
pub(super) fn changes(figures: &Figures<'_>) -> Markup {
    let Some(changes) = figures.rollup.changes() else { return html! {} };
    let row = |name: Markup, change: &crate::report::rollup::Change| {
        html! { tr {
            th scope="row" { (name) }
            td.number { (change.before.value().map(percent).unwrap_or_default()) small { (in_words(change.before)) } }
            td.number { (change.now.value().map(percent).unwrap_or_default()) small { (in_words(change.now)) } }
            td.number { (points(change.difference, 100.0, " points"))
                @if change.difference.may_be_chance() { small { "may be chance" } }
            }
        } }
    };
    let table = html! {
        table {
            thead { tr {
                th scope="col" { "Share" } th.number scope="col" { "Before" } th.number scope="col" { "Now" }
                th.number scope="col" { "Difference (95 %)" }
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
                "Before, there were " (changes.calls_before) " calls. "
                @if let Some(score) = changes.score { "The mean score changed by " (points(score, 1.0, " points")) "." }
            }
            (framed("Since the other run", &table))
        }
    }
}
