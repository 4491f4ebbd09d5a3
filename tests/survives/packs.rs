//! Packs of a few lines that would cost too much; each is told within its limits, in the time of its length.

use heard::rules::{PackRef, Pick, RuleBook};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const HEAD: &str = "[pack]\nname = \"own\"\ntitle = \"Own\"\nversion = \"1.0.0\"\nlanguage = \"en\"\npass_mark = 70\n";

fn rule(id: &str, what: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\ntitle = \"R\"\nsection = \"s\"\nweight = 1\nseverity = \"note\"\nadvice = \"x\"\nsource = \"y\"\n{what}\n"
    )
}

fn of_sets(sets: &str) -> String {
    format!("{HEAD}{sets}{}", rule("r", "find = [\"t\"]\nwho = \"agent\""))
}

fn phrase(phrase: &str) -> String {
    of_sets(&format!("[set.t]\nphrases = ['{phrase}']\n"))
}

/// Sets of which each holds the one before as often as `%` stands there; `t` is the last.
fn chain(count: usize, phrases: &str) -> String {
    let mut sets = String::from("[set.t0]\nphrases = [\"hello\"]\n");
    for k in 1..=count {
        let name = if k == count { "t".to_owned() } else { format!("t{k}") };
        let _ = writeln!(sets, "[set.{name}]\nphrases = [{}]", phrases.replace('%', &format!("<t{}>", k - 1)));
    }
    of_sets(&sets)
}

/// What each is called, the pack, and what is said against it; nothing is said against what is only long.
pub fn cases() -> Vec<(&'static str, String, &'static str)> {
    let rules = |count: usize, parts: &str| {
        let first = rule("r0", "find = [\"empathy\"]\nwho = \"agent\"");
        let more = (1..count).map(|k| rule(&format!("r{k}"), &parts.replace('%', &format!("\"r{}\"", k - 1))));
        format!("{HEAD}{first}{}", more.collect::<String>())
    };
    vec![
        ("brackets in brackets", phrase(&"(".repeat(50_000)), "more than 32 deep"),
        (
            "closed brackets in brackets",
            phrase(&format!("{}a{}", "[(".repeat(5000), ")]".repeat(5000))),
            "more than 32 deep",
        ),
        ("brackets that close nothing", phrase(&")".repeat(50_000)), "closes nothing"),
        ("sets that double", chain(25, "\"%\", \"[so] %\""), "unfold to more than"),
        ("sets that double at once", chain(20, "\"% %\""), "unfold to more than"),
        ("sets that stand for others twice", chain(25, "\"%\", \"%\""), "more than"),
        ("a chain of sets", chain(3000, "\"so %\""), "sets within sets"),
        (
            "sets in a circle",
            of_sets("[set.t]\nphrases = [\"<u>\"]\n[set.u]\nphrases = [\"a <t>\"]\n"),
            "leads back to itself",
        ),
        ("a long phrase", phrase(&"word ".repeat(20_000)), ""),
        ("a very long phrase", phrase(&"word ".repeat(200_000)), "unfold to more than"),
        ("alternatives of alternatives", phrase(&"(a b|c d) ".repeat(20_000)), "unfold to more than"),
        ("wide gaps", phrase(&format!("a {} b", "...{0,12} c ".repeat(5000))), "unfold to more than"),
        (
            "many words with stars",
            of_sets(&format!(
                "[set.t]\nphrases = [{}]\n",
                (0..5000).map(|k| format!("\"a*{k}\",")).collect::<String>()
            )),
            "words with `*`",
        ),
        ("a word of stars", phrase(&"*a".repeat(10_000)), ""),
        ("a huge regular expression", phrase(r"/(\w{100}){100}/"), "takes too much memory"),
        (
            "many regular expressions",
            of_sets(&format!(
                "[set.t]\nphrases = [{}]\n",
                (0..2000).map(|k| format!("'/\\w{{9}}{k}/',")).collect::<String>()
            )),
            "takes too much memory",
        ),
        (
            "a deep regular expression",
            phrase(&format!("/{}a{}/", "(".repeat(5000), ")".repeat(5000))),
            "cannot be read",
        ),
        ("rules made of rules twice", rules(30, "all = [%, %]"), "is made of more than"),
        ("a chain of rules", rules(1500, "any = [%, \"r0\"]"), "is made of more than"),
        ("more rules than anybody reads", rules(2100, "find = [\"empathy\"]\nwho = \"agent\""), "more than 2000 rules"),
        (
            "more sets than anybody reads",
            of_sets(&(0..4200).map(|k| format!("[set.s{k}]\nphrases = [\"a\"]\n")).collect::<String>()),
            "more than 4000 sets",
        ),
        ("a mistake in every line", format!("{HEAD}{}", "x = = 1\n".repeat(20_000)), "more"),
        (
            "names that there are not",
            of_sets(&format!("[set.t]\nphrases = [{}]\n", "\"<thnaks>\",".repeat(20_000))),
            "and 100 more",
        ),
        (
            "a name of a mebibyte",
            of_sets(&format!("[set.t]\nphrases = [\"<{}>\"]\n", "a".repeat(1 << 20))),
            "there is no set",
        ),
        ("lists in lists", format!("{HEAD}x = {}", "[".repeat(100_000)), "recur"),
        ("a file without an end of its line", format!("{HEAD}# {}", "x".repeat(9 << 20)), "longer than 8 MiB"),
        ("no pack at all", "root:x:0:0:secret\n".repeat(10), "is no pack"),
    ]
}

#[test]
fn each_is_told_in_the_time_of_its_length() {
    for (name, text, wanted) in cases() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.toml");
        std::fs::write(&path, &text).unwrap();
        // The name of the one that fails.
        eprintln!("{name}");
        let started = Instant::now();
        let read = RuleBook::load(&[PackRef::File(path)], &Pick::default());
        let said = read.err().map_or(String::new(), |problems| problems.to_string());
        assert!(said.contains(wanted) && said.is_empty() == wanted.is_empty(), "{name}: {said:.600}");
        assert!(!said.contains("secret"), "{name}: what is no pack is not quoted");
        assert!(said.len() < 1 << 20, "{name}: {} bytes are said", said.len());
        // A debug build on a busy machine; what doubles or squares takes minutes.
        assert!(started.elapsed() < Duration::from_secs(60), "{name}: {:?}", started.elapsed());
    }
}
