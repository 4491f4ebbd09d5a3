//! The long way through a turn: what is no plain word of a few letters, and what stands between words.

use super::stops::{NOISE, dots_end, is_abbreviation};
use super::{Gap, Kind, marker_end, plain_end, quoted_clitic, word_end};

/// A place in a turn between two pieces.
pub(super) struct Cut<'t> {
    pub(super) text: &'t str,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) gap: Gap,
    pub(super) asked: bool,
}

impl Cut<'_> {
    /// The piece that begins at a place, or what stands between pieces there: where it ends, and what it is made of.
    pub(super) fn other(&mut self, at: usize) -> (usize, Option<Kind>) {
        let Cut { text, from, to, .. } = *self;
        let bytes = &text.as_bytes()[..to];
        let b = bytes[at];
        let end = match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => plain_end(text, at, to),
            b'.' if bytes[at..].starts_with(b"..") => {
                let dots = bytes[at..].iter().take_while(|&&b| b == b'.').count();
                self.trails_off(at + dots);
                return (at + dots, None);
            }
            b'.' | b'!' | b'?' => {
                if b != b'.' || !is_abbreviation(text, from, at, to) {
                    self.asked = b == b'?' || (self.asked && self.gap == Gap::Stop);
                    self.gap = self.gap.max(Gap::Stop);
                }
                at
            }
            b'\n' => {
                self.gap = Gap::Line;
                at
            }
            b',' | b';' | b':' => {
                self.gap = self.gap.max(Gap::Comma);
                at
            }
            b'-' => {
                let alone = at == from || bytes[at - 1] == b' ' || bytes[at - 1] == b'-';
                if alone {
                    self.gap = self.gap.max(Gap::Comma);
                }
                at
            }
            b'\'' if at + 1 < to && bytes[at + 1].is_ascii_alphabetic() => {
                word_end(text, at + 1, to)
            }
            b'$' | b'#' if at + 1 < to && bytes[at + 1].is_ascii_digit() => {
                word_end(text, at + 1, to)
            }
            b'#' | b'_' if at + 1 < to && bytes[at + 1] == b => {
                let run = bytes[at..].iter().take_while(|&&c| c == b).count();
                return (at + run, Some(Kind::Marker));
            }
            b'[' | b'{' | b'<' => match marker(text, bytes, at) {
                Some((end, kind)) => return (end, Some(kind)),
                None => at,
            },
            b'&' => at + 1,
            _ if b >= 0x80 => match self.beyond_ascii(at) {
                Ok(end) => end,
                Err(next) => return (next, None),
            },
            _ => at,
        };
        if end == at {
            return (at + 1, None);
        }
        // A word broken off: "I th- I think".
        let broken = bytes.get(end) == Some(&b'-')
            && bytes
                .get(end + 1)
                .is_none_or(|b| matches!(b, b' ' | b',' | b'.'));
        let kind = if broken { Kind::Noise } else { Kind::Word };
        (end, Some(kind))
    }

    /// Dots that trail off end the sentence only if a capital follows.
    fn trails_off(&mut self, after: usize) {
        let gap = if dots_end(self.text, after, self.to) {
            Gap::Stop
        } else {
            Gap::Comma
        };
        self.gap = self.gap.max(gap);
    }

    /// The end of the word that begins with a character beyond ASCII, or else what comes after the character.
    fn beyond_ascii(&mut self, at: usize) -> Result<usize, usize> {
        let Cut { text, to, .. } = *self;
        let Some(c) = text[at..to].chars().next() else {
            return Err(to);
        };
        let next = at + c.len_utf8();
        if c.is_alphanumeric()
            || (c == '\u{2019}' && quoted_clitic(text, at, to))
            || matches!(c, '£' | '€')
        {
            return Ok(word_end(text, next, to));
        }
        match c {
            '…' => self.trails_off(next),
            '–' | '—' => self.gap = self.gap.max(Gap::Comma),
            '。' | '？' | '！' => self.gap = self.gap.max(Gap::Stop),
            '\u{2028}' | '\u{2029}' | '\u{85}' => self.gap = Gap::Line,
            _ => {}
        }
        Err(next)
    }
}

/// The marker that opens at `at`, if one does: where it ends, and whether it stands for nothing.
fn marker(text: &str, bytes: &[u8], at: usize) -> Option<(usize, Kind)> {
    let end = marker_end(bytes, at)?;
    let inner = text[at + 1..end - 1].trim_matches(['[', ']', '{', '}', '<', '>', '/', ' ']);
    let noise = NOISE.iter().any(|n| inner.eq_ignore_ascii_case(n));
    Some((end, if noise { Kind::Noise } else { Kind::Marker }))
}
