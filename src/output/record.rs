//! One call as a JSON object, `heard.call/1`: the wire format that `json` and `jsonl` share.
//!
//! Written by hand, key by key, so that nothing that changes inside the program changes it, and because it is the
//! hot path of every big run. Every key is always there, `null` when unknown. The one exception is `looked`, which
//! stands in the evidence of an absence and nowhere else.

use super::{Setup, escape, number, wire};
use crate::report::digest;
use crate::report::script::Place;
use crate::report::{
    Basis, CallReport, Evidence, Grade, JudgedBy, Looked, Metrics, RuleHead, RuleResult, Score, Unreadable,
};

/// Writes calls as JSON objects; what is the same for all calls is rendered once.
pub struct RecordWriter {
    /// For each rule, its result's object up to the verdict.
    heads: Vec<Vec<u8>>,
    /// What judged, the whole key.
    by: Vec<u8>,
}

impl RecordWriter {
    /// A writer for results of the rules of a run.
    #[must_use]
    pub fn new(setup: &Setup) -> Self {
        RecordWriter { heads: setup.rules.iter().map(head).collect(), by: by(&setup.by) }
    }

    /// Appends one call, without a line end.
    pub fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        let CallReport { record, source, call, judged, script: _ } = *report;
        begin(record, to);
        key(",\"call\":", to);
        escape::json(&call.id, to);
        key(",\"source\":", to);
        escape::json(source, to);
        key(",\"format\":", to);
        escape::json(call.format, to);
        key(",\"agent\":", to);
        escape::json_optional(call.agent.as_deref(), to);
        key(",\"customer\":", to);
        escape::json_optional(call.customer.as_deref(), to);
        key(",\"queue\":", to);
        escape::json_optional(call.queue.as_deref(), to);
        key(",\"started\":", to);
        escape::json_optional(call.started.as_deref(), to);
        key(",\"duration_s\":", to);
        number::optional(call.duration(), to);
        key(",\"turns\":", to);
        number::integer(call.turns.len() as u64, to);
        key(",\"roles\":{\"how\":\"", to);
        key(call.roles.how.as_str(), to);
        key("\",\"confidence\":", to);
        number::decimal(call.roles.confidence, to);
        key("},", to);
        score(judged.score, to);
        key(",\"hardship\":", to);
        key(judged.hardship.map_or("null", truth), to);
        key(",\"meta\":", to);
        wire::json(&call.meta, to);
        to.extend_from_slice(&self.by);
        key(",\"digest\":\"", to);
        number::hex(digest::of_call(call), to);
        key("\",\"results\":[", to);
        for (k, result) in judged.results.iter().enumerate() {
            if k > 0 {
                to.push(b',');
            }
            self.result(report, k, result, to);
        }
        key("],\"metrics\":", to);
        metrics(&judged.metrics, to);
        to.push(b'}');
    }

    fn result(&self, report: &CallReport<'_>, k: usize, result: &RuleResult, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.heads[result.rule]);
        key(result.verdict.as_str(), to);
        key("\",\"grade\":", to);
        word(result.grade.map(Grade::as_str), to);
        key(",\"near\":", to);
        key(truth(result.near), to);
        key(",\"basis\":", to);
        word(result.basis.map(Basis::as_str), to);
        key(",\"reason\":", to);
        escape::json(result.reason, to);
        key(",\"why\":", to);
        escape::json(&result.why, to);
        key(",\"advice\":", to);
        escape::json_optional(result.advice.as_deref(), to);
        key(",\"evidence\":[", to);
        let note = report.script.and_then(|s| s.notes.get(k));
        if let Some(on_page) = note.and_then(|n| n.on_page.as_ref()) {
            key("{\"turn\":null,\"sentence\":null,\"speaker\":null,\"start_s\":null,\"end_s\":null,\"quote\":", to);
            escape::json(&on_page.text, to);
            key(",\"tags\":[]", to);
            place(report.source, on_page.place, to);
            to.push(b'}');
        }
        for (k, evidence) in result.evidence.iter().enumerate() {
            if k > 0 {
                to.push(b',');
            }
            quote(report, evidence, to);
        }
        key("]}", to);
    }
}

/// Appends a record that could not be read: exactly four keys, so that a reader tells it by `error`.
pub fn unreadable(record: &Unreadable, to: &mut Vec<u8>) {
    begin(record.record, to);
    key(",\"source\":", to);
    escape::json(&record.source, to);
    key(",\"error\":", to);
    escape::json(&record.error, to);
    to.push(b'}');
}

/// Appends a fixed piece of the format.
pub fn key(text: &str, to: &mut Vec<u8>) {
    to.extend_from_slice(text.as_bytes());
}

fn begin(record: u64, to: &mut Vec<u8>) {
    key("{\"schema\":\"heard.call/1\",\"record\":", to);
    number::integer(record, to);
}

fn head(rule: &RuleHead) -> Vec<u8> {
    let mut to = Vec::new();
    key("{\"rule\":", &mut to);
    escape::json(&rule.id, &mut to);
    key(",\"section\":", &mut to);
    escape::json_optional(rule.section.as_deref(), &mut to);
    key(",\"severity\":\"", &mut to);
    key(rule.severity.as_str(), &mut to);
    key("\",\"weight\":", &mut to);
    number::integer(u64::from(rule.weight), &mut to);
    key(",\"verdict\":\"", &mut to);
    to
}

fn by(by: &JudgedBy) -> Vec<u8> {
    let mut to = Vec::new();
    key(",\"by\":{\"version\":", &mut to);
    escape::json(by.version, &mut to);
    key(",\"packs\":", &mut to);
    escape::json(&by.packs, &mut to);
    key(",\"detectors\":", &mut to);
    escape::json(by.detectors, &mut to);
    to.push(b'}');
    to
}

fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// A word of ours, which needs no escaping, or `null`.
fn word(word: Option<&'static str>, to: &mut Vec<u8>) {
    match word {
        Some(word) => {
            to.push(b'"');
            key(word, to);
            to.push(b'"');
        }
        None => key("null", to),
    }
}

fn score(score: Option<Score>, to: &mut Vec<u8>) {
    match score {
        Some(score) => {
            key("\"score\":", to);
            number::tenths(u64::from(score.tenths), to);
            key(",\"band\":\"", to);
            key(score.band.as_str(), to);
            key("\",\"passed\":", to);
            key(truth(score.passed), to);
        }
        None => key("\"score\":null,\"band\":null,\"passed\":null", to),
    }
}

fn quote(report: &CallReport<'_>, evidence: &Evidence, to: &mut Vec<u8>) {
    key("{\"turn\":", to);
    number::integer(u64::from(evidence.turn), to);
    key(",\"sentence\":", to);
    number::integer(u64::from(evidence.sentence), to);
    key(",\"speaker\":\"", to);
    key(evidence.speaker.as_str(), to);
    key("\",\"start_s\":", to);
    number::optional(evidence.start_s, to);
    key(",\"end_s\":", to);
    number::optional(evidence.end_s, to);
    key(",\"quote\":", to);
    escape::json(&report.quote(evidence), to);
    key(",\"tags\":[", to);
    for (k, tag) in evidence.tags.iter().enumerate() {
        if k > 0 {
            to.push(b',');
        }
        escape::json(tag, to);
    }
    to.push(b']');
    if let Some(Looked { from_s, to_s }) = evidence.looked {
        key(",\"looked\":{\"from_s\":", to);
        number::optional(from_s, to);
        key(",\"to_s\":", to);
        number::optional(to_s, to);
        to.push(b'}');
    }
    if let Some(at) = report.place(evidence) {
        place(report.source, at, to);
    }
    to.push(b'}');
}

/// Where evidence stands in a script.
fn place(file: &str, at: Place, to: &mut Vec<u8>) {
    key(",\"file\":", to);
    escape::json(file, to);
    key(",\"line\":", to);
    number::integer(u64::from(at.line), to);
    key(",\"column\":", to);
    number::integer(u64::from(at.column), to);
}

fn metrics(metrics: &Metrics, to: &mut Vec<u8>) {
    let Metrics { agent_talk_share, agent_wpm, median_reply_gap_s, overlap_s, silence_s, hold_s } = *metrics;
    let all = [
        ("{\"agent_talk_share\":", agent_talk_share),
        (",\"agent_wpm\":", agent_wpm),
        (",\"median_reply_gap_s\":", median_reply_gap_s),
        (",\"overlap_s\":", overlap_s),
        (",\"silence_s\":", silence_s),
        (",\"hold_s\":", hold_s),
    ];
    for (name, value) in all {
        key(name, to);
        number::optional(value, to);
    }
    to.push(b'}');
}
