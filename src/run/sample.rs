//! Which calls a sample holds: decided by the call's id alone, so that the same calls are taken tomorrow, on another
//! machine, and whatever else lies beside them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much of the input is audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// So many calls.
    Count(usize),
    /// So many ten-thousandths of a percent.
    Share(u32),
}

impl Sample {
    /// [`Sample::Share`] of everything.
    pub const WHOLE: u32 = 1_000_000;
}

/// A call's place in the queue for a sample: evenly spread over all numbers, the same in every version.
#[must_use]
pub fn rank(call: &str) -> u64 {
    // FNV-1a, then the finaliser of SplitMix64: FNV alone leaves the high bits of short ids poor.
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut hash = call.bytes().fold(0xcbf2_9ce4_8422_2325, fnv);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The highest rank that can still be in the sample; shared by all workers, so that calls which cannot be in it cost
/// no judging.
#[derive(Clone, Debug)]
pub struct Bound(Arc<AtomicU64>);

impl Bound {
    /// The bound of a sample before any call was seen.
    #[must_use]
    pub fn of(sample: Option<Sample>) -> Bound {
        let highest = match sample {
            Some(Sample::Share(share)) => {
                let below = (u128::from(share) << 64) / u128::from(Sample::WHOLE);
                below.checked_sub(1).map(|highest| highest as u64)
            }
            Some(Sample::Count(0)) => None,
            Some(Sample::Count(_)) | None => Some(u64::MAX),
        };
        // Nothing at all is told from "rank 0 alone" by keeping bounds one up, the highest two together.
        Bound(Arc::new(AtomicU64::new(highest.map_or(0, |highest| highest.saturating_add(1)))))
    }

    /// Whether a call of this rank may be in the sample.
    #[must_use]
    pub fn admits(&self, rank: u64) -> bool {
        let below = self.0.load(Ordering::Relaxed);
        rank < below || below == u64::MAX
    }

    fn lower(&self, highest: u64) {
        self.0.fetch_min(highest.saturating_add(1), Ordering::Relaxed);
    }
}

/// The N things of lowest rank, among equal ranks the first ones, and what is kept in any case.
#[derive(Debug)]
pub struct Lowest<T> {
    count: usize,
    seen: u64,
    /// By rank, and by when it came.
    kept: BTreeMap<(u64, u64), T>,
    /// By when it came.
    always: Vec<(u64, T)>,
    bound: Bound,
}

impl<T> Lowest<T> {
    /// Keeps so many, and lowers the bound as it learns.
    #[must_use]
    pub fn new(count: usize, bound: Bound) -> Self {
        Lowest { count, seen: 0, kept: BTreeMap::new(), always: Vec::new(), bound }
    }

    /// Takes the next thing; it is kept if it is among the lowest so far. `None` as its rank: it is kept in any case
    /// and does not count.
    pub fn offer(&mut self, rank: Option<u64>, what: T) {
        let number = self.seen;
        self.seen += 1;
        let Some(rank) = rank else {
            self.always.push((number, what));
            return;
        };
        self.kept.insert((rank, number), what);
        if self.kept.len() > self.count {
            self.kept.pop_last();
        }
        if self.kept.len() == self.count
            && let Some((&(highest, _), _)) = self.kept.last_key_value()
        {
            self.bound.lower(highest);
        }
    }

    /// What was kept, in the order in which it came.
    #[must_use]
    pub fn into_ordered(self) -> Vec<T> {
        let mut kept = self.always;
        kept.extend(self.kept.into_iter().map(|((_, number), what)| (number, what)));
        kept.sort_unstable_by_key(|(number, _)| *number);
        kept.into_iter().map(|(_, what)| what).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranks_never_change() {
        // Samples of last year must be the samples of this year.
        assert_eq!(rank("c-17"), 0xf8f5_f523_1ff4_f901);
        assert_ne!(rank("c-17"), rank("c-18"));
    }

    #[test]
    fn a_share_is_about_that_share() {
        let ids = (0..20_000).map(|k| format!("call-{k}"));
        let bound = Bound::of(Some(Sample::Share(100_000)));
        let taken = ids.filter(|id| bound.admits(rank(id))).count();
        assert!((1_800..2_200).contains(&taken), "{taken} of 20000 for 10%");
        assert!(Bound::of(Some(Sample::Share(Sample::WHOLE))).admits(u64::MAX));
        assert!(Bound::of(None).admits(u64::MAX));
        for nothing in [Sample::Share(0), Sample::Count(0)] {
            assert!(!Bound::of(Some(nothing)).admits(0));
        }
    }

    proptest! {
        #[test]
        fn the_lowest_are_kept_in_order(ranks in prop::collection::vec(0_u64..50, 0..80), count in 1_usize..20) {
            let bound = Bound::of(Some(Sample::Count(count)));
            let mut lowest = Lowest::new(count, bound.clone());
            for (number, rank) in ranks.iter().enumerate() {
                // As workers do: what the bound rules out is not even offered.
                if bound.admits(*rank) {
                    lowest.offer(Some(*rank), number);
                }
            }
            let mut want: Vec<usize> = (0..ranks.len()).collect();
            want.sort_by_key(|&number| (ranks[number], number));
            want.truncate(count);
            want.sort_unstable();
            prop_assert_eq!(lowest.into_ordered(), want);
        }
    }
}
