//! Verdicts of graders set against those of `heard`, and against each other.

use super::labels::{Grade, Graded, Labels};
use super::said::{CallVerdicts, Said};
use super::statistics::{Figures, Pair};
use crate::report::Verdict;
use crate::support::suggest::nearest;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// At most so many calls without labels, or read more than once, are named; all of them are counted.
const NAMED: usize = 20;

/// The calls that were read: the verdicts of those with labels, the number of the others.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What `heard` says, by the index of the call in [`Labels::calls`].
    calls: BTreeMap<usize, CallVerdicts>,
    /// Calls of which there is no label.
    others: Listed,
    /// Labelled calls that came more than once; the first one counts.
    twice: Listed,
}

/// Names, the first of them kept, all of them counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// How many there are.
    pub count: usize,
    /// The first ones.
    pub first: Vec<String>,
}

impl Listed {
    fn add(&mut self, name: &str) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(name.to_owned());
        }
    }
}

impl Found {
    /// A call with labels.
    pub fn graded(&mut self, call: CallVerdicts) {
        match self.calls.entry(call.call) {
            Entry::Occupied(_) => self.twice.add(&call.source),
            Entry::Vacant(place) => _ = place.insert(call),
        }
    }

    /// A call without labels.
    pub fn other(&mut self, id: &str) {
        self.others.add(id);
    }

    /// The same, with what is put in place of texts and of names of calls and files; what is said of a call may be known
    /// in such a form already.
    #[must_use]
    pub fn shown(
        &self,
        known: &BTreeMap<usize, CallVerdicts>,
        texts: impl Fn(&str) -> String,
        names: impl Fn(&str) -> String,
    ) -> Found {
        let call =
            |(index, call): (&usize, &CallVerdicts)| (*index, known.get(index).unwrap_or(call).shown(&texts, &names));
        let listed = |listed: &Listed| Listed {
            count: listed.count,
            first: listed.first.iter().map(|name| names(name)).collect(),
        };
        Found { calls: self.calls.iter().map(call).collect(), others: listed(&self.others), twice: listed(&self.twice) }
    }

    /// Calls that were read.
    pub fn read(&self) -> usize {
        self.calls.len() + self.others.count + self.twice.count
    }
}

/// The figures of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleFigures {
    /// Index into [`Labels::rules`].
    pub rule: usize,
    /// The figures.
    pub figures: Figures,
}

/// How far two judges agree: the graders and `heard`, or two graders.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// By rule, for rules on which both gave a verdict.
    pub rules: Vec<RuleFigures>,
    /// All rules together.
    pub all: Figures,
    /// The mean kappa over the rules that have one, and how many these are.
    pub mean_kappa: Option<(f64, usize)>,
    /// How many calls are compared.
    pub calls: usize,
}

/// A call and a rule on which verdicts differ.
#[derive(Clone, Copy, Debug)]
pub struct Dispute<'a> {
    /// What the graders say.
    pub graded: &'a Graded,
    /// The call as `heard` read it, and its verdict; none if the call was not read or the rule not judged.
    pub heard: Option<(&'a CallVerdicts, &'a Said)>,
}

/// What could not be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Labelled calls that were not read, as indices into [`Labels::calls`].
    pub calls: Vec<usize>,
    /// Labelled rules that were not judged, as indices into [`Labels::rules`], each with a judged rule of a like name.
    pub rules: Vec<(usize, Option<String>)>,
    /// Labels whose call was read and whose rule was judged, though not in this call.
    pub unjudged: usize,
    /// Calls that were read and have no label.
    pub unlabelled: Listed,
    /// Sources of calls that were read more than once.
    pub twice: Listed,
}

/// Everything that is reported.
#[derive(Debug)]
pub struct Agreement<'a> {
    /// The labels.
    pub labels: &'a Labels,
    /// `heard` against what the graders agree on.
    pub heard: Comparison,
    /// Pairs of graders with rules in common, as indices into [`Labels::graders`].
    pub graders: Vec<((usize, usize), Comparison)>,
    /// Where `heard` and the graders differ: by rule, pass against fail first, then in the order of the labels.
    pub disputes: Vec<Dispute<'a>>,
    /// Where the graders differ among themselves; `heard` is not compared there.
    pub split: Vec<Dispute<'a>>,
    /// What could not be compared.
    pub left_out: LeftOut,
    /// Calls that were read.
    pub read: usize,
}

/// Compares labels with verdicts. `known` are the judged rules in the order of reports; `is_picked` narrows them.
pub fn compare<'a>(
    labels: &'a Labels,
    found: &'a Found,
    known: &[String],
    is_picked: impl Fn(&str) -> bool,
) -> Agreement<'a> {
    let picked: Vec<usize> = (0..labels.rules.len()).filter(|&rule| is_picked(&labels.rules[rule])).collect();
    let place = |rule: &usize| known.iter().position(|id| *id == labels.rules[*rule]);
    let mut order = picked.clone();
    order.sort_by_key(|rule| (place(rule).unwrap_or(usize::MAX), *rule));
    let mut all: Vec<Dispute<'_>> = labels
        .graded
        .iter()
        .filter(|graded| picked.contains(&graded.rule))
        .map(|graded| Dispute { graded, heard: said(found, graded) })
        .collect();
    let rank = |rule: usize| order.iter().position(|r| *r == rule);
    all.sort_by_key(|one| (rank(one.graded.rule), !one.is_contrary()));

    let differs = |one: &&Dispute<'_>| match (one.graded.agreed(), one.heard) {
        (Some(graders), Some((_, heard))) => graders != heard.verdict,
        _ => false,
    };
    let against_heard = all.iter().filter_map(|one| {
        let (first, (_, heard)) = (one.graded.agreed()?, one.heard?);
        let (call, second) = (one.graded.call, heard.verdict);
        Some((one.graded.rule, Pair { call, first, second }))
    });
    let heard = Comparison::of(&order, against_heard);
    let mut graders = Vec::new();
    for first in 0..labels.graders.len() {
        for second in first + 1..labels.graders.len() {
            let both = all.iter().filter_map(|one| {
                let by = |grader| one.graded.grades.iter().find(|g| g.grader == grader);
                let pair = Pair { call: one.graded.call, first: by(first)?.verdict, second: by(second)?.verdict };
                Some((one.graded.rule, pair))
            });
            let mut comparison = Comparison::of(&order, both);
            // Precision and recall ask for one who is right, and neither grader is.
            let rules = comparison.rules.iter_mut().map(|rule| &mut rule.figures);
            for figures in rules.chain([&mut comparison.all]) {
                (figures.precision, figures.recall) = (None, None);
            }
            if comparison.all.n > 0 {
                graders.push(((first, second), comparison));
            }
        }
    }
    let unjudged = |one: &&Dispute<'_>| {
        let read = found.calls.contains_key(&one.graded.call);
        read && one.heard.is_none() && place(&one.graded.rule).is_some()
    };
    let lacking = order.iter().filter(|rule| place(rule).is_none());
    let left_out = LeftOut {
        calls: (0..labels.calls.len()).filter(|call| !found.calls.contains_key(call)).collect(),
        rules: lacking
            .map(|&rule| {
                let near = nearest(&labels.rules[rule], known.iter().map(String::as_str));
                (rule, near.map(str::to_owned))
            })
            .collect(),
        unjudged: all.iter().filter(unjudged).count(),
        unlabelled: found.others.clone(),
        twice: found.twice.clone(),
    };
    Agreement {
        labels,
        heard,
        graders,
        disputes: all.iter().filter(differs).copied().collect(),
        split: all.iter().filter(|one| one.graded.agreed().is_none()).copied().collect(),
        left_out,
        read: found.read(),
    }
}

/// What `heard` says of a graded call and rule.
fn said<'a>(found: &'a Found, graded: &Graded) -> Option<(&'a CallVerdicts, &'a Said)> {
    let call = found.calls.get(&graded.call)?;
    let verdict = call.verdicts.iter().find(|(rule, _)| *rule == graded.rule);
    verdict.map(|(_, said)| (call, said))
}

impl Comparison {
    fn of(order: &[usize], pairs: impl Iterator<Item = (usize, Pair)>) -> Comparison {
        let mut by_rule: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
        for (rule, pair) in pairs {
            by_rule.entry(rule).or_default().push(pair);
        }
        let together: Vec<Pair> = by_rule.values().flatten().copied().collect();
        let rules: Vec<RuleFigures> = order
            .iter()
            .filter_map(|rule| {
                let figures = Figures::of(by_rule.get(rule)?);
                Some(RuleFigures { rule: *rule, figures })
            })
            .collect();
        let kappas: Vec<f64> = rules.iter().filter_map(|r| r.figures.kappa).collect();
        let count = kappas.len();
        Comparison {
            all: Figures::of(&together),
            mean_kappa: (count > 0).then(|| (kappas.iter().sum::<f64>() / count as f64, count)),
            calls: together.iter().map(|p| p.call).collect::<BTreeSet<_>>().len(),
            rules,
        }
    }
}

impl Dispute<'_> {
    /// Whether one says pass and the other fail.
    pub fn is_contrary(&self) -> bool {
        let both = self.graded.agreed().zip(self.heard.map(|(_, said)| said.verdict));
        matches!(both, Some((Verdict::Pass, Verdict::Fail) | (Verdict::Fail, Verdict::Pass)))
    }

    /// The grades with the names of their graders.
    pub fn grades<'l>(&self, labels: &'l Labels) -> impl Iterator<Item = (&'l str, &Grade)> {
        let named = |grade| {
            let grade: &Grade = grade;
            (labels.graders[grade.grader].as_str(), grade)
        };
        self.graded.grades.iter().map(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: &str = "call,rule,verdict,grader,why\n\
        c-1,warm-close,pass,a,thanks\nc-1,warm-close,pass,b,\n\
        c-2,warm-close,fail,a,cold\nc-2,warm-close,pass,b,warm\n\
        c-3,warm-close,pass,a,\nc-4,warm-close,pass,a,\n\
        c-1,privacy,pass,a,\nc-1,privacys,pass,a,\n";

    fn call(call: usize, verdicts: &[(usize, Verdict)]) -> CallVerdicts {
        let said = |&(rule, verdict): &(usize, Verdict)| {
            let said = Said { verdict, reason: "r".into(), why: "w".into(), quotes: Vec::new() };
            (rule, said)
        };
        CallVerdicts {
            call,
            source: format!("{call}.txt"),
            verdicts: verdicts.iter().map(said).collect(),
            ..CallVerdicts::default()
        }
    }

    fn found() -> Found {
        let mut found = Found::default();
        found.graded(call(0, &[(0, Verdict::Fail), (1, Verdict::Pass)]));
        found.graded(call(1, &[(0, Verdict::Pass)]));
        found.graded(call(2, &[(0, Verdict::Pass)]));
        found.graded(call(2, &[(0, Verdict::Fail)]));
        found.other("c-9");
        found
    }

    #[test]
    fn heard_is_compared_where_graders_agree_and_the_rest_is_told() {
        let labels = Labels::of(LABELS, "l").expect("labels");
        let (found, known) = (found(), ["privacy".to_owned(), "warm-close".to_owned()]);
        let agreement = compare(&labels, &found, &known, |_| true);
        let ids = |of: &Comparison| {
            let rules = of.rules.iter();
            rules.map(|r| (labels.rules[r.rule].clone(), r.figures.n)).collect::<Vec<_>>()
        };
        // c-2 is left out: its graders differ. c-4 was not read.
        assert_eq!(ids(&agreement.heard), [("privacy".into(), 1), ("warm-close".into(), 2)]);
        assert_eq!((agreement.heard.calls, agreement.heard.all.n), (2, 3));
        let [dispute] = agreement.disputes.as_slice() else {
            panic!("one dispute: {:?}", agreement.disputes);
        };
        assert_eq!((dispute.graded.call, dispute.graded.rule), (0, 0));
        let names: Vec<&str> = dispute.grades(&labels).map(|(name, _)| name).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(agreement.split.len(), 1);
        assert!(agreement.split[0].heard.is_some());
        let [((0, 1), between)] = agreement.graders.as_slice() else {
            panic!("a and b");
        };
        assert_eq!((between.all.n, between.all.disputed()), (2, 1));
        let left = &agreement.left_out;
        assert_eq!(left.calls, [3]);
        assert_eq!(left.rules, [(2, Some("privacy".into()))]);
        assert_eq!((left.unlabelled.count, left.twice.count, agreement.read), (1, 1, 5));
    }

    #[test]
    fn only_picked_rules_are_looked_at() {
        let labels = Labels::of(LABELS, "l").expect("labels");
        let (found, known) = (found(), ["privacy".to_owned()]);
        let agreement = compare(&labels, &found, &known, |id| id == "privacy");
        assert_eq!(agreement.heard.all.n, 1);
        assert!(agreement.disputes.is_empty() && agreement.split.is_empty());
        assert!(agreement.left_out.rules.is_empty());
    }
}
