//! The schema for editors: it takes every pack that the project holds, and refuses what the loader refuses by shape.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

mod common;

use common::schemas::faults;
use heard::rules::schema::{keys, schema, tables};
use heard::rules::{PackRef, Pick, RuleBook};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn check(pack: &str) -> Vec<String> {
    let value: Value = toml::from_str(pack).unwrap();
    let schema = schema();
    faults(&value, &schema, &schema, "pack")
}

fn packs() -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["rules", "rules/sets", "examples/rules", "tests/conformance", "src/commands"] {
        for entry in std::fs::read_dir(top.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "toml") {
                files.push(path);
            }
        }
    }
    files
}

#[test]
fn every_pack_of_the_project_fits() {
    let files = packs();
    assert!(files.len() > 12);
    for path in files {
        let faults = check(&std::fs::read_to_string(&path).unwrap());
        assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
    }
}

#[test]
fn every_table_has_its_keys_with_what_they_mean() {
    let schema = schema();
    for (table, name, _) in tables() {
        let keys = keys(table);
        assert!(keys.len() >= 4, "{table}");
        for (key, means) in keys {
            assert!(!means.is_empty() && !means.contains('|'), "{table}: {key}: {means}");
            let shape = &schema["definitions"][name]["properties"][key];
            assert_eq!(shape["description"], json!(means));
        }
    }
}

const FINE: &str = r#"
[pack]
name = "p"
pass_mark = 70
[set.mine]
who = "agent"
phrases = ["a", { say = "b", instead = "c" }]
[[rule]]
id = "r"
title = "R"
find = ["mine"]
where = { to = "15s" }
count = { min = 2 }
when = { find = ["mine"], queue = "sales*" }
[[rule]]
id = "m"
title = "M"
measure = { of = "pace", max = 1.25, relative = true, at = { find = ["mine"] } }
"#;

#[test]
fn what_the_schema_refuses_the_loader_refuses() {
    let load = |text: &str| {
        let file = tempfile::Builder::new().suffix(".toml").tempfile().unwrap();
        std::fs::write(file.path(), text).unwrap();
        RuleBook::load(&[PackRef::File(file.path().to_owned())], &Pick::default())
    };
    assert_eq!(check(FINE), Vec::<String>::new());
    load(FINE).unwrap_or_else(|p| panic!("{p}"));
    for (old, new) in [
        ("pass_mark = 70", "pass_mark = 170"),
        ("pass_mark = 70", "pass_mrk = 70"),
        ("who = \"agent\"", "who = \"boss\""),
        ("[set.mine]", "[set.Mine]"),
        ("say = \"b\"", "sy = \"b\""),
        ("id = \"r\"", "id = \"Not Kebab\""),
        ("find = [\"mine\"]\nwhere", "find = [\"mine\"]\nall = [\"m\"]\nwhere"),
        ("find = [\"mine\"]\nwhere", "where"),
        ("\"15s\"", "\"soon\""),
        ("\"15s\"", "15"),
        ("min = 2", "min = -2"),
        ("queue = \"sales*\"", "queue = 3"),
        ("\"pace\"", "\"speed\""),
        ("relative = true", "relative = \"yes\""),
        ("at = { find", "at = { count = { min = 2 }, find"),
        ("[[rule]]\nid = \"m\"", "[[rules]]\nid = \"m\""),
    ] {
        let text = FINE.replacen(old, new, 1);
        assert_ne!(text, FINE, "{old}");
        assert!(!check(&text).is_empty(), "the schema takes {new}");
        assert!(load(&text).is_err(), "the loader takes {new}");
    }
}
