//! Numbers as outputs write them: at most three decimals, the same bytes everywhere, without the formatting machinery.

/// Appends a whole number.
pub fn integer(value: u64, to: &mut Vec<u8>) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = value;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    to.extend_from_slice(&digits[at..]);
}

/// Beyond so many thousandths a double has none left, and the detour over an integer would lose digits.
pub(super) const EXACT: f64 = 9.0e15;

/// Appends a number rounded to three decimals, with at least one so that a column of them has one type; `null` for
/// what JSON cannot say.
pub fn decimal(value: f64, to: &mut Vec<u8>) {
    if !value.is_finite() {
        to.extend_from_slice(b"null");
        return;
    }
    let thousandths = (value * 1000.0).round();
    if thousandths.abs() >= EXACT {
        to.extend_from_slice(format!("{value:?}").as_bytes());
        return;
    }
    let thousandths = thousandths as i64;
    if thousandths < 0 {
        to.push(b'-');
    }
    let thousandths = thousandths.unsigned_abs();
    integer(thousandths / 1000, to);
    to.push(b'.');
    let rest = thousandths % 1000;
    let digits = [b'0' + (rest / 100) as u8, b'0' + (rest / 10 % 10) as u8, b'0' + (rest % 10) as u8];
    let len = digits.iter().rposition(|&d| d != b'0').map_or(1, |last| last + 1);
    to.extend_from_slice(&digits[..len]);
}

/// [`decimal`], or `null`.
pub fn optional(value: Option<f64>, to: &mut Vec<u8>) {
    decimal(value.unwrap_or(f64::NAN), to);
}

/// Appends tenths as a number with one decimal: 800 is `80.0`.
pub fn tenths(value: u64, to: &mut Vec<u8>) {
    integer(value / 10, to);
    to.push(b'.');
    to.push(b'0' + (value % 10) as u8);
}

/// Some things, counted for people: `1 call`, `2 calls`.
#[must_use]
pub fn counted(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// A time for people, as [`clock`] has it; none for what is no time.
#[must_use]
pub fn known_clock(seconds: Option<f64>) -> Option<String> {
    seconds.filter(|s| s.is_finite()).map(clock)
}

/// Tenths as text, for people: 800 is `80.0`.
#[must_use]
pub fn tenths_text(value: u64) -> String {
    format!("{}.{}", value / 10, value % 10)
}

/// A time for people, as a player shows it: `0:06`, `12:30`, `1:02:03`; the second that has begun, not the nearest.
#[must_use]
pub fn clock(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "-" } else { "" };
    let whole = seconds.abs().floor() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{sign}{hours}:{minutes:02}:{seconds:02}") } else { format!("{sign}{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(f: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut to = Vec::new();
        f(&mut to);
        String::from_utf8_lossy(&to).into_owned()
    }

    #[test]
    fn decimals_are_rounded_and_typed() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "0.0"),
            (-0.0004, "0.0"),
            (1.0, "1.0"),
            (312.4, "312.4"),
            (0.05, "0.05"),
            (7.25, "7.25"),
            (2.0004, "2.0"),
            (2.0006, "2.001"),
            (0.9996, "1.0"),
            (-1.5, "-1.5"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
            (1e300, "1e300"),
        ];
        for (value, text) in cases {
            assert_eq!(written(|to| decimal(value, to)), text, "{value}");
        }
    }

    #[test]
    fn integers_of_every_length() {
        let mut value = 1_u64;
        for _ in 0..20 {
            assert_eq!(written(|to| integer(value, to)), value.to_string());
            assert_eq!(written(|to| integer(value - 1, to)), (value - 1).to_string());
            value = value.saturating_mul(10);
        }
        assert_eq!(written(|to| integer(u64::MAX, to)), u64::MAX.to_string());
    }

    #[test]
    fn clocks_and_scores() {
        let shown: Vec<String> = [6.9, 0.0, 754.0, 3723.5, -4.0].map(clock).into();
        assert_eq!(shown, ["0:06", "0:00", "12:34", "1:02:03", "-0:04"]);
        assert_eq!(written(|to| tenths(805, to)), "80.5");
        assert_eq!(tenths_text(1000), "100.0");
    }
}
