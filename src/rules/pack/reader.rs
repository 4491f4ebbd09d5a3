//! Reads TOML tables key by key, collecting every mistake with its place instead of stopping at the first.
//!
//! Deriving the shapes would lose the spans of keys that end up in tagged or flattened tables, and with them the places
//! of the mistakes that authors make most.

use super::diagnostics::{Diagnostic, Source, nearest};
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// As many mistakes of a file are noted.
const MOST: usize = 200;

/// Where mistakes gather while a file is read.
#[derive(Debug)]
pub struct Mistakes {
    /// The file.
    pub source: Arc<Source>,
    /// From here on nothing is held against the file.
    end: usize,
    /// What the regular expressions of all files take, in bytes.
    pub letters: Rc<Cell<usize>>,
    all: RefCell<Vec<Diagnostic>>,
}

impl Mistakes {
    /// Begins to read a file.
    pub fn new(source: Arc<Source>) -> Self {
        Mistakes::up_to(usize::MAX, source, Rc::default())
    }

    /// Begins to read a file of which only the part before a byte is sound: what is missing or odd behind it may only
    /// seem so.
    pub fn up_to(end: usize, source: Arc<Source>, letters: Rc<Cell<usize>>) -> Self {
        Mistakes { source, end, letters, all: RefCell::default() }
    }

    /// Notes a mistake; an empty `help` is none.
    pub fn wrong(&self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        if span.start >= self.end || self.is_full() {
            return;
        }
        let diagnostic = Diagnostic { source: self.source.clone(), span, message: message.into(), help: help.into() };
        self.all.borrow_mut().push(diagnostic);
    }

    /// Whether nobody would read more.
    pub fn is_full(&self) -> bool {
        self.all.borrow().len() >= MOST
    }

    /// The mistakes noted so far.
    pub fn into_all(self) -> Vec<Diagnostic> {
        self.all.into_inner()
    }
}

/// A value with its place.
pub type Value<'t> = Spanned<DeValue<'t>>;

/// A table being read: every key must be asked for, what was not is reported by [`Table::finish`].
pub struct Table<'r, 't> {
    mistakes: &'r Mistakes,
    keys: &'r DeTable<'t>,
    /// What it is, for messages: "[set.empathy]".
    what: String,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'r, 't> Table<'r, 't> {
    /// Begins to read a table.
    pub fn new(mistakes: &'r Mistakes, table: &'r DeTable<'t>, what: impl Into<String>, span: Range<usize>) -> Self {
        Table { mistakes, keys: table, what: what.into(), span, asked: RefCell::default() }
    }

    /// Where mistakes go.
    pub fn mistakes(&self) -> &'r Mistakes {
        self.mistakes
    }

    /// Notes a mistake; an empty `help` is none.
    pub fn wrong(&self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.mistakes.wrong(span, message, help);
    }

    /// What it is, for messages.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Where the table stands.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The value of a key.
    pub fn get(&self, key: &'static str) -> Option<&'r Value<'t>> {
        self.asked.borrow_mut().push(key);
        self.keys.get(key)
    }

    /// Where the value of a key stands; the table itself if the key is not there.
    pub fn span_of(&self, key: &str) -> Range<usize> {
        self.keys.get(key).map_or(self.span(), Spanned::span)
    }

    /// Whether a key is there, without reading it.
    pub fn has(&self, key: &str) -> bool {
        self.keys.get(key).is_some()
    }

    /// Notes that a value is not of its kind.
    fn kind<T>(&self, key: &str, value: &Value<'t>, wants: &str) -> Option<T> {
        let message = format!("`{key}` wants {wants}, this is {}", article(value.get_ref().type_str()));
        self.mistakes.wrong(value.span(), message, "");
        None
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Text { text: text.to_owned(), span: value.span() }),
            None => self.kind(key, value, "a text in quotes"),
        }
    }

    /// A text that must be there and hold something.
    pub fn required(&self, key: &'static str, help: &str) -> Option<Text> {
        let text = self.text(key);
        if !self.has(key) {
            self.mistakes.wrong(self.span(), format!("{} has no `{key}`", self.what), help);
        }
        text.filter(|t| {
            let holds = !t.text.trim().is_empty();
            if !holds {
                self.mistakes.wrong(t.span.clone(), format!("`{key}` is empty"), help);
            }
            holds
        })
    }

    /// One word of several.
    pub fn one_of<T: Copy>(&self, key: &'static str, all: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        choose(self.mistakes, key, &text, all)
    }

    /// true or false.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        value.get_ref().as_bool().or_else(|| self.kind(key, value, "true or false"))
    }

    /// A whole number that is not negative.
    pub fn number(&self, key: &'static str) -> Option<u32> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer().and_then(|i| u32::from_str_radix(i.as_str(), i.radix()).ok());
        number.or_else(|| {
            let wants = "a whole number from 0 on";
            if let Some(other) = value.get_ref().as_integer() {
                let message = format!("`{key}` wants {wants}, this is {}", other.as_str());
                self.mistakes.wrong(value.span(), message, "");
                return None;
            }
            self.kind(key, value, wants)
        })
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&self, key: &'static str) -> Vec<Text> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        if let Some(text) = value.get_ref().as_str() {
            return vec![Text { text: text.to_owned(), span: value.span() }];
        }
        let Some(array) = value.get_ref().as_array() else {
            self.kind::<()>(key, value, "a list of texts in quotes");
            return Vec::new();
        };
        let read = |item: &Value<'t>| match item.get_ref().as_str() {
            Some(text) => Some(Text { text: text.to_owned(), span: item.span() }),
            None => self.kind(key, item, "texts in quotes"),
        };
        array.iter().filter_map(read).collect()
    }

    /// A list of anything.
    pub fn list(&self, key: &'static str) -> Vec<&'r Value<'t>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        match value.get_ref().as_array() {
            Some(array) => array.iter().collect(),
            None if value.get_ref().is_table() => {
                let message = format!("`{key}` is a list of tables, this is a single one");
                let help = "write its header with two brackets, as in [[rule]] and [[rule.example]]";
                self.mistakes.wrong(value.span(), message, help);
                Vec::new()
            }
            None => self.kind(key, value, "a list in [ ]").unwrap_or_default(),
        }
    }

    /// A table within this one.
    pub fn table(&self, key: &'static str) -> Option<Table<'r, 't>> {
        let value = self.get(key)?;
        self.as_table(key, value, format!("`{key}`"))
    }

    /// A list of tables: `[[rule]]`.
    pub fn tables(&self, key: &'static str, what: &str) -> Vec<Table<'r, 't>> {
        let read = |value| self.as_table(key, value, what.to_owned());
        self.list(key).into_iter().filter_map(read).collect()
    }

    /// Reads a value as a table.
    pub fn as_table(&self, key: &str, value: &'r Value<'t>, what: String) -> Option<Table<'r, 't>> {
        match value.get_ref().as_table() {
            Some(table) => Some(Table::new(self.mistakes, table, what, value.span())),
            None => self.kind(key, value, "a table in { }"),
        }
    }

    /// All keys with their values, for tables whose keys are names.
    pub fn entries(&self) -> Vec<(Text, &'r Value<'t>)> {
        let named = |(key, value): (&Spanned<_>, &'r Value<'t>)| {
            let key: &Spanned<std::borrow::Cow<'t, str>> = key;
            (Text { text: key.get_ref().to_string(), span: key.span() }, value)
        };
        let mut all: Vec<_> = self.keys.iter().map(named).collect();
        // In the order of the file: maps sort by name.
        all.sort_by_key(|(key, _)| key.span.start);
        all
    }

    /// Lets keys stand that are read elsewhere.
    pub fn allow(&self, keys: impl IntoIterator<Item = &'static str>) {
        self.asked.borrow_mut().extend(keys);
    }

    /// Reports every key that nobody asked for; `elsewhere` explains keys that belong to another table.
    pub fn finish(&self, elsewhere: &[(&[&str], &str)]) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries() {
            let name = key.text.as_str();
            if asked.contains(&name) {
                continue;
            }
            let moved = elsewhere.iter().find(|(keys, _)| keys.contains(&name));
            let help = match (moved, nearest(name, asked.iter().copied())) {
                (Some((_, why)), _) => (*why).to_owned(),
                (None, Some(near)) => format!("did you mean `{near}`?"),
                (None, None) => {
                    let mut keys = asked.clone();
                    keys.sort_unstable();
                    keys.dedup();
                    format!("it may have: {}", keys.join(", "))
                }
            };
            self.mistakes.wrong(key.span, format!("{} has no key `{name}`", self.what), help);
        }
    }
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Range<usize>,
}

/// One word of several, or a mistake that lists them.
pub fn choose<T: Copy>(mistakes: &Mistakes, key: &str, text: &Text, all: &[(&str, T)]) -> Option<T> {
    let found = all.iter().find(|(name, _)| *name == text.text).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        let near = nearest(&text.text, names.iter().copied()).map(|n| format!("did you mean `{n}`? "));
        let help = format!("{}one of: {}", near.unwrap_or_default(), names.join(", "));
        mistakes.wrong(text.span.clone(), format!("`{key}` cannot be `{}`", text.text), help);
    }
    found
}

fn article(kind: &str) -> String {
    let an = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if an { "an" } else { "a" })
}
