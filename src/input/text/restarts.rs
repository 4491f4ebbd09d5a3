//! Clocks that begin anew within one file, as where recordings were put one behind the other, or pieces of one were
//! recognised by themselves.

use std::collections::BTreeSet;

/// A clock that falls back less is out of order, as where two speak at a time.
const FALL: f64 = 10.0;
/// So near to where the part above began a clock begins anew.
const NEAR: f64 = 5.0;

/// Seconds to add to the times of each turn, so that each part begins where the one above ended; none where the clock
/// does not restart. Parts of different speakers lie beside each other, and a list with the last turn first is no part.
pub fn offsets(starts: &[Option<f64>], ends: &[Option<f64>], speakers: &[u16]) -> Option<Vec<f64>> {
    let mut parts = vec![0];
    let (mut first, mut last) = (None, None);
    for (k, start) in starts.iter().enumerate() {
        let Some(start) = *start else { continue };
        let falls = last.is_some_and(|last| start <= last - FALL) && first.is_some_and(|first| start <= first + NEAR);
        if falls {
            parts.push(k);
        }
        first = first.filter(|_| !falls).or(Some(start));
        last = Some(start);
    }
    if parts.len() < 2 {
        return None;
    }
    parts.push(starts.len());
    let within = |part: usize| parts[part]..parts[part + 1];
    let rises = |part: usize| {
        let mut times = starts[within(part)].iter().flatten();
        let first = times.next();
        first.zip(times.next_back()).is_some_and(|(first, last)| last - first >= NEAR)
    };
    let who = |part: usize| speakers[within(part)].iter().collect::<BTreeSet<_>>();
    let shares = |part: usize| !who(part).is_disjoint(&who(part - 1));
    let count = parts.len() - 1;
    if !(0..count).all(rises) || !(1..count).all(shares) {
        return None;
    }
    let (mut offset, mut offsets) = (0.0, Vec::with_capacity(starts.len()));
    for part in 0..count {
        offsets.resize(parts[part + 1], offset);
        let times = starts[within(part)].iter().chain(&ends[within(part)]).flatten();
        offset += times.copied().fold(0.0, f64::max);
    }
    Some(offsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_begin_where_the_one_above_ended() {
        let starts = |starts: &[f64]| starts.iter().copied().map(Some).collect::<Vec<_>>();
        let none = [None; 6];
        let of = |times: &[f64], speakers: &[u16]| offsets(&starts(times), &none[..times.len()], speakers);
        assert_eq!(of(&[0.0, 8.0, 20.0, 1.0, 9.0], &[0, 1, 0, 1, 0]), Some(vec![0.0, 0.0, 0.0, 20.0, 20.0]));
        // One channel behind the other, the last turn first, two who speak at a time, one title out of order.
        assert_eq!(of(&[0.0, 20.0, 1.0, 9.0], &[0, 0, 1, 1]), None);
        assert_eq!(of(&[50.0, 30.0, 15.0, 0.0], &[0, 1, 0, 1]), None);
        assert_eq!(of(&[0.0, 20.0, 12.0, 30.0], &[0, 1, 0, 1]), None);
        assert_eq!(of(&[5.0, 20.0, 0.0], &[0, 1, 0]), None);
    }
}
