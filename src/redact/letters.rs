//! Numbers that hold letters: UK national insurance numbers, Indian PANs, US Medicare numbers, IBANs, postcodes. Written
//! or spelled out, "Q for Queen" included.

use super::checksums::{iban, iban_length};
use super::kind::Kind;
use super::numbers::{is_filler, spoken_digit, teen, tens, times};
use super::tokens::{TokenKind, Tokens};
use std::ops::Range;

/// A letter or digit, in capitals, and the token that it comes from.
#[derive(Clone, Copy, Debug)]
struct Sign {
    value: u8,
    token: usize,
    /// It begins a word.
    begins: bool,
}

/// Signs in a row, with nothing between them but marks and hesitation.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    signs: Vec<Sign>,
}

/// Letters by the words that spell them.
const SPELLING: [&str; 26] = [
    "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo", "lima",
    "mike", "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "x-ray",
    "yankee", "zulu",
];

/// All rows of signs that hold a digit and a letter.
pub(super) fn spelled(tokens: &Tokens, plain: &[bool], spoken: bool) -> Vec<Spelled> {
    let mut all = Vec::new();
    let mut row = Spelled::default();
    let (mut at, mut gaps) = (0, 0);
    while at < tokens.all.len() {
        if at > 0 && !tokens.is_same_turn(at - 1, at) {
            row.end(&mut all);
        }
        let before = row.signs.len();
        match row.take(tokens, plain, at, spoken) {
            Some(next) => {
                gaps = if row.signs.len() > before { 0 } else { gaps + 1 };
                at = next;
                if gaps == 6 {
                    row.end(&mut all);
                }
            }
            None if row.signs.is_empty() => at += 1,
            // The token may begin a row of its own.
            None => row.end(&mut all),
        }
    }
    row.end(&mut all);
    all
}

impl Spelled {
    fn end(&mut self, all: &mut Vec<Spelled>) {
        let row = std::mem::take(self);
        let has = |is: fn(&u8) -> bool| row.signs.iter().any(|sign| is(&sign.value));
        if has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) {
            all.push(row);
        }
    }

    fn add(&mut self, token: usize, signs: impl Iterator<Item = u8>, begins: bool) {
        for (k, sign) in signs.enumerate() {
            self.signs.push(Sign { value: sign.to_ascii_uppercase(), token, begins: begins && k == 0 });
        }
    }

    /// Takes what stands at a token into the row, and returns what comes next. None if it ends the row.
    fn take(&mut self, tokens: &Tokens, plain: &[bool], at: usize, spoken: bool) -> Option<usize> {
        let begins = !tokens.is_joined(at) || tokens.kind(at - 1) == TokenKind::Mark;
        match tokens.kind(at) {
            TokenKind::Figures if !plain[at] || self.hangs_on(tokens, at) => {
                self.add(at, tokens.digits(at), begins);
                Some(at + 1)
            }
            TokenKind::Word => self.word(tokens, at, spoken, begins),
            // Leading marks belong to nothing.
            TokenKind::Mark if !self.signs.is_empty() && matches!(tokens.shown(at), "," | "-" | "." | "–") => {
                Some(at + 1)
            }
            _ => None,
        }
    }

    /// Whether figures hang on the row by hyphens: what looks like a date in there is none.
    fn hangs_on(&self, tokens: &Tokens, at: usize) -> bool {
        let close = self.signs.last().is_some_and(|last| last.token + 2 >= at);
        close && tokens.is_joined(at) && (tokens.is_word(at - 1) || tokens.is_joined(at - 1))
    }

    /// The tokens of the row, and how many letters and digits it has. An "I" or "a" that it begins with is a word of the
    /// sentence.
    pub fn whole(&self) -> (Range<usize>, usize, usize) {
        let word = |pair: &[Sign]| matches!(pair[0].value, b'I' | b'A') && pair[1].value.is_ascii_digit();
        let skip = usize::from(self.signs.get(..2).is_some_and(word));
        let signs = &self.signs[skip..];
        let digits = signs.iter().filter(|sign| sign.value.is_ascii_digit()).count();
        let tokens = signs.first().map_or(0, |sign| sign.token)..signs.last().map_or(0, |sign| sign.token + 1);
        (tokens, signs.len() - digits, digits)
    }

    fn word(&mut self, tokens: &Tokens, at: usize, spoken: bool, begins: bool) -> Option<usize> {
        let (key, shown) = (tokens.key(at), tokens.shown(at));
        let letters = shown.bytes().all(|c| c.is_ascii_alphabetic());
        if !letters {
            return None;
        }
        let figures_beside =
            !begins && tokens.is_figures(at - 1) || tokens.is_joined(at + 1) && tokens.is_figures(at + 1);
        if shown.len() == 1 {
            self.add(at, key.bytes(), begins);
            // "Q for Queen".
            let example = spoken && matches!(tokens.key(at + 1), "for" | "as") && tokens.is_word(at + 2);
            let for_word = example && tokens.key(at + 1) == "for" && starts_alike(tokens.key(at + 2), key);
            let as_in = example && tokens.key(at + 2) == "in" && starts_alike(tokens.key(at + 3), key);
            return Some(if for_word {
                at + 3
            } else if as_in {
                at + 4
            } else {
                at + 1
            });
        }
        if spoken {
            if let Some(digit) = spoken_digit(key) {
                self.add(at, [b'0' + digit].into_iter(), begins);
                return Some(at + 1);
            }
            if let Some(count) = times(key) {
                let sign = spoken_digit(tokens.key(at + 1)).map(|digit| b'0' + digit);
                let next = tokens.shown(at + 1);
                let sign = sign.or_else(|| next.bytes().next().filter(|_| next.len() == 1))?;
                self.add(at + 1, std::iter::repeat_n(sign, count), begins);
                return Some(at + 2);
            }
            if let Some(number) = teen(key) {
                self.add(at, [b'1', b'0' + number % 10].into_iter(), begins);
                return Some(at + 1);
            }
            if let Some(number) = tens(key) {
                let unit = spoken_digit(tokens.key(at + 1)).filter(|unit| *unit > 0);
                self.add(at, [b'0' + number / 10, b'0' + unit.unwrap_or(0)].into_iter(), begins);
                return Some(at + 1 + usize::from(unit.is_some()));
            }
            if let Some(letter) = SPELLING.iter().position(|word| *word == key) {
                self.add(at, [b'A' + letter as u8].into_iter(), begins);
                return Some(at + 1);
            }
            if is_filler(key) && !self.signs.is_empty() {
                return Some(at + 1);
            }
        }
        let capitals = shown.len() <= 6 && shown.bytes().all(|c| c.is_ascii_uppercase());
        if capitals || figures_beside && shown.len() <= 6 {
            self.add(at, key.bytes(), begins);
            return Some(at + 1);
        }
        None
    }

    /// What the row holds, from and to which token. With `postcodes` those count as well; they need a cue.
    pub fn find(&self, postcodes: bool, found: &mut Vec<(Range<usize>, Kind)>) {
        let signs: Vec<u8> = self.signs.iter().map(|sign| sign.value).collect();
        let mut at = 0;
        while at < signs.len() {
            let here = if self.signs[at].begins { self.at(&signs[at..], at, postcodes) } else { None };
            let Some((length, kind)) = here else {
                at += 1;
                continue;
            };
            // "G, um, G B": what is said twice at its ends belongs to it.
            let (mut first, mut end) = (at, at + length);
            while first > 0 && signs[first - 1] == signs[at] && at - first < 2 {
                first -= 1;
            }
            while end < signs.len() && signs[end] == signs[at + length - 1] && end - at - length < 2 {
                end += 1;
            }
            found.push((self.signs[first].token..self.signs[end - 1].token + 1, kind));
            at = end;
        }
    }

    fn at(&self, signs: &[u8], from: usize, postcodes: bool) -> Option<(usize, Kind)> {
        let ends =
            |length: usize| signs.len() >= length && self.signs.get(from + length).is_none_or(|next| next.begins);
        if let Some(length) = iban_length(signs).filter(|length| ends(*length) && iban(&signs[..*length])) {
            return Some((length, Kind::Account));
        }
        let is = |length: usize, shape: &str| ends(length) && fits(&signs[..length], shape);
        if is(9, "LL999999L") && national_insurance(signs) {
            return Some((9, Kind::Identity));
        }
        if is(10, "LLLLL9999L") && b"PCHFATBLJG".contains(&signs[3]) {
            return Some((10, Kind::Identity));
        }
        if is(11, "9LA9LA9LL99") {
            return Some((11, Kind::Identity));
        }
        if !postcodes {
            return None;
        }
        let shapes = ["LL99 9LL", "LL9L 9LL", "LL9 9LL", "L99 9LL", "L9L 9LL", "L9 9LL", "L9L9L9"];
        let shape = shapes.iter().find(|shape| is(shape.bytes().filter(|c| *c != b' ').count(), shape))?;
        Some((shape.bytes().filter(|c| *c != b' ').count(), Kind::Address))
    }
}

fn starts_alike(word: &str, letter: &str) -> bool {
    word.starts_with(letter) && word.len() > 1
}

/// Whether signs have a shape: L a letter, 9 a digit, A either.
fn fits(signs: &[u8], shape: &str) -> bool {
    let wanted = shape.bytes().filter(|c| *c != b' ');
    signs.iter().zip(wanted).all(|(sign, wanted)| match wanted {
        b'L' => sign.is_ascii_uppercase(),
        b'9' => sign.is_ascii_digit(),
        _ => true,
    })
}

/// Whether the letters are those of a national insurance number; Q, which only examples begin with, is taken for one.
fn national_insurance(signs: &[u8]) -> bool {
    let never = [b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"];
    !b"DFIUV".contains(&signs[0])
        && !b"DFIOUV".contains(&signs[1])
        && never.iter().all(|pair| signs[..2] != pair[..])
        && (b'A'..=b'D').contains(&signs[8])
}
