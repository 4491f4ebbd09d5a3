//! The gravest of many findings, in bounded memory.
//!
//! Code scanning takes 25,000 results of a run and no more. As long as there are no more, they stay in the order of the
//! calls. From then on each severity has a file of its own, and the milder ones give way.

use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use tempfile::{SpooledTempFile, spooled_tempfile};

/// Bytes that are held before a file is made of them.
const HELD: usize = 1 << 20;

/// Ranks, the gravest first.
pub(super) const RANKS: usize = 4;

/// Findings as lines.
pub(super) struct Gravest {
    most: u64,
    /// All that were taken.
    pub(super) total: u64,
    /// The first of them, in their order, each behind its rank.
    ordered: SpooledTempFile,
    /// Behind that, a file for each rank and how many lines it has.
    ranks: Option<[(SpooledTempFile, u64); RANKS]>,
}

impl Gravest {
    /// Keeps so many.
    pub(super) fn new(most: u64) -> Gravest {
        Gravest { most, total: 0, ordered: spooled_tempfile(HELD), ranks: None }
    }

    /// Takes lines, each behind the figure of its rank.
    pub(super) fn take(&mut self, lines: &[u8]) -> io::Result<()> {
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            self.total += 1;
            if self.total > self.most && self.ranks.is_none() {
                self.ranks = Some(std::array::from_fn(|_| (spooled_tempfile(HELD), 0)));
                self.ordered.rewind()?;
                let mut ordered = BufReader::new(std::mem::replace(&mut self.ordered, spooled_tempfile(HELD)));
                let mut line = Vec::new();
                while ordered.read_until(b'\n', &mut line)? > 0 {
                    self.rank(&line)?;
                    line.clear();
                }
            }
            match self.ranks {
                None => self.ordered.write_all(line)?,
                Some(_) => self.rank(line)?,
            }
        }
        Ok(())
    }

    fn rank(&mut self, line: &[u8]) -> io::Result<()> {
        let Some((ranks, (figure, line))) = self.ranks.as_mut().zip(line.split_first().map(|(f, l)| (*f, l))) else {
            return Ok(());
        };
        let rank = usize::from(figure.saturating_sub(b'0')).min(RANKS - 1);
        let as_grave: u64 = ranks[..=rank].iter().map(|(_, count)| count).sum();
        if as_grave < self.most {
            ranks[rank].0.write_all(line)?;
            ranks[rank].1 += 1;
        }
        Ok(())
    }

    /// Writes them, a separator between two.
    pub(super) fn finish(&mut self, separator: &[u8], to: &mut dyn Write) -> io::Result<()> {
        let mut left = self.most;
        let skip = usize::from(self.ranks.is_none());
        let files = match &mut self.ranks {
            Some(ranks) => ranks.iter_mut().map(|(file, _)| file).collect(),
            None => vec![&mut self.ordered],
        };
        for file in files {
            file.seek(SeekFrom::Start(0))?;
            let (mut lines, mut line) = (BufReader::new(file), Vec::new());
            while left > 0 && lines.read_until(b'\n', &mut line)? > 0 {
                if left < self.most {
                    to.write_all(separator)?;
                }
                left -= 1;
                to.write_all(line[skip..].trim_ascii_end())?;
                line.clear();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn kept(most: u64, pieces: &[&str]) -> (u64, String) {
        let mut gravest = Gravest::new(most);
        for piece in pieces {
            gravest.take(piece.as_bytes()).unwrap();
        }
        let mut to = Vec::new();
        gravest.finish(b",", &mut to).unwrap();
        (gravest.total, String::from_utf8(to).unwrap())
    }

    #[test]
    fn few_stay_in_their_order_and_of_many_the_mildest_go() {
        assert_eq!(kept(4, &[]), (0, String::new()));
        assert_eq!(kept(4, &["3a\n0b\n", "2c\n1d\n"]), (4, "a,b,c,d".to_owned()));
        assert_eq!(kept(4, &["3a\n0b\n", "2c\n1d\n", "0e\n"]), (5, "b,e,d,c".to_owned()));
        assert_eq!(kept(2, &["3a\n3b\n3c\n", "1d\n1e\n1f\n0g\n"]), (7, "g,d".to_owned()));
        assert_eq!(kept(2, &["0a\n0b\n0c\n3d\n"]), (4, "a,b".to_owned()));
    }

    #[test]
    fn what_does_not_fit_into_memory_is_kept_as_well() {
        let long = format!("2{}\n", "x".repeat(HELD / 2));
        let pieces: Vec<&str> = vec![&long; 5];
        let (total, text) = kept(4, &pieces);
        assert_eq!((total, text.len()), (5, 4 * (HELD / 2) + 3));
    }
}
