//! From blocks to what is said: which branch a block belongs to, who says it, and what is a note.
//!
//! A branch under a heading runs to the next heading of its level. A branch in a line runs as far as what is indented
//! under it; if its words follow at once, to the next empty line; else to the next branch, heading or line drawn across.

use super::blocks::{Block, Kind, blocks, is_loud_title};
use super::emphasis::emphasised;
use super::label::{self, Who};
use super::lines::Page;
use super::marked::Marked;
use super::speaker::Speaker;
use super::{Branch, Heading, Item, Script, branch, table};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Branches within branches beyond this are read as if they were none: no script has them, hostile text may.
const DEEPEST: usize = 16;

/// How far a branch reaches.
#[derive(Clone, Copy, Debug)]
enum Scope {
    /// To the next heading of this level or above.
    Heading(u8),
    /// As long as blocks are indented further than this.
    Indent(usize),
    /// To the next empty line.
    Paragraph(usize),
    /// To the next branch, heading or break.
    Standing(usize),
}

/// "Say one of these:"
static ONE_OF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:one of|choose|pick|any of|either of|alternatives|alternatively)\b")
        .expect("a pattern of this file")
});

/// Reads a page.
pub fn script(page: &Page<'_>) -> Script {
    let blocks = blocks(page);
    let marked = Marked::find(page, &blocks);
    let mut parser = Parser {
        page,
        blocks: &blocks,
        at: 0,
        speaker: Speaker::new(page, marked),
        scopes: Vec::new(),
        trail: Vec::new(),
        extents: BTreeMap::new(),
    };
    let items = parser.items();
    let mut allows = page.allows.clone();
    let written: Vec<_> = blocks.iter().filter(|b| !b.spans.is_empty()).map(Block::lines).collect();
    for allow in &mut allows {
        // What the comment stands in, or what comes next.
        let next = written.partition_point(|lines| lines.end <= allow.last);
        if let Some(lines) = written.get(next) {
            let end = parser.extents.get(&lines.start).copied();
            allow.scope = lines.start..end.unwrap_or(lines.end).max(lines.end);
        }
    }
    Script { items, headings: headings(page, &blocks), allows, marked, doubts: parser.speaker.doubts }
}

/// The headings of a page.
fn headings(page: &Page<'_>, blocks: &[Block]) -> Vec<Heading> {
    let all = blocks.iter().filter(|b| matches!(b.kind, Kind::Heading(_)));
    all.filter_map(|block| {
        let span = block.spans.first()?;
        let before = page.line(span.line).get(..span.from).unwrap_or("");
        Some(Heading { line: span.line, column: before.chars().count() as u32 + 1, text: words(page, block) })
    })
    .collect()
}

/// The words of a heading, without what stands around them: a branch's condition is written with a colon here and
/// without one there.
fn words(page: &Page<'_>, block: &Block) -> String {
    let line = block.first(page);
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Parser<'p> {
    page: &'p Page<'p>,
    blocks: &'p [Block],
    at: usize,
    speaker: Speaker<'p>,
    scopes: Vec<Scope>,
    /// The headings around the block, outermost first, with their levels.
    trail: Vec<(u8, String)>,
    /// Where headings and branches end, by the line they begin in.
    extents: BTreeMap<u32, u32>,
}

impl<'p> Parser<'p> {
    fn peek(&self) -> Option<&'p Block> {
        self.blocks.get(self.at)
    }

    /// Whether one of the branches around it ends before a block. The first block after a branch's line is asked too.
    fn ended(&self, block: &Block) -> bool {
        let heading = match block.kind {
            Kind::Heading(level) => Some(level),
            _ => None,
        };
        let drawn = block.kind == Kind::Break;
        let next = || branch::opens(block.first(self.page), false).is_some();
        self.scopes.iter().any(|scope| match *scope {
            Scope::Heading(level) => heading.is_some_and(|h| h <= level),
            Scope::Indent(indent) => block.indent <= indent && !matches!(block.kind, Kind::Row { .. }),
            Scope::Paragraph(indent) => {
                heading.is_some() || drawn || block.after_blank || block.indent <= indent && next()
            }
            Scope::Standing(indent) => {
                heading.is_some() || drawn || block.indent <= indent && (next() || self.is_title(block))
            }
        })
    }

    /// A line that names a part of the script, without being a heading: `Closing:`, `**Closing**`, `CLOSING`.
    fn is_title(&self, block: &Block) -> bool {
        if block.spans.len() != 1 || block.quoted || matches!(block.kind, Kind::Row { .. }) {
            return false;
        }
        let line = block.first(self.page);
        let speaker = label::split(line).is_some_and(|l| matches!(l.who, Who::Speaks(_)));
        if speaker {
            return false;
        }
        let few = line.split_whitespace().count() <= 6;
        let ends = |text: &str| text.ends_with(['.', '?', '!', ',', '"', '”']);
        let bold = emphasised(line).is_some_and(|(inner, bold)| bold && few && !ends(inner));
        bold || is_loud_title(line) || line.trim_end_matches(['*', '_', ' ']).ends_with(':')
    }

    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some(block) = self.peek() {
            if self.ended(block) {
                break;
            }
            match block.kind {
                Kind::Heading(level) => {
                    self.speaker.reset();
                    self.note_extent(self.at, level);
                    if self.opened(block).is_some() {
                        items.push(self.choice());
                    } else {
                        self.come_to(level, words(self.page, block));
                        self.at += 1;
                    }
                }
                Kind::Break => {
                    self.speaker.reset();
                    self.at += 1;
                }
                Kind::Row { .. } => {
                    let rows = self.blocks[self.at..]
                        .iter()
                        .enumerate()
                        .take_while(|(k, b)| matches!(b.kind, Kind::Row { header } if !header || *k == 0))
                        .count();
                    let rows_here = &self.blocks[self.at..self.at + rows];
                    let table = table::items(self.page, rows_here);
                    items.extend(table.into_iter().map(|item| self.placed(item)));
                    self.at += rows;
                }
                Kind::Item | Kind::Para => {
                    if self.opened(block).is_some() {
                        items.push(self.choice());
                    } else if self.is_title(block) {
                        self.speaker.reset();
                        self.at += 1;
                        if ONE_OF.is_match(block.first(self.page)) {
                            let these = self.alternatives(block);
                            items.extend(these.map(|item| self.placed(item)));
                        }
                    } else {
                        self.at += 1;
                        let spans = block.spans.clone();
                        items.extend(self.speaker.speech(block, spans).map(Item::Say));
                    }
                }
            }
        }
        items
    }

    /// Where a heading's part ends.
    fn note_extent(&mut self, at: usize, level: u8) {
        let later = &self.blocks[at + 1..];
        let next = later.iter().find(|b| matches!(b.kind, Kind::Heading(l) if l <= level));
        let end = next.map_or(u32::MAX, |b| b.lines().start);
        self.extents.insert(self.blocks[at].lines().start, end);
    }

    /// The branch that a block opens.
    fn opened(&self, block: &Block) -> Option<branch::Opened> {
        if self.scopes.len() >= DEEPEST || matches!(block.kind, Kind::Row { .. } | Kind::Break) {
            return None;
        }
        let line = block.first(self.page);
        let speaks = || label::split(line).is_some_and(|l| matches!(l.who, Who::Speaks(_)));
        let heading = matches!(block.kind, Kind::Heading(_));
        branch::opens(line, heading).filter(|_| heading || !speaks())
    }

    /// Reads neighbouring branches: one of them is taken.
    fn choice(&mut self) -> Item {
        let mut ways = Vec::new();
        let Some(first) = self.peek() else {
            return Item::Choice(ways);
        };
        let (kind, indent) = (first.kind, first.indent);
        while let Some(block) = self.peek() {
            let same = match (kind, block.kind) {
                (Kind::Heading(a), Kind::Heading(b)) => a == b,
                (Kind::Heading(_), _) | (_, Kind::Heading(_)) => false,
                _ => block.indent == indent,
            };
            // A second "otherwise" cannot belong to the same choice, nor can anything after one.
            let closed = ways.last().is_some_and(|w: &Branch| branch::is_rest(&w.label));
            let Some(opened) = self.opened(block).filter(|_| same && !closed) else {
                break;
            };
            if !ways.is_empty() && self.ended(block) {
                break;
            }
            ways.push(self.way(block, &opened));
        }
        // A lone condition need not hold.
        if ways.len() == 1 {
            ways.push(Branch::default());
        }
        Item::Choice(ways)
    }

    fn way(&mut self, block: &'p Block, opened: &branch::Opened) -> Branch {
        let line = block.first(self.page);
        let label = line[opened.label.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        if let Kind::Heading(level) = block.kind {
            self.note_extent(self.at, level);
            self.trail.retain(|(l, _)| *l < level);
        }
        let under = self.above();
        if let Kind::Heading(level) = block.kind {
            self.come_to(level, words(self.page, block));
        }
        self.at += 1;
        self.speaker.reset();
        let mut items = Vec::new();
        let follows = self.peek();
        let deeper = follows.is_some_and(|b| b.indent > block.indent && !matches!(b.kind, Kind::Heading(_)));
        let sibling = block.kind == Kind::Item && follows.is_some_and(|b| b.kind == Kind::Item);
        let inline = opened.rest < line.len() || block.spans.len() > 1;
        let scope = match block.kind {
            Kind::Heading(level) => Scope::Heading(level),
            _ if deeper || inline || sibling => Scope::Indent(block.indent),
            _ if follows.is_some_and(|b| !b.after_blank) => Scope::Paragraph(block.indent),
            _ => Scope::Standing(block.indent),
        };
        self.scopes.push(scope);
        if inline {
            let mut spans = block.spans.clone();
            spans[0].from += opened.rest;
            items.extend(self.speaker.speech(block, spans).map(Item::Say));
        }
        items.extend(self.items());
        self.scopes.pop();
        self.speaker.reset();
        // What begins with "Then continue:" is for everybody again.
        if let Some(next) = self.peek()
            && matches!(scope, Scope::Standing(_))
            && branch::rejoins(next.first(self.page))
            && self.is_title(next)
        {
            self.at += 1;
        }
        let end = self.blocks[..self.at].iter().rev().find(|b| !b.spans.is_empty());
        let end = end.map_or(0, |b| b.lines().end);
        self.extents.entry(block.lines().start).or_insert(end);
        let column = self.page.line(block.lines().start).get(..block.spans.first().map_or(0, |s| s.from));
        let at = (block.lines().start, column.map_or(1, |c| c.chars().count() as u32 + 1));
        Branch { label, items, under, at }
    }

    /// A heading begins: those of its level and below end.
    fn come_to(&mut self, level: u8, text: String) {
        self.trail.retain(|(l, _)| *l < level);
        self.trail.push((level, text));
    }

    /// The headings around the block.
    fn above(&self) -> Vec<String> {
        self.trail.iter().map(|(_, text)| text.clone()).collect()
    }

    /// A choice, with the headings that it stands under.
    fn placed(&self, mut item: Item) -> Item {
        if let Item::Choice(ways) = &mut item {
            for way in ways {
                way.under = self.above();
            }
        }
        item
    }

    /// The items after "say one of these:", each a way on.
    fn alternatives(&mut self, title: &Block) -> Option<Item> {
        let indent = self.peek().filter(|b| b.kind == Kind::Item)?.indent;
        let mut ways = Vec::new();
        while let Some(block) = self.peek() {
            let one = block.kind == Kind::Item && block.indent == indent;
            if !one || self.ended(block) || indent < title.indent {
                break;
            }
            self.at += 1;
            self.scopes.push(Scope::Indent(indent));
            let mut items: Vec<Item> =
                self.speaker.speech(block, block.spans.clone()).map(Item::Say).into_iter().collect();
            items.extend(self.items());
            self.scopes.pop();
            if !items.is_empty() {
                ways.push(Branch { label: format!("option {}", ways.len() + 1), items, ..Branch::default() });
            }
        }
        (!ways.is_empty()).then_some(Item::Choice(ways))
    }
}
