//! Introductions: what people say their names are, and whom the agent asks for.

use super::given::{Given, given};
use super::lists::{NOT_NAMES, TITLES};
use super::{Names, is_capital, name_of, word};
use crate::call::{Call, Role};
use crate::text::scene::{Scene, Token};
use crate::text::tagger::traits;
use crate::text::words::{Gap, Kind};
use std::borrow::Cow;

/// Runs from the start of the call in which "this is" and "I'm" introduce.
const EARLY: u32 = 6;

/// Learns names from what people say of themselves and of each other.
pub(super) fn learn(call: &Call, scene: &Scene, names: &mut Names) {
    let mut asked_for_name = false;
    let mut announcing = scene.cued.iter().peekable();
    let mut sentences = scene.sentences.iter();
    loop {
        if !asked_for_name {
            // Nothing is learned before the next word that announces something.
            let Some(&&token) = announcing.peek() else {
                break;
            };
            let rest = sentences.as_slice();
            let passed = rest.iter().take_while(|s| s.tokens.end <= token);
            sentences = rest[passed.count()..].iter();
        }
        let Some(sentence) = sentences.next() else {
            break;
        };
        let role = call.role(&call.turns[sentence.turn as usize]);
        let tokens = &scene.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let early = scene.run_of[sentence.turn as usize].is_some_and(|r| r < EARLY);
        let mut cues = 0;
        while let Some(&token) = announcing.next_if(|&&token| token < sentence.tokens.end) {
            cues |= scene.tokens[token as usize].traits.bits();
        }
        let asks = cues & traits::NAME != 0;
        if asks || (early && cues & traits::SELF != 0) || (asked_for_name && role == Role::Customer)
        {
            let words: Vec<Cow<'_, str>> = tokens.iter().map(|t| name_of(word(call, t))).collect();
            let said = Said {
                call,
                tokens,
                words: &words,
                early,
            };
            match role {
                Role::Customer => said.by_customer(asked_for_name, &mut names.known),
                Role::Agent => said.by_agent(&mut names.own, &mut names.known),
                _ => {}
            }
            asked_for_name = role == Role::Agent
                && (said.asks_for_name() || (asked_for_name && !sentence.asked));
        } else {
            asked_for_name &= role == Role::Agent && !sentence.asked;
        }
    }
    let Names { known, own, .. } = names;
    let stated = |n: &str| {
        call.customer
            .as_deref()
            .is_some_and(|c| c.to_lowercase().contains(n))
    };
    known.retain(|n| !own.contains(n) || stated(n));
}

/// A sentence in which somebody may say a name.
struct Said<'a> {
    call: &'a Call,
    tokens: &'a [Token],
    /// Its words, lower case.
    words: &'a [Cow<'a, str>],
    /// In the first runs of the call, where "this is" introduces.
    early: bool,
}

impl Said<'_> {
    fn at(&self, k: usize) -> &str {
        self.words.get(k).map_or("", |w| w)
    }

    /// Where the name begins that somebody gives as their own, from the word `k` on; and whether it is sure to be one.
    fn own_name(&self, k: usize) -> Option<(usize, bool)> {
        match (self.at(k), self.at(k + 1)) {
            ("my", "name") if self.at(k + 2) == "is" => Some((k + 3, true)),
            // "my name's": the verb hides in the word.
            ("my", "name") if word(self.call, &self.tokens[k + 1]).len() > 4 => Some((k + 2, true)),
            ("this", "is") | ("i", "am" | "'m") if self.early => Some((k + 2, false)),
            ("i'm" | "im", _) if self.early => Some((k + 1, false)),
            _ => None,
        }
    }

    fn by_customer(&self, asked_for_name: bool, known: &mut Vec<String>) {
        let mut any = false;
        for k in 0..self.words.len() {
            let answer = || {
                let opens = matches!(self.at(k), "it's" | "it" | "its" | "yes" | "sure" | "yeah");
                (asked_for_name && k < 3 && opens)
                    .then(|| (k + 1 + usize::from(self.at(k + 1) == "is"), false))
            };
            if let Some((from, sure)) = self.own_name(k).or_else(answer) {
                any = true;
                take_name(self.call, self.tokens, from, sure, known);
            }
        }
        if asked_for_name && !any {
            take_name(self.call, self.tokens, 0, false, known);
        }
    }

    fn by_agent(&self, own: &mut Vec<String>, known: &mut Vec<String>) {
        for k in 0..self.words.len() {
            if let Some((from, _)) = self.own_name(k) {
                take_name(self.call, self.tokens, from, false, own);
            }
            let other = match (self.at(k), self.at(k + 1)) {
                ("speaking" | "talking", "with" | "to") => true,
                ("is", "this" | "that") => self.early,
                _ => false,
            };
            if other {
                take_name(self.call, self.tokens, k + 2, false, known);
            }
        }
    }

    /// "May I have your full name", "who am I speaking with".
    fn asks_for_name(&self) -> bool {
        (0..self.words.len()).any(|k| match self.at(k) {
            "your" => self.at(k + 1) == "name" || self.at(k + 2) == "name",
            "who" => {
                (k + 1..self.words.len()).any(|j| matches!(self.at(j), "speaking" | "talking"))
            }
            _ => false,
        })
    }
}

/// Takes up to two names from a place on: capitalised words and common given names, or, in lower-case speech after "my
/// name is", any, with a last name where it ends what is said.
fn take_name(call: &Call, tokens: &[Token], from: usize, certain: bool, into: &mut Vec<String>) {
    for (k, token) in tokens.iter().enumerate().skip(from).take(3) {
        let written = word(call, token);
        let name = name_of(written);
        if TITLES.contains(&&*name) {
            continue;
        }
        let in_name = |c: char| c.is_alphabetic() || matches!(c, '\'' | '-');
        let plain =
            token.kind() == Kind::Word && name.chars().count() > 1 && name.chars().all(in_name);
        let after_title = k > from && TITLES.contains(&&*name_of(word(call, &tokens[k - 1])));
        let last = k == from + 1 && k + 1 == tokens.len();
        let fits = is_capital(written)
            || (certain && (k == from || after_title || last))
            || (k == from && given(&name) == Some(Given::Name));
        let goes_on = k == from || token.gap() == Gap::Space;
        if !plain || !fits || !goes_on || NOT_NAMES.contains(&&*name) {
            return;
        }
        if !into.iter().any(|n| *n == name) {
            into.push(name.into_owned());
        }
    }
}
