//! Groups of calls in the text report: when they came, by queue, by agent; what to coach, outcomes, what changed.

use super::phrases::{id, text};
use super::terminal;
use crate::output::figures::{
    FEW_CALLS, OUTCOME_CAVEAT, agents_title, bar, change_line, in_full, interval, outcome_calls, outcome_line, percent,
    points, score_line, sparkline,
};
use crate::output::finding::cut;
use crate::output::layout::{PLAIN, Page};
use crate::output::number::counted;
use crate::output::{Setup, tenths_text};
use crate::report::rollup::share::FEW;
use crate::report::rollup::{Group, Listed, RollUp, Share};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

/// Agents and queues listed unless `-v` asks for all; the json output has them all anyway.
const LISTED: usize = 40;
/// Agents with something to coach, unless `-v` or `--agent` asks for all.
const COACHED: usize = 10;
/// Days drawn, the latest ones.
const DAYS: usize = 50;
/// Columns of a bar.
const BAR: usize = 10;

/// Where lines hang.
const HANG: usize = 4;

/// Volume and early statements over days, hours and weekdays.
pub(super) fn times(rollup: &RollUp, page: &mut Page<'_>) {
    let times = &rollup.times;
    let Some(early) = rollup.early_rule() else { return };
    let share = |group: &Group| group.share(early);
    let days: Vec<(String, &Group)> = times.days.iter().map(|(d, day)| (d.to_string(), &day.figures)).collect();
    let days = &days[days.len().saturating_sub(DAYS)..];
    if let ([(first, _), .., (last, _)], true) = (days, days.len() > 2) {
        drawn(
            &format!("By day, {first} to {last}, days without calls left out"),
            days.iter().map(|d| Some(d.1)),
            share,
            page,
        );
    }
    if times.weekdays.len() > 1 {
        drawn("By weekday, Monday to Sunday", (0..7).map(|day| times.weekdays.get(&day)), share, page);
    }
    if times.hours.len() > 2 {
        let (first, last) = (times.hours.keys().next().unwrap_or(&0), times.hours.keys().last().unwrap_or(&23));
        let all = (*first..=*last).map(|hour| times.hours.get(&hour));
        drawn(&format!("By hour of the day, {first}:00 to {last}:59"), all, share, page);
    }
    if let Some(busy) = times.busy_hours() {
        let line = format!(
            "In busy hours ({} calls and more) {} were heard within 15 s, else {}: {} when it is busy",
            busy.from,
            percent(busy.busy),
            percent(busy.quiet),
            points(&busy.drop.seen_from_the_other())
        );
        text(page, 2, &line);
    }
}

fn drawn<'g>(
    title: &str,
    groups: impl Iterator<Item = Option<&'g Group>>,
    share: impl Fn(&Group) -> Share,
    page: &mut Page<'_>,
) {
    let groups: Vec<Option<&Group>> = groups.collect();
    page.blank();
    page.heading(title);
    let calls: Vec<Option<f64>> = groups.iter().map(|g| Some(g.map_or(0.0, |g| g.calls as f64))).collect();
    let most = groups.iter().flatten().map(|g| g.calls).max().unwrap_or(0);
    page.paragraph(
        2,
        (PLAIN, "calls             "),
        HANG,
        (PLAIN, &format!("{}  at most {most}", sparkline(&calls, most as f64))),
    );
    let shares: Vec<Share> = groups.iter().map(|g| g.map_or(Share::default(), &share)).collect();
    let values: Vec<Option<f64>> = shares.iter().map(|share| share.value()).collect();
    let order = |share: &&Share| (share.value().unwrap_or(0.0) * 1e6) as u64;
    let known = || shares.iter().filter(|share| share.of > 0);
    if let (Some(low), Some(high)) = (known().min_by_key(order), known().max_by_key(order)) {
        // A space would be taken for the end of a word.
        let line = sparkline(&values, 1.0).replace(' ', "·");
        let line = format!("{line}  {} to {}", percent(*low), percent(*high));
        page.paragraph(2, (PLAIN, "heard within 15 s "), HANG, (PLAIN, &line));
    }
}

/// Queues and script versions, with a bar each.
pub(super) fn queues(rollup: &RollUp, page: &mut Page<'_>) {
    for (title, groups) in [("Queues", &rollup.queues), ("Script versions", &rollup.script_versions)] {
        if groups.iter().len() < 2 {
            continue;
        }
        page.blank();
        page.heading(&format!("{title}: heard within 15 s"));
        let named: Vec<_> = groups.iter().take(LISTED).map(|(name, group)| (terminal(name), group)).collect();
        let widest = named.iter().map(|(name, _)| name.width()).max().unwrap_or(0).min(24);
        for (name, group) in named {
            let share = rollup.rate(group);
            let gap = " ".repeat(widest.saturating_sub(name.width()));
            let calls = counted(group.calls, "call", "calls");
            let few = if group.calls < FEW { format!(", {FEW_CALLS}") } else { String::new() };
            let line = format!("{} ({}), {calls}{few}", percent(share), interval(share));
            page.paragraph(2, (PLAIN, &format!("{name}{gap} {}", bar(share, BAR))), HANG, (PLAIN, &line));
        }
        let hidden = groups.iter().len().saturating_sub(LISTED);
        if hidden > 0 {
            text(page, 2, &format!("and {hidden} more (json has them)"));
        }
    }
}

/// What each agent has most to win with, and how colleagues do it.
pub(super) fn coaching(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    let asked = setup.verbosity > 0 || rollup.agents.by_name().len() == 1;
    let all = rollup.coaching();
    // Of few calls it is told as a figure among others, not as what somebody has to learn.
    let shown: Vec<_> = all.iter().filter(|entry| asked || entry.calls >= FEW).collect();
    if shown.is_empty() {
        return;
    }
    page.blank();
    page.heading("Worth coaching, by name");
    let most = if asked { shown.len() } else { COACHED };
    for entry in shown.iter().take(most) {
        let line = format!("{}: {} passed {}", terminal(&entry.agent), id(setup, entry.rule), in_full(entry.share));
        text(page, 2, &line);
        let advice = setup.rules.get(entry.rule).map_or("", |head| head.advice.as_str());
        if !advice.is_empty() {
            page.paragraph(HANG, (PLAIN, "Say instead:"), HANG + 2, (PLAIN, &terminal(advice)));
        }
        for model in &entry.quotes {
            let who = model.whose.agent.as_deref().unwrap_or("a colleague");
            let line = format!("as {} did: \"{}\"", terminal(who), terminal(&cut(&model.quote)));
            page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &line));
        }
    }
    let hidden = shown.len().saturating_sub(most);
    if hidden > 0 {
        text(page, 2, &format!("and {hidden} more (-v shows them)"));
    }
}

/// A line for each agent.
pub(super) fn agents(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    let count = rollup.agents.by_name().len();
    if count == 0 || (count < 2 && rollup.agents.others.figures.calls == 0 && rollup.calls < 2) {
        return;
    }
    page.blank();
    let (title, note) = agents_title(setup, rollup);
    page.heading(title);
    if let Some(note) = note {
        text(page, 2, &note);
    }
    let shown = if setup.verbosity > 0 { count } else { LISTED };
    for Listed { place, name, agent } in rollup.listed_agents(setup.rank_from).into_iter().take(shown) {
        let figures = &agent.figures;
        let place = place.map_or(String::new(), |place| format!("{place}. "));
        let mut line = format!("{place}{}: {}", terminal(name), counted(figures.calls, "call", "calls"));
        match figures.mean_tenths() {
            Some(mean) => {
                let _ = write!(line, ", mean score {}", tenths_text(mean));
            }
            None => line.push_str(", no score"),
        }
        if let Some(share) = rollup.early_rule().map(|rule| figures.share(rule)).filter(|share| share.of > 0) {
            let _ = write!(line, ", heard within 15 s {} ({})", percent(share), interval(share));
        }
        if let Some(rule) = rollup.weakest(&agent) {
            let _ = write!(line, ", most to win with {}", id(setup, rule));
        }
        if figures.calls < FEW {
            let _ = write!(line, "; {FEW_CALLS}");
        }
        text(page, 2, &line);
        for said in agent.rehearsed() {
            let words = terminal(&said.words).into_owned();
            let line = format!("rehearsed: \"{words}\" in {} of {} calls", said.calls, said.of);
            page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &line));
        }
        if let Some((day, load)) = agent.heaviest_day().filter(|(_, load)| load.hardship > 1) {
            let line = format!(
                "load: {} with a hardship in {}; most on {day}, {} of {}",
                counted(figures.hardship.part, "call", "calls"),
                counted(agent.days.iter().len() as u64, "day", "days"),
                load.hardship,
                load.calls
            );
            page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, &line));
        }
    }
    let hidden = count.saturating_sub(shown);
    if hidden > 0 {
        text(page, 2, &format!("and {} (-v shows them)", counted(hidden as u64, "more agent", "more agents")));
    }
    if rollup.agents.others.figures.calls > 0 {
        let calls = counted(rollup.agents.others.figures.calls, "call", "calls");
        text(page, 2, &format!("and {calls} of agents too many to list"));
    }
}

/// Each outcome against each rule.
pub(super) fn outcomes(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    for outcome in &rollup.outcomes {
        page.blank();
        page.heading(&format!("Outcome {}: {}", terminal(&outcome.column), outcome_calls(outcome)));
        for against in outcome.against() {
            text(page, 2, &format!("{}: {}", id(setup, against.rule), outcome_line(outcome, &against)));
        }
    }
    if rollup.outcomes.iter().any(|outcome| outcome.against().next().is_some()) {
        text(page, 2, OUTCOME_CAVEAT);
    }
}

/// What changed since another run.
pub(super) fn changes(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    let Some(changes) = rollup.changes() else { return };
    page.blank();
    page.heading(&format!("What changed since {}", counted(changes.calls_before, "earlier call", "earlier calls")));
    if let Some(early) = &changes.early {
        text(page, 2, &format!("heard within 15 s: {}", change_line(early)));
    }
    if let Some(passed) = &changes.passed {
        text(page, 2, &format!("calls that passed: {}", change_line(passed)));
    }
    if let Some(score) = &changes.score {
        text(page, 2, &format!("mean score: {}", score_line(score)));
    }
    for (rule, change) in &changes.rules {
        text(page, 2, &format!("{}: {}", id(setup, *rule), change_line(change)));
    }
    for (agent, change) in &changes.agents {
        text(page, 2, &format!("{}, calls that passed: {}", terminal(agent), change_line(change)));
    }
}
