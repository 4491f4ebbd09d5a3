//! The lines of a script, with what nobody reads out taken away: comments, front matter, fenced code.
//!
//! What is taken away becomes spaces, character by character, so that every column stays what an editor shows.

use super::allow::{self, Allow};
use std::borrow::Cow;

/// A script as lines.
#[derive(Debug, Default)]
pub struct Page<'t> {
    /// Each line without its end; the first has number 1.
    pub lines: Vec<Cow<'t, str>>,
    /// What comments allow, not yet laid over lines.
    pub allows: Vec<Allow>,
}

impl<'t> Page<'t> {
    /// Cuts a text into lines.
    #[must_use]
    pub fn read(text: &'t str) -> Page<'t> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Lines of old machines end in a carriage return and nothing else.
        let end = if text.contains('\n') { '\n' } else { '\r' };
        let mut page = Page {
            lines: text.split(end).map(|line| Cow::Borrowed(line.trim_end_matches('\r'))).collect(),
            allows: Vec::new(),
        };
        page.drop_front_matter();
        page.drop_code();
        page.drop_comments();
        page
    }

    /// `---` on the first line, keys, `---`: settings of whatever shows the page.
    fn drop_front_matter(&mut self) {
        if self.lines.first().is_none_or(|l| l.trim_end() != "---") {
            return;
        }
        let end = self.lines.iter().skip(1).position(|l| matches!(l.trim_end(), "---" | "..."));
        // Without keys it is a line drawn across the page.
        let keys = |end: usize| {
            let inner = &self.lines[1..=end];
            inner.iter().find(|l| !l.trim().is_empty()).is_some_and(|l| {
                l.split_once(':').is_some_and(|(key, _)| {
                    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
                })
            })
        };
        if let Some(end) = end.filter(|&end| keys(end)) {
            for line in &mut self.lines[..=end + 1] {
                *line = Cow::Borrowed("");
            }
        }
    }

    fn drop_code(&mut self) {
        let mut fence: Option<(char, usize)> = None;
        for line in &mut self.lines {
            let inner = line.trim_start();
            let mark = inner.chars().next().filter(|c| matches!(c, '`' | '~'));
            let run = mark.map_or(0, |m| inner.chars().take_while(|&c| c == m).count());
            match (fence, mark) {
                (None, Some(m)) if run >= 3 => {
                    fence = Some((m, run));
                    *line = Cow::Borrowed("");
                }
                (Some((open, len)), _) => {
                    if mark == Some(open) && run >= len && inner.trim_end().chars().all(|c| c == open) {
                        fence = None;
                    }
                    *line = Cow::Borrowed("");
                }
                _ => {}
            }
        }
    }

    fn drop_comments(&mut self) {
        // The line a comment began in, and what it says so far.
        let mut open: Option<(u32, u32, String)> = None;
        for n in 0..self.lines.len() {
            let number = n as u32 + 1;
            if open.is_none() && !self.lines[n].contains("<!--") {
                continue;
            }
            let line = self.lines[n].clone();
            let (mut kept, mut at) = (String::with_capacity(line.len()), 0);
            loop {
                if let Some((from, column, mut comment)) = open.take() {
                    let end = line[at..].find("-->");
                    let inner = &line[at..end.map_or(line.len(), |e| at + e)];
                    comment.push_str(inner);
                    kept.extend(inner.chars().map(|_| ' '));
                    let Some(end) = end else {
                        comment.push(' ');
                        open = Some((from, column, comment));
                        break;
                    };
                    kept.push_str("   ");
                    at += end + 3;
                    self.allows.extend(allow::read(&comment, from, column, number));
                } else if let Some(start) = line[at..].find("<!--") {
                    kept.push_str(&line[at..at + start]);
                    let column = kept.chars().count() as u32 + 1;
                    kept.push_str("    ");
                    at += start + 4;
                    open = Some((number, column, String::new()));
                } else {
                    kept.push_str(&line[at..]);
                    break;
                }
            }
            self.lines[n] = Cow::Owned(kept);
        }
    }

    /// The line with this number, from 1.
    #[must_use]
    pub fn line(&self, number: u32) -> &str {
        self.lines.get(number as usize - 1).map_or("", |line| line.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_away_leaves_its_width() {
        let page = Page::read("a <!-- é x --> b\r\n<!-- two\nlines --> c\n");
        assert_eq!(page.lines[0], "a              b");
        assert_eq!(page.lines[1].trim(), "");
        assert_eq!(page.lines[2], "          c");
        assert_eq!(Page::read("a\rb\r").lines[..2], ["a", "b"]);
    }

    #[test]
    fn front_matter_and_code_are_not_read_out() {
        let page = Page::read("---\ntitle: x\n---\nHello.\n```sh\nheard\n```\nBye.\n");
        let left: Vec<&str> = page.lines.iter().map(AsRef::as_ref).filter(|l: &&str| !l.is_empty()).collect();
        assert_eq!(left, ["Hello.", "Bye."]);
        let drawn = Page::read("---\nHello there.\n---\n");
        assert_eq!(drawn.lines[1], "Hello there.");
    }
}
