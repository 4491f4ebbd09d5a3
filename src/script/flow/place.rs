//! Where the words of a cell or a string stand in a file that writes them in its own way: quoted, escaped, folded.

use crate::script::lines::Page;
use crate::script::{Mark, Speech, spoken};

/// A text of a file: what it says, and the stretch of the file that it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Line of its first character, from 1.
    pub line: u32,
    /// Column of its first character, from 1.
    pub column: u32,
    /// The file from there on, as it is written, up to the end of the text.
    pub written: String,
}

/// The spoken words of a text, each with its place in the file.
pub fn spoken(text: &Text) -> Option<Speech> {
    let page = Page::read(&text.text);
    let number = page.lines.len() as u32;
    let whole = |line: u32| super::super::blocks::Span { line, from: 0, to: page.line(line).len() };
    let spans: Vec<_> = (1..=number).map(whole).collect();
    let mut speech = spoken::of(&page, &spans, text.line..text.line + 1)?;
    speech.marks = marks(&speech.text, text);
    speech.lines = text.line..speech.marks.last().map_or(text.line, |m| m.line) + 1;
    Some(speech)
}

/// The place of each word, found one after the other in what is written; a word that is written with escapes has that
/// of the word before it.
fn marks(said: &str, text: &Text) -> Vec<Mark> {
    let mut marks = vec![Mark { at: 0, line: text.line, column: text.column }];
    let (mut from, mut line, mut column) = (0, text.line, text.column);
    let mut go = |to: usize, from: &mut usize| {
        for c in text.written[*from..to].chars() {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        *from = to;
        (line, column)
    };
    let mut at = 0;
    for word in said.split(char::is_whitespace) {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !plain.is_empty()
            && let Some(found) = text.written[from..].find(plain)
        {
            let lead = word.find(plain).unwrap_or(0);
            let (line, column) = go(from + found, &mut from);
            marks.push(Mark { at: (at + lead) as u32, line, column });
            go(from + plain.len(), &mut from);
        }
        at += word.len() + said[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    if marks.get(1).is_some_and(|m| m.at == 0) {
        marks.remove(0);
    }
    marks
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_have_their_place_however_they_are_written() {
        let text = Text {
            text: "I'm sorry, \"Ann\" and all of you.".to_owned(),
            line: 3,
            column: 5,
            written: "I'm sorry,\n      \\\"Ann\\\" and\n      all of you.".to_owned(),
        };
        let speech = spoken(&text).unwrap();
        for (word, place) in [("sorry", (3, 9)), ("Ann", (4, 9)), ("all", (5, 7)), ("you", (5, 14))] {
            assert_eq!(speech.place(speech.text.find(word).unwrap()), place, "{word}");
        }
        assert_eq!(speech.lines, 3..6);
    }
}
