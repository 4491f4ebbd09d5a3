//! Words as names are looked for among them: lower case, with what stands between them.

use super::classes::{self, Class, FILLER, NOT_NAME};
use super::given::Given;
use crate::call::Call;
use crate::text::scene::Token;
use crate::text::traits;
use crate::text::words::{Gap, Kind};
use std::ops::Deref;

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
        self.tokens.get(k).map_or("", |token| word(self.call, token))
    }

    /// Lower case, with its apostrophe: "it's" is not "it".
    pub fn at(self, k: usize) -> Lower<'a> {
        Lower::of(self.written(k))
    }

    /// The word so far before a place, lower case; empty outside the sentence.
    pub fn before(self, k: usize, back: usize) -> Lower<'a> {
        k.checked_sub(back).map_or(Lower::As(""), |k| self.at(k))
    }

    /// As names are compared: lower case, no possessive.
    pub fn name(self, k: usize) -> Lower<'a> {
        let written = self.written(k);
        let bare = written.strip_suffix("'s").or_else(|| written.strip_suffix("\u{2019}s"));
        Lower::of(bare.unwrap_or(written))
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

    /// Whether its word has one of these traits.
    fn has(self, k: usize, any: u32) -> bool {
        self.tokens.get(k).is_some_and(|token| token.is(any))
    }

    /// What it is as a given name. A capital inside a sentence makes a name of a word that may be one.
    pub fn given(self, k: usize) -> Option<Given> {
        if !self.has(k, traits::GIVEN) {
            return None;
        }
        let shown = || k > 0 && self.is_capital(k);
        if self.has(k, traits::SURE_NAME) || shown() { Some(Given::Name) } else { Some(Given::AlsoWord) }
    }

    /// Whether it is hardly ever anything but a given name.
    pub fn is_sure(self, k: usize) -> bool {
        self.has(k, traits::SURE_NAME)
    }

    pub fn is_title(self, k: usize) -> bool {
        self.has(k, traits::TITLE)
    }

    /// Whether somebody may be greeted or called by name behind it.
    pub fn may_greet(self, k: usize) -> bool {
        self.has(k, traits::GREETS)
    }

    /// Whether a name may begin at a place, or behind a filler there: it has a capital, or its word may be one.
    pub fn may_be_name(self, k: usize) -> bool {
        let Some(token) = self.tokens.get(k) else {
            return false;
        };
        let first = self.call.text().as_bytes()[token.start as usize];
        let is_capital = first.is_ascii_uppercase() || first >= 0x80;
        let is_told = token.is(traits::GIVEN | traits::TITLE) || token.skip() > 0;
        is_capital || is_told || self.is(k, FILLER)
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

/// A word in lower case, its apostrophe straight. This is asked of many words, so that short ones take no memory.
#[derive(Clone, Debug)]
pub(super) enum Lower<'a> {
    /// As it is written.
    As(&'a str),
    /// A short one that had capitals, and its length.
    Short([u8; SHORT], u8),
    Long(String),
}

const SHORT: usize = 22;

impl<'a> Lower<'a> {
    pub fn of(word: &'a str) -> Lower<'a> {
        let changes = |b: &u8| b.is_ascii_uppercase() || !b.is_ascii();
        if !word.as_bytes().iter().any(changes) {
            return Lower::As(word);
        }
        if !word.is_ascii() || word.len() > SHORT {
            return Lower::Long(word.to_lowercase().replace('\u{2019}', "'"));
        }
        let mut short = [0; SHORT];
        short[..word.len()].copy_from_slice(word.as_bytes());
        short.make_ascii_lowercase();
        Lower::Short(short, word.len() as u8)
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Lower::As(word) => word,
            Lower::Short(bytes, len) => std::str::from_utf8(&bytes[..usize::from(*len)]).unwrap_or(""),
            Lower::Long(word) => word,
        }
    }
}

/// A word as it is written.
pub(super) fn word<'c>(call: &'c Call, token: &Token) -> &'c str {
    &call.text()[token.start as usize..token.end as usize]
}

/// Whether a word begins with a capital and is not all capitals.
pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase)
}
