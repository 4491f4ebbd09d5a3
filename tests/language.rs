//! What packs say and what comes of it: mistakes with their places and remedies, windows of steps and measures, what can
//! never come out.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use heard::audit::Auditor;
use heard::call::Call;
use heard::input::formats::plain_text;
use heard::report::Verdict;
use heard::rules::unreachable::unreachable;
use heard::rules::{PackRef, Pick, Problems, RuleBook, Sets};
use heard::text::scene::Scene;

fn load(text: &str) -> Result<RuleBook, Problems> {
    let file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
    std::fs::write(file.path(), text).unwrap();
    let pick = Pick { sets: Sets::All, ..Pick::default() };
    RuleBook::load(&[PackRef::File(file.path().to_owned())], &pick)
}

/// The mistakes of a pack: line, message and remedy.
fn mistakes(text: &str) -> Vec<(usize, String, String)> {
    let problems = load(text).expect_err("the pack is wrong");
    assert!(problems.notes.is_empty(), "{:?}", problems.notes);
    let mut all: Vec<_> = problems.all.iter().collect();
    all.sort_by_key(|d| d.span.start);
    let told = all.into_iter().map(|d| {
        let (line, _) = d.source.place(d.span.start);
        (line, d.message.clone(), d.help.clone())
    });
    told.collect()
}

const SETS: &str = r#"
[set.sorry]
who = "agent"
phrases = ["sorry"]
[set.refund]
who = "agent"
phrases = ["refund"]
"#;

fn verdict(rule: &str, call: &str) -> Verdict {
    let pack = format!("{SETS}\n[[rule]]\nid = \"r\"\ntitle = \"R\"\n{rule}");
    let book = load(&pack).unwrap_or_else(|p| panic!("{p}"));
    let mut read = Call::default();
    plain_text::read_transcript(call, &mut read).unwrap();
    let (mut auditor, mut scene) = (Auditor::new(&book), Scene::default());
    auditor.tag(&read, &mut scene);
    auditor.outcome(&read, &scene, 0).verdict
}

#[test]
fn a_number_that_is_too_low_is_shown_as_it_stands() {
    let found = mistakes(&format!("{SETS}[[rule]]\nid = \"r\"\ntitle = \"R\"\nfind = [\"sorry\"]\nweight = -3\n"));
    let (line, message, _) = &found[0];
    assert_eq!((*line, message.as_str()), (12, "`weight` wants a whole number from 0 on, this is -3"));
}

#[test]
fn keys_in_the_wrong_table_are_explained() {
    let rule = "[[rule]]\nid = \"r\"\ntitle = \"R\"\nfind = [\"sorry\"]\n";
    let example = "[[rule.example]]\nexpect = \"pass\"\ncall = \"Agent: Sorry.\"\n";
    for (text, line, key, remedy) in [
        (format!("{SETS}{rule}{example}weight = 5\n"), 15, "weight", "write it above the first [[rule.example]]"),
        (format!("{SETS}{rule}{example}measure = 5\n"), 15, "measure", "write it above the first [[rule.example]]"),
        (format!("{SETS}{rule}expect = \"pass\"\n"), 12, "expect", "write [[rule.example]] above it"),
        (format!("{SETS}{rule}phrases = [\"a\"]\n"), 12, "phrases", "write [set.NAME]"),
        (format!("{SETS}{rule}to = \"15s\"\n"), 12, "to", "where = {"),
        (
            format!("{SETS}{rule}{example}[[example]]\nexpect = \"pass\"\n"),
            15,
            "example",
            "write [[rule.example]] below its rule",
        ),
        (format!("{SETS}[pack]\nfind = [\"sorry\"]\n"), 9, "find", "under [[rule]]"),
        (format!("{SETS}find = [\"sorry\"]\n"), 8, "find", "under [[rule]]"),
    ] {
        let found = mistakes(&text);
        assert_eq!(found.len(), 1, "{text}{found:?}");
        let (at, message, help) = &found[0];
        assert_eq!(*at, line, "{text}{message}");
        assert!(message.contains(&format!("no key `{key}`")), "{message}");
        assert!(help.contains(remedy), "{help}");
    }
}

#[test]
fn all_mistakes_come_in_one_run() {
    let text = r#"[pack]
pass_mark = 170
[set.Sorry]
phrases = ["(sorry"]
[[rule]]
id = "one"
title = "One"
weigth = 5
find = ["sory"]
where = { from = "20s", to = "10s" }
[[rule]]
id = "one"
title = "Two"
find = ["empathy"]
count = { min = 3, max = 1 }
severity = "terrible"
[[rule]]
id = "three"
title = "Three"
all = ["won"]
unit = "run"
"#;
    let lines: Vec<usize> = mistakes(text).into_iter().map(|m| m.0).collect();
    assert_eq!(lines, [1, 3, 4, 8, 9, 10, 12, 15, 16, 20, 21]);
}

#[test]
fn a_single_table_where_a_list_stands_is_explained() {
    let found = mistakes("[rule]\nid = \"r\"\ntitle = \"R\"\nfind = [\"empathy\"]\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.contains("[[rule]]"), "{found:?}");
}

#[test]
fn windows_that_hold_nothing_are_mistakes() {
    for window in [
        "from = \"20s\", to = \"10s\"",
        "from = \"80%\", to = \"-30%\"",
        "from = \"100%\"",
        "to = \"0s\"",
        "from = \"-1 runs\", to = \"-2 runs\"",
    ] {
        let rule = format!("{SETS}[[rule]]\nid = \"r\"\ntitle = \"R\"\nfind = [\"sorry\"]\n");
        let found = mistakes(&format!("{rule}where = {{ {window} }}\n"));
        assert_eq!(found.len(), 1, "{window}: {found:?}");
        assert_eq!(found[0].1, "this window is empty", "{window}");
    }
}

#[test]
fn what_cannot_be_honoured_is_a_mistake() {
    for (rule, message) in [
        ("find = [\"sorry\"]\neach = { find = [\"refund\"], count = { min = 2 } }", "`each` has no key `count`"),
        (
            "find = [\"sorry\"]\nwhere = { after = { find = [\"refund\"], unit = \"run\" } }",
            "`after` has no key `unit`",
        ),
        ("measure = { of = \"pace\", max = 200, at = { who = \"agent\" } }", "`at` names no set"),
        (
            "measure = { of = \"duration\", max = \"10m\" }\nwhere = { to = \"1m\" }",
            "this figure is of the whole call, so it has no window",
        ),
        (
            "measure = { of = \"silence\", max = \"10s\" }\nwhere = { to = \"2 runs\" }",
            "the window of a `measure` is in seconds or percent",
        ),
        ("who = \"agent\"\nmeasure = { of = \"silence\", max = \"10s\" }", "this figure is nobody's own"),
        (
            "who = \"any\"\nmeasure = { of = \"overlap\", max = \"1s\" }",
            "this figure lies between two parties: whose is it?",
        ),
        ("measure = { of = \"silence\", max = \"10s\" }\ncount = { min = 2 }", "[[rule]] has no key `count`"),
    ] {
        let found = mistakes(&format!("{SETS}[[rule]]\nid = \"r\"\ntitle = \"R\"\n{rule}\n"));
        assert_eq!(found.len(), 1, "{rule}: {found:?}");
        assert_eq!(found[0].1, message, "{rule}");
    }
}

#[test]
fn steps_must_begin_inside_their_window() {
    let rule = "steps = [{ find = [\"sorry\"] }, { find = [\"refund\"] }]\nwhere = { to = \"20s\" }";
    let call = |at: &str| format!("0:00 Agent: I am sorry.\n0:05 Customer: So?\n{at} Agent: You get a refund.\n");
    assert_eq!(verdict(rule, &call("0:10")), Verdict::Pass);
    assert_eq!(verdict(rule, &call("0:30")), Verdict::Fail);
    let untimed = "Agent: I am sorry.\nCustomer: So?\nAgent: You get a refund.\n";
    assert_eq!(verdict(rule, untimed), Verdict::NotScorable);
    let anchored =
        "steps = [{ find = [\"sorry\"] }, { find = [\"refund\"] }]\nwhere = { after = { find = [\"empathy\"] } }";
    assert_eq!(verdict(anchored, untimed), Verdict::NotApplicable);
}

#[test]
fn a_measure_counts_what_begins_in_its_window() {
    let rule = "measure = { of = \"silence\", max = \"10s\" }\nwhere = { from = \"50%\" }";
    let call = |first: u32, second: u32| {
        let (a, b) = (10 + first, 20 + first + second);
        format!(
            "0:00-0:10 Agent: Let me see.\n0:{a}-0:{} Agent: Here it is now.\n0:{b}-0:{} Agent: And there.\n",
            a + 10,
            b + 5
        )
    };
    assert_eq!(verdict(rule, &call(12, 2)), Verdict::Pass);
    assert_eq!(verdict(rule, &call(2, 12)), Verdict::Fail);
    let never_quiet = "0:00-0:05 Agent: Let me see.\n0:05-0:10 Customer: Do.\n";
    let rule = "measure = { of = \"silence\", max = \"1s\" }";
    assert_eq!(verdict(rule, never_quiet), Verdict::Pass, "no gap keeps every limit");
}

#[test]
fn a_window_may_end_before_something_said() {
    let rule = "find = [\"sorry\"]\nwho = \"agent\"\nwhere = { before = { find = [\"refund\"] } }";
    let before = "Customer: So?\nAgent: I am sorry. You get a refund.\n";
    let behind = "Customer: So?\nAgent: You get a refund. I am sorry.\nCustomer: Thanks.\n";
    assert_eq!(verdict(rule, before), Verdict::Pass);
    assert_eq!(verdict(rule, behind), Verdict::Fail);
    let never = "Customer: So?\nAgent: I am sorry.\n";
    assert_eq!(verdict(rule, never), Verdict::NotApplicable);
    // What comes before the anchor does not end it.
    let both = "find = [\"sorry\"]\nwhere = { after = { find = [\"hardship\"], who = \"customer\" }, before = { find = [\"refund\"] } }";
    let call = "Agent: A refund?\nCustomer: My mother died.\nAgent: I am sorry. You get a refund.\n";
    assert_eq!(verdict(both, call), Verdict::Pass);
    let silence = "measure = { of = \"silence\", max = \"5s\" }\nwhere = { before = { find = [\"refund\"] } }";
    let late =
        "0:00.0-0:02.0 Agent: Hello.\n0:02.5-0:04.0 Agent: You get a refund.\n0:30.0-0:31.0 Agent: And there it is.\n";
    assert_eq!(verdict(silence, late), Verdict::Pass);
}

#[test]
fn behind_a_hit_the_next_run_is_the_answer() {
    let rule = "find = [\"sorry\"]\nwho = \"agent\"\nwhere = { after = { find = [\"hardship\"], who = \"customer\" }, to = \"1 run\" }";
    let answered = |first: &str, second: &str| {
        format!("Agent: Acme.\nCustomer: My mother died.\nAgent: {first}\nCustomer: Four four one.\nAgent: {second}\n")
    };
    let (kind, plain) = ("I am sorry.", "What is the number there?");
    assert_eq!(verdict(rule, &answered(kind, plain)), Verdict::Pass);
    assert_eq!(verdict(rule, &answered(plain, kind)), Verdict::Fail);
}

#[test]
fn what_nobody_could_answer_is_no_occasion() {
    let call = "Agent: Acme.\nCustomer: My mother died. Goodbye.\n";
    for rule in [
        "find = [\"sorry\"]\nwho = \"agent\"\nwhere = { after = { find = [\"hardship\"], who = \"customer\" } }",
        "find = [\"sorry\"]\nwho = \"agent\"\neach = { find = [\"hardship\"], who = \"customer\" }",
        "steps = [{ find = [\"hardship\"], who = \"customer\" }, { find = [\"sorry\"] }]",
    ] {
        assert_eq!(verdict(rule, call), Verdict::NotApplicable, "{rule}");
        let heard = format!("{call}Agent: And the number?\n");
        assert_eq!(verdict(rule, &heard), Verdict::Fail, "{rule}");
    }
    // Who says it could go on: nothing behind the own last word is missing.
    let own = "find = [\"refund\"]\neach = { find = [\"sorry\"] }";
    assert_eq!(verdict(own, "Customer: So?\nAgent: I am sorry.\n"), Verdict::Fail);
}

#[test]
fn a_figure_is_no_surer_than_its_times() {
    let rule = "who = \"agent\"\nmeasure = { of = \"reply-gap\", min = \"0.5s\" }";
    let gap = |end: &str, start: &str| format!("0:00-{end} Customer: So?\n{start}-0:30 Agent: Well then.\n");
    assert_eq!(verdict(rule, &gap("0:10.0", "0:10.6")), Verdict::Pass);
    assert_eq!(verdict(rule, &gap("0:10.0", "0:10.4")), Verdict::Fail);
    // In whole seconds, 2 s are more than one and -1 s less than none; 0 and 1 may be either.
    assert_eq!(verdict(rule, &gap("0:10", "0:12")), Verdict::Pass);
    assert_eq!(verdict(rule, &gap("0:10", "0:09")), Verdict::Fail);
    assert_eq!(verdict(rule, &gap("0:10", "0:10")), Verdict::NotScorable);
    assert_eq!(verdict(rule, &gap("0:10", "0:11")), Verdict::NotScorable);
    // An end at reading speed is a guess.
    let no_ends = "0:00.0 Customer: So?\n0:10.4 Agent: Well then.\n";
    assert_eq!(verdict(rule, no_ends), Verdict::NotScorable);
    // What is sure decides before what is not.
    let two = "0:00-0:10 Customer: So?\n0:09-0:20 Agent: Well then.\n0:21-0:25 Customer: And?\n0:25-0:30 Agent: Yes indeed.\n";
    assert_eq!(verdict(rule, two), Verdict::Fail);
    let lenient = rule.replace(" }", ", misses = 1 }");
    assert_eq!(verdict(&lenient, two), Verdict::NotScorable);
    let anywhere = rule.replace(" }", ", anywhere = true }");
    assert_eq!(verdict(&anywhere, two), Verdict::NotScorable);
}

#[test]
fn the_own_name_of_the_caller_is_no_echo() {
    let rule = "who = \"agent\"\nmeasure = { of = \"echo\", min = 1, at = { find = [\"sorry\"] } }";
    let call = |said: &str| format!("Customer: My name is Ann Cole, my crib is cracked.\nAgent: I am sorry{said}.\n");
    assert_eq!(verdict(rule, &call(" about the crib")), Verdict::Pass);
    assert_eq!(verdict(rule, &call(", Mrs Cole")), Verdict::Fail);
}

#[test]
fn whose_words_matter_is_known_through_sets_and_places_too() {
    let nobody = "0:00-0:03 Speaker A: I am sorry.\n0:03-0:05 Speaker B: The refund, please.\n";
    for rule in [
        "who = \"any\"\nfind = [\"sorry\"]",
        "who = \"any\"\nfind = [\"hardship\"]\neach = { find = [\"sorry\"] }",
        "find = [\"sorry\"]\nwho = \"any\"\nwhere = { after = \"first-agent-word\" }",
        "measure = { of = \"overlap\", max = \"1s\" }",
    ] {
        assert_eq!(verdict(rule, nobody), Verdict::NotScorable, "{rule}");
    }
    let rule = "measure = { of = \"silence\", max = \"10s\" }";
    assert_eq!(verdict(rule, nobody), Verdict::Pass, "silence is nobody's");
}

#[test]
fn only_lone_hits_are_places_to_measure_from() {
    let rule = "find = [\"refund\"]\neach = { find = [\"sorry\"], alone = [\"refund\"] }";
    let call = "Agent: I am sorry about the refund.\nCustomer: Well.\n";
    assert_eq!(verdict(rule, call), Verdict::NotApplicable);
}

#[test]
fn what_can_never_come_out_is_told() {
    let text = r#"
[set.empty]
phrases = []
[set.unused]
phrases = ["a"]
[set.used]
phrases = ["b"]
[[rule]]
id = "clash"
title = "A set and free of it"
find = ["used", "empty"]
alone = ["used"]
[[rule]]
id = "always"
title = "No limit"
find = ["used"]
count = { min = 0 }
[[rule]]
id = "always-too"
title = "Two of two"
find = ["used", "empty"]
count = { max = 2, of = "sets" }
[[rule]]
id = "steps"
title = "Steps"
steps = [{ find = ["used"] }, { find = ["used"], apart = "run", within = "0 runs" }]
[[rule]]
id = "helper"
internal = true
find = ["used"]
"#;
    let book = load(text).unwrap_or_else(|p| panic!("{p}"));
    let told: Vec<(usize, String)> =
        unreachable(&book).into_iter().map(|n| (n.source.place(n.span.start).0, n.message)).collect();
    let expected = [
        (2, "[set.empty] has no phrase"),
        (4, "no rule uses [set.unused]"),
        (9, "clash: `used` is in `find` and in `alone`"),
        (14, "always: `min = 0`"),
        (19, "always-too: at most 2 of 2 sets"),
        (24, "steps: step 2: `apart"),
        (28, "helper: no rule uses this helper"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for ((line, why), (at, begins)) in told.iter().zip(expected) {
        assert_eq!(*line, at, "{why}");
        assert!(why.starts_with(begins), "{why}");
    }
}

#[test]
fn a_new_pack_passes_its_own_tests_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let heard = |args: &[&str]| common::run(folder.path(), args);
    for name in ["mine.toml", "our 'own' rules.toml", "übung.toml"] {
        let made = heard(&["rules", "new", name]);
        assert_eq!(made.status.code(), Some(0), "{name}: {made:?}");
        let tested = heard(&["rules", "test", name]);
        assert_eq!(tested.status.code(), Some(0), "{name}: {tested:?}");
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        let parsed: toml_edit::DocumentMut = text.parse().unwrap();
        let stem = name.trim_end_matches(".toml");
        assert_eq!(parsed["pack"]["name"].as_str(), Some(stem));
        assert!(!text.contains("{file}") && !text.contains("{name}"), "{text}");
        // What is there stays as it is.
        let again = heard(&["rules", "new", name]);
        assert_eq!(again.status.code(), Some(2), "{name}");
    }
    for name in ["mine.txt", "mine", "no-such-folder/mine.toml"] {
        assert_eq!(heard(&["rules", "new", name]).status.code(), Some(2), "{name}");
        assert!(!folder.path().join(name).exists());
    }
}

#[test]
fn each_hit_may_have_what_it_needs_before_it() {
    let rule = |each: &str| {
        format!(
            "who = \"agent\"\nfind = [\"sorry\"]\neach = {{ find = [\"refund\"], {each} }}\nwhere = {{ to = \"3 words\" }}\n"
        )
    };
    let words = rule("before = \"4 words\"");
    for (call, expect) in [
        ("Agent: I'm sorry about the refund.", Verdict::Pass),
        ("Agent: The refund is late, sorry.", Verdict::Pass),
        ("Agent: The refund is very late now, sorry.", Verdict::Fail),
        // One for the first is none for the second.
        ("Agent: I'm sorry about the refund. It is on its way to you, and so is the other refund.", Verdict::Fail),
        // The customer's words are not the agent's.
        (
            "Agent: I am sorry.\nCustomer: So am I, and it was a long time ago.\nAgent: The refund is late.",
            Verdict::Pass,
        ),
        ("Agent: Good day.\nCustomer: I am sorry.\nAgent: The refund is late.", Verdict::Fail),
        ("Agent: The parcel is late.", Verdict::NotApplicable),
    ] {
        assert_eq!(verdict(&words, call), expect, "{call}");
    }
    let run = rule("before = \"1 run\"");
    let long = "I'm sorry that it took us so very long to see to it. The refund is on its way.";
    assert_eq!(verdict(&run, &format!("Agent: {long}")), Verdict::Pass);
    let apart = long.replace(". ", ".\nCustomer: I do not see that at all.\nAgent: ");
    assert_eq!(verdict(&run, &format!("Agent: {apart}")), Verdict::Fail);
    let two = rule("before = \"2 runs\"");
    assert_eq!(verdict(&two, &format!("Agent: {apart}")), Verdict::Pass);
    let timed = "0:00-0:02 Agent: I am sorry.\n0:08-0:10 Agent: The refund is late.";
    assert_eq!(verdict(&rule("before = \"10s\""), timed), Verdict::Pass);
    assert_eq!(verdict(&rule("before = \"5s\""), timed), Verdict::Fail);
    let untimed = "Agent: I am sorry.\nAgent: The refund is late.";
    assert_eq!(verdict(&rule("before = \"5s\""), untimed), Verdict::NotScorable);
}

#[test]
fn what_comes_before_each_hit_is_said_once() {
    let rule = "[[rule]]\nid = \"r\"\ntitle = \"R\"\nwho = \"agent\"\nfind = [\"sorry\"]\n";
    let example = "[[rule.example]]\nexpect = \"pass\"\ncall = \"Agent: Sorry.\"\n";
    for (each, window, message) in [
        ("-4 words", "to = \"3 words\"", "`before` counts back"),
        ("10%", "to = \"3 words\"", "`before` counts back"),
        ("4 words", "from = \"1 words\"", "both say where the window begins"),
        ("4 words", "to = \"-3 words\"", "both say where the window begins"),
    ] {
        let text = format!(
            "{SETS}{rule}each = {{ find = [\"refund\"], before = \"{each}\" }}\nwhere = {{ {window} }}\n{example}"
        );
        let told = mistakes(&text);
        assert!(told.len() == 1 && told[0].1.contains(message) && !told[0].2.is_empty(), "{told:?}");
    }
}

#[test]
fn a_place_may_want_silence_behind_it() {
    let rule = "who = \"agent\"\nfind = [\"sorry\"]\neach = { find = [\"refund\"], silence = \"30s\" }\nwhere = { to = \"1 run\" }\n";
    let call = |again: &str, back: &str| {
        format!(
            "0:00-0:05 Agent: The refund is late.\n{again} Customer: Okay, I will wait for it then.\n{back} Agent: Here it is now.\n"
        )
    };
    for (again, back, expect) in [
        ("0:06-0:08", "0:38-0:40", Verdict::Fail),
        ("0:06-0:08", "0:37-0:40", Verdict::NotApplicable),
        // The customer who goes on talking leaves no silence.
        ("0:06-0:30", "0:38-0:40", Verdict::NotApplicable),
        // The customer's own silence is not the agent's.
        ("0:40-0:42", "0:43-0:45", Verdict::NotApplicable),
    ] {
        assert_eq!(verdict(rule, &call(again, back)), expect, "{again} {back}");
    }
    let sorry = call("0:06-0:08", "0:38-0:40").replace("Here", "Sorry, here");
    assert_eq!(verdict(rule, &sorry), Verdict::Pass);
    let one_turn_after_another = "0:00-0:05 Agent: The refund is late.\n0:36-0:40 Agent: Here it is now.\n";
    assert_eq!(verdict(rule, one_turn_after_another), Verdict::Fail);
    let untimed = "Agent: The refund is late.\nCustomer: Okay.\nAgent: Here it is now.\n";
    assert_eq!(verdict(rule, untimed), Verdict::NotApplicable);
    let never_back = "0:00-0:05 Agent: The refund is late.\n2:00-2:05 Customer: Are you there?\n";
    assert_eq!(verdict(rule, never_back), Verdict::NotApplicable);
    let text = format!(
        "{SETS}[[rule]]\nid = \"r\"\ntitle = \"R\"\nfind = [\"sorry\"]\neach = {{ find = [\"refund\"], silence = \"3 words\" }}\n[[rule.example]]\nexpect = \"pass\"\ncall = \"Agent: Sorry.\"\n"
    );
    let told = mistakes(&text);
    assert!(told.len() == 1 && told[0].1.contains("`silence` is a time"), "{told:?}");
}

#[test]
fn what_a_call_does_not_tell_is_no_occasion() {
    let calls = [
        ("Agent: Sorry.\nCustomer: Fine.\n", [Verdict::NotApplicable, Verdict::Pass]),
        ("0:00 Agent: Sorry.\n2:00 Customer: Fine.\n", [Verdict::Pass, Verdict::NotApplicable]),
    ];
    for (call, [long, short]) in calls {
        let find = "find = [\"sorry\"]\n";
        let rule = format!("{find}when = {{ duration = {{ min = \"1m\" }} }}\n");
        assert_eq!(verdict(&rule, call), long, "{call}");
        let rule = format!("{find}when = {{ not = {{ duration = {{ min = \"1m\" }} }} }}\n");
        assert_eq!(verdict(&rule, call), short, "{call}");
    }
}
