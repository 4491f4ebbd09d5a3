//! The phrase syntax: what may stand in a set's `phrases`, read into a tree over words.
//!
//! ```text
//! phrase  = ["^"] items ["$"]        ^ the start, $ the end of a sentence
//! item    = word | wo*rd | "[" alternatives "]" | "(" alternatives ")" | "..." | "...{0,5}" | "<" set ">"
//!         | "\[" text "]"           a marker of the transcript, brackets included
//! alternatives = items { "|" items }
//! ```

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A gap without numbers holds up to this many words.
pub const GAP: u8 = 3;
/// The widest gap that may be written.
pub const WIDEST_GAP: u8 = 12;
/// So deep brackets may lie in each other.
pub const DEPTH: usize = 32;

/// A piece of a phrase, which borrows from what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item<'p> {
    /// A written word, lower case.
    Word(Cow<'p, str>),
    /// A word with `*` in it, lower case.
    Glob(Cow<'p, str>),
    /// Any words, from `min` to `max` of them.
    Gap {
        /// At least this many words.
        min: u8,
        /// At most this many words.
        max: u8,
    },
    /// One after the other.
    Seq(Vec<Item<'p>>),
    /// One of these.
    Alt(Vec<Item<'p>>),
    /// This or nothing.
    Opt(Box<Item<'p>>),
    /// The phrases of another set, or a built-in such as `number`.
    Set(&'p str),
}

/// A phrase that can be read.
#[derive(Clone, Debug)]
pub struct Phrase {
    written: Arc<str>,
}

/// What a phrase matches, and where in a sentence it must stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Tree<'p> {
    /// What it matches.
    pub item: Item<'p>,
    /// It must begin the sentence.
    pub at_start: bool,
    /// It must end the sentence.
    pub at_end: bool,
}

impl Phrase {
    /// A phrase of the library, which nobody looks at before it is needed: most runs need a part of it, and reading all
    /// of it would be most of the time of a small one. A test reads every one; a mistake in it would match nothing.
    pub fn of_library(written: Arc<str>) -> Phrase {
        Phrase { written }
    }

    /// What it matches, and where.
    pub fn tree(&self) -> Tree<'_> {
        read(&self.written).unwrap_or(Tree { item: Item::Alt(Vec::new()), at_start: false, at_end: false })
    }

    /// Calls `each` with the sets that it inlines and where they stand.
    pub fn each_set(&self, each: &mut dyn FnMut(&str, usize)) {
        // In a phrase that can be read, `<` begins nothing else outside of a marker.
        let (bytes, mut from) = (self.written.as_bytes(), 0);
        while let Some(at) = memchr::memchr2(b'<', b'\\', &bytes[from..]) {
            let at = from + at;
            let is_set = bytes[at] == b'<';
            let close = if is_set { b'>' } else { b']' };
            let Some(len) = memchr::memchr(close, &bytes[at..]) else {
                return;
            };
            if is_set {
                each(self.written[at + 1..at + len].trim(), at);
            }
            from = at + len + 1;
        }
    }

    /// The set that it is nothing but.
    pub fn only_set(&self) -> Option<&str> {
        let name = self.written.trim().strip_prefix('<')?.strip_suffix('>')?;
        (!name.contains(['<', '>'])).then_some(name)
    }
}

/// What is wrong with a phrase, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Byte offset within the phrase.
    pub at: usize,
    /// What is wrong and what to write instead.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

/// Reads a phrase of somebody who may have made a mistake.
pub fn parse(text: &str) -> Result<Phrase, Mistake> {
    let item = read(text)?.item;
    let what = if nullable(&item) {
        "it can match nothing at all: at least one word must be required"
    } else if begins_with_gap(&item) || ends_with_gap(&item) {
        "a gap needs a word before and after it"
    } else {
        return Ok(Phrase { written: text.into() });
    };
    Err(Mistake { at: 0, what: what.to_owned() })
}

fn read(text: &str) -> Result<Tree<'_>, Mistake> {
    let mut p = Parser { text, at: 0, depth: 0 };
    p.space();
    let at_start = p.eat('^');
    let item = p.items(None)?;
    let at_end = p.eat('$');
    p.space();
    if let Some(c) = p.peek() {
        let what = match c {
            '|' => "`|` stands between alternatives: put them in ( ) or [ ]".to_owned(),
            ')' | ']' | '>' | '}' => format!("this `{c}` closes nothing"),
            '$' => "`$` is the end of a sentence: nothing may follow it".to_owned(),
            '^' => "`^` is the start of a sentence: it must stand first".to_owned(),
            _ => format!("`{c}` has no meaning here"),
        };
        return p.wrong(p.at, what);
    }
    Ok(Tree { item, at_start, at_end })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// How many brackets are open.
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<char> {
        match self.text.as_bytes().get(self.at)? {
            b if b.is_ascii() => Some(char::from(*b)),
            _ => self.text[self.at..].chars().next(),
        }
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn space(&mut self) {
        while let Some(c) = self.peek() {
            let parts = matches!(c, ' ' | ',' | '-' | '.' | '!' | '?') || c.is_whitespace();
            if !parts || c == '.' && self.text[self.at..].starts_with("...") {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    fn wrong<T>(&self, at: usize, what: String) -> Result<T, Mistake> {
        Err(Mistake { at: at.min(self.text.len()), what })
    }

    /// Items up to a closing bracket, a bar or the end, and the space before it.
    fn items(&mut self, open: Option<(char, usize)>) -> Result<Item<'a>, Mistake> {
        // Most alternatives are a single word, which needs no list.
        let mut last = None;
        let mut seq = Vec::new();
        loop {
            self.space();
            let at = self.at;
            let item = match self.peek() {
                None => {
                    if let Some((bracket, at)) = open {
                        return self.wrong(at, format!("this `{bracket}` is never closed"));
                    }
                    break;
                }
                Some('|' | ')' | ']' | '$' | '>' | '}' | '^') => break,
                Some('(') => {
                    self.at += 1;
                    self.alternatives('(', ')', at)?
                }
                Some('[') => {
                    self.at += 1;
                    Item::Opt(Box::new(self.alternatives('[', ']', at)?))
                }
                Some('.') => {
                    self.at += 3;
                    self.gap(at)?
                }
                Some('<') => {
                    self.at += 1;
                    let Some(len) = self.text[self.at..].find('>') else {
                        return self.wrong(at, "this `<` is never closed".to_owned());
                    };
                    let name = self.text[self.at..self.at + len].trim();
                    self.at += len + 1;
                    Item::Set(name)
                }
                Some(c) if starts_word(c) => self.word(),
                Some('\\') => self.literal_marker(at)?,
                Some(c) => {
                    let what = format!("`{c}` has no meaning in a phrase; /…/ holds a regular expression");
                    return self.wrong(at, what);
                }
            };
            seq.extend(last.replace(item));
        }
        Ok(match last {
            Some(item) if seq.is_empty() => item,
            last => {
                seq.extend(last);
                Item::Seq(seq)
            }
        })
    }

    fn alternatives(&mut self, open: char, close: char, at: usize) -> Result<Item<'a>, Mistake> {
        self.depth += 1;
        if self.depth > DEPTH {
            return self.wrong(at, format!("brackets lie more than {DEPTH} deep in each other here"));
        }
        let mut all = Vec::new();
        loop {
            all.push(self.items(Some((open, at)))?);
            if self.eat('|') {
                continue;
            }
            if !self.eat(close) {
                return self.wrong(at, format!("this `{open}` wants a `{close}`"));
            }
            break;
        }
        self.depth -= 1;
        if all.iter().any(|i| matches!(i, Item::Seq(seq) if seq.is_empty())) {
            return self.wrong(at, "an alternative is empty; write [ ] around what may be left out".to_owned());
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Item::Alt(all) })
    }

    /// `\[pause]`: a marker of the transcript, brackets included.
    fn literal_marker(&mut self, at: usize) -> Result<Item<'a>, Mistake> {
        let rest = &self.text[at + 1..];
        let Some(end) = rest.find(']').filter(|_| rest.starts_with('[')) else {
            return self.wrong(at, "`\\` stands before a literal `[…]` only".to_owned());
        };
        self.at = at + end + 2;
        let marker = rest[..=end].replace('\\', "").to_lowercase();
        Ok(Item::Word(marker.into()))
    }

    fn gap(&mut self, at: usize) -> Result<Item<'a>, Mistake> {
        if self.peek() != Some('{') {
            return Ok(Item::Gap { min: 0, max: GAP });
        }
        let inner = &self.text[self.at + 1..];
        let Some(len) = inner.find('}') else {
            return self.wrong(self.at, "this `{` is never closed".to_owned());
        };
        let numbers = inner[..len].split_once(',').unwrap_or(("", &inner[..len]));
        let number = |s: &str| {
            if s.trim().is_empty() { Some(0) } else { s.trim().parse::<u8>().ok() }
        };
        let (Some(min), Some(max)) = (number(numbers.0), number(numbers.1)) else {
            return self.wrong(at, "a gap is written ...{0,5}".to_owned());
        };
        if min > max || max == 0 || max > WIDEST_GAP {
            return self.wrong(at, format!("a gap goes from few to more words, at most {WIDEST_GAP}: ...{{0,5}}"));
        }
        self.at += len + 2;
        Ok(Item::Gap { min, max })
    }

    fn word(&mut self) -> Item<'a> {
        let from = self.at;
        let plain = self.text.as_bytes()[from..].iter();
        self.at += plain.take_while(|b| b.is_ascii_lowercase()).count();
        let end = self.at;
        while let Some(c) = self.peek().filter(|&c| in_word(c)) {
            self.at += c.len_utf8();
        }
        let written = &self.text[from..self.at];
        // Most words are letters alone, and in lower case.
        if end == self.at {
            return Item::Word(Cow::Borrowed(written));
        }
        let word = if written.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
            Cow::Borrowed(written)
        } else {
            Cow::Owned(written.to_lowercase().replace('\u{2019}', "'"))
        };
        if written.contains('*') { Item::Glob(word) } else { Item::Word(word) }
    }
}

fn starts_word(c: char) -> bool {
    c.is_alphanumeric() || "*'\u{2019}&@#%£€".contains(c)
}

fn in_word(c: char) -> bool {
    starts_word(c) || c == '_'
}

fn nullable(item: &Item<'_>) -> bool {
    match item {
        Item::Word(_) | Item::Glob(_) | Item::Set(_) => false,
        Item::Gap { min, .. } => *min == 0,
        Item::Opt(_) => true,
        Item::Seq(all) => all.iter().all(nullable),
        Item::Alt(all) => all.iter().any(nullable),
    }
}

fn begins_with_gap(item: &Item<'_>) -> bool {
    match item {
        Item::Gap { .. } => true,
        Item::Opt(inner) => begins_with_gap(inner),
        Item::Alt(all) => all.iter().any(begins_with_gap),
        Item::Seq(all) => {
            let needed = all.iter().position(|i| !nullable(i)).unwrap_or(all.len());
            all.iter().take(needed + 1).any(begins_with_gap)
        }
        _ => false,
    }
}

fn ends_with_gap(item: &Item<'_>) -> bool {
    match item {
        Item::Gap { .. } => true,
        Item::Opt(inner) => ends_with_gap(inner),
        Item::Alt(all) => all.iter().any(ends_with_gap),
        Item::Seq(all) => {
            let last = all.iter().rposition(|i| !nullable(i)).unwrap_or(0);
            all.iter().skip(last).any(ends_with_gap)
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "phrase/tests.rs"]
mod tests;
