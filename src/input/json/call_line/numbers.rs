//! The numbers of a call line: times, mostly, of few digits, so that to divide by a power of ten is exact.

/// The number that a text begins with, and how many bytes it takes; none is for the full parser to read or to refuse.
pub(super) fn read(text: &[u8]) -> Option<(f64, usize)> {
    let (number, len) = short(text).or_else(|| long(text))?;
    matches!(text.get(len), Some(b',' | b'}' | b' ')).then_some((number, len))
}

/// Powers of ten; to divide a number of so few digits by one is exact but for the last rounding.
const TENS: [f64; MOST_DIGITS] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
/// Digits and point together.
const MOST_DIGITS: usize = 16;

/// A number of the shape that most times have, `123.45`, if it ends within eight bytes. All of them are looked at together:
/// where the point and the end stand does not decide where the program goes on.
#[inline]
fn short(text: &[u8]) -> Option<(f64, usize)> {
    const POINT: u64 = (b'.' ^ b'0') as u64;
    // What the first and the third pair of digits count, and the second and the fourth: the sum is in the upper half.
    const MILLION_AND_HUNDRED: u64 = (1_000_000 << 32) + 100;
    const TEN_THOUSAND_AND_ONE: u64 = (10_000 << 32) + 1;
    let bytes = u64::from_le_bytes(*text.first_chunk()?) ^ u64::from_le_bytes([b'0'; 8]);
    // What is above nine, as far as the second of them.
    let others = (bytes.wrapping_add(0x7676_7676_7676_7676) | bytes) & 0x8080_8080_8080_8080;
    let whole = others.trailing_zeros() / 8;
    let len = (others & others.wrapping_sub(1)).trailing_zeros() / 8;
    let leading_zero = whole > 1 && text.starts_with(b"0");
    if whole == 0 || leading_zero || len > 7 || len == whole + 1 {
        return None;
    }
    if (bytes >> (8 * whole)) & 0xff != POINT {
        return None;
    }
    // Without the point, and with zeros in front; neighbours become pairs, all of which are weighed at once.
    let before = (1 << (8 * whole)) - 1;
    let digits = (bytes & before | (bytes >> 8) & !before) << (8 * (9 - len));
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let weighed = |from: u32, weights: u64| ((pairs >> from) & 0xff_0000_00ff).wrapping_mul(weights);
    let number = weighed(0, MILLION_AND_HUNDRED).wrapping_add(weighed(16, TEN_THOUSAND_AND_ONE));
    let number = f64::from((number >> 32) as u32);
    Some((number / TENS[(len - whole - 1) as usize], len as usize))
}

/// A number byte by byte.
fn long(text: &[u8]) -> Option<(f64, usize)> {
    let (mut all, whole) = digits(text, 0);
    let (mut len, mut decimals) = (whole, 0);
    if text.get(len) == Some(&b'.') {
        (all, decimals) = digits(&text[len + 1..], all);
        len += 1 + decimals;
        if decimals == 0 {
            return None;
        }
    }
    let leading_zero = whole > 1 && text[0] == b'0';
    let fits = whole > 0 && len <= MOST_DIGITS && !leading_zero;
    fits.then_some((all as f64 / TENS.get(decimals)?, len))
}

/// The number that digits from the start of a text on add to one, and how many they are. What is too long for it is
/// refused by their count.
fn digits(text: &[u8], mut all: i64) -> (i64, usize) {
    let mut count = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        all = all.wrapping_mul(10).wrapping_add(i64::from(digit));
        count += 1;
    }
    (all, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_few_digits_are_read_exactly() {
        for (text, number) in [
            ("0.4,\"a\"", 0.4),
            ("12.34}", 12.34),
            ("123.456,  ", 123.456),
            ("1234.5 ,   ", 1234.5),
            ("0.00001,   ", 0.00001),
            ("7,", 7.0),
            ("413.840000000003,", 413.840_000_000_003),
        ] {
            let end = text.find([',', '}', ' ']).expect("an end");
            assert_eq!(read(text.as_bytes()), Some((number, end)), "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_number_is_left() {
        for text in [
            "01.5,     ",
            "1.,       ",
            ".5,       ",
            "1.5e3,    ",
            "1..5,     ",
            "-1.5,     ",
            "1.5",
            "12345678901234567,",
            "1.01234567890123456,",
            "",
        ] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }
}
