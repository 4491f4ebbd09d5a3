//! The small print of words: full stops that end no sentence, and what recognisers write for sounds.

use super::Key;

/// The most letters of an abbreviation, stops inside it included.
const LONGEST: usize = 6;

/// When a full stop after an abbreviation ends a sentence.
#[derive(Clone, Copy)]
enum Ends {
    Never,
    BeforeCapital,
    UnlessNumber,
}

#[rustfmt::skip]
const ABBREVIATIONS: [(&str, Ends); 29] = {
    use Ends::{BeforeCapital, Never, UnlessNumber};
    [
        ("mr", Never), ("mrs", Never), ("ms", Never), ("dr", Never), ("st", Never), ("jr", Never), ("sr", Never), ("prof", Never),
        ("vs", Never), ("approx", Never), ("ext", Never), ("dept", Never), ("e.g", Never), ("i.e", Never), ("mt", Never),
        ("ave", Never), ("capt", Never), ("rev", Never), ("gen", Never),
        ("p.m", BeforeCapital), ("a.m", BeforeCapital), ("u.s", BeforeCapital), ("u.k", BeforeCapital), ("etc", BeforeCapital),
        ("inc", BeforeCapital), ("ltd", BeforeCapital), ("co", BeforeCapital), ("corp", BeforeCapital),
        ("no", UnlessNumber),
    ]
};

/// Their keys, which tell most words apart at once.
const KEYS: [u64; ABBREVIATIONS.len()] = {
    let mut keys = [0; ABBREVIATIONS.len()];
    let mut k = 0;
    while k < keys.len() {
        let word = ABBREVIATIONS[k].0.as_bytes();
        keys[k] = (word.len() as u64) << 56;
        let mut letter = 0;
        while letter < word.len() {
            keys[k] |= (word[letter] as u64) << (8 * letter);
            letter += 1;
        }
        k += 1;
    }
    keys
};

/// Whether a word may be an abbreviation with the full stop after it; most are none, and this is the cheapest way to
/// tell. Not inlined: the many words without a full stop need the registers.
#[inline(never)]
pub(super) fn may_be_abbreviation(key: Key) -> bool {
    // Of one letter: an initial. None is longer than the longest.
    let len = key.low >> 56;
    key.high == 0 && (len == 1 || (len <= LONGEST as u64 && KEYS.contains(&key.low)))
}

/// Whether the full stop at `at` belongs to the word before it.
pub(super) fn is_abbreviation(text: &str, from: usize, at: usize, to: usize) -> bool {
    let bytes = text.as_bytes();
    let in_word = |b: &u8| !matches!(b, b' ' | b'\n' | b'\t' | b'(' | b'"' | b',') && b.is_ascii();
    let near = &bytes[from.max(at.saturating_sub(LONGEST + 1))..at];
    let len = near.iter().rev().take_while(|b| in_word(b)).count();
    if len == 0 || len > LONGEST {
        return false;
    }
    let word = &bytes[at - len..at];
    let key = Key::of(word);
    let listed = KEYS.iter().position(|listed| *listed == key.low);
    let listed = listed.map(|place| ABBREVIATIONS[place].1);
    match (listed, word) {
        (Some(Ends::Never), _) => true,
        (Some(Ends::BeforeCapital), _) => !capital_follows(text, at + 1, to),
        (Some(Ends::UnlessNumber), _) => text[at + 1..to].trim_start().starts_with(|c: char| c.is_ascii_digit()),
        // An initial.
        (None, [letter]) => letter.is_ascii_uppercase() && *letter != b'I' && capital_follows(text, at + 1, to),
        _ => false,
    }
}

/// Whether dots that trail off end a sentence: a capital follows, and not the "I" that is always one.
pub(super) fn dots_end(text: &str, at: usize, to: usize) -> bool {
    let next = text[at.min(to)..to].trim_start_matches(|c: char| !c.is_alphanumeric());
    let lone = next.strip_prefix('I').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    !lone && next.starts_with(char::is_uppercase)
}

/// Whether the next letter after `at` is a capital.
pub(super) fn capital_follows(text: &str, at: usize, to: usize) -> bool {
    text[at.min(to)..to].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// What recognisers write for sounds without words.
pub(super) const NOISE: &[&str] = &[
    "noise", "unk", "inaudible", "unintelligible", "crosstalk", "laughter", "laughs", "laugh", "cough", "coughing",
    "sigh", "sighs", "silence", "pause", "music", "background noise", "vocalized-noise", "breathing", "ringing",
    "static", "beep", "hesitation",
];
