//! Who says what stands in a block: the agent, the caller, or nobody, when it is a note.

use super::blocks::{Block, Span};
use super::emphasis::emphasised;
use super::label::{self, Who};
use super::lines::Page;
use super::marked::{Marked, is_aside};
use super::{Doubt, Speech, spoken};
use crate::call::Role;
use regex::Regex;
use std::sync::LazyLock;

/// The customer is spoken about.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:the|an?|each|every|any|if|upset|angry|your) (?:customer|caller|client|guest|patient|cardholder)(?:['’]s|s)?\b")
        .expect("a pattern of this file")
});
/// Somebody speaks or is spoken to.
static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:i|i['’](?:m|ll|d|ve)|we|we['’](?:re|ll|ve)|you|you['’](?:re|ll|d|ve)|your|me|my|our|us|let['’]s|thanks|thank|hello|hi|sorry|please|welcome)\b")
        .expect("a pattern of this file")
});
/// The agent speaks of themselves, or greets: hardly a note.
static SPEAKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:i|i['’](?:m|ll|d|ve)|we['’](?:re|ll|ve)|thanks|thank you|hello|sorry)\b")
        .expect("a pattern of this file")
});

/// Knows who speaks from one block to the next.
pub(super) struct Speaker<'p> {
    page: &'p Page<'p>,
    marked: Marked,
    /// Who says what follows, after a label that stands alone.
    current: Option<Role>,
    /// The block before is a quoted note, whose quote may go on.
    aside: bool,
    /// What looks like speech and is not marked as such.
    pub(super) doubts: Vec<Doubt>,
}

impl<'p> Speaker<'p> {
    pub(super) fn new(page: &'p Page<'p>, marked: Marked) -> Self {
        Speaker { page, marked, current: None, aside: false, doubts: Vec::new() }
    }

    /// A new part begins, in which no label holds any more.
    pub(super) fn reset(&mut self) {
        self.current = None;
    }

    /// What is said in a block, if anything is; `spans` are what is left of it behind a branch's condition.
    pub(super) fn speech(&mut self, block: &Block, mut spans: Vec<Span>) -> Option<Speech> {
        self.aside &= block.quoted;
        let span = spans.first()?;
        let line = &self.page.line(span.line)[span.from..span.to];
        let label = label::split(line);
        let mut role = None;
        if let Some(label) = label {
            match label.who {
                Who::Nobody => {
                    (self.current, self.aside) = (None, block.quoted);
                    return None;
                }
                Who::Speaks(who) => {
                    role = Some(who);
                    self.current = None;
                }
                Who::Section => {}
            }
            spans[0].from += label.rest;
        }
        let speech = spoken::of(self.page, &spans, block.lines());
        if let (Some(who), None) = (role, &speech) {
            self.current = Some(who);
        }
        let speech = speech?;
        let by = |role: Role, speech: Speech| Some(Speech { role, ..speech });
        if let Some(role) = role {
            return by(role, speech);
        }
        if block.quoted {
            self.aside = is_aside(line) || self.aside && !block.after_blank;
            if self.aside {
                return None;
            }
            return by(self.current.unwrap_or(Role::Agent), speech);
        }
        let direction = emphasised(line).is_some_and(|(_, bold)| !bold) && spans.len() == 1;
        let about = ABOUT.is_match(&speech.text);
        let addresses = ADDRESSES.is_match(&speech.text) && !about;
        if let Some(role) = self.current {
            if !direction || addresses {
                return by(role, speech);
            }
            return None;
        }
        if self.marked == Marked::Plain {
            let quoted = speech.quotes();
            if about && !quoted.is_empty() {
                return joined(quoted).and_then(|s| by(Role::Agent, s));
            }
            if about && SPEAKS.is_match(&speech.text) {
                self.doubt(&speech);
            }
            return if about || direction && !addresses { None } else { by(Role::Agent, speech) };
        }
        let quotes: Vec<Speech> = speech.quotes().into_iter().filter(|q| q.text.trim().contains(' ')).collect();
        if let Some(speech) = joined(quotes) {
            return by(Role::Agent, speech);
        }
        if addresses && !direction {
            self.doubt(&speech);
        }
        None
    }

    fn doubt(&mut self, speech: &Speech) {
        let words: Vec<&str> = speech.text.split_whitespace().take(8).collect();
        let (line, _) = speech.place(0);
        self.doubts.push(Doubt { line, words: words.join(" ") });
    }
}

fn joined(quotes: Vec<Speech>) -> Option<Speech> {
    quotes.into_iter().reduce(|mut all, one| {
        all.append(one);
        all
    })
}
