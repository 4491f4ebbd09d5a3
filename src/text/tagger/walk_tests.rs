//! Walks through hostile text.

use super::TOGETHER;
use super::Tagger;
use crate::call::{Call, Role};
use crate::text::book::PhraseBook;
use crate::text::phrase;
use crate::text::scene::Scene;
use crate::text::set::{Entry, Pattern, SetDef};

/// A book of one set.
fn book(phrases: &[&str]) -> PhraseBook {
    let entry = |written: &&str| Entry {
        pattern: Pattern::Words(phrase::parse(written).expect("a phrase")),
        written: (*written).into(),
        instead: None,
        after: Vec::new(),
        not_if: Vec::new(),
        shipped: false,
    };
    PhraseBook::compile(vec![SetDef {
        name: "far".to_owned(),
        entries: phrases.iter().map(entry).collect(),
        ..SetDef::default()
    }])
}

fn said(text: &str) -> Call {
    let mut call = Call::default();
    let speaker = call.speaker(Role::Agent, "agent", None);
    call.push_turn(speaker, None, None, text);
    call
}

/// Words in an order that nothing tells beforehand, but the same each time.
fn shuffled(words: &[&str], count: usize) -> String {
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        words[(seed >> 33) as usize % words.len()]
    };
    (0..count).map(|_| next()).collect::<Vec<_>>().join(" ")
}

const HOSTILE: &[&str] = &["you know", "i mean", "um", "so", "sorry", "refund", "you", "i", "know", "mean"];

#[test]
fn to_forget_in_the_middle_of_a_call_changes_nothing() {
    let book = book(&["sorry ...{0,12} refund", "(you|i) ...{0,9} so ...{0,9} mean"]);
    let call = said(&shuffled(HOSTILE, 3 * TOGETHER));
    let (mut tagger, mut scene) = (Tagger::new(&book), Scene::default());
    // Some words are met after some states were.
    tagger.tag(&said("sorry um so so refund"), &mut scene);
    tagger.tag(&call, &mut scene);
    let (found, hits) = (tagger.found.clone(), scene.hits.clone());
    assert!(hits.len() > 100);
    tagger.dfa.leave_no_room();
    for _ in 0..2 {
        tagger.tag(&call, &mut scene);
        assert_eq!((&tagger.found, &scene.hits), (&found, &hits));
    }
}

#[test]
fn ways_that_part_and_meet_again_cost_no_more_than_the_text() {
    let book = book(&["sorry ...{0,12} refund", "(you|i) ...{0,12} (know|mean) ...{0,12} end"]);
    for text in [
        "you know ".repeat(4000),
        "i mean you know um ".repeat(2000),
        "I I can can ".repeat(3000),
        shuffled(HOSTILE, 20_000),
    ] {
        let (mut tagger, mut scene) = (Tagger::new(&book), Scene::default());
        tagger.tag(&said(&format!("sorry {text} refund")), &mut scene);
        let words = scene.tokens.len();
        assert!(!tagger.dfa.is_full(), "{words} words");
    }
}
