//! JSON and YAML as a tree in which every text knows its place.

use super::place::Text;
use saphyr_parser::{Event, Parser, ScalarStyle};

/// What stands at a place of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, or whatever else is written in one piece.
    Text(Text),
    /// Values in order.
    List(Vec<Value>),
    /// Values with keys, in order.
    Map(Vec<(String, Value)>),
}

/// Trees deeper than this are hostile.
const DEEPEST: usize = 200;

impl Value {
    /// Reads the documents of a file; of several the first.
    pub fn read(text: &str) -> Result<Value, String> {
        // Where each character begins, since the reader counts in characters.
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut open: Vec<Open> = Vec::new();
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|e| e.to_string())?;
            let value = match event {
                Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEEPEST => {
                    return Err(format!("is nested more than {DEEPEST} deep in line {}", span.start.line()));
                }
                Event::SequenceStart(..) => {
                    open.push(Open::List(Vec::new()));
                    continue;
                }
                Event::MappingStart(..) => {
                    open.push(Open::Map(Vec::new(), None));
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                    Some(Open::List(all)) => Value::List(all),
                    Some(Open::Map(all, _)) => Value::Map(all),
                    None => continue,
                },
                Event::Scalar(text_of, style, ..) => {
                    let quote = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                    let (from, to) = (span.start.index() + usize::from(quote), span.end.index());
                    let at = |n: usize| starts.get(n).copied().unwrap_or(text.len());
                    Value::Text(Text {
                        text: text_of.into_owned(),
                        line: span.start.line() as u32,
                        column: span.start.col() as u32 + 1 + u32::from(quote),
                        written: text.get(at(from)..at(to.max(from))).unwrap_or("").to_owned(),
                    })
                }
                // What an alias stands for is said where it is written.
                Event::Alias(_) => Value::Text(Text::default()),
                _ => continue,
            };
            match open.last_mut() {
                None => return Ok(value),
                Some(Open::List(all)) => all.push(value),
                Some(Open::Map(all, key)) => match key.take() {
                    Some(key) => all.push((key, value)),
                    None => *key = Some(value.as_text().map_or(String::new(), |t| t.text.clone())),
                },
            }
        }
        Err("holds nothing".to_owned())
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().find(|(k, _)| k == key).map(|(_, value)| value)
    }

    /// The values of a list; none of anything else.
    pub fn list(&self) -> &[Value] {
        match self {
            Value::List(all) => all,
            _ => &[],
        }
    }

    /// The entries of a map; none of anything else.
    pub fn entries(&self) -> &[(String, Value)] {
        match self {
            Value::Map(all) => all,
            _ => &[],
        }
    }

    /// A text.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What is written under a key, if that is a text.
    pub fn name(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text().map(|t| t.text.as_str())
    }
}

/// A list or a map that is not yet closed; of a map, the key that waits for its value.
enum Open {
    List(Vec<Value>),
    Map(Vec<(String, Value)>, Option<String>),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn texts_know_their_places_in_json_and_yaml() {
        for (text, place) in [
            ("{\n  \"a\": [ \"Hello there.\" ]\n}", (2, 11)),
            ("a:\n  - Hello there.\n", (2, 5)),
            ("a:\n- 'Hello there.'\n", (2, 4)),
        ] {
            let value = Value::read(text).unwrap();
            let found = value.get("a").unwrap().list()[0].as_text().unwrap();
            assert_eq!((found.text.as_str(), (found.line, found.column)), ("Hello there.", place), "{text}");
        }
        assert!(Value::read("{\"a\": [").is_err());
        assert!(Value::read(&"[".repeat(5000)).is_err(), "hostile nesting ends");
    }
}
