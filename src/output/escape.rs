//! Text from outside made harmless, once for each target: JSON, a spreadsheet's cell, a terminal.
//!
//! Transcripts, ids, paths and names are written by strangers. What they hold may be shown, never obeyed.

mod markup;

pub use markup::{github, html, markdown, sarif, xml};

use std::borrow::Cow;

/// Appends a JSON string with its quotes, escaped as [`super::wire`] says.
pub fn json(text: &str, to: &mut Vec<u8>) {
    // Most texts are letters and marks of ASCII, and many bytes are asked about that at once.
    let plain = |byte: u8| !matches!(byte, 0..b' ' | b'"' | b'\\' | 0x7f..);
    if text.bytes().fold(true, |all, byte| all & plain(byte)) {
        to.push(b'"');
        to.extend_from_slice(text.as_bytes());
        to.push(b'"');
    } else {
        super::wire::json(text, to);
    }
}

/// [`json`], or `null`.
pub fn json_optional(text: Option<&str>, to: &mut Vec<u8>) {
    match text {
        Some(text) => json(text, to),
        None => to.extend_from_slice(b"null"),
    }
}

/// What begins a formula. Full-width forms as well: East Asian versions of spreadsheets take them for the plain ones.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Where a cell may end for a reader with another list separator.
const CUTS: [char; 4] = [';', '\t', '\n', '\r'];

/// The text of a cell as it was before [`cell`] put a `'` before it.
pub fn uncell(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

/// Whether a cell would be run: by its first character, or by that behind spaces and quotes, which some readers drop.
fn is_formula(text: &str) -> bool {
    text.starts_with(FORMULA) || begins_formula(text)
}

/// Whether what stands behind spaces and quotes begins a formula.
fn begins_formula(text: &str) -> bool {
    let first = text.trim_start_matches(['"', ' ']).chars().next();
    first.is_some_and(|c| FORMULA.contains(&c) && !c.is_whitespace())
}

/// A text for a cell of a spreadsheet. What a spreadsheet would run as a formula gets a leading `'`, which shows it
/// as text; control characters other than tab and line ends, which no spreadsheet can hold, become U+FFFD.
pub fn cell(text: &str) -> Cow<'_, str> {
    let unfit = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    // A lone hyphen, which is how standard input is named as a source, runs nothing.
    let formula = text != "-" && is_formula(text);
    // Where the list separator is `;` (or a tab is taken for one), a cell may be cut there, quoted or not; and a row at a
    // line end, since the quote that begins a cell is then within another one.
    let cuts = |text: &str| text.match_indices(CUTS).any(|(at, _)| begins_formula(&text[at + 1..]));
    if !formula && !text.contains(unfit) && !cuts(text) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 3);
    if formula {
        safe.push('\'');
    }
    for (at, c) in text.char_indices() {
        safe.push(if unfit(c) { char::REPLACEMENT_CHARACTER } else { c });
        if CUTS.contains(&c) && begins_formula(&text[at + 1..]) {
            safe.push('\'');
        }
    }
    Cow::Owned(safe)
}

/// A text for a terminal, on one line: tab and line ends become spaces; control characters, direction marks and
/// invisible characters are shown as `\u{…}` instead of obeyed. So is what the log of a CI server would obey: a word
/// that begins with `::`, which may come to stand at the start of a line, and `##[`.
pub fn terminal(text: &str) -> Cow<'_, str> {
    let commands = text.contains("::") || text.contains("##[");
    if !commands && text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => safe.push(' '),
            ':' if previous.is_whitespace() && text[at..].starts_with("::") => {
                safe.extend(c.escape_unicode());
            }
            '#' if text[at..].starts_with("##[") => safe.extend(c.escape_unicode()),
            // Persian, Indic scripts and emoji are spelled with these two; after ASCII they only hide something.
            '\u{200c}' | '\u{200d}' if !previous.is_ascii() && !unseen(previous) => safe.push(c),
            c if c.is_control() || unseen(c) => safe.extend(c.escape_unicode()),
            c => safe.push(c),
        }
        previous = c;
    }
    Cow::Owned(safe)
}

/// Characters that show nothing, or turn around what stands beside them.
pub(in crate::output) fn unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn json_text(text: &str) -> String {
        let mut to = Vec::new();
        json(text, &mut to);
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn logs_of_ci_servers_obey_nothing() {
        assert_eq!(
            terminal("::error::x at ::warning:: a::b ##[error]y"),
            "\\u{3a}:error::x at \\u{3a}:warning:: a::b \\u{23}#[error]y"
        );
    }

    #[test]
    fn json_escapes_what_the_contract_lists() {
        assert_eq!(json_text("a\"b\\c/\n\r\t\u{8}\u{c}\u{1b}\0"), r#""a\"b\\c/\n\r\t\b\f\u001b\u0000""#);
        assert_eq!(json_text("\u{2028}\u{2029}\u{85}\u{7f}\u{9f}"), r#""\u2028\u2029\u0085\u007f\u009f""#);
        assert_eq!(json_text("it’s £5 – “é” \u{a0}日本😀\u{202a}"), "\"it’s £5 – “é” \u{a0}日本😀\u{202a}\"");
    }

    #[test]
    fn cells_do_not_run() {
        for text in ["=1+1", "+49 30", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", " =1", " \"-1\""] {
            assert_eq!(cell(text), format!("'{text}"));
            assert_eq!(uncell(&cell(text)), text);
        }
        for (text, want) in [
            ("a;=1", "a;'=1"),
            ("a;\"=1\"", "a;'\"=1\""),
            ("\t=1", "'\t'=1"),
            ("a\n=1", "a\n'=1"),
            ("a; -b;c;", "a;' -b;c;"),
        ] {
            assert_eq!(cell(text), want, "cut at the list separator of another country");
        }
        for text in ["", "-", "a=b", "a;b", "'=1", " hello - there", "日本"] {
            assert!(matches!(cell(text), Cow::Borrowed(same) if same == text), "{text}");
        }
        assert_eq!(cell("a\0b\u{1b}[2Jc\nd"), "a\u{fffd}b\u{fffd}[2Jc\nd");
    }

    #[test]
    fn terminals_are_not_steered() {
        assert!(matches!(terminal("plain, words!"), Cow::Borrowed(_)));
        assert_eq!(terminal("a\u{1b}[31mred\u{7}"), "a\\u{1b}[31mred\\u{7}");
        assert_eq!(terminal("one\r\ntwo\tthree\u{2028}four"), "one  two three four");
        assert_eq!(terminal("ab\u{202e}cd\u{200b}e\u{feff}f\u{9b}"), "ab\\u{202e}cd\\u{200b}e\\u{feff}f\\u{9b}");
        assert_eq!(terminal("می\u{200c}خواهم it\u{200c}s"), "می\u{200c}خواهم it\\u{200c}s");
        assert_eq!(terminal("it’s £5"), "it’s £5");
    }

    proptest! {
        #[test]
        fn json_strings_read_back(text in "\\PC*|[\u{0}-\u{ff}\u{2000}-\u{2030}\u{10000}-\u{10010}\"\\\\]*") {
            let written = json_text(&text);
            prop_assert_eq!(&serde_json::from_str::<String>(&written).unwrap(), &text);
            let unsafe_in = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
            prop_assert!(!written.contains(unsafe_in));
        }

        #[test]
        fn shown_text_has_no_control_characters(text in any::<String>()) {
            let steers = |c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}');
            prop_assert!(!terminal(&text).contains(steers));
            prop_assert!(text == "-" || !cell(&text).starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
