//! Lines for people: wrapped to a width, with hanging indents, and colour only where it is asked for.
//!
//! Widths are those of a terminal (an ideograph takes two columns). Whoever calls has made the text harmless before.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Headings and names one looks for.
pub const BOLD: Style = Style::new().bold();
/// Went well.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// In between.
pub const FAIR: Style = AnsiColor::Yellow.on_default();
/// Fell short.
pub const POOR: Style = AnsiColor::Red.on_default();
/// No style at all.
pub const PLAIN: Style = Style::new();

/// Narrower than this, wrapping helps nobody.
const NARROWEST: usize = 30;

/// A page that grows line by line.
pub struct Page<'a> {
    to: &'a mut Vec<u8>,
    width: usize,
    color: bool,
}

impl<'a> Page<'a> {
    /// A page of so many columns at the end of these bytes.
    pub fn new(to: &'a mut Vec<u8>, width: usize, color: bool) -> Self {
        Page { to, width: width.max(NARROWEST), color }
    }

    /// Columns of the page.
    pub fn width(&self) -> usize {
        self.width
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.to.push(b'\n');
    }

    /// Lines that were laid out before, on a page of their own.
    pub fn lines(&mut self, lines: &[u8]) {
        self.to.extend_from_slice(lines);
    }

    /// A heading on a line of its own.
    pub fn heading(&mut self, text: &str) {
        self.paragraph(0, (BOLD, ""), 0, (BOLD, text));
    }

    /// A paragraph: a lead at `indent`, then the body, its first line after the lead and all others at `hang`.
    pub fn paragraph(&mut self, indent: usize, lead: (Style, &str), hang: usize, body: (Style, &str)) {
        self.spaces(indent);
        self.styled(lead.0, lead.1);
        let start = indent + lead.1.width();
        let gap = if lead.1.is_empty() { 0 } else { hang.saturating_sub(start).max(1) };
        let left = |taken: usize| self.width.saturating_sub(taken);
        for (k, line) in wrap(body.1, left(start + gap), left(hang)).into_iter().enumerate() {
            if k > 0 {
                self.blank();
                self.spaces(hang);
            } else if !line.is_empty() {
                self.spaces(gap);
            }
            self.styled(body.0, &line);
        }
        self.blank();
    }

    /// A line with something at both ends; two lines, where it does not fit into one.
    pub fn both_ends(&mut self, left: (Style, &str), right: (Style, &str)) {
        let taken = left.1.width() + right.1.width();
        if taken + 2 <= self.width {
            self.styled(left.0, left.1);
            self.spaces(self.width - taken);
            self.styled(right.0, right.1);
            self.blank();
        } else {
            self.paragraph(0, (PLAIN, ""), 2, left);
            self.paragraph(2, (PLAIN, ""), 2, right);
        }
    }

    fn spaces(&mut self, count: usize) {
        self.to.resize(self.to.len() + count, b' ');
    }

    fn styled(&mut self, style: Style, text: &str) {
        let styled = self.color && style != PLAIN && !text.is_empty();
        if styled {
            self.to.extend_from_slice(style.render().to_string().as_bytes());
        }
        self.to.extend_from_slice(text.as_bytes());
        if styled {
            self.to.extend_from_slice(style.render_reset().to_string().as_bytes());
        }
    }
}

/// Lines of at most `first` columns, then `rest`; a word that is wider than a line has one for itself. The first line
/// is empty where there is more room on the next.
fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut used, mut room) = (0, first);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut space = usize::from(used > 0);
        for piece in pieces(word) {
            let width = piece.width();
            let more_below = used > 0 || room < rest;
            if more_below && used + space + width > room {
                lines.push(String::new());
                (used, room, space) = (0, rest, 0);
            }
            if let Some(line) = lines.last_mut() {
                line.extend(std::iter::repeat_n(' ', space));
                line.push_str(piece);
            }
            used += space + width;
            space = 0;
        }
    }
    lines
}

/// The parts of a word between which a line may end: none but around wide characters, as in Chinese or Japanese,
/// where a whole turn may come without a space.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let wide = |c: char| c.width() == Some(2);
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        let mut previous = chars.next()?.1;
        let cut = chars.find_map(|(at, c)| {
            // What has no width of its own belongs to the character before it.
            let joined = c.width().unwrap_or(0) == 0 || previous == '\u{200d}' || closes(c);
            let border = !joined && (wide(previous) || wide(c));
            previous = c;
            border.then_some(at)
        });
        let (piece, after) = rest.split_at(cut.unwrap_or(rest.len()));
        rest = after;
        Some(piece)
    })
}

/// Punctuation that may not begin a line.
fn closes(c: char) -> bool {
    c.is_ascii_punctuation() || "、。，！？」』）：；…”’".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(width: usize, color: bool, write: impl FnOnce(&mut Page<'_>)) -> String {
        let mut to = Vec::new();
        write(&mut Page::new(&mut to, width, color));
        String::from_utf8_lossy(&to).into_owned()
    }

    #[test]
    fn paragraphs_hang() {
        let text = page(30, false, |p| {
            p.paragraph(2, (GOOD, "ok"), 6, (PLAIN, "one two three four five six seven"));
        });
        assert_eq!(text, "  ok  one two three four five\n      six seven\n");
        let long = page(30, false, |p| {
            p.paragraph(0, (PLAIN, ""), 2, (PLAIN, "a https://example.org/a/very/long/path b"));
        });
        assert_eq!(long, "a\n  https://example.org/a/very/long/path\n  b\n");
    }

    #[test]
    fn wide_characters_take_two_columns_and_may_break() {
        let text = page(30, false, |p| {
            p.paragraph(0, (PLAIN, ""), 0, (PLAIN, &"日本語、".repeat(9)));
        });
        assert!(text.lines().count() == 3 && text.lines().all(|l| l.width() <= 30 && !l.starts_with('、')), "{text}");
        assert_eq!(pieces("👩\u{200d}💻ab").collect::<Vec<_>>(), ["👩\u{200d}💻", "ab"]);
    }

    #[test]
    fn a_long_lead_does_not_push_the_body_over_the_edge() {
        let text = page(30, false, |p| {
            p.paragraph(2, (PLAIN, "not applicable:"), 4, (PLAIN, "empathy-sandwich: calm"));
        });
        assert_eq!(text, "  not applicable:\n    empathy-sandwich: calm\n");
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_word_and_keeps_the_width(words in "([a-z]{1,12} ?){0,60}", width in 30_usize..100) {
            let text = page(width, false, |p| p.paragraph(0, (PLAIN, ""), 4, (PLAIN, &words)));
            prop_assert!(text.split_whitespace().eq(words.split_whitespace()));
            let long = words.split(' ').map(str::len).max().unwrap_or(0) + 4;
            prop_assert!(text.lines().all(|line| line.len() <= width.max(long)));
        }
    }

    #[test]
    fn ends_meet_or_take_two_lines() {
        assert_eq!(page(30, false, |p| p.both_ends((BOLD, "left"), (GOOD, "right"))).len(), 31);
        let text = page(30, false, |p| {
            p.both_ends((BOLD, "a long left side, really"), (GOOD, "right"));
        });
        assert_eq!(text, "a long left side, really\n  right\n");
    }

    #[test]
    fn colour_is_only_there_when_asked_for() {
        let plain = page(40, false, |p| p.heading("Rules"));
        let colored = page(40, true, |p| p.heading("Rules"));
        assert_eq!(plain, "Rules\n");
        assert!(colored.starts_with("\u{1b}[1m") && colored.ends_with("\u{1b}[0m\n"));
    }
}
