//! How a script marks what is said. Once it marks speech at all, only what is marked is speech.

use super::blocks::{Block, Kind};
use super::label::{self, Who};
use super::lines::Page;
use super::{branch, spoken};

/// The way of marking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marked {
    /// Nothing is marked: every paragraph and item that is no note is spoken.
    #[default]
    Plain,
    /// By labels: `Agent: …`.
    Labels,
    /// By block quotes: `> …`.
    BlockQuotes,
    /// By quotation marks.
    Quotes,
    /// The file is none but prompts.
    Prompts,
}

impl Marked {
    /// In a sentence: "is marked by …".
    pub const fn by(self) -> &'static str {
        match self {
            Marked::Plain => "nothing",
            Marked::Labels => "labels such as `Agent:`",
            Marked::BlockQuotes => "block quotes (`>`)",
            Marked::Quotes => "quotation marks",
            Marked::Prompts => "the file: all of it is prompts",
        }
    }

    /// What a script does.
    pub fn find(page: &Page<'_>, blocks: &[Block]) -> Marked {
        let labelled = |b: &Block| {
            let line = b.first(page);
            // The words of a branch may have a label of their own: "If upset: Agent: …".
            let from = branch::opens(line, false).map_or(0, |o| o.rest);
            label::split(&line[from..]).is_some_and(|l| matches!(l.who, Who::Speaks(_)))
        };
        let words = |b: &&Block| matches!(b.kind, Kind::Para | Kind::Item);
        if blocks.iter().filter(words).any(labelled) {
            return Marked::Labels;
        }
        let quote = |b: &Block| b.quoted && !is_aside(b.first(page));
        if blocks.iter().filter(words).any(quote) {
            return Marked::BlockQuotes;
        }
        let (mut quoting, mut all) = (0, 0);
        for block in blocks.iter().filter(words) {
            let Some(text) = spoken::of(page, &block.spans, block.lines()) else {
                continue;
            };
            let line = block.first(page);
            if line.ends_with(':') {
                continue;
            }
            all += 1;
            quoting += usize::from(text.quotes().iter().any(|q| q.text.split(' ').count() >= 3));
        }
        if quoting > 0 && quoting * 2 >= all { Marked::Quotes } else { Marked::Plain }
    }
}

/// A block quote that is a note to the reader: `> [!NOTE]`, `> **Tip:** …`.
pub fn is_aside(line: &str) -> bool {
    line.starts_with("[!") || label::split(line).is_some_and(|l| l.who == Who::Nobody)
}
