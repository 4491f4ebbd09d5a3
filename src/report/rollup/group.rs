//! Figures of a group of calls (those of a queue, an hour, a script version), and groups for a bounded number of keys.

use super::share::Share;
use super::stake::mean;
use crate::report::{CallReport, Verdict};
use std::collections::BTreeMap;

/// Figures of a group of calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Calls.
    pub calls: u64,
    /// Calls with a score.
    pub scored: u64,
    /// Sum of their scores, in tenths of a point.
    pub score_tenths: u64,
    /// Calls that passed.
    pub passed: u64,
    /// Calls in which the caller voiced a hardship, of those of which that is known.
    pub hardship: Share,
    /// Calls by verdict, in the order of [`Verdict::ALL`], of each rule in report order.
    verdicts: Vec<[u64; 4]>,
}

impl Group {
    /// The mean score in tenths of a point, rounded half up; none if no call has a score.
    pub fn mean_tenths(&self) -> Option<u64> {
        mean(self.score_tenths, self.scored)
    }

    /// Scored calls that passed.
    pub fn pass_share(&self) -> Share {
        Share { part: self.passed, of: self.scored }
    }

    /// Calls that came to a verdict of a rule.
    pub fn count(&self, rule: usize, verdict: Verdict) -> u64 {
        self.verdicts.get(rule).map_or(0, |counts| counts[verdict as usize])
    }

    /// Calls that passed a rule, of those that passed or failed it.
    pub fn share(&self, rule: usize) -> Share {
        let part = self.count(rule, Verdict::Pass);
        Share { part, of: part + self.count(rule, Verdict::Fail) }
    }

    /// Counts a call in, judged by so many rules.
    pub(super) fn add(&mut self, report: &CallReport<'_>, rules: usize) {
        let judged = report.judged;
        self.calls += 1;
        if let Some(score) = judged.score {
            self.scored += 1;
            self.score_tenths += u64::from(score.tenths);
            self.passed += u64::from(score.passed);
        }
        if let Some(hardship) = judged.hardship {
            self.hardship.of += 1;
            self.hardship.part += u64::from(hardship);
        }
        self.verdicts.resize(rules, [0; 4]);
        for result in &judged.results {
            if let Some(counts) = self.verdicts.get_mut(result.rule) {
                counts[result.verdict as usize] += 1;
            }
        }
    }

    /// Adds the figures of other calls.
    pub(super) fn merge(&mut self, more: &Group) {
        self.calls += more.calls;
        self.scored += more.scored;
        self.score_tenths += more.score_tenths;
        self.passed += more.passed;
        self.hardship.part += more.hardship.part;
        self.hardship.of += more.hardship.of;
        self.verdicts.resize(self.verdicts.len().max(more.verdicts.len()), [0; 4]);
        for (counts, more) in self.verdicts.iter_mut().zip(&more.verdicts) {
            counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
        }
    }
}

/// What can be added up.
pub trait Merge: Default {
    /// Adds another one.
    fn merge(&mut self, more: &Self);
}

impl Merge for Group {
    fn merge(&mut self, more: &Self) {
        Group::merge(self, more);
    }
}

/// Something for each of a bounded number of keys. Where there are more, those whose keys sort last keep their own and
/// the rest is added up: of days, the latest stay.
///
/// Which keys those are does not depend on the order of calls or on how batches are merged: a key that was put out sorts
/// before all that stay, so it never comes back, and whoever is inside at the end was never out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounded<K, V> {
    limit: usize,
    kept: BTreeMap<K, V>,
    /// What belongs to all other keys.
    pub others: V,
}

impl<K: Ord + Clone, V: Merge> Bounded<K, V> {
    pub(super) fn with_limit(limit: usize) -> Self {
        Bounded { limit, kept: BTreeMap::new(), others: V::default() }
    }

    /// What belongs to a key; what belongs to all others where it has no room.
    pub(super) fn of(&mut self, key: K) -> &mut V {
        if !self.kept.contains_key(&key) && self.kept.len() >= self.limit {
            if self.kept.first_key_value().is_none_or(|(first, _)| key < *first) {
                return &mut self.others;
            }
            if let Some((_, out)) = self.kept.pop_first() {
                self.others.merge(&out);
            }
        }
        self.kept.entry(key).or_default()
    }

    pub(super) fn merge(&mut self, more: &Self) {
        for (key, value) in &more.kept {
            self.of(key.clone()).merge(value);
        }
        self.others.merge(&more.others);
    }

    /// Those that have a key of their own, by key.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator {
        self.kept.iter()
    }
}

impl<K: Ord + Clone, V: Merge> Default for Bounded<K, V> {
    fn default() -> Self {
        Self::with_limit(super::GROUPS)
    }
}
