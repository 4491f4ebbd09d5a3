//! How a `find` condition is judged: place the window, gather the hits, count, and say what was found or missed.

use super::placed_window::PlacedWindow;
use super::window::{Missing, Window};
use super::{Find, Scope};
use crate::report::{Basis, Evidence, Verdict};
use crate::rules::context::Context;
use crate::rules::outcome::{Outcome, least};
use crate::rules::party::Party;
use crate::rules::wording;
use crate::text::names;
use crate::text::scene::Hit;
use crate::text::set::{Origin, SetId};

/// No more quotes than that for one verdict: a report is read by people.
pub(super) const MOST_QUOTES: usize = 8;

impl Find {
    /// All its hits in the window and alone, none if the window cannot be placed.
    pub fn hits(&self, cx: &Context<'_>) -> Vec<Hit> {
        let mut hits = self.place(cx).map(|placed| self.hits_in(cx, &placed)).unwrap_or_default();
        hits.retain(|h| cx.free_of(h.sentence, &self.alone));
        if let Some(least) = self.silence {
            hits.retain(|h| cx.silence_behind(h).is_some_and(|s| s >= least));
        }
        hits
    }

    fn hits_in(&self, cx: &Context<'_>, placed: &PlacedWindow) -> Vec<Hit> {
        placed.inside(cx, &self.candidates(cx))
    }

    /// All its hits, wherever they are.
    pub(super) fn candidates(&self, cx: &Context<'_>) -> Vec<Hit> {
        let mut hits = cx.hits(&self.sets, self.who);
        hits.retain(|hit| hit.sure || !self.sure);
        hits
    }

    fn place(&self, cx: &Context<'_>) -> Result<PlacedWindow, Missing> {
        match (self.window.place(cx, self.who), &self.untimed) {
            (Err(Missing::Times), Some(untimed)) => untimed.place(cx, self.who),
            (placed, _) => placed,
        }
    }

    /// Whether the condition holds; what cannot be told does not.
    pub fn holds(&self, cx: &Context<'_>) -> bool {
        self.outcome(&cx.verdict_only()).verdict == Verdict::Pass
    }

    /// Judges a call.
    pub fn outcome(&self, cx: &Context<'_>) -> Outcome {
        if let Some(each) = &self.each {
            return self.judge_each(cx, each);
        }
        let placed = match self.place(cx) {
            Ok(placed) => placed,
            Err(missing) => return self.window.lacks(cx, missing),
        };
        let names_only = self.sets.iter().all(|&s| cx.phrases.sets()[usize::from(s)].origin == Origin::Names);
        if names_only && !cx.scene.names.is_known() {
            return Outcome::not_scorable(
                "name-unknown",
                "nobody says what the caller is called, and no metadata does",
            );
        }
        let mut found = self.hits_in(cx, &placed);
        if names_only {
            // Whose name a marker stands for cannot be told.
            found.retain(|h| h.entry != names::REDACTED);
        }
        let (alone, buried) = self.part(cx, found);
        let outcome = self.count(cx, &placed, &alone, &buried);
        if self.window.unless_covered
            && outcome.verdict == Verdict::Fail
            && cx.timed()
            && self.window.is_covered(cx, &placed, self.who)
        {
            let other = if self.who == Party::Agent { Party::Customer } else { Party::Agent };
            let why = cx.say(|| format!("{}'s first run holds the time {}", other.called(), placed.described(cx)));
            return Outcome::not_applicable("window-covered", why);
        }
        if names_only && outcome.verdict == Verdict::Fail && outcome.reason != "too-many" && cx.scene.names.hidden {
            let why = "a redaction marker may hide a use of the name";
            return Outcome { evidence: Vec::new(), ..Outcome::not_scorable("name-redacted", why) };
        }
        outcome
    }

    /// Parts hits into those in a sentence with none of the sets that may not be there, and the others.
    pub(super) fn part(&self, cx: &Context<'_>, hits: Vec<Hit>) -> (Vec<Hit>, Vec<Hit>) {
        if self.alone.is_empty() {
            return (hits, Vec::new());
        }
        hits.into_iter().partition(|h| cx.free_of(h.sentence, &self.alone))
    }

    pub(super) fn count(&self, cx: &Context<'_>, placed: &PlacedWindow, alone: &[Hit], buried: &[Hit]) -> Outcome {
        let mut pieces = alone.chunk_by(|a, b| self.piece_of(cx, a) == self.piece_of(cx, b));
        if let Some(max) = self.max {
            let over = pieces.clone().find_map(|p| self.excess(cx, p, max));
            if let Some(over) = over {
                let advice = over.iter().find_map(|h| instead(cx, h));
                let why = || {
                    let said = over.first().map_or_else(String::new, |h| wording::hit(cx, h));
                    if max == 0 {
                        return said;
                    }
                    let times = wording::many(over.len() as u64, "time");
                    format!("{} found {times}, more than {max}; first {said}", wording::either(cx, &self.sets))
                };
                let reason = if max == 0 { "found" } else { "too-many" };
                return Outcome { advice, ..self.with_hits(cx, Verdict::Fail, reason, why, &over) };
            }
        }
        if self.min == 0 {
            if !alone.is_empty() {
                let why = || format!("found {}, no more than allowed", wording::many(alone.len() as u64, "time"));
                return self.with_hits(cx, Verdict::Pass, "within-limit", why, &alone[..1]);
            }
            let why = || format!("no listed {} found {}", wording::either(cx, &self.sets), placed.described(cx));
            return absence(cx, placed, Verdict::Pass, "none-found", why);
        }
        let enough = pieces.find(|p| self.measure(p) >= self.min);
        if let Some(hits) = enough {
            let shown = &hits[..hits.len().min(self.min as usize)];
            let shown = if self.of_sets { hits } else { shown };
            let why = || {
                let first = wording::hit(cx, &hits[0]);
                match placed.looked(cx).to_s {
                    _ if self.min > 1 => format!("{} times, first {first}", hits.len()),
                    Some(to) if self.window.to.is_some() => {
                        format!("{first}, before {}", wording::clock(to))
                    }
                    _ => first,
                }
            };
            return self.with_hits(cx, Verdict::Pass, "found", why, shown);
        }
        if let (true, Some(first)) = (alone.is_empty(), buried.first()) {
            let why = || {
                let held = self.alone.iter().filter(|&&s| cx.scene.has(first.sentence, s));
                let held: Vec<&str> = held.map(|&s| wording::called(cx, s)).collect();
                format!("{} shares its sentence with {}", wording::hit(cx, first), held.join(" and "))
            };
            return self.with_hits(cx, Verdict::Fail, "not-alone", why, buried);
        }
        let sets = || wording::either(cx, &self.sets);
        if alone.is_empty() {
            let why = || {
                // "a statement of empathy or willingness", but a use of the name is none.
                let plain = self.sets.len() > 1
                    && self.sets.iter().all(|&s| wording::called(cx, s) == cx.phrases.name(s).replace('-', " "));
                let statement = if plain { "statement of " } else { "" };
                format!("no listed {statement}{} found {}", sets(), placed.described(cx))
            };
            return absence(cx, placed, Verdict::Fail, "not-found", why);
        }
        let why = || {
            let times = wording::many(alone.len() as u64, "time");
            format!("{} found {times} {}, {} needed", sets(), placed.described(cx), self.min)
        };
        self.with_hits(cx, Verdict::Fail, "too-few", why, alone)
    }

    fn measure(&self, hits: &[Hit]) -> u32 {
        if !self.of_sets {
            return hits.len() as u32;
        }
        self.sets.iter().filter(|&&s| hits.iter().any(|h| h.set == s)).count() as u32
    }

    /// The hits of a piece that are more than allowed.
    fn excess(&self, cx: &Context<'_>, hits: &[Hit], max: u32) -> Option<Vec<Hit>> {
        let Some(per) = self.per_runs else {
            return (self.measure(hits) > max).then(|| hits.to_vec());
        };
        let runs: Vec<u32> = cx.runs(self.who).map(|(k, _)| k).collect();
        let place = |h: &Hit| cx.scene.run(h.sentence).map_or(0, |r| runs.partition_point(|&k| k < r));
        let crowd = hits.windows(max as usize + 1).find(|w| place(&w[w.len() - 1]) - place(&w[0]) < per as usize)?;
        let (first, last) = (place(&crowd[0]), place(&crowd[0]) + per as usize);
        Some(hits.iter().filter(|h| (first..last).contains(&place(h))).copied().collect())
    }

    /// The number of the piece that holds a hit.
    fn piece_of(&self, cx: &Context<'_>, hit: &Hit) -> u32 {
        match self.unit {
            Scope::Call => 0,
            Scope::Sentence => hit.sentence,
            Scope::Run => cx.scene.run(hit.sentence).unwrap_or(u32::MAX),
            // An exchange begins with each run of the customer.
            Scope::Exchange => {
                let run = cx.scene.run(hit.sentence).unwrap_or(0);
                cx.runs(Party::Customer).filter(|(k, _)| *k <= run).count() as u32
            }
        }
    }

    fn with_hits(
        &self,
        cx: &Context<'_>,
        verdict: Verdict,
        reason: &'static str,
        why: impl FnOnce() -> String,
        hits: &[Hit],
    ) -> Outcome {
        if !cx.is_read() {
            return Outcome::bare(verdict, reason, "");
        }
        let shown: Vec<SetId> = self.sets.iter().chain(&self.alone).copied().collect();
        let evidence: Vec<Evidence> = hits.iter().take(MOST_QUOTES).map(|h| cx.show(h, &shown)).collect();
        let basis = if self.window == Window::default() { None } else { self.basis(cx, hits) };
        Outcome { verdict, reason, why: why(), basis, grade: None, evidence, advice: None }
    }

    fn basis(&self, cx: &Context<'_>, hits: &[Hit]) -> Option<Basis> {
        if self.window.needs_times() && cx.timed() {
            return hits.iter().map(|h| cx.start(h).map(|t| t.1)).fold(None, least);
        }
        Some(Basis::Turns)
    }
}

/// The outcome of finding nothing: it shows where it was looked for and what was said there.
fn absence(
    cx: &Context<'_>,
    placed: &PlacedWindow,
    verdict: Verdict,
    reason: &'static str,
    why: impl FnOnce() -> String,
) -> Outcome {
    if !cx.is_read() {
        return Outcome::bare(verdict, reason, "");
    }
    let evidence = placed.first_sentence(cx).map(|s| cx.show_absence(s, placed.looked(cx))).into_iter().collect();
    Outcome { verdict, reason, why: why(), basis: placed.basis(cx), grade: None, evidence, advice: None }
}

/// What to say instead of a phrase, where its set knows.
fn instead(cx: &Context<'_>, hit: &Hit) -> Option<String> {
    let set = &cx.phrases.sets()[usize::from(hit.set)];
    set.entries.get(hit.entry as usize)?.instead.clone()
}

#[cfg(test)]
mod tests {
    use crate::report::Verdict::{Fail, NotApplicable, NotScorable, Pass};
    use crate::rules::kinds::testing::{Rules, call, check};

    #[test]
    fn hits_are_counted_where_and_how_a_rule_says() {
        let find = |keys: &str| format!("find = [\"sorry\", \"fix\"]\n{keys}");
        let (two, two_sets) = (find("count = { min = 2 }"), find("count = { min = 2, of = \"sets\" }"));
        let none = find("count = { max = 0 }");
        let (in_sentence, in_run) =
            (find("count = { min = 2 }\nunit = \"sentence\""), find("count = { min = 2 }\nunit = \"run\""));
        let crowded = find("count = { max = 1, per = \"2 runs\" }");
        let alone = find("alone = [\"number\"]");
        check(&[
            (&two, "A Sorry. Sorry.", Pass, "found"),
            (&two, "A Sorry.", Fail, "too-few"),
            (&two_sets, "A Sorry. Sorry.", Fail, "too-few"),
            (&two_sets, "A Sorry. | C Yes. | A I fix it.", Pass, "found"),
            (&none, "A Hello.", Pass, "none-found"),
            (&none, "A Sorry.", Fail, "found"),
            (&in_sentence, "A Sorry. I fix it.", Fail, "too-few"),
            (&in_sentence, "A Sorry, I fix it.", Pass, "found"),
            (&in_run, "A Sorry. | C Yes. | A I fix it.", Fail, "too-few"),
            (&crowded, "A Sorry. | C Yes. | A Well. | C So? | A Sorry.", Pass, "within-limit"),
            (&crowded, "A Sorry. | C Yes. | A Sorry.", Fail, "too-many"),
            (&alone, "A Sorry, your number?", Fail, "not-alone"),
            (&alone, "A Sorry, your number? I fix it.", Pass, "found"),
            (&alone, "C Hello?", NotApplicable, "no-agent"),
            ("find = [\"name\"]", "A Hello. | C Hello.", NotScorable, "name-unknown"),
        ]);
    }

    #[test]
    fn each_is_tested_behind_every_hit_of_another() {
        let each = |keys: &str| {
            format!("find = [\"sorry\"]\nwhere = {{ to = \"1 run\" }}\neach = {{ find = [\"trouble\"]{keys} }}")
        };
        let (plain, one_may_miss, around) = (each(""), each(", misses = 1"), each(", before = \"1 run\""));
        let once = "C It is broken. | A Sorry. | C All broken. | A Well.";
        check(&[
            (&plain, "C It is broken. | A Sorry. | C All broken. | A Sorry.", Pass, "found"),
            (&plain, once, Fail, "not-found"),
            (&plain, "C It is fine. | A Sorry.", NotApplicable, "no-occasion"),
            (&plain, "A Sorry. | C It is broken.", NotApplicable, "no-chance"),
            (&one_may_miss, once, Pass, "within-limit"),
            (&around, "A Sorry. | C It is broken. | A Well.", Pass, "found"),
        ]);
        let shown = Rules::of(&[&plain]).outcome(0, &call(once)).evidence;
        assert_eq!(
            shown.iter().map(|e| e.turn).collect::<Vec<_>>(),
            [2, 3],
            "the hit that was missed, and what came instead"
        );
    }
}
