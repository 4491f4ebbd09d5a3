//! Labelled sentences: a JSON object a line, with `text` and `labels`, and what was said before where it is known.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// One labelled sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Labelled {
    /// The agent's sentence.
    pub text: String,
    /// The names of the sets that a grader saw in it.
    pub labels: Vec<String>,
    /// What the customer said before.
    #[serde(default, rename = "customer_before")]
    pub before: String,
    /// Where it stands, `CALL#TURN`; sentences of one call are never on both sides of a test.
    #[serde(default)]
    pub id: String,
    /// The collection it comes from.
    #[serde(default, rename = "dataset")]
    pub source: String,
    /// Under which licence.
    #[serde(default)]
    pub licence: String,
}

impl Labelled {
    /// The part of a cross-validation that it is in, by its call.
    #[must_use]
    pub fn part(&self, parts: usize) -> usize {
        let call = self.id.split('#').next().filter(|c| !c.is_empty());
        let bytes = call.unwrap_or(&self.text).bytes();
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| {
            (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        });
        ((hash >> 17) % parts as u64) as usize
    }
}

/// A line that is no labelled sentence.
#[derive(Debug, PartialEq, Eq)]
pub struct BadLine {
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: {}\n  = a line wants {{\"text\": \"I can help.\", \"labels\": [\"willingness\"], \"customer_before\": \"…\"}}",
            self.line, self.what
        )
    }
}

impl std::error::Error for BadLine {}

/// Reads a file of labelled sentences.
pub fn read(text: &str) -> Result<Vec<Labelled>, BadLine> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(k, line)| {
            serde_json::from_str(line).map_err(|error| BadLine {
                line: k + 1,
                what: error.to_string(),
            })
        })
        .collect()
}

/// The sources with their licences and how many sentences are from each.
#[must_use]
pub fn sources(all: &[Labelled]) -> BTreeMap<(&str, &str), usize> {
    let mut sources = BTreeMap::new();
    for one in all {
        *sources
            .entry((one.source.as_str(), one.licence.as_str()))
            .or_default() += 1;
    }
    sources
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn lines_are_read_and_a_bad_one_is_named() {
        let good = read("{\"text\":\"Sure.\",\"labels\":[]}\n\n{\"text\":\"a\",\"labels\":[\"offer\"],\"customer_before\":\"b\",\"more\":1}\n").unwrap();
        assert_eq!((good.len(), good[1].before.as_str()), (2, "b"));
        let bad = read("{\"text\":\"Sure.\",\"labels\":[]}\n{\"labels\":[]}").unwrap_err();
        assert_eq!(bad.line, 2);
        assert!(bad.what.contains("text"), "{}", bad.what);
    }

    #[test]
    fn sentences_of_a_call_stay_together() {
        let of = |id: &str| {
            Labelled {
                id: id.to_owned(),
                ..Labelled::default()
            }
            .part(5)
        };
        assert_eq!(of("c-1#2.0"), of("c-1#14.3"));
        assert!((0..40).any(|k| of(&format!("c-{k}#1")) != of("c-1#1")));
    }
}
