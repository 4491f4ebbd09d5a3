//! The rule language says what the field's rule engines say: a pack a peer, whose examples all hold, and the score of
//! whole calls under a scorecard.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use heard::audit::Auditor;
use heard::audit::selftest;
use heard::call::Call;
use heard::input::formats::plain_text;
use heard::report::{Band, Verdict};
use heard::rules::{PackRef, Pick, RuleBook, Sets};
use heard::text::scene::Scene;
use std::path::{Path, PathBuf};

const PEERS: [&str; 7] =
    ["aws-transcribe-call-analytics", "contact-lens", "genesys-cloud", "miarec", "scorecard", "vale", "yara"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

fn book(peer: &str) -> RuleBook {
    let pack = PackRef::File(folder().join(format!("{peer}.toml")));
    let chosen = Pick { sets: Sets::All, ..Pick::default() };
    RuleBook::load(&[pack], &chosen).unwrap_or_else(|p| panic!("{p}"))
}

fn call(text: &str) -> Call {
    let mut call = Call::default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    plain_text::read_transcript(&lines.join("\n"), &mut call).unwrap();
    call
}

#[test]
fn every_peer_has_a_pack_and_every_pack_a_peer() {
    let mut found: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, PEERS);
}

#[test]
fn every_condition_holds_its_examples_and_is_proven() {
    let mut wrong = Vec::new();
    for peer in PEERS {
        let book = book(peer);
        assert!(book.heads().len() >= 4, "{peer}");
        let all: Vec<usize> = (0..book.rules().len()).collect();
        for ran in selftest::run(&book, &all).iter().filter(|r| !r.is_fine()) {
            let (line, id) = (ran.example.line, &book.rules()[ran.rule].head.id);
            wrong.push(format!("{peer}:{line}: {id}: {:?}, expected {:?}", ran.found, ran.example.expect));
        }
        let unproven = selftest::unproven(&book);
        assert!(unproven.is_empty(), "{peer}: {unproven:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_commented_with_the_condition_it_restates() {
    for peer in PEERS {
        let text = std::fs::read_to_string(folder().join(format!("{peer}.toml"))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (k, line) in lines.iter().enumerate() {
            let helper = lines.get(k + 2).is_some_and(|l| l.starts_with("internal"));
            if *line == "[[rule]]" && !helper {
                assert!(lines[k - 1].starts_with("# "), "{peer}:{}", k + 1);
            }
        }
    }
}

#[test]
fn a_substitution_advises_the_wording_beside_the_phrase() {
    let book = book("vale");
    let call = call("Customer: Thanks.\nAgent: No worries.");
    let (mut auditor, mut scene) = (Auditor::new(&book), Scene::default());
    auditor.tag(&call, &mut scene);
    let judged = auditor.judge(&call, &scene);
    let at = book.heads().iter().position(|h| h.id == "substitution");
    let result = &judged.results[at.unwrap()];
    assert_eq!(result.verdict, Verdict::Fail);
    assert_eq!(result.advice.as_deref(), Some("You're welcome."));
}

/// Sections weigh 30, 50 and 20; what does not apply leaves its section's denominator.
#[test]
fn a_scorecard_scores_whole_calls() {
    let book = book("scorecard");
    let (mut auditor, mut scene) = (Auditor::new(&book), Scene::default());
    let table = [
        // Everything: 100.
        (
            "Agent: Thank you for calling Acme, this is Jo.
            Customer: My phone is broken.
            Agent: I am sorry. I will send you another.
            Agent: Is there anything else?
            Customer: No.",
            1000,
            Band::Good,
            true,
        ),
        // No name: 30 x 10/20 + 50 + 20; the apology is n/a, so the fix is the whole section.
        (
            "Agent: Thank you for calling Acme.
            Customer: I would like a new card.
            Agent: I will send you one. Is there anything else?
            Customer: No.",
            850,
            Band::Fair,
            true,
        ),
        // No apology: 30 + 50 x 30/40 + 20 = 87.5.
        (
            "Agent: Thank you for calling Acme, this is Jo.
            Customer: My phone is broken.
            Agent: I will send you another. Is there anything else?
            Customer: No.",
            875,
            Band::Fair,
            true,
        ),
        // Nothing but the apology: 50 x 10/40 = 12.5.
        (
            "Agent: Yes?
            Customer: My phone is broken.
            Agent: I am sorry.
            Customer: Bye.",
            125,
            Band::Poor,
            false,
        ),
        // Account data before the caller is verified: everything else is lost.
        (
            "Agent: Thank you for calling Acme, this is Jo.
            Customer: What do I owe?
            Agent: Your balance is 12. I will send you a bill. Is there anything else?
            Customer: No.",
            0,
            Band::Poor,
            false,
        ),
    ];
    for (text, tenths, band, passed) in table {
        let call = call(text);
        auditor.tag(&call, &mut scene);
        let score = auditor.judge(&call, &scene).score.unwrap();
        assert_eq!((score.tenths, score.band, score.passed), (tenths, band, passed), "{text}");
    }
}
