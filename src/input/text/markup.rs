//! What exports leave in words: the entities of HTML, and line breaks that were written out instead of made.

use std::borrow::Cow;

use crate::call::Role;
use crate::input::text::lines::{Line, shape};
use crate::roles::labels::parse_label;

/// Text with its entities (`&#39;`, `&eacute;`) as the characters they stand for. What is none stays as it is.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none_or(|at| !text[at..].contains(';')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = entity(rest, &mut out).unwrap_or_else(|| {
            out.push('&');
            1
        });
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Adds what the entity at the start of `rest` stands for, and tells how long it is.
pub fn entity(rest: &str, out: &mut String) -> Option<usize> {
    // The longest name that anybody writes, `&thetasym;`, is shorter.
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = &rest[1..end];
    if name == "nbsp" {
        out.push(' ');
    } else if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        out.push(char::from_u32(code).filter(|c| !c.is_control())?);
    } else {
        out.push_str(quick_xml::escape::resolve_html5_entity(name)?);
    }
    Some(end + 1)
}

/// A transcript with line breaks where a lone carriage return or `<br>` stands for one, and where `\n`, `||` or `;` does:
/// those only if a label follows one of them, since they may be said.
pub fn with_line_breaks(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |k: usize| bytes.get(k + 1) != Some(&b'\n');
    let mut broken = Cow::Borrowed(text);
    if memchr::memchr_iter(b'\r', bytes).any(lone) {
        broken = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if ["&lt;br", "&lt;p", "&lt;div", "&lt;/"].iter().any(|tag| broken.contains(tag)) {
        broken = Cow::Owned(decoded(&broken).into_owned());
    }
    if broken.contains('<') {
        broken = untagged(&broken).map_or(broken, Cow::Owned);
    }
    for sign in ["\\\\n", "\\r\\n", "\\n", "||", "\u{2028}", "\u{2029}", "\u{85}", "\u{b}", "\u{c}"] {
        if broken.contains(sign) && broken.split(sign).skip(1).any(|rest| matches!(shape(rest), Line::Said(..))) {
            broken = Cow::Owned(broken.replace(sign, "\n"));
        }
    }
    for sign in ["\\t", " | ", " / ", ";", " • ", " · "] {
        if broken.contains(sign) {
            broken = broken_before_roles(&broken, sign).map_or(broken, Cow::Owned);
        }
    }
    broken
}

/// Line breaks for a sign that may as well be said, only where the label of a role follows it; none if none does.
fn broken_before_roles(text: &str, sign: &str) -> Option<String> {
    /// No label of a role is longer.
    const LABEL: usize = 60;
    let (mut out, mut copied) = (String::new(), 0);
    for (at, _) in text.match_indices(sign) {
        let behind = text[at + sign.len()..].trim_start_matches(' ');
        let label = behind.char_indices().take(LABEL).find(|(_, c)| *c == ':').map_or("", |(end, _)| &behind[..end]);
        let label = label.trim_matches(['*', '_', '[', ']']);
        if label.starts_with(char::is_uppercase) && parse_label(label).role != Role::Unknown {
            out.push_str(&text[copied..at]);
            out.push('\n');
            copied = at + sign.len();
        }
    }
    (copied > 0).then(|| out + &text[copied..])
}

/// What stands in words for a tag of HTML; none for what is no tag, such as `<Agent>` or `<v Jo>`. A tag of one letter may
/// be a speaker's (`<A>`), unless it is among those that are `closed` somewhere.
fn tag(name: &str, closed: &[u8]) -> Option<&'static str> {
    let bare = name.trim_start_matches('/').to_ascii_lowercase();
    match bare.as_str() {
        "br" | "p" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "tr" | "table" | "tbody" | "thead" | "h1"
        | "h2" | "h3" | "h4" | "h5" | "h6" | "section" | "article" | "blockquote" | "html" | "head" | "body"
        | "pre" | "hr" => Some("\n"),
        // A label may stand in a cell of its own.
        "td" | "th" => Some(if name.starts_with('/') { "\t" } else { "" }),
        "strong" | "em" | "span" | "font" | "small" | "big" | "mark" | "code" | "sub" | "sup" | "img" | "label" => {
            Some("")
        }
        "b" | "i" | "u" | "s" | "a" | "q" if closed.contains(&bare.as_bytes()[0]) => Some(""),
        _ => None,
    }
}

/// Text without the tags of HTML; none if it has none.
fn untagged(text: &str) -> Option<String> {
    /// No tag that a chat's page writes is longer, attributes and all.
    const LONGEST: usize = 1_000;
    let (mut out, mut copied) = (String::new(), 0);
    let closing = memchr::memmem::find_iter(text.as_bytes(), "</").filter_map(|at| text.as_bytes().get(at + 2..at + 4));
    let mut closed: Vec<u8> = closing.filter(|tag| tag[1] == b'>').map(|tag| tag[0].to_ascii_lowercase()).collect();
    closed.sort_unstable();
    closed.dedup();
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = &text.as_bytes()[at..];
        let Some(end) = rest.iter().take(LONGEST).position(|b| *b == b'>').filter(|_| at >= copied) else { continue };
        let inside = &text[at + 1..at + end];
        let name = inside.split([' ', '\t', '\n']).next().unwrap_or_default();
        let name = name.strip_suffix('/').unwrap_or(name);
        if let Some(sign) = tag(name, &closed) {
            out.push_str(&text[copied..at]);
            out.push_str(sign);
            copied = at + end + 1;
        }
    }
    (copied > 0).then(|| out + &text[copied..])
}

/// What somebody said, without tags and entities of HTML.
pub fn plain(text: &str) -> Cow<'_, str> {
    match Some(text).filter(|t| t.contains('<')).and_then(untagged) {
        Some(bare) => {
            let lines: Vec<&str> = bare.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
            Cow::Owned(decoded(&lines.join("\n")).into_owned())
        }
        None => decoded(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_characters() {
        for (text, want) in [
            ("It&#39;s Ren&eacute;e &amp; Zo&#xEB;&nbsp;here", "It's Renée & Zoë here"),
            ("&amp;lt; stays", "&lt; stays"),
            ("R&D; AT&T; fish & chips; &#0; &bogus;", "R&D; AT&T; fish & chips; &#0; &bogus;"),
            ("plain", "plain"),
        ] {
            assert_eq!(decoded(text), want);
        }
    }

    #[test]
    fn breaks_that_were_written_out_are_made() {
        for (text, want) in [
            ("Agent: Hi.\\n\\nCustomer: Yes.", "Agent: Hi.\n\nCustomer: Yes."),
            ("Agent: Hi.\\r\\nCustomer: Yes.", "Agent: Hi.\nCustomer: Yes."),
            ("Agent: Hi.<BR />Customer: Yes.", "Agent: Hi.\nCustomer: Yes."),
            ("<p>Agent: Hi.</p>", "\nAgent: Hi.\n"),
            ("Agent: Hi. || Customer: Yes.", "Agent: Hi. \n Customer: Yes."),
            ("Agent: Hi.\\\\nCustomer: Yes.", "Agent: Hi.\nCustomer: Yes."),
            ("Agent: Hi.\u{2028}Customer: Yes.", "Agent: Hi.\nCustomer: Yes."),
            (
                "Agent: Hi; you.;Customer: Yes. / Agent: Bye.\\tCustomer: Bye.",
                "Agent: Hi; you.\nCustomer: Yes.\nAgent: Bye.\nCustomer: Bye.",
            ),
            ("Agent: Hi.\rCustomer: Yes.\r\n", "Agent: Hi.\nCustomer: Yes.\n"),
            ("Agent: it is in C:\\new or a || b < c\r\n", "Agent: it is in C:\\new or a || b < c\r\n"),
        ] {
            assert_eq!(with_line_breaks(text), want);
        }
    }
}
