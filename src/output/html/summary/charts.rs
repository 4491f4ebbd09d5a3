//! Pictures of figures: a share on its scale with its interval, and volume beside a rate over hours, weekdays and days.

use crate::output::figures::percent;
use crate::output::html::figures::{Figures, in_words};
use crate::output::number::counted;
use crate::report::rollup::{Group, Share, time};
use maud::{Markup, html};
use std::fmt::Write as _;

/// Days that are drawn, the latest.
const DAYS: usize = 62;

/// A share drawn from 0 to 100 % with its 95 % interval. The figures stand beside it.
pub(super) fn range(share: Share) -> Markup {
    let at = |value: f64| format!("{:.1}", 3.0 + 94.0 * value);
    html! {
        svg.range viewBox="0 0 100 10" aria-hidden="true" {
            path.rail d="M3 5H97M3 3v4M50 3.5v3M97 3v4" {}
            @if let (Some(value), Some((low, high))) = (share.value(), share.interval()) {
                path.interval d={ "M" (at(low)) " 5H" (at(high)) } {}
                circle.value cx=(at(value)) cy="5" r="2.4" {}
            }
        }
    }
}

/// When calls came and how they went: is a statement dropped when it is busy?
pub(super) fn times(figures: &Figures<'_>) -> Markup {
    let times = &figures.rollup.times;
    let hours: Vec<(String, &Group)> = times.hours.iter().map(|(hour, group)| (hour.to_string(), group)).collect();
    let weekdays: Vec<(String, &Group)> =
        times.weekdays.iter().map(|(day, group)| (time::weekday(*day)[..3].to_owned(), group)).collect();
    let days = times.days.iter();
    let skipped = days.len().saturating_sub(DAYS);
    let days: Vec<(String, &Group)> = days
        .skip(skipped)
        .map(|(day, day_figures)| (day.strftime("%-d %b").to_string(), &day_figures.figures))
        .collect();
    let any = [&hours, &weekdays, &days].iter().any(|groups| groups.len() > 1);
    html! {
        @if any {
            section aria-labelledby="times-title" {
                h2 #times-title { "When it is busy" }
                (busy(figures))
                div.pair {
                    (chart(figures, "By hour of the day", "hour", &hours))
                    (chart(figures, "By weekday", "weekday", &weekdays))
                    (chart(figures, "Day by day", "day", &days))
                }
                @if times.unknown > 0 { p.note { (counted(times.unknown, "call has", "calls have")) " no date that could be read." } }
            }
        }
    }
}

fn busy(figures: &Figures<'_>) -> Markup {
    html! {
        @if let Some(hours) = figures.rollup.times.busy_hours() {
            p.note {
                "In busy hours (" (hours.from) " calls and more) a statement came in time in "
                (percent(hours.busy)) " (" (in_words(hours.busy)) "), in the others in "
                (percent(hours.quiet)) " (" (in_words(hours.quiet)) "). "
                @if hours.drop.may_be_chance() { "The difference may well be chance." }
                @else if hours.drop.value > 0.0 { "That is more than chance: statements are dropped when it is busy." }
                @else { "That is more than chance: there are more of them when it is busy." }
            }
        }
    }
}

/// Volume as bars, the rate as points with their intervals; the numbers in a table below.
fn chart(figures: &Figures<'_>, title: &str, column: &str, groups: &[(String, &Group)]) -> Markup {
    const WIDTH: f64 = 440.0;
    const TOP: f64 = 12.0;
    const HEIGHT: f64 = 132.0;
    const LEFT: f64 = 32.0;
    const RIGHT: f64 = 40.0;
    let most = groups.iter().map(|(_, group)| group.calls).max().unwrap_or(0);
    if groups.len() < 2 || most == 0 {
        return html! {};
    }
    let called = if figures.rollup.early_rule().is_some() { "heard within 15 seconds" } else { "passed" };
    let step = (WIDTH - LEFT - RIGHT) / groups.len() as f64;
    let x = |k: usize| LEFT + step * (k as f64 + 0.5);
    let y = |share: f64| TOP + HEIGHT * (1.0 - share);
    // Long labels need more room.
    let longest = groups.iter().map(|(label, _)| label.len()).max().unwrap_or(1);
    let every = groups.len().div_ceil(if longest > 3 { 6 } else { 12 });
    let shares: Vec<(usize, Share)> = groups.iter().map(|(_, group)| figures.rollup.rate(group)).enumerate().collect();
    let known = || shares.iter().filter_map(|(k, share)| Some((*k, share.value()?, share.interval()?)));
    let mut line = String::new();
    for (k, value, _) in known() {
        let to = if line.is_empty() { 'M' } else { 'L' };
        let _ = write!(line, "{to}{:.1} {:.1}", x(k), y(value));
    }
    let tall = |calls: u64| HEIGHT * calls as f64 / most as f64;
    html! {
        figure.chart {
            h3 { (title) }
            svg viewBox={ "0 0 " (WIDTH) " " (TOP + HEIGHT + 22.0) } aria-hidden="true" {
                @for share in [0.0, 0.5, 1.0] {
                    path.grid d={ "M" (LEFT) " " (y(share)) "H" (WIDTH - RIGHT) } {}
                    text x=(WIDTH - RIGHT + 5.0) y=(y(share) + 4.0) { (format!("{:.0} %", 100.0 * share)) }
                }
                text x=(LEFT - 6.0) y=(TOP + 4.0) text-anchor="end" { (most) }
                text x=(LEFT - 6.0) y=(TOP + HEIGHT + 4.0) text-anchor="end" { "0" }
                @for (k, (label, group)) in groups.iter().enumerate() {
                    rect.volume x={ (format!("{:.1}", x(k) - step * 0.36)) } width={ (format!("{:.1}", step * 0.72)) }
                        y={ (format!("{:.1}", TOP + HEIGHT - tall(group.calls))) } height={ (format!("{:.1}", tall(group.calls))) } {}
                    @if k % every == 0 {
                        text x={ (format!("{:.1}", x(k))) } y=(TOP + HEIGHT + 17.0) text-anchor="middle" { (label) }
                    }
                }
                @for (k, _, (low, high)) in known() {
                    path.spread d={ (format!("M{:.1} {:.1}V{:.1}", x(k), y(low), y(high))) } {}
                }
                path.rate d=(line) {}
                @for (k, value, _) in known() {
                    circle.dot cx={ (format!("{:.1}", x(k))) } cy={ (format!("{:.1}", y(value))) } r="3" {}
                }
            }
            figcaption {
                "Bars: calls, at most " (most) ". Points: the share " (called) ", with its 95 % interval."
                details.table {
                    summary { "The numbers" }
                    div.scroll tabindex="0" role="region" aria-label={ (title) ", the numbers" } {
                        table {
                            thead { tr { th scope="col" { (column) } th.number scope="col" { "calls" } th scope="col" { (called) } } }
                            tbody {
                                @for (label, group) in groups {
                                    @let share = figures.rollup.rate(group);
                                    tr {
                                        th scope="row" { (label) }
                                        td.number { (group.calls) }
                                        td { (percent(share)) " (" (in_words(share)) ")" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
