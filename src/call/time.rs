//! Dates and times of calls as seconds, which is all that anybody compares.

use std::str::FromStr as _;

/// Seconds since 1970 of an ISO 8601 date and time; without an offset as if it were UTC.
#[must_use]
pub fn instant(text: &str) -> Option<f64> {
    let text = text.trim();
    let at = jiff::Timestamp::from_str(text).ok().or_else(|| {
        let civil = jiff::civil::DateTime::from_str(text).ok()?;
        Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
    })?;
    Some(at.as_millisecond() as f64 / 1000.0)
}
