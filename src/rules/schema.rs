//! The shape of packs as JSON Schema, for editors: completion, explanations and red lines while a pack is written.
//!
//! Keys and what they mean are those of the page for authors, which a test compares with what the loader asks for; the
//! words that a key may have come from the loader's own lists. What only the loader can know (names of sets, phrases
//! that parse, windows that are empty) is left to it: the schema never refuses a pack that loads.

use super::context::Who;
use super::find::PIECES;
use super::measure::MEASURES;
use super::pack::{SEVERITIES, VERDICTS};
use super::rule::KINDS;
use super::shipped;
use serde_json::{Map, Value, json};

/// The page whose tables list the keys: a section a table, a row a key.
const PAGE: &str = include_str!("../../rules/README.md");

/// The tables of the page with what the schema calls them.
pub const TABLES: [(&str, &str); 11] = [
    ("[pack]", "pack"),
    ("[set.NAME]", "set"),
    ("a phrase", "phrase"),
    ("[[rule]]", "rule"),
    ("where", "where"),
    ("count", "count"),
    ("each", "each"),
    ("measure", "measure"),
    ("a step", "step"),
    ("when", "when"),
    ("[[rule.example]]", "example"),
];

/// The keys of a table of the page, each with what it means.
#[must_use]
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
#[must_use]
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for (table, name) in TABLES {
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
            let with_find = ["who", "unit", "where", "untimed", "count", "alone", "sure", "each"];
            properties.extend(with_find.map(|key| (key.to_owned(), shape("rule", key))));
        }
        let mut object = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
        });
        required(name, &mut object);
        definitions.insert(name.to_owned(), object);
    }
    definitions.insert("place".to_owned(), place(&[]));
    let anchor = json!({ "type": "string", "enum": ["first", "last"] });
    definitions.insert("anchor".to_owned(), place(&[("which", anchor)]));
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

/// What a table must have.
fn required(name: &str, object: &mut Value) {
    let keys = match name {
        "phrase" => json!(["say"]),
        "rule" => json!(["id"]),
        "each" | "step" => json!(["find"]),
        "measure" => json!(["of"]),
        "example" => json!(["expect"]),
        _ => Value::Null,
    };
    if !keys.is_null() {
        object["required"] = keys;
    }
    match name {
        "rule" => {
            object["oneOf"] = KINDS.iter().map(|(kind, _)| json!({ "required": [kind] })).collect();
        }
        "example" => {
            object["oneOf"] = json!([{ "required": ["call"] }, { "required": ["call_jsonl"] }]);
        }
        _ => {}
    }
}

/// A condition whose every hit is a place: an anchor, where is measured.
fn place(more: &[(&str, Value)]) -> Value {
    let keys = ["find", "who", "where", "untimed", "alone", "sure", "silence"];
    let mut properties: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), shape("each", key))).collect();
    properties.extend(more.iter().map(|(key, shape)| ((*key).to_owned(), shape.clone())));
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["find"],
        "properties": properties,
    })
}

fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Value {
    json!({ "type": "string", "enum": words.into_iter().collect::<Vec<_>>() })
}

fn number(most: Option<u32>) -> Value {
    match most {
        Some(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        None => json!({ "type": "integer", "minimum": 0 }),
    }
}

fn range(of: &Value) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": { "min": of, "max": of },
    })
}

/// What values a key may have.
fn shape(table: &str, key: &str) -> Value {
    let text = || json!({ "type": "string" });
    let flag = || json!({ "type": "boolean" });
    let texts = || {
        json!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": "string" } },
        ] })
    };
    let reference = |name: &str| json!({ "$ref": format!("#/definitions/{name}") });
    let list = |name: &str| json!({ "type": "array", "items": reference(name) });
    let distance = || {
        json!({
            "type": "string",
            "pattern": r"^\s*-?[0-9.]+\s*(s|sec|seconds?|ms|m|min|minutes?|%|words?|runs?)\s*$",
        })
    };
    match (table, key) {
        ("pack", "include") => json!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "anyOf": [
                one_of(shipped::PACKS.iter().map(|(name, _)| *name)),
                { "type": "string" },
            ] } },
        ] }),
        ("pack", "pass_mark") => number(Some(100)),
        ("pack", "detectors") => one_of(["combined", "phrases"]),
        ("pack", "bands") => json!({
            "type": "object",
            "additionalProperties": false,
            "properties": { "good": number(Some(100)), "fair": number(Some(100)) },
        }),
        ("pack", "sections") => json!({ "type": "object", "additionalProperties": number(None) }),
        ("set", "phrases" | "add") => json!({
            "type": "array",
            "items": { "anyOf": [{ "type": "string" }, reference("phrase")] },
        }),
        ("set", "found") => one_of(["phrases", "names"]),
        ("rule", "id") => json!({ "type": "string", "pattern": KEBAB }),
        ("rule", "weight") => number(Some(10_000)),
        ("rule", "severity") => one_of(SEVERITIES.iter().map(|(word, _)| *word)),
        ("rule", "example") => list("example"),
        ("rule", "steps") => json!({ "type": "array", "minItems": 2, "items": reference("step") }),
        ("where", "from" | "to") | ("step", "within") | ("each", "before" | "silence") => distance(),
        ("where", "after") => json!({ "anyOf": [
            one_of(["call", "first-agent-word"]),
            reference("anchor"),
        ] }),
        ("count", "min" | "max") | (_, "misses") => number(None),
        ("count", "of") => one_of(["hits", "sets"]),
        ("measure", "of") => one_of(MEASURES.iter().map(|(word, ..)| *word)),
        ("measure", "min" | "max") => json!({ "anyOf": [{ "type": "number" }, distance()] }),
        ("measure", "at") | ("where", "before") => reference("place"),
        ("step", "apart") => one_of(["no", "sentence", "run"]),
        ("when", "duration") => range(&distance()),
        ("when", "runs" | "agent_runs" | "customer_runs") => range(&number(None)),
        ("when", "meta") => json!({ "type": "object", "additionalProperties": texts() }),
        ("when", "all" | "any") => list("when"),
        ("when", "not") => reference("when"),
        ("example", "expect") => one_of(VERDICTS.iter().map(|(word, _)| *word)),
        ("example", "meta") => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        (_, "who") => one_of(Who::ALL.iter().map(|(word, _)| *word)),
        (_, "unit") => one_of(PIECES.iter().map(|(word, _)| *word)),
        (_, "where" | "untimed") => reference("where"),
        ("rule", "measure" | "when") | (_, "count" | "each") => reference(key),
        ("when", "queue" | "agent" | "customer" | "language" | "call")
        | ("set", "not_in" | "not_if" | "after")
        | ("phrase", "not_if" | "after")
        | ("rule", "all" | "any" | "not")
        | (_, "find" | "alone") => texts(),
        (
            _,
            "replace" | "raw" | "internal" | "unless_covered" | "or_end" | "relative" | "anywhere" | "sure" | "todo",
        ) => flag(),
        _ => text(),
    }
}
