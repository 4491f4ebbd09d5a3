//! Long numbers and e-mail addresses, which tell who somebody is, replaced by others of the same shape.
//!
//! The shape stays because rules may look at it: an account number that was read back must still be one. So does the
//! first digit, by which the numbers of cards are known.

use crate::call::edits::Edit;
use crate::redact::spoken_digit;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A long number: five digits or more, with single spaces or hyphens between them; or groups of three digits and more
/// with commas or dots between them, as speech recognition writes pauses.
static DIGITS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\d(?:[ -]?\d){4,}|\d{3,}(?:(?:, |\.+ ?)\d{3,})+").ok());

static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+").ok());

/// Single letters in a row, as names and postcodes are spelled.
static SPELLED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\pL'’])(\pL(?:(?:-|, | |\. ?)\pL\b){3,})").ok());

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\pL+").ok());

/// What stands in place of digits that were spoken.
const SPOKEN: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// So many spoken digits in a row are a long number that tells who somebody is.
const LONG: usize = 5;

/// Finds what is to be replaced; the same number gets the same digits every time.
#[derive(Debug, Default)]
pub struct Numbers {
    seen: BTreeMap<String, usize>,
    /// How many e-mail addresses were met.
    emails: usize,
}

impl Numbers {
    /// How many different numbers and addresses were replaced.
    pub fn count(&self) -> usize {
        self.seen.len() + usize::from(self.emails > 0)
    }

    /// Adds the edits of a text that begins at `from`.
    pub fn find(&mut self, text: &str, from: usize, edits: &mut Vec<Edit>) {
        for found in EMAIL.iter().flat_map(|r| r.find_iter(text)) {
            self.emails += 1;
            edits.push(edit(from, found.range(), "name@example.org".to_owned()));
        }
        for found in DIGITS.iter().flat_map(|r| r.find_iter(text)) {
            let digits: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
            let start = self.start(digits);
            let digits = found.as_str().char_indices();
            let digits = digits.filter(|(_, c)| c.is_ascii_digit()).enumerate();
            // The first digit stays: the numbers of cards are known by it.
            for (nth, (at, _)) in digits.skip(1) {
                let at = found.start() + at;
                edits.push(edit(from, at..at + 1, digit(start + nth).to_string()));
            }
        }
        let spelled = SPELLED.iter().flat_map(|r| r.captures_iter(text));
        for found in spelled.filter_map(|found| found.get(1)) {
            let letters: String = found.as_str().chars().filter(|c| c.is_alphabetic()).collect();
            let lower = letters.to_lowercase();
            // "I, I, I, I": nobody spells that.
            if lower.chars().all(|c| lower.starts_with(c)) {
                continue;
            }
            self.start(lower);
            for (nth, (at, c)) in found.as_str().char_indices().filter(|(_, c)| c.is_alphabetic()).enumerate() {
                let letter = char::from(b'A' + (nth % 26) as u8);
                let letter = if c.is_lowercase() { letter.to_ascii_lowercase() } else { letter };
                let at = found.start() + at;
                edits.push(edit(from, at..at + c.len_utf8(), letter.to_string()));
            }
        }
        self.spoken(text, from, edits);
    }

    /// Digits in words: a run of them with nothing but spaces and commas in between.
    fn spoken(&mut self, text: &str, from: usize, edits: &mut Vec<Edit>) {
        let mut run: Vec<(std::ops::Range<usize>, Option<usize>)> = Vec::new();
        let words = WORD.iter().flat_map(|r| r.find_iter(text)).map(|m| m.range());
        for word in words.chain(std::iter::once(text.len()..text.len())) {
            let lower = text[word.clone()].to_lowercase();
            let value = spoken_digit(&lower).map(usize::from);
            let belongs = value.is_some() || matches!(lower.as_str(), "double" | "triple");
            let close = run
                .last()
                .is_none_or(|(last, _)| text[last.end..word.start].chars().all(|c| matches!(c, ' ' | ',' | '-' | '.')));
            if !belongs || !close {
                self.end_run(&mut run, text, from, edits);
            }
            if belongs {
                run.push((word, value));
            }
        }
    }

    fn end_run(
        &mut self,
        run: &mut Vec<(std::ops::Range<usize>, Option<usize>)>,
        text: &str,
        from: usize,
        edits: &mut Vec<Edit>,
    ) {
        let values: Vec<usize> = run.iter().filter_map(|(_, value)| *value).collect();
        if values.len() >= LONG {
            let start = self.start(values.iter().map(ToString::to_string).collect());
            let digits = run.drain(..).filter(|(_, value)| value.is_some());
            for (nth, (word, _)) in digits.enumerate().skip(1) {
                let new = SPOKEN[(start + nth) % 10];
                let capital = text[word.clone()].starts_with(char::is_uppercase);
                let new = if capital { format!("{}{}", new[..1].to_uppercase(), &new[1..]) } else { new.to_owned() };
                edits.push(edit(from, word, new));
            }
        }
        run.clear();
    }

    /// The digit from which the digits of a number are counted up: another one for each number.
    fn start(&mut self, number: String) -> usize {
        let next = self.seen.len();
        *self.seen.entry(number).or_insert(next)
    }
}

fn digit(n: usize) -> char {
    char::from(b'0' + (n % 10) as u8)
}

fn edit(from: usize, at: std::ops::Range<usize>, text: String) -> Edit {
    Edit { at: from + at.start..from + at.end, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::edits::{apply, in_order};

    fn masked(text: &str) -> String {
        let mut edits = Vec::new();
        Numbers::default().find(text, 100, &mut edits);
        apply(text, 100, &in_order(edits))
    }

    #[test]
    fn long_numbers_keep_their_shape_and_nothing_else() {
        for (text, want) in [
            ("It's 4929 8811 2043 7765.", "It's 4123 4567 8901 2345."),
            ("77120, no, 77121. Again 7-7-1-2-0.", "71234, no, 72345. Again 7-1-2-3-4."),
            ("ssn 123-45-6789", "ssn 112-34-5678"),
            ("acct 4929, 8811, 2043", "acct 4123, 4567, 8901"),
            ("AB-441 in 2026 for 1,200.50 at 10:30", "AB-441 in 2026 for 1,200.50 at 10:30"),
            ("mail jo.bell@acme.co.uk or JO@x.io", "mail name@example.org or name@example.org"),
            ("four four one, seven two nine", "four one two, three four five"),
            ("Double nine, oh, eight, one, two", "Double nine, one, two, three, four"),
            ("double nine oh eight one two", "double nine one two three four"),
            ("one two three", "one two three"),
            ("B-E-N-N", "A-B-C-D"),
            ("it's e t t a", "it's a b c d"),
            ("I, I, I, I can't, a b c", "I, I, I, I can't, a b c"),
        ] {
            assert_eq!(masked(text), want);
        }
    }
}
