//! Names: what the caller is called, and where somebody is addressed by name.
//!
//! A name is known from metadata, from the caller's introduction or from the agent's "am I speaking with X". A vocative
//! is a use, never a source. The agent's own name is never a use.

mod introductions;
mod lists;

use super::lexicon::is_name_marker;
use super::scene::{Hit, Scene, Token};
use super::words::{Gap, Kind};
use crate::call::{Call, Role};
use lists::{ALSO_WORDS, BEFORE_ADDRESS, NOT_NAMES, SHORT_FORMS, TALKED_ABOUT, TITLES};
use std::borrow::Cow;

/// The format's name of a path through a call script: its brackets are blanks to fill in, not redactions.
pub const SCRIPT: &str = "script";

/// What is known of the callers' names in a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The caller's names, lower case: first names, last names.
    pub known: Vec<String>,
    /// Where the agent addresses somebody by name; as hits of no set.
    pub uses: Vec<Hit>,
    /// A marker that may hide a name (`[PII]`) stands in the agent's words.
    pub hidden: bool,
    /// The agents' own names, lower case.
    own: Vec<String>,
}

impl Names {
    /// Whether a use of the caller's name could be told.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.known.is_empty() || !self.uses.is_empty() && self.redacted()
    }

    fn redacted(&self) -> bool {
        self.known.is_empty() && self.uses.iter().any(|u| u.entry == REDACTED)
    }
}

/// The entry number of a use that is a marker such as `[NAME]`.
const REDACTED: u32 = 1;

/// Fills [`Scene::names`].
pub fn find(call: &Call, scene: &mut Scene) {
    let mut names = std::mem::take(&mut scene.names);
    names.known.clear();
    names.uses.clear();
    names.own.clear();
    names.hidden = false;
    let customer = call.customer.as_deref().into_iter();
    let by_speaker = |role: Role| {
        call.speakers
            .iter()
            .filter(move |s| s.role == role)
            .filter_map(|s| s.name.as_deref())
    };
    for name in customer.chain(by_speaker(Role::Customer)) {
        add_full_name(&mut names.known, name);
    }
    for name in call
        .agent
        .as_deref()
        .into_iter()
        .chain(by_speaker(Role::Agent))
    {
        add_full_name(&mut names.own, name);
    }
    introductions::learn(call, scene, &mut names);
    let known: Vec<String> = names.known.iter().flat_map(|n| short_forms(n)).collect();
    let may_begin = Initials::of(&known);
    for (n, sentence) in scene.sentences.iter().enumerate() {
        if call.role(&call.turns[sentence.turn as usize]) != Role::Agent {
            continue;
        }
        let place = Place {
            call,
            scene,
            from: sentence.tokens.start,
            to: sentence.tokens.end,
        };
        let mut skip_to = 0;
        for k in sentence.tokens.clone() {
            let token = &scene.tokens[k as usize];
            let (mut end, mut entry) = (k + 1, 0);
            if token.kind == Kind::Marker {
                let marker = word(call, token).to_lowercase();
                if !is_name_marker(&marker) {
                    // In a script a bracket is a blank to fill in and hides nothing.
                    names.hidden |= call.format != SCRIPT && marker.starts_with(['[', '#']);
                    continue;
                }
                if place.is_talked_about(k) {
                    continue;
                }
                entry = REDACTED;
            } else {
                // Most words neither begin like a name that is known nor with a capital.
                if !may_begin.holds(call.text().as_bytes()[token.start as usize]) {
                    continue;
                }
                let written = word(call, token);
                let is_known = known.iter().any(|n| is_name(written, n));
                if k < skip_to || !(is_known || (known.is_empty() && is_capital(written))) {
                    continue;
                }
                if !(if is_known {
                    place.is_known_address(k)
                } else {
                    place.is_address(k, &names.own)
                }) {
                    continue;
                }
                // "Ms. Cole", "Dana Cole": one use.
                let also = |k: u32| {
                    known
                        .iter()
                        .any(|n| is_name(word(call, &scene.tokens[k as usize]), n))
                };
                while end < sentence.tokens.end && also(end) {
                    end += 1;
                }
                skip_to = end;
            }
            names.uses.push(Hit {
                start: k,
                end,
                set: 0,
                entry,
                sentence: n as u32,
            });
        }
    }
    scene.names = names;
}

/// The bytes that a name in address may begin with: those of known names in either case, else any capital.
struct Initials([bool; 256]);

impl Initials {
    fn of(known: &[String]) -> Self {
        let mut holds = [false; 256];
        for name in known {
            if let Some(first) = name.bytes().next() {
                holds[usize::from(first.to_ascii_lowercase())] = true;
                holds[usize::from(first.to_ascii_uppercase())] = true;
            }
        }
        if known.is_empty() {
            holds[usize::from(b'A')..=usize::from(b'Z')].fill(true);
        }
        // Letters beyond ASCII: their case is not in the first byte.
        holds[0x80..].fill(true);
        Initials(holds)
    }

    fn holds(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }
}

/// Whether a written word is this name, possessive or not; case is no matter.
fn is_name(written: &str, name: &str) -> bool {
    // What is neither as long as the name nor possessive is not it, unless letters beyond ASCII change their length.
    if written.is_ascii() && !written.ends_with('s') && written.len() != name.len() {
        return false;
    }
    let written = written
        .strip_suffix("'s")
        .or_else(|| written.strip_suffix("\u{2019}s"))
        .unwrap_or(written);
    written.eq_ignore_ascii_case(name) || (!written.is_ascii() && written.to_lowercase() == name)
}

fn word<'c>(call: &'c Call, token: &Token) -> &'c str {
    &call.text()[token.start as usize..token.end as usize]
}

/// A word as names are compared: lower case, no possessive.
fn name_of(word: &str) -> Cow<'_, str> {
    let bare = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("\u{2019}s"))
        .unwrap_or(word);
    if bare.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(bare);
    }
    Cow::Owned(bare.to_lowercase().replace('\u{2019}', "'"))
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// Whether a word is one of a list. Length and first byte rule out nearly all of them, and those are looked at here.
fn among(list: &[&str], word: &str) -> bool {
    let first = word.as_bytes().first();
    list.iter()
        .any(|w| w.len() == word.len() && w.as_bytes().first() == first && *w == word)
}

fn short_forms(name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    for forms in SHORT_FORMS.iter().filter(|f| among(f, name)) {
        all.extend(forms.iter().map(|&f| f.to_owned()));
    }
    all
}

/// Adds the parts of a full name; ids and numbers are no names.
fn add_full_name(names: &mut Vec<String>, full: &str) {
    if full
        .chars()
        .any(|c| c.is_ascii_digit() || matches!(c, '@' | '_' | '[' | '#'))
    {
        return;
    }
    for part in full
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.'))
        .map(|p| name_of(p).into_owned())
    {
        if part.chars().count() > 1 && !among(TITLES, &part) && !names.contains(&part) {
            names.push(part);
        }
    }
}

/// Whether a written word may be a title, possessive or not.
fn is_title(written: &str) -> bool {
    let bare = written
        .strip_suffix("'s")
        .or_else(|| written.strip_suffix("\u{2019}s"))
        .unwrap_or(written);
    !bare.is_ascii()
        || TITLES
            .iter()
            .any(|t| t.len() == bare.len() && t.eq_ignore_ascii_case(bare))
}

/// A sentence of the agent's in which names are looked for.
#[derive(Clone, Copy)]
struct Place<'a> {
    call: &'a Call,
    scene: &'a Scene,
    from: u32,
    to: u32,
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

    /// Nothing but a comma or the end stands after it.
    fn closes(self, k: u32) -> bool {
        k + 1 == self.to || self.token(k + 1).gap > Gap::Space
    }

    /// Something but a space stands before it.
    fn is_apart(self, k: u32) -> bool {
        k == self.from || self.token(k).gap > Gap::Space
    }

    fn is_talked_about(self, k: u32) -> bool {
        let before = self.before(k, 1);
        self.token(k).gap == Gap::Space && (among(TALKED_ABOUT, &before) || introduces(&before))
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
    fn is_known_address(self, k: u32) -> bool {
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

    /// Whether a capitalised word is an address though nobody gave the name: only in the clearest places.
    fn is_address(self, k: u32, own: &[String]) -> bool {
        let token = self.token(k);
        // The cheap questions first: most capitals are inside a clause, and no title stands before them.
        let after_title = || k > self.from && is_title(word(self.call, self.token(k - 1)));
        if !self.closes(k) && !after_title() {
            return false;
        }
        let (head, previous, titled) = self.head(k);
        let comma_before = head > self.from && token.gap == Gap::Comma;
        let greeted = head > self.from && among(BEFORE_ADDRESS, &previous);
        let fits = if titled {
            !among(TALKED_ABOUT, &previous)
        } else {
            self.closes(k) && (comma_before || greeted)
        };
        if token.kind != Kind::Word || !fits {
            return false;
        }
        let name = name_of(word(self.call, token));
        !own.iter().any(|n| *n == name) && !among(NOT_NAMES, &name)
    }
}

fn introduces(previous: &str) -> bool {
    matches!(
        previous,
        "is" | "am" | "i'm" | "name's" | "with" | "it's" | "that's"
    )
}
