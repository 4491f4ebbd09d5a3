//! Packs, phrases and what is compiled of them.

use crate::mutate::mutated;
use crate::{cases, counts};
use heard::audit::Auditor;
use heard::call::{Call, Role};
use heard::rules::{PackRef, Pick, RuleBook};
use heard::text::phrase;
use heard::text::scene::Scene;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const SEEDS: [&str; 2] = [include_str!("corpus/packs/small.toml"), include_str!("corpus/packs/steps.toml")];
const WORDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "|",
    "...",
    "...{0,12}",
    "<thanks>",
    "<kind>",
    "<empathy>",
    "*",
    "^",
    "$",
    "/(a+)+b/",
    "\\[x]",
    "\"",
    "\n",
    "=",
    "{",
    "}",
    "[[rule]]\n",
    "[set.x]\n",
    "phrases = [\"a\"]\n",
    "\u{2019}",
    "é",
    "\u{202e}",
    "0",
    "999999999999",
    "not_if = [\"kind\"]\n",
    "include = [\"empathy\"]\n",
    "replace = true\n",
    "where = { last = \"30s\" }\n",
    "\\u0000",
];

/// A call to judge by whatever could be loaded.
fn call() -> Call {
    let mut call = Call::default();
    let agent = call.speaker(Role::Agent, "Agent", None);
    let customer = call.speaker(Role::Customer, "Customer", None);
    call.push_turn(
        agent,
        Some(0.0),
        Some(2.0),
        "Thank you so much for calling, hello there! Of course I appreciate 5.",
    );
    call.push_turn(customer, Some(3.0), Some(9.0), "I'm so upset, this is ridiculous, it never worked.");
    call.push_turn(agent, Some(10.0), Some(12.0), "Thanks, I'm sorry to hear that. Hi.");
    call
}

fn judge(text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pack.toml");
    std::fs::write(&path, text).unwrap();
    let started = Instant::now();
    match RuleBook::load(&[PackRef::File(path)], &Pick::default()) {
        Ok(book) => {
            let (call, mut scene) = (call(), Scene::default());
            let mut auditor = Auditor::new(&book);
            auditor.tag(&call, &mut scene);
            let judged = auditor.judge(&call, &scene);
            assert!(judged.results.len() <= book.heads().len());
        }
        Err(problems) => assert!(!problems.to_string().is_empty()),
    }
    // Debug builds on busy machines are slow; what is quadratic or worse takes minutes.
    assert!(started.elapsed() < Duration::from_secs(60), "{text}");
}

/// Phrases as people write them, and deeper.
fn written() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "hello", "th*nks", "don't", "<number>", "<empathy>", "...", "...{1,3}", "é", "\\[x]",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|all| all.join(" ")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|all| format!("({})", all.join("|"))),
            inner.clone().prop_map(|one| format!("[{one}]")),
            inner.prop_map(|one| format!("^{one}$")),
        ]
    })
}

proptest! {
    #![proptest_config(cases(counts::PACKS))]

    #[test]
    fn packs_that_are_nearly_right(text in mutated(SEEDS.map(str::to_owned).to_vec(), WORDS)) {
        judge(&text);
    }

    #[test]
    fn phrases_of_any_shape(phrases in prop::collection::vec(written(), 1..6)) {
        for text in &phrases {
            if let Err(mistake) = phrase::parse(text) {
                prop_assert!(mistake.at <= text.len() && !mistake.what.is_empty());
            }
        }
        let quoted: Vec<String> = phrases.iter().map(|p| format!("{p:?}")).collect();
        let pack = SEEDS[0].replace("\"<thanks>\"", &format!("\"<thanks>\", {}", quoted.join(", ")));
        judge(&pack);
    }

    #[test]
    fn text_that_is_no_phrase(text in "[\\[\\]()|.{}<>*^$/\\\\a-c é0-9,]{0,60}") {
        if let Err(mistake) = phrase::parse(&text) {
            prop_assert!(mistake.at <= text.len() && text.is_char_boundary(mistake.at), "{}", text);
        }
    }
}
