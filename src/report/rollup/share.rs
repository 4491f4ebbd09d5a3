//! Shares with what may be said of them: an interval from the counts, a difference of two, and when there are too few.
//!
//! Sources of the formulas:
//! - the interval of a share: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of
//!   the American Statistical Association 22 (1927);
//! - of the difference of two: Newcombe, "Interval estimation for the difference between independent proportions",
//!   Statistics in Medicine 17 (1998), his method 10, which rests on Wilson's intervals;
//! - of the difference of two means: Welch, "The generalization of Student's problem when several different population
//!   variances are involved", Biometrika 34 (1947), with the quantiles of Student's distribution by the expansion of
//!   Fisher and Cornish (Technometrics 2, 1960).
//!
//! Sums are integers, and nothing but sums, products and roots is computed from them, so that every machine finds the
//! same digits.

/// The quantile of the normal distribution that leaves 2.5 % on either side.
const Z: f64 = 1.959_963_984_540_054;

/// Fewer calls than this tell little: they are shown as few, and nobody is ranked by them.
pub const FEW: u64 = 10;

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// So many.
    pub part: u64,
    /// Out of so many.
    pub of: u64,
}

/// From where to where.
pub type Interval = (f64, f64);

impl Share {
    /// From 0 to 1; none out of nothing.
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.part as f64 / self.of as f64)
    }

    /// The 95 % interval of Wilson, from 0 to 1; none out of nothing.
    pub fn interval(self) -> Option<Interval> {
        let (n, p) = (self.of as f64, self.value()?);
        let square = Z * Z / n;
        let middle = p + square / 2.0;
        let half = Z * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
        let end = |value: f64| (value / (1.0 + square)).clamp(0.0, 1.0);
        // The ends at none and at all are exact, and not a rounding away from it.
        let low = if self.part == 0 { 0.0 } else { end(middle - half) };
        let high = if self.part == self.of { 1.0 } else { end(middle + half) };
        Some((low, high))
    }

    /// Whether it is out of too few to say much.
    pub fn is_of_few(self) -> bool {
        self.of < FEW
    }

    /// How much more this is than another one, from -1 to 1; none where either is out of nothing.
    pub fn more_than(self, other: Share) -> Option<Difference> {
        let (one, two) = (self.value()?, other.value()?);
        let (own, others) = (self.interval()?, other.interval()?);
        let value = one - two;
        let low = value - ((one - own.0).powi(2) + (others.1 - two).powi(2)).sqrt();
        let high = value + ((own.1 - one).powi(2) + (two - others.0).powi(2)).sqrt();
        Some(Difference { value, interval: Some((low.max(-1.0), high.min(1.0))) })
    }
}

/// How much more one figure is than another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// So much more; below 0, so much less.
    pub value: f64,
    /// Its 95 % interval; none where there are too few values to tell.
    pub interval: Option<Interval>,
}

impl Difference {
    /// How much more the other figure is than this one.
    #[must_use]
    pub fn seen_from_the_other(&self) -> Difference {
        Difference { value: -self.value, interval: self.interval.map(|(low, high)| (-high, -low)) }
    }

    /// Whether chance alone may well have made it: its interval holds 0, or there is none.
    pub fn may_be_chance(&self) -> bool {
        self.interval.is_none_or(|(low, high)| low <= 0.0 && high >= 0.0)
    }
}

/// Values in thousandths, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many values.
    pub n: u64,
    sum: i128,
    squares: u128,
}

impl Sum {
    /// Larger values than this, in thousandths, are no figures of a call, and would make the sums overflow.
    pub const LARGEST: i64 = 1_000_000_000_000_000;

    /// Adds a value in thousandths.
    pub fn add(&mut self, thousandths: i64) {
        let value = i128::from(thousandths.clamp(-Self::LARGEST, Self::LARGEST));
        self.n += 1;
        self.sum += value;
        self.squares = self.squares.saturating_add((value * value).unsigned_abs());
    }

    /// Adds the values of another sum.
    pub fn merge(&mut self, more: &Sum) {
        self.n += more.n;
        self.sum += more.sum;
        self.squares = self.squares.saturating_add(more.squares);
    }

    /// The mean; none of no values.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum as f64 / self.n as f64 / 1000.0)
    }

    /// Of values that are 0 or 1: how many are 1.
    pub fn as_share(&self) -> Share {
        Share { part: u64::try_from(self.sum / 1000).unwrap_or(0).min(self.n), of: self.n }
    }

    /// The variance of the mean; none of fewer than two values.
    fn variance_of_mean(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        let n = self.n as f64;
        let mean = self.sum as f64 / n;
        let squares = (self.squares as f64 - mean * self.sum as f64).max(0.0) / 1_000_000.0;
        Some(squares / (n - 1.0) / n)
    }

    /// How much more the mean is than another one.
    pub fn more_than(&self, other: &Sum) -> Option<Difference> {
        let value = self.mean()? - other.mean()?;
        let interval = self.variance_of_mean().zip(other.variance_of_mean()).map(|(own, others)| {
            let both = own + others;
            let part = |variance: f64, n: u64| variance * variance / (n as f64 - 1.0);
            let below = part(own, self.n) + part(others, other.n);
            let freedom = if below > 0.0 { both * both / below } else { f64::INFINITY };
            let half = student(freedom) * both.sqrt();
            (value - half, value + half)
        });
        Some(Difference { value, interval })
    }
}

/// The quantile of Student's distribution that leaves 2.5 % on either side.
fn student(freedom: f64) -> f64 {
    // Where the expansion is not good enough: of 1 to 9, the next lower one.
    const FIRST: [f64; 9] =
        [12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004, 2.262_157];
    if freedom < 10.0 {
        return FIRST[(freedom.max(1.0) as usize).min(FIRST.len()) - 1];
    }
    let z = |power: i32| Z.powi(power);
    let terms = [
        (z(3) + z(1)) / 4.0,
        (5.0 * z(5) + 16.0 * z(3) + 3.0 * z(1)) / 96.0,
        (3.0 * z(7) + 19.0 * z(5) + 17.0 * z(3) - 15.0 * z(1)) / 384.0,
        (79.0 * z(9) + 776.0 * z(7) + 1482.0 * z(5) - 1920.0 * z(3) - 945.0 * z(1)) / 92_160.0,
    ];
    let mut power = 1.0;
    terms.iter().fold(Z, |sum, term| {
        power *= freedom;
        sum + term / power
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn near(found: f64, published: f64, places: i32) {
        assert!((found - published).abs() < 0.500_001 * 10_f64.powi(-places), "{found}, published {published}");
    }

    #[test]
    fn shares_as_newcombe_tabulates_them() {
        // "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
        for (part, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let interval = Share { part, of }.interval().unwrap();
            near(interval.0, low, 4);
            near(interval.1, high, 4);
        }
        assert_eq!(Share { part: 29, of: 29 }.interval().unwrap().1.to_bits(), 1.0_f64.to_bits());
        assert_eq!(Share::default().interval(), None);
        assert!(Share { part: 9, of: 9 }.is_of_few() && !Share { part: 9, of: 10 }.is_of_few());
    }

    #[test]
    fn differences_as_newcombe_tabulates_them() {
        // Table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20.
        for (one, two, low, high) in
            [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 20), 0.6791, 1.0)]
        {
            let share = |(part, of)| Share { part, of };
            let found = share(one).more_than(share(two)).unwrap();
            near(found.interval.unwrap().0, low, 4);
            near(found.interval.unwrap().1, high, 4);
            assert!(!found.may_be_chance());
        }
        assert_eq!(Share::default().more_than(Share { part: 1, of: 2 }), None);
    }

    #[test]
    fn quantiles_of_student_as_tables_have_them() {
        for (freedom, published) in
            [(1.0, 12.706), (2.0, 4.303), (4.0, 2.776), (5.0, 2.571), (10.0, 2.228), (30.0, 2.042), (120.0, 1.980)]
        {
            near(student(freedom), published, 3);
        }
        near(student(f64::INFINITY), 1.960, 3);
    }

    #[test]
    fn means_and_what_they_differ_by() {
        let sum = |values: &[i64]| {
            let mut sum = Sum::default();
            values.iter().for_each(|value| sum.add(value * 1000));
            sum
        };
        // Student's sleep data, as R documents t.test(extra ~ group, data = sleep): -1.58, -3.365 to 0.205.
        let tenths = |values: [i64; 10]| {
            let mut sum = Sum::default();
            values.iter().for_each(|value| sum.add(value * 100));
            sum
        };
        let one = tenths([7, -16, -2, -12, -1, 34, 37, 8, 0, 20]);
        let two = tenths([19, 8, 11, 1, -1, 44, 55, 16, 46, 34]);
        let found = one.more_than(&two).unwrap();
        near(found.value, -1.58, 9);
        near(found.interval.unwrap().0, -3.365, 3);
        near(found.interval.unwrap().1, 0.205, 3);
        assert!(found.may_be_chance());
        assert_eq!(sum(&[4]).more_than(&sum(&[2, 3])).unwrap().interval, None, "one value has no spread");
        assert_eq!(sum(&[1, 0, 1, 1]).as_share(), Share { part: 3, of: 4 });
        let mut both = sum(&[4, 5]);
        both.merge(&sum(&[6]));
        assert_eq!((both, both.mean()), (sum(&[4, 5, 6]), Some(5.0)));
    }
}
