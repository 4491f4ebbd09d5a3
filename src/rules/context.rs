//! What a rule may look at: the call, the scene, and when things were said.

use super::party::Party;
use crate::call::{Basis, Call, Clock, Role};
use crate::report::{Evidence, Looked};
use crate::text::book::PhraseBook;
use crate::text::scene::{Hit, Run, Scene};
use crate::text::set::SetId;
use crate::text::timing::{self, Edge};

/// One call under the rules.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The call.
    pub call: &'a Call,
    /// Its words, sentences, runs and tags.
    pub scene: &'a Scene,
    /// The sets.
    pub phrases: &'a PhraseBook,
    /// Nobody reads why: only the verdict and its reason are asked for, so that no words and no quotes are made.
    verdict_only: bool,
}

impl<'a> Context<'a> {
    /// A call, tagged, with the sets.
    pub fn new(call: &'a Call, scene: &'a Scene, phrases: &'a PhraseBook) -> Self {
        Context { call, scene, phrases, verdict_only: false }
    }

    /// The same for one who asks for the verdict and its reason alone. To judge so costs half.
    #[must_use]
    pub fn verdict_only(self) -> Self {
        Context { verdict_only: true, ..self }
    }

    /// Whether somebody reads why.
    pub fn is_read(&self) -> bool {
        !self.verdict_only
    }

    /// Words for people, where somebody reads them.
    pub fn say(&self, words: impl FnOnce() -> String) -> String {
        if self.verdict_only { String::new() } else { words() }
    }

    /// Whether the call has times of speech, so that windows in seconds can be placed.
    pub fn timed(&self) -> bool {
        self.call.clock == Clock::Speech && self.call.turns.iter().any(|t| t.start.is_some())
    }

    /// The call's language, stated or plain from its words, if it is known and another than this one.
    pub fn other_language(&self, own: &str) -> Option<&'a str> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let stated = self.call.language.as_deref().filter(|of| !of.is_empty());
        stated.or(self.call.heard_language).filter(|of| primary(own) != primary(of))
    }

    /// The role that says a hit.
    pub fn role(&self, hit: &Hit) -> Role {
        self.role_of(self.scene.sentence(hit).turn)
    }

    /// The role that says a turn.
    pub fn role_of(&self, turn: u32) -> Role {
        self.call.role(&self.call.turns[turn as usize])
    }

    /// When a hit starts.
    pub fn start(&self, hit: &Hit) -> Option<(f64, Basis)> {
        if self.call.clock != Clock::Speech {
            return None;
        }
        timing::seconds(self.call, self.scene.sentence(hit).turn, self.scene.bytes(hit).start, Edge::Start)
    }

    /// When a sentence starts.
    pub fn sentence_start(&self, sentence: u32) -> Option<f64> {
        let s = &self.scene.sentences[sentence as usize];
        timing::seconds(self.call, s.turn, s.text.start, Edge::Start)
            .filter(|_| self.call.clock == Clock::Speech)
            .map(|t| t.0)
    }

    /// When a hit ends.
    pub fn end(&self, hit: &Hit) -> Option<(f64, Basis)> {
        if self.call.clock != Clock::Speech {
            return None;
        }
        timing::seconds(self.call, self.scene.sentence(hit).turn, self.scene.bytes(hit).end, Edge::End)
    }

    /// The first turn of a role that holds words.
    pub fn first_turn(&self, who: Party) -> Option<u32> {
        let turns = 0..self.call.turns.len() as u32;
        turns.filter(|&k| !self.scene.turn_sentences(k).is_empty()).find(|&k| who.is(self.role_of(k)))
    }

    /// When the first human agent word is said.
    pub fn first_agent_word(&self) -> Option<(f64, Basis)> {
        let turn = self.first_turn(Party::Agent)?;
        let sentences = self.scene.turn_sentences(turn);
        let token = self.scene.sentences[sentences.start as usize].tokens.start;
        timing::seconds(self.call, turn, self.scene.tokens[token as usize].start, Edge::Start)
    }

    /// Whether the end of any turn is stored.
    pub fn has_ends(&self) -> bool {
        self.call.turns.iter().any(|t| t.end.is_some())
    }

    /// Whether every time of the call is a whole second, so that a figure made of two is known to less than a second
    /// either way.
    pub fn is_coarse(&self) -> bool {
        let whole = |time: Option<f64>| time.is_none_or(|s| s.fract() == 0.0);
        let turns = &self.call.turns;
        turns.iter().all(|t| t.words.is_empty() && whole(t.start) && whole(t.end))
    }

    /// The end of the call, in seconds.
    pub fn call_end(&self) -> Option<f64> {
        self.scene.end
    }

    /// The runs of a role, with their indices.
    pub fn runs(&self, who: Party) -> impl DoubleEndedIterator<Item = (u32, &'a Run)> + use<'a> {
        let runs = &self.scene.runs;
        runs.iter().enumerate().filter(move |(_, r)| who.is(r.role)).map(|(k, r)| (k as u32, r))
    }

    /// When a run starts and ends.
    pub fn run_times(&self, run: &Run) -> Option<(f64, f64)> {
        Some((self.call.turns[run.first as usize].start?, timing::turn_end(self.call, run.last)?))
    }

    /// Whether the other party said this and the speaker has no run after it: there was no chance to answer.
    pub fn had_no_chance(&self, who: Party, hit: &Hit) -> bool {
        let turn = self.scene.sentence(hit).turn;
        !who.is(self.role(hit)) && self.runs(who).next_back().is_none_or(|(_, r)| r.last < turn)
    }

    /// The seconds of silence between a hit and the next turn of its speaker; none where there is no such turn or no
    /// times. A short answer of the other party at once ("okay") does not end the silence that follows it.
    pub fn silence_behind(&self, hit: &Hit) -> Option<f64> {
        if self.call.clock != Clock::Speech {
            return None;
        }
        let turn = self.scene.sentence(hit).turn;
        let mut heard_to = timing::turn_end(self.call, turn)?;
        for later in turn + 1..self.call.turns.len() as u32 {
            let spoken = &self.call.turns[later as usize];
            if self.call.role(spoken) == self.role(hit) {
                return Some(spoken.start? - heard_to);
            }
            heard_to = heard_to.max(timing::turn_end(self.call, later)?);
        }
        None
    }

    /// The hits of some sets by a speaker, in order of place.
    pub fn hits(&self, sets: &[SetId], who: Party) -> Vec<Hit> {
        let most = sets.iter().map(|&set| self.scene.hits(set).len()).sum();
        let mut all: Vec<Hit> = Vec::with_capacity(most);
        for &set in sets {
            let hits = self.scene.hits(set);
            // Most sets are looked for in the words of one party only: then nobody else says a hit.
            if who == Party::Any || self.phrases.is_heard_from(set, who.role()) {
                all.extend_from_slice(hits);
            } else {
                all.extend(hits.iter().filter(|h| who.is(self.role(h))));
            }
        }
        if sets.len() > 1 {
            all.sort_unstable_by_key(Hit::order);
        }
        all
    }

    /// Whether a sentence holds none of some sets.
    pub fn free_of(&self, sentence: u32, sets: &[SetId]) -> bool {
        !sets.iter().any(|&s| self.scene.has(sentence, s))
    }

    /// Evidence for a hit; `sets` are those whose presence in the sentence is worth naming.
    pub fn show(&self, hit: &Hit, sets: &[SetId]) -> Evidence {
        let sentence = self.scene.sentence(hit);
        let mut tags = vec![self.phrases.name(hit.set)];
        for &set in sets.iter().filter(|&&s| s != hit.set) {
            if self.scene.has(hit.sentence, set) && !tags.contains(&self.phrases.name(set)) {
                tags.push(self.phrases.name(set));
            }
        }
        Evidence {
            turn: sentence.turn,
            sentence: sentence.index,
            speaker: self.role(hit),
            start_s: self.start(hit).map(|t| t.0),
            end_s: self.end(hit).map(|t| t.0),
            quote: sentence.text.clone(),
            hit: self.scene.bytes(hit),
            tags,
            looked: None,
        }
    }

    /// Evidence for an absence: a sentence of the place that was searched.
    pub fn show_absence(&self, sentence: u32, looked: Looked) -> Evidence {
        let s = &self.scene.sentences[sentence as usize];
        let timed = self.call.clock == Clock::Speech;
        let at = |byte, edge| timing::seconds(self.call, s.turn, byte, edge).filter(|_| timed).map(|t| t.0);
        Evidence {
            turn: s.turn,
            sentence: s.index,
            speaker: self.role_of(s.turn),
            start_s: at(s.text.start, Edge::Start),
            end_s: at(s.text.end, Edge::End),
            quote: s.text.clone(),
            hit: s.text.start..s.text.start,
            tags: Vec::new(),
            looked: Some(looked),
        }
    }

    /// The matched words as they were said.
    pub fn said(&self, hit: &Hit) -> &'a str {
        let bytes = self.scene.bytes(hit);
        &self.call.text()[bytes.start as usize..bytes.end as usize]
    }
}
