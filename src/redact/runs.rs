//! Digits that belong together, in figures or spoken, with hesitations and marks between them; also over turns.

use super::numbers::{is_filler, is_unit, month, sounds_like, spoken_digit, teen, tens, times};
use super::tokens::{TokenKind, Tokens};
use std::ops::Range;

/// Digits in a row within a turn.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is another thing that is known of it")]
pub(super) struct Run {
    /// Tokens.
    pub tokens: Range<usize>,
    pub turn: u32,
    pub speaker: u16,
    /// Digits, as a range of [`Runs::digits`].
    pub digits: Range<usize>,
    /// How many digits each part has, up to so many parts; a part is a word or figures.
    pub groups: Vec<u8>,
    /// How many digits were said or written one by one.
    pub single: usize,
    /// A plus stands before it.
    pub plus: bool,
    /// Its parts are joined by marks and spaces alone.
    pub tight: bool,
    /// It begins with "oh", which may be none of its digits.
    pub oh: bool,
    /// Counted or measured, "forty pounds", or a sum in words, "four thousand two hundred".
    pub counted: bool,
    /// Where it was compared with another word of the turn: words before it, words behind it.
    pub before: usize,
    pub behind: usize,
}

/// All runs of a text.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pub all: Vec<Run>,
    pub digits: Vec<u8>,
}

/// How many parts of a run are told apart.
const GROUPS: usize = 24;

impl Runs {
    /// The runs of a text; `plain` tells figures that are no part of any. In a name of a file nothing is spoken.
    pub fn of(tokens: &Tokens, plain: &[bool], spoken: bool) -> Runs {
        let mut runs = Runs::default();
        let (mut at, mut turn, mut words) = (0, u32::MAX, 0);
        while at < tokens.all.len() {
            if tokens.all[at].turn != turn {
                (turn, words) = (tokens.all[at].turn, 0);
            }
            if let Some(mut run) = runs.run(tokens, plain, at, spoken) {
                run.before = words;
                at = run.tokens.end;
                words += 1;
                runs.all.push(run);
            } else {
                words += usize::from(tokens.is_word(at) && !is_filler(tokens.key(at)));
                at += 1;
            }
        }
        runs.count_behind(tokens);
        runs
    }

    fn count_behind(&mut self, tokens: &Tokens) {
        let mut next = tokens.all.len();
        for run in self.all.iter_mut().rev() {
            // What is far off need not be counted.
            let rest = (run.tokens.end..next).take(24).take_while(|k| tokens.all[*k].turn == run.turn);
            let words = rest.filter(|k| tokens.is_word(*k) && !is_filler(tokens.key(*k))).count();
            let another = tokens.all.get(next).is_some_and(|token| token.turn == run.turn);
            run.behind = words + usize::from(another);
            next = run.tokens.start;
        }
    }

    /// The digits of a run.
    pub fn digits(&self, run: &Run) -> &[u8] {
        &self.digits[run.digits.clone()]
    }

    /// The run that begins at a token.
    fn run(&mut self, tokens: &Tokens, plain: &[bool], first: usize, spoken: bool) -> Option<Run> {
        let begin = self.digits.len();
        let mut at = self.item(tokens, plain, first, spoken, false)?;
        let interjection = matches!(tokens.key(first), "oh" | "o");
        if interjection
            && (tokens.is_mark(at, ",") || tokens.is_figures(at) || Runs::item_ahead(tokens, plain, at).is_none())
        {
            self.digits.truncate(begin);
            return None;
        }
        let mut run = Run {
            tokens: first..at,
            turn: tokens.all[first].turn,
            speaker: tokens.all[first].speaker,
            digits: begin..begin,
            groups: vec![(self.digits.len() - begin).min(255) as u8],
            single: 0,
            plus: first > 0 && tokens.is_mark(first - 1, "+"),
            tight: true,
            oh: interjection,
            counted: false,
            before: 0,
            behind: 0,
        };
        run.single += Runs::single(tokens, first, self.digits.len() - begin);
        while let Some((next, tight)) = gap(tokens, plain, at, spoken) {
            let from = self.digits.len();
            let Some(end) = self.item(tokens, plain, next, spoken, true) else { break };
            run.tight &= tight;
            run.single += Runs::single(tokens, next, self.digits.len() - from);
            if run.groups.len() < GROUPS {
                run.groups.push((self.digits.len() - from).min(255) as u8);
            }
            at = end;
        }
        let unit = if tokens.is_mark(at, "-") { at + 1 } else { at };
        let counted = is_unit(tokens.key(unit)) || month(tokens.key(unit)).is_some() && tokens.key(unit) != "may";
        let digits = self.digits.len() - begin;
        run.counted = counted && tokens.is_same_turn(first, unit) && digits <= 6;
        // "One eight hundred five five five oh one nine nine" is no sum.
        let sum = (first..at).any(|k| matches!(tokens.key(k), "hundred" | "thousand"));
        run.counted |= sum && run.single < 5;
        run.tokens.end = at;
        run.digits.end = self.digits.len();
        Some(run)
    }

    /// Digits that are said or written one by one: "four", "4", "double four".
    fn single(tokens: &Tokens, token: usize, count: usize) -> usize {
        let alone = spoken_digit(tokens.key(token)).is_some() || times(tokens.key(token)).is_some() || count == 1;
        if alone { count } else { 0 }
    }

    fn item_ahead(tokens: &Tokens, plain: &[bool], at: usize) -> Option<usize> {
        let mut look = Runs::default();
        look.item(tokens, plain, at, true, true)
    }

    /// Adds the digits of what begins at a token, and returns where it ends.
    fn item(&mut self, tokens: &Tokens, plain: &[bool], at: usize, spoken: bool, inside: bool) -> Option<usize> {
        match tokens.kind(at) {
            TokenKind::Figures if !plain[at] => {
                // Figures within a word of letters and figures are no number, unless they are very long.
                let glued = |k: usize| tokens.is_joined(k) && (tokens.is_word(k) || tokens.is_word(k - 1));
                let long = tokens.count(at) >= 10;
                if (glued(at) || glued(at + 1)) && !long {
                    return None;
                }
                self.digits.extend(tokens.digits(at));
                Some(at + 1)
            }
            TokenKind::Word if spoken && !(tokens.is_joined(at) && tokens.is_figures(at.wrapping_sub(1))) => {
                self.word(tokens, at, inside)
            }
            _ => None,
        }
    }

    fn word(&mut self, tokens: &Tokens, at: usize, inside: bool) -> Option<usize> {
        let word = tokens.key(at);
        let same = tokens.is_same_turn(at, at + 1);
        if let Some(digit) = spoken_digit(word) {
            self.digits.push(b'0' + digit);
            return Some(at + 1);
        }
        if let Some(count) = times(word).filter(|_| same) {
            let digit = match spoken_digit(tokens.key(at + 1)) {
                Some(digit) => b'0' + digit,
                None if tokens.count(at + 1) == 1 => tokens.digits(at + 1).next()?,
                None => return None,
            };
            self.digits.extend(std::iter::repeat_n(digit, count));
            return Some(at + 2);
        }
        if let Some(number) = teen(word) {
            self.digits.extend([b'1', b'0' + number % 10]);
            return Some(at + 1);
        }
        if let Some(number) = tens(word) {
            let next = if tokens.is_mark(at + 1, "-") { at + 2 } else { at + 1 };
            let unit = spoken_digit(tokens.key(next)).filter(|unit| *unit > 0 && tokens.is_same_turn(at, next));
            self.digits.extend([b'0' + number / 10, b'0' + unit.unwrap_or(0)]);
            return Some(if unit.is_some() { next + 1 } else { at + 1 });
        }
        if !inside {
            return None;
        }
        // "Eight hundred": of one digit that was said before.
        let zeros: &[u8] = match word {
            "hundred" => b"00",
            "thousand" => b"000",
            _ => b"",
        };
        if !zeros.is_empty() {
            self.digits.extend(zeros);
            return Some(at + 1);
        }
        let one = |k: usize| {
            spoken_digit(tokens.key(k)).is_some() || tokens.count(k) == 1 || sounds_like(tokens.key(k)).is_some()
        };
        let digit = sounds_like(word).filter(|_| same && at > 0 && one(at - 1) && one(at + 1))?;
        self.digits.push(b'0' + digit);
        Some(at + 1)
    }
}

/// Where the next digits of a number may stand behind a token, and whether only marks and spaces lie between.
fn gap(tokens: &Tokens, plain: &[bool], from: usize, spoken: bool) -> Option<(usize, bool)> {
    const MARKS: usize = 4;
    const WORDS: usize = 4;
    let (mut at, mut marks, mut words) = (from, 0, 0);
    loop {
        if !tokens.is_same_turn(from - 1, at) {
            return None;
        }
        match tokens.kind(at) {
            TokenKind::Mark if marks < MARKS && is_between(tokens.shown(at), spoken) => marks += 1,
            TokenKind::Figures if !plain[at] => return Some((at, words == 0)),
            TokenKind::Word if spoken => {
                let key = tokens.key(at);
                let digit = spoken_digit(key).is_some()
                    || teen(key).is_some()
                    || tens(key).is_some()
                    || times(key).is_some()
                    || sounds_like(key).is_some()
                    || matches!(key, "hundred" | "thousand");
                if digit {
                    return Some((at, words == 0));
                }
                if words == WORDS || !is_filler(key) {
                    return None;
                }
                words += 1;
            }
            _ => return None,
        }
        at += 1;
    }
}

/// Marks that may stand between the digits of a number. In a name of a file `/` parts folders.
fn is_between(mark: &str, spoken: bool) -> bool {
    matches!(mark, "," | "-" | "." | "–" | "—" | "…" | "(" | ")" | "\u{2011}" | "·" | "'")
        || spoken && matches!(mark, "/" | ";" | "?" | "!")
}
