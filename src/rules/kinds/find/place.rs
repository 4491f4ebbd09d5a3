//! Placing a window over one call: where it begins and ends in time, in words and in runs.

use super::placed_window::PlacedWindow;
use super::window::{Anchor, Missing, Window};
use crate::rules::context::Context;
use crate::rules::distance::{Distance, Unit};
use crate::rules::party::Party;
use crate::text::scene::{Hit, Run};
use crate::text::timing::{self, Edge};

impl Window {
    /// Places the window over a call.
    pub fn place(&self, cx: &Context<'_>, who: Party) -> Result<PlacedWindow, Missing> {
        let needs_times = self.needs_times();
        if needs_times && !cx.timed() {
            return Err(Missing::Times);
        }
        let (mut zero, mut after_token, mut anchor) = (0.0, 0, None);
        let from_end = [self.from, self.to].into_iter().flatten().any(|d| d.amount < 0.0 || d.unit == Unit::Percent);
        match &self.after {
            Anchor::Usual if who != Party::Agent || from_end => {}
            Anchor::Call => {}
            Anchor::Usual | Anchor::FirstAgentWord => {
                let turn = cx.first_turn(Party::Agent).ok_or(Missing::Anchor)?;
                after_token = cx.scene.sentences[cx.scene.turn_sentences(turn).start as usize].tokens.start;
                if needs_times {
                    zero = cx.first_agent_word().ok_or(Missing::Times)?.0;
                }
            }
            Anchor::First(find) | Anchor::Last(find) => {
                let hits = find.hits(cx);
                let hit = if matches!(self.after, Anchor::First(_)) { hits.first() } else { hits.last() };
                let hit = hit.ok_or(Missing::Anchor)?;
                if cx.had_no_chance(who, hit) {
                    return Err(Missing::Chance);
                }
                after_token = hit.end;
                anchor = Some(*hit);
                if needs_times {
                    zero = cx.end(hit).ok_or(Missing::Times)?.0;
                }
            }
        }
        let at_start = after_token == 0 || matches!(self.after, Anchor::Usual | Anchor::Call | Anchor::FirstAgentWord);
        let placed = self.place_at(cx, who, zero, after_token, at_start)?;
        Ok(PlacedWindow { anchor, ..placed })
    }

    /// Places the window behind a hit, and so far before it.
    pub fn place_around(
        &self,
        cx: &Context<'_>,
        who: Party,
        hit: &Hit,
        before: Option<Distance>,
    ) -> Result<PlacedWindow, Missing> {
        let needs_times = self.needs_times() || before.is_some_and(Distance::needs_times);
        if needs_times && !cx.timed() {
            return Err(Missing::Times);
        }
        if before.is_none() && cx.had_no_chance(who, hit) {
            return Err(Missing::Chance);
        }
        let zero = if needs_times { cx.end(hit).ok_or(Missing::Times)?.0 } else { 0.0 };
        let mut placed = self.place_at(cx, who, zero, hit.end, false)?;
        if let Some(before) = before {
            placed.since = reach_back(cx, who, hit, before);
            placed.before = Some(before);
        }
        Ok(placed)
    }

    /// Places the window from a token and its time on. `at_start`: the run that holds the token is the first one counted,
    /// as at the start of a call; else the first is the one that begins after it.
    fn place_at(
        &self,
        cx: &Context<'_>,
        who: Party,
        zero: f64,
        after_token: u32,
        at_start: bool,
    ) -> Result<PlacedWindow, Missing> {
        let at = sentence_of(cx, after_token);
        let sentences = &cx.scene.sentences[at..];
        // Behind a hit, its own run is over; the token after it may already belong to the answer.
        let last = after_token.saturating_sub(u32::from(!at_start));
        let first_turn = cx.scene.sentences.get(sentence_of(cx, last));
        let first_turn = first_turn.map_or(u32::MAX, |s| s.turn);
        let counted = |r: &Run| r.first > first_turn || (at_start && r.first >= first_turn);
        let runs = self.reach(Unit::Runs).map_or_else(Vec::new, |most| {
            let from = cx.scene.runs.partition_point(|r| r.first < first_turn);
            let later = cx.scene.runs.iter().enumerate().skip(from);
            later.filter(|(_, r)| who.is(r.role) && counted(r)).map(|(k, _)| k as u32).take(most).collect()
        });
        let words = self.reach(Unit::Words).map_or_else(Vec::new, |most| {
            let spoken = sentences.iter().filter(|s| who.is(cx.role_of(s.turn)));
            spoken.flat_map(|s| s.tokens.clone()).filter(|t| *t >= after_token).take(most).collect()
        });
        let until = self.to.filter(|d| d.amount >= 0.0).and_then(|d| match d.unit {
            Unit::Words => words.get(d.amount as usize).copied(),
            Unit::Runs => runs.get(d.amount as usize).map(|&run| {
                let turn = cx.scene.runs[run as usize].first;
                let first = cx.scene.turn_sentences(turn).next();
                first.map_or(u32::MAX, |s| cx.scene.sentences[s as usize].tokens.start)
            }),
            Unit::Seconds | Unit::Percent => None,
        });
        let stop = match &self.before {
            None => None,
            Some(find) => {
                let mut hits = find.hits(cx).into_iter();
                let first = hits.find(|h| h.start >= after_token);
                if first.is_none() && !self.or_end {
                    return Err(Missing::End);
                }
                first.map(|first| (first, cx.start(&first).map(|at| at.0)))
            }
        };
        let stops = stop.map(|(hit, _)| hit.start);
        Ok(PlacedWindow {
            who,
            from: self.from,
            to: self.to,
            zero,
            end: cx.call_end().unwrap_or(0.0),
            after_token,
            since: after_token,
            until: until.into_iter().chain(stops).min(),
            before: None,
            anchor: None,
            stop,
            follows: !at_start,
            runs,
            words,
        })
    }

    /// How many words or runs must be counted to know the bounds: one more than the farthest distance; all if a distance
    /// counts from the end; none if no distance is in this unit. Windows are placed behind every hit of long calls, and
    /// to count to the end each time would take too long.
    fn reach(&self, unit: Unit) -> Option<usize> {
        let of = self.bounds().filter(|d| d.unit == unit);
        of.map(|d| if d.amount < 0.0 { usize::MAX } else { d.amount as usize + 1 }).max()
    }
}

/// The sentence that holds a token.
fn sentence_of(cx: &Context<'_>, token: u32) -> usize {
    cx.scene.sentences.partition_point(|s| s.tokens.end <= token)
}

/// The token that lies so far before a hit; the hit's own first one if nothing does.
fn reach_back(cx: &Context<'_>, who: Party, hit: &Hit, back: Distance) -> u32 {
    let most = back.amount as usize;
    let earlier = &cx.scene.sentences[..=hit.sentence as usize];
    let tokens = earlier.iter().rev().flat_map(|s| {
        let own = s.tokens.clone().rev().filter(|t| *t < hit.start);
        own.map(move |t| (s.turn, t))
    });
    let reached = match back.unit {
        Unit::Words => {
            let by = |turn: u32| who.is(cx.role_of(turn));
            tokens.filter(|(turn, _)| by(*turn)).map(|(_, t)| t).take(most).last()
        }
        Unit::Runs => {
            let turn = cx.scene.sentences[hit.sentence as usize].turn;
            let begun = cx.scene.runs.partition_point(|r| r.first <= turn);
            let runs = cx.scene.runs[..begun].iter().rev();
            let first = runs.filter(|r| who.is(r.role)).take(most).last();
            first.and_then(|r| {
                let sentence = cx.scene.turn_sentences(r.first).next()?;
                Some(cx.scene.sentences[sentence as usize].tokens.start)
            })
        }
        Unit::Seconds | Unit::Percent => {
            let from = cx.start(hit).map_or(0.0, |t| t.0) - back.amount;
            let begins = |turn: u32, token: u32| {
                let byte = cx.scene.tokens[token as usize].start;
                timing::seconds(cx.call, turn, byte, Edge::Start).is_some_and(|t| t.0 >= from)
            };
            tokens.take_while(|(turn, t)| begins(*turn, *t)).map(|(_, t)| t).last()
        }
    };
    reached.map_or(hit.start, |t| t.min(hit.start))
}
