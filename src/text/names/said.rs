//! A sentence in which somebody may say a name, and how names are taken from it.

use super::classes::{BEHIND_NAME, Class, FILLER, GREETS, KIN, LEADS_IN, NEVER_SURNAME};
use super::given::{Given, given};
use super::words::Words;
use super::{Names, one_case};
use crate::call::Call;
use crate::text::scene::{Scene, Sentence};

/// Runs from the start of the call in which "this is" and "I'm" introduce.
pub(super) const EARLY: u32 = 6;

/// A sentence in which somebody may say a name.
pub(super) struct Said<'a> {
    pub words: Words<'a>,
    /// The words of the turn up to its end.
    pub turn: Words<'a>,
    /// The sentence's first word within those.
    pub from: usize,
    /// In the first runs of the call, where "this is" introduces.
    pub early: bool,
    pub asked: bool,
}

impl<'a> Said<'a> {
    pub fn of(call: &'a Call, scene: &'a Scene, sentence: &Sentence) -> Said<'a> {
        let first = scene.turn_sentences(sentence.turn).start as usize;
        let first = scene.sentences[first].tokens.start as usize;
        let (from, to) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let text = &call.text()[sentence.text.start as usize..sentence.text.end as usize];
        let bare = one_case(text);
        let words = |from: usize| Words { call, tokens: &scene.tokens[from..to], bare };
        Said {
            words: words(from),
            turn: words(first),
            from: from - first,
            early: scene.run_of[sentence.turn as usize].is_some_and(|r| r < EARLY),
            asked: sentence.asked,
        }
    }

    /// The first word from a place on that is none of these.
    pub fn skip(&self, from: usize, over: Class) -> usize {
        let mut k = from;
        while self.words.is(k, over) {
            k += 1;
        }
        k
    }

    /// "I'm", "I am", and what recognisers make of them.
    pub fn is_i(&self, k: usize) -> bool {
        let words = self.words;
        !matches!(&*words.at(k), "am" | "'m" | "m") || words.before(k, 1) == "i"
    }

    /// Whether "it's" points to a person: two names, a common given name, or "it's Gwilym here".
    pub fn points(&self, k: usize) -> bool {
        let words = self.words;
        let mut at = self.skip(k + 1, FILLER);
        let titled = words.is_title(at);
        while words.is_title(at) {
            at += 1;
        }
        let second = words.follows(at + 1) && words.is_capital(at + 1) && words.closes(at + 1);
        let behind = words.at(at + 1);
        words.is_sure(at)
            || (words.is_capital(at) && (titled || behind == "here" || behind == "speaking"))
            || (self.early && words.is_capital(at) && second && !words.is(at + 1, NEVER_SURNAME))
    }

    /// "It's Effie's machine", "I'm Leo's mum": the name is somebody else's.
    pub fn is_somebodys(&self, k: usize) -> bool {
        let whose = |k: usize| {
            let written = self.words.written(k);
            written.ends_with("'s") || written.ends_with("\u{2019}s")
        };
        let given = |k: usize| given(&self.words.name(k)).is_some();
        let named = |k: usize| self.words.is_capital(k) || given(k);
        (named(k) && whose(k)) || (named(k) && named(k + 1) && whose(k + 1))
    }

    /// "My daughter Aoife", "he's called Kevin", "I'm in Vernon on Thursdays": another person, a pet, a town.
    pub fn is_anothers(&self, k: usize) -> bool {
        let words = self.words;
        let named = matches!(&*words.before(k, 1), "in" | "at" | "near" | "via" | "called" | "named");
        // "Lachie's mum Renee" is who speaks.
        let whose = !words.before(k, 2).ends_with("'s");
        named || (whose && words.is_behind(k, KIN))
    }

    /// A first and a last name that are all that is said.
    pub fn is_read_out(&self, k: usize) -> bool {
        let words = self.words;
        let second = words.follows(k + 1) && words.is_capital(k + 1) && !words.is(k + 1, NEVER_SURNAME);
        let behind = words.closes(k + 1) || words.at(k + 2) == "and";
        self.early && words.is_capital(k) && words.is_plain(k) && second && words.is_plain(k + 1) && k == 0 && behind
    }

    /// An answer of hardly more than a name.
    pub fn is_short(&self, from: usize) -> bool {
        let left = self.words.len().saturating_sub(from);
        let rest = (from..self.words.len()).filter(|&k| self.words.at(k).len() > 1);
        (1..=3).contains(&rest.count()) && left < 16
    }

    /// In speech without capitals: "shonda merritt m e r r", "harpreet and my number is".
    pub fn is_name_like(&self, k: usize) -> bool {
        let words = self.words;
        let letter = |k: usize| words.written(k).len() == 1 && words.at(k) != "i" && words.at(k) != "a";
        let spelled = |k: usize| letter(k) && letter(k + 1);
        let last = |k: usize| words.is_plain(k) && words.at(k).len() > 2 && !words.is(k, NEVER_SURNAME);
        spelled(k + 1)
            || (last(k) && last(k + 1) && (spelled(k + 2) || words.is(k + 2, BEHIND_NAME) || k + 2 == words.len()))
    }

    /// Takes up to two names from a place on: capitalised words and common given names, or, in lower-case speech after "my
    /// name is" (`sure`), any, with a last name where it ends what is said or is spelled. How many words it took.
    pub fn take(&self, from: usize, sure: bool, into: &mut Vec<String>) -> usize {
        let words = self.words;
        let mut taken = 0;
        for k in from..from + 4 {
            if words.is_title(k) && taken == 0 {
                continue;
            }
            let after_title = k > from && words.is_title(k - 1);
            let first = k == from || after_title;
            let fits = if !first {
                if words.bare { self.is_surname(k) } else { words.is_capital(k) }
            } else if words.bare {
                sure || after_title || words.given(k) == Some(Given::Name)
            } else {
                words.is_capital(k) || sure || words.given(k) == Some(Given::Name)
            };
            if !words.is_plain(k) || !fits || !(k == from || words.follows(k)) || taken == 3 {
                break;
            }
            // A sentence begins with a capital, whatever its first word is.
            if k == 0 && !words.bare && words.given(k).is_none() && !(sure || words.is_capital(1)) {
                break;
            }
            push(into, &words.name(k));
            taken += 1;
        }
        taken
    }

    /// Takes the caller's name. What stands behind a first name or a title is the last name.
    pub fn take_callers(&self, from: usize, sure: bool, names: &mut Names) -> usize {
        // "Riaan! Lovely day.": an answer may begin with the agent's name.
        let own = |k: usize| names.own.iter().any(|n| **n == *self.words.name(k));
        if own(from) && self.words.closes(from) {
            return 0;
        }
        let taken = self.take(from, sure, &mut names.known);
        if taken > 1 || (taken == 1 && self.words.is_title(from)) {
            names.lasts.extend(names.known.last().cloned());
        }
        taken
    }

    /// In speech without capitals: whether a word behind a first name is the last name.
    pub fn is_surname(&self, k: usize) -> bool {
        let words = self.words;
        let spelled = words.written(k + 1).len() == 1;
        let stands = k + 1 >= words.len() || spelled || words.is(k + 1, BEHIND_NAME);
        stands && words.at(k).len() > 2 && !words.is(k, NEVER_SURNAME)
    }

    /// Takes the name that stands before a place: "Sean Quinn here". How many words it took.
    pub fn take_back(&self, k: usize, by_agent: bool, into: &mut Vec<String>) -> usize {
        let words = self.words;
        let is_part = |k: usize| words.is_plain(k) && (words.is_capital(k) || words.given(k) == Some(Given::Name));
        let mut from = k;
        while from > 0 && words.follows(from) && k - from < 3 && is_part(from - 1) {
            from -= 1;
        }
        // "Mele speaking", in lower case: whatever stands there but "who is", "you are".
        let any = by_agent && from == k && words.at(k) == "speaking" && words.bare;
        if any && k > 0 && words.is_plain(k - 1) && !words.is_behind(k, NEVER_SURNAME) {
            from = k - 1;
        }
        let led = words.is_behind(from, GREETS) || words.is_behind(from, LEADS_IN);
        if from == k || !(words.is_apart(from) || words.bare || led) {
            return 0;
        }
        for k in from..k {
            push(into, &words.name(k));
        }
        k - from
    }

    /// A name that is given letter by letter: "w o j c i k".
    pub fn spell(&self, from: usize, into: &mut Vec<String>) -> bool {
        let mut letters = String::new();
        for k in from..self.words.len() {
            let letter = self.words.at(k);
            if letter.len() != 1 || !letter.as_bytes()[0].is_ascii_lowercase() {
                break;
            }
            letters.push_str(&letter);
        }
        let name = letters.len() > 2;
        if name {
            push(into, &letters);
        }
        name
    }
}

pub(super) fn is_is(word: &str) -> bool {
    matches!(word, "is" | "'s" | "s")
}

pub(super) fn push(into: &mut Vec<String>, name: &str) {
    if !into.iter().any(|n| n == name) {
        into.push(name.to_owned());
    }
}
