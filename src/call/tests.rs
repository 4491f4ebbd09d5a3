//! Turns, words and voices of a call as it is filled.

use super::*;

#[test]
fn words_are_placed_in_their_turn() {
    let mut call = Call::default();
    let jo = call.speaker(Role::Agent, "Agent", Some("Jo"));
    call.push_turn(jo, Some(0.0), Some(2.0), "Hello, I'm Jo. Hello again.");
    for (k, w) in ["hello", "I'm", "####", "Jo", "Hello"].iter().enumerate() {
        call.push_word(w, k as f64, k as f64 + 0.5);
    }
    let at: Vec<&str> = call.words.iter().map(|w| &call.text()[w.at.start as usize..w.at.end as usize]).collect();
    assert_eq!(at, ["Hello", "I'm", "", "Jo", "Hello"]);
    assert_eq!(call.word(&call.words[2]), "####");
}

#[test]
fn turns_sort_by_start_and_keep_untimed_ones_behind_their_neighbour() {
    let mut call = Call::default();
    let s = call.speaker(Role::Unknown, "A", None);
    for (start, text) in [(Some(5.0), "b"), (None, "c"), (Some(1.0), "a")] {
        call.push_turn(s, start, None, text);
    }
    call.sort_turns();
    let order: Vec<&str> = call.turns.iter().map(|t| call.turn_text(t)).collect();
    assert_eq!(order, ["a", "b", "c"]);
}

#[test]
fn voices_beyond_the_most_share_one_of_unknown_role() {
    let mut call = Call::default();
    let jo = call.speaker(Role::Agent, "Jo", None);
    let all: Vec<u16> = (0..VOICES + 9).map(|k| call.speaker(Role::Customer, &k.to_string(), None)).collect();
    assert_eq!((all[0], all[VOICES], all[VOICES + 8]), (1, 500, 500));
    assert_eq!(call.speakers[VOICES], Speaker::default());
    assert_eq!(call.speaker(Role::Agent, "Jo", None), jo);
}

#[test]
fn clearing_keeps_nothing_of_the_last_call() {
    let mut call = Call { id: "x".into(), agent: Some("Jo".into()), ..Call::default() };
    let s = call.speaker(Role::Agent, "A", None);
    call.push_turn(s, None, None, "hi");
    call.clear();
    assert_eq!(call, Call::default());
}
