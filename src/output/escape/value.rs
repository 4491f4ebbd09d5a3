//! Any JSON that came from outside, written with the strings escaped as all outputs have them.

use super::json;
use serde_json::{Map, Value};

/// Appends an object.
pub fn object(keys: &Map<String, Value>, to: &mut Vec<u8>) {
    to.push(b'{');
    for (k, (key, one)) in keys.iter().enumerate() {
        if k > 0 {
            to.push(b',');
        }
        json(key, to);
        to.push(b':');
        value(one, to);
    }
    to.push(b'}');
}

fn value(of: &Value, to: &mut Vec<u8>) {
    match of {
        Value::String(text) => json(text, to),
        Value::Array(values) => {
            to.push(b'[');
            for (k, one) in values.iter().enumerate() {
                if k > 0 {
                    to.push(b',');
                }
                value(one, to);
            }
            to.push(b']');
        }
        Value::Object(keys) => object(keys, to),
        simple => {
            // Into memory it cannot fail.
            let _ = serde_json::to_writer(to, simple);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_written_reads_back_and_stays_on_its_line() {
        let text = r#"{"a\u2028":[{"b":[]},null,-1.5,"x\u0085\n\u0000",true],"":{}}"#;
        let from: Map<String, Value> = serde_json::from_str(text).unwrap();
        let mut to = Vec::new();
        object(&from, &mut to);
        let written = String::from_utf8(to).unwrap();
        assert_eq!(serde_json::from_str::<Map<_, _>>(&written).unwrap(), from);
        assert!(!written.contains(['\u{2028}', '\u{85}', '\n']), "{written}");
    }
}
