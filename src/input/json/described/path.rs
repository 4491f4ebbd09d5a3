//! Ways to values in JSON, as descriptions of formats write them: `data.items[]`, `nBest.0.text`, `words.-1.end`.

use serde_json::Value;

use crate::input::json::field::is_nothing;
use crate::input::json::time::{self, At};

/// The way to a value: keys and places in lists, each perhaps going into every item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    text: String,
    steps: Vec<Step>,
    /// Begins at the document rather than at the call or turn.
    from_top: bool,
    /// How much one unit of a time there is in seconds, if the path says so itself.
    pub unit: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// A key of an object, or a place in a list; `-1` is the last.
    Key(String),
    /// Every item of a list.
    Each,
    /// Every value of an object.
    Values,
}

/// Where a value is looked for: in the document as a whole, and at a place in it.
#[derive(Clone, Copy, Debug)]
pub struct Here<'v> {
    /// The document.
    pub top: &'v Value,
    /// The call, turn or word.
    pub at: &'v Value,
}

impl<'v> Here<'v> {
    /// A place inside the same document.
    pub fn inside(self, at: &'v Value) -> Here<'v> {
        Here { at, ..self }
    }
}

impl Path {
    /// Reads a path; `.` is the place itself, `*` every value of an object, and `$.` in front begins at the document. A
    /// key with dots or brackets in it stands in quotes.
    pub fn parse(text: &str) -> Result<Path, String> {
        let (from_top, rest) = match text.strip_prefix("$.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let mut steps = Vec::new();
        let mut quoted = false;
        let outside = |c: char| {
            quoted ^= c == '"';
            c == '.' && !quoted
        };
        for part in rest.split(outside).filter(|_| rest != ".") {
            let written = part.trim_end_matches("[]");
            let lists = (part.len() - written.len()) / 2;
            let inner = written.strip_prefix('"').and_then(|k| k.strip_suffix('"')).filter(|k| !k.is_empty());
            let key = inner.unwrap_or(written);
            let open = inner.is_none() && key.contains(['[', ']', '"']) || key.contains('"');
            if open || (key.is_empty() && (lists == 0 || !steps.is_empty())) {
                return Err(format!(
                    "\"{text}\" is no path; write keys with dots between them and [] behind a list, as in \"data.items[]\""
                ));
            }
            match key {
                "" => {}
                "*" if inner.is_none() => steps.push(Step::Values),
                key => steps.push(Step::Key(key.to_owned())),
            }
            steps.extend(std::iter::repeat_n(Step::Each, lists));
        }
        Ok(Path { text: text.to_owned(), steps, from_top, unit: None })
    }

    /// All values there, in order.
    fn all<'v>(&self, here: Here<'v>) -> Vec<&'v Value> {
        let mut found = Vec::new();
        gather(if self.from_top { here.top } else { here.at }, &self.steps, &mut found);
        found
    }

    /// The first text or number there that is no word for nothing.
    pub fn name(&self, here: Here<'_>) -> Option<String> {
        let says = |text: &String| !text.is_empty() && !is_nothing(text);
        self.all(here).into_iter().filter_map(written).find(says)
    }

    /// The first text, number, or word for true or false there.
    pub fn word(&self, here: Here<'_>) -> Option<String> {
        let flag = |value: &Value| value.as_bool().map(|flag| flag.to_string());
        self.name(here).or_else(|| self.all(here).into_iter().find_map(flag))
    }

    /// The last key, whose name may tell the unit of a time.
    fn last_key(&self) -> &str {
        let key = |step: &'_ Step| matches!(step, Step::Key(_));
        match self.steps.iter().rfind(|s| key(s)) {
            Some(Step::Key(key)) => key,
            _ => "",
        }
    }
}

fn gather<'v>(value: &'v Value, steps: &[Step], found: &mut Vec<&'v Value>) {
    match (steps, value) {
        (_, Value::Null) => {}
        ([], _) => found.push(value),
        ([Step::Each, rest @ ..], Value::Array(items)) => items.iter().for_each(|item| gather(item, rest, found)),
        ([Step::Values, rest @ ..], Value::Object(keys)) => keys.values().for_each(|value| gather(value, rest, found)),
        ([Step::Key(key), rest @ ..], Value::Object(keys)) => {
            if let Some(value) = keys.get(key) {
                gather(value, rest, found);
            }
        }
        ([Step::Key(key), rest @ ..], Value::Array(items)) => {
            let place = if key == "-1" { items.len().checked_sub(1) } else { key.parse().ok() };
            if let Some(value) = place.and_then(|k| items.get(k)) {
                gather(value, rest, found);
            }
        }
        _ => {}
    }
}

/// Paths of which the first that leads to something counts; none if the description does not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paths(pub Vec<Path>);

impl Paths {
    /// Whether the description says nothing here.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All values at the first path that leads to any.
    pub fn list<'v>(&self, here: Here<'v>) -> Vec<&'v Value> {
        self.0.iter().map(|path| path.all(here)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The values at every path.
    pub fn every<'v>(&self, here: Here<'v>) -> Vec<&'v Value> {
        self.0.iter().flat_map(|path| path.all(here)).collect()
    }

    /// What is said: all texts and numbers at the first path that has any, with a space between them.
    pub fn said(&self, here: Here<'_>) -> Option<String> {
        self.0.iter().find_map(|path| {
            let mut words = path.all(here).into_iter().filter_map(written).filter(|text| !text.is_empty());
            let mut all = words.next()?;
            words.for_each(|word| all.extend([" ", word.as_str()]));
            Some(all)
        })
    }

    /// An id or a name: the first text or number that is no word for nothing.
    pub fn name(&self, here: Here<'_>) -> Option<String> {
        self.0.iter().find_map(|path| path.name(here))
    }

    /// Whether there is something other than a word for nothing, or `false`.
    pub fn holds(&self, here: Here<'_>) -> bool {
        self.0.iter().any(|path| path.word(here).is_some_and(|word| word != "false"))
    }

    /// The label of a speaker, where a bare number gets a prefix: `spk_1`.
    pub fn label(&self, here: Here<'_>, prefix: Option<&str>) -> Option<String> {
        let bare = |name: &String| name.bytes().all(|b| b.is_ascii_digit());
        self.name(here).map(|name| match prefix.filter(|_| bare(&name)) {
            Some(prefix) => format!("{prefix}_{name}"),
            None => name,
        })
    }

    /// A time: a number in the path's own unit, else in `unit`, else in that of its key's name or of its size; or a
    /// clock, a duration or a date as text.
    pub fn time(&self, here: Here<'_>, unit: Option<f64>) -> Option<At> {
        self.0.iter().find_map(|path| {
            let value = path.all(here).into_iter().next()?;
            let unit = path.unit.or(unit);
            let key = if unit.is_some() { "" } else { path.last_key() };
            time::at(key, value, unit)
        })
    }
}

impl std::fmt::Display for Paths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let texts: Vec<&str> = self.0.iter().map(|path| path.text.as_str()).collect();
        f.write_str(&texts.join(" or "))
    }
}

/// A text without the spaces around it, or a number, as text.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_through_keys_places_and_lists() {
        let said = |path: &str, at: &Value| {
            let top = serde_json::json!({"t": 7});
            Paths(vec![Path::parse(path).expect("a path")]).said(Here { top: &top, at })
        };
        let value = serde_json::json!({"a":{"b":[{"c":["x","y"]},{"c":["z"]}]}, "d.e":{"1[2]":["u"], "*": "v"}});
        for (path, want) in [
            ("a.b[].c[]", "x y z"),
            ("a.b.1.c.0", "z"),
            ("a.b.-1.c.0", "z"),
            ("a.b[].c.0", "x z"),
            ("$.t", "7"),
            (r#""d.e"."1[2]"[]"#, "u"),
            (r#""d.e"."*""#, "v"),
            ("a.*.1.c[]", "z"),
            ("a[].b", ""),
        ] {
            assert_eq!(said(path, &value).unwrap_or_default(), want, "{path}");
        }
        assert_eq!((said("a.b", &value), said("a.b.9", &value)), (None, None));
        assert_eq!(said("[]", &serde_json::json!(["p", "q"])).as_deref(), Some("p q"));
        assert_eq!(said(".", &serde_json::json!("p")).as_deref(), Some("p"));
        for wrong in ["", "a..b", "a.[]", "a[0]", "a][", "\"a.b", "\"\"", "a\"b"] {
            assert!(Path::parse(wrong).is_err(), "{wrong}");
        }
    }
}
