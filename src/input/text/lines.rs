//! The shapes that lines of a text transcript have: a label, a time, both, or just words.
//!
//! A line is read here by its shape alone. Whether its label is a speaker or a colon in somebody's sentence is
//! decided by the whole text, in [`crate::input::formats::plain_text`].

use std::sync::LazyLock;

use regex::Regex;

use crate::call::Role;
use crate::input::text::notices::is_notice;
use crate::input::text::times::{Span, Stamp};
use crate::roles::asides;
use crate::roles::labels::{diarised, parse_label, role_word};

/// One line by its shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Line<'a> {
    /// Nothing, a rule of dashes, a fence of quotes.
    Blank,
    /// A time and nothing else; it belongs to what follows.
    Mark(Span),
    /// `Agent: text`, perhaps with a time before or in the label.
    Said(Span, &'a str, &'a str),
    /// `Agent (0:00)`, `10:32 AM Agent`: a speaker and a time, the words follow.
    Heading(Span, &'a str),
    /// A time and words; and the whole line, should the time be part of what is said.
    Timed(Span, &'a str, &'a str),
    /// A stage direction or a note of the system: nobody says it.
    Stage,
    /// Words.
    Plain(&'a str),
}

impl Line<'_> {
    /// Whether the line has its own time.
    pub fn has_time(&self) -> bool {
        match self {
            Line::Mark(span) | Line::Said(span, ..) | Line::Heading(span, _) | Line::Timed(span, ..) => {
                span.start.is_some()
            }
            _ => false,
        }
    }
}

/// A time. Digits are those of ASCII: no stamp has others, and every class of all of Unicode's made a pattern take longer
/// to compile than a call takes to audit.
const TIME: &str = r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?|[0-9]{2}:[0-9]{2}:[0-9]{2}[:;][0-9]{2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4},?[ ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[ \u{a0}\u{202f}]?[AaPp]\.?[Mm]\b\.?)?|(?:[0-9]{1,3}m[ ]?)?[0-9]{1,5}(?:[.,][0-9]{1,6})?s\b|[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,6})?(?:[ \u{a0}\u{202f}]?[AaPp](?:\.[ \u{a0}\u{202f}])?\.?[Mm]\b\.?)?)";

fn compiled(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

static LEADING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(&format!(
        r"^[\[(]?[ ]?({TIME})(?:[ ]?(?:-->|->|-|–|—|to)[ ]?({TIME}))?[ ]?[\])]?(?:[ \t]*[-–|:][ \t]|[ \t]+|$|(<))"
    ))
});
static TRAILING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(&format!(r"^(.*?\S)[ \t]*(?:[\[(][ ]?({TIME})(?:[ ]?[-–][ ]?({TIME}))?[ ]?[\])]|[ \t,|-]+({TIME}))$"))
});

/// Reads the shape of one line.
pub fn shape(line: &str) -> Line<'_> {
    let line = line.trim();
    // The last three draw a table.
    if line.is_empty() || line.chars().all(|c| "-=_*~\"`'|:+".contains(c)) {
        return Line::Blank;
    }
    let (span, rest) = leading_time(line);
    if rest.is_empty() {
        return Line::Mark(span);
    }
    if is_notice(rest) {
        return Line::Stage;
    }
    // `<v Michael Kennedy>text`, closed or not.
    if let Some((label, text)) = rest.strip_prefix("<v").and_then(|r| r.split_once('>')) {
        let label = label.split_once(' ').map_or("", |(_, name)| name).trim();
        if !label.is_empty() {
            return Line::Said(span, label, text.trim().trim_end_matches("</v>").trim());
        }
    }
    if let Some((label, text)) = labelled(rest) {
        let (inner, label) = trailing_time(label);
        let span = if span.start.is_none() { inner } else { span };
        let (late, text) = if span.start.is_none() { bracketed_time(text) } else { (Span::default(), text) };
        let span = if span.start.is_none() { late } else { span };
        return Line::Said(span, label, text);
    }
    if let Some((inner, label, text)) = role_first(rest).or_else(|| role_and_dash(rest, span.start.is_some())) {
        let span = if span.start.is_none() { inner } else { span };
        return Line::Said(span, label, text);
    }
    if span.start.is_none() {
        let bare = undecorated(rest.trim_end_matches(':').trim_end()).0;
        let (after, label) = trailing_time(bare);
        if after.start.is_some() && label_like(label) {
            return Line::Heading(after, label);
        }
        return if stage(rest) { Line::Stage } else { Line::Plain(unmarked(rest)) };
    }
    Line::Timed(span, rest, line)
}

/// The time in front of a line and what follows it.
fn leading_time(line: &str) -> (Span, &str) {
    let none = (Span::default(), line);
    // Cheap: most lines begin with a letter.
    if !line.starts_with(|c: char| c.is_ascii_digit() || c == '[' || c == '(') {
        return none;
    }
    let Some(found) = LEADING.as_ref().and_then(|r| r.captures(line)) else {
        return bracketed_seconds(line).unwrap_or(none);
    };
    let (open, close) = (line.starts_with(['[', '(']), found.get(0).is_some_and(|m| m.as_str().contains([']', ')'])));
    let start = found.get(1).and_then(|m| Stamp::parse(m.as_str()));
    if start.is_none() || open != close {
        return none;
    }
    let end = found.get(2).and_then(|m| Stamp::parse(m.as_str()));
    let cut = found.get(3).map_or_else(|| found.get(0).map_or(0, |m| m.end()), |m| m.start());
    (Span { start, end }, line[cut..].trim_start())
}

/// `[1.50 - 3.2] x`: seconds with a fraction, which only brackets tell from a number that is said.
fn bracketed_seconds(line: &str) -> Option<(Span, &str)> {
    let (inside, rest) = line.strip_prefix(['[', '('])?.split_once([']', ')'])?;
    let seconds = |text: &str| {
        let digits = text.contains('.') && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        text.parse::<f64>().ok().filter(|_| digits && text.len() <= 12).map(Stamp::seconds)
    };
    let mut times = inside.split(['-', '–', '—', '>', ' ']).filter(|part| !part.is_empty()).map(seconds);
    let span = Span { start: Some(times.next()??), end: times.next().flatten() };
    times.next().is_none().then(|| (span, rest.trim_start()))
}

/// A time at the end of a label: `Agent (0:00)`, `Agent 0:00`.
pub fn trailing_time(label: &str) -> (Span, &str) {
    let none = (Span::default(), label);
    let ends = |c: char| c.is_ascii_digit() || matches!(c, ')' | ']' | 'm' | 'M' | '.' | 'Z');
    if let Some(spoken) = spoken_time(label) {
        return spoken;
    }
    // Cheap: `Speaker 1` and `Agent (Jo)` end alike, but no time is without a colon.
    if !label.ends_with(ends) || !label.contains(':') {
        return none;
    }
    let Some(found) = TRAILING.as_ref().and_then(|r| r.captures(label)) else {
        return none;
    };
    let time = |k: usize| found.get(k).and_then(|m| Stamp::parse(m.as_str()));
    let start = time(2).or_else(|| time(4));
    if start.is_none() {
        return none;
    }
    let label = found.get(1).map_or("", |m| m.as_str());
    (Span { start, end: time(3) }, label.trim_matches(['*', '_']).trim())
}

/// `Jo Lee 1 minute 4 seconds`, as Teams writes what a screen reader is to read out.
fn spoken_time(label: &str) -> Option<(Span, &str)> {
    if !label.ends_with("second") && !label.ends_with("seconds") {
        return None;
    }
    let (mut seconds, mut rest) = (0.0, label);
    for unit in [("second", 1.0), ("minute", 60.0), ("hour", 3600.0)] {
        let Some(before) = rest.strip_suffix('s').unwrap_or(rest).strip_suffix(unit.0) else { continue };
        let before = before.trim_end();
        let name = before.trim_end_matches(|c: char| c.is_ascii_digit());
        seconds += before[name.len()..].parse::<u32>().ok().filter(|n| *n < 1000).map(f64::from)? * unit.1;
        rest = name.trim_end();
    }
    let span = Span { start: Some(Stamp::Clock { seconds, parts: 2 }), end: None };
    (!rest.is_empty()).then_some((span, rest))
}

/// A bracketed time in front of the words: `Agent: [0:07] Hello`.
fn bracketed_time(text: &str) -> (Span, &str) {
    if text.starts_with(['[', '(']) { leading_time(text) } else { (Span::default(), text) }
}

/// `**Agent:** x`, `**Agent**: x`, `- Agent: x`, `[SPEAKER_01]: x`: the label and the words.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let line = unlisted(line.trim_start_matches(['-', '–', '—', '•', '·', '>', '#', ' ']));
    if let Some(aside) = aside(line) {
        return Some(aside);
    }
    let (line, bold) = undecorated(line);
    let mut at = None;
    for (k, _) in line.char_indices().filter(|(_, c)| matches!(c, ':' | '：')) {
        if k > 90 {
            break;
        }
        let after = line[k..].chars().nth(1);
        let inside = line[..k].chars().filter(|c| matches!(c, '[' | '(')).count()
            > line[..k].chars().filter(|c| matches!(c, ']' | ')')).count();
        let sure = || diarised(line[..k].trim()) || role_word(&line[..k]) != Role::Unknown;
        let ends = after.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '"' | '“' | '*' | '_' | '<' | '[') || c.is_alphabetic() && sure()
        });
        if !inside
            && ends
            && !(line[..k].ends_with(|c: char| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()))
        {
            at = Some(k);
            break;
        }
        if !inside && line[k..].starts_with('：') {
            at = Some(k);
            break;
        }
        // "http://", "10:32": not the end of a label, but there may be one behind a time in it.
        if !inside && !after.is_some_and(|c| c.is_ascii_digit()) {
            break;
        }
    }
    let at = at?;
    let width = line[at..].chars().next().map_or(1, char::len_utf8);
    let mut text = line[at + width..].trim_start();
    if bold {
        text = text.trim_start_matches(['*', '_']).trim_start();
    }
    let mut label = line[..at].trim_end().trim_end_matches(['*', '_']).trim();
    // Zoom's chat: "From Jo to Everyone:".
    if let Some(from) = label.strip_prefix("From ") {
        label = from.split_once(" to ").map_or(label, |(who, _)| who.trim());
    }
    if let Some(inner) = label.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
        label = inner.trim();
    }
    let (_, bare) = trailing_time(label);
    label_like(bare).then_some((label, text))
}

/// `[Whisper] Supervisor: x`, `[Internal note] x`: words that only a colleague hears, with their mark as a label.
fn aside(line: &str) -> Option<(&str, &str)> {
    let close = line.strip_prefix(['[', '('])?.find([']', ')'])? + 1;
    let behind = line[close + 1..].trim_start();
    if let Some((label, text)) = labelled(behind) {
        let marked = &line[..line.len() - behind.len() + behind.find(label)? + label.len()];
        return asides::is_aside(marked).then_some((marked, text));
    }
    let text = behind.strip_prefix(':').unwrap_or(behind).trim_start();
    asides::is_mark(&line[1..close]).then_some((&line[1..close], text))
}

/// Without the number of a list in front: `1. x`, `1) x`, `(1) x`, `[1] x`, and `1 x` where a role's label follows, since
/// a number may as well begin a sentence.
fn unlisted(line: &str) -> &str {
    let inner = line.strip_prefix(['(', '[']);
    let from = inner.unwrap_or(line);
    let rest = from.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.strip_prefix(if inner.is_some() { &[')', ']'][..] } else { &['.', ')'][..] });
    let roled = |rest: &&str| rest.split_once(':').is_some_and(|(label, _)| role_word(label) != Role::Unknown);
    let behind = behind.or(Some(rest).filter(|rest| inner.is_none() && roled(rest)));
    let numbered = rest.len() < from.len();
    behind.filter(|b| numbered && b.starts_with([' ', '\t'])).map_or(line, str::trim_start)
}

/// `0:05 Agent - x`: a role and a dash or a bar, behind a time. Without a time only the plainest words are labels.
fn role_and_dash(line: &str, timed: bool) -> Option<(Span, &str, &str)> {
    const PLAINEST: [&str; 6] = ["agent", "customer", "caller", "advisor", "adviser", "representative"];
    let parts = [" - ", " – ", " — ", " | ", ";"].iter().filter_map(|dash| line.split_once(dash));
    let (label, text) = parts.min_by_key(|(label, _)| label.len())?;
    let known = if timed {
        role_word(label) != Role::Unknown || diarised(label)
    } else {
        PLAINEST.contains(&label.to_ascii_lowercase().as_str())
    };
    (known && !text.trim().is_empty()).then_some((Span::default(), label, text.trim_start()))
}

/// A role without a colon: `[Agent] x`, `Agent [0:07] x`, `Agent<tab>x`. Only words that name a role count, because
/// nothing else tells them from a sentence.
fn role_first(line: &str) -> Option<(Span, &str, &str)> {
    let (label, text) = if let Some(inner) = line.strip_prefix('[') {
        inner.split_once(']')?
    } else if let Some(inner) = line.strip_prefix('(') {
        inner.split_once(')').filter(|(role, _)| role_word(role) != Role::Unknown)?
    } else if let Some((label, text)) =
        line.split_once('>').filter(|(label, _)| label_like(label.trim()) && parse_label(label).role != Role::Unknown)
    {
        return Some((Span::default(), label.trim(), text.trim_start_matches('>').trim_start()))
            .filter(|(.., t)| !t.is_empty());
    } else if let Some(inner) = line.strip_prefix('<') {
        inner.split_once('>')?
    } else if let Some((label, text)) = line.split_once('\t') {
        (label, text)
    } else {
        line.split_at(
            line.find([' ']).filter(|k| line[*k..].starts_with([' ']) && line[k + 1..].starts_with(['[', '(']))?,
        )
    };
    let (label, text) = (label.trim(), text.trim_start());
    let (behind, text) = if line.contains('\t') { leading_time(text) } else { bracketed_time(text) };
    let (inside, label) = trailing_time(label);
    let span = if behind.start.is_some() { behind } else { inside };
    let plain = span.start.is_none() && !line.starts_with(['[', '<', '(']) && !line.contains('\t');
    // `[A] x`: the letters of two voices, which the whole text believes only where they come back.
    let letter = line.starts_with('[') && label.len() == 1 && label.bytes().all(|b| b.is_ascii_uppercase());
    let known = letter
        || label_like(label) && (parse_label(label).role != Role::Unknown || line.starts_with('[') && diarised(label));
    (known && !plain && !text.is_empty()).then_some((span, label, text))
}

/// `### Agent` and `**Agent**` without what makes a heading of them, where nothing but a speaker stands there.
fn unmarked(line: &str) -> &str {
    let bare = line.trim_matches(['#', '*', '_', ' ']);
    if role_word(bare) != Role::Unknown || diarised(bare) { bare } else { line }
}

/// Without the stars and underlines in front, and whether there were any.
fn undecorated(line: &str) -> (&str, bool) {
    let bare = line.trim_start_matches("**").trim_start_matches("__").trim_start_matches(['*', '_']);
    let bold = bare.len() != line.len();
    (if bold { bare.trim_end_matches(['*', '_']) } else { bare }, bold)
}

/// Whether this could be a speaker's label: short, few words, of letters and the like, and no sentence; or a last name,
/// a comma and a first name.
pub fn label_like(label: &str) -> bool {
    if label.contains(',') {
        return parse_label(label).name.is_some();
    }
    let fits = |c: char| c.is_alphanumeric() || " ._'’()-/&#@+[]–—".contains(c) || c == '\u{a0}';
    !label.is_empty()
        && label.chars().count() <= 40
        && label.split_whitespace().count() <= 6
        && label.starts_with(|c: char| c.is_alphanumeric())
        && label.chars().any(char::is_alphabetic)
        && label.chars().all(fits)
}

/// A line all in brackets, unless it is a redaction marker such as `[PII]`.
pub fn stage(line: &str) -> bool {
    let pairs = [('[', ']'), ('(', ')'), ('*', '*'), ('<', '>')];
    pairs.iter().any(|(open, close)| {
        let inner = line.strip_prefix(*open).and_then(|l| l.strip_suffix(*close));
        inner.is_some_and(|inner| {
            let marker = inner.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit());
            !inner.contains([*open, *close]) && !marker
        })
    })
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
