//! A phrase set as it is written in a pack, read with the places of its phrases.

use super::lexical::is_kebab;
use super::reader::{Mistakes, Table, Text, Value};
use crate::call::Role;
use crate::rules::party::Party;
use crate::text::letters::Letters;
use crate::text::phrase::{self, Phrase};
use crate::text::set::{Origin, Pattern};
use regex::Regex;
use std::ops::Range;
use std::sync::Arc;

/// A phrase as written.
#[derive(Clone, Debug)]
pub struct RawEntry {
    /// The phrase.
    pub written: Arc<str>,
    /// Where it stands, quotes included.
    pub span: Range<usize>,
    /// How it is looked for; none if it could not be read.
    pub pattern: Option<Pattern>,
    /// What to say instead.
    pub instead: Option<String>,
    /// Names of sets.
    pub after: Vec<Text>,
    /// Names of sets.
    pub not_if: Vec<Text>,
    /// It comes with the program.
    pub shipped: bool,
}

/// A set as written.
#[derive(Clone, Debug)]
pub struct RawSet {
    /// Its name and where it is defined.
    pub name: Text,
    /// What it means.
    pub about: String,
    /// What a report calls it, if not its name.
    pub called: Option<String>,
    /// Whose words it is looked for in.
    pub who: Option<Role>,
    /// Where its hits come from.
    pub origin: Origin,
    /// Its phrases.
    pub entries: Vec<RawEntry>,
    /// Longer phrases that cancel.
    pub not_in: Vec<Phrase>,
    /// Names of sets.
    pub not_if: Vec<Text>,
    /// Names of sets.
    pub after: Vec<Text>,
    /// Learned weights beside the phrases, and the number of the file that asks for them.
    pub learned: Option<(usize, Text)>,
    /// Phrases added to a set of the same name elsewhere.
    pub adds: bool,
    /// It takes the place of a set of the same name elsewhere.
    pub replaces: bool,
}

impl RawSet {
    /// Reads `[set.NAME]`.
    pub fn read(name: Text, value: &Value<'_>, root: &Table<'_, '_>, in_library: bool) -> Option<RawSet> {
        let mistakes = root.mistakes();
        if !is_kebab(&name.text) {
            let help = "write it in lower case with hyphens: `hold-request`";
            mistakes.wrong(name.span.clone(), format!("`{}` is no name for a set", name.text), help);
        }
        let Some(table) = value.get_ref().as_table() else {
            let help = format!("write [set.{}] and `phrases` below it", name.text);
            mistakes.wrong(value.span(), format!("`set.{}` wants a table", name.text), help);
            return None;
        };
        let table = Table::new(mistakes, table, format!("[set.{}]", name.text), name.span.clone());
        let about = table.text("about").map_or(String::new(), |t| t.text);
        let called = table.text("called").and_then(|t| {
            let named = t.text.trim();
            if named.is_empty() {
                let help = "write what a report is to call it, or leave `called` out";
                mistakes.wrong(t.span.clone(), "`called` is empty", help);
            }
            (!named.is_empty()).then(|| named.to_owned())
        });
        let who = table.one_of("who", &Party::ALL).unwrap_or_default().role();
        let origin =
            table.one_of("found", &[("phrases", Origin::Listed), ("names", Origin::Names)]).unwrap_or_default();
        let raw = table.flag("raw").unwrap_or(false);
        let adds = table.has("add");
        let mut entries = Vec::new();
        for key in ["phrases", "add"] {
            for item in table.list(key) {
                entries.extend(RawEntry::read(&table, key, item, raw, in_library));
            }
        }
        let not_in = table
            .texts("not_in")
            .into_iter()
            .filter_map(|t| read_phrase(mistakes, &t.text.into(), &t.span, in_library))
            .collect();
        let replaces = table.flag("replace").unwrap_or(false);
        let learned = table.text("learned").map(|name| (0, name));
        let (unless, after) = (table.texts("not_if"), table.texts("after"));
        let rule_keys: &[&str] =
            &["id", "weight", "severity", "find", "advice", "count", "where", "alone", "steps", "when"];
        table.finish(&[(rule_keys, "this belongs to a rule, under [[rule]]")]);
        let listed = table.has("phrases") || adds || learned.is_some();
        if entries.is_empty() && origin == Origin::Listed && !listed {
            let help = "phrases = [\"i [can] understand how <feeling>\"]";
            mistakes.wrong(name.span.clone(), format!("[set.{}] has no `phrases`", name.text), help);
        }
        Some(RawSet {
            name,
            about,
            called,
            who,
            origin,
            entries,
            not_in,
            not_if: unless,
            after,
            learned,
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
        in_library: bool,
    ) -> Option<RawEntry> {
        let mistakes = table.mistakes();
        let (text, instead, after, not_if) = if let Some(text) = item.get_ref().as_str() {
            (Text { text: text.to_owned(), span: item.span() }, None, Vec::new(), Vec::new())
        } else if let Some(inner) = item.get_ref().as_table() {
            let inner = Table::new(mistakes, inner, "a phrase", item.span());
            let text = inner.required("say", "the phrase itself");
            let instead = inner.text("instead").map(|t| t.text);
            let (after, not_if) = (inner.texts("after"), inner.texts("not_if"));
            inner.finish(&[]);
            (text?, instead, after, not_if)
        } else {
            let help = "a text, or { say = \"calm down\", instead = \"I hear how upsetting this is.\" }";
            mistakes.wrong(item.span(), format!("`{key}` wants phrases"), help);
            return None;
        };
        let (written, span) = (text.text.into(), text.span);
        let pattern = read_pattern(mistakes, &written, &span, raw, in_library);
        Some(RawEntry { written, span, pattern, instead, after, not_if, shipped: in_library })
    }

    /// Calls `each` with the sets that the phrase inlines and where it names them.
    pub fn each_set(&self, each: &mut dyn FnMut(&str, usize)) {
        if let Some(Pattern::Words(phrase)) = &self.pattern {
            phrase.each_set(each);
        }
    }
}

/// A byte of the file for an offset within a text in plain quotes.
fn inside(text: &str, span: &Range<usize>, at: usize) -> Range<usize> {
    // Escapes shift what follows them; the text's start is still near enough then.
    let plain = span.len() == text.len() + 2;
    if plain { span.start + 1 + at..span.start + 2 + at } else { span.clone() }
}

fn read_phrase(mistakes: &Mistakes, text: &Arc<str>, span: &Range<usize>, in_library: bool) -> Option<Phrase> {
    if in_library {
        return Some(Phrase::of_library(text.clone()));
    }
    phrase::parse(text)
        .map_err(|mistake| {
            mistakes.wrong(inside(text, span, mistake.at), format!("in this phrase: {mistake}"), "");
        })
        .ok()
}

fn read_pattern(
    mistakes: &Mistakes,
    text: &Arc<str>,
    span: &Range<usize>,
    raw: bool,
    in_library: bool,
) -> Option<Pattern> {
    let letters = text.strip_prefix('/').and_then(|t| t.strip_suffix('/')).filter(|t| !t.is_empty());
    if let Some(regex) = letters {
        let regex = if raw { regex.to_owned() } else { format!("(?i){regex}") };
        if in_library {
            return Some(Pattern::Letters(Letters::of_library(&regex)));
        }
        return match Regex::new(&regex) {
            Ok(regex) => Some(Pattern::Letters(regex.into())),
            Err(error) => {
                let error = error.to_string();
                let last = error.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
                mistakes.wrong(span.clone(), format!("this regular expression cannot be read: {last}"), "");
                None
            }
        };
    }
    if raw {
        return literal(text).map(|regex| Pattern::Letters(regex.into()));
    }
    read_phrase(mistakes, text, span, in_library).map(Pattern::Words)
}

/// The letters of a raw phrase exactly as written, as words of their own.
fn literal(text: &str) -> Option<Regex> {
    let edge = |c: Option<char>| {
        if c.is_some_and(char::is_alphanumeric) { "\\b" } else { "" }
    };
    let (first, last) = (edge(text.chars().next()), edge(text.chars().last()));
    Regex::new(&format!("{first}{}{last}", regex::escape(text))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::pack::shipped::LIBRARY;

    /// All phrases of a set of the library, as they are written.
    fn written(set: &toml::Value) -> Vec<&str> {
        let lists = ["phrases", "add", "not_in"].into_iter().filter_map(|key| set.get(key)?.as_array());
        lists.flatten().filter_map(|item| item.as_str().or_else(move || item.get("say")?.as_str())).collect()
    }

    /// They are read when they are first needed, where nobody would hear of a mistake.
    #[test]
    fn every_phrase_of_the_library_can_be_read() {
        let mut count = 0;
        for (file, text) in LIBRARY {
            let table: toml::Table = toml::from_str(text).expect(file);
            for set in table["set"].as_table().expect(file).values() {
                for text in written(set) {
                    if let Some(regex) = text.strip_prefix('/') {
                        let regex = regex.strip_suffix('/').expect(text);
                        assert!(Regex::new(regex).is_ok(), "{file}: {text}");
                        continue;
                    }
                    let read = phrase::parse(text);
                    assert!(read.is_ok(), "{file}: {text}: {read:?}");
                    count += 1;
                }
            }
        }
        assert!(count > 1000);
    }
}
