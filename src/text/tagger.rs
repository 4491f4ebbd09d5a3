//! The tagger: walks the words of a call through the automaton and settles which hits count.

mod cut;

use super::automaton::{self, DEAD, Group, OTHER, State, Symbol, Walker};
use super::book::{Entry, Origin, Pattern, PhraseBook, SetId};
use super::scene::{Hit, Scene, Token};
use super::words::{Kind, pieces};
use super::{fold, names};
use crate::call::{Call, Role};
use rustc_hash::FxHashMap;

/// No second word in a reading.
const NONE: Symbol = Symbol::MAX;
/// A match spans at most so many tokens, fillers included: hostile text must not cost more than its length.
const LONGEST: u32 = 64;
/// Words met so far are forgotten at this many.
const MOST_WORDS: usize = 200_000;

/// What a written word stands for, in symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Reading {
    ways: [[Symbol; 2]; 3],
    count: u8,
    /// A bit a group: a phrase of it can begin here.
    begins: u8,
    filler: bool,
}

/// A worker's memory of words and states. Holds nothing of a call.
#[derive(Debug)]
pub struct Tagger<'b> {
    book: &'b PhraseBook,
    walker: Walker,
    readings: Vec<Reading>,
    reading_of: FxHashMap<Reading, u32>,
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
    /// Hits and cancellations found by the walk, before conditions.
    found: Vec<Hit>,
    cancels: Vec<Hit>,
    todo: Vec<(State, u32)>,
    longest: Vec<(u32, u32)>,
}

impl<'b> Tagger<'b> {
    /// A tagger for the phrases of a book.
    #[must_use]
    pub fn new(book: &'b PhraseBook) -> Self {
        Tagger {
            book,
            walker: Walker::default(),
            readings: Vec::new(),
            reading_of: FxHashMap::default(),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            found: Vec::new(),
            cancels: Vec::new(),
            todo: Vec::new(),
            longest: Vec::new(),
        }
    }

    /// Cuts a call into words, sentences and runs and finds the tags in them.
    pub fn tag(&mut self, call: &Call, scene: &mut Scene) {
        self.walker.trim();
        if self.short.len() + self.long.len() > MOST_WORDS {
            self.short.clear();
            self.long.clear();
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
                let reading = self.reading(&text[piece.start..piece.end], piece.kind);
                let skip =
                    u8::from(piece.kind == Kind::Noise || self.readings[reading as usize].filler);
                let (start, end) = (piece.start as u32, piece.end as u32);
                let token = Token {
                    start,
                    end,
                    gap: piece.gap,
                    kind: piece.kind,
                    skip,
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
    }

    /// The readings of a written word, by its number.
    fn reading(&mut self, written: &str, kind: Kind) -> u32 {
        let bytes = written.as_bytes();
        if bytes.len() < 16 && kind == Kind::Word {
            // Lower-cased ASCII letters as one number, the length on top; other bytes make it miss and go the long way.
            let mut key = [0u8; 16];
            let mut ascii = 0u8;
            for (to, from) in key.iter_mut().zip(bytes) {
                *to = from.to_ascii_lowercase();
                ascii |= from;
            }
            key[15] = bytes.len() as u8;
            if ascii < 0x80 {
                let key = u128::from_le_bytes(key);
                if let Some(&reading) = self.short.get(&key) {
                    return reading;
                }
                let reading = self.learn(&written.to_ascii_lowercase());
                self.short.insert(key, reading);
                return reading;
            }
        }
        let lower = written.to_lowercase().replace('\u{2019}', "'");
        if let Some(&reading) = self.long.get(lower.as_str()) {
            return reading;
        }
        let reading = self.learn(&lower);
        self.long.insert(lower.into_boxed_str(), reading);
        reading
    }

    #[cold]
    fn learn(&mut self, word: &str) -> u32 {
        let mut reading = Reading {
            ways: [[OTHER, NONE]; 3],
            count: 0,
            begins: 0,
            filler: fold::is_filler(word),
        };
        let (lexicon, automaton) = (self.book.lexicon(), self.book.automaton());
        for (way, words) in reading.ways.iter_mut().zip(fold::readings(word)) {
            let atoms = lexicon.atoms(&words.first);
            for group in [Group::Openers, Group::Agent, Group::Customer] {
                if automaton.begins(group, &atoms) {
                    reading.begins |= 1 << group as u8;
                }
            }
            let second = words
                .second
                .map_or(NONE, |s| self.walker.symbol(lexicon.atoms(&s)));
            *way = [self.walker.symbol(atoms), second];
            reading.count += 1;
        }
        let next = self.readings.len() as u32;
        let number = *self.reading_of.entry(reading).or_insert(next);
        if number == next {
            self.readings.push(reading);
        }
        number
    }

    /// Finds the longest end of every phrase that begins at a token; into `self.longest`.
    fn walk(&mut self, scene: &Scene, group: Group, from: u32, to: u32) {
        self.longest.clear();
        self.todo.clear();
        self.todo.push((automaton::start(group), from));
        let to = to.min(from + LONGEST);
        let automaton = self.book.automaton();
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
                for &phrase in self.walker.accepts(next) {
                    match self.longest.iter_mut().find(|(p, _)| *p == phrase) {
                        Some((_, end)) => *end = (*end).max(at + 1),
                        None => self.longest.push((phrase, at + 1)),
                    }
                }
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
                let reading = scene.tokens[start as usize].reading;
                if self.readings[reading as usize].begins & (1 << group as u8) == 0 {
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

    /// Keeps the hits whose conditions hold, set by set, each after those that its conditions look at.
    fn settle(&mut self, call: &Call, scene: &mut Scene) {
        self.found
            .sort_unstable_by_key(|h| (h.set, h.start, std::cmp::Reverse(h.end), h.entry));
        self.cancels.sort_unstable_by_key(|h| (h.set, h.start));
        let sets = self.book.sets();
        scene.hits.clear();
        scene.hits_of.clear();
        scene.hits_of.resize(sets.len(), 0..0);
        for &id in self.book.order() {
            let set = &sets[usize::from(id)];
            let from = scene.hits.len();
            let of = |hits: &[Hit]| {
                hits.partition_point(|h| h.set < id)..hits.partition_point(|h| h.set <= id)
            };
            let cancels = &self.cancels[of(&self.cancels)];
            let mut covered_to = 0;
            for hit in &self.found[of(&self.found)] {
                if hit.start < covered_to {
                    continue;
                }
                let cancelled = cancels
                    .iter()
                    .any(|c| c.start < hit.end && hit.start < c.end);
                let entry = set.entries.get(hit.entry as usize);
                let counts = |list: &dyn Fn(&Entry) -> &Vec<SetId>,
                              holds: &dyn Fn(SetId) -> bool| {
                    let own = entry.map_or(&[][..], |e| list(e));
                    own.is_empty() || own.iter().any(|&s| holds(s))
                };
                let in_sentence = |s: SetId| scene.has(hit.sentence, s);
                let before = |s: SetId| was_said_before(call, scene, hit, s);
                let kept = !cancelled
                    && !set.not_if.iter().any(|&s| in_sentence(s))
                    && !entry.is_some_and(|e| e.not_if.iter().any(|&s| in_sentence(s)))
                    && (set.after.is_empty() || set.after.iter().any(|&s| before(s)))
                    && counts(&|e| &e.after, &before);
                if kept {
                    covered_to = hit.end;
                    scene.hits.push(*hit);
                }
            }
            scene.hits_of[usize::from(id)] = from as u32..scene.hits.len() as u32;
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

/// Whether a set was found in the other party's last run before a hit.
fn was_said_before(call: &Call, scene: &Scene, hit: &Hit, set: SetId) -> bool {
    let turn = scene.sentence(hit).turn;
    let other = match call.role(&call.turns[turn as usize]) {
        Role::Customer => Role::Agent,
        _ => Role::Customer,
    };
    let Some(run) = scene.last_run_of(other, turn) else {
        return false;
    };
    let run = &scene.runs[run as usize];
    scene.hits(set).iter().any(|h| {
        let said = scene.sentence(h).turn;
        said >= run.first
            && said <= run.last
            && said < turn
            && call.role(&call.turns[said as usize]) == other
    })
}
