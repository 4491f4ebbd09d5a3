//! Formats of JSON that need no thinking: where a vendor keeps which field, said in a few lines of TOML.
//!
//! The files under `rules/formats` are the shipped ones, read when first asked; `[formats.NAME]` of `heard.toml` holds
//! a user's own. Both are written in the language of `rules/formats/README.md`, and read by the same code.

mod description;
mod keys;
mod path;
mod read;

pub use description::Description;
pub use keys::describe;

use std::sync::OnceLock;

use crate::call::Call;
use crate::input::detect::outline::Sight;
use crate::input::format::SILENT;
use crate::input::format::{JsonFormat, Lines};
use crate::input::json::Value;
use crate::input::json::builder::CallBuilder;
use crate::input::json::document::{self};
use crate::input::json::lines::json_lines;
use crate::input::{Format, FormatInfo, Framing, Guess, Head, ReadError, Record};

/// A format, and the description it is read by.
#[derive(Debug)]
pub struct Described {
    name: &'static str,
    /// The description of a shipped format; empty for one of the user's own, which is read already.
    source: &'static str,
    description: OnceLock<Description>,
}

static OWN: OnceLock<Vec<&'static dyn Format>> = OnceLock::new();

/// Makes a user's own formats known, once in a run: they live as long as the program.
pub fn register(formats: Vec<(String, Description)>) {
    let leaked = |(name, said): (String, Description)| -> &'static dyn Format {
        let name: &'static str = Box::leak(name.into_boxed_str());
        Box::leak(Box::new(Described { name, source: "", description: OnceLock::from(said) }))
    };
    // A second call would come from a second reading of the same file, and change nothing.
    let _ = OWN.set(formats.into_iter().map(leaked).collect());
}

/// The user's own formats.
pub fn own() -> &'static [&'static dyn Format] {
    OWN.get().map_or(&[], Vec::as_slice)
}

impl Described {
    /// A shipped format.
    pub const fn shipped(name: &'static str, source: &'static str) -> Described {
        Described { name, source, description: OnceLock::new() }
    }

    fn description(&self) -> &Description {
        self.description.get_or_init(|| keys::shipped(self.name, self.source).unwrap_or_default())
    }

    fn is_own(&self) -> bool {
        self.source.is_empty()
    }
}

impl Format for Described {
    fn name(&self) -> &'static str {
        self.name
    }

    fn info(&self) -> FormatInfo {
        let said = self.description();
        let by_content = said.recognise.first().map_or("not by content: name it with --from", |look| look.because);
        FormatInfo {
            name: self.name,
            about: said.about.unwrap_or("JSON described in heard.toml"),
            recognised: said.recognised.unwrap_or(by_content),
            gives: said.gives(),
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let sight = Sight { outline: head.outline(), complete: head.complete };
        self.sight(&sight).map(|(confidence, because)| Guess { confidence, because })
    }

    fn framing(&self, head: &Head<'_>) -> Framing {
        let lines =
            self.is_own() && self.lines() == Lines::Calls && json_lines(head.bytes.trim_ascii_start(), head.complete);
        if lines { Framing::Lines } else { Framing::Whole }
    }

    fn document(&self) -> Option<&dyn JsonFormat> {
        Some(self)
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        document::parse(self, record, call, each)
    }
}

impl JsonFormat for Described {
    fn sight(&self, sight: &Sight<'_>) -> Option<(f64, &'static str)> {
        self.description().recognise.iter().find(|look| look.fits(sight)).map(|look| (look.sure, look.because))
    }

    fn read(&self, document: &Value, builder: &mut CallBuilder<'_>) {
        self.description().read(document, builder);
    }

    fn lines(&self) -> Lines {
        if self.description().streamed { Lines::Events } else { Lines::Calls }
    }

    fn silent(&self) -> String {
        let said = self.description();
        if !self.is_own() {
            return SILENT.to_owned();
        }
        let from = if said.calls.is_empty() { String::new() } else { format!("{} > ", said.calls) };
        format!(
            "no turn with words was found at {from}{} > {}; see [formats.{}] in heard.toml",
            said.turns, said.text, self.name
        )
    }
}

#[cfg(test)]
mod tests;
