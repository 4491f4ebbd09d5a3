//! Cutting the words of a turn into sentences, and marking what matching may pass over between them.

use super::{Tagger, cue};
use crate::call::Call;
use crate::text::automaton::{DEAD, Group, OTHER, State, ends_phrase};
use crate::text::scene::{Scene, Sentence, Token};
use crate::text::words::Gap;
use crate::text::{segment, timing};
use std::borrow::Cow;
use std::ops::Range;

impl Tagger<'_> {
    /// Marks a token, with the next one known, if matching may pass over it between words: besides fillers, "you know"
    /// and stuttered words.
    pub(super) fn mark_skip(text: &str, this: &mut Token, next: &Token) {
        let word = |t: &Token| &text[t.start as usize..t.end as usize];
        if this.cue & cue::FILLS != 0 && next.cue & cue::FILLED != 0 {
            let fills = if word(this).len() == 3 {
                "know"
            } else {
                "mean"
            };
            if word(next).eq_ignore_ascii_case(fills) {
                this.skip = 2;
                return;
            }
        }
        let stutters = this.skip == 0
            && (this.reading == next.reading || next.cue & cue::TWO != 0)
            && (is_begun(this, next) || word(this).eq_ignore_ascii_case(word(next)));
        if stutters {
            this.skip = 1;
        }
    }

    /// Cuts the tokens from `from` on, those of one turn, into sentences.
    pub(super) fn cut(
        &mut self,
        call: &Call,
        scene: &mut Scene,
        turn: u32,
        from: usize,
        asked_at_end: bool,
    ) {
        let to = scene.tokens.len();
        let first = scene.sentences.len() as u32;
        let stored = &call.turns[turn as usize];
        // Pauses end sentences only where nothing was punctuated, and only word times tell them.
        let by_pauses =
            !stored.words.is_empty() && !scene.tokens[from..to].iter().any(|t| t.gap == Gap::Stop);
        let mut begin = from;
        // Inside an opener no other opener starts: "what | can I do".
        let mut opened = from..from;
        // A side clause in front ("if you can hold, …") spends its sentence's first opener on the main clause.
        let mut led = false;
        // Only these can begin a sentence, but for a pause.
        let edges = std::mem::take(&mut self.edges);
        let all = if by_pauses { from..to } else { 0..0 };
        let edges_at = edges
            .places()
            .iter()
            .filter(|_| !by_pauses)
            .map(|&k| k as usize);
        for k in all.chain(edges_at) {
            let token = scene.tokens[k];
            let stops = k > from && token.gap >= Gap::Stop;
            let paused = by_pauses
                && k > from
                && timing::pause_before(call, turn, &scene.tokens[k - 1], &token)
                    >= segment::PAUSE_S;
            let mut ends = stops || paused;
            let mut edge = k;
            if let Some((opener, end)) = self.opener_at(scene, k, to) {
                let fresh = k >= opened.end;
                if !ends && fresh && !stammered(scene, &opened, k) {
                    let clause = clause_edge(call.text(), scene, begin..k, opener, &mut led);
                    (edge, ends) = (clause.unwrap_or(k), clause.is_some());
                }
                if ends || fresh {
                    opened = k..end as usize;
                }
            }
            if ends && begin < edge {
                let asked = scene.asked.binary_search(&(edge as u32)).is_ok();
                add_sentence(
                    scene,
                    first,
                    turn,
                    begin..edge,
                    stored.text.start,
                    scene.tokens[edge].start,
                    asked,
                );
                begin = edge;
                led = false;
            }
        }
        self.edges = edges;
        if begin < to {
            add_sentence(
                scene,
                first,
                turn,
                begin..to,
                stored.text.start,
                stored.text.end,
                asked_at_end,
            );
        }
        scene.sentences_of.push(first..scene.sentences.len() as u32);
    }

    /// Whether a walk that the first word leads to a state ends without a hit at the next one: most do, and this is the
    /// cheapest way to tell.
    #[inline]
    pub(super) fn ends_at_once(&self, after: &[Token], first: State) -> bool {
        !ends_phrase(first)
            && after
                .first()
                .is_none_or(|next| next.is_plain() && self.walker.is_dead(first, next.symbol))
    }

    /// The clause opener that starts at a token, and where its words end.
    fn opener_at(&mut self, scene: &Scene, k: usize, to: usize) -> Option<(segment::Opener, u32)> {
        let reading = scene.tokens[k].reading as usize;
        let first = self.readings[reading].brief.first[Group::Openers as usize];
        if first == DEAD || self.ends_at_once(&scene.tokens[k + 1..to], first) {
            return None;
        }
        // Up to the next full stop or line break.
        let stop = (k + 1..to)
            .find(|&t| scene.tokens[t].gap >= Gap::Stop)
            .unwrap_or(to);
        self.walk(scene, Group::Openers, first, k as u32, stop as u32);
        self.longest
            .iter()
            .map(|&(phrase, end)| (segment::opener(phrase), end))
            // The shortest: "how are you" ends before "can I", though a gap could reach it.
            .min_by_key(|&(_, end)| end)
    }
}

/// "I I'll": whether a word is the first of the next one's reading.
fn is_begun(this: &Token, next: &Token) -> bool {
    this.cue & cue::SIMPLE != 0 && this.symbol != OTHER && this.symbol == next.symbol
}

/// Where the sentence `tokens` ends if the opener after it starts a clause of its own; none if it does not. `led` says
/// whether this sentence's side clause has had its main clause, and is set when this is it.
fn clause_edge(
    text: &str,
    scene: &Scene,
    tokens: Range<usize>,
    opener: segment::Opener,
    led: &mut bool,
) -> Option<usize> {
    // A filler or a stuttered word belongs to what it leads up to: "um, can can I".
    let mut edge = tokens.end;
    while edge > tokens.start
        && scene.tokens[edge - 1].skip == 1
        && scene.tokens[edge].gap < Gap::Stop
    {
        edge -= 1;
    }
    let word = |k: usize| {
        let token = &scene.tokens[k];
        lower(&text[token.start as usize..token.end as usize])
    };
    let before = |back: usize| {
        let at = edge.checked_sub(back).filter(|at| *at >= tokens.start);
        at.map_or(Cow::Borrowed(""), word)
    };
    let said = (tokens.start..edge).filter(|&t| scene.tokens[t].skip == 0);
    if said.take(segment::LEAD_IN).count() < segment::LEAD_IN
        || !segment::may_start(opener, &before(1), &before(2))
    {
        return None;
    }
    if !*led && segment::is_led(opener, &word(tokens.start), edge - tokens.start) {
        *led = true;
        return None;
    }
    Some(edge)
}

/// A word in lower case; most are.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|b| b.is_ascii_uppercase()) {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    Cow::Borrowed(word)
}

/// Whether an opener is said once more, with nothing but what may be passed over in between: "let me, uh, let me".
fn stammered(scene: &Scene, opened: &Range<usize>, k: usize) -> bool {
    !opened.is_empty()
        && scene.tokens[opened.start].reading == scene.tokens[k].reading
        && (opened.end..k).all(|t| scene.tokens[t].skip > 0)
}

/// Adds a sentence; the first of a turn begins where the turn does.
fn add_sentence(
    scene: &mut Scene,
    first: u32,
    turn: u32,
    tokens: Range<usize>,
    turn_start: u32,
    end: u32,
    asked: bool,
) {
    let index = scene.sentences.len() as u32 - first;
    let start = if index == 0 {
        turn_start
    } else {
        scene.tokens[tokens.start].start
    };
    let tokens = tokens.start as u32..tokens.end as u32;
    scene.sentences.push(Sentence {
        turn,
        index,
        tokens,
        text: start..end,
        asked,
    });
}
