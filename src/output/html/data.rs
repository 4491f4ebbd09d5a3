//! The data of a page: of each call a row for the list and all that is shown of it when it is opened, as JSON that can
//! stand in a page.
//!
//! The page's script puts every text into the page as text, never as markup. Places in a turn are counted in the units
//! of JavaScript's strings.

use super::kept::BETWEEN;
use crate::call::{Clock, person};
use crate::output::escape::{html as shown, unseen};
use crate::output::record::Metrics;
use crate::output::{Setup, wire};
use crate::report::timeline::Moment;
use crate::report::{Basis, CallReport, Evidence, Grade, RuleResult, Unreadable, Verdict};
use serde::Serialize;
use std::borrow::Cow;
use std::ops::Range;

type Text<'c> = Cow<'c, str>;

/// What the list says of a call.
#[derive(Serialize)]
struct Row<'c> {
    call: Text<'c>,
    /// The id as it is, where it cannot be shown as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'c str>,
    source: Text<'c>,
    /// None for the first one of its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u64>,
    /// For scripts: which way was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Text<'c>>,
    agent: Option<Text<'c>>,
    /// One for all ways in which a name is written.
    key: Option<String>,
    customer: Option<Text<'c>>,
    queue: Option<Text<'c>>,
    started: Option<Text<'c>>,
    seconds: Option<f64>,
    turns: u64,
    /// In tenths of a point.
    score: Option<u32>,
    band: Option<&'static str>,
    passed: Option<bool>,
    hardship: Option<bool>,
    /// A letter a rule.
    verdicts: String,
}

/// What the list says of a record that could not be read.
#[derive(Serialize)]
struct Broken<'c> {
    error: Text<'c>,
    source: Text<'c>,
    record: u64,
}

/// All that is shown of a call when it is opened.
#[derive(Serialize)]
struct Body<'c> {
    format: &'static str,
    roles: &'static str,
    voices: Vec<Voice<'c>>,
    turns: Vec<Turn<'c>>,
    /// Whether the turns have times of speech.
    timed: bool,
    /// Whether only what verdicts quote is known of the turns.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    quotes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    opening: Option<[f64; 2]>,
    moments: Vec<Mark<'c>>,
    results: Vec<Judgement<'c>>,
    metrics: Metrics,
}

#[derive(Serialize)]
struct Voice<'c> {
    role: &'static str,
    name: Option<Text<'c>>,
}

/// Who, from, to, what.
#[derive(Serialize)]
struct Turn<'c>(u16, Option<f64>, Option<f64>, Text<'c>);

#[derive(Serialize)]
struct Mark<'c> {
    kind: &'static str,
    turn: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'c [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<[f64; 2]>,
}

#[derive(Serialize)]
struct Judgement<'c> {
    rule: usize,
    why: Text<'c>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    near: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    /// Where it is another one than the rule's.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<Text<'c>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Shown<'c>>,
}

#[derive(Serialize)]
struct Shown<'c> {
    turn: u32,
    quote: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    hit: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<f64>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'c [&'static str],
    /// It is what was said where something else was looked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    instead: bool,
    /// For scripts: the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

/// Appends the event of a call: its score, its row, all of it.
pub(super) fn call(report: &CallReport<'_>, setup: &Setup, to: &mut Vec<u8>) {
    match report.judged.score {
        Some(score) => crate::output::number::integer(score.tenths.into(), to),
        None => to.push(b'-'),
    }
    to.push(BETWEEN);
    in_page(&row(report, setup), to);
    to.push(BETWEEN);
    in_page(&body(report, setup), to);
    to.push(b'\n');
}

/// Appends the event of a record that could not be read.
pub(super) fn unreadable(record: &Unreadable, to: &mut Vec<u8>) {
    let Unreadable { record, source, error, .. } = record;
    in_page(&Broken { error: shown(error), source: shown(source), record: *record }, to);
    to.push(b'\n');
}

/// Appends JSON that ends no element of the page that it stands in and begins none, all of it to be seen.
pub(super) fn in_page<T: Serialize>(value: &T, to: &mut Vec<u8>) {
    let mut json = Vec::new();
    wire::json(value, &mut json);
    let json = String::from_utf8(json).unwrap_or_default();
    let mut done = 0;
    // They only stand in strings.
    for (at, c) in json.char_indices().filter(|(_, c)| matches!(c, '<' | '>' | '&') || unseen(*c)) {
        to.extend_from_slice(&json.as_bytes()[done..at]);
        for unit in c.encode_utf16(&mut [0; 2]) {
            to.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
        }
        done = at + c.len_utf8();
    }
    to.extend_from_slice(&json.as_bytes()[done..]);
}

fn row<'c>(report: &CallReport<'c>, setup: &Setup) -> Row<'c> {
    let CallReport { record, source, call, judged, script, .. } = *report;
    let text = |text: &'c Option<String>| text.as_deref().map(shown);
    let id = shown(&call.id);
    let mut verdicts = vec![b'-'; setup.rules.len()];
    for result in &judged.results {
        if let Some(place) = verdicts.get_mut(result.rule) {
            *place = letter(result.verdict);
        }
    }
    Row {
        id: (id != call.id).then_some(&call.id),
        call: id,
        source: shown(source),
        record: (record > 0).then_some(record),
        path: script.map(|path| shown(&path.name)).filter(|name| !name.is_empty()),
        agent: text(&call.agent),
        key: call.agent.as_deref().map(|agent| shown(&person::key(agent)).into_owned()),
        customer: text(&call.customer),
        queue: text(&call.queue),
        started: text(&call.started),
        seconds: call.duration().filter(|s| s.is_finite()).map(wire::decimal),
        turns: report.turns(),
        score: judged.score.map(|score| score.tenths),
        band: judged.score.map(|score| score.band.as_str()),
        passed: judged.score.map(|score| score.passed),
        hardship: judged.hardship,
        verdicts: String::from_utf8(verdicts).unwrap_or_default(),
    }
}

const fn letter(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass => b'p',
        Verdict::Fail => b'f',
        Verdict::NotApplicable => b'a',
        Verdict::NotScorable => b's',
    }
}

fn body<'c>(report: &CallReport<'c>, setup: &Setup) -> Body<'c> {
    let CallReport { call, judged, timeline, .. } = *report;
    let metrics = &judged.metrics;
    let span = |turn: usize| timeline.and_then(|t| *t.turns.get(turn)?).map(seconds);
    let turns = call.turns.iter().enumerate();
    let turns = turns.map(|(k, turn)| {
        let [start, end] = span(k).map_or([None; 2], |span| span.map(Some));
        Turn(turn.speaker, start, end, shown(call.turn_text(turn)))
    });
    let speakers = call.speakers.iter();
    let opening = timeline.and_then(|t| t.opening).map(seconds);
    Body {
        format: call.format,
        roles: call.roles.how.as_str(),
        voices: speakers
            .map(|s| Voice {
                role: s.role.as_str(),
                name: s.name.as_deref().or(Some(&s.label)).filter(|n| !n.is_empty()).map(shown),
            })
            .collect(),
        turns: turns.collect(),
        timed: timeline.is_some() && call.clock == Clock::Speech && call.turns.iter().any(|t| t.start.is_some()),
        quotes: timeline.is_none() && report.script.is_none(),
        opening,
        moments: timeline.iter().flat_map(|t| &t.moments).map(|moment| mark(report, moment)).collect(),
        results: judged.results.iter().map(|result| judgement(report, setup, result)).collect(),
        metrics: Metrics::of(metrics),
    }
}

fn seconds((from, to): (f64, f64)) -> [f64; 2] {
    [wire::decimal(from), wire::decimal(to)]
}

fn mark<'c>(report: &CallReport<'c>, moment: &'c Moment) -> Mark<'c> {
    Mark {
        kind: moment.kind.as_str(),
        turn: moment.turn,
        said: (!moment.said.is_empty()).then(|| place(report, moment.turn, &moment.said)),
        tags: &moment.tags,
        span: moment.span.map(seconds),
    }
}

fn judgement<'c>(report: &CallReport<'c>, setup: &Setup, result: &'c RuleResult) -> Judgement<'c> {
    let own = setup.rules.get(result.rule).map_or("", |head| head.advice.as_str());
    Judgement {
        rule: result.rule,
        why: shown(&result.why),
        grade: result.grade.map(Grade::as_str),
        near: result.near,
        basis: result.basis.map(Basis::as_str),
        advice: result.advice.as_deref().filter(|advice| *advice != own).map(shown),
        evidence: result.evidence.iter().map(|evidence| evidenced(report, evidence)).collect(),
    }
}

fn evidenced<'c>(report: &CallReport<'c>, evidence: &'c Evidence) -> Shown<'c> {
    Shown {
        turn: evidence.turn,
        quote: place(report, evidence.turn, &evidence.quote),
        hit: (!evidence.hit.is_empty()).then(|| place(report, evidence.turn, &evidence.hit)),
        start: evidence.start_s.filter(|s| s.is_finite()).map(wire::decimal),
        tags: &evidence.tags,
        instead: evidence.looked.is_some(),
        line: report.place(evidence).map(|place| place.line),
    }
}

/// Where words stand in what is shown of their turn, without blanks around them.
fn place(report: &CallReport<'_>, turn: u32, bytes: &Range<u32>) -> [usize; 2] {
    let Some(turn) = report.call.turns.get(turn as usize) else { return [0, 0] };
    let text = report.call.text();
    let said = &text[bytes.start as usize..bytes.end as usize];
    let from = bytes.start as usize + (said.len() - said.trim_start().len());
    [from, from + said.trim().len()].map(|end| {
        let before = text.get(turn.text.start as usize..end).unwrap_or_default();
        if before.is_ascii() { before.len() } else { shown(before).encode_utf16().count() }
    })
}
