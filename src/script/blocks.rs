//! The blocks of a script: headings, paragraphs, list items, block quotes, rows of tables, lines drawn across.
//!
//! As much of Markdown as scripts use. Indentation is never code: people indent what belongs to a branch.

use super::emphasis::{emphasised, is_bracketed};
use super::lines::Page;
use super::{branch, label};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading and its level, 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// Anything else with words.
    Para,
    /// A row of a table; the first of a table is its header.
    Row {
        /// Whether it names the columns.
        header: bool,
    },
    /// A line drawn across the page.
    Break,
}

/// A piece of a line, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The line's number, from 1.
    pub line: u32,
    /// First byte.
    pub from: usize,
    /// One past the last byte.
    pub to: usize,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// The column it begins in, from 0.
    pub indent: usize,
    /// It stands behind `>`.
    pub quoted: bool,
    /// An empty line stands before it.
    pub after_blank: bool,
    /// Its words, line by line; of a row, cell by cell.
    pub spans: Vec<Span>,
}

impl Block {
    /// The lines it stands in, the end exclusive.
    pub fn lines(&self) -> std::ops::Range<u32> {
        let first = self.spans.first().map_or(0, |s| s.line);
        first..self.spans.last().map_or(first, |s| s.line + 1)
    }

    /// Its first line.
    pub fn first<'p>(&self, page: &'p Page<'_>) -> &'p str {
        self.spans.first().map_or("", |s| page.line(s.line)[s.from..s.to].trim_end())
    }
}

/// Where a line's words begin, and what stands before them.
struct Start {
    kind: Kind,
    indent: usize,
    quoted: bool,
    at: usize,
}

/// Cuts a page into blocks.
pub fn blocks(page: &Page<'_>) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::new();
    // Whether the next line may belong to the last block.
    let (mut open, mut blank) = (false, true);
    let mut number = 0;
    while (number as usize) < page.lines.len() {
        number += 1;
        let line = page.line(number);
        if line.trim_matches([' ', '\t', '>']).is_empty() {
            // Between paragraphs of one quote stands a `>`.
            (open, blank) = (false, blank || line.trim().is_empty());
            continue;
        }
        if is_table(page, number) {
            let before = all.len();
            number = table(page, number, blank, &mut all);
            debug_assert!(all.len() > before, "a table has a header");
            (open, blank) = (false, true);
            continue;
        }
        let start = start(line);
        let words = &line[start.at..];
        if let Some(level) = underline(line).filter(|_| open)
            && let Some(last) = all.last_mut()
            && last.kind == Kind::Para
            && last.spans.len() == 1
            && !last.quoted
        {
            last.kind = Kind::Heading(level);
            (open, blank) = (false, true);
            continue;
        }
        if is_break(line) {
            all.push(Block { kind: Kind::Break, indent: 0, quoted: false, after_blank: true, spans: Vec::new() });
            (open, blank) = (false, true);
            continue;
        }
        // `GREETING` right above what is said there, unless all of it is loud; an empty line before it, or a sentence.
        let below = page.lines.get(number as usize).is_some_and(|next| next.chars().any(char::is_lowercase));
        let before = number > 1 && page.line(number - 1).trim_end().ends_with(['.', '?', '!', ':', '"', '”', ')']);
        let alone = stands_alone(words) || (blank || before) && below && is_loud_title(words.trim_end());
        let span = Span { line: number, from: start.at, to: line.len() };
        let goes_on = open
            && start.kind == Kind::Para
            && !alone
            && label::split(words).is_none()
            && branch::opens(words, false).is_none();
        match all.last_mut() {
            Some(last) if goes_on && last.quoted == start.quoted && joins(last, &start) => {
                last.spans.push(span);
            }
            _ => all.push(Block {
                kind: start.kind,
                indent: start.indent,
                quoted: start.quoted,
                after_blank: blank,
                spans: vec![span],
            }),
        }
        open = !alone && !matches!(start.kind, Kind::Heading(_)) && !words.trim_end().ends_with(':');
        blank = false;
    }
    all
}

/// A paragraph goes on in lines that begin where it does; an item in any line, as Markdown has it.
fn joins(last: &Block, start: &Start) -> bool {
    match last.kind {
        Kind::Item => start.indent > last.indent || start.indent == 0,
        Kind::Para => start.indent < last.indent + 2 && last.indent < start.indent + 2,
        _ => false,
    }
}

/// Whether a line is a direction or a heading all by itself: `(pause)`, `[wait]`, `*Listen.*`, `Opening:`.
fn stands_alone(words: &str) -> bool {
    let words = words.trim();
    !words.starts_with("[!") && (words.ends_with(':') || is_bracketed(words) || emphasised(words).is_some())
}

/// Whether a line in capitals names a part of the script: `CLOSING`.
pub fn is_loud_title(line: &str) -> bool {
    line.split_whitespace().count() <= 6
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 4
        && !line.contains(['[', '{', '<'])
        && !line.chars().any(char::is_lowercase)
        && !line.ends_with(['.', '?', '!', ',', '"', '”'])
}

fn start(line: &str) -> Start {
    let (mut at, mut indent, mut quoted) = (0, 0, false);
    let mut kind = Kind::Para;
    let bytes = line.as_bytes();
    loop {
        let before = at;
        while at < bytes.len() && matches!(bytes[at], b' ' | b'\t') {
            at += 1;
        }
        // Of a quote or an item, the column of its mark counts.
        if kind == Kind::Para && !quoted {
            indent = width(&line[..at]);
        } else if quoted && kind == Kind::Para {
            indent += (at - before).saturating_sub(1);
        }
        let rest = &line[at..];
        if rest.starts_with('>') && kind != Kind::Item || rest.starts_with("> ") {
            quoted = true;
            at += 1;
            continue;
        }
        if kind == Kind::Para
            && let Some(len) = marker(rest)
        {
            kind = Kind::Item;
            at += len;
            continue;
        }
        break;
    }
    let rest = &line[at..];
    let hashes = rest.bytes().take_while(|&b| b == b'#').count();
    if kind == Kind::Para && (1..=6).contains(&hashes) && rest[hashes..].starts_with([' ', '\t']) {
        at += hashes;
        at += line[at..].len() - line[at..].trim_start().len();
        kind = Kind::Heading(hashes as u8);
    }
    for ticked in ["[ ] ", "[x] ", "[X] "] {
        if kind == Kind::Item && line[at..].starts_with(ticked) {
            at += ticked.len();
        }
    }
    Start { kind, indent, quoted, at }
}

fn width(blank: &str) -> usize {
    blank.bytes().fold(0, |w, b| if b == b'\t' { (w / 4 + 1) * 4 } else { w + 1 })
}

/// The length of a list item's mark: `- `, `* `, `1. `, `2) `, `a) `, `→ `.
fn marker(rest: &str) -> Option<usize> {
    for mark in ["-", "*", "+", "•", "◦", "‣", "–", "→", "->", "=>"] {
        if let Some(after) = rest.strip_prefix(mark)
            && after.starts_with([' ', '\t'])
        {
            return Some(mark.len());
        }
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let letter = usize::from(digits == 0 && rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    let len = digits + letter;
    let closed = match rest.as_bytes().get(len) {
        Some(b')') => true,
        Some(b'.') => letter == 0,
        _ => false,
    };
    let apart = matches!(rest.as_bytes().get(len + 1), Some(b' ' | b'\t'));
    ((1..=3).contains(&len) && closed && apart).then_some(len + 1)
}

/// The level of the heading that a line of `=` or `-` makes of the line above.
fn underline(line: &str) -> Option<u8> {
    let line = line.trim();
    let all = |mark: u8| line.len() >= 3 && line.bytes().all(|b| b == mark);
    if all(b'=') { Some(1) } else { all(b'-').then_some(2) }
}

fn is_break(line: &str) -> bool {
    let line = line.trim();
    let marks =
        |mark: char| line.chars().all(|c| c == mark || c == ' ') && line.chars().filter(|&c| c == mark).count() >= 3;
    ['-', '*', '_', '='].into_iter().any(marks)
}

/// Whether a table begins in this line: cells, and a line of dashes below.
fn is_table(page: &Page<'_>, number: u32) -> bool {
    let rule = page.line(number + 1).trim();
    page.line(number).contains('|')
        && rule.contains('|')
        && rule.contains('-')
        && rule.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Reads a table. Returns the number of its last line.
fn table(page: &Page<'_>, first: u32, after_blank: bool, all: &mut Vec<Block>) -> u32 {
    let mut number = first;
    while (number as usize) <= page.lines.len() && page.line(number).contains('|') {
        if number != first + 1 {
            all.push(Block {
                kind: Kind::Row { header: number == first },
                indent: 0,
                quoted: false,
                after_blank: after_blank && number == first,
                spans: cells(page.line(number), number),
            });
        }
        number += 1;
    }
    number - 1
}

fn cells(line: &str, number: u32) -> Vec<Span> {
    let bytes = line.as_bytes();
    let mut borders: Vec<usize> =
        (0..bytes.len()).filter(|&k| bytes[k] == b'|' && (k == 0 || bytes[k - 1] != b'\\')).collect();
    if !line.trim_start().starts_with('|') {
        borders.insert(0, usize::MAX);
    }
    if !line.trim_end().ends_with('|') {
        borders.push(line.len());
    }
    let cell = |pair: &[usize]| {
        let (from, to) = (pair[0].wrapping_add(1), pair[1]);
        let inner = &line[from..to];
        let from = from + (inner.len() - inner.trim_start().len());
        Span { line: number, from: from.min(to), to: (from + inner.trim().len()).min(to) }
    };
    borders.windows(2).map(cell).collect()
}
