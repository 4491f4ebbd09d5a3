//! The shape of packs as JSON Schema, for editors: completion, explanations and red lines while a pack is written.
//!
//! Keys and what they mean are those of the page for authors, which a test compares with what the loader asks for; the
//! words that a key may have come from the loader's own lists. What only the loader can know (names of sets, phrases
//! that parse, windows that are empty) is left to it: the schema never refuses a pack that loads.

use super::kinds::KINDS;
use super::kinds::when::{self, WITH_FIND};
use super::pack::example::VERDICTS;
use super::pack::shipped;
use super::party::Party;
use super::rule::{MOST_WEIGHT, SEVERITIES};
use super::shapes::{self, reference};
use serde_json::{Map, Value, json};

/// The page whose tables list the keys: a section a table, a row a key.
const PAGE: &str = include_str!("../../rules/README.md");

/// The tables that every pack has, whatever its rules: their heading on the page, what the schema calls them, and the
/// keys that they must have.
const TABLES: &[(&str, &str, &[&str])] = &[
    ("[pack]", "pack", &[]),
    ("[set.NAME]", "set", &[]),
    ("a phrase", "phrase", &["say"]),
    ("[[rule]]", "rule", &["id"]),
    ("when", "when", &[]),
    ("[[rule.example]]", "example", &["expect"]),
];

/// The tables of the page: their heading, what the schema calls them, and the keys that they must have.
pub fn tables() -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
    TABLES.iter().chain(KINDS.iter().flat_map(|kind| kind.schema.tables)).copied()
}

/// The keys of a table of the page, each with what it means.
pub fn keys(table: &str) -> Vec<(&'static str, String)> {
    let heading = format!("\n### {table}\n");
    let Some(at) = PAGE.find(&heading) else {
        return Vec::new();
    };
    let section = PAGE[at + heading.len()..].split("\n#").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| {
        let (key, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        let cells: Vec<&str> = rest.trim_end_matches('|').split(" | ").map(str::trim).collect();
        let means = cells.first()?.replace('`', "").replace("\\|", "|");
        Some(match cells.get(1).filter(|usual| !usual.is_empty()) {
            Some(usual) => (key, format!("{means}. If it is not there: {}", usual.replace('`', ""))),
            None => (key, means),
        })
    });
    rows.collect()
}

/// The JSON Schema of packs (draft 7, which editors know).
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for (table, name, required) in tables() {
        let mut properties = Map::new();
        for (key, means) in keys(table) {
            let mut shape = shape(name, key);
            if let Some(object) = shape.as_object_mut() {
                // Beside a reference, draft 7 ignores everything else.
                if let Some(reference) = object.remove("$ref") {
                    object.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
                }
                object.insert("description".to_owned(), means.into());
            }
            properties.insert(key.to_owned(), shape);
        }
        if name == "when" {
            // The page says of `find` that these go with it.
            properties.extend(WITH_FIND.map(|key| (key.to_owned(), shape("rule", key))));
        }
        let mut object = json!({ "type": "object", "additionalProperties": false, "properties": properties });
        if !required.is_empty() {
            object["required"] = required.into();
        }
        match name {
            "rule" => object["oneOf"] = KINDS.iter().map(|kind| json!({ "required": [kind.key] })).collect(),
            "example" => object["oneOf"] = json!([{ "required": ["call"] }, { "required": ["call_jsonl"] }]),
            _ => {}
        }
        definitions.insert(name.to_owned(), object);
    }
    let more = KINDS.iter().flat_map(|kind| (kind.schema.definitions)());
    definitions.extend(more.map(|(name, shape)| (name.to_owned(), shape)));
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A pack of rules for heard",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "pack": { "$ref": "#/definitions/pack" },
            "set": {
                "type": "object",
                "propertyNames": { "pattern": KEBAB },
                "additionalProperties": { "$ref": "#/definitions/set" },
            },
            "rule": { "type": "array", "items": { "$ref": "#/definitions/rule" } },
        },
        "definitions": definitions,
    })
}

const KEBAB: &str = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

/// What values a key may have: what the kinds of rules say, and what every pack has.
fn shape(table: &str, key: &str) -> Value {
    let of_kinds = || KINDS.iter().find_map(|kind| (kind.schema.shape)(table, key));
    let of_when = if table == "when" { when::shape(key) } else { None };
    of_when.or_else(of_kinds).unwrap_or_else(|| common(table, key))
}

/// What values the keys that every pack has may have.
fn common(table: &str, key: &str) -> Value {
    let score = || shapes::number_up_to(100);
    match (table, key) {
        ("pack", "include") => {
            let shipped = shapes::one_of(shipped::PACKS.iter().map(|(name, _)| *name));
            shapes::any_of(&[shapes::text(), shapes::list_of(&shapes::any_of(&[shipped, shapes::text()]))])
        }
        ("pack", "pass_mark") => score(),
        ("pack", "detectors") => shapes::one_of(["combined", "phrases"]),
        ("pack", "bands") => shapes::table([("good", score()), ("fair", score())]),
        ("pack", "sections") => shapes::table_of(&shapes::number()),
        ("set", "phrases" | "add") => shapes::list_of(&shapes::any_of(&[shapes::text(), reference("phrase")])),
        ("set", "found") => shapes::one_of(["phrases", "names"]),
        ("set", "not_in") | ("set" | "phrase", "not_if" | "after") => shapes::texts(),
        ("rule", "id") => shapes::text_like(KEBAB),
        ("rule", "weight") => shapes::number_up_to(MOST_WEIGHT),
        ("rule", "severity") => shapes::one_of(SEVERITIES.map(|(word, _)| word)),
        ("rule", "example") => shapes::list_of(&reference("example")),
        ("rule", "when") => reference("when"),
        ("example", "expect") => shapes::one_of(VERDICTS.map(|(word, _)| word)),
        ("example", "meta") => shapes::table_of(&shapes::text()),
        (_, "who") => shapes::one_of(Party::ALL.map(|(word, _)| word)),
        (_, "replace" | "raw" | "internal" | "todo") => shapes::flag(),
        _ => shapes::text(),
    }
}
