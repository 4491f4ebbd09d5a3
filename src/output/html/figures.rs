//! What every part of a page is made with: the figures, texts from outside, and how calls are called.

use crate::output::figures::interval;
use crate::output::{Setup, escape};
use crate::report::rollup::{RollUp, Share};
use maud::{Markup, Render, html};

/// A text from outside.
pub(super) struct Outside<'t>(pub(super) &'t str);

impl Render for Outside<'_> {
    fn render_to(&self, to: &mut String) {
        escape::html(self.0).as_ref().render_to(to);
    }
}

/// What calls are called: a check of scripts has paths.
pub(super) const fn calls(setup: &Setup) -> (&'static str, &'static str) {
    if setup.check.is_some() { ("path", "paths") } else { ("call", "calls") }
}

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
    pub(super) fn title(&self, rule: usize) -> &str {
        self.setup.rules.get(rule).map_or("", |head| head.title.as_str())
    }

    pub(super) fn id(&self, rule: usize) -> &str {
        self.setup.rules.get(rule).map_or("", |head| head.id.as_str())
    }

    /// A figure that shows the calls of a verdict of a rule.
    pub(super) fn counted(&self, count: u64, rule: usize, verdict: &str) -> Markup {
        if self.listed && count > 0 {
            html! { button.link type="button" data-narrow data-rule=(rule) data-verdict=(verdict) { (count) } }
        } else {
            html! { (count) }
        }
    }
}

/// A share with its interval and out of how many, in words.
pub(super) fn in_words(share: Share) -> String {
    match share.of {
        0 => "nothing to count".to_owned(),
        of => format!("{} %, {} of {of}", interval(share), share.part),
    }
}
