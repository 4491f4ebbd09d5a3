//! `heard check` from outside: places recomputed from the files, formats read by strict readers, old states, baselines.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const BEFORE: &str = "examples/scripts/before";
const AFTER: &str = "examples/scripts/after";

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn heard(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_heard"))
        .current_dir(folder)
        .args(args)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "200")
        .output()
        .unwrap()
}

fn ran(folder: &Path, args: &[&str], code: i32) -> (String, String) {
    let out = heard(folder, args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out_text, err) = (text(out.stdout), text(out.stderr));
    assert_eq!(
        out.status.code(),
        Some(code),
        "heard {}\n{out_text}\n{err}",
        args.join(" ")
    );
    (out_text, err)
}

fn jsonl(folder: &Path, args: &[&str], code: i32) -> Vec<Value> {
    let all: Vec<&str> = [&["check", "--format", "jsonl"], args].concat();
    let (out, _) = ran(folder, &all, code);
    out.lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

fn verdict<'v>(path: &'v Value, rule: &str) -> &'v Value {
    let results = path["results"].as_array().unwrap();
    results.iter().find(|r| r["rule"] == rule).unwrap()
}

const SCRIPT: &str = "# Lost card

Thank you for calling Harbour Bank, my name is [Agent Name].

May I have your account number, your date of birth and the answer to your security question, please? I will read all of it back to you when you are done, one after the other.

I'd be happy to help you.

## If the customer is upset

Calm down. I have blocked the card.

## Close

Thank you, have a good day.
";

#[test]
fn a_late_statement_is_told_with_its_seconds_and_its_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("card.md"), SCRIPT).unwrap();
    let (out, _) = ran(folder.path(), &["check", "card.md"], 1);
    assert!(
        out.contains("the first one comes after 18 s when read at 150 words a minute, in line 7"),
        "{out}"
    );
    assert!(out.contains("card.md:11:1: major: "), "{out}");
    let slow = ran(folder.path(), &["check", "card.md", "--wpm", "75"], 1).0;
    assert!(
        slow.contains("after 36 s when read at 75 words a minute"),
        "{slow}"
    );
    let fast = ran(
        folder.path(),
        &["check", "card.md", "--wpm", "300", "-v"],
        1,
    )
    .0;
    assert!(fast.contains("✓ pass  early-statement"), "{fast}");
}

#[test]
fn jsonl_is_a_call_a_path_with_places() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("card.md"), SCRIPT).unwrap();
    let paths = jsonl(folder.path(), &["card.md"], 1);
    let ids: Vec<&Value> = paths.iter().map(|p| &p["call"]).collect();
    assert_eq!(ids, ["card > If the customer is upset", "card"]);
    let lines: Vec<&str> = SCRIPT.lines().collect();
    let mut places = 0;
    for path in &paths {
        assert_eq!(path["schema"], "heard.call/1");
        assert_eq!(path["format"], "script");
        for result in path["results"].as_array().unwrap() {
            if !result["basis"].is_null() {
                assert!(["estimated", "turns"].contains(&result["basis"].as_str().unwrap()));
            }
            for evidence in result["evidence"].as_array().unwrap() {
                assert_eq!(evidence["file"], "card.md");
                let line = lines[evidence["line"].as_u64().unwrap() as usize - 1];
                let there: String = line
                    .chars()
                    .skip(evidence["column"].as_u64().unwrap() as usize - 1)
                    .collect();
                let quote = evidence["quote"].as_str().unwrap();
                let word = there.split(' ').next().unwrap();
                assert!(
                    !word.is_empty() && quote.contains(word),
                    "{quote} at {there}"
                );
                places += 1;
            }
        }
    }
    assert!(places > 10);
    assert_eq!(verdict(&paths[0], "no-invalidating")["verdict"], "fail");
    assert_eq!(verdict(&paths[1], "no-invalidating")["verdict"], "pass");
    assert_eq!(
        verdict(&paths[1], "name-usage")["verdict"],
        "fail",
        "the agent's name is none"
    );
}

#[test]
fn comments_allow_with_a_reason_and_are_needed() {
    let folder = tempfile::tempdir().unwrap();
    let write = |text: &str| fs::write(folder.path().join("s.md"), text).unwrap();
    let text = |comment: &str| {
        format!(
            "Thank you for calling. I'd be happy to help you, {{name}}.\n\n{comment}\nCalm down.\n\nThank you for calling.\n"
        )
    };
    write(&text(
        "<!-- heard: allow no-invalidating: approved by legal -->",
    ));
    let paths = jsonl(folder.path(), &["s.md"], 0);
    let result = verdict(&paths[0], "no-invalidating");
    assert_eq!(
        (&result["verdict"], &result["reason"]),
        (&"not-applicable".into(), &"allowed".into())
    );
    assert!(
        result["why"]
            .as_str()
            .unwrap()
            .contains("approved by legal")
    );
    for (comment, reason) in [
        ("<!-- heard: allow no-invalidating -->", "no-reason"),
        ("<!-- heard: allow warm-close: because -->", "unused"),
        ("<!-- heard: allow warm-closs: because -->", "unknown-rule"),
        ("<!-- heard: allow: because -->", "no-rule"),
    ] {
        write(&text(comment));
        let paths = jsonl(folder.path(), &["s.md"], 1);
        let results = paths[0]["results"].as_array().unwrap();
        let found = results
            .iter()
            .find(|r| r["reason"] == reason)
            .unwrap_or_else(|| panic!("{comment}: {results:?}"));
        let evidence = &found["evidence"][0];
        assert_eq!(
            (&evidence["line"], &evidence["column"]),
            (&3.into(), &1.into())
        );
    }
}

#[test]
fn the_example_change_goes_red_where_it_lost_something() {
    ran(top(), &["check", BEFORE], 0);
    let (out, _) = ran(top(), &["check", "--against", BEFORE, AFTER], 1);
    for said in [
        "billing-complaint.md:23:3: worse: In a complaint",
        "billing-complaint.md:13:10: worse: At least one statement stands alone",
        "delivery.md:15:16: worse: A hold is asked for",
        "power-cut.txt:3:8: better: ",
        "5 got worse (4 major, 1 minor)",
    ] {
        assert!(out.contains(said), "{said}\n{out}");
    }
    assert!(!out.contains("objections.md"), "nothing changed there");
    let (same, _) = ran(top(), &["check", "--against", AFTER, AFTER], 0);
    assert!(same.contains("nothing got worse"), "{same}");
    // A minor loss is a loss.
    ran(
        top(),
        &[
            "check",
            "--against",
            AFTER,
            BEFORE,
            "--select",
            "genuine-language",
        ],
        1,
    );
    ran(
        top(),
        &[
            "check",
            "--against",
            AFTER,
            BEFORE,
            "--select",
            "genuine-language",
            "--fail-on",
            "major",
        ],
        0,
    );
}

fn git(folder: &Path, args: &[&str]) {
    let out = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(args)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "git {args:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
}

#[test]
fn a_revision_is_read_through_git() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("scripts")).unwrap();
    let good =
        "Thank you for calling. I'd be happy to help you, {name}.\n\nThank you for calling.\n";
    fs::write(at.join("scripts/a.md"), good).unwrap();
    fs::write(at.join("scripts/b.md"), format!("# B\n\n{good}")).unwrap();
    git(at, &["init", "-q"]);
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "one"]);
    ran(at, &["check", "--against-rev", "HEAD", "scripts"], 0);
    // Lines move, and nothing else: fine. A new name: the same script.
    fs::write(at.join("scripts/a.md"), format!("# Title\n\n\n{good}")).unwrap();
    git(at, &["mv", "scripts/b.md", "scripts/c.md"]);
    ran(at, &["check", "--against-rev", "HEAD", "scripts"], 0);
    fs::write(
        at.join("scripts/a.md"),
        "# Title\n\nMay I have your number, {name}?\n\nThank you for calling.\n",
    )
    .unwrap();
    let (out, _) = ran(at, &["check", "--against-rev", "HEAD", "scripts/a.md"], 1);
    assert!(out.contains("a.md:3:1: worse: "), "{out}");
    ran(
        &at.join("scripts"),
        &["check", "--against-rev", "HEAD", "a.md"],
        1,
    );
    for (rev, said) in [
        ("no-such", "git knows no such revision"),
        ("--all", "this is no revision"),
    ] {
        let rev = format!("--against-rev={rev}");
        assert!(ran(at, &["check", &rev, "scripts"], 2).1.contains(said));
    }
}

#[test]
fn a_baseline_accepts_today_and_gates_tomorrow() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("card.md"), SCRIPT).unwrap();
    assert!(
        ran(at, &["check", "card.md", "--baseline", "b.json"], 2)
            .1
            .contains("--write-baseline")
    );
    ran(
        at,
        &[
            "check",
            "card.md",
            "--baseline",
            "b.json",
            "--write-baseline",
        ],
        0,
    );
    let (out, _) = ran(at, &["check", "card.md", "--baseline", "b.json"], 0);
    assert!(
        out.contains("nothing fell short") && out.contains("known by the baseline"),
        "{out}"
    );
    // From anywhere, and wherever the lines are.
    fs::write(at.join("card.md"), format!("\n\n{SCRIPT}")).unwrap();
    let file = at.join("card.md");
    let baseline = at.join("b.json");
    ran(
        top(),
        &[
            "check",
            file.to_str().unwrap(),
            "--baseline",
            baseline.to_str().unwrap(),
        ],
        0,
    );
    // One more phrase is new, though the rule failed before.
    let worse = SCRIPT.replace("Calm down.", "Calm down. You should have called us.");
    fs::write(at.join("card.md"), worse).unwrap();
    let (out, _) = ran(at, &["check", "card.md", "--baseline", "b.json"], 1);
    assert!(out.contains("no-invalidating"), "{out}");
    // What is repaired is said.
    fs::write(at.join("card.md"), SCRIPT.replace("Calm down. ", "")).unwrap();
    let (out, _) = ran(at, &["check", "card.md", "--baseline", "b.json"], 0);
    assert!(
        out.contains("no longer applies: no-invalidating in card.md"),
        "{out}"
    );
    fs::write(at.join("b.json"), "{}").unwrap();
    assert!(
        ran(at, &["check", "card.md", "--baseline", "b.json"], 2)
            .1
            .contains("is no baseline")
    );
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("bad.md"), b"caf\xe9").unwrap();
    fs::write(at.join("empty.txt"), "# Only a title\n").unwrap();
    fs::write(
        at.join("good.md"),
        "I'd be happy to help you, {name}. Thank you for calling.\n",
    )
    .unwrap();
    fs::write(at.join("image.png"), b"\x89PNG").unwrap();
    let (out, err) = ran(at, &["check", "."], 3);
    assert!(
        err.contains("UTF-8 at byte 3") && err.contains("nothing in it is spoken"),
        "{err}"
    );
    assert!(out.contains("2 could not be read"), "{out}");
    ran(at, &["check", ".", "--lenient"], 0);
    ran(at, &["check", "nowhere.md"], 2);
}

#[test]
fn too_many_paths_are_cut_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let branch =
        |n: usize| format!("If it is {n}:\n    Sure, number {n}.\nOtherwise:\n    I see.\nGood.\n");
    let text: String = (0..12).map(branch).collect();
    fs::write(
        folder.path().join("s.txt"),
        format!("I'd be happy to help you, {{name}}.\n{text}Thank you for calling.\n"),
    )
    .unwrap();
    let (out, err) = ran(folder.path(), &["check", "s.txt"], 0);
    assert!(
        err.contains("4096 paths, 64 of them checked; every branch is on one of them"),
        "{err}"
    );
    assert!(out.contains("64 paths"), "{out}");
}

/// SARIF as far as it is written, strictly: what the schema requires, and nothing it does not know.
mod sarif {
    use super::*;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Log {
        #[serde(rename = "$schema")]
        pub schema: String,
        pub version: String,
        pub runs: Vec<Run>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub struct Run {
        pub column_kind: String,
        pub results: Vec<Found>,
        pub tool: Tool,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Tool {
        pub driver: Driver,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Driver {
        pub name: String,
        pub version: String,
        pub rules: Vec<Rule>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub struct Rule {
        pub id: String,
        pub short_description: Message,
        pub help: Message,
        pub default_configuration: Configuration,
        pub properties: Value,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Configuration {
        pub level: String,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Message {
        pub text: String,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub struct Found {
        pub rule_id: String,
        pub rule_index: Option<usize>,
        pub kind: Option<String>,
        pub level: String,
        pub message: Message,
        pub locations: Vec<Location>,
        #[serde(default)]
        pub partial_fingerprints: std::collections::BTreeMap<String, String>,
        #[serde(default)]
        pub suppressions: Vec<Suppression>,
        pub baseline_state: Option<String>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Suppression {
        pub kind: String,
        pub justification: String,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub struct Location {
        pub physical_location: Option<Physical>,
        #[serde(default)]
        pub logical_locations: Vec<Logical>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub struct Logical {
        pub fully_qualified_name: String,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub struct Physical {
        pub artifact_location: Artifact,
        pub region: Option<Region>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Artifact {
        pub uri: String,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    pub struct Region {
        pub start_line: u32,
        pub start_column: u32,
        pub end_line: u32,
        pub end_column: u32,
    }
}

fn checked_sarif(text: &str, regions: bool) -> sarif::Log {
    let log: sarif::Log = serde_json::from_str(text).unwrap();
    assert_eq!((log.version.as_str(), log.runs.len()), ("2.1.0", 1));
    assert!(log.schema.ends_with("sarif-2.1.0.json"));
    let run = &log.runs[0];
    assert_eq!(run.column_kind, "unicodeCodePoints");
    assert_eq!(run.tool.driver.name, "heard");
    assert!(!run.tool.driver.version.is_empty());
    let levels = ["none", "note", "warning", "error"];
    for rule in &run.tool.driver.rules {
        assert!(
            !rule.short_description.text.is_empty() && !rule.help.text.is_empty(),
            "{}",
            rule.id
        );
        assert!(
            levels.contains(&rule.default_configuration.level.as_str())
                && rule.properties.is_object()
        );
    }
    for found in &run.results {
        assert!(levels.contains(&found.level.as_str()) && !found.message.text.is_empty());
        if let Some(index) = found.rule_index {
            assert_eq!(run.tool.driver.rules[index].id, found.rule_id);
            assert_eq!(found.kind.as_deref(), Some("fail"));
            assert_eq!(found.partial_fingerprints.len(), 1);
        }
        assert!(
            found
                .baseline_state
                .as_deref()
                .is_none_or(|s| ["new", "unchanged"].contains(&s))
        );
        for location in &found.locations {
            assert!(
                location
                    .logical_locations
                    .iter()
                    .all(|l| !l.fully_qualified_name.is_empty())
            );
            let physical = location.physical_location.as_ref().unwrap();
            let Some(region) = &physical.region else {
                assert!(!regions, "{}", found.rule_id);
                continue;
            };
            let file = fs::read_to_string(top().join(&physical.artifact_location.uri)).unwrap();
            let lines: Vec<&str> = file.lines().collect();
            let (first, last) = (
                lines[region.start_line as usize - 1],
                lines[region.end_line as usize - 1],
            );
            assert!(
                region.start_column >= 1 && region.start_column as usize <= first.chars().count()
            );
            assert!(region.end_column as usize <= last.chars().count() + 1);
            assert!(
                (region.start_line, region.start_column) < (region.end_line, region.end_column)
            );
        }
    }
    log
}

#[test]
fn sarif_is_what_the_schema_asks_for_and_its_regions_are_right() {
    let (text, _) = ran(top(), &["check", AFTER, "--format", "sarif"], 1);
    let log = checked_sarif(&text, true);
    let found = log.runs[0]
        .results
        .iter()
        .find(|f| f.rule_id == "no-invalidating")
        .unwrap();
    let region = found.locations[0]
        .physical_location
        .as_ref()
        .unwrap()
        .region
        .as_ref()
        .unwrap();
    let file = fs::read_to_string(top().join(AFTER).join("delivery.md")).unwrap();
    let line = file.lines().nth(region.start_line as usize - 1).unwrap();
    let words: String = line
        .chars()
        .skip(region.start_column as usize - 1)
        .take((region.end_column - region.start_column) as usize)
        .collect();
    assert_eq!(words, "As I said");
    let (text, _) = ran(
        top(),
        &["check", "--against", BEFORE, AFTER, "--format", "sarif"],
        1,
    );
    let log = checked_sarif(&text, true);
    assert!(
        log.runs[0]
            .results
            .iter()
            .all(|f| f.baseline_state.as_deref() == Some("new"))
    );
    // Calls have files and no lines.
    let (text, _) = ran(top(), &["audit", "examples/calls", "--format", "sarif"], 0);
    assert!(!checked_sarif(&text, false).runs[0].results.is_empty());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.md"), "I'd be happy to help you, {name}. Thank you.\n\n<!-- heard: allow no-invalidating: legal -->\nCalm down.\n\nThank you for calling.\n").unwrap();
    let (text, _) = ran(folder.path(), &["check", "s.md", "--format", "sarif"], 0);
    let log: sarif::Log = serde_json::from_str(&text).unwrap();
    let allowed = &log.runs[0].results[0].suppressions[0];
    assert!(allowed.kind == "inSource" && allowed.justification.contains("legal"));
}

#[test]
fn junit_is_read_by_a_strict_reader() {
    use quick_xml::events::Event;
    for args in [
        ["check", AFTER, "--format", "junit"].as_slice(),
        ["audit", "examples/calls", "--format", "junit"].as_slice(),
    ] {
        let out = heard(top(), args);
        let text = String::from_utf8(out.stdout).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_comments = true;
        reader.config_mut().check_end_names = true;
        let (mut open, mut suites, mut said, mut counted) = (Vec::new(), 0, 0, 0);
        loop {
            let event = reader.read_event().unwrap();
            match event {
                Event::Start(ref tag) | Event::Empty(ref tag) => {
                    let name = tag.name().as_ref().to_owned();
                    for attribute in tag.attributes() {
                        let attribute = attribute.unwrap();
                        let value = attribute
                            .normalized_value(quick_xml::XmlVersion::Explicit1_0)
                            .unwrap();
                        match (name.as_str(), attribute.key.as_ref()) {
                            ("testsuite", "failures") => said += value.parse::<usize>().unwrap(),
                            ("testsuite", "tests" | "errors" | "skipped") => {
                                value.parse::<usize>().unwrap();
                            }
                            _ => {}
                        }
                    }
                    suites += usize::from(name == "testsuite");
                    counted += usize::from(name == "failure");
                    let parent: Option<&String> = open.last();
                    let parent = parent.map_or("", String::as_str);
                    let fits = match name.as_str() {
                        "testsuites" => parent.is_empty(),
                        "testsuite" => parent == "testsuites",
                        "testcase" => parent == "testsuite",
                        "failure" | "skipped" | "error" => parent == "testcase",
                        _ => false,
                    };
                    assert!(fits, "<{name}> in <{parent}>");
                    if matches!(event, Event::Start(_)) {
                        open.push(name);
                    }
                }
                Event::End(_) => {
                    open.pop().unwrap();
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(
            open.is_empty() && suites > 3 && counted > 0 && said == counted,
            "{args:?}"
        );
    }
}

#[test]
fn annotations_are_single_lines_with_places() {
    let (text, _) = ran(top(), &["check", AFTER, "--format", "github"], 1);
    assert!(text.lines().count() >= 5);
    for line in text.lines() {
        let (head, message) = line[2..].split_once("::").unwrap();
        let (command, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&command) && !message.is_empty());
        let keys: Vec<&str> = properties
            .split(',')
            .map(|p| p.split_once('=').unwrap().0)
            .collect();
        assert_eq!(
            keys,
            ["file", "line", "endLine", "col", "endColumn", "title"],
            "{line}"
        );
    }
    let (text, _) = ran(
        top(),
        &["check", "--against", BEFORE, AFTER, "--format", "markdown"],
        1,
    );
    assert!(
        text.starts_with("## heard: 5 got worse (4 major, 1 minor)\n"),
        "{text}"
    );
    assert!(text.contains("- **better** `genuine-language`"), "{text}");
}

/// The recipes of the README as far as a machine without the service can run them: each `run:` or `script:` line.
#[test]
fn the_recipes_run() {
    let readme = fs::read_to_string(top().join("README.md")).unwrap();
    let section = readme
        .split("## Check call scripts")
        .nth(1)
        .expect("the section");
    let section = section.split("\n## ").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("scripts")).unwrap();
    for entry in fs::read_dir(top().join(BEFORE)).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, at.join("scripts").join(path.file_name().unwrap())).unwrap();
    }
    git(at, &["init", "-q", "-b", "main"]);
    git(at, &["add", "."]);
    git(at, &["commit", "-qm", "one"]);
    let mut commands = 0;
    for line in section.lines() {
        let Some(at_heard) = line.find("heard check ") else {
            continue;
        };
        let start = line[..at_heard].trim_start_matches(['-', ' ', '\t']).trim();
        if !matches!(start, "" | "run:" | "- run:") {
            continue;
        }
        let command = line[at_heard..].split(" #").next().unwrap().trim();
        let command = command
            .replace("\"origin/$GITHUB_BASE_REF\"", "main")
            .replace("origin/$CI_DEFAULT_BRANCH", "main")
            .replace("origin/main", "main");
        let args: Vec<&str> = command.split_whitespace().skip(1).collect();
        if args
            .iter()
            .any(|a| a.contains("refund") || a.contains("examples"))
        {
            continue;
        }
        let out = heard(at, &args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(0), "{command}: {said}");
        commands += 1;
    }
    assert!(commands >= 4, "{commands} commands found");
    let makefile = section.split("```make\n").nth(1).unwrap();
    let makefile = makefile.split("```").next().unwrap();
    fs::write(at.join("Makefile"), makefile).unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_heard")).parent().unwrap();
    let mut found = vec![bin.to_owned()];
    found.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    let made = Command::new("make")
        .arg("scripts-check")
        .current_dir(at)
        .env("PATH", std::env::join_paths(found).unwrap())
        .output();
    // A machine without make has run the line itself above.
    if let Ok(made) = made {
        let said = String::from_utf8_lossy(&made.stdout);
        assert!(made.status.success(), "{said}");
        assert!(said.contains("in 4 scripts"), "{said}");
    }
    let hooks = fs::read_to_string(top().join(".pre-commit-hooks.yaml")).unwrap();
    for hook in hooks.split("- id: ").skip(1) {
        for key in ["name: ", "entry: heard ", "language: ", "files: "] {
            assert!(hook.contains(key), "{key} in {hook}");
        }
        let entry = hook
            .split("entry: ")
            .nth(1)
            .unwrap()
            .lines()
            .next()
            .unwrap();
        let args: Vec<&str> = entry.split(' ').skip(1).chain(["--help"]).collect();
        ran(at, &args, 0);
    }
}
