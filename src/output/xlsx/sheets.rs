//! The sheets of figures: rules with a chart, agents, queues, days, outcomes, what changed.

use super::looks::{Looks, header, shares, shown};
use crate::output::Setup;
use crate::output::figures::OUTCOME_CAVEAT;
use crate::output::number::counted;
use crate::report::Verdict;
use crate::report::rollup::share::{Difference, FEW};
use crate::report::rollup::{Bounded, Change, Changes, Group, Listed, RollUp, Share};
use rust_xlsxwriter::{Chart, ChartType, Worksheet, XlsxError};

type Done = Result<(), XlsxError>;

fn text(sheet: &mut Worksheet, at: u32, column: u16, text: &str) -> Done {
    if !text.is_empty() {
        sheet.write_string(at, column, shown(text))?;
    }
    Ok(())
}

fn count(sheet: &mut Worksheet, at: u32, column: u16, value: u64) -> Done {
    sheet.write_number(at, column, value as f64)?;
    Ok(())
}

/// A share and its interval, in three cells.
fn share(sheet: &mut Worksheet, at: u32, column: u16, share: Share, looks: &Looks) -> Done {
    let interval = share.interval();
    for (k, value) in (0..).zip([share.value(), interval.map(|i| i.0), interval.map(|i| i.1)]) {
        if let Some(value) = value {
            sheet.write_number_with_format(at, column + k, rounded(value), &looks.percent)?;
        }
    }
    Ok(())
}

/// So that all machines write the same digits.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

pub(super) fn rules(
    sheet: &mut Worksheet,
    setup: &Setup,
    rollup: &RollUp,
    looks: &Looks,
    left_out: (u64, u64),
) -> Done {
    let columns = [
        ("rule", 24.0),
        ("what it requires", 60.0),
        ("passed", 9.0),
        ("95 % from", 9.0),
        ("95 % to", 9.0),
        ("pass", 7.0),
        ("fail", 7.0),
        ("not applicable", 11.0),
        ("not scorable", 9.0),
        ("severity", 10.0),
        ("weight", 8.0),
    ];
    header(sheet, columns.into_iter(), looks)?;
    let last = setup.rules.len() as u32;
    for ((at, head), tally) in (1..).zip(&setup.rules).zip(&rollup.rules) {
        text(sheet, at, 0, &head.id)?;
        if !head.title.is_empty() {
            sheet.write_string_with_format(at, 1, shown(&head.title), &looks.wrapped)?;
        }
        share(sheet, at, 2, tally.share(), looks)?;
        for (column, verdict) in (5..).zip(Verdict::ALL) {
            count(sheet, at, column, tally.count(verdict))?;
        }
        text(sheet, at, 9, head.severity.as_str())?;
        count(sheet, at, 10, u64::from(head.weight))?;
    }
    let mut at = last + 2;
    let mut note = |line: String| -> Done {
        text(sheet, at, 0, &line)?;
        at += 1;
        Ok(())
    };
    note(format!(
        "{}, {} with a score, {} passed",
        counted(rollup.calls, "call", "calls"),
        rollup.scored,
        rollup.passed
    ))?;
    if let Some(early) = rollup.early().filter(|early| early.of > 0) {
        note(format!("heard within 15 s: {}", crate::output::figures::in_full(early)))?;
    }
    if rollup.unreadable > 0 {
        note(format!("{} could not be read", counted(rollup.unreadable, "input", "inputs")))?;
    }
    if left_out.0 + left_out.1 > 0 {
        note(format!(
            "no row for {} and {}: a sheet ends at 1,048,576 rows; csv and csv-findings have them all",
            counted(left_out.0, "call", "calls"),
            counted(left_out.1, "finding", "findings")
        ))?;
    }
    note("heard judges words, not feelings: a verdict says what was found in the transcript and where.".to_owned())?;
    if last > 0 {
        sheet.autofilter(0, 0, last, columns.len() as u16 - 1)?;
        shares(sheet, last, 2, looks)?;
        let mut chart = Chart::new(ChartType::Bar);
        chart
            .add_series()
            .set_categories(("Rules", 1, 0, last, 0))
            .set_values(("Rules", 1, 2, last, 2))
            .set_name("passed");
        chart.title().set_name("Share of calls that passed each rule");
        chart.legend().set_hidden();
        // Of bars the categories stand on the upright axis, the first of them at its foot unless it is turned around.
        chart.y_axis().set_reverse();
        chart.x_axis().set_min(0).set_max(1).set_num_format("0 %");
        chart.set_height(120 + 22 * last).set_width(640);
        sheet.insert_chart(at + 1, 0, &chart)?;
    }
    Ok(())
}

/// Titles of the cells that [`group`] writes.
const GROUP: [(&str, f64); 11] = [
    ("calls", 8.0),
    ("few", 6.0),
    ("mean score", 8.0),
    ("passed", 9.0),
    ("95 % from", 9.0),
    ("95 % to", 9.0),
    ("heard within 15 s", 10.0),
    ("95 % from", 9.0),
    ("95 % to", 9.0),
    ("of calls", 8.0),
    ("with a hardship", 10.0),
];

/// The column of early statements among them.
const EARLY: u16 = 6;

fn group(sheet: &mut Worksheet, at: u32, from: u16, rollup: &RollUp, group: &Group, looks: &Looks) -> Done {
    count(sheet, at, from, group.calls)?;
    text(sheet, at, from + 1, if group.calls < FEW { "few" } else { "" })?;
    if let Some(tenths) = group.mean_tenths() {
        sheet.write_number_with_format(at, from + 2, tenths as f64 / 10.0, &looks.decimal)?;
    }
    share(sheet, at, from + 3, group.pass_share(), looks)?;
    if let Some(early) = rollup.early_rule().map(|rule| group.share(rule)) {
        share(sheet, at, from + EARLY, early, looks)?;
        count(sheet, at, from + EARLY + 3, early.of)?;
    }
    count(sheet, at, from + 10, group.hardship.part)
}

pub(super) fn agents(sheet: &mut Worksheet, setup: &Setup, rollup: &RollUp, looks: &Looks) -> Done {
    let more = [
        ("most to win with", 22.0),
        ("passed it", 9.0),
        ("95 % from", 9.0),
        ("95 % to", 9.0),
        ("advice", 60.0),
        ("hardest day", 12.0),
        ("hardships on it", 10.0),
        ("rehearsed", 50.0),
        ("best moment", 60.0),
        ("place", 7.0),
    ];
    // The last one is for those who ask for it.
    let more = &more[..more.len() - usize::from(setup.rank_from.is_none())];
    let columns = [("agent", 20.0)].into_iter().chain(GROUP).chain(more.iter().copied());
    header(sheet, columns, looks)?;
    let from = 1 + GROUP.len() as u16;
    let mut last = 0;
    for (at, Listed { place, name, agent }) in (1..).zip(rollup.listed_agents(setup.rank_from)) {
        last = at;
        if let Some(place) = place {
            count(sheet, at, from + 9, place as u64)?;
        }
        text(sheet, at, 0, name)?;
        group(sheet, at, 1, rollup, &agent.figures, looks)?;
        if let Some(rule) = rollup.weakest(&agent) {
            let head = setup.rules.get(rule);
            text(sheet, at, from, head.map_or("", |head| &head.id))?;
            share(sheet, at, from + 1, agent.figures.share(rule), looks)?;
            text(sheet, at, from + 4, head.map_or("", |head| &head.advice))?;
        }
        if let Some((day, load)) = agent.heaviest_day() {
            text(sheet, at, from + 5, &day.to_string())?;
            count(sheet, at, from + 6, load.hardship)?;
        }
        let rehearsed = agent.rehearsed().into_iter().map(|r| format!("{} ({} of {})", r.words, r.calls, r.of));
        text(sheet, at, from + 7, &rehearsed.collect::<Vec<_>>().join("; "))?;
        text(sheet, at, from + 8, agent.praise().map_or("", |praise| &praise.quote))?;
    }
    sheet.autofilter(0, 0, last, from + more.len() as u16 - 1)?;
    shares(sheet, last, 1 + EARLY, looks)
}

/// Groups that have names, and what all others come to.
pub(super) fn named(all: &Bounded<String, Group>) -> impl Iterator<Item = (String, &Group)> {
    let others = Some((String::from("others"), &all.others)).filter(|(_, others)| others.calls > 0);
    all.iter().map(|(name, figures)| (name.clone(), figures)).chain(others)
}

pub(super) fn groups<'g>(
    sheet: &mut Worksheet,
    rollup: &RollUp,
    all: impl Iterator<Item = (String, &'g Group)>,
    looks: &Looks,
) -> Done {
    header(sheet, [("name", 24.0)].into_iter().chain(GROUP), looks)?;
    let mut last = 0;
    for (at, (name, figures)) in (1..).zip(all) {
        last = at;
        text(sheet, at, 0, &name)?;
        group(sheet, at, 1, rollup, figures, looks)?;
    }
    sheet.autofilter(0, 0, last, GROUP.len() as u16)?;
    shares(sheet, last, 1 + EARLY, looks)
}

pub(super) fn days(sheet: &mut Worksheet, rollup: &RollUp, looks: &Looks) -> Done {
    header(sheet, [("day", 12.0)].into_iter().chain(GROUP), looks)?;
    let mut last = 0;
    for (at, (day, figures)) in (1..).zip(rollup.times.days.iter()) {
        last = at;
        text(sheet, at, 0, &day.to_string())?;
        group(sheet, at, 1, rollup, &figures.figures, looks)?;
    }
    sheet.autofilter(0, 0, last, GROUP.len() as u16)?;
    shares(sheet, last, 1 + EARLY, looks)?;
    if last > 1 {
        let mut chart = Chart::new(ChartType::Column);
        chart
            .add_series()
            .set_categories(("Days", 1, 0, last, 0))
            .set_values(("Days", 1, 1, last, 1))
            .set_name("calls");
        let mut line = Chart::new(ChartType::Line);
        let early = 1 + EARLY;
        line.add_series()
            .set_categories(("Days", 1, 0, last, 0))
            .set_values(("Days", 1, early, last, early))
            .set_name("heard within 15 s")
            .set_secondary_axis(true);
        chart.combine(&line);
        chart.title().set_name("Calls, and how many were heard within 15 s");
        line.y2_axis().set_min(0).set_max(1);
        sheet.insert_chart(last + 2, 0, &chart)?;
    }
    Ok(())
}

/// A difference and its interval, in four cells.
fn difference(sheet: &mut Worksheet, at: u32, column: u16, difference: &Difference, factor: f64) -> Done {
    let interval = difference.interval;
    let values = [Some(difference.value), interval.map(|i| i.0), interval.map(|i| i.1)];
    for (k, value) in (0..).zip(values) {
        if let Some(value) = value {
            sheet.write_number(at, column + k, rounded(value * factor))?;
        }
    }
    let may = if interval.is_none() {
        "too few to tell"
    } else if difference.may_be_chance() {
        "yes"
    } else {
        "no"
    };
    text(sheet, at, column + 3, may)
}

pub(super) fn outcomes(sheet: &mut Worksheet, setup: &Setup, rollup: &RollUp, looks: &Looks) -> Done {
    let columns = [
        ("outcome", 14.0),
        ("rule", 24.0),
        ("where it passed", 10.0),
        ("calls", 8.0),
        ("where it failed", 10.0),
        ("calls", 8.0),
        ("more where it passed", 11.0),
        ("95 % from", 9.0),
        ("95 % to", 9.0),
        ("may be chance", 10.0),
        ("kind", 8.0),
    ];
    header(sheet, columns.into_iter(), looks)?;
    let mut at = 0;
    for outcome in &rollup.outcomes {
        for against in outcome.against() {
            at += 1;
            text(sheet, at, 0, &outcome.column)?;
            text(sheet, at, 1, setup.rules.get(against.rule).map_or("", |head| &head.id))?;
            for (column, sum) in [(2, &against.passed), (4, &against.failed)] {
                let mean = if outcome.is_share() { sum.as_share().value() } else { sum.mean() };
                if let Some(mean) = mean {
                    sheet.write_number(at, column, rounded(mean))?;
                }
                count(sheet, at, column + 1, sum.n)?;
            }
            difference(sheet, at, 6, &against.difference, 1.0)?;
            text(sheet, at, 10, if outcome.is_share() { "share" } else { "mean" })?;
        }
    }
    sheet.autofilter(0, 0, at, columns.len() as u16 - 1)?;
    for outcome in &rollup.outcomes {
        at += 1;
        text(sheet, at + 1, 0, &format!("{}: {}", outcome.column, crate::output::figures::outcome_calls(outcome)))?;
    }
    text(sheet, at + 2, 0, OUTCOME_CAVEAT)
}

pub(super) fn changes(sheet: &mut Worksheet, setup: &Setup, changes: &Changes, looks: &Looks) -> Done {
    let columns = [
        ("figure", 34.0),
        ("before", 9.0),
        ("calls", 8.0),
        ("now", 9.0),
        ("calls", 8.0),
        ("points more now", 10.0),
        ("95 % from", 9.0),
        ("95 % to", 9.0),
        ("may be chance", 12.0),
    ];
    header(sheet, columns.into_iter(), looks)?;
    let mut rows: Vec<(String, &Change)> = Vec::new();
    rows.extend(changes.early.iter().map(|change| ("heard within 15 s".to_owned(), change)));
    rows.extend(changes.passed.iter().map(|change| ("calls that passed".to_owned(), change)));
    let id = |rule: usize| setup.rules.get(rule).map_or(String::new(), |head| head.id.clone());
    rows.extend(changes.rules.iter().map(|(rule, change)| (id(*rule), change)));
    rows.extend(changes.agents.iter().map(|(agent, change)| (format!("{agent}, calls that passed"), change)));
    let mut at = 0;
    for (name, change) in rows {
        at += 1;
        text(sheet, at, 0, &name)?;
        for (column, share) in [(1, change.before), (3, change.now)] {
            if let Some(value) = share.value() {
                sheet.write_number_with_format(at, column, rounded(value), &looks.percent)?;
            }
            count(sheet, at, column + 1, share.of)?;
        }
        difference(sheet, at, 5, &change.difference, 100.0)?;
    }
    if let Some(score) = &changes.score {
        at += 1;
        text(sheet, at, 0, "mean score")?;
        difference(sheet, at, 5, score, 1.0)?;
    }
    Ok(())
}
