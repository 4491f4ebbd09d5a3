//! The tagger: walks the words of a call through the automaton and settles which hits count.

pub(super) mod cue;
mod cut;
mod explain;
mod readings;
mod settle;
mod short;
mod walk;

use super::automaton::{DEAD, Group, State, Walker};
use super::book::{Origin, Pattern, PhraseBook, SetId};
use super::marks::Marks;
use super::names;
use super::scene::{Hit, Scene, Token};
use super::timing;
use super::unit::Unit;
use super::weigh::Weigher;
use super::words::{self, Gap, Kind, Piece};
use crate::call::{Call, Role, Turn};
use readings::{Known, Reading};
use rustc_hash::FxHashMap;
use short::ShortWords;

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
    /// Tokens of the call that begin a phrase of those that are looked for there, ascending.
    starts: Marks,
    /// Tokens of the turn at which a sentence may begin, ascending.
    edges: Marks,
    /// Tokens of the turn before which something may be passed over.
    doubled: Vec<u32>,
    /// The turn cut into words.
    pieces: Vec<Piece>,
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
            starts: Marks::default(),
            edges: Marks::default(),
            doubled: Vec::new(),
            pieces: Vec::new(),
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

    /// Cuts a turn into tokens, and notes in one look at all of them what later steps would ask of every one: most
    /// tokens begin no phrase that the next word does not rule out, and end no sentence.
    fn read(&mut self, call: &Call, turn: &Turn, scene: &mut Scene) {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.clear();
        let (start, end) = (turn.text.start as usize, turn.text.end as usize);
        words::cut(call.text(), start, end, &mut pieces);
        let group = group_of(call.role(turn)) as usize;
        let from = scene.tokens.len();
        let mut words = 0;
        scene.tokens.extend(pieces.iter().map(|piece| {
            let Known { reading, brief } = self.known(call.text(), piece);
            words += u32::from(piece.kind == Kind::Word);
            Token {
                start: piece.start,
                end: piece.end,
                gap: piece.gap,
                kind: piece.kind,
                skip: u8::from(piece.kind == Kind::Noise) | u8::from(brief.filler),
                cue: brief.cue,
                reading,
                symbol: brief.symbol,
                lead: brief.first[group],
            }
        }));
        scene.words_of.push(words);
        let asked = |(_, piece): &(u32, &Piece)| piece.asked;
        let asking = (from as u32..).zip(&pieces).filter(asked).map(|(k, _)| k);
        scene.asked.extend(asking);
        self.pieces = pieces;
        self.look(call, scene, from);
    }

    /// Notes of the tokens from `from` on where sentences and phrases may begin, what announces a name, and what may be
    /// passed over.
    fn look(&mut self, call: &Call, scene: &mut Scene, from: usize) {
        let count = scene.tokens.len() - from;
        let mut starts = std::mem::take(&mut self.starts);
        let mut edges = std::mem::take(&mut self.edges);
        edges.clear();
        starts.make_room(count);
        edges.make_room(count);
        // Of the word before: its reading, what it announces.
        let (mut last, mut announced) = (u32::MAX, 0);
        for (at, token) in (from as u32..).zip(&scene.tokens[from..]) {
            let may_fill = announced & cue::FILLS != 0 && token.cue & cue::FILLED != 0;
            if may_fill || last == token.reading || token.cue & cue::TWO != 0 {
                self.doubled.push(at);
            }
            // Neither question decides where the program goes on: the answers could not be foreseen.
            starts.note(at, token.lead != DEAD);
            let begins = token.gap >= Gap::Stop || token.cue & cue::OPENS != 0;
            edges.note(at, begins);
            if token.cue & cue::NAMES != 0 {
                scene.cued.push(at);
            }
            (last, announced) = (token.reading, token.cue);
        }
        (self.starts, self.edges) = (starts, edges);
        for at in self.doubled.drain(..) {
            let (before, rest) = scene.tokens.split_at_mut(at as usize);
            if let Some(before) = before.last_mut().filter(|_| at as usize > from) {
                Self::mark_skip(call.text(), before, &rest[0]);
            }
        }
    }

    /// Walks from all starts; hits and cancellations as they are found.
    fn match_phrases(&mut self, call: &Call, scene: &Scene) {
        self.found.clear();
        self.cancels.clear();
        let starts = std::mem::take(&mut self.starts);
        // Of the sentence that a start stands in.
        let (mut n, mut tokens, mut role) = (0, 0..0, Role::Unknown);
        for &start in starts.places() {
            if start >= tokens.end {
                while scene.sentences[n].tokens.end <= start {
                    n += 1;
                }
                let sentence = &scene.sentences[n];
                tokens = sentence.tokens.clone();
                role = call.role(&call.turns[sentence.turn as usize]);
            }
            let lead = scene.tokens[start as usize].lead;
            let rest = &scene.tokens[start as usize + 1..tokens.end as usize];
            if self.ends_at_once(rest, lead) {
                continue;
            }
            self.walk(scene, group_of(role), lead, start, tokens.end);
            for &(phrase, end) in &self.longest {
                let accepted = self.book.accepted(phrase);
                let fits_start = !accepted.at_start || only_skips(scene, tokens.start, start);
                let fits_end = !accepted.at_end || only_skips(scene, end, tokens.end);
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
            .filter(|(_, s)| !s.only_inlined && s.who.is_none_or(|who| who == role))
        {
            for (entry, e) in set.entries.iter().enumerate() {
                let Pattern::Letters(letters) = &e.pattern else {
                    continue;
                };
                let Some(regex) = letters.regex() else {
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
