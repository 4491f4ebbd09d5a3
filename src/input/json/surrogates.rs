//! Half a character in JSON: `\ud83d` without the other half of its pair, as programs leave it that cut text by length.

use std::borrow::Cow;

/// The document with U+FFFD in place of each lone half, if it has any.
pub fn mended(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut out: Option<Vec<u8>> = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
        let here = at + found;
        let Some(unit) = unit(bytes, here) else {
            // The sign behind a backslash is its own, be it another backslash.
            at = (here + 2).min(bytes.len());
            continue;
        };
        let pair = (0xd800..0xdc00).contains(&unit)
            && self::unit(bytes, here + 6).is_some_and(|u| (0xdc00..0xe000).contains(&u));
        at = here + if pair { 12 } else { 6 };
        if !pair && (0xd800..0xe000).contains(&unit) {
            let out = out.get_or_insert_with(Vec::new);
            out.extend_from_slice(&bytes[copied..here]);
            out.extend_from_slice(b"\\ufffd");
            copied = at;
        }
    }
    match out {
        Some(mut out) => {
            out.extend_from_slice(&bytes[copied..]);
            Cow::Owned(out)
        }
        None => Cow::Borrowed(bytes),
    }
}

/// The code of an escape such as `\u00e9` that begins here.
fn unit(bytes: &[u8], at: usize) -> Option<u32> {
    let code = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let code = code.iter().all(u8::is_ascii_hexdigit).then_some(code)?;
    u32::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lone_halves_alone_are_replaced() {
        for (text, want) in [
            (r#"{"a":"\ud83d\ude42 \u00e9"}"#, None),
            (r#"{"a":"\ud83d"}"#, Some(r#"{"a":"\ufffd"}"#)),
            (r#"{"a":"\ud83dx\ude42\uD83D\uD83D\uDE42"}"#, Some(r#"{"a":"\ufffdx\ufffd\ufffd\uD83D\uDE42"}"#)),
            (r#"{"a":"\\ud83d"}"#, None),
            (r#"{"a":"\\\ud83d"}"#, Some(r#"{"a":"\\\ufffd"}"#)),
            (r"\", None),
        ] {
            let mended = mended(text.as_bytes());
            assert_eq!(mended, want.unwrap_or(text).as_bytes(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_was_mended_is_read(units in prop::collection::vec(prop::sample::select(vec![0x41u32, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0x5c, 0x22]), 0..20)) {
            let escapes: Vec<String> = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let text = format!("\"{}\"", escapes.concat());
            let mended = mended(text.as_bytes());
            prop_assert!(serde_json::from_slice::<String>(&mended).is_ok());
            prop_assert_eq!(matches!(mended, Cow::Borrowed(_)), serde_json::from_str::<String>(&text).is_ok());
        }
    }
}
