//! What is said, beside the report, of all that could not be compared.

use super::compare::{Agreement, Listed};
use std::fmt::Write as _;

/// At most so many names or lines are said; the json report has more.
const SAID: usize = 5;

/// What could not be compared and what to do about it, a line each. `judged_by` is what holds the rules: "the pack full".
pub fn notes(agreement: &Agreement<'_>, judged_by: &str) -> Vec<String> {
    let (labels, left_out) = (agreement.labels, &agreement.left_out);
    let mut notes = Vec::new();
    if !labels.blank.is_empty() {
        let lines = labels.blank.iter().map(u64::to_string).collect::<Vec<_>>();
        let rows = many(lines.len(), "row holds", "rows hold");
        let line = if lines.len() == 1 { "line" } else { "lines" };
        notes.push(format!("{rows} no verdict, not graded yet: {line} {}", some(&lines, lines.len())));
    }
    if !left_out.calls.is_empty() {
        let names: Vec<String> = left_out.calls.iter().map(|c| labels.calls[*c].clone()).collect();
        let (count, all) = (names.len(), labels.calls.len());
        let mut note = format!(
            "{count} of {} not among the calls that were read: {}",
            many(all, "labelled call is", "labelled calls are"),
            some(&names, count)
        );
        if count == all
            && let Some(read) = left_out.unlabelled.first.first()
        {
            let _ = write!(note, "; labels go by the call's id, such as {read}, or by its file's name");
        }
        notes.push(note);
    }
    if !left_out.rules.is_empty() {
        let named = left_out.rules.iter().map(|(rule, near)| {
            let meant = near.as_ref().map_or(String::new(), |near| format!(" (did you mean {near}?)"));
            format!("{}{meant}", labels.rules[*rule])
        });
        let (count, all) = (left_out.rules.len(), labels.rules.len());
        let of = many(all, "labelled rule is", "labelled rules are");
        // All of them are named: a reader must know which rules the figures are about.
        let all_of_them = named.collect::<Vec<_>>().join(", ");
        notes.push(format!("{count} of {of} not in {judged_by}, and left out: {all_of_them}"));
    }
    if left_out.unjudged > 0 {
        notes.push(format!(
            "{} of calls that were read without a verdict on this rule, and left out",
            many(left_out.unjudged, "label is", "labels are")
        ));
    }
    let listed = |of: &Listed| some(&of.first, of.count);
    if left_out.unlabelled.count > 0 {
        let of = &left_out.unlabelled;
        let read = many(agreement.read, "call that was read has", "calls that were read have");
        notes.push(format!("{} of {read} no label: {}", of.count, listed(of)));
    }
    if left_out.twice.count > 0 {
        let of = &left_out.twice;
        let calls = many(of.count, "call has", "calls have");
        notes.push(format!("{calls} the id or file name of one before, which counts: {}", listed(of)));
    }
    notes
}

/// The first of some names, and that there are more.
fn some(names: &[String], count: usize) -> String {
    let shown = names.iter().take(SAID).map(String::as_str).collect::<Vec<_>>().join(", ");
    match count.checked_sub(SAID) {
        Some(more @ 1..) => format!("{shown} and {more} more"),
        _ => shown,
    }
}

fn many(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
