//! A call on its way from a worker to the workbook: what stands in its row, and in those of its findings.

use crate::output::number::EXACT;
use crate::report::{Basis, CallReport, RuleHead, Verdict};
use serde::{Deserialize, Serialize};

/// A call and its findings.
#[derive(Serialize, Deserialize)]
pub(super) struct CallRow {
    pub(super) call: String,
    pub(super) source: String,
    pub(super) agent: Option<String>,
    pub(super) customer: Option<String>,
    pub(super) queue: Option<String>,
    pub(super) started: Option<String>,
    pub(super) duration_s: Option<f64>,
    pub(super) turns: u64,
    pub(super) score_tenths: Option<u32>,
    pub(super) band: Option<String>,
    pub(super) passed: Option<bool>,
    pub(super) hardship: Option<bool>,
    /// In report order.
    pub(super) findings: Vec<FindingRow>,
}

/// A verdict.
#[derive(Serialize, Deserialize)]
pub(super) struct FindingRow {
    /// Index of the rule in report order.
    pub(super) rule: usize,
    pub(super) verdict: String,
    pub(super) basis: Option<String>,
    pub(super) why: String,
    pub(super) advice: Option<String>,
    pub(super) turn: Option<u32>,
    pub(super) start_s: Option<f64>,
    pub(super) quote: Option<String>,
}

impl CallRow {
    pub(super) fn of(report: &CallReport<'_>, rules: &[RuleHead]) -> CallRow {
        let call = report.call;
        let score = report.judged.score;
        let finite = |seconds: &f64| seconds.is_finite() && seconds.abs() < EXACT;
        let findings = report.judged.results.iter().filter(|r| r.rule < rules.len()).map(|result| {
            let evidence = result.judged();
            FindingRow {
                rule: result.rule,
                verdict: Verdict::as_str(result.verdict).to_owned(),
                basis: result.basis.map(|basis| Basis::as_str(basis).to_owned()),
                why: result.why.clone(),
                advice: result.advice.clone(),
                turn: evidence.map(|e| e.turn),
                start_s: evidence.and_then(|e| e.start_s).filter(finite),
                quote: evidence.map(|e| report.quote(e).to_owned()),
            }
        });
        CallRow {
            call: call.id.clone(),
            source: report.source.to_owned(),
            agent: call.agent.clone(),
            customer: call.customer.clone(),
            queue: call.queue.clone(),
            started: call.started.clone(),
            duration_s: call.duration().filter(finite),
            turns: report.turns(),
            score_tenths: score.map(|score| score.tenths),
            band: score.map(|score| score.band.as_str().to_owned()),
            passed: score.map(|score| score.passed),
            hardship: report.judged.hardship,
            findings: findings.collect(),
        }
    }
}
