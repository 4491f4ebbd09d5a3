//! Words that somebody says, each with its place in the file.

use super::Mark;
use crate::call::Role;
use std::ops::Range;

/// Words that somebody says, without what stands around them on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speech {
    /// Who.
    pub role: Role,
    /// The words.
    pub text: String,
    /// Where they stand: one mark for every piece that is contiguous in the file.
    pub marks: Vec<Mark>,
    /// The lines of the block they stand in.
    pub lines: Range<u32>,
    /// The prompt's name, where the file gives each prompt one: such prompts stand side by side, in no order.
    pub prompt: Option<String>,
}

impl Speech {
    /// Where a byte of the text stands in the file: line and column.
    pub fn place(&self, at: usize) -> (u32, u32) {
        Mark::spot(&self.marks, &self.text, at as u32).unwrap_or_default()
    }

    /// A part of it.
    #[must_use]
    pub fn slice(&self, from: usize, to: usize) -> Speech {
        let (line, column) = self.place(from);
        let mut marks = vec![Mark { at: 0, line, column }];
        let inner = |m: &&Mark| m.at as usize > from && (m.at as usize) < to;
        marks.extend(self.marks.iter().filter(inner).map(|m| Mark { at: m.at - from as u32, ..*m }));
        Speech {
            role: self.role,
            text: self.text[from..to].to_owned(),
            marks,
            lines: self.lines.clone(),
            prompt: self.prompt.clone(),
        }
    }

    /// What stands between quotation marks.
    pub fn quotes(&self) -> Vec<Speech> {
        let (mut all, mut from) = (Vec::new(), None);
        for (at, c) in self.text.char_indices() {
            match (c, from) {
                ('“' | '„' | '"', None) => from = Some(at + c.len_utf8()),
                ('”' | '"' | '“', Some(start)) => {
                    if self.text[start..at].contains(char::is_alphanumeric) {
                        all.push(self.slice(start, at));
                    }
                    from = None;
                }
                _ => {}
            }
        }
        all
    }

    /// Takes what another one says behind this.
    pub fn append(&mut self, other: Speech) {
        self.text.push('\n');
        let shift = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.into_iter().map(|m| Mark { at: m.at + shift, ..m }));
    }
}
