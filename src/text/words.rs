//! Words: cuts a turn into tokens that point into the original text.
//!
//! One pass over the bytes, no allocation: a word of up to 15 ASCII letters is looked up by its lower-cased bytes as one
//! number. What a word may stand for is [`super::tagger::Tagger`]'s business; here is only where words begin and end.

mod other;
mod stops;

use other::Cut;
use stops::may_be_abbreviation;

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
    /// A plain word of up to seven letters, in lower case, as one number with its length on top; else 0.
    pub key: u64,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What stands before it.
    pub gap: Gap,
    /// What it is made of.
    pub kind: Kind,
    /// The mark before it was a question mark: of the sentence before, that is.
    pub asked: bool,
}

/// Cuts `text[from..to]` into pieces, added to `pieces`.
pub fn cut(text: &str, from: usize, to: usize, pieces: &mut Vec<Piece>) {
    let bytes = text.as_bytes();
    let (mut at, mut gap, mut asked) = (from, Gap::Space, false);
    while at < to {
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        // Most are words of a few letters with a space, or a mark and a space, after them.
        let (len, lower) = short_word(bytes, at);
        let end = at + len;
        let after = if (1..=KEYED).contains(&len) && end <= to {
            after(bytes, end, to)
        } else {
            After::Letters
        };
        if after != After::Letters {
            let key = lower & ((1 << (8 * len)) - 1) | (len as u64) << 56;
            pieces.push(Piece {
                key,
                start: at as u32,
                end: end as u32,
                gap,
                kind: Kind::Word,
                asked,
            });
            if after == After::Space {
                (at, gap, asked) = (end + 1, Gap::Space, false);
                continue;
            }
            (at, gap, asked) = match after {
                After::Comma => (end + 1, Gap::Comma, false),
                After::Stop if bytes[end] != b'.' => (end + 1, Gap::Stop, bytes[end] == b'?'),
                After::Stop if !may_be_abbreviation(key) => (end + 1, Gap::Stop, false),
                _ => (end, Gap::Space, false),
            };
            continue;
        }
        if bytes[at] == b',' {
            gap = gap.max(Gap::Comma);
            at += 1;
            continue;
        }
        let mut other = Cut {
            text,
            from,
            to,
            gap,
            asked,
        };
        let start = at;
        let kind;
        (at, kind) = other.other(at);
        (gap, asked) = (other.gap, other.asked);
        if let Some(kind) = kind {
            pieces.push(Piece {
                key: 0,
                start: start as u32,
                end: at as u32,
                gap,
                kind,
                asked,
            });
            (gap, asked) = (Gap::Space, false);
        }
    }
}

/// The longest word that [`Piece::key`] holds.
pub const KEYED: usize = 7;

/// How many of the eight bytes at a place are letters in ASCII from the first on, and the bytes in lower case. Eight at a
/// time: what a loop over a few bytes costs most is its end, which cannot be foreseen.
#[inline]
fn short_word(bytes: &[u8], at: usize) -> (usize, u64) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = ONES << 7;
    let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) else {
        return (0, 0);
    };
    let lower = u64::from_le_bytes(*eight) | ONES << 5;
    // No carry leaves a byte whose top bit is cleared; a byte beyond ASCII is no letter here.
    let low = lower & !TOPS;
    let from_a = low + ONES * u64::from(0x80 - b'a');
    let past_z = low + ONES * u64::from(0x7f - b'z');
    let others = (!from_a | past_z | lower) & TOPS;
    (others.trailing_zeros() as usize / 8, lower)
}

/// What ends a word, as far as one look tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// It may go on.
    Letters,
    /// The text, or a mark that says nothing here.
    Nothing,
    Space,
    Comma,
    Stop,
}

/// What a byte behind a word says; of those in [`MARKS`], only with white space behind them.
static AFTER: [After; 256] = {
    let mut table = [After::Letters; 256];
    table[b' ' as usize] = After::Space;
    table[b',' as usize] = After::Comma;
    table[b':' as usize] = After::Nothing;
    table[b'.' as usize] = After::Stop;
    table[b'?' as usize] = After::Stop;
    table[b'!' as usize] = After::Stop;
    table[b'\n' as usize] = After::Nothing;
    table[b';' as usize] = After::Nothing;
    table[b'"' as usize] = After::Nothing;
    table[b')' as usize] = After::Nothing;
    table
};

/// Marks that may also stand inside a word: "3:30", "p.m.".
const MARKS: [u8; 3] = [b',', b':', b'.'];

/// What ends a word of letters before the byte at `end`, which is none of them.
#[inline]
fn after(bytes: &[u8], end: usize, to: usize) -> After {
    if end == to {
        return After::Nothing;
    }
    let after = AFTER[usize::from(bytes[end])];
    let inside = after != After::Space
        && MARKS.contains(&bytes[end])
        && end + 1 < to
        && !matches!(bytes[end + 1], b' ' | b'\n');
    if inside { After::Letters } else { after }
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

    fn cut_part(text: &str, from: usize, to: usize) -> Vec<(&str, Gap)> {
        let mut all = Vec::new();
        cut(text, from, to, &mut all);
        let written = |p: &Piece| &text[p.start as usize..p.end as usize];
        all.iter().map(|p| (written(p), p.gap)).collect()
    }

    fn words(text: &str) -> Vec<&str> {
        let all = cut_part(text, 0, text.len());
        all.into_iter().map(|(w, _)| w).collect()
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
        let gap = |text: &str, k: usize| cut_part(text, 0, text.len())[k].1;
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
        assert_eq!(cut_part("abc def ghi", 4, 7), [("def", Gap::Space)]);
        assert_eq!(cut_part("abc def. ghi", 4, 7), [("def", Gap::Space)]);
    }
}
