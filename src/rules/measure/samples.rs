//! Taking the figures of a call: each kind yields one sample a place, with the moment that a window tests.

use super::{Measure, Quantity, Sample};
use crate::call::{Basis, Role};
use crate::rules::context::Context;
use crate::rules::window::Laid;
use crate::text::content;
use crate::text::scene::Hit;
use crate::text::timing;

/// A piece needs so many words for its pace to mean something.
const FEWEST_WORDS: usize = 4;

impl Measure {
    /// The figures of a call: only where one of `hits` was said, and inside the window.
    pub(super) fn samples(
        &self,
        cx: &Context<'_>,
        hits: Option<&[Hit]>,
        laid: Option<&Laid>,
    ) -> Vec<Sample> {
        let mut samples = match self.quantity {
            Quantity::ReplyGap => self.reply_gaps(cx, hits),
            Quantity::Overlap => self.overlaps(cx, hits, laid),
            Quantity::Silence => silences(cx),
            Quantity::Pace => self.paces(cx, hits),
            Quantity::TalkShare => self.talk_share(cx).into_iter().collect(),
            Quantity::Echo => self.echoes(cx, hits),
            Quantity::Duration => {
                let sample = |value| Sample {
                    value,
                    at: None,
                    basis: None,
                    sentence: (!cx.scene.sentences.is_empty()).then_some(0),
                };
                cx.call.duration().map(sample).into_iter().collect()
            }
        };
        if let Some(laid) = laid {
            samples.retain(|s| s.at.is_some_and(|at| laid.holds_moment(at)));
        }
        samples
    }

    fn reply_gaps(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let wanted = |run: u32| {
            hits.is_none_or(|hits| hits.iter().any(|h| cx.scene.run(h.sentence) == Some(run)))
        };
        let runs = &cx.scene.runs;
        let pairs = (1..runs.len())
            .filter(|&k| self.who.is(runs[k].role) && runs[k].role != runs[k - 1].role);
        let sample = |k: usize| {
            let at = cx.run_times(&runs[k])?.0;
            let value = at - cx.run_times(&runs[k - 1])?.1;
            let sentence = Some(cx.scene.turn_sentences(runs[k].first).start);
            Some(Sample {
                value,
                at: Some(at),
                basis: Some(turn_basis(cx, runs[k - 1].last)),
                sentence,
            })
        };
        pairs
            .filter(|&k| wanted(k as u32 - 1))
            .filter_map(sample)
            .collect()
    }

    fn overlaps(&self, cx: &Context<'_>, hits: Option<&[Hit]>, laid: Option<&Laid>) -> Vec<Sample> {
        let turns = &cx.call.turns;
        let wanted = |turn: u32| {
            hits.is_none_or(|hits| hits.iter().any(|h| cx.scene.sentence(h).turn == turn))
        };
        let mut samples = Vec::new();
        for (k, turn) in turns
            .iter()
            .enumerate()
            .filter(|(_, t)| !self.who.is(cx.call.role(t)))
        {
            let (Some(start), Some(end)) = (turn.start, timing::turn_end(cx.call, k as u32)) else {
                continue;
            };
            if !wanted(k as u32) || cx.call.role(turn) == Role::Bot {
                continue;
            }
            // Turns are sorted by start: what cuts in follows without a break.
            let mut longest = Sample {
                value: 0.0,
                at: Some(start),
                basis: Some(turn_basis(cx, k as u32)),
                sentence: first_sentence(cx, k as u32),
            };
            for (n, later) in turns.iter().enumerate().skip(k + 1) {
                let Some(from) = later.start.filter(|from| *from < end) else {
                    break;
                };
                // A backchannel is no interruption.
                if !self.who.is(cx.call.role(later))
                    || cx.scene.run_of[n].is_none()
                    || from <= start
                    || laid.is_some_and(|l| !l.holds_moment(from))
                {
                    continue;
                }
                let until = timing::turn_end(cx.call, n as u32).unwrap_or(from).min(end);
                if until - from > longest.value {
                    longest = Sample {
                        value: until - from,
                        at: Some(from),
                        basis: Some(turn_basis(cx, n as u32)),
                        sentence: first_sentence(cx, n as u32),
                    };
                }
            }
            samples.push(longest);
        }
        samples
    }

    fn paces(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let mine = |turn: u32| self.who.is(cx.call.role(&cx.call.turns[turn as usize]));
        let usual = if self.relative {
            let mut paces: Vec<f64> = (0..cx.call.turns.len() as u32)
                .filter(|&t| mine(t))
                .filter_map(|t| turn_pace(cx, t))
                .collect();
            paces.sort_by(f64::total_cmp);
            match paces.get(paces.len() / 2) {
                Some(&median) if median > 0.0 => median,
                _ => return Vec::new(),
            }
        } else {
            1.0
        };
        let mut turns: Vec<u32> = match hits {
            Some(hits) => hits.iter().map(|h| cx.scene.sentence(h).turn).collect(),
            None => (0..cx.call.turns.len() as u32).collect(),
        };
        turns.dedup();
        let sample = |turn: u32| {
            let value = turn_pace(cx, turn)? / usual;
            Some(Sample {
                value,
                at: cx.call.turns[turn as usize].start,
                basis: Some(turn_basis(cx, turn)),
                sentence: first_sentence(cx, turn),
            })
        };
        turns
            .into_iter()
            .filter(|&t| mine(t))
            .filter_map(sample)
            .collect()
    }

    fn talk_share(&self, cx: &Context<'_>) -> Option<Sample> {
        let (mut own, mut all) = (0.0, 0.0);
        for (k, turn) in cx.call.turns.iter().enumerate() {
            let time = timing::turn_end(cx.call, k as u32)? - turn.start?;
            all += time;
            own += if self.who.is(cx.call.role(turn)) {
                time
            } else {
                0.0
            };
        }
        let sentence = cx.first_turn(self.who).and_then(|t| first_sentence(cx, t));
        (all > 0.0).then_some(Sample {
            value: own * 100.0 / all,
            at: None,
            basis: Some(Basis::Turn),
            sentence,
        })
    }

    fn echoes(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let role = |sentence: u32| {
            cx.call
                .role(&cx.call.turns[cx.scene.sentences[sentence as usize].turn as usize])
        };
        let mut sentences: Vec<u32> = match hits {
            Some(hits) => hits.iter().map(|h| h.sentence).collect(),
            None => (0..cx.scene.sentences.len() as u32).collect(),
        };
        sentences.dedup();
        let sample = |sentence: u32| {
            let said = content::stems(
                cx.call,
                cx.scene,
                cx.scene.sentences[sentence as usize].tokens.clone(),
            );
            let heard = |stem: &&String| {
                (0..sentence).filter(|&s| !self.who.is(role(s))).any(|s| {
                    let tokens = cx.scene.sentences[s as usize].tokens.clone();
                    tokens.into_iter().any(|t| {
                        content::stem(cx.call, &cx.scene.tokens[t as usize]).as_ref() == Some(*stem)
                    })
                })
            };
            Sample {
                value: said.iter().filter(heard).count() as f64,
                at: cx.sentence_start(sentence),
                basis: None,
                sentence: Some(sentence),
            }
        };
        sentences
            .into_iter()
            .filter(|&s| self.who.is(role(s)))
            .map(sample)
            .collect()
    }
}

fn silences(cx: &Context<'_>) -> Vec<Sample> {
    let (mut heard_to, mut samples) = (None::<f64>, Vec::new());
    for (k, turn) in cx.call.turns.iter().enumerate() {
        let (Some(start), Some(end)) = (turn.start, timing::turn_end(cx.call, k as u32)) else {
            continue;
        };
        // Where nobody waits, the silence is of 0 s: a call without gaps keeps every limit.
        if let Some(to) = heard_to {
            let basis = Some(if turn.end.is_some() {
                Basis::Turn
            } else {
                Basis::Estimated
            });
            samples.push(Sample {
                value: (start - to).max(0.0),
                at: Some(to.min(start)),
                basis,
                sentence: first_sentence(cx, k as u32),
            });
        }
        heard_to = Some(heard_to.map_or(end, |to| to.max(end)));
    }
    samples
}

/// Words a minute of a turn, if it has enough of them.
fn turn_pace(cx: &Context<'_>, turn: u32) -> Option<f64> {
    let words = cx.scene.word_count(turn);
    let time = cx.call.turns[turn as usize].end? - cx.call.turns[turn as usize].start?;
    (words >= FEWEST_WORDS && time > 0.0).then(|| words as f64 * 60.0 / time)
}

fn first_sentence(cx: &Context<'_>, turn: u32) -> Option<u32> {
    let sentences = cx.scene.turn_sentences(turn);
    (!sentences.is_empty()).then_some(sentences.start)
}

/// How the times of a turn are known.
fn turn_basis(cx: &Context<'_>, turn: u32) -> Basis {
    if cx.call.turns[turn as usize].end.is_some() {
        Basis::Turn
    } else {
        Basis::Estimated
    }
}
