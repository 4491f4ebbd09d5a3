//! What a condition says of a call: a verdict with its reason and quotes. Weights and scores come later.

use crate::report::{Basis, Evidence, Grade, Verdict};

/// The outcome of a condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, as a stable kebab-case code.
    pub reason: &'static str,
    /// Why, in words.
    pub why: String,
    /// How the times are known that it rests on.
    pub basis: Option<Basis>,
    /// Generic or specific.
    pub grade: Option<Grade>,
    /// The quotes it rests on.
    pub evidence: Vec<Evidence>,
    /// What to say instead, where a phrase knows better than the rule.
    pub advice: Option<String>,
}

impl Outcome {
    /// An outcome without quotes; only for verdicts that do not judge words.
    pub fn bare(verdict: Verdict, reason: &'static str, why: impl Into<String>) -> Outcome {
        Outcome { verdict, reason, why: why.into(), basis: None, grade: None, evidence: Vec::new(), advice: None }
    }

    /// The transcript lacks what the rule needs.
    pub fn not_scorable(reason: &'static str, why: impl Into<String>) -> Outcome {
        Outcome::bare(Verdict::NotScorable, reason, why)
    }

    /// There is no occasion for the rule.
    pub fn not_applicable(reason: &'static str, why: impl Into<String>) -> Outcome {
        Outcome::bare(Verdict::NotApplicable, reason, why)
    }

    /// The other party had the last word, so that no answer can be asked for.
    pub fn no_chance() -> Outcome {
        Outcome::not_applicable("no-chance", "nothing more was said that could answer it")
    }

    /// The call has no spoken times.
    pub fn no_times() -> Outcome {
        Outcome::not_scorable("no-times", "the transcript has no times of speech")
    }
}

/// The least certain of two ways of knowing.
pub fn least(a: Option<Basis>, b: Option<Basis>) -> Option<Basis> {
    a.max(b)
}
