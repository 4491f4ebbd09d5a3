//! Figures of a call: who talks how much, how fast, and how the turns meet. Units are seconds, words a minute, shares.

use crate::call::Role;
use crate::report::Metrics;
use crate::rules::context::{Context, Who};
use crate::rules::shipped::HOLD;
use crate::text::timing;

/// A gap counts as silence from here on, in seconds.
const SILENCE_S: f64 = 2.0;
/// A wait counts as a hold from here on, in seconds.
const HOLD_S: f64 = 10.0;

/// Measures a call; what the times do not tell is none.
#[must_use]
pub fn measure(cx: &Context<'_>) -> Metrics {
    if !cx.timed() {
        return Metrics::default();
    }
    let call = cx.call;
    let mut spans: Vec<Option<(f64, f64)>> = Vec::with_capacity(call.turns.len());
    let (mut all, mut agent, mut words, mut roles_known) = (0.0, 0.0, 0, false);
    for (k, turn) in call.turns.iter().enumerate() {
        let span = turn.start.zip(timing::turn_end(call, k as u32));
        let length = span.map_or(0.0, |(start, end)| end - start);
        all += length;
        if call.role(turn) == Role::Agent {
            roles_known = true;
            agent += length;
            words += cx.scene.word_count(k as u32);
        }
        spans.push(span);
    }
    Metrics {
        agent_talk_share: (roles_known && all > 0.0).then(|| agent / all),
        agent_wpm: (roles_known && agent > 0.0).then(|| words as f64 * 60.0 / agent),
        median_reply_gap_s: median(reply_gaps(cx)),
        overlap_s: Some(overlap(call, &spans)),
        silence_s: Some(silence(&spans)),
        hold_s: roles_known.then(|| hold(cx)),
    }
}

/// The gaps before the agent's runs; negative where the agent cuts in.
fn reply_gaps(cx: &Context<'_>) -> Vec<f64> {
    let runs = &cx.scene.runs;
    let pairs = runs
        .windows(2)
        .filter(|w| w[1].role == Role::Agent && w[0].role == Role::Customer);
    pairs
        .filter_map(|w| Some(cx.run_times(&w[1])?.0 - cx.run_times(&w[0])?.1))
        .collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// The sum of what two speakers say at once.
fn overlap(call: &crate::call::Call, spans: &[Option<(f64, f64)>]) -> f64 {
    let mut sum = 0.0;
    for (k, span) in spans.iter().enumerate() {
        let Some((_, end)) = *span else { continue };
        // Turns are sorted by start, so those that overlap this one follow it without a break.
        for (n, later) in spans.iter().enumerate().skip(k + 1) {
            let Some((start, until)) = *later else {
                continue;
            };
            if start >= end {
                break;
            }
            if call.turns[n].speaker != call.turns[k].speaker {
                sum += (until.min(end) - start).max(0.0);
            }
        }
    }
    sum
}

/// The sum of the gaps in which nobody speaks, over two seconds each.
fn silence(spans: &[Option<(f64, f64)>]) -> f64 {
    let (mut heard_to, mut sum) = (None::<f64>, 0.0);
    for &(start, end) in spans.iter().flatten() {
        if let Some(to) = heard_to {
            sum += if start - to > SILENCE_S {
                start - to
            } else {
                0.0
            };
        }
        heard_to = Some(heard_to.map_or(end, |to| to.max(end)));
    }
    sum
}

/// From a hold phrase to the agent's next word, where over ten seconds.
fn hold(cx: &Context<'_>) -> f64 {
    let Some(set) = cx.phrases.id(HOLD) else {
        return 0.0;
    };
    let (mut sum, mut counted_to) = (0.0, f64::NEG_INFINITY);
    for hit in cx.hits(&[set], Who::Agent) {
        let Some((from, _)) = cx.end(&hit) else {
            continue;
        };
        let turn = cx.scene.sentence(&hit).turn;
        let later = cx.call.turns.iter().skip(turn as usize + 1);
        let Some(back) = later
            .filter(|t| cx.call.role(t) == Role::Agent)
            .find_map(|t| t.start)
        else {
            continue;
        };
        let from = timing::turn_end(cx.call, turn).map_or(from, |end| end.max(from));
        if back - from > HOLD_S && from > counted_to {
            sum += back - from;
            counted_to = back;
        }
    }
    sum
}
