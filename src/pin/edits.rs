//! Words of a call replaced, in what was said and in the words with times alike.

use crate::call::Call;
use std::ops::Range;

/// A piece of [`Call::text`] and what stands there instead. It never reaches over a space, so that it lies within one
/// word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of [`Call::text`].
    pub at: Range<usize>,
    /// What stands there instead.
    pub text: String,
}

/// Puts edits in order and drops those that overlap one before.
pub fn in_order(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.at.start, std::cmp::Reverse(edit.at.end)));
    let mut end = 0;
    edits.retain(|edit| {
        let apart = edit.at.start >= end;
        if apart {
            end = edit.at.end;
        }
        apart
    });
    edits
}

/// A text with the edits that lie in it; `from` is where it begins in the text that the edits are about.
pub fn apply(text: &str, from: usize, edits: &[Edit]) -> String {
    let range = from..from + text.len();
    let inside = edits.iter().filter(|e| e.at.start >= range.start && e.at.end <= range.end);
    let (mut new, mut done) = (String::with_capacity(text.len()), 0);
    for edit in inside {
        new.push_str(&text[done..edit.at.start - from]);
        new.push_str(&edit.text);
        done = edit.at.end - from;
    }
    new.push_str(&text[done..]);
    new
}

/// The call with its words replaced. Of the metadata only names, queue, language, length and roles are kept. `lone`
/// replaces in a text that stands alone: a name, a label, a word that was not found in its turn.
pub fn rewritten(call: &Call, edits: &[Edit], lone: &dyn Fn(&str) -> String) -> Call {
    let mut new = Call::default();
    new.agent = call.agent.as_deref().map(lone);
    new.customer = call.customer.as_deref().map(lone);
    new.queue.clone_from(&call.queue);
    new.language.clone_from(&call.language);
    new.stated_duration = call.stated_duration;
    new.format = call.format;
    new.clock = call.clock;
    new.roles = call.roles;
    for speaker in &call.speakers {
        let mut speaker = speaker.clone();
        speaker.label = lone(&speaker.label);
        speaker.name = speaker.name.as_deref().map(lone);
        new.speakers.push(speaker);
    }
    for turn in &call.turns {
        let text = apply(call.turn_text(turn), turn.text.start as usize, edits);
        new.push_turn(turn.speaker, turn.start, turn.end, &text);
        for word in call.turn_words(turn) {
            let said = call.word(word);
            let (from, to) = (word.at.start as usize, word.at.end as usize);
            // The word in the turn's text may differ from the timed word in case.
            let there = said.len() == to - from && said.is_ascii();
            let said = if there { apply(said, from, edits) } else { lone(said) };
            new.push_word(&said, word.start, word.end);
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    #[test]
    fn turns_and_words_are_edited_alike() {
        let mut call = Call::default();
        let ann = call.speaker(Role::Customer, "Ann", Some("Ann"));
        call.push_turn(ann, Some(0.0), Some(2.0), "I'm Ann, yes Ann.");
        for (k, word) in ["i'm", "Ann", "####", "ann"].iter().enumerate() {
            call.push_word(word, k as f64 / 2.0, k as f64 / 2.0 + 0.4);
        }
        let edit = |at: Range<usize>| Edit { at, text: "Helen".into() };
        let edits = in_order(vec![edit(13..16), edit(4..7), edit(5..7)]);
        assert_eq!(edits.len(), 2);
        let new = rewritten(&call, &edits, &|text| text.replace("Ann", "Helen"));
        assert_eq!(new.turn_text(&new.turns[0]), "I'm Helen, yes Helen.");
        let words: Vec<&str> = new.words.iter().map(|w| new.word(w)).collect();
        assert_eq!(words, ["i'm", "Helen", "####", "Helen"]);
        assert_eq!(new.speakers[0].name.as_deref(), Some("Helen"));
    }
}
