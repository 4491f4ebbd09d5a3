//! What can be measured, each figure with its definition: what counts as a gap, a cut-in, a backchannel, a word.

use crate::rules::distance::{DISTANCE_HELP, Distance, Unit};
use crate::rules::pack::reader::Table;

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Seconds before a run of the speaker.
    ReplyGap,
    /// Seconds of a cut-in of the speaker.
    Overlap,
    /// Seconds in which nobody speaks.
    Silence,
    /// Words a minute.
    Pace,
    /// Percent of all talking time.
    TalkShare,
    /// Words of the other party taken up.
    Echo,
    /// Seconds of the call.
    Duration,
}

impl Quantity {
    /// Whether it rests on the ends of turns as stored: at reading speed, half a second is a guess.
    pub const fn needs_ends(self) -> bool {
        matches!(self, Quantity::ReplyGap | Quantity::Overlap | Quantity::Pace)
    }

    /// Reads a limit of it: seconds with their unit, other figures as plain numbers.
    pub(super) fn limit(self, table: &Table<'_, '_>, key: &'static str) -> Option<f64> {
        let value = table.get(key)?;
        let seconds = matches!(self, Quantity::ReplyGap | Quantity::Overlap | Quantity::Silence | Quantity::Duration);
        if seconds {
            let found = value.get_ref().as_str().and_then(Distance::parse).filter(|d| d.unit == Unit::Seconds);
            if found.is_none() {
                table.wrong(value.span(), format!("`{key}` is in seconds here"), DISTANCE_HELP);
            }
            return found.map(|d| d.amount);
        }
        let text = value
            .get_ref()
            .as_integer()
            .map(toml::de::DeInteger::as_str)
            .or_else(|| value.get_ref().as_float().map(toml::de::DeFloat::as_str));
        let found = text.and_then(|t| t.parse::<f64>().ok()).filter(|n| n.is_finite());
        if found.is_none() {
            table.wrong(value.span(), format!("`{key}` is a plain number here"), "min = 1, max = 1.25");
        }
        found
    }

    /// What the figure asks of a transcript, as a remark for people; none where any transcript will do.
    pub const fn is_known_to(self) -> Option<&'static str> {
        const COARSE: &str = "Where every time of a transcript is a whole second, it is known to less than a second either way; what that decides is not scorable.";
        const ENDS: &str = "It needs the ends of turns as the transcript stores them. Where every time is a whole second, it is known to less than a second either way; what that decides is not scorable.";
        match self {
            Quantity::ReplyGap | Quantity::Overlap | Quantity::Pace => Some(ENDS),
            Quantity::Silence => Some(COARSE),
            Quantity::TalkShare | Quantity::Echo | Quantity::Duration => None,
        }
    }
}

/// The figures by the word that packs use, with their definition.
pub const MEASURES: [(&str, Quantity, &str); 7] = [
    (
        "reply-gap",
        Quantity::ReplyGap,
        "the gap between two runs, in seconds: from the stored end of the other party's run to the start of the speaker's run after it; negative where the speaker begins before the other has ended. A run is all that one person says until another speaks. A backchannel is a turn of one or two listening words (\"mm hmm\", \"okay\", \"right\", \"I see\") that answers no question: it neither replies nor breaks a run",
    ),
    (
        "overlap",
        Quantity::Overlap,
        "the longest cut-in into a turn of the other party, in seconds: how long the speaker talks before that turn's stored end, having begun after its start; 0 where nobody cuts in. A backchannel, a turn of one or two listening words (\"mm hmm\", \"okay\", \"right\", \"I see\"), is no cut-in",
    ),
    (
        "silence",
        Quantity::Silence,
        "seconds between two turns in which nobody speaks; 0 where one follows the other at once. A turn without a stored end is taken to last a second for 15 characters, at most until the next one",
    ),
    (
        "pace",
        Quantity::Pace,
        "words a minute of a piece: of a sentence, from its first word to its last, where words have times; else of a turn, from its stored start to its stored end. Words are tokens with a letter or a digit, \"um\" among them; noises in brackets and words broken off are none. A piece of fewer than 4 words has no pace. With `relative`, divided by the median of all pieces of the speaker, of which there must be 3",
    ),
    ("talk-share", Quantity::TalkShare, "percent of all talking time that is the speaker's"),
    (
        "echo",
        Quantity::Echo,
        "how many of the other party's content words, said before, a sentence of the speaker takes up. Content words are counted once by their stems (\"charged\" and \"charge\" are one); words of grammar and small talk, numbers and the caller's name are none",
    ),
    ("duration", Quantity::Duration, "seconds from the start to the end of the call"),
];
