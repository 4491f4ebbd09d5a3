//! Times as people and tools write them: `0:07`, `00:00:07.5`, `10:32 AM`, ISO 8601; and how a column of them is
//! brought onto the call's clock.
//!
//! The file's own clock is kept as stored. Only absolute stamps (dates, wall clocks) are shifted, because a call that
//! starts at 1.7 billion seconds helps nobody.

pub use crate::call::time::instant;
use crate::call::{Call, Clock};
use crate::input::partials;
use crate::input::text::restarts;

/// One time as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Stamp {
    /// An offset on the recording's clock, in seconds, and in how many parts it was written (`1:02:03` has three).
    Clock {
        /// Seconds.
        seconds: f64,
        /// 1 for plain seconds, 2 for `MM:SS`, 3 for `H:MM:SS`.
        parts: u8,
    },
    /// A time of day, in seconds since midnight.
    Wall {
        /// Seconds since midnight.
        seconds: f64,
        /// Whether it was written with seconds; `10:32 AM` says little about a window of 15 seconds.
        fine: bool,
    },
    /// A date and time, in seconds since 1970 (without an offset: as if in UTC, only differences matter).
    Instant(f64),
}

impl Stamp {
    /// Reads `MM:SS`, `H:MM:SS`, both with fractions after `.` or `,`, `10:32 AM`, and ISO 8601 dates with times.
    pub fn parse(text: &str) -> Option<Stamp> {
        let text = text.trim();
        if text.len() >= 16 && text.as_bytes()[4] == b'-' {
            return instant(text).map(Stamp::Instant);
        }
        let lower = text.to_ascii_lowercase().replace(['.', ' ', '\u{a0}', '\u{202f}'], "");
        for (suffix, noon) in [("am", 0.0), ("pm", 12.0)] {
            if let Some(rest) = lower.strip_suffix(suffix) {
                let (seconds, parts) = clock(rest.trim_end())?;
                // Two parts of a wall clock are hours and minutes.
                let seconds = if parts == 2 { seconds * 60.0 } else { seconds };
                let hours = (seconds / 3600.0).floor();
                if !(1.0..13.0).contains(&hours) {
                    return None;
                }
                let within = seconds - hours * 3600.0;
                return Some(Stamp::Wall { seconds: (hours % 12.0 + noon) * 3600.0 + within, fine: parts == 3 });
            }
        }
        let dated = || local_date(text, slashed(text)?.0[0] > 12 || text.contains('.')).map(Stamp::Instant);
        frameless(text).map(|(seconds, parts)| Stamp::Clock { seconds, parts }).or_else(|| named(text)).or_else(dated)
    }

    /// Which clock it is on: a recording's, a day's, or the calendar.
    pub fn kind(&self) -> u8 {
        match self {
            Stamp::Clock { .. } => 0,
            Stamp::Wall { .. } => 1,
            Stamp::Instant(_) => 2,
        }
    }

    /// Plain seconds.
    pub fn seconds(seconds: f64) -> Stamp {
        Stamp::Clock { seconds, parts: 1 }
    }

    /// Its seconds, on whichever clock it has.
    pub fn raw(&self) -> f64 {
        match *self {
            Stamp::Clock { seconds, .. } | Stamp::Wall { seconds, .. } | Stamp::Instant(seconds) => seconds,
        }
    }
}

/// A number with a point or, as much of Europe writes it, a comma.
pub fn decimal(text: &str) -> Option<f64> {
    let comma = || text.split_once(',').filter(|(_, f)| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    let number = text.parse::<f64>().ok().or_else(|| comma().and_then(|(w, f)| format!("{w}.{f}").parse().ok()));
    number.filter(|n| n.is_finite())
}

/// The three numbers of a date such as `5/4/2026`, `04.05.26` or `5-4-2026`, and what stands behind it.
pub fn slashed(text: &str) -> Option<([u32; 3], &str)> {
    let (date, rest) = text.trim().split_once([' ', 'T', ',']).unwrap_or((text.trim(), ""));
    let sign = date.chars().find(|c| !c.is_ascii_digit()).filter(|c| "/.-".contains(*c))?;
    let mut parts = date.split(sign).map(|p| p.parse::<u32>().ok().filter(|_| p.len() <= 4 && !p.is_empty()));
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    (parts.next().is_none() && numbers[0] < 100).then(|| (numbers, rest.trim_start_matches([' ', ','])))
}

/// Whether dates such as `5/4/2026` have the day in front: where one cannot be a month, or points stand between them.
pub fn day_first<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let mut dotted = false;
    for cell in cells {
        let Some(([first, second, _], _)) = slashed(cell) else { continue };
        if first > 12 || second > 12 {
            return first > 12;
        }
        dotted |= cell.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('.');
    }
    dotted
}

/// Seconds since 1970 of `5/4/2026 10:00:01 AM` and its like, as if in UTC: only differences matter.
pub fn local_date(text: &str, day_first: bool) -> Option<f64> {
    let ([first, second, year], rest) = slashed(text)?;
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    let year = if year < 100 { year + 2000 } else { year };
    let midnight = instant(&format!("{year:04}-{month:02}-{day:02}T00:00:00Z"))?;
    let seconds = match Stamp::parse(rest)? {
        // On a clock, two parts are hours and minutes.
        Stamp::Clock { seconds, parts: 2 } => seconds * 60.0,
        Stamp::Wall { seconds, .. } | Stamp::Clock { seconds, .. } => seconds,
        Stamp::Instant(_) => return None,
    };
    (seconds < 86_400.0).then_some(midnight + seconds)
}

/// Whether a date says its distance from UTC.
pub fn zoned(text: &str) -> bool {
    let clock = text.trim().split_once([' ', 'T']).map_or("", |(_, clock)| clock);
    clock.ends_with(['Z', 'z']) || clock.contains(['+', '-'])
}

/// `3.25s`, `1m 9s`.
fn named(text: &str) -> Option<Stamp> {
    let text = text.strip_suffix('s')?;
    let (minutes, seconds) = text.split_once('m').unwrap_or(("0", text));
    Some(Stamp::seconds(digits(minutes.trim(), 3)? * 60.0 + decimal(seconds.trim())?))
}

/// A clock, which may count the frames of a film behind its seconds: how many go into one nobody says.
fn frameless(text: &str) -> Option<(f64, u8)> {
    let framed = text.len() == 11 && text.bytes().filter(|b| matches!(b, b':' | b';')).count() == 3;
    clock(if framed { &text[..8] } else { text })
}

/// Seconds and parts of `MM:SS` or `H:MM:SS`, with a fraction in the last part.
fn clock(text: &str) -> Option<(f64, u8)> {
    let mut parts = text.split(':');
    let first = digits(parts.next()?, 3)?;
    let second = parts.next()?;
    let third = parts.next();
    if parts.next().is_some() {
        return None;
    }
    Some(match third {
        None => (first * 60.0 + sixty(second)?, 2),
        Some(third) => {
            let minutes = digits(second, 2).filter(|m| *m < 60.0)?;
            (first * 3600.0 + minutes * 60.0 + sixty(third)?, 3)
        }
    })
}

fn digits(text: &str, most: usize) -> Option<f64> {
    let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

fn sixty(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    if whole.len() > 2 || fraction.is_empty() || fraction.len() > 9 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = digits(whole, 2).filter(|s| *s < 60.0)?;
    format!("{whole}.{fraction}").parse().ok()
}

/// Start and end of one turn as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    /// When it starts.
    pub start: Option<Stamp>,
    /// When it ends, where written.
    pub end: Option<Stamp>,
}

/// Gives the turns of `call` their times, turn `k` from `spans[k]`, and sorts them by start. Absolute stamps are
/// shifted so that the call's stated start, else the first of them, is 0.
pub fn set_times(call: &mut Call, spans: &[Span]) {
    let mut starts: Vec<Option<f64>> = spans.iter().map(|s| s.start.as_ref().map(Stamp::raw)).collect();
    let mut ends: Vec<Option<f64>> = spans.iter().map(|s| s.end.as_ref().map(Stamp::raw)).collect();
    let parts = |s: &Span| match s.start {
        Some(Stamp::Clock { parts, .. }) => parts,
        _ => 0,
    };
    mend_excel(&mut starts, spans.iter().map(parts));
    let kind = kind(spans.iter().filter_map(|s| s.start.as_ref()));
    for (k, span) in spans.iter().enumerate() {
        // What is on another clock than most says nothing on theirs.
        let alien = |stamp: &Option<Stamp>| stamp.as_ref().is_some_and(|stamp| Some(stamp.kind()) != kind);
        starts[k] = starts[k].filter(|_| !alien(&span.start));
        ends[k] = ends[k].filter(|_| !alien(&span.end));
    }
    let first = spans.iter().filter_map(|s| s.start.as_ref()).find(|stamp| Some(stamp.kind()) == kind);
    let Some(first) = first else { return };
    call.clock = Clock::Speech;
    let zero = match *first {
        Stamp::Clock { seconds, .. } if of_day(spans) || wraps(spans) => {
            past_midnight(&mut starts, &mut ends);
            seconds
        }
        Stamp::Clock { .. } => {
            let speakers: Vec<u16> = call.turns.iter().map(|turn| turn.speaker).collect();
            for (k, offset) in restarts::offsets(&starts, &ends, &speakers).into_iter().flatten().enumerate() {
                starts[k] = starts[k].map(|s| s + offset);
                ends[k] = ends[k].map(|e| e + offset);
            }
            0.0
        }
        Stamp::Wall { seconds, fine } => {
            if !fine {
                call.clock = Clock::Sent;
            }
            past_midnight(&mut starts, &mut ends);
            seconds
        }
        Stamp::Instant(at) => {
            // A stated start on another day or after the first turn is about something else than this clock.
            let stated = call.started.as_deref().and_then(instant);
            stated.filter(|s| (0.0..86_400.0).contains(&(at - s))).unwrap_or(at)
        }
    };
    for value in starts.iter_mut().chain(&mut ends).flatten() {
        // Stamps are decimal; without this 1700000000.1 - 1700000000 would show its binary tail.
        *value = ((*value - zero) * 1000.0).round() / 1000.0;
    }
    for (k, turn) in call.turns.iter_mut().enumerate() {
        turn.start = starts.get(k).copied().flatten();
        turn.end = ends.get(k).copied().flatten().filter(|e| turn.start.is_none_or(|s| *e >= s));
    }
    call.sort_turns();
    partials::leave_out(call);
}

/// The clock that most stamps are on; none if there are no stamps.
pub fn kind<'s>(stamps: impl Iterator<Item = &'s Stamp>) -> Option<u8> {
    let mut counts = [0; 3];
    for stamp in stamps {
        counts[usize::from(stamp.kind())] += 1;
    }
    (0..3).rev().max_by_key(|k| counts[usize::from(*k)]).filter(|k| counts[usize::from(*k)] > 0)
}

/// Whether stamps of three parts are times of day: all before midnight, and the first so late that no recording has
/// waited so long for its first word.
fn of_day(spans: &[Span]) -> bool {
    const LATE: f64 = 4.0 * 3_600.0;
    let mut stamps = spans.iter().filter_map(|s| s.start.as_ref()).skip_while(|s| s.kind() != 0).peekable();
    let late = stamps.peek().is_some_and(|first| first.raw() >= LATE);
    late && stamps.all(|s| s.kind() != 0 || matches!(*s, Stamp::Clock { seconds, parts: 3 } if seconds < 86_400.0))
}

/// Whether stamps fall back by more than half a day, all before midnight: the clock of a day goes on in the next.
fn wraps(spans: &[Span]) -> bool {
    let stamps = || spans.iter().filter_map(|s| s.start.as_ref().map(Stamp::raw));
    stamps().all(|s| s < 86_400.0) && stamps().zip(stamps().skip(1)).any(|(last, next)| next < last - HALF_A_DAY)
}

const HALF_A_DAY: f64 = 43_200.0;

/// Wall clocks that fall back by more than half a day went over midnight.
fn past_midnight(starts: &mut [Option<f64>], ends: &mut [Option<f64>]) {
    let (mut days, mut last) = (0.0, f64::NEG_INFINITY);
    for (start, end) in starts.iter_mut().zip(ends) {
        let Some(start) = start else { continue };
        if *start + days < last - HALF_A_DAY {
            days += 86_400.0;
        }
        *start += days;
        last = *start;
        if let Some(end) = end {
            *end += days;
            *end += if *end < *start - HALF_A_DAY { 86_400.0 } else { 0.0 };
        }
    }
}

/// Excel reads `24:06` as hours and minutes and saves it again as `24:06:00`: where two-part values are followed by
/// three-part ones that end in `00` and start at 24 or more, those are minutes and seconds too.
fn mend_excel(starts: &mut [Option<f64>], parts: impl Iterator<Item = u8>) {
    let mut seen_two = false;
    for (value, parts) in starts.iter_mut().zip(parts) {
        let Some(value) = value else { continue };
        seen_two |= parts == 2;
        if seen_two && parts == 3 && *value >= 86_400.0 && *value % 60.0 == 0.0 {
            *value /= 60.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    fn starts(stamps: &[&str]) -> Vec<f64> {
        let mut call = Call::default();
        let who = call.speaker(Role::Unknown, "A", None);
        let spans: Vec<Span> = stamps.iter().map(|s| Span { start: Stamp::parse(s), end: None }).collect();
        for s in stamps {
            call.push_turn(who, None, None, s);
        }
        set_times(&mut call, &spans);
        call.turns.iter().map(|t| t.start.expect("a time")).collect()
    }

    #[test]
    fn every_way_to_write_a_time() {
        let at = |s| Stamp::parse(s).map(|s| s.raw());
        assert_eq!(at("0:07"), Some(7.0));
        assert_eq!(at("75:10"), Some(4510.0));
        assert_eq!(at("01:02:03,5"), Some(3723.5));
        assert_eq!(at("10:32 AM"), Some(37_920.0));
        assert_eq!(at("12:00:05 a.m."), Some(5.0));
        assert_eq!(at("12:30pm"), Some(45_000.0));
        assert_eq!(at("8:28\u{202f}p.\u{a0}m."), Some(73_680.0));
        assert_eq!(at("1970-01-01T00:01:00Z"), Some(60.0));
        assert_eq!(at("1970-01-01 00:01:00.250"), Some(60.25));
        assert_eq!(at("00:01:04:12"), Some(64.0));
        assert_eq!((at("3.25s"), at("1m 9s"), at("1m9s")), (Some(3.25), Some(69.0), Some(69.0)));
        assert_eq!(at("01.01.1970 00:01:00"), Some(60.0));
        for wrong in ["", "7", "1:2:3:4", "10:75", "13:00 PM", "a:b", "0:-1", "1:60:00", "0:1e"] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_of_every_order_are_read() {
        let at =
            |text, day_first| local_date(text, day_first).map(|s| s - instant("2026-05-04T00:00:00Z").unwrap_or(0.0));
        assert_eq!(at("5/4/2026 10:00:01 AM", false), Some(36_001.0));
        assert_eq!(at("04.05.2026 22:00", true), Some(79_200.0));
        assert_eq!(at("4/5/26, 10:00:01", true), Some(36_001.0));
        for wrong in ["5/4/2026", "5/4/2026 soon", "13/13/2026 10:00", "2026/05/04 10:00", "1.5", "5/4 10:00", ""] {
            assert_eq!(at(wrong, false), None, "{wrong}");
        }
        assert!(day_first(["5/4/2026 1:00", "13/4/2026 1:00"].into_iter()) && day_first(["5.4.2026 1:00"].into_iter()));
        assert!(!day_first(["5.13.2026 1:00"].into_iter()) && !day_first(["5/4/2026 1:00"].into_iter()));
        assert_eq!(
            ["1,5", "1.5", "7", "1,", "1,5,5", "inf"].map(decimal),
            [Some(1.5), Some(1.5), Some(7.0), None, None, None]
        );
        assert!(zoned("2026-05-04T10:00:00+02:00") && zoned("2026-05-04 10:00:00Z") && !zoned("2026-05-04 10:00:00"));
    }

    #[test]
    fn only_absolute_stamps_are_shifted() {
        assert_eq!(starts(&["0:05", "0:09.5"]), [5.0, 9.5]);
        assert_eq!(starts(&["10:32:05 AM", "10:33:00 AM"]), [0.0, 55.0]);
        assert_eq!(starts(&["11:59:50 PM", "12:00:05 AM"]), [0.0, 15.0]);
        assert_eq!(starts(&["09:00:01", "09:00:04.5"]), [0.0, 3.5]);
        assert_eq!(starts(&["23:59:50", "00:00:05", "00:01:00"]), [0.0, 15.0, 70.0]);
        assert_eq!(starts(&["0:05", "0:20", "0:40", "0:01", "0:09"]), [5.0, 20.0, 40.0, 41.0, 49.0]);
        assert_eq!(starts(&["01:10:00", "01:10:05"]), [4200.0, 4205.0]);
        assert_eq!(starts(&["2026-05-01T09:30:00Z", "2026-05-01T09:30:07.1Z"]), [0.0, 7.1]);
    }

    #[test]
    fn what_excel_did_to_minutes_is_undone() {
        assert_eq!(starts(&["23:57", "24:02:00", "24:06:00", "01:15:23"]), [1437.0, 1442.0, 1446.0, 4523.0]);
        assert_eq!(starts(&["01:24:00", "24:06:00"]), [5040.0, 86_760.0]);
    }
}
