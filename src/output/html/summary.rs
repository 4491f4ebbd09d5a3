//! The figures of a page: what matters first, then by rule, time, agent, queue and script, then words to praise and to
//! coach with.

mod charts;
mod lists;
mod tables;

use super::figures::{Figures, Outside, calls, in_words};
use crate::output::figures::percent;
use crate::output::{number, tenths_text};
use crate::report::Band;
use crate::report::rollup::RollUp;
use maud::{Markup, html};

/// The title and the figures that matter.
pub(super) fn header(figures: &Figures<'_>) -> Markup {
    let Figures { setup, rollup, .. } = *figures;
    let (one, many) = calls(setup);
    let mut days = rollup.times.days.iter().map(|(day, _)| *day);
    let (first, last) = (days.next(), days.next_back());
    html! {
        header {
            h1 { (number::counted(rollup.calls, one, many)) }
            p.lead {
                @if let Some(summary) = &setup.check {
                    (crate::output::markdown::headline(summary)) ". " (crate::output::markdown::counts(summary))
                } @else {
                    @match (first, last) {
                        (Some(first), Some(last)) => { (day(first)) " to " (day(last)) ". " }
                        (Some(only), None) => { (day(only)) ". " }
                        _ => {}
                    }
                    "What was said in them, judged by " (number::counted(setup.rules.len() as u64, "rule", "rules")) "."
                }
            }
            dl.figures {
                @if let Some(early) = rollup.early() {
                    (figure("Heard within 15 seconds", &percent(early), &in_words(early)))
                }
                (figure("Passed", &percent(rollup.pass_share()), &in_words(rollup.pass_share())))
                (figure("Mean score", &rollup.mean_tenths().map_or("–".to_owned(), tenths_text), &bands(rollup)))
                @if setup.check.is_none() {
                    (figure("A hardship was voiced", &percent(rollup.hardship), &in_words(rollup.hardship)))
                }
                @if rollup.unreadable > 0 {
                    (figure("Not read", &rollup.unreadable.to_string(), "named below, with the reason"))
                }
            }
            @if let Some(note) = rollup.unknown_roles_note() { p.note { (Outside(&note)) "." } }
        }
    }
}

fn figure(name: &str, value: &str, about: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) small { (about) } } } }
}

fn bands(rollup: &RollUp) -> String {
    let counts = Band::ALL.map(|band| format!("{} {}", rollup.band(band), band.as_str()));
    counts.join(", ")
}

fn day(day: jiff::civil::Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The sections before the list of calls.
pub(super) fn sections(figures: &Figures<'_>) -> Markup {
    html! {
        (tables::changes(figures))
        (tables::rules(figures))
        (charts::times(figures))
        (tables::agents(figures))
        (tables::groups(figures))
        (lists::look_at(figures))
        (lists::praise(figures))
        (lists::coaching(figures))
        (lists::rehearsed(figures))
        (tables::outcomes(figures))
        @if !figures.listed { (lists::unreadable(figures)) }
    }
}
