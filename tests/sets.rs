//! What the sets of the shipped packs hear and what they do not, sentence by sentence: `tests/sets.txt`.

use heard::audit::Auditor;
use heard::call::{Call, Role};
use heard::report::Verdict;
use heard::rules::{PackRef, Pick, RuleBook};
use heard::text::scene::Scene;
use std::fmt::Write as _;

const TABLE: &str = include_str!("sets.txt");

/// Set, whether it hears the sentence, the sentence.
fn rows() -> Vec<(&'static str, bool, &'static str)> {
    let (mut set, mut rows) = ("", Vec::new());
    for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.split_once(' ') {
            Some(("+", sentence)) => rows.push((set, true, sentence)),
            Some(("-", sentence)) => rows.push((set, false, sentence)),
            _ => set = line,
        }
    }
    rows
}

#[test]
fn sets_hear_what_they_should_and_nothing_else() {
    let rows = rows();
    assert!(rows.len() > 150, "the table is read");
    let mut sets: Vec<&str> = rows.iter().map(|row| row.0).collect();
    sets.dedup();
    let mut pack = String::new();
    for set in &sets {
        writeln!(pack, "[[rule]]\nid = \"{set}\"\ntitle = \"{set}\"\nfind = [\"{set}\"]").expect("a text takes all");
    }
    let file = tempfile::Builder::new().suffix(".toml").tempfile().expect("a file");
    std::fs::write(file.path(), pack).expect("the pack is written");
    let book =
        RuleBook::load(&[PackRef::File(file.path().to_owned())], &Pick::default()).unwrap_or_else(|p| panic!("{p}"));
    let (mut auditor, mut scene) = (Auditor::new(&book), Scene::default());
    let mut wrong = Vec::new();
    for (set, heard, sentence) in rows {
        let at = book.heads().iter().position(|h| h.id == set);
        let at = at.unwrap_or_else(|| panic!("no rule for {set}"));
        let id = book.phrases().id(set).expect("a set of the library");
        let role = book.phrases().set(id).who.unwrap_or(Role::Agent);
        let mut call = Call::default();
        call.roles.how = heard::call::HowRoles::Stated;
        // Somebody of each side speaks, so that no rule lacks its speaker.
        for (role, text) in [(Role::Agent, "Acme."), (Role::Customer, "Hello there, Acme."), (role, sentence)] {
            let speaker = call.speaker(role, role.as_str(), None);
            call.push_turn(speaker, None, None, text);
        }
        auditor.tag(&call, &mut scene);
        if (auditor.outcome(&call, &scene, at).verdict == Verdict::Pass) != heard {
            let what = if heard { "not heard" } else { "heard" };
            wrong.push(format!("{set}: {what}: {sentence}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
