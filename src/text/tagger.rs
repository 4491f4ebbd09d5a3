//! The tagger: walks the words of a call through the automaton and settles which hits count.

pub(super) mod cue;
mod cut;
mod explain;
mod readings;
mod settle;
mod short;

use super::automaton::{self, DEAD, Group, State, Walker, ends_phrase};
use super::book::{Origin, Pattern, PhraseBook, SetId};
use super::names;
use super::scene::{Hit, Scene, Token};
use super::timing;
use super::unit::Unit;
use super::weigh::Weigher;
use super::words::{Gap, Kind, pieces};
use crate::call::{Call, Role, Turn};
use readings::{Brief, NONE, Reading};
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
    /// What is asked of every word, beside `readings`: a third of their size.
    briefs: Vec<Brief>,
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
    /// Tokens of the call from which a phrase may be found, ascending.
    starts: Vec<u32>,
    /// Tokens of the turn at which a sentence may begin, ascending.
    edges: Vec<u32>,
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
            briefs: Vec::new(),
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
            starts: Vec::new(),
            edges: Vec::new(),
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
        scene.cued.clear();
        scene.words_of.clear();
        self.starts.clear();
        for (k, turn) in call.turns.iter().enumerate() {
            let from = scene.tokens.len();
            self.read(call, turn, scene);
            let end = scene.tokens.last().map_or(0, |last| last.end as usize);
            let asked_at_end =
                scene.tokens.len() > from && call.text()[end..turn.text.end as usize].contains('?');
            self.cut(call, scene, k as u32, from, asked_at_end);
        }
        scene.end = timing::call_end(call);
        scene.gather_runs(call);
        names::find(call, scene);
        self.match_phrases(call, scene);
        self.settle(call, scene);
        let units = &self.units;
        let unit = |token: &Token| units[token.reading as usize];
        self.weigher.weigh(self.book, call, scene, unit);
    }

    /// Cuts a turn into tokens. What later steps ask of every token is noted here, once, so that they need not look at
    /// all of them again: most tokens begin no phrase that the next word does not rule out, and end no sentence.
    fn read(&mut self, call: &Call, turn: &Turn, scene: &mut Scene) {
        let text = call.text();
        let group = group_of(call.role(turn));
        let from = scene.tokens.len();
        let mut words = 0;
        // Where the word before leads from the start.
        let mut led = DEAD;
        self.edges.clear();
        let (start, end) = (turn.text.start as usize, turn.text.end as usize);
        pieces(text, start, end, |piece| {
            let reading = self.reading(text, &piece);
            let brief = self.briefs[reading as usize];
            let token = Token {
                start: piece.start as u32,
                end: piece.end as u32,
                gap: piece.gap,
                kind: piece.kind,
                skip: u8::from(piece.kind == Kind::Noise || brief.filler),
                cue: brief.cue,
                simple: brief.simple,
                reading,
                symbol: brief.symbol,
            };
            let at = scene.tokens.len();
            words += u32::from(piece.kind == Kind::Word);
            if let Some(before) = scene.tokens[from..].last_mut() {
                let may_skip = before.cue & cue::FILLS != 0
                    || before.reading == reading
                    || brief.cue & cue::TWO != 0;
                if may_skip && Self::mark_skip(text, before, &token) {
                    self.start_before_skip(scene, from, at, group);
                }
                let goes_on = led != DEAD
                    && (ends_phrase(led)
                        || !token.simple
                        || token.skip > 0
                        || !self.walker.is_dead(led, token.symbol));
                if goes_on {
                    self.starts.push(at as u32 - 1);
                }
            }
            led = brief.first[group as usize];
            if piece.gap >= Gap::Stop || brief.first[Group::Openers as usize] != DEAD {
                self.edges.push(at as u32);
            }
            if brief.cue & cue::NAMES != 0 {
                scene.cued.push(at as u32);
            }
            if piece.asked {
                scene.asked.push(at as u32);
            }
            scene.tokens.push(token);
        });
        if led != DEAD && ends_phrase(led) {
            self.starts.push(scene.tokens.len() as u32 - 1);
        }
        scene.words_of.push(words);
    }

    /// The token before `at` turned out to be one that may be passed over, so the one before that may lead on, whatever
    /// was thought of it.
    fn start_before_skip(&mut self, scene: &Scene, from: usize, at: usize, group: Group) {
        let Some(start) = at.checked_sub(2).filter(|start| *start >= from) else {
            return;
        };
        let reading = scene.tokens[start].reading as usize;
        if self.briefs[reading].first[group as usize] != DEAD
            && self.starts.last() != Some(&(start as u32))
        {
            self.starts.push(start as u32);
        }
    }

    /// Finds the longest end of every phrase that begins at a token; into `self.longest`.
    fn walk(&mut self, scene: &Scene, group: Group, from: u32, to: u32) {
        self.longest.clear();
        let tokens = &scene.tokens[..to.min(from + LONGEST) as usize];
        let automaton = self.book.automaton();
        let (mut state, mut at) = (automaton::start(group), from);
        while let Some(token) = tokens.get(at as usize) {
            // Most words have one reading and are not passed over.
            if token.simple && (token.skip == 0 || at == from) {
                state = if at == from {
                    self.briefs[token.reading as usize].first[group as usize]
                } else {
                    self.walker.step(automaton, state, token.symbol)
                };
                if state == DEAD {
                    return;
                }
                at += 1;
                if ends_phrase(state) {
                    note(&mut self.longest, self.walker.accepts(state), at);
                }
                continue;
            }
            self.todo.clear();
            self.step_all(token, state, at, at > from);
            match self.todo.as_slice() {
                [] => return,
                // Of several readings mostly one leads on.
                [one] => (state, at) = *one,
                _ => return self.walk_all(tokens),
            }
        }
    }

    /// Goes on with a walk from the places in `self.todo`.
    fn walk_all(&mut self, tokens: &[Token]) {
        let mut seen = 0;
        while seen < self.todo.len() {
            let (state, at) = self.todo[seen];
            seen += 1;
            if let Some(token) = tokens.get(at as usize) {
                self.step_all(token, state, at, true);
            }
        }
    }

    /// Adds the places where a token leads to `self.todo`, by all its readings, or past it.
    fn step_all(&mut self, token: &Token, state: State, at: u32, may_skip: bool) {
        let automaton = self.book.automaton();
        let reading = token.reading as usize;
        let count = if token.simple {
            1
        } else {
            self.readings[reading].count
        };
        for way in 0..usize::from(count) {
            let [first, second] = if token.simple {
                [token.symbol, NONE]
            } else {
                self.readings[reading].ways[way]
            };
            let mut next = self.walker.step(automaton, state, first);
            if second != NONE && next != DEAD {
                next = self.walker.step(automaton, next, second);
            }
            if next == DEAD {
                continue;
            }
            if ends_phrase(next) {
                note(&mut self.longest, self.walker.accepts(next), at + 1);
            }
            Self::visit(&mut self.todo, next, at + 1);
        }
        if token.skip > 0 && may_skip {
            Self::visit(&mut self.todo, state, at + u32::from(token.skip));
        }
    }

    /// Adds a place to visit once: fillers and second readings may lead to one place in many ways.
    fn visit(todo: &mut Vec<(State, u32)>, state: State, at: u32) {
        if !todo.iter().rev().take(64).any(|&seen| seen == (state, at)) {
            todo.push((state, at));
        }
    }

    /// Walks from all starts; hits and cancellations as they are found.
    fn match_phrases(&mut self, call: &Call, scene: &Scene) {
        self.found.clear();
        self.cancels.clear();
        let starts = std::mem::take(&mut self.starts);
        let mut n = 0;
        for &start in &starts {
            while scene.sentences[n].tokens.end <= start {
                n += 1;
            }
            let sentence = &scene.sentences[n];
            let role = call.role(&call.turns[sentence.turn as usize]);
            self.walk(scene, group_of(role), start, sentence.tokens.end);
            for &(phrase, end) in &self.longest {
                let accepted = self.book.accepted(phrase);
                let fits_start =
                    !accepted.at_start || only_skips(scene, sentence.tokens.start, start);
                let fits_end = !accepted.at_end || only_skips(scene, end, sentence.tokens.end);
                if !fits_start || !fits_end || accepted.who.is_some_and(|who| who != role) {
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
        self.starts = starts;
        if self.book.has_letters() {
            for (n, sentence) in scene.sentences.iter().enumerate() {
                let role = call.role(&call.turns[sentence.turn as usize]);
                self.match_letters(call, scene, n as u32, role);
            }
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

/// The group of the phrases that are looked for in a role's words.
fn group_of(role: Role) -> Group {
    if role == Role::Customer {
        Group::Customer
    } else {
        Group::Agent
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
