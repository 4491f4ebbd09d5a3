//! The rule kind `find`: sets that must be found, so many times, here, and alone; or must not.
//!
//! A condition looks in a [`window`], and a window may hang on what another condition finds: `find` and `window` refer to
//! each other because the rule language does. That is why they share a folder.

mod each;
mod judge;
mod place;
pub mod placed_window;
pub mod window;
mod window_in_words;

use super::condition::{Condition, Kind, Paragraph, Schema};
use crate::report::Looked;
use crate::rules::context::Context;
use crate::rules::distance::{Distance, Unit};
use crate::rules::outcome::Outcome;
use crate::rules::pack::reader::Table;
use crate::rules::pack::set_names::SetNames;
use crate::rules::party::Party;
use crate::rules::{shapes, wording};
use crate::text::scene::Hit;
use crate::text::set::SetId;
use serde_json::Value;
use window::{Anchor, Window};

/// Sets that must be found, or must not.
pub static KIND: Kind = Kind {
    key: "find",
    about: "sets that must be found, or must not",
    read: |table, names| Some(Box::new(Find::read(table, Party::Any, names))),
    hints: &[
        (
            &["unit", "count", "alone", "sure", "untimed", "each"],
            "this goes with `find` alone; a measure has its limits within { }, a step its own `alone`",
        ),
        (&["who"], "this goes with `find` and `measure`; a step has its own, combined rules have that of their parts"),
        (&["where"], "this goes with `find`, `steps` and `measure`; write it in the rules that are combined"),
    ],
    schema: Schema {
        tables: &[("where", "where", &[]), ("count", "count", &[]), ("each", "each", &["find"])],
        shape,
        definitions: || {
            vec![("place", place_shape(None)), ("anchor", place_shape(Some(shapes::one_of(["first", "last"]))))]
        },
    },
};

/// The keys that go with `find`, in a rule and in an occasion.
pub const WITH_FIND: [&str; 8] = ["who", "unit", "where", "untimed", "count", "alone", "sure", "each"];

/// The piece of a call that must hold the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// A sentence.
    Sentence,
    /// A run.
    Run,
    /// A customer's run and the agent's run after it.
    Exchange,
    /// The call, or the window placed over it.
    #[default]
    Call,
}

/// The pieces by the words that packs use.
pub const SCOPES: [(&str, Scope); 4] =
    [("sentence", Scope::Sentence), ("run", Scope::Run), ("exchange", Scope::Exchange), ("call", Scope::Call)];

/// What must be found, where and how often.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Find {
    /// Any of these sets.
    pub sets: Vec<SetId>,
    /// In whose words.
    pub who: Party,
    /// The piece that must hold the hits: one piece the least, every piece the most.
    pub unit: Scope,
    /// Where.
    pub window: Window,
    /// Where instead, in a call without times.
    pub untimed: Option<Window>,
    /// At least so many hits, or sets.
    pub min: u32,
    /// At most so many.
    pub max: Option<u32>,
    /// Count the sets found, not the hits.
    pub of_sets: bool,
    /// Count within any so many neighbouring runs of the speaker.
    pub per_runs: Option<u32>,
    /// Only hits in a sentence with none of these.
    pub alone: Vec<SetId>,
    /// Only hits that learned weights are sure of.
    pub sure: bool,
    /// Only hits behind which nobody speaks for so many seconds before their speaker goes on; for places.
    pub silence: Option<f64>,
    /// The condition is tested behind every hit of this one.
    pub each: Option<Box<Each>>,
}

/// What a condition is tested behind: every refusal, every named emotion.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    /// The hits it is tested behind.
    pub find: Find,
    /// So far before each of them, it is looked, too.
    pub before: Option<Distance>,
    /// Behind so many of them it may be missing.
    pub misses: u32,
}

impl Find {
    /// Reads the keys of a find condition from a rule or an occasion.
    pub fn read(table: &Table<'_, '_>, usual: Party, names: &SetNames<'_>) -> Find {
        let mut find = Find::read_hits(table, usual, names);
        find.unit = table.one_of("unit", &SCOPES).unwrap_or_default();
        if let Some(each) = table.table("each") {
            find.read_each(&each, names);
        }
        if let Some(count) = table.table("count") {
            find.read_count(&count);
        }
        find
    }

    /// Reads what makes a place: hits of sets that a window hangs on, that `each` goes through, at which is measured.
    /// Every hit counts there, so that there is nothing to count.
    pub fn read_place(table: &Table<'_, '_>, usual: Party, names: &SetNames<'_>) -> Find {
        if !table.has("find") {
            let help = "find = [\"refusal\"], who = \"agent\"";
            table.wrong(table.span(), format!("{} names no set", table.what()), help);
        }
        let mut find = Find::read_hits(table, usual, names);
        find.silence = Self::read_silence(table);
        find
    }

    fn read_silence(table: &Table<'_, '_>) -> Option<f64> {
        let silence = Distance::read(table, "silence")?;
        if silence.unit != Unit::Seconds || silence.amount <= 0.0 {
            table.wrong(table.span_of("silence"), "`silence` is a time", "for example \"30s\"");
        }
        Some(silence.amount)
    }

    fn read_hits(table: &Table<'_, '_>, usual: Party, names: &SetNames<'_>) -> Find {
        let sets = names.sets(table, "find");
        let who = table.one_of("who", &Party::ALL).unwrap_or_else(|| names.who_of(&sets, usual));
        names.check_who(table, &sets, who);
        let window = table.table("where").map(|t| Window::read(&t, who, names)).unwrap_or_default();
        let untimed = table.table("untimed").map(|t| Window::read(&t, who, names));
        if untimed.as_ref().is_some_and(Window::needs_times) {
            let help = "count in runs or words here: { to = \"2 runs\" }";
            let message = "`untimed` is for calls without times, so it cannot count seconds";
            table.wrong(table.span_of("untimed"), message, help);
        }
        let alone = names.sets(table, "alone");
        let sure = table.flag("sure").unwrap_or(false);
        Find { sets, who, window, untimed, min: 1, alone, sure, ..Find::default() }
    }

    fn read_each(&mut self, each: &Table<'_, '_>, names: &SetNames<'_>) {
        if self.window.after != Anchor::Usual {
            let help = "with `each`, the window begins behind every one of its hits";
            each.wrong(each.span(), "`each` and `after` both say where the window begins", help);
        }
        let find = Find::read_place(each, Party::Any, names);
        let before = Distance::read(each, "before");
        if before.is_some_and(|d| d.amount <= 0.0 || d.unit == Unit::Percent) {
            let message = "`before` counts back from each hit, in words, seconds or runs";
            each.wrong(each.span_of("before"), message, "for example \"12 words\", \"10s\" or \"1 run\"");
        }
        if before.is_some() && (self.window.from.is_some() || self.window.to.is_some_and(|d| d.amount < 0.0)) {
            let message = "`before` and `where` both say where the window begins";
            let help = "with `before`, `where` takes a `to` behind the hit, and no more";
            each.wrong(each.span_of("before"), message, help);
        }
        let misses = each.number("misses").unwrap_or(0);
        each.finish(NOTHING_TO_COUNT);
        self.each = Some(Box::new(Each { find, before, misses }));
    }

    fn read_count(&mut self, count: &Table<'_, '_>) {
        let (min, max) = (count.number("min"), count.number("max"));
        self.max = max;
        self.min = min.unwrap_or(u32::from(max.is_none()));
        self.of_sets = count.one_of("of", &[("hits", false), ("sets", true)]).unwrap_or(false);
        if let Some(per) = count.text("per") {
            match Distance::parse(&per.text) {
                Some(d) if d.unit == Unit::Runs && d.amount >= 1.0 => {
                    self.per_runs = Some(d.amount as u32);
                }
                _ => count.wrong(per.span, "`per` counts runs", "for example \"10 runs\""),
            }
        }
        if max.is_some_and(|max| max < self.min) {
            count.wrong(count.span(), "`max` is less than `min`: this can never hold", "");
        }
        if self.of_sets && self.min as usize > self.sets.len() {
            let help = format!("`find` names {}", wording::many(self.sets.len() as u64, "set"));
            count.wrong(count.span(), "`min` is more than the sets there are", help);
        }
        count.finish(&[]);
    }
}

/// Why a place takes no count.
pub const NOTHING_TO_COUNT: &[(&[&str], &str)] = &[(
    &["count", "unit", "each"],
    "every hit is a place here; what is counted belongs to the rule itself, outside of these braces",
)];

impl Find {
    /// Where it looks: its window, and the one for calls without times.
    fn windows(&self) -> impl Iterator<Item = &Window> {
        std::iter::once(&self.window).chain(&self.untimed)
    }
}

impl Condition for Find {
    fn judge(&self, cx: &Context<'_>, _: &mut dyn Iterator<Item = Outcome>) -> Outcome {
        self.outcome(cx)
    }

    fn all_sets(&self) -> Vec<SetId> {
        let mut all = [self.sets.as_slice(), &self.alone].concat();
        all.extend(self.each.iter().flat_map(|each| each.find.all_sets()));
        all.extend(self.windows().flat_map(Window::all_sets));
        all
    }

    fn parties(&self) -> Vec<Party> {
        let mut all = vec![self.who];
        all.extend(self.each.iter().flat_map(|each| each.find.parties()));
        all.extend(self.windows().flat_map(Window::parties));
        all
    }

    fn unreachable(&self, name: &dyn Fn(SetId) -> String) -> Vec<String> {
        let mut whys = clashes(&self.sets, &self.alone, name);
        match self.max {
            _ if self.min > 0 => {}
            None => whys.push("`min = 0` without `max` always holds".to_owned()),
            Some(max) if self.of_sets && max as usize >= self.sets.len() => {
                whys.push(format!("at most {max} of {} sets always holds", self.sets.len()));
            }
            Some(_) => {}
        }
        let inner = self.each.iter().flat_map(|each| each.find.unreachable(name));
        whys.extend(inner.map(|why| format!("in `each`, {why}")));
        whys
    }

    fn explain(&self, name: &dyn Fn(SetId) -> String) -> Vec<Paragraph> {
        let each = self.each.as_deref();
        let looks = self.window.explain("Looks", self.who, each, name);
        let untimed = self.untimed.as_ref().and_then(|w| w.explain("Without times", self.who, each, name));
        looks.into_iter().chain(untimed).collect()
    }

    fn anywhere(&self, cx: &Context<'_>) -> Vec<Hit> {
        let mut hits = self.candidates(cx);
        hits.retain(|hit| cx.free_of(hit.sentence, &self.alone));
        hits
    }

    fn opening(&self, cx: &Context<'_>) -> Option<Looked> {
        let Window { from: None, to: Some(to), after: Anchor::Usual | Anchor::FirstAgentWord, before: None, .. } =
            self.window
        else {
            return None;
        };
        let counts = self.who == Party::Agent && to.unit == Unit::Seconds && to.amount > 0.0 && cx.timed();
        let placed = self.window.place(cx, self.who).ok().filter(|_| counts)?;
        Some(placed.looked(cx))
    }

    fn deciding(&self, _: &[usize]) -> String {
        format!("Find({self:?})")
    }
}

/// Sets that are looked for, and must not be in the sentence in which they are found.
pub fn clashes(sets: &[SetId], alone: &[SetId], name: &dyn Fn(SetId) -> String) -> Vec<String> {
    let both = sets.iter().filter(|set| alone.contains(set));
    let why = |&set| format!("`{0}` is in `find` and in `alone`: no sentence with {0} is free of it", name(set));
    both.map(why).collect()
}

fn shape(table: &str, key: &str) -> Option<Value> {
    Some(match (table, key) {
        ("where", "from" | "to") | ("each", "before" | "silence") => shapes::distance(),
        ("where", "after") => {
            shapes::any_of(&[shapes::one_of(["call", "first-agent-word"]), shapes::reference("anchor")])
        }
        ("where", "before") => shapes::reference("place"),
        ("count", "min" | "max") | (_, "misses") => shapes::number(),
        ("count", "of") => shapes::one_of(["hits", "sets"]),
        (_, "unit") => shapes::one_of(SCOPES.map(|(word, _)| word)),
        (_, "where" | "untimed") => shapes::reference("where"),
        (_, "count" | "each") => shapes::reference(key),
        (_, "find" | "alone") => shapes::texts(),
        (_, "unless_covered" | "or_end" | "sure") => shapes::flag(),
        _ => return None,
    })
}

/// A condition whose every hit is a place: an anchor, where is measured.
fn place_shape(which: Option<Value>) -> Value {
    let keys = ["find", "where", "untimed", "alone", "sure", "silence"];
    let keys = keys.into_iter().filter_map(|key| Some((key, shape("each", key)?)));
    let who = [("who", shapes::one_of(Party::ALL.map(|(word, _)| word)))];
    let mut table = shapes::table(keys.chain(who).chain(which.map(|which| ("which", which))));
    table["required"] = ["find"].as_slice().into();
    table
}
