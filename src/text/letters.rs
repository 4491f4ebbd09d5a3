//! Regular expressions over the letters of a sentence, for what words cannot say.

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::sync::{Arc, OnceLock};

/// A regular expression.
#[derive(Clone, Debug)]
pub struct Letters {
    written: Arc<str>,
    compiled: Arc<OnceLock<Option<Compiled>>>,
}

#[derive(Debug)]
struct Compiled {
    regex: Regex,
    /// It finds nothing in a text with fewer digits and bytes beyond ASCII, which may be digits.
    digits: usize,
}

impl From<Regex> for Compiled {
    fn from(regex: Regex) -> Compiled {
        let digits = regex_syntax::parse(regex.as_str()).map_or(0, |hir| fewest_digits(&hir));
        Compiled { regex, digits }
    }
}

impl Letters {
    /// One of the library, which is compiled when it is first needed: that takes longer than hundreds of phrases. A test
    /// compiles every one; a mistake in it would match nothing.
    #[must_use]
    pub fn of_library(regex: &str) -> Letters {
        Letters { written: regex.into(), compiled: Arc::default() }
    }

    /// Every place in a text that the expression finds. Numbers of cards and accounts are what most look for, and most
    /// sentences have too few digits: to tell that is far cheaper than to search.
    pub fn find_in<'t>(&self, text: &'t str) -> impl Iterator<Item = regex::Match<'t>> {
        let compiled = self.compiled.get_or_init(|| Regex::new(&self.written).ok().map(Compiled::from));
        let may_be_digit = |b: &u8| b.is_ascii_digit() || !b.is_ascii();
        let may_be_there = |c: &&Compiled| c.digits == 0 || text.bytes().filter(may_be_digit).count() >= c.digits;
        compiled.as_ref().filter(may_be_there).into_iter().flat_map(move |c| c.regex.find_iter(text))
    }
}

impl From<Regex> for Letters {
    fn from(regex: Regex) -> Letters {
        Letters { written: regex.as_str().into(), compiled: Arc::new(Some(Compiled::from(regex)).into()) }
    }
}

/// How many ASCII digits, or characters beyond ASCII, all that an expression matches holds at least.
fn fewest_digits(hir: &Hir) -> usize {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.iter().filter(|b| b.is_ascii_digit()).count(),
        HirKind::Class(Class::Unicode(class)) => {
            let digits = |from: char, to: char| from.is_ascii_digit() && to.is_ascii_digit();
            usize::from(class.iter().all(|range| !range.start().is_ascii() || digits(range.start(), range.end())))
        }
        HirKind::Repetition(repetition) => repetition.min as usize * fewest_digits(&repetition.sub),
        HirKind::Capture(capture) => fewest_digits(&capture.sub),
        HirKind::Concat(all) => all.iter().map(fewest_digits).sum(),
        HirKind::Alternation(all) => all.iter().map(fewest_digits).min().unwrap_or(0),
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_are_needed_are_counted() {
        for (written, digits) in [
            (r"\b\d{4}\b", 4),
            (r"(?i)account( no\.?)? ?(\d[ -]?){7,}", 7),
            ("(1|23x)", 1),
            ("[3-6]a?", 1),
            (r"\d?", 0),
            ("(1|x)", 0),
            ("[3-6a]", 0),
            (r"\w+", 0),
            (r"(\d*)x", 0),
        ] {
            assert_eq!(Compiled::from(Regex::new(written).expect("an expression")).digits, digits, "{written}");
        }
        let found =
            |text: &str| Letters::of_library(r"\d+").find_in(text).map(|m| m.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(found("a 12 b 3"), ["12", "3"]);
        assert_eq!(found("٣"), ["٣"], "a digit beyond ASCII");
        assert_eq!(found("none"), [""; 0]);
    }
}
