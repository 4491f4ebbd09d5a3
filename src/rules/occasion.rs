//! The occasion of a rule, `when`: a condition like a rule's, or what is known of the call. Where it does not hold, the
//! rule is not applicable. What a call does not tell, does not hold.

use super::context::{Context, Who};
use super::distance::{DISTANCE_HELP, Distance, Unit};
use super::find::Find;
use super::lexical::glob;
use super::names::Names;
use super::outcome::Outcome;
use super::reader::Table;
use crate::report::Verdict;
use crate::text::scene::Hit;

/// An occasion; all that is said must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Occasion {
    find: Option<Box<Find>>,
    /// Seconds, from and up to, exclusive.
    duration: Option<(f64, f64)>,
    /// How many runs of a role, from and up to, inclusive.
    runs: Vec<(Who, u32, u32)>,
    /// A field of the call's metadata and the values it may have, with `*`.
    meta: Vec<(String, Vec<String>)>,
    all: Vec<Occasion>,
    any: Vec<Occasion>,
    not: Option<Box<Occasion>>,
}

impl Occasion {
    /// Reads `when = { … }`.
    pub fn read(table: &Table<'_, '_>, names: &Names<'_>) -> Occasion {
        let mut occasion = Occasion::default();
        table.allow(&["find"]);
        if table.has("find") {
            occasion.find = Some(Box::new(Find::read(table, Who::Any, names)));
        }
        if let Some(duration) = table.table("duration") {
            let seconds = |key: &'static str| {
                let d = Distance::read(&duration, key)?;
                if d.unit != Unit::Seconds {
                    duration.reading().wrong(
                        duration.span(),
                        "a duration is in seconds or minutes",
                        Some(DISTANCE_HELP.to_owned()),
                    );
                }
                Some(d.amount)
            };
            occasion.duration = Some((seconds("min").unwrap_or(0.0), seconds("max").unwrap_or(f64::INFINITY)));
            duration.finish(&[]);
        }
        for (key, who) in [("agent_runs", Who::Agent), ("customer_runs", Who::Customer), ("runs", Who::Any)] {
            if let Some(range) = table.table(key) {
                let (min, max) = (range.number("min").unwrap_or(0), range.number("max").unwrap_or(u32::MAX));
                range.finish(&[]);
                occasion.runs.push((who, min, max));
            }
        }
        for key in ["queue", "agent", "customer", "language", "call"] {
            let values = table.texts(key);
            if table.has(key) {
                occasion.meta.push((key.to_owned(), values.into_iter().map(|t| t.text).collect()));
            }
        }
        if let Some(meta) = table.table("meta") {
            for (key, value) in meta.entries() {
                let one = value.get_ref().as_str().map(|s| vec![s.to_owned()]);
                let many = || {
                    value
                        .get_ref()
                        .as_array()
                        .map(|a| a.iter().filter_map(|v| v.get_ref().as_str().map(str::to_owned)).collect())
                };
                match one.or_else(many) {
                    Some(values) => occasion.meta.push((key.text, values)),
                    None => {
                        meta.reading().wrong(value.span(), "a metadata condition wants a text or a list of texts", None)
                    }
                }
            }
        }
        let inner = |key: &'static str| -> Vec<Occasion> {
            table.tables(key, "a condition").iter().map(|t| Occasion::read(t, names)).collect()
        };
        occasion.all = inner("all");
        occasion.any = inner("any");
        occasion.not = table.table("not").map(|t| Box::new(Occasion::read(&t, names)));
        table.finish(&[(
            &["who", "unit", "where", "untimed", "count", "alone", "sure", "each"],
            "this goes with `find`: say which sets must be found",
        )]);
        if occasion == Occasion::default() {
            let help = "for example { find = [\"hardship\"], who = \"customer\" } or { queue = \"sales*\" }".to_owned();
            table.reading().wrong(table.span(), format!("{} says nothing", table.what()), Some(help));
        }
        occasion
    }

    /// Whether it holds in a call.
    #[must_use]
    pub fn holds(&self, cx: &Context<'_>) -> bool {
        self.find.as_ref().is_none_or(|f| f.holds(cx))
            && self.duration.is_none_or(|(min, max)| cx.call.duration().is_some_and(|d| d >= min && d < max))
            && self.runs.iter().all(|(who, min, max)| (*min..=*max).contains(&(cx.runs(*who).count() as u32)))
            && self.meta.iter().all(|(key, values)| meta(cx, key).is_some_and(|v| values.iter().any(|g| glob(g, &v))))
            && self.all.iter().all(|o| o.holds(cx))
            && (self.any.is_empty() || self.any.iter().any(|o| o.holds(cx)))
            && self.not.as_ref().is_none_or(|o| !o.holds(cx))
    }

    /// Adds to a failure what the caller said that the rule applied to: whoever reads it wants to know what was not
    /// answered.
    pub fn show_in(&self, cx: &Context<'_>, outcome: &mut Outcome) {
        if outcome.verdict == Verdict::Fail
            && let Some(hit) = self.voiced(cx)
        {
            let sentence = cx.scene.sentence(&hit).text.clone();
            if outcome.evidence.iter().all(|e| e.quote != sentence) {
                outcome.evidence.push(cx.show(&hit, &[]));
            }
        }
    }

    /// The first words of the caller for which it holds.
    fn voiced(&self, cx: &Context<'_>) -> Option<Hit> {
        let of = |find: &Find| find.hits(cx).first().copied();
        let own = self.find.as_deref().filter(|find| find.who == Who::Customer);
        let holding = || self.any.iter().filter(|occasion| occasion.holds(cx));
        let inner = || self.all.iter().chain(holding()).find_map(|o| o.voiced(cx));
        own.and_then(of).or_else(inner)
    }

    /// The speakers whose words it looks at.
    pub fn whos(&self) -> Vec<Who> {
        let mut all: Vec<Who> = self.find.iter().flat_map(|f| f.whos()).collect();
        all.extend(self.runs.iter().map(|r| r.0));
        all.extend(self.all.iter().chain(&self.any).chain(self.not.as_deref()).flat_map(Occasion::whos));
        all
    }
}

/// A field of the call's metadata as a text.
fn meta(cx: &Context<'_>, key: &str) -> Option<String> {
    let call = cx.call;
    let own = match key {
        "queue" => call.queue.clone(),
        "agent" => call.agent.clone(),
        "customer" => call.customer.clone(),
        "language" => call.language.clone(),
        "call" => Some(call.id.clone()),
        _ => None,
    };
    own.or_else(|| match call.meta.get(key)? {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Null => None,
        other => Some(other.to_string()),
    })
}

impl Occasion {
    /// The conditions in it, however deep.
    #[must_use]
    pub fn finds(&self) -> Vec<&Find> {
        let mut all: Vec<&Find> = self.find.as_deref().into_iter().collect();
        for inner in self.all.iter().chain(&self.any).chain(self.not.as_deref()) {
            all.extend(inner.finds());
        }
        all
    }

    /// Adds the sets it names.
    pub fn add_sets(&self, to: &mut Vec<crate::text::book::SetId>) {
        if let Some(find) = &self.find {
            find.add_sets(to);
        }
        for inner in self.all.iter().chain(&self.any).chain(self.not.as_deref()) {
            inner.add_sets(to);
        }
    }
}
