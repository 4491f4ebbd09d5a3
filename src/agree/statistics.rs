//! Measures of agreement between two who gave verdicts on the same calls.
//!
//! - Kappa: Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
//! - Its interval: the large-sample variance of Fleiss, Cohen and Everitt, "Large sample standard errors of kappa and
//!   weighted kappa", Psychological Bulletin 72 (1969), written as a sum over the calls (see `Sample::variance`).
//! - AC1: Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement", British Journal
//!   of Mathematical and Statistical Psychology 61 (2008).
//! - PABAK: Byrt, Bishop and Carlin, "Bias, prevalence and kappa", Journal of Clinical Epidemiology 46 (1993); for more
//!   than two verdicts as Bennett, Alpert and Goldstein have it (1954).
//! - Agreement on one verdict: Cicchetti and Feinstein, "High agreement but low kappa: II", Journal of Clinical
//!   Epidemiology 43 (1990).
//!
//! The number of categories that AC1 and PABAK ask for is the number of verdicts that occur, at least two.

use crate::report::Verdict;
use std::collections::BTreeMap;

/// Verdicts that can be given.
const VERDICTS: usize = Verdict::ALL.len();

/// The quantile of the normal distribution that leaves 2.5 % on either side.
const Z: f64 = 1.959_963_984_540_054;

/// Below so many graded calls an agreement says little.
pub const ENOUGH: usize = 30;

/// The verdicts of two judges on one rule in one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The call: verdicts on one call depend on each other.
    pub call: usize,
    /// The verdict that counts as right for precision and recall: the grader's.
    pub first: Verdict,
    /// The other one.
    pub second: Verdict,
}

/// How far two agree. What cannot be computed is none, never NaN.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Verdicts that both gave.
    pub n: usize,
    /// Counts: a row for each verdict of the first judge, a column for each of the second, in the order of
    /// [`Verdict::ALL`].
    pub table: [[usize; VERDICTS]; VERDICTS],
    /// The share of equal verdicts.
    pub agreement: Option<f64>,
    /// Cohen's kappa; none where all verdicts of both are the same one.
    pub kappa: Option<f64>,
    /// The 95 % interval of kappa; none where one judge gave the same verdict throughout, which tells nothing.
    pub interval: Option<(f64, f64)>,
    /// Gwet's AC1.
    pub ac1: Option<f64>,
    /// Kappa adjusted for prevalence and bias.
    pub pabak: Option<f64>,
    /// Agreement on `pass`: twice those that both passed, of all passes of either.
    pub pass: Option<f64>,
    /// The same on `fail`.
    pub fail: Option<f64>,
    /// Of the second's failures, the share that the first fails, too.
    pub precision: Option<f64>,
    /// Of the first's failures, the share that the second finds.
    pub recall: Option<f64>,
}

impl Figures {
    /// The figures of some pairs.
    pub fn of(pairs: &[Pair]) -> Figures {
        let sample = Sample::of(pairs);
        let table = sample.table;
        let count = |v: Verdict| table[v as usize][v as usize];
        let first = |v: Verdict| table[v as usize].iter().sum::<usize>();
        let second = |v: Verdict| table.iter().map(|row| row[v as usize]).sum::<usize>();
        let specific = |v: Verdict| share(2 * count(v), first(v) + second(v));
        let kappa = sample.kappa();
        let interval = kappa.filter(|_| !sample.is_constant()).map(|kappa| {
            let half = Z * sample.variance(pairs).sqrt();
            ((kappa - half).max(-1.0), (kappa + half).min(1.0))
        });
        Figures {
            n: pairs.len(),
            table,
            agreement: (sample.n > 0.0).then_some(sample.observed),
            kappa,
            interval,
            ac1: sample.ac1(),
            pabak: sample.pabak(),
            pass: specific(Verdict::Pass),
            fail: specific(Verdict::Fail),
            precision: share(count(Verdict::Fail), second(Verdict::Fail)),
            recall: share(count(Verdict::Fail), first(Verdict::Fail)),
        }
    }

    /// How many verdicts differ.
    pub fn disputed(&self) -> usize {
        self.n - (0..VERDICTS).map(|v| self.table[v][v]).sum::<usize>()
    }

    /// Why there is no kappa, or why it says nothing, in words; `first` and `second` are who gave the verdicts.
    pub fn note(&self, first: &str, second: &str) -> Option<String> {
        let lone = |holds: &dyn Fn(usize) -> bool| {
            let mut given = Verdict::ALL.into_iter().filter(|v| holds(*v as usize));
            given.next().filter(|_| given.next().is_none())
        };
        let of_first = lone(&|v| self.table[v].iter().any(|&n| n > 0));
        let of_second = lone(&|v| self.table.iter().any(|row| row[v] > 0));
        match (of_first, of_second) {
            (Some(verdict), Some(_)) if self.kappa.is_none() => {
                Some(format!("every verdict of both is {}: there is no kappa where nothing varies", verdict.as_str()))
            }
            (Some(verdict), _) => Some(constant(first, verdict)),
            (_, Some(verdict)) => Some(constant(second, verdict)),
            (None, None) => None,
        }
    }
}

fn constant(who: &str, verdict: Verdict) -> String {
    format!("nothing but {} from {who}: kappa is 0 then, however often both agree", verdict.as_str())
}

fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

/// The pairs as proportions.
struct Sample {
    n: f64,
    table: [[usize; VERDICTS]; VERDICTS],
    /// Shares of the verdicts of the first, and of the second.
    first: [f64; VERDICTS],
    second: [f64; VERDICTS],
    /// The share of equal verdicts.
    observed: f64,
    /// The share that chance would make equal.
    expected: f64,
    /// How many different verdicts occur, at least two.
    categories: f64,
}

impl Sample {
    fn of(pairs: &[Pair]) -> Sample {
        let mut table = [[0; VERDICTS]; VERDICTS];
        for pair in pairs {
            table[pair.first as usize][pair.second as usize] += 1;
        }
        let n = pairs.len() as f64;
        let part = |count: usize| count as f64 / n.max(1.0);
        let row = |v: usize| table[v].iter().sum::<usize>();
        let column = |v: usize| table.iter().map(|row| row[v]).sum::<usize>();
        let all = std::array::from_fn::<usize, VERDICTS, _>(|v| v);
        let (first, second) = (all.map(|v| part(row(v))), all.map(|v| part(column(v))));
        let used = all.iter().filter(|&&v| row(v) + column(v) > 0).count();
        Sample {
            n,
            table,
            first,
            second,
            observed: part(all.iter().map(|&v| table[v][v]).sum()),
            expected: all.iter().map(|&v| first[v] * second[v]).sum(),
            categories: used.max(2) as f64,
        }
    }

    /// Whether one judge gave the same verdict throughout.
    fn is_constant(&self) -> bool {
        let lone = |shares: &[f64; VERDICTS]| shares.iter().filter(|s| **s > 0.0).count() <= 1;
        lone(&self.first) || lone(&self.second)
    }

    fn kappa(&self) -> Option<f64> {
        // If all verdicts of both are the same one, chance can do no worse than they did.
        let all_alike = self.is_constant() && self.observed >= 1.0;
        let defined = self.n > 0.0 && !all_alike;
        defined.then(|| (self.observed - self.expected) / (1.0 - self.expected))
    }

    /// The variance of kappa. What one pair adds to kappa is its derivative; pairs of one call are added up before they
    /// are squared, since one call may mislead in several rules at once. Where every call has one pair, this is the
    /// formula of Fleiss, Cohen and Everitt.
    fn variance(&self, pairs: &[Pair]) -> f64 {
        let apart = 1.0 - self.expected;
        let mut calls: BTreeMap<usize, f64> = BTreeMap::new();
        for pair in pairs {
            let (i, j) = (pair.first as usize, pair.second as usize);
            let equal = f64::from(u8::from(i == j)) - self.observed;
            let by_chance = self.second[i] + self.first[j] - 2.0 * self.expected;
            let adds = equal / apart - (1.0 - self.observed) * by_chance / (apart * apart);
            *calls.entry(pair.call).or_default() += adds;
        }
        calls.values().map(|adds| adds * adds).sum::<f64>() / (self.n * self.n)
    }

    fn ac1(&self) -> Option<f64> {
        let mean = |v: usize| f64::midpoint(self.first[v], self.second[v]);
        let spread: f64 = (0..VERDICTS).map(|v| mean(v) * (1.0 - mean(v))).sum();
        let chance = spread / (self.categories - 1.0);
        (self.n > 0.0).then(|| (self.observed - chance) / (1.0 - chance))
    }

    fn pabak(&self) -> Option<f64> {
        let k = self.categories;
        (self.n > 0.0).then(|| (k * self.observed - 1.0) / (k - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The pairs of a published table, a call each.
    fn pairs(table: &[&[usize]]) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (first, row) in Verdict::ALL.into_iter().zip(table) {
            for (second, count) in Verdict::ALL.into_iter().zip(*row) {
                for _ in 0..*count {
                    let call = pairs.len();
                    pairs.push(Pair { call, first, second });
                }
            }
        }
        pairs
    }

    fn near(found: Option<f64>, published: f64, places: i32) {
        let found = found.expect("a figure");
        let off = 0.500_001 * 10_f64.powi(-places);
        assert!((found - published).abs() < off, "{found}, published {published}");
    }

    #[test]
    fn kappa_of_four_categories_as_sas_documents_it() {
        // PROC FREQ, "Agreement study of two dermatologists": kappa 0.3449, interval 0.2030 to 0.4868.
        let table: [&[usize]; 4] = [&[10, 4, 1, 0], &[5, 10, 12, 2], &[2, 4, 12, 5], &[0, 2, 6, 13]];
        let found = Figures::of(&pairs(&table));
        assert_eq!((found.n, found.disputed()), (88, 43));
        near(found.kappa, 0.3449, 4);
        near(found.interval.map(|i| i.0), 0.2030, 4);
        near(found.interval.map(|i| i.1), 0.4868, 4);
    }

    #[test]
    fn kappa_of_two_categories_as_statpsych_documents_it() {
        // ci.kappa(.05, 31, 12, 4, 58), after Fleiss and Paik (2003).
        let found = Figures::of(&pairs(&[&[31, 12], &[4, 58]]));
        near(found.kappa, 0.675_675_7, 7);
        near(found.interval.map(|i| i.0), 0.531_721_0, 7);
        near(found.interval.map(|i| i.1), 0.819_630_3, 7);
    }

    #[test]
    fn three_categories_as_the_author_of_ac1_documents_them() {
        // irrCAC, cont3x3abstractors: Cohen's kappa, Gwet's AC1, Brennan-Prediger.
        let table: [&[usize]; 3] = [&[13, 0, 0], &[0, 20, 7], &[0, 4, 56]];
        let found = Figures::of(&pairs(&table));
        near(found.kappa, 0.796_409_4, 7);
        near(found.ac1, 0.849_330_5, 7);
        near(found.pabak, 0.835, 7);
    }

    #[test]
    fn rare_verdicts_pull_kappa_down_and_leave_ac1() {
        // Gwet's example: 120 of 125 alike, kappa -0.0234, AC1 0.9408.
        let found = Figures::of(&pairs(&[&[118, 5], &[2, 0]]));
        near(found.kappa, -0.0234, 4);
        near(found.ac1, 0.9408, 4);
        near(found.pabak, 2.0 * 118.0 / 125.0 - 1.0, 9);
    }

    #[test]
    fn the_same_agreement_with_different_kappas() {
        // Cicchetti and Feinstein: agreement .85 both times, kappa .70 and .32, positive .91, negative .40.
        let even = Figures::of(&pairs(&[&[40, 9], &[6, 45]]));
        let uneven = Figures::of(&pairs(&[&[80, 10], &[5, 5]]));
        for found in [&even, &uneven] {
            near(found.agreement, 0.85, 9);
            near(found.pabak, 0.70, 9);
        }
        near(even.kappa, 0.70, 2);
        near(uneven.kappa, 0.32, 2);
        near(uneven.pass, 0.91, 2);
        near(uneven.fail, 0.40, 2);
        near(uneven.precision, 5.0 / 15.0, 9);
        near(uneven.recall, 0.5, 9);
    }

    #[test]
    fn one_verdict_alone_has_no_kappa() {
        let found = Figures::of(&pairs(&[&[12]]));
        assert_eq!((found.kappa, found.interval), (None, None));
        assert_eq!((found.agreement, found.ac1), (Some(1.0), Some(1.0)));
        let note = found.note("graders", "heard").expect("a note");
        assert!(note.contains("every verdict of both is pass"), "{note}");
        assert_eq!((found.fail, found.precision), (None, None));
        let empty = Figures::of(&[]);
        assert_eq!((empty.n, empty.agreement, empty.ac1), (0, None, None));
        // Each has one verdict, and not the same: nothing agrees, and chance would do no better.
        let apart = Figures::of(&pairs(&[&[0, 5], &[0, 0]]));
        assert_eq!((apart.kappa, apart.agreement), (Some(0.0), Some(0.0)));
        let constant = Figures::of(&pairs(&[&[9, 0], &[3, 0]]));
        assert_eq!((constant.kappa, constant.interval), (Some(0.0), None));
        let note = constant.note("graders", "heard").expect("a note");
        assert!(note.starts_with("nothing but pass from heard"), "{note}");
        assert_eq!(Figures::of(&pairs(&[&[9, 1], &[3, 2]])).note("a", "b"), None);
    }

    #[test]
    fn verdicts_of_one_call_count_as_one_for_the_interval() {
        let alone = pairs(&[&[31, 12], &[4, 58]]);
        let twice: Vec<Pair> = alone.iter().flat_map(|pair| [*pair, *pair]).collect();
        let (one, two) = (Figures::of(&alone), Figures::of(&twice));
        near(two.interval.map(|i| i.0), one.interval.expect("one").0, 9);
        assert_eq!(two.n, 2 * one.n);
    }

    /// The variance as it is printed in the paper.
    fn printed(sample: &Sample) -> f64 {
        let (po, pe) = (sample.observed, sample.expected);
        let p = |i: usize, j: usize| sample.table[i][j] as f64 / sample.n;
        let mut sum = -(po * pe - 2.0 * pe + po).powi(2);
        for i in 0..VERDICTS {
            for j in 0..VERDICTS {
                sum += p(i, j)
                    * if i == j {
                        ((1.0 - pe) - (sample.first[i] + sample.second[i]) * (1.0 - po)).powi(2)
                    } else {
                        ((1.0 - po) * (sample.second[i] + sample.first[j])).powi(2)
                    };
            }
        }
        sum / (sample.n * (1.0 - pe).powi(4))
    }

    proptest! {
        #[test]
        fn the_variance_is_that_of_the_paper_and_figures_are_in_range(cells in proptest::array::uniform16(0_usize..9)) {
            let rows: Vec<&[usize]> = cells.chunks(4).collect();
            let pairs = pairs(&rows);
            let (sample, found) = (Sample::of(&pairs), Figures::of(&pairs));
            if found.kappa.is_some() {
                let (ours, theirs) = (sample.variance(&pairs), printed(&sample));
                prop_assert!((ours - theirs).abs() < 1e-9, "{} {}", ours, theirs);
            }
            let shares = [found.agreement, found.pass, found.fail, found.precision, found.recall];
            prop_assert!(shares.iter().flatten().all(|s| (0.0..=1.0).contains(s)));
            for figure in [found.kappa, found.ac1, found.pabak].into_iter().flatten() {
                prop_assert!((-1.0..=1.0).contains(&figure), "{}", figure);
            }
        }
    }
}
