//! What a pack says of itself: `[pack]`.

use super::reader::{Mistakes, Table, Text};
use crate::text::set::Detectors;
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
    /// What finds the tags of shipped sets that have learned weights; none if the pack does not say.
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
    pub fn read(mistakes: &Mistakes, file: &DeTable<'_>, stem: &str) -> PackInfo {
        let mut info = PackInfo { name: stem.to_owned(), ..PackInfo::default() };
        let root = Table::new(mistakes, file, "the file", 0..0);
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
                table.wrong(table.span(), format!("`{key}` is a score, from 0 to 100"), "");
            }
            number
        };
        info.pass_mark = points(&pack, "pass_mark", info.pass_mark);
        if let Some(bands) = pack.table("bands") {
            info.good = points(&bands, "good", info.good);
            info.fair = points(&bands, "fair", info.fair);
            bands.finish(&[]);
            if info.fair > info.good {
                mistakes.wrong(bands.span(), "`fair` must not be over `good`", "");
            }
        }
        if let Some(sections) = pack.table("sections") {
            for (name, value) in sections.entries() {
                match value.get_ref().as_integer().and_then(|i| i.as_str().parse().ok()) {
                    Some(weight) => drop(info.sections.insert(name.text, weight)),
                    None => mistakes.wrong(value.span(), "a section's weight is a whole number from 0 on", ""),
                }
            }
        }
        let rule_keys: &[&str] = &["id", "weight", "severity", "find", "advice", "section"];
        pack.finish(&[(rule_keys, "this belongs to a rule, under [[rule]]")]);
        info
    }
}
