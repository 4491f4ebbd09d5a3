//! How a `find` condition with `each` is judged: tested behind every hit of another, with so many misses allowed.

use super::judge::MOST_QUOTES;
use super::window::Missing;
use super::{Each, Find};
use crate::report::{Evidence, Verdict};
use crate::rules::context::Context;
use crate::rules::outcome::Outcome;
use crate::rules::wording;

impl Find {
    /// Tests the condition behind every hit of another; it fails if more of them miss it than are allowed to.
    pub(super) fn judge_each(&self, cx: &Context<'_>, each: &Each) -> Outcome {
        let occasions = each.find.hits(cx);
        if occasions.is_empty() {
            let why = cx.say(|| format!("no listed {} found", wording::either(cx, &each.find.sets)));
            return Outcome::not_applicable("no-occasion", why);
        }
        let (mut met, mut missed) = (Vec::new(), Vec::new());
        let hits = self.candidates(cx);
        for occasion in &occasions {
            let around = self.window.place_around(cx, self.who, occasion, each.before);
            let placed = match (around, &self.untimed) {
                (Err(Missing::Times), Some(untimed)) => {
                    let before = each.before.filter(|d| !d.needs_times());
                    untimed.place_around(cx, self.who, occasion, before)
                }
                (placed, _) => placed,
            };
            let placed = match placed {
                Ok(placed) => placed,
                // No occasion: nothing could follow the hit, or what the window ends before is never said.
                Err(Missing::Anchor | Missing::End | Missing::Chance) => continue,
                Err(Missing::Times) => return Outcome::no_times(),
            };
            let (alone, buried) = self.part(cx, placed.inside(cx, &hits));
            let outcome = self.count(cx, &placed, &alone, &buried);
            let told = (*occasion, outcome);
            if told.1.verdict == Verdict::Pass {
                met.push(told);
            } else {
                missed.push(told);
            }
        }
        if met.is_empty() && missed.is_empty() {
            return Outcome::no_chance();
        }
        let fails = missed.len() > each.misses as usize;
        let shown = if fails || met.is_empty() { &missed } else { &met };
        let (occasion, outcome) = &shown[0];
        let (verdict, reason) = match (fails, missed.len()) {
            (true, _) => (Verdict::Fail, outcome.reason),
            (false, 0) => (Verdict::Pass, "found"),
            (false, _) => (Verdict::Pass, "within-limit"),
        };
        if !cx.is_read() {
            return Outcome::bare(verdict, reason, "");
        }
        let side = if each.before.is_some() { "around" } else { "after" };
        let why = format!("{side} {}: {}", wording::hit(cx, occasion), outcome.why);
        let mut evidence: Vec<Evidence> = Vec::new();
        for (occasion, outcome) in shown.iter().take(MOST_QUOTES / 2) {
            evidence.push(cx.show(occasion, &[]));
            evidence.extend(outcome.evidence.iter().take(1).cloned());
        }
        let advice = outcome.advice.clone();
        Outcome { verdict, reason, why, basis: outcome.basis, grade: None, evidence, advice }
    }
}
