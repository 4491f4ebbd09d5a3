//! Words as learned weights see them: stems, classes, signs for numbers and addresses.

use super::{classes, fold};

/// A word stands for its root in [`Unit::root`] by so many letters.
const ROOT: usize = 5;

/// Words that begin a question.
#[rustfmt::skip]
const ASKING: &[&str] = &[
    "what", "how", "why", "when", "where", "which", "who", "can", "could", "do", "does", "did", "is", "are", "will", "would", "should",
    "may", "am",
];

/// Words of four letters and more that everybody says, whatever it is about.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "about", "after", "again", "also", "and", "any", "anything", "because", "been", "before", "being", "can", "could", "did", "does",
    "doing", "even", "for", "from", "get", "getting", "going", "good", "got", "great", "had", "has", "have", "having", "hello", "help",
    "her", "here", "him", "his", "how", "into", "just", "kind", "know", "like", "little", "look", "make", "maybe", "more", "much", "need",
    "not", "now", "okay", "one", "only", "other", "our", "out", "over", "please", "really", "right", "said", "say", "see", "should",
    "some", "something", "still", "such", "sure", "take", "thank", "thanks", "that", "the", "their", "them", "then", "there", "these",
    "they", "thing", "things", "think", "this", "those", "time", "today", "too", "try", "very", "want", "was", "way", "well", "were",
    "what", "when", "where", "which", "will", "with", "would", "yeah", "yes", "you", "your",
];

/// A written word as features see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Unit {
    /// Numbers of its words in a vocabulary; 0 is a word that no feature knows.
    pub ids: [u32; 2],
    /// Numbers of their classes; the word's own number where it has none.
    pub classes: [u32; 2],
    /// How many of `ids` there are; 0 for what is no word.
    pub count: u8,
    /// The number of a content word's first letters; 0 for other words.
    pub root: u32,
    /// It may begin a question.
    pub asks: bool,
}

impl Unit {
    /// The unit of a written word, lower case with straight apostrophes; `number` numbers its stems, `number_root` the first
    /// letters of content words.
    pub fn of(written: &str, mut number: impl FnMut(&str) -> u32, number_root: impl FnOnce(&str) -> u32) -> Unit {
        let mut unit = Unit::default();
        let stands_for = |c: char| match c {
            '0'..='9' | '$' | '£' | '€' => Some("#number"),
            '[' | '{' | '<' | '_' | '#' => Some("#marker"),
            _ => None,
        };
        if written.starts_with('@') || fold::is_filler(written) {
            return unit;
        }
        let sign = if written.starts_with("http") || written.starts_with("www") {
            Some("#link")
        } else {
            written.chars().next().and_then(stands_for)
        };
        if let Some(sign) = sign {
            unit.ids[0] = number(sign);
            unit.classes[0] = unit.ids[0];
            unit.count = 1;
            return unit;
        }
        let Some(reading) = fold::readings(written).into_iter().next() else {
            return unit;
        };
        unit.asks = ASKING.contains(&reading.first.as_str());
        for word in [Some(&reading.first), reading.second.as_ref()].into_iter().flatten() {
            let (at, stem) = (usize::from(unit.count), fold::stem(word));
            unit.ids[at] = number(&stem);
            unit.classes[at] = classes::class(&stem).map_or(unit.ids[at], &mut number);
            unit.count += 1;
        }
        let content = reading.second.is_none() && reading.first.len() > 2 && !COMMON.contains(&reading.first.as_str());
        if content {
            let end = reading.first.char_indices().nth(ROOT).map_or(reading.first.len(), |(end, _)| end);
            unit.root = number_root(&reading.first[..end]);
        }
        unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_words_open_into_stems_and_signs() {
        let read = |written: &str| {
            let mut words = Vec::new();
            let note = |w: &str| {
                words.push(w.to_owned());
                1
            };
            Unit::of(written, note, |_| 1);
            words
        };
        assert_eq!(read("i'll"), ["i", "will"]);
        assert_eq!(read("£40"), ["#number"]);
        assert_eq!(read("https://a.example/b"), ["#link"]);
        assert_eq!(read("um"), [""; 0]);
    }
}
