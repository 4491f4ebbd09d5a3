//! Where in a sentence somebody is addressed by name.

use super::given::{self, Given};
use super::lists::{
    AFTER_ADDRESS, ALSO_WORDS, BEFORE_ADDRESS, GREETS, LEADS_TO, NOT_NAMES, TALKED_ABOUT, TITLES,
    WRITTEN_TITLES,
};
use super::{Shapes, among, is_capital, name_of, word};
use crate::call::Call;
use crate::text::bits::bits;
use crate::text::scene::{Scene, Token};
use crate::text::tagger::traits;
use crate::text::words::{Gap, Kind};
use std::borrow::Cow;
use std::ops::Range;

/// A sentence of the agent's in which names are looked for.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub call: &'a Call,
    pub scene: &'a Scene,
    /// Its first token, and one past its last.
    pub from: u32,
    pub to: u32,
}

impl<'a> Place<'a> {
    fn token(self, k: u32) -> &'a Token {
        &self.scene.tokens[k as usize]
    }

    /// The word so far before a place, lower case; empty outside the sentence.
    fn before(self, k: u32, back: u32) -> Cow<'a, str> {
        if k < self.from + back {
            return Cow::Borrowed("");
        }
        name_of(word(self.call, self.token(k - back)))
    }

    /// Which of up to 64 tokens may be uses of a name or markers, as bits: a look at each that asks for nothing but what it
    /// and its neighbours tell. Most words are not shaped like a name that is known. Where none is, one is only told by
    /// where it stands, by a title before it, or as a common given name; and where no capital tells, by the latter two.
    pub fn may_be_uses(
        self,
        tokens: Range<u32>,
        bare: bool,
        known: &[&str],
        shapes: &Shapes,
    ) -> u64 {
        let first = tokens.start;
        let block = &self.scene.tokens[tokens.start as usize..tokens.end as usize];
        let titled = |k: u32| k > self.from && self.token(k - 1).is(traits::TITLE);
        let (mut all, mut after_title) = (0, titled(first));
        if bare {
            for (n, token) in block.iter().enumerate() {
                let may_be = after_title | token.is(traits::GIVEN) | token.traits.is_marker();
                all |= u64::from(may_be) << n;
                after_title = token.is(traits::TITLE);
            }
            return all;
        }
        let text = self.call.text().as_bytes();
        for token in block {
            let may_be = shapes.hold(text, token) | token.traits.is_marker();
            all = (all | u64::from(may_be)).rotate_right(1);
        }
        all = all.rotate_left(block.len() as u32);
        if !known.is_empty() {
            return all;
        }
        let told = |n: &usize| {
            let (token, k) = (&block[*n], first + *n as u32);
            let tells = token.is(traits::GIVEN) | token.traits.is_marker();
            tells || self.closes(k) || titled(k)
        };
        bits(all).filter(told).fold(0, |all, n| all | 1 << n)
    }

    /// Nothing but a comma or the end stands after it.
    fn closes(self, k: u32) -> bool {
        k + 1 == self.to || self.token(k + 1).gap() > Gap::Space
    }

    /// Something but a space stands before it.
    fn is_apart(self, k: u32) -> bool {
        k == self.from || self.token(k).gap() > Gap::Space
    }

    pub fn is_talked_about(self, k: u32) -> bool {
        let before = self.before(k, 1);
        self.token(k).gap() == Gap::Space && (among(TALKED_ABOUT, &before) || introduces(&before))
    }

    /// The title before a name, or the name itself, and the word before that.
    fn head(self, k: u32) -> (u32, Cow<'a, str>, bool) {
        let before = self.before(k, 1);
        if among(TITLES, &before) {
            (k - 1, self.before(k, 2), true)
        } else {
            (k, before, false)
        }
    }

    /// Whether a known name is used to address the caller: not talked about, not spelled, not somebody's.
    pub fn is_known_address(self, k: u32) -> bool {
        let written = word(self.call, self.token(k));
        let (head, previous, titled) = self.head(k);
        if written.ends_with("'s") || written.ends_with("\u{2019}s") || introduces(&previous) {
            return false;
        }
        if !self.is_apart(head) && among(TALKED_ABOUT, &previous) {
            return false;
        }
        // "Will" and "Grace" are words, too: those must stand where only an address can.
        if titled || !among(ALSO_WORDS, &name_of(written)) {
            return true;
        }
        let greeted = k > self.from && among(BEFORE_ADDRESS, &previous);
        is_capital(written) && (k > self.from || self.closes(k)) || (greeted && self.closes(k))
    }

    /// Whether a word is an address though nobody gave the name: a capitalised one in the clearest places, and one
    /// without a capital after "mr" or "mrs", where there are no capitals (`bare`).
    pub fn is_address(self, k: u32, bare: bool, own: &[String]) -> bool {
        let token = self.token(k);
        // The cheap questions first: most capitals are inside a clause, and neither title nor greeting stands before them.
        let behind = |any: u32| k > self.from && self.token(k - 1).is(any);
        let comma_before = k > self.from && token.gap() == Gap::Comma;
        let called = || self.closes(k) && (comma_before || behind(traits::GREETS));
        if !(behind(traits::TITLE) || called()) || self.is_signature(k) {
            return false;
        }
        let (head, previous, titled) = self.head(k);
        if bare && !(titled && among(WRITTEN_TITLES, &self.before(k, 1))) {
            return false;
        }
        let greeted = head > self.from && among(BEFORE_ADDRESS, &previous);
        let fits = if titled {
            !(among(TALKED_ABOUT, &previous) || (bare && among(LEADS_TO, &previous)))
        } else {
            self.closes(k) && (comma_before || greeted)
        };
        if token.kind() != Kind::Word || !fits {
            return false;
        }
        let name = name_of(word(self.call, token));
        !own.iter().any(|n| *n == name) && !among(NOT_NAMES, &name)
    }

    /// Whether a common given name is an address though nobody gave it. Names are known as such here, so that neither a
    /// capital nor a comma need show it: "thank you maria for holding", "julia i understand", "i see that maria".
    pub fn is_given_address(self, k: u32, own: &[String]) -> bool {
        let token = self.token(k);
        let (closes, opens) = (self.closes(k), k == self.from);
        let greeting = self.greeting(k);
        // Cheaper to tell than whether it is a name at all.
        if !(closes || opens || greeting != Greeting::None) || token.kind() != Kind::Word {
            return false;
        }
        let written = word(self.call, token);
        let known = given::given(written);
        if known.is_none() {
            return false;
        }
        let previous = self.before(k, 1);
        if own.iter().any(|n| *n == name_of(written)) || self.is_signature(k) {
            return false;
        }
        if given::given(&previous) == Some(Given::Name) {
            return false;
        }
        let goes_on = k + 1 < self.to && among(AFTER_ADDRESS, &self.word_at(k + 1));
        match (known, greeting) {
            (Some(Given::AlsoWord), greeting) => closes && greeting == Greeting::Sure,
            (_, Greeting::Sure) => true,
            (_, Greeting::Likely) => closes || goes_on,
            // "Maria, I see it": what stands alone is rather read back than called.
            _ if opens => {
                let comma = self.call.text().as_bytes().get(token.end as usize) == Some(&b',');
                comma || (!closes && goes_on)
            }
            _ => {
                let apart = token.gap() > Gap::Space;
                closes
                    && (apart
                        || !(introduces(&previous)
                            || among(TALKED_ABOUT, &previous)
                            || among(LEADS_TO, &previous)))
            }
        }
    }

    /// Whether the words before a place greet or thank somebody.
    fn greeting(self, k: u32) -> Greeting {
        if k == self.from || !self.token(k - 1).is(traits::GREETS) {
            return Greeting::None;
        }
        let previous = self.before(k, 1);
        if among(GREETS, &previous) || (previous == "you" && self.before(k, 2) == "thank") {
            Greeting::Sure
        } else if previous == "so" || among(BEFORE_ADDRESS, &previous) {
            Greeting::Likely
        } else {
            Greeting::None
        }
    }

    fn word_at(self, k: u32) -> Cow<'a, str> {
        name_of(word(self.call, self.token(k)))
    }

    /// "^Akash", "-Angie", "~ Velvet": who signs is the agent.
    fn is_signature(self, k: u32) -> bool {
        let before = self.call.text()[..self.token(k).start as usize].trim_end_matches(' ');
        before.ends_with(['^', '~', '-', '*', '\u{2013}', '\u{2014}'])
    }
}

/// How sure the words before a name say that somebody is spoken to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Greeting {
    None,
    /// "okay", "you", "that": the name must end what is said, or "I" or the like follow it.
    Likely,
    /// "hi", "thank you".
    Sure,
}

fn introduces(previous: &str) -> bool {
    matches!(
        previous,
        "is" | "am" | "i'm" | "name's" | "with" | "it's" | "that's"
    )
}
