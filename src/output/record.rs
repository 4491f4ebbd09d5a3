//! One call as a JSON object, `heard.call/1`: the wire format that `json` and `jsonl` share.
//!
//! Structs of their own, so that nothing that changes inside the program changes the format. Every key is always there,
//! `null` when unknown; the exceptions are `looked`, which stands in the evidence of an absence, and the place of
//! evidence in a script.

use super::{Setup, wire};
use crate::report::script::OnPage;
use crate::report::{Basis, CALL_SCHEMA, CallReport, Evidence, Grade, JudgedBy, RuleHead, RuleResult, Unreadable};
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Serialize)]
struct Line<'c> {
    schema: &'static str,
    record: u64,
    call: &'c str,
    source: &'c str,
    format: &'static str,
    agent: Option<&'c str>,
    customer: Option<&'c str>,
    queue: Option<&'c str>,
    started: Option<&'c str>,
    duration_s: Option<f64>,
    turns: u64,
    roles: Roles,
    score: Option<f64>,
    band: Option<&'static str>,
    passed: Option<bool>,
    hardship: Option<bool>,
    meta: &'c Map<String, Value>,
    by: By<'c>,
    digest: String,
    results: Vec<Judgement<'c>>,
    metrics: Metrics,
}

#[derive(Serialize)]
struct Roles {
    how: &'static str,
    confidence: f64,
}

#[derive(Serialize)]
struct By<'c> {
    version: &'static str,
    packs: &'c str,
    detectors: &'static str,
}

#[derive(Serialize)]
struct Judgement<'c> {
    rule: &'c str,
    section: Option<&'c str>,
    severity: &'static str,
    weight: u32,
    verdict: &'static str,
    grade: Option<&'static str>,
    near: bool,
    basis: Option<&'static str>,
    reason: &'static str,
    why: &'c str,
    advice: Option<&'c str>,
    evidence: Vec<Shown<'c>>,
}

/// Evidence; of a finding about the page of a script only the quote and the place are known.
#[derive(Default, Serialize)]
struct Shown<'c> {
    turn: Option<u32>,
    sentence: Option<u32>,
    speaker: Option<&'static str>,
    start_s: Option<f64>,
    end_s: Option<f64>,
    quote: &'c str,
    tags: &'c [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    looked: Option<Looked>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

#[derive(Serialize)]
struct Looked {
    from_s: Option<f64>,
    to_s: Option<f64>,
}

/// The figures of a call, as every output of JSON writes them.
#[derive(Serialize)]
pub(super) struct Metrics {
    agent_talk_share: Option<f64>,
    agent_wpm: Option<f64>,
    median_reply_gap_s: Option<f64>,
    overlap_s: Option<f64>,
    silence_s: Option<f64>,
    hold_s: Option<f64>,
}

impl Metrics {
    pub(super) fn of(metrics: &crate::report::Metrics) -> Metrics {
        Metrics {
            agent_talk_share: metrics.agent_talk_share.map(wire::decimal),
            agent_wpm: metrics.agent_wpm.map(wire::decimal),
            median_reply_gap_s: metrics.median_reply_gap_s.map(wire::decimal),
            overlap_s: metrics.overlap_s.map(wire::decimal),
            silence_s: metrics.silence_s.map(wire::decimal),
            hold_s: metrics.hold_s.map(wire::decimal),
        }
    }
}

/// Exactly four keys, so that a reader tells it by `error`.
#[derive(Serialize)]
struct Broken<'c> {
    schema: &'static str,
    record: u64,
    source: &'c str,
    error: &'c str,
}

/// Appends a record that could not be read.
pub fn unreadable(record: &Unreadable, to: &mut Vec<u8>) {
    let Unreadable { record, source, error, line: _ } = record;
    wire::json(&Broken { schema: CALL_SCHEMA, record: *record, source, error }, to);
}

/// Appends one call, without a line end.
pub fn call(report: &CallReport<'_>, setup: &Setup, to: &mut Vec<u8>) {
    let CallReport { record, source, call, judged, .. } = *report;
    if let Some(line) = report.stored.and_then(|stored| stored.line.as_deref()) {
        to.extend_from_slice(line.as_bytes());
        return;
    }
    let by = report.stored.and_then(|stored| stored.by.as_ref()).unwrap_or(&setup.by);
    let JudgedBy { version, packs, detectors } = by;
    let metrics = &judged.metrics;
    let line = Line {
        schema: CALL_SCHEMA,
        record,
        call: &call.id,
        source,
        format: call.format,
        agent: call.agent.as_deref(),
        customer: call.customer.as_deref(),
        queue: call.queue.as_deref(),
        started: call.started.as_deref(),
        duration_s: call.duration().map(wire::decimal),
        turns: report.turns(),
        roles: Roles { how: call.roles.how.as_str(), confidence: wire::decimal(call.roles.confidence) },
        score: judged.score.map(|score| wire::tenths(score.tenths.into())),
        band: judged.score.map(|score| score.band.as_str()),
        passed: judged.score.map(|score| score.passed),
        hardship: judged.hardship,
        meta: &call.meta,
        by: By { version, packs, detectors },
        digest: report.digest(),
        results: judged.results.iter().enumerate().map(|(k, r)| judgement(report, k, r, &setup.rules)).collect(),
        metrics: Metrics::of(metrics),
    };
    wire::json(&line, to);
}

fn judgement<'c>(report: &CallReport<'c>, k: usize, result: &'c RuleResult, rules: &'c [RuleHead]) -> Judgement<'c> {
    let head = &rules[result.rule];
    let on_page = report.script.and_then(|s| s.notes.get(k)?.on_page.as_ref()).map(|page| found(report, page));
    Judgement {
        rule: &head.id,
        section: head.section.as_deref(),
        severity: head.severity.as_str(),
        weight: head.weight,
        verdict: result.verdict.as_str(),
        grade: result.grade.map(Grade::as_str),
        near: result.near,
        basis: result.basis.map(Basis::as_str),
        reason: result.reason,
        why: &result.why,
        advice: result.advice.as_deref(),
        evidence: on_page.into_iter().chain(result.evidence.iter().map(|e| shown(report, e))).collect(),
    }
}

fn found<'c>(report: &CallReport<'c>, on_page: &'c OnPage) -> Shown<'c> {
    Shown {
        quote: &on_page.text,
        file: Some(report.source),
        line: Some(on_page.place.line),
        column: Some(on_page.place.column),
        ..Shown::default()
    }
}

fn shown<'c>(report: &CallReport<'c>, evidence: &'c Evidence) -> Shown<'c> {
    let place = report.place(evidence);
    let looked = evidence.looked;
    Shown {
        turn: Some(evidence.turn),
        sentence: Some(evidence.sentence),
        speaker: Some(evidence.speaker.as_str()),
        start_s: evidence.start_s.map(wire::decimal),
        end_s: evidence.end_s.map(wire::decimal),
        quote: report.quote(evidence),
        tags: &evidence.tags,
        looked: looked.map(|l| Looked { from_s: l.from_s.map(wire::decimal), to_s: l.to_s.map(wire::decimal) }),
        file: place.map(|_| report.source),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
    }
}
