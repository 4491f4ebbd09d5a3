//! What is written for machines, read back by strict readers.

use crate::common::schemas::{junit_faults, sarif_faults};
use crate::{AFTER, BEFORE, heard, ran, top};
use serde::Deserialize;
use serde_json::Value;
use std::fs;

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
        pub properties: std::collections::BTreeMap<String, String>,
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
    assert_eq!(sarif_faults(&serde_json::from_str(text).unwrap()), [""; 0]);
    let log: sarif::Log = serde_json::from_str(text).unwrap();
    assert_eq!((log.version.as_str(), log.runs.len()), ("2.1.0", 1));
    assert!(log.schema.ends_with("sarif-2.1.0.json"));
    let run = &log.runs[0];
    assert_eq!(run.column_kind, "unicodeCodePoints");
    assert_eq!(run.tool.driver.name, "heard");
    assert!(!run.tool.driver.version.is_empty());
    let judged_by: Vec<&str> = run.tool.driver.properties.keys().map(String::as_str).collect();
    assert_eq!(judged_by, ["detectors", "packs"]);
    let levels = ["none", "note", "warning", "error"];
    for rule in &run.tool.driver.rules {
        assert!(!rule.short_description.text.is_empty() && !rule.help.text.is_empty(), "{}", rule.id);
        assert!(levels.contains(&rule.default_configuration.level.as_str()) && rule.properties.is_object());
    }
    for found in &run.results {
        assert!(levels.contains(&found.level.as_str()) && !found.message.text.is_empty());
        if let Some(index) = found.rule_index {
            assert_eq!(run.tool.driver.rules[index].id, found.rule_id);
            assert_eq!(found.kind.as_deref(), Some("fail"));
            assert_eq!(found.partial_fingerprints.len(), 1);
        }
        assert!(found.baseline_state.as_deref().is_none_or(|s| ["new", "unchanged"].contains(&s)));
        for location in &found.locations {
            assert!(location.logical_locations.iter().all(|l| !l.fully_qualified_name.is_empty()));
            let physical = location.physical_location.as_ref().unwrap();
            let Some(region) = &physical.region else {
                assert!(!regions, "{}", found.rule_id);
                continue;
            };
            let file = fs::read_to_string(top().join(&physical.artifact_location.uri)).unwrap();
            let lines: Vec<&str> = file.lines().collect();
            let (first, last) = (lines[region.start_line as usize - 1], lines[region.end_line as usize - 1]);
            assert!(region.start_column >= 1 && region.start_column as usize <= first.chars().count());
            assert!(region.end_column as usize <= last.chars().count() + 1);
            assert!((region.start_line, region.start_column) < (region.end_line, region.end_column));
        }
    }
    log
}

#[test]
fn sarif_is_what_the_schema_asks_for_and_its_regions_are_right() {
    let (text, _) = ran(top(), &["check", AFTER, "--format", "sarif"], 1);
    let log = checked_sarif(&text, true);
    let found = log.runs[0].results.iter().find(|f| f.rule_id == "no-invalidating").unwrap();
    let region = found.locations[0].physical_location.as_ref().unwrap().region.as_ref().unwrap();
    let file = fs::read_to_string(top().join(AFTER).join("delivery.md")).unwrap();
    let line = file.lines().nth(region.start_line as usize - 1).unwrap();
    let words: String = line
        .chars()
        .skip(region.start_column as usize - 1)
        .take((region.end_column - region.start_column) as usize)
        .collect();
    assert_eq!(words, "As I said");
    let (text, _) = ran(top(), &["check", "--against", BEFORE, AFTER, "--format", "sarif"], 1);
    let log = checked_sarif(&text, true);
    assert!(log.runs[0].results.iter().all(|f| f.baseline_state.as_deref() == Some("new")));
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
    for args in
        [["check", AFTER, "--format", "junit"].as_slice(), ["audit", "examples/calls", "--format", "junit"].as_slice()]
    {
        let out = heard(top(), args);
        let text = String::from_utf8(out.stdout).unwrap();
        assert_eq!(junit_faults(&text).0, [""; 0]);
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
                        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap();
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
        assert!(open.is_empty() && suites > 3 && counted > 0 && said == counted, "{args:?}");
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
        let keys: Vec<&str> = properties.split(',').map(|p| p.split_once('=').unwrap().0).collect();
        assert_eq!(keys, ["file", "line", "endLine", "col", "endColumn", "title"], "{line}");
    }
    let (text, _) = ran(top(), &["check", "--against", BEFORE, AFTER, "--format", "markdown"], 1);
    assert!(text.starts_with("## heard: 8 got worse (7 major, 1 minor)\n"), "{text}");
    assert!(text.contains("- **better** `genuine-language`"), "{text}");
}
