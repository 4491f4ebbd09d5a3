//! What a word is and announces, as bits: a token carries those of its word, so that most are passed over by one look.

use crate::text::names;

/// "name", "speaking", "talking"
pub(in crate::text) const NAME: u8 = 1;
/// A given name, or a word that may be one.
pub(in crate::text) const GIVEN: u8 = 2;
/// "this", "I'm"
pub(in crate::text) const SELF: u8 = 4;
/// Any of those that lead to a name.
pub(in crate::text) const NAMES: u8 = NAME | SELF;
/// "you", "I": "know" or "mean" may follow and make a filler.
pub(in crate::text) const FILLS: u8 = 8;
/// It has a reading of two words: the word before may be its stutter.
pub(in crate::text) const TWO: u8 = 16;
/// "know", "mean": after "you" or "I" they may make a filler.
pub(in crate::text) const FILLED: u8 = 32;
/// It begins a clause opener.
pub(in crate::text) const OPENS: u8 = 64;
/// It has one reading of one word: a step takes one look-up.
pub(in crate::text) const SIMPLE: u8 = 128;

/// The cues of a written word, lower case.
pub(in crate::text) fn of(word: &str) -> u8 {
    match word {
        "name" | "name's" | "speaking" | "talking" => NAME,
        "this" | "i'm" | "im" | "'m" | "am" => SELF,
        "you" | "i" => FILLS,
        "know" | "mean" => FILLED,
        word if names::is_given(word) => GIVEN,
        _ => 0,
    }
}
