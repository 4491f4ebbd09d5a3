//! Where in a call a rule looks: `where = { from = "0s", to = "15s", after = "first-agent-word" }`.

use super::placed_window::PlacedWindow;
use super::{Find, NOTHING_TO_COUNT};
use crate::rules::context::Context;
use crate::rules::distance::{Distance, Unit};
use crate::rules::kinds::condition::Condition as _;
use crate::rules::outcome::Outcome;
use crate::rules::pack::reader::Table;
use crate::rules::pack::set_names::SetNames;
use crate::rules::party::Party;
use crate::rules::wording;
use crate::text::scene::Run;
use crate::text::set::SetId;

/// From where distances count.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Anchor {
    /// The first human agent word for the agent, the call for others and for ends.
    #[default]
    Usual,
    /// The start of the call.
    Call,
    /// The first human agent word.
    FirstAgentWord,
    /// The end of the first hit of a condition.
    First(Box<Find>),
    /// The end of the last hit of a condition.
    Last(Box<Find>),
}

/// A window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    /// Its start; none is the anchor.
    pub from: Option<Distance>,
    /// Its end, exclusive; none is the end of the call.
    pub to: Option<Distance>,
    /// From where they count.
    pub after: Anchor,
    /// It ends where one of these is first said in it; not applicable where none is.
    pub before: Option<Box<Find>>,
    /// Not applicable where the other party's first run takes the window.
    pub unless_covered: bool,
    /// Where what it ends before is not in the call, it ends with the call.
    pub or_end: bool,
}

/// Why a window cannot be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The call has no times.
    Times,
    /// What it begins behind is not in the call.
    Anchor,
    /// What it ends before is not in the call.
    End,
    /// The other party said it, and the speaker says nothing more in the call.
    Chance,
}

impl Window {
    /// Reads `where` or `untimed`.
    pub fn read(table: &Table<'_, '_>, who: Party, names: &SetNames<'_>) -> Window {
        let from = Distance::read(table, "from");
        let to = Distance::read(table, "to");
        let after = match table.get("after") {
            None => Anchor::Usual,
            Some(value) if value.get_ref().is_table() => {
                let inner = table.as_table("after", value, "`after`".to_owned());
                inner.map_or(Anchor::Usual, |t| Self::read_hit_anchor(&t, who, names))
            }
            Some(_) => table
                .one_of("after", &[("call", 0), ("first-agent-word", 1)])
                .map_or(Anchor::Usual, |k| if k == 0 { Anchor::Call } else { Anchor::FirstAgentWord }),
        };
        let before = table.table("before").map(|t| {
            let find = Find::read_place(&t, who, names);
            t.finish(NOTHING_TO_COUNT);
            Box::new(find)
        });
        let unless_covered = table.flag("unless_covered").unwrap_or(false);
        let window = Window { from, to, after, before, unless_covered, or_end: table.flag("or_end").unwrap_or(false) };
        table.finish(&[]);
        window.check(table);
        window
    }

    fn read_hit_anchor(table: &Table<'_, '_>, who: Party, names: &SetNames<'_>) -> Anchor {
        let which = table.one_of("which", &[("first", 0), ("last", 1)]).unwrap_or(0);
        let find = Box::new(Find::read_place(table, who, names));
        table.finish(NOTHING_TO_COUNT);
        if which == 0 { Anchor::First(find) } else { Anchor::Last(find) }
    }

    fn check(&self, table: &Table<'_, '_>) {
        // A percentage from the end is one from the start as well.
        let placed = |d: Distance| match d.unit {
            Unit::Percent if d.amount < 0.0 => Distance { amount: 100.0 + d.amount, ..d },
            _ => d,
        };
        let (from, to) = (self.from.map(placed), self.to.map(placed));
        let is_empty = match (from, to) {
            (Some(from), Some(to)) => {
                let comparable = from.unit == to.unit && (from.amount < 0.0) == (to.amount < 0.0);
                comparable && from.amount >= to.amount
            }
            (None, Some(to)) => to.amount == 0.0,
            _ => false,
        };
        let is_behind = from.is_some_and(|d| d.unit == Unit::Percent && d.amount >= 100.0);
        if is_empty || is_behind {
            let help = "`from` must come before `to`; ends are exclusive";
            table.wrong(table.span(), "this window is empty", help);
        }
    }

    /// What a rule says of a call over which this window cannot be placed.
    pub fn lacks(&self, cx: &Context<'_>, missing: Missing) -> Outcome {
        let unsaid = |find: &Find| {
            let why = cx.say(|| format!("no listed {} found", wording::either(cx, &find.sets)));
            Outcome::not_applicable("no-anchor", why)
        };
        match (missing, &self.after, &self.before) {
            (Missing::Times, ..) => Outcome::no_times(),
            (Missing::Chance, ..) => Outcome::no_chance(),
            (Missing::Anchor, Anchor::First(find) | Anchor::Last(find), _) | (Missing::End, _, Some(find)) => {
                unsaid(find)
            }
            _ => Outcome::not_applicable("no-anchor", "what the window hangs on was not said"),
        }
    }

    /// Its start and its end, as far as they are given.
    pub fn bounds(&self) -> impl Iterator<Item = Distance> + use<> {
        [self.from, self.to].into_iter().flatten()
    }

    /// Whether it cannot be told without times.
    pub fn needs_times(&self) -> bool {
        self.bounds().any(Distance::needs_times)
    }

    /// The speakers in whose words it looks for what it hangs on.
    pub fn parties(&self) -> Vec<Party> {
        let mut all = match &self.after {
            Anchor::First(find) | Anchor::Last(find) => find.parties(),
            Anchor::FirstAgentWord => vec![Party::Agent],
            Anchor::Usual | Anchor::Call => Vec::new(),
        };
        all.extend(self.before.iter().flat_map(|find| find.parties()));
        all
    }

    /// The sets of what it hangs on.
    pub fn all_sets(&self) -> Vec<SetId> {
        let anchor = match &self.after {
            Anchor::First(find) | Anchor::Last(find) => Some(find),
            Anchor::Usual | Anchor::Call | Anchor::FirstAgentWord => None,
        };
        anchor.into_iter().chain(&self.before).flat_map(|find| find.all_sets()).collect()
    }

    /// Whether the other party takes the window after the speaker's first words, and holds it to its end: their first run
    /// begins inside and reaches past it, and the speaker begins no more than one run before that, so that they had no
    /// turn in it after having heard the other.
    pub fn is_covered(&self, cx: &Context<'_>, placed: &PlacedWindow, who: Party) -> bool {
        let other = if who == Party::Agent { Party::Customer } else { Party::Agent };
        let (Some(to), Some((_, run))) = (placed.seconds(self.to), cx.runs(other).next()) else {
            return false;
        };
        let begins_in = |(_, run): &(u32, &Run)| cx.run_times(run).is_some_and(|(start, _)| start < to);
        let own = cx.runs(who).filter(begins_in).count();
        own <= 1 && cx.run_times(run).is_some_and(|(start, end)| start < to && end >= to)
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Verdict::{Fail, NotApplicable, NotScorable, Pass};
    use crate::rules::kinds::testing::{Rules, call, check};

    /// Turns that say "sorry" in every second run, the agent's: at 0, 10, 20, 30 and 40 s.
    const TOLD: &str = "A 0-5 Sorry one. | C 5-10 Yes. | A 10-15 Sorry two. | C 15-20 It is broken. | A 20-25 Sorry three. \
                        | C 25-30 Please wait. | A 30-35 Sorry four. | C 35-40 Yes. | A 40-50 Sorry five.";

    #[test]
    fn a_window_holds_what_begins_in_it() {
        let cases = [
            ("to = \"10s\"", "0", "the first 10 s from the first human agent word on"),
            ("to = \"10.5s\"", "02", ""),
            (
                "from = \"10s\", to = \"30s\"",
                "24",
                "from 10 s after the first human agent word up to, but not including, 30 s after the first human agent word",
            ),
            ("from = \"-20s\"", "68", "the last 20 s"),
            ("from = \"80%\"", "8", "from 80 % of the call after its start to the end"),
            ("to = \"40%\"", "02", ""),
            ("to = \"2 runs\"", "02", "the first 2 runs of the agent from the first human agent word on"),
            ("from = \"-1 run\"", "8", ""),
            ("to = \"3 words\"", "02", ""),
            ("from = \"2 words\", to = \"4 words\"", "2", ""),
            ("after = { find = [\"trouble\"] }", "468", "from the first hit of trouble to the end"),
            ("after = { find = [\"trouble\"] }, to = \"1 run\"", "4", ""),
            ("after = { find = [\"sorry\"], which = \"last\" }", "", "from the last hit of sorry to the end"),
            (
                "before = { find = [\"wait\"], who = \"customer\" }",
                "024",
                "what comes before the first hit of wait behind the first human agent word",
            ),
            ("after = { find = [\"trouble\"] }, before = { find = [\"wait\"], who = \"customer\" }", "4", ""),
        ];
        // At most none: what is inside is shown.
        let rules: Vec<String> = cases
            .iter()
            .map(|(w, ..)| format!("find = [\"sorry\"]\ncount = {{ max = 0 }}\nwhere = {{ {w} }}"))
            .collect();
        let rules = Rules::of(&rules.iter().map(String::as_str).collect::<Vec<_>>());
        for (n, (window, inside, words)) in cases.iter().enumerate() {
            let outcome = rules.outcome(n, &call(TOLD));
            let shown = outcome.evidence.iter().filter(|e| e.looked.is_none());
            let turns: String = shown.map(|e| e.turn.to_string()).collect();
            assert_eq!(turns, *inside, "{window}: {}", outcome.why);
            if !words.is_empty() {
                assert_eq!(rules.explained(n), [format!("Looks: {words}.")], "{window}");
            }
        }
    }

    #[test]
    fn a_window_that_cannot_be_placed_says_why() {
        let early = "find = [\"sorry\"]\nwhere = { to = \"5s\" }";
        let untimed = "find = [\"sorry\"]\nwhere = { to = \"5s\" }\nuntimed = { to = \"1 run\" }";
        let after = "find = [\"sorry\"]\nwhere = { after = { find = [\"trouble\"] } }";
        let before = "find = [\"sorry\"]\nwhere = { before = { find = [\"trouble\"] } }";
        let or_end = "find = [\"sorry\"]\nwhere = { before = { find = [\"trouble\"] }, or_end = true }";
        let covered = "find = [\"sorry\"]\nwhere = { to = \"5s\", unless_covered = true }";
        check(&[
            (early, "A Sorry.", NotScorable, "no-times"),
            (untimed, "A Sorry.", Pass, "found"),
            (untimed, "A Well. | C Yes. | A Sorry.", Fail, "not-found"),
            (after, "A Sorry. | C Yes.", NotApplicable, "no-anchor"),
            (after, "A Sorry. | C It is broken.", NotApplicable, "no-chance"),
            (before, "A Sorry. | C Yes.", NotApplicable, "no-anchor"),
            (or_end, "A Sorry. | C Yes.", Pass, "found"),
            (covered, "A 0-1 Well. | C 1-6 It is this. | A 6-8 Sorry.", NotApplicable, "window-covered"),
            (covered, "A 0-1 Well. | C 1-3 It is this. | A 6-8 Sorry.", Fail, "not-found"),
        ]);
    }
}
