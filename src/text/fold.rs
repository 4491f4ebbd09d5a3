//! What a written word may stand for: contractions opened, spellings joined, fillers known.
//!
//! A phrase is written once and holds for clean text, for chat and for raw speech recognition, because both sides are
//! folded by this one table: "I'm", "im", "i 'm" and "i am" are the same two words. A word may carry several readings
//! ("ill" is "ill" or "i will"); matching tries each, evidence always points into the original text.

use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What stands for itself in front of an opened contraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The first word.
    pub first: String,
    /// The second, where one written word stands for two.
    pub second: Option<String>,
}

impl Reading {
    fn one(word: &str) -> Reading {
        Reading { first: word.to_owned(), second: None }
    }
    fn two(first: &str, second: &str) -> Reading {
        Reading { first: first.to_owned(), second: Some(second.to_owned()) }
    }
}

/// Written words that stand for others. Each line: as written, then its readings; a reading of two words has a space.
/// Only words whose bare form is no word of its own, or is one that is rare on the phone, have an opened reading.
#[rustfmt::skip]
const READINGS: &[(&str, &[&str])] = &[
    // Contractions that lost their apostrophe.
    ("im", &["i am"]), ("ive", &["i have"]), ("id", &["id", "i would", "i had"]), ("ill", &["ill", "i will"]),
    ("youre", &["you are"]), ("youve", &["you have"]), ("youll", &["you will"]), ("youd", &["you would", "you had"]),
    ("were", &["were", "we are"]), ("weve", &["we have"]), ("well", &["well", "we will"]), ("wed", &["wed", "we would", "we had"]),
    ("theyre", &["they are"]), ("theyve", &["they have"]), ("theyll", &["they will"]), ("theyd", &["they would", "they had"]),
    ("hes", &["he is", "he has"]), ("shes", &["she is", "she has"]), ("hed", &["he would", "he had"]), ("shed", &["shed", "she would", "she had"]),
    ("hell", &["hell", "he will"]), ("shell", &["shell", "she will"]), ("itll", &["it will"]), ("thatll", &["that will"]),
    ("its", &["its", "it is", "it has"]), ("thats", &["that is", "that has"]), ("whats", &["what is", "what has"]),
    ("wheres", &["where is"]), ("hows", &["how is"]), ("whos", &["who is", "who has"]), ("theres", &["there is", "there has"]),
    ("heres", &["here is"]), ("lets", &["let us", "lets"]), ("let's", &["let us"]),
    ("dont", &["do not"]), ("doesnt", &["does not"]), ("didnt", &["did not"]), ("cant", &["can not"]), ("cannot", &["can not"]),
    ("can't", &["can not"]), ("wont", &["will not"]), ("won't", &["will not"]), ("shan't", &["shall not"]),
    ("couldnt", &["could not"]), ("wouldnt", &["would not"]), ("shouldnt", &["should not"]), ("isnt", &["is not"]),
    ("arent", &["are not"]), ("wasnt", &["was not"]), ("werent", &["were not"]), ("havent", &["have not"]),
    ("hasnt", &["has not"]), ("hadnt", &["had not"]), ("mustnt", &["must not"]), ("neednt", &["need not"]),
    ("ain't", &["is not", "are not"]), ("aint", &["is not", "are not"]), ("couldve", &["could have"]),
    ("wouldve", &["would have"]), ("shouldve", &["should have"]),
    // Pieces that some recognisers and taggers split off.
    ("'m", &["am"]), ("'re", &["are"]), ("'ve", &["have"]), ("'ll", &["will"]), ("'d", &["would", "had"]), ("'s", &["is", "has"]),
    ("n't", &["not"]), ("nt", &["not"]), ("ca", &["ca", "can"]), ("wo", &["wo", "will"]), ("sha", &["sha", "shall"]),
    ("gon", &["gon", "going"]), ("wan", &["wan", "want"]), ("na", &["na", "to"]), ("ta", &["ta", "to"]), ("lem", &["let"]), ("gim", &["give"]),
    // The same where the apostrophe is lost as well: "you re", "i ll", "don t".
    ("m", &["m", "am"]), ("re", &["are"]), ("ve", &["have"]), ("ll", &["will"]), ("d", &["d", "would", "had"]), ("s", &["s", "is", "has"]),
    ("t", &["t", "not"]), ("don", &["don", "do"]), ("won", &["won", "will"]), ("doesn", &["does"]), ("didn", &["did"]), ("isn", &["is"]),
    ("aren", &["are"]), ("wasn", &["was"]), ("weren", &["were"]), ("couldn", &["could"]), ("wouldn", &["would"]), ("shouldn", &["should"]),
    ("haven", &["haven", "have"]), ("hasn", &["has"]), ("hadn", &["had"]), ("ain", &["is", "are"]),
    // Spoken and typed short forms.
    ("gonna", &["going to"]), ("wanna", &["want to"]), ("gotta", &["got to"]), ("hafta", &["have to"]), ("lemme", &["let me"]),
    ("gimme", &["give me"]), ("kinda", &["kind of"]), ("sorta", &["sort of"]), ("outta", &["out of"]), ("cuz", &["because"]),
    ("cause", &["cause", "because"]), ("'cause", &["because"]), ("ya", &["ya", "you"]), ("u", &["u", "you"]),
    ("ur", &["your", "you are"]), ("pls", &["please"]), ("plz", &["please"]), ("thx", &["thanks"]), ("ok", &["okay"]),
    ("alright", &["all right"]), ("ma'am", &["ma'am"]), ("o'clock", &["o'clock"]), ("y'all", &["you all"]), ("'em", &["them"]),
    ("mhm", &["mm hmm"]), ("&", &["and"]),
];

/// Words before `'s` where it is "is" or "has", never the possessive.
const IS_WORDS: &[&str] = &[
    "it",
    "that",
    "what",
    "he",
    "she",
    "who",
    "where",
    "there",
    "here",
    "how",
    "when",
    "why",
    "this",
    "everything",
    "something",
    "nothing",
    "anything",
    "everyone",
    "someone",
    "one",
    "name",
];

/// British and doubled spellings, joined with the American one. Prefixes, so that a phrase's `apologis*` is joined too.
#[rustfmt::skip]
const SPELLINGS: &[(&str, &str)] = &[
    ("apologis", "apologiz"), ("realis", "realiz"), ("recognis", "recogniz"), ("organis", "organiz"), ("prioritis", "prioritiz"),
    ("authoris", "authoriz"), ("finalis", "finaliz"), ("empathis", "empathiz"), ("sympathis", "sympathiz"), ("summaris", "summariz"),
    ("cancell", "cancel"), ("favour", "favor"), ("colour", "color"), ("honour", "honor"), ("behaviour", "behavior"),
    ("neighbour", "neighbor"), ("programme", "program"), ("travell", "travel"), ("grey", "gray"),
];

/// Sounds that mean nothing; matching may skip them between the words of a phrase.
const FILLERS: &[&str] = &["um", "umm", "uh", "uhh", "uhm", "er", "erm", "hmm", "mm", "eh"];

/// Whether a word is a sound that means nothing.
#[must_use]
pub fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Whether two words begin with one byte: rules out most of a list without a call for each.
fn same_first(a: &str, b: &str) -> bool {
    a.as_bytes().first() == b.as_bytes().first()
}

/// Joins spellings of one word; the ends of the word, and a phrase's `*`, stay.
#[must_use]
pub fn spelling(word: &str) -> Cow<'_, str> {
    SPELLINGS
        .iter()
        .filter(|(from, _)| same_first(from, word))
        .find_map(|(from, to)| word.strip_prefix(from).map(|rest| Cow::Owned(format!("{to}{rest}"))))
        .unwrap_or(Cow::Borrowed(word))
}

fn listed(word: &str) -> Option<&'static [&'static str]> {
    static LISTED: LazyLock<FxHashMap<&str, &[&str]>> = LazyLock::new(|| READINGS.iter().copied().collect());
    LISTED.get(word).copied()
}

/// Whether a word stands for itself alone, as most do.
#[must_use]
pub fn is_plain(word: &str) -> bool {
    let spelled_so = |(from, _): &(&str, _)| same_first(from, word) && word.starts_with(from);
    !word.bytes().any(|b| b == b'\'') && !SPELLINGS.iter().any(spelled_so) && listed(word).is_none()
}

/// The readings of a written word, the most likely first. `word` is lower case with straight apostrophes.
#[must_use]
pub fn readings(word: &str) -> Vec<Reading> {
    if let Some(listed) = listed(word) {
        return listed
            .iter()
            .map(|r| r.split_once(' ').map_or_else(|| Reading::one(r), |(a, b)| Reading::two(a, b)))
            .collect();
    }
    let Some(at) = word.find('\'') else {
        return vec![Reading::one(&spelling(word))];
    };
    let (stem, clitic) = (&word[..at], &word[at..]);
    let stem = spelling(stem);
    match clitic {
        "'m" => vec![Reading::two(&stem, "am")],
        "'re" => vec![Reading::two(&stem, "are")],
        "'ve" => vec![Reading::two(&stem, "have")],
        "'ll" => vec![Reading::two(&stem, "will")],
        "'d" => vec![Reading::two(&stem, "would"), Reading::two(&stem, "had")],
        "'s" if IS_WORDS.contains(&&*stem) => {
            vec![Reading::two(&stem, "is"), Reading::two(&stem, "has")]
        }
        // "My mother's death" and "my mother's ill": the possessive leaves the word, the verb adds one.
        "'s" => vec![Reading::one(&stem), Reading::two(&stem, "is")],
        "'t" if stem.ends_with('n') => vec![Reading::two(&stem[..stem.len() - 1], "not")],
        "'" => vec![Reading::one(&stem)],
        _ => vec![Reading::one(word)],
    }
}

/// The stem of a folded word: without the commonest endings, so that "recommending" and "recommends" are one feature.
#[must_use]
pub fn stem(word: &str) -> String {
    let cut = |end: &str, put: &str, left: usize| {
        let rest = word.strip_suffix(end).filter(|r| r.chars().count() >= left)?;
        Some(format!("{rest}{put}"))
    };
    cut("ies", "y", 2)
        .or_else(|| cut("ied", "y", 2))
        .or_else(|| cut("ing", "", 3))
        .or_else(|| cut("ed", "", 3))
        .or_else(|| Some(word).filter(|w| !w.ends_with("ss") && !w.ends_with("us")).and_then(|_| cut("s", "", 4)))
        .unwrap_or_else(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(word: &str) -> Vec<String> {
        let join = |r: Reading| r.second.map_or(r.first.clone(), |s| format!("{} {s}", r.first));
        readings(word).into_iter().map(join).collect()
    }

    #[test]
    fn stems_join_the_forms_of_a_word() {
        for (word, expected) in [
            ("recommending", "recommend"),
            ("worries", "worry"),
            ("tried", "try"),
            ("orders", "order"),
            ("this", "this"),
            ("need", "need"),
            ("less", "less"),
            ("thing", "thing"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn contractions_open_however_they_are_written() {
        for (written, expected) in [
            ("i'm", "i am"),
            ("im", "i am"),
            ("you're", "you are"),
            ("don't", "do not"),
            ("dont", "do not"),
            ("can't", "can not"),
            ("couldn't", "could not"),
            ("we'll", "we will"),
            ("that's", "that is"),
            ("gonna", "going to"),
            ("n't", "not"),
            ("re", "are"),
            ("ll", "will"),
            ("didn", "did"),
            ("cancelled", "canceled"),
            ("apologise", "apologize"),
        ] {
            assert_eq!(read(written)[0], expected, "{written}");
        }
    }

    #[test]
    fn ambiguous_words_keep_both_readings() {
        assert_eq!(read("ill"), ["ill", "i will"]);
        assert_eq!(read("i'd"), ["i would", "i had"]);
        assert_eq!(read("mother's"), ["mother", "mother is"]);
        assert_eq!(read("its"), ["its", "it is", "it has"]);
        assert_eq!(read("don"), ["don", "do"]);
        assert_eq!(read("t"), ["t", "not"]);
    }

    #[test]
    fn a_plain_word_reads_as_itself() {
        for (word, plain) in [("order", true), ("grew", true), ("greyish", false), ("im", false), ("mother's", false)] {
            assert_eq!(is_plain(word), plain, "{word}");
            assert_eq!(read(word) == [word], plain, "{word}");
        }
    }

    #[test]
    fn every_line_of_the_table_is_lower_case_and_has_at_most_two_words_a_reading() {
        for (written, readings) in READINGS {
            assert_eq!(*written, written.to_lowercase());
            assert!((1..=3).contains(&readings.len()), "{written}");
            assert!(!is_plain(written), "{written}");
            assert!(readings.iter().all(|r| r.split(' ').count() <= 2), "{written}");
        }
    }
}
