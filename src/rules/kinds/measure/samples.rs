//! Taking the figures of a call: each kind yields one sample a place, with the moment that a window tests.

use super::{Measure, Quantity, Sample};
use crate::call::{Basis, Role};
use crate::rules::context::Context;
use crate::rules::kinds::find::placed_window::PlacedWindow;
use crate::text::scene::Hit;
use crate::text::timing::{self, Edge};
use crate::text::words::Kind;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What [`crate::text::scene::Scene::contents`] says of words without content.
const NO_CONTENT: u32 = 0;
/// A stretch needs so many words for its pace to mean something.
const FEWEST_WORDS: usize = 4;
/// A speaker needs so many stretches for their median to mean something.
const FEWEST_PIECES: usize = 3;

impl Measure {
    /// The figures of a call: only where one of `hits` was said, and inside the window.
    pub(super) fn samples(&self, cx: &Context<'_>, hits: Option<&[Hit]>, placed: Option<&PlacedWindow>) -> Vec<Sample> {
        let mut samples = match self.quantity {
            Quantity::ReplyGap => self.reply_gaps(cx, hits),
            Quantity::Overlap => self.overlaps(cx, hits, placed),
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
                    range: None,
                };
                cx.call.duration().map(sample).into_iter().collect()
            }
        };
        if let Some(placed) = placed {
            samples.retain(|s| s.at.is_some_and(|at| placed.holds_moment(at)));
        }
        let in_seconds = matches!(self.quantity, Quantity::ReplyGap | Quantity::Overlap | Quantity::Silence);
        if in_seconds && cx.is_coarse() {
            for sample in &mut samples {
                sample.range = Some((sample.value - 1.0, sample.value + 1.0));
            }
        }
        samples
    }

    fn reply_gaps(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        // Hits stand in order, and so do their runs.
        let said_in = hits.map(|hits| hits.iter().filter_map(|h| cx.scene.run(h.sentence)).collect::<Vec<u32>>());
        let wanted = |run: u32| said_in.as_ref().is_none_or(|runs| runs.binary_search(&run).is_ok());
        let runs = &cx.scene.runs;
        let pairs = (1..runs.len()).filter(|&k| self.who.is(runs[k].role) && runs[k].role != runs[k - 1].role);
        let sample = |k: usize| {
            let at = cx.run_times(&runs[k])?.0;
            let value = at - cx.call.turns[runs[k - 1].last as usize].end?;
            let sentence = Some(cx.scene.turn_sentences(runs[k].first).start);
            Some(Sample { value, at: Some(at), basis: Some(turn_basis(cx, runs[k - 1].last)), sentence, range: None })
        };
        pairs.filter(|&k| wanted(k as u32 - 1)).filter_map(sample).collect()
    }

    fn overlaps(&self, cx: &Context<'_>, hits: Option<&[Hit]>, placed: Option<&PlacedWindow>) -> Vec<Sample> {
        let turns = &cx.call.turns;
        let said_in = |turn: u32| {
            let hits = hits.unwrap_or_default();
            let hit = hits.get(hits.partition_point(|h| cx.scene.sentence(h).turn < turn));
            hit.map(|h| h.sentence).filter(|&s| cx.scene.sentences[s as usize].turn == turn)
        };
        let wanted = |turn: u32| hits.is_none() || said_in(turn).is_some();
        let mut samples = Vec::new();
        for (k, turn) in turns.iter().enumerate().filter(|(_, t)| !self.who.is(cx.call.role(t))) {
            let (Some(start), Some(end)) = (turn.start, turn.end) else {
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
                sentence: said_in(k as u32).or_else(|| first_sentence(cx, k as u32)),
                range: None,
            };
            for (n, later) in turns.iter().enumerate().skip(k + 1) {
                let Some(from) = later.start.filter(|from| *from < end) else {
                    break;
                };
                // A backchannel is no interruption.
                if !self.who.is(cx.call.role(later))
                    || cx.scene.run_of[n].is_none()
                    || from <= start
                    || placed.is_some_and(|l| !l.holds_moment(from))
                {
                    continue;
                }
                let until = later.end.unwrap_or(from).min(end);
                if until - from > longest.value {
                    longest = Sample {
                        value: until - from,
                        at: Some(from),
                        basis: Some(turn_basis(cx, n as u32)),
                        sentence: first_sentence(cx, n as u32),
                        range: None,
                    };
                }
            }
            samples.push(longest);
        }
        samples
    }

    fn paces(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let mine = |s: &u32| self.who.is(sentence_role(cx, *s));
        let all = 0..cx.scene.sentences.len() as u32;
        let usual = if self.relative {
            let mut stretches: Vec<Stretch> = all.clone().filter(mine).filter_map(|s| stretch(cx, s)).collect();
            stretches.dedup_by_key(|p| p.from.to_bits());
            let mut paces: Vec<f64> = stretches.iter().map(|p| p.pace(0.0)).collect();
            paces.sort_by(f64::total_cmp);
            if paces.len() < FEWEST_PIECES {
                return Vec::new();
            }
            paces[paces.len() / 2]
        } else {
            1.0
        };
        let asked: Vec<u32> = match hits {
            Some(hits) => hits.iter().map(|h| h.sentence).collect(),
            None => all.collect(),
        };
        let mut stretches: Vec<Stretch> = asked.into_iter().filter(mine).filter_map(|s| stretch(cx, s)).collect();
        stretches.dedup_by_key(|p| p.from.to_bits());
        let coarse = cx.is_coarse();
        let sample = |stretch: Stretch| Sample {
            value: stretch.pace(0.0) / usual,
            at: Some(stretch.from),
            basis: Some(stretch.basis),
            sentence: Some(stretch.sentence),
            range: coarse.then(|| (stretch.pace(1.0) / usual, stretch.pace(-1.0) / usual)),
        };
        stretches.into_iter().map(sample).collect()
    }

    fn talk_share(&self, cx: &Context<'_>) -> Option<Sample> {
        let (mut own, mut all) = (0.0, 0.0);
        for (k, turn) in cx.call.turns.iter().enumerate() {
            let time = timing::turn_end(cx.call, k as u32)? - turn.start?;
            all += time;
            own += if self.who.is(cx.call.role(turn)) { time } else { 0.0 };
        }
        let sentence = cx.first_turn(self.who).and_then(|t| first_sentence(cx, t));
        (all > 0.0).then_some(Sample {
            value: own * 100.0 / all,
            at: None,
            basis: Some(Basis::Turn),
            sentence,
            range: None,
        })
    }

    fn echoes(&self, cx: &Context<'_>, hits: Option<&[Hit]>) -> Vec<Sample> {
        let role = |sentence: u32| sentence_role(cx, sentence);
        let mut sentences: Vec<u32> = match hits {
            Some(hits) => hits.iter().map(|h| h.sentence).collect(),
            None => (0..cx.scene.sentences.len() as u32).collect(),
        };
        sentences.dedup();
        let until = sentences.last().copied().unwrap_or(0);
        sentences.retain(|&s| self.who.is(role(s)));
        // Their content words, each with the sentence in which the other party first says it.
        let words = sentences.iter().flat_map(|&s| cx.scene.contents(s)).filter(|word| **word != NO_CONTENT);
        let mut first_said: FxHashMap<u32, u32> = words.map(|&word| (word, u32::MAX)).collect();
        for heard in (0..until).filter(|&s| !self.who.is(role(s))) {
            for word in cx.scene.contents(heard).iter().filter(|word| **word != NO_CONTENT) {
                if let Some(first) = first_said.get_mut(word) {
                    *first = heard.min(*first);
                }
            }
        }
        let sample = |sentence: u32| {
            let tokens = cx.scene.sentences[sentence as usize].tokens.clone();
            let said = tokens.zip(cx.scene.contents(sentence));
            let heard = |(_, word): &(u32, &u32)| first_said.get(word).is_some_and(|first| *first < sentence);
            // The caller's name is no content.
            let echoed = said.filter(heard).filter(|(token, _)| !is_name(cx, *token)).map(|(_, word)| word);
            Sample {
                value: echoed.collect::<BTreeSet<_>>().len() as f64,
                at: cx.sentence_start(sentence),
                basis: None,
                sentence: Some(sentence),
                range: None,
            }
        };
        sentences.into_iter().map(sample).collect()
    }
}

/// Whether a token is a name of the caller.
fn is_name(cx: &Context<'_>, token: u32) -> bool {
    let token = &cx.scene.tokens[token as usize];
    let word = cx.call.text()[token.start as usize..token.end as usize].to_lowercase();
    cx.scene.names.known.contains(&word)
}

fn silences(cx: &Context<'_>) -> Vec<Sample> {
    let (mut heard_to, mut samples) = (None::<f64>, Vec::new());
    for (k, turn) in cx.call.turns.iter().enumerate() {
        let (Some(start), Some(end)) = (turn.start, timing::turn_end(cx.call, k as u32)) else {
            continue;
        };
        // Where nobody waits, the silence is of 0 s: a call without gaps keeps every limit.
        if let Some(to) = heard_to {
            let basis = Some(if turn.end.is_some() { Basis::Turn } else { Basis::Estimated });
            samples.push(Sample {
                value: (start - to).max(0.0),
                at: Some(to.min(start)),
                basis,
                sentence: first_sentence(cx, k as u32),
                range: None,
            });
        }
        heard_to = Some(heard_to.map_or(end, |to| to.max(end)));
    }
    samples
}

/// A stretch of speech with its times: a sentence where words have times, else a turn.
struct Stretch {
    /// The sentence that was asked about.
    sentence: u32,
    words: usize,
    from: f64,
    to: f64,
    basis: Basis,
}

impl Stretch {
    /// Words a minute, had it lasted so many seconds more.
    fn pace(&self, more: f64) -> f64 {
        let time = self.to - self.from + more;
        if time > 0.0 { self.words as f64 * 60.0 / time } else { f64::INFINITY }
    }
}

/// The stretch that a sentence is or belongs to, if it has words enough and times.
fn stretch(cx: &Context<'_>, sentence: u32) -> Option<Stretch> {
    let s = &cx.scene.sentences[sentence as usize];
    let turn = &cx.call.turns[s.turn as usize];
    let stretch = if turn.words.is_empty() {
        Stretch { sentence, words: cx.scene.word_count(s.turn), from: turn.start?, to: turn.end?, basis: Basis::Turn }
    } else {
        let tokens = &cx.scene.tokens[s.tokens.start as usize..s.tokens.end as usize];
        let exact = |at, edge| {
            timing::seconds(cx.call, s.turn, at, edge)
                .filter(|(_, basis)| *basis == Basis::Exact)
                .map(|(seconds, _)| seconds)
        };
        Stretch {
            sentence,
            words: tokens.iter().filter(|t| t.kind() == Kind::Word).count(),
            from: exact(tokens.first()?.start, Edge::Start)?,
            to: exact(tokens.last()?.end, Edge::End)?,
            basis: Basis::Exact,
        }
    };
    (stretch.words >= FEWEST_WORDS && stretch.to > stretch.from).then_some(stretch)
}

/// Who says a sentence.
fn sentence_role(cx: &Context<'_>, sentence: u32) -> Role {
    cx.role_of(cx.scene.sentences[sentence as usize].turn)
}

fn first_sentence(cx: &Context<'_>, turn: u32) -> Option<u32> {
    let sentences = cx.scene.turn_sentences(turn);
    (!sentences.is_empty()).then_some(sentences.start)
}

/// How the times of a turn are known.
fn turn_basis(cx: &Context<'_>, turn: u32) -> Basis {
    if cx.call.turns[turn as usize].end.is_some() { Basis::Turn } else { Basis::Estimated }
}
