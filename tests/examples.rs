//! The example folders: every call gets the verdicts that were written down for it, every example pack passes its own
//! tests, and nothing in them is unreadable.

mod common;

use common::{run, said, top};
use std::collections::BTreeMap;

fn succeeded(args: &[&str]) -> Vec<u8> {
    let out = run(top(), args);
    assert_eq!(out.status.code(), Some(0), "heard {}: {}", args.join(" "), said(&out));
    out.stdout
}

/// (call, rule) to verdict, from any CSV with these three columns.
fn verdicts(csv_bytes: &[u8]) -> BTreeMap<(String, String), String> {
    let mut reader = csv::Reader::from_reader(csv_bytes);
    let header = reader.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap_or_else(|| panic!("no column {name}"));
    let (call, rule, verdict) = (at("call"), at("rule"), at("verdict"));
    let mut found = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let before = found.insert((row[call].to_owned(), row[rule].to_owned()), row[verdict].to_owned());
        assert_eq!(before, None, "{} {} stands there twice", &row[call], &row[rule]);
    }
    found
}

/// What was written down by somebody who read the calls: of the pack `empathy`, and of what `full` adds to it.
fn expected(file: &str) -> BTreeMap<(String, String), String> {
    let path = top().join("tests").join(file);
    verdicts(&std::fs::read(path).unwrap_or_else(|e| panic!("tests/{file}: {e}")))
}

/// Where the program hears less than the reader, and why. What is closed must go from here.
const GAPS: [(&str, &str, &str); 7] = [
    // Willingness takes up a request, and after a hardship it should not: what the rule counts is the same for both.
    ("UT-88213", "acknowledge-validate", "pass"),
    ("BH-190512-031", "acknowledge-validate", "pass"),
    // "May I have your customer number" is answered with data that sounds like the matter.
    ("BH-190513-004", "first-reply", "fail"),
    // A worry is heard in a sober report of what is wrong.
    ("BH-190512-031", "reassurance", "fail"),
    ("b6a1f0de-41c7-4e0b-9f3a-52d8c07e9a14", "reassurance", "fail"),
    ("b6a1f0de-41c7-4e0b-9f3a-52d8c07e9a14", "pause-before-reply", "pass"),
    ("b6a1f0de-41c7-4e0b-9f3a-52d8c07e9a14", "turned-around", "pass"),
];

fn compare(rules: &str, expected: &BTreeMap<(String, String), String>) {
    let found = verdicts(&succeeded(&["audit", "examples/calls", "--rules", rules, "--format", "csv-findings"]));
    let mut wrong: Vec<String> = Vec::new();
    for (key, want) in expected {
        let got = found.get(key).map_or("nothing", String::as_str);
        let gap = GAPS.iter().find(|gap| (gap.0, gap.1) == (&*key.0, &*key.1));
        if got != gap.map_or(want.as_str(), |gap| gap.2) {
            wrong.push(format!("{} {}: {got}, expected {want}", key.0, key.1));
        }
    }
    wrong.extend(
        found.keys().filter(|k| !expected.contains_key(*k)).map(|k| format!("{} {}: not written down", k.0, k.1)),
    );
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), expected.len(), wrong.join("\n"));
}

#[test]
fn every_example_call_gets_the_verdicts_written_down_for_it() {
    let mut wanted = expected("examples-expected.csv");
    compare("empathy", &wanted);
    wanted.extend(expected("examples-expected-full.csv"));
    compare("full", &wanted);
}

#[test]
fn the_examples_show_every_verdict() {
    for verdict in ["pass", "fail", "not-applicable", "not-scorable"] {
        assert!(expected("examples-expected.csv").values().any(|v| v == verdict), "no example of {verdict}");
    }
}

#[test]
fn every_example_pack_passes_its_own_tests_and_audits_the_calls() {
    let folder = top().join("examples/rules");
    let mut packs = 0;
    for entry in std::fs::read_dir(folder).expect("examples/rules") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let name = path.file_name().and_then(|n| n.to_str()).expect("a UTF-8 name");
        packs += 1;
        let pack = format!("examples/rules/{name}");
        succeeded(&["rules", "test", &pack]);
        succeeded(&["audit", "--rules", &pack, "examples/calls"]);
    }
    assert!(packs > 0, "examples/rules holds no pack");
}

#[test]
fn the_hold_pack_finds_the_good_hold_and_the_bad_one() {
    let pack = "examples/rules/hold-etiquette.toml";
    let found = verdicts(&succeeded(&["audit", "--rules", pack, "examples/calls", "--format", "csv-findings"]));
    for (call, verdict) in [
        ("2026-05-04_0912_cards_ben_lost-wallet", "pass"),
        ("billing-dispute-4471", "fail"),
        // Here it is the customer who says "Hold on".
        ("NM-20814", "not-applicable"),
        ("desk-recorder_0508", "not-scorable"),
    ] {
        for rule in ["ask-before-hold", "say-why-hold", "thank-after-hold", "no-bare-hold"] {
            assert_eq!(found.get(&(call.into(), rule.into())).map(String::as_str), Some(verdict), "{call} {rule}");
        }
    }
}
