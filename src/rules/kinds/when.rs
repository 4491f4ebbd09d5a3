//! The occasion of a rule, `when`: a condition like a rule's, or what is known of the call. Where it does not hold, the
//! rule is not applicable. A condition about something that the call does not tell does not hold.

use super::condition::Condition as _;
use super::find::Find;
use crate::report::Verdict;
use crate::rules::context::Context;
use crate::rules::distance::{DISTANCE_HELP, Distance, Unit};
use crate::rules::outcome::Outcome;
use crate::rules::pack::lexical::glob;
use crate::rules::pack::reader::Table;
use crate::rules::pack::set_names::SetNames;
use crate::rules::party::Party;
use crate::rules::shapes;
use crate::text::scene::Hit;
use crate::text::set::SetId;
use serde_json::Value;

pub use super::find::WITH_FIND;

/// An occasion; all that is said must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Occasion {
    find: Option<Box<Find>>,
    /// Seconds, from and up to, exclusive.
    duration: Option<(f64, f64)>,
    /// How many runs of a role, from and up to, inclusive.
    runs: Vec<(Party, u32, u32)>,
    /// A field of the call's metadata and the values it may have, with `*`.
    meta: Vec<(String, Vec<String>)>,
    all: Vec<Occasion>,
    any: Vec<Occasion>,
    not: Option<Box<Occasion>>,
}

impl Occasion {
    /// Reads `when = { … }`.
    pub fn read(table: &Table<'_, '_>, names: &SetNames<'_>) -> Occasion {
        let mut occasion = Occasion::default();
        table.allow(["find"]);
        if table.has("find") {
            occasion.find = Some(Box::new(Find::read(table, Party::Any, names)));
        }
        if let Some(duration) = table.table("duration") {
            let seconds = |key: &'static str| {
                let d = Distance::read(&duration, key)?;
                if d.unit != Unit::Seconds {
                    duration.wrong(duration.span(), "a duration is in seconds or minutes", DISTANCE_HELP);
                }
                Some(d.amount)
            };
            occasion.duration = Some((seconds("min").unwrap_or(0.0), seconds("max").unwrap_or(f64::INFINITY)));
            duration.finish(&[]);
        }
        for (key, who) in [("agent_runs", Party::Agent), ("customer_runs", Party::Customer), ("runs", Party::Any)] {
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
                    None => meta.wrong(value.span(), "a metadata condition wants a text or a list of texts", ""),
                }
            }
        }
        let inner = |key: &'static str| -> Vec<Occasion> {
            table.tables(key, "a condition").iter().map(|t| Occasion::read(t, names)).collect()
        };
        occasion.all = inner("all");
        occasion.any = inner("any");
        occasion.not = table.table("not").map(|t| Box::new(Occasion::read(&t, names)));
        table.finish(&[(&WITH_FIND, "this goes with `find`: say which sets must be found")]);
        if occasion == Occasion::default() {
            let help = "for example { find = [\"hardship\"], who = \"customer\" } or { queue = \"sales*\" }";
            table.wrong(table.span(), format!("{} says nothing", table.what()), help);
        }
        occasion
    }

    /// Whether it holds in a call.
    pub fn holds(&self, cx: &Context<'_>) -> bool {
        self.find.as_ref().is_none_or(|f| f.holds(cx))
            && self.duration.is_none_or(|(min, max)| cx.call.duration().is_some_and(|d| d >= min && d < max))
            && self.runs.iter().all(|(who, min, max)| (*min..=*max).contains(&(cx.runs(*who).count() as u32)))
            && self.meta.iter().all(|(key, values)| meta(cx, key).is_some_and(|v| values.iter().any(|g| glob(g, &v))))
            && self.all.iter().all(|o| o.holds(cx))
            && (self.any.is_empty() || self.any.iter().any(|o| o.holds(cx)))
            && self.not.as_ref().is_none_or(|o| !o.holds(cx))
    }

    /// Adds to a failure the caller's words because of which the rule applied, so that its reader sees what was not
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
        let own = self.find.as_deref().filter(|find| find.who == Party::Customer);
        let holding = || self.any.iter().filter(|occasion| occasion.holds(cx));
        let inner = || self.all.iter().chain(holding()).find_map(|o| o.voiced(cx));
        own.and_then(of).or_else(inner)
    }

    /// The parties whose words it looks at.
    pub fn parties(&self) -> Vec<Party> {
        let finds = self.find.iter().flat_map(|find| find.parties());
        let runs = self.runs.iter().map(|(who, ..)| *who);
        finds.chain(runs).chain(self.inner().flat_map(Occasion::parties)).collect()
    }

    /// The sets it names.
    pub fn all_sets(&self) -> Vec<SetId> {
        let finds = self.find.iter().flat_map(|find| find.all_sets());
        finds.chain(self.inner().flat_map(Occasion::all_sets)).collect()
    }

    /// Why a condition in it can never decide; `name` gives the name of a set.
    pub fn unreachable(&self, name: &dyn Fn(SetId) -> String) -> Vec<String> {
        let finds = self.find.iter().flat_map(|find| find.unreachable(name));
        finds.chain(self.inner().flat_map(|inner| inner.unreachable(name))).collect()
    }

    /// The occasions it is made of.
    fn inner(&self) -> impl Iterator<Item = &Occasion> {
        self.all.iter().chain(&self.any).chain(self.not.as_deref())
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

/// What values its keys may have, as JSON Schema; none for those that go with `find`.
pub fn shape(key: &str) -> Option<Value> {
    Some(match key {
        "duration" => shapes::range(&shapes::distance()),
        "runs" | "agent_runs" | "customer_runs" => shapes::range(&shapes::number()),
        "meta" => shapes::table_of(&shapes::texts()),
        "all" | "any" => shapes::list_of(&shapes::reference("when")),
        "not" => shapes::reference("when"),
        "queue" | "agent" | "customer" | "language" | "call" => shapes::texts(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::kinds::testing::{Rules, call};

    #[test]
    fn an_occasion_is_what_is_said_and_what_is_known() {
        let mut told = call("A 0-2 Hello. | C 2-4 It is broken. | A 4-6 Sorry. | C 6-61.5 Thanks.");
        told.queue = Some("Sales-North".to_owned());
        told.meta.insert("tier".to_owned(), 2.into());
        let cases = [
            ("find = [\"trouble\"]", true),
            ("find = [\"fix\"]", false),
            ("find = [\"trouble\"], where = { to = \"1 run\" }", true),
            ("find = [\"trouble\"], count = { min = 2 }", false),
            ("queue = \"sales*\"", true),
            ("queue = [\"care\", \"*north\"]", true),
            ("agent = \"*\"", false),
            ("meta = { tier = \"2\" }", true),
            ("meta = { tier = [\"1\", \"3\"] }", false),
            ("duration = { min = \"1m\" }", true),
            ("duration = { max = \"61.5s\" }", false),
            ("runs = { min = 4, max = 4 }", true),
            ("agent_runs = { min = 3 }", false),
            ("customer_runs = { max = 2 }", true),
            ("all = [{ find = [\"trouble\"] }, { queue = \"care\" }]", false),
            ("any = [{ find = [\"trouble\"] }, { queue = \"care\" }]", true),
            ("not = { queue = \"care\" }", true),
            ("find = [\"trouble\"], queue = \"care\"", false),
        ];
        let rules: Vec<String> =
            cases.iter().map(|(when, _)| format!("find = [\"fix\"]\nwhen = {{ {when} }}")).collect();
        let rules = Rules::of(&rules.iter().map(String::as_str).collect::<Vec<_>>());
        for (n, (when, holds)) in cases.iter().enumerate() {
            assert_eq!(rules.outcome(n, &told).reason != "no-occasion", *holds, "{when}");
        }
    }

    #[test]
    fn a_failure_shows_what_was_not_answered() {
        let rules = Rules::of(&["find = [\"fix\"]\nwhen = { any = [{ queue = \"x\" }, { find = [\"trouble\"] }] }"]);
        let told = call("A Hello. | C It is broken. | A Well.");
        let quotes = rules.outcome(0, &told).evidence.iter().map(|e| e.turn).collect::<Vec<_>>();
        assert_eq!(quotes, [0, 1]);
    }
}
