//! The tagger: walks the words of a call through the automaton and settles which hits count.

mod cut;
mod explain;
mod read;
mod settle;
#[cfg(test)]
mod walk_tests;
mod word_facts;

use super::book::PhraseBook;
use super::engine::lazy_dfa::LazyDfa;
use super::engine::nfa::{DEAD, Group, State, Symbol};
use super::engine::walks::{Found, Walks};
use super::letters::Letters;
use super::names;
use super::numbers::Numbers;
use super::scene::{Hit, Scene, Token};
use super::set::{Origin, SetId};
use super::timing;
use super::unit::Unit;
use super::weigh::Weigher;
use super::words::{Key, Spans};
use crate::call::{Call, Role};
use cut::{Noted, Opening};
use read::{Block, Last};
use rustc_hash::FxHashMap;
use std::ops::Range;
use word_facts::{Known, WordFacts};

/// Phrases are looked for from so many words together; then memory is looked after.
const TOGETHER: usize = 2048;

/// A worker's memory of words and states. Holds nothing of a call.
#[derive(Debug)]
pub struct Tagger<'b> {
    book: &'b PhraseBook,
    dfa: LazyDfa,
    facts: Vec<WordFacts>,
    /// What the words of each are for learned weights; the same for all where there are none.
    units: Vec<Unit>,
    /// For [`Known::content`] and [`Unit::root`].
    contents: Numbers,
    roots: Numbers,
    facts_of: FxHashMap<(WordFacts, Unit), u32>,
    /// The facts of numbers that no phrase lists: there are too many to remember each.
    number: Known,
    /// Words of a key: nearly all.
    short: FxHashMap<Key, Known>,
    long: FxHashMap<Box<str>, Known>,
    /// Hits and cancellations found by the walk, before conditions.
    found: Vec<Hit>,
    /// The memory for ordering them.
    sorted: Vec<Hit>,
    /// Per set, where its hits end among those that were found.
    set_ends: Vec<u32>,
    cancels: Vec<Hit>,
    walks: Walks,
    weigher: Weigher,
    /// Per token, what a walk takes it for, and one more that ends all.
    symbols: Vec<Symbol>,
    /// Per token, where it leads from the start of the phrases that are looked for in its speaker's words.
    leads: Vec<State>,
    /// Per turn: one past its last token.
    ends: Vec<usize>,
    /// Tokens before which a mark or a line break ends a sentence, ascending.
    stops: Vec<u32>,
    /// Tokens before which something may be passed over, ascending.
    doubled: Vec<u32>,
    /// Tokens that do not count as words.
    others: Vec<u32>,
    /// The word that was read last.
    last: Last,
    spans: Spans,
    block: Option<Box<Block>>,
    /// Tokens that may begin a clause opener, ascending.
    opens: Vec<u32>,
    openings: Vec<Opening>,
}

impl<'b> Tagger<'b> {
    /// A tagger for the phrases of a book.
    pub fn new(book: &'b PhraseBook) -> Self {
        let mut tagger = Tagger {
            book,
            number: Known::NONE,
            dfa: LazyDfa::default(),
            facts: Vec::new(),
            facts_of: FxHashMap::default(),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            found: Vec::new(),
            sorted: Vec::new(),
            set_ends: Vec::new(),
            cancels: Vec::new(),
            walks: Walks::default(),
            units: Vec::new(),
            contents: Numbers::default(),
            roots: Numbers::default(),
            weigher: Weigher::default(),
            symbols: Vec::new(),
            leads: Vec::new(),
            ends: Vec::new(),
            stops: Vec::new(),
            doubled: Vec::new(),
            others: Vec::new(),
            last: Last::default(),
            spans: Spans::default(),
            block: None,
            opens: Vec::new(),
            openings: Vec::new(),
        };
        tagger.number = tagger.learn("0");
        tagger
    }

    /// Cuts a call into words, sentences and runs and finds the tags in them.
    pub fn tag(&mut self, call: &Call, scene: &mut Scene) {
        if self.is_full() {
            *self = Tagger::new(self.book);
        }
        scene.sentences.clear();
        scene.sentences_of.clear();
        self.read(call, scene);
        self.mark_skips(call.text(), &mut scene.tokens);
        self.open(&scene.tokens);
        let (mut from, mut noted) = (0, Noted::default());
        for turn in 0..call.turns.len() {
            let to = self.ends[turn];
            self.cut(call, scene, turn as u32, from..to, &mut noted);
            from = to;
        }
        scene.end = timing::call_end(call);
        scene.gather_runs(call);
        names::find(call, scene);
        self.match_phrases(call, scene);
        self.settle(call, scene);
        let units = &self.units;
        let unit = |token: &Token| units[token.facts as usize];
        self.weigher.weigh(self.book, call, scene, &self.cancels, unit);
    }

    /// Walks from all words; hits and cancellations as they are found.
    fn match_phrases(&mut self, call: &Call, scene: &Scene) {
        self.found.clear();
        self.cancels.clear();
        // The sentence that a start stands in: its number, its tokens and who says it.
        let (mut n, mut tokens, mut role) = (0, 0..0, Role::Unknown);
        let mut walks = std::mem::take(&mut self.walks);
        for from in (0..self.leads.len()).step_by(TOGETHER) {
            self.make_room();
            walks.clear();
            let leads = self.leads[from..].iter().take(TOGETHER);
            for (start, first) in (from as u32..).zip(leads).filter(|(_, first)| **first != DEAD) {
                walks.begin(start, *first);
            }
            self.walk(&mut walks, &scene.tokens);
            for found in walks.found() {
                if found.start >= tokens.end {
                    while scene.sentences[n].tokens.end <= found.start {
                        n += 1;
                    }
                    let sentence = &scene.sentences[n];
                    tokens = sentence.tokens.clone();
                    role = call.role(&call.turns[sentence.turn as usize]);
                }
                self.accept(scene, found, n, &tokens, role);
            }
        }
        self.walks = walks;
        for (set, entry, who, letters) in self.book.letters() {
            for (n, sentence) in scene.sentences.iter().enumerate() {
                if who.is_none_or(|who| who == call.role(&call.turns[sentence.turn as usize])) {
                    find_letters(call, scene, n as u32, letters, |start, end| {
                        self.found.push(found(set, entry, n as u32, start, end));
                    });
                }
            }
        }
        for (k, set) in self.book.sets().iter().enumerate() {
            if set.origin == Origin::Names {
                self.found.extend(scene.names.uses.iter().map(|u| Hit { set: k as SetId, ..*u }));
            }
        }
    }

    /// Forgets the states that were met if they take too much memory. Asked now and then: a call may be of any length.
    fn make_room(&mut self) {
        if self.dfa.is_full() {
            self.forget_states();
        }
    }

    /// Goes on to the ends of walks.
    fn walk(&mut self, walks: &mut Walks, tokens: &[Token]) {
        let own = |at: u32| self.facts[tokens[at as usize].facts as usize].symbol;
        walks.go(&mut self.dfa, self.book.nfa(), &self.symbols, own);
    }

    /// What the phrases found in the call that was tagged last, whether it counts or not.
    #[cfg(test)]
    pub(super) fn found(&self) -> &[Hit] {
        &self.found
    }

    /// Keeps a phrase that was found in a sentence if it fits where it stands.
    fn accept(&mut self, scene: &Scene, at: &Found, n: usize, tokens: &Range<u32>, role: Role) {
        let accepted = self.book.accepted(at.phrase);
        let fits_start = !accepted.at_start || only_skips(scene, tokens.start, at.start);
        let fits_end = !accepted.at_end || only_skips(scene, at.end, tokens.end);
        if !fits_start || !fits_end || accepted.who.is_some_and(|who| who != role) {
            return;
        }
        let hit = found(accepted.set, accepted.entry.unwrap_or(0), n as u32, at.start, at.end);
        if accepted.entry.is_some() {
            self.found.push(hit);
        } else {
            self.cancels.push(hit);
        }
    }
}

/// A hit as phrases find it, before learned weights judge it.
fn found(set: SetId, entry: u32, sentence: u32, start: u32, end: u32) -> Hit {
    Hit { start, end, set, entry, sentence, near: false, sure: true, nearly: false }
}

/// Calls `each` with the first token and one past the last of every place in a sentence that a regular expression finds.
fn find_letters(call: &Call, scene: &Scene, n: u32, letters: &Letters, mut each: impl FnMut(u32, u32)) {
    let sentence = &scene.sentences[n as usize];
    let text = &call.text()[sentence.text.start as usize..sentence.text.end as usize];
    for m in letters.find_in(text).filter(|m| !m.is_empty()) {
        let (from, to) = (sentence.text.start + m.start() as u32, sentence.text.start + m.end() as u32);
        let touches = |t: &u32| scene.tokens[*t as usize].end > from && scene.tokens[*t as usize].start < to;
        let mut tokens = sentence.tokens.clone().filter(touches);
        if let Some(start) = tokens.next() {
            each(start, tokens.next_back().unwrap_or(start) + 1);
        }
    }
}

/// The group of the phrases that are looked for in a role's words.
fn group_of(role: Role) -> Group {
    if role == Role::Customer { Group::Customer } else { Group::Agent }
}

/// Whether only fillers stand in a range of tokens.
fn only_skips(scene: &Scene, from: u32, to: u32) -> bool {
    let mut at = from;
    while at < to {
        match scene.tokens[at as usize].skip() {
            0 => return false,
            skip => at += u32::from(skip),
        }
    }
    true
}
