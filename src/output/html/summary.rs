//! The figures of a page: what matters first, then by agent, queue, hour and day, then words to praise and to coach.

use super::page::{Outside, calls};
use crate::output::{Setup, number, tenths_text};
use crate::report::Verdict;
use crate::report::rollup::RollUp;
use maud::{Markup, html};

/// The title and the figures that matter.
pub(super) fn header(setup: &Setup, rollup: &RollUp) -> Markup {
    let (one, many) = calls(setup);
    html! {
        header {
            h1 { (number::counted(rollup.calls, one, many)) ", heard" }
        }
    }
}

/// The sections before the list of calls.
pub(super) fn sections(setup: &Setup, rollup: &RollUp) -> Markup {
    html! {
        section aria-labelledby="rules-title" {
            h2 #rules-title { "Rules" }
            ul { @for (head, tally) in setup.rules.iter().zip(&rollup.rules) {
                li { (Outside(&head.title)) ": " (tally.count(Verdict::Pass)) " " (tally.count(Verdict::Fail)) }
            } }
            p { (rollup.mean_tenths().map_or(String::new(), tenths_text)) }
        }
    }
}
