//! Text made harmless for markup: XML, Markdown, the commands of GitHub Actions.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A text for XML, in an attribute or between tags. What XML 1.0 cannot hold becomes U+FFFD.
pub fn xml(text: &str) -> Cow<'_, str> {
    let fit = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let plain = |c: char| fit(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\t' | '\n' | '\r');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            // In an attribute a reader would turn these into spaces.
            '\t' | '\n' | '\r' => {
                let _ = write!(safe, "&#{};", c as u32);
            }
            c if fit(c) => safe.push(c),
            _ => safe.push(char::REPLACEMENT_CHARACTER),
        }
    }
    Cow::Owned(safe)
}

/// A text for a web page, before the page's template or script escapes its markup: what steers or hides text becomes
/// U+FFFD, one for each, so that places in the text can be told.
pub fn html(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b) || b == b'\n') {
        return Cow::Borrowed(text);
    }
    let mut previous = ' ';
    let shown = text.chars().map(|c| {
        let joins = matches!(c, '\u{200c}' | '\u{200d}') && !previous.is_ascii() && !super::unseen(previous);
        let steers = c.is_control() && !matches!(c, '\t' | '\n' | '\r') || super::unseen(c) && !joins;
        previous = c;
        if steers { char::REPLACEMENT_CHARACTER } else { c }
    });
    Cow::Owned(shown.collect())
}

/// A text within a line of Markdown: shown as it is, no markup, no HTML, nobody mentioned.
pub fn markdown(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '.' | ',' | '\'' | '?' | '-' | ';' | '/' | '"' | '%' | '’' | '“' | '”' | '…' | '–')
    };
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in super::terminal(text).chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '@' => safe.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// A text in a workflow command: in a property, or as its message.
pub fn github(text: &str, property: bool) -> Cow<'_, str> {
    let special = |c: char| c.is_control() || c == '%' || property && matches!(c, ':' | ',');
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '%' | '\r' | '\n' => {
                let _ = write!(safe, "%{:02X}", c as u32);
            }
            ':' | ',' if property => {
                let _ = write!(safe, "%{:02X}", c as u32);
            }
            c if c.is_control() => safe.push(char::REPLACEMENT_CHARACTER),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_nothing_that_ends_it() {
        assert_eq!(xml("a < b & \"c\"\n\u{1}\u{ffff}"), "a &lt; b &amp; &quot;c&quot;&#10;\u{fffd}\u{fffd}");
        assert!(matches!(xml("plain é"), Cow::Borrowed(_)));
    }

    #[test]
    fn markdown_shows_markup_as_text() {
        assert_eq!(markdown("[x](y) <b> @ann *hi*\n# no"), "\\[x\\](y) &lt;b&gt; &#64;ann \\*hi\\* \\# no");
    }

    #[test]
    fn commands_end_with_their_line() {
        assert_eq!(github("50%\n::error::x", false), "50%25%0A::error::x");
        assert_eq!(github("a:b,c", true), "a%3Ab%2Cc");
    }
}
