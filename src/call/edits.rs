//! Words of a call replaced, in what was said and in the words with times alike.

use super::Call;
use std::ops::Range;

/// A piece of [`Call::text`] within a turn, and what stands there instead.
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

/// A text with the edits that lie in it, which are in order; `from` is where it begins in the text that the edits are
/// about. Of an edit that reaches beyond the text, what it puts there stands where the edit begins.
pub fn apply(text: &str, from: usize, edits: &[Edit]) -> String {
    let end = from + text.len();
    let (mut new, mut done) = (String::with_capacity(text.len()), 0);
    for edit in &edits[edits.partition_point(|edit| edit.at.end <= from)..] {
        if edit.at.start >= end {
            break;
        }
        if edit.at.start >= from {
            new.push_str(&text[done..edit.at.start - from]);
            new.push_str(&edit.text);
        }
        done = edit.at.end.min(end) - from;
    }
    new.push_str(&text[done..]);
    new
}

/// Adds the speakers and the turns of a call to a new one, with other words in them. `lone` does the same to a text that
/// stands alone: a name, a label, a word that was not found in its turn.
pub fn rewrite(call: &Call, edits: &[Edit], lone: &dyn Fn(&str) -> String, new: &mut Call) {
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
            let new_word = if there { apply(said, from, edits) } else { lone(said) };
            // An edit over several words makes one of them, which takes as long as all.
            if new_word.is_empty() && !said.is_empty() && new.extend_last_word(word.end) {
                continue;
            }
            new.push_word(&new_word, word.start, word.end);
        }
    }
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
        let mut new = Call::default();
        rewrite(&call, &edits, &|text| text.replace("Ann", "Helen"), &mut new);
        assert_eq!(new.turn_text(&new.turns[0]), "I'm Helen, yes Helen.");
        let words: Vec<&str> = new.words.iter().map(|w| new.word(w)).collect();
        assert_eq!(words, ["i'm", "Helen", "####", "Helen"]);
        assert_eq!(new.speakers[0].name.as_deref(), Some("Helen"));
    }
    #[test]
    fn an_edit_over_several_words_makes_one_of_them() {
        let mut call = Call::default();
        let ann = call.speaker(Role::Customer, "Ann", Some("Ann"));
        call.push_turn(ann, None, None, "Hi.");
        call.push_turn(ann, Some(0.0), Some(2.0), "It's 49 29, yes.");
        for (k, word) in ["It's", "49", "29,", "yes."].iter().enumerate() {
            call.push_word(word, k as f64 / 2.0, k as f64 / 2.0 + 0.25);
        }
        let edits = [Edit { at: 9..14, text: "[number]".into() }];
        let mut new = Call::default();
        rewrite(&call, &edits, &|text| text.to_owned(), &mut new);
        assert_eq!(new.turn_text(&new.turns[1]), "It's [number], yes.");
        let words: Vec<(&str, f64, f64)> = new.words.iter().map(|w| (new.word(w), w.start, w.end)).collect();
        assert_eq!(words, [("It's", 0.0, 0.25), ("[number]", 0.5, 0.75), (",", 1.0, 1.25), ("yes.", 1.5, 1.75)]);
    }
}
