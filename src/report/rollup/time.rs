//! When calls began: by day, by hour, by weekday, and whether statements are missing more often when it is busy.
//!
//! Hours and days are those of the stamp as it stands: of a stamp that ends in `Z` they are hours of UTC.

use super::group::{Bounded, Group, Merge};
use super::share::{Difference, Share};
use crate::report::{CallReport, Verdict};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Days that have figures of their own, the latest ones.
const DAYS: usize = 400;

/// The first so many characters of a stamp are its date.
const DATE: usize = 10;

/// When a call began, as far as its stamp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) day: Date,
    pub(super) hour: Option<u8>,
}

impl When {
    pub(super) fn of(report: &CallReport<'_>) -> Option<When> {
        let started = report.call.started.as_deref()?;
        let day = started.get(..DATE)?.parse().ok()?;
        let hour = |rest: &str| {
            let rest = rest.strip_prefix(['T', 't', ' '])?;
            let hour = rest.get(..2)?.parse().ok().filter(|hour| *hour < 24)?;
            rest[2..].starts_with(':').then_some(hour)
        };
        Some(When { day, hour: started.get(DATE..).and_then(hour) })
    }
}

/// Figures by when calls began.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// By day.
    pub days: Bounded<Date, Day>,
    /// By hour of the day, 0 to 23.
    pub hours: BTreeMap<u8, Group>,
    /// By weekday, 0 for Monday to 6 for Sunday.
    pub weekdays: BTreeMap<u8, Group>,
    /// Calls of which no stamp tells the day.
    pub unknown: u64,
}

/// Figures of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Its calls.
    pub figures: Group,
    hours: BTreeMap<u8, Hour>,
}

/// An hour of a day: how busy it was, and how often a statement came in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Hour {
    calls: u64,
    early: Share,
}

impl Merge for Day {
    fn merge(&mut self, more: &Self) {
        self.figures.merge(&more.figures);
        for (hour, more) in &more.hours {
            let own = self.hours.entry(*hour).or_default();
            own.calls += more.calls;
            own.early.part += more.early.part;
            own.early.of += more.early.of;
        }
    }
}

/// Whether statements are missing more often when it is busy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BusyHours {
    /// An hour of a day with at least so many calls is busy.
    pub from: u64,
    /// Calls with an early statement, of those in busy hours.
    pub busy: Share,
    /// The same of all other hours.
    pub quiet: Share,
    /// How much less it is in busy hours than in the others.
    pub drop: Difference,
}

impl Default for Times {
    fn default() -> Self {
        Times { days: Bounded::with_limit(DAYS), hours: BTreeMap::new(), weekdays: BTreeMap::new(), unknown: 0 }
    }
}

/// A weekday by its number, 0 for Monday.
pub fn weekday(number: u8) -> &'static str {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    NAMES.get(usize::from(number)).copied().unwrap_or_default()
}

impl Times {
    /// Counts a call in; `early` is the rule of the early statement.
    pub(super) fn add(&mut self, report: &CallReport<'_>, rules: usize, early: Option<usize>) {
        let Some(when) = When::of(report) else {
            self.unknown += 1;
            return;
        };
        let weekday = when.day.weekday().to_monday_zero_offset();
        self.weekdays.entry(weekday.unsigned_abs()).or_default().add(report, rules);
        let day = self.days.of(when.day);
        day.figures.add(report, rules);
        if let Some(number) = when.hour {
            let hour = day.hours.entry(number).or_default();
            hour.calls += 1;
            let early = report.judged.results.iter().find(|r| Some(r.rule) == early).map(|r| r.verdict);
            hour.early.part += u64::from(early == Some(Verdict::Pass));
            hour.early.of += u64::from(matches!(early, Some(Verdict::Pass | Verdict::Fail)));
            self.hours.entry(number).or_default().add(report, rules);
        }
    }

    pub(super) fn merge(&mut self, more: &Times) {
        self.days.merge(&more.days);
        for (own, more) in [(&mut self.hours, &more.hours), (&mut self.weekdays, &more.weekdays)] {
            for (key, group) in more {
                own.entry(*key).or_default().merge(group);
            }
        }
        self.unknown += more.unknown;
    }

    /// Busy hours against the others: an hour of a day is busy if it has at least half as many calls again as the hour in
    /// the middle. None where there are too few hours, or none is busy.
    pub fn busy_hours(&self) -> Option<BusyHours> {
        const HOURS: usize = 8;
        let all = || self.days.iter().flat_map(|(_, day)| day.hours.values());
        let mut volumes: Vec<u64> = all().map(|hour| hour.calls).collect();
        volumes.sort_unstable();
        let middle = volumes.get(volumes.len() / 2).filter(|_| volumes.len() >= HOURS)?;
        let from = (middle + middle.div_ceil(2)).max(2);
        let (mut busy, mut quiet) = (Share::default(), Share::default());
        for hour in all() {
            let side = if hour.calls >= from { &mut busy } else { &mut quiet };
            side.part += hour.early.part;
            side.of += hour.early.of;
        }
        Some(BusyHours { from, busy, quiet, drop: quiet.more_than(busy)? })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::call::Call;
    use crate::report::Judged;
    use jiff::civil::Weekday;

    #[test]
    fn stamps_are_read_as_they_stand() {
        let (mut call, judged) = (Call::default(), Judged::default());
        let mut when = |stamp: &str| {
            call.started = Some(stamp.to_owned());
            let report = CallReport::new(0, "-", &call, &judged);
            When::of(&report).map(|w| (w.day.to_string(), w.day.weekday() == Weekday::Friday, w.hour))
        };
        let friday = |hour| Some(("2026-05-01".to_owned(), true, hour));
        assert_eq!(when("2026-05-01T09:30:00Z"), friday(Some(9)));
        assert_eq!(when("2026-05-01T23:30:00+02:00"), friday(Some(23)));
        assert_eq!(when("2026-05-01 07:00"), friday(Some(7)));
        for odd in ["2026-05-01", "2026-05-01T24:00:00", "2026-05-01T9:00", "2026-05-01Tx", "2026-05-01T0"] {
            assert_eq!(when(odd), friday(None), "{odd}");
        }
        for none in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-02-30", "20260501T0930", "日本語日本語"] {
            assert_eq!(when(none), None, "{none}");
        }
    }
}
