//! What a description can say; `rules/formats/README.md` tells what each key means.

use crate::call::Role;
use crate::input::Gives;
use crate::input::detect::outline::Sight;
use crate::input::json::described::path::{Path, Paths};

/// What a description says.
#[derive(Debug, Default)]
pub struct Description {
    pub(super) about: Option<&'static str>,
    pub(super) recognised: Option<&'static str>,
    pub(super) gives: Option<Gives>,
    /// How it is recognised: the first of these that fits counts.
    pub(super) recognise: Vec<Look>,
    /// From the document to its calls.
    pub(super) calls: Paths,
    /// From a call to what is known of it.
    pub(super) call: Paths,
    pub(super) agent: Paths,
    pub(super) customer: Paths,
    pub(super) queue: Paths,
    pub(super) started: Paths,
    pub(super) language: Paths,
    pub(super) duration: Paths,
    /// From a call to its turns, and which of them count.
    pub(super) turns: Paths,
    pub(super) only: Vec<(Path, Vec<String>)>,
    pub(super) once: Paths,
    /// From a turn to what is said, by whom and when.
    pub(super) text: Paths,
    pub(super) speaker: Paths,
    pub(super) speaker_name: Paths,
    pub(super) speaker_prefix: Option<String>,
    pub(super) speaker_goes_on: bool,
    pub(super) channel: Paths,
    pub(super) role: Paths,
    pub(super) is_agent: Paths,
    pub(super) is_customer: Paths,
    pub(super) start: Paths,
    pub(super) end: Paths,
    pub(super) length: Paths,
    /// How much one unit of a turn's and a word's time is in seconds.
    pub(super) unit: Option<f64>,
    /// Whether times are those of sending.
    pub(super) sent: bool,
    pub(super) roles: Roles,
    pub(super) people: People,
    pub(super) words: Words,
    pub(super) streamed: bool,
}

/// Whom labels and stated roles mean.
#[derive(Debug)]
pub(super) enum Roles {
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
pub(super) enum Side {
    Says(Role),
    /// The lines are no turns.
    Nobody,
}

/// Where the people of a call are listed, apart from what they say.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) at: Paths,
    /// From a person to the id that turns name them by.
    pub(super) id: Paths,
    /// From a turn to that id.
    pub(super) turn: Paths,
    pub(super) name: Paths,
    pub(super) role: Paths,
}

/// Where the words of a turn stand with their times.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) at: Paths,
    /// From a turn to the places of its words in that list.
    pub(super) places: Paths,
    pub(super) text: Paths,
    pub(super) start: Paths,
    pub(super) end: Paths,
    pub(super) length: Paths,
}

/// Paths by whose presence a format is recognised. `path=value` wants the value, too.
#[derive(Debug, Default)]
pub(super) struct Look {
    pub(super) all: Vec<String>,
    pub(super) any: Vec<String>,
    pub(super) none: Vec<String>,
    pub(super) sure: f64,
    pub(super) because: &'static str,
}

impl Look {
    pub(super) fn fits(&self, sight: &Sight<'_>) -> bool {
        let holds = |wanted: &String| match wanted.split_once('=') {
            Some((path, value)) => sight.outline.says(path, value),
            None => sight.outline.has(wanted),
        };
        self.all.iter().all(holds)
            && (self.any.is_empty() || self.any.iter().any(holds))
            && !self.none.iter().any(holds)
    }
}

impl Roles {
    fn is_empty(&self) -> bool {
        matches!(self, Roles::Words(words) if words.is_empty())
    }
}

impl Description {
    /// What the format gives, as it says or else as its paths promise.
    pub(super) fn gives(&self) -> Gives {
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
