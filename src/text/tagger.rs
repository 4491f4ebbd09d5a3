//! The tagger: walks the words of a call through the automaton and settles which hits count.

mod cut;

use super::automaton::{self, DEAD, GROUPS, Group, OTHER, State, Symbol, Walker};
use super::book::{Entry, Origin, Pattern, PhraseBook, SetId};
use super::scene::{Hit, Scene, Token};
use super::words::{Kind, Piece, pieces};
use super::{fold, names};
use crate::call::{Call, Role};
use rustc_hash::FxHashMap;

/// What a word announces, as bits: a token carries those of its word, so that most are passed over by one look.
pub(super) mod cue {
    /// "name"
    pub(in crate::text) const NAME: u8 = 1;
    /// "speaking", "talking"
    pub(in crate::text) const SPEAKING: u8 = 2;
    /// "this", "I'm"
    pub(in crate::text) const SELF: u8 = 4;
    /// "you", "I": "know" or "mean" may follow and make a filler.
    pub(in crate::text) const FILLS: u8 = 8;
    /// It has a reading of two words: the word before may be its stutter.
    pub(in crate::text) const TWO: u8 = 16;

    /// The cues of a written word, lower case.
    pub(in crate::text) fn of(word: &str) -> u8 {
        match word {
            "name" | "name's" => NAME,
            "speaking" | "talking" => SPEAKING,
            "this" | "i'm" | "im" | "'m" | "am" => SELF,
            "you" | "i" => FILLS,
            _ => 0,
        }
    }
}

/// No second word in a reading.
const NONE: Symbol = Symbol::MAX;
/// A match spans at most so many tokens, fillers included: hostile text must not cost more than its length.
const LONGEST: u32 = 64;
/// Words met so far are forgotten at this many.
const MOST_WORDS: usize = 200_000;

/// The highest bit of each byte.
const EIGHTH_BITS: u128 = u128::from_le_bytes([0x80; 16]);

/// The bits of the first so many bytes.
static FIRST: [u128; 16] = {
    let mut masks = [0; 16];
    let mut k = 1;
    while k < 16 {
        masks[k] = masks[k - 1] << 8 | 0xff;
        k += 1;
    }
    masks
};

/// The sixteen bytes from a place on, zeros beyond the end.
#[inline]
fn sixteen(bytes: &[u8], from: usize) -> u128 {
    if let Some(Ok(sixteen)) = bytes.get(from..from + 16).map(<[u8; 16]>::try_from) {
        return u128::from_le_bytes(sixteen);
    }
    let mut last = [0; 16];
    let rest = &bytes[from..];
    last[..rest.len()].copy_from_slice(rest);
    u128::from_le_bytes(last)
}

/// ASCII letters to lower case, sixteen at once: in each byte a carry tells `A` and up, another beyond `Z`.
fn lower(bytes: u128) -> u128 {
    const FROM_A: u128 = u128::from_le_bytes([0x80 - b'A'; 16]);
    const PAST_Z: u128 = u128::from_le_bytes([0x7f - b'Z'; 16]);
    let capital = (bytes + FROM_A) & !(bytes + PAST_Z) & EIGHTH_BITS;
    bytes | capital >> 2
}

/// The readings of words of up to 15 ASCII bytes: an open table, one cache line a look-up.
#[derive(Debug, Default)]
struct ShortWords {
    /// The word and its reading; a word of no bytes is free.
    slots: Vec<(u128, u32)>,
    used: usize,
}

impl ShortWords {
    fn slot(&self, key: u128) -> usize {
        let folded = (key as u64) ^ ((key >> 64) as u64).rotate_left(29);
        (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize & (self.slots.len() - 1)
    }

    #[inline]
    fn get(&self, key: u128) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut at = self.slot(key);
        loop {
            let (found, reading) = self.slots[at];
            if found == key {
                return Some(reading);
            }
            if found == 0 {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn insert(&mut self, key: u128, reading: u32) {
        if self.used * 2 >= self.slots.len() {
            let wider = vec![(0, 0); (self.slots.len() * 2).max(4096)];
            let old = std::mem::replace(&mut self.slots, wider);
            old.into_iter()
                .filter(|(key, _)| *key != 0)
                .for_each(|(key, reading)| self.put(key, reading));
        }
        self.put(key, reading);
        self.used += 1;
    }

    fn put(&mut self, key: u128, reading: u32) {
        let mut at = self.slot(key);
        while self.slots[at].0 != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = (key, reading);
    }

    fn len(&self) -> usize {
        self.used
    }
}

/// What a written word stands for, in symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Reading {
    ways: [[Symbol; 2]; 3],
    count: u8,
    /// A bit a group: a phrase of it can begin here.
    begins: u8,
    filler: bool,
    /// What it announces; see [`cue`].
    cue: u8,
    /// One word with one reading: a step takes one look-up.
    simple: bool,
    /// Where the word leads from the start of each group, if it is simple.
    first: [State; GROUPS],
}

/// A worker's memory of words and states. Holds nothing of a call.
#[derive(Debug)]
pub struct Tagger<'b> {
    book: &'b PhraseBook,
    walker: Walker,
    readings: Vec<Reading>,
    reading_of: FxHashMap<Reading, u32>,
    short: ShortWords,
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
            short: ShortWords::default(),
            long: FxHashMap::default(),
            found: Vec::new(),
            cancels: Vec::new(),
            todo: Vec::new(),
            longest: Vec::new(),
        }
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
    }

    /// The readings of a written word, by its number.
    #[inline]
    fn reading(&mut self, text: &str, piece: Piece) -> u32 {
        let len = piece.end - piece.start;
        if len < 16 && piece.kind == Kind::Word {
            let written = sixteen(text.as_bytes(), piece.start) & FIRST[len];
            if written & EIGHTH_BITS == 0 {
                // The lower-cased bytes as one number, the length on top; what is not ASCII goes the long way.
                let key = lower(written) | (len as u128) << 120;
                if let Some(reading) = self.short.get(key) {
                    return reading;
                }
                let word = text[piece.start..piece.end].to_ascii_lowercase();
                let reading = self.learn(&word);
                self.short.insert(key, reading);
                return reading;
            }
        }
        self.long_reading(&text[piece.start..piece.end])
    }

    #[cold]
    fn long_reading(&mut self, written: &str) -> u32 {
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
            cue: cue::of(word),
            simple: false,
            first: [DEAD; GROUPS],
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
        reading.simple = reading.count == 1 && reading.ways[0][1] == NONE;
        if reading.simple {
            for (to, group) in reading.first.iter_mut().zip(automaton::ALL_GROUPS) {
                *to = self
                    .walker
                    .step(automaton, automaton::start(group), reading.ways[0][0]);
            }
        }
        if reading.ways.iter().any(|way| way[1] != NONE) {
            reading.cue |= cue::TWO;
        }
        let next = self.readings.len() as u32;
        let number = *self.reading_of.entry(reading).or_insert(next);
        if number == next {
            self.readings.push(reading);
        }
        number
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
    let first = scene.turn_sentences(run.first).start;
    let last = scene
        .turn_sentences(run.last.min(turn.saturating_sub(1)))
        .end;
    let hits = scene.hits(set);
    let from = hits.partition_point(|h| h.sentence < first);
    let in_run = hits[from..].iter().take_while(|h| h.sentence < last);
    // Backchannels of the other party stand within the run's turns.
    in_run
        .into_iter()
        .any(|h| call.role(&call.turns[scene.sentence(h).turn as usize]) == other)
}
