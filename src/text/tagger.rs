//! The tagger: walks the words of a call through the automaton and settles which hits count.

pub(super) mod cue;
mod cut;
mod readings;
mod settle;
mod short;

use super::automaton::{self, DEAD, Group, State, Walker};
use super::book::{Origin, Pattern, PhraseBook, SetId};
use super::names;
use super::scene::{Hit, Scene, Token};
use super::unit::Unit;
use super::weigh::Weigher;
use super::words::{Kind, pieces};
use crate::call::{Call, Role};
use readings::{NONE, Reading};
use rustc_hash::FxHashMap;
use short::ShortWords;

/// A match spans at most so many tokens, fillers included: hostile text must not cost more than its length.
const LONGEST: u32 = 64;
/// Words met so far are forgotten at this many.
const MOST_WORDS: usize = 200_000;

/// A worker's memory of words and states. Holds nothing of a call.
#[derive(Debug)]
pub struct Tagger<'b> {
    book: &'b PhraseBook,
    walker: Walker,
    readings: Vec<Reading>,
    /// What each reading is for learned weights; the same for all where there are none.
    units: Vec<Unit>,
    reading_of: FxHashMap<(Reading, Unit), u32>,
    /// The reading of numbers that no phrase lists: there are too many to remember each.
    number: u32,
    short: ShortWords,
    long: FxHashMap<Box<str>, u32>,
    /// Hits and cancellations found by the walk, before conditions.
    found: Vec<Hit>,
    /// The memory for ordering them.
    sorted: Vec<Hit>,
    cancels: Vec<Hit>,
    todo: Vec<(State, u32)>,
    longest: Vec<(u32, u32)>,
    weigher: Weigher,
}

impl<'b> Tagger<'b> {
    /// A tagger for the phrases of a book.
    #[must_use]
    pub fn new(book: &'b PhraseBook) -> Self {
        let mut tagger = Tagger {
            book,
            number: 0,
            walker: Walker::default(),
            readings: Vec::new(),
            reading_of: FxHashMap::default(),
            short: ShortWords::default(),
            long: FxHashMap::default(),
            found: Vec::new(),
            sorted: Vec::new(),
            cancels: Vec::new(),
            todo: Vec::new(),
            longest: Vec::new(),
            units: Vec::new(),
            weigher: Weigher::default(),
        };
        tagger.number = tagger.learn("0");
        tagger
    }

    /// Cuts a call into words, sentences and runs and finds the tags in them.
    pub fn tag(&mut self, call: &Call, scene: &mut Scene) {
        if self.walker.is_full() || self.short.len() + self.long.len() > MOST_WORDS {
            *self = Tagger::new(self.book);
        }
        scene.tokens.clear();
        scene.sentences.clear();
        scene.sentences_of.clear();
        scene.asked.clear();
        for (k, turn) in call.turns.iter().enumerate() {
            let from = scene.tokens.len();
            let mut asked_at_end = false;
            let text = call.text();
            let (start, end) = (turn.text.start as usize, turn.text.end as usize);
            pieces(text, start, end, |piece| {
                let reading = self.reading(text, piece);
                let known = &self.readings[reading as usize];
                let skip = u8::from(piece.kind == Kind::Noise || known.filler);
                let (start, end) = (piece.start as u32, piece.end as u32);
                let token = Token {
                    start,
                    end,
                    gap: piece.gap,
                    kind: piece.kind,
                    skip,
                    cue: known.cue,
                    begins: known.begins,
                    reading,
                };
                scene.tokens.push(token);
                if piece.asked {
                    scene.asked.push(scene.tokens.len() as u32 - 1);
                }
            });
            if let Some(last) = scene.tokens[from..].last() {
                asked_at_end = text[last.end as usize..end].contains('?');
            }
            self.mark_skips(call, scene, from);
            self.cut(call, scene, k as u32, from, asked_at_end);
        }
        scene.gather_runs(call);
        names::find(call, scene);
        self.match_phrases(call, scene);
        self.settle(call, scene);
        let units = &self.units;
        let unit = |token: &Token| units[token.reading as usize];
        self.weigher.weigh(self.book, call, scene, unit);
    }

    /// Whether a walk from a token would end without a hit at the next one: most do, and this is the cheapest way to
    /// tell.
    #[inline]
    fn ends_at_once(&self, scene: &Scene, token: &Token, from: u32, to: u32, group: Group) -> bool {
        let first = self.readings[token.reading as usize].first[group as usize];
        if first == DEAD || !self.walker.accepts(first).is_empty() {
            return false;
        }
        if from + 1 == to {
            return true;
        }
        let next = &scene.tokens[from as usize + 1];
        let reading = &self.readings[next.reading as usize];
        reading.simple && next.skip == 0 && self.walker.is_dead(first, reading.ways[0][0])
    }

    /// Finds the longest end of every phrase that begins at a token; into `self.longest`.
    fn walk(&mut self, scene: &Scene, group: Group, from: u32, to: u32) {
        self.longest.clear();
        let to = to.min(from + LONGEST);
        let automaton = self.book.automaton();
        let (mut state, mut at) = (automaton::start(group), from);
        // Most walks are one word with one reading after the other, and end at the second.
        loop {
            if at == to {
                return;
            }
            let token = &scene.tokens[at as usize];
            let reading = &self.readings[token.reading as usize];
            if !reading.simple || (token.skip > 0 && at > from) {
                break;
            }
            state = self.walker.step(automaton, state, reading.ways[0][0]);
            if state == DEAD {
                return;
            }
            at += 1;
            note(&mut self.longest, self.walker.accepts(state), at);
        }
        self.walk_all(scene, state, at, from, to);
    }

    /// Goes on with a walk from words that have several readings or may be passed over.
    fn walk_all(&mut self, scene: &Scene, state: State, at: u32, from: u32, to: u32) {
        let automaton = self.book.automaton();
        self.todo.clear();
        self.todo.push((state, at));
        let mut seen = 0;
        while seen < self.todo.len() {
            let (state, at) = self.todo[seen];
            seen += 1;
            if at >= to {
                continue;
            }
            let token = &scene.tokens[at as usize];
            let reading = self.readings[token.reading as usize];
            for way in &reading.ways[..usize::from(reading.count)] {
                let mut next = self.walker.step(automaton, state, way[0]);
                if way[1] != NONE {
                    next = self.walker.step(automaton, next, way[1]);
                }
                if next == DEAD {
                    continue;
                }
                note(&mut self.longest, self.walker.accepts(next), at + 1);
                Self::visit(&mut self.todo, next, at + 1);
            }
            if token.skip > 0 && at > from {
                Self::visit(&mut self.todo, state, at + u32::from(token.skip));
            }
        }
    }

    /// Adds a place to visit once: fillers and second readings may lead to one place in many ways.
    fn visit(todo: &mut Vec<(State, u32)>, state: State, at: u32) {
        if !todo.iter().rev().take(64).any(|&seen| seen == (state, at)) {
            todo.push((state, at));
        }
    }

    /// Walks all sentences; hits and cancellations as they are found.
    fn match_phrases(&mut self, call: &Call, scene: &Scene) {
        self.found.clear();
        self.cancels.clear();
        for (n, sentence) in scene.sentences.iter().enumerate() {
            let role = call.role(&call.turns[sentence.turn as usize]);
            let group = if role == Role::Customer {
                Group::Customer
            } else {
                Group::Agent
            };
            for start in sentence.tokens.clone() {
                let token = &scene.tokens[start as usize];
                if token.begins & (1 << group as u8) == 0
                    || self.ends_at_once(scene, token, start, sentence.tokens.end, group)
                {
                    continue;
                }
                self.walk(scene, group, start, sentence.tokens.end);
                for &(phrase, end) in &self.longest {
                    let accepted = self.book.accepted(phrase);
                    let fits_start =
                        !accepted.at_start || only_skips(scene, sentence.tokens.start, start);
                    let fits_end = !accepted.at_end || only_skips(scene, end, sentence.tokens.end);
                    let who = self.book.sets()[usize::from(accepted.set)].who;
                    if !fits_start || !fits_end || who.is_some_and(|who| who != role) {
                        continue;
                    }
                    let hit = Hit {
                        start,
                        end,
                        set: accepted.set,
                        entry: accepted.entry.unwrap_or(0),
                        sentence: n as u32,
                    };
                    if accepted.entry.is_some() {
                        self.found.push(hit);
                    } else {
                        self.cancels.push(hit);
                    }
                }
            }
            self.match_letters(call, scene, n as u32, role);
        }
        for (k, set) in self.book.sets().iter().enumerate() {
            if set.origin == Origin::Names {
                self.found.extend(scene.names.uses.iter().map(|u| Hit {
                    set: k as SetId,
                    ..*u
                }));
            }
        }
    }

    /// Looks for the regular expressions in a sentence.
    fn match_letters(&mut self, call: &Call, scene: &Scene, n: u32, role: Role) {
        if !self.book.has_letters() {
            return;
        }
        let sentence = &scene.sentences[n as usize];
        let text = &call.text()[sentence.text.start as usize..sentence.text.end as usize];
        for (k, set) in self
            .book
            .sets()
            .iter()
            .enumerate()
            .filter(|(_, s)| s.who.is_none_or(|who| who == role))
        {
            for (entry, e) in set.entries.iter().enumerate() {
                let Pattern::Letters(regex) = &e.pattern else {
                    continue;
                };
                for m in regex.find_iter(text).filter(|m| !m.is_empty()) {
                    let (from, to) = (
                        sentence.text.start + m.start() as u32,
                        sentence.text.start + m.end() as u32,
                    );
                    let touches = |t: &u32| {
                        scene.tokens[*t as usize].end > from && scene.tokens[*t as usize].start < to
                    };
                    let mut tokens = sentence.tokens.clone().filter(touches);
                    if let Some(start) = tokens.next() {
                        let end = tokens.next_back().unwrap_or(start) + 1;
                        self.found.push(Hit {
                            start,
                            end,
                            set: k as SetId,
                            entry: entry as u32,
                            sentence: n,
                        });
                    }
                }
            }
        }
    }
}

/// Notes the phrases that end here; the longest end of each stays.
#[inline]
fn note(longest: &mut Vec<(u32, u32)>, phrases: &[u32], end: u32) {
    for &phrase in phrases {
        match longest.iter_mut().find(|(p, _)| *p == phrase) {
            Some((_, longest)) => *longest = end.max(*longest),
            None => longest.push((phrase, end)),
        }
    }
}

/// Whether only fillers stand in a range of tokens.
fn only_skips(scene: &Scene, from: u32, to: u32) -> bool {
    let mut at = from;
    while at < to {
        match scene.tokens[at as usize].skip {
            0 => return false,
            skip => at += u32::from(skip),
        }
    }
    true
}
