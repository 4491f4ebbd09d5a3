//! The keys of a description, read from TOML; what is wrong is noted with its place.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::call::Role;
use crate::input::Gives;
use crate::input::json::described::description::{Description, Look, People, Roles, Side, Words};
use crate::input::json::described::path::{Path, Paths};
use crate::roles::labels::role_word;
use crate::support::suggest::nearest;

/// Where in the text something is wrong, and what.
type Problem = (usize, String);

/// The keys that hold something other than paths.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "unit", "sent", "roles", "only", "people", "words", "speaker-prefix", "speaker-goes-on", "alternate", "streamed", "recognise", "about", "recognised",
    "gives",
];

/// The keys of `recognise` and `gives`.
const LOOK: &[&str] = &["within", "all", "any", "none", "sure", "because"];
const GIVES: &[&str] = &["roles", "times", "names"];

/// The units of times, and what one is in seconds.
const UNITS: [(&str, f64); 5] = [("s", 1.0), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("ticks", 1e-7)];

/// The description of a shipped format; none where something is wrong with it, which a test finds.
pub(super) fn shipped(name: &str, source: &str) -> Option<Description> {
    let table = DeTable::parse(source).ok()?;
    describe(name, 0, table.get_ref(), &mut Vec::new())
}

/// Reads the description of the format `name`, whose own place in the text is `at`.
pub fn describe(name: &str, at: usize, keys: &DeTable<'_>, wrong: &mut Vec<Problem>) -> Option<Description> {
    let before = wrong.len();
    let mut said = Description::default();
    for (key, value) in keys {
        Reader { name, key: key.get_ref(), at: value.span().start, wrong: &mut *wrong }.key(
            key.span().start,
            value.get_ref(),
            &mut said,
        );
    }
    for (key, paths, what) in
        [("turns", &said.turns, "the turns, such as \"items[]\""), ("text", &said.text, "the words within a turn")]
    {
        if paths.is_empty() && wrong.len() == before {
            wrong.push((at, format!("[formats.{name}] needs `{key}`, the path to {what}")));
        }
    }
    (wrong.len() == before).then_some(said)
}

/// Reads the value of one key.
struct Reader<'a> {
    name: &'a str,
    key: &'a str,
    at: usize,
    wrong: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn key(mut self, key_at: usize, value: &DeValue<'_>, said: &mut Description) {
        if let Some(place) = said.paths(self.key) {
            *place = self.paths(value);
            return;
        }
        match self.key {
            "sent" => said.sent = self.flag(value),
            "streamed" => said.streamed = self.flag(value),
            "speaker-goes-on" => said.speaker_goes_on = self.flag(value),
            "alternate" => said.alternate = self.texts(value),
            "unit" => said.unit = self.unit(value),
            "about" => said.about = Some(self.kept(value)),
            "recognised" => said.recognised = Some(self.kept(value)),
            "speaker-prefix" => said.speaker_prefix = Some(self.kept(value).to_owned()),
            "roles" => match value {
                DeValue::String(text) if text == "voice-ai" => said.roles = Roles::VoiceAi,
                _ => {
                    let wanted = "a table such as { A = \"agent\", B = \"customer\" }, or \"voice-ai\"";
                    let mut roles = Vec::new();
                    self.table(value, wanted, |reader, label, value, _| {
                        roles.extend(reader.side(value).map(|side| (label.to_owned(), side)));
                    });
                    said.roles = Roles::Words(roles);
                }
            },
            "only" => self.table(value, "a table such as { type = \"message\" }", |reader, path, value, at| {
                let values = reader.texts(value);
                match Path::parse(path) {
                    Ok(path) => said.only.push((path, values)),
                    Err(why) => reader.wrong.push((at, why)),
                }
            }),
            "people" => self.paths_of(value, People::PATHS, &mut said.people, People::paths),
            "words" => self.paths_of(value, Words::PATHS, &mut said.words, Words::paths),
            "recognise" => match value {
                DeValue::Array(looks) => {
                    for look in looks {
                        self.at = look.span().start;
                        self.look(look.get_ref(), said);
                    }
                }
                one => self.look(one, said),
            },
            "gives" => {
                let mut gives = Gives { roles: "labels", times: "none", names: false };
                self.table(value, "a table of roles, times and names", |reader, key, value, at| match key {
                    "roles" => gives.roles = reader.kept(value),
                    "times" => gives.times = reader.kept(value),
                    "names" => gives.names = reader.flag(value),
                    _ => reader.unknown(at, key, "gives", GIVES),
                });
                said.gives = Some(gives);
            }
            key => {
                let keys = [Description::PATHS, OTHERS].concat();
                let meant = did_you_mean(key, &keys);
                let what = format!("no key `{key}` in [formats.{}]{meant}; there are {}", self.name, keys.join(", "));
                self.wrong.push((key_at, what));
            }
        }
    }

    fn wants(&mut self, what: &str) {
        self.wrong.push((self.at, format!("`{}` wants {what}", self.key)));
    }

    fn unknown(&mut self, at: usize, key: &str, table: &str, keys: &[&str]) {
        let meant = did_you_mean(key, keys);
        self.wrong.push((at, format!("no key `{key}` in `{table}`{meant}; there are {}", keys.join(", "))));
    }

    /// Goes through a table; the reader stands at each value in turn.
    fn table(
        &mut self,
        value: &DeValue<'_>,
        wanted: &str,
        mut each: impl FnMut(&mut Reader<'_>, &str, &DeValue<'_>, usize),
    ) {
        let Some(table) = value.as_table() else { return self.wants(wanted) };
        for (key, value) in table {
            let mut reader =
                Reader { name: self.name, key: key.get_ref(), at: value.span().start, wrong: &mut *self.wrong };
            each(&mut reader, key.get_ref(), value.get_ref(), key.span().start);
        }
    }

    /// A table of paths alone.
    fn paths_of<T>(
        &mut self,
        value: &DeValue<'_>,
        keys: &[&str],
        paths: &mut T,
        place: for<'p> fn(&'p mut T, &str) -> Option<&'p mut Paths>,
    ) {
        let table = self.key;
        self.table(value, "a table of paths", |reader, key, value, at| match place(paths, key) {
            Some(place) => *place = reader.paths(value),
            None => reader.unknown(at, key, table, keys),
        });
    }

    fn look(&mut self, value: &DeValue<'_>, said: &mut Description) {
        let mut within = vec![String::new()];
        let mut look = Look { sure: 0.95, because: "its keys", ..Look::default() };
        self.table(value, "a table of `all`, `any` and `because`", |reader, key, value, at| match key {
            "within" => within = reader.texts(value),
            "all" => look.all = reader.texts(value),
            "any" => look.any = reader.texts(value),
            "none" => look.none = reader.texts(value),
            "because" => look.because = reader.kept(value),
            "sure" => match value.as_float().and_then(|f| f.as_str().parse::<f64>().ok()) {
                Some(sure) if (0.0..=1.0).contains(&sure) => look.sure = sure,
                _ => reader.wants("a number between 0.0 and 1.0"),
            },
            _ => reader.unknown(at, key, "recognise", LOOK),
        });
        for place in within {
            let inside = |paths: &[String]| -> Vec<String> {
                let dot = if place.is_empty() { "" } else { "." };
                paths.iter().map(|path| format!("{place}{dot}{path}")).collect()
            };
            let (all, any, none) = (inside(&look.all), inside(&look.any), inside(&look.none));
            said.recognise.push(Look { all, any, none, ..look });
        }
    }

    /// A path, or several of which the first that leads to something counts; each as a text, or with a unit of its
    /// own.
    fn paths(&mut self, value: &DeValue<'_>) -> Paths {
        let several = value.as_array().map(|list| list.iter().map(Spanned::get_ref).collect::<Vec<_>>());
        Paths(several.unwrap_or_else(|| vec![value]).into_iter().filter_map(|path| self.path(path)).collect())
    }

    fn path(&mut self, value: &DeValue<'_>) -> Option<Path> {
        let (text, unit) = match value {
            DeValue::Table(table) => (table.get("at")?.get_ref(), table.get("unit").map(Spanned::get_ref)),
            text => (text, None),
        };
        let Some(text) = text.as_str() else {
            self.wants("a path in quotes, such as \"data.items[]\"");
            return None;
        };
        match Path::parse(text) {
            Ok(mut path) => {
                path.unit = unit.and_then(|unit| self.unit(unit));
                Some(path)
            }
            Err(why) => {
                self.wrong.push((self.at, why));
                None
            }
        }
    }

    fn unit(&mut self, value: &DeValue<'_>) -> Option<f64> {
        let known = UNITS.iter().find(|(name, _)| Some(*name) == value.as_str());
        if known.is_none() {
            self.wrong.push((self.at, "`unit` wants one of \"s\", \"ms\", \"us\", \"ns\", \"ticks\"".into()));
        }
        known.map(|(_, seconds)| *seconds)
    }

    fn side(&mut self, value: &DeValue<'_>) -> Option<Side> {
        match value.as_str().map(|word| (word, role_word(word))) {
            Some(("nobody", _)) => Some(Side::Nobody),
            Some((_, role)) if role != Role::Unknown => Some(Side::Says(role)),
            _ => {
                let what = "a role is one of \"agent\", \"customer\", \"bot\", or \"nobody\" for what nobody says";
                self.wrong.push((self.at, what.into()));
                None
            }
        }
    }

    fn flag(&mut self, value: &DeValue<'_>) -> bool {
        let flag = value.as_bool();
        if flag.is_none() {
            self.wants("true or false");
        }
        flag.unwrap_or_default()
    }

    /// A text, or several.
    fn texts(&mut self, value: &DeValue<'_>) -> Vec<String> {
        let list = value.as_array().map(|list| list.iter().map(Spanned::get_ref).collect::<Vec<_>>());
        let texts = list.unwrap_or_else(|| vec![value]).into_iter().map(|v| v.as_str().map(str::to_owned)).collect();
        let texts: Option<Vec<String>> = texts;
        if texts.is_none() {
            self.wants("a text in quotes, or a list of them");
        }
        texts.unwrap_or_default()
    }

    /// A text that lives as long as the program, as what formats say of themselves does: read once in a run.
    fn kept(&mut self, value: &DeValue<'_>) -> &'static str {
        let Some(text) = value.as_str() else {
            self.wants("a text in quotes");
            return "";
        };
        Box::leak(text.to_owned().into_boxed_str())
    }
}

fn did_you_mean(typed: &str, keys: &[&str]) -> String {
    nearest(typed, keys.iter().copied()).map_or(String::new(), |name| format!(" (did you mean `{name}`?)"))
}
