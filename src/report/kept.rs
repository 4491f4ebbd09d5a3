//! A report that outlives its call: the call without what no verdict quotes.
//!
//! Lists of whole calls are made of these, and so is what is read back from results that were written before: both know
//! of a call what its verdicts show, and no more. Whatever writes a [`CallReport`] writes them like any other.

use super::{CallReport, Evidence, Judged, Stored, digest};
use crate::call::{Call, Speaker};
use std::collections::BTreeMap;

/// A report with all that it borrows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Counts from 0 within its source.
    pub record: u64,
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    /// The call, its turns empty but for the sentences that are quoted.
    pub call: Call,
    /// What the rules say of it; quotes are those of this call's text.
    pub judged: Judged,
    /// What the call does not show any more.
    pub stored: Stored,
}

impl Kept {
    /// Evidence of turns behind so many is left out: the places of the turns before it take room, and no call that
    /// people have has as many.
    pub const TURNS: u32 = 20_000;

    /// A copy of what a report shows.
    pub fn of(report: &CallReport<'_>) -> Kept {
        let call = report.call;
        let mut kept = Kept {
            record: report.record,
            source: report.source.to_owned(),
            judged: report.judged.clone(),
            stored: Stored {
                turns: report.turns(),
                digest: report.digest(),
                by: report.stored.and_then(|stored| stored.by.clone()),
                line: None,
            },
            call: Call::default(),
        };
        let own = &mut kept.call;
        own.id.clone_from(&call.id);
        own.agent.clone_from(&call.agent);
        own.customer.clone_from(&call.customer);
        own.queue.clone_from(&call.queue);
        own.started.clone_from(&call.started);
        own.language.clone_from(&call.language);
        own.meta.clone_from(&call.meta);
        own.speakers.clone_from(&call.speakers);
        own.stated_duration = call.duration();
        (own.format, own.clock, own.roles) = (call.format, call.clock, call.roles);
        let quoted = |evidence: &Evidence| {
            let turn = call.turns.get(evidence.turn as usize)?;
            Some((report.quote(evidence), turn.speaker, turn.start, turn.end, !turn.words.is_empty()))
        };
        let mut turns = Turns::default();
        for result in &mut kept.judged.results {
            result.evidence.retain_mut(|evidence| {
                let Some((quote, speaker, start, end, words)) = quoted(evidence) else { return false };
                turns.take(evidence, quote, Said { speaker, start, end, words })
            });
        }
        turns.lay(own, &mut kept.judged);
        kept
    }

    /// The report.
    pub fn report(&self) -> CallReport<'_> {
        let Kept { record, source, call, judged, stored } = self;
        CallReport { stored: Some(stored), ..CallReport::new(*record, source, call, judged) }
    }
}

/// What a turn is but for its words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said {
    /// Index into the speakers of the call.
    pub speaker: u16,
    /// As the turn has it.
    pub start: Option<f64>,
    /// As the turn has it.
    pub end: Option<f64>,
    /// Whether its words have times.
    pub words: bool,
}

/// The quoted sentences of a call, gathered before its text is laid out.
#[derive(Debug, Default)]
pub struct Turns {
    by_number: BTreeMap<u32, (Said, BTreeMap<u32, String>)>,
}

impl Turns {
    /// Takes the quote of some evidence; false if its turn is too far behind to be kept.
    pub fn take(&mut self, evidence: &Evidence, quote: &str, said: Said) -> bool {
        if evidence.turn >= Kept::TURNS {
            return false;
        }
        let (_, sentences) = self.by_number.entry(evidence.turn).or_insert_with(|| (said, BTreeMap::new()));
        sentences.entry(evidence.sentence).or_insert_with(|| quote.to_owned());
        true
    }

    /// Lays the sentences out as the turns of a call that has none yet, and lets the evidence quote them.
    pub fn lay(self, call: &mut Call, judged: &mut Judged) {
        let mut places = BTreeMap::new();
        let last = self.by_number.last_key_value().map_or(0, |(number, _)| number + 1);
        let mut quoted = self.by_number.into_iter().peekable();
        if call.speakers.is_empty() && last > 0 {
            call.speakers.push(Speaker::default());
        }
        for number in 0..last {
            let Some((_, (said, sentences))) = quoted.next_if(|(quoted, _)| *quoted == number) else {
                call.push_turn(0, None, None, "");
                continue;
            };
            let mut text = String::new();
            let from = call.text().len() as u32;
            for (sentence, quote) in sentences {
                let at = from + text.len() as u32;
                text.push_str(&quote);
                places.insert((number, sentence), at..from + text.len() as u32);
                text.push('\n');
            }
            call.push_turn(said.speaker, said.start, said.end, text.trim_end_matches('\n'));
            if let (true, Some(start)) = (said.words, said.start) {
                call.push_word("", start, start);
            }
        }
        for evidence in judged.results.iter_mut().flat_map(|result| &mut result.evidence) {
            if let Some(place) = places.get(&(evidence.turn, evidence.sentence)) {
                evidence.quote = place.clone();
                // What was matched within it is not told any more; an absence matched nothing.
                evidence.hit = if evidence.looked.is_some() { place.start..place.start } else { place.clone() };
            }
        }
    }
}

impl CallReport<'_> {
    /// How many turns the call has.
    pub fn turns(&self) -> u64 {
        self.stored.map_or(self.call.turns.len() as u64, |stored| stored.turns)
    }

    /// The hash of what was said, as it is written.
    pub fn digest(&self) -> String {
        self.stored.map_or_else(|| format!("{:016x}", digest::of_call(self.call)), |stored| stored.digest.clone())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::call::Role;
    use crate::report::{Looked, RuleResult, Verdict};

    #[test]
    fn a_copy_shows_what_the_report_shows() {
        let mut call = Call::default();
        call.id = "c".to_owned();
        let (agent, customer) = (call.speaker(Role::Agent, "A", Some("Jo")), call.speaker(Role::Customer, "C", None));
        call.push_turn(agent, Some(0.0), Some(2.0), "Acme, Jo speaking.");
        call.push_turn(customer, Some(3.0), None, "It never came. I waited.");
        call.push_turn(agent, Some(5.0), None, "Nothing is quoted of this.");
        let from = call.turns[1].text.start;
        let evidence = |turn, sentence, quote: std::ops::Range<u32>, looked| Evidence {
            turn,
            sentence,
            speaker: Role::Agent,
            start_s: None,
            end_s: None,
            hit: quote.clone(),
            quote,
            tags: Vec::new(),
            looked,
        };
        let mut result = RuleResult::new(0, Verdict::Fail, "none-found", "why".to_owned());
        let absence = Some(Looked { from_s: None, to_s: None });
        result.evidence = vec![
            evidence(1, 1, from + 15..from + 24, None),
            evidence(0, 0, call.turns[0].text.clone(), absence),
            evidence(1, 0, from..from + 14, None),
        ];
        let judged = Judged { results: vec![result], ..Judged::default() };
        let report = CallReport::new(4, "s.txt", &call, &judged);
        let kept = Kept::of(&report);
        let copy = kept.report();
        assert_eq!((copy.turns(), copy.digest(), copy.record, copy.source), (3, report.digest(), 4, "s.txt"));
        let quotes = |report: &CallReport<'_>| -> Vec<String> {
            let results = &report.judged.results;
            results.iter().flat_map(|r| &r.evidence).map(|e| report.quote(e).to_owned()).collect()
        };
        assert_eq!(quotes(&copy), ["I waited.", "Acme, Jo speaking.", "It never came."]);
        assert_eq!(quotes(&copy), quotes(&report));
        assert!(kept.judged.results[0].evidence[1].hit.is_empty() && !kept.call.text().contains("Nothing"));
        assert_eq!((kept.call.turns.len(), kept.call.turns[1].speaker, kept.call.turns[1].start), (2, 1, Some(3.0)));
        assert_eq!(Kept::of(&copy), kept, "a copy of a copy is the same");
    }

    #[test]
    fn turns_far_behind_take_no_room() {
        let mut call = Call::default();
        let agent = call.speaker(Role::Agent, "A", None);
        for _ in 0..=Kept::TURNS {
            call.push_turn(agent, None, None, "Hm.");
        }
        let last = call.turns.last().unwrap().text.clone();
        let mut result = RuleResult::new(0, Verdict::Pass, "found", String::new());
        result.evidence.push(Evidence {
            turn: Kept::TURNS,
            sentence: 0,
            speaker: Role::Agent,
            start_s: None,
            end_s: None,
            hit: last.clone(),
            quote: last,
            tags: Vec::new(),
            looked: None,
        });
        let judged = Judged { results: vec![result], ..Judged::default() };
        let kept = Kept::of(&CallReport::new(0, "s", &call, &judged));
        assert!(kept.judged.results[0].evidence.is_empty() && kept.call.turns.is_empty());
        assert_eq!(kept.stored.turns, u64::from(Kept::TURNS) + 1);
    }
}
