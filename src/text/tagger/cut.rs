//! Cutting the words of a turn into sentences, and marking what matching may pass over between them.

use super::{TOGETHER, Tagger};
use crate::call::Call;
use crate::text::engine::nfa::{BORDER, EITHER, Group, OTHER};
use crate::text::engine::walks::Found;
use crate::text::scene::{Scene, Sentence, Token};
use crate::text::segment;
use crate::text::timing;
use crate::text::traits;
use crate::text::words::Gap;
use std::ops::Range;

/// A clause opener where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    start: u32,
    /// One past its last token.
    end: u32,
    opener: segment::Opener,
}

/// What was noted of a call on the way to its sentences, each in order of place: where a search for the next one goes on.
#[derive(Default)]
pub(super) struct Noted {
    stops: usize,
    openings: usize,
    asked: usize,
}

impl Tagger<'_> {
    /// Marks the noted tokens that matching may pass over between words: besides fillers, "you know" and stuttered words.
    pub(super) fn mark_skips(&mut self, text: &str, tokens: &mut [Token]) {
        let mut borders = self.ends.iter().peekable();
        for &at in &self.doubled {
            // Nobody takes up the words of another turn here.
            while borders.next_if(|&&end| end < at as usize).is_some() {}
            if borders.peek() == Some(&&(at as usize)) {
                continue;
            }
            let (before, rest) = tokens.split_at_mut(at as usize);
            let (Some(this), Some(next)) = (before.last_mut(), rest.first()) else {
                continue;
            };
            let skip = self.skip_of(text, this, next);
            this.traits = traits::with_skip(this.traits, skip);
            let symbol = &mut self.symbols[at as usize - 1];
            // A sentence begins with a word, whatever may be passed over further on.
            if *symbol != BORDER && skip > 0 {
                *symbol = match skip {
                    1 => self.dfa.passed(self.facts[this.facts as usize].symbol),
                    _ => EITHER,
                };
            }
        }
    }

    /// How many tokens matching may pass over from a token on, with the next one known.
    fn skip_of(&self, text: &str, this: &Token, next: &Token) -> u8 {
        let word = |t: &Token| &text[t.start as usize..t.end as usize];
        if this.is(traits::FILLS) && next.is(traits::FILLED) {
            let fills = if word(this).len() == 3 { "know" } else { "mean" };
            if word(next).eq_ignore_ascii_case(fills) {
                return 2;
            }
        }
        let stutters = this.skip() == 0
            && (this.facts == next.facts || next.is(traits::TWO))
            && (self.is_begun(this, next) || word(this).eq_ignore_ascii_case(word(next)));
        if stutters { 1 } else { this.skip() }
    }

    /// "I I'll": whether a word is the first of the next one's reading.
    fn is_begun(&self, this: &Token, next: &Token) -> bool {
        let begins = |t: &Token| self.facts[t.facts as usize].begins;
        this.is(traits::SIMPLE) && begins(this) != OTHER && begins(this) == begins(next)
    }

    /// Finds the clause openers of the call.
    pub(super) fn open(&mut self, tokens: &[Token]) {
        self.openings.clear();
        let mut walks = std::mem::take(&mut self.walks);
        for from in (0..self.opens.len()).step_by(TOGETHER) {
            self.make_room();
            walks.clear();
            for &start in self.opens[from..].iter().take(TOGETHER) {
                let facts = tokens[start as usize].facts as usize;
                walks.begin(start, self.facts[facts].first[Group::Openers as usize]);
            }
            self.walk(&mut walks, tokens);
            // The shortest: "how are you" ends before "can I", though a gap could reach it.
            let at_word = walks.found().chunk_by(|a, b| a.start == b.start);
            let shortest = at_word.filter_map(|found| found.iter().min_by_key(|f| f.end));
            self.openings.extend(shortest.map(|&Found { start, phrase, end }| Opening {
                start,
                end,
                opener: segment::opener(phrase),
            }));
        }
        self.walks = walks;
    }

    /// Cuts the tokens of a turn into sentences.
    pub(super) fn cut(&mut self, call: &Call, scene: &mut Scene, turn: u32, tokens: Range<usize>, noted: &mut Noted) {
        let (from, to) = (tokens.start, tokens.end);
        let stored = &call.turns[turn as usize];
        let first = scene.sentences.len() as u32;
        let stops = noted.stops(&self.stops, to);
        let openings = noted.openings(&self.openings, to);
        let paused = paused(call, scene, turn, tokens, stops);
        let stops = if paused.is_empty() { stops } else { &paused };
        let (mut stops, mut openings) = (stops.iter().peekable(), openings.iter().peekable());
        let mut begin = from;
        // Inside an opener no other opener starts: "what | can I do".
        let mut opened = from..from;
        // A side clause in front ("if you can hold, …") spends its sentence's first opener on the main clause.
        let mut led = false;
        loop {
            let stop = stops.peek().map_or(u32::MAX, |&&stop| stop);
            let k = openings.peek().map_or(stop, |opening| opening.start.min(stop));
            if k == u32::MAX {
                break;
            }
            let mut ends = stops.next_if(|&&stop| stop == k).is_some();
            let opening = openings.next_if(|opening| opening.start == k);
            let k = k as usize;
            let mut edge = k;
            if let Some(opening) = opening {
                let fresh = k >= opened.end;
                if !ends && fresh && !stammered(scene, &opened, k) {
                    let clause = clause_edge(scene, begin..k, opening.opener, &mut led);
                    (edge, ends) = (clause.unwrap_or(k), clause.is_some());
                }
                if ends || fresh {
                    opened = k..opening.end as usize;
                }
            }
            if ends && begin < edge {
                let asked = noted.asked(&scene.asked, edge);
                let end = scene.tokens[edge].start;
                add_sentence(scene, (turn, first), begin..edge, stored.text.start..end, asked);
                self.symbols[edge] = BORDER;
                begin = edge;
                led = false;
            }
        }
        if begin < to {
            let said_to = scene.tokens[to - 1].end as usize;
            let behind = &call.text().as_bytes()[said_to..stored.text.end as usize];
            let asked = behind.contains(&b'?');
            add_sentence(scene, (turn, first), begin..to, stored.text.clone(), asked);
        }
        scene.sentences_of.push(first..scene.sentences.len() as u32);
    }
}

impl Noted {
    /// The next of what ends a sentence before `to`.
    fn stops<'n>(&mut self, all: &'n [u32], to: usize) -> &'n [u32] {
        let from = self.stops;
        self.stops += all[from..].iter().take_while(|stop| (**stop as usize) < to).count();
        &all[from..self.stops]
    }

    /// The next clause openers before `to`.
    fn openings<'n>(&mut self, all: &'n [Opening], to: usize) -> &'n [Opening] {
        let from = self.openings;
        self.openings += all[from..].iter().take_while(|o| (o.start as usize) < to).count();
        &all[from..self.openings]
    }

    /// Whether what ends before `edge` was asked.
    fn asked(&mut self, all: &[u32], edge: usize) -> bool {
        self.asked += all[self.asked..].iter().take_while(|at| (**at as usize) < edge).count();
        all.get(self.asked).is_some_and(|at| *at as usize == edge)
    }
}

/// The tokens of a turn before which a sentence ends, if pauses end some: they do only where nothing was punctuated, and
/// only word times tell them. `stops` are those before which a mark or a line break ends one.
fn paused(call: &Call, scene: &Scene, turn: u32, tokens: Range<usize>, stops: &[u32]) -> Vec<u32> {
    let gap = |k: &u32| scene.tokens[*k as usize].gap();
    if call.turns[turn as usize].words.is_empty() || stops.iter().any(|k| gap(k) == Gap::Stop) {
        return Vec::new();
    }
    let pauses = |&k: &usize| {
        let (before, word) = (&scene.tokens[k - 1], &scene.tokens[k]);
        timing::pause_before(call, turn, before, word) >= segment::PAUSE_S
    };
    let mut all: Vec<u32> = tokens.skip(1).filter(pauses).map(|k| k as u32).collect();
    if !all.is_empty() {
        all.extend_from_slice(stops);
        all.sort_unstable();
        all.dedup();
    }
    all
}

/// Where the sentence `tokens` ends if the opener after it starts a clause of its own; none if it does not. `led` says
/// whether this sentence's side clause has had its main clause, and is set when this is it.
fn clause_edge(scene: &Scene, tokens: Range<usize>, opener: segment::Opener, led: &mut bool) -> Option<usize> {
    // A filler or a stuttered word belongs to what it leads up to: "um, can can I".
    let mut edge = tokens.end;
    while edge > tokens.start && scene.tokens[edge - 1].skip() == 1 && scene.tokens[edge].gap() < Gap::Stop {
        edge -= 1;
    }
    let back = |back: usize| {
        let at = edge.checked_sub(back).filter(|at| *at >= tokens.start);
        at.map(|at| traits::before(scene.tokens[at].traits))
    };
    let said = scene.tokens[tokens.start..edge].iter().filter(|t| t.skip() == 0);
    if said.take(segment::LEAD_IN).count() < segment::LEAD_IN || !segment::may_start(opener, back(1), back(2)) {
        return None;
    }
    let leads = traits::before(scene.tokens[tokens.start].traits);
    if !*led && segment::is_led(opener, leads, edge - tokens.start) {
        *led = true;
        return None;
    }
    Some(edge)
}

/// Whether an opener is said once more, with nothing but what may be passed over in between: "let me, uh, let me".
fn stammered(scene: &Scene, opened: &Range<usize>, k: usize) -> bool {
    !opened.is_empty()
        && scene.tokens[opened.start].facts == scene.tokens[k].facts
        && (opened.end..k).all(|t| scene.tokens[t].skip() > 0)
}

/// Adds a sentence of a turn, whose first one is given too; that one begins where the turn does. `bytes` are those of the
/// turn up to where the sentence ends.
fn add_sentence(scene: &mut Scene, (turn, first): (u32, u32), tokens: Range<usize>, bytes: Range<u32>, asked: bool) {
    let index = scene.sentences.len() as u32 - first;
    let start = match index {
        0 => bytes.start,
        _ => scene.tokens[tokens.start].start,
    };
    scene.sentences.push(Sentence {
        turn,
        index,
        tokens: tokens.start as u32..tokens.end as u32,
        text: start..bytes.end,
        asked,
    });
}
