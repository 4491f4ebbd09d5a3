//! Small damage to text: bytes changed, cut, doubled, signs and words of a language put in.

use proptest::prelude::*;

/// One of the seeds with up to twelve changes; `words` are what means something in its language.
pub fn mutated(seeds: Vec<String>, words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0..6u8, any::<prop::sample::Index>(), 1..60usize);
    (prop::sample::select(seeds), prop::collection::vec(edit, 0..12)).prop_map(move |(seed, edits)| {
        let mut text: Vec<char> = seed.chars().collect();
        for (at, kind, word, length) in edits {
            if text.is_empty() {
                break;
            }
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            let word = words[word.index(words.len())];
            match kind {
                0 => drop(text.splice(at..=at, word.chars())),
                1 => drop(text.drain(at..end)),
                2 => {
                    let piece = text[at..end].to_vec();
                    text.splice(at..at, piece);
                }
                3 => drop(text.splice(at..at, word.repeat(length).chars())),
                _ => drop(text.splice(at..at, word.chars())),
            }
        }
        text.into_iter().collect()
    })
}
