//! What a description can say; `rules/formats/README.md` tells what each key means.

use crate::call::Role;
use crate::input::Gives;
use crate::input::detect::outline::Sight;
use crate::input::json::described::path::{Path, Paths};

/// A table of a description: keys that hold paths, and fields that hold something else.
macro_rules! table {
    ($(#[$about:meta])* $name:ident { $($(#[$path_about:meta])* $key:literal => $path:ident,)* }
     $($(#[$field_about:meta])* $field:ident: $type:ty,)*) => {
        $(#[$about])*
        #[derive(Debug, Default)]
        pub struct $name {
            $($(#[$path_about])* pub(super) $path: Paths,)*
            $($(#[$field_about])* pub(super) $field: $type,)*
        }

        impl $name {
            /// The keys that hold paths.
            pub(super) const PATHS: &[&str] = &[$($key),*];

            /// The place of the paths of a key.
            pub(super) fn paths(&mut self, key: &str) -> Option<&mut Paths> {
                match key {
                    $($key => Some(&mut self.$path),)*
                    _ => None,
                }
            }
        }
    };
}

table! {
    /// What a description says.
    Description {
        /// From the document to its calls.
        "calls" => calls,
        /// From a call to its turns.
        "turns" => turns,
        /// From a turn to what is said, by whom and when.
        "text" => text,
        "speaker" => speaker,
        "speaker-name" => speaker_name,
        "start" => start,
        "end" => end,
        "length" => length,
        /// From a call to what is known of it.
        "call" => call,
        "agent" => agent,
        "customer" => customer,
        "queue" => queue,
        "started" => started,
        "language" => language,
        "duration" => duration,
        /// From a turn to its id, where turns may come twice.
        "once" => once,
        /// From a turn to what tells who speaks.
        "channel" => channel,
        "role" => role,
        "is-agent" => is_agent,
        "is-customer" => is_customer,
    }
    about: Option<&'static str>,
    recognised: Option<&'static str>,
    gives: Option<Gives>,
    /// How it is recognised: the first of these that fits counts.
    recognise: Vec<Look>,
    /// Turns that have something else at these paths do not count.
    only: Vec<(Path, Vec<String>)>,
    speaker_prefix: Option<String>,
    speaker_goes_on: bool,
    /// The labels of turns that name no speaker, in the order in which they take turns.
    alternate: Vec<String>,
    /// How much one unit of a turn's and a word's time is in seconds.
    unit: Option<f64>,
    /// Whether times are those of sending.
    sent: bool,
    roles: Roles,
    people: People,
    words: Words,
    streamed: bool,
}

table! {
    /// Where the people of a call are listed, apart from what they say.
    People {
        "at" => at,
        /// From a person to the id that turns name them by.
        "id" => id,
        /// From a turn to that id.
        "turn" => turn,
        "name" => name,
        "role" => role,
    }
}

table! {
    /// Where the words of a turn stand with their times.
    Words {
        "at" => at,
        /// From a turn to the places of its words in that list.
        "places" => places,
        "text" => text,
        "start" => start,
        "end" => end,
        "length" => length,
    }
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
