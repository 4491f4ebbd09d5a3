//! The small print of words: full stops that end no sentence, and what recognisers write for sounds.

/// The most letters of an abbreviation, stops inside it included.
const LONGEST: usize = 6;

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
    let mut lower = [0; LONGEST];
    for (to, from) in lower.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    match &lower[..len] {
        b"no" => text[at + 1..to]
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit()),
        b"mr" | b"mrs" | b"ms" | b"dr" | b"st" | b"jr" | b"sr" | b"prof" | b"vs" | b"approx"
        | b"ext" | b"dept" | b"e.g" | b"i.e" | b"mt" | b"ave" | b"capt" | b"rev" | b"gen" => true,
        // These end a sentence only when a capital follows.
        b"p.m" | b"a.m" | b"u.s" | b"u.k" | b"etc" | b"inc" | b"ltd" | b"co" | b"corp" => {
            !capital_follows(text, at + 1, to)
        }
        // An initial.
        [_] => word[0].is_ascii_uppercase() && word[0] != b'I' && capital_follows(text, at + 1, to),
        _ => false,
    }
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
