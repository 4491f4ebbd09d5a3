//! The figures of a page: what matters first, then by rule, time, agent, queue and script, then words to praise and to
//! coach with.

mod charts;
mod lists;
mod tables;

use super::page::{Outside, calls};
use crate::output::figures::{interval, percent};
use crate::output::{Setup, number, tenths_text};
use crate::report::Band;
use crate::report::rollup::{RollUp, Share};
use maud::{Markup, html};

/// What the sections are made from.
#[derive(Clone, Copy)]
pub(super) struct Figures<'r> {
    pub(super) setup: &'r Setup,
    pub(super) rollup: &'r RollUp,
    /// Whether calls are listed below, so that a figure may lead to them.
    pub(super) listed: bool,
}

impl Figures<'_> {
    /// The title of a rule, by its index in report order.
    fn title(&self, rule: usize) -> &str {
        self.setup.rules.get(rule).map_or("", |head| head.title.as_str())
    }

    fn id(&self, rule: usize) -> &str {
        self.setup.rules.get(rule).map_or("", |head| head.id.as_str())
    }

    /// A figure that shows the calls of a verdict of a rule.
    fn counted(&self, count: u64, rule: usize, verdict: &str) -> Markup {
        if self.listed && count > 0 {
            html! { button.link type="button" data-narrow data-rule=(rule) data-verdict=(verdict) { (count) } }
        } else {
            html! { (count) }
        }
    }
}

/// A share with its interval and out of how many, in words.
fn in_words(share: Share) -> String {
    match share.of {
        0 => "nothing to count".to_owned(),
        of => format!("{} %, {} of {of}", interval(share), share.part),
    }
}

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
                    (figure("Heard within 15 seconds", Some(percent(early)), &in_words(early)))
                }
                (figure("Passed", Some(percent(rollup.pass_share())), &in_words(rollup.pass_share())))
                (figure("Mean score", rollup.mean_tenths().map(tenths_text), &bands(rollup)))
                @if setup.check.is_none() {
                    (figure("A hardship was voiced", Some(percent(rollup.hardship)), &in_words(rollup.hardship)))
                }
                @if rollup.unreadable > 0 {
                    (figure("Not read", Some(rollup.unreadable.to_string()), "named below, with the reason"))
                }
            }
            @if let Some(note) = rollup.unknown_roles_note() { p.note { (Outside(&note)) "." } }
        }
    }
}

fn figure(name: &str, value: Option<String>, about: &str) -> Markup {
    html! { div { dt { (name) } dd { (value.as_deref().unwrap_or("–")) small { (about) } } } }
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
