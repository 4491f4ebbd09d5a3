//! Cutting the words of a turn into sentences, and marking what matching may pass over between them.

use super::{NONE, Tagger};
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
        for k in from..scene.tokens.len().saturating_sub(1) {
            let (this, next) = (scene.tokens[k], scene.tokens[k + 1]);
            let two = (word(&this).len(), word(&next).len());
            let you_know = two == (3, 4)
                && word(&this).eq_ignore_ascii_case("you")
                && word(&next).eq_ignore_ascii_case("know");
            let i_mean = two == (1, 4)
                && word(&this).eq_ignore_ascii_case("i")
                && word(&next).eq_ignore_ascii_case("mean");
            if you_know || i_mean {
                scene.tokens[k].skip = 2;
            } else if this.skip == 0 {
                let (a, b) = (
                    &self.readings[this.reading as usize],
                    &self.readings[next.reading as usize],
                );
                // "I I'll": the stuttered word is the first of the next one's reading.
                let known = a.count == 1
                    && a.ways[0][1] == NONE
                    && a.ways[0][0] != OTHER
                    && a.ways[0][0] == b.ways[0][0];
                if known
                    || (this.reading == next.reading
                        && word(&this).eq_ignore_ascii_case(word(&next)))
                {
                    scene.tokens[k].skip = 1;
                }
            }
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
        let text = call.text();
        let to = scene.tokens.len();
        let range = &call.turns[turn as usize].text;
        let first = scene.sentences.len() as u32;
        let mut begin = from;
        // Inside an opener no other opener starts: "what | can I do".
        let mut opened_to = from;
        let unpunctuated = !scene.tokens[from..to].iter().any(|t| t.gap == Gap::Stop);
        for k in from..=to {
            let ends = if k == to {
                true
            } else if k == from {
                false
            } else if scene.tokens[k].gap >= Gap::Stop {
                true
            } else {
                let apart = k >= begin + segment::LEAD_IN;
                let starts = self.opener_at(scene, k, to).filter(|_| k >= opened_to);
                if let Some((_, end)) = starts {
                    opened_to = end as usize;
                }
                let clause = apart
                    && starts.is_some_and(|(opener, _)| {
                        let word = |k: usize| {
                            text[scene.tokens[k].start as usize..scene.tokens[k].end as usize]
                                .to_ascii_lowercase()
                        };
                        segment::may_start(
                            opener,
                            &word(k - 1),
                            &if k >= begin + 2 {
                                word(k - 2)
                            } else {
                                String::new()
                            },
                        )
                    });
                clause
                    || (unpunctuated
                        && timing::pause_before(call, turn, &scene.tokens[k - 1], &scene.tokens[k])
                            >= segment::PAUSE_S)
            };
            if !ends || begin == k {
                if k == begin
                    && k < to
                    && let Some((_, end)) = self.opener_at(scene, k, to)
                {
                    opened_to = end as usize;
                }
                continue;
            }
            let index = scene.sentences.len() as u32 - first;
            let start = if index == 0 {
                range.start
            } else {
                scene.tokens[begin].start
            };
            let end = if k == to {
                range.end
            } else {
                scene.tokens[k].start
            };
            let asked = if k == to {
                asked_at_end
            } else {
                scene.asked.binary_search(&(k as u32)).is_ok()
            };
            scene.sentences.push(Sentence {
                turn,
                index,
                tokens: begin as u32..k as u32,
                text: start..end,
                asked,
            });
            begin = k;
            if k < to
                && let Some((_, end)) = self.opener_at(scene, k, to)
            {
                opened_to = opened_to.max(end as usize);
            }
        }
        scene.sentences_of.push(first..scene.sentences.len() as u32);
    }

    /// The clause opener that starts at a token, and where its words end.
    fn opener_at(&mut self, scene: &Scene, k: usize, to: usize) -> Option<(segment::Opener, u32)> {
        let reading = &self.readings[scene.tokens[k].reading as usize];
        if reading.begins & (1 << Group::Openers as u8) == 0 {
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
