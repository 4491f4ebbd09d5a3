//! Word documents as pages: each paragraph a line, each row of a table a line.

use crate::input::documents::word_xml::{Block, blocks};
use crate::input::files::archive;
use crate::script::{Item, Script, Unread, read_page};

/// The text of a document is at most so long; pictures do not count.
const MOST: u64 = 64 << 20;

/// Reads a document. A line of the script is a paragraph or a row, counted from 1.
pub fn read(bytes: &[u8]) -> Result<Script, Unread> {
    let xml = archive::one(bytes, "word/document.xml", MOST);
    let xml = xml.map_err(|e| Unread::broken(format!("is no Word document that can be read: {e}")))?;
    let mut page = String::new();
    // For each line of the page the paragraph or row that it is.
    let (mut numbers, mut number) = (Vec::new(), 0_u32);
    let mut push = |text: &str, number: u32| {
        for line in text.split('\n') {
            page.push_str(line);
            page.push('\n');
            numbers.push(number);
        }
    };
    for block in blocks(&xml).map_err(Unread::broken)? {
        match block {
            Block::Paragraph(text) => {
                number += 1;
                push(&text, number);
                push("", number);
            }
            Block::Table(rows) => {
                for (n, row) in rows.iter().enumerate() {
                    number += 1;
                    let cells: Vec<String> = row.iter().map(|c| c.replace('\n', " ").replace('|', "\\|")).collect();
                    push(&format!("| {} |", cells.join(" | ")), number);
                    if n == 0 {
                        push(&format!("|{}", " --- |".repeat(row.len())), number);
                    }
                }
                push("", number);
            }
        }
    }
    let mut script = read_page(&page)?;
    let line = |line: u32| numbers.get(line.saturating_sub(1) as usize).copied().unwrap_or(number + 1);
    renumber(&mut script.items, &line);
    for heading in &mut script.headings {
        heading.line = line(heading.line);
    }
    for doubt in &mut script.doubts {
        doubt.line = line(doubt.line);
    }
    for allow in &mut script.allows {
        (allow.line, allow.last) = (line(allow.line), line(allow.last));
        allow.scope = line(allow.scope.start)..line(allow.scope.end);
    }
    Ok(script)
}

fn renumber(items: &mut [Item], line: &dyn Fn(u32) -> u32) {
    for item in items {
        match item {
            Item::Say(speech) => {
                speech.lines = line(speech.lines.start)..line(speech.lines.end.saturating_sub(1)) + 1;
                speech.marks.iter_mut().for_each(|m| m.line = line(m.line));
            }
            Item::Choice(ways) => {
                for way in ways {
                    way.at.0 = line(way.at.0);
                    renumber(&mut way.items, line);
                }
            }
        }
    }
}
