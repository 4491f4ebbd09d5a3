//! The words, figures and marks of what was said, each with its turn.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Digits in a row.
    Figures,
    /// Letters in a row, with the apostrophes inside.
    Word,
    /// Any other character but a space.
    Mark,
    /// What stands where something was replaced before: `[card number]`.
    Label,
}

/// A piece of a turn.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    /// Counted as the turns are handed over.
    pub turn: u32,
    /// Whoever speaks the turn.
    pub speaker: u16,
    /// Bytes of the text.
    pub at: Range<usize>,
    /// Where the part ends that is compared: "it" of "it's".
    key: usize,
}

impl Token {
    /// The label that stands in place of bytes, whose first token is this.
    pub fn label(&self, at: Range<usize>) -> Token {
        Token { kind: TokenKind::Label, turn: self.turn, speaker: self.speaker, key: at.end, at }
    }
}

/// A text cut into tokens.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub text: String,
    /// In lower case, byte for byte.
    lower: String,
    pub all: Vec<Token>,
}

/// A turn to be cut: who speaks, and its bytes.
pub(super) type TurnAt = (u16, Range<usize>);

impl Tokens {
    /// The tokens of turns of a text.
    pub fn of(text: &str, turns: &[TurnAt], labels: &[&str]) -> Tokens {
        let mut tokens =
            Tokens { text: text.to_owned(), lower: text.to_ascii_lowercase(), all: Vec::with_capacity(text.len() / 5) };
        for (turn, (speaker, at)) in turns.iter().enumerate() {
            tokens.cut(turn as u32, *speaker, at.clone(), labels);
        }
        tokens
    }

    fn cut(&mut self, turn: u32, speaker: u16, range: Range<usize>, labels: &[&str]) {
        let mut at = range.start;
        while let Some(first) = self.text[at..range.end].chars().next() {
            let start = at;
            at += first.len_utf8();
            if first.is_whitespace() {
                continue;
            }
            let rest = &self.text[start..range.end];
            let mut key = None;
            let kind = if figure(first).is_some() {
                at = start + rest.find(|c| figure(c).is_none()).unwrap_or(rest.len());
                TokenKind::Figures
            } else if first.is_alphabetic() {
                let (end, apostrophe) = word_end(rest);
                at = start + end;
                // "o'clock", "I'm": a letter alone is one that is spelled.
                key = apostrophe.filter(|length| *length > 1).map(|length| start + length);
                TokenKind::Word
            } else if let Some(label) = labels.iter().find(|label| rest.starts_with(**label)) {
                at = start + label.len();
                TokenKind::Label
            } else {
                TokenKind::Mark
            };
            self.all.push(Token { kind, turn, speaker, at: start..at, key: key.unwrap_or(at) });
        }
    }

    /// The word as it is compared: in lower case, "it" for "it's".
    pub fn key(&self, token: usize) -> &str {
        self.all.get(token).map_or("", |t| &self.lower[t.at.start..t.key])
    }

    /// The token as it stands.
    pub fn shown(&self, token: usize) -> &str {
        self.all.get(token).map_or("", |t| &self.text[t.at.clone()])
    }

    /// What kind of token stands there; a mark where none does.
    pub fn kind(&self, token: usize) -> TokenKind {
        self.all.get(token).map_or(TokenKind::Mark, |t| t.kind)
    }

    /// Whether a token is a word.
    pub fn is_word(&self, token: usize) -> bool {
        self.kind(token) == TokenKind::Word
    }

    /// Whether a token is a number in figures.
    pub fn is_figures(&self, token: usize) -> bool {
        self.kind(token) == TokenKind::Figures
    }

    /// Whether a token is this mark.
    pub fn is_mark(&self, token: usize, mark: &str) -> bool {
        self.kind(token) == TokenKind::Mark && self.shown(token) == mark
    }

    /// Whether a token stands in the same turn as the one before it, with nothing in between.
    pub fn is_joined(&self, token: usize) -> bool {
        let before = token.checked_sub(1).and_then(|before| self.all.get(before));
        let this = self.all.get(token);
        before.zip(this).is_some_and(|(a, b)| a.at.end == b.at.start && a.turn == b.turn)
    }

    /// Whether both tokens are there, in one turn.
    pub fn is_same_turn(&self, a: usize, b: usize) -> bool {
        self.all.get(a).zip(self.all.get(b)).is_some_and(|(a, b)| a.turn == b.turn)
    }

    /// The digits of figures, as ASCII.
    pub fn digits(&self, token: usize) -> impl Iterator<Item = u8> + '_ {
        self.shown(token).chars().filter_map(figure)
    }

    /// How many digits a token has: none but figures.
    pub fn count(&self, token: usize) -> usize {
        if self.is_figures(token) { self.digits(token).count() } else { 0 }
    }

    /// What a short number in figures comes to.
    pub fn value(&self, token: usize) -> Option<u32> {
        let fits = (1..=9).contains(&self.count(token));
        fits.then(|| self.digits(token).fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
    }
}

/// How long the word is that a text begins with, and what is before its last part: "it" of "it's".
fn word_end(text: &str) -> (usize, Option<usize>) {
    let mut apostrophe = None;
    for (at, c) in text.char_indices() {
        if c.is_alphabetic() {
            continue;
        }
        let inside = matches!(c, '\'' | '’') && text[at + c.len_utf8()..].starts_with(char::is_alphabetic);
        if !inside {
            return (at, apostrophe);
        }
        apostrophe = apostrophe.or(Some(at));
    }
    (text.len(), apostrophe)
}

/// A digit of any of the scripts that transcripts of English calls hold, as ASCII.
pub(super) fn figure(c: char) -> Option<u8> {
    // Where the zeros stand: Arabic, Persian and Urdu, Devanagari, Bengali, full width.
    const ZEROS: [u32; 5] = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c as u8);
    }
    let value = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero).filter(|value| *value < 10))?;
    Some(b'0' + value as u8)
}
