//! The sets of the library that a run of shipped packs can need: those that the packs name, and those that these name.
//!
//! Reading all of the library takes longer than auditing a call. Shipped packs hold no mistake to report, so that only
//! what they name is read for them. For a user's own pack all of the library is read: an unknown name must be compared
//! with every known one.

use super::shipped;
use crate::text::set::Detectors;
use rustc_hash::FxHashMap;

/// The parts of the library's files that hold the sets which packs mention, and those wanted `always`: the names of the
/// files and the parts, in the library's order. Learned weights look at what the phrases of all shown sets found, so that
/// these are needed wherever there are any.
pub fn of_library<'t>(
    packs: impl Iterator<Item = &'t str>,
    always: &[&str],
    detectors: Option<Detectors>,
) -> Vec<(&'static str, &'static str)> {
    let files = shipped::LIBRARY.iter();
    let all: Vec<(&str, &str)> = files.flat_map(|(file, text)| parts(text).map(move |part| (*file, part))).collect();
    let named = |(k, (_, part)): (usize, &(_, &'static str))| Some((name(part)?, k));
    let places: FxHashMap<&str, usize> = all.iter().enumerate().filter_map(named).collect();
    let mut needed = vec![false; all.len()];
    let mut todo: Vec<usize> = always.iter().filter_map(|s| places.get(s).copied()).collect();
    let mut weights = detectors == Some(Detectors::Combined);
    packs.for_each(|pack| {
        // Guessing wrong costs a few milliseconds and nothing else: the pack may say so in a comment.
        weights |= detectors.is_none() && !pack.contains("\ndetectors = \"phrases\"");
        mentions(pack, &mut |set| todo.extend(places.get(set)));
    });
    if weights {
        todo.extend(shipped::SHOWN.iter().filter_map(|set| places.get(set)));
    }
    while let Some(k) = todo.pop() {
        if !std::mem::replace(&mut needed[k], true) {
            mentions(all[k].1, &mut |set| todo.extend(places.get(set)));
        }
    }
    let needed = all.into_iter().zip(needed);
    needed.filter_map(|(part, needed)| needed.then_some(part)).collect()
}

const HEADER: &str = "[set.";

/// A file of the library, cut in front of its sets.
fn parts(text: &'static str) -> impl Iterator<Item = &'static str> {
    let mut rest = text.find(HEADER).map_or("", |at| &text[at..]);
    std::iter::from_fn(move || {
        let next = rest.get(1..)?.find("\n[set.").map_or(rest.len(), |at| at + 2);
        let (part, left) = rest.split_at(next);
        rest = left;
        Some(part)
    })
}

fn name(part: &'static str) -> Option<&'static str> {
    Some(part.strip_prefix(HEADER)?.split_once(']')?.0)
}

/// Calls `each` with all that may be the name of a set: a word alone in quotes, or in `<` and `>`.
fn mentions<'t>(text: &'t str, each: &mut impl FnMut(&'t str)) {
    for at in memchr::memchr2_iter(b'"', b'<', text.as_bytes()) {
        let rest = &text[at + 1..];
        let in_name = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
        let len = rest.bytes().take_while(in_name).count();
        if rest[len..].starts_with(['"', '>']) {
            each(&rest[..len]);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::shipped::PACKS;
    use crate::rules::{PackRef, Pick, RuleBook};
    use crate::text::set::Origin;

    /// The sets that a run looks at, with their phrases.
    fn sets(of: &str) -> Vec<String> {
        let book = RuleBook::load(&[PackRef::typed(of)], &Pick::default()).unwrap();
        let used = book.phrases().sets().iter().filter(|s| {
            let empty = s.entries.is_empty() && s.not_in.is_empty();
            !empty || s.origin == Origin::Names
        });
        let written = |e: &crate::text::set::Entry| e.written.clone();
        used.map(|s| {
            let phrases: Vec<_> = s.entries.iter().map(written).collect();
            format!("{} {:?} {phrases:?} {:?}", s.name, s.who, s.not_in)
        })
        .collect()
    }

    #[test]
    fn what_is_left_unread_is_what_no_rule_reaches() {
        let folder = tempfile::tempdir().unwrap();
        for (pack, _) in PACKS {
            // For a file of one's own all of the library is read.
            let file = folder.path().join(format!("{pack}.toml"));
            std::fs::write(&file, format!("[pack]\nname = \"own\"\ninclude = [\"{pack}\"]\n")).unwrap();
            let (read, all) = (sets(pack), sets(file.to_str().unwrap()));
            assert!(read.len() > 3);
            assert_eq!(read, all, "{pack}");
        }
    }
}
