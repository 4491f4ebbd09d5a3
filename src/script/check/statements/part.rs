//! A part of a script, the trunk or one branch, as the sentences that the agent says in it.

use crate::report::script::Place;

/// What a sentence does for the caller, as one bit a family: statements of one family can stand for each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Families(u8);

impl Families {
    /// Nothing.
    pub const NONE: Families = Families(0);
    /// The caller's feeling or hardship is seen, or there is an apology for it.
    pub const FEELING: Families = Families(1);
    /// The agent's own will to help, or a word that calms.
    pub const HELP: Families = Families(2);
    /// Thanks, a wish, an offer at the very end.
    pub const WARMTH: Families = Families(4);

    /// All of them, each alone.
    pub const EACH: [Families; 3] = [Families::FEELING, Families::HELP, Families::WARMTH];

    /// Both together.
    #[must_use]
    pub fn with(self, other: Families) -> Families {
        Families(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn shared(self, other: Families) -> Families {
        Families(self.0 & other.0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// As a reader of scripts would call it.
    pub fn in_words(self) -> &'static str {
        if !self.shared(Families::FEELING).is_empty() {
            "empathy"
        } else if !self.shared(Families::HELP).is_empty() {
            "willingness or reassurance"
        } else {
            "warm last words"
        }
    }
}

/// A sentence that the agent says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// As it is written, on one line.
    pub text: String,
    /// Its words in lower case, without blanks to fill in.
    pub words: Vec<String>,
    /// What it surely does for the caller: its phrases and its learned weights say so.
    pub sure: Families,
    /// What it does for the caller, as one of the two says.
    pub heard: Families,
    /// What it may do, on a thin margin: enough to stand for another statement.
    pub perhaps: Families,
    /// It asks for data or tells of procedure.
    pub logistics: bool,
    /// Blanks for the caller's name in it.
    pub names: usize,
    /// When it begins, in seconds from the first word of its part.
    pub start_s: f64,
    /// Where it stands.
    pub place: Place,
}

impl Sentence {
    /// What has to be kept of it: what is sure, or else what is heard at all.
    pub fn needs(&self) -> Families {
        if self.sure.is_empty() { self.heard } else { self.sure }
    }

    /// Whether it is a statement.
    pub fn is_statement(&self) -> bool {
        !self.heard.is_empty()
    }
}

/// The trunk of a script, or one of its branches without those inside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// The condition of the branch; empty for the trunk.
    pub label: String,
    /// The headings it stands under, outermost first.
    pub under: Vec<String>,
    /// The part around it, by its number; the trunk is its own.
    pub parent: usize,
    /// Line and column of its condition, from 1.
    pub at: (u32, u32),
    /// What the agent says in it.
    pub sentences: Vec<Sentence>,
}

impl Part {
    /// What it is called in a message.
    pub fn name(&self) -> String {
        if self.label.is_empty() { "the script".to_owned() } else { format!("\"{}\"", self.label) }
    }

    /// Where its nth sentence stands, or the one nearest to that; its condition where nothing is said.
    pub fn place_near(&self, n: usize) -> (Place, String) {
        if let Some(sentence) = self.sentences.get(n).or_else(|| self.sentences.last()) {
            return (sentence.place, sentence.text.clone());
        }
        let (line, column) = self.at;
        let wide = self.label.chars().count().max(1) as u32;
        (Place { line, column, end_line: line, end_column: column + wide }, self.label.clone())
    }
}
