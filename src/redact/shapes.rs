//! What digits are by themselves: their number, their groups and their check digits.

use super::checksums::{luhn, medicare, tax_file_number, verhoeff};
use super::kind::Kind;

/// Digits with what is known of how they stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits<'d> {
    /// ASCII.
    pub all: &'d [u8],
    /// How many digits the parts have.
    pub groups: &'d [u8],
    /// How many were said or written one by one.
    pub single: usize,
    pub plus: bool,
    /// Nothing but marks and spaces between the parts.
    pub tight: bool,
}

impl Digits<'_> {
    fn value(&self, at: usize, count: usize) -> u32 {
        self.all[at..at + count].iter().fold(0, |value, d| value * 10 + u32::from(d - b'0'))
    }

    /// What these digits can hardly be else, whatever is said around them.
    pub fn surely(&self) -> Option<Kind> {
        let n = self.all.len();
        if self.is_card() && luhn(self.all) {
            return Some(Kind::Card);
        }
        if self.plus && (8..=15).contains(&n) {
            return Some(Kind::Phone);
        }
        if n == 13 && self.is_south_african() || self.tight && self.groups == [3, 2, 4] && self.is_social_security() {
            return Some(Kind::Identity);
        }
        None
    }

    /// What these digits are where nothing says otherwise.
    pub fn probably(&self) -> Option<Kind> {
        let fours = self.groups.len() >= 4 && self.groups.iter().all(|count| *count == 4);
        if fours && (b'3'..=b'6').contains(&self.all[0]) {
            return Some(Kind::Card);
        }
        let identity = match self.groups {
            [4, 4, 4] => self.all[0] > b'1' && verhoeff(self.all),
            [5, 7, 1] => true,
            [4, 5, 1] => medicare(self.all),
            [3, 3, 3] => tax_file_number(self.all) || luhn(self.all) && !matches!(self.all[0], b'0' | b'8'),
            _ => false,
        };
        if identity && self.tight {
            return Some(Kind::Identity);
        }
        if self.is_phone() {
            return Some(Kind::Phone);
        }
        // Nobody says so many digits of what is not the number of something.
        let many = self.single >= 7 && self.all.len() >= 8 && !self.is_counting();
        many.then_some(Kind::Number)
    }

    /// Whether the beginning and the length are those of a payment card.
    fn is_card(&self) -> bool {
        let n = self.all.len();
        if n < 13 {
            return false;
        }
        let four = self.value(0, 4);
        match n {
            13 => four / 1000 == 4,
            14 => matches!(four / 10, 300..=305) || matches!(four / 100, 36 | 38 | 39),
            15 => matches!(four / 100, 34 | 37),
            16 => {
                matches!(four / 1000, 4)
                    || matches!(four / 100, 51..=55 | 35 | 60 | 62 | 64 | 65 | 81 | 50 | 56..=58 | 67)
                    || (2221..=2720).contains(&four)
            }
            19 => four / 1000 == 4 || matches!(four / 100, 62 | 60 | 50 | 63 | 67),
            _ => false,
        }
    }

    /// A date of birth, four digits, citizenship, a digit that meant something once, a check digit.
    fn is_south_african(&self) -> bool {
        let (month, day) = (self.value(2, 2), self.value(4, 2));
        (1..=12).contains(&month) && (1..=31).contains(&day) && self.all[10] <= b'2' && luhn(self.all)
    }

    fn is_social_security(&self) -> bool {
        let area = self.value(0, 3);
        area != 0 && area != 666 && area < 900 && self.value(3, 2) != 0 && self.value(5, 4) != 0
    }

    /// Whether these are the digits of a telephone number, with its area or that of a mobile.
    pub fn is_phone(&self) -> bool {
        let (d, n) = (self.all, self.all.len());
        if self.groups.len() > 5 && self.single < n {
            return false;
        }
        let grouped = |shapes: &[&[u8]]| self.single == n || self.groups.len() == 1 || shapes.contains(&self.groups);
        match n {
            10 | 11 if d[0] == b'0' => d[1] != b'0',
            10 => {
                let american = grouped(&[&[3, 3, 4], &[3, 7], &[6, 4], &[3, 3, 2, 2]]) || self.single >= 3;
                american && self.is_north_american(0) || d[0] >= b'6' && grouped(&[&[5, 5], &[4, 3, 3], &[3, 3, 4]])
            }
            11 if d[0] == b'1' && self.is_north_american(1) => true,
            12 => d.starts_with(b"447") || d.starts_with(b"923") || d.starts_with(b"91") && d[2] >= b'6',
            11 => d.starts_with(b"614") || d.starts_with(b"27") && (b'6'..=b'8').contains(&d[2]),
            13..=16 => d.starts_with(b"00") && d[2] != b'0',
            _ => false,
        }
    }

    fn is_north_american(&self, from: usize) -> bool {
        let d = &self.all[from..];
        d[0] >= b'2' && d[3] >= b'2' && !(d[1] == b'1' && d[2] == b'1')
    }

    /// "One two three four", "one two one two": somebody counts or tries a microphone.
    fn is_counting(&self) -> bool {
        let up = self.all.windows(2).filter(|pair| pair[1] == pair[0] + 1 || pair[1] <= b'1').count();
        self.all[0] <= b'1' && up * 10 >= (self.all.len() - 1) * 9
            || self.all.starts_with(b"12") && self.all.iter().all(|d| (b'1'..=b'3').contains(d))
    }
}
