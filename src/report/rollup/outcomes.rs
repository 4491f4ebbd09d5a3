//! What came of calls (a satisfaction score, a first contact resolved, a handling time), set against each rule.
//!
//! The values stand in the metadata of calls, in columns that the user names. They are counted in thousandths, so that
//! sums of parts are the sum of the whole to the last digit.

use super::share::{Difference, Sum};
use crate::report::{CallReport, Verdict};
use serde_json::Value;

/// An outcome against all rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Its column, as typed.
    pub column: String,
    /// Calls that have a value.
    pub values: u64,
    /// Calls whose value is no number and no yes or no.
    pub odd: u64,
    /// Values that are neither 0 nor 1.
    numbers: u64,
    /// Of each rule, in report order: the values of calls that passed, and of those that failed.
    rules: Vec<[Sum; 2]>,
}

/// An outcome when a rule passed, and when it failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// The rule, as an index in report order.
    pub rule: usize,
    /// Values of calls that passed.
    pub passed: Sum,
    /// Values of calls that failed.
    pub failed: Sum,
    /// How much more it is in calls that passed.
    pub difference: Difference,
}

impl Outcome {
    pub(super) fn of(column: &str) -> Outcome {
        Outcome { column: column.to_owned(), ..Outcome::default() }
    }

    /// Whether every value is yes or no, 1 or 0, so that means are shares.
    pub fn is_share(&self) -> bool {
        self.values > 0 && self.numbers == 0
    }

    /// The outcome against each rule that some calls passed and others failed.
    pub fn against(&self) -> impl Iterator<Item = Against> + '_ {
        self.rules.iter().enumerate().filter_map(|(rule, &[passed, failed])| {
            let difference = if self.is_share() {
                passed.as_share().more_than(failed.as_share())?
            } else {
                passed.more_than(&failed)?
            };
            Some(Against { rule, passed, failed, difference })
        })
    }

    pub(super) fn add(&mut self, report: &CallReport<'_>, rules: usize) {
        let named = |(name, _): &(&String, &Value)| name.eq_ignore_ascii_case(&self.column);
        let Some((_, value)) = report.call.meta.iter().find(named) else {
            return;
        };
        let Some(value) = thousandths(value) else {
            self.odd += u64::from(!is_empty(value));
            return;
        };
        self.values += 1;
        self.numbers += u64::from(value != 0 && value != 1000);
        self.rules.resize(rules, [Sum::default(); 2]);
        for result in &report.judged.results {
            let Some([passed, failed]) = self.rules.get_mut(result.rule) else { continue };
            match result.verdict {
                Verdict::Pass => passed.add(value),
                Verdict::Fail => failed.add(value),
                Verdict::NotApplicable | Verdict::NotScorable => {}
            }
        }
    }

    pub(super) fn merge(&mut self, more: &Outcome) {
        self.values += more.values;
        self.odd += more.odd;
        self.numbers += more.numbers;
        self.rules.resize(self.rules.len().max(more.rules.len()), [Sum::default(); 2]);
        for (own, more) in self.rules.iter_mut().zip(&more.rules) {
            own.iter_mut().zip(more).for_each(|(own, more)| own.merge(more));
        }
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => {
            let text = text.trim();
            text.is_empty() || ["n/a", "na", "null", "none", "-"].iter().any(|none| text.eq_ignore_ascii_case(none))
        }
        _ => false,
    }
}

/// A value in thousandths: a number, yes or no, `4/5` and `85 %` by their first number, `5:30` as seconds.
fn thousandths(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(yes) => Some(if *yes { 1000 } else { 0 }),
        Value::Number(number) => rounded(number.as_f64()?),
        Value::String(text) => {
            let text = text.trim().to_ascii_lowercase();
            match text.as_str() {
                "yes" | "true" | "y" => return Some(1000),
                "no" | "false" | "n" => return Some(0),
                _ => {}
            }
            if let Some(seconds) = clock(&text) {
                return Some(seconds * 1000);
            }
            let number = text.trim_end_matches('%').trim_end();
            let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
            number.chars().all(plain).then(|| number.parse().ok()).flatten().and_then(rounded)
        }
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn rounded(number: f64) -> Option<i64> {
    let thousandths = (number * 1000.0).round();
    (thousandths.abs() <= Sum::LARGEST as f64).then_some(thousandths as i64)
}

/// `5:30` or `1:05:30` in seconds.
fn clock(text: &str) -> Option<i64> {
    let parts: Vec<i64> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let fits = (2..=3).contains(&parts.len()) && parts[1..].iter().all(|part| (0..60).contains(part));
    (fits && (0..100_000).contains(&parts[0])).then(|| parts.iter().fold(0, |sum, part| sum * 60 + part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_read_as_tables_write_them() {
        for (value, found) in [
            (json!(4), Some(4000)),
            (json!("4.25"), Some(4250)),
            (json!("-1"), Some(-1000)),
            (json!(true), Some(1000)),
            (json!("No"), Some(0)),
            (json!(" YES "), Some(1000)),
            (json!("85 %"), Some(85_000)),
            (json!("5:30"), Some(330_000)),
            (json!("1:05:30"), Some(3_930_000)),
            (json!("good"), None),
            (json!("5:99"), None),
            (json!("nan"), None),
            (json!(1e300), None),
            (json!(""), None),
            (json!([1]), None),
        ] {
            assert_eq!(thousandths(&value), found, "{value}");
        }
        assert!(is_empty(&json!(" N/A ")) && !is_empty(&json!("good")));
    }
}
