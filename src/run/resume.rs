//! What an earlier run said of a call, taken over where this run would say the same.
//!
//! A call is read in any case; judging it is what costs. A line is taken if it is about the same words of the same
//! people and was judged in the same way, and if all that it shows is what this run would show of the call: its names,
//! its metadata, its quotes, with or without what is redacted. So what comes out is what a run without `--resume` gives.

use crate::call::Call;
use crate::output::wire;
use crate::redact;
use crate::report::kept::Kept;
use crate::report::{CallReport, Judged, Stored, digest};
use crate::results::{Index, Names};
use crate::run::delivery::Redacts;

/// What an earlier run said of a call, on the call as it was read now.
#[derive(Debug)]
pub struct Earlier {
    source: String,
    stored: Stored,
    /// Where everything is shown as it was said.
    plain: Option<Judged>,
    /// Where what tells who somebody is is replaced; with the call as it is shown there, if that is another one.
    redacted: Option<(Judged, Option<Call>)>,
}

impl Earlier {
    /// Finds it, if an earlier run has a result that all of so many outputs can show.
    pub fn find(
        index: &Index,
        (record, source, call): (u64, &str, &Call),
        (redacts, outputs): (Redacts, usize),
        names: &mut Names,
    ) -> Option<Earlier> {
        let digest = format!("{:016x}", digest::of_call(call));
        let kept = index.find(source, record, &digest, names).or_else(|| {
            // A file that was redacted names its sources so.
            let name = redact::name(source);
            (name != source).then(|| index.find(&name, record, &digest, names)).flatten()
        })?;
        // Of a longer call not every quote is kept.
        if call.turns.len() > Kept::TURNS as usize {
            return None;
        }
        let mut reasons = Judged { results: kept.judged.results.clone(), ..Judged::default() };
        reasons.results.iter_mut().for_each(|result| result.evidence.clear());
        let report = CallReport::new(record, source, call, &reasons);
        let mut earlier = Earlier { source: String::new(), stored: Stored::default(), plain: None, redacted: None };
        if (0..outputs).any(|output| !redacts.at(output)) {
            // A reason quotes words that need not be in any quote: whether they were replaced is seen in it alone.
            if kept.judged.results.iter().any(|result| redact::has_label(&result.why)) {
                return None;
            }
            earlier.plain = Some(on(&kept, &report)?);
        }
        if redacts.any(outputs) {
            let redacted = redact::report(&report);
            earlier.redacted = Some((on(&kept, &redacted.report())?, redacted.into_call()));
        }
        (earlier.source, earlier.stored) = (kept.source, kept.stored);
        Some(earlier)
    }

    /// The report of the call where everything is shown as it was said; if nobody shows it so, what may be shown.
    pub fn report<'a>(&'a self, record: u64, call: &'a Call) -> Option<CallReport<'a>> {
        let plain = self.plain.as_ref().map(|judged| CallReport::new(record, &self.source, call, judged));
        plain.map(|report| CallReport { stored: Some(&self.stored), ..report }).or_else(|| self.redacted(record, call))
    }

    /// The report of the call where what tells who somebody is is replaced.
    pub fn redacted<'a>(&'a self, record: u64, call: &'a Call) -> Option<CallReport<'a>> {
        let (judged, shown) = self.redacted.as_ref()?;
        let report = CallReport::new(record, &self.source, shown.as_ref().unwrap_or(call), judged);
        Some(CallReport { stored: Some(&self.stored), ..report })
    }
}

/// An earlier result on a call, if it shows nothing else than a report of the call does; that one has its reasons, and
/// no evidence.
fn on(kept: &Kept, report: &CallReport<'_>) -> Option<Judged> {
    let call = report.call;
    let heads = |call: &Call| {
        let Call { id, agent, customer, queue, started, meta, format, .. } = call;
        (id.clone(), agent.clone(), customer.clone(), queue.clone(), started.clone(), meta.clone(), *format)
    };
    let roles = |call: &Call| (call.roles.how, wire::decimal(call.roles.confidence).to_bits());
    let reasons = kept.judged.results.iter().zip(&report.judged.results).all(|(old, new)| old.why == new.why);
    let same = heads(&kept.call) == heads(call)
        && roles(&kept.call) == roles(call)
        && kept.call.stated_duration == call.duration().map(wire::decimal)
        && (kept.stored.turns, kept.source.as_str()) == (report.turns(), report.source)
        && reasons;
    if !same {
        return None;
    }
    let mut judged = kept.judged.clone();
    for evidence in judged.results.iter_mut().flat_map(|result| &mut result.evidence) {
        let turn = call.turns.get(evidence.turn as usize)?;
        let quote = kept.report().quote(evidence);
        let from = turn.text.start + call.turn_text(turn).find(quote)? as u32;
        evidence.quote = from..from + quote.len() as u32;
        // Which of its words were matched is not told any more; an absence matched none.
        evidence.hit = if evidence.looked.is_some() { from..from } else { evidence.quote.clone() };
    }
    Some(judged)
}
