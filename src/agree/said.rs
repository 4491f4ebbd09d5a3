//! What `heard` says of graded calls: from an audit that is running, or from results that were written before.

use super::labels::Labels;
use crate::report::{CallReport, RuleHead, Unreadable, Verdict, check_call_schema};
use serde::Deserialize;
use std::collections::HashMap;

/// The verdicts of `heard` on one call, for labelled rules only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallVerdicts {
    /// Index into [`Labels::calls`].
    pub call: usize,
    /// The id of the call that was read.
    pub id: String,
    /// The path as typed; `-` for standard input.
    pub source: String,
    /// Counts from 0 within its source.
    pub record: u64,
    /// One a rule, with the index of the rule in [`Labels::rules`].
    pub verdicts: Vec<(usize, Said)>,
}

impl CallVerdicts {
    /// The same, with what is put in place of texts and of names of calls and files.
    #[must_use]
    pub fn shown(&self, texts: impl Fn(&str) -> String, names: impl Fn(&str) -> String) -> CallVerdicts {
        let mut shown = self.clone();
        (shown.id, shown.source) = (names(&self.id), names(&self.source));
        for (_, said) in &mut shown.verdicts {
            said.why = texts(&said.why);
            said.quotes.iter_mut().for_each(|quote| quote.quote = texts(&quote.quote));
        }
        shown
    }
}

/// One verdict of `heard`.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, as a code.
    pub reason: String,
    /// Why, in words.
    pub why: String,
    /// The quotes it rests on.
    pub quotes: Vec<Quote>,
}

/// Where to look in a call.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Quote {
    /// Index of the turn, from 0.
    pub turn: Option<u64>,
    /// Who said it.
    pub speaker: Option<String>,
    /// When, in seconds on the file's clock.
    pub start_s: Option<f64>,
    /// Until when.
    pub end_s: Option<f64>,
    /// The sentence.
    #[serde(default)]
    pub quote: String,
}

/// The labelled calls and rules by their names.
#[derive(Clone, Debug)]
pub struct Wanted<'l> {
    calls: HashMap<&'l str, usize>,
    rules: HashMap<&'l str, usize>,
}

impl<'l> Wanted<'l> {
    /// The calls and rules of a table of labels; only picked rules.
    pub fn of(labels: &'l Labels, is_picked: impl Fn(&str) -> bool) -> Wanted<'l> {
        let indexed = |names: &'l [String]| names.iter().map(String::as_str).zip(0..);
        Wanted {
            calls: indexed(&labels.calls).collect(),
            rules: indexed(&labels.rules).filter(|(name, _)| is_picked(name)).collect(),
        }
    }

    /// The labelled call with this id, else the one named by the path or the file name of the source.
    pub fn call(&self, id: &str, source: &str) -> Option<usize> {
        let name = source.rsplit('/').next().unwrap_or(source);
        let stem = crate::input::source::stem(source);
        let found = |key: &&str| self.calls.get(key).copied();
        [id, source, name, stem].iter().find_map(found)
    }

    /// What an audit says of a labelled call, by its index in [`Labels::calls`].
    pub fn audited(&self, call: usize, report: &CallReport<'_>, heads: &[RuleHead]) -> CallVerdicts {
        let mut verdicts = Vec::new();
        for result in &report.judged.results {
            let Some(rule) = self.rules.get(heads[result.rule].id.as_str()) else {
                continue;
            };
            let quote = |evidence: &crate::report::Evidence| Quote {
                turn: Some(u64::from(evidence.turn)),
                speaker: Some(evidence.speaker.as_str().to_owned()),
                start_s: evidence.start_s,
                end_s: evidence.end_s,
                quote: report.quote(evidence).to_owned(),
            };
            verdicts.push((
                *rule,
                Said {
                    verdict: result.verdict,
                    reason: result.reason.to_owned(),
                    why: result.why.clone(),
                    quotes: result.evidence.iter().map(quote).collect(),
                },
            ));
        }
        CallVerdicts {
            call,
            id: report.call.id.clone(),
            source: report.source.to_owned(),
            record: report.record,
            verdicts,
        }
    }
}

/// A line of results: the keys that are read here.
#[derive(Deserialize)]
struct Line {
    schema: String,
    #[serde(default)]
    record: u64,
    #[serde(default)]
    source: String,
    call: Option<String>,
    error: Option<String>,
    #[serde(default)]
    results: Vec<Result_>,
}

#[derive(Deserialize)]
struct Result_ {
    rule: String,
    verdict: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    evidence: Vec<Quote>,
}

/// What a line of results holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// A labelled call.
    Graded(CallVerdicts),
    /// A call without labels, by its id.
    Other(String),
    /// A record that could not be read when the results were made.
    Unreadable(Unreadable),
}

impl Wanted<'_> {
    /// What a line of results says. `rules` gets each of its rules that it does not hold yet.
    pub fn written(&self, line: &str, rules: &mut Vec<String>) -> Result<Written, String> {
        let line: Line = serde_json::from_str(line)
            .map_err(|e| format!("is no result of a call, as heard audit --format jsonl writes it: {e}"))?;
        check_call_schema(&line.schema)?;
        if let Some(error) = line.error {
            return Ok(Written::Unreadable(Unreadable { record: line.record, source: line.source, line: None, error }));
        }
        let id = line.call.unwrap_or_default();
        for result in &line.results {
            if !rules.contains(&result.rule) {
                rules.push(result.rule.clone());
            }
        }
        let Some(call) = self.call(&id, &line.source) else {
            return Ok(Written::Other(id));
        };
        let mut verdicts = Vec::new();
        for result in line.results {
            let Some(rule) = self.rules.get(result.rule.as_str()) else {
                continue;
            };
            let verdict = super::labels::verdict(&result.verdict)
                .ok_or_else(|| format!("has the verdict `{}`", result.verdict))?;
            verdicts.push((*rule, Said { verdict, reason: result.reason, why: result.why, quotes: result.evidence }));
        }
        Ok(Written::Graded(CallVerdicts { call, id, source: line.source, record: line.record, verdicts }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_results_says_what_the_labels_ask_for() {
        let labels = Labels::of("call,rule,verdict\nc-1,warm-close,pass\nd,warm-close,fail\n", "l");
        let labels = labels.expect("labels");
        let wanted = Wanted::of(&labels, |_| true);
        let line = r#"{"schema":"heard.call/1","record":3,"call":"c-1","source":"a/b.jsonl","results":[
            {"rule":"privacy","verdict":"pass","reason":"r","why":"w","evidence":[]},
            {"rule":"warm-close","verdict":"not-applicable","reason":"no-agent","why":"nobody","evidence":[
                {"turn":4,"sentence":0,"speaker":"agent","start_s":1.5,"end_s":null,"quote":"Bye.","tags":[]}]}]}"#
            .replace('\n', "");
        let mut rules = Vec::new();
        let Ok(Written::Graded(found)) = wanted.written(&line, &mut rules) else {
            panic!("a labelled call");
        };
        assert_eq!((found.call, found.record, found.verdicts.len()), (0, 3, 1));
        let said = &found.verdicts[0].1;
        assert_eq!((said.verdict, said.quotes[0].turn), (Verdict::NotApplicable, Some(4)));
        assert_eq!(rules, ["privacy", "warm-close"]);
        // By the name of its file, too.
        assert_eq!(wanted.call("other", "x/d.txt"), Some(1));
        assert_eq!(wanted.call("other", "-"), None);
        let other = wanted.written(r#"{"schema":"heard.call/1","call":"e"}"#, &mut rules);
        assert_eq!(other, Ok(Written::Other("e".into())));
        let unread = wanted.written(r#"{"schema":"heard.call/1","record":0,"source":"s","error":"why"}"#, &mut rules);
        assert!(matches!(unread, Ok(Written::Unreadable(u)) if u.error == "why" && u.source == "s"));
        for bad in ["{\"schema\":\"heard.call/2\"}", "{", "{}"] {
            assert!(wanted.written(bad, &mut rules).is_err(), "{bad}");
        }
    }
}
