//! Check digits of card, identity and account numbers. Digits are ASCII.

/// The check of cards, of South African identity numbers and of Canadian social insurance numbers.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().rev().enumerate().map(|(k, d)| doubled(u32::from(d - b'0'), k % 2 == 1)).sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

fn doubled(digit: u32, twice: bool) -> u32 {
    match (twice, digit * 2) {
        (false, _) => digit,
        (true, twofold) if twofold > 9 => twofold - 9,
        (true, twofold) => twofold,
    }
}

/// The check of Aadhaar numbers: Verhoeff's, in the group of the symmetries of a pentagon.
pub(super) fn verhoeff(digits: &[u8]) -> bool {
    const TURNED: [[u8; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    let product = |a: u8, b: u8| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let turned = digits.iter().rev().enumerate().map(|(k, d)| TURNED[k % 8][usize::from(d - b'0')]);
    !digits.is_empty() && turned.fold(0, product) == 0
}

/// The check of Australian tax file numbers.
pub(super) fn tax_file_number(digits: &[u8]) -> bool {
    digits.len() == 9 && weighed(digits, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)
}

/// The check of Australian Medicare numbers: the ninth digit is that of the eight before it.
pub(super) fn medicare(digits: &[u8]) -> bool {
    matches!(digits.len(), 10 | 11)
        && (b'2'..=b'6').contains(&digits[0])
        && weighed(&digits[..8], &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == u32::from(digits[8] - b'0')
}

fn weighed(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, weight)| u32::from(d - b'0') * weight).sum()
}

/// How long IBANs are, by country.
#[rustfmt::skip]
const IBANS: [(&[u8; 2], usize); 56] = [
    (b"AD", 24), (b"AE", 23), (b"AL", 28), (b"AT", 20), (b"AZ", 28), (b"BA", 20), (b"BE", 16), (b"BG", 22), (b"BH", 22), (b"BR", 29),
    (b"CH", 21), (b"CR", 22), (b"CY", 28), (b"CZ", 24), (b"DE", 22), (b"DK", 18), (b"DO", 28), (b"EE", 20), (b"EG", 29), (b"ES", 24),
    (b"FI", 18), (b"FO", 18), (b"FR", 27), (b"GB", 22), (b"GE", 22), (b"GI", 23), (b"GR", 27), (b"HR", 21), (b"HU", 28), (b"IE", 22),
    (b"IL", 23), (b"IS", 26), (b"IT", 27), (b"JO", 30), (b"KW", 30), (b"KZ", 20), (b"LB", 28), (b"LI", 21), (b"LT", 20), (b"LU", 20),
    (b"LV", 21), (b"MC", 27), (b"MT", 31), (b"NL", 18), (b"NO", 15), (b"PK", 24), (b"PL", 28), (b"PT", 25), (b"QA", 29), (b"RO", 24),
    (b"RS", 22), (b"SA", 24), (b"SE", 24), (b"SI", 19), (b"SK", 24), (b"TR", 26),
];

/// The length of the IBAN that begins with these signs, if its country is known.
pub(super) fn iban_length(text: &[u8]) -> Option<usize> {
    let (_, length) = IBANS.iter().find(|(country, _)| text.starts_with(*country))?;
    (text.len() >= *length && text[2..4].iter().all(u8::is_ascii_digit)).then_some(*length)
}

/// The check of an IBAN, written without spaces in capitals.
pub(super) fn iban(text: &[u8]) -> bool {
    let shape = iban_length(text) == Some(text.len());
    let value = |c: &u8| match c {
        b'0'..=b'9' => u32::from(c - b'0'),
        _ => u32::from(c - b'A') + 10,
    };
    let turned = || text[4..].iter().chain(&text[..4]);
    shape
        && turned().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        && turned().map(value).fold(0, |rest, v| (rest * if v > 9 { 100 } else { 10 } + v) % 97) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each with its last digit, or one within, changed to each of the others.
    fn only_one_is_right(check: fn(&[u8]) -> bool, right: &str, at: usize) {
        let mut digits = right.as_bytes().to_vec();
        assert!(check(&digits), "{right}");
        for digit in (b'0'..=b'9').filter(|d| *d != right.as_bytes()[at]) {
            digits[at] = digit;
            assert!(!check(&digits), "{}", String::from_utf8_lossy(&digits));
        }
    }

    #[test]
    fn a_wrong_digit_is_told() {
        only_one_is_right(luhn, "4111111111111111", 15);
        only_one_is_right(luhn, "378282246310005", 4);
        only_one_is_right(luhn, "8001015009087", 12);
        only_one_is_right(luhn, "046454286", 3);
        only_one_is_right(verhoeff, "234123412346", 11);
        only_one_is_right(verhoeff, "2363", 1);
        only_one_is_right(tax_file_number, "123456782", 8);
        only_one_is_right(medicare, "2123456701", 8);
        only_one_is_right(iban, "GB82WEST12345698765432", 21);
        only_one_is_right(iban, "DE89370400440532013000", 2);
        for none in ["", "4"] {
            assert!(!verhoeff(none.as_bytes()) && !iban(none.as_bytes()) && !luhn(none.as_bytes()));
        }
    }
}
