//! Formats of the user's own: JSON that no reader knows, told by paths to its fields in `heard.toml`.
//!
//! They are registered once, before arguments are read, so that `--from`, help and errors know their names as they
//! know all others.

use std::sync::OnceLock;

use serde_json::Value;

use super::detect::{json_error, json_lines};
use super::labels::{self, role_word, told};
use super::times::{Span, Stamp, set_times};
use super::{Format, Framing, Gives, Guess, Head, Record, Unread};
use crate::call::{Call, Clock, HowRoles, Role};

/// The way to a value: keys and places in lists, each perhaps going into every item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    steps: Vec<Step>,
    text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// A key of an object, or a place in a list.
    Key(String),
    /// Every item of a list.
    Each,
}

impl Path {
    /// Reads `data.items[]`, `nbest.0.text`, `[]`.
    pub fn parse(text: &str) -> Result<Path, String> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let key = part.trim_end_matches("[]");
            let lists = (part.len() - key.len()) / 2;
            if key.contains(['[', ']']) || (key.is_empty() && (lists == 0 || !steps.is_empty())) {
                return Err(format!(
                    "\"{text}\" is no path; write keys with dots between them and [] behind a list, as in \"data.items[]\""
                ));
            }
            if !key.is_empty() {
                steps.push(Step::Key(key.to_owned()));
            }
            steps.extend(std::iter::repeat_n(Step::Each, lists));
        }
        Ok(Path { steps, text: text.to_owned() })
    }

    /// All values there, in order.
    fn all<'v>(&self, from: &'v Value) -> Vec<&'v Value> {
        let mut found = vec![from];
        for step in &self.steps {
            found = found
                .into_iter()
                .flat_map(|value| match (step, value) {
                    (Step::Each, Value::Array(items)) => items.iter().collect(),
                    (Step::Key(key), Value::Object(keys)) => keys.get(key).into_iter().collect(),
                    (Step::Key(key), Value::Array(items)) => {
                        let place = key.parse::<usize>().ok();
                        place.and_then(|k| items.get(k)).into_iter().collect()
                    }
                    _ => Vec::new(),
                })
                .collect();
        }
        found
    }

    /// The texts and numbers there as one text.
    fn text(&self, from: &Value) -> Option<String> {
        let words: Vec<String> = self
            .all(from)
            .into_iter()
            .filter_map(|value| match value {
                Value::String(text) => Some(text.trim().to_owned()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            })
            .filter(|text| !text.is_empty())
            .collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// A format of the user's own.
#[derive(Clone, Debug, Default)]
pub struct OwnFormat {
    /// Its name for `--from`.
    pub name: String,
    /// From the document to each call, where it holds several.
    pub calls: Option<Path>,
    /// From a call to its turns.
    pub turns: Path,
    /// From a turn to its words, its speaker's label and name, its times.
    pub text: Path,
    /// See `text`.
    pub speaker: Option<Path>,
    /// See `text`.
    pub speaker_name: Option<Path>,
    /// See `text`.
    pub start: Option<Path>,
    /// See `text`.
    pub end: Option<Path>,
    /// How much one unit of a time is in seconds; numbers are told by their size if none.
    pub unit: Option<f64>,
    /// Whether times are those of sending.
    pub sent: bool,
    /// Labels, and the roles they mean.
    pub roles: Vec<(String, Role)>,
    /// From a call to what is known of it.
    pub call: Option<Path>,
    /// See `call`.
    pub agent: Option<Path>,
    /// See `call`.
    pub customer: Option<Path>,
    /// See `call`.
    pub queue: Option<Path>,
    /// See `call`.
    pub started: Option<Path>,
    /// See `call`.
    pub language: Option<Path>,
}

static OWN: OnceLock<Vec<&'static dyn Format>> = OnceLock::new();

/// Makes these formats known, once in a run: they live as long as the program.
pub fn register(formats: Vec<OwnFormat>) {
    let leaked = |format: OwnFormat| -> &'static dyn Format {
        let name: &'static str = Box::leak(format.name.clone().into_boxed_str());
        Box::leak(Box::new(Named { name, format }))
    };
    // A second call would come from a second reading of the same file, and change nothing.
    let _ = OWN.set(formats.into_iter().map(leaked).collect());
}

/// The formats of the user's own.
#[must_use]
pub fn all() -> &'static [&'static dyn Format] {
    OWN.get().map_or(&[], Vec::as_slice)
}

/// A format with a name that lives as long as the program, as all names of formats do.
#[derive(Debug)]
struct Named {
    name: &'static str,
    format: OwnFormat,
}

impl Format for Named {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        "JSON described in heard.toml"
    }

    fn recognised(&self) -> &'static str {
        "not by content: name it with --from"
    }

    fn gives(&self) -> Gives {
        Gives {
            roles: if self.format.roles.is_empty() { "labels" } else { "stated" },
            times: match (&self.format.start, &self.format.end) {
                _ if self.format.sent => "sent",
                (Some(_), Some(_)) => "turn start and end",
                (Some(_), None) => "turn start",
                _ => "none",
            },
            names: self.format.speaker_name.is_some() || self.format.agent.is_some(),
        }
    }

    fn sniff(&self, _head: &Head<'_>) -> Option<Guess> {
        None
    }

    fn framing(&self, head: &Head<'_>) -> Framing {
        if json_lines(head.bytes.trim_ascii_start(), head.complete) { Framing::Lines } else { Framing::Whole }
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), Unread> {
        self.format.read(record.bytes, call, each)
    }
}

impl OwnFormat {
    /// Reads a document.
    pub fn read(&self, bytes: &[u8], call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), Unread> {
        let document: Value = serde_json::from_slice(bytes).map_err(|e| Unread(json_error(&e)))?;
        let calls = match &self.calls {
            Some(path) => path.all(&document),
            None => vec![&document],
        };
        let mut found = false;
        for one in calls {
            call.clear();
            self.fill(one, call);
            if !call.turns.is_empty() {
                found = true;
                each(call);
            }
        }
        if found {
            return Ok(());
        }
        let from = self.calls.as_ref().map_or(String::new(), |p| format!("{} > ", p.text));
        Err(Unread(format!(
            "no turn with words was found at {from}{} > {}; see [formats.{}] in heard.toml",
            self.turns.text, self.text.text, self.name
        )))
    }

    fn fill(&self, from: &Value, call: &mut Call) {
        let text = |path: &Option<Path>, from: &Value| path.as_ref().and_then(|p| p.text(from));
        call.id.push_str(&text(&self.call, from).unwrap_or_default());
        call.agent = text(&self.agent, from);
        call.customer = text(&self.customer, from);
        call.queue = text(&self.queue, from);
        call.started = text(&self.started, from);
        call.language = text(&self.language, from);
        let mut spans = Vec::new();
        let mut how = HowRoles::Label;
        for turn in self.turns.all(from) {
            let Some(words) = self.text.text(turn) else {
                continue;
            };
            let label = text(&self.speaker, turn).unwrap_or_default();
            let mapped = self.roles.iter().find(|(known, _)| known.eq_ignore_ascii_case(&label));
            let told = told(&label);
            if mapped.is_none() && told.nobody {
                continue;
            }
            if mapped.is_some() || role_word(&label) != Role::Unknown {
                how = HowRoles::Stated;
            }
            let role = mapped.map_or(told.role, |(_, role)| *role);
            let name = text(&self.speaker_name, turn).or(told.name);
            let speaker = call.speaker(role, &label, name.as_deref());
            call.push_turn(speaker, None, None, &words);
            spans.push(Span {
                start: self.start.as_ref().and_then(|p| self.stamp(p, turn)),
                end: self.end.as_ref().and_then(|p| self.stamp(p, turn)),
            });
        }
        set_times(call, &spans);
        if self.sent && call.clock != Clock::None {
            call.clock = Clock::Sent;
        }
        labels::settle(call, how);
    }

    /// A time: a number in the unit, or by its size; a clock or a date as written.
    fn stamp(&self, path: &Path, turn: &Value) -> Option<Stamp> {
        let text = path.text(turn)?;
        let Ok(number) = text.parse::<f64>() else {
            return Stamp::parse(&text);
        };
        if !number.is_finite() {
            return None;
        }
        let seconds = match self.unit {
            Some(unit) => number * unit,
            None if number >= 1e15 => number / 1e6,
            None if number >= 1e12 => number / 1e3,
            None => number,
        };
        // More than 31 years on a recording's clock is a date.
        Some(if seconds >= 1e9 { Stamp::Instant(seconds) } else { Stamp::seconds((seconds * 1e6).round() / 1e6) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Path {
        Path::parse(text).expect("a path")
    }

    #[test]
    fn paths_go_through_keys_places_and_lists() {
        let value = serde_json::json!({"a":{"b":[{"c":["x","y"]},{"c":["z"]}]}});
        for (text, want) in [("a.b[].c[]", "x y z"), ("a.b.1.c.0", "z"), ("a.b[].c.0", "x z")] {
            assert_eq!(path(text).text(&value).as_deref(), Some(want), "{text}");
        }
        assert_eq!(path("a.b").text(&value), None);
        let list = serde_json::json!(["p", "q"]);
        assert_eq!(path("[]").text(&list).as_deref(), Some("p q"));
        for wrong in ["", "a..b", "a.[]", "a[0]", "a]["] {
            assert!(Path::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn calls_of_a_document_with_roles_and_times() {
        let format = OwnFormat {
            name: "mine".into(),
            calls: Some(path("data[]")),
            turns: path("msgs[]"),
            text: path("m.t"),
            speaker: Some(path("by")),
            start: Some(path("at")),
            unit: Some(0.001),
            roles: vec![("op".into(), Role::Agent), ("u".into(), Role::Customer)],
            call: Some(path("key")),
            agent: Some(path("op.name")),
            ..OwnFormat::default()
        };
        let text = r#"{"data":[{"key":7,"op":{"name":"Jo"},"msgs":[{"m":{"t":"Hello."},"by":"OP","at":1500},{"m":{"t":"Hi."},"by":"u","at":"2750"},{"m":{},"by":"u"}]},{"key":"8","msgs":[]}]}"#;
        let mut calls = Vec::new();
        format
            .read(text.as_bytes(), &mut Call::default(), &mut |c| {
                calls.push(c.clone());
            })
            .expect("a call");
        let [call] = calls.as_slice() else {
            panic!("{calls:?}");
        };
        assert_eq!((call.id.as_str(), call.agent.as_deref()), ("7", Some("Jo")));
        let shown: Vec<_> = call.turns.iter().map(|t| (call.role(t), t.start, call.turn_text(t))).collect();
        assert_eq!(shown, [(Role::Agent, Some(1.5), "Hello."), (Role::Customer, Some(2.75), "Hi.")]);
        assert_eq!(call.roles.how, HowRoles::Stated);
        let none = format.read(b"{\"data\":[]}", &mut Call::default(), &mut |_| {});
        assert!(none.expect_err("nothing").0.contains("data[] > msgs[] > m.t"));
    }
}
