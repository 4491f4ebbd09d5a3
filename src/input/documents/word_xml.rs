//! What a Word document says: its paragraphs and tables in order, without their looks.

use quick_xml::Reader;
use quick_xml::events::Event;

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph; line breaks within it are newlines.
    Paragraph(String),
    /// Rows of cells.
    Table(Vec<Vec<String>>),
}

/// Reads `word/document.xml`. A document that is broken in the middle gives an error with its place.
pub fn blocks(xml: &[u8]) -> Result<Vec<Block>, String> {
    let mut reader = Reader::from_reader(xml);
    let mut reading = Reading::default();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => reading.open(tag.local_name().as_ref()),
            Ok(Event::Empty(tag)) => {
                reading.open(tag.local_name().as_ref());
                reading.close(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => reading.close(tag.local_name().as_ref()),
            Ok(Event::Text(text)) if reading.inside > 0 => {
                reading.text.push_str(&text.xml10_content());
            }
            Ok(Event::GeneralRef(entity)) if reading.inside > 0 => {
                let name = entity.xml10_content();
                let named = quick_xml::escape::resolve_predefined_entity(&name);
                match (named, entity.resolve_char_ref()) {
                    (Some(text), _) => reading.text.push_str(text),
                    (None, Ok(Some(c))) => reading.text.push(c),
                    _ => {}
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(e) => {
                let at = reader.error_position();
                return Err(format!("its text is broken at byte {at} of word/document.xml: {e}"));
            }
        }
        buffer.clear();
    }
    reading.end_paragraph();
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
    fn open(&mut self, tag: &str) {
        match tag {
            "t" => self.inside += 1,
            "tab" => self.text.push('\t'),
            "br" | "cr" => self.text.push('\n'),
            "noBreakHyphen" => self.text.push('-'),
            "tbl" => {
                self.end_paragraph();
                self.tables += 1;
                if self.tables == 1 {
                    self.rows.clear();
                }
            }
            "tr" if self.tables == 1 => self.rows.push(Vec::new()),
            "tc" if self.tables == 1 => self.cell.clear(),
            _ => {}
        }
    }

    fn close(&mut self, tag: &str) {
        match tag {
            "t" => self.inside = self.inside.saturating_sub(1),
            "p" => self.end_paragraph(),
            "tc" if self.tables == 1 => {
                self.end_paragraph();
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
    }

    fn end_paragraph(&mut self) {
        // Tabs stand in paragraph properties too, before any text.
        let text = self.text.trim();
        if self.tables > 0 {
            if !text.is_empty() {
                if !self.cell.is_empty() {
                    self.cell.push('\n');
                }
                self.cell.push_str(text);
            }
        } else {
            self.blocks.push(Block::Paragraph(text.to_owned()));
        }
        self.text.clear();
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
            blocks(xml),
            Ok(vec![
                Block::Paragraph("Agent: Q&A é\nnext".into()),
                Block::Paragraph(String::new()),
                Block::Table(vec![vec!["a\nb".into(), "in".into()]]),
                Block::Paragraph(String::new()),
                Block::Paragraph(String::new()),
            ])
        );
        assert!(blocks(b"<w:p><w:t>x</w:p>").is_err());
    }
}
