//! What a pack may cost: everything that a few lines could make grow without bounds is counted before it is built, and a
//! mistake stands at the line that goes over, with the limit. Packs that come with the program stay far below.

use super::raw_set::{RawEntry, RawSet};
use super::reader::Mistakes;
use super::set_names::SetNames;
use crate::text::engine::lexicon::BUILT_INS;
use crate::text::fold;
use crate::text::phrase::{Item, Phrase};
use crate::text::set::Pattern;

/// Files of a run, with all that they include.
pub const FILES: usize = 64;
/// How far includes may lead on.
pub const INCLUDES: usize = 16;
/// Sets of a run.
pub const SETS: usize = 4000;
/// Rules of a run.
pub const RULES: usize = 2000;
/// Rules that a rule is made of, all of theirs counted.
pub const PARTS: usize = 500;
/// Sets within sets within sets.
const DEPTH: usize = 32;
/// Words and gaps that the phrases of a set unfold to, with all sets opened.
const SET_WORDS: usize = 50_000;
/// Those of all packs together.
const ALL_WORDS: usize = 400_000;
/// Words with a `*` in them: an unknown word is held against each of them.
const GLOBS: usize = 4000;
/// Phrases of a set, with the sets that stand for theirs opened, and the conditions of each.
const SET_PHRASES: usize = 50_000;

/// What the phrases of a set come to.
#[derive(Clone, Copy, Default)]
struct Size {
    words: usize,
    phrases: usize,
    depth: usize,
}

/// Whether all sets stay within the limits; no set may lead back to itself.
pub fn within(sets: &[(usize, RawSet)], names: &SetNames<'_>, mistakes: &[Mistakes]) -> bool {
    let (mut sizes, mut all, mut globs, mut fine) = (vec![None; sets.len()], 0usize, 0usize, true);
    for k in inner_first(sets, names) {
        let (pack, set) = &sets[k];
        let mut size = Size::default();
        let mut wrong = |entry: Option<&RawEntry>, message: String| {
            let span = entry.map_or_else(|| set.name.span.clone(), |entry| entry.span.clone());
            mistakes[*pack].wrong(span, message, "make it of fewer alternatives, or of fewer sets within sets");
            fine = false;
        };
        for entry in &set.entries {
            let Some(Pattern::Words(phrase)) = &entry.pattern else { continue };
            let own = Counted { names, sizes: &sizes }.phrase(phrase);
            globs += if entry.shipped { 0 } else { own.globs };
            all += if entry.shipped { 0 } else { own.size.words };
            let conditions = 1 + entry.after.len() + entry.not_if.len() + set.not_if.len() + set.after.len();
            size.words += own.size.words;
            size.phrases = size.phrases.saturating_add(own.size.phrases.saturating_mul(conditions));
            size.depth = size.depth.max(own.size.depth);
            let over = if size.words > SET_WORDS {
                format!("the phrases of `{}` unfold to more than {SET_WORDS} words here", set.name.text)
            } else if size.phrases > SET_PHRASES {
                format!("`{}` stands for more than {SET_PHRASES} phrases and conditions here", set.name.text)
            } else if size.depth > DEPTH {
                format!("there are more than {DEPTH} sets within sets here")
            } else if all > ALL_WORDS {
                format!("the phrases of all packs unfold to more than {ALL_WORDS} words here")
            } else if globs > GLOBS {
                format!("there are more than {GLOBS} words with `*` in all packs")
            } else {
                continue;
            };
            wrong(Some(entry), over);
            // One is enough: what holds this set would go over as well.
            return false;
        }
        let opened = set.not_in.iter().map(|phrase| Counted { names, sizes: &sizes }.phrase(phrase).size.words);
        if opened.sum::<usize>() > SET_WORDS {
            wrong(None, format!("what cancels `{}` unfolds to more than {SET_WORDS} words", set.name.text));
        }
        sizes[k] = Some(size);
    }
    fine
}

/// The sets, each after those that its phrases hold.
fn inner_first(sets: &[(usize, RawSet)], names: &SetNames<'_>) -> Vec<usize> {
    let inner = |k: usize| -> Vec<usize> {
        let (set, mut inner) = (&sets[k].1, Vec::new());
        let mut add = |name: &str, _: usize| inner.extend(names.id(name).map(usize::from));
        set.entries.iter().for_each(|entry| entry.each_set(&mut add));
        set.not_in.iter().for_each(|phrase| phrase.each_set(&mut add));
        inner
    };
    let (mut order, mut seen) = (Vec::with_capacity(sets.len()), vec![false; sets.len()]);
    for k in 0..sets.len() {
        if std::mem::replace(&mut seen[k], true) {
            continue;
        }
        let mut open = vec![(k, inner(k))];
        while let Some((at, left)) = open.last_mut() {
            match left.pop() {
                Some(next) if !std::mem::replace(&mut seen[next], true) => open.push((next, inner(next))),
                Some(_) => {}
                None => {
                    order.push(*at);
                    open.pop();
                }
            }
        }
    }
    order
}

/// What one phrase comes to.
struct OfPhrase {
    size: Size,
    globs: usize,
}

struct Counted<'c> {
    names: &'c SetNames<'c>,
    sizes: &'c [Option<Size>],
}

impl Counted<'_> {
    fn phrase(&self, phrase: &Phrase) -> OfPhrase {
        let mut of = OfPhrase { size: Size { phrases: 1, ..Size::default() }, globs: 0 };
        self.item(&phrase.tree().item, &mut of);
        if let Some(set) = phrase.only_set().and_then(|name| self.set(name)) {
            of.size.phrases = set.phrases.max(1);
        }
        of
    }

    fn set(&self, name: &str) -> Option<Size> {
        self.names.id(name).and_then(|id| self.sizes[usize::from(id)])
    }

    fn item(&self, item: &Item<'_>, of: &mut OfPhrase) {
        let own = match item {
            Item::Word(word) if fold::is_plain(word) => 1,
            Item::Word(word) => fold::readings(word).len() * 2,
            Item::Glob(_) => {
                of.globs += 1;
                1
            }
            Item::Gap { max, .. } => usize::from(*max) * 2,
            Item::Seq(all) | Item::Alt(all) => {
                for item in all {
                    self.item(item, of);
                }
                1
            }
            Item::Opt(inner) => {
                self.item(inner, of);
                1
            }
            Item::Set(name) if BUILT_INS.iter().any(|(built_in, _)| built_in == name) => 1,
            Item::Set(name) => {
                let set = self.set(name).unwrap_or_default();
                of.size.depth = of.size.depth.max(set.depth + 1);
                set.words.max(1)
            }
        };
        of.size.words = of.size.words.saturating_add(own);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{PackRef, Pick, RuleBook};
    use std::fmt::Write as _;

    /// What is said against a pack of one's own with these sets.
    fn said(sets: &str, find: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("own.toml");
        let rule = "[[rule]]\nid=\"r\"\ntitle=\"R\"\nsection=\"s\"\nweight=1\nseverity=\"note\"\nwho=\"agent\"\nadvice=\"x\"\nsource=\"y\"\n";
        let pack = format!(
            "[pack]\nname=\"own\"\ntitle=\"Own\"\nversion=\"1.0.0\"\nlanguage=\"en\"\npass_mark=70\n{sets}\n{rule}find=[\"{find}\"]\n"
        );
        std::fs::write(&path, pack).expect("written");
        let read = RuleBook::load(&[PackRef::File(path)], &Pick::default());
        read.err().map_or(String::new(), |problems| problems.to_string())
    }

    /// A chain of sets, each made of the one before by some phrases.
    fn chain(count: usize, phrases: &str) -> String {
        let mut sets = String::from("[set.t0]\nphrases=[\"hello\",\"hi there\"]\n");
        for k in 1..count {
            let _ = writeln!(sets, "[set.t{k}]\nphrases=[{}]", phrases.replace('%', &format!("<t{}>", k - 1)));
        }
        sets
    }

    #[test]
    fn what_grows_without_bounds_is_told_where_it_goes_over() {
        assert_eq!(said(&chain(6, "\"%\", \"[so] %\""), "t5"), "");
        let doubled = said(&chain(19, "\"%\", \"[so] %\""), "t18");
        assert!(doubled.contains("unfold to more than 50000 words here"), "{doubled}");
        let same = said(&chain(30, "\"%\", \"%\""), "t29");
        assert!(same.contains("more than 50000"), "{same}");
        let deep = said(&chain(40, "\"so %\""), "t39");
        assert!(deep.contains("more than 32 sets within sets"), "{deep}");
        let globs: Vec<String> = (0..4001).map(|k| format!("\"a*{k}\"")).collect();
        assert!(said(&format!("[set.t]\nphrases=[{}]\n", globs.join(",")), "t").contains("4000 words with `*`"));
        let letters = said("[set.t]\nphrases=['/\\w{900}{9}/']\n", "t");
        assert!(letters.contains("takes too much memory"), "{letters}");
        let many: Vec<String> = (0..400).map(|k| format!("'/\\w{{20}}{k}/'")).collect();
        assert!(said(&format!("[set.t]\nphrases=[{}]\n", many.join(",")), "t").contains("takes too much memory"));
        let wrong = said(&format!("[set.t]\nphrases=[{}]\n", "\"<thnaks>\",".repeat(3000)), "t");
        assert!(wrong.contains("and 100 more"), "{}", wrong.lines().last().unwrap_or_default());
        let brackets = said(&format!("[set.t]\nphrases=[\"{}a\"]\n", "(".repeat(40_000)), "t");
        assert!(brackets.contains("more than 32 deep"), "{brackets}");
    }
}
