//! `[formats.NAME]` of `heard.toml`: where a user's own JSON keeps its fields.

use super::Reader;
use crate::call::Role;
use crate::cli::values::did_you_mean;
use crate::input::FORMATS;
use crate::input::labels::role_word;
use crate::input::own_json::{self, OwnFormat, Path};
use std::ffi::OsString;
use toml::de::{DeTable, DeValue};

/// The section that holds a section for each format of the user's own.
pub(super) const SECTION: &str = "formats";

/// The keys of a section, those that are paths first.
const KEYS: [&str; 16] = [
    "calls",
    "turns",
    "text",
    "speaker",
    "speaker-name",
    "start",
    "end",
    "call",
    "agent",
    "customer",
    "queue",
    "started",
    "language",
    "unit",
    "sent",
    "roles",
];

/// The units of times, and what one is in seconds.
const UNITS: [(&str, f64); 5] = [("s", 1.0), ("ms", 1e-3), ("us", 1e-6), ("ns", 1e-9), ("ticks", 1e-7)];

/// Makes the file's own formats known before the arguments are read, which may name them. What is wrong with the
/// file is told later, by the commands that heed it.
pub(super) fn register(arguments: &[OsString]) {
    if arguments.iter().any(|a| a == "--no-config") {
        return;
    }
    let file = std::env::current_dir().ok().and_then(|folder| super::find(&folder));
    let text = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
    let (Some(file), Some(text)) = (file, text) else {
        return;
    };
    let Ok(document) = DeTable::parse(&text) else {
        return;
    };
    let sections = document.get_ref().get(SECTION);
    if let Some(sections) = sections.and_then(|s| s.get_ref().as_table()) {
        let mut reader = Reader { file: &file, text: &text, wrong: Vec::new() };
        own_json::register(reader.formats(sections));
    }
}

impl Reader<'_> {
    /// Reads the formats of a file; what is wrong with them is noted at its place.
    pub(super) fn formats(&mut self, sections: &DeTable<'_>) -> Vec<OwnFormat> {
        let mut formats = Vec::new();
        for (name, keys) in sections {
            let at = name.span().start;
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let bare = name.get_ref();
            if !bare.starts_with(|c: char| c.is_ascii_lowercase()) || !bare.chars().all(fits) {
                let what = format!("`{bare}` is no name of a format: write small letters, digits and -");
                self.problem(at, &what);
            } else if bare == "jsonl" || FORMATS.iter().any(|f| f.name() == bare) {
                let what = format!("there is a format `{bare}` already; give yours another name");
                self.problem(at, &what);
            } else if let Some(table) = keys.get_ref().as_table() {
                formats.extend(self.format(bare, at, table));
            } else {
                let what = format!("`{bare}` is a section: write [formats.{bare}] on a line of its own");
                self.problem(at, &what);
            }
        }
        formats
    }

    fn format(&mut self, name: &str, at: usize, keys: &DeTable<'_>) -> Option<OwnFormat> {
        let before = self.wrong.len();
        let mut format = OwnFormat { name: name.to_owned(), ..OwnFormat::default() };
        let (mut turns, mut text) = (None, None);
        for (key, value) in keys {
            let place = value.span().start;
            let key_at = key.span().start;
            let key: &str = key.get_ref();
            match key {
                "sent" => match value.get_ref().as_bool() {
                    Some(sent) => format.sent = sent,
                    None => self.problem(place, "`sent` wants true or false"),
                },
                "unit" => {
                    let unit = value.get_ref().as_str();
                    let known = UNITS.iter().find(|(name, _)| Some(*name) == unit);
                    match known {
                        Some((_, seconds)) => format.unit = Some(*seconds),
                        None => self.problem(place, "`unit` wants one of \"s\", \"ms\", \"us\", \"ns\", \"ticks\""),
                    }
                }
                "roles" => match value.get_ref().as_table() {
                    Some(roles) => self.roles(roles, &mut format),
                    None => self.problem(place, "`roles` wants a table such as { A = \"agent\", B = \"customer\" }"),
                },
                _ if KEYS.contains(&key) => {
                    let path = match value.get_ref() {
                        DeValue::String(path) => Path::parse(path),
                        _ => Err(format!("`{key}` wants a path in quotes, such as \"data.items[]\"")),
                    };
                    match path {
                        Err(why) => self.problem(place, &why),
                        Ok(path) => match key {
                            "turns" => turns = Some(path),
                            "text" => text = Some(path),
                            "calls" => format.calls = Some(path),
                            "speaker" => format.speaker = Some(path),
                            "speaker-name" => format.speaker_name = Some(path),
                            "start" => format.start = Some(path),
                            "end" => format.end = Some(path),
                            "call" => format.call = Some(path),
                            "agent" => format.agent = Some(path),
                            "customer" => format.customer = Some(path),
                            "queue" => format.queue = Some(path),
                            "started" => format.started = Some(path),
                            _ => format.language = Some(path),
                        },
                    }
                }
                _ => {
                    let meant = did_you_mean(key, KEYS.iter().copied());
                    let what = format!("no key `{key}` in [formats.{name}]{meant}; there are {}", KEYS.join(", "));
                    self.problem(key_at, &what);
                }
            }
        }
        for (key, path) in [("turns", &turns), ("text", &text)] {
            if path.is_none() && self.wrong.len() == before {
                let what = format!(
                    "[formats.{name}] needs `{key}`, the path to {}",
                    if key == "turns" { "the turns, such as \"items[]\"" } else { "the words within a turn" }
                );
                self.problem(at, &what);
            }
        }
        format.turns = turns?;
        format.text = text?;
        (self.wrong.len() == before).then_some(format)
    }

    fn roles(&mut self, roles: &DeTable<'_>, format: &mut OwnFormat) {
        for (label, role) in roles {
            let known = role.get_ref().as_str().map(role_word);
            match known.filter(|r| *r != Role::Unknown) {
                Some(known) => format.roles.push((label.get_ref().to_string(), known)),
                None => self.problem(role.span().start, "a role is one of \"agent\", \"customer\", \"bot\""),
            }
        }
    }
}
