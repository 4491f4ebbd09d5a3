//! Names: what the caller is called, and where somebody is addressed by name.
//!
//! A name is known from metadata, from the caller's introduction or from the agent's "am I speaking with X". A vocative
//! is a use, never a source. The agent's own name is never a use.

mod address;
mod given;
mod introductions;
mod lists;

use super::lexicon::is_name_marker;
use super::scene::{Hit, Scene, Token};
use super::tagger::cue;
use super::words::Kind;
use crate::call::{Call, Role};
use address::Place;
use lists::{SHORT_FORMS, TITLES};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::OnceLock;

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
        // Where no capital tells, any word may be a name.
        let bare = known.is_empty()
            && one_case(&call.text()[sentence.text.start as usize..sentence.text.end as usize]);
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
                // Most words neither begin like a name that is known nor with a capital, and where there are no capitals
                // only given names and what follows a title may be one.
                let may_be = if bare {
                    token.cue & cue::GIVEN != 0 || place.may_follow_title(k)
                } else {
                    may_begin.holds(call.text().as_bytes()[token.start as usize])
                };
                if !may_be {
                    continue;
                }
                let written = word(call, token);
                let is_known = known.iter().any(|n| is_name(written, n));
                let may_be = bare || (known.is_empty() && is_capital(written));
                if k < skip_to || !(is_known || may_be) {
                    continue;
                }
                let is_use = if is_known {
                    place.is_known_address(k)
                } else {
                    (token.cue & cue::GIVEN != 0 && place.is_given_address(k, &names.own))
                        || place.is_address(k, bare, &names.own)
                };
                if !is_use {
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

/// Whether a word in lower case may be a given name.
pub(super) fn is_given(word: &str) -> bool {
    given::given(word).is_some()
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
    if bare.is_ascii() {
        return Cow::Owned(bare.to_ascii_lowercase());
    }
    Cow::Owned(bare.to_lowercase().replace('\u{2019}', "'"))
}

/// Whether capitals tell nothing here: there are none, as in raw speech recognition, or nothing else.
fn one_case(text: &str) -> bool {
    let (mut upper, mut lower) = (false, false);
    // Most sentences tell in their first word.
    !text.bytes().any(|byte| {
        upper |= byte.is_ascii_uppercase();
        lower |= byte.is_ascii_lowercase();
        upper && lower
    })
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
    static FORMS: OnceLock<FxHashMap<&str, Vec<&[&str]>>> = OnceLock::new();
    let groups = FORMS.get_or_init(|| {
        let mut groups: FxHashMap<&str, Vec<&[&str]>> = FxHashMap::default();
        for &forms in SHORT_FORMS {
            for form in forms {
                groups.entry(form).or_default().push(forms);
            }
        }
        groups
    });
    let mut all = vec![name.to_owned()];
    for forms in groups.get(name).into_iter().flatten() {
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
