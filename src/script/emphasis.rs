//! Lines that are marked off as a whole: by emphasis, or by brackets.

/// What stands between the emphasis marks of a line that is emphasised as a whole, and whether it is bold.
#[must_use]
pub fn emphasised(words: &str) -> Option<(&str, bool)> {
    let words = words.trim();
    for (mark, bold) in [("**", true), ("__", true), ("*", false), ("_", false)] {
        if let Some(inner) = words.strip_prefix(mark).and_then(|w| w.strip_suffix(mark))
            && !inner.is_empty()
            && !inner.contains(mark)
            && !inner.starts_with(['*', '_', ' '])
        {
            return Some((inner, bold));
        }
    }
    None
}

/// Whether brackets stand around the whole line.
#[must_use]
pub fn is_bracketed(line: &str) -> bool {
    let line = line.trim();
    [('(', ')'), ('[', ']')].into_iter().any(|(open, close)| {
        line.strip_prefix(open).and_then(|l| l.strip_suffix(close)).is_some_and(|l| !l.contains([open, close]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_marked_as_a_whole_counts() {
        for (line, inner) in [
            (" **Closing** ", Some(("Closing", true))),
            ("__Closing__", Some(("Closing", true))),
            ("*Listen.*", Some(("Listen.", false))),
            ("_Listen._", Some(("Listen.", false))),
            ("**a** and **b**", None),
            ("* an item", None),
            ("plain", None),
        ] {
            assert_eq!(emphasised(line), inner, "{line}");
        }
        for (line, is) in [("(pause)", true), (" [wait] ", true), ("(a) or (b)", false), ("(a", false), ("a", false)] {
            assert_eq!(is_bracketed(line), is, "{line}");
        }
    }
}
