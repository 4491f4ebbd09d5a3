//! The lists at the end of the text report: calls to look at first, each with its reason and the words that show it, and
//! moments worth praise.

use super::phrases::{id, place, text};
use super::{band_style, terminal};
use crate::output::finding::cut;
use crate::output::layout::{PLAIN, Page};
use crate::output::number::{counted, known_clock};
use crate::output::{PRAISED, Setup, tenths_text};
use crate::report::rollup::{LookAt, Quote, RollUp};
use std::cmp::Reverse;
use std::fmt::Write as _;

/// Where the lines of a call to look at hang.
const HANG: usize = 14;
/// Failed rules named of one call, the most serious first, unless `-v` asks for all.
const FAILED: usize = 4;

/// The calls to look at first, as many as fit so many lines, at least one. Says how many.
pub(super) fn look_at(setup: &Setup, rollup: &RollUp, lines: usize, page: &mut Page<'_>) -> usize {
    let (mut shown, mut taken, mut entries) = (0, 0, Vec::new());
    for entry in &rollup.look_at {
        let mut one = Vec::new();
        to_look_at(setup, entry, &mut Page::new(&mut one, setup.width, setup.color));
        taken += memchr::memchr_iter(b'\n', &one).count();
        if shown > 0 && taken > lines {
            break;
        }
        entries.extend_from_slice(&one);
        shown += 1;
    }
    if shown > 0 {
        page.heading("Calls to look at first");
        page.lines(&entries);
    }
    shown
}

/// A call to look at: its score, what it failed, the most serious reason with the words that show it.
fn to_look_at(setup: &Setup, entry: &LookAt, page: &mut Page<'_>) {
    let score = tenths_text(u64::from(entry.tenths));
    let score = format!("{score:>5} {}", entry.band.as_str());
    let whose = &entry.whose;
    let mut head = place(&whose.call, &whose.source, whose.record);
    if let Some(agent) = &whose.agent {
        let _ = write!(head, " · agent {}", terminal(agent));
    }
    let _ = write!(head, " · {}", failed(setup, entry));
    page.paragraph(2, (band_style(entry.band), &score), HANG, (PLAIN, &head));
    let mut more = |body: &str| page.paragraph(HANG, (PLAIN, ""), HANG + 2, (PLAIN, body));
    let why = terminal(&entry.why);
    more(&format!("{}: {why} ({})", entry.need.in_words(), id(setup, entry.rule)));
    if let Some(quote) = entry.quote.as_ref().filter(|q| !q.text.is_empty()) {
        more(&quoted(quote));
    }
}

fn failed(setup: &Setup, entry: &LookAt) -> String {
    let mut failed = entry.failed.clone();
    let weight = |&rule: &usize| setup.rules.get(rule).map(|head| (head.severity, head.weight));
    failed.sort_by_key(|rule| Reverse(weight(rule)));
    let shown = if setup.verbosity > 0 { failed.len() } else { FAILED };
    let ids: Vec<String> = failed.iter().take(shown).map(|&rule| id(setup, rule)).collect();
    let more = match failed.len().saturating_sub(shown) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("failed {}{more}", ids.join(", "))
}

fn quoted(quote: &Quote) -> String {
    let lead = if quote.instead { "Said there: " } else { "" };
    let time = known_clock(quote.start_s).map_or(String::new(), |time| format!("{time} "));
    let words = cut(&quote.text);
    format!("{lead}{time}{}: \"{}\"", quote.speaker, terminal(&words))
}

pub(super) fn praise(setup: &Setup, rollup: &RollUp, page: &mut Page<'_>) {
    let all = rollup.praise();
    if all.is_empty() {
        return;
    }
    page.blank();
    page.heading("Worth praise");
    let shown = if setup.verbosity > 0 { all.len() } else { PRAISED };
    for entry in all.iter().take(shown) {
        let whose = &entry.whose;
        let mut line = String::new();
        if let Some(agent) = &whose.agent {
            let _ = write!(line, "{} · ", terminal(agent));
        }
        line.push_str(&place(&whose.call, &whose.source, whose.record));
        if let Some(time) = known_clock(entry.start_s) {
            let _ = write!(line, " · {time}");
        }
        let quote = terminal(&entry.quote);
        let _ = write!(line, ": \"{quote}\" ({})", id(setup, entry.rule));
        text(page, 2, &line);
    }
    let hidden = all.len().saturating_sub(shown) as u64;
    if hidden > 0 {
        let more = counted(hidden, "more moment", "more moments");
        text(page, 2, &format!("and {more} (-v shows them)"));
    }
}
