//! What the words of a sentence tell of its worth, beside the tags that were found in it.

/// What everybody says at the start and at the end: never praised. With the spaces around it, here and below.
const FORMULAS: [&str; 20] = [
    " anything else ",
    " bear with me ",
    " for calling ",
    " for contacting ",
    " for getting in touch ",
    " for holding ",
    " for reaching out ",
    " for waiting ",
    " for your call ",
    " how are you ",
    " how can i ",
    " how can we ",
    " how may i ",
    " how may we ",
    " one moment ",
    " one second ",
    " rest of your ",
    " what can i do for you ",
    " you are welcome ",
    " you're welcome ",
];

/// Where a sentence asks for something or gives instructions: the caller has to do something, and whatever kind word
/// stands beside it is buried.
const ASKS: [&str; 29] = [
    " can i get ", " can i have ", " can i take ", " can you ", " could i get ", " could i have ", " could i take ",
    " could you ", " do you have ", " do you want ", " go ahead and ", " i do need ", " i just need ", " i need ",
    " i'll need ", " is it okay if ", " is there another ", " is there any ", " may i have ", " may i know ",
    " what is your ", " what's your ", " would you like ", " would you mind ", " you have to ", " you must ",
    " you need to ", " you'll have to ", " you'll need ",
];

/// What is wished to everybody, behind "have a" and a word of praise.
const TIMES: [&str; 8] = ["afternoon", "day", "evening", "morning", "night", "one", "time", "weekend"];

/// Words of thanks, of listening, of address and of getting to work: a sentence of nothing else says little.
#[rustfmt::skip]
const SMALL: [&str; 67] = [
    "a", "absolutely", "ah", "all", "alright", "an", "and", "appreciate", "at", "aw", "bye", "check", "course",
    "dear", "exactly", "for", "good", "goodbye", "great", "have", "hello", "here", "hi", "i", "is", "it", "it's",
    "just", "let", "let's", "likewise", "look", "lot", "love", "lovely", "ma'am", "madam", "me", "mm", "much", "no",
    "now", "of", "oh", "ok", "okay", "one", "patience", "perfect", "problem", "right", "see", "sir", "so", "sure",
    "take", "thank", "thanks", "that", "that's", "the", "very", "well", "worries", "yes", "you", "your",
];

/// Fewer words than this say little.
const FEW: usize = 4;
/// So many of them must be more than small talk and a name.
const OWN: usize = 2;

/// Words after which nobody listens: raw speech without a full stop, or a sentence that would not end.
const RAMBLING: usize = 28;
/// So many are no sentence any more.
const ENDLESS: usize = 60;

/// What the words of a sentence tell.
pub(in crate::report::rollup) struct Wording {
    /// How many there are.
    pub(in crate::report::rollup) words: u32,
    /// They would not end.
    pub(in crate::report::rollup) rambles: bool,
}

/// The words in lower case, a space before and behind each.
pub(in crate::report::rollup) fn plain(sentence: &str) -> String {
    let mut plain = String::with_capacity(sentence.len() + 2);
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    for word in sentence.split(|c| !in_word(c)).filter(|word| !word.is_empty()) {
        plain.push(' ');
        if word.is_ascii() {
            plain.push_str(word);
        } else {
            plain.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
        }
    }
    plain.push(' ');
    plain.make_ascii_lowercase();
    plain
}

/// Whether words, as [`plain`] has them, hold what everybody says at the start and at the end.
pub(in crate::report::rollup) fn is_formula(plain: &str) -> bool {
    FORMULAS.iter().any(|said| plain.contains(said))
}

/// Looks at a sentence; none is not to be held up: a formula, a question, instructions, no more than thanks or a name.
pub(in crate::report::rollup) fn worth_saying(sentence: &str) -> Option<Wording> {
    let plain = plain(sentence);
    let words = || plain.split(' ').filter(|word| !word.is_empty());
    let count = words().count();
    let own = words().filter(|word| !SMALL.contains(word)).take(OWN).count();
    let question = sentence.trim_end().ends_with('?');
    let asks = || ASKS.iter().any(|said| plain.contains(said));
    if question || !(FEW..=ENDLESS).contains(&count) || own < OWN || is_formula(&plain) || asks() {
        return None;
    }
    (!is_wished_to_everybody(&plain)).then_some(Wording { words: count as u32, rambles: count > RAMBLING })
}

/// "Have a lovely evening", with nothing behind it; "Have a lovely time in Crete" is for one caller.
fn is_wished_to_everybody(plain: &str) -> bool {
    let Some((_, behind)) = plain.split_once(" have a ") else {
        return false;
    };
    let mut behind = behind.trim_end().split(' ');
    let wished = behind.by_ref().take(3).any(|word| TIMES.contains(&word));
    wished && behind.count() < OWN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_questions_and_small_talk_are_not_held_up() {
        for little in [
            "Thank you for calling Acme, this is Jo.",
            "HOW CAN I help you with that today?",
            "You’re welcome, Ann, glad we got there in the end.",
            "Is there anything else I could do about the crib",
            "Have a lovely evening, Ann.",
            "okay great you have a good one then",
            "Thank you so much, Ann.",
            "Of course it is, Ann.",
            "Oh no!",
            "okay let me just have a look",
            "i completely understand is there another number",
            "i'm so sorry about the crib could you spell your name",
            "Don't worry, Ann, you need to go to the shop first.",
            "And that's been dead since Monday, has it?",
            "",
        ] {
            assert!(worth_saying(little).is_none(), "{little}");
        }
        for (good, words) in [
            ("Three days without heating is hard.", 6),
            ("I’ll stay with you until it’s sorted.", 7),
            ("that must have been a shock for you both", 9),
            ("Have a lovely time in Crete with your sister.", 9),
        ] {
            let said = worth_saying(good).map(|said| (said.words, said.rambles));
            assert_eq!(said, Some((words, false)), "{good}");
        }
        let long = "so i am sorry about the crib ".repeat(5);
        assert!(worth_saying(&long).is_some_and(|said| said.rambles));
        assert!(worth_saying(&long.repeat(2)).is_none());
    }
}
