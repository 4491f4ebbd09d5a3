//! E-mail addresses, written ("jo@example.com") and spoken ("jo dot bell at example dot com").

use super::cues::{Cue, Said};
use super::numbers::{is_filler, is_number_word};
use super::tokens::{TokenKind, Tokens};
use std::ops::Range;

/// The last part of a spoken address.
const ENDINGS: [&str; 30] = [
    "com", "org", "net", "co", "uk", "edu", "gov", "io", "in", "au", "ca", "za", "pk", "ie", "de", "fr", "us", "info",
    "biz", "me", "nz", "eu", "ac", "nhs", "mil", "nl", "es", "it", "example", "test",
];

/// Who gives mailboxes away: behind "at", no place.
const PROVIDERS: [&str; 22] = [
    "gmail", "yahoo", "hotmail", "outlook", "icloud", "aol", "protonmail", "proton", "gmx", "live", "msn",
    "googlemail", "ymail", "rediffmail", "btinternet", "sky", "comcast", "verizon", "g", "mail", "bigpond",
    "rocketmail",
];

/// Words before "at" that make a page of it: "have a look at example dot com".
const PAGES: [&str; 38] = [
    "look", "us", "online", "it", "them", "available", "site", "website", "page", "information", "started", "apply",
    "order", "shop", "book", "here", "details", "logged", "log", "visit", "find", "on", "in", "up", "that",
    "everything", "is", "web", "portal", "go", "more", "pay", "register", "chat", "form", "sale", "buy", "bought",
];

/// Words that belong to the sentence around a spoken address, not to it.
const AROUND: [&str; 34] = [
    "is", "it's", "its", "it", "to", "me", "my", "the", "that's", "that", "address", "email", "mail", "at", "on", "as",
    "um", "uh", "er", "erm", "so", "yes", "yeah", "sure", "okay", "ok", "for", "and", "was", "use", "send", "please",
    "or", "of",
];

/// The addresses of a text, as ranges of tokens.
pub(super) fn emails(tokens: &Tokens, cues: &[Said], spoken: bool, found: &mut Vec<Range<usize>>) {
    let mut done = 0;
    for at in 0..tokens.all.len() {
        let range = if tokens.is_mark(at, "@") {
            written(tokens, at)
        } else if spoken && tokens.key(at) == "at" && tokens.is_word(at) {
            said(tokens, cues, at)
        } else {
            None
        };
        if let Some(range) = range.filter(|range| range.end > done) {
            let range = range.start.max(done)..range.end;
            done = range.end;
            found.push(range);
        }
    }
}

/// The address around an `@`, with no space in it.
fn written(tokens: &Tokens, at: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 64;
    let part = |k: usize, marks: &[&str]| {
        matches!(tokens.kind(k), TokenKind::Word | TokenKind::Figures)
            || marks.iter().any(|mark| tokens.is_mark(k, mark))
    };
    let mut first = at;
    while first > 0
        && at - first < LONGEST
        && tokens.is_joined(first)
        && part(first - 1, &[".", "_", "+", "-", "%", "'"])
    {
        first -= 1;
    }
    // A dot or a dash that stands before it ends what was before.
    while first < at && tokens.kind(first) == TokenKind::Mark {
        first += 1;
    }
    let (mut end, mut dots) = (at + 1, 0);
    let mut next = at + 1;
    while next - at < LONGEST && tokens.is_joined(next) && part(next, &[".", "-"]) && next < tokens.all.len() {
        let mark = tokens.kind(next) == TokenKind::Mark;
        dots += usize::from(tokens.is_mark(next, "."));
        next += 1;
        if !mark {
            end = next;
        }
    }
    (first < at && end > at + 1 && dots > 0).then_some(first..end)
}

/// The address around a spoken "at".
fn said(tokens: &Tokens, cues: &[Said], at: usize) -> Option<Range<usize>> {
    const DOMAIN: usize = 16;
    let mut end = None;
    let (mut next, mut first_word) = (at + 1, "");
    while next < at + DOMAIN && tokens.is_same_turn(at, next) {
        let key = tokens.key(next);
        let within = tokens.is_mark(next, ".") && tokens.is_joined(next) && tokens.is_joined(next + 1);
        let dot = key == "dot" || key == "point" || within;
        if dot && ENDINGS.contains(&tokens.key(next + 1)) && tokens.is_same_turn(at, next + 1) && next > at + 1 {
            end = Some(next + 2);
            next += 2;
            continue;
        }
        if end.is_some() && !dot {
            break;
        }
        // Words of the domain; not more than a few without a dot.
        let word = tokens.is_word(next) || tokens.is_figures(next) || tokens.is_mark(next, "-") || dot;
        if !word || next > at + 7 && end.is_none() {
            return None;
        }
        if !matches!(key, "um" | "uh" | "er" | "erm") && first_word.is_empty() {
            first_word = tokens.key(next);
        }
        next += 1;
    }
    let end = end?;
    let last = cues.iter().rev().find(|cue| cue.cue == Cue::Email && cue.first < at);
    let asked = last.filter(|cue| tokens.all[at].turn - tokens.all[cue.first].turn <= 4 && at - cue.first < 80);
    let floor = asked.map_or(0, |cue| if tokens.is_same_turn(cue.first, at) { cue.end } else { 0 });
    let hesitates = |k: usize| tokens.kind(k) == TokenKind::Mark || matches!(tokens.key(k), "um" | "uh" | "er" | "erm");
    let before = (at.saturating_sub(5)..at).rev().find(|k| !hesitates(*k) && tokens.is_same_turn(*k, at))?;
    let provider = PROVIDERS.contains(&first_word);
    if asked.is_none() && !provider && PAGES.contains(&tokens.key(before)) {
        return None;
    }
    Some(local(tokens, before, floor, asked.is_some())?..end)
}

/// Where the part before a spoken "at" begins: one word and what is joined to it; after a cue all words since.
fn local(tokens: &Tokens, last: usize, floor: usize, asked: bool) -> Option<usize> {
    const WORDS: usize = 40;
    let joins = |k: usize| {
        matches!(
            tokens.key(k),
            "dot"
                | "underscore"
                | "dash"
                | "hyphen"
                | "score"
                | "under"
                | "minus"
                | "plus"
                | "period"
                | "full"
                | "stop"
        )
    };
    let letter = |k: usize| {
        tokens.shown(k).len() == 1 && tokens.is_word(k) || tokens.is_figures(k) || is_number_word(tokens.key(k))
    };
    let turn = tokens.all[last].turn;
    let (mut first, mut words) = (last + 1, 0);
    while first > floor && last - first.min(last) < WORDS && tokens.all[first - 1].turn == turn {
        let k = first - 1;
        match tokens.kind(k) {
            TokenKind::Mark if matches!(tokens.shown(k), "-" | "_" | "." | ",") && first <= last => {}
            TokenKind::Word | TokenKind::Figures
                if first > last || joins(first) || joins(k) || letter(k) && letter(first) => {}
            TokenKind::Figures => {}
            TokenKind::Word if letter(k) && !AROUND.contains(&tokens.key(k)) => {}
            TokenKind::Word if asked && words < 3 && !AROUND.contains(&tokens.shown(k).to_lowercase().as_str()) => {
                words += 1;
            }
            TokenKind::Word if matches!(tokens.key(k), "um" | "uh" | "er" | "erm") && asked => {}
            _ => break,
        }
        first = k;
    }
    while first <= last
        && (tokens.kind(first) == TokenKind::Mark || is_filler(tokens.key(first)) && tokens.shown(first).len() > 1)
    {
        first += 1;
    }
    (first <= last).then_some(first)
}
