//! The scene: one call as rules see it, cut into words, sentences and runs, with the tags found in them.

use super::set::SetId;
use super::traits;
use super::words::{Gap, Kind, Traits};
use crate::call::{Call, Role};
use std::cell::Cell;
use std::ops::Range;

/// A word, as bytes of [`Call::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What is known of its word, in the tagger's memory.
    pub(super) facts: u32,
    /// What its place and its word tell; see [`traits`] for the bits of the word.
    pub(super) traits: Traits,
}

impl Token {
    /// What stands before it.
    pub fn gap(&self) -> Gap {
        self.traits.gap()
    }

    /// What it is made of.
    pub fn kind(&self) -> Kind {
        self.traits.kind()
    }

    /// How many tokens from here matching may pass over between the words of a phrase: a filler, a stutter.
    pub fn skip(&self) -> u8 {
        traits::skip(self.traits)
    }

    /// Whether its word has one of these traits.
    pub(super) fn is(&self, any: u32) -> bool {
        self.traits.bits() & any != 0
    }
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Index of its turn.
    pub turn: u32,
    /// Index within its turn, from 0.
    pub index: u32,
    /// Its tokens, within [`Scene::tokens`].
    pub tokens: Range<u32>,
    /// Its bytes with its punctuation, within [`Call::text`].
    pub text: Range<u32>,
    /// It ends in a question mark.
    pub asked: bool,
}

/// Neighbouring turns of one speaker; what rules count when they count turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Who speaks.
    pub role: Role,
    /// Index into [`Call::speakers`].
    pub speaker: u16,
    /// Index of its first turn.
    pub first: u32,
    /// Index of its last turn; backchannels of others may stand between.
    pub last: u32,
}

/// A phrase of a set, found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// The set.
    pub set: SetId,
    /// The entry within the set that was found.
    pub entry: u32,
    /// Index into [`Scene::sentences`].
    pub sentence: u32,
    /// Learned weights decided that it counts, on a thin margin.
    pub near: bool,
    /// No learned weights doubt it: enough to take a call for one in which this is said.
    pub sure: bool,
    /// Learned weights decided whether it is sure, on a thin margin.
    pub nearly: bool,
}

impl Hit {
    /// What orders hits: where each begins and ends, then what it is. Cheaper than to compare all that one says.
    pub fn order(&self) -> (u64, SetId, u32) {
        (u64::from(self.start) << 32 | u64::from(self.end), self.set, self.entry)
    }
}

/// Which way what learned weights decided on a thin margin is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Doubts {
    /// As it was decided.
    #[default]
    Decided,
    /// What was found on a thin margin is not there.
    Against,
    /// What was missed on a thin margin is there.
    For,
}

impl Doubts {
    /// The place of what it makes of the hits within [`Scene::others`].
    fn other(self) -> Option<usize> {
        match self {
            Doubts::Decided => None,
            Doubts::Against => Some(0),
            Doubts::For => Some(1),
        }
    }
}

/// What is known of the callers' names in a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// The caller's names, lower case: first names, last names.
    pub known: Vec<String>,
    /// Where the agent addresses somebody by name; as hits of no set.
    pub uses: Vec<Hit>,
    /// A marker that may hide a use of the name stands in the agent's words.
    pub hidden: bool,
    /// Somebody's name was said and redacted.
    pub redacted: bool,
    /// Those that are last names: nobody is addressed by one without a title.
    pub(super) lasts: Vec<String>,
    /// The agents' own names, lower case.
    pub(super) own: Vec<String>,
    /// Names of people who are neither: a son, an engineer.
    pub(super) others: Vec<String>,
}

impl Names {
    /// Whether the caller's name is said by anybody, so that a use of it could be told.
    pub fn is_known(&self) -> bool {
        !self.known.is_empty() || self.redacted || !self.uses.is_empty()
    }

    /// Forgets all of the call.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.lasts.clear();
        self.uses.clear();
        self.own.clear();
        self.others.clear();
        self.hidden = false;
        self.redacted = false;
    }
}

/// Hits by set, then by place.
#[derive(Debug, Default)]
struct Table {
    hits: Vec<Hit>,
    /// Per set: its hits.
    of: Vec<Range<u32>>,
}

/// A call as rules see it. Its memory is used again for the next call.
#[derive(Debug, Default)]
pub struct Scene {
    /// All words.
    pub tokens: Vec<Token>,
    /// Per token: the number of its content stem within this call, see [`super::content`]; 0 for words without content.
    pub(super) contents: Vec<u32>,
    /// All sentences.
    pub sentences: Vec<Sentence>,
    /// All runs.
    pub runs: Vec<Run>,
    /// Per turn: its sentences.
    pub sentences_of: Vec<Range<u32>>,
    /// Per turn: its run; none for backchannels and turns without words.
    pub run_of: Vec<Option<u32>>,
    /// Tokens before which a question mark ended a sentence, ascending.
    pub(super) asked: Vec<u32>,
    /// Tokens that announce a name, ascending.
    pub(super) cued: Vec<u32>,
    /// Per turn: how many of its tokens count as words.
    pub(super) words_of: Vec<u32>,
    /// All hits, by set, then by place.
    pub(super) hits: Vec<Hit>,
    /// Per set: its hits within `hits`.
    pub(super) hits_of: Vec<Range<u32>>,
    /// What learned weights decided not to count, on a thin margin; by set, then by place.
    pub(super) almost: Vec<Hit>,
    /// What is looked at: see [`Scene::with_doubts`].
    doubts: Cell<Doubts>,
    /// The hits without those that were found on a thin margin, and with those that were missed on one.
    others: [Table; 2],
    /// The sets whose hits differ in each of `others`, ascending.
    doubtful: [Vec<SetId>; 2],
    /// The end of the call, in seconds.
    pub end: Option<f64>,
    /// What the callers are called.
    pub names: Names,
}

impl Scene {
    /// The hits of a set, in order of place.
    pub fn hits(&self, set: SetId) -> &[Hit] {
        let (hits, of) = match self.doubts.get().other() {
            None => (&self.hits, &self.hits_of),
            Some(other) => (&self.others[other].hits, &self.others[other].of),
        };
        of.get(usize::from(set)).map_or(&[], |r| &hits[r.start as usize..r.end as usize])
    }

    /// Whether one of these sets has other hits with the doubts taken that way.
    pub fn is_doubtful(&self, sets: &[SetId], doubts: Doubts) -> bool {
        let Some(other) = doubts.other() else { return false };
        sets.iter().any(|set| self.doubtful[other].binary_search(set).is_ok())
    }

    /// Looks at the call with the doubts taken the other way.
    pub fn with_doubts<T>(&self, doubts: Doubts, look: impl FnOnce() -> T) -> T {
        self.doubts.set(doubts);
        let seen = look();
        self.doubts.set(Doubts::Decided);
        seen
    }

    /// Writes down what the hits would be if the doubts were taken the other way.
    pub(super) fn weigh_doubts(&mut self) {
        let directions = [Doubts::Against, Doubts::For];
        for ((table, doubtful), doubts) in self.others.iter_mut().zip(&mut self.doubtful).zip(directions) {
            table.hits.clear();
            table.of.clear();
            doubtful.clear();
            let mut almost = self.almost.iter().peekable();
            for (set, range) in self.hits_of.iter().enumerate() {
                let (from, mut differs) = (table.hits.len(), false);
                for hit in &self.hits[range.start as usize..range.end as usize] {
                    let sure = if hit.nearly { doubts == Doubts::For } else { hit.sure };
                    let stays = !hit.near || doubts == Doubts::For;
                    if stays {
                        table.hits.push(Hit { sure, ..*hit });
                    }
                    differs |= !stays || sure != hit.sure;
                }
                while let Some(hit) = almost.next_if(|hit| usize::from(hit.set) == set) {
                    if doubts == Doubts::For {
                        table.hits.push(*hit);
                        differs = true;
                    }
                }
                if differs {
                    table.hits[from..].sort_unstable_by_key(Hit::order);
                    doubtful.push(set as SetId);
                }
                table.of.push(from as u32..table.hits.len() as u32);
            }
        }
    }

    /// The sentence a hit stands in.
    pub fn sentence(&self, hit: &Hit) -> &Sentence {
        &self.sentences[hit.sentence as usize]
    }

    /// The run a sentence belongs to.
    pub fn run(&self, sentence: u32) -> Option<u32> {
        self.run_of[self.sentences[sentence as usize].turn as usize]
    }

    /// The bytes that a hit covers.
    pub fn bytes(&self, hit: &Hit) -> Range<u32> {
        self.tokens[hit.start as usize].start..self.tokens[hit.end as usize - 1].end
    }

    /// The sentences of a turn.
    pub fn turn_sentences(&self, turn: u32) -> Range<u32> {
        self.sentences_of.get(turn as usize).cloned().unwrap_or(0..0)
    }

    /// The content stems of a sentence by their numbers, which tell them apart within the call; 0 for words without one.
    pub fn contents(&self, sentence: u32) -> &[u32] {
        let tokens = &self.sentences[sentence as usize].tokens;
        &self.contents[tokens.start as usize..tokens.end as usize]
    }

    /// The words of a turn: tokens with a letter or a digit.
    pub fn word_count(&self, turn: u32) -> usize {
        self.words_of.get(turn as usize).map_or(0, |&words| words as usize)
    }

    /// The sets that have a hit in a sentence.
    pub fn tags(&self, sentence: u32) -> impl Iterator<Item = SetId> {
        let found = move |&k: &usize| {
            let hits = self.hits(k as SetId);
            let at = hits.partition_point(|h| h.sentence < sentence);
            hits.get(at).is_some_and(|h| h.sentence == sentence)
        };
        (0..self.hits_of.len()).filter(found).map(|k| k as SetId)
    }

    /// Whether a set has a hit in a sentence.
    pub fn has(&self, sentence: u32, set: SetId) -> bool {
        let hits = self.hits(set);
        let at = hits.partition_point(|h| h.sentence < sentence);
        hits.get(at).is_some_and(|h| h.sentence == sentence)
    }

    /// The run of another speaker that came last before a turn.
    pub fn last_run_of(&self, role: Role, before_turn: u32) -> Option<u32> {
        let at = self.runs.partition_point(|r| r.first < before_turn);
        (0..at).rev().find(|&k| self.runs[k].role == role).map(|k| k as u32)
    }

    /// Whether a set was found in the other party's last run before a hit.
    pub(super) fn said_before(&self, call: &Call, hit: &Hit, set: SetId) -> bool {
        let turn = self.sentence(hit).turn;
        let other = match call.role(&call.turns[turn as usize]) {
            Role::Customer => Role::Agent,
            _ => Role::Customer,
        };
        let Some(run) = self.last_run_of(other, turn) else {
            return false;
        };
        let run = &self.runs[run as usize];
        let first = self.turn_sentences(run.first).start;
        let last = self.turn_sentences(run.last.min(turn.saturating_sub(1))).end;
        let hits = self.hits(set);
        let from = hits.partition_point(|h| h.sentence < first);
        let in_run = hits[from..].iter().take_while(|h| h.sentence < last);
        // Backchannels of the other party stand within the run's turns.
        in_run.into_iter().any(|h| call.role(&call.turns[self.sentence(h).turn as usize]) == other)
    }

    /// Gathers neighbouring turns into runs. A backchannel neither counts nor breaks a run; as an answer to a question
    /// it is a turn like any other.
    pub(super) fn gather_runs(&mut self, call: &Call) {
        self.runs.clear();
        self.run_of.clear();
        for (k, turn) in call.turns.iter().enumerate() {
            let role = call.role(turn);
            let sentences = self.turn_sentences(k as u32);
            if sentences.is_empty() || self.is_backchannel(call, k as u32) {
                self.run_of.push(None);
                continue;
            }
            let same = self.runs.last_mut().filter(|r| r.role == role && r.speaker == turn.speaker);
            match same {
                Some(run) => run.last = k as u32,
                None => self.runs.push(Run { role, speaker: turn.speaker, first: k as u32, last: k as u32 }),
            }
            self.run_of.push(Some(self.runs.len() as u32 - 1));
        }
    }

    fn is_backchannel(&self, call: &Call, turn: u32) -> bool {
        let sentences = self.turn_sentences(turn);
        let from = self.sentences[sentences.start as usize].tokens.start as usize;
        let to = self.sentences[sentences.end as usize - 1].tokens.end as usize;
        if to - from > 2 || self.sentences[sentences.end as usize - 1].asked {
            return false;
        }
        let mut words = [""; 2];
        for (word, token) in words.iter_mut().zip(&self.tokens[from..to]) {
            *word = &call.text()[token.start as usize..token.end as usize];
        }
        let listed =
            BACKCHANNELS.iter().any(|b| b[0].eq_ignore_ascii_case(words[0]) && b[1].eq_ignore_ascii_case(words[1]));
        listed
            && !self
                .runs
                .last()
                .is_some_and(|r| self.ends_with_question(r.last) && r.speaker != call.turns[turn as usize].speaker)
    }

    fn ends_with_question(&self, turn: u32) -> bool {
        let sentences = self.turn_sentences(turn);
        !sentences.is_empty() && self.sentences[sentences.end as usize - 1].asked
    }
}

/// What listeners say to show that they listen.
#[rustfmt::skip]
const BACKCHANNELS: &[[&str; 2]] = &[
    ["mm", "hmm"], ["mm", "hm"], ["mm", ""], ["mmm", ""], ["mhm", ""], ["mmhmm", ""], ["hmm", ""], ["hm", ""], ["uh", "huh"], ["uhhuh", ""], ["uh", ""],
    ["um", ""], ["okay", ""], ["ok", ""], ["okay", "okay"], ["ok", "ok"], ["right", ""], ["right", "right"], ["yeah", ""], ["yeah", "yeah"], ["yep", ""],
    ["sure", ""], ["alright", ""], ["all", "right"], ["i", "see"], ["got", "it"], ["oh", ""], ["ah", ""], ["oh", "okay"], ["okay", "yeah"], ["yeah", "okay"],
    ["okay", "sure"], ["oh", "right"], ["gotcha", ""],
];
