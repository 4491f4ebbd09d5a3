//! JSON of no known vendor: a list of objects of which each has a text-like and a speaker-like key, wherever it
//! stands, in `PascalCase`, `camelCase` or `snake_case`; a list of objects with a role for a key; a list of labelled
//! lines. One call, or a list of calls.

use std::collections::BTreeSet;

use crate::call::{Call, Role};
use crate::input::formats::call_jsonl::{self, CallJsonl};
use crate::input::formats::one_text;
use crate::input::json::recast::{recast, side};
use crate::input::json::rows::{Key, Layout, is_turn, key, may_hold_turns, named_for_turns};
use crate::input::json::said::{is_partial, is_unheard, of_words, speaker, spoken};
use crate::input::json::{At, CallBuilder, Document, Fields, Lines, Sight, Value, about, python, time, voice_ai};
use crate::input::text::lines::{Line, shape};
use crate::input::text::times;
use crate::input::text::transcript::read_transcript;
use crate::input::{Format, FormatInfo, Gives, ReadError, Record};
use crate::roles::labels::{parse_label, role_word};

/// Generic JSON.
pub static GENERIC_JSON: Document = Document {
    info: FormatInfo {
        name: "json",
        about: "JSON of any other kind: a list of turns with a text and a speaker",
        recognised: "a list of objects with a text-like and a speaker-like key, of {role: text}, or of labelled lines",
        gives: Gives { roles: "labels", times: "words", names: true },
    },
    lines: Lines::Turns,
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    // What is not seen yet may be of a known kind.
    if !sight.complete {
        return None;
    }
    let paths: Vec<&str> = sight.outline.paths().collect();
    let mut found: Option<(f64, &'static str)> = None;
    for list in paths.iter().filter(|p| p.ends_with("[]") && may_hold_turns(p)) {
        let keys = || {
            let under = paths.iter().filter_map(|p| p.strip_prefix(list)?.strip_prefix('.'));
            under.filter(|k| !k.contains(['.', '[']))
        };
        let guess = if keys().count() == 0 {
            labelled(sight.outline.values(list)).then_some((0.58, "a list of lines with labels"))
        } else if is_turn(keys()) {
            let sure = named_for_turns(list) || *list == "[]";
            // Turns whose times are not written as call JSONL writes them are somebody else's.
            let foreign = keys().any(|k| key(k) == Key::Start && k != "start_s");
            if *list == "turns[]" && foreign && !sight.outline.has("turns[].start_s") {
                return Some((0.96, "turns with text, speaker and times of their own"));
            }
            Some((if sure { 0.72 } else { 0.6 }, "a list of objects with text and speaker"))
        } else {
            by_role(keys()).then_some((0.7, "a list of objects with a role for a key"))
        };
        if guess.map_or(0.0, |g| g.0) > found.map_or(0.0, |f| f.0) {
            found = guess;
        }
    }
    found
}

/// Lines such as `Agent: hello`: one whose label is a role, or labels that come back.
fn labelled<S: AsRef<str>>(lines: &[S]) -> bool {
    let mut seen = Vec::new();
    for line in lines {
        if let Line::Said(_, label, _) = shape(line.as_ref()) {
            let parsed = parse_label(label);
            if parsed.role != Role::Unknown || seen.contains(&label) {
                return true;
            }
            seen.push(label);
        }
    }
    false
}

/// Whether the only keys are roles, of two sides.
fn by_role<'k>(keys: impl Iterator<Item = &'k str>) -> bool {
    let mut sides = 0;
    for key in keys {
        if side(key).is_none() {
            return false;
        }
        sides += 1;
    }
    sides >= 2
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let recast = recast(doc, builder.source());
    if let Err(why) = documents(recast.as_ref().unwrap_or(doc), builder) {
        builder.refuse(why);
    }
}

/// Whether calls are found in a document, whatever its outline looks like.
pub fn reads(doc: &Value, source: &[u8]) -> bool {
    let recast = recast(doc, source);
    let doc = recast.as_ref().unwrap_or(doc);
    turns(doc, 0).is_some() || calls(doc).is_some() || one_text::within(doc, json, 0).is_some()
}

fn documents(doc: &Value, builder: &mut CallBuilder<'_>) -> Result<(), ReadError> {
    if let Some((list, outer)) = turns(doc, 0) {
        if let Some(calls) = wide(list) {
            for (row, text) in calls {
                one_text::one(row, text, json, builder);
            }
            return Ok(());
        }
        if let Some(groups) = by_call(list) {
            for (id, group) in groups {
                builder.id(Some(id));
                rows(&group, builder);
                builder.hand_over_listed();
            }
            return Ok(());
        }
        for object in outer.iter().rev() {
            about::metadata(object, builder);
        }
        return fill(list, builder);
    }
    if let Some(calls) = calls(doc) {
        for call in calls {
            listed(call, builder);
        }
    } else if let Some((object, text, outer)) = one_text::within(doc, json, 0) {
        for object in outer {
            about::metadata(object, builder);
        }
        one_text::one(object, text, json, builder);
    }
    Ok(())
}

/// A list of calls, alone or under a key.
fn calls(doc: &Value) -> Option<&Vec<Value>> {
    let talks = |list: &&Vec<Value>| list.iter().any(|call| turns(call, 0).is_some());
    match doc {
        Value::Array(list) => Some(list).filter(talks),
        Value::Object(keys) => keys.values().filter_map(Value::as_array).filter(talks).max_by_key(|l| l.len()),
        _ => None,
    }
}

/// One of a list of calls, with its turns as a list or as one text; what is neither is reported.
pub(super) fn listed(call: &Value, builder: &mut CallBuilder<'_>) {
    let Some((list, outer)) = turns(call, 0) else {
        return match one_text::text(call) {
            Some(text) => one_text::one(call, text, json, builder),
            None => builder.unread("has no turns: no list of texts and speakers, and no transcript as text"),
        };
    };
    for object in outer.iter().rev() {
        about::metadata(object, builder);
    }
    match fill(list, builder) {
        Ok(()) => builder.hand_over_listed(),
        Err(why) => builder.unread(why.0),
    }
}

/// The list of turns of a call, and the objects around it, from the innermost outwards.
fn turns(value: &Value, depth: usize) -> Option<(&[Value], Vec<&Value>)> {
    if let Some(list) = value.as_array() {
        return holds_turns(list).then(|| (list.as_slice(), Vec::new()));
    }
    let object = value.as_object().filter(|_| depth < 4)?;
    let mut best: Option<(bool, usize, &[Value], Vec<&Value>)> = None;
    for (key, inner) in object {
        if inner.is_array() && !may_hold_turns(key) {
            continue;
        }
        if let Some((list, mut outer)) = turns(inner, depth + 1) {
            outer.push(value);
            let rank = (named_for_turns(key), list.len());
            if best.as_ref().is_none_or(|b| rank > (b.0, b.1)) {
                best = Some((rank.0, rank.1, list, outer));
            }
        }
    }
    best.map(|(_, _, list, outer)| (list, outer))
}

/// Whether most of a list are turns.
fn holds_turns(list: &[Value]) -> bool {
    let turn = |v: &&Value| match v {
        Value::Object(object) => {
            let speaks = |v: &Value| v.is_string() || v.is_object() || v.is_null() || v.is_array();
            let words = object.iter().any(|(k, v)| matches!(key(k), Key::Text(_)) && speaks(v));
            is_turn(object.keys().map(String::as_str)) && words
        }
        _ => false,
    };
    if list.iter().all(Value::is_string) {
        let lines: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
        return labelled(&lines);
    }
    list.iter().filter(turn).count() * 2 >= list.len()
}

/// Rows that are calls with their transcripts, where most texts are labelled lines: no turn sounds like that.
fn wide(list: &[Value]) -> Option<Vec<(&Value, &str)>> {
    let layout = Layout::of(list);
    let text = |row| layout.text.iter().find_map(|k| Fields::said(row, k));
    let rows: Vec<(&Value, &str)> = list.iter().filter_map(|r| Some((r, text(r)?))).collect();
    let talks = |text: &str| {
        let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
        lines.len() > 1 && labelled(&lines)
    };
    let whole = rows.iter().filter(|(_, text)| talks(text)).count();
    (whole > 0 && whole * 2 > rows.len()).then_some(rows)
}

/// Rows of several calls by their ids; none where they are of one.
fn by_call(list: &[Value]) -> Option<Vec<(String, Vec<Value>)>> {
    let key = Layout::of(list).call?;
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for row in list {
        let id = row.id(key)?;
        let place = *places.entry(id.clone()).or_insert(groups.len());
        if place == groups.len() {
            groups.push((id, Vec::new()));
        }
        groups[place].1.push(row.clone());
    }
    (groups.len() > 1 || groups.len() == 1 && list.len() > 1).then_some(groups)
}

fn fill(list: &[Value], builder: &mut CallBuilder<'_>) -> Result<(), ReadError> {
    if list.iter().any(Value::is_string) {
        let lines: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
        return read_transcript(&lines.join("\n"), builder.call()).map(|()| builder.read_elsewhere());
    }
    rows(list, builder);
    Ok(())
}

fn rows(list: &[Value], builder: &mut CallBuilder<'_>) {
    let layout = Layout::of(list);
    let unit = guessed_unit(list, &layout);
    // Where one side is an assistant, "user" and "human" are the customer.
    let machine = list.iter().any(|row| {
        let stated = layout.speaker.iter().find_map(|k| row.text(k));
        stated.is_some_and(|s| voice_ai::role(s) == Some(Role::Bot) && role_word(s) != Role::Agent)
    });
    // Data sets of dialogues call the two sides so; elsewhere a system's words are a prompt.
    let two = list.iter().filter_map(|row| layout.speaker.iter().find_map(|k| row.text(k)));
    let kinds: BTreeSet<String> = two.take(1_000).map(str::to_ascii_lowercase).collect();
    let system = kinds.iter().eq(["system", "user"]);
    builder.by_labels();
    // One row alone need not tell days from months.
    let dates = || list.iter().filter_map(|row| row.text(layout.start?));
    let day_first = times::day_first(dates());
    if dates().any(|date| date.contains(':')) && !dates().any(times::zoned) {
        builder.local();
    }
    let date = |at: &Value| times::local_date(at.as_str()?, day_first).map(At::Instant);
    let time =
        |row: &Value, key: Option<&str>| key.and_then(|k| time::at(k, row.at(k), unit).or_else(|| date(row.at(k))));
    let mut stamps = false;
    let finals = list.iter().any(|row| !is_partial(row));
    for row in list.iter().filter(|row| !(is_unheard(row) || finals && is_partial(row))) {
        let Some(text) = layout.text.iter().find_map(|k| spoken(row.at(k))).or_else(|| of_words(row)) else {
            continue;
        };
        let who = if system {
            let user = layout.speaker.iter().any(|k| row.text(k).is_some_and(|s| s.eq_ignore_ascii_case("user")));
            let (role, label) = if user { (Role::Customer, "user") } else { (Role::Bot, "system") };
            Some(builder.speaker(role, label, None))
        } else {
            speaker(row, &layout, machine, builder)
        };
        let Some(who) = who else { continue };
        let start = time(row, layout.start);
        stamps |= matches!(start, Some(At::Instant(_)));
        let length = || match (start?, time(row, layout.length)?) {
            (At::Offset(s), At::Offset(l)) => Some(At::Offset(((s + l) * 1e6).round() / 1e6)),
            (At::Clock(s), At::Offset(l) | At::Clock(l)) => Some(At::Clock(s + l)),
            _ => None,
        };
        let end = time(row, layout.end).or_else(length);
        // A turn that does not say when is as long as its words.
        let word = |word: Option<&Value>, key: &str, path: &str| time::at(key, word?.at(path), unit);
        let words = row.list("words|Words");
        let start = start.or_else(|| word(words.first(), "start", "start|start_time|startTime"));
        let end = end.or_else(|| word(words.last(), "end", "end|end_time|endTime"));
        if builder.push_turn(who, start, end, &text) {
            for word in words {
                let text = word.said("word|text|Word|Text|content|punctuated_word");
                let start = time::at("start", word.at("start|start_time|startTime"), unit);
                let end = time::at("end", word.at("end|end_time|endTime"), unit);
                builder.push_word(text.unwrap_or_default(), start, end);
            }
        }
    }
    let flag = layout.speaker.iter().any(|key| list.iter().any(|row| row.at(key).is_boolean()));
    let sent = flag || ["message", "msg", "body"].iter().any(|k| layout.text.first() == Some(k));
    if stamps && sent && layout.end.is_none() {
        builder.chat();
    }
}

/// The unit of plain numbers, by how fast people would have to speak: nobody says less than a letter in twenty
/// seconds all call long, so such numbers are milliseconds, or microseconds.
fn guessed_unit(list: &[Value], layout: &Layout<'_>) -> Option<f64> {
    let number = |row: &Value, key: Option<&str>| row.number(key?);
    if layout.start.is_some_and(|k| time::of_name(k).is_some()) {
        return None;
    }
    let starts: Vec<f64> = list.iter().filter_map(|r| number(r, layout.start)).collect();
    let ends = list.iter().filter_map(|r| number(r, layout.end));
    let first = starts.iter().copied().min_by(f64::total_cmp)?;
    let latest = starts.iter().copied().chain(ends).max_by(f64::total_cmp)?;
    if first >= 1e9 {
        return None;
    }
    let letters: usize =
        list.iter().filter_map(|r| layout.text.iter().find_map(|k| spoken(r.at(k)))).map(|t| t.chars().count()).sum();
    let rate = letters as f64 / (latest - first);
    let fractions = starts.iter().any(|s| s.fract() != 0.0);
    Some(match rate {
        r if fractions || !r.is_finite() || r >= 0.05 => 1.0,
        r if r >= 0.000_05 => 1e-3,
        _ => 1e-6,
    })
}

/// Reads what one string holds into `call`, which keeps the metadata it already has: words, or a call as JSON.
pub fn read_string(text: &str, call: &mut Call) -> Result<(), ReadError> {
    one_text::read(text, json, call)
}

/// Reads a string that holds a call as JSON or as Python prints it, in our own words or as turns of anybody's.
pub fn json(document: &str, call: &mut Call) -> Result<(), ReadError> {
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(document).is_ok();
    let python = if is_json { None } else { python::as_json(document) };
    let document = python.as_deref().unwrap_or(document);
    let format: &dyn Format = if call_jsonl::own(document.as_bytes()) { &CallJsonl } else { &GENERIC_JSON };
    let mut calls = 0;
    let mut held = Call::default();
    format.parse(&Record { bytes: document.as_bytes(), header: None }, call, &mut |one| {
        std::mem::swap(&mut held, one);
        one.clear();
        calls += 1;
    })?;
    std::mem::swap(&mut held, call);
    match (calls, call.unread.take()) {
        (1, None) => Ok(()),
        (1, Some(why)) => Err(ReadError(why)),
        (n, _) => Err(ReadError(format!("its transcript holds {n} calls; it must be one"))),
    }
}
