//! Words as names are looked for among them: lower case, with what stands between them.

use super::classes::{self, Class, NOT_NAME, TITLE};
use super::given::{self, Given};
use super::{is_capital, name_of, word};
use crate::call::Call;
use crate::text::scene::Token;
use crate::text::words::{Gap, Kind};
use std::borrow::Cow;

/// The words of a sentence.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub call: &'a Call,
    pub tokens: &'a [Token],
    /// Capitals tell nothing here: there are none, as in raw speech recognition, or nothing else.
    pub bare: bool,
}

impl<'a> Words<'a> {
    pub fn len(self) -> usize {
        self.tokens.len()
    }

    /// As it is written; empty outside the sentence.
    pub fn written(self, k: usize) -> &'a str {
        self.tokens
            .get(k)
            .map_or("", |token| word(self.call, token))
    }

    /// Lower case, with its apostrophe: "it's" is not "it".
    pub fn at(self, k: usize) -> Cow<'a, str> {
        lower(self.written(k))
    }

    /// The word so far before a place, lower case; empty outside the sentence.
    pub fn before(self, k: usize, back: usize) -> Cow<'a, str> {
        k.checked_sub(back)
            .map_or(Cow::Borrowed(""), |k| self.at(k))
    }

    /// As names are compared: lower case, no possessive.
    pub fn name(self, k: usize) -> Cow<'a, str> {
        name_of(self.written(k))
    }

    pub fn gap(self, k: usize) -> Gap {
        self.tokens.get(k).map_or(Gap::Line, Token::gap)
    }

    /// Nothing but a space stands before it.
    pub fn follows(self, k: usize) -> bool {
        k > 0 && self.gap(k) == Gap::Space
    }

    /// A comma or nothing stands before a place.
    pub fn is_apart(self, k: usize) -> bool {
        k == 0 || self.gap(k) > Gap::Space
    }

    /// A comma or nothing stands behind a place.
    pub fn closes(self, k: usize) -> bool {
        k + 1 >= self.len() || self.gap(k + 1) > Gap::Space
    }

    /// Whether its letters are those of a name, and it is no word that never is one.
    pub fn is_plain(self, k: usize) -> bool {
        let Some(token) = self.tokens.get(k) else {
            return false;
        };
        let name = self.name(k);
        // "@Tesco", "#refund".
        let start = token.start as usize;
        let tagged = start > 0 && matches!(self.call.text().as_bytes()[start - 1], b'@' | b'#');
        let in_name = |c: char| c.is_alphabetic() || matches!(c, '\'' | '-');
        token.kind() == Kind::Word
            && name.chars().count() > 1
            && name.chars().all(in_name)
            && !tagged
            && !classes::is(&name, NOT_NAME)
    }

    /// What it is as a given name. A capital inside a sentence makes a name of a word that may be one.
    pub fn given(self, k: usize) -> Option<Given> {
        let given = given::given(&self.name(k));
        let shown = !self.bare && k > 0 && is_capital(self.written(k));
        given.map(|given| if shown { Given::Name } else { given })
    }

    /// Whether it is hardly ever anything but a given name.
    pub fn is_sure(self, k: usize) -> bool {
        given::given(&self.name(k)) == Some(Given::Name)
    }

    pub fn is_title(self, k: usize) -> bool {
        self.is(k, TITLE)
    }

    /// Whether the word at a place is of a class.
    pub fn is(self, k: usize, class: Class) -> bool {
        k < self.len() && classes::is(&self.at(k), class)
    }

    /// Whether the word before a place is of a class.
    pub fn is_behind(self, k: usize, class: Class) -> bool {
        k > 0 && self.is(k - 1, class)
    }

    /// A capital that tells: what is written in capitals alone is none.
    pub fn is_capital(self, k: usize) -> bool {
        !self.bare && is_capital(self.written(k))
    }
}

/// A word in lower case, its apostrophe straight.
pub(super) fn lower(word: &str) -> Cow<'_, str> {
    let changes = |b: u8| b.is_ascii_uppercase() || !b.is_ascii();
    if !word.bytes().any(changes) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    Cow::Owned(word.to_lowercase().replace('\u{2019}', "'"))
}
