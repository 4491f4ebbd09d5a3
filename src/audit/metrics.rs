//! Figures of a call: who talks how much, how fast, and how the turns meet. Units are seconds, words a minute, shares.

use crate::call::{Call, Role};
use crate::report::Metrics;
use crate::rules::context::Context;
use crate::rules::party::Party;
use crate::rules::shipped::HOLD;
use crate::text::scene::Hit;
use crate::text::timing;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A gap counts as silence from here on, in seconds.
const SILENCE_S: f64 = 2.0;
/// A wait counts as a hold from here on, in seconds.
const HOLD_S: f64 = 10.0;

/// Measures a call; what its times do not tell is none.
///
/// Talking time, overlap and silence are sums over the whole call, and a reply gap begins where a turn ends. All of them
/// rest on the ends of turns as the transcript stores them, by turn or by word: the ends that rules go by where none is
/// stored, at most the next start, would never overlap and always speak at one pace. A hold needs starts alone.
pub fn measure(cx: &Context<'_>) -> Metrics {
    if !cx.timed() {
        return Metrics::default();
    }
    let call = cx.call;
    let mut spans: Vec<Option<(f64, f64)>> = Vec::with_capacity(call.turns.len());
    let (mut all, mut agent, mut words) = (0.0, 0.0, 0);
    let (mut roles_known, mut all_known, mut agent_known) = (false, true, true);
    for (k, turn) in call.turns.iter().enumerate() {
        let is_agent = call.role(turn) == Role::Agent;
        let span = turn.start.zip(stored_end(call, k as u32));
        let length = span.map_or(0.0, |(start, end)| end - start);
        if span.is_none() && !cx.scene.turn_sentences(k as u32).is_empty() {
            all_known = false;
            agent_known &= !is_agent;
        }
        all += length;
        if is_agent {
            roles_known = true;
            agent += length;
            words += cx.scene.word_count(k as u32);
        }
        spans.push(span);
    }
    let (share_known, pace_known) = (roles_known && all_known, roles_known && agent_known);
    Metrics {
        agent_talk_share: (share_known && all > 0.0).then(|| agent / all),
        agent_wpm: (pace_known && agent > 0.0).then(|| words as f64 * 60.0 / agent),
        median_reply_gap_s: median(reply_gaps(cx)),
        overlap_s: all_known.then(|| overlap(call, &spans)),
        silence_s: all_known.then(|| silence(&spans)),
        hold_s: roles_known.then(|| holds(cx).iter().map(|hold| hold.to_s - hold.from_s).sum()),
    }
}

/// When a turn ends, if the transcript says so: as stored, else where its last word does.
fn stored_end(call: &Call, turn: u32) -> Option<f64> {
    let turn = &call.turns[turn as usize];
    let of_words = || call.turn_words(turn).last().map(|word| word.end);
    turn.end.or_else(of_words)
}

/// The gaps before the agent's runs where the end of the customer's is stored; negative where the agent cuts in.
fn reply_gaps(cx: &Context<'_>) -> Vec<f64> {
    let (runs, turns) = (&cx.scene.runs, &cx.call.turns);
    let pairs = runs.windows(2).filter(|w| w[1].role == Role::Agent && w[0].role == Role::Customer);
    pairs.filter_map(|w| Some(turns[w[1].first as usize].start? - stored_end(cx.call, w[0].last)?)).collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    let (count, middle) = (values.len(), values.len() / 2);
    if count == 0 {
        return None;
    }
    let (lower, &mut upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    if count % 2 == 1 {
        return Some(upper);
    }
    let lower = lower.iter().copied().max_by(f64::total_cmp)?;
    Some(f64::midpoint(lower, upper))
}

/// How long two speakers talk at once, summed over every pair of them. One pass over the turns, however many of them a
/// wrong end makes overlap.
fn overlap(call: &Call, spans: &[Option<(f64, f64)>]) -> f64 {
    let mut talk = Talk {
        open: BinaryHeap::new(),
        of: vec![0; call.speakers.len()],
        pairs: 0,
        now: f64::NEG_INFINITY,
        last_end: f64::NEG_INFINITY,
        overlap: 0.0,
    };
    // Turns are sorted by start.
    for (span, turn) in spans.iter().zip(&call.turns) {
        if let Some((start, end)) = *span {
            talk.go_on_to(start);
            talk.begin(start, end, turn.speaker);
        }
    }
    talk.go_on_to(f64::INFINITY);
    talk.overlap
}

/// Who talks at a moment.
struct Talk {
    /// When those who talk now will end, the first one on top.
    open: BinaryHeap<Reverse<End>>,
    /// How many turns of each speaker are open.
    of: Vec<u64>,
    /// Pairs of open turns of two speakers.
    pairs: u64,
    now: f64,
    /// When the last of those who talk now will end.
    last_end: f64,
    overlap: f64,
}

impl Talk {
    fn begin(&mut self, start: f64, end: f64, speaker: u16) {
        self.pass(start);
        self.last_end = self.last_end.max(end);
        let own = &mut self.of[usize::from(speaker)];
        self.pairs += self.open.len() as u64 - *own;
        *own += 1;
        self.open.push(Reverse(End { at: end, speaker }));
    }

    /// Ends all turns that end by then.
    fn go_on_to(&mut self, at: f64) {
        // The usual case: one speaker alone talked and is done, so that there is nothing to add.
        if self.pairs == 0 && self.last_end <= at {
            if let Some(Reverse(end)) = self.open.peek() {
                self.of[usize::from(end.speaker)] = 0;
            }
            self.open.clear();
            self.now = self.now.max(self.last_end);
            return;
        }
        while let Some(&Reverse(end)) = self.open.peek().filter(|end| end.0.at <= at) {
            self.pass(end.at);
            self.open.pop();
            let own = &mut self.of[usize::from(end.speaker)];
            *own -= 1;
            self.pairs -= self.open.len() as u64 - *own;
        }
    }

    fn pass(&mut self, at: f64) {
        if self.pairs > 0 {
            self.overlap += self.pairs as f64 * (at - self.now).max(0.0);
        }
        // A turn that ends before it begins does not turn the time back.
        self.now = self.now.max(at);
    }
}

/// When a turn ends.
#[derive(Clone, Copy)]
struct End {
    at: f64,
    speaker: u16,
}

impl Ord for End {
    fn cmp(&self, other: &Self) -> Ordering {
        let at = self.at.total_cmp(&other.at);
        at.then(self.speaker.cmp(&other.speaker))
    }
}

impl PartialOrd for End {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for End {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for End {}

/// The sum of the gaps in which nobody speaks, over two seconds each.
fn silence(spans: &[Option<(f64, f64)>]) -> f64 {
    let (mut heard_to, mut sum) = (None::<f64>, 0.0);
    for &(start, end) in spans.iter().flatten() {
        if let Some(to) = heard_to {
            sum += if start - to > SILENCE_S { start - to } else { 0.0 };
        }
        heard_to = Some(heard_to.map_or(end, |to| to.max(end)));
    }
    sum
}

/// A hold: from a phrase that begins one to the agent's next word.
pub(super) struct Hold {
    pub(super) said: Hit,
    pub(super) from_s: f64,
    pub(super) to_s: f64,
}

/// The holds of a call, those over ten seconds.
pub(super) fn holds(cx: &Context<'_>) -> Vec<Hold> {
    let Some(set) = cx.phrases.id(HOLD) else {
        return Vec::new();
    };
    let (mut holds, mut counted_to) = (Vec::new(), f64::NEG_INFINITY);
    for hit in cx.hits(&[set], Party::Agent) {
        let Some((from, _)) = cx.end(&hit) else {
            continue;
        };
        let turn = cx.scene.sentence(&hit).turn;
        let later = cx.call.turns.iter().skip(turn as usize + 1);
        let Some(back) = later.filter(|t| cx.call.role(t) == Role::Agent).find_map(|t| t.start) else {
            continue;
        };
        let from = timing::turn_end(cx.call, turn).map_or(from, |end| end.max(from));
        if back - from > HOLD_S && from > counted_to {
            holds.push(Hold { said: hit, from_s: from, to_s: back });
            counted_to = back;
        }
    }
    holds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Clock;
    use crate::text::book::PhraseBook;
    use crate::text::scene::Scene;
    use crate::text::tagger::Tagger;

    /// The figures of a call: who, start, end, words.
    fn figures(turns: &[(Role, f64, Option<f64>)], with_words: bool) -> Metrics {
        let phrases = PhraseBook::compile(Vec::new());
        let (mut call, mut scene) = (Call::default(), Scene::default());
        call.clock = Clock::Speech;
        for &(role, start, end) in turns {
            let speaker = call.speaker(role, role.as_str(), None);
            call.push_turn(speaker, Some(start), end, "that is fine");
            if with_words {
                call.push_word("that is fine", start, start + 2.0);
            }
        }
        Tagger::new(&phrases).tag(&call, &mut scene);
        measure(&Context::new(&call, &scene, &phrases))
    }

    #[test]
    fn what_rests_on_the_ends_of_turns_is_none_without_them() {
        use Role::{Agent, Customer};
        let no_ends = Metrics { hold_s: Some(0.0), ..Metrics::default() };
        let starts = [(Agent, 0.0, None), (Customer, 4.0, None), (Agent, 9.0, None)];
        assert_eq!(figures(&starts[..2], false), no_ends);
        assert_eq!(figures(&starts, false), no_ends);
        let told = Metrics {
            agent_talk_share: Some(4.0 / 6.0),
            agent_wpm: Some(90.0),
            median_reply_gap_s: Some(3.0),
            overlap_s: Some(0.0),
            silence_s: Some(3.0),
            hold_s: Some(0.0),
        };
        let ends = starts.map(|(role, start, _)| (role, start, Some(start + 2.0)));
        assert_eq!(figures(&ends, false), told);
        assert_eq!(figures(&starts, true), told);
        // Of the customer's turn alone the end is known: no sum is, the gap behind it is.
        let mut one = starts;
        one[1].2 = Some(6.0);
        let gap = Metrics { median_reply_gap_s: Some(3.0), ..no_ends };
        assert_eq!(figures(&one, false), gap);
        // The agent's pace needs the ends of the agent's turns alone.
        let mut agents = ends;
        agents[1].2 = None;
        let pace = Metrics { agent_wpm: Some(90.0), ..no_ends };
        assert_eq!(figures(&agents, false), pace);
    }

    #[test]
    fn all_that_two_say_at_once_counts_and_nobody_talks_over_themselves() {
        let mut call = Call::default();
        let mut spans = Vec::new();
        // 0..10 agent; 4..6, a wrong end, and 5..12 customer; 11..12 agent.
        for (role, start, end) in [
            (Role::Agent, 0.0, 10.0),
            (Role::Customer, 4.0, 6.0),
            (Role::Customer, 4.5, 1.0),
            (Role::Customer, 5.0, 12.0),
            (Role::Agent, 11.0, 12.0),
        ] {
            let speaker = call.speaker(role, role.as_str(), None);
            call.push_turn(speaker, Some(start), Some(end), "so");
            spans.push(Some((start, end)));
        }
        assert!((overlap(&call, &spans) - (2.0 + 5.0 + 1.0)).abs() < 1e-9);
        assert!(overlap(&call, &spans[..1]).abs() < 1e-9);
    }
}
