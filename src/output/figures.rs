//! Shares, differences and outcomes in the words of reports for people.

use super::Setup;
use super::number::counted;
use crate::report::rollup::share::{Difference, Sum};
use crate::report::rollup::{Against, Change, Outcome, RollUp, Share};

/// Said beside figures of fewer calls than tell something.
pub const FEW_CALLS: &str = "few";

/// What stands above a list of agents; what it is to be read with, where they are ranked.
pub fn agents_title(setup: &Setup, rollup: &RollUp) -> (&'static str, Option<String>) {
    let Some(least) = setup.rank_from else { return ("Agents, by name", None) };
    let (title, what) = match rollup.early_rule() {
        Some(_) => ("Agents, by how often callers were heard within 15 s", "judged for it"),
        None => ("Agents, by how often calls passed", "with a score"),
    };
    let note = format!(
        "Ranked are agents with at least {} {what}; the others follow by name. Where intervals overlap, the order may be \
         chance.",
        counted(least.get() as u64, "call", "calls")
    );
    (title, Some(note))
}

/// What an outcome beside a rule shows, and what it does not.
pub const OUTCOME_CAVEAT: &str = "This shows what goes together, not what causes what: a hard call may fail a rule and end badly for one reason. Of twenty such comparisons one looks like more than chance by chance alone. It says nothing of a single call or agent.";

/// A share in percent, rounded half up by integers: `58 %`; a dash out of nothing.
pub fn percent(share: Share) -> String {
    if share.of == 0 { "–".to_owned() } else { format!("{} %", (200 * share.part + share.of) / (2 * share.of)) }
}

/// The 95 % interval of a share in percent: `41 to 73`; a dash out of nothing.
pub fn interval(share: Share) -> String {
    share.interval().map_or_else(|| "–".to_owned(), |(low, high)| format!("{:.0} to {:.0}", low * 100.0, high * 100.0))
}

/// A share with all that is to be said of it: `58 % (95 % interval 41 to 73), 35 of 60`.
pub fn in_full(share: Share) -> String {
    let few = if share.of > 0 && share.is_of_few() { format!(", {FEW_CALLS}") } else { String::new() };
    match share.of {
        0 => "–".to_owned(),
        of => format!("{} (95 % interval {}), {} of {of}{few}", percent(share), interval(share), share.part),
    }
}

/// How much more a share is, in points of a percent.
pub fn points(difference: &Difference) -> String {
    told(difference, 100.0, 0, "points")
}

/// How much more a figure is: `3.0 more (95 % interval 2.7 to 3.3)`, `12 points less (3 to 21 less)`.
fn told(difference: &Difference, factor: f64, places: usize, unit: &str) -> String {
    let (value, less) = (difference.value * factor, difference.value < 0.0);
    let word = if less { "less" } else { "more" };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let end = |value: f64| format!("{:+.places$}", value * factor + 0.0);
    let interval = difference.interval.map_or_else(
        || "too few to tell".to_owned(),
        |(low, high)| format!("95 % interval {} to {}", end(low), end(high)),
    );
    let chance = if difference.may_be_chance() && difference.interval.is_some() { ", may be chance" } else { "" };
    format!("{:.places$}{unit} {word} ({interval}){chance}", value.abs())
}

/// A figure with as many decimals as say something.
fn figure(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// A mean, or a share where every value is yes or no.
pub fn mean(outcome: &Outcome, sum: &Sum) -> String {
    if outcome.is_share() { percent(sum.as_share()) } else { sum.mean().map_or_else(|| "–".to_owned(), figure) }
}

/// How much more an outcome is where a rule passed.
pub fn outcome_difference(outcome: &Outcome, against: &Against) -> String {
    if outcome.is_share() {
        points(&against.difference)
    } else {
        let places = if against.difference.value.abs() >= 100.0 { 0 } else { 2 };
        told(&against.difference, 1.0, places, "")
    }
}

/// An outcome against a rule, in a sentence.
pub fn outcome_line(outcome: &Outcome, against: &Against) -> String {
    format!(
        "{} where it passed ({}), {} where it failed ({}): {}",
        mean(outcome, &against.passed),
        counted(against.passed.n, "call", "calls"),
        mean(outcome, &against.failed),
        counted(against.failed.n, "call", "calls"),
        outcome_difference(outcome, against)
    )
}

/// How many calls have a value of an outcome.
pub fn outcome_calls(outcome: &Outcome) -> String {
    let odd = match outcome.odd {
        0 => String::new(),
        odd => format!(", {odd} with something that is no number"),
    };
    match outcome.values {
        0 => format!("no call has a value in its metadata{odd}"),
        values => format!("{} with a value{odd}", counted(values, "call", "calls")),
    }
}

/// A change of a share, in a sentence.
pub fn change_line(change: &Change) -> String {
    format!("{} before, {} now: {}", percent(change.before), percent(change.now), points(&change.difference))
}

/// A change of the mean score, in a sentence.
pub fn score_line(difference: &Difference) -> String {
    told(difference, 1.0, 1, "points")
}

/// A bar of so many characters, filled as far as the share goes; empty out of nothing.
pub fn bar(share: Share, width: usize) -> String {
    let full = share.value().map_or(0, |value| (value * width as f64).round() as usize);
    let rest = if share.of == 0 { ' ' } else { '░' };
    (0..width).map(|k| if k < full { '█' } else { rest }).collect()
}

/// A line of bars, one a value, the most as high as the line; a space where there is no value.
pub fn sparkline(values: &[Option<f64>], most: f64) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let bar = |value: &Option<f64>| match value {
        None => ' ',
        Some(_) if most <= 0.0 => BARS[0],
        Some(value) => BARS[((value / most * 7.0).round() as usize).min(7)],
    };
    values.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_in_full() {
        let share = |part, of| Share { part, of };
        assert_eq!(in_full(share(35, 60)), "58 % (95 % interval 46 to 70), 35 of 60");
        assert_eq!(in_full(share(1, 3)), "33 % (95 % interval 6 to 79), 1 of 3, few");
        assert_eq!(in_full(share(0, 0)), "–");
        let less = share(3, 10).more_than(share(9, 10));
        assert_eq!(less.as_ref().map(points), Some("60 points less (95 % interval -81 to -17)".to_owned()));
        let same = share(5, 10).more_than(share(6, 11));
        assert_eq!(
            same.as_ref().map(points),
            Some("5 points less (95 % interval -40 to +33), may be chance".to_owned())
        );
        let alone = Difference { value: 1.25, interval: None };
        assert_eq!(told(&alone, 1.0, 2, ""), "1.25 more (too few to tell)");
    }

    #[test]
    fn bars_and_lines_are_as_long_as_they_should_be() {
        assert_eq!(bar(Share { part: 1, of: 2 }, 10), "█████░░░░░");
        assert_eq!(bar(Share::default(), 3), "   ");
        assert_eq!(sparkline(&[Some(0.0), Some(2.0), None, Some(4.0)], 4.0), "▁▅ █");
        assert_eq!(sparkline(&[Some(0.0)], 0.0), "▁");
    }
}
