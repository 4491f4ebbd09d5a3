//! Text made harmless for markup: XML, Markdown, the commands of GitHub Actions.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A text for XML, in an attribute or between tags. What XML 1.0 cannot hold, and control characters that it
/// advises against, become U+FFFD.
pub fn xml(text: &str) -> Cow<'_, str> {
    let fit = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
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

/// A text within a line of Markdown: shown as it is, no markup, no HTML, no formula; nobody is mentioned and nothing
/// linked, though pages look for names, addresses and numbers of issues in what is shown, whatever was escaped. Signs that
/// would make one of these are replaced by their wide forms.
pub fn markdown(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '.' | ',' | '\'' | '?' | '-' | ';' | '/' | '"' | '%' | '’' | '“' | '”' | '…' | '–')
    };
    let www = |text: &str| text.as_bytes().windows(4).any(|four| four.eq_ignore_ascii_case(b"www."));
    if text.chars().all(harmless) && !www(text) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let text = super::terminal(text);
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let next = rest.chars().next();
        match c {
            '@' => safe.push('＠'),
            '#' if next.is_some_and(char::is_alphanumeric) => safe.push('＃'),
            ':' if rest.starts_with("//") => safe.push('：'),
            '.' if ends_in_www(&safe) => safe.push('．'),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// A text for a message of SARIF, where `[words](place)` would be a link. Backslashes that stand before such a bracket are
/// doubled, so that none of them takes the escape away from it.
pub fn sarif(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split("](");
    let mut safe = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let backslashes = safe.len() - safe.trim_end_matches('\\').len();
        safe.push_str(&"\\".repeat(backslashes));
        safe.push_str("\\](");
        safe.push_str(piece);
    }
    Cow::Owned(safe)
}

/// Whether what was written so far would make a link of the dot that follows.
fn ends_in_www(written: &str) -> bool {
    let end = &written.as_bytes()[written.len().saturating_sub(3)..];
    end.eq_ignore_ascii_case(b"www")
}

/// A text in a workflow command: in a property, or as its message. It loses marks of direction and of no width.
pub fn github(text: &str, property: bool) -> Cow<'_, str> {
    let special = |c: char| c.is_control() || super::unseen(c) || c == '%' || property && matches!(c, ':' | ',');
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
            // The page that shows the message would obey marks of direction.
            c if super::unseen(c) => {}
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
        assert_eq!(markdown("[x](y) <b> @ann *hi*\n# no"), "\\[x\\](y) &lt;b&gt; ＠ann \\*hi\\* \\# no");
    }

    #[test]
    fn markdown_links_and_mentions_nobody() {
        for (text, want) in [
            ("https://a.b/c mailto:x@y.z", "https：//a.b/c mailto:x＠y.z"),
            ("WWW.a.b, #12 a/b#3", "WWW．a.b, ＃12 a/b＃3"),
            ("$x$ = 5", "\\$x\\$ = 5"),
        ] {
            assert_eq!(markdown(text), want);
        }
    }

    #[test]
    fn commands_end_with_their_line() {
        assert_eq!(github("50%\n::error::x", false), "50%25%0A::error::x");
        assert_eq!(github("a:b,c", true), "a%3Ab%2Cc");
        assert_eq!(github("a\u{202e}b\u{200b}c\u{feff}", false), "abc");
    }
}
