//! Cutting the words of a turn into sentences, and marking what matching may pass over between them.

use super::{Tagger, cue};
use crate::call::Call;
use crate::text::automaton::{Group, OTHER};
use crate::text::scene::{Scene, Sentence, Token};
use crate::text::words::Gap;
use crate::text::{segment, timing};

impl Tagger<'_> {
    /// Marks what matching may pass over between words: besides fillers, "you know" and stuttered words.
    pub(super) fn mark_skips(&self, call: &Call, scene: &mut Scene, from: usize) {
        let text = call.text();
        let word = |t: &Token| &text[t.start as usize..t.end as usize];
        for k in from + 1..scene.tokens.len() {
            let (this, next) = (scene.tokens[k - 1], scene.tokens[k]);
            if this.cue & cue::FILLS != 0 {
                let fills = if word(&this).len() == 3 {
                    "know"
                } else {
                    "mean"
                };
                if word(&next).eq_ignore_ascii_case(fills) {
                    scene.tokens[k - 1].skip = 2;
                    continue;
                }
            }
            if this.skip == 0
                && (this.reading == next.reading || next.cue & cue::TWO != 0)
                && (self.is_begun(&this, &next) || word(&this).eq_ignore_ascii_case(word(&next)))
            {
                scene.tokens[k - 1].skip = 1;
            }
        }
    }

    /// "I I'll": whether a word is the first of the next one's reading.
    fn is_begun(&self, this: &Token, next: &Token) -> bool {
        let (a, b) = (
            &self.readings[this.reading as usize],
            &self.readings[next.reading as usize],
        );
        a.simple && a.ways[0][0] != OTHER && a.ways[0][0] == b.ways[0][0]
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
        let mut opened_to = from as u32;
        for k in from..to {
            let token = scene.tokens[k];
            let stops = k > from && token.gap >= Gap::Stop;
            let paused = by_pauses
                && k > from
                && timing::pause_before(call, turn, &scene.tokens[k - 1], &token)
                    >= segment::PAUSE_S;
            let mut ends = stops || paused;
            if let Some((opener, end)) = self.opener_at(scene, k, to) {
                if !ends && k as u32 >= opened_to && k >= begin + segment::LEAD_IN {
                    ends = starts_clause(call, scene, opener, begin, k);
                }
                if ends || k as u32 >= opened_to {
                    opened_to = end;
                }
            }
            if ends && begin < k {
                let asked = scene.asked.binary_search(&(k as u32)).is_ok();
                add_sentence(
                    scene,
                    first,
                    turn,
                    begin..k,
                    stored.text.start,
                    token.start,
                    asked,
                );
                begin = k;
            }
        }
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

    /// The clause opener that starts at a token, and where its words end.
    fn opener_at(&mut self, scene: &Scene, k: usize, to: usize) -> Option<(segment::Opener, u32)> {
        if scene.tokens[k].begins & (1 << Group::Openers as u8) == 0 {
            return None;
        }
        if self.ends_at_once(scene, &scene.tokens[k], k as u32, to as u32, Group::Openers) {
            return None;
        }
        // Up to the next full stop or line break.
        let stop = (k + 1..to)
            .find(|&t| scene.tokens[t].gap >= Gap::Stop)
            .unwrap_or(to);
        self.walk(scene, Group::Openers, k as u32, stop as u32);
        self.longest
            .iter()
            .map(|&(phrase, end)| (segment::opener(phrase), end))
            .max_by_key(|&(_, end)| end)
    }
}

/// Whether the opener at a token starts a clause, by the words before it in the sentence.
fn starts_clause(
    call: &Call,
    scene: &Scene,
    opener: segment::Opener,
    begin: usize,
    k: usize,
) -> bool {
    let word = |k: usize| {
        let token = &scene.tokens[k];
        call.text()[token.start as usize..token.end as usize].to_ascii_lowercase()
    };
    let before_that = if k >= begin + 2 {
        word(k - 2)
    } else {
        String::new()
    };
    segment::may_start(opener, &word(k - 1), &before_that)
}

/// Adds a sentence; the first of a turn begins where the turn does.
fn add_sentence(
    scene: &mut Scene,
    first: u32,
    turn: u32,
    tokens: std::ops::Range<usize>,
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
