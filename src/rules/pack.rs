//! What a pack says of itself, and the examples of its rules.

use super::reader::{Reading, Table, Text};
use crate::report::{Severity, Verdict};
use crate::text::book::Detectors;
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
    /// What finds the tags of shipped sets that have learned weights; none is phrases alone.
    pub detectors: Option<Detectors>,
    /// Packs whose rules come first.
    pub include: Vec<Text>,
}

impl Default for PackInfo {
    fn default() -> Self {
        PackInfo {
            name: String::new(),
            title: String::new(),
            version: String::new(),
            language: None,
            pass_mark: 70,
            good: 75,
            fair: 50,
            sections: BTreeMap::new(),
            detectors: None,
            include: Vec::new(),
        }
    }
}

impl PackInfo {
    /// Reads `[pack]`.
    pub fn read(reading: &Reading, file: &DeTable<'_>, stem: &str) -> PackInfo {
        let mut info = PackInfo { name: stem.to_owned(), ..PackInfo::default() };
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
        let detectors = [("combined", Detectors::Combined), ("phrases", Detectors::Phrases)];
        info.detectors = pack.one_of("detectors", &detectors);
        let points = |table: &Table<'_, '_>, key: &'static str, usual: u32| {
            let number = table.number(key).unwrap_or(usual);
            if number > 100 {
                table.reading().wrong(table.span(), format!("`{key}` is a score, from 0 to 100"), None);
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
                match value.get_ref().as_integer().and_then(|i| i.as_str().parse().ok()) {
                    Some(weight) => drop(info.sections.insert(name.text, weight)),
                    None => reading.wrong(value.span(), "a section's weight is a whole number from 0 on", None),
                }
            }
        }
        let rule_keys: &[&str] = &["id", "weight", "severity", "find", "advice", "section"];
        pack.finish(&[(rule_keys, "this belongs to a rule, under [[rule]]")]);
        info
    }
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
            let help = "expect = \"pass\", \"fail\", \"not-applicable\" or \"not-scorable\"".to_owned();
            table.reading().wrong(table.span(), "an example has no `expect`", Some(help));
        }
        let why = table.text("why").map_or(String::new(), |t| t.text);
        let call = table.text("call").map(|t| t.text);
        let call_jsonl = table.text("call_jsonl").map(|t| t.text);
        if call.is_some() == call_jsonl.is_some() {
            let help =
                "call = \"\"\"…\"\"\" with a line a turn, `Agent: …`; or call_jsonl with one call as JSON".to_owned();
            table.reading().wrong(table.span(), "an example wants either `call` or `call_jsonl`", Some(help));
        }
        let mut meta = Vec::new();
        if let Some(inner) = table.table("meta") {
            for (key, value) in inner.entries() {
                match value.get_ref().as_str() {
                    Some(text) => meta.push((key.text, text.to_owned())),
                    None => table.reading().wrong(value.span(), "metadata of an example are texts in quotes", None),
                }
            }
        }
        let todo = table.flag("todo").unwrap_or(false);
        let rule_keys: &[&str] = &[
            "id", "title", "section", "weight", "severity", "advice", "source", "find", "who", "unit", "where",
            "untimed", "count", "alone", "sure", "steps", "when", "needs", "all", "any", "not", "internal", "measure",
            "each", "language", "replace",
        ];
        table.finish(&[(rule_keys, "this belongs to the rule: write it above the first [[rule.example]], since a TOML table ends where the next begins")]);
        let (line, _) = table.reading().source.place(table.span().start);
        Some(Example { expect: expect?, why, call, call_jsonl, meta, todo, line })
    }
}
