//! The long way through a turn: what is no plain word of a few letters, and what stands between words.

use super::stops::{NOISE, dots_end, is_abbreviation};
use super::{Gap, Kind};

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
            b'\'' if at + 1 < to && bytes[at + 1].is_ascii_alphabetic() => word_end(text, at + 1, to),
            b'$' | b'#' if at + 1 < to && bytes[at + 1].is_ascii_digit() => word_end(text, at + 1, to),
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
        let broken =
            bytes.get(end) == Some(&b'-') && bytes.get(end + 1).is_none_or(|b| matches!(b, b' ' | b',' | b'.'));
        let kind = if broken { Kind::Noise } else { Kind::Word };
        (end, Some(kind))
    }

    /// Dots that trail off end the sentence only if a capital follows.
    fn trails_off(&mut self, after: usize) {
        let gap = if dots_end(self.text, after, self.to) { Gap::Stop } else { Gap::Comma };
        self.gap = self.gap.max(gap);
    }

    /// The end of the word that begins with a character beyond ASCII, or else what comes after the character.
    fn beyond_ascii(&mut self, at: usize) -> Result<usize, usize> {
        let Cut { text, to, .. } = *self;
        let Some(c) = text[at..to].chars().next() else {
            return Err(to);
        };
        let next = at + c.len_utf8();
        if c.is_alphanumeric() || (c == '\u{2019}' && quoted_clitic(text, at, to)) || matches!(c, '£' | '€') {
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

/// Whether a curly apostrophe begins a clitic, `’m`, and is not a closing quote.
fn quoted_clitic(text: &str, at: usize, to: usize) -> bool {
    text[at + '\u{2019}'.len_utf8()..to].starts_with(|c: char| c.is_alphabetic())
}

/// The bytes that go on with a word wherever they stand.
static IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        table[b] = c.is_ascii_alphanumeric() || matches!(c, b'_' | b'@' | b'%');
        b += 1;
    }
    table
};

/// Where a word that begins with a letter or digit at `at` ends. Most end at white space, or at a mark before white
/// space; those take the short way.
#[inline]
fn plain_end(text: &str, at: usize, to: usize) -> usize {
    let bytes = &text.as_bytes()[..to];
    let mut end = at + 1;
    while end < bytes.len() && IN_WORD[usize::from(bytes[end])] {
        end += 1;
    }
    match bytes.get(end) {
        None | Some(b' ' | b'\n' | b'?' | b'!' | b';' | b'"' | b')') => end,
        Some(b',' | b'.' | b':') if matches!(bytes.get(end + 1), None | Some(b' ' | b'\n')) => end,
        _ => word_end(text, at, to),
    }
}

/// Where the word that holds the byte before or at `at` ends.
fn word_end(text: &str, mut at: usize, to: usize) -> usize {
    let bytes = text.as_bytes();
    let from = at;
    let letter = |i: usize| i < to && (bytes[i].is_ascii_alphanumeric() || bytes[i] >= 0x80);
    let digit = |i: usize| i < to && bytes[i].is_ascii_digit();
    while at < to {
        // Nearly every byte of a word is one of these.
        while at < to && IN_WORD[usize::from(bytes[at])] {
            at += 1;
        }
        if at == to {
            break;
        }
        match bytes[at] {
            b'\'' if at + 1 < to && bytes[at + 1].is_ascii_alphabetic() => at += 1,
            b'.' if digit(at + 1) && at > from && bytes[at - 1].is_ascii_digit() => at += 1,
            // "p.m.", "example.com", but not "help.Thank you".
            b'.' if at + 1 < to && bytes[at + 1].is_ascii_lowercase() && at > from => at += 1,
            b'.' if at > from
                && bytes[at - 1].is_ascii_uppercase()
                && at + 1 < to
                && bytes[at + 1].is_ascii_uppercase() =>
            {
                at += 1;
            }
            b',' | b':' | b'/' if digit(at + 1) && at > from && bytes[at - 1].is_ascii_digit() => {
                at += 1;
            }
            b':' if text[at..to].starts_with("://") => {
                return at
                    + text[at..to]
                        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '>' | ')'))
                        .unwrap_or(to - at);
            }
            b'&' if letter(at + 1) => at += 1,
            b if b < 0x80 => return at,
            _ => {
                let Some(c) = text[at..to].chars().next() else {
                    return at;
                };
                if c == '\u{2019}' {
                    if !quoted_clitic(text, at, to) {
                        return at;
                    }
                } else if !c.is_alphanumeric() && !matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}') {
                    return at;
                }
                at += c.len_utf8();
            }
        }
    }
    at
}

/// Where the marker that opens at `at` ends: on the same line, not far, not nested but for `{{name}}`.
fn marker_end(bytes: &[u8], at: usize) -> Option<usize> {
    const FARTHEST: usize = 48;
    let (open, close) = match bytes[at] {
        b'[' => (b'[', b']'),
        b'{' => (b'{', b'}'),
        _ => (b'<', b'>'),
    };
    let doubled = bytes.get(at + 1) == Some(&open) && open != b'<';
    let inside = at + 1 + usize::from(doubled);
    let starts_well =
        bytes.get(inside).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b' ') || *b >= 0x80);
    if !starts_well || (open == b'<' && bytes.get(inside) == Some(&b' ')) {
        return None;
    }
    let near = &bytes[inside..bytes.len().min(inside + FARTHEST)];
    let len = near.iter().position(|&b| b == close || b == b'\n' || b == open)?;
    if near[len] != close {
        return None;
    }
    let end = inside + len + 1;
    Some(if doubled && bytes.get(end) == Some(&close) { end + 1 } else { end })
}
