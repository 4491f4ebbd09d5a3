//! The rule kind `measure`: a figure of the call that must stay within limits, everywhere or somewhere.
//!
//! What each figure is, exactly, stands in [`MEASURES`]; `heard rules explain` prints it.

mod quantity;
mod samples;

pub use quantity::{MEASURES, Quantity};

use super::condition::{Condition, Kind, Paragraph, Schema};
use super::find::window::Window;
use super::find::{Find, NOTHING_TO_COUNT};
use crate::call::{Basis, Clock};
use crate::report::{Evidence, Grade, Looked, Verdict};
use crate::rules::context::Context;
use crate::rules::outcome::{Outcome, least};
use crate::rules::pack::reader::Table;
use crate::rules::pack::set_names::SetNames;
use crate::rules::party::Party;
use crate::rules::shapes;
use crate::rules::wording::clock;
use crate::text::scene::Hit;
use crate::text::set::SetId;
use serde_json::{Value, json};

/// A figure within limits.
pub static KIND: Kind = Kind {
    key: "measure",
    about: "a figure within limits",
    read: |table, names| Some(Box::new(Measure::read(table, names)?)),
    hints: &[],
    schema: Schema { tables: &[("measure", "measure", &["of"])], shape, definitions: Vec::new },
};

fn shape(table: &str, key: &str) -> Option<Value> {
    Some(match (table, key) {
        ("rule", "measure") => shapes::reference("measure"),
        ("measure", "of") => shapes::one_of(MEASURES.iter().map(|(word, ..)| *word)),
        ("measure", "min" | "max") => shapes::any_of(&[json!({ "type": "number" }), shapes::distance()]),
        ("measure", "at") => shapes::reference("place"),
        ("measure", "relative" | "anywhere") => shapes::flag(),
        _ => return None,
    })
}

/// No more quotes than that for one verdict.
const MOST_QUOTES: usize = 4;

/// A figure and its limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What is measured.
    pub quantity: Quantity,
    /// Whose.
    pub who: Party,
    min: Option<f64>,
    max: Option<f64>,
    /// Where it is taken: what begins inside.
    pub window: Window,
    /// Only where one of these was said: in the other party's turn before, or, for pace and echo, in the piece itself.
    at: Option<Box<Find>>,
    /// Divided by the speaker's own median.
    relative: bool,
    /// Within limits somewhere is enough.
    anywhere: bool,
    /// So many places may be out of limits.
    misses: u32,
}

/// A figure at a place.
struct Sample {
    value: f64,
    /// The second at which it begins.
    at: Option<f64>,
    basis: Option<Basis>,
    sentence: Option<u32>,
    /// What it may be, both ends exclusive, where the call's times are too coarse to say.
    range: Option<(f64, f64)>,
}

impl Measure {
    /// Reads `measure = { of = "reply-gap", min = "0.5s", at = { find = […] } }`.
    pub fn read(rule: &Table<'_, '_>, names: &SetNames<'_>) -> Option<Measure> {
        let table = rule.table("measure")?;
        let all: Vec<(&str, Quantity)> = MEASURES.iter().map(|(name, q, _)| (*name, *q)).collect();
        if !table.has("of") {
            let help = format!("one of: {}", all.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", "));
            table.wrong(table.span(), "`measure` does not say `of` what", help);
        }
        let quantity = table.one_of("of", &all);
        let who = Self::read_who(rule, quantity);
        let limit = |key: &'static str| quantity.and_then(|q| q.limit(&table, key));
        let (min, max) = (limit("min"), limit("max"));
        table.allow(["min", "max"]);
        if !table.has("min") && !table.has("max") {
            let help = "min = \"0.5s\" or max = \"1s\"";
            table.wrong(table.span(), "`measure` has no limit", help);
        }
        let at = table.table("at").map(|t| {
            let find = Find::read_place(&t, Party::Any, names);
            t.finish(NOTHING_TO_COUNT);
            Box::new(find)
        });
        let relative = table.flag("relative").unwrap_or(false);
        let anywhere = table.flag("anywhere").unwrap_or(false);
        let misses = table.number("misses").unwrap_or(0);
        table.finish(&[]);
        let quantity = quantity?;
        if relative && quantity != Quantity::Pace {
            table.wrong(table.span(), "only `pace` can be relative", "");
        }
        let window = rule.table("where").map(|t| Self::read_window(&t, who, quantity, names)).unwrap_or_default();
        Some(Measure { quantity, who, min, max, window, at, relative, anywhere, misses })
    }

    /// Reads whose figure it is. Silence and length are nobody's; what lies between two parties wants to know which.
    fn read_who(rule: &Table<'_, '_>, quantity: Option<Quantity>) -> Party {
        let who = rule.one_of("who", &Party::ALL);
        let wrong = |message: &str, help: &str| {
            rule.wrong(rule.span_of("who"), message, help);
        };
        match quantity {
            Some(Quantity::Silence | Quantity::Duration) => {
                if who.is_some() {
                    wrong("this figure is nobody's own", "take `who` away");
                }
                Party::Any
            }
            Some(quantity) if who == Some(Party::Any) && quantity != Quantity::Pace => {
                let help = "who = \"agent\" or who = \"customer\"";
                wrong("this figure lies between two parties: whose is it?", help);
                Party::Agent
            }
            _ => who.unwrap_or(Party::Agent),
        }
    }

    /// Reads where it is taken. Times decide what is inside, so a window in words or runs would say little.
    fn read_window(table: &Table<'_, '_>, who: Party, quantity: Quantity, names: &SetNames<'_>) -> Window {
        let window = Window::read(table, who, names);
        if matches!(quantity, Quantity::TalkShare | Quantity::Duration) {
            let help = "take `where` away, or measure something that happens at a place";
            table.wrong(table.span(), "this figure is of the whole call, so it has no window", help);
        } else if window.bounds().any(|d| !d.needs_times()) {
            let help = "to = \"60s\", to = \"50%\" or from = \"-30s\"";
            table.wrong(table.span(), "the window of a `measure` is in seconds or percent", help);
        }
        window
    }

    /// The sample that says most: the greatest under a greatest value, else the least.
    fn extreme<'s>(&self, shown: &[&'s Sample]) -> &'s Sample {
        let greatest = self.max.is_some_and(|max| self.min.is_none() || shown.iter().any(|s| s.value > max));
        let beats = |a: &Sample, b: &Sample| {
            if greatest { a.value > b.value } else { a.value < b.value }
        };
        shown.iter().copied().reduce(|best, s| if beats(s, best) { s } else { best }).unwrap_or(shown[0])
    }

    /// Whether a figure is within the limits; none where its times are too coarse to tell.
    fn fits(&self, sample: &Sample) -> Option<bool> {
        let value = sample.value;
        let Some((low, high)) = sample.range else {
            return Some(self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max));
        };
        if self.min.is_some_and(|min| high <= min) || self.max.is_some_and(|max| low >= max) {
            return Some(false);
        }
        let sure = self.min.is_none_or(|min| low >= min) && self.max.is_none_or(|max| high <= max);
        sure.then_some(true)
    }

    fn why(&self, sample: &Sample, passes: bool, out: usize) -> String {
        let name = MEASURES
            .iter()
            .find(|(_, q, _)| *q == self.quantity)
            .map_or(String::new(), |(name, ..)| name.replace('-', " "));
        let unit = match self.quantity {
            Quantity::Pace if self.relative => " times the own median",
            Quantity::Pace => " words a minute",
            Quantity::TalkShare => " %",
            Quantity::Echo => " of the caller's words",
            _ => " s",
        };
        let number = |v: f64| format!("{}", (v * 100.0).round() / 100.0);
        let at = sample.at.map_or(String::new(), |at| format!(" at {}", clock(at)));
        let limit = match (self.min, self.max) {
            _ if passes => String::new(),
            (Some(min), _) if sample.value < min => format!(", at least {} wanted", number(min)),
            (_, Some(max)) => format!(", at most {} wanted", number(max)),
            _ => String::new(),
        };
        let more = if !passes && out > 1 { format!("; {out} times") } else { String::new() };
        format!("{name} of {}{unit}{at}{limit}{more}", number(sample.value))
    }
}

impl Condition for Measure {
    fn judge(&self, cx: &Context<'_>, _: &mut dyn Iterator<Item = Outcome>) -> Outcome {
        let needs_times = self.quantity != Quantity::Echo;
        if needs_times && (cx.call.clock != Clock::Speech || !cx.timed()) {
            return Outcome::no_times();
        }
        let hits = self.at.as_ref().map(|at| at.hits(cx));
        if hits.as_ref().is_some_and(Vec::is_empty) {
            return Outcome::not_applicable("no-occasion", "the occasion for it did not come up");
        }
        let placed = if self.window == Window::default() {
            None
        } else {
            match self.window.place(cx, self.who) {
                Ok(placed) => Some(placed),
                Err(missing) => return self.window.lacks(cx, missing),
            }
        };
        let samples = self.samples(cx, hits.as_deref(), placed.as_ref());
        if samples.is_empty() && self.quantity.needs_ends() && !cx.has_ends() {
            let why = "the transcript does not say when turns end";
            return Outcome::not_scorable("no-ends", why);
        }
        if samples.is_empty() {
            return Outcome::not_applicable("nothing-to-measure", "there is nothing here to measure");
        }
        let (mut within, mut out, mut unsure) = (Vec::new(), Vec::new(), 0);
        for sample in &samples {
            match self.fits(sample) {
                Some(true) => within.push(sample),
                Some(false) => out.push(sample),
                None => unsure += 1,
            }
        }
        let passes = if self.anywhere { !within.is_empty() } else { out.len() <= self.misses as usize };
        let undecided = if self.anywhere { !passes } else { passes && out.len() + unsure > self.misses as usize };
        if unsure > 0 && undecided {
            let why = "the transcript's times are whole seconds, too coarse to tell";
            return Outcome::not_scorable("coarse-times", why);
        }
        let (verdict, reason) =
            if passes { (Verdict::Pass, "within-limits") } else { (Verdict::Fail, "out-of-limits") };
        if !cx.is_read() {
            return Outcome::bare(verdict, reason, "");
        }
        let shown = if passes && !within.is_empty() { &within } else { &out };
        let evidence: Vec<Evidence> =
            shown.iter().take(MOST_QUOTES).filter_map(|s| Some(show(cx, s.sentence?, hits.as_deref()))).collect();
        let grade = (self.quantity == Quantity::Echo).then_some(if passes { Grade::Specific } else { Grade::Generic });
        Outcome {
            verdict,
            reason,
            why: self.why(self.extreme(shown), passes, out.len()),
            basis: shown.iter().map(|s| s.basis).fold(None, least),
            grade,
            evidence,
            advice: None,
        }
    }

    fn all_sets(&self) -> Vec<SetId> {
        let at = self.at.iter().flat_map(|at| at.all_sets());
        at.chain(self.window.all_sets()).collect()
    }

    fn parties(&self) -> Vec<Party> {
        let at = self.at.iter().flat_map(|at| at.parties());
        [self.who].into_iter().chain(at).chain(self.window.parties()).collect()
    }

    fn explain(&self, name: &dyn Fn(SetId) -> String) -> Vec<Paragraph> {
        let definition = MEASURES.iter().find(|(_, quantity, _)| *quantity == self.quantity);
        let definition = definition.map(|(word, _, what)| Paragraph {
            text: format!("Measures {word}: {what}."),
            remark: self.quantity.is_known_to(),
        });
        definition.into_iter().chain(self.window.explain("Looks", self.who, None, name)).collect()
    }

    fn deciding(&self, _: &[usize]) -> String {
        format!("Measure({self:?})")
    }
}

/// The sentence of a sample as evidence, with the hits that it was measured at; where it holds none nothing was matched,
/// and the evidence has no tags.
fn show(cx: &Context<'_>, sentence: u32, at: Option<&[Hit]>) -> Evidence {
    let mut at = at.into_iter().flatten().filter(|hit| hit.sentence == sentence);
    if let Some(first) = at.next() {
        let others: Vec<SetId> = at.map(|hit| hit.set).collect();
        return cx.show(first, &others);
    }
    let evidence = cx.show_absence(sentence, Looked { from_s: None, to_s: None });
    Evidence { looked: None, ..evidence }
}

#[cfg(test)]
mod tests {
    use crate::report::Verdict::{Fail, NotApplicable, NotScorable, Pass};
    use crate::rules::kinds::testing::{Rules, call, check};

    #[test]
    fn every_figure_is_what_its_definition_says() {
        let told = "C 0-5 My new phone is broken again today. | A 4.5-6.5 Your phone is broken, sorry. | \
                    C 6.5-8 Yes it is, please. | A 12-17 I will fix the phone for you. | C 17-17.5 Thanks.";
        let figures = [
            ("reply-gap", "0s", "reply gap of 4 s at 0:12"),
            ("overlap", "0s", "overlap of 0.5 s at 0:04.5"),
            ("silence", "1s", "silence of 4 s at 0:08"),
            ("pace", "1", "pace of 150 words a minute at 0:04.5"),
            ("talk-share", "1", "talk share of 50 %"),
            ("echo", "0", "echo of 2 of the caller's words at 0:04.5"),
            ("duration", "5s", "duration of 17.5 s"),
        ];
        let rule = |(figure, most, _): &(&str, &str, &str)| {
            let most = if most.ends_with('s') { format!("\"{most}\"") } else { (*most).to_owned() };
            let who = if matches!(*figure, "silence" | "duration") { "" } else { "who = \"agent\"\n" };
            format!("{who}measure = {{ of = \"{figure}\", max = {most} }}")
        };
        let written: Vec<String> = figures.iter().map(rule).collect();
        let rules = Rules::of(&written.iter().map(String::as_str).collect::<Vec<_>>());
        for (n, (figure, _, why)) in figures.iter().enumerate() {
            let outcome = rules.outcome(n, &call(told));
            assert!(outcome.why.starts_with(why), "{figure}: {}", outcome.why);
        }
    }

    #[test]
    fn limits_hold_everywhere_or_somewhere_where_it_can_be_told() {
        let gap = "measure = { of = \"reply-gap\", min = \"1s\" }";
        let missable = "measure = { of = \"reply-gap\", min = \"1s\", misses = 1 }";
        let anywhere = "measure = { of = \"reply-gap\", min = \"1s\", anywhere = true }";
        let upset = "measure = { of = \"reply-gap\", min = \"1s\", at = { find = [\"trouble\"] } }";
        let late = "where = { from = \"10s\" }\nmeasure = { of = \"reply-gap\", min = \"1s\" }";
        let hasty = "C 0-2.5 It is broken. | A 3-5 Yes. | C 5-7 So? | A 9-11 I fix it.";
        check(&[
            (gap, hasty, Fail, "out-of-limits"),
            (missable, hasty, Pass, "within-limits"),
            (anywhere, hasty, Pass, "within-limits"),
            (upset, hasty, Fail, "out-of-limits"),
            (upset, "C 0-2.5 Hello. | A 3-5 Yes.", NotApplicable, "no-occasion"),
            (late, hasty, NotApplicable, "nothing-to-measure"),
            (gap, "C 0-2 It is broken. | A 3-5 Yes.", NotScorable, "coarse-times"),
            (gap, "C 0-2 It is broken. | A 6-8 Yes.", Pass, "within-limits"),
            (gap, "C It is broken. | A Yes.", NotScorable, "no-times"),
            (gap, "C 0- It is broken. | A 3- Yes.", NotScorable, "no-ends"),
        ]);
    }
}
