//! Times in JSON, and their units: by the key's name, then by the size of the numbers.

use jiff::SignedDuration;
use serde_json::Value;

use crate::input::json::field::{Fields, number};
use crate::input::text::times::{Stamp, decimal, instant};

/// One time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum At {
    /// Seconds on the file's own clock.
    Offset(f64),
    /// Seconds on a clock that was written as `H:MM:SS`: the recording's, or a day's.
    Clock(f64),
    /// Seconds since 1970.
    Instant(f64),
    /// A time of day, in seconds since midnight, and whether it was written with seconds.
    Wall {
        /// Seconds since midnight.
        seconds: f64,
        /// Whether it was written with seconds.
        fine: bool,
    },
}

impl At {
    /// Milliseconds on the file's own clock.
    pub fn millis(millis: f64) -> At {
        At::Offset(millis / 1000.0)
    }

    /// Seconds, whatever they count from.
    pub fn raw(self) -> f64 {
        match self {
            At::Offset(s) | At::Clock(s) | At::Instant(s) | At::Wall { seconds: s, .. } => s,
        }
    }

    /// So many seconds later, without the tail that sums of decimals have.
    #[must_use]
    pub fn plus(self, length: f64) -> At {
        match self {
            At::Offset(s) => At::Offset(((s + length) * 1e7).round() / 1e7),
            At::Clock(s) => At::Clock(s + length),
            At::Instant(s) => At::Instant(s + length),
            At::Wall { seconds, fine } => At::Wall { seconds: seconds + length, fine },
        }
    }

    /// The same as texts have them.
    pub fn stamp(self) -> Stamp {
        match self {
            At::Offset(seconds) => Stamp::seconds(seconds),
            At::Clock(seconds) => Stamp::Clock { seconds, parts: 3 },
            At::Instant(seconds) => Stamp::Instant(seconds),
            At::Wall { seconds, fine } => Stamp::Wall { seconds, fine },
        }
    }
}

/// Seconds in a unit that a key's name ends with: `startMs`, `duration_in_ticks`, `start_timestamp_usec`.
pub fn of_name(key: &str) -> Option<f64> {
    let lower = key.to_ascii_lowercase();
    let ends = |list: &[&str]| list.iter().any(|e| lower.ends_with(e));
    if ends(&["usec", "usecs", "micros", "microseconds", "_us"]) || key.ends_with("Us") {
        return Some(1e-6);
    }
    if ends(&["ticks"]) {
        return Some(1e-7);
    }
    if ends(&["nanos", "nanoseconds", "_ns"]) {
        return Some(1e-9);
    }
    let ms = ends(&["millis", "milliseconds", "millisecs", "msec", "_ms"])
        || key.ends_with("Ms")
        || key.ends_with("MS")
        || lower == "ms";
    if ms {
        return Some(1e-3);
    }
    let s = ends(&["seconds", "secs", "_sec", "_s"]) || key.ends_with("Sec");
    s.then_some(1.0)
}

/// A number of a unit that may not be known: what is too big for a recording is a stamp since 1970.
pub fn sized(n: f64, unit: Option<f64>) -> At {
    match unit {
        Some(unit) => {
            let seconds = n * unit;
            if seconds >= 1e9 {
                At::Instant(seconds)
            } else {
                // Division where it can be, so that 2.54 does not come out as 2.5400000000000003.
                At::Offset(n / (1.0 / unit).round().max(1.0))
            }
        }
        None if n >= 1e17 => At::Instant(n / 1e9),
        None if n >= 1e14 => At::Instant(n / 1e6),
        None if n >= 1e11 => At::Instant(n / 1e3),
        None if n >= 1e9 => At::Instant(n),
        None => At::Offset(n),
    }
}

/// A time under a key: a number in the unit of the key's name, else of `unit`, else by its size; a clock, a date, an
/// ISO 8601 duration, `12.9s`, or `{seconds, nanos}`.
pub fn at(key: &str, value: &Value, unit: Option<f64>) -> Option<At> {
    let unit = of_name(key).or(unit);
    if let Some(n) = number(value) {
        return Some(sized(n, unit));
    }
    match value {
        Value::String(text) => written(text),
        // MongoDB's own way to write what JSON has no word for.
        Value::Object(_) if !value.at("$date|$numberLong").is_null() => at(key, value.at("$date|$numberLong"), unit),
        Value::Object(_) => {
            let (seconds, nanos) = (value.number("seconds|Seconds"), value.number("nanos|Nanos"));
            let seconds = seconds.or(nanos.map(|_| 0.0))?;
            Some(At::Offset(joined(seconds, nanos.unwrap_or(0.0))))
        }
        _ => None,
    }
}

/// `{"seconds": 12, "nanos": 900000000}` as 12.9, not as 12.899999999999999.
fn joined(seconds: f64, nanos: f64) -> f64 {
    ((seconds * 1e6) + (nanos / 1e3).round()) / 1e6
}

/// A time as text: a date, `MM:SS`, `H:MM:SS.mmm`, `PT1.5S`, `12.9s`, RFC 2822.
pub fn written(text: &str) -> Option<At> {
    let text = text.trim();
    if let Some(duration) = iso_duration(text) {
        return Some(At::Offset(duration));
    }
    if let Some(seconds) = text.strip_suffix('s').and_then(|t| t.trim().parse::<f64>().ok()) {
        return Some(At::Offset(seconds)).filter(|_| seconds.is_finite());
    }
    if let Some(seconds) = decimal(text) {
        return Some(At::Offset(seconds));
    }
    match Stamp::parse(text)? {
        Stamp::Clock { seconds, parts: 3 } => Some(At::Clock(seconds)),
        Stamp::Clock { seconds, .. } => Some(At::Offset(seconds)),
        Stamp::Instant(at) => Some(At::Instant(at)),
        Stamp::Wall { seconds, fine } => Some(At::Wall { seconds, fine }),
    }
}

/// Seconds of an ISO 8601 duration.
pub fn iso_duration(text: &str) -> Option<f64> {
    text.starts_with(['P', 'p'])
        .then(|| text.parse::<SignedDuration>().ok())
        .flatten()
        .map(|d| d.as_secs() as f64 + f64::from(d.subsec_nanos() / 1000) / 1e6)
}

/// Seconds since 1970 of a date as text: ISO 8601, with a space for the `T`, or RFC 2822 as mails have it.
pub fn date(text: &str) -> Option<f64> {
    instant(text).or_else(|| {
        let at = jiff::fmt::rfc2822::parse(text).ok()?;
        Some(at.timestamp().as_millisecond() as f64 / 1000.0)
    })
}

/// A moment as RFC 3339, from a date as text or from a number since 1970; what is no date stays as it stands.
pub fn moment(value: &Value) -> Option<String> {
    if let Some(n) = number(value) {
        return match sized(n, None) {
            At::Instant(seconds) => rfc3339(seconds),
            _ => None,
        };
    }
    let text = value.as_str()?.trim();
    if text.is_empty() || crate::input::json::field::is_nothing(text) {
        return None;
    }
    if instant(text).is_none()
        && let Some(seconds) = date(text)
    {
        return rfc3339(seconds);
    }
    Some(text.to_owned())
}

/// Seconds since 1970 as RFC 3339 in UTC.
pub fn rfc3339(seconds: f64) -> Option<String> {
    let millis = (seconds * 1000.0).round();
    let at = jiff::Timestamp::from_millisecond(millis as i64).ok()?;
    Some(at.to_string())
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "what was written must come out exactly")]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn units_by_name_then_by_size() {
        let offset = |key, value: Value| match at(key, &value, None) {
            Some(At::Offset(s) | At::Clock(s)) => s,
            other => panic!("{key} {other:?}"),
        };
        assert_eq!(offset("startMs", json!(2540)), 2.54);
        assert_eq!(offset("BeginOffsetMillis", json!("2540")), 2.54);
        assert_eq!(offset("offsetInTicks", json!(38_600_000.0)), 3.86);
        assert_eq!(offset("start_timestamp_usec", json!(1_000_000)), 1.0);
        assert_eq!(offset("startTime", json!("12.900s")), 12.9);
        assert_eq!(offset("offset", json!("PT3.86S")), 3.86);
        assert_eq!(offset("ts", json!("00:01:02.500")), 62.5);
        assert_eq!(offset("startTime", json!({"seconds":"12","nanos":900_000_000})), 12.9);
        assert_eq!(offset("start", json!(7.25)), 7.25);
        for (value, want) in [
            (json!(1_700_000_000), 1_700_000_000.0),
            (json!(1_700_000_000_500_i64), 1_700_000_000.5),
            (json!(1_700_000_000_500_000_i64), 1_700_000_000.5),
        ] {
            assert_eq!(at("time", &value, None), Some(At::Instant(want)));
        }
        assert_eq!(at("startTimeMs", &json!(1_700_000_000_500_i64), None), Some(At::Instant(1_700_000_000.5)));
        assert_eq!(
            at("at", &json!({"$date": {"$numberLong": "1700000000500"}}), None),
            Some(At::Instant(1_700_000_000.5))
        );
        assert_eq!((offset("t", json!("1,5")), at("t", &json!("23:59:58"), None)), (1.5, Some(At::Clock(86_398.0))));
        for odd in [json!("soon"), json!([]), json!(null), json!({}), json!("ñññ-ñññññññññññ")] {
            assert_eq!(at("time", &odd, None), None, "{odd}");
        }
    }

    #[test]
    fn moments_become_rfc_3339() {
        assert_eq!(moment(&json!("Wed, 18 May 2022 23:05:05 -0000")).as_deref(), Some("2022-05-18T23:05:05Z"));
        assert_eq!(moment(&json!(1_700_000_000_500_i64)).as_deref(), Some("2023-11-14T22:13:20.5Z"));
        assert_eq!(moment(&json!("None")), None);
        assert_eq!(moment(&json!("12/3/24")).as_deref(), Some("12/3/24"));
        assert_eq!(moment(&json!(12)), None);
    }
}
