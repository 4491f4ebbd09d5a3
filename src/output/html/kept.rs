//! The calls that a page shows whole: all of them, or of more than the limit the worst and the best.

use std::collections::BTreeMap;
use std::io::{self, Write};

/// What separates the parts of an event: no JSON on one line holds it.
pub(super) const BETWEEN: u8 = b'\t';

/// What was listed, and what of it is held to be shown whole.
pub(super) struct Kept {
    limit: usize,
    listed: usize,
    calls: usize,
    /// By score, then by place: the half of the limit with the lowest scores, and of the others those with the highest.
    worst: BTreeMap<(u32, usize), Vec<u8>>,
    best: BTreeMap<(u32, usize), Vec<u8>>,
    /// Without a score; they are the first to go.
    unscored: BTreeMap<usize, Vec<u8>>,
}

/// How many there are on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Calls and records that could not be read.
    pub(super) listed: usize,
    /// Calls.
    pub(super) calls: usize,
    /// Calls that are shown whole.
    pub(super) whole: usize,
}

impl Kept {
    pub(super) fn new(limit: usize) -> Kept {
        let (worst, best, unscored) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Kept { limit, listed: 0, calls: 0, worst, best, unscored }
    }

    /// Takes events, each `score TAB row TAB call LF`, or a row alone; writes the rows.
    pub(super) fn take(&mut self, events: &[u8], to: &mut dyn Write) -> io::Result<()> {
        for event in events.split_inclusive(|byte| *byte == b'\n') {
            let event = event.strip_suffix(b"\n").unwrap_or(event);
            let mut parts = event.splitn(3, |byte| *byte == BETWEEN);
            match (parts.next(), parts.next(), parts.next()) {
                (Some(score), Some(row), Some(call)) => {
                    to.write_all(row)?;
                    let score = std::str::from_utf8(score).ok().and_then(|score| score.parse().ok());
                    self.keep(score, call);
                    self.calls += 1;
                }
                _ => to.write_all(event)?,
            }
            to.write_all(b"\n")?;
            self.listed += 1;
        }
        Ok(())
    }

    fn keep(&mut self, score: Option<u32>, call: &[u8]) {
        let place = self.listed;
        let half = self.limit.div_ceil(2);
        match score {
            Some(score) => {
                self.worst.insert((score, place), call.to_owned());
                if self.worst.len() > half
                    && let Some((key, call)) = self.worst.pop_last()
                {
                    self.best.insert(key, call);
                }
                if self.best.len() > self.limit - half {
                    self.best.pop_first();
                }
            }
            None => {
                self.unscored.insert(place, call.to_owned());
            }
        }
        while self.whole() > self.limit && self.unscored.pop_last().is_some() {}
    }

    fn whole(&self) -> usize {
        self.worst.len() + self.best.len() + self.unscored.len()
    }

    /// Writes the calls that are shown whole, in their order, and forgets them.
    pub(super) fn finish(&mut self, to: &mut dyn Write) -> io::Result<Shown> {
        let shown = Shown { listed: self.listed, calls: self.calls, whole: self.whole() };
        let scored = [std::mem::take(&mut self.worst), std::mem::take(&mut self.best)].into_iter().flatten();
        let mut all = std::mem::take(&mut self.unscored);
        all.extend(scored.map(|((_, place), call)| (place, call)));
        for (place, call) in all {
            write!(to, "<script type=\"application/json\" id=\"data-{place}\">")?;
            to.write_all(&call)?;
            to.write_all(b"</script>\n")?;
        }
        Ok(shown)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The places of the calls that stay, of calls with these scores.
    fn stay(limit: usize, scores: &[Option<u32>]) -> Vec<usize> {
        let mut kept = Kept::new(limit);
        let mut rows = Vec::new();
        for score in scores {
            let score = score.map_or("-".to_owned(), |s| s.to_string());
            kept.take(format!("{score}\trow\tcall\n").as_bytes(), &mut rows).unwrap();
        }
        assert_eq!(rows.split(|b| *b == b'\n').filter(|row| *row == b"row").count(), scores.len());
        let mut page = Vec::new();
        let shown = kept.finish(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        let places: Vec<usize> =
            page.split("data-").skip(1).map(|p| p.split('"').next().unwrap().parse().unwrap()).collect();
        assert_eq!((shown.whole, shown.calls), (places.len(), scores.len()));
        places
    }

    #[test]
    fn the_worst_and_the_best_stay() {
        let scores = [Some(500), None, Some(900), Some(100), Some(700), Some(300), None, Some(800)];
        assert_eq!(stay(8, &scores), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(stay(7, &scores), [0, 1, 2, 3, 4, 5, 7], "without a score the last goes first");
        assert_eq!(stay(4, &scores), [2, 3, 5, 7]);
        assert_eq!(stay(3, &scores), [2, 3, 5]);
        assert_eq!(stay(1, &scores), [3]);
        assert_eq!(stay(0, &scores), [0; 0]);
    }

    #[test]
    fn of_equals_the_choice_does_not_depend_on_how_they_are_cut() {
        let (mut one, mut many) = (Kept::new(2), Kept::new(2));
        let events = b"500\ta\tA\n{\"error\":1}\n500\tb\tB\n500\tc\tC\n";
        let (mut whole, mut pieces) = (Vec::new(), Vec::new());
        one.take(events, &mut whole).unwrap();
        for event in events.split_inclusive(|b| *b == b'\n') {
            many.take(event, &mut pieces).unwrap();
        }
        assert_eq!(one.finish(&mut whole).unwrap(), Shown { listed: 4, calls: 3, whole: 2 });
        many.finish(&mut pieces).unwrap();
        assert_eq!(whole, pieces);
    }
}
