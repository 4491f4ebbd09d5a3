//! The call: the only shape of a conversation that text, rules and reports ever see.
//!
//! A `Call` owns one buffer with the text of all turns and is filled again for the next record, so that reading a
//! million calls allocates about as much as reading one. Nothing here knows a file format or a rule.

pub mod language;
pub mod person;
pub mod rewrite;
pub mod time;

use std::ops::Range;

/// Who speaks, as far as rules care.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Somebody on the company's side, supervisors included.
    Agent,
    /// The caller.
    Customer,
    /// A machine: an IVR, a voice bot, an auto-reply.
    Bot,
    /// The transcript does not say.
    #[default]
    Unknown,
}

impl Role {
    /// The word that stands in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Agent => "agent",
            Role::Customer => "customer",
            Role::Bot => "bot",
            Role::Unknown => "unknown",
        }
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How the roles of a call came to be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HowRoles {
    /// A field of the format says so.
    Stated,
    /// A label in the text says so ("Agent:", "Rep:").
    Label,
    /// The user said so, with `--roles` or `--meta`.
    Mapped,
    /// Guessed from what is said; `Roles::confidence` tells how surely.
    Inferred,
    /// Not known: rules about roles are not scorable.
    #[default]
    Unknown,
}

impl HowRoles {
    /// The word that stands in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            HowRoles::Stated => "stated",
            HowRoles::Label => "label",
            HowRoles::Mapped => "mapped",
            HowRoles::Inferred => "inferred",
            HowRoles::Unknown => "unknown",
        }
    }
}

/// How the roles of a call are known, and how surely (0 to 1).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Roles {
    /// The way they came to be known.
    pub how: HowRoles,
    /// From 0 (not at all) to 1 (a field says so).
    pub confidence: f64,
}

/// Who is who by what is said, where nobody says it and it is too unsure to be taken: to be shown, never to judge by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guess {
    /// The likeliest role of each of [`Call::speakers`].
    pub roles: Vec<Role>,
    /// From 0 (not at all) to 1 (surely).
    pub confidence: f64,
}

/// What the times of a call mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// No turn has a time.
    #[default]
    None,
    /// Seconds of speech on the recording's clock.
    Speech,
    /// Times of sending, as in chats: windows in seconds do not apply to them.
    Sent,
}

/// How a time was known, from best to least. A verdict has the least of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Word times.
    Exact,
    /// Interpolated between the stored start and end of a turn.
    Turn,
    /// From a start alone, or at reading speed.
    Estimated,
    /// No times: counted in runs.
    Turns,
}

impl Basis {
    /// The word that stands in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Basis::Exact => "exact",
            Basis::Turn => "turn",
            Basis::Estimated => "estimated",
            Basis::Turns => "turns",
        }
    }
}

/// One voice of a call as the file names it. Roles belong to speakers, not to turns, so that mapping a diarised
/// label to a role is one assignment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// What this voice is in the call.
    pub role: Role,
    /// The label as it stands in the file: `spk_0`, `Agent (Ben)`, `SPEAKER A`. What `--roles` maps.
    pub label: String,
    /// The person's name, where the file tells one: `Ben`.
    pub name: Option<String>,
}

/// One turn: a stored unit of the file (an utterance, a cue, a message, a row).
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Index into [`Call::speakers`].
    pub speaker: u16,
    /// Seconds on the file's own clock.
    pub start: Option<f64>,
    /// Seconds; only where the file stores it.
    pub end: Option<f64>,
    /// Bytes of the turn's text within [`Call::text`].
    pub text: Range<u32>,
    /// The turn's words within [`Call::words`]; empty where the file has no word times.
    pub words: Range<u32>,
}

/// One word with its own times.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The word as stored, within the call's buffer of words; read it with [`Call::word`].
    text: Range<u32>,
    /// The bytes of the turn's text that this word is, within [`Call::text`]; empty if it was not found there.
    pub at: Range<u32>,
    /// Seconds on the file's own clock.
    pub start: f64,
    /// Seconds on the file's own clock.
    pub end: f64,
}

const LOST: usize = 256; // Words in a row that do not stand in their turn.
const VOICES: usize = 500; // Voices of a call that are told apart.

/// One conversation: metadata and turns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Call {
    /// The file's own id of the call; empty if it has none (the reader then takes the file's stem).
    pub id: String,
    /// The agent's name or id.
    pub agent: Option<String>,
    /// The customer's name or id.
    pub customer: Option<String>,
    /// The queue, skill or team the call came in by.
    pub queue: Option<String>,
    /// When it started, RFC 3339 where the source allows, else as stored.
    pub started: Option<String>,
    /// BCP 47 language of the call.
    pub language: Option<String>,
    /// The language that its words leave no doubt about, where none is stated; not English. Only to judge by: what is
    /// written of the call says what its file says.
    pub heard_language: Option<&'static str>,
    /// Length in seconds, where the file states it; else the last known time of a turn serves.
    pub stated_duration: Option<f64>,
    /// Whatever else is known of the call.
    pub meta: serde_json::Map<String, serde_json::Value>,
    /// Name of the format it was read from.
    pub format: &'static str,
    /// What the times of the turns mean.
    pub clock: Clock,
    /// How the roles are known.
    pub roles: Roles,
    /// Who is probably who, where that is all that is known.
    pub guess: Option<Guess>,
    /// The voices of the call, in order of appearance.
    pub speakers: Vec<Speaker>,
    /// The turns, in order of their starts.
    pub turns: Vec<Turn>,
    /// The words with times, turn by turn.
    pub words: Vec<Word>,
    /// Why one record of a list holds no call. Readers set it, the decoder reports it, and nobody else sees such a call.
    pub unread: Option<String>,
    text: String,
    word_text: String,
}

impl Call {
    /// Empties the call and keeps its memory for the next one.
    pub fn clear(&mut self) {
        let mut old = std::mem::take(self);
        self.id = emptied(old.id);
        self.text = emptied(old.text);
        self.word_text = emptied(old.word_text);
        old.turns.clear();
        self.turns = old.turns;
        old.words.clear();
        self.words = old.words;
        old.speakers.clear();
        self.speakers = old.speakers;
    }

    /// The index of the speaker with this role and label, added if new. Voices beyond the most that are told apart
    /// share one of unknown role: to search ever more of them for each turn would never end.
    pub fn speaker(&mut self, role: Role, label: &str, name: Option<&str>) -> u16 {
        let same = |s: &Speaker| s.role == role && s.label == label && s.name.as_deref() == name;
        let last = self.turns.last().map(|t| usize::from(t.speaker));
        let near = last.filter(|k| self.speakers.get(*k).is_some_and(same));
        let found = near.or_else(|| self.speakers.iter().position(same));
        let at = found.unwrap_or_else(|| {
            let speaker = Speaker { role, label: label.to_owned(), name: name.map(str::to_owned) };
            match self.speakers.len() {
                count if count < VOICES => self.speakers.push(speaker),
                VOICES => self.speakers.push(Speaker::default()),
                _ => {}
            }
            self.speakers.len() - 1
        });
        at as u16
    }

    /// Adds a turn after the others. Newlines within a turn are kept: they end sentences.
    pub fn push_turn(&mut self, speaker: u16, start: Option<f64>, end: Option<f64>, text: &str) {
        let from = self.text.len() as u32;
        self.text.push_str(text);
        let to = self.text.len() as u32;
        // A newline between turns, outside every turn's range, so that nothing can be read across a border.
        self.text.push('\n');
        let words = self.words.len() as u32;
        self.turns.push(Turn { speaker, start, end, text: from..to, words: words..words });
    }

    /// Adds a word with times to the last turn. Its place in the turn's text is found by looking for it after the
    /// word before; a word that does not stand there (a masked one, say) keeps its times and has no place.
    pub fn push_word(&mut self, word: &str, start: f64, end: f64) {
        let from = self.word_text.len() as u32;
        self.word_text.push_str(word);
        let Some(turn) = self.turns.last_mut() else {
            return;
        };
        let previous = &self.words[turn.words.start as usize..];
        // Words that do not stand in the turn are not looked for ever further back.
        let lost = [turn.text.start, turn.text.end][usize::from(previous.len() >= LOST)];
        let mut near = previous.iter().rev().take(LOST);
        let after = (near.find(|w| !w.at.is_empty())).map_or(lost, |w| w.at.end);
        let rest = &self.text[after as usize..turn.text.end as usize];
        let place = find_word(rest, word.trim()).map_or(0..0, |r| after + r.start as u32..after + r.end as u32);
        self.words.push(Word { text: from..self.word_text.len() as u32, at: place, start, end });
        turn.words.end = self.words.len() as u32;
    }

    /// Sorts the turns by start; turns without one stay behind the turn they followed. Stable, so that equal starts
    /// keep the file's order.
    pub fn sort_turns(&mut self) {
        let starts = self.turns.iter().filter_map(|t| t.start);
        if starts.is_sorted_by(|a, b| a <= b) {
            return;
        }
        let mut last = f64::NEG_INFINITY;
        let mut keyed: Vec<(f64, Turn)> = Vec::with_capacity(self.turns.len());
        for turn in self.turns.drain(..) {
            last = turn.start.unwrap_or(last);
            keyed.push((last, turn));
        }
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.turns.extend(keyed.into_iter().map(|(_, turn)| turn));
    }

    /// The text of all turns; ranges of turns, sentences and evidence point into it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of one turn, as they were said.
    pub fn turn_text(&self, turn: &Turn) -> &str {
        &self.text[turn.text.start as usize..turn.text.end as usize]
    }

    /// A word as the file stores it.
    pub fn word(&self, word: &Word) -> &str {
        &self.word_text[word.text.start as usize..word.text.end as usize]
    }

    /// The words with times of one turn.
    pub fn turn_words(&self, turn: &Turn) -> &[Word] {
        &self.words[turn.words.start as usize..turn.words.end as usize]
    }

    /// The role of whoever speaks this turn.
    pub fn role(&self, turn: &Turn) -> Role {
        self.speakers.get(usize::from(turn.speaker)).map_or(Role::Unknown, |s| s.role)
    }

    /// The length of the call in seconds: as stated, else the last time that any turn has.
    pub fn duration(&self) -> Option<f64> {
        let last = || self.turns.iter().filter_map(|t| t.end.or(t.start)).max_by(f64::total_cmp);
        self.stated_duration.or_else(last)
    }
}

fn emptied(mut s: String) -> String {
    s.clear();
    s
}

/// Where `word` stands in `text` next: at most a few words ahead, so that a masked or misheard word does not pull
/// the ones after it to the end of the turn.
fn find_word(text: &str, word: &str) -> Option<Range<usize>> {
    const AHEAD: usize = 48;
    if word.is_empty() {
        return None;
    }
    let mut end = text.len().min(AHEAD + word.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let near = &text[..end];
    let exact = near.find(word).map(|at| at..at + word.len());
    exact.or_else(|| {
        let lower = near.to_ascii_lowercase();
        lower.find(&word.to_ascii_lowercase()).map(|at| at..at + word.len())
    })
}

#[cfg(test)]
mod tests;
