//! Content words: what a sentence is about, so that an echo of it can be heard.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Words that say nothing of what is talked about.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "about", "after", "again", "all", "also", "always", "and", "another", "any", "anything", "are", "aren", "back", "because", "been", "before", "being", "but",
    "call", "called", "calling", "can", "cannot", "come", "could", "did", "didn", "does", "doesn", "doing", "don", "down", "each", "else", "even", "ever", "every",
    "everything", "fine", "for", "from", "get", "gets", "getting", "give", "going", "gone", "good", "got", "had", "has", "hasn", "have", "haven", "having", "hello",
    "help", "her", "here", "him", "his", "hold", "how", "isn", "its", "just", "keep", "know", "last", "least", "let", "like", "little", "look", "lot", "made", "make",
    "many", "maybe", "mean", "might", "minute", "more", "most", "much", "must", "need", "never", "next", "nobody", "not", "nothing", "now", "off", "okay", "one",
    "only", "other", "our", "out", "over", "people", "please", "put", "quite", "really", "right", "said", "same", "say", "see", "she", "should", "since", "some",
    "somebody", "someone", "something", "sorry", "still", "such", "sure", "take", "tell", "than", "thank", "thanks", "that", "the", "their", "them", "then", "there",
    "these", "they", "thing", "things", "think", "this", "those", "though", "time", "today", "told", "too", "try", "trying", "two", "until", "use", "very", "want",
    "wanted", "was", "wasn", "way", "well", "went", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "won", "would", "yeah", "yes",
    "yet", "you", "your", "yours", "understand", "feel", "hear", "happy", "glad", "work",
];

/// The same, to be looked up: every word of the other party is.
static STOPPED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| STOP_WORDS.iter().copied().collect());

/// What makes one word of several forms.
const ENDINGS: &[&str] =
    &["ations", "ation", "ings", "ing", "edly", "ies", "ied", "ers", "ed", "es", "er", "ly", "s", "e", "y"];

/// The stem of a word in lower case if it says what is talked about; none for short and empty words.
#[must_use]
pub fn stem(written: &str) -> Option<&str> {
    let word = written.split(['\'', '\u{2019}']).next().unwrap_or("");
    let letters = word.chars().count();
    if letters < 3 || STOPPED.contains(word) || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let ending = ENDINGS.iter().find(|e| word.len() >= e.len() + 3 && word.ends_with(*e));
    Some(&word[..word.len() - ending.map_or(0, |e| e.len())])
}
