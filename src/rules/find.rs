//! The rule kind `find`: sets that must be found, so many times, here, and alone; or must not.

mod each;
mod judge;

use super::context::Who;
use super::distance::{Distance, Unit};
use super::names::Names;
use super::reader::Table;
use super::window::{Anchor, Window};
use super::wording;
use crate::text::book::SetId;

/// The piece of a call that must hold the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Piece {
    /// A sentence.
    Sentence,
    /// A run.
    Run,
    /// A customer's run and the agent's run after it.
    Exchange,
    /// The call, or the window laid over it.
    #[default]
    Call,
}

/// The pieces by the words that packs use.
pub const PIECES: [(&str, Piece); 4] =
    [("sentence", Piece::Sentence), ("run", Piece::Run), ("exchange", Piece::Exchange), ("call", Piece::Call)];

/// What must be found, where and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Find {
    /// Any of these sets.
    pub sets: Vec<SetId>,
    /// In whose words.
    pub who: Who,
    /// The piece that must hold the hits: one piece the least, every piece the most.
    pub unit: Piece,
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
    pub fn read(table: &Table<'_, '_>, usual: Who, names: &Names<'_>) -> Find {
        let mut find = Find::read_hits(table, usual, names);
        find.unit = table.one_of("unit", &PIECES).unwrap_or_default();
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
    pub fn read_place(table: &Table<'_, '_>, usual: Who, names: &Names<'_>) -> Find {
        if !table.has("find") {
            let help = "find = [\"refusal\"], who = \"agent\"".to_owned();
            table.reading().wrong(table.span(), format!("{} names no set", table.what()), Some(help));
        }
        let mut find = Find::read_hits(table, usual, names);
        find.silence = Self::read_silence(table);
        find
    }

    fn read_silence(table: &Table<'_, '_>) -> Option<f64> {
        let silence = Distance::read(table, "silence")?;
        if silence.unit != Unit::Seconds || silence.amount <= 0.0 {
            let span = table.get("silence").map_or(table.span(), toml::Spanned::span);
            let help = "for example \"30s\"".to_owned();
            table.reading().wrong(span, "`silence` is a time", Some(help));
        }
        Some(silence.amount)
    }

    fn read_hits(table: &Table<'_, '_>, usual: Who, names: &Names<'_>) -> Find {
        let sets = names.sets(table, "find");
        let who = table.one_of("who", &Who::ALL).unwrap_or_else(|| names.who_of(&sets, usual));
        names.check_who(table, &sets, who);
        let window = table.table("where").map(|t| Window::read(&t, who, names)).unwrap_or_default();
        let untimed = table.table("untimed").map(|t| Window::read(&t, who, names));
        if let (Some(untimed), Some(value)) = (&untimed, table.get("untimed"))
            && untimed.needs_times()
        {
            let help = "count in runs or words here: { to = \"2 runs\" }".to_owned();
            table.reading().wrong(
                value.span(),
                "`untimed` is for calls without times, so it cannot count seconds",
                Some(help),
            );
        }
        let alone = names.sets(table, "alone");
        let sure = table.flag("sure").unwrap_or(false);
        Find {
            sets,
            who,
            unit: Piece::Call,
            window,
            untimed,
            min: 1,
            max: None,
            of_sets: false,
            per_runs: None,
            alone,
            sure,
            silence: None,
            each: None,
        }
    }

    fn read_each(&mut self, each: &Table<'_, '_>, names: &Names<'_>) {
        if self.window.after != Anchor::Usual {
            let help = "with `each`, the window begins behind every one of its hits".to_owned();
            each.reading().wrong(each.span(), "`each` and `after` both say where the window begins", Some(help));
        }
        let find = Find::read_place(each, Who::Any, names);
        let before = Distance::read(each, "before");
        if let (Some(d), Some(value)) = (before, each.get("before")) {
            if d.amount <= 0.0 || d.unit == Unit::Percent {
                let help = "for example \"12 words\", \"10s\" or \"1 run\"".to_owned();
                each.reading().wrong(
                    value.span(),
                    "`before` counts back from each hit, in words, seconds or runs",
                    Some(help),
                );
            }
            if self.window.from.is_some() || self.window.to.is_some_and(|d| d.amount < 0.0) {
                let help = "with `before`, `where` takes a `to` behind the hit, and no more".to_owned();
                each.reading().wrong(value.span(), "`before` and `where` both say where the window begins", Some(help));
            }
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
                _ => count.reading().wrong(per.span, "`per` counts runs", Some("for example \"10 runs\"".to_owned())),
            }
        }
        if max.is_some_and(|max| max < self.min) {
            count.reading().wrong(count.span(), "`max` is less than `min`: this can never hold", None);
        }
        if self.of_sets && self.min as usize > self.sets.len() {
            let help = format!("`find` names {}", wording::many(self.sets.len() as u64, "set"));
            count.reading().wrong(count.span(), "`min` is more than the sets there are", Some(help));
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
    /// The speakers whose words it looks at, its own first.
    #[must_use]
    pub fn whos(&self) -> Vec<Who> {
        let mut all = vec![self.who];
        if let Some(each) = &self.each {
            all.extend(each.find.whos());
        }
        for window in std::iter::once(&self.window).chain(&self.untimed) {
            all.extend(window.whos());
        }
        all
    }

    /// Adds the sets it names.
    pub fn add_sets(&self, to: &mut Vec<SetId>) {
        to.extend(self.sets.iter().chain(&self.alone));
        if let Some(each) = &self.each {
            each.find.add_sets(to);
        }
        for window in std::iter::once(&self.window).chain(&self.untimed) {
            window.add_sets(to);
        }
    }
}
