//! Outputs against published schemas: a reader of JSON Schema, as far as our schemas and that of SARIF go, and one of the
//! shapes that the schema of `JUnit` results uses.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use regex::Regex;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

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
        "uniqueItems" => {
            let list = value.as_array().map_or(&[][..], Vec::as_slice);
            let again = |k: usize| list[..k].contains(&list[k]);
            !wanted.as_bool().unwrap() || !(0..list.len()).any(again)
        }
        "format" => value.as_str().is_none_or(|text| match wanted.as_str().unwrap() {
            "uri" => !text.contains([' ', '<', '>', '"', '\\', '^', '`', '{', '|', '}']) && text.contains(':'),
            "uri-reference" => !text.contains([' ', '<', '>', '"', '\\', '^', '`', '{', '|', '}']),
            "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
            other => panic!("format {other}"),
        }),
        "$schema" | "$id" | "title" | "description" | "definitions" | "default" => true,
        _ => return None,
    };
    Some(holds)
}

/// Everything that is wrong with a value under a schema, for the words of JSON Schema that ours uses; another word is a
/// mistake of its own, so that nothing goes unchecked.
pub fn faults(value: &Value, schema: &Value, root: &Value, at: &str) -> Vec<String> {
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
                        Value::Bool(true) => {}
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

/// Everything that is wrong with a log of SARIF 2.1.0.
pub fn sarif_faults(log: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(&super::page("tests/schemas/sarif-schema-2.1.0.json")).unwrap();
    faults(log, &schema, &schema, "log")
}

/// What an element may hold, as a schema says it.
#[derive(Default)]
struct Element {
    attributes: BTreeSet<String>,
    required: BTreeSet<String>,
    children: BTreeSet<String>,
}

/// The elements of a schema whose types are all written in place and whose children come in any order and number.
fn elements(schema: &str) -> BTreeMap<String, Element> {
    let mut reader = Reader::from_str(schema);
    let mut all: BTreeMap<String, Element> = BTreeMap::new();
    let mut inside = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = attributes(&tag);
                match tag.name().as_ref() {
                    "xs:element" => match (attributes.get("name"), attributes.get("ref")) {
                        (Some(name), None) => {
                            inside.clone_from(name);
                            all.entry(name.clone()).or_default();
                        }
                        (None, Some(name)) => {
                            all.get_mut(&inside).unwrap().children.insert(name.clone());
                        }
                        _ => panic!("an element with a name or a reference"),
                    },
                    "xs:attribute" => {
                        let element = all.get_mut(&inside).unwrap();
                        if attributes["use"] == "required" {
                            element.required.insert(attributes["name"].clone());
                        }
                        element.attributes.insert(attributes["name"].clone());
                    }
                    "xs:schema" | "xs:complexType" | "xs:sequence" | "xs:choice" => {}
                    other => panic!("the schema says `{other}`, which this test does not know"),
                }
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> BTreeMap<String, String> {
    let all = tag.attributes().map(|attribute| attribute.expect("an attribute, each once"));
    all.map(|a| (a.key.as_ref().to_owned(), a.value.to_string())).collect()
}

/// Everything that is wrong with results in the form of `JUnit`, and how many test cases there are.
pub fn junit_faults(text: &str) -> (Vec<String>, usize) {
    let known = elements(&super::page("tests/schemas/junit-10.xsd"));
    let mut reader = Reader::from_str(text);
    let (mut wrong, mut cases) = (Vec::new(), 0);
    let mut open: Vec<String> = Vec::new();
    loop {
        let event = reader.read_event().expect("well-formed XML");
        let (tag, empty) = match &event {
            Event::Start(tag) => (tag, false),
            Event::Empty(tag) => (tag, true),
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let name = tag.name().as_ref().to_owned();
        let Some(element) = known.get(&name) else {
            wrong.push(format!("no element {name}"));
            continue;
        };
        let attributes: BTreeSet<String> = attributes(tag).into_keys().collect();
        wrong.extend(attributes.difference(&element.attributes).map(|a| format!("{name} has no {a}")));
        wrong.extend(element.required.difference(&attributes).map(|a| format!("{name} is without {a}")));
        match open.last() {
            Some(outer) if !known[outer].children.contains(&name) => wrong.push(format!("{outer} holds no {name}")),
            None if name != "testsuites" => wrong.push(format!("begins with {name}")),
            _ => {}
        }
        cases += usize::from(name == "testcase");
        if !empty {
            open.push(name);
        }
    }
    (wrong, cases)
}
