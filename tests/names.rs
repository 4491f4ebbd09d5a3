//! Names in address: with capitals and without, known and unknown, by their short forms, and what only looks like one.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use heard::call::{Call, Role};
use heard::rules::{Pick, RuleBook, Sets};
use heard::text::scene::Scene;
use heard::text::tagger::Tagger;
use std::sync::OnceLock;

/// The words in which the agent's turns address the caller.
fn uses(customer: Option<&str>, turns: &[(Role, &str)]) -> Vec<String> {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    let book = BOOK.get_or_init(|| {
        let pick = Pick {
            sets: Sets::Shown,
            ..Pick::default()
        };
        RuleBook::load(&[], &pick).unwrap()
    });
    let mut call = Call::default();
    call.customer = customer.map(str::to_owned);
    for (role, text) in turns {
        let speaker = call.speaker(*role, role.as_str(), None);
        call.push_turn(speaker, None, None, text);
    }
    let mut scene = Scene::default();
    Tagger::new(book.phrases()).tag(&call, &mut scene);
    let name = book.phrases().id("name").unwrap();
    let hits = scene.hits(name).iter().map(|hit| scene.bytes(hit));
    hits.map(|b| call.text()[b.start as usize..b.end as usize].to_owned())
        .collect()
}

fn said(text: &str) -> Vec<String> {
    uses(None, &[(Role::Agent, text)])
}

#[test]
fn an_address_is_heard_with_capitals_and_without() {
    for (clean, raw, name) in [
        (
            "Thank you, Maria, for holding.",
            "thank you maria for holding",
            "maria",
        ),
        (
            "I'm sorry to hear that, Helena.",
            "i 'm sorry to hear that helena",
            "helena",
        ),
        (
            "Hi Rajesh, we see your note.",
            "hi rajesh we see your note",
            "rajesh",
        ),
        (
            "Alright, Julia, so you've been here before.",
            "alright julia so you've been here before",
            "julia",
        ),
        (
            "How can I help you today, Siobhan?",
            "how can i help you today siobhan",
            "siobhan",
        ),
        ("Yusuf, I understand.", "yusuf i understand", "yusuf"),
        ("Good morning, Grace.", "good morning grace", "grace"),
        (
            "Hi, Mrs. Wood, I see your scan.",
            "hi mrs wood i see your scan",
            "wood",
        ),
    ] {
        for text in [clean.to_owned(), raw.to_owned(), raw.to_uppercase()] {
            let found: Vec<String> = said(&text).iter().map(|n| n.to_lowercase()).collect();
            assert_eq!(found, [name], "{text}");
        }
    }
}

#[test]
fn what_only_looks_like_an_address_is_none() {
    for text in [
        "my name is maria how can i help",
        "this is julia speaking",
        "i spoke with john about it",
        "ask peter when you see him",
        "your brother michael called us",
        "that would be for mark in accounting",
        "we fly to charlotte on monday",
        "have you been to austin",
        "will you hold please",
        "may i have your number",
        "i hope so and i'd be happy to mark it",
        "there is some grace on that bill",
        "Thanks ^Akash",
        "You can read it there. -Angie",
        "miss it once and it ends",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn the_agents_own_name_is_no_use() {
    let turns = [
        (Role::Agent, "hi this is maria how can i help"),
        (Role::Customer, "hi my card is gone"),
        (Role::Agent, "okay maria will look into that"),
    ];
    assert_eq!(uses(None, &turns), [""; 0]);
}

#[test]
fn a_name_is_known_from_an_introduction_without_capitals() {
    for intro in [
        "my name is oona lindqvist",
        "hello this is priya and my card is gone",
        "am i speaking with priya",
    ] {
        let role = if intro.starts_with("am") {
            Role::Agent
        } else {
            Role::Customer
        };
        let name = if intro.contains("oona") {
            "oona"
        } else {
            "priya"
        };
        let then = format!("okay {name} i see it");
        let turns = [
            (role, intro),
            (Role::Customer, "yes"),
            (Role::Agent, &*then),
        ];
        assert_eq!(uses(None, &turns), [name], "{intro}");
    }
}

#[test]
fn a_caller_is_addressed_by_a_short_form_of_the_name() {
    for (stated, text, name) in [
        ("Alexander Hale", "thanks alex one moment", "alex"),
        ("Elizabeth Cole", "Thank you, Liz.", "Liz"),
        ("Deborah Quist", "okay debbie i can help", "debbie"),
        ("William Grant", "Okay, Bill, I have it.", "Bill"),
        ("Rose Dunn", "i'm sorry rose", "rose"),
    ] {
        assert_eq!(
            uses(Some(stated), &[(Role::Agent, text)]),
            [name],
            "{stated}: {text}"
        );
    }
    // A name that is a word stays a word.
    assert_eq!(
        uses(Some("Rose Dunn"), &[(Role::Agent, "the price rose in may")]),
        [""; 0]
    );
    // Somebody else's name is no use of the caller's.
    assert_eq!(
        uses(Some("Rose Dunn"), &[(Role::Agent, "thank you peter")]),
        [""; 0]
    );
}
