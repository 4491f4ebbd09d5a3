//! The words of statements: how much of one stands in another, and whether it is about this caller or fits every call.

use crate::text::content::stem;

/// Words of statements that fit every call.
#[rustfmt::skip]
const GENERIC: &[&str] = &[
    "apologise", "apologize", "apologies", "apology", "inconvenience", "inconvenienced", "trouble", "issue", "problem", "situation", "matter", "appreciate",
    "assist", "assistance", "support", "experience", "experienced", "cause", "caused", "case", "concern", "concerns", "imagine", "pleasure", "welcome", "sincerely",
    "sincere", "truly", "deeply", "completely", "absolutely", "totally", "certainly", "definitely", "glad", "pleased", "fix", "sorted", "resolve", "resolved",
    "solve", "find", "everything", "best", "promise", "here", "contact", "contacting", "reach", "reaching", "patience", "attention", "moment", "service", "customer",
    "company", "department", "regret", "request", "query", "enquiry", "any", "may", "day", "hello", "morning", "afternoon", "evening",
];
/// Feelings and what is felt so: they say more than a formula, and less than the matter itself.
#[rustfmt::skip]
const FEELINGS: &[&str] = &[
    "frustrating", "frustrated", "frustration", "annoying", "annoyed", "upset", "upsetting", "worry", "worried", "worrying", "stress", "stressful", "stressed", "angry",
    "anger", "sad", "scary", "scared", "frightening", "frightened", "hard", "difficult", "tough", "awful", "terrible", "horrible", "shame", "painful", "exhausting",
    "disappointing", "disappointed", "distressing", "unpleasant", "tiring", "confusing", "shock", "shocking", "maddening", "mad", "feeling", "feelings", "emotional",
    "heartbreaking", "devastating", "loss", "grief",
];
/// Words that turn a sentence into its opposite.
const DENIES: &[&str] = &["not", "no", "never", "cannot", "unable", "nothing", "without"];

/// Who speaks, and to whom.
const PERSONS: &[&str] = &["i", "we", "you", "your", "me", "us"];

/// How much a statement is about this caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It fits every call.
    Generic,
    /// It names a feeling.
    Feeling,
    /// It names the matter.
    Matter,
}

/// The words of a sentence in lower case; blanks to fill in are none.
pub fn words(text: &str) -> Vec<String> {
    let mut open = 0_usize;
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '[' | '<' | '«' => open += 1,
            '}' | ']' | '>' | '»' => {
                open = open.saturating_sub(1);
                plain.push(' ');
            }
            '\u{2019}' | '\'' if open == 0 => plain.push('\''),
            c if open == 0 => plain.extend(c.to_lowercase()),
            _ => {}
        }
    }
    let words = plain.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.map(|w| w.trim_matches('\'')).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// How much of some words stands in others, from 0 to 1, each used once; a typing error makes no other word.
pub fn contained(words: &[String], within: &[String]) -> f64 {
    let mut left: Vec<Option<&String>> = within.iter().map(Some).collect();
    let mut found = 0_usize;
    for word in words {
        let same = |other: &Option<&String>| other.is_some_and(|o| o == word);
        let near = |other: &Option<&String>| other.is_some_and(|o| is_typo(word, o));
        if let Some(at) = left.iter().position(same).or_else(|| left.iter().position(near)) {
            left[at] = None;
            found += 1;
        }
    }
    found as f64 / words.len().max(1) as f64
}

/// Whether one word is the other with a typing error in it.
fn is_typo(one: &str, other: &str) -> bool {
    let shorter = one.chars().count().min(other.chars().count());
    let most = match shorter {
        0..=3 => return false,
        4..=6 => 1,
        _ => 2,
    };
    one.len().abs_diff(other.len()) <= 2 && strsim::osa_distance(one, other) <= most
}

/// Whether some words deny something that others do not.
pub fn denies_more(words: &[String], than: &[String]) -> bool {
    let count = |all: &[String]| all.iter().filter(|w| DENIES.contains(&w.as_str()) || w.ends_with("n't")).count();
    count(words) > count(than)
}

/// Whether some words say in another way what others said, to go by the words alone: half of each stands in the other,
/// who speaks to whom is the same, and nothing is denied.
pub fn is_reworded(old: &[String], new: &[String]) -> bool {
    let person = |w: &&String| {
        PERSONS.iter().any(|p| w.as_str() == *p || w.strip_prefix(p).is_some_and(|e| e.starts_with('\'')))
    };
    let who = |words: &[String]| {
        words
            .iter()
            .filter(person)
            .map(|w| w.split('\'').next().unwrap_or(w).to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    contained(old, new) >= 0.5
        && contained(new, old) >= 0.5
        && who(old).is_subset(&who(new))
        && !denies_more(new, old)
        && level(new) >= level(old)
}

/// How much a statement is about this caller.
pub fn level(words: &[String]) -> Level {
    if details(words) > 0 {
        Level::Matter
    } else if words.iter().any(|w| FEELINGS.contains(&w.as_str())) {
        Level::Feeling
    } else {
        Level::Generic
    }
}

/// How many of its words are about the matter.
pub fn details(words: &[String]) -> usize {
    let is_detail = |word: &&String| {
        let plain = !GENERIC.contains(&word.as_str()) && !FEELINGS.contains(&word.as_str());
        plain && stem(word).is_some()
    };
    words.iter().filter(is_detail).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_typing_errors_make_no_other_words() {
        assert_eq!(words("I\u{2019}m sorry, {{ customer.name }}!"), ["i'm", "sorry"]);
        let same = |one: &str, other: &str| contained(&words(one), &words(other));
        assert!((same("That must be frightening.", "That must be frightning.") - 1.0).abs() < 1e-9);
        assert!((same("I'm so sorry for your loss.", "Thank you for calling.") - 1.0 / 6.0).abs() < 1e-9);
        assert!(same("a cat", "the dog") < 0.1, "short words have no typing errors");
    }

    #[test]
    fn a_statement_is_about_the_matter_a_feeling_or_nothing() {
        let level = |text: &str| level(&words(text));
        assert_eq!(level("We apologise for any inconvenience this may have caused."), Level::Generic);
        assert_eq!(level("I understand."), Level::Generic);
        assert_eq!(level("I can hear how frustrating this is."), Level::Feeling);
        assert_eq!(level("I'm sorry about your food."), Level::Matter);
    }

    #[test]
    fn a_denial_is_heard() {
        let denies = |one: &str, other: &str| denies_more(&words(one), &words(other));
        assert!(denies("We will not be able to help.", "We will be able to help."));
        assert!(!denies("I can't imagine how hard it is.", "I can't imagine how hard this was."));
    }
}
