//! Codes of reasons in the words of whoever reads a summary. The reports of single calls say more, with names and times;
//! a summary over many calls has nothing but the codes.

/// The codes of failed and of not scorable verdicts, with what they mean.
const WORDS: [(&str, &str); 16] = [
    ("coarse-times", "the transcript stores times in whole seconds"),
    ("found", "something listed was said that should not be"),
    ("language", "the call is in another language than the rule"),
    ("name-redacted", "the name may be hidden by a redaction"),
    ("name-unknown", "nobody says what the caller is called"),
    ("no-ends", "the transcript does not store when turns end"),
    ("no-times", "the transcript stores no times of speech"),
    ("none-found", "nothing listed was found"),
    ("not-alone", "something listed was found, but not in a sentence of its own"),
    ("not-found", "nothing listed was found"),
    ("out-of-limits", "a figure is out of its limits"),
    ("roles-unknown", "the transcript does not say who is the agent"),
    ("step-missing", "a listed step was not found"),
    ("too-few", "it was found less often than needed"),
    ("too-many", "it was found more often than allowed"),
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
    fn every_reason_of_the_rules_has_words() {
        let mut text = String::new();
        let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
        sources(&rules, &mut text);
        let codes = Regex::new(r#"(?:not_scorable\(|Verdict::Fail,)\s*"([a-z-]+)""#).expect("a pattern");
        let found: Vec<&str> = codes.captures_iter(&text).map(|c| c.get(1).map_or("", |code| code.as_str())).collect();
        assert!(found.len() > 8, "{found:?}");
        for code in found {
            assert_ne!(words(code), code.replace('-', " "), "{code}");
        }
    }
}
