//! A pack file as it is written: sets, rules and examples, read with their places.

use super::lexical::is_kebab;
use super::reader::{Reading, Table, Text, Value};
use crate::call::Role;
use crate::report::{Severity, Verdict};
use crate::text::book::{Origin, Pattern};
use crate::text::phrase::{self, Phrase};
use regex::Regex;
use std::collections::BTreeMap;
use toml::de::DeTable;

/// What `[pack]` says.
#[derive(Clone, Debug, PartialEq)]
pub struct PackInfo {
    /// Its name; the file's stem if it gives none.
    pub name: String,
    /// What it is for, in a line.
    pub title: String,
    /// Its version.
    pub version: String,
    /// The language its phrases are in.
    pub language: Option<String>,
    /// A score at or over it is a pass.
    pub pass_mark: u32,
    /// Scores at or over it are good.
    pub good: u32,
    /// Scores at or over it are fair.
    pub fair: u32,
    /// Weights of sections; where given, sections weigh instead of rules.
    pub sections: BTreeMap<String, u32>,
    /// Packs whose rules come first.
    pub include: Vec<Text>,
}

impl PackInfo {
    /// Reads `[pack]`.
    pub fn read(reading: &Reading, file: &DeTable<'_>, stem: &str) -> PackInfo {
        let mut info = PackInfo {
            name: stem.to_owned(),
            title: String::new(),
            version: String::new(),
            language: None,
            pass_mark: 70,
            good: 75,
            fair: 50,
            sections: BTreeMap::new(),
            include: Vec::new(),
        };
        let root = Table::new(reading, file, "the file", 0..0);
        let Some(pack) = root.table("pack") else {
            return info;
        };
        if let Some(name) = pack.text("name") {
            info.name = name.text;
        }
        info.title = pack.text("title").map_or(String::new(), |t| t.text);
        info.version = pack.text("version").map_or(String::new(), |t| t.text);
        info.language = pack.text("language").map(|t| t.text);
        info.include = pack.texts("include");
        let points = |table: &Table<'_, '_>, key: &'static str, usual: u32| {
            let number = table.number(key).unwrap_or(usual);
            if number > 100 {
                table.reading().wrong(
                    table.span(),
                    format!("`{key}` is a score, from 0 to 100"),
                    None,
                );
            }
            number
        };
        info.pass_mark = points(&pack, "pass_mark", info.pass_mark);
        if let Some(bands) = pack.table("bands") {
            info.good = points(&bands, "good", info.good);
            info.fair = points(&bands, "fair", info.fair);
            bands.finish(&[]);
            if info.fair > info.good {
                reading.wrong(bands.span(), "`fair` must not be over `good`", None);
            }
        }
        if let Some(sections) = pack.table("sections") {
            for (name, value) in sections.entries() {
                match value
                    .get_ref()
                    .as_integer()
                    .and_then(|i| i.as_str().parse().ok())
                {
                    Some(weight) => drop(info.sections.insert(name.text, weight)),
                    None => reading.wrong(
                        value.span(),
                        "a section's weight is a whole number from 0 on",
                        None,
                    ),
                }
            }
        }
        let rule_keys: &[&str] = &["id", "weight", "severity", "find", "advice", "section"];
        pack.finish(&[(rule_keys, "this belongs to a rule, under [[rule]]")]);
        info
    }
}

/// A phrase as written.
#[derive(Clone, Debug)]
pub struct RawEntry {
    /// The phrase with its place.
    pub text: Text,
    /// How it is looked for; none if it could not be read.
    pub pattern: Option<Pattern>,
    /// What to say instead.
    pub instead: Option<String>,
    /// Names of sets.
    pub after: Vec<Text>,
    /// Names of sets.
    pub not_if: Vec<Text>,
}

/// A set as written.
#[derive(Clone, Debug)]
pub struct RawSet {
    /// Its name and where it is defined.
    pub name: Text,
    /// What it means.
    pub about: String,
    /// Whose words it is looked for in.
    pub who: Option<Role>,
    /// Where its hits come from.
    pub origin: Origin,
    /// Its phrases.
    pub entries: Vec<RawEntry>,
    /// Longer phrases that cancel.
    pub not_in: Vec<(Text, Phrase)>,
    /// Names of sets.
    pub not_if: Vec<Text>,
    /// Names of sets.
    pub after: Vec<Text>,
    /// Phrases added to a set of the same name elsewhere.
    pub adds: bool,
    /// It takes the place of a set of the same name elsewhere.
    pub replaces: bool,
}

impl RawSet {
    /// Reads `[set.NAME]`.
    pub fn read(name: Text, value: &Value<'_>, root: &Table<'_, '_>) -> Option<RawSet> {
        let reading = root.reading();
        if !is_kebab(&name.text) {
            let help = "write it in lower case with hyphens: `hold-request`".to_owned();
            reading.wrong(
                name.span.clone(),
                format!("`{}` is no name for a set", name.text),
                Some(help),
            );
        }
        let Some(table) = value.get_ref().as_table() else {
            let help = format!("write [set.{}] and `phrases` below it", name.text);
            reading.wrong(
                value.span(),
                format!("`set.{}` wants a table", name.text),
                Some(help),
            );
            return None;
        };
        let table = Table::new(
            reading,
            table,
            format!("[set.{}]", name.text),
            name.span.clone(),
        );
        let about = table.text("about").map_or(String::new(), |t| t.text);
        let who = table
            .one_of("who", &super::context::Who::ALL)
            .unwrap_or_default()
            .role();
        let origin = table
            .one_of(
                "found",
                &[("phrases", Origin::Listed), ("names", Origin::Names)],
            )
            .unwrap_or_default();
        let raw = table.flag("raw").unwrap_or(false);
        let adds = table.has("add");
        let mut entries = Vec::new();
        for key in ["phrases", "add"] {
            for item in table.list(key) {
                entries.extend(RawEntry::read(&table, key, item, raw));
            }
        }
        let not_in = table
            .texts("not_in")
            .into_iter()
            .filter_map(|t| Some((t.clone(), read_phrase(reading, &t)?)))
            .collect();
        let replaces = table.flag("replace").unwrap_or(false);
        let (not_if, after) = (table.texts("not_if"), table.texts("after"));
        let rule_keys: &[&str] = &[
            "id", "weight", "severity", "find", "advice", "count", "where", "alone", "steps",
            "when",
        ];
        table.finish(&[(rule_keys, "this belongs to a rule, under [[rule]]")]);
        if entries.is_empty() && origin == Origin::Listed && !table.has("phrases") && !adds {
            let help = "phrases = [\"i [can] understand how <feeling>\"]".to_owned();
            reading.wrong(
                name.span.clone(),
                format!("[set.{}] has no `phrases`", name.text),
                Some(help),
            );
        }
        Some(RawSet {
            name,
            about,
            who,
            origin,
            entries,
            not_in,
            not_if,
            after,
            adds,
            replaces,
        })
    }
}

impl RawEntry {
    fn read(
        table: &Table<'_, '_>,
        key: &'static str,
        item: &Value<'_>,
        raw: bool,
    ) -> Option<RawEntry> {
        let reading = table.reading();
        if let Some(text) = item.get_ref().as_str() {
            let text = Text {
                text: text.to_owned(),
                span: item.span(),
            };
            let pattern = read_pattern(reading, &text, raw);
            return Some(RawEntry {
                text,
                pattern,
                instead: None,
                after: Vec::new(),
                not_if: Vec::new(),
            });
        }
        let Some(inner) = item.get_ref().as_table() else {
            let help =
                "a text, or { say = \"calm down\", instead = \"I hear how upsetting this is.\" }"
                    .to_owned();
            reading.wrong(item.span(), format!("`{key}` wants phrases"), Some(help));
            return None;
        };
        let inner = Table::new(reading, inner, "a phrase", item.span());
        let text = inner.required("say", "the phrase itself");
        let instead = inner.text("instead").map(|t| t.text);
        let (after, not_if) = (inner.texts("after"), inner.texts("not_if"));
        inner.finish(&[]);
        let text = text?;
        let pattern = read_pattern(reading, &text, raw);
        Some(RawEntry {
            text,
            pattern,
            instead,
            after,
            not_if,
        })
    }

    /// The sets that the phrase inlines.
    #[must_use]
    pub fn inlines(&self) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        if let Some(Pattern::Words(phrase)) = &self.pattern {
            phrase
                .item
                .each_set(&mut |name, at| found.push((name.to_owned(), at)));
        }
        found
    }
}

/// A byte of the file for an offset within a text in plain quotes.
fn inside(text: &Text, at: usize) -> std::ops::Range<usize> {
    // Escapes shift what follows them; the text's start is still near enough then.
    let plain = text.span.len() == text.text.len() + 2;
    if plain {
        text.span.start + 1 + at..text.span.start + 2 + at
    } else {
        text.span.clone()
    }
}

fn read_phrase(reading: &Reading, text: &Text) -> Option<Phrase> {
    phrase::parse(&text.text)
        .map_err(|mistake| {
            reading.wrong(
                inside(text, mistake.at),
                format!("in this phrase: {mistake}"),
                None,
            )
        })
        .ok()
}

fn read_pattern(reading: &Reading, text: &Text, raw: bool) -> Option<Pattern> {
    let letters = text
        .text
        .strip_prefix('/')
        .and_then(|t| t.strip_suffix('/'))
        .filter(|t| !t.is_empty());
    if let Some(regex) = letters {
        let regex = if raw {
            regex.to_owned()
        } else {
            format!("(?i){regex}")
        };
        return match Regex::new(&regex) {
            Ok(regex) => Some(Pattern::Letters(regex)),
            Err(error) => {
                let error = error.to_string();
                let last = error
                    .lines()
                    .last()
                    .unwrap_or("")
                    .trim_start_matches("error: ")
                    .to_owned();
                reading.wrong(
                    text.span.clone(),
                    format!("this regular expression cannot be read: {last}"),
                    None,
                );
                None
            }
        };
    }
    if raw {
        return literal(&text.text).map(Pattern::Letters);
    }
    read_phrase(reading, text).map(Pattern::Words)
}

/// The letters of a raw phrase exactly as written, as words of their own.
fn literal(text: &str) -> Option<Regex> {
    let edge = |c: Option<char>| {
        if c.is_some_and(char::is_alphanumeric) {
            "\\b"
        } else {
            ""
        }
    };
    let (first, last) = (edge(text.chars().next()), edge(text.chars().last()));
    Regex::new(&format!("{first}{}{last}", regex::escape(text))).ok()
}

/// An example of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The verdict that it must get.
    pub expect: Verdict,
    /// What it shows.
    pub why: String,
    /// The transcript, as text with labels.
    pub call: Option<String>,
    /// Or as call JSONL.
    pub call_jsonl: Option<String>,
    /// Metadata of the call.
    pub meta: Vec<(String, String)>,
    /// A known gap: it must still miss.
    pub todo: bool,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// The verdicts by the words that packs use.
pub const VERDICTS: [(&str, Verdict); 4] = [
    ("pass", Verdict::Pass),
    ("fail", Verdict::Fail),
    ("not-applicable", Verdict::NotApplicable),
    ("not-scorable", Verdict::NotScorable),
];

/// The severities by the words that packs use.
pub const SEVERITIES: [(&str, Severity); 4] = [
    ("note", Severity::Note),
    ("minor", Severity::Minor),
    ("major", Severity::Major),
    ("critical", Severity::Critical),
];

impl Example {
    /// Reads `[[rule.example]]`.
    pub fn read(table: &Table<'_, '_>) -> Option<Example> {
        let expect = table.one_of("expect", &VERDICTS);
        if !table.has("expect") {
            let help =
                "expect = \"pass\", \"fail\", \"not-applicable\" or \"not-scorable\"".to_owned();
            table
                .reading()
                .wrong(table.span(), "an example has no `expect`", Some(help));
        }
        let why = table.text("why").map_or(String::new(), |t| t.text);
        let call = table.text("call").map(|t| t.text);
        let call_jsonl = table.text("call_jsonl").map(|t| t.text);
        if call.is_some() == call_jsonl.is_some() {
            let help = "call = \"\"\"…\"\"\" with a line a turn, `Agent: …`; or call_jsonl with one call as JSON".to_owned();
            table.reading().wrong(
                table.span(),
                "an example wants either `call` or `call_jsonl`",
                Some(help),
            );
        }
        let mut meta = Vec::new();
        if let Some(inner) = table.table("meta") {
            for (key, value) in inner.entries() {
                match value.get_ref().as_str() {
                    Some(text) => meta.push((key.text, text.to_owned())),
                    None => table.reading().wrong(
                        value.span(),
                        "metadata of an example are texts in quotes",
                        None,
                    ),
                }
            }
        }
        let todo = table.flag("todo").unwrap_or(false);
        let rule_keys: &[&str] = &[
            "id", "title", "section", "weight", "severity", "advice", "source", "find", "who",
            "unit", "where", "untimed", "count", "alone", "steps", "when", "needs", "all", "any",
            "not", "internal",
        ];
        table.finish(&[(rule_keys, "this belongs to the rule: write it above the first [[rule.example]], since a TOML table ends where the next begins")]);
        let (line, _) = table.reading().source.place(table.span().start);
        Some(Example {
            expect: expect?,
            why,
            call,
            call_jsonl,
            meta,
            todo,
            line,
        })
    }
}
