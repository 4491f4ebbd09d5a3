//! What the words of a sentence tell of its worth, beside the tags that were found in it.

/// What everybody says at the start and at the end: never praised.
const FORMULAS: [&str; 21] = [
    "anything else",
    "bear with me",
    "for calling",
    "for contacting",
    "for getting in touch",
    "for holding",
    "for reaching out",
    "for your call",
    "great day",
    "good day",
    "have a good",
    "have a great",
    "have a nice",
    "how can i",
    "how may i",
    "nice day",
    "one moment",
    "what can i do for you",
    "you are welcome",
    "you're welcome",
    "youre welcome",
];

/// Words of thanks, of listening and of address: a sentence of nothing else says little.
const SMALL: [&str; 38] = [
    "ah",
    "all",
    "alright",
    "and",
    "appreciate",
    "dear",
    "for",
    "good",
    "great",
    "hello",
    "hi",
    "i",
    "it",
    "lot",
    "love",
    "ma'am",
    "madam",
    "mm",
    "much",
    "no",
    "oh",
    "ok",
    "okay",
    "patience",
    "problem",
    "right",
    "sir",
    "so",
    "sure",
    "thank",
    "thanks",
    "that",
    "the",
    "very",
    "well",
    "worries",
    "you",
    "your",
];

/// Fewer words than this say little.
const FEW: u32 = 4;

/// What the words of a sentence tell.
pub(super) struct Said {
    /// How many words it has.
    pub(super) words: u32,
    /// It says little: thanks, a question, a few words.
    pub(super) slight: bool,
}

/// Looks at a sentence; none is a formula.
pub(super) fn look_at(sentence: &str) -> Option<Said> {
    let mut plain = String::with_capacity(sentence.len());
    let (mut words, mut small) = (0, 0);
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    for word in sentence
        .split(|c| !in_word(c))
        .filter(|word| !word.is_empty())
    {
        let word = word.to_lowercase().replace('’', "'");
        words += 1;
        small += u32::from(SMALL.contains(&word.as_str()));
        plain.push(' ');
        plain.push_str(&word);
    }
    plain.push(' ');
    // Letters of other words may stand before and behind it.
    let is_said = |formula: &str| {
        let mut found = plain.match_indices(formula);
        found.any(|(at, _)| {
            plain[..at].ends_with(' ') && plain[at + formula.len()..].starts_with(' ')
        })
    };
    if FORMULAS.iter().any(|formula| is_said(formula)) {
        return None;
    }
    let asks = sentence.trim_end().ends_with('?');
    // A name beside small words is still small.
    let slight = asks || words < FEW || words - small < 2;
    Some(Said { words, slight })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_none_and_small_talk_is_slight() {
        let slight = |sentence| look_at(sentence).map(|said| said.slight);
        for formula in [
            "Thank you for calling Acme, this is Jo.",
            "HOW CAN I help you today?",
            "You’re welcome, Ann, have a lovely evening.",
            "Is there anything else?",
        ] {
            assert_eq!(slight(formula), None, "{formula}");
        }
        for little in [
            "Thank you so much, Ann.",
            "Oh no!",
            "Okay.",
            "And that's been dead since Monday, has it?",
            "",
        ] {
            assert_eq!(slight(little), Some(true), "{little}");
        }
        for good in [
            "Three days without heating is hard.",
            "I'll stay with you until it's sorted.",
            "that must have been a shock for you both",
        ] {
            assert_eq!(slight(good), Some(false), "{good}");
        }
    }
}
