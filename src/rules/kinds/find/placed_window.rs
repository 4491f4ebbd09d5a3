//! A window placed over one call: what is inside, and how it is described.

use crate::report::{Basis, Looked};
use crate::rules::context::Context;
use crate::rules::distance::{Distance, Unit, amount};
use crate::rules::party::Party;
use crate::rules::wording::{self, clock};
use crate::text::scene::Hit;
use crate::text::timing::{self, Edge};

/// A window placed over one call.
pub struct PlacedWindow {
    pub(super) who: Party,
    pub(super) from: Option<Distance>,
    pub(super) to: Option<Distance>,
    /// Zero in seconds.
    pub(super) zero: f64,
    pub(super) end: f64,
    /// Distances count from this token: the anchor's end.
    pub(super) after_token: u32,
    /// Tokens before that are outside: the anchor's end, or further back where a rule looks before it, too.
    pub(super) since: u32,
    /// Tokens from this one on are outside; none where that cannot be told by tokens.
    pub(super) until: Option<u32>,
    /// How far it reaches before the anchor.
    pub(super) before: Option<Distance>,
    /// What it hangs on, where that was said.
    pub(super) anchor: Option<Hit>,
    /// What it ends before, with its second.
    pub(super) stop: Option<(Hit, Option<f64>)>,
    /// It begins behind something said, not with the call.
    pub(super) follows: bool,
    /// Runs of the speaker that count as the first, second, …, as many as the distances reach.
    pub(super) runs: Vec<u32>,
    /// The same of words.
    pub(super) words: Vec<u32>,
}

impl PlacedWindow {
    /// The second of the call that a distance reaches, where it is in time.
    pub(super) fn seconds(&self, distance: Option<Distance>) -> Option<f64> {
        let d = distance?;
        let from_end = d.amount < 0.0;
        match d.unit {
            Unit::Seconds => Some(if from_end { self.end + d.amount } else { self.zero + d.amount }),
            Unit::Percent => Some(self.end * if from_end { 1.0 + d.amount / 100.0 } else { d.amount / 100.0 }),
            _ => None,
        }
    }

    /// Whether a place is inside, by its token; none if its time is not known.
    pub fn holds(&self, cx: &Context<'_>, sentence: u32, token: u32) -> Option<bool> {
        if token < self.since || self.until.is_some_and(|until| token >= until) {
            return Some(false);
        }
        if token < self.after_token {
            return Some(true);
        }
        let place = |d: Distance| -> Option<f64> {
            match d.unit {
                Unit::Seconds | Unit::Percent => {
                    let turn = cx.scene.sentences[sentence as usize].turn;
                    timing::seconds(cx.call, turn, cx.scene.tokens[token as usize].start, Edge::Start).map(|t| t.0)
                }
                // The first run is at place 0 so that ends are exclusive: "2 runs" holds the places 0 and 1.
                Unit::Runs => {
                    let run = cx.scene.run(sentence)?;
                    let begun = self.runs.partition_point(|&r| r <= run) as f64;
                    Some(if d.amount < 0.0 { begun - 1.0 - self.runs.len() as f64 } else { begun - 1.0 })
                }
                Unit::Words => {
                    let before = self.words.partition_point(|&t| t < token) as f64;
                    Some(if d.amount < 0.0 { before - self.words.len() as f64 } else { before })
                }
            }
        };
        let bound = |d: Distance| self.seconds(Some(d)).unwrap_or(d.amount);
        let after_from = self.from.map_or(Some(true), |d| place(d).map(|p| p >= bound(d)));
        let before_to = self.to.map_or(Some(true), |d| place(d).map(|p| p < bound(d)));
        Some(after_from? && before_to?)
    }

    /// The second of what it ends before.
    fn stops(&self) -> Option<f64> {
        self.stop?.1
    }

    /// Whether a moment is inside; for windows that count in seconds or percent.
    pub fn holds_moment(&self, at: f64) -> bool {
        at >= self.seconds(self.from).unwrap_or(self.zero)
            && self.seconds(self.to).is_none_or(|to| at < to)
            && self.stops().is_none_or(|stop| at < stop)
    }

    /// Those of some hits, in their order, that start inside.
    pub fn inside(&self, cx: &Context<'_>, hits: &[Hit]) -> Vec<Hit> {
        let from = hits.partition_point(|h| h.start < self.since);
        let to = self.until.map_or(hits.len(), |until| hits.partition_point(|h| h.start < until));
        let hits = hits.get(from..to).unwrap_or_default();
        if self.from.is_none() && self.to.is_none() {
            return hits.to_vec();
        }
        hits.iter().filter(|h| self.holds_hit(cx, h) == Some(true)).copied().collect()
    }

    /// Whether a hit starts inside.
    pub fn holds_hit(&self, cx: &Context<'_>, hit: &Hit) -> Option<bool> {
        self.holds(cx, hit.sentence, hit.start)
    }

    /// The seconds that are searched.
    pub fn looked(&self, cx: &Context<'_>) -> Looked {
        if !cx.timed() {
            return Looked { from_s: None, to_s: None };
        }
        let in_seconds = |d: Option<Distance>| d.is_none_or(Distance::needs_times);
        if !in_seconds(self.from) || !in_seconds(self.to) {
            return Looked { from_s: None, to_s: None };
        }
        if self.before.is_some_and(|d| !d.needs_times()) {
            return Looked { from_s: None, to_s: None };
        }
        let from = self.seconds(self.from).unwrap_or(self.zero);
        Looked {
            from_s: Some(from - self.before.map_or(0.0, |d| d.amount)),
            to_s: Some(self.seconds(self.to).unwrap_or(self.end).min(self.stops().unwrap_or(f64::INFINITY))),
        }
    }

    /// The first sentence of the speaker that begins inside; what an absence shows.
    pub fn first_sentence(&self, cx: &Context<'_>) -> Option<u32> {
        let spoken = |k: &u32| self.who.is(cx.role_of(cx.scene.sentences[*k as usize].turn));
        let start = |k: u32| cx.scene.sentences[k as usize].tokens.start;
        let all = cx.scene.sentences.len() as u32;
        let from = cx.scene.sentences.partition_point(|s| s.tokens.end <= self.since) as u32;
        let mut inside = (from..all)
            .take_while(|&k| self.until.is_none_or(|until| start(k) < until))
            .filter(spoken)
            .filter(|&k| self.holds(cx, k, start(k)) == Some(true));
        inside.next().or_else(|| (0..all).find(spoken))
    }

    /// "between 0:00 and 0:15", "in the agent's first 2 runs", and behind what, where it hangs on something said.
    pub fn described(&self, cx: &Context<'_>) -> String {
        let bounds = self.bounds_in_words(cx);
        match &self.anchor {
            Some(hit) if self.stop.is_some() => {
                format!("{bounds} and after {}", wording::hit(cx, hit))
            }
            Some(hit) => format!("{bounds} after {}", wording::hit(cx, hit)),
            None => bounds,
        }
    }

    fn bounds_in_words(&self, cx: &Context<'_>) -> String {
        if let (Some((hit, _)), None, None) = (&self.stop, self.from, self.to) {
            return format!("before {}", wording::hit(cx, hit));
        }
        if let (Some(before), to) = (self.before, self.to) {
            let back = amount(before.amount, before.unit);
            return match to {
                Some(to) => format!("within {back} before or {} after", amount(to.amount, to.unit)),
                None => format!("within {back} before or any time after"),
            };
        }
        let looked = self.looked(cx);
        let count = |d: Option<Distance>| d.map(|d| (d.amount, d.unit));
        match (looked.from_s, looked.to_s, count(self.from), count(self.to)) {
            (Some(from), Some(to), ..) => format!("between {} and {}", clock(from), clock(to)),
            (_, _, None, Some((n, unit))) if n > 0.0 => {
                let which = if self.follows { "next" } else { "first" };
                format!("in {}'s {which} {}", self.who.called(), amount(n, unit))
            }
            (_, _, Some((n, unit)), None) if n < 0.0 => {
                format!("in {}'s last {}", self.who.called(), amount(-n, unit))
            }
            (_, _, Some((n, unit)), None) => {
                format!("after {}'s first {}", self.who.called(), amount(n, unit))
            }
            (None, None, None, None) => "in the call".to_owned(),
            _ => "where the rule looks".to_owned(),
        }
    }

    /// How the times are known on which its bounds rest; none if it has no bounds.
    pub fn basis(&self, cx: &Context<'_>) -> Option<Basis> {
        let bounds = [self.from, self.to];
        let mut bounds = bounds.iter().flatten().peekable();
        bounds.peek()?;
        if bounds.any(|d| d.needs_times()) {
            let sentence = self.first_sentence(cx)?;
            let s = &cx.scene.sentences[sentence as usize];
            return timing::seconds(cx.call, s.turn, cx.scene.tokens[s.tokens.start as usize].start, Edge::Start)
                .map(|t| t.1);
        }
        Some(Basis::Turns)
    }
}
