//! The fast matcher finds what the plain one finds.

use super::reference::{Search, Word};
use crate::call::{Call, Role};
use crate::text::book::PhraseBook;
use crate::text::scene::Scene;
use crate::text::set::{Entry, Pattern, SetDef};
use crate::text::tagger::Tagger;
use crate::text::{fold, phrase};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Words that stand for two, for each other, for nothing, and words that sound like the beginning of others.
const SAID: &[&str] = &[
    "i", "am", "i'm", "im", "ill", "i'll", "will", "you", "know", "mean", "um", "uh", "so", "sorry", "apologise",
    "apologized", "cannot", "can't", "can", "not", "2", "£40", "[name]", "well", "we", "refund", "mother's", "gonna",
    "to",
];

fn entry(written: &str) -> Entry {
    Entry {
        pattern: Pattern::Words(phrase::parse(written).expect("a phrase")),
        written: written.into(),
        instead: None,
        after: Vec::new(),
        not_if: Vec::new(),
        shipped: false,
    }
}

fn set(name: &str, phrases: &[String]) -> SetDef {
    SetDef { name: name.to_owned(), entries: phrases.iter().map(|p| entry(p)).collect(), ..SetDef::default() }
}

/// Phrases as people write them, with all that the syntax knows.
fn phrases() -> impl Strategy<Value = Vec<String>> {
    let word = prop::sample::select(SAID)
        .prop_map(str::to_owned)
        .prop_filter("a marker is written \\[…]", |w| !w.contains('['));
    let other =
        prop::sample::select(&["apolog*", "*ed", "w*l", "<number>", "<redacted-name>", "<other>", "\\[name]"][..]);
    let gap = prop::sample::select(&["...", "...{0,1}", "...{2,4}", "...{0,9}"][..]);
    let item = prop_oneof![6 => word, 1 => other.prop_map(str::to_owned), 1 => gap.prop_map(str::to_owned)];
    let item = item.prop_recursive(2, 8, 3, |inner| {
        let some = prop::collection::vec(inner, 1..3);
        let all = prop::collection::vec(some.prop_map(|items| items.join(" ")), 1..3).prop_map(|all| all.join("|"));
        (all, any::<bool>()).prop_map(|(all, optional)| if optional { format!("[{all}]") } else { format!("({all})") })
    });
    let phrase = prop::collection::vec(item, 1..5).prop_map(|items| items.join(" "));
    prop::collection::vec(phrase.prop_filter("a phrase", |written| phrase::parse(written).is_ok()), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fast_matcher_finds_what_the_plain_one_finds(
        phrases in phrases(),
        texts in prop::collection::vec(prop::collection::vec(prop::sample::select(SAID), 1..30), 1..4),
    ) {
        let other = set("other", &["i am".to_owned(), "refund".to_owned()]);
        let sets = vec![set("looked-for", &phrases), other];
        let book = PhraseBook::compile(sets.clone());
        // One matcher for all texts: what it remembers of one must not tell in the next.
        let (mut tagger, mut scene) = (Tagger::new(&book), Scene::default());
        for text in texts {
            let mut call = Call::default();
            let speaker = call.speaker(Role::Agent, "agent", None);
            call.push_turn(speaker, None, None, &text.join(" "));
            tagger.tag(&call, &mut scene);
            let found: BTreeSet<(u32, u32, u32)> =
                tagger.found().iter().filter(|hit| hit.set == 0).map(|hit| (hit.start, hit.end, hit.entry)).collect();
            let mut expected = BTreeSet::new();
            for sentence in &scene.sentences {
                let tokens = &scene.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
                let words: Vec<Word> = tokens.iter().map(|token| Word {
                    readings: fold::readings(&call.text()[token.start as usize..token.end as usize].to_lowercase()),
                    skip: usize::from(token.skip()),
                }).collect();
                for (n, phrase) in phrases.iter().enumerate() {
                    let phrase = phrase::parse(phrase).expect("a phrase");
                    for start in 0..words.len() {
                        let search = Search { words: &words, start, sets: &sets };
                        if let Some(end) = search.longest(&phrase.tree().item) {
                            let place = |word: usize| sentence.tokens.start + word as u32;
                            expected.insert((place(start), place(end), n as u32));
                        }
                    }
                }
            }
            prop_assert_eq!(found, expected, "{:?} in {:?}", &phrases, &text);
        }
    }
}
