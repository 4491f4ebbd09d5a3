//! The second detector: shipped weights, small talk, raw speech, and learning from a team's own labels.
#![allow(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod common;

use heard::call::{Call, Role};
use heard::rules::{PackRef, Pick, RuleBook, Sets, shipped};
use heard::text::model::LEARNED;
use heard::text::scene::Scene;
use heard::text::set::Detectors;
use heard::text::tagger::Tagger;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

fn book(detectors: Detectors) -> RuleBook {
    let pick = Pick { sets: Sets::Shown, detectors: Some(detectors), ..Pick::default() };
    RuleBook::load(&[], &pick).unwrap()
}

/// The tags of a sentence that answers another.
fn tags(book: &RuleBook, before: &str, text: &str) -> BTreeSet<String> {
    let mut call = Call::default();
    for (role, text) in [(Role::Customer, before), (Role::Agent, text)] {
        let speaker = call.speaker(role, role.as_str(), None);
        call.push_turn(speaker, None, None, text);
    }
    let mut scene = Scene::default();
    Tagger::new(book.phrases()).tag(&call, &mut scene);
    let found = scene.turn_sentences(1).flat_map(|n| scene.tags(n));
    found.map(|set| book.phrases().name(set).to_owned()).collect()
}

#[test]
fn every_weights_file_is_registered_and_asked_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/learned");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "tsv"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        // Weights of voices, not of a set: src/roles/weights.rs reads them.
        .filter(|name| name != "roles")
        .collect();
    let registered: BTreeSet<String> = shipped::LEARNED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, registered);
    let book = book(Detectors::Combined);
    let weights = book.phrases().weights();
    let models = [Role::Agent, Role::Customer].map(|role| weights.side(role).models());
    let asked: BTreeSet<String> = models
        .concat()
        .iter()
        .filter(|learned| learned.adds)
        .map(|learned| book.phrases().name(learned.set).to_owned())
        .collect();
    assert_eq!(asked, registered);
}

#[test]
fn weights_are_read_only_for_the_sets_of_a_run() {
    let of = |packs: &[PackRef], pick: &Pick| {
        let book = RuleBook::load(packs, pick).unwrap();
        let weights = book.phrases().weights();
        weights.side(Role::Agent).models().len() + weights.side(Role::Customer).models().len()
    };
    let shipped = |name: &str| [PackRef::Shipped(name.to_owned())];
    let few = of(&shipped("empathy"), &Pick::default());
    assert!(few > 0 && few < of(&shipped("full"), &Pick::default()));
    let phrases = Pick { detectors: Some(Detectors::Phrases), ..Pick::default() };
    assert_eq!(of(&shipped("full"), &phrases), 0);
    assert_eq!(of(&shipped("scripts"), &Pick::default()), 0, "the pack asks for phrases alone");
}

#[test]
fn weights_hear_what_no_phrase_lists_and_say_in_which_words() {
    let (both, phrases) = (book(Detectors::Combined), book(Detectors::Phrases));
    let before = "My inhaler ran out and I am coughing again.";
    let said = "So I'm going to start you on a stronger inhaler, two puffs in the morning.";
    assert!(tags(&both, before, said).contains("solution"));
    // Over the whole of a few answers the weights find some that the phrases do not.
    let answers = [
        "Your statement shows a second charge because the first one bounced.",
        "The scan shows a bit of wear in the hip, nothing more.",
        "It only works with the newer cable.",
        "The tablets bring the swelling down within a day.",
    ];
    let count = |book: &RuleBook| {
        let found = answers.iter().filter(|a| tags(book, "Why is that?", a).contains("solution"));
        found.count()
    };
    assert!(count(&both) > count(&phrases));
    let mut call = Call::default();
    for (role, text) in [(Role::Customer, "Why is that?"), (Role::Agent, answers[3])] {
        let speaker = call.speaker(role, role.as_str(), None);
        call.push_turn(speaker, None, None, text);
    }
    let mut scene = Scene::default();
    Tagger::new(both.phrases()).tag(&call, &mut scene);
    let solution = both.phrases().id("solution").unwrap();
    let hit = scene.hits(solution)[0];
    let bytes = scene.bytes(&hit);
    assert_eq!(hit.entry, LEARNED);
    assert!(bytes.len() > 3, "the words that weigh most are the evidence");
}

#[test]
fn raw_speech_has_the_tags_of_clean_text() {
    let book = book(Detectors::Combined);
    for (before, clean, raw) in [
        (
            "My mother died and I can't sleep.",
            "I'm so sorry for your loss, that must be very hard.",
            "um i 'm so so sorry for your loss that must uh be very hard",
        ),
        (
            "It won't turn on.",
            "You'll want to unplug it and hold the button down for ten seconds.",
            "you 'll want to unplug it and uh hold the button down for for ten seconds",
        ),
        (
            "I quit for a year once.",
            "So you've done it before, and you know that you can.",
            "so you 've done it before and um you know that you can",
        ),
    ] {
        assert_eq!(tags(&book, before, clean), tags(&book, before, raw), "{clean}");
    }
}

/// The lines of a conversation without empathy that are tagged as such; each is the agent's once.
fn heard_in(talk: &'static str, detectors: Detectors) -> Vec<&'static str> {
    let lines: Vec<&str> = talk.lines().collect();
    let book = book(detectors);
    let empathy = book.phrases().id("empathy").unwrap();
    let mut heard = Vec::new();
    for agent_first in [true, false] {
        let mut call = Call::default();
        for (k, line) in lines.iter().enumerate() {
            let role = if (k % 2 == 0) == agent_first { Role::Agent } else { Role::Customer };
            let speaker = call.speaker(role, role.as_str(), None);
            call.push_turn(speaker, None, None, line);
        }
        let mut scene = Scene::default();
        Tagger::new(book.phrases()).tag(&call, &mut scene);
        let turns = scene.hits(empathy).iter().map(|h| scene.sentence(h).turn);
        heard.extend(turns.map(|turn| lines[turn as usize]));
    }
    heard
}

/// Private talk, and talk on the line about orders, steps, money and the weather, with the words of hardship where
/// nobody has one.
const TALKS: [&str; 2] = [include_str!("small-talk.txt"), include_str!("service-talk.txt")];

#[test]
fn small_talk_is_hardly_ever_empathy() {
    for detectors in [Detectors::Phrases, Detectors::Combined] {
        for talk in TALKS {
            let heard = heard_in(talk, detectors);
            // Talk on the line about orders and the weather: five in a thousand, ten by phrases alone, which are wide since
            // the sum has the last word on them. In private talk a kind word is a kind word, and nobody's audit: twenty.
            let per = match detectors {
                _ if talk == TALKS[0] => 50,
                Detectors::Phrases => 100,
                Detectors::Combined => 200,
            };
            assert!(heard.len() * per <= talk.lines().count(), "{detectors:?}: {heard:#?}");
        }
    }
}

/// Runs the program; its standard output, or its standard error if it did not end well.
fn heard(args: &[&str]) -> Result<String, String> {
    let ran = common::run(common::top(), args);
    if ran.status.success() { Ok(String::from_utf8(ran.stdout).unwrap()) } else { Err(common::said(&ran)) }
}

#[test]
fn a_team_teaches_a_set_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let mut labels = String::new();
    for (k, thing) in ["kettle", "lamp", "radio", "fan", "clock", "toaster", "heater", "mixer"].iter().enumerate() {
        let good =
            [format!("We plant a tree for every {thing} you buy."), format!("The {thing} is made of recycled steel.")];
        let other = [format!("Your {thing} left our depot."), format!("May I ask where you bought the {thing}?")];
        for (texts, label) in [(good, "\"green-promise\""), (other, "")] {
            for text in texts {
                writeln!(labels, "{{\"id\":\"{k}\",\"text\":\"{text}\",\"labels\":[{label}]}}").unwrap();
            }
        }
    }
    std::fs::write(path("labels.jsonl"), labels).unwrap();
    let pack = "[set.green-promise]\nabout = \"Says what we do for nature.\"\nwho = \"agent\"\nphrases = [\"carbon neutral\"]\n";
    std::fs::write(path("plain.toml"), pack).unwrap();
    let asking = format!("{pack}learned = \"green.tsv\"\n");
    std::fs::write(path("asking.toml"), asking).unwrap();
    let learn = |out: &str| {
        heard(&[
            "rules",
            "learn",
            &path("labels.jsonl"),
            "--set",
            "green-promise",
            "--rules",
            &path("plain.toml"),
            "--margin",
            "0",
            "--cost",
            "1",
            "--out",
            &path(out),
        ])
        .unwrap()
    };
    let table = learn("green.tsv");
    learn("again.tsv");
    let read = |name: &str| std::fs::read_to_string(path(name)).unwrap();
    assert_eq!(read("green.tsv"), read("again.tsv"), "the same bytes every time");
    assert!(table.starts_with("green-promise: 16 of 32 lines"), "{table}");
    let why = |pack: &str, said: &str| heard(&["inspect", "--rules", &path(pack), "--why", said]).unwrap();
    let said = "The printer is made of recycled steel.";
    assert!(!why("plain.toml", said).contains("green-promise"));
    let found = why("asking.toml", said);
    assert!(found.contains("green-promise") && found.contains("learned weights"), "{found}");
    assert!(!why("asking.toml", "Your printer left our depot.").contains("green-promise"));
    assert!(
        why("asking.toml", "Our depot is carbon neutral.").contains("green-promise"),
        "phrases of a pack always count"
    );
    std::fs::write(path("green.tsv"), "@add\t0\n@bias\t0\nwe plant 310\n").unwrap();
    let wrong = heard(&["inspect", "--rules", &path("asking.toml"), "--why", said]).unwrap_err();
    assert!(wrong.contains("green.tsv:3:1") && wrong.contains("a tab"), "{wrong}");
}

#[test]
fn why_shows_the_words_that_weigh_and_what_they_overrule() {
    let why = |said: &str| heard(&["inspect", "--why", said]).unwrap();
    let mut seen = (false, false);
    for said in [
        "The tablets bring the swelling down within a day.",
        "It only works with the newer cable.",
        "Your statement shows a second charge because the first one bounced.",
        "Mum will take care of you while your dad is back at the shop again.",
        "We have all hands on deck and a lot of the people here do the rest.",
        "You know your dad will take care of it when he is back from the shop, so you can eat.",
    ] {
        let page = why(said);
        for (tell, seen) in [("by learned weights, ", &mut seen.0), ("learned weights overrule it, ", &mut seen.1)] {
            // The sum beside the limit is the sum of the rows, and the rows begin at the bias.
            let Some(at) = page.find(tell) else { continue };
            *seen = true;
            let rows = page[at..].lines().skip(1).map(str::trim_start);
            let rows: Vec<&str> = rows.take_while(|l| l.starts_with(['+', '-'])).collect();
            assert!(rows.len() > 2, "{page}");
            assert!(rows.iter().any(|r| r.ends_with("to begin with")), "{page}");
        }
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    }
    assert!(seen.0, "some tag is learned");
    assert!(seen.1, "some phrase is overruled");
}

#[test]
fn labels_that_teach_nothing_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("l.jsonl").to_string_lossy().into_owned();
    std::fs::write(&file, "{\"text\":\"Hi.\",\"labels\":[]}\n").unwrap();
    let none = heard(&["rules", "learn", &file, "--set", "empathy"]).unwrap_err();
    assert!(none.contains("0 of 1 line has the label `empathy`"), "{none}");
    std::fs::write(&file, "{\"text\":\"Hi.\",\"labels\":[]}\n{\"text\":1}\n").unwrap();
    let bad = heard(&["rules", "learn", &file, "--set", "empathy"]).unwrap_err();
    assert!(bad.contains("line 2"), "{bad}");
}
