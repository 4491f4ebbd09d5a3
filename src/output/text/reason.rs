//! Codes of reasons in the words of whoever reads a summary. The reports of single calls say more, with names and times;
//! a summary over many calls has nothing but the codes.

/// The codes of all verdicts, with what they mean. `examples/formats.md` lists the same.
const WORDS: [(&str, &str); 25] = [
    ("coarse-times", "the transcript stores times in whole seconds"),
    ("found", "something listed was said that should not be"),
    ("language", "the call is in another language than the rule"),
    ("name-redacted", "the name may be hidden by a redaction"),
    ("name-unknown", "nobody says what the caller is called"),
    ("no-agent", "no human agent speaks in the call"),
    ("no-anchor", "what the rule waits for was not said"),
    ("no-caller", "the agent speaks to a machine only"),
    ("no-chance", "the call ends before there was a chance"),
    ("no-ends", "the transcript does not store when turns end"),
    ("no-occasion", "there was no occasion for it"),
    ("no-parts", "none of the rules that it combines applies"),
    ("no-times", "the transcript stores no times of speech"),
    ("none-found", "nothing listed was found"),
    ("not-alone", "something listed was found, but not in a sentence of its own"),
    ("not-found", "nothing listed was found"),
    ("nothing-to-measure", "there is nothing to measure"),
    ("out-of-limits", "a figure is out of its limits"),
    ("roles-unknown", "the transcript does not say who is the agent"),
    ("step-missing", "a listed step was not found"),
    ("too-few", "it was found less often than needed"),
    ("too-many", "it was found more often than allowed"),
    ("window-covered", "somebody else holds the floor through all of the time"),
    ("within-limit", "it was found no more often than allowed"),
    ("within-limits", "a figure is within the limits"),
];

/// A code in words.
pub(in crate::output) fn words(code: &str) -> String {
    WORDS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| code.replace('-', " "), |(_, words)| (*words).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;
    use std::fs;
    use std::path::Path;

    fn sources(folder: &Path, to: &mut String) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, to);
            } else {
                to.push_str(&fs::read_to_string(&path).expect("a source"));
            }
        }
    }

    #[test]
    fn every_reason_of_the_rules_has_words_and_stands_in_the_docs() {
        let mut text = String::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        sources(&root.join("src/rules"), &mut text);
        let codes = r#"(?:not_scorable\(|not_applicable\(|Verdict::Fail,|Verdict::Pass,|\b(?:Pass|Fail|NotScorable|NotApplicable),)\s*"([a-z-]+)""#;
        let codes = Regex::new(codes).expect("a pattern");
        let found: Vec<&str> = codes.captures_iter(&text).map(|c| c.get(1).map_or("", |code| code.as_str())).collect();
        assert!(found.len() > 20, "{found:?}");
        let page = fs::read_to_string(root.join("examples/formats.md")).expect("the page");
        for code in found {
            let known = WORDS.iter().find(|(known, _)| *known == code).unwrap_or_else(|| panic!("{code} has no words"));
            // Where it passed, nothing that should not be said was found.
            let listed = page.contains(&format!("| `{code}` |"));
            assert!(listed && !known.1.is_empty(), "{code} is not in examples/formats.md");
        }
    }
}
