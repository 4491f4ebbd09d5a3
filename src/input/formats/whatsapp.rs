//! `WhatsApp` chats as the app exports them, with dates in any of five orders.

use std::sync::LazyLock;

use regex::Regex;

use crate::call::{Call, Clock, HowRoles, Role};
use crate::input::text::prose;
use crate::input::text::times::{Span, Stamp, set_times};
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};
use crate::roles::labels::{parse_label, role_word, settle};

/// `WhatsApp` exports.
#[derive(Debug)]
pub struct WhatsApp;

static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let date = r"([0-9]{1,4})[./-]([0-9]{1,2})[./-]([0-9]{1,4})";
    let time = r"(上午|下午|오전|오후|午前|午後)?[ ]?([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?(?:[ \u{a0}\u{202f}]?([AaPp])\.?[ \u{a0}\u{202f}]?[Mm]\.?)?";
    // "04/05/2026 à 10:00", "4.5.2026 um 10:00".
    let between = r",?[ \u{a0}\u{202f}](?:(?:à|um|at|kl\.|klo|a las|às|alle)[ \u{a0}])?";
    Regex::new(&format!(r"^(?:\[{date}{between}{time}\][ ]?|{date}{between}{time}[ ]-[ ])(.*)$")).ok()
});

/// What the app writes where a picture or a voice message was.
const NO_WORDS: &[&str] = &[
    "<media omitted>",
    "image omitted",
    "video omitted",
    "audio omitted",
    "sticker omitted",
    "gif omitted",
    "document omitted",
    "this message was deleted",
    "this message was deleted.",
    "you deleted this message",
    "you deleted this message.",
    "this message was edited",
    "missed voice call",
    "missed video call",
    "null",
];

/// One line that begins a message, or a line of the system.
struct Entry<'a> {
    /// The date as written, left to right.
    date: [u32; 3],
    /// Seconds since midnight.
    time: f64,
    fine: bool,
    /// What stands behind the time.
    rest: &'a str,
}

fn entry(line: &str) -> Option<Entry<'_>> {
    // Cheap, and the pattern is compiled only where a line begins like a date.
    let date = line.strip_prefix('[').unwrap_or(line);
    let behind = date.trim_start_matches(|c: char| c.is_ascii_digit());
    if behind.len() == date.len() || !behind.starts_with(['.', '/', '-']) {
        return None;
    }
    let found = LINE.as_ref()?.captures(line)?;
    let bracketed = found.get(1).is_some();
    let at = |k: usize| found.get(if bracketed { k } else { k + 8 });
    let number = |k: usize| at(k).and_then(|m| m.as_str().parse::<u32>().ok());
    let (hour, minute) = (number(5)?, number(6)?);
    let seconds = number(7);
    let half = at(8).or_else(|| at(4)).map(|m| m.as_str().to_ascii_lowercase());
    let hour = match half.as_deref() {
        Some("a" | "上午" | "오전" | "午前") => hour % 12,
        Some(_) => hour % 12 + 12,
        None => hour,
    };
    (hour < 24 && minute < 60 && seconds.unwrap_or(0) < 60).then(|| Entry {
        date: [number(1).unwrap_or(0), number(2).unwrap_or(0), number(3).unwrap_or(0)],
        time: f64::from(hour * 3600 + minute * 60 + seconds.unwrap_or(0)),
        fine: seconds.is_some(),
        rest: found.get(17).map_or("", |m| m.as_str()),
    })
}

/// Who wrote it and what; none for lines of the system, which have no name and no colon.
fn message(rest: &str) -> Option<(&str, &str)> {
    let (name, text) = rest.split_once(':')?;
    let name = name.trim_matches(['~', '\u{202f}', '\u{a0}', ' ']);
    (!name.is_empty() && name.chars().count() <= 60 && !name.contains('"')).then(|| (name, text.trim()))
}

/// The orders a date may have, by the place of year, month and day; those with the year in front only where none
/// with the year behind makes dates of all.
const ORDERS: [[[usize; 3]; 2]; 2] = [[[2, 1, 0], [2, 0, 1]], [[0, 1, 2], [0, 2, 1]]];

/// Days since 1970 of a date in this order; none if it is no date.
fn day(date: [u32; 3], order: [usize; 3]) -> Option<i64> {
    let [year, month, day] = order.map(|k| date[k]);
    let year = if year < 100 { year + 2000 } else { year };
    let date = jiff::civil::Date::new(
        i16::try_from(year).ok().filter(|y| (1990..2100).contains(y))?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    );
    let epoch = jiff::civil::Date::new(1970, 1, 1).ok()?;
    Some(i64::from(date.ok()?.since(epoch).ok()?.get_days()))
}

/// The days of all entries in the order that makes them dates, never goes back, and takes the least time in all:
/// `03/04` after `02/04` is the next day rather than the next month. True if no other order would do.
fn days(entries: &[Entry<'_>]) -> Option<(Vec<i64>, bool)> {
    let mut possible: Vec<(i64, Vec<i64>)> = Vec::new();
    for group in ORDERS {
        for order in group {
            let days: Option<Vec<i64>> = entries.iter().map(|e| day(e.date, order)).collect();
            let Some(days) = days else { continue };
            let back: i64 = days.windows(2).map(|d| (d[0] - d[1]).max(0)).sum();
            let long = days.last().zip(days.first()).map_or(0, |(b, a)| (b - a).abs());
            possible.push((back * 1000 + long, days));
        }
        if !possible.is_empty() {
            break;
        }
    }
    let certain = possible.windows(2).all(|p| p[0].1 == p[1].1);
    let (_, days) = possible.into_iter().min_by_key(|(cost, _)| *cost)?;
    Some((days, certain))
}

fn clean(text: &str) -> String {
    let marks = ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{feff}', '\r'];
    text.chars().filter(|c| !marks.contains(c)).collect()
}

impl Format for WhatsApp {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "whatsapp",
            about: "WhatsApp chat, exported without media",
            recognised: "lines such as [01/05/26, 9:30:00 AM] Name: or 01/05/26, 09:30 - Name:",
            gives: Gives { roles: "labels", times: "sent", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        let mut lines = text.lines().map(clean);
        let first = lines.find(|l| !l.trim().is_empty())?;
        let opening = entry(&first)?;
        // `[2026-05-04 10:00:01] Agent:` is a log: there no comma stands behind the date, and nobody is called "Agent".
        let role = message(opening.rest).is_some_and(|(name, _)| role_word(name) != Role::Unknown);
        if role && opening.date[0] > 999 && !first.contains(", ") {
            return None;
        }
        let mut lines = text.lines().take(200).map(clean);
        let said = lines.any(|l| entry(&l).is_some_and(|e| message(e.rest).is_some()));
        said.then_some(Guess { confidence: 0.95, because: "lines that begin with a date, a time and a name" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        let text = clean(text);
        let mut entries: Vec<Entry<'_>> = Vec::new();
        let mut more: Vec<Vec<&str>> = Vec::new();
        for line in text.lines() {
            if let Some(entry) = entry(line) {
                entries.push(entry);
                more.push(Vec::new());
            } else if let Some(last) = more.last_mut() {
                last.push(line.trim_end());
            }
        }
        let Some((days, certain)) = days(&entries) else {
            return Err(ReadError(
                "its dates are in no order that is known (day, month and year in any of five)".into(),
            ));
        };
        let mut spans = Vec::new();
        let mut first = None;
        for ((entry, day), more) in entries.iter().zip(days).zip(more) {
            let Some((name, text)) = message(entry.rest) else {
                continue;
            };
            // The name of a file is none of the words below it.
            let file = text.ends_with("(file attached)") || text.starts_with("<attached:");
            let mut said = if file { String::new() } else { text.to_owned() };
            for line in more {
                said.push('\n');
                said.push_str(line);
            }
            let said = said.trim().trim_end_matches("<This message was edited>").trim_end();
            if said.is_empty() || NO_WORDS.contains(&said.to_lowercase().as_str()) {
                continue;
            }
            let parsed = parse_label(name);
            if parsed.nobody {
                continue;
            }
            let at = day as f64 * 86_400.0 + entry.time;
            first.get_or_insert((at, entry.fine));
            let speaker = call.speaker(parsed.role, name, parsed.name.as_deref());
            call.push_turn(speaker, None, None, said);
            spans.push(Span { start: Some(Stamp::Instant(at)), end: None });
        }
        let Some((at, _)) = first else {
            return Err(ReadError("nobody says anything in it: only lines of the system".into()));
        };
        if certain && let Ok(at) = jiff::Timestamp::from_second(at as i64) {
            let local = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
            call.started = Some(local.strftime("%Y-%m-%dT%H:%M:%S").to_string());
        }
        set_times(call, &spans);
        call.clock = Clock::Sent;
        settle(call, HowRoles::Label);
        each(call);
        Ok(())
    }
}
