//! Where the words of calls stand in their file, for outputs that point at lines and columns. Readers know nothing of
//! it: words are looked for in the text of the record once more, and only where such an output is asked for.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::call::{Call, WordPlace};
use crate::input::text::markup;

/// So many words of a turn that stand side by side in the file are no chance; the fewer only where the more are not
/// found, since a cue's times may stand between a turn's first words.
const SURE: [usize; 2] = [4, 2];
/// Within a turn, so many words of the file may stand between two of its own: a line break's label, a cue's times.
const BETWEEN: usize = 12;
/// Looking for turns that are nowhere must not take longer than reading.
const STEPS: usize = 40;

/// One word of a text.
#[derive(Clone, Copy)]
struct Word {
    hash: u64,
    /// Where it starts, in bytes.
    at: usize,
    line: u32,
    column: u32,
    end_column: u32,
}

/// The words of a record, and how far its calls were found in it.
pub struct Places {
    words: Vec<Word>,
    /// Behind the turn that was found last.
    next: usize,
    /// How many more comparisons may be made.
    steps: usize,
}

impl Places {
    /// The words of a record whose first line has this number.
    pub fn of(record: &str, line: u64) -> Places {
        let words = words(record, u32::try_from(line).unwrap_or(u32::MAX));
        Places { steps: words.len().saturating_mul(STEPS).saturating_add(10_000), words, next: 0 }
    }

    /// Notes in a call where its words stand.
    pub fn locate(&mut self, call: &mut Call) {
        let mut places = Vec::new();
        for turn in &call.turns {
            let wanted = words(call.turn_text(turn), 1);
            let Some(from) = SURE.into_iter().find_map(|sure| self.find(&wanted[..wanted.len().min(sure)])) else {
                continue;
            };
            let mut here = from;
            for word in &wanted {
                let near = &self.words[here..(here + BETWEEN).min(self.words.len())];
                let Some(ahead) = near.iter().position(|w| w.hash == word.hash) else { continue };
                let found = near[ahead];
                here += ahead + 1;
                let at = turn.text.start + word.at as u32;
                places.push(WordPlace { at, line: found.line, column: found.column, end_column: found.end_column });
            }
            self.next = here;
        }
        call.places = places;
    }

    /// Where a turn begins: behind the one before, else anywhere.
    fn find(&mut self, wanted: &[Word]) -> Option<usize> {
        let first = wanted.first()?;
        let from = self.next;
        for k in (from..self.words.len()).chain(0..from) {
            self.steps = self.steps.checked_sub(1)?;
            let here = &self.words[k..];
            if here[0].hash == first.hash
                && here.len() >= wanted.len()
                && here.iter().zip(wanted).all(|(a, b)| a.hash == b.hash)
            {
                return Some(k);
            }
        }
        None
    }
}

/// The words of a text: runs of letters and digits, whatever stands for them in JSON or HTML.
fn words(text: &str, mut line: u32) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open: Option<(FxHasher, Word)> = None;
    let (mut column, mut at) = (1u32, 0);
    while let Some(c) = text[at..].chars().next() {
        let (said, length) = match c {
            '\\' => escape(&text[at..]),
            '&' => entity(&text[at..]),
            c => (c, c.len_utf8()),
        };
        let width = text[at..at + length].chars().count() as u32;
        if said.is_alphanumeric() {
            let (hasher, word) = open
                .get_or_insert_with(|| (FxHasher::default(), Word { hash: 0, at, line, column, end_column: column }));
            said.to_lowercase().for_each(|c| hasher.write_u32(u32::from(c)));
            word.end_column = column + width;
        } else if let Some((hasher, word)) = open.take() {
            words.push(Word { hash: hasher.finish(), ..word });
        }
        at += length;
        column += width;
        if c == '\n' || (c == '\r' && !text[at..].starts_with('\n')) {
            line = line.saturating_add(1);
            column = 1;
        }
    }
    words.extend(open.map(|(hasher, word)| Word { hash: hasher.finish(), ..word }));
    words
}

/// What a backslash and what is behind it stand for, and how long both are.
fn escape(text: &str) -> (char, usize) {
    let behind = text[1..].chars().next().unwrap_or(' ');
    if behind == 'u'
        && let Some(c) = text.get(2..6).and_then(|hex| u32::from_str_radix(hex, 16).ok())
    {
        return (char::from_u32(c).unwrap_or(' '), 6);
    }
    (' ', (1 + behind.len_utf8()).min(text.len()))
}

/// What an entity such as `&eacute;` stands for, and how long it is.
fn entity(text: &str) -> (char, usize) {
    let end = text.as_bytes().iter().take(12).position(|b| *b == b';').map(|end| end + 1);
    let decoded = end.and_then(|end| Some((markup::decoded(text.get(..end)?).chars().next()?, end)));
    decoded.filter(|(c, _)| *c != '&').unwrap_or(('&', 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    fn placed(record: &str, line: u64, turns: &[&str]) -> Vec<(u32, u32, u32)> {
        let mut call = Call::default();
        let who = call.speaker(Role::Agent, "A", None);
        for text in turns {
            call.push_turn(who, None, None, text);
        }
        Places::of(record, line).locate(&mut call);
        call.places.iter().map(|p| (p.line, p.column, p.end_column)).collect()
    }

    #[test]
    fn words_are_found_in_text_json_and_html() {
        assert_eq!(placed("A: Hi.\nB: Yes, hi.\n", 1, &["Hi.", "Yes, hi."]), [(1, 4, 6), (2, 4, 7), (2, 9, 11)]);
        let json = r#"{"t":"Zo\u00e9,\nhi"}"#;
        assert_eq!(placed(json, 7, &["Zoé,\nhi"]), [(7, 7, 15), (7, 18, 20)]);
        assert_eq!(placed("Zo&eacute;&#39;s", 1, &["Zoé's"]), [(1, 1, 11), (1, 16, 17)]);
        // What is written otherwise, or twice, or nowhere.
        assert_eq!(placed("one two\n00:01 -> x\nthree", 1, &["one two three"]), [(1, 1, 4), (1, 5, 8), (3, 1, 6)]);
        assert_eq!(placed("b\na", 1, &["a", "b", "c"]), [(2, 1, 2), (1, 1, 2)]);
        for odd in ["\\", "\\u", "\\u12", "&", "&;", "&amp", "é\\é"] {
            let _ = placed(odd, 1, &["x"]);
        }
    }
}
