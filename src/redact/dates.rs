//! Dates of birth: dates behind their cue, and the same date wherever it is said again.

use super::cues::{Cue, Said};
use super::numbers::{is_number_word, month, ordinal, spoken_digit, teen, tens};
use super::tokens::{TokenKind, Tokens};
use std::ops::Range;

/// A date, and the numbers that it is made of: day, month and year in the order of size.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Date {
    at: Range<usize>,
    parts: Vec<u32>,
}

/// How many turns after the cue the date may come.
const TURNS: u32 = 5;

/// The dates of birth of a text, as ranges of tokens.
pub(super) fn births(tokens: &Tokens, cues: &[Said], found: &mut Vec<Range<usize>>) {
    if !cues.iter().any(|cue| cue.cue == Cue::Birth) {
        return;
    }
    let dates = dates(tokens);
    let mut known: Vec<&Vec<u32>> = Vec::new();
    for cue in cues.iter().filter(|cue| cue.cue == Cue::Birth) {
        let turn = tokens.all[cue.first].turn;
        let from = dates.partition_point(|date| date.at.start < cue.first);
        let after = dates[from..].iter().take(4).find(|date| {
            let away = tokens.all[date.at.start].turn - turn;
            let first = date.at.start
                - (date.at.start.saturating_sub(8)..date.at.start)
                    .filter(|k| tokens.is_same_turn(*k, date.at.start))
                    .count();
            // A day without a year comes at once, or it is another one.
            let whole = date.parts.len() > 2;
            match away {
                0 => date.at.start - cue.end < if whole { 12 } else { 6 },
                _ => away <= TURNS && date.at.start - cue.end < 80 && (whole || away <= 2 && date.at.start - first < 7),
            }
        });
        // "12 May 1984 is my date of birth."
        let before = from.checked_sub(1).map(|k| &dates[k]);
        let before =
            before.filter(|date| tokens.is_same_turn(date.at.start, cue.first) && cue.first - date.at.end <= 4);
        if let Some(date) = after.or(before) {
            found.push(corrected(tokens, date.at.clone()));
            if known.len() < 8 {
                known.push(&date.parts);
            }
        }
    }
    let again = dates.iter().filter(|date| known.iter().any(|parts| **parts == date.parts));
    found.extend(again.map(|date| date.at.clone()));
}

/// A date with the numbers before it that it corrects: "Fourteen, um, one-four, of May."
fn corrected(tokens: &Tokens, date: Range<usize>) -> Range<usize> {
    const TOKENS: usize = 8;
    let mut first = date.start;
    for k in (date.start.saturating_sub(TOKENS)..date.start).rev() {
        let key = tokens.key(k);
        let number = tokens.is_figures(k) || is_number_word(key) || ordinal(key).is_some() || month(key).is_some();
        let between = matches!(key, "um" | "uh" | "er" | "erm" | "no" | "sorry" | "the" | "of" | "," | "-" | ".");
        if !tokens.is_same_turn(k, date.start) || !number && !between {
            break;
        }
        if number {
            first = k;
        }
    }
    first..date.end
}

/// All dates of a text.
fn dates(tokens: &Tokens) -> Vec<Date> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() {
        match date(tokens, at) {
            Some(date) => {
                at = date.at.end;
                all.push(date);
            }
            // Digits that are no date as a whole hold none.
            None => at = skip(tokens, at),
        }
    }
    all
}

fn skip(tokens: &Tokens, at: usize) -> usize {
    let mut next = at + 1;
    let single = |k: usize| spoken_digit(tokens.key(k)).is_some() || tokens.count(k) == 1;
    while single(at) && single(next) && tokens.is_same_turn(at, next) {
        next += 1;
    }
    next
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    value: u32,
    /// How many digits it has; of words, how they would be written.
    digits: usize,
    month: bool,
}

/// The date that begins at a token.
fn date(tokens: &Tokens, first: usize) -> Option<Date> {
    const TOKENS: usize = 24;
    let mut parts: Vec<Part> = Vec::new();
    let mut best = None;
    let mut at = first;
    while at < first + TOKENS && tokens.is_same_turn(first, at) && parts.len() < 10 {
        let key = tokens.key(at);
        let part = |value: u32, digits: usize| Part { value, digits, month: false };
        let next = if tokens.is_figures(at) {
            parts.push(part(tokens.value(at)?, tokens.count(at)));
            at + 1
        } else if let Some(month) = month(key) {
            parts.push(Part { value: u32::from(month), digits: 2, month: true });
            at + 1
        } else if let Some(unit) = spoken_digit(key) {
            parts.push(part(u32::from(unit), 1));
            at + 1
        } else if let Some(number) = teen(key) {
            parts.push(part(u32::from(number), 2));
            at + 1
        } else if let Some(number) = tens(key) {
            let next = if tokens.is_mark(at + 1, "-") { at + 2 } else { at + 1 };
            let unit = spoken_digit(tokens.key(next))
                .or_else(|| ordinal(tokens.key(next)))
                .filter(|unit| (1..10).contains(unit));
            parts.push(part(u32::from(number + unit.unwrap_or(0)), 2));
            if unit.is_some() { next + 1 } else { at + 1 }
        } else if let Some(number) = ordinal(key) {
            parts.push(part(u32::from(number), 2));
            at + 1
        } else if key == "thousand" && parts.last().is_some_and(|last| last.value == 2) {
            parts.pop();
            parts.push(part(2000, 4));
            at + 1
        } else if !parts.is_empty() && is_between(tokens, at, &parts) {
            at += 1;
            continue;
        } else {
            break;
        };
        at = next;
        if let Some(sorted) = parsed(&parts) {
            best = Some(Date { at: first..at, parts: sorted });
        } else if parts.len() == 1 && parts[0].digits > 8 {
            return None;
        }
    }
    // What goes on with digits was no date.
    let single = parts.iter().filter(|part| part.digits == 1).count();
    let more = best.as_ref().is_some_and(|date| at > date.at.end + 1) && single >= 5;
    best.filter(|_| !more)
}

fn is_between(tokens: &Tokens, at: usize, parts: &[Part]) -> bool {
    match tokens.kind(at) {
        TokenKind::Mark => matches!(tokens.shown(at), "/" | "-" | "." | "," | "–" | "…"),
        TokenKind::Word => {
            matches!(
                tokens.key(at),
                "of" | "the"
                    | "um"
                    | "uh"
                    | "er"
                    | "erm"
                    | "slash"
                    | "dash"
                    | "st"
                    | "nd"
                    | "rd"
                    | "th"
                    | "in"
                    | "year"
                    | "stroke"
                    | "uhm"
                    | "sorry"
                    | "no"
                    | "hmm"
                    | "day"
            ) || tokens.key(at) == "and" && parts.last().is_some_and(|last| last.value == 2000)
        }
        _ => false,
    }
}

/// The day, the month and the year modulo 100 in the order of size, if parts are a date.
fn parsed(parts: &[Part]) -> Option<Vec<u32>> {
    let whole = |parts: &[Part]| {
        let values = merged(parts);
        let year = |v: u32, digits: usize| (1900..2030).contains(&v) || digits == 2 && v < 100;
        let dated = |d: u32, m: u32| (1..=31).contains(&d) && (1..=12).contains(&m);
        let mut sorted = match *values.as_slice() {
            [a, b, c] if parts.iter().any(|p| p.month) => {
                let month = [a, b, c].into_iter().find(|p| p.month)?;
                let rest: Vec<Part> = [a, b, c].into_iter().filter(|p| !p.month).collect();
                let fits = rest.len() == 2 && (1..=31).contains(&rest[0].value) && year(rest[1].value, rest[1].digits);
                fits.then(|| vec![rest[0].value, month.value, rest[1].value % 100])?
            }
            [a, b] if a.month != b.month => {
                let day = if a.month { b } else { a };
                (1..=31).contains(&day.value).then(|| vec![a.value, b.value])?
            }
            [a, b, c] if year(c.value, c.digits) && (dated(a.value, b.value) || dated(b.value, a.value)) => {
                vec![a.value, b.value, c.value % 100]
            }
            [a, b, c] if (1900..2030).contains(&a.value) && dated(c.value, b.value) => {
                vec![c.value, b.value, a.value % 100]
            }
            [one] if matches!(one.digits, 6 | 8) => {
                let tail = if one.digits == 8 { 10_000 } else { 100 };
                let (a, b, c) = (one.value / tail / 100, one.value / tail % 100, one.value % tail);
                let fits = (dated(a, b) || dated(b, a)) && (one.digits == 6 || (1900..2030).contains(&c));
                fits.then(|| vec![a, b, c % 100])?
            }
            _ => return None,
        };
        sorted.sort_unstable();
        Some(sorted)
    };
    // "Twenty eight sixty-two."
    let tens = parts.first().filter(|first| parts.len() == 2 && first.value > 20 && first.value % 10 > 0);
    if let Some(first) = tens {
        let part = |value: u32| Part { value, digits: 2, month: false };
        return whole(&[part(first.value / 10 * 10), part(first.value % 10), parts[1]]).filter(|_| !parts[1].month);
    }
    whole(parts).or_else(|| {
        // "Twelve, twelve five eighty-four."
        let mut once = parts.to_vec();
        once.dedup();
        (once.len() < parts.len()).then(|| whole(&once))?
    })
}

/// Parts as they belong together: "oh four" is 4, "nineteen eighty" 1980, "two thousand and one" 2001, and digits
/// that were said one by one are one number.
fn merged(parts: &[Part]) -> Vec<Part> {
    let number = |digits: &[Part]| Part {
        value: digits.iter().fold(0, |value, part| value * 10 + part.value),
        digits: digits.len(),
        month: false,
    };
    if matches!(parts.len(), 6 | 8) && parts.iter().all(|part| part.digits == 1) {
        return vec![number(parts)];
    }
    let mut all: Vec<Part> = Vec::new();
    for part in parts {
        match all.last_mut() {
            Some(last) if last.value == 0 && last.digits == 1 && part.digits == 1 => *last = number(&[*last, *part]),
            Some(last) if last.value == 2000 && last.digits == 4 && part.digits <= 2 && !part.month => {
                last.value += part.value;
            }
            Some(last)
                if matches!(last.value, 19 | 20)
                    && last.digits == 2
                    && part.digits == 2
                    && !part.month
                    && !last.month
                    && part.value < 100
                    && all_but_year(parts) =>
            {
                *last = Part { value: last.value * 100 + part.value, digits: 4, month: false };
            }
            _ => all.push(*part),
        }
    }
    all
}

/// Whether there are too many parts for a date unless two of them are the year.
fn all_but_year(parts: &[Part]) -> bool {
    parts.len() > 3
}
