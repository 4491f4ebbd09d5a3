//! Names: what the caller is called, and where somebody is addressed by name.
//!
//! A name is known from metadata, from the caller's introduction or from the agent's "am I speaking with X". A vocative
//! is a use, never a source. The agent's own name is never a use.

mod address;
mod given;
mod introductions;
mod lists;
pub mod people;

use super::bits::bits;
use super::lexicon::is_name_marker;
use super::scene::{Hit, Scene, Token};
use super::tagger::traits;
use super::words::Kind;
use crate::call::{Call, Role};
use address::Place;
use lists::{BEFORE_ADDRESS, GREETS, SHORT_FORMS, TITLES};
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
    let stated = std::mem::take(&mut names.known);
    let mut known = Vec::new();
    for name in &stated {
        add_forms(name, &mut known);
    }
    let shapes = Shapes::of(&known);
    for (turn, sentences) in scene.sentences_of.iter().enumerate() {
        if call.role(&call.turns[turn]) != Role::Agent {
            continue;
        }
        for n in sentences.clone() {
            let tokens = scene.sentences[n as usize].tokens.clone();
            let place = Place {
                call,
                scene,
                from: tokens.start,
                to: tokens.end,
            };
            find_in_sentence(place, n, &known, &shapes, &mut names);
        }
    }
    names.known = stated;
    scene.names = names;
}

/// Adds the uses in a sentence of the agent's.
fn find_in_sentence(place: Place<'_>, n: u32, known: &[&str], shapes: &Shapes, names: &mut Names) {
    let Place { call, scene, .. } = place;
    let text = &scene.sentences[n as usize].text;
    // Where no capital tells, any word may be a name.
    let bare = known.is_empty() && one_case(&call.text()[text.start as usize..text.end as usize]);
    let mut skip_to = 0;
    for from in (place.from..place.to).step_by(64) {
        let to = place.to.min(from + 64);
        for k in bits(place.may_be_uses(from..to, bare, known, shapes)).map(|k| from + k as u32) {
            let token = &scene.tokens[k as usize];
            let (mut end, mut entry) = (k + 1, 0);
            if token.kind() == Kind::Marker {
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
                let is_known = |k: u32| {
                    let written = word(call, &scene.tokens[k as usize]);
                    known.iter().any(|n| is_name(written, n))
                };
                if k < skip_to {
                    continue;
                }
                let is_use = if known.is_empty() {
                    (bare || is_capital(word(call, token)))
                        && ((token.is(traits::GIVEN) && place.is_given_address(k, &names.own))
                            || place.is_address(k, bare, &names.own))
                } else {
                    is_known(k) && place.is_known_address(k)
                };
                if !is_use {
                    continue;
                }
                // "Ms. Cole", "Dana Cole": one use.
                while end < place.to && is_known(end) {
                    end += 1;
                }
                skip_to = end;
            }
            names.uses.push(Hit {
                start: k,
                end,
                set: 0,
                entry,
                sentence: n,
            });
        }
    }
}

/// Whether a word in lower case may be a given name.
pub(super) fn is_given(word: &str) -> bool {
    given::given(word).is_some()
}

/// By the first byte of a word, the lengths in bytes that it may have as a name in address, a bit each; lengths that
/// differ by 32 share one, since none is told by this alone.
struct Shapes([u32; 256]);

impl Shapes {
    /// Those of known names in either case, possessive or not; else any capital may begin one.
    fn of(known: &[&str]) -> Self {
        let mut lengths = [0; 256];
        for name in known {
            let Some(first) = name.bytes().next() else {
                continue;
            };
            let ends = [0, "'s".len(), "\u{2019}s".len()];
            let bits = ends.map(|more| 1 << ((name.len() + more) % 32));
            // The case of letters beyond ASCII may change their length.
            let all = bits.into_iter().fold(0, |all, bit| all | bit);
            let bits = if name.is_ascii() { all } else { u32::MAX };
            lengths[usize::from(first.to_ascii_lowercase())] |= bits;
            lengths[usize::from(first.to_ascii_uppercase())] |= bits;
        }
        if known.is_empty() {
            lengths[usize::from(b'A')..=usize::from(b'Z')].fill(u32::MAX);
        }
        // Letters beyond ASCII: their case is not in the first byte.
        lengths[0x80..].fill(u32::MAX);
        Shapes(lengths)
    }

    #[inline]
    fn hold(&self, text: &[u8], token: &Token) -> bool {
        let length = token.end.wrapping_sub(token.start);
        self.0[usize::from(text[token.start as usize])] >> (length % 32) & 1 != 0
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
    let changes = |b: u8| b.is_ascii_uppercase() || !b.is_ascii();
    if !bare.bytes().any(changes) {
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
    let mut look = |bytes: &[u8]| {
        for byte in bytes {
            upper |= byte.is_ascii_uppercase();
            lower |= byte.is_ascii_lowercase();
        }
        upper && lower
    };
    // Sixteen bytes are looked at together; most sentences tell in their first ones.
    let (sixteens, rest) = text.as_bytes().as_chunks::<16>();
    !sixteens.iter().any(|bytes| look(bytes)) && !look(rest)
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

/// Adds a name and what it is short for or shortened to.
fn add_forms<'n>(name: &'n str, all: &mut Vec<&'n str>) {
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
    all.push(name);
    for forms in groups.get(name).into_iter().flatten() {
        all.extend_from_slice(forms);
    }
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

/// Whether somebody may be greeted by name behind a word in lower case, or addressed in another way.
pub(super) fn may_greet(word: &str) -> bool {
    let word = name_of(word);
    among(GREETS, &word) || among(BEFORE_ADDRESS, &word) || matches!(&*word, "you" | "so")
}

/// Whether a written word may be a title, possessive or not.
pub(super) fn is_title(written: &str) -> bool {
    let bare = written
        .strip_suffix("'s")
        .or_else(|| written.strip_suffix("\u{2019}s"))
        .unwrap_or(written);
    !bare.is_ascii()
        || TITLES
            .iter()
            .any(|t| t.len() == bare.len() && t.eq_ignore_ascii_case(bare))
}
