//! The small print of words: full stops that end no sentence, and what recognisers write for sounds.

/// Words whose full stop does not end a sentence, lower case without it.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "jr", "sr", "prof", "vs", "approx", "ext", "dept", "e.g", "i.e",
    "mt", "ave", "capt", "rev", "gen",
];

/// Words whose full stop ends a sentence only when a capital follows.
const SOMETIMES: &[&str] = &[
    "p.m", "a.m", "u.s", "u.k", "etc", "inc", "ltd", "co", "corp", "no",
];

/// Whether the full stop at `at` belongs to the word before it.
pub(super) fn is_abbreviation(text: &str, from: usize, at: usize, to: usize) -> bool {
    const LONGEST: usize = 6;
    let bytes = text.as_bytes();
    let in_word = |b: &u8| !matches!(b, b' ' | b'\n' | b'\t' | b'(' | b'"' | b',') && b.is_ascii();
    let near = &bytes[from.max(at.saturating_sub(LONGEST + 1))..at];
    let len = near.iter().rev().take_while(|b| in_word(b)).count();
    if len == 0 || len > LONGEST {
        return false;
    }
    let word = &text[at - len..at];
    let lower = word.to_ascii_lowercase();
    if lower == "no" {
        return text[at + 1..to]
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit());
    }
    if ABBREVIATIONS.contains(&lower.as_str()) {
        return true;
    }
    let initial = word.len() == 1
        && word.as_bytes()[0].is_ascii_uppercase()
        && word != "I"
        && capital_follows(text, at + 1, to);
    initial || (SOMETIMES.contains(&lower.as_str()) && !capital_follows(text, at + 1, to))
}

/// Whether dots that trail off end a sentence: a capital follows, and not the "I" that is always one.
pub(super) fn dots_end(text: &str, at: usize, to: usize) -> bool {
    let next = text[at.min(to)..to].trim_start_matches(|c: char| !c.is_alphanumeric());
    let lone = next
        .strip_prefix('I')
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    !lone && next.starts_with(char::is_uppercase)
}

/// Whether the next letter after `at` is a capital.
pub(super) fn capital_follows(text: &str, at: usize, to: usize) -> bool {
    text[at.min(to)..to]
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(char::is_uppercase)
}

/// What recognisers write for sounds without words.
pub(super) const NOISE: &[&str] = &[
    "noise",
    "unk",
    "inaudible",
    "unintelligible",
    "crosstalk",
    "laughter",
    "laughs",
    "laugh",
    "cough",
    "coughing",
    "sigh",
    "sighs",
    "silence",
    "pause",
    "music",
    "background noise",
    "vocalized-noise",
    "breathing",
    "ringing",
    "static",
    "beep",
    "hesitation",
];
