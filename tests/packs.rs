//! What ships in `rules/` and `examples/rules/`: every file has its place, any TOML 1.0 parser reads it, every rule says
//! why and what instead, and proves itself with examples of every verdict it can give.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::{keep, page, top};
use heard::audit::Auditor;
use heard::audit::selftest;
use heard::call::Call;
use heard::report::Verdict;
use heard::rules::shipped::{LIBRARY, PACKS};
use heard::rules::{PackRef, Pick, RuleBook};
use heard::text::scene::Scene;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The packs below a folder: TOML files, but for descriptions of input formats.
fn toml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.extend((!path.ends_with("rules/formats")).then_some(path));
            } else if path.extension().is_some_and(|e| e == "toml") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Every pack that is shipped or shown as an example, with what it loads as.
fn packs() -> Vec<(String, PackRef)> {
    let shipped = PACKS.iter().map(|(name, _)| ((*name).to_owned(), PackRef::Shipped((*name).to_owned())));
    let examples = toml_files(&top().join("examples/rules"))
        .into_iter()
        .map(|path| (path.display().to_string(), PackRef::File(path)));
    shipped.chain(examples).collect()
}

fn book(pack: &PackRef) -> RuleBook {
    RuleBook::load(std::slice::from_ref(pack), &Pick::default()).unwrap_or_else(|p| panic!("{p}"))
}

#[test]
fn every_file_of_rules_is_in_the_program_as_it_stands() {
    let rules = top().join("rules");
    let files: BTreeMap<String, String> = toml_files(&rules)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&rules).unwrap().with_extension("");
            let text = std::fs::read_to_string(&path).unwrap();
            (name.to_string_lossy().replace('\\', "/"), text)
        })
        .collect();
    let all: Vec<_> = LIBRARY.iter().chain(PACKS).collect();
    for (name, text) in &all {
        assert_eq!(files.get(*name).map(String::as_str), Some(*text), "rules/{name}.toml");
    }
    for name in files.keys() {
        let times = all.iter().filter(|(n, _)| n == name).count();
        assert_eq!(times, 1, "rules/{name}.toml is in LIBRARY or PACKS once");
    }
}

#[test]
fn a_second_parser_reads_every_pack_as_toml_1_0() {
    let mut files = toml_files(&top().join("rules"));
    files.extend(toml_files(&top().join("examples")));
    assert!(files.len() > LIBRARY.len());
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let parsed: toml_edit::DocumentMut = text.parse().unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let tables = ["rule", "set", "pack"];
        assert!(tables.iter().any(|key| parsed.contains_key(key)), "{} holds nothing", path.display());
    }
}

#[test]
fn names_of_sets_are_unique_in_the_library() {
    let mut seen = BTreeSet::new();
    for (file, text) in LIBRARY {
        let parsed: toml_edit::DocumentMut = text.parse().unwrap();
        for (name, set) in parsed["set"].as_table().unwrap() {
            assert!(seen.insert(name.to_owned()), "{file}: [set.{name}] stands twice in the library");
            let about = set.get("about").and_then(|a| a.as_str()).unwrap_or("");
            assert!(!about.is_empty(), "{file}: [set.{name}] says not what it is");
        }
    }
}

#[test]
fn every_rule_has_what_a_reader_of_a_report_needs() {
    for (name, pack) in packs() {
        let book = book(&pack);
        assert!(!book.heads().is_empty(), "{name} has no rule");
        for head in book.heads() {
            let id = format!("{name}: {}", head.id);
            assert!(!head.title.is_empty(), "{id} has no title");
            assert!(!head.advice.is_empty(), "{id} has no advice");
            assert!(!head.source.is_empty(), "{id} has no source");
            assert!(head.section.is_some(), "{id} has no section");
        }
    }
}

#[test]
fn every_example_holds_and_says_why() {
    for (name, pack) in packs() {
        let book = book(&pack);
        let all: Vec<usize> = (0..book.rules().len()).collect();
        for ran in selftest::run(&book, &all) {
            let place = format!("{name}:{}: {}", ran.example.line, book.rules()[ran.rule].head.id);
            assert!(ran.is_fine(), "{place}: {:?}, expected {:?}", ran.found, ran.example.expect);
            assert!(!ran.example.why.is_empty(), "{place} says not why");
        }
        let unproven = selftest::unproven(&book);
        assert!(unproven.is_empty(), "{name}: {unproven:?}");
    }
}

#[test]
fn every_verdict_that_a_rule_gives_is_among_its_examples() {
    let mut missing = Vec::new();
    for (name, pack) in packs() {
        let book = book(&pack);
        let all: Vec<usize> = (0..book.rules().len()).collect();
        let ran = selftest::run(&book, &all).into_iter();
        let calls = ran.filter(|ran| ran.found.is_ok()).map(|ran| ran.call);
        let mut auditor = Auditor::new(&book);
        let tagged: Vec<(Call, Scene)> = calls
            .map(|call| {
                let mut scene = Scene::default();
                auditor.tag(&call, &mut scene);
                (call, scene)
            })
            .collect();
        for &k in book.public() {
            let rule = &book.rules()[k];
            let given = tagged.iter().map(|(call, scene)| auditor.outcome(call, scene, k).verdict);
            // A transcript without roles can be scored by nobody, and rules look at roles.
            let given: BTreeSet<Verdict> = given.chain([Verdict::NotScorable]).collect();
            for verdict in given {
                if !rule.examples.iter().any(|e| e.expect == verdict) {
                    missing.push(format!("{name}: {}: {}", rule.head.id, verdict.as_str()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no example of\n{}", missing.join("\n"));
}

/// A pack with an unknown key in every table, so that the loader lists the keys there are.
const ALL_WRONG: &str = r#"
[pack]
zzz = 1
[set.mine]
zzz = 1
phrases = [{ say = "b", zzz = 1 }]
[[rule]]
id = "a"
title = "A"
find = ["empathy"]
where = { zzz = 1 }
count = { zzz = 1 }
each = { zzz = 1 }
when = { zzz = 1 }
zzz = 1
[[rule.example]]
zzz = 1
[[rule]]
id = "b"
title = "B"
steps = [{ find = ["empathy"], zzz = 1 }]
zzz = 1
[[rule]]
id = "c"
title = "C"
all = ["a"]
zzz = 1
[[rule]]
id = "d"
title = "D"
any = ["a"]
zzz = 1
[[rule]]
id = "e"
title = "E"
not = ["a"]
zzz = 1
[[rule]]
id = "f"
title = "F"
measure = { zzz = 1 }
zzz = 1
"#;

#[test]
fn the_page_for_authors_has_every_key_of_the_loader_and_no_other() {
    let file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    std::fs::write(file.path(), ALL_WRONG).unwrap();
    let pack = PackRef::File(file.path().to_owned());
    let problems = RuleBook::load(&[pack], &Pick::default()).unwrap_err();
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let text = problems.to_string();
    for problem in text.split("\n\n") {
        let Some((what, _)) = problem.split_once(" has no key `zzz`") else {
            continue;
        };
        let what = what.rsplit(": ").next().unwrap().trim_matches('`');
        let name = if what.starts_with("[set.") {
            "[set.NAME]"
        } else if what == "pack" {
            "[pack]"
        } else {
            what
        };
        let (_, keys) = problem.split_once("it may have: ").unwrap();
        let keys = keys.trim().split(", ").map(str::to_owned);
        known.entry(name.to_owned()).or_default().extend(keys);
    }
    let page = page("rules/README.md");
    let mut written: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for section in page.split("\n### ").skip(1) {
        let name = section.lines().next().unwrap();
        let section = section.split("\n## ").next().unwrap();
        let keys = section.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next());
        written.insert(name.to_owned(), keys.map(str::to_owned).collect());
    }
    assert_eq!(known, written);
}

/// `README=overwrite cargo test --test packs` writes the list of measures anew.
#[test]
fn the_page_for_authors_defines_the_measures_as_the_program_does() {
    let rows = heard::rules::kinds::measure::MEASURES.iter().map(|(name, _, what)| format!("- `{name}`: {what}.\n"));
    let list: String = rows.collect();
    assert_eq!(keep("rules/README.md", |_| list.clone()), 1, "the marker is found");
}

/// The truth table of the page, against the engine's.
#[test]
fn the_page_for_authors_combines_verdicts_as_the_program_does() {
    use heard::report::Verdict;
    use heard::rules::kinds::combine::Combine;
    use heard::rules::outcome::Outcome;
    let page = page("rules/README.md");
    let table = page.split("| one part | other part |").nth(1).unwrap();
    let verdict = |word: &str| *Verdict::ALL.iter().find(|v| v.as_str() == word).unwrap();
    let mut rows = 0;
    for line in table.lines().skip(2).take_while(|l| l.starts_with('|')) {
        let cells: Vec<Verdict> = line.trim_matches('|').split('|').map(|c| verdict(c.trim())).collect();
        let whole = |combine: Combine| {
            let mut parts = cells[..2].iter().map(|v| Outcome::bare(*v, "x", ""));
            combine.judge(&mut parts).verdict
        };
        assert_eq!((whole(Combine::All), whole(Combine::Any)), (cells[2], cells[3]), "{line}");
        rows += 1;
    }
    assert_eq!(rows, 10, "every pair of verdicts");
}

/// What is said of packs that are wrong; `FOLDER` is where they stand.
fn wrong(files: &[(&str, &str)], loaded: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let packs: Vec<PackRef> = loaded.iter().map(|name| PackRef::File(folder.path().join(name))).collect();
    let problems = RuleBook::load(&packs, &Pick::default()).unwrap_err();
    let top = folder.path().display().to_string().replace('\\', "/");
    problems.to_string().replace(&top, "FOLDER")
}

/// The first line of each mistake: its place and what is wrong.
fn places(files: &[(&str, &str)], loaded: &[&str]) -> Vec<String> {
    wrong(files, loaded)
        .split("\n\n")
        .filter_map(|one| one.lines().next())
        .map(|line| line.replace("FOLDER/", ""))
        .collect()
}

const A_RULE: &str = "[[rule]]\nid = \"a-rule\"\ntitle = \"A rule\"\nfind = [\"empathy\"]\n";

/// Each line begins as expected, and there are no others.
fn assert_begin(told: &[String], expected: &[&str]) {
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told}\n{expected}");
    }
}

#[test]
fn a_pack_that_is_missing_hides_no_other_mistake() {
    let one = "[pack]\ninclude = [\"fulll\", \"gone.toml\"]\n[[rul]]\n[[rule]]\nid = \"b\"\ntitle = \"B\"\n\
        find = [\"emphaty\", \"of-the-missing-pack\"]\n[[rule]]\nid = \"c\"\ntitle = \"C\"\nall = [\"a-rulle\", \"zzzzzz\"]\n";
    let two = format!("{A_RULE}wieght = 3\n");
    let told = places(&[("one.toml", one), ("two.toml", &two)], &["one.toml", "two.toml"]);
    let expected = [
        "one.toml:2:12: there is no pack `fulll`",
        "one.toml:2:21: gone.toml: the pack cannot be read: ",
        "one.toml:3:3: a pack has no key `rul`",
        "one.toml:7:9: there is no set `emphaty`",
        "one.toml:11:8: there is no rule `a-rulle`",
        "two.toml:5:1: [[rule]] has no key `wieght`",
    ];
    assert_begin(&told, &expected);
}

#[test]
fn broken_toml_hides_nothing_before_it_nor_in_other_packs() {
    let one = format!("{A_RULE}wieght = 3\n[[rule]]\ntitle = \"no id\"\nweight = = 3\n");
    let two = "[set.mine]\nphrases = [\"(a\"]\n";
    let told = places(&[("one.toml", &one), ("two.toml", two)], &["one.toml", "two.toml"]);
    let (last, rest) = told.split_last().unwrap();
    assert!(last.starts_with("two.toml:2:"), "{told:#?}");
    assert!(rest[0].starts_with("one.toml:5:1: [[rule]] has no key `wieght`"));
    assert!(rest.len() > 1, "{told:#?}");
    let broken = |line: &String| line.starts_with("one.toml:8:");
    assert!(rest[1..].iter().all(broken), "{told:#?}");
}

#[test]
fn sets_that_lead_back_to_themselves_are_told_beside_all_else() {
    let text = format!(
        "[set.a]\nphrases = [\"<b>\", \"<b>\"]\n[set.b]\nphrases = [\"<a>\", \"<a>\"]\n\
        [set.c]\nphrases = [\"so\"]\nafter = [\"c\"]\nlearned = \"gone.tsv\"\n{A_RULE}wieght = 3\nalone = [\"c\"]\n"
    );
    let told = places(&[("one.toml", &text)], &["one.toml"]);
    let expected = [
        "one.toml:1:6: the set `a` leads back to itself through its phrases or conditions",
        "one.toml:5:6: the set `c` leads back to itself through its phrases or conditions",
        "one.toml:8:11: gone.tsv: the weights cannot be read: ",
        "one.toml:13:1: [[rule]] has no key `wieght`",
    ];
    assert_begin(&told, &expected);
}

/// What judges, by a pack of this text.
fn packs_of(text: &str, pick: &Pick) -> String {
    let file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let packs = [PackRef::File(file.path().to_owned())];
    let book = RuleBook::load(&packs, pick).unwrap_or_else(|p| panic!("{p}"));
    book.by().packs.clone()
}

#[test]
fn a_fingerprint_is_of_what_judges_and_of_nothing_else() {
    let pack = r#"
[pack]
name = "mine"
version = "2.1"

[set.greeting]
phrases = ["good morning"]

[set.unused]
phrases = ["never mind"]

[[rule]]
id = "greets"
title = "Greets"
who = "agent"
find = ["greeting"]

[[rule]]
id = "helps"
title = "Helps"
who = "agent"
find = ["willingness"]
"#;
    let all = Pick::default();
    let whole = packs_of(pack, &all);
    assert!(whole.starts_with("mine@2.1:"), "{whole}");
    for (from, to, same) in [
        ("[pack]", "# A comment.\n[pack]", true),
        ("never mind", "not at all", true),
        (
            "find = [\"greeting\"]",
            "find = [\"greeting\"]\n[[rule.example]]\nexpect = \"pass\"\ncall = \"Agent: Good morning.\"",
            true,
        ),
        ("good morning", "good day", false),
        ("who = \"agent\"", "who = \"any\"", false),
        ("title = \"Greets\"", "title = \"Greets\"\nweight = 11", false),
        ("version = \"2.1\"", "version = \"2.1\"\npass_mark = 71", false),
    ] {
        let changed = pack.replacen(from, to, 1);
        assert_ne!(changed, pack);
        assert_eq!(packs_of(&changed, &all) == whole, same, "{from} -> {to}");
    }
    let select = vec!["greets".to_owned()];
    assert_ne!(packs_of(pack, &Pick { select, ..all }), whole);
}

#[test]
fn packs_are_named_as_they_were_asked_for() {
    let shipped = |names: &[&str]| {
        let packs: Vec<PackRef> = names.iter().map(|n| PackRef::Shipped((*n).to_owned())).collect();
        let book = RuleBook::load(&packs, &Pick::default()).unwrap_or_else(|p| panic!("{p}"));
        book.by().packs.split_once(':').unwrap().0.to_owned()
    };
    // `full` includes `empathy`.
    assert_eq!(shipped(&["full"]), "full@1.0.0");
    assert_eq!(shipped(&["full", "empathy"]), "empathy@1.0.0,full@1.0.0");
}

#[test]
fn whose_own_a_rule_is_can_be_told() {
    let shipped: Vec<&str> = PACKS.iter().map(|(name, _)| *name).collect();
    assert_eq!(heard::report::rollup::SHIPPED_PACKS.to_vec(), shipped);
}
