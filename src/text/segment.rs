//! Sentences: where a turn is cut, the same for punctuated text and for raw speech recognition.
//!
//! A turn is cut at `.`, `?`, `!` and line breaks, and, with a comma, a pause or nothing at all, where a clause opener
//! starts a question, a request or a statement of its own: raw speech has no full stops, and people splice with commas.
//! The cases are settled in `rules/sentences.md`, which is both a page for rule authors and a test.

use super::phrase::{self, Phrase};
use rustc_hash::FxHashMap;
use std::sync::{LazyLock, OnceLock};

/// A piece before an opener shorter than that is a lead-in ("okay", "hi Jo"), not a sentence.
pub const LEAD_IN: usize = 2;

/// A silence within a turn that ends a sentence where no punctuation does, in seconds.
pub const PAUSE_S: f64 = 1.0;

/// Words that begin a clause which waits for its main one: "if you can hold, | I will check" is one sentence.
#[rustfmt::skip]
const LEADS: &[&str] = &[
    "if", "when", "once", "while", "because", "since", "unless", "until", "although", "though", "whenever",
];

/// A main clause begins at most so many words after the word in front of its side clause.
const LED: usize = 8;

/// Clause openers, by what may not stand before them.
const OPENERS: &[(Opener, &[&str])] = &[
    (
        Opener::Inversion,
        &[
            "(can|could|may|might|shall) (i|we) [just|please|also]",
            "(can|could|would|will) you [please|just|kindly|mind|like|be|also]",
            "(do|did|have|are|were|would) you [still|already|ever]",
        ],
    ),
    (
        Opener::Question,
        &[
            "(what|which|how|when|where|why|who) ...{0,2} (can|could|may|might|shall|should|would|will|do|did|does|am|are|have|is|was) (i|you|we|he|she|they|it|the|your|this|that)",
            "(what|where|when|who|how) (is|was|are|were|seems) (your|the|going|wrong|happening|been|this|that)",
            "how (are|is) (you|your|everything)",
            "(is|was) (there|that|this|it) (anything|something|correct|right|okay|all)",
        ],
    ),
    (
        Opener::Request,
        &[
            "let (me|us)",
            "(thank you|thanks) [so much|very much|again] for",
            "please (hold|bear|stay|wait|provide|confirm|give|tell|verify|note|let|send|call|spell|have|allow|go|follow|visit|contact|dm|try|restart|check|make|enter|read|feel|do|don't|be|keep|listen|press|reply|message|remember|accept)",
        ],
    ),
    (
        Opener::Statement,
        &[
            "i will [just|go|also|be]",
            "i am [just] going to",
            "i am [so|very|really|truly|terribly] sorry",
            "[i|we] [sincerely|do|truly] apologize for",
            "i [can|do] [completely|totally|fully|certainly|definitely] understand",
            "my name is",
        ],
    ),
];

/// What an opener starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// "may I", "could you"
    Inversion,
    /// "what is", "how can I"
    Question,
    /// "please hold", "let me", "thank you for": no "that" leads into one, so it opens a clause after any "that".
    Request,
    /// "I'll", "I'm so sorry"
    Statement,
}

/// Words after which a clause goes on: what follows is no sentence of its own.
#[rustfmt::skip]
const GLUE: &[&str] = &[
    "and", "or", "but", "so", "if", "when", "because", "cause", "as", "while", "until", "till", "before", "after", "than", "whether",
    "whenever", "wherever", "since", "once", "unless", "although", "though", "plus", "then", "nor", "to", "not", "never",
];

/// After these a question word only opens what is known, seen or said.
#[rustfmt::skip]
const EMBEDS: &[&str] = &[
    "know", "see", "understand", "tell", "told", "me", "ask", "asking", "asked", "wonder", "wondering", "about", "of", "find", "out", "on",
    "in", "with", "for", "exactly", "sure", "explain", "remember", "hear", "at", "like", "check", "is", "from", "into", "by", "us", "you",
    "determine", "discuss", "show", "say", "said", "just", "idea", "guess", "matter", "i", "we", "confirm", "verify", "understanding",
];

/// After these a statement is what is thought, hoped or promised, or a question word governs it.
#[rustfmt::skip]
const GOVERNS: &[&str] = &[
    "what", "how", "which", "who", "where", "why", "whatever", "sure", "think", "hope", "know", "say", "said", "promise", "guess", "believe",
    "afraid", "thing", "something", "anything", "everything", "time", "moment", "way", "reason", "yes", "no", "okay", "well", "now", "the",
    "a", "my", "your", "otherwise", "first", "please", "also", "maybe", "perhaps",
    "will", "can", "could", "would", "you", "i", "we", "they", "just", "do", "does", "did", "is", "are", "be",
];

/// Before "you": it is asked or required of, and what follows is still that.
#[rustfmt::skip]
const ASKS: &[&str] = &[
    "can", "could", "will", "would", "do", "did", "should", "must", "might", "may", "shall", "have", "had", "if", "when", "that", "as",
    "because", "so", "and", "or", "but", "are", "were", "once", "until", "while", "unless", "what", "how", "where", "whatever", "anything",
];

/// After these "that" is what was talked about, not the start of a clause: "sorry about that, …".
const POINTS: &[&str] = &[
    "about", "hear", "hearing", "with", "for", "do", "doing", "on", "of", "like", "at", "see", "all", "fix", "handle",
    "appreciate",
];

/// The openers as phrases, in the order of [`opener`]'s numbers.
pub fn openers() -> &'static [Phrase] {
    static READ: OnceLock<Vec<Phrase>> = OnceLock::new();
    READ.get_or_init(|| {
        let all = OPENERS.iter().flat_map(|(_, phrases)| phrases.iter());
        all.filter_map(|p| phrase::parse(p).ok()).collect()
    })
}

/// What the opener with this number in [`openers`] starts.
pub fn opener(number: u32) -> Opener {
    let mut left = number as usize;
    for (kind, phrases) in OPENERS {
        if left < phrases.len() {
            return *kind;
        }
        left -= phrases.len();
    }
    Opener::Statement
}

/// What a word says of a clause that begins behind it, or that it begins itself: the lists above that it stands in. Told
/// once a word, since it is asked at every opener.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Before(u8);

const IS_GLUE: u8 = 1;
const IS_EMBEDDING: u8 = 2;
const IS_GOVERNING: u8 = 4;
const IS_ASKING: u8 = 8;
const IS_POINTING: u8 = 16;
const IS_LEADING: u8 = 32;
const IS_YOU: u8 = 64;
const IS_THAT: u8 = 128;

impl Before {
    /// What a word in lower case says.
    pub fn of(word: &str) -> Before {
        static LISTED: LazyLock<FxHashMap<&str, Before>> = LazyLock::new(|| {
            let lists = [
                (GLUE, IS_GLUE),
                (EMBEDS, IS_EMBEDDING),
                (GOVERNS, IS_GOVERNING),
                (ASKS, IS_ASKING),
                (POINTS, IS_POINTING),
                (LEADS, IS_LEADING),
                (&["you"], IS_YOU),
                (&["that"], IS_THAT),
            ];
            let mut listed = FxHashMap::<_, Before>::default();
            for (list, bit) in lists {
                for word in list {
                    listed.entry(*word).or_default().0 |= bit;
                }
            }
            listed
        });
        LISTED.get(word).copied().unwrap_or_default()
    }

    /// The lists, a bit each.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The reverse of [`Self::bits`].
    pub const fn of_bits(bits: u8) -> Before {
        Before(bits)
    }

    fn is(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}

/// Whether a clause may start here, by the two words before it; none where there is none.
pub fn may_start(opener: Opener, before: Option<Before>, before_that: Option<Before>) -> bool {
    let word = before.unwrap_or_default();
    let points = before_that.is_some_and(|w| w.is(IS_POINTING));
    if word.is(IS_GLUE) {
        return false;
    }
    match opener {
        // Nothing is asked of "you" by turning words round: "how are you | can I".
        Opener::Inversion => word.is(IS_YOU) || !word.is(IS_EMBEDDING),
        Opener::Question => !word.is(IS_EMBEDDING) || (word.is(IS_YOU) && points),
        // "could you please hold" against "I can help you, please hold".
        Opener::Request if word.is(IS_YOU) => before_that.is_some_and(|w| !w.is(IS_ASKING)),
        Opener::Request => !word.is(IS_GOVERNING),
        Opener::Statement if word.is(IS_THAT) => points,
        Opener::Statement => !word.is(IS_GOVERNING) || (word.is(IS_YOU) && points),
    }
}

/// Whether the first opener of a sentence, no request, `words` after its beginning, is the main clause of the one that
/// `first` begins.
pub fn is_led(opener: Opener, first: Before, words: usize) -> bool {
    opener != Opener::Request && words <= LED && first.is(IS_LEADING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_opener_is_a_phrase() {
        assert_eq!(openers().len(), OPENERS.iter().map(|(_, p)| p.len()).sum::<usize>());
        assert_eq!(opener(0), Opener::Inversion);
        assert_eq!(opener(openers().len() as u32 - 1), Opener::Statement);
    }
}
