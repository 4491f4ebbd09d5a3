//! How matching grows with the number of phrases: the same calls, tagged with 300 and with 1,200 phrases.
//!
//! `cargo bench --bench growth` prints the ratio. Ratios in one run mean something on a busy machine, times do not; so
//! the two are timed in turn, and the least of each counts.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and cannot go on without its files")]

use heard::audit::Auditor;
use heard::call::{Call, Role};
use heard::rules::{PackRef, Pick, RuleBook};
use heard::text::scene::Scene;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// A small generator of whole numbers, the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

const VERBS: [&str; 12] =
    ["understand", "see", "check", "send", "refund", "help", "book", "change", "cancel", "find", "confirm", "explain"];
const THINGS: [&str; 12] = [
    "order", "account", "parcel", "delay", "invoice", "card", "visit", "problem", "contract", "router", "payment",
    "claim",
];
const LEADS: [&str; 10] = [
    "i can",
    "we will",
    "i am so sorry about",
    "let me",
    "please",
    "you should",
    "i would",
    "we could",
    "may i",
    "thank you for",
];

/// A pack with one set of so many phrases, and one rule that looks for them.
fn book(phrases: usize) -> RuleBook {
    let mut pack = String::from("[pack]\nname = \"growth\"\n[set.many]\nwho = \"agent\"\nphrases = [\n");
    for k in 0..phrases {
        // The first phrases are those that calls are made of, the later ones differ in a word that few calls have.
        let (lead, verb, thing) = (LEADS[k % 10], VERBS[k / 10 % 12], THINGS[k / 120 % 12]);
        let rare = if k < 300 { String::new() } else { format!(" rare{k}") };
        writeln!(pack, "  \"{lead} [really|just] {verb} ...{{0,2}} {thing}{rare}\",").unwrap();
    }
    pack.push_str("]\n[[rule]]\nid = \"many\"\ntitle = \"t\"\nfind = [\"many\"]\n");
    let file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    std::fs::write(file.path(), pack).unwrap();
    RuleBook::load(&[PackRef::File(file.path().to_owned())], &Pick::default()).unwrap()
}

fn calls() -> Vec<Call> {
    let mut numbers = Numbers(7);
    let mut make = || {
        let mut call = Call::default();
        let speakers = [call.speaker(Role::Agent, "Agent", None), call.speaker(Role::Customer, "Customer", None)];
        for turn in 0..90 {
            let mut text = String::new();
            for _ in 0..=numbers.below(3) {
                let (lead, verb, thing) =
                    (LEADS[numbers.below(10)], VERBS[numbers.below(12)], THINGS[numbers.below(12)]);
                write!(text, "Well, {lead} {verb} the {thing} that came on day {}. ", numbers.below(30)).unwrap();
            }
            call.push_turn(speakers[turn % 2], None, None, &text);
        }
        call
    };
    (0..200).map(|_| make()).collect()
}

fn main() {
    let (few, many, calls) = (book(300), book(1200), calls());
    let mut auditors = [Auditor::new(&few), Auditor::new(&many)];
    let (mut scene, mut least) = (Scene::default(), [Duration::MAX; 2]);
    for _ in 0..15 {
        for (auditor, least) in auditors.iter_mut().zip(&mut least) {
            let start = Instant::now();
            for call in &calls {
                auditor.tag(call, &mut scene);
                std::hint::black_box(&scene);
            }
            *least = start.elapsed().min(*least);
        }
    }
    let [few, many] = least.map(|d| d.as_secs_f64());
    println!("matching with 1200 phrases takes {:.2} times as long as with 300", many / few);
}
