//! Labelled lines: a JSON object a line, with `text` and `labels`, and what the other party said before.
//!
//! `customer_before` says that the line is an agent's sentence, `agent_before` that it is a customer's turn; a line with
//! neither is an agent's.

use crate::call::Role;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// One labelled line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Labelled {
    /// The agent's sentence, the customer's turn.
    pub text: String,
    /// The sets that a grader saw in it, by name.
    pub labels: Vec<String>,
    /// What the customer said before.
    #[serde(default, rename = "customer_before")]
    customer_before: Option<String>,
    #[serde(default)]
    agent_before: Option<String>,
    /// Where it stands, `CALL#TURN`; sentences of one call are never on both sides of a test.
    #[serde(default)]
    pub id: String,
    /// Who wrote or said it, where that is known.
    #[serde(default)]
    pub writer: String,
    /// The collection it comes from.
    #[serde(default, rename = "dataset")]
    pub source: String,
    /// Under which licence.
    #[serde(default)]
    pub licence: String,
    /// It was made up to teach: it is learned from, and never used to measure.
    #[serde(skip)]
    pub made_up: bool,
}

impl Labelled {
    /// Who says it.
    pub fn speaker(&self) -> Role {
        if self.agent_before.is_some() { Role::Customer } else { Role::Agent }
    }

    /// What the other party said before; empty if unknown.
    pub fn before(&self) -> &str {
        let before = self.agent_before.as_ref().or(self.customer_before.as_ref());
        before.map_or("", String::as_str)
    }

    /// The call it comes from; empty if unknown.
    pub fn call(&self) -> &str {
        self.id.split_once('#').map_or("", |(call, _)| call)
    }

    /// The group it belongs to: a cross-validation leaves out whole groups.
    pub fn group(&self, by: HoldOut) -> &str {
        let call = self.call();
        match by {
            _ if call.is_empty() => &self.text,
            HoldOut::Writer if !self.writer.is_empty() => &self.writer,
            _ => call,
        }
    }

    /// Its part of a cross-validation, which its group decides.
    pub fn part(&self, by: HoldOut, parts: usize) -> usize {
        let bytes = self.group(by).bytes();
        let hash =
            bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        ((hash >> 17) % parts as u64) as usize
    }
}

/// Which lines form a group: a cross-validation leaves out whole groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum HoldOut {
    /// Lines of one call, known by the part of their id before `#`
    Call,
    /// Lines of one `writer`; lines without a writer are grouped by call
    Writer,
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
        .map(|(k, line)| serde_json::from_str(line).map_err(|error| BadLine { line: k + 1, what: error.to_string() }))
        .collect()
}

/// The sources with their licences and how many sentences are from each.
pub fn sources(all: &[Labelled]) -> BTreeMap<(&str, &str), usize> {
    let mut sources = BTreeMap::new();
    for one in all {
        *sources.entry((one.source.as_str(), one.licence.as_str())).or_default() += 1;
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
        assert_eq!((good.len(), good[1].before()), (2, "b"));
        assert_eq!(good[1].speaker(), Role::Agent);
        let customer = read("{\"text\":\"It broke.\",\"labels\":[\"hardship\"],\"agent_before\":\"Hello?\"}").unwrap();
        assert_eq!((customer[0].speaker(), customer[0].before()), (Role::Customer, "Hello?"));
        let bad = read("{\"text\":\"Sure.\",\"labels\":[]}\n{\"labels\":[]}").unwrap_err();
        assert_eq!(bad.line, 2);
        assert!(bad.what.contains("text"), "{}", bad.what);
    }

    #[test]
    fn lines_of_a_call_or_a_writer_stay_together() {
        let of = |by: HoldOut, id: &str| {
            let (id, writer) = (id.to_owned(), id[..1].to_owned());
            Labelled { id, writer, ..Labelled::default() }.part(by, 5)
        };
        let call = |id: &str| of(HoldOut::Call, id);
        assert_eq!(call("c-1#2.0"), call("c-1#14.3"));
        assert!((0..40).any(|k| call(&format!("c-{k}#1")) != call("c-1#1")));
        let writer = |id: &str| of(HoldOut::Writer, id);
        assert!((0..40).all(|k| writer(&format!("c-{k}#1")) == writer("c-1#1")));
    }
}
