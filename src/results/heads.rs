//! The rules that results are about, as far as the results tell: gathered before the first call is read.

use super::ResultsInput;
use crate::report::{RuleHead, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// More rules than these no scorecard has.
const MOST: usize = 2000;

/// What judged a call.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct By {
    /// The version of the program.
    pub version: String,
    /// The packs, with their fingerprint.
    pub packs: String,
    /// What found the tags of sets that have learned weights.
    pub detectors: String,
}

/// The rules of some results, in the order in which they come up, and what judged.
#[derive(Debug, Default)]
pub struct Heads {
    /// The rules; of a shipped pack with all that the pack says of them.
    pub rules: Vec<RuleHead>,
    /// What judged the calls, each once, in the order in which it comes up; a few of them.
    pub judges: Vec<By>,
    places: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
struct Line {
    by: Option<By>,
    #[serde(default)]
    results: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    rule: String,
    section: Option<String>,
    severity: String,
    weight: u32,
}

impl Heads {
    /// Judges told apart.
    const JUDGES: usize = 8;

    /// The rules of a run.
    pub fn of(rules: &[RuleHead]) -> Heads {
        let places = rules.iter().enumerate().map(|(place, head)| (head.id.clone(), place)).collect();
        Heads { rules: rules.to_vec(), judges: Vec::new(), places }
    }

    /// Adds the rules of an input. Lines that are no results are left to whoever reads the calls.
    pub fn add(&mut self, input: &ResultsInput) {
        let _ = input.each(|_, line| {
            if let Some(line) = line.ok().and_then(|line| serde_json::from_str::<Line>(line).ok()) {
                self.line(line);
            }
            ControlFlow::Continue(())
        });
    }

    fn line(&mut self, line: Line) {
        if let Some(by) = line.by
            && self.judges.len() < Self::JUDGES
            && !self.judges.contains(&by)
        {
            self.judges.push(by);
        }
        for named in line.results {
            if self.places.contains_key(&named.rule) || self.rules.len() >= MOST {
                continue;
            }
            let Some(severity) = severity(&named.severity) else { continue };
            self.places.insert(named.rule.clone(), self.rules.len());
            let (section, weight) = (named.section, named.weight);
            self.rules.push(RuleHead { id: named.rule, section, severity, weight, ..RuleHead::default() });
        }
    }

    /// The packs that judged, by name, each once.
    pub fn packs(&self) -> Vec<&str> {
        let mut all = Vec::new();
        for by in &self.judges {
            let named = by.packs.split(':').next().unwrap_or_default().split(',');
            for name in named.filter_map(|pack| pack.split('@').next()) {
                if !name.is_empty() && !all.contains(&name) {
                    all.push(name);
                }
            }
        }
        all
    }

    /// Takes over what a pack says of its rules. Weight and severity stay those that judged.
    pub fn explain(&mut self, known: &[RuleHead]) {
        for head in known {
            if let Some(own) = self.places.get(&head.id).and_then(|&at| self.rules.get_mut(at)) {
                let RuleHead { title, advice, source, pack, .. } = head.clone();
                (own.title, own.advice, own.source, own.pack) = (title, advice, source, pack);
            }
        }
    }

    /// Says of the rules that no shipped pack explains whose they are.
    pub fn own(&mut self, pack: &str) {
        for head in self.rules.iter_mut().filter(|head| head.pack.is_empty()) {
            pack.clone_into(&mut head.pack);
        }
    }

    pub(super) fn place(&self, rule: &str) -> Option<usize> {
        self.places.get(rule).copied()
    }
}

fn severity(word: &str) -> Option<Severity> {
    Severity::ALL.into_iter().find(|severity| severity.as_str() == word)
}
