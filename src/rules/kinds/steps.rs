//! The rule kind `steps`: one thing after the other, near enough.

use super::condition::{Condition, Kind, Paragraph, Schema};
use super::find::clashes;
use super::find::window::Window;
use crate::report::{Looked, Verdict};
use crate::rules::context::Context;
use crate::rules::distance::{DISTANCE_HELP, Distance, Unit};
use crate::rules::outcome::{Outcome, least};
use crate::rules::pack::reader::Table;
use crate::rules::pack::set_names::SetNames;
use crate::rules::party::Party;
use crate::rules::{shapes, wording};
use crate::text::scene::Hit;
use crate::text::set::SetId;
use serde_json::json;

/// One thing after the other.
pub static KIND: Kind = Kind {
    key: "steps",
    about: "one thing after the other",
    read: |table, names| Some(Box::new(Steps::read(table, names))),
    hints: &[],
    schema: Schema {
        tables: &[("a step", "step", &["find"])],
        shape: |table, key| match (table, key) {
            ("rule", "steps") => Some(json!({ "type": "array", "minItems": 2, "items": shapes::reference("step") })),
            ("step", "within") => Some(shapes::distance()),
            ("step", "apart") => Some(shapes::one_of(APART.map(|(word, _)| word))),
            _ => None,
        },
        definitions: Vec::new,
    },
};

/// How far apart two steps must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Apart {
    /// The second begins after the first ends.
    #[default]
    No,
    /// In a later sentence.
    Sentence,
    /// In a later run.
    Run,
}

/// How far apart, by the words that packs use.
const APART: [(&str, Apart); 3] = [("no", Apart::No), ("sentence", Apart::Sentence), ("run", Apart::Run)];

/// A step.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    /// Any of these sets.
    sets: Vec<SetId>,
    who: Party,
    /// How far behind the step before.
    within: Option<Distance>,
    apart: Apart,
    /// Only in a sentence with none of these.
    alone: Vec<SetId>,
}

/// Steps that must follow each other.
#[derive(Clone, Debug, PartialEq)]
struct Steps {
    steps: Vec<Step>,
    /// Where all of them must begin.
    window: Window,
}

/// So many hits of the step before are tried, the nearest first: more stand in no chain that anybody would point at, and
/// a transcript of hundreds of thousands of them must not cost their square.
const MOST_BACK: usize = 256;

impl Steps {
    /// Reads `steps = [ { find = […], who = "agent", within = "2 runs", apart = "sentence" }, … ]`.
    fn read(table: &Table<'_, '_>, names: &SetNames<'_>) -> Steps {
        let mut steps = Vec::new();
        for (k, step) in table.tables("steps", "a step").into_iter().enumerate() {
            let sets = names.sets(&step, "find");
            let who = step.one_of("who", &Party::ALL).unwrap_or_else(|| names.who_of(&sets, Party::Any));
            names.check_who(&step, &sets, who);
            let within = Distance::read(&step, "within");
            let apart = step.one_of("apart", &APART);
            if within.is_some_and(|d| d.amount < 0.0 || d.unit == Unit::Percent) {
                let message = "`within` counts forward from the step before";
                step.wrong(step.span_of("within"), message, DISTANCE_HELP);
            }
            if k == 0 && (within.is_some() || apart.is_some()) {
                let help = "it belongs to the second step and later ones";
                step.wrong(step.span_of("within"), "the first step has no step before it", help);
            }
            let alone = names.sets(&step, "alone");
            step.finish(&[(
                &["where", "count", "unit"],
                "a step has no window or count of its own; use `within` and `apart`",
            )]);
            steps.push(Step { sets, who, within, apart: apart.unwrap_or_default(), alone });
        }
        if steps.len() < 2 && table.has("steps") {
            table.wrong(table.span_of("steps"), "`steps` wants two steps or more", "for one, write `find`");
        }
        let first = steps.first().map_or(Party::Any, |s| s.who);
        let window = table.table("where").map(|t| Window::read(&t, first, names)).unwrap_or_default();
        Steps { steps, window }
    }

    fn shown(&self, cx: &Context<'_>, verdict: Verdict, reason: &'static str, chain: &[Hit]) -> Outcome {
        if !cx.is_read() {
            return Outcome::bare(verdict, reason, "");
        }
        let evidence = chain.iter().map(|h| cx.show(h, &[])).collect();
        let why = chain.iter().map(|h| wording::hit(cx, h)).collect::<Vec<_>>().join(", then ");
        let timed = self.steps.iter().any(|s| s.within.is_some_and(|d| d.unit == Unit::Seconds));
        let basis = chain.iter().map(|h| cx.start(h).map(|t| t.1)).fold(None, least).filter(|_| timed);
        Outcome { verdict, reason, why, basis, grade: None, evidence, advice: None }
    }

    /// The longest part that was found, and what did not follow.
    fn broken(&self, cx: &Context<'_>, layers: &[Vec<Hit>], chains: &[Vec<Option<(usize, usize)>>]) -> Outcome {
        let reached = chains.iter().rposition(|c| c.iter().any(Option::is_some));
        let missing = reached.map_or(0, |k| k + 1);
        let step = &self.steps[missing];
        let sets = cx.say(|| wording::either(cx, &step.sets));
        let Some(k) = reached else {
            if !cx.is_read() {
                return Outcome::bare(Verdict::Fail, "step-missing", "");
            }
            let why = format!("no listed {sets} found in {}'s words", step.who.called());
            let shown = cx.first_turn(step.who).map(|t| cx.scene.turn_sentences(t).start);
            let evidence = shown.map(|s| cx.show_absence(s, Looked { from_s: None, to_s: None })).into_iter().collect();
            return Outcome { evidence, ..Outcome::bare(Verdict::Fail, "step-missing", why) };
        };
        let n = chains[k].iter().position(Option::is_some).unwrap_or(0);
        if cx.had_no_chance(step.who, &layers[k][n]) {
            return Outcome::no_chance();
        }
        let chain = trace(layers, chains, k, n);
        let mut outcome = self.shown(cx, Verdict::Fail, "step-missing", &chain);
        if !cx.is_read() {
            return outcome;
        }
        let near = step.within.map_or_else(String::new, |d| format!(" within {}", described(d)));
        let alone = if step.alone.is_empty() {
            String::new()
        } else {
            format!(" free of {}", wording::either(cx, &step.alone))
        };
        outcome.why = format!("{}, then no listed {sets}{alone} by {}{near}", outcome.why, step.who.called());
        outcome
    }
}

fn described(d: Distance) -> String {
    match d.unit {
        Unit::Seconds => format!("{} s", d.amount),
        Unit::Words => wording::many(d.amount as u64, "word"),
        _ => wording::many(d.amount as u64, "run"),
    }
}

/// The hits of a chain from its first step on.
fn trace(layers: &[Vec<Hit>], chains: &[Vec<Option<(usize, usize)>>], step: usize, n: usize) -> Vec<Hit> {
    let (mut at, mut chain) = (n, Vec::new());
    for k in (0..=step).rev() {
        chain.push(layers[k][at]);
        at = chains[k][at].map_or(at, |(_, before)| before);
    }
    chain.reverse();
    chain
}

impl Step {
    fn hits(&self, cx: &Context<'_>) -> Vec<Hit> {
        let mut hits = cx.hits(&self.sets, self.who);
        hits.retain(|h| cx.free_of(h.sentence, &self.alone));
        hits
    }

    /// Whether a hit of this step may follow a hit of the one before.
    fn follows(&self, cx: &Context<'_>, before: &Hit, hit: &Hit) -> bool {
        let apart = match self.apart {
            Apart::No => before.end <= hit.start,
            Apart::Sentence => before.sentence < hit.sentence,
            Apart::Run => cx.scene.run(before.sentence) < cx.scene.run(hit.sentence),
        };
        apart && self.within.is_none_or(|d| self.is_near(cx, before, hit, d))
    }

    fn is_near(&self, cx: &Context<'_>, before: &Hit, hit: &Hit, within: Distance) -> bool {
        match within.unit {
            Unit::Runs => {
                let (from, to) = (cx.scene.run(before.sentence), cx.scene.run(hit.sentence));
                // The runs that begin after the one before, up to the hit's own.
                let between = from.zip(to).and_then(|(f, t)| cx.scene.runs.get(f as usize + 1..=t as usize));
                let begun = between.into_iter().flatten().filter(|r| self.who.is(r.role));
                begun.take((within.amount as usize).saturating_add(1)).count() as f64 <= within.amount
            }
            Unit::Words => f64::from(hit.start - before.end) <= within.amount,
            _ => cx.end(before).zip(cx.start(hit)).is_some_and(|(a, b)| b.0 - a.0 <= within.amount),
        }
    }
}

impl Condition for Steps {
    fn judge(&self, cx: &Context<'_>, _: &mut dyn Iterator<Item = Outcome>) -> Outcome {
        if self.steps.iter().any(|s| s.within.is_some_and(|d| d.unit == Unit::Seconds)) && !cx.timed() {
            return Outcome::no_times();
        }
        let mut layers: Vec<Vec<Hit>> = self.steps.iter().map(|s| s.hits(cx)).collect();
        if self.window != Window::default() {
            for (step, hits) in self.steps.iter().zip(&mut layers) {
                match self.window.place(cx, step.who) {
                    Ok(placed) => hits.retain(|h| placed.holds_hit(cx, h) == Some(true)),
                    Err(missing) => return self.window.lacks(cx, missing),
                }
            }
        }
        // For every hit of a step: the latest beginning of a chain that ends in it, and the hit before it in that chain.
        let mut chains: Vec<Vec<Option<(usize, usize)>>> = vec![(0..layers[0].len()).map(|k| Some((k, k))).collect()];
        for k in 1..self.steps.len() {
            // The hits of the step before that end a chain: their beginnings, which they are, and the latest beginning of
            // those up to each, so that a search ends where nothing better is left.
            let ended = (0..).zip(&chains[k - 1]).filter_map(|(n, chain)| chain.map(|(first, _)| (first, n)));
            let latest = ended.scan(0, |latest, (first, n): (usize, usize)| {
                *latest = first.max(*latest);
                Some((first, n, *latest))
            });
            let ends: Vec<_> = latest.collect();
            let link = |hit: &Hit| {
                let earlier = |&(_, n, _): &(usize, usize, usize)| layers[k - 1][n].start < hit.start;
                let near = ends[..ends.partition_point(earlier)].iter().rev().take(MOST_BACK);
                let mut best = None;
                for &(first, n, latest) in near {
                    if best.is_some_and(|(best, _)| best >= latest) {
                        break;
                    }
                    if best < Some((first, n)) && self.steps[k].follows(cx, &layers[k - 1][n], hit) {
                        best = Some((first, n));
                    }
                }
                best
            };
            chains.push(layers[k].iter().map(link).collect());
        }
        let last = chains.len() - 1;
        let complete = chains[last].iter().enumerate().filter_map(|(n, chain)| chain.map(|(first, _)| (n, first)));
        let length = |&(n, first): &(usize, usize)| {
            let (a, b) = (&layers[0][first], &layers[last][n]);
            let seconds = cx.start(a).zip(cx.start(b)).map(|(a, b)| ((b.0 - a.0) * 1000.0) as i64);
            (seconds.unwrap_or(i64::from(b.start - a.start)), first, n)
        };
        match complete.min_by_key(length) {
            Some((n, _)) => self.shown(cx, Verdict::Pass, "found", &trace(&layers, &chains, last, n)),
            None => self.broken(cx, &layers, &chains),
        }
    }

    fn all_sets(&self) -> Vec<SetId> {
        let mut all: Vec<SetId> = self.steps.iter().flat_map(|s| [s.sets.as_slice(), &s.alone].concat()).collect();
        all.extend(self.window.all_sets());
        all
    }

    fn parties(&self) -> Vec<Party> {
        self.steps.iter().map(|s| s.who).chain(self.window.parties()).collect()
    }

    fn unreachable(&self, name: &dyn Fn(SetId) -> String) -> Vec<String> {
        let mut all = Vec::new();
        for (k, step) in self.steps.iter().enumerate() {
            let mut whys = clashes(&step.sets, &step.alone, name);
            if step.apart == Apart::Run && step.within.is_some_and(|d| d.unit == Unit::Runs && d.amount < 1.0) {
                whys.push("`apart = \"run\"` is never within 0 runs".to_owned());
            }
            all.extend(whys.into_iter().map(|why| format!("step {}: {why}", k + 1)));
        }
        all
    }

    fn explain(&self, name: &dyn Fn(SetId) -> String) -> Vec<Paragraph> {
        let first = self.steps.first().map_or(Party::Any, |step| step.who);
        self.window.explain("Looks", first, None, name).into_iter().collect()
    }

    fn deciding(&self, _: &[usize]) -> String {
        format!("Steps({self:?})")
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Verdict::{Fail, NotApplicable, NotScorable, Pass};
    use crate::rules::kinds::testing::{Rules, call, check};

    #[test]
    fn steps_come_one_after_the_other_and_near_enough() {
        let plain = "steps = [{ find = [\"sorry\"] }, { find = [\"fix\"] }]";
        let with = |second: &str| format!("steps = [{{ find = [\"sorry\"] }}, {{ find = [\"fix\"], {second} }}]");
        let (sentence, run) = (with("apart = \"sentence\""), with("apart = \"run\""));
        let (words, runs, seconds) =
            (with("within = \"2 words\""), with("within = \"1 run\""), with("within = \"5s\""));
        let alone = with("alone = [\"number\"]");
        let answer = "steps = [{ find = [\"trouble\"] }, { find = [\"sorry\"] }]";
        check(&[
            (plain, "A Sorry, I fix it.", Pass, "found"),
            (plain, "A I fix it. Sorry.", Fail, "step-missing"),
            (plain, "A Yes? | C No.", Fail, "step-missing"),
            (plain, "C Hello?", NotApplicable, "no-agent"),
            (&sentence, "A Sorry, I fix it.", Fail, "step-missing"),
            (&sentence, "A Sorry. I fix it.", Pass, "found"),
            (&run, "A Sorry. I fix it. | C Fine.", Fail, "step-missing"),
            (&run, "A Sorry. | C Well. | A I fix it.", Pass, "found"),
            (&words, "A Sorry, let me fix it.", Pass, "found"),
            (&words, "A Sorry, let me just fix it.", Fail, "step-missing"),
            (&runs, "A Sorry. | C Well. | A I fix it.", Pass, "found"),
            (&runs, "A Sorry. | C Well. | A Yes. | C And? | A I fix it.", Fail, "step-missing"),
            (&seconds, "A 0-2 Sorry. | C 2-3 Well. | A 5-8 Fix it.", Pass, "found"),
            (&seconds, "A 0-2 Sorry. | C 2-3 Well. | A 8-9 Fix it.", Fail, "step-missing"),
            (&seconds, "A Sorry. I fix it.", NotScorable, "no-times"),
            (&alone, "A Sorry. I fix your number.", Fail, "step-missing"),
            (answer, "A Yes? | C It is broken.", NotApplicable, "no-chance"),
        ]);
    }

    #[test]
    fn the_shortest_chain_is_shown() {
        let rules = Rules::of(&["steps = [{ find = [\"sorry\"] }, { find = [\"wait\"] }, { find = [\"fix\"] }]"]);
        let told = "A 0-2 Sorry. | C 2-4 Wait. | A 6-8 Sorry. | C 8-9 Wait. | A 9-12 I fix it. | A 60-62 I fix it.";
        let turns: Vec<u32> = rules.outcome(0, &call(told)).evidence.iter().map(|e| e.turn).collect();
        assert_eq!(turns, [2, 3, 4]);
    }
}
