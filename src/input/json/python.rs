//! Lists and dicts as Python prints them, which is what a table holds whose cells were never serialised: single quotes,
//! `None`, `True`, no commas between the items of an array. Rewritten as JSON; what is none stays unread.

/// The text as JSON; none if it does not read like Python.
pub fn as_json(text: &str) -> Option<String> {
    let text = text.trim();
    let inner = text.strip_prefix(['[', '{', '('])?.trim_start();
    if !inner.starts_with(['\'', '{', '[', '"', '(']) {
        return None;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(first) = rest.chars().next() {
        let took = match first {
            '\'' | '"' => string(rest, &mut out)?,
            '(' | ')' => {
                out.push(if first == '(' { '[' } else { ']' });
                1
            }
            // `[{…}\n {…}]` is an array of dicts; `[{…},]` is a list like any other.
            '{' | '[' if out.ends_with(['}', ']']) => {
                out.push(',');
                out.push(first);
                1
            }
            '}' | ']' => {
                if out.ends_with(',') {
                    out.pop();
                }
                out.push(first);
                1
            }
            c if c.is_whitespace() => c.len_utf8(),
            c if c.is_ascii_alphabetic() => word(rest, &mut out)?,
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[took..];
    }
    Some(out)
}

/// Adds what a bare word stands for, and tells how long it is.
fn word(rest: &str, out: &mut String) -> Option<usize> {
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let word = &rest[..length];
    out.push_str(match word {
        "None" | "nan" | "null" => "null",
        "True" | "true" => "true",
        "False" | "false" => "false",
        // The exponent of a number: 1e9.
        "e" | "E" if out.ends_with(|c: char| c.is_ascii_digit()) => "e",
        // `array([…])`, `Timestamp('…')`: what is called stands in brackets.
        _ if rest[length..].starts_with('(') => "",
        _ if word.starts_with(['e', 'E']) && out.ends_with(|c: char| c.is_ascii_digit()) => word,
        _ => return None,
    });
    Some(length)
}

/// Adds a string, and tells how long it was with its quotes.
fn string(rest: &str, out: &mut String) -> Option<usize> {
    let quote = rest.chars().next()?;
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    let mut end = None;
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => {
                end = Some(at + 1);
                break;
            }
            '\\' => match chars.next()?.1 {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                kind @ ('x' | 'u' | 'U') => {
                    let digits = match kind {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    let hex: String = chars.by_ref().take(digits).map(|(_, c)| c).collect();
                    text.push(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32)?);
                }
                c => text.push(c),
            },
            c => text.push(c),
        }
    }
    out.push_str(&serde_json::to_string(&text).ok()?);
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_python_prints_is_json() {
        for (python, want) in [
            (r#"[{'speaker': 'agent', 'text': "I'm Lena."}]"#, json!([{"speaker": "agent", "text": "I'm Lena."}])),
            (r"[('agent', 'It\'s \xe9\n'), ('customer', None)]", json!([["agent", "It's é\n"], ["customer", null]])),
            (
                "[{'from': 'human', 'value': 'a'}\n {'from': 'gpt', 'value': 'b'}]",
                json!([{"from":"human","value":"a"},{"from":"gpt","value":"b"}]),
            ),
            (
                "{'a': True, 'b': 1.5e3, 'c': nan, 'd': array([1, 2])}",
                json!({"a": true, "b": 1500.0, "c": null, "d": [[1, 2]]}),
            ),
        ] {
            let read: Value = serde_json::from_str(&as_json(python).expect(python)).expect(python);
            assert_eq!(read, want, "{python}");
        }
        for other in ["[PII] is calling", "{hello}", "['open", "[0:07] Agent: hi", "['a', b]", ""] {
            assert!(as_json(other).is_none(), "{other}");
        }
    }
}
