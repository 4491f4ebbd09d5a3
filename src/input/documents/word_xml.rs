//! What a Word document says: its paragraphs and tables in order, without their looks.

use std::io::Read;

use crate::input::documents::budget::Budget;
use crate::input::documents::xml::{self, Step};

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph; line breaks within it are newlines.
    Paragraph(String),
    /// So many paragraphs without text: they part what was said no more than one does, and take no more memory.
    Empty(u32),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
}

/// The part that holds the text.
pub const PART: &str = "word/document.xml";

/// Reads the text of a document. One that is broken in the middle gives an error with its place.
pub fn blocks(input: impl Read) -> Result<Vec<Block>, String> {
    let budget = Budget::default();
    let mut reading = Reading::default();
    xml::read(input, PART, &budget, &mut |step| match step {
        Step::Open(tag, _) => reading.open(tag, &budget),
        Step::Close(tag) => reading.close(tag, &budget),
        Step::Text(text) => reading.say(text, &budget),
    })?;
    reading.end_paragraph(&budget)?;
    Ok(reading.blocks)
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    /// How many `w:t` are open.
    inside: usize,
    text: String,
    /// How many tables are open; what lies in an inner one belongs to the cell of the outermost.
    tables: usize,
    rows: Vec<Vec<String>>,
    cell: String,
}

impl Reading {
    fn say(&mut self, text: &str, budget: &Budget) -> Result<(), String> {
        if self.inside > 0 {
            budget.text(text.len())?;
            self.text.push_str(text);
        }
        Ok(())
    }

    fn open(&mut self, tag: &str, budget: &Budget) -> Result<(), String> {
        match tag {
            "t" => self.inside += 1,
            "tab" => self.sign('\t', budget)?,
            "br" | "cr" => self.sign('\n', budget)?,
            "noBreakHyphen" => self.sign('-', budget)?,
            "tbl" => {
                self.end_paragraph(budget)?;
                self.tables += 1;
                if self.tables == 1 {
                    self.rows.clear();
                }
            }
            "tr" if self.tables == 1 => {
                budget.pieces(1)?;
                self.rows.push(Vec::new());
            }
            "tc" if self.tables == 1 => self.cell.clear(),
            _ => {}
        }
        Ok(())
    }

    /// A character that is written as an element.
    fn sign(&mut self, sign: char, budget: &Budget) -> Result<(), String> {
        budget.text(1)?;
        self.text.push(sign);
        Ok(())
    }

    fn close(&mut self, tag: &str, budget: &Budget) -> Result<(), String> {
        match tag {
            "t" => self.inside = self.inside.saturating_sub(1),
            "p" => self.end_paragraph(budget)?,
            "tc" if self.tables == 1 => {
                self.end_paragraph(budget)?;
                budget.pieces(1)?;
                let cell = self.cell.trim().to_owned();
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
                self.cell.clear();
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.blocks.push(Block::Table(std::mem::take(&mut self.rows)));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self, budget: &Budget) -> Result<(), String> {
        // Tabs stand in paragraph properties too, before any text.
        let text = self.text.trim();
        if self.tables > 0 {
            if !text.is_empty() {
                if !self.cell.is_empty() {
                    self.cell.push('\n');
                }
                self.cell.push_str(text);
            }
        } else if !text.is_empty() {
            budget.pieces(1)?;
            self.blocks.push(Block::Paragraph(text.to_owned()));
        } else if let Some(Block::Empty(count)) = self.blocks.last_mut() {
            *count = count.saturating_add(1);
        } else {
            self.blocks.push(Block::Empty(1));
        }
        self.text.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_breaks_entities_and_tables_in_order() {
        let xml = br#"<?xml version="1.0"?><w:document xmlns:w="x"><w:body>
            <w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Agent: </w:t></w:r><w:r><w:t xml:space="preserve">Q&amp;A &#233;</w:t><w:br/><w:t>next</w:t><w:instrText>PAGE</w:instrText></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>in</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>
            <w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:body></w:document>"#;
        assert_eq!(
            blocks(&xml[..]),
            Ok(vec![
                Block::Paragraph("Agent: Q&A é\nnext".into()),
                Block::Empty(1),
                Block::Table(vec![vec!["a\nb".into(), "in".into()]]),
                Block::Empty(2),
            ])
        );
        for broken in [&b"<w:p><w:t>x</w:p>"[..], b"<w:p><w:t>x</w:t>", b"<w:p", b"<a>&#xD800;</b>"] {
            assert!(blocks(broken).is_err());
        }
    }

    #[test]
    fn what_is_too_much_is_told() {
        let why = |xml: &str| blocks(xml.as_bytes()).expect_err("too much");
        assert!(why(&"<w:tbl><w:tr><w:tc>".repeat(200)).contains("nests more than 256"));
        assert!(why(&format!("<d>{}</d>", "<w:p><w:t>x</w:t></w:p>".repeat(40_001))).contains("40000"));
        // Empty paragraphs take no room, however many there are.
        let empty = format!("<d><w:p><w:t>A: x</w:t></w:p>{}</d>", "<w:p/>".repeat(100_000));
        assert_eq!(blocks(empty.as_bytes()).map(|all| all.len()), Ok(2));
        // Entities that unfold are none.
        let laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><d><w:p><w:t>x&b;</w:t></w:p></d>";
        assert_eq!(blocks(laughs.as_bytes()).map(|all| all[0].clone()), Ok(Block::Paragraph("x".into())));
    }
}
