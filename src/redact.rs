//! What tells who somebody is, replaced before it leaves the program: numbers of cards, accounts, identities and
//! telephones, e-mail addresses, dates of birth, addresses.
//!
//! Rules never see any of it: what is judged is the call as it was, and what is replaced is what is shown of it. Nothing
//! downstream redacts by itself: [`report`] makes of a report another one of the same shape, with its quotes and the
//! places in them where they belong in the new text, and outputs cannot tell the difference. [`text`] does the same to a
//! text that stands alone.
//!
//! `tokens` cuts a text, `runs` joins digits in figures and words to numbers, `cues` knows the words that announce a
//! number (`phrases`), `context` what these words say of it, `shapes`, `letters` and `checksums` what a number is by
//! itself, and `find` brings them together. Where a text holds no figure and no cue, one quick pass says so (`may_hold`)
//! and nothing more is done.

mod addresses;
mod checksums;
mod context;
mod cues;
mod dates;
mod emails;
mod find;
mod kind;
mod letters;
mod numbers;
mod phrases;
mod plain;
mod runs;
mod shapes;
mod tokens;

pub use find::Span;
pub use kind::Kind;
pub use numbers::spoken_digit;

use crate::call::edits::{Edit, apply, rewrite};
use crate::call::{Call, Turn};
use crate::report::timeline::Timeline;
use crate::report::{CallReport, Evidence, Judged, RuleResult, Unreadable, digest};
use find::{Known, Manner, find};
use phrases::{Cue, PHRASES};
use regex::Regex;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

/// What a text holds in which anything is to be replaced: a figure, an `@`, two numbers in words side by side, or a cue
/// behind which one is enough.
static MAY_HOLD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let digit = "zero|oh|one|two|three|four|five|six|seven|eight|nine|niner|nought|naught|double|triple|treble";
    let number =
        format!("{digit}|ten|eleven|twelve|[a-z]+teen(?:th)?|(?:twen|thir|for|four|fif|six|seven|eigh|nine)ty");
    // Behind these a single number in words is enough.
    let alone = PHRASES.iter().filter(|(cue, _)| matches!(cue, Cue::Address | Cue::Postcode | Cue::Birth));
    let alone: Vec<&str> = alone.flat_map(|(_, phrases)| *phrases).copied().collect();
    let cue = format!("{}|dot (?:com|co|org|net)", alone.join("|"));
    let between = "[ ,.!?\\n…–-]{1,8}(?:[a-z']{1,5}[ ,.]{1,3})?";
    let words = format!(r"(?i)(?-u:\b)(?:(?:{number}){between}(?:{number})(?-u:\b)|{cue})");
    Regex::new(&format!("[0-9@٠-٩۰-۹०-९০-৯０-９]|{words}")).ok()
});

/// Whether anything may have to be replaced in a text: one quick pass.
fn may_hold(text: &str) -> bool {
    MAY_HOLD.as_ref().is_none_or(|quick| quick.is_match(text))
}

/// A text that stands alone, with what tells who somebody is replaced.
pub fn text(text: &str) -> Cow<'_, str> {
    alone(text, Manner::Talk, &mut Known::default())
}

/// Whether something was replaced in a text, as far as the text shows.
pub fn has_label(text: &str) -> bool {
    text.contains('[') && kind::LABELS.iter().any(|label| text.contains(label))
}

/// What is found in a text that stands alone, in order.
pub fn spans(text: &str) -> Vec<Span> {
    if may_hold(text) { find(text, &[(0, 0..text.len())], Manner::Talk, &mut Known::default()) } else { Vec::new() }
}

/// The name of a file, or the id of a call: an id in figures stays one, unless it can hardly be anything but a card
/// number, a telephone number or the like.
pub fn name(name: &str) -> Cow<'_, str> {
    alone(name, Manner::Name, &mut Known::default())
}

fn alone<'t>(text: &'t str, manner: Manner, known: &mut Known) -> Cow<'t, str> {
    if !may_hold(text) {
        return Cow::Borrowed(text);
    }
    let spans = find(text, &[(0, 0..text.len())], manner, known);
    if spans.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(apply(text, 0, &edits(&spans))) }
}

fn edits(spans: &[Span]) -> Vec<Edit> {
    spans.iter().map(|span| Edit { at: span.at.clone(), text: span.kind.label().to_owned() }).collect()
}

/// What is to be replaced in the words of a call.
#[derive(Debug, Default)]
pub struct Redaction {
    edits: Vec<Edit>,
    known: Known,
}

impl Redaction {
    /// Finds it.
    pub fn of(call: &Call) -> Redaction {
        let mut redaction = Redaction::default();
        if may_hold(call.text()) {
            let at = |turn: &Turn| (turn.speaker, turn.text.start as usize..turn.text.end as usize);
            let turns: Vec<_> = call.turns.iter().map(at).collect();
            redaction.edits = edits(&find(call.text(), &turns, Manner::Talk, &mut redaction.known));
        }
        redaction
    }

    /// What is replaced: bytes of [`Call::text`], in their order, and what stands there instead.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// A piece of the call's text as it may be shown.
    pub fn show<'c>(&self, call: &'c Call, piece: Range<u32>) -> Cow<'c, str> {
        let (from, to) = (piece.start as usize, piece.end as usize);
        let text = &call.text()[from..to];
        let first = self.edits.partition_point(|edit| edit.at.end <= from);
        let touched = self.edits[first..].first().filter(|edit| edit.at.start < to);
        let Some(touched) = touched else { return Cow::Borrowed(text) };
        // Of what reaches over the border of two pieces, both show what it was.
        let over = if touched.at.start < from { touched.text.as_str() } else { "" };
        Cow::Owned(format!("{over}{}", apply(text, from, &self.edits)))
    }

    /// The call as it may be shown; none where that is the call as it is.
    pub fn call(&mut self, call: &Call) -> Option<Call> {
        let known = RefCell::new(&mut self.known);
        let shown = |text: &str, manner: Manner| alone(text, manner, &mut known.borrow_mut()).into_owned();
        let name = |text: &str| shown(text, Manner::Name);
        let heads = [Some(&call.id), call.agent.as_ref(), call.customer.as_ref(), call.queue.as_ref()];
        let voices = call.speakers.iter().flat_map(|speaker| [Some(&speaker.label), speaker.name.as_ref()]);
        let same = heads.into_iter().chain(voices).flatten().all(|text| name(text) == *text);
        let meta = meta(&call.meta, &shown);
        if same && meta == call.meta && self.edits.is_empty() {
            return None;
        }
        let mut new = Call::default();
        new.meta = meta;
        new.id = name(&call.id);
        new.agent = call.agent.as_deref().map(name);
        new.customer = call.customer.as_deref().map(name);
        new.queue = call.queue.as_deref().map(name);
        new.started.clone_from(&call.started);
        new.language.clone_from(&call.language);
        new.heard_language = call.heard_language;
        new.stated_duration = call.stated_duration;
        (new.format, new.clock, new.roles) = (call.format, call.clock, call.roles);
        new.guess.clone_from(&call.guess);
        new.digest_as_said = Some(digest::of_call(call));
        rewrite(call, &self.edits, &name, &mut new);
        Some(new)
    }

    /// Where a byte of a turn stands in the turn of the new call; `end` where something ends there.
    fn place(&self, old: &Turn, new: &Turn, byte: u32, end: bool) -> u32 {
        let (from, byte) = (old.text.start as usize, byte as usize);
        let mut at = i64::from(new.text.start) + (byte - from) as i64;
        for edit in &self.edits[self.edits.partition_point(|edit| edit.at.end <= from)..] {
            if edit.at.start >= byte {
                break;
            }
            let (length, text) = (edit.at.len() as i64, edit.text.len() as i64);
            // Within what was replaced, all of that is meant.
            let inside = byte < edit.at.end;
            let gone = if inside { (byte - edit.at.start) as i64 } else { length };
            at += match (inside, end) {
                (true, false) => -gone,
                _ => text - gone,
            };
        }
        at as u32
    }

    /// Moves bytes of a turn to where the same words stand in the new call.
    fn moved(&self, old: &Call, new: &Call, turn: u32, bytes: &mut Range<u32>) {
        let turn = turn as usize;
        if let (Some(old), Some(new)) = (old.turns.get(turn), new.turns.get(turn))
            && bytes.start < bytes.end
        {
            *bytes = self.place(old, new, bytes.start, false)..self.place(old, new, bytes.end, true);
        }
    }
}

/// Metadata as it may be shown: a key is the cue for its value.
fn meta(old: &Map<String, Value>, shown: &dyn Fn(&str, Manner) -> String) -> Map<String, Value> {
    old.iter().map(|(key, value)| (key.clone(), keyed(key, value, shown))).collect()
}

fn keyed(key: &str, value: &Value, shown: &dyn Fn(&str, Manner) -> String) -> Value {
    match value {
        Value::Object(inner) => Value::Object(meta(inner, shown)),
        Value::Array(all) => Value::Array(all.iter().map(|value| keyed(key, value, shown)).collect()),
        Value::String(text) => Value::String(behind(key, text, shown)),
        Value::Number(number) => {
            let text = number.to_string();
            let new = behind(key, &text, shown);
            if new == text { value.clone() } else { Value::String(new) }
        }
        Value::Bool(_) | Value::Null => value.clone(),
    }
}

/// A value that stands behind its key: "customerPhone" says what the figures are.
fn behind(key: &str, value: &str, shown: &dyn Fn(&str, Manner) -> String) -> String {
    let mut lead = String::new();
    for c in key.chars() {
        if c.is_uppercase() {
            lead.push(' ');
        }
        lead.push(if c.is_alphabetic() { c } else { ' ' });
    }
    lead.push_str(": ");
    let new = shown(&format!("{lead}{value}"), Manner::Talk);
    new.strip_prefix(&lead).map_or_else(|| shown(value, Manner::Talk), str::to_owned)
}

/// A report as it may be shown, and what it is made of. Borrows what stays as it is.
#[derive(Debug)]
pub struct Redacted<'a> {
    report: CallReport<'a>,
    source: Cow<'a, str>,
    changed: Option<(Call, Judged, Option<Timeline>)>,
}

impl Redacted<'_> {
    /// The report.
    pub fn report(&self) -> CallReport<'_> {
        let report = CallReport { source: &self.source, ..self.report };
        match &self.changed {
            Some((call, judged, timeline)) => CallReport { call, judged, timeline: timeline.as_ref(), ..report },
            None => report,
        }
    }

    /// The call of the report, where that is another one.
    pub fn into_call(self) -> Option<Call> {
        self.changed.map(|(call, ..)| call)
    }
}

/// What may be shown of a report: verdicts, scores and figures stay; words, names and places in the words are those of
/// the call as it may be shown.
pub fn report<'a>(report: &CallReport<'a>) -> Redacted<'a> {
    let mut redaction = Redaction::of(report.call);
    let call = redaction.call(report.call);
    let source = alone(report.source, Manner::Name, &mut redaction.known);
    let said = said(&redaction.edits, report.call);
    let mut why = |result: &RuleResult| {
        // A reason quotes a few words, without the cue that stood before them.
        let quoted = said.iter().fold(Cow::Borrowed(result.why.as_str()), |why, (said, label)| {
            if why.contains(said) { Cow::Owned(why.replace(said, label)) } else { why }
        });
        let shown = alone(&quoted, Manner::Talk, &mut redaction.known).into_owned();
        (shown != result.why).then_some(shown)
    };
    let whys: Vec<Option<String>> = report.judged.results.iter().map(&mut why).collect();
    let changed = call.is_some() || whys.iter().any(Option::is_some);
    let changed = changed.then(|| {
        let call = call.unwrap_or_else(|| report.call.clone());
        let mut judged = report.judged.clone();
        for (result, why) in judged.results.iter_mut().zip(whys) {
            result.why = why.unwrap_or_else(|| std::mem::take(&mut result.why));
            for Evidence { turn, quote, hit, .. } in &mut result.evidence {
                redaction.moved(report.call, &call, *turn, quote);
                redaction.moved(report.call, &call, *turn, hit);
            }
        }
        let mut timeline = report.timeline.cloned();
        for moment in timeline.iter_mut().flat_map(|timeline| &mut timeline.moments) {
            redaction.moved(report.call, &call, moment.turn, &mut moment.said);
        }
        (call, judged, timeline)
    });
    Redacted { report: *report, source, changed }
}

/// What is replaced, word for word, with its label; what holds something else comes first.
fn said<'c>(edits: &'c [Edit], call: &'c Call) -> Vec<(&'c str, &'c str)> {
    const SAID: usize = 1000;
    let said = |edit: &'c Edit| (&call.text()[edit.at.clone()], edit.text.as_str());
    let mut all: Vec<(&str, &str)> = edits.iter().take(SAID).map(said).collect();
    all.sort_by_key(|(said, _)| (std::cmp::Reverse(said.len()), *said));
    all.dedup();
    all
}

/// A record that could not be read, as it may be shown.
pub fn unreadable(record: &Unreadable) -> Unreadable {
    Unreadable {
        record: record.record,
        source: name(&record.source).into_owned(),
        line: record.line,
        error: text(&record.error).into_owned(),
    }
}

#[cfg(test)]
mod tests;
