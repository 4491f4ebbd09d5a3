//! The schema for editors: it takes every pack that the project holds, and refuses what the loader refuses by shape.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use heard::rules::schema::{keys, schema, tables};
use heard::rules::{PackRef, Pick, RuleBook};
use regex::Regex;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Whether a value holds under a word of JSON Schema that looks at it alone; none if the word looks inside.
fn alone(value: &Value, word: &str, wanted: &Value) -> Option<bool> {
    let holds = match word {
        "type" => match wanted.as_str().unwrap() {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("type {other}"),
        },
        "enum" => wanted.as_array().unwrap().contains(value),
        "pattern" => {
            let pattern = Regex::new(wanted.as_str().unwrap()).unwrap();
            value.as_str().is_none_or(|text| pattern.is_match(text))
        }
        "minimum" => value.as_f64().is_none_or(|n| n >= wanted.as_f64().unwrap()),
        "maximum" => value.as_f64().is_none_or(|n| n <= wanted.as_f64().unwrap()),
        "minItems" => {
            let least = usize::try_from(wanted.as_u64().unwrap()).unwrap();
            value.as_array().is_none_or(|list| list.len() >= least)
        }
        "required" => {
            let mut keys = wanted.as_array().unwrap().iter();
            keys.all(|key| !value.is_object() || value.get(key.as_str().unwrap()).is_some())
        }
        "$schema" | "title" | "description" | "definitions" => true,
        _ => return None,
    };
    Some(holds)
}

/// Everything that is wrong with a value under a schema, for the words of JSON Schema that ours uses; another word is a
/// mistake of its own, so that nothing goes unchecked.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str) -> Vec<String> {
    let mut all = Vec::new();
    let object = schema.as_object().expect("a schema is an object");
    let under = |schema: &Value| faults(value, schema, root, at);
    let inner = || value.as_object().into_iter().flatten();
    for (word, wanted) in object {
        if let Some(holds) = alone(value, word, wanted) {
            all.extend((!holds).then(|| format!("{at}: {word} {wanted}, this is {value}")));
            continue;
        }
        let shapes = || wanted.as_array().unwrap().iter();
        let fitting = || shapes().filter(|shape| under(shape).is_empty()).count();
        match word.as_str() {
            "$ref" => {
                let name = wanted.as_str().unwrap().trim_start_matches('#');
                all.extend(under(root.pointer(name).expect(name)));
            }
            "items" => {
                for (k, item) in value.as_array().into_iter().flatten().enumerate() {
                    all.extend(faults(item, wanted, root, &format!("{at}[{k}]")));
                }
            }
            "properties" => {
                for (key, one) in inner().filter(|(key, _)| wanted.get(key).is_some()) {
                    all.extend(faults(one, &wanted[key], root, &format!("{at}.{key}")));
                }
            }
            "additionalProperties" => {
                let known = |key: &str| object.get("properties").is_some_and(|p| p.get(key).is_some());
                for (key, one) in inner().filter(|(key, _)| !known(key)) {
                    match wanted {
                        Value::Bool(false) => all.push(format!("{at}: no key {key}")),
                        _ => all.extend(faults(one, wanted, root, &format!("{at}.{key}"))),
                    }
                }
            }
            "propertyNames" => {
                for (key, _) in inner() {
                    all.extend(faults(&json!(key), wanted, root, &format!("{at}.{key}")));
                }
            }
            "allOf" => all.extend(shapes().flat_map(under)),
            "anyOf" if fitting() == 0 => all.push(format!("{at}: fits none of several shapes")),
            "oneOf" if fitting() != 1 => {
                all.push(format!("{at}: fits {} shapes instead of one", fitting()));
            }
            "anyOf" | "oneOf" => {}
            other => panic!("the schema says `{other}`, which this test does not know"),
        }
    }
    all
}

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
