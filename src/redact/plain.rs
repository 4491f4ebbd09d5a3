//! Numbers in figures that are no digits of anything else: amounts, times, dates, measures, parts of a hexadecimal id.

use super::numbers::{is_unit, month};
use super::tokens::Tokens;

/// For each token whether it belongs to such a number. Dates are among them: they tell who somebody is only after a cue.
pub(super) fn plain(tokens: &Tokens) -> Vec<bool> {
    let mut plain = vec![false; tokens.all.len()];
    let mut at = 0;
    while at < tokens.all.len() {
        let end = uuid(tokens, at).or_else(|| number(tokens, at)).unwrap_or(at);
        plain[at..end].fill(true);
        at = end.max(at + 1);
    }
    plain
}

/// Where a hexadecimal id ends that begins here: 8-4-4-4-12.
fn uuid(tokens: &Tokens, first: usize) -> Option<usize> {
    const LENGTH: usize = 36;
    if tokens.is_joined(first) && tokens.kind(first - 1) != super::tokens::TokenKind::Mark {
        return None;
    }
    let from = tokens.all[first].at.start;
    let id = tokens.text.as_bytes().get(from..from + LENGTH)?;
    let fits = |(k, c): (usize, &u8)| if matches!(k, 8 | 13 | 18 | 23) { *c == b'-' } else { c.is_ascii_hexdigit() };
    // Its last part would be a number of twelve digits.
    if !id.iter().enumerate().all(fits) {
        return None;
    }
    let end = tokens.all[first..].iter().position(|token| token.at.start >= from + LENGTH);
    Some(end.map_or(tokens.all.len(), |count| first + count))
}

/// Where an amount, a time, a date or a measure ends that begins here.
fn number(tokens: &Tokens, first: usize) -> Option<usize> {
    if !tokens.is_figures(first) {
        return None;
    }
    let joined = |at: usize, marks: &[&str]| {
        let there = marks.iter().any(|mark| tokens.is_mark(at, mark)) && tokens.is_joined(at);
        there && tokens.is_figures(at + 1) && tokens.is_joined(at + 1)
    };
    // All groups that hang together by marks.
    let mut groups = vec![first];
    let mut at = first + 1;
    while groups.len() < 8 && joined(at, &[",", ".", ":", "/", "-"]) {
        groups.push(at + 1);
        at += 2;
    }
    let end = at;
    let fraction =
        groups.len() == 2 && tokens.is_mark(first + 1, "/") && tokens.count(first) + tokens.count(first + 2) <= 3;
    let count = |k: usize| groups.get(k).map_or(0, |group| tokens.count(*group));
    let mark = |k: usize| groups.get(k).map_or("", |group| tokens.shown(*group - 1));
    // "@308070" is somebody's handle.
    let handle = first.checked_sub(1).is_some_and(|before| tokens.is_mark(before, "@") && tokens.is_joined(first));
    let money = first.checked_sub(1).is_some_and(|before| {
        ["£", "$", "€", "₹", "¥"].iter().any(|mark| tokens.is_mark(before, mark))
            || tokens.is_same_turn(before, first)
                && matches!(tokens.key(before), "rs" | "inr" | "usd" | "gbp" | "eur" | "zar")
    });
    let thousands = groups.len() > 1 && count(0) <= 3 && (1..groups.len()).all(|k| count(k) == 3 && mark(k) == ",");
    let time = groups.len() > 1 && (1..groups.len()).all(|k| mark(k) == ":");
    let decimal = groups.len() == 2 && mark(1) == "." && count(1) <= 2;
    let version = groups.len() >= 3 && (1..groups.len()).all(|k| mark(k) == "." && count(k) <= 3) && groups.len() == 4;
    if handle || fraction || money || thousands || time || decimal || version || is_date(tokens, &groups) {
        return Some(end);
    }
    let percent = tokens.is_mark(first + 1, "%") || tokens.is_mark(first + 1, "°");
    let suffix = tokens.is_joined(first + 1) && is_suffix(tokens.key(first + 1));
    let next = if tokens.is_mark(first + 1, "-") { first + 2 } else { first + 1 };
    let unit = is_unit(tokens.key(next)) && tokens.is_same_turn(first, next);
    let before = first.checked_sub(1).filter(|before| tokens.is_same_turn(*before, first));
    let of_month = month(tokens.key(first + 1)).is_some() && tokens.is_same_turn(first, first + 1)
        || before.is_some_and(|before| month(tokens.key(before)).is_some());
    let short = count(0) <= 6 && (unit || percent);
    (suffix || short || of_month && count(0) <= 4).then_some(first + 1)
}

fn is_suffix(word: &str) -> bool {
    matches!(
        word,
        "st" | "nd" | "rd" | "th" | "am" | "pm" | "k" | "gb" | "mb" | "kg" | "km" | "hrs" | "min" | "mins" | "p"
    )
}

/// Whether groups of figures are a date: 12/05/1984, 5-12-84, 1984-05-12.
fn is_date(tokens: &Tokens, groups: &[usize]) -> bool {
    let [a, b, c] = *groups else { return false };
    let mark = tokens.shown(b - 1);
    let (Some(first), Some(second), Some(third)) = (tokens.value(a), tokens.value(b), tokens.value(c)) else {
        return false;
    };
    let lengths = (tokens.count(a), tokens.count(b), tokens.count(c));
    let day_month = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
    mark == tokens.shown(c - 1)
        && matches!(mark, "/" | "-" | ".")
        && match lengths {
            (1 | 2, 1 | 2, 2 | 4) => day_month(first, second) || day_month(second, first),
            (4, 2, 2) => (1900..2100).contains(&first) && day_month(third, second),
            _ => false,
        }
}
