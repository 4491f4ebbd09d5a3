//! `json`: one document, `heard.report/1`, streamed: the calls first, the roll-up after them.

use super::record::{self, RecordWriter, key};
use super::{Output, OutputKind, Setup, escape, number};
use crate::report::rollup::{AgentFigures, LookAt, Praise, RollUp, RuleTally, Whose};
use crate::report::{Band, CallReport, Grade, RuleHead, Unreadable, Verdict};
use std::borrow::Cow;
use std::io::{self, Write};

/// The registered format.
pub static KIND: OutputKind = OutputKind {
    name: "json",
    extensions: &["json"],
    about: "one JSON document with every call and the roll-up: for programs",
    make: |setup| Box::new(Json::new(setup)),
};

struct Json {
    writer: RecordWriter,
    rules: Vec<RuleHead>,
}

impl Json {
    fn new(setup: Setup) -> Self {
        Json { writer: RecordWriter::new(&setup), rules: setup.rules }
    }
}

impl Output for Json {
    fn begin(&self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(b"{\"schema\":\"heard.report/1\",\"calls\":[\n")
    }

    fn call(&self, report: &CallReport<'_>, to: &mut Vec<u8>) {
        self.writer.call(report, to);
    }

    fn unreadable(&self, record: &Unreadable, to: &mut Vec<u8>) {
        record::unreadable(record, to);
    }

    fn separator(&self) -> &'static [u8] {
        b",\n"
    }

    fn end(&self, rollup: &RollUp, to: &mut dyn Write) -> io::Result<()> {
        let mut bytes = b"\n],\"rollup\":".to_vec();
        self.rollup(rollup, &mut bytes);
        bytes.extend_from_slice(b"}\n");
        to.write_all(&bytes)
    }
}

impl Json {
    fn rollup(&self, rollup: &RollUp, to: &mut Vec<u8>) {
        count("{\"calls\":", rollup.calls, to);
        count(",\"unreadable\":", rollup.unreadable, to);
        count(",\"scored\":", rollup.scored, to);
        score(",\"score\":", rollup.mean_tenths(), to);
        score(",\"lowest\":", rollup.lowest.map(u64::from), to);
        count(",\"passed\":", rollup.passed, to);
        count(",\"critical\":", rollup.critical, to);
        key(",\"bands\":", to);
        counts(Band::ALL.map(|band| (band.as_str(), rollup.band(band))), to);
        count(",\"unknown_roles\":", rollup.unknown_roles, to);
        key(",\"rules\":[", to);
        list(self.rules.iter().zip(&rollup.rules), to, |(head, tally), to| rule(head, tally, to));
        key("],\"agents\":[", to);
        // Agents beyond the limit, together: the one entry without a name.
        let others = &rollup.agents.others;
        let others = Some((None, Cow::Borrowed(others))).filter(|(_, others)| others.calls > 0);
        let named = rollup.agents.by_name().map(|(name, figures)| (Some(name), figures));
        list(named.chain(others), to, |(name, figures), to| {
            self.agent(rollup, name, &figures, to);
        });
        key("],\"look_at\":[", to);
        list(&rollup.look_at, to, |entry, to| self.look_at(entry, to));
        key("],\"praise\":[", to);
        list(rollup.praise(), to, |entry, to| self.praise(&entry, to));
        key("]}", to);
    }

    fn id(&self, rule: usize) -> Option<&str> {
        self.rules.get(rule).map(|head| head.id.as_str())
    }

    fn agent(&self, rollup: &RollUp, name: Option<&str>, figures: &AgentFigures, to: &mut Vec<u8>) {
        key("{\"agent\":", to);
        escape::json_optional(name, to);
        count(",\"calls\":", figures.calls, to);
        count(",\"scored\":", figures.scored, to);
        score(",\"score\":", figures.mean_tenths(), to);
        count(",\"passed\":", figures.passed, to);
        key(",\"weakest\":", to);
        escape::json_optional(rollup.weakest(figures).and_then(|rule| self.id(rule)), to);
        to.push(b'}');
    }

    fn look_at(&self, entry: &LookAt, to: &mut Vec<u8>) {
        key("{", to);
        whose(&entry.whose, to);
        score(",\"score\":", Some(u64::from(entry.tenths)), to);
        key(",\"band\":\"", to);
        key(entry.band.as_str(), to);
        key("\",\"need\":\"", to);
        key(entry.need.as_str(), to);
        key("\",\"failed\":[", to);
        let failed = entry.failed.iter().filter_map(|&rule| self.id(rule));
        list(failed, to, escape::json);
        count("],\"lost\":", u64::from(entry.lost), to);
        key(",\"rule\":", to);
        escape::json_optional(self.id(entry.rule), to);
        key(",\"why\":", to);
        escape::json(&entry.why, to);
        let quote = entry.quote.as_ref();
        key(",\"speaker\":", to);
        escape::json_optional(quote.map(|q| q.speaker.as_str()), to);
        key(",\"start_s\":", to);
        number::optional(quote.and_then(|q| q.start_s), to);
        key(",\"quote\":", to);
        escape::json_optional(quote.map(|q| q.text.as_str()), to);
        let absence = quote.is_some_and(|q| q.instead);
        key(if absence { ",\"absence\":true}" } else { ",\"absence\":false}" }, to);
    }

    fn praise(&self, entry: &Praise, to: &mut Vec<u8>) {
        key("{", to);
        whose(&entry.whose, to);
        key(",\"rule\":", to);
        escape::json_optional(self.id(entry.rule), to);
        let grade = if entry.specific { Grade::Specific } else { Grade::Generic };
        key(",\"grade\":\"", to);
        key(grade.as_str(), to);
        count("\",\"turn\":", u64::from(entry.turn), to);
        key(",\"start_s\":", to);
        number::optional(entry.start_s, to);
        key(",\"quote\":", to);
        escape::json(&entry.quote, to);
        to.push(b'}');
    }
}

fn whose(whose: &Whose, to: &mut Vec<u8>) {
    key("\"call\":", to);
    escape::json(&whose.call, to);
    key(",\"source\":", to);
    escape::json(&whose.source, to);
    count(",\"record\":", whose.record, to);
    key(",\"agent\":", to);
    escape::json_optional(whose.agent.as_deref(), to);
}

fn rule(head: &RuleHead, tally: &RuleTally, to: &mut Vec<u8>) {
    key("{\"rule\":", to);
    escape::json(&head.id, to);
    key(",\"verdicts\":", to);
    counts(Verdict::ALL.map(|verdict| (verdict.as_str(), tally.count(verdict))), to);
    key(",\"reasons\":{\"fail\":", to);
    counts(tally.reasons(Verdict::Fail), to);
    key(",\"not-scorable\":", to);
    counts(tally.reasons(Verdict::NotScorable), to);
    key("}}", to);
}

fn list<T>(items: impl IntoIterator<Item = T>, to: &mut Vec<u8>, mut write: impl FnMut(T, &mut Vec<u8>)) {
    for (k, item) in items.into_iter().enumerate() {
        if k > 0 {
            to.push(b',');
        }
        write(item, to);
    }
}

fn count(name: &str, value: u64, to: &mut Vec<u8>) {
    key(name, to);
    number::integer(value, to);
}

fn score(name: &str, tenths: Option<u64>, to: &mut Vec<u8>) {
    key(name, to);
    match tenths {
        Some(tenths) => number::tenths(tenths, to),
        None => key("null", to),
    }
}

fn counts<'a>(pairs: impl IntoIterator<Item = (&'a str, u64)>, to: &mut Vec<u8>) {
    to.push(b'{');
    list(pairs, to, |(name, value), to| {
        escape::json(name, to);
        count(":", value, to);
    });
    to.push(b'}');
}
