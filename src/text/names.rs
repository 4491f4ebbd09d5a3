//! Names: what the caller is called, and where somebody is addressed by name.
//!
//! A name is known from metadata, from the caller's introduction, from the agent's "am I speaking with X", and from the
//! agent's address: who is addressed by a name is known by it. The agent's own name and other people's are never a use.

mod address;
mod agents;
mod asked;
mod callers;
mod classes;
mod given;
mod introductions;
mod known;
mod lists;
pub mod mentioned;
pub mod people;
mod said;
mod spelling;
mod words;

use super::bits::bits;
use super::engine::lexicon::is_name_marker;
use super::scene::{Hit, Names, Scene, Token};
use super::traits;
use super::words::{Gap, Kind};
use crate::call::{Call, Role, person};
use address::Place;
use classes::{BEFORE_ADDRESS, GREETS};
use given::Given;
use spelling::{Shapes, add_forms, is_name, is_short_form, is_spelled_alike};
use std::ops::Range;
use words::{Words, word};

/// The format's name of a path through a call script: its brackets are blanks to fill in, not redactions.
pub const SCRIPT: &str = "script";

/// The entry number of a use that is a marker such as `[NAME]`.
pub const REDACTED: u32 = 1;

impl Names {
    /// Whether a name is known to be an agent's or somebody else's.
    fn is_elses(&self, name: &str) -> bool {
        let is = |n: &String| n == name;
        self.own.iter().any(is) || (self.others.iter().any(is) && !self.known.iter().any(is))
    }

    /// Whether it is a last name and nothing else.
    fn is_last(&self, name: &str) -> bool {
        self.lasts.iter().any(|n| n == name) && !is_given(name)
    }

    /// Whether a name behind a title may be the caller's: no last name of theirs is known, or it is that one misspelt.
    fn may_be_last(&self, name: &str) -> bool {
        self.lasts.is_empty()
            || self.known.iter().any(|n| {
                let initial = name.len() == 1 && n.starts_with(name);
                initial || n == name || is_spelled_alike(n, name)
            })
    }

    /// Whether a name that nobody gave may be the caller's: no first name of theirs is known, or it is that one misspelt.
    fn may_be_caller(&self, name: &str) -> bool {
        let mut firsts = self.known.iter().filter(|n| is_given(n)).peekable();
        firsts.peek().is_none() || self.known.iter().any(|n| is_spelled_alike(n, name) || is_short_form(n, name))
    }
}

/// Fills [`Scene::names`].
pub fn find(call: &Call, scene: &mut Scene) {
    let mut names = std::mem::take(&mut scene.names);
    names.clear();
    let by_speaker = |role: Role| {
        let of_role = call.speakers.iter().filter(move |s| s.role == role);
        of_role.filter_map(|s| s.name.as_deref())
    };
    let customer = call.customer.as_deref().into_iter();
    for name in customer.chain(by_speaker(Role::Customer)) {
        let parts = person::parts(name);
        names.lasts.extend(parts.get(1..).and_then(<[_]>::last).cloned());
        names.known.extend(parts);
    }
    let agent = call.agent.as_deref().into_iter();
    for name in agent.chain(by_speaker(Role::Agent)) {
        names.own.extend(person::parts(name));
    }
    introductions::learn(call, scene, &mut names);
    // A name that the agent's address tells counts wherever else it stands: then all is looked at once more.
    let told = names.known.len();
    find_uses(call, scene, &mut names);
    if names.known.len() > told {
        names.uses.clear();
        find_uses(call, scene, &mut names);
    }
    if call.format != SCRIPT {
        let is_name = |t: &Token| is_name_marker(&word(call, t).to_lowercase());
        let marked = || scene.tokens.iter().any(|t| t.traits.is_marker() && is_name(t));
        names.redacted = names.hidden || (names.known.is_empty() && marked());
        names.hidden |= !names.known.is_empty() && names.uses.is_empty() && has_handle(call);
    }
    scene.names = names;
}

/// Whether the agent addresses somebody by a number that stands for a name: "@12345 Hello!"
fn has_handle(call: &Call) -> bool {
    let mut turns = call.turns.iter().filter(|t| call.role(t) == Role::Agent);
    turns.any(|turn| {
        let text = call.turn_text(turn).as_bytes();
        memchr::memchr_iter(b'@', text).any(|at| text.get(at + 1).is_some_and(u8::is_ascii_digit))
    })
}

/// Adds where the agent addresses somebody by name, and the names that this tells.
fn find_uses(call: &Call, scene: &Scene, names: &mut Names) {
    let stated = names.known.clone();
    let mut known = Vec::new();
    for name in &stated {
        add_forms(name, &mut known);
    }
    let shapes = Shapes::of(&known);
    // Until the caller has spoken, the agent greets and says whose telephone this is.
    let spoken = scene.runs.iter().position(|r| !matches!(r.role, Role::Agent | Role::Bot));
    let opening = scene.runs.get(spoken.unwrap_or(0)).map_or(0, |r| r.first as usize);
    for (turn, sentences) in scene.sentences_of.iter().enumerate() {
        if call.role(&call.turns[turn]) != Role::Agent {
            continue;
        }
        let opening = turn < opening;
        for n in sentences.clone() {
            let sentence = &scene.sentences[n as usize];
            let (from, to) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            let words = Words { call, tokens: &scene.tokens[from..to], bare: false };
            let place = Place { words, asked: sentence.asked, opening };
            find_in_sentence(place, (n, from), sentence.text.clone(), (&known, &shapes), names);
        }
    }
}

/// Adds the uses in a sentence of the agent's, given its number, its first token and its bytes.
fn find_in_sentence(
    mut place: Place<'_>,
    (n, first): (u32, usize),
    bytes: Range<u32>,
    (known, shapes): (&[&str], &Shapes),
    names: &mut Names,
) {
    let (mut skip_to, mut bare) = (0, None);
    for from in (0..place.words.len()).step_by(64) {
        let to = place.words.len().min(from + 64);
        let (any, told) = may_be_uses(place.words, from..to, shapes);
        if any | told == 0 {
            // As nearly always.
            continue;
        }
        let text = || &place.words.call.text()[bytes.start as usize..bytes.end as usize];
        place.words.bare = *bare.get_or_insert_with(|| one_case(text()));
        let words = place.words;
        let told = if words.bare { 0 } else { told };
        for k in bits(any | told).map(|k| from + k) {
            if k < skip_to {
                continue;
            }
            let mut entry = 0;
            let end = if words.tokens[k].kind() == Kind::Marker {
                let marker = words.written(k).to_lowercase();
                let is_name = is_name_marker(&marker);
                // In a script a bracket is a blank to fill in and hides nothing.
                let script = words.call.format == SCRIPT;
                if place.is_talked_about(k)
                    || matches!(&*words.at(k + 1), "'s" | "s")
                    || !(is_name || hides(words.written(k)))
                {
                    continue;
                }
                names.hidden |= !script;
                if !is_name {
                    continue;
                }
                entry = if script { 0 } else { REDACTED };
                Some(k + 1)
            } else {
                use_at(place, k, known, names)
            };
            let Some(end) = end else {
                continue;
            };
            skip_to = end;
            names.uses.push(Hit {
                start: (first + k) as u32,
                end: (first + end) as u32,
                set: 0,
                entry,
                sentence: n,
                near: false,
                sure: true,
                nearly: false,
            });
        }
    }
}

/// Whether a marker may stand for anything that is not to be read: `[PII]`, `####`, not `[laughs]`.
fn hides(marker: &str) -> bool {
    marker.starts_with('#')
        || marker.starts_with('[') && !marker.bytes().any(|b| b.is_ascii_lowercase())
        || marker.eq_ignore_ascii_case("[redacted]")
}

/// The end of a name at a place, if the caller is addressed by it; a name that this tells is known from then on.
fn use_at(place: Place<'_>, k: usize, known: &[&str], names: &mut Names) -> Option<usize> {
    let words = place.words;
    let is_known = |k: usize| known.iter().any(|n| is_name(words.written(k), n));
    let goes_on = |end: usize| end < words.len() && words.gap(end) == Gap::Space;
    let mut end = k + 1;
    if is_known(k) {
        // "Ms. Cole", "Dana Cole": one use.
        while goes_on(end) && is_known(end) {
            end += 1;
        }
        return (place.is_known_address(k, end, names) || place.is_address(k, names)).then_some(end);
    }
    if !place.is_address(k, names) {
        return None;
    }
    while !words.bare && goes_on(end) && words.is_capital(end) && words.is_plain(end) {
        end += 1;
    }
    for k in k..end {
        let name = words.name(k);
        if name.len() > 1 && !names.known.iter().any(|n| **n == *name) {
            names.known.push((*name).to_owned());
        }
    }
    Some(end)
}

/// Which of up to 64 tokens may be uses of a name or markers, as bits: those of any sentence, and those where capitals tell
/// something. A look at each that asks for nothing but what it and its neighbours tell. Most words are not shaped like a
/// name that is known; another name is told by a capital where one is addressed, by a title before it, or as a common given
/// name.
fn may_be_uses(words: Words<'_>, tokens: Range<usize>, shapes: &Shapes) -> (u64, u64) {
    let text = words.call.text().as_bytes();
    let block = &words.tokens[tokens.clone()];
    let (mut all, mut capital) = (0_u64, 0_u64);
    let mut titled = tokens.start > 0 && words.tokens[tokens.start - 1].is(traits::TITLE);
    for token in block {
        let may_be = shapes.hold(text, token) | token.traits.is_marker() | token.is(traits::GIVEN) | titled;
        all = (all | u64::from(may_be)).rotate_right(1);
        let first = text[token.start as usize];
        capital = (capital | u64::from(first.is_ascii_uppercase() || (first >= 0x80))).rotate_right(1);
        titled = token.is(traits::TITLE);
    }
    let by = block.len() as u32;
    let (all, capital) = (all.rotate_left(by), capital.rotate_left(by));
    let told = |n: &usize| {
        let k = tokens.start + n;
        k > 0 && words.closes(k) && (words.is_apart(k) || words.tokens[k - 1].is(traits::GREETS))
    };
    (all, bits(capital & !all).filter(told).fold(0, |all, n| all | 1 << n))
}

/// Whether a word in lower case is a given name and hardly ever anything else; none for what is no given name.
pub(super) fn is_given_name(word: &str) -> Option<bool> {
    given::given(word).map(|given| given == Given::Name)
}

fn is_given(word: &str) -> bool {
    given::given(word).is_some()
}

/// Whether a word in lower case may announce a name.
#[rustfmt::skip]
pub(super) fn announces(word: &str) -> bool {
    matches!(
        word,
        "name" | "name's" | "names" | "surname" | "speaking" | "talking" | "this" | "i'm" | "im" | "'m" | "am" | "it's" | "its" | "here" | "through"
            | "who" | "who's" | "whos" | "who've" | "whom" | "last"
    )
}

/// Whether capitals tell nothing here: there are none, as in raw speech recognition, or nothing else. Most sentences tell by
/// their first two letters.
fn one_case(text: &str) -> bool {
    let (mut upper, mut lower) = (false, false);
    !text.bytes().any(|byte| {
        upper |= byte.is_ascii_uppercase();
        lower |= byte.is_ascii_lowercase();
        upper && lower
    })
}

/// Whether somebody may be greeted by name behind a word in lower case, or addressed in another way.
pub(super) fn may_greet(word: &str) -> bool {
    classes::is(word, GREETS) || classes::is(word, BEFORE_ADDRESS) || matches!(word, "you" | "so")
}
