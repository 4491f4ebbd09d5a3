//! Words: cuts a turn into tokens that point into the original text.
//!
//! One pass over the bytes, no allocation: a word of up to 15 ASCII letters is looked up by its lower-cased bytes as one
//! number. What a word may stand for is [`super::tagger::Tagger`]'s business; here is only where words begin and end.

mod stops;

use stops::{NOISE, dots_end, is_abbreviation};

/// What stands between a token and the one before it in the turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// White space, quotes, brackets, a hyphen.
    #[default]
    Space,
    /// A comma, a semicolon, a colon, a dash, dots that trail off.
    Comma,
    /// A full stop, a question mark, an exclamation mark.
    Stop,
    /// A line break.
    Line,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word or a number: it counts as a word.
    Word,
    /// `[NAME]`, `{order}`, `####`, `___`: stands for something.
    Marker,
    /// `[noise]`, `<unk>`, a word broken off with a hyphen: stands for nothing.
    Noise,
}

/// A piece of text between white space and punctuation, as bytes of the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What stands before it.
    pub gap: Gap,
    /// The mark before it was a question mark: of the sentence before, that is.
    pub asked: bool,
    /// What it is made of.
    pub kind: Kind,
}

/// Calls `each` with every piece of `text[from..to]`.
#[allow(
    clippy::too_many_lines,
    reason = "one table of what a byte means; cut in two it would be read twice"
)]
pub fn pieces(text: &str, from: usize, to: usize, mut each: impl FnMut(Piece)) {
    let bytes = &text.as_bytes()[..to];
    let (mut at, mut gap, mut asked) = (from, Gap::Space, false);
    while at < to {
        let b = bytes[at];
        if b == b' ' {
            at += 1;
            continue;
        }
        let end = match b {
            b'\t' | b'\r' | b'"' | b')' | b'(' | b'*' => at,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => plain_end(text, at, to),
            b'.' if bytes[at..].starts_with(b"..") => {
                let dots = bytes[at..].iter().take_while(|&&b| b == b'.').count();
                // Dots that trail off end the sentence only if a capital follows.
                gap = gap.max(if dots_end(text, at + dots, to) {
                    Gap::Stop
                } else {
                    Gap::Comma
                });
                at += dots;
                continue;
            }
            b'.' | b'!' | b'?' => {
                if b != b'.' || !is_abbreviation(text, from, at, to) {
                    asked = b == b'?' || (asked && gap == Gap::Stop);
                    gap = gap.max(Gap::Stop);
                }
                at
            }
            b'\n' => {
                gap = Gap::Line;
                at
            }
            b',' | b';' | b':' => {
                gap = gap.max(Gap::Comma);
                at
            }
            b'-' => {
                let alone = at == from || bytes[at - 1] == b' ' || bytes[at - 1] == b'-';
                if alone {
                    gap = gap.max(Gap::Comma);
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
                each(Piece {
                    start: at,
                    end: at + run,
                    gap,
                    asked,
                    kind: Kind::Marker,
                });
                (gap, asked, at) = (Gap::Space, false, at + run);
                continue;
            }
            b'[' | b'{' | b'<' => {
                if let Some(end) = marker_end(bytes, at) {
                    let inner = text[at + 1..end - 1]
                        .trim_matches(['[', ']', '{', '}', '<', '>', '/', ' ']);
                    let noise = NOISE.iter().any(|n| inner.eq_ignore_ascii_case(n));
                    let kind = if noise { Kind::Noise } else { Kind::Marker };
                    each(Piece {
                        start: at,
                        end,
                        gap,
                        asked,
                        kind,
                    });
                    (gap, asked, at) = (Gap::Space, false, end);
                    continue;
                }
                at
            }
            b'&' => at + 1,
            _ if b >= 0x80 => {
                let Some(c) = text[at..to].chars().next() else {
                    break;
                };
                if c.is_alphanumeric()
                    || (c == '\u{2019}' && quoted_clitic(text, at, to))
                    || matches!(c, '£' | '€')
                {
                    word_end(text, at + c.len_utf8(), to)
                } else {
                    match c {
                        '…' => {
                            gap = gap.max(if dots_end(text, at + 3, to) {
                                Gap::Stop
                            } else {
                                Gap::Comma
                            });
                        }
                        '–' | '—' => gap = gap.max(Gap::Comma),
                        '。' | '？' | '！' => gap = gap.max(Gap::Stop),
                        '\u{2028}' | '\u{2029}' | '\u{85}' => gap = Gap::Line,
                        _ => {}
                    }
                    at += c.len_utf8();
                    continue;
                }
            }
            _ => at,
        };
        if end == at {
            at += 1;
            continue;
        }
        // A word broken off: "I th- I think".
        let broken = bytes.get(end) == Some(&b'-')
            && bytes
                .get(end + 1)
                .is_none_or(|b| matches!(b, b' ' | b',' | b'.'));
        let kind = if broken { Kind::Noise } else { Kind::Word };
        each(Piece {
            start: at,
            end,
            gap,
            asked,
            kind,
        });
        (gap, asked, at) = (Gap::Space, false, end);
    }
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
                } else if !c.is_alphanumeric()
                    && !matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}')
                {
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
    let starts_well = bytes.get(inside).is_some_and(|b| {
        b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b' ') || *b >= 0x80
    });
    if !starts_well || (open == b'<' && bytes.get(inside) == Some(&b' ')) {
        return None;
    }
    let near = &bytes[inside..bytes.len().min(inside + FARTHEST)];
    let len = near
        .iter()
        .position(|&b| b == close || b == b'\n' || b == open)?;
    if near[len] != close {
        return None;
    }
    let end = inside + len + 1;
    Some(if doubled && bytes.get(end) == Some(&close) {
        end + 1
    } else {
        end
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, Gap)> {
        let mut all = Vec::new();
        pieces(text, 0, text.len(), |p| {
            all.push((text[p.start..p.end].to_owned(), p.gap));
        });
        all
    }

    fn words(text: &str) -> Vec<String> {
        cut(text).into_iter().map(|(w, _)| w).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        assert_eq!(
            words("I’m at example.com, Mr. O'Brien!"),
            ["I’m", "at", "example.com", "Mr", "O'Brien"]
        );
        assert_eq!(
            words("see https://a.example/x?y=1. Then 24/7, 3:30 p.m."),
            [
                "see",
                "https://a.example/x?y=1.",
                "Then",
                "24/7",
                "3:30",
                "p.m"
            ]
        );
        assert_eq!(
            words("follow-up 'n' £1,200.50 José"),
            ["follow", "up", "'n", "£1,200.50", "José"]
        );
        assert_eq!(
            words("[NAME], {{name}} <unk> #### ___"),
            ["[NAME]", "{{name}}", "<unk>", "####", "___"]
        );
        assert_eq!(
            words("i 'm do n't 'cause"),
            ["i", "'m", "do", "n't", "'cause"]
        );
    }

    #[test]
    fn gaps_know_stops_from_abbreviations() {
        let gap = |text: &str, k: usize| cut(text)[k].1;
        assert_eq!(gap("Mr. Flores", 1), Gap::Space);
        assert_eq!(gap("at 5 p.m. today", 3), Gap::Space);
        assert_eq!(gap("at 5 p.m. Thank you", 3), Gap::Stop);
        assert_eq!(gap("No. Thanks", 1), Gap::Stop);
        assert_eq!(gap("No. 5", 1), Gap::Space);
        assert_eq!(gap("well... okay", 1), Gap::Comma);
        assert_eq!(gap("Well... Okay", 1), Gap::Stop);
        assert_eq!(gap("help.Thank you", 1), Gap::Stop);
        assert_eq!(gap("J. Smith", 1), Gap::Space);
        assert_eq!(gap("yes\nno", 1), Gap::Line);
        assert_eq!(gap("wait — what", 1), Gap::Comma);
    }

    #[test]
    fn nothing_outside_the_range_is_read() {
        let text = "abc def ghi";
        let mut all = Vec::new();
        pieces(text, 4, 7, |p| all.push(&text[p.start..p.end]));
        assert_eq!(all, ["def"]);
    }
}
