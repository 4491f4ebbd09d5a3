//! What is wrong with JSON that cannot be parsed: what and where, in words that do not speak of Rust's types.

/// What is wrong with JSON: what and where, as `line:column`; in the first line as a column alone, since a record of
/// many is one line, and rarely the first of its file.
pub fn json_error(e: &serde_json::Error) -> String {
    let (text, place) = (e.to_string(), place(e));
    if e.is_eof() {
        let inside =
            text.strip_prefix("EOF while parsing ").and_then(|t| t.split(" at line").next()).unwrap_or("a value");
        return format!("ends in the middle of {inside}, {place}: it seems to be cut off");
    }
    let what = text.split(" at line ").next().unwrap_or_default();
    if e.is_syntax() {
        return format!("is not valid JSON, {place}: {what}");
    }
    // The parser speaks of Rust's types.
    let plain = what.strip_prefix("invalid type: ").and_then(|t| t.split_once(", expected "));
    match plain {
        Some((found, wanted)) => {
            let wanted = match wanted {
                "a string" | "a borrowed string" => "a text",
                "f64" | "f32" => "a number",
                other => other,
            };
            format!("cannot be read, {place}: {found} stands where {wanted} is expected")
        }
        None => format!("cannot be read, {place}: {what}"),
    }
}

fn place(e: &serde_json::Error) -> String {
    if e.line() > 1 { format!("{}:{}", e.line(), e.column()) } else { format!("column {}", e.column()) }
}

#[cfg(test)]
mod tests {
    use crate::input::json::error::json_error;

    #[test]
    fn what_is_wrong_with_json_names_its_place_in_plain_words() {
        let wrong = |json: &str| {
            let e = serde_json::from_str::<Vec<f64>>(json).expect_err("not read");
            json_error(&e)
        };
        assert_eq!(wrong("[1, \"x\"]"), "cannot be read, column 7: string \"x\" stands where a number is expected");
        assert_eq!(wrong("[1"), "ends in the middle of a list, column 2: it seems to be cut off");
        assert_eq!(wrong("[1,\n}"), "is not valid JSON, 2:1: expected value");
    }
}
