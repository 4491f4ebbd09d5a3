//! Names: what the caller is called, and where somebody is addressed by name.
//!
//! A name is known from metadata, from the caller's introduction or from the agent's "am I speaking with X". A vocative
//! is a use, never a source. The agent's own name is never a use.

mod lists;

use super::lexicon::is_name_marker;
use super::scene::{Hit, Scene, Token};
use super::tagger::cue;
use super::words::{Gap, Kind};
use crate::call::{Call, Role};
use lists::{ALSO_WORDS, BEFORE_ADDRESS, NOT_NAMES, SHORT_FORMS, TALKED_ABOUT, TITLES};

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

/// Runs from the start of the call in which "this is" and "I'm" introduce.
const EARLY: u32 = 6;

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
    introductions(call, scene, &mut names);
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
                    names.hidden |= marker.starts_with(['[', '#']);
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
                let named = |k: u32| {
                    known
                        .iter()
                        .any(|n| is_name(word(call, &scene.tokens[k as usize]), n))
                };
                while end < sentence.tokens.end && named(end) {
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
fn name_of(word: &str) -> String {
    word.to_lowercase()
        .replace('\u{2019}', "'")
        .trim_end_matches("'s")
        .to_owned()
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

fn short_forms(name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    for forms in SHORT_FORMS.iter().filter(|f| f.contains(&name)) {
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
        .map(name_of)
    {
        if part.chars().count() > 1 && !TITLES.contains(&part.as_str()) && !names.contains(&part) {
            names.push(part);
        }
    }
}

/// Learns names from what people say of themselves and of each other.
fn introductions(call: &Call, scene: &Scene, names: &mut Names) {
    let mut asked_for_name = false;
    for sentence in &scene.sentences {
        let role = call.role(&call.turns[sentence.turn as usize]);
        let tokens = &scene.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let early = scene.run_of[sentence.turn as usize].is_some_and(|r| r < EARLY);
        let cues = tokens.iter().fold(0, |cues, t| cues | t.cue);
        let asks = cues & (cue::NAME | cue::SPEAKING) != 0;
        if asks || (early && cues & cue::SELF != 0) || (asked_for_name && role == Role::Customer) {
            let words: Vec<String> = tokens.iter().map(|t| name_of(word(call, t))).collect();
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
    words: &'a [String],
    /// In the first runs of the call, where "this is" introduces.
    early: bool,
}

impl Said<'_> {
    fn at(&self, k: usize) -> &str {
        self.words.get(k).map_or("", String::as_str)
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

/// Takes up to two names from a place on: capitalised words, or, in lower-case speech after "my name is", any.
fn take_name(call: &Call, tokens: &[Token], from: usize, certain: bool, into: &mut Vec<String>) {
    for (k, token) in tokens.iter().enumerate().skip(from).take(3) {
        let written = word(call, token);
        let name = name_of(written);
        if TITLES.contains(&name.as_str()) {
            continue;
        }
        let plain = token.kind == Kind::Word
            && name.chars().count() > 1
            && name
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'));
        let first = k == from
            || (k > from && TITLES.contains(&name_of(word(call, &tokens[k - 1])).as_str()));
        let fits = is_capital(written) || (certain && first);
        if !plain
            || !fits
            || NOT_NAMES.contains(&name.as_str())
            || (k > from && token.gap > Gap::Space)
        {
            return;
        }
        if !into.contains(&name) {
            into.push(name);
        }
    }
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
    fn before(self, k: u32, back: u32) -> String {
        if k < self.from + back {
            return String::new();
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
        self.token(k).gap == Gap::Space
            && (TALKED_ABOUT.contains(&before.as_str()) || introduces(&before))
    }

    /// The title before a name, or the name itself, and the word before that.
    fn head(self, k: u32) -> (u32, String, bool) {
        let before = self.before(k, 1);
        if TITLES.contains(&before.as_str()) {
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
        if !self.is_apart(head) && TALKED_ABOUT.contains(&previous.as_str()) {
            return false;
        }
        // "Will" and "Grace" are words, too: those must stand where only an address can.
        if titled || !ALSO_WORDS.contains(&name_of(written).as_str()) {
            return true;
        }
        let greeted = k > self.from && BEFORE_ADDRESS.contains(&previous.as_str());
        is_capital(written) && (k > self.from || self.closes(k)) || (greeted && self.closes(k))
    }

    /// Whether a capitalised word is an address though nobody gave the name: only in the clearest places.
    fn is_address(self, k: u32, own: &[String]) -> bool {
        let token = self.token(k);
        let (head, previous, titled) = self.head(k);
        let comma_before = head > self.from && token.gap == Gap::Comma;
        let greeted = head > self.from && BEFORE_ADDRESS.contains(&previous.as_str());
        let fits = if titled {
            !TALKED_ABOUT.contains(&previous.as_str())
        } else {
            self.closes(k) && (comma_before || greeted)
        };
        if token.kind != Kind::Word || !fits {
            return false;
        }
        let name = name_of(word(self.call, token));
        !own.contains(&name) && !NOT_NAMES.contains(&name.as_str())
    }
}

fn introduces(previous: &str) -> bool {
    matches!(
        previous,
        "is" | "am" | "i'm" | "name's" | "with" | "it's" | "that's"
    )
}
