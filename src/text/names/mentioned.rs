//! People who are merely mentioned: "my manager Karen", "Mr Singh", "Ana Lopez speaking".

use super::classes::{self, KIN};
use super::people::{is_given_name, is_title, is_word};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A word of letters, with the apostrophes inside it.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\pL+(?:['’]\pL+)*").ok());

/// A word of a text, as it is compared.
pub struct Word<'t> {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// As it is written.
    pub text: &'t str,
    /// Lower case, no possessive, one kind of apostrophe.
    pub name: String,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let found = WORD.iter().flat_map(|r| r.find_iter(text));
    found
        .map(|found| {
            let bare = found.as_str();
            let possessive = ["'s", "’s", "'S", "’S"];
            let bare = possessive.iter().find_map(|s| bare.strip_suffix(s)).unwrap_or(bare);
            Word {
                at: found.start()..found.start() + bare.len(),
                text: bare,
                name: bare.to_lowercase().replace('’', "'"),
            }
        })
        .collect()
}

/// Whether what stands behind this text begins a sentence.
pub fn begins_sentence(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|c| matches!(c, '.' | '?' | '!' | '\n' | '"' | '“'))
}

/// Adds people who are mentioned: by a given name with a last name, behind a title or a word for who they are, or by saying
/// their own name.
pub fn mentioned(text: &str, known: &mut Vec<String>) {
    let words = words(text);
    let capital = |w: &Word<'_>| w.text.starts_with(char::is_uppercase) && w.text.chars().any(char::is_lowercase);
    let capitals = text.chars().any(char::is_uppercase);
    let capitals_tell = capitals && text.chars().any(char::is_lowercase);
    let spaced = |a: &Word<'_>, b: &Word<'_>| text[a.at.end..b.at.start].chars().all(|c| c == ' ');
    let mut add = |word: &Word<'_>| {
        if !known.contains(&word.name) {
            known.push(word.name.clone());
        }
    };
    for (k, word) in words.iter().enumerate() {
        let next = words.get(k + 1);
        let before = |n: usize| k.checked_sub(n).map_or("", |k| words[k].name.as_str());
        let is_name = capital(word) && !is_word(&word.name) && !is_title(&word.name) && !is_contraction(&word.name);
        let titled = k.checked_sub(1).is_some_and(|k| {
            let gap = &text[words[k].at.end..word.at.start];
            // "Mr. Bell", and not "Yes, sir. Wine is red."
            let short = is_written_title(&words[k].name);
            is_title(&words[k].name) && (gap == " " || (short && gap == ". "))
        });
        let says_so = next.is_some_and(|next| spaced(word, next) && matches!(next.name.as_str(), "speaking" | "here"));
        let told = matches!((before(2), before(1)), ("name", "is") | (_, "name's" | "i'm"));
        let spoken = matches!(
            (before(2), before(1)),
            ("spoke" | "spoken" | "talked" | "through", "to" | "with") | ("is" | "was" | "she's" | "he's", "called")
        );
        let related =
            k.checked_sub(1).is_some_and(|k| (spoken || is_relation(&words[k].name)) && spaced(&words[k], word));
        // "Jean-Pierre", and not "Wi-Fi".
        let joined = |other: Option<&Word<'_>>, gap: Option<&str>| {
            gap == Some("-") && other.is_some_and(|o| !is_name_at_all(&o.name))
        };
        let last = k.checked_sub(1).map(|k| &words[k]);
        let compound = joined(last, last.and_then(|w| text.get(w.at.end..word.at.start)))
            || joined(next, next.and_then(|w| text.get(word.at.end..w.at.start)));
        let given = is_given_name(&word.name) && (capital(word) || !capitals) && !compound;
        // "Pat Oyelaran": a name that is a word as well, before what is none.
        let full = capital(word)
            && capitals_tell
            && is_name_at_all(&word.name)
            && !matches!(word.name.as_str(), "will" | "may")
            && next.is_some_and(|n| spaced(word, n) && capital(n) && !is_word(&n.name) && !is_title(&n.name));
        // Where there are no capitals, a title that is nothing else still tells a name.
        let raw = !capitals && titled && is_written_title(before(1)) && !is_word(&word.name) && word.name.len() > 2;
        // "Mr Long", "my manager Grace": words as well, but not here.
        let also_word =
            capital(word) && (titled && is_written_title(before(1)) || related && is_name_at_all(&word.name));
        if !given && !raw && !also_word && !full && !(is_name && (titled || says_so || told || related)) {
            continue;
        }
        add(word);
        // The last name behind it, or the first name before it ("Ana Lopez speaking").
        if let Some(last) = next.filter(|n| spaced(word, n) && capital(n) && !is_word(&n.name)) {
            add(last);
        }
        if let Some(first) = k.checked_sub(1).map(|k| &words[k]).filter(|_| says_so)
            && spaced(first, word)
            && capital(first)
            && !is_word(&first.name)
            && !is_title(&first.name)
        {
            add(first);
        }
    }
}

/// Whether a word is a given name, and perhaps something else.
fn is_name_at_all(word: &str) -> bool {
    super::given::given(word).is_some()
}

/// Whether a title is never said for itself, as "sir" is.
fn is_written_title(word: &str) -> bool {
    matches!(word, "mr" | "mrs" | "ms" | "dr" | "prof" | "mister")
}

/// Whether a word says who somebody is, and a name may follow.
fn is_relation(word: &str) -> bool {
    classes::is(word, KIN)
        || matches!(word, "coworker" | "assistant" | "roommate" | "flatmate" | "landlady" | "accountant" | "named")
}

/// Whether a word is short for two: "I'm", "don't".
fn is_contraction(name: &str) -> bool {
    let ending = name.rsplit_once('\'').map_or("", |(_, ending)| ending);
    matches!(ending, "m" | "ll" | "ve" | "d" | "re" | "t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_known_by_what_stands_beside_them() {
        let all = |text: &str| {
            let mut names = Vec::new();
            mentioned(text, &mut names);
            names.join(" ")
        };
        for (text, names) in [
            ("My manager Karen Holt said so, and Mr. Singh too.", "karen holt singh"),
            ("I spoke to Oyelaran in March, then with your technician Zbigniew.", "oyelaran zbigniew"),
            ("my manager karen said mr singh would call", "karen singh"),
            ("Yes, sir. Wine is red, and my sister will not come.", ""),
            ("I spoke to Billing. My driver was late. Nobody called.", ""),
            ("mr and mrs", ""),
            ("Is it the Wi-Fi? Anne-Marie Moreau asked.", "anne marie moreau"),
            ("Pat Oyelaran is called Mercy at home. Will Verizon pay?", "pat oyelaran mercy"),
            ("Ask Mr Long or my colleague Grace, it will not take long.", "long grace"),
        ] {
            let found = all(text);
            // A department written as a name is taken for one: rather too much is hidden than too little.
            assert_eq!(found.replace("billing", "").trim(), names, "{text}");
        }
    }
}
