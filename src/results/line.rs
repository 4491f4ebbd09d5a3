//! One line of results as a report that can be counted and written again: `heard.call/1`, the shape that the output of
//! JSON lines writes.

use super::Event;
use super::heads::{By, Heads};
use crate::call::{Basis, Call, HowRoles, Role, Roles};
use crate::report::kept::{Kept, Said, Turns};
use crate::report::{
    Band, Evidence, Grade, Judged, JudgedBy, Looked, Metrics, RuleResult, Score, Severity, Stored, Unreadable, Verdict,
    check_call_schema,
};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Line {
    schema: String,
    record: u64,
    source: String,
    error: Option<String>,
    call: Option<String>,
    format: Option<String>,
    agent: Option<String>,
    customer: Option<String>,
    queue: Option<String>,
    started: Option<String>,
    duration_s: Option<f64>,
    #[serde(default)]
    turns: u64,
    roles: Option<RolesOf>,
    score: Option<f64>,
    band: Option<String>,
    passed: Option<bool>,
    hardship: Option<bool>,
    #[serde(default)]
    meta: Map<String, Value>,
    by: Option<By>,
    digest: Option<String>,
    #[serde(default)]
    results: Vec<Judgement>,
    #[serde(default)]
    metrics: MetricsOf,
}

#[derive(Deserialize)]
struct RolesOf {
    how: String,
    confidence: f64,
}

#[derive(Deserialize)]
struct Judgement {
    rule: String,
    verdict: String,
    grade: Option<String>,
    #[serde(default)]
    near: bool,
    basis: Option<String>,
    reason: String,
    why: String,
    advice: Option<String>,
    #[serde(default)]
    evidence: Vec<Shown>,
}

#[derive(Deserialize)]
struct Shown {
    turn: Option<u32>,
    sentence: Option<u32>,
    speaker: Option<String>,
    start_s: Option<f64>,
    end_s: Option<f64>,
    quote: String,
    #[serde(default)]
    tags: Vec<String>,
    looked: Option<LookedAt>,
}

#[derive(Deserialize)]
struct LookedAt {
    from_s: Option<f64>,
    to_s: Option<f64>,
}

#[derive(Default, Deserialize)]
struct MetricsOf {
    agent_talk_share: Option<f64>,
    agent_wpm: Option<f64>,
    median_reply_gap_s: Option<f64>,
    overlap_s: Option<f64>,
    silence_s: Option<f64>,
    hold_s: Option<f64>,
}

/// Names that are few in all results together (of tags, reasons, formats), each kept once for as long as the program
/// runs, as those that the program itself gives are.
#[derive(Debug, Default)]
pub struct Names {
    known: BTreeMap<String, &'static str>,
}

impl Names {
    /// More names than these are no names of ours.
    const MOST: usize = 4096;
    /// Longer ones are none, either.
    const LONGEST: usize = 256;

    fn name(&mut self, name: &str) -> &'static str {
        if let Some(known) = self.known.get(name) {
            return known;
        }
        if self.known.len() >= Self::MOST || name.len() > Self::LONGEST {
            return "other";
        }
        let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
        self.known.insert(name.to_owned(), kept);
        kept
    }

    /// What judged, as the program says it of itself.
    pub fn judge(&mut self, by: &By) -> JudgedBy {
        JudgedBy { version: self.name(&by.version), packs: by.packs.clone(), detectors: self.name(&by.detectors) }
    }
}

/// What a line says.
pub(super) fn event(line: &str, heads: &Heads, names: &mut Names) -> Result<Event, String> {
    let line: Line = serde_json::from_str(line)
        .map_err(|e| format!("is no result of a call, as heard audit -o FILE.jsonl writes it: {e}"))?;
    check_call_schema(&line.schema)?;
    if let Some(error) = line.error {
        return Ok(Event::Unreadable(Unreadable { record: line.record, source: line.source, line: None, error }));
    }
    call(line, heads, names).map(|kept| Event::Call(Box::new(kept)))
}

fn call(line: Line, heads: &Heads, names: &mut Names) -> Result<Kept, String> {
    let mut call = Call::default();
    call.id = line.call.ok_or("has no `call`")?;
    (call.agent, call.customer, call.queue, call.started) = (line.agent, line.customer, line.queue, line.started);
    call.stated_duration = line.duration_s;
    call.meta = line.meta;
    call.format = line.format.map_or("", |format| names.name(&format));
    if let Some(RolesOf { how, confidence }) = &line.roles {
        call.roles = Roles { how: known("roles", how, &HOW, HowRoles::as_str)?, confidence: *confidence };
    }
    let (mut results, mut turns) = (Vec::with_capacity(line.results.len()), Turns::default());
    let mut critical = false;
    for judgement in line.results {
        let rule =
            heads.place(&judgement.rule).ok_or_else(|| format!("the rule `{}` has no severity", judgement.rule))?;
        let verdict = known("verdict", &judgement.verdict, &Verdict::ALL, Verdict::as_str)?;
        let mut result = RuleResult::new(rule, verdict, names.name(&judgement.reason), judgement.why);
        critical |= verdict == Verdict::Fail && heads.rules[rule].severity == Severity::Critical;
        result.near = judgement.near;
        result.advice = judgement.advice;
        let grade = |grade: &String| known("grade", grade, &[Grade::Generic, Grade::Specific], Grade::as_str);
        result.grade = judgement.grade.as_ref().map(grade).transpose()?;
        let basis = |basis: &String| known("basis", basis, &BASES, Basis::as_str);
        result.basis = judgement.basis.as_ref().map(basis).transpose()?;
        for shown in judgement.evidence {
            let Some(evidence) = evidence(&shown, names)? else { continue };
            let name = (evidence.speaker == Role::Agent).then_some(call.agent.clone()).flatten();
            let speaker = call.speaker(evidence.speaker, evidence.speaker.as_str(), name.as_deref());
            let said = Said { speaker, start: shown.start_s, end: shown.end_s, words: false };
            if turns.take(&evidence, &shown.quote, said) {
                result.evidence.push(evidence);
            }
        }
        results.push(result);
    }
    results.sort_by_key(|result| result.rule);
    let score = match (line.score, line.band, line.passed) {
        (Some(points), Some(band), Some(passed)) if (0.0..=100.0).contains(&points) => {
            let band = known("band", &band, &Band::ALL, Band::as_str)?;
            Some(Score { tenths: (points * 10.0).round() as u32, band, passed, critical })
        }
        (None, ..) => None,
        _ => return Err("has a `score` that is none: from 0 to 100, with `band` and `passed`".to_owned()),
    };
    let m = line.metrics;
    let metrics = Metrics {
        agent_talk_share: m.agent_talk_share,
        agent_wpm: m.agent_wpm,
        median_reply_gap_s: m.median_reply_gap_s,
        overlap_s: m.overlap_s,
        silence_s: m.silence_s,
        hold_s: m.hold_s,
    };
    let mut judged = Judged { results, score, hardship: line.hardship, metrics };
    turns.lay(&mut call, &mut judged);
    let by = line.by.as_ref().map(|by| names.judge(by));
    let stored = Stored { turns: line.turns, digest: line.digest.unwrap_or_default(), by, line: None };
    Ok(Kept { record: line.record, source: line.source, call, judged, stored })
}

/// Evidence of a turn; none of what stands on the page of a script.
fn evidence(shown: &Shown, names: &mut Names) -> Result<Option<Evidence>, String> {
    let (Some(turn), Some(sentence), Some(speaker)) = (shown.turn, shown.sentence, &shown.speaker) else {
        return Ok(None);
    };
    Ok(Some(Evidence {
        turn,
        sentence,
        speaker: known("speaker", speaker, &ROLES, Role::as_str)?,
        start_s: shown.start_s,
        end_s: shown.end_s,
        quote: 0..0,
        hit: 0..0,
        tags: shown.tags.iter().map(|tag| names.name(tag)).collect(),
        looked: shown.looked.as_ref().map(|looked| Looked { from_s: looked.from_s, to_s: looked.to_s }),
    }))
}

const HOW: [HowRoles; 5] = [HowRoles::Stated, HowRoles::Label, HowRoles::Mapped, HowRoles::Inferred, HowRoles::Unknown];
const ROLES: [Role; 4] = [Role::Agent, Role::Customer, Role::Bot, Role::Unknown];
const BASES: [Basis; 4] = [Basis::Exact, Basis::Turn, Basis::Estimated, Basis::Turns];

/// The value that a word stands for.
fn known<T: Copy>(key: &str, word: &str, all: &[T], as_str: fn(T) -> &'static str) -> Result<T, String> {
    let all_words = || all.iter().map(|value| as_str(*value)).collect::<Vec<_>>().join(", ");
    let found = all.iter().copied().find(|value| as_str(*value) == word);
    found.ok_or_else(|| format!("`{key}` is `{word}`; one of {}", all_words()))
}
