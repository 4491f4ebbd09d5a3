//! Names as they are written: which words may be a known name, in what forms, and what is one misspelt.

use super::lists::SHORT_FORMS;
use crate::text::scene::Token;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// By the first byte of a word, the lengths in bytes that it may have as a name in address, a bit each; lengths that
/// differ by 32 share one, since none is told by this alone.
pub(super) struct Shapes([u32; 256]);

impl Shapes {
    /// Those of known names in either case, possessive or not.
    pub fn of(known: &[&str]) -> Self {
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
        // Letters beyond ASCII: their case is not in the first byte.
        if known.iter().any(|name| !name.is_ascii()) {
            lengths[0x80..].fill(u32::MAX);
        }
        Shapes(lengths)
    }

    #[inline]
    pub fn hold(&self, text: &[u8], token: &Token) -> bool {
        let length = token.end.wrapping_sub(token.start);
        self.0[usize::from(text[token.start as usize])] >> (length % 32) & 1 != 0
    }
}

/// Whether a written word is this name, possessive or not; case is no matter.
#[inline]
pub(super) fn is_name(written: &str, name: &str) -> bool {
    // Nearly all begin with another letter. What is neither as long as the name nor possessive is not it, unless letters
    // beyond ASCII change their length.
    let first = |word: &str| word.bytes().next().unwrap_or_default().to_ascii_lowercase();
    if first(name).is_ascii() && first(written).is_ascii() && first(name) != first(written) {
        return false;
    }
    if written.is_ascii() && !written.ends_with('s') && written.len() != name.len() {
        return false;
    }
    let written = written.strip_suffix("'s").or_else(|| written.strip_suffix("\u{2019}s")).unwrap_or(written);
    written.eq_ignore_ascii_case(name) || (!written.is_ascii() && written.to_lowercase() == name)
}

/// Names by what they are short for or shortened to.
fn forms() -> &'static FxHashMap<&'static str, Vec<&'static [&'static str]>> {
    static FORMS: OnceLock<FxHashMap<&str, Vec<&[&str]>>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let mut groups: FxHashMap<&str, Vec<&[&str]>> = FxHashMap::default();
        for &forms in SHORT_FORMS {
            for form in forms {
                groups.entry(form).or_default().push(forms);
            }
        }
        groups
    })
}

/// Adds a name and what it is short for or shortened to.
pub(super) fn add_forms<'n>(name: &'n str, all: &mut Vec<&'n str>) {
    all.push(name);
    for group in forms().get(name).into_iter().flatten() {
        all.extend_from_slice(group);
    }
}

/// Whether one name is short for the other.
pub(super) fn is_short_form(name: &str, other: &str) -> bool {
    let listed = forms().get(name).into_iter().flatten().any(|group| group.contains(&other));
    let longer = |long: &str, short: &str| short.len() > 2 && long.starts_with(short);
    listed || longer(name, other) || longer(other, name)
}

/// Whether two names are one, misspelt or misheard: "Joyce" and "Joyxe", "Meiling" and "Mei".
pub(super) fn is_spelled_alike(name: &str, other: &str) -> bool {
    let most = if name.len() > 5 { 2 } else { 1 };
    // Each letter more is a step of its own: to count them is cheaper.
    let letters = |name: &str| name.chars().count();
    letters(name).abs_diff(letters(other)) <= most && strsim::damerau_levenshtein(name, other) <= most
}
