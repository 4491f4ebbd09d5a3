//! Phrases that tell by themselves what is heard, and how they are found: those of recorded voices, and those that
//! hardly anybody says in a customer's call.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a phrase tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A recorded voice says it.
    Recorded,
    /// Hardly anybody says it in a customer's call: it is an interview, a podcast, a meeting.
    OtherTalk,
}

/// Phrases by sort. Words are as [`words`] leaves them; `a/b` is either.
#[rustfmt::skip]
const PHRASES: &[(Sort, &[&str])] = &[
    (Sort::Recorded, &[
        "press one/two/three/four/1/2/3/4", "press or say", "say or press", "press the star/hash/pound", "press star/hash/pound", "para espanol", "for english press",
        "your call is important to us", "your call may/will be monitored/recorded", "this call may/will be monitored/recorded", "calls are/may be/are being recorded", "calls are recorded", "calls may be recorded/monitored",
        "all of our/your agents/representatives/advisers/advisors/operators", "all our agents/representatives/advisers/advisors/operators", "stay on the line your", "please hold for the next", "next available agent/adviser/advisor/representative/operator",
        "your call will be answered", "number one/two/three/four/five/six/seven/eight/nine in the queue", "in the queue your call", "your estimated wait", "estimated wait time", "choose from the following", "following options",
        "our menu options have", "menu options have changed", "after the tone", "leave a message after", "calls in the order", "in the order it was received", "higher than usual/normal call volume", "higher call volumes",
        "using your keypad", "using your phone keypad", "welcome to the automated", "please listen carefully", "in a few words", "say or enter",
    ]),
    (Sort::OtherTalk, &[
        "welcome to the show", "welcome to the podcast", "welcome back to the show/podcast", "welcome to another episode", "thanks for having me", "thank you for having me", "thanks for coming on",
        "this podcast", "our podcast", "my podcast", "our guest", "my guest", "this episode", "our listeners", "tell me about yourself", "tell us about yourself", "your greatest/biggest weakness/strength",
        "next slide", "welcome everyone", "thank you all for joining", "on the agenda", "todays agenda", "your honor", "this interview", "thanks for the interview", "on my resume", "your resume",
        "research study", "for the study", "you are on the air", "youre on the air", "long time listener", "for the tape", "salary expectations", "the minutes of the last", "motion is carried", "can everyone see my screen",
    ]),
];

/// Phrases by their first words, each word with its alternatives.
type Phrases = BTreeMap<&'static str, Vec<(Sort, Vec<Vec<&'static str>>)>>;

static BY_FIRST: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::new();
    for (sort, listed) in PHRASES {
        for phrase in *listed {
            let words: Vec<Vec<&str>> = phrase.split(' ').map(|w| w.split('/').collect()).collect();
            for first in &words[0] {
                phrases.entry(first).or_default().push((*sort, words.clone()));
            }
        }
    }
    phrases
});

/// What the phrases tell that stand in these words.
pub fn all(words: &[String]) -> impl Iterator<Item = Sort> {
    let starting = move |at: usize| {
        let phrases = BY_FIRST.get(words[at].as_str()).map_or(&[][..], Vec::as_slice);
        phrases.iter().filter(move |(_, phrase)| {
            let said = words.get(at..at + phrase.len());
            let fits = |(want, word): (&Vec<&str>, &String)| want.contains(&word.as_str());
            said.is_some_and(|said| phrase.iter().zip(said).all(fits))
        })
    };
    (0..words.len()).flat_map(starting).map(|(sort, _)| *sort)
}

/// Adds the words of a text, in lower case and without apostrophes.
pub fn words(text: &str, to: &mut Vec<String>) {
    let pieces = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    for piece in pieces {
        let letters = piece.chars().filter(|c| c.is_alphanumeric());
        let word: String = letters.flat_map(char::to_lowercase).collect();
        if !word.is_empty() {
            to.push(word);
        }
    }
}

/// Every phrase.
#[cfg(test)]
pub fn phrases() -> impl Iterator<Item = &'static str> {
    PHRASES.iter().flat_map(|(_, listed)| listed.iter().copied())
}
