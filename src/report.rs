//! What is said about one call: verdicts, the evidence they rest on, the score.
//!
//! A report borrows the call it speaks of; quotes are ranges of the call's text, and [`CallReport::quote`] is the one
//! place where a quote becomes text that leaves the program.

pub mod digest;
pub mod kept;
pub mod narrow;
pub mod rollup;
pub mod script;
pub mod timeline;

pub use crate::call::Basis;
use crate::call::{Call, Role};
use std::ops::Range;

use script::{Place, ScriptPath};
use timeline::Timeline;

/// How much a rule matters where somebody gates on it. Ordered: `Note < Minor < Major < Critical`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth fixing.
    #[default]
    Minor,
    /// Worth a coaching talk.
    Major,
    /// A failed critical rule makes the score 0.
    Critical,
}

impl Severity {
    /// All of them, mildest first.
    pub const ALL: [Severity; 4] = [Severity::Note, Severity::Minor, Severity::Major, Severity::Critical];

    /// The word that stands in packs and in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Minor => "minor",
            Severity::Major => "major",
            Severity::Critical => "critical",
        }
    }
}

/// What a rule says of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It holds, and the evidence shows where.
    Pass,
    /// It does not hold; for an absence the evidence shows where it was looked for.
    Fail,
    /// There was no occasion for it.
    NotApplicable,
    /// The transcript lacks what the rule needs.
    NotScorable,
}

impl Verdict {
    /// All of them, in the order in which reports count them.
    pub const ALL: [Verdict; 4] = [Verdict::Pass, Verdict::Fail, Verdict::NotApplicable, Verdict::NotScorable];

    /// The word that stands in packs and in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::NotApplicable => "not-applicable",
            Verdict::NotScorable => "not-scorable",
        }
    }
}

/// Whether a statement would fit any caller or takes up what this one said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Would fit any caller.
    Generic,
    /// Takes up what this caller said.
    Specific,
}

impl Grade {
    /// The word that stands in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Grade::Generic => "generic",
            Grade::Specific => "specific",
        }
    }
}

/// A rule as reports know it: everything but its condition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleHead {
    /// Kebab-case, stable.
    pub id: String,
    /// What it requires, in a few words.
    pub title: String,
    /// The part of the scorecard it belongs to.
    pub section: Option<String>,
    /// Its share of the score.
    pub weight: u32,
    /// How much it matters.
    pub severity: Severity,
    /// What to say instead, in a supervisor's words.
    pub advice: String,
    /// Where the practice comes from.
    pub source: String,
    /// The pack it was read from.
    pub pack: String,
}

/// A quote that a verdict rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Index of the turn, from 0.
    pub turn: u32,
    /// Index of the sentence within its turn, from 0.
    pub sentence: u32,
    /// Who said it.
    pub speaker: Role,
    /// When the matched words start, in seconds on the file's clock.
    pub start_s: Option<f64>,
    /// When they end.
    pub end_s: Option<f64>,
    /// The sentence, as bytes of [`Call::text`].
    pub quote: Range<u32>,
    /// The matched words, as bytes of [`Call::text`]; empty for an absence.
    pub hit: Range<u32>,
    /// Names of the sets found; empty for an absence.
    pub tags: Vec<&'static str>,
    /// For an absence: the seconds that were searched, on the file's clock.
    pub looked: Option<Looked>,
}

/// The window in which something was looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Looked {
    /// Seconds on the file's clock; none where the call has no times.
    pub from_s: Option<f64>,
    /// Seconds on the file's clock; none where the call has no times.
    pub to_s: Option<f64>,
}

/// What one rule says of one call.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleResult {
    /// Index into the heads of the rule book, which has the order of reports.
    pub rule: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Generic or specific, for rules that grade.
    pub grade: Option<Grade>,
    /// A learned detector decided on a thin margin: worth a look before it is held against anybody.
    pub near: bool,
    /// How the times were known that the verdict rests on; none if it rests on none.
    pub basis: Option<Basis>,
    /// Why, as a stable kebab-case code.
    pub reason: &'static str,
    /// Why, in words.
    pub why: String,
    /// What to say instead; only where the rule failed.
    pub advice: Option<String>,
    /// The quotes it rests on.
    pub evidence: Vec<Evidence>,
}

impl RuleResult {
    /// A result that rests on nothing yet.
    pub fn new(rule: usize, verdict: Verdict, reason: &'static str, why: String) -> Self {
        let (grade, basis, advice, evidence) = (None, None, None, Vec::new());
        RuleResult { rule, verdict, grade, near: false, basis, reason, why, advice, evidence }
    }
}

impl RuleResult {
    /// The evidence whose sentence was judged, and not one that merely made the rule apply: where something was missing,
    /// what was said there; else the agent's words before the caller's. None where only the occasion is shown.
    pub fn judged(&self) -> Option<&Evidence> {
        let missing = || self.evidence.iter().find(|e| e.looked.is_some()).filter(|_| self.verdict == Verdict::Fail);
        let by_agent = || self.evidence.iter().find(|e| e.speaker == Role::Agent);
        let any = || self.evidence.first().filter(|_| self.reason != "step-missing");
        missing().or_else(by_agent).or_else(any)
    }
}

/// How well a call did, in tenths of a point so that nothing depends on floating point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// 0 to 1000.
    pub tenths: u32,
    /// The band it falls into.
    pub band: Band,
    /// At or over the pass mark, and no critical rule failed.
    pub passed: bool,
    /// A critical rule failed.
    pub critical: bool,
}

/// A band of scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// 75 and more, unless the pack says otherwise.
    Good,
    /// 50 and more, unless the pack says otherwise.
    Fair,
    /// Less.
    Poor,
}

impl Band {
    /// All of them, best first.
    pub const ALL: [Band; 3] = [Band::Good, Band::Fair, Band::Poor];

    /// The word that stands in every output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Band::Good => "good",
            Band::Fair => "fair",
            Band::Poor => "poor",
        }
    }
}

/// The schema of a line of results, which outputs write and `agree` and `summary` read.
pub const CALL_SCHEMA: &str = "heard.call/1";

/// Whether a line has that schema; the error says which one it has.
pub fn check_call_schema(schema: &str) -> Result<(), String> {
    if schema == CALL_SCHEMA { Ok(()) } else { Err(format!("has the schema `{schema}`, {CALL_SCHEMA} is wanted")) }
}

/// Figures of a call, none where the times they need are missing: all but holds need the ends of turns as the transcript
/// stores them, by turn or by word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Metrics {
    /// Share of the agent in all talking time, 0 to 1.
    pub agent_talk_share: Option<f64>,
    /// Words a minute over the agent's own talking time.
    pub agent_wpm: Option<f64>,
    /// Median of the gaps before the agent's runs, in seconds.
    pub median_reply_gap_s: Option<f64>,
    /// Seconds in which two speak at once.
    pub overlap_s: Option<f64>,
    /// Seconds of gaps over 2 s.
    pub silence_s: Option<f64>,
    /// Seconds from a hold phrase to the next agent word, where over 10 s.
    pub hold_s: Option<f64>,
}

/// What judged the calls of a run: two results with the same are comparable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JudgedBy {
    /// The version of this program.
    pub version: &'static str,
    /// The packs as `name@version`, with commas between them, then `:` and the fingerprint of what they were compiled to.
    pub packs: String,
    /// What finds the tags of sets that have learned weights: `combined` or `phrases`.
    pub detectors: &'static str,
}

/// What the rules say of a call, before anybody knows where the call came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// One result a public rule, in the order of the rule book.
    pub results: Vec<RuleResult>,
    /// None if no rule passed or failed.
    pub score: Option<Score>,
    /// Whether the caller voiced a hardship; none where that cannot be told: without roles, in another language, or where
    /// the run does not look for hardships.
    pub hardship: Option<bool>,
    /// Figures of the call.
    pub metrics: Metrics,
}

/// What is known of a call beside its turns, where those are not all there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// How many turns the call has.
    pub turns: u64,
    /// The hash of what was said, as it is written.
    pub digest: String,
    /// What judged it, where that is not the run that writes it.
    pub by: Option<JudgedBy>,
    /// The line of results that it was read from, where that is written again as it was.
    pub line: Option<String>,
}

/// The report of one call.
#[derive(Clone, Copy, Debug)]
pub struct CallReport<'a> {
    /// Counts from 0 within its source.
    pub record: u64,
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: &'a str,
    /// The call.
    pub call: &'a Call,
    /// What the rules say of it.
    pub judged: &'a Judged,
    /// What is known beyond that, if the call is a path through a script.
    pub script: Option<&'a ScriptPath>,
    /// What to draw of it; only where an output wants that.
    pub timeline: Option<&'a Timeline>,
    /// What the call itself does not show, where it is not all there.
    pub stored: Option<&'a Stored>,
}

impl<'a> CallReport<'a> {
    /// The report of a whole call.
    pub fn new(record: u64, source: &'a str, call: &'a Call, judged: &'a Judged) -> Self {
        CallReport { record, source, call, judged, script: None, timeline: None, stored: None }
    }

    /// The words of a quote as they may be shown. Every output takes its quotes from here.
    pub fn quote(&self, evidence: &Evidence) -> &'a str {
        let text = self.call.text();
        text[evidence.quote.start as usize..evidence.quote.end as usize].trim()
    }

    /// Where the words of a quote stand in the script: the matched words, for an absence the whole sentence.
    pub fn place(&self, evidence: &Evidence) -> Option<Place> {
        Some(self.script?.place(self.call.text(), &self.words(evidence)))
    }

    /// Where the words of a quote stand in the script or the transcript, as far as its reader was asked to tell;
    /// without a quote, where the call begins.
    pub fn place_in_file(&self, evidence: Option<&Evidence>) -> Option<Place> {
        if self.script.is_some() {
            return evidence.and_then(|e| self.place(e));
        }
        let places = &self.call.places;
        let first = places.first()?;
        let bytes = evidence.map_or(first.at..first.at + 1, |e| self.words(e));
        let within = |at: u32| places.partition_point(|place| place.at < at);
        let words = &places[within(bytes.start)..within(bytes.end)];
        let (from, to) = (words.first()?, words.last()?);
        Some(Place { line: from.line, column: from.column, end_line: to.line, end_column: to.end_column })
    }

    /// The matched words, for an absence the whole sentence, as bytes of the call's text.
    fn words(&self, evidence: &Evidence) -> std::ops::Range<u32> {
        if !evidence.hit.is_empty() {
            return evidence.hit.clone();
        }
        let quote = &self.call.text()[evidence.quote.start as usize..evidence.quote.end as usize];
        let from = evidence.quote.start + (quote.len() - quote.trim_start().len()) as u32;
        from..from + quote.trim().len() as u32
    }
}

/// A record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Counts from 0 within its source.
    pub record: u64,
    /// The path as typed, joined with `/`; `-` for standard input.
    pub source: String,
    /// The line it begins in, where records are lines or rows.
    pub line: Option<u64>,
    /// What is wrong, where, and what to do about it.
    pub error: String,
}
