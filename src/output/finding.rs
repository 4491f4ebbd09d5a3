//! What fell short, as the formats for CI tell it: each place once, with the rule, the reason and what to say instead.

use super::clock;
use crate::report::script::{Note, Place, Standing};
use crate::report::{CallReport, RuleHead, RuleResult, Severity, Verdict};
use std::fmt::Write as _;

/// The reason code of a failure that a comment in the script allows.
pub const ALLOWED: &str = "allowed";

/// A result that fell short, or that would have if it were not allowed.
pub struct Finding<'r> {
    /// The rule.
    pub head: &'r RuleHead,
    /// What it says.
    pub result: &'r RuleResult,
    /// What is known of it in a script.
    pub note: Option<&'r Note>,
    /// Where it stands in a script.
    pub place: Option<Place>,
    /// Where it stands in a script or a transcript.
    pub in_file: Option<Place>,
    /// The quote it rests on first.
    pub quote: Option<String>,
    /// For an absence, the quote is what was said there.
    pub absence: bool,
    report: &'r CallReport<'r>,
}

/// The findings of a call or path, without those that an earlier path has already told.
pub fn findings<'r>(report: &'r CallReport<'r>, rules: &'r [RuleHead]) -> impl Iterator<Item = Finding<'r>> {
    let results = report.judged.results.iter().enumerate();
    results.filter_map(move |(k, result)| {
        let note = report.script.and_then(|s| s.notes.get(k));
        let told = result.verdict == Verdict::Fail || result.reason == ALLOWED;
        if !told || note.is_some_and(|n| n.repeated) {
            return None;
        }
        let on_page = note.and_then(|n| n.on_page.as_ref());
        let first = result.evidence.first();
        Some(Finding {
            head: rules.get(result.rule)?,
            result,
            note,
            place: on_page.map(|p| p.place).or_else(|| first.and_then(|e| report.place(e))),
            in_file: on_page.map(|p| p.place).or_else(|| report.place_in_file(first)),
            quote: on_page.map(|p| p.text.clone()).or_else(|| first.map(|e| report.quote(e).to_owned())),
            absence: first.is_some_and(|e| e.looked.is_some()),
            report,
        })
    })
}

impl Finding<'_> {
    /// Whether a comment allows it.
    pub fn is_allowed(&self) -> bool {
        self.result.reason == ALLOWED
    }

    /// Whether the baseline knows it.
    pub fn is_known(&self) -> bool {
        self.note.is_some_and(|n| n.standing == Standing::Known)
    }

    /// Whether it counts: neither allowed nor known.
    pub fn is_open(&self) -> bool {
        !self.is_allowed() && !self.is_known()
    }

    /// The file, without a `./` that no other tool writes.
    pub fn file(&self) -> &str {
        file(self.report.source)
    }

    /// On which path, in words; empty where there is only one, or for a call.
    pub fn path(&self) -> String {
        let name = self.report.script.map_or("", |s| s.name.as_str());
        let others = match self.note.map_or(0, |n| n.others) {
            0 => String::new(),
            1 => " and 1 other path".to_owned(),
            n => format!(" and {n} other paths"),
        };
        match (name, self.note.is_some_and(|n| n.on_page.is_some())) {
            (_, true) => String::new(),
            ("", _) if others.is_empty() => String::new(),
            ("", _) => format!("the path without any branch{others}"),
            (name, _) => format!("\"{name}\"{others}"),
        }
    }

    /// What is wrong, where, and what to do, as plain text in one line.
    pub fn message(&self) -> String {
        let mut text = String::new();
        if self.report.script.is_none() {
            let _ = write!(text, "Call {}", self.report.call.id);
            if let Some(start) = self.result.evidence.first().and_then(|e| e.start_s) {
                let _ = write!(text, " at {}", clock(start));
            }
            text.push_str(": ");
        }
        text.push_str(&sentence(&self.result.why));
        // Of what is gone that goes without saying.
        let worse = |n: &Note| n.standing == Standing::Worse && n.on_page.is_none();
        if self.note.is_some_and(worse) {
            text.push_str(" It did not fail before.");
        }
        let path = self.path();
        if !path.is_empty() {
            let _ = write!(text, " Path: {path}.");
        }
        if let Some(quote) = self.quote.as_deref().filter(|q| self.absence && !q.is_empty()) {
            let _ = write!(text, " Said there: \"{}\"", cut(quote));
        }
        if let Some(advice) = self.result.advice.as_deref().filter(|a| !a.is_empty()) {
            let _ = write!(text, " {}: {advice}", self.lead());
        }
        text
    }

    /// What stands before the advice: what to say, or what to do about the page.
    pub fn lead(&self) -> &'static str {
        match self.note {
            Some(note) if note.on_page.is_some() => "What to do",
            _ => "Say instead",
        }
    }

    /// The severity as a code scanner has it: error, warning, note.
    pub fn level(&self) -> &'static str {
        level(self.head.severity)
    }
}

/// The severity as a code scanner has it.
pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::Major => "error",
        Severity::Minor => "warning",
        Severity::Note => "note",
    }
}

/// A path as typed, without a leading `./`.
pub fn file(source: &str) -> &str {
    source.trim_start_matches("./")
}

/// A reason as a sentence of its own.
fn sentence(why: &str) -> String {
    let mut chars = why.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    let end = if why.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.unwrap_or_default(), chars.as_str())
}

/// A quote short enough for a line.
pub fn cut(quote: &str) -> String {
    const LONGEST: usize = 200;
    match quote.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", quote[..end].trim_end()),
        None => quote.to_owned(),
    }
}
