//! Names of people in the many places where they stand.

use super::*;
use crate::audit::Auditor;
use crate::call::Role;
use crate::call::edits::in_order;
use crate::pin::rewritten;
use crate::rules::{PackRef, Pick, RuleBook};
use crate::text::names::people::is_given_name;

/// The turns with stand-ins, agent first.
fn replaced(customer: Option<&str>, turns: &[&str]) -> (Vec<String>, Option<String>) {
    let mut call = Call::default();
    call.customer = customer.map(str::to_owned);
    call.roles.how = crate::call::HowRoles::Label;
    let agent = call.speaker(Role::Agent, "Agent", None);
    let caller = call.speaker(Role::Customer, "Customer", None);
    for (k, text) in turns.iter().enumerate() {
        call.push_turn([agent, caller][k % 2], None, None, text);
    }
    let packs = [PackRef::Shipped("empathy".into())];
    let book = RuleBook::load(&packs, &Pick::default()).expect("the founding pack");
    let mut scene = Scene::default();
    Auditor::new(&book).tag(&call, &mut scene);
    let mut stand_ins = StandIns::of(&call, &scene);
    let mut edits = Vec::new();
    for turn in &call.turns {
        stand_ins.find(call.turn_text(turn), turn.text.start as usize, &[], &mut edits);
    }
    let new = rewritten(&call, &in_order(edits), &|text| stand_ins.lone(text));
    let texts = new.turns.iter().map(|turn| new.turn_text(turn).to_owned());
    (texts.collect(), new.customer)
}

#[test]
fn a_name_is_the_same_stand_in_everywhere() {
    let (turns, customer) = replaced(
        Some("Michael Bennett"),
        &[
            "Acme, this is Priya. Am I speaking with Michael?",
            "It's Mike, Mike Bennett. My sister Deepa Rao has MICHAEL'S card.",
            "Thanks, Mr Bennett. Is that your card or Mrs. Okafor's, Mike?",
        ],
    );
    assert_eq!(customer.as_deref(), Some("Helen Novak"));
    assert_eq!(
        turns,
        [
            "Acme, this is Rufus. Am I speaking with Helen?",
            "It's Helen, Helen Novak. My sister Oscar Larsen has HELEN'S card.",
            "Thanks, Mr Novak. Is that your card or Mrs. Moreau's, Helen?",
        ]
    );
}

#[test]
fn a_name_that_is_a_word_is_replaced_where_it_is_a_name() {
    let (turns, _) = replaced(
        Some("Will Long"),
        &[
            "Will you hold, Will?",
            "Long ago I said my name is Will Long. Will it help?",
            "Mr Long, it will not take long.",
        ],
    );
    assert_eq!(
        turns,
        [
            "Will you hold, Helen?",
            "Long ago I said my name is Helen Novak. Will it help?",
            "Mr Novak, it will not take long.",
        ]
    );
}

#[test]
fn whoever_says_their_name_is_somebody() {
    let (turns, _) = replaced(
        None,
        &[
            "Lakeside Water, Tunde here.",
            "My name is Zofia Wrobel, and I'm Sorry about Acme.",
            "Mrs. Wrobel, Ngozi Eze speaking, please hold here.",
        ],
    );
    let text = turns.join(" ");
    for name in ["Tunde", "Zofia", "Wrobel", "Ngozi", "Eze"] {
        assert!(!text.contains(name), "{name}: {text}");
    }
    for word in ["Lakeside Water, ", "I'm Sorry about Acme", "please hold here"] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn what_is_no_name_stays() {
    let (turns, _) = replaced(
        None,
        &[
            "Acme, this is Kristelle.",
            "I'm calling about my results. My name is [NAME].",
            "Yes, sir. Wine red, Ma'am [NAME]. I'm Kristelle.",
        ],
    );
    assert_eq!(
        turns,
        [
            "Acme, this is Rufus.",
            "I'm calling about my results. My name is [NAME].",
            "Yes, sir. Wine red, Ma'am [NAME]. I'm Rufus.",
        ]
    );
}

#[test]
fn names_in_speech_without_capitals() {
    let (turns, _) = replaced(
        None,
        &[
            "this is priya may i have your name",
            "yeah my name is maria sanchez and i will mark it",
            "thanks maria i'll tell deepa",
        ],
    );
    assert!(turns.iter().all(|t| !t.contains("maria") && !t.contains("deepa") && !t.contains("priya")), "{turns:?}");
    assert!(turns[1].ends_with("and i will mark it"), "{turns:?}");
}

#[test]
fn stand_ins_are_names_and_none_is_a_form_of_another() {
    for name in GIVEN {
        assert!(is_given_name(name), "{name}");
        let alike = forms(name);
        assert!(GIVEN.iter().all(|other| *other == name || !alike.contains(other)), "{name}");
    }
    assert!(LAST.iter().all(|name| !is_word(name) && !is_given_name(name)));
}
