//! Distances in a call: `15s`, `20%`, `50 words`, `2 runs`.

use super::pack::reader::{Table, Text};
use super::wording::many;

/// A unit of distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Seconds,
    /// Percent of the call's length.
    Percent,
    /// Words of the speaker.
    Words,
    /// Runs of the speaker.
    Runs,
}

/// A distance, negative from the end of the call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// How much.
    pub amount: f64,
    /// Of what.
    pub unit: Unit,
}

/// How a distance is written, for messages.
pub const DISTANCE_HELP: &str =
    "write a number with its unit: \"15s\", \"1500ms\", \"2m\", \"20%\", \"50 words\" or \"2 runs\"";

impl Distance {
    /// Reads "15s", "20%", "2 runs", "-30s".
    pub fn parse(text: &str) -> Option<Distance> {
        let text = text.trim();
        let split = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')))?;
        let amount: f64 = text[..split].parse().ok()?;
        let (factor, unit) = match text[split..].trim() {
            "s" | "sec" | "second" | "seconds" => (1.0, Unit::Seconds),
            "ms" => (0.001, Unit::Seconds),
            "m" | "min" | "minute" | "minutes" => (60.0, Unit::Seconds),
            "%" => (1.0, Unit::Percent),
            "word" | "words" => (1.0, Unit::Words),
            "run" | "runs" => (1.0, Unit::Runs),
            _ => return None,
        };
        let whole = !matches!(unit, Unit::Words | Unit::Runs) || amount.fract() == 0.0;
        whole.then_some(Distance { amount: amount * factor, unit })
    }

    /// Reads a key of a table as a distance.
    pub fn read(table: &Table<'_, '_>, key: &'static str) -> Option<Distance> {
        let Text { text, span } = table.text(key)?;
        let distance = Distance::parse(&text);
        match distance {
            None => table.wrong(span, format!("`{key}` cannot be `{text}`"), DISTANCE_HELP),
            Some(Distance { amount, unit: Unit::Percent }) if amount.abs() > 100.0 => {
                let help = "a share of the call goes from \"0%\" to \"100%\", or back from its end to \"-100%\"";
                table.wrong(span, format!("`{key}` is {amount} % of the call, which has only 100"), help);
                return None;
            }
            Some(_) => {}
        }
        distance
    }

    /// Whether it cannot be told without times.
    pub fn needs_times(self) -> bool {
        matches!(self.unit, Unit::Seconds | Unit::Percent)
    }
}

/// "2 runs", "run", "30 seconds": so many of a unit, in a sentence.
pub fn amount(n: f64, unit: Unit) -> String {
    let n = n as u64;
    match unit {
        Unit::Runs if n == 1 => "run".to_owned(),
        Unit::Runs => many(n, "run"),
        Unit::Words => many(n, "word"),
        Unit::Seconds => format!("{n} seconds"),
        Unit::Percent => format!("{n} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_a_number_and_a_unit() {
        let read = |t: &str| Distance::parse(t).map(|d| (d.amount, d.unit));
        assert_eq!(read("15s"), Some((15.0, Unit::Seconds)));
        assert_eq!(read("-1500ms"), Some((-1.5, Unit::Seconds)));
        assert_eq!(read("20%"), Some((20.0, Unit::Percent)));
        assert_eq!(read("2 runs"), Some((2.0, Unit::Runs)));
        assert_eq!(read("2.5 runs"), None);
        assert_eq!(read("15"), None);
        assert_eq!(read("soon"), None);
    }
}
