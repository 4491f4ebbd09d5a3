//! Whose name is asked for or told: "your full name", "her name's", "who am I speaking to?".

use super::classes::NAME_KIND;
use super::words::Words;

/// Whose name the agent asked for last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Nothing,
    /// The caller's.
    Caller,
    /// A child's, a patient's, a pet's.
    Other,
}

/// Whose name a sentence speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Mine,
    Yours,
    /// Nobody's that is said: "the name is", "Name?", "what's the surname".
    The,
    Theirs,
    /// The name of a street, a maiden name.
    Nobodys,
}

/// Whose name the word "name" at a place stands for.
pub(super) fn whose(words: Words<'_>, k: usize) -> Whose {
    let mut at = k;
    while words.is_behind(at, NAME_KIND) {
        at -= 1;
    }
    let before = words.before(at, 1);
    let of = words.at(k + 1) == "of";
    match &*before {
        "my" => Whose::Mine,
        // "It's in your name", "with your name on it".
        "your" if matches!(&*words.before(at, 2), "in" | "under" | "on" | "has" | "say" | "by") => Whose::Nobodys,
        "your" if words.at(k + 1) == "on" && words.at(k + 2) == "it" => Whose::Nobodys,
        "your" | "ur" | "you" if !of => Whose::Yours,
        "maiden" => Whose::Nobodys,
        "her" | "his" | "their" | "whose" => Whose::Theirs,
        before if before.ends_with("'s") && before != "what's" && before != "name's" => Whose::Theirs,
        _ if of => Whose::Theirs,
        "" | "the" | "a" | "what's" | "whats" | "last" | "first" | "and" | "get" | "have" | "is" => Whose::The,
        // "But last name Smith".
        _ if at < k => Whose::The,
        _ => Whose::Nobodys,
    }
}

/// The place behind "name is", "name's" or "names".
pub(super) fn behind(words: Words<'_>, k: usize) -> usize {
    k + 1 + usize::from(matches!(&*words.at(k + 1), "is" | "'s" | "s" | "was" | "would"))
}

/// Whether "you are" stands before a place.
pub(super) fn is_you_are(words: Words<'_>, k: usize) -> bool {
    match &*words.before(k, 1) {
        "you're" | "youre" => true,
        "are" | "'re" | "re" => words.before(k, 2) == "you",
        _ => false,
    }
}

/// Whose name is asked for behind a sentence of the agent's.
pub(super) fn after(words: Words<'_>, cues: &[usize], before: Asked, is_question: bool) -> Asked {
    let mut asked = None;
    for &k in cues {
        let found = match &*words.at(k) {
            "name" | "names" | "surname" => match whose(words, k) {
                Whose::Yours if is_question || requests(words) => Some(Asked::Caller),
                // "The name we have is" asks for nothing.
                Whose::The if ends_asking(words, k) => Some(Asked::Caller),
                Whose::Theirs if is_question || requests(words) => Some(Asked::Other),
                _ => None,
            },
            "who" | "who's" | "whos" | "whom" | "who've" => asks_who(words, k),
            // "Am I speaking with the account holder?"
            "speaking" | "talking" if words.at(k + 2) == "the" => Some(Asked::Caller),
            // "Okay, and your first and last?"
            "last" if words.closes(k) && words.before(k, 2) == "first" => Some(Asked::Caller),
            _ => None,
        };
        // What is asked for oneself weighs more: "your name and your son's".
        asked = match (asked, found) {
            (Some(Asked::Caller), _) => asked,
            (_, found @ Some(_)) => found,
            _ => asked,
        };
    }
    match asked {
        Some(asked) => asked,
        None if is_question => Asked::Nothing,
        None => before,
    }
}

/// Whether "name" ends a question or goes on as one would: "the name on the account, please".
fn ends_asking(words: Words<'_>, k: usize) -> bool {
    let next = words.at(k + 1);
    words.closes(k) || matches!(&*next, "please" | "on" | "and" | "for" | "under" | "there" | "again" | "or" | "so")
}

/// "Can I take", "may I have", "just your name, please": whether a sentence without a question mark asks for something.
fn requests(words: Words<'_>) -> bool {
    let asks = |word: &str| {
        matches!(
            word,
            "can"
                | "could"
                | "may"
                | "please"
                | "what"
                | "what's"
                | "whats"
                | "and"
                | "have"
                | "need"
                | "get"
                | "take"
                | "confirm"
                | "tell"
                | "give"
                | "state"
                | "verify"
                | "provide"
        )
    };
    words.bare || (0..words.len()).any(|k| asks(&words.at(k)))
}

/// "Who am I speaking to", "who've I got on the line", "who's calling".
fn asks_who(words: Words<'_>, k: usize) -> Option<Asked> {
    let speaks = |j: usize| matches!(&*words.at(j), "speaking" | "talking" | "calling");
    let asks = matches!(&*words.at(k + 1), "am" | "do" | "have" | "may");
    let i = words.at(k + 2) == "i" && asks || words.at(k + 1) == "i" && words.at(k) == "who've";
    let this = words.at(k + 1) == "this" || words.at(k + 2) == "this";
    (i || this || (k + 1..words.len()).any(speaks)).then_some(Asked::Caller)
}
