//! Formats of JSON that need no thinking: where a vendor keeps which field, said in a few lines of TOML.
//!
//! The files under `rules/formats` are the shipped ones, read when first asked; `[formats.NAME]` of `heard.toml` holds
//! a user's own. Both are written in the language of `rules/formats/README.md`, and read by the same code.

mod keys;
mod path;
mod read;

pub use keys::describe;

use std::sync::OnceLock;

use self::path::{Path, Paths};
use super::{JsonFormat, Sight, Value, parse};
use crate::call::{Call, Role};
use crate::input::json::json_lines;
use crate::input::json::talk::Talk;
use crate::input::{Format, FormatInfo, Framing, Gives, Guess, Head, Record, Unread};

/// A format, and the description it is read by.
#[derive(Debug)]
pub struct Described {
    name: &'static str,
    /// The description of a shipped format; empty for one of the user's own, which is read already.
    source: &'static str,
    description: OnceLock<Description>,
}

/// What a description says.
#[derive(Debug, Default)]
pub struct Description {
    about: Option<&'static str>,
    recognised: Option<&'static str>,
    gives: Option<Gives>,
    /// How it is recognised: the first of these that fits counts.
    recognise: Vec<Look>,
    /// From the document to its calls.
    calls: Paths,
    /// From a call to what is known of it.
    call: Paths,
    agent: Paths,
    customer: Paths,
    queue: Paths,
    started: Paths,
    language: Paths,
    duration: Paths,
    /// From a call to its turns, and which of them count.
    turns: Paths,
    only: Vec<(Path, Vec<String>)>,
    once: Paths,
    /// From a turn to what is said, by whom and when.
    text: Paths,
    speaker: Paths,
    speaker_name: Paths,
    speaker_prefix: Option<String>,
    speaker_goes_on: bool,
    channel: Paths,
    role: Paths,
    is_agent: Paths,
    is_customer: Paths,
    start: Paths,
    end: Paths,
    length: Paths,
    /// How much one unit of a turn's and a word's time is in seconds.
    unit: Option<f64>,
    /// Whether times are those of sending.
    sent: bool,
    roles: Roles,
    people: People,
    words: Words,
    streamed: bool,
}

/// Whom labels and stated roles mean.
#[derive(Debug)]
enum Roles {
    /// These words, whatever their case.
    Words(Vec<(String, Side)>),
    /// What voice agents' logs call them: the user is the customer, the agent a machine.
    VoiceAi,
}

impl Default for Roles {
    fn default() -> Self {
        Roles::Words(Vec::new())
    }
}

/// Whom a label means.
#[derive(Clone, Copy, Debug)]
enum Side {
    Says(Role),
    /// The lines are no turns.
    Nobody,
}

/// Where the people of a call are listed, apart from what they say.
#[derive(Debug, Default)]
struct People {
    at: Paths,
    /// From a person to the id that turns name them by.
    id: Paths,
    /// From a turn to that id.
    turn: Paths,
    name: Paths,
    role: Paths,
}

/// Where the words of a turn stand with their times.
#[derive(Debug, Default)]
struct Words {
    at: Paths,
    /// From a turn to the places of its words in that list.
    places: Paths,
    text: Paths,
    start: Paths,
    end: Paths,
    length: Paths,
}

/// Paths by whose presence a format is recognised. `path=value` wants the value, too.
#[derive(Debug, Default)]
struct Look {
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
    sure: f64,
    because: &'static str,
}

impl Look {
    fn fits(&self, sight: &Sight<'_>) -> bool {
        let holds = |wanted: &String| match wanted.split_once('=') {
            Some((path, value)) => sight.outline.says(path, value),
            None => sight.outline.has(wanted),
        };
        self.all.iter().all(holds)
            && (self.any.is_empty() || self.any.iter().any(holds))
            && !self.none.iter().any(holds)
    }
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
#[must_use]
pub fn own() -> &'static [&'static dyn Format] {
    OWN.get().map_or(&[], Vec::as_slice)
}

impl Roles {
    fn is_empty(&self) -> bool {
        matches!(self, Roles::Words(words) if words.is_empty())
    }
}

impl Description {
    /// What the format gives, as it says or else as its paths promise.
    fn gives(&self) -> Gives {
        let open_end = self.end.is_empty() && self.length.is_empty();
        self.gives.unwrap_or_else(|| Gives {
            roles: if self.roles.is_empty() { "labels" } else { "stated" },
            times: match (self.start.is_empty(), open_end) {
                _ if self.sent => "sent",
                (true, _) => "none",
                (false, true) => "turn start",
                (false, false) => "turn start and end",
            },
            names: !(self.speaker_name.is_empty() && self.agent.is_empty()),
        })
    }
}

impl Described {
    /// A shipped format.
    #[must_use]
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
        let lines = self.is_own() && !self.streamed() && json_lines(head.bytes.trim_ascii_start(), head.complete);
        if lines { Framing::Lines } else { Framing::Whole }
    }

    fn document(&self) -> Option<&dyn JsonFormat> {
        Some(self)
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), Unread> {
        parse(self, record, call, each)
    }
}

impl JsonFormat for Described {
    fn sight(&self, sight: &Sight<'_>) -> Option<(f64, &'static str)> {
        self.description().recognise.iter().find(|look| look.fits(sight)).map(|look| (look.sure, look.because))
    }

    fn read(&self, document: &Value, talk: &mut Talk<'_>) {
        self.description().read(document, talk);
    }

    fn streamed(&self) -> bool {
        self.description().streamed
    }

    fn silent(&self) -> String {
        let said = self.description();
        if !self.is_own() {
            return super::SILENT.to_owned();
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
