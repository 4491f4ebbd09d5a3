//! When a call started, as people and spreadsheets write it, put into the order of ISO 8601: `4/13/2026 10:00 AM`,
//! `13.04.2026`, `4 May 2026`, `20260504T100000`, Excel's count of days.

use crate::call::time::instant;
use crate::input::json::time::rfc3339;
use crate::input::text::times::{Stamp, slashed};

/// Which number of a date such as `4/5/2026` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first.
    DayFirst,
    /// The second.
    MonthFirst,
    /// Nothing says.
    Unknown,
}

/// The order of the dates of a column: one of them has a number in it that can be no month, or points between them, as
/// nobody writes who has the month in front.
pub fn order<'t>(cells: impl Iterator<Item = &'t str>) -> Order {
    let mut found = Order::Unknown;
    for cell in cells {
        let Some(([first, second, _], _)) = slashed(cell) else { continue };
        match (first > 12, second > 12) {
            (true, false) => return Order::DayFirst,
            (false, true) => return Order::MonthFirst,
            _ => {}
        }
        if cell.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('.') {
            found = Order::DayFirst;
        }
    }
    found
}

/// Whether it is a date of two readings.
pub fn is_ambiguous(text: &str, order: Order) -> bool {
    order == Order::Unknown && slashed(text).is_some_and(|([first, second, _], _)| first != second)
}

/// A date, perhaps with a time, as ISO 8601; none for what is written so already, or is no date, or one of two readings.
pub fn iso(text: &str, order: Order) -> Option<String> {
    let text = text.trim();
    if text.as_bytes().get(4) == Some(&b'-') {
        return None;
    }
    let numbers = slashed(text).filter(|_| !is_ambiguous(text, order)).and_then(|([first, second, year], rest)| {
        let (day, month) = if order == Order::MonthFirst { (second, first) } else { (first, second) };
        // 5/5 is the same either way; 5/13 never is a day of the 13th month.
        dated(year, month, day, rest)
    });
    numbers.or_else(|| year_first(text)).or_else(|| counted(text)).or_else(|| named(text))
}

/// A date and the time of day behind it.
fn dated(year: u32, month: u32, day: u32, rest: &str) -> Option<String> {
    let year = if year < 100 { year + 2000 } else { year };
    let date = format!("{year:04}-{month:02}-{day:02}");
    instant(&format!("{date}T00:00:00Z"))?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(date);
    }
    let seconds = match Stamp::parse(rest)? {
        // On a clock, two parts are hours and minutes.
        Stamp::Clock { seconds, parts: 2 } => seconds * 60.0,
        Stamp::Wall { seconds, .. } | Stamp::Clock { seconds, .. } => seconds,
        Stamp::Instant(_) => return None,
    };
    let whole = seconds as u32;
    (seconds < 86_400.0).then(|| format!("{date}T{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60))
}

/// `2026/05/04 10:00` and `20260504T100000`.
fn year_first(text: &str) -> Option<String> {
    let (date, rest) = text.split_once([' ', 'T', '_']).unwrap_or((text, ""));
    let numbers: Vec<&str> = match date.len() {
        8 if date.bytes().all(|b| b.is_ascii_digit()) => vec![&date[..4], &date[4..6], &date[6..]],
        _ => date.split(['/', '.']).collect(),
    };
    let [year, month, day] = numbers[..] else { return None };
    let four = year.len() == 4 && (1970..2100).contains(&year.parse::<u32>().ok()?);
    let compact = rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_digit());
    let rest = if compact { format!("{}:{}:{}", &rest[..2], &rest[2..4], &rest[4..]) } else { rest.to_owned() };
    four.then(|| dated(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, &rest))?
}

/// Excel's days since the end of 1899, or seconds or milliseconds since 1970.
fn counted(text: &str) -> Option<String> {
    let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number = text.parse::<f64>().ok().filter(|_| digits)?;
    match number {
        // From 1982 to 2064: other numbers of so many digits are rather something else.
        n if (30_000.0..60_000.0).contains(&n) => {
            let seconds = ((n - 25_569.0) * 86_400.0).round();
            let moment = rfc3339(seconds)?;
            // A sheet has no time zone.
            Some(
                moment
                    .trim_end_matches('Z')
                    .trim_end_matches(if n.fract() == 0.0 { "T00:00:00" } else { "" })
                    .to_owned(),
            )
        }
        n if (1e9..4e9).contains(&n) => rfc3339(n),
        n if (1e12..4e12).contains(&n) => rfc3339(n / 1e3),
        _ => None,
    }
}

/// `4 May 2026, 10:00 AM`, `May 4, 2026`, `Mon May  4 10:00:01 2026`, `4-May-26`.
fn named(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    if text.len() > 60 {
        return None;
    }
    let (mut month, mut day, mut year, mut time) = (None, None, None, String::new());
    for token in text
        .split([' ', ',', '-', '/', '\u{a0}', '\u{202f}'])
        .filter(|t| !t.is_empty() && !t.eq_ignore_ascii_case("at"))
    {
        let lower = token.trim_end_matches('.').to_ascii_lowercase();
        let number = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let behind = &lower[number.len()..];
        if lower.contains(':') || (!time.is_empty() && ["am", "pm", "a.m", "p.m"].contains(&lower.as_str())) {
            time.push_str(&lower);
        } else if number.is_empty() {
            let start = lower.get(..3)?;
            match MONTHS.iter().position(|m| *m == start) {
                Some(k) if month.is_none() => month = Some(k as u32 + 1),
                _ if DAYS.contains(&start) => {}
                _ => return None,
            }
        } else {
            let value: u32 = number.parse().ok()?;
            match (number.len(), behind) {
                (1 | 2, "" | "st" | "nd" | "rd" | "th") if day.is_none() => day = Some(value),
                (2 | 4, "") if year.is_none() => year = Some(value),
                _ => return None,
            }
        }
    }
    dated(year?, month?, day?, &time)
}

/// The date and time in front of a line, where there is one.
pub fn in_front(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['[', '(', ' ']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let dated = (1..=4).contains(&digits) && line[digits..].starts_with(['-', '/', '.']);
    let end = line.find([']', ')']).unwrap_or(line.len()).min(line.find(": ").unwrap_or(line.len()));
    let (date, rest) = line[..end].split_once([' ', 'T']).filter(|_| dated)?;
    let clock = rest.split(' ').next().unwrap_or_default();
    Some(&line[..date.len() + 1 + clock.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_a_column_are_read_in_one_order() {
        let column = |cells: &[&str]| {
            let order = order(cells.iter().copied());
            cells.iter().map(|c| iso(c, order).unwrap_or_else(|| format!("? {c}"))).collect::<Vec<_>>()
        };
        assert_eq!(column(&["4/5/2026 10:00", "13/5/2026"]), ["2026-05-04T10:00:00", "2026-05-13"]);
        assert_eq!(column(&["4/5/26 1:02:03 PM", "4/13/26"]), ["2026-04-05T13:02:03", "2026-04-13"]);
        assert_eq!(column(&["04.05.2026"]), ["2026-05-04"]);
        assert_eq!(column(&["4/5/2026", "5/5/2026"]), ["? 4/5/2026", "2026-05-05"]);
        assert!(is_ambiguous("4/5/2026", Order::Unknown) && !is_ambiguous("4/5/2026", Order::DayFirst));
    }

    #[test]
    fn dates_are_read_however_they_are_written() {
        for (text, want) in [
            ("2026/05/04 10:00", "2026-05-04T10:00:00"),
            ("20260504", "2026-05-04"),
            ("20260504T100001", "2026-05-04T10:00:01"),
            ("20260504_100001", "2026-05-04T10:00:01"),
            ("46146", "2026-05-04"),
            ("46146.5", "2026-05-04T12:00:00"),
            ("1700000000", "2023-11-14T22:13:20Z"),
            ("1700000000500", "2023-11-14T22:13:20.5Z"),
            ("4 May 2026", "2026-05-04"),
            ("May 4th, 2026 at 10:00 PM", "2026-05-04T22:00:00"),
            ("Mon May  4 10:00:01 2026", "2026-05-04T10:00:01"),
            ("Monday, 4 September 2026 9:05", "2026-09-04T09:05:00"),
            ("4-May-26", "2026-05-04"),
        ] {
            assert_eq!(iso(text, Order::Unknown).as_deref(), Some(want), "{text}");
        }
        for text in [
            "",
            "soon",
            "2026-05-04T10:00:00Z",
            "2026-05-04",
            "31/2/2026",
            "4/5/2026 late",
            "10:00",
            "12345",
            "May",
            "4 May",
            "99.99.2026",
            "ñ May 2026",
        ] {
            assert_eq!(iso(text, Order::DayFirst), None, "{text}");
        }
    }
}
