//! The lists at the end of the Markdown report: calls to look at first, moments worth praise.

use crate::output::finding::cut;
use crate::output::number::known_clock;
use crate::output::{PRAISED, Setup, escape, tenths_text};
use crate::report::rollup::{LookAt, Quote, RollUp, Whose};
use std::fmt::Write as _;

/// Appends the calls to look at first.
pub(super) fn look_at(setup: &Setup, rollup: &RollUp, to: &mut String) {
    if rollup.calls > 1 && !rollup.look_at.is_empty() {
        to.push_str("\n### Calls to look at first\n\n");
        rollup.look_at.iter().for_each(|entry| one(setup, entry, to));
    }
}

/// Appends the moments worth praise.
pub(super) fn praise(setup: &Setup, rollup: &RollUp, to: &mut String) {
    let praise = rollup.praise();
    if praise.is_empty() {
        return;
    }
    to.push_str("\n### Worth praise\n\n");
    let shown = if setup.verbosity > 0 { praise.len() } else { PRAISED };
    for entry in praise.iter().take(shown) {
        let time = known_clock(entry.start_s).map_or(String::new(), |time| format!(" at {time}"));
        let (call, quote) = (called(&entry.whose), escape::markdown(&entry.quote));
        let _ = writeln!(to, "- {call}{time}: “{quote}” (`{}`)", id(setup, entry.rule));
    }
    let hidden = praise.len().saturating_sub(shown);
    if hidden > 0 {
        let _ = writeln!(to, "- and {hidden} more (`-v` shows them)");
    }
}

fn one(setup: &Setup, entry: &LookAt, to: &mut String) {
    let score = tenths_text(u64::from(entry.tenths));
    let (band, call) = (entry.band.as_str(), called(&entry.whose));
    let (need, why) = (entry.need.in_words(), escape::markdown(&entry.why));
    let rule = id(setup, entry.rule);
    let _ = writeln!(to, "- **{score} {band}** {call}: {need}: {why} (`{rule}`)");
    if let Some(quote) = entry.quote.as_ref().filter(|q| !q.text.is_empty()) {
        let _ = writeln!(to, "  - {}", quoted(quote));
    }
}

fn quoted(quote: &Quote) -> String {
    let lead = if quote.instead { "said there: " } else { "" };
    let time = known_clock(quote.start_s).map_or(String::new(), |time| format!("{time} "));
    let words = cut(&quote.text);
    format!("{lead}{time}{}: “{}”", quote.speaker, escape::markdown(&words))
}

/// The call, and whose it was.
fn called(whose: &Whose) -> String {
    let call = escape::markdown(&whose.call).into_owned();
    match &whose.agent {
        Some(agent) => format!("{}, {call}", escape::markdown(agent)),
        None => call,
    }
}

fn id(setup: &Setup, rule: usize) -> &str {
    setup.rules.get(rule).map_or("", |head| head.id.as_str())
}
