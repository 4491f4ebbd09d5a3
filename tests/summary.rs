//! `heard summary`: halves make the report of the whole, in every output; what changed; names hidden; reports narrowed.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::{piped, printed, run, said};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Outputs that hold all there is to say, by extension.
const OUTPUTS: [&str; 6] = ["jsonl", "json", "csv", "md", "xlsx", "sarif"];

/// Calls of three agents and two queues over a week; those of one agent are without empathy.
fn calls(count: usize) -> String {
    let mut lines = String::new();
    for k in 0..count {
        let agent = ["Jo Smith", "Ann Bell", "Ben Okoye"][k % 3];
        let first = agent.split(' ').next().unwrap();
        let trouble = ["my order", "the heating", "a parcel", "the bill"][k % 4];
        let answer = match (agent, k % 4) {
            ("Jo Smith", _) => "What is the number on it?".to_owned(),
            ("Ann Bell", _) => "I'm so sorry to hear about all of that.".to_owned(),
            (_, 0) => "One moment.".to_owned(),
            _ => format!("I'm so sorry that {trouble} gave you so much trouble, Mary."),
        };
        let call = json!({
            "call": format!("c-{k:03}-{}", first.to_lowercase()), "agent": agent, "customer": "Mary Weston",
            "queue": if k % 2 == 0 { "billing" } else { "delivery" },
            "started": format!("2026-05-{:02}T{:02}:15:00Z", 4 + k % 5, 8 + k % 4),
            "meta": {"csat": if agent == "Jo Smith" { 2 + k % 2 } else { 4 + k % 2 }, "fcr": if k % 5 == 0 { "no" } else { "yes" },
                "script_version": if k < count / 2 { "v1" } else { "v2" }, "note": format!("handled by {agent}")},
            "turns": [
                {"speaker": "agent", "name": first, "start_s": 0.0, "end_s": 3.0, "text": format!("Thanks for calling Acme, this is {first}.")},
                {"speaker": "customer", "start_s": 3.5, "end_s": 7.0, "text": format!("Hi, it's Mary Weston, {trouble} is broken and I'm really upset.")},
                {"speaker": "agent", "name": first, "start_s": 7.5, "end_s": 10.0, "text": answer},
                {"speaker": "customer", "start_s": 10.5, "end_s": 12.0, "text": "Okay."},
                {"speaker": "agent", "name": first, "start_s": 12.5, "end_s": 15.0, "text": "I've sent you a new one, it arrives on Friday."},
                {"speaker": "agent", "name": first, "start_s": 15.5, "end_s": 17.0, "text": "Have a lovely day, Mary."},
            ],
        });
        lines.push_str(&call.to_string());
        lines.push('\n');
    }
    lines
}

/// A folder with calls and their results, whole and in halves.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("calls.jsonl"), calls(60)).unwrap();
    let mut args = vec!["audit", "calls.jsonl", "--rules", "full", "--outcome", "csat,fcr"];
    let files: Vec<String> = OUTPUTS.iter().map(|e| format!("whole.{e}")).collect();
    args.extend(files.iter().flat_map(|file| ["-o", file.as_str()]));
    args.extend(["-o", "csv-findings:whole.findings"]);
    printed(&run(folder.path(), &args));
    let results = fs::read_to_string(folder.path().join("whole.jsonl")).unwrap();
    let lines: Vec<&str> = results.lines().collect();
    fs::write(folder.path().join("a.jsonl"), lines[..23].join("\n")).unwrap();
    fs::write(folder.path().join("b.jsonl"), lines[23..].join("\n") + "\n\n").unwrap();
    folder
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap()
}

#[test]
fn halves_make_the_report_of_the_whole_in_every_output() {
    let folder = folder();
    let at = folder.path();
    let mut args = vec!["summary", "a.jsonl", "b.jsonl", "--outcome", "csat,fcr"];
    let files: Vec<String> = OUTPUTS.iter().map(|e| format!("both.{e}")).collect();
    args.extend(files.iter().flat_map(|file| ["-o", file.as_str()]));
    args.extend(["-o", "csv-findings:both.findings"]);
    let text = printed(&run(at, &args)).to_owned();
    // The audit points at lines of the calls' file, which results do not hold.
    run(at, &["summary", "whole.jsonl", "--outcome", "csat,fcr", "-o", "whole.sarif"]);
    for extension in OUTPUTS.into_iter().chain(["findings"]) {
        let same = bytes(at, &format!("whole.{extension}")) == bytes(at, &format!("both.{extension}"));
        assert!(same, "{extension} of the halves is another one than that of the whole");
    }
    let whole = run(at, &["summary", "whole.jsonl", "--outcome", "csat,fcr"]);
    assert_eq!(text, printed(&whole));
    // The figures are those of the audit, too.
    let audit = run(at, &["audit", "calls.jsonl", "--rules", "full", "--summary", "--outcome", "csat,fcr"]);
    let summary = run(at, &["summary", "b.jsonl", "a.jsonl", "--summary", "--outcome", "csat,fcr"]);
    assert_eq!(printed(&audit), printed(&summary));
    let stream = piped(at, &["summary", "-", "--summary", "--outcome", "csat,fcr"], bytes(at, "whole.jsonl"));
    assert_eq!(printed(&stream), printed(&summary));
}

#[test]
fn the_report_says_what_a_team_looks_at() {
    let folder = folder();
    let shown = run(folder.path(), &["summary", "whole.jsonl", "--outcome", "csat,fcr"]);
    let shown = printed(&shown);
    for part in [
        "60 calls · mean score",
        "heard within 15 s ",
        "By day, 2026-05-04 to 2026-05-08",
        "Queues: heard within 15 s",
        "Script versions: heard within 15 s",
        "Worth coaching, by name",
        "Jo Smith: ",
        "as Ann Bell did: \"I'm so sorry to hear about",
        "rehearsed: \"i'm so sorry to hear about all of that\" in 20 of 20 calls",
        "load: 20 calls with a hardship in 5 days",
        "Outcome csat: 60 calls with a value",
        "early-statement: 4.",
        "This shows what goes together, not what causes what",
        "The 20 worst of 60 calls",
        "40 more calls: --all prints them here",
    ] {
        assert!(shown.contains(part), "{part:?} is missing in\n{shown}");
    }
    let praise = shown.find("Worth praise").unwrap();
    assert!(praise < shown.find("Worth coaching").unwrap() && praise < shown.find("The 20 worst").unwrap());
    let all = run(folder.path(), &["summary", "whole.jsonl", "--all"]);
    assert_eq!(printed(&all).matches(" · customer Mary Weston").count(), 60);
    let alone = run(folder.path(), &["summary", "whole.jsonl", "--summary"]);
    assert!(!printed(&alone).contains("customer Mary Weston"));
}

#[test]
fn what_changed_is_said_with_intervals() {
    let folder = folder();
    let at = folder.path();
    let args = ["summary", "b.jsonl", "--against", "a.jsonl", "-o", "c.json", "-o", "c.xlsx", "-o", "c.md"];
    let shown = run(at, &args);
    let shown = printed(&shown);
    assert!(shown.contains("What changed since 23 earlier calls") && shown.contains("(95 % interval"), "{shown}");
    let report: Value = serde_json::from_slice(&bytes(at, "c.json")).unwrap();
    let changes = &report["rollup"]["changes"];
    assert_eq!((&changes["calls_before"], &report["rollup"]["calls"]), (&json!(23), &json!(37)));
    let early = &changes["heard_early"];
    assert_eq!(early["now"]["of"].as_u64().unwrap() + early["before"]["of"].as_u64().unwrap(), 60);
    assert!(early["more_now"]["low"].as_f64().unwrap() < early["more_now"]["high"].as_f64().unwrap());
    assert!(String::from_utf8(bytes(at, "c.md")).unwrap().contains("### What changed since 23 earlier calls"));
}

#[test]
fn outcomes_are_rows_of_a_table() {
    let folder = folder();
    let args = ["summary", "whole.jsonl", "--outcome", "csat,fcr", "--format"];
    let printed = |format: &str| printed(&run(folder.path(), &[&args[..], &[format]].concat())).to_owned();
    let report: Value = serde_json::from_str(&printed("json")).unwrap();
    let mut wanted = Vec::new();
    for outcome in report["rollup"]["outcomes"].as_array().unwrap() {
        for rule in outcome["rules"].as_array().unwrap() {
            let of = |key: &str, value: &str| rule[key][value].as_f64();
            wanted.push((
                outcome["outcome"].as_str().unwrap().to_owned(),
                rule["rule"].as_str().unwrap().to_owned(),
                [
                    of("passed", "n"),
                    of("passed", "mean"),
                    of("failed", "n"),
                    of("failed", "mean"),
                    of("more_when_passed", "difference"),
                    of("more_when_passed", "low"),
                    of("more_when_passed", "high"),
                ],
            ));
        }
    }
    assert!(wanted.iter().any(|(outcome, ..)| outcome == "fcr"), "{wanted:?}");
    let table = printed("csv-outcomes");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(rows.headers().unwrap().iter().next(), Some("outcome"));
    let rows = rows.records().map(|row| {
        let row = row.unwrap();
        let number = |k: usize| row[k].parse().ok();
        (row[0].to_owned(), row[1].to_owned(), [3, 4, 5, 6, 7, 8, 9].map(number))
    });
    assert_eq!(rows.collect::<Vec<_>>(), wanted);
}

#[test]
fn reports_are_narrowed() {
    let folder = folder();
    let at = folder.path();
    let of = |args: &[&str]| -> Value {
        let all = [&["summary", "whole.jsonl", "--format", "json"], args].concat();
        serde_json::from_str(printed(&run(at, &all))).unwrap()
    };
    let jo = of(&["--agent", "smith, jo"]);
    assert_eq!(jo["rollup"]["calls"], 20);
    assert!(jo["calls"].as_array().unwrap().iter().all(|call| call["agent"] == "Jo Smith"));
    assert_eq!(of(&["--agent", "Jo", "--queue", "Billing"])["rollup"]["calls"], 10);
    let rule = of(&["--rule", "early-statement,warm-close"]);
    let call = &rule["calls"][0];
    assert_eq!(call["results"].as_array().unwrap().len(), 2);
    assert_eq!((rule["rollup"]["rules"].as_array().unwrap().len(), &rule["rollup"]["scored"]), (2, &json!(60)));
    let audit = run(
        at,
        &["audit", "calls.jsonl", "--rules", "full", "--rule", "early-statement,warm-close", "--format", "json"],
    );
    let audit: Value = serde_json::from_str(printed(&audit)).unwrap();
    assert_eq!(audit, rule);
    let typo = run(at, &["summary", "whole.jsonl", "--rule", "early-statment"]);
    assert_eq!(typo.status.code(), Some(2));
    assert!(said(&typo).contains("did you mean `early-statement`?"), "{}", said(&typo));
    let nobody = run(at, &["audit", "calls.jsonl", "--agent", "Nobody"]);
    assert!(said(&nobody).contains("no call is left"), "{}", said(&nobody));
    let rows = run(at, &["summary", "whole.jsonl", "--summary", "--format", "csv"]);
    assert!(
        rows.status.code() == Some(2) && said(&rows).contains("formats that do: text, html, json, csv-outcomes, xlsx"),
        "{}",
        said(&rows)
    );
}

/// Twenty calls of each agent: nobody is ranked by fewer calls than were asked for, and nobody unless asked.
#[test]
fn agents_are_ranked_for_who_asks() {
    let folder = folder();
    let report = |rank: &[&str], format: &str| {
        let args = [&["summary", "whole.jsonl", "--summary", "--format", format], rank].concat();
        printed(&run(folder.path(), &args)).to_owned()
    };
    let order = |text: &str| {
        let list = text.split("\nAgents, ").nth(1).unwrap();
        let lines = list.lines().filter(|line| line.contains(": 20 calls, "));
        lines.map(|line| line.trim().split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(order(&report(&[], "text")), ["Ann Bell", "Ben Okoye", "Jo Smith"]);
    assert_eq!(order(&report(&["--rank"], "text")), ["1. Ann Bell", "2. Ben Okoye", "3. Jo Smith"]);
    assert_eq!(order(&report(&["--rank=21"], "text")), ["Ann Bell", "Ben Okoye", "Jo Smith"]);
    let (by_name, ranked) = (report(&[], "markdown"), report(&["--rank"], "markdown"));
    assert!(by_name.contains("\n| Jo Smith | 20 |") && by_name.contains("Agents, by name"), "{by_name}");
    assert!(ranked.contains("\n| 3\\. Jo Smith | 20 |") && ranked.contains("Ranked are agents with at least 10 calls"));
    let (by_name, ranked) = (report(&[], "html"), report(&["--rank"], "html"));
    assert!(by_name.contains("By name, not by rank.") && !by_name.contains("<small>place "));
    assert!(ranked.contains("Ranked are agents") && ranked.contains("<small>place 3</small>"));
    let sheet = |rank: &[&str]| {
        printed(&run(folder.path(), &[&["summary", "whole.jsonl", "-o", "rank.xlsx", "-q"], rank].concat()));
        let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("rank.xlsx")).unwrap();
        let agents = calamine::Reader::worksheet_range(&mut book, "Agents").unwrap();
        agents.rows().map(|row| format!("{} {}", row[0], row[row.len() - 1])).collect::<Vec<_>>()
    };
    assert!(!sheet(&[])[0].contains("place"));
    assert_eq!(sheet(&["--rank"]), ["agent place", "Ann Bell 1", "Ben Okoye 2", "Jo Smith 3"]);
}

/// Calls came from Monday to Friday.
#[test]
fn weekdays_are_in_every_report_for_people() {
    let folder = folder();
    let files = ["-o", "days.md", "-o", "days.html", "-o", "days.xlsx"];
    let shown = run(folder.path(), &[&["summary", "whole.jsonl", "--summary"], &files[..]].concat());
    let text = printed(&shown);
    assert!(text.contains("By weekday, Monday to Sunday\n  calls              █████▁▁ at most 12"), "{text}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("days.md").contains("\n| Tuesday | 12 |") && read("days.md").contains("\n| 09:00 | 15 |"));
    assert!(read("days.html").contains("By weekday"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("days.xlsx")).unwrap();
    let mut column = |name: &str| {
        let sheet = calamine::Reader::worksheet_range(&mut book, name).unwrap();
        sheet.rows().skip(1).map(|row| format!("{} {}", row[0], row[1])).collect::<Vec<_>>()
    };
    assert_eq!(column("Weekdays"), ["Monday 12", "Tuesday 12", "Wednesday 12", "Thursday 12", "Friday 12"]);
    assert_eq!(column("Hours"), ["08:00 15", "09:00 15", "10:00 15", "11:00 15"]);
}

#[test]
fn nobody_is_named_in_any_output() {
    let folder = folder();
    let at = folder.path();
    let mut args = vec!["audit", "calls.jsonl", "--rules", "full", "--anonymous", "--all"];
    let files: Vec<String> = OUTPUTS.iter().map(|e| format!("hidden.{e}")).collect();
    args.extend(files.iter().flat_map(|file| ["-o", file.as_str()]));
    args.extend(["-o", "csv-findings:hidden.findings", "-o", "junit:hidden.xml", "-o", "github:hidden.log"]);
    let text = printed(&run(at, &args)).to_owned();
    let mut all = vec![("text".to_owned(), text)];
    for extension in OUTPUTS.into_iter().chain(["findings", "xml", "log"]).filter(|e| *e != "xlsx") {
        all.push((extension.to_owned(), String::from_utf8(bytes(at, &format!("hidden.{extension}"))).unwrap()));
    }
    let mut book = zip::ZipArchive::new(fs::File::open(at.join("hidden.xlsx")).unwrap()).unwrap();
    for k in 0..book.len() {
        let mut part = book.by_index(k).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        all.push((format!("xlsx part {k}"), text));
    }
    for (what, text) in &all {
        let lower = text.to_lowercase();
        for name in ["smith", "bell", "okoye", "weston", "mary", "jo ", "ben ", "-jo", "-ann"] {
            let at = lower.find(name).map(|at| &lower[at.saturating_sub(60)..(at + 40).min(lower.len())]);
            assert!(at.is_none(), "{what} holds {name}: {at:?}");
        }
    }
    // The same pseudonyms again, out of the results and whatever else is read.
    let results = run(at, &["summary", "whole.jsonl", "--anonymous", "--format", "csv"]);
    let hidden = String::from_utf8(bytes(at, "hidden.csv")).unwrap();
    assert_eq!(printed(&results), hidden);
    let agents: std::collections::BTreeSet<&str> = hidden.lines().skip(1).filter_map(|l| l.split(',').nth(2)).collect();
    assert_eq!(agents.len(), 3);
    assert!(agents.iter().all(|agent| agent.starts_with("Agent ")), "{agents:?}");
    // What judged, and what was said, is the same call still.
    let digest = |name: &str| -> Vec<Value> {
        let text = String::from_utf8(bytes(at, name)).unwrap();
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["digest"].clone()).collect()
    };
    assert_eq!(digest("whole.jsonl"), digest("hidden.jsonl"));
}

#[test]
fn what_is_no_result_is_named_and_costs_itself() {
    let folder = folder();
    let at = folder.path();
    let mut results = String::from_utf8(bytes(at, "a.jsonl")).unwrap();
    results.push_str(
        "\n{\"schema\":\"heard.call/1\",\"record\":0,\"source\":\"x\",\"error\":\"torn\"}\n{\"schema\":\"hea",
    );
    fs::write(at.join("torn.jsonl"), results).unwrap();
    let torn = run(at, &["summary", "torn.jsonl", "--format", "json"]);
    assert_eq!(torn.status.code(), Some(3));
    assert!(said(&torn).contains("torn.jsonl, record 24 (counted from 0): is no result of a call"), "{}", said(&torn));
    let report: Value = serde_json::from_slice(&torn.stdout).unwrap();
    assert_eq!((&report["rollup"]["calls"], &report["rollup"]["unreadable"]), (&json!(23), &json!(1)));
    assert_eq!(run(at, &["summary", "torn.jsonl", "--lenient"]).status.code(), Some(0));
    for (path, remedy) in [
        ("calls.jsonl", "holds no results of calls; heard audit calls/ -o FILE.jsonl writes them"),
        ("whole.json", "is a report in one piece"),
        ("absent.jsonl", "absent.jsonl: "),
        (".", "is a folder; name the files of results in it"),
    ] {
        let wrong = run(at, &["summary", "a.jsonl", path]);
        assert_eq!(wrong.status.code(), Some(2), "{path}");
        assert!(said(&wrong).contains(remedy), "{path}: {}", said(&wrong));
    }
    let hostile = [
        r#"{"schema":"heard.call/1","record":0,"source":"s","call":"c","turns":18446744073709551615,"results":[]}"#,
        r#"{"schema":"heard.call/1","record":0,"source":"s","call":"c","score":1e9,"band":"good","passed":true}"#,
        r#"{"schema":"heard.call/1","record":0,"source":"s","call":"c","results":[{"rule":"r","severity":"major","section":null,"weight":4294967295,"verdict":"fail","grade":null,"near":false,"basis":null,"reason":"x","why":"","advice":null,"evidence":[{"turn":4294967295,"sentence":0,"speaker":"agent","start_s":null,"end_s":null,"quote":"q","tags":["t"]}]}]}"#,
        "[]",
    ];
    fs::write(at.join("hostile.jsonl"), hostile.join("\n")).unwrap();
    let hostile = run(at, &["summary", "hostile.jsonl", "--format", "json", "-o", "h.xlsx", "-o", "h.md"]);
    assert_eq!(hostile.status.code(), Some(3), "{}", said(&hostile));
    assert_eq!(serde_json::from_slice::<Value>(&hostile.stdout).unwrap()["rollup"]["calls"], 2);
}
