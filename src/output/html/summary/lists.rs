//! The lists of a page: calls to look at first, words worth praise, what to coach with.

use super::Figures;
use crate::output::finding::cut;
use crate::output::html::page::Outside;
use crate::output::number::known_clock;
use crate::output::tenths_text;
use crate::report::rollup::share::FEW;
use crate::report::rollup::{Coaching, LookAt, Praise, Rehearsed, Whose};
use maud::{Markup, html};

/// Entries of a list that stand open; more are folded.
const OPEN: usize = 12;

/// A call as a link to its place below, with the time if it is known.
fn called(figures: &Figures<'_>, whose: &Whose, start: Option<f64>) -> Markup {
    let when = known_clock(start).map_or(String::new(), |time| format!(" at {time}"));
    html! {
        @if figures.listed {
            button.link type="button" data-open=(Outside(&whose.call)) data-source=(Outside(&whose.source)) data-record=(whose.record) {
                (Outside(&whose.call)) (when)
            }
        } @else { (Outside(&whose.call)) (when) }
    }
}

/// A list whose first entries stand open.
fn folded<T>(entries: &[T], item: impl Fn(&T) -> Markup) -> Markup {
    let (open, more) = entries.split_at(entries.len().min(OPEN));
    html! {
        ul.quotes-of { @for entry in open { (item(entry)) } }
        @if !more.is_empty() {
            details.table { summary { (more.len()) " more" } ul.quotes-of { @for entry in more { (item(entry)) } } }
        }
    }
}

/// Calls to look at first.
pub(super) fn look_at(figures: &Figures<'_>) -> Markup {
    let item = |entry: &LookAt| {
        html! { li {
            p.say { b { (tenths_text(entry.tenths.into())) " " (entry.band.as_str()) } " · " (called(figures, &entry.whose, None))
                @if let Some(agent) = &entry.whose.agent { " · " (Outside(agent)) }
            }
            @if let Some(quote) = entry.quote.as_ref().filter(|quote| !quote.text.is_empty()) {
                blockquote { @if quote.instead { "Said there: " } "“" (Outside(&cut(&quote.text))) "”" }
                p { (quote.speaker.as_str()) @if let Some(time) = known_clock(quote.start_s) { ", " (time) } }
            }
            p { (entry.need.in_words()) ": " (Outside(&entry.why)) " (" (figures.id(entry.rule)) ")" }
        } }
    };
    html! {
        @if figures.rollup.calls > 1 && !figures.rollup.look_at.is_empty() {
            section aria-labelledby="look-title" { h2 #look-title { "To look at first" } (folded(&figures.rollup.look_at, item)) }
        }
    }
}

/// Words worth praise.
pub(super) fn praise(figures: &Figures<'_>) -> Markup {
    let praise = figures.rollup.praise();
    let item = |entry: &Praise| {
        html! { li {
            blockquote { "“" (Outside(&entry.quote)) "”" }
            p { @if let Some(agent) = &entry.whose.agent { (Outside(agent)) " · " } (called(figures, &entry.whose, entry.start_s)) }
        } }
    };
    html! {
        @if figures.setup.check.is_none() && !praise.is_empty() {
            section aria-labelledby="praise-title" { h2 #praise-title { "Worth praise" } (folded(&praise, item)) }
        }
    }
}

/// What each agent has most to win with, and how colleagues do it.
pub(super) fn coaching(figures: &Figures<'_>) -> Markup {
    let coaching = figures.rollup.coaching();
    let item = |entry: &Coaching<'_>| {
        let head = figures.setup.rules.get(entry.rule);
        html! { li {
            h3 { (Outside(&entry.agent)) }
            p { (Outside(figures.title(entry.rule))) ": passed in " (entry.share.part) " of " (entry.share.of)
                @if entry.calls < FEW { ", few calls" }
            }
            @if let Some(advice) = head.map(|head| head.advice.as_str()).filter(|advice| !advice.is_empty()) {
                p.say { (Outside(advice)) }
            }
            @for quote in &entry.quotes {
                blockquote { "“" (Outside(&cut(&quote.quote))) "”" }
                p { (quote.whose.agent.as_deref().map_or_else(|| html! { "a colleague" }, |agent| html! { (Outside(agent)) })) " · "
                    (called(figures, &quote.whose, quote.start_s)) }
            }
        } }
    };
    html! {
        @if !coaching.is_empty() {
            section aria-labelledby="coaching-title" {
                h2 #coaching-title { "To coach" }
                p.note { "For each agent the rule that cost them most, what to say, and how colleagues said it." }
                (folded(&coaching, item))
            }
        }
    }
}

/// The first records that could not be read, where no list names them all.
pub(super) fn unreadable(figures: &Figures<'_>) -> Markup {
    let first = &figures.rollup.first_unreadable;
    html! {
        @if !first.is_empty() {
            section aria-labelledby="unread-title" {
                h2 #unread-title { "Not read" }
                ul { @for record in first { li { b { (Outside(&record.source)) } ": " (Outside(&record.error)) } } }
            }
        }
    }
}

/// Statements said word for word in call after call.
pub(super) fn rehearsed(figures: &Figures<'_>) -> Markup {
    let agents = figures.rollup.agents.by_name();
    let all: Vec<(String, Rehearsed)> = agents
        .flat_map(|(name, agent)| agent.rehearsed().into_iter().map(move |said| (name.to_owned(), said)))
        .collect();
    let item = |(name, said): &(String, Rehearsed)| {
        html! { li {
            blockquote { "“" (Outside(&cut(&said.words))) "”" }
            p { (Outside(name)) " · in " (said.calls) " of " (said.of) " calls, word for word" }
        } }
    };
    html! {
        @if !all.is_empty() {
            section aria-labelledby="rehearsed-title" {
                h2 #rehearsed-title { "Rehearsed" }
                p.note { "The same statement in more than a third of an agent's calls: what is recited is seldom heard as meant." }
                (folded(&all, item))
            }
        }
    }
}
