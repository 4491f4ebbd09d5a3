//! The values that keys of a pack may have, as JSON Schema: what [`super::schema`] and the kinds of rules build with.

use serde_json::{Map, Value, json};

/// A text.
pub fn text() -> Value {
    json!({ "type": "string" })
}

/// A text of a pattern.
pub fn text_like(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// One text or several.
pub fn texts() -> Value {
    any_of(&[text(), list_of(&text())])
}

/// true or false.
pub fn flag() -> Value {
    json!({ "type": "boolean" })
}

/// One of several words.
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Value {
    json!({ "type": "string", "enum": words.into_iter().collect::<Vec<_>>() })
}

/// A whole number from 0 on.
pub fn number() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A whole number from 0 to `most`.
pub fn number_up_to(most: u32) -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": most })
}

/// A distance in a call: `15s`, `2 runs`.
pub fn distance() -> Value {
    text_like(r"^\s*-?[0-9.]+\s*(s|sec|seconds?|ms|m|min|minutes?|%|words?|runs?)\s*$")
}

/// A least and a greatest value.
pub fn range(of: &Value) -> Value {
    table([("min", of.clone()), ("max", of.clone())])
}

/// One of several shapes.
pub fn any_of(shapes: &[Value]) -> Value {
    json!({ "anyOf": shapes })
}

/// A list.
pub fn list_of(item: &Value) -> Value {
    json!({ "type": "array", "items": item })
}

/// A table with these keys and no others.
pub fn table<'k>(keys: impl IntoIterator<Item = (&'k str, Value)>) -> Value {
    let properties: Map<String, Value> = keys.into_iter().map(|(key, shape)| (key.to_owned(), shape)).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// A table whose keys are names.
pub fn table_of(values: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": values })
}

/// What the schema defines under a name.
pub fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}
