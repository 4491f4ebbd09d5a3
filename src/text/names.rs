//! Names: what the caller is called, and where somebody is addressed by name.
//!
//! A name is known from metadata, from the caller's introduction or from the agent's "am I speaking with X". A vocative
//! is a use, never a source. The agent's own name is never a use.

mod lists;

use super::lexicon::is_name_marker;
use super::scene::{Hit, Scene, Token};
use super::words::{Gap, Kind};
use crate::call::{Call, Role};
use lists::{BEFORE_ADDRESS, NOT_NAMES, SHORT_FORMS, TALKED_ABOUT, TITLES};

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
    introductions(call, scene, &mut names);
    let known: Vec<String> = names.known.iter().flat_map(|n| short_forms(n)).collect();
    for (n, sentence) in scene.sentences.iter().enumerate() {
        if call.role(&call.turns[sentence.turn as usize]) != Role::Agent {
            continue;
        }
        let mut skip_to = 0;
        for k in sentence.tokens.clone() {
            let token = &scene.tokens[k as usize];
            if token.kind == Kind::Marker {
                let word = word(call, token).to_lowercase();
                if is_name_marker(&word) {
                    if !talked_about(call, scene, sentence.tokens.start, k) {
                        names.uses.push(Hit {
                            start: k,
                            end: k + 1,
                            set: 0,
                            entry: REDACTED,
                            sentence: n as u32,
                        });
                    }
                } else if word.starts_with('[') || word.starts_with('#') {
                    names.hidden = true;
                }
                continue;
            }
            if k < skip_to
                || !is_addressed(
                    call,
                    scene,
                    &names,
                    &known,
                    sentence.tokens.start,
                    sentence.tokens.end,
                    k,
                )
            {
                continue;
            }
            // "Ms. Cole", "Dana Cole": one use.
            let mut end = k + 1;
            while end < sentence.tokens.end
                && known.contains(&name_of(word(call, &scene.tokens[end as usize])))
            {
                end += 1;
            }
            skip_to = end;
            names.uses.push(Hit {
                start: k,
                end,
                set: 0,
                entry: 0,
                sentence: n as u32,
            });
        }
    }
    scene.names = names;
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
        let lower: Vec<String> = tokens.iter().map(|t| name_of(word(call, t))).collect();
        let at = |k: usize| lower.get(k).map_or("", String::as_str);
        let early = scene.run_of[sentence.turn as usize].is_some_and(|r| r < 6);
        for k in 0..lower.len() {
            let own = (at(k) == "name" && matches!(at(k + 1), "is" | "'s"))
                .then_some(k + 2)
                .filter(|_| k > 0 && at(k - 1) == "my");
            let own = own.or_else(|| {
                (at(k) == "my"
                    && word(call, &tokens[k]).len() == 2
                    && at(k + 1) == "name"
                    && k + 2 < lower.len()
                    && is_name_clitic(call, tokens, k + 1))
                .then_some(k + 2)
            });
            let own =
                own.or_else(|| (early && at(k) == "this" && at(k + 1) == "is").then_some(k + 2));
            let own = own.or_else(|| (early && matches!(at(k), "i'm" | "im")).then_some(k + 1));
            let own = own.or_else(|| {
                (early && at(k) == "i" && matches!(at(k + 1), "am" | "'m")).then_some(k + 2)
            });
            let answer = own.or_else(|| {
                (asked_for_name
                    && matches!(at(k), "it's" | "it" | "its" | "yes" | "sure" | "yeah")
                    && k < 3)
                    .then_some(k + 1 + usize::from(at(k + 1) == "is"))
            });
            let other = (matches!(at(k), "with" | "to")
                && k > 0
                && matches!(at(k - 1), "speaking" | "talking"))
            .then_some(k + 1);
            let other = other.or_else(|| {
                (at(k) == "is" && matches!(at(k + 1), "this" | "that")).then_some(k + 2)
            });
            match role {
                Role::Customer => {
                    let bare = (asked_for_name && k == 0 && answer.is_none()).then_some(0);
                    if let Some(from) = answer.or(bare) {
                        take_name(
                            call,
                            tokens,
                            from,
                            own.is_some() && at(k) == "name",
                            &mut names.known,
                        );
                    }
                }
                Role::Agent => {
                    if let Some(from) = own {
                        take_name(call, tokens, from, false, &mut names.own);
                    }
                    if let Some(from) = other {
                        take_name(call, tokens, from, false, &mut names.known);
                    }
                }
                _ => {}
            }
        }
        match role {
            Role::Agent => {
                let asks = |k: usize| {
                    at(k) == "name"
                        && k > 0
                        && (at(k - 1) == "your" || (k > 1 && at(k - 2) == "your"))
                };
                let who = |k: usize| {
                    at(k) == "who"
                        && (k + 1..lower.len()).any(|j| matches!(at(j), "speaking" | "talking"))
                };
                asked_for_name = (0..lower.len()).any(|k| asks(k) || who(k))
                    || (asked_for_name && !sentence.asked);
            }
            Role::Customer => asked_for_name = false,
            _ => {}
        }
    }
    let own = std::mem::take(&mut names.own);
    names.known.retain(|n| {
        !own.contains(n)
            || call
                .customer
                .as_deref()
                .is_some_and(|c| c.to_lowercase().contains(n.as_str()))
    });
    names.own = own;
}

/// "my name's": the verb hides in the word.
fn is_name_clitic(call: &Call, tokens: &[Token], k: usize) -> bool {
    let word = word(call, &tokens[k])
        .to_lowercase()
        .replace('\u{2019}', "'");
    word == "name's"
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

fn talked_about(call: &Call, scene: &Scene, from: u32, k: u32) -> bool {
    let before = (k > from).then(|| name_of(word(call, &scene.tokens[k as usize - 1])));
    scene.tokens[k as usize].gap == Gap::Space
        && before.is_some_and(|b| {
            TALKED_ABOUT.contains(&b.as_str())
                || matches!(b.as_str(), "i'm" | "it's" | "that's" | "name's")
        })
}

/// Whether the token is the first word of an address by name.
fn is_addressed(
    call: &Call,
    scene: &Scene,
    names: &Names,
    known: &[String],
    from: u32,
    to: u32,
    k: u32,
) -> bool {
    let token = &scene.tokens[k as usize];
    let written = word(call, token);
    if token.kind != Kind::Word || written.len() < 2 {
        return false;
    }
    let name = name_of(written);
    let before = |back: u32| {
        if k >= from + back {
            name_of(word(call, &scene.tokens[(k - back) as usize]))
        } else {
            String::new()
        }
    };
    let titled = TITLES.contains(&before(1).as_str());
    let (head, previous) = if titled {
        (k - 1, before(2))
    } else {
        (k, before(1))
    };
    let apart = head == from || scene.tokens[head as usize].gap > Gap::Space;
    if known.contains(&name) {
        let possessive = written.len() > name.len();
        return !possessive
            && (apart || !TALKED_ABOUT.contains(&previous.as_str()))
            && !introduces(&previous);
    }
    // A name that nobody gave: only in the clearest places, and only where no other is known.
    if !known.is_empty()
        || names.own.contains(&name)
        || !is_capital(written)
        || NOT_NAMES.contains(&name.as_str())
    {
        return false;
    }
    if titled {
        return !TALKED_ABOUT.contains(&previous.as_str());
    }
    let closes = k + 1 == to || scene.tokens[k as usize + 1].gap > Gap::Space;
    let comma_before = head > from && token.gap == Gap::Comma;
    let greeted = head > from && BEFORE_ADDRESS.contains(&previous.as_str());
    closes && (comma_before || greeted)
}

fn introduces(previous: &str) -> bool {
    matches!(
        previous,
        "is" | "am" | "i'm" | "name's" | "with" | "it's" | "that's"
    )
}
