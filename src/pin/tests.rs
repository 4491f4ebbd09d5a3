//! Examples that are made of calls: they say what the call says, in the plainest way that does.

use super::*;
use crate::call::{Clock, HowRoles, Role, Roles};
use crate::rules::{PackRef, Pick, Sets};
use crate::text::scene::Scene;

fn book() -> RuleBook {
    let pick = Pick { sets: Sets::All, ..Pick::default() };
    RuleBook::load(&[PackRef::Shipped("full".into())], &pick).expect("the pack full")
}

fn rule(book: &RuleBook, id: &str) -> usize {
    book.rules().iter().position(|r| r.head.id == id).expect("the rule")
}

/// A call with times: start, end, who, what.
fn call(turns: &[(f64, f64, Role, &str)]) -> Call {
    let mut call = Call::default();
    call.agent = Some("Priya Nair".into());
    call.customer = Some("C-100213".into());
    call.clock = Clock::Speech;
    call.roles = Roles { how: HowRoles::Stated, confidence: 1.0 };
    let agent = call.speaker(Role::Agent, "agent", Some("Priya Nair"));
    let caller = call.speaker(Role::Customer, "customer", None);
    for (start, end, role, text) in turns {
        let who = if *role == Role::Agent { agent } else { caller };
        call.push_turn(who, Some(*start), Some(*end), text);
    }
    call
}

fn late() -> Call {
    call(&[
        (0.0, 3.5, Role::Agent, "Acme, this is Priya speaking."),
        (4.0, 9.25, Role::Customer, "Hi, Deepa Rao here, account 4471 2290. My heating broke."),
        (10.0, 14.0, Role::Agent, "What is your postcode?"),
        (14.5, 16.0, Role::Customer, "It's \"N1\"."),
        (17.0, 20.0, Role::Agent, "I'm so sorry to hear that, Deepa."),
    ])
}

#[test]
fn a_call_becomes_a_transcript_without_its_names() {
    let book = book();
    let wanted = Wanted { expect: Verdict::Fail, why: "Deepa waits 17 s, see 44712290" };
    let pinned = pin(&late(), &book, rule(&book, "early-statement"), wanted);
    let want = "[[rule.example]]\nexpect = \"fail\"\nwhy = \"Helen waits 17 s, see 41234567\"\n\
        meta = { agent = \"Rufus Bergmann\" }\ncall = \"\"\"\n\
        0:00-0:03.5 Agent: Acme, this is Rufus speaking.\n\
        0:04-0:09.25 Customer: Hi, Helen Novak here, account 4123 4567. My heating broke.\n\
        0:10-0:14 Agent: What is your postcode?\n\
        0:14.5-0:16 Customer: It's \"N1\".\n\
        0:17-0:20 Agent: I'm so sorry to hear that, Helen.\n\"\"\"\n";
    assert_eq!(pinned.block, want);
    assert_eq!((pinned.found, pinned.was), (Verdict::Fail, None));
    assert_eq!((pinned.people, pinned.numbers), (3, 1));
}

#[test]
fn what_the_rule_does_not_say_yet_is_a_known_gap() {
    let book = book();
    let wanted = Wanted { expect: Verdict::Pass, why: "" };
    let pinned = pin(&late(), &book, rule(&book, "early-statement"), wanted);
    assert!(pinned.block.ends_with("\"\"\"\ntodo = true\n"), "{}", pinned.block);
    assert_eq!(pinned.found, Verdict::Fail);
}

#[test]
fn words_with_times_stay_where_they_decide() {
    let book = book();
    let mut call = call(&[
        (0.0, 30.0, Role::Agent, "Acme good morning this is Priya I am so happy to help you with that"),
        (31.0, 33.0, Role::Customer, "My heating broke."),
    ]);
    let turn = call.turns[0].clone();
    let mut with_words = call.clone();
    with_words.turns.clear();
    with_words.push_turn(
        turn.speaker,
        turn.start,
        turn.end,
        "Acme good morning this is Priya I am so happy to help you with that",
    );
    let words = call.turn_text(&turn).split(' ').map(str::to_owned).collect::<Vec<_>>();
    for (k, word) in words.iter().enumerate() {
        with_words.push_word(word, k as f64 + 10.0, k as f64 + 10.5);
    }
    let early = rule(&book, "early-statement");
    let [by_words, by_turns] = [&with_words, &call].map(|call| {
        let (mut auditor, mut scene) = (Auditor::new(&book), Scene::default());
        auditor.tag(call, &mut scene);
        auditor.outcome(call, &scene, early).verdict
    });
    assert_ne!(by_words, by_turns, "the words must matter");
    let pinned = pin(&with_words, &book, early, Wanted { expect: by_words, why: "" });
    assert!(pinned.block.contains("call_jsonl = '''\n{") && pinned.block.contains("[\"Rufus\","), "{}", pinned.block);
    assert!(!pinned.block.contains("Priya") && !pinned.block.contains("todo"), "{}", pinned.block);
    // Where they do not, a transcript is plainer.
    call.clock = Clock::Speech;
    let plain = pin(&call, &book, early, Wanted { expect: by_turns, why: "" });
    assert!(plain.block.contains("call = \"\"\"\n0:00-0:30 Agent:"), "{}", plain.block);
}
