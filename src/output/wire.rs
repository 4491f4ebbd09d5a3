//! JSON as every output writes it: values on one line, strings escaped so that no reader of lines trips over them.
//!
//! Outputs describe what they write as structs that mirror the wire format, so that a format can be read off its file.

use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;
use std::io;

/// Appends a value.
pub fn json<T: Serialize + ?Sized>(value: &T, to: &mut Vec<u8>) {
    // It could only fail by a key of a map that is no string, or by a writer that cannot write.
    let _ = value.serialize(&mut serde_json::Serializer::with_formatter(to, OneLine));
}

/// A number rounded to three decimals, as [`super::number::decimal`] writes it.
pub fn decimal(value: f64) -> f64 {
    let thousandths = (value * 1000.0).round();
    // The sum makes 0 of -0.
    if thousandths.abs() < super::number::EXACT { thousandths / 1000.0 + 0.0 } else { value }
}

/// Tenths as a number with one decimal: 800 is `80.0`.
pub fn tenths(value: u64) -> f64 {
    value as f64 / 10.0
}

/// Pairs as an object that keeps their order.
pub fn object<S: Serializer>(pairs: &[(&str, u64)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(pairs.iter().copied())
}

/// Compact JSON in which every control character and U+2028, U+2029 and U+0085 are escaped: some readers of JSON lines
/// end a line at them.
struct OneLine;

impl Formatter for OneLine {
    /// `fragment` holds nothing that JSON itself wants escaped.
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        // Most texts are letters and marks of ASCII, and many bytes are asked about that at once.
        if fragment.bytes().fold(true, |all, byte| all & matches!(byte, ..0x7f)) {
            return to.write_all(fragment.as_bytes());
        }
        while let Some((at, c)) =
            rest.char_indices().find(|(_, c)| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}'))
        {
            write!(to, "{}\\u{:04x}", &rest[..at], c as u32)?;
            rest = &rest[at + c.len_utf8()..];
        }
        to.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::{Map, Value};

    #[test]
    fn decimals_are_those_of_the_other_outputs() {
        for value in [0.0, -0.0, -0.0004, 1.0, 312.4, 0.05, 7.25, 2.0006, 0.9996, -1.5, f64::NAN, 86_399.999] {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            json(&decimal(value), &mut ours);
            super::super::number::decimal(value, &mut theirs);
            assert_eq!(String::from_utf8(ours).unwrap(), String::from_utf8(theirs).unwrap());
        }
    }

    #[test]
    fn what_is_written_reads_back_and_stays_on_its_line() {
        let text = r#"{"a\u2028":[{"b":[]},null,-1.5,"x\u0085\n\u0000",true],"":{}}"#;
        let from: Map<String, Value> = serde_json::from_str(text).unwrap();
        let mut to = Vec::new();
        json(&from, &mut to);
        let written = String::from_utf8(to).unwrap();
        assert_eq!(serde_json::from_str::<Map<_, _>>(&written).unwrap(), from);
        assert!(!written.contains(['\u{2028}', '\u{85}', '\n']), "{written}");
    }
}
