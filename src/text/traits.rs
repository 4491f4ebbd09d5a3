//! What a word is and announces, as bits that each of its tokens carries: most are passed over by one look.

use super::bits;
use super::segment::Before;
use super::words::Traits;

/// Hardly ever anything but a given name.
pub(super) const SURE_NAME: u32 = 1 << 8;
/// A given name, or a word that may be one.
pub(super) const GIVEN: u32 = 1 << 9;
/// It has one reading of one word.
pub(super) const SIMPLE: u32 = 1 << 11;
/// How many tokens from here matching may pass over between words: a filler, a stutter is one, "you know" is two.
const SKIP: u32 = 1 << 12;
/// A title: a name may follow.
pub(super) const TITLE: u32 = 1 << 14;
/// A greeting, or another word behind which somebody may be addressed by name.
pub(super) const GREETS: u32 = 1 << 15;

/// From this bit on: what is asked of all tokens of a call at once, a byte each.
pub(super) const FLAGS: u32 = 16;
/// "you", "I": the next one may make a filler of it.
pub(super) const FILLS: u32 = 1 << FLAGS;
/// "know", "mean".
pub(super) const FILLED: u32 = 2 << FLAGS;
/// It has a reading of two words: the word before may be its stutter.
pub(super) const TWO: u32 = 4 << FLAGS;
/// It may begin a clause opener.
pub(super) const OPENS: u32 = 8 << FLAGS;
/// It leads to a name, or is one.
pub(super) const NAMES: u32 = 16 << FLAGS;
/// A phrase knows its first word.
pub(super) const LISTED: u32 = 32 << FLAGS;
/// A sentence ends before it. Only as one of its flags: its place tells it.
pub(super) const STOPS: u32 = 64 << FLAGS;
/// It is no word, or was asked before. Only as one of its flags, too.
pub(super) const RARE: u32 = 128 << FLAGS;

/// From this bit on: what it says of a clause that begins behind it.
pub(super) const BEFORE: u32 = 24;

/// What a word says of a clause that begins behind it.
pub(super) fn before(traits: Traits) -> Before {
    Before::of_bits((traits.bits() >> BEFORE) as u8)
}

/// What is asked of all tokens at once.
#[inline]
pub(super) fn flags(traits: Traits) -> u8 {
    let stops = u32::from(traits.stops()) * (STOPS >> FLAGS);
    let rare = u32::from(traits.is_rare()) * (RARE >> FLAGS);
    (traits.bits() >> FLAGS | stops | rare) as u8
}

/// Those of up to 64 tokens that have one of the bits that are asked of all, by their flags.
#[inline]
pub(super) fn having(flags: &[u8; 64], bit: u32) -> u64 {
    bits::having(flags, (bit >> FLAGS) as u8)
}

/// How many tokens may be passed over from one on.
pub(super) fn skip(traits: Traits) -> u8 {
    ((traits.bits() / SKIP) & 3) as u8
}

/// The traits of a token from which so many may be passed over.
pub(super) fn with_skip(traits: Traits, skip: u8) -> Traits {
    let others = traits.bits() & !(3 * SKIP);
    Traits::of_word(others | (u32::from(skip) * SKIP))
}
