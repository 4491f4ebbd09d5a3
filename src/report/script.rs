//! What is known beyond a call's verdicts when the call is a path through a script: where its words stand on the page,
//! and how a finding stands to what was there before.

/// From a byte of a call's text on, the words stand in the file from here on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Byte of the text.
    pub at: u32,
    /// Line in the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Mark {
    /// The line and column in which a byte of a text stands; none if nothing is known of any.
    pub fn spot(marks: &[Mark], text: &str, at: u32) -> Option<(u32, u32)> {
        let k = marks.partition_point(|m| m.at <= at);
        let mark = marks.get(k.saturating_sub(1))?;
        let between = text.get(mark.at.min(at) as usize..at as usize);
        Some((mark.line, mark.column + between.map_or(0, |b| b.chars().count()) as u32))
    }
}

/// A region of a file; lines and columns count from 1, columns in characters, the end is exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
}

/// How a verdict stands to what was there before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was there to compare with.
    #[default]
    Plain,
    /// The baseline knows it.
    Known,
    /// It was better before.
    Worse,
    /// It was worse before.
    Better,
}

/// A finding about the page rather than about what is said: a comment that allows nothing, say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnPage {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub text: String,
}

/// What a branch said to the caller, and what it says now, for whoever lays them side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Was {
    /// The old words; empty where they are new.
    pub old: String,
    /// The new words; empty where nothing is said instead.
    pub new: String,
    /// The condition of the branch; empty for what is said on every path.
    pub branch: String,
}

/// What is known of one result of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// How it stands to what was there before.
    pub standing: Standing,
    /// An earlier path says the same of the same place.
    pub repeated: bool,
    /// How many other paths say the same of the same place.
    pub others: usize,
    /// Where it stands, if it is about the page.
    pub on_page: Option<OnPage>,
    /// What was said before, if it is about a statement.
    pub was: Option<Was>,
}

/// A path through a script.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScriptPath {
    /// The branches taken: `If the customer is upset > If they agree`; empty where there is none.
    pub name: String,
    /// Where the bytes of the call's text stand.
    pub marks: Vec<Mark>,
    /// One note a result.
    pub notes: Vec<Note>,
}

impl ScriptPath {
    /// Where a piece of the call's text stands.
    pub fn place(&self, text: &str, bytes: &std::ops::Range<u32>) -> Place {
        let spot = |at| Mark::spot(&self.marks, text, at).unwrap_or((1, 1));
        let (line, column) = spot(bytes.start);
        // The end is that of the last character: what follows it may stand somewhere else.
        let piece = text.get(bytes.start as usize..bytes.end as usize);
        let last = piece.and_then(|p| p.char_indices().next_back());
        let (end_line, end_column) = match last {
            Some((at, _)) => {
                let (line, column) = spot(bytes.start + at as u32);
                (line, column + 1)
            }
            None => (line, column + 1),
        };
        Place { line, column, end_line, end_column }
    }
}

/// What a check came to, for the end of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckSummary {
    /// Scripts read.
    pub scripts: usize,
    /// Paths audited.
    pub paths: usize,
    /// Findings that count, each place once, by severity in the order of [`super::Severity::ALL`].
    pub findings: [usize; 4],
    /// Findings that a comment allows.
    pub allowed: usize,
    /// Findings that the baseline knows.
    pub known: usize,
    /// What got better.
    pub better: usize,
    /// What it was compared with, if it was.
    pub against: Option<String>,
    /// Entries of the baseline that no longer apply.
    pub outdated: Vec<String>,
}

impl CheckSummary {
    /// All findings that count.
    pub fn total(&self) -> usize {
        self.findings.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_ends_behind_its_last_character() {
        let mark = |at, line, column| Mark { at, line, column };
        let path = ScriptPath { marks: vec![mark(0, 3, 5), mark(3, 4, 1)], ..ScriptPath::default() };
        let text = "ab\ncé";
        let place = path.place(text, &(1..6));
        assert_eq!((place.line, place.column, place.end_line, place.end_column), (3, 6, 4, 3));
    }
}
