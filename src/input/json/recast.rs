//! Turns that are no list of objects, put into that shape so that one reader reads them all: pairs, columns, numbered
//! or timed entries, an object with a key for each side, a list for each side, calls under their ids.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::call::Role;
use crate::input::json::rows::{Key, is_turn, key, may_hold_turns};
use crate::input::text::lines::{Line, shape};
use crate::input::text::times::Stamp;
use crate::roles::labels::{parse_label, role_word};

/// How deep in a document turns are looked for.
const DEPTH: usize = 5;

/// The document with its turns as lists of objects; none where nothing had to be changed. `source` is its text, which
/// still has the order of keys that a parsed document has not.
pub fn recast(doc: &Value, source: &[u8]) -> Option<Value> {
    node(doc, source, 0)
}

fn node(value: &Value, source: &[u8], depth: usize) -> Option<Value> {
    if depth > DEPTH {
        return None;
    }
    match value {
        Value::Array(list) => {
            if let Some(rows) = pairs(list).or_else(|| sides(list, source)) {
                return Some(Value::Array(rows));
            }
            // Most lists are turns as they should be, or no turns at all.
            let mut changed = None;
            for (k, item) in list.iter().enumerate() {
                if let Some(new) = node(item, source, depth + 1) {
                    changed.get_or_insert_with(|| list.clone())[k] = new;
                }
            }
            changed.map(Value::Array)
        }
        Value::Object(object) => {
            let rows = columns(object).or_else(|| timed(object)).or_else(|| numbered(object));
            if let Some(rows) = rows.or_else(|| apart(object)).or_else(|| calls(object, source, depth)) {
                return Some(Value::Array(rows));
            }
            let mut changed = None;
            for (name, inner) in object.iter().filter(|(name, _)| may_hold_turns(name)) {
                if let Some(new) = node(inner, source, depth + 1) {
                    changed.get_or_insert_with(|| object.clone()).insert(name.clone(), new);
                }
            }
            changed.map(Value::Object)
        }
        _ => None,
    }
}

/// The role that a key names; none for a key that is no side of a call.
pub fn side(key: &str) -> Option<Role> {
    match role_word(key) {
        Role::Unknown if key.eq_ignore_ascii_case("user") => Some(Role::Unknown),
        Role::Unknown => None,
        role => Some(role),
    }
}

/// `["agent", "hello"]`, perhaps with times as numbers.
fn pairs(list: &[Value]) -> Option<Vec<Value>> {
    let items: Vec<&Vec<Value>> = list.iter().map(Value::as_array).collect::<Option<_>>()?;
    let texts = |item: &[Value]| -> Vec<usize> { (0..item.len()).filter(|k| item[*k].is_string()).collect() };
    let at = texts(items.first()?);
    let [one, two] = at[..] else { return None };
    let fits = |item: &&Vec<Value>| {
        item.len() <= 4 && texts(item) == at && item.iter().all(|v| v.is_string() || v.is_number() || v.is_null())
    };
    if items.len() < 2 || !items.iter().all(fits) {
        return None;
    }
    let column = |k: usize| items.iter().filter_map(move |item| item.get(k)?.as_str());
    let label = [one, two].into_iter().find(|k| labels(&column(*k).collect::<Vec<_>>()))?;
    let text = one + two - label;
    let row = |item: &&Vec<Value>| {
        let mut numbers = item.iter().filter(|v| v.is_number());
        let (start, end) = (numbers.next(), numbers.next());
        json!({"speaker": item[label], "text": item[text], "start": start, "end": end})
    };
    Some(items.iter().map(row).collect())
}

/// Whether these are labels of speakers: one is a role, or they are short and come back.
fn labels(texts: &[&str]) -> bool {
    let short = texts.iter().all(|t| t.chars().count() <= 30 && t.split_whitespace().count() <= 3);
    let kinds: BTreeSet<&str> = texts.iter().copied().collect();
    let role = || kinds.iter().any(|t| parse_label(t).role != Role::Unknown);
    short && (2..=8).contains(&kinds.len()) && (role() || kinds.len() < texts.len())
}

/// Objects with a key for each side: `{"customer": "hello", "agent": "good day"}`, one of them or both.
fn sides(list: &[Value], source: &[u8]) -> Option<Vec<Value>> {
    let mut names = BTreeSet::new();
    for item in list {
        for (name, value) in item.as_object()? {
            let speaks = side(name).is_some() || name == "system";
            let counts = ["turn", "id", "index", "turn_id", "turnid", "turn_number", "number"];
            match value {
                Value::String(_) | Value::Null if speaks => _ = names.insert(name.as_str()),
                Value::Number(_) if counts.contains(&name.to_ascii_lowercase().as_str()) => {}
                _ => return None,
            }
        }
    }
    // A system speaks to a user, and is a prompt to anybody else.
    if names.len() < 2 || (names.contains("system") && !(names.len() == 2 && names.contains("user"))) {
        return None;
    }
    let mut order: Vec<&str> = names.into_iter().collect();
    order.sort_by_key(|name| std::cmp::Reverse(leading(source, name)));
    let mut rows = Vec::new();
    for item in list {
        for name in &order {
            if let Some(text) = item.get(name).filter(|v| v.is_string()) {
                rows.push(json!({"speaker": if *name == "system" { "bot" } else { name }, "text": text}));
            }
        }
    }
    Some(rows)
}

/// In how many objects this key is the first.
fn leading(source: &[u8], key: &str) -> usize {
    let quoted = format!("\"{key}\"");
    let found = memchr::memmem::find_iter(source, quoted.as_bytes());
    found.filter(|at| source[..*at].trim_ascii_end().ends_with(b"{")).count()
}

/// `{"speaker": ["agent", …], "text": ["hello", …]}`.
fn columns(object: &Map<String, Value>) -> Option<Vec<Value>> {
    let lists = || object.iter().filter_map(|(name, value)| Some((name, value.as_array()?)));
    let texts = lists().find(|(name, list)| key(name) == Key::Text(true) && list.iter().all(Value::is_string));
    let length = texts.map(|(_, list)| list.len()).filter(|length| *length > 1)?;
    let scalar = |v: &Value| !v.is_object() && !v.is_array();
    let columns = || lists().filter(|(_, list)| list.len() == length && list.iter().all(scalar));
    columns().any(|(name, _)| matches!(key(name), Key::Speaker(_))).then(|| {
        let row = |k: usize| columns().map(|(name, list)| (name.clone(), list[k].clone())).collect();
        (0..length).map(|k| Value::Object(row(k))).collect()
    })
}

/// `{"1": {…}, "2": {…}}` or `{"turn_1": …}`: turns, or lines with labels, in the order of their numbers.
fn numbered(object: &Map<String, Value>) -> Option<Vec<Value>> {
    let parts = |name: &str| -> Option<(String, u64)> {
        let prefix = name.trim_end_matches(|c: char| c.is_ascii_digit());
        Some((prefix.to_owned(), name[prefix.len()..].parse().ok()?))
    };
    let mut entries = Vec::new();
    for (name, value) in object {
        let (prefix, number) = parts(name)?;
        let row = match value {
            Value::Object(turn) if is_turn(turn.keys().map(String::as_str)) => value.clone(),
            Value::String(line) => labelled(line)?,
            _ => return None,
        };
        entries.push((prefix, number, row));
    }
    if entries.len() < 2 || entries.iter().any(|e| e.0 != entries[0].0) {
        return None;
    }
    entries.sort_by_key(|e| e.1);
    Some(entries.into_iter().map(|e| e.2).collect())
}

/// `{"00:01": "Agent: hello"}`: labelled lines by their times.
fn timed(object: &Map<String, Value>) -> Option<Vec<Value>> {
    let mut entries = Vec::new();
    for (name, value) in object {
        let Stamp::Clock { seconds, .. } = Stamp::parse(name)? else { return None };
        let mut row = labelled(value.as_str()?)?;
        row["start"] = json!(seconds);
        entries.push((seconds, row));
    }
    entries.sort_by(|a, b| a.0.total_cmp(&b.0));
    (entries.len() > 1).then(|| entries.into_iter().map(|e| e.1).collect())
}

/// A turn out of `Agent: hello`.
fn labelled(line: &str) -> Option<Value> {
    match shape(line) {
        Line::Said(_, label, text) => Some(json!({"speaker": label, "text": text})),
        _ => None,
    }
}

/// `{"agent": [{…}], "customer": [{…}]}`: what each side says, put together by the times that all of it has.
fn apart(object: &Map<String, Value>) -> Option<Vec<Value>> {
    let voices = || object.iter().filter(|(name, value)| side(name).is_some() && value.is_array());
    if voices().count() < 2 {
        return None;
    }
    let mut rows = Vec::new();
    for (name, list) in voices() {
        for turn in list.as_array()? {
            let turn = turn.as_object()?;
            let has = |wanted: fn(Key) -> bool| turn.keys().any(|k| wanted(key(k)));
            let timed = has(|k| matches!(k, Key::Text(_))) && has(|k| k == Key::Start);
            if !timed || has(|k| k == Key::Speaker(true)) {
                return None;
            }
            let mut turn = turn.clone();
            turn.insert("speaker".into(), Value::String(name.clone()));
            rows.push(Value::Object(turn));
        }
    }
    (rows.len() > 1).then_some(rows)
}

/// `{"call-1": [turns], "call-2": {"turns": …}}`: calls under their ids, which have digits in them.
fn calls(object: &Map<String, Value>, source: &[u8], depth: usize) -> Option<Vec<Value>> {
    let id = |name: &String| name.bytes().any(|b| b.is_ascii_digit()) && key(name) == Key::Other;
    if object.is_empty() || !object.keys().all(id) {
        return None;
    }
    let talks = |v: &Value| v.as_array().is_some_and(|turns| turns.iter().any(|t| says(t) || is_line(t)));
    let (mut calls, mut any) = (Vec::new(), false);
    for (name, value) in object {
        calls.push(match node(value, source, depth + 1).unwrap_or_else(|| value.clone()) {
            turns @ Value::Array(_) => {
                any |= talks(&turns);
                json!({"call_id": name, "turns": turns})
            }
            Value::Object(mut call) => {
                any |= call.iter().any(|(k, v)| may_hold_turns(k) && talks(v));
                if !call.keys().any(|k| key(k) == Key::Call) {
                    call.insert("call_id".into(), Value::String(name.clone()));
                }
                Value::Object(call)
            }
            _ => return None,
        });
    }
    any.then_some(calls)
}

/// Whether this is a line with a label.
fn is_line(value: &Value) -> bool {
    value.as_str().and_then(labelled).is_some()
}

/// Whether this is a turn as it should be.
fn says(value: &Value) -> bool {
    value.as_object().is_some_and(|turn| is_turn(turn.keys().map(String::as_str)))
}
