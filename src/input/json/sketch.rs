//! What JSON of no known shape looks like, in words, with the line of `heard.toml` that would read it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use crate::input::json::field::number;
use crate::input::json::rows::{Key, key, named_for_turns};
use crate::input::json::time;

/// How deep lists are looked for, and how deep fields within one of their items.
const DEPTH: usize = 8;
/// So many items of a list show what all are like.
const ITEMS: usize = 2_000;
/// As many pieces a text may come in; longer lists are no texts.
const PIECES: usize = 3;
/// Keys that are named.
const NAMED: usize = 8;
/// Slower than a letter in twenty seconds nobody speaks: such times are in milliseconds.
const LEAST_RATE: f64 = 0.05;

/// A list of objects, and what the values in them are like.
struct List<'v> {
    /// The way to the list, with `[]` for each list that is gone into.
    path: String,
    items: Vec<&'v Value>,
    fields: BTreeMap<String, Vec<&'v Value>>,
}

/// What a document looks like, and how to have it read.
pub fn sketch(document: &Value) -> String {
    let mut lists = Vec::new();
    gather(document, "", 0, &mut lists);
    let talking = lists.iter().filter_map(|list| Some((list, list.text()?)));
    let best = talking
        .max_by_key(|(list, text)| (list.speaker(text).is_some(), named_for_turns(&list.path), list.words(text)));
    let Some((list, text)) = best else { return plain(document) };
    let mut said = match list.items.len() {
        1 => format!("1 object at {} with ", list.path),
        n => format!("{n} objects at {}, each with ", list.path),
    };
    let names: Vec<&str> = list.fields.keys().map(String::as_str).collect();
    _ = write!(said, "{}", some(&names));
    if list.speaker(text).is_none() {
        said.push_str(", of which none says who speaks");
    }
    let line = list.line(text);
    if list.speaker(text).is_none() {
        return format!(
            "{said}; if they are turns, --from mine reads them with this line at the top of heard.toml, for [formats.mine], \
             in which `alternate` is who speaks first and who next: {}, alternate = [\"customer\", \"agent\"] }}",
            line.trim_end_matches(" }")
        );
    }
    said + "; if they are turns, --from mine reads them with this line at the top of heard.toml, for [formats.mine]: "
        + &line
}

/// The first of some names.
fn some(names: &[&str]) -> String {
    let rest = if names.len() > NAMED { ", ..." } else { "" };
    format!("{}{rest}", names[..names.len().min(NAMED)].join(", "))
}

/// A document in which no list of texts is found.
fn plain(document: &Value) -> String {
    match document {
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_string) => format!(
            "a list of {}, and nothing says who speaks; begin each with its speaker, such as \"Agent: \"",
            if list.len() == 1 { "1 text".to_owned() } else { format!("{} texts", list.len()) }
        ),
        Value::Object(keys) if keys.is_empty() => "an empty object, in which nobody says anything".into(),
        Value::Object(keys) => {
            let names: Vec<&str> = keys.keys().map(String::as_str).collect();
            format!("an object with {}, and no list of texts in it; see `heard formats`", some(&names))
        }
        Value::Array(list) => format!("a list of {} in which nobody says anything; see `heard formats`", list.len()),
        _ => "a single value; see `heard formats`".into(),
    }
}

/// Lists of objects in the order of the document; those at the same path count as one.
fn gather<'v>(value: &'v Value, path: &str, depth: usize, lists: &mut Vec<List<'v>>) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(items) => {
            let path = format!("{path}[]");
            for item in items.iter().take(ITEMS) {
                if item.is_object() {
                    let place = lists.iter().position(|list| list.path == path).unwrap_or_else(|| {
                        lists.push(List { path: path.clone(), items: Vec::new(), fields: BTreeMap::new() });
                        lists.len() - 1
                    });
                    if lists[place].items.len() < ITEMS {
                        lists[place].items.push(item);
                        fields(item, "", 0, &mut lists[place].fields);
                    }
                }
                gather(item, &path, depth + 1, lists);
            }
        }
        Value::Object(keys) => {
            let by_id = !keys.is_empty() && keys.iter().all(|(name, inner)| is_id(name) && inner.is_object());
            for (name, inner) in keys.iter().take(if by_id { ITEMS } else { usize::MAX }) {
                let Some(name) = (if by_id { Some("*".into()) } else { in_path(name) }) else { continue };
                let dot = if path.is_empty() { "" } else { "." };
                gather(inner, &format!("{path}{dot}{name}"), depth + 1, lists);
            }
        }
        _ => {}
    }
}

/// Whether a key is rather the id of what it leads to than a name.
fn is_id(name: &str) -> bool {
    name.bytes().any(|b| b.is_ascii_digit()) && key(name) == Key::Other
}

/// A key as it stands in a path; none for one that cannot.
fn in_path(name: &str) -> Option<Cow<'_, str>> {
    if name.is_empty() || name.len() > 60 || name.contains(['"', '\\', '$', '\'']) || name.contains(char::is_control) {
        return None;
    }
    let plain = !name.contains(['.', '[', ']', '*']);
    Some(if plain { Cow::Borrowed(name) } else { Cow::Owned(format!("\"{name}\"")) })
}

/// The plain values of an item, by the way to them.
fn fields<'v>(value: &'v Value, path: &str, depth: usize, found: &mut BTreeMap<String, Vec<&'v Value>>) {
    let Some(keys) = value.as_object().filter(|_| depth < 4) else { return };
    for (name, inner) in keys.iter().filter_map(|(name, inner)| Some((in_path(name)?, inner))) {
        let path = if path.is_empty() { name.into_owned() } else { format!("{path}.{name}") };
        match inner {
            Value::Object(_) => fields(inner, &path, depth + 1, found),
            // A text may come in pieces.
            Value::Array(pieces) if pieces.len() <= PIECES => {
                for piece in pieces {
                    fields(piece, &format!("{path}[]"), depth + 1, found);
                }
            }
            Value::String(_) | Value::Number(_) if found.contains_key(&path) || found.len() < 200 => {
                found.entry(path).or_default().push(inner);
            }
            _ => {}
        }
    }
}

/// The last key of a path.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

impl List<'_> {
    fn texts(&self, field: &str) -> impl Iterator<Item = &str> {
        self.fields.get(field).into_iter().flatten().filter_map(|v| v.as_str())
    }

    fn words(&self, field: &str) -> usize {
        self.texts(field).map(|t| t.split_whitespace().count()).sum()
    }

    /// The field with most words, if they are more than names.
    fn text(&self) -> Option<&str> {
        let sure = |field: &str| matches!(key(last(field)), Key::Text(_));
        let several = self.fields.keys().map(String::as_str).filter(|field| {
            let count = self.texts(field).count();
            count * 2 >= self.items.len() && self.words(field) >= 2 * count && count > 0
        });
        several.max_by_key(|field| (sure(field), self.words(field)))
    }

    /// The field that says who speaks: few short values that come back, or one that is called so.
    fn speaker(&self, text: &str) -> Option<&str> {
        let fits = |field: &&str| {
            let mut values: Vec<String> = self.fields[*field].iter().map(ToString::to_string).collect();
            let count = values.len();
            values.sort_unstable();
            values.dedup();
            let short = values.iter().all(|v| v.chars().count() <= 40);
            let few = (2..=2.max(count / 2).min(20)).contains(&values.len());
            *field != text && short && few && count * 2 >= self.items.len() && key(last(field)) != Key::Start
        };
        let rank = |field: &&str| match key(last(field)) {
            Key::Speaker(true) => 0,
            Key::Speaker(false) => 1,
            // Turns that are only numbered have no speaker.
            _ if self.fields[*field].iter().all(|v| v.is_number()) => 3,
            _ => 2,
        };
        self.fields.keys().map(String::as_str).filter(fits).filter(|f| rank(f) < 3).min_by_key(rank)
    }

    /// The field that says when a turn starts, and the unit of its numbers if it is not seconds.
    fn start(&self, text: &str) -> Option<(&str, Option<&'static str>)> {
        let named = |field: &&str| key(last(field)) == Key::Start;
        let timed = |field: &&str| {
            self.fields[*field].iter().all(|v| number(v).is_some() || v.as_str().and_then(time::written).is_some())
        };
        let field = self.fields.keys().map(String::as_str).filter(named).find(timed)?;
        let numbers: Vec<f64> = self.fields[field].iter().filter_map(|v| number(v)).collect();
        let least = numbers.iter().copied().min_by(f64::total_cmp).unwrap_or_default();
        let most = numbers.iter().copied().max_by(f64::total_cmp).unwrap_or_default();
        let letters: usize = self.texts(text).map(|t| t.chars().count()).sum();
        let slow = most > least && (letters as f64) / (most - least) < LEAST_RATE && most < 1e9;
        let unit = (slow && time::of_name(last(field)).is_none()).then_some("ms");
        Some((field, unit))
    }

    /// The line for `heard.toml`.
    fn line(&self, text: &str) -> String {
        // The outer lists hold calls, the last one holds turns.
        let inner = self.path.trim_end_matches("[]");
        let outer =
            [inner.rfind("[]").map(|at| at + 2), inner.rfind("*.").map(|at| at + 1)].into_iter().flatten().max();
        let (calls, turns) = match outer {
            Some(at) => (Some(&self.path[..at]), self.path[at..].trim_start_matches('.')),
            None => (None, self.path.as_str()),
        };
        let mut keys = Vec::new();
        let mut add = |name: &str, value: &str| {
            let quote = if value.contains('"') { '\'' } else { '"' };
            keys.push(format!("{name} = {quote}{value}{quote}"));
        };
        if let Some(calls) = calls {
            add("calls", calls);
        }
        add("turns", turns);
        add("text", text);
        if let Some(speaker) = self.speaker(text) {
            add("speaker", speaker);
        }
        if let Some((start, unit)) = self.start(text) {
            add("start", start);
            if let Some(unit) = unit {
                add("unit", unit);
            }
        }
        format!("formats.mine = {{ {} }}", keys.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Call;
    use crate::input::json::described::describe;
    use crate::input::json::{CallBuilder, testing::shown};
    use serde_json::json;

    /// The turns that the line in the sketch of a document reads.
    fn read(document: &Value) -> Vec<String> {
        let said = sketch(document);
        let line = &said[said.find("formats.mine").expect(&said)..];
        let line = line.rsplit("formats.mine = ").next().expect("a line");
        let line = format!("formats.mine = {line}");
        let table = toml::de::DeTable::parse(&line).expect("TOML");
        let mine = table.get_ref()["formats"].get_ref()["mine"].get_ref();
        let mut wrong = Vec::new();
        let description = describe("mine", 0, mine.as_table().expect("a table"), &mut wrong).expect("a format");
        let (mut call, mut turns) = (Call::default(), Vec::new());
        let mut each = |call: &mut Call| turns.extend(shown(call));
        description.read(document, &mut CallBuilder::of(&mut call, &mut each));
        turns
    }

    #[test]
    fn the_line_reads_what_it_is_about() {
        let parts = json!([{"by":"op","say":{"words":"Hi, this is Lena."},"at":500},
            {"by":"cu","say":{"words":"My boiler stopped."},"at":2500},
            {"by":"op","say":{"words":"I am sorry to hear that."},"at":20500}]);
        let want = [
            "unknown [op] 0.5-? Hi, this is Lena.",
            "unknown [cu] 2.5-? My boiler stopped.",
            "unknown [op] 20.5-? I am sorry to hear that.",
        ];
        assert_eq!(read(&json!({"data":{"parts":parts}})), want);
        assert_eq!(read(&json!({"rows":[{"key":1,"parts":parts}]})), want);
        assert_eq!(read(&json!([{"x":{"parts":parts}}, {"x":{"parts":[]}}])), want);
        assert_eq!(read(&parts), want);
        let flat = json!({"events":[{"kind":"says","whoami":"A1","payload":"Hi, this is Lena.","nr":1},
            {"kind":"says","whoami":"C1","payload":"My boiler stopped.","nr":2}]});
        let quoted =
            json!({"a.b":[{"by.x":"op","t[1]":"Hi, this is Lena."},{"by.x":"cu","t[1]":"My boiler stopped."}]});
        assert_eq!(read(&quoted), ["unknown [op] ?-? Hi, this is Lena.", "unknown [cu] ?-? My boiler stopped."]);
        let turns =
            json!([{"text":"I need a train.","seen":{}},{"text":"Where to?","seen":{}},{"text":"To York.","seen":{}}]);
        assert_eq!(
            read(&json!({"D1.json":{"log":turns},"D2.json":{"log":[]}})),
            [
                "customer [customer] ?-? I need a train.",
                "agent [agent] ?-? Where to?",
                "customer [customer] ?-? To York."
            ]
        );
        assert_eq!(read(&flat), ["unknown [A1] ?-? Hi, this is Lena.", "unknown [C1] ?-? My boiler stopped."]);
    }

    #[test]
    fn what_has_no_turns_is_described() {
        for (document, want) in [
            (json!(["Hi there.", "Yes."]), "a list of 2 texts, and nothing says who speaks"),
            (json!({"a":1,"b":"x"}), "an object with a, b, and no list"),
            (json!([1, 2]), "a list of 2 in which nobody"),
            (json!({}), "an empty object"),
            (json!([{"q":"Where is my parcel?","w":"It is on its way."}]), "1 object at [] with q, w"),
        ] {
            let said = sketch(&document);
            assert!(said.starts_with(want), "{said}");
        }
    }
}
