//! Fields of JSON as exports write them: absent, null, the string "None", numbers as strings.

use serde_json::Value;

/// What is read where there is nothing.
static NOTHING: Value = Value::Null;

/// The most people of a call that turns are joined to.
pub const PEOPLE: usize = 100;

/// Lenient access by path. A path is names joined with `.`; a name may list alternatives, of which the first that is
/// there and not null counts: `info.startTime|start_time`.
pub trait Fields {
    /// The value at a path, null if there is none.
    fn at(&self, path: &str) -> &Value;
    /// The trimmed string at a path that says something: not empty, nor a word for nothing.
    fn text(&self, path: &str) -> Option<&str>;
    /// What somebody said: the trimmed string at a path, unless empty. "None" is an answer here.
    fn said(&self, path: &str) -> Option<&str>;
    /// An id or a name: a string or a number.
    fn id(&self, path: &str) -> Option<String>;
    /// A number, also one that is written as a string.
    fn number(&self, path: &str) -> Option<f64>;
    /// True or false, also as a string; false if absent.
    fn flag(&self, path: &str) -> bool;
    /// The array at a path, empty if there is none.
    fn list(&self, path: &str) -> &[Value];
    /// The people at a path, whom every turn is joined to: as many of them as may be in a call, so that a hostile
    /// list of a million is not gone through for each of a million turns.
    fn people(&self, path: &str) -> &[Value];
}

impl Fields for Value {
    fn at(&self, path: &str) -> &Value {
        let mut here = self;
        for step in path.split('.') {
            let found = step.split('|').find_map(|name| here.get(name).filter(|v| !v.is_null()));
            let Some(next) = found else { return &NOTHING };
            here = next;
        }
        here
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.said(path).filter(|t| !is_nothing(t))
    }

    fn said(&self, path: &str) -> Option<&str> {
        let text = self.at(path).as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    fn id(&self, path: &str) -> Option<String> {
        match self.at(path) {
            Value::Number(n) => Some(n.to_string()),
            Value::String(_) => self.text(path).map(str::to_owned),
            // MongoDB's.
            Value::Object(_) => self.at(path).text("$oid").map(str::to_owned),
            _ => None,
        }
    }

    fn number(&self, path: &str) -> Option<f64> {
        number(self.at(path))
    }

    fn flag(&self, path: &str) -> bool {
        match self.at(path) {
            Value::Bool(b) => *b,
            Value::String(s) => s.trim().eq_ignore_ascii_case("true"),
            _ => false,
        }
    }

    fn list(&self, path: &str) -> &[Value] {
        self.at(path).as_array().map_or(&[], Vec::as_slice)
    }

    fn people(&self, path: &str) -> &[Value] {
        let all = self.list(path);
        &all[..all.len().min(PEOPLE)]
    }
}

/// A finite number, also one that is written as a string.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(n) => n.as_f64(),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    }
    .filter(|n: &f64| n.is_finite())
}

/// Whether a string is a programming language's word for nothing.
pub fn is_nothing(text: &str) -> bool {
    ["none", "null", "undefined", "nan", "n/a"].iter().any(|n| text.eq_ignore_ascii_case(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_however_they_are_written() {
        let v: Value =
            serde_json::json!({"a":{"bC":null,"b_c":"7.5"},"n":"None","t":" hi ","l":[1],"i":12,"b":"True","x":"NaN"});
        assert_eq!(v.number("a.bC|b_c"), Some(7.5));
        assert_eq!((v.text("n"), v.said("n"), v.text("t")), (None, Some("None"), Some("hi")));
        assert_eq!((v.id("i").as_deref(), v.list("l").len(), v.flag("b")), (Some("12"), 1, true));
        assert_eq!((v.number("x"), v.list("a").len()), (None, 0));
        assert!(v.at("a.zz.b").is_null() && v.at("l.0").is_null());
    }
}
