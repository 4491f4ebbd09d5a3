//! What stands in a text transcript beside the turns: titles and fields in front (`Date:`, `Participants:`), blocks
//! of `Speaker :` and `Text :`, labels in the middle of a paragraph.

use std::borrow::Cow;

use serde_json::Value;

use crate::call::{Call, Role};
use crate::input::text::lines::{Line, trailing_time};
use crate::input::text::notices::is_foot;
use crate::roles::asides;
use crate::roles::labels::{self, parse_label, person, role_word};

/// Last words of labels that are fields of a form, in a head or read out in a sentence, and no speakers.
const FIELDS: &[&str] = &[
    "account", "address", "amount", "attendees", "balance", "category", "channel", "city", "code", "company", "cost",
    "date", "department", "details", "disposition", "duration", "email", "file", "id", "issue", "item", "items",
    "language", "length", "link", "location", "name", "note", "notes", "number", "option", "order", "outcome",
    "participants", "password", "phone", "plan", "price", "priority", "problem", "product", "queue", "reason",
    "reference", "remember", "resolution", "result", "scenario", "score", "sentiment", "service", "skill", "speakers",
    "start", "started", "status", "step", "subject", "summary", "team", "ticket", "time", "title", "topic", "total",
    "transcript", "type", "url", "warning", "website",
];

/// Whether a label is a form's field: "Order ID", "Date".
pub fn is_field(label: &str) -> bool {
    let lower = label.to_lowercase();
    lower.rsplit([' ', '_']).find(|w| !w.is_empty()).is_some_and(|last| FIELDS.contains(&last))
}

/// A field of the head.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// The people and their roles.
    People(Vec<(String, Role)>),
    /// Any other: key in lower case, value.
    Other(String, String),
}

impl Field {
    /// Puts the field where it belongs; what the call already knows stays.
    pub fn apply(self, call: &mut Call) {
        let Field::Other(key, value) = self else {
            return;
        };
        let place = match key.as_str() {
            "agent" | "agent name" | "rep" | "representative" | "representative name" | "agent id" => &mut call.agent,
            "customer" | "customer name" | "caller" | "caller name" | "client" | "client name" => &mut call.customer,
            "queue" | "department" | "team" | "skill" => &mut call.queue,
            "date" | "call date" | "started" | "start time" | "call start" | "date and time" | "call time" => {
                &mut call.started
            }
            "language" => &mut call.language,
            "call id" | "conversation id" | "transcript id" | "interaction id" | "contact id" => {
                if call.id.is_empty() {
                    call.id = value;
                }
                return;
            }
            _ => {
                call.meta.entry(key).or_insert(Value::String(value));
                return;
            }
        };
        place.get_or_insert(value);
    }
}

/// Reads a line of the head as a field.
pub fn field(line: &Line<'_>) -> Option<Field> {
    let Line::Said(_, label, text) = line else {
        return None;
    };
    let (key, value) = (label.to_lowercase().replace('_', " "), text.trim());
    if value.is_empty() || value.len() > 300 {
        return None;
    }
    if matches!(key.as_str(), "participants" | "attendees" | "speakers") {
        let listed = value.split([',', ';']).filter_map(|one| {
            let parsed = parse_label(one.trim());
            parsed.name.filter(|_| parsed.role != Role::Unknown).map(|name| (name, parsed.role))
        });
        return Some(Field::People(listed.collect()));
    }
    (is_field(label) || role_word(label) != Role::Unknown).then(|| Field::Other(key, value.to_owned()))
}

/// The initials that a line of the head introduces, each with its role: `Sales Agent (SA) and Prospect (P)`.
pub fn initials(line: &Line<'_>) -> Vec<(String, Role)> {
    let (Line::Plain(text) | Line::Said(_, _, text)) = line else {
        return Vec::new();
    };
    let introduced = text.match_indices(')').filter_map(|(end, _)| {
        let open = text[..end].rfind('(')?;
        let words: Vec<&str> = text[..open].split_whitespace().collect();
        let whole = (1..=words.len().min(4)).rev().find_map(|n| {
            let label = format!("{} {}", words[words.len() - n..].join(" "), &text[open..=end]);
            labels::initials(&label).map(|_| parse_label(&label).role)
        });
        whole.map(|role| (text[open + 1..end].to_owned(), role))
    });
    introduced.collect()
}

/// Makes blanks of what stands below the last turn: the end's note, fields such as `Duration: 5:00`.
pub fn cut_foot(lines: &mut [Line<'_>]) {
    let below = |line: &Line<'_>| match line {
        Line::Blank | Line::Stage => true,
        Line::Said(_, label, text) => is_foot(label) && text.len() <= 60,
        _ => false,
    };
    let foot = lines.iter().rposition(|line| !below(line)).map_or(0, |k| k + 1);
    // A text all of fields is no foot.
    if foot > 0 {
        lines[foot..].fill(Line::Blank);
    }
}

/// How many lines are the head: the first block up to a blank line, if it is all `Key: value` and holds at least one
/// field, so that its `Agent: Sarah` is a name and no turn. Where turns follow without a blank line, it goes as far as
/// its last field, if it begins with one.
pub fn length(lines: &[Line<'_>]) -> usize {
    let start = lines.iter().position(|l| *l != Line::Blank).unwrap_or(0);
    let block = lines[start..].iter().take_while(|l| **l != Line::Blank).count();
    let block = &lines[start..start + block];
    let rest = &lines[start + block.len()..];
    let field = |line: &Line<'_>| matches!(line, Line::Said(_, label, _) if is_field(label) && role_word(label) == Role::Unknown);
    let headed = block.first().is_some_and(field);
    let (mut fields, mut last) = (0, 0);
    for (k, line) in block.iter().enumerate() {
        let name = match line {
            Line::Said(_, label, _) if is_field(label) => {
                (fields, last) = (fields + 1, k + 1);
                true
            }
            // A name or an id, not a sentence.
            Line::Said(span, label, text) if span.start.is_none() && role_word(label) != Role::Unknown => {
                person(text).is_some() || !text.contains(' ') && text.bytes().any(|b| b.is_ascii_digit())
            }
            Line::Plain(_) => k == 0,
            _ => false,
        };
        if !name {
            return if headed { start + last } else { 0 };
        }
    }
    let goes_on = rest.iter().any(|l| *l != Line::Blank);
    if fields > 0 && goes_on { start + block.len() } else { 0 }
}

/// `Speaker : Sales Agent 00:03` and `Text : ...` blocks, as lines that read like all others; none if there are no
/// such blocks. Other keys of a block (`Score : ...`) are figures about it.
pub fn blocks(text: &str) -> Option<Vec<Line<'_>>> {
    let key = |line: &'_ str, name: &str| -> Option<usize> {
        let (front, _) = line.split_once(':')?;
        front.trim().eq_ignore_ascii_case(name).then_some(front.len() + 1)
    };
    let has = |name: &str| text.lines().any(|l| key(l, name).is_some());
    if !has("Speaker") || !has("Text") {
        return None;
    }
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let line = line.trim();
        if let Some(at) = key(line, "Speaker") {
            let (span, label) = trailing_time(line[at..].trim());
            lines.push(Line::Said(span, label, ""));
            inside = false;
        } else if let Some(at) = key(line, "Text") {
            lines.push(Line::Plain(line[at..].trim()));
            inside = true;
        } else if line.split_once(" : ").is_some_and(|(k, _)| k.split(' ').count() <= 3) || !inside {
            inside = false;
            lines.push(Line::Blank);
        } else if !line.is_empty() {
            lines.push(Line::Plain(line));
        }
    }
    Some(lines)
}

/// The longest label.
const LONGEST_LABEL: usize = 40;

/// A label in the middle of a line, behind the end of a sentence.
struct Inline<'t> {
    /// Where the space in front of it begins.
    from: usize,
    /// Where the space behind it ends.
    to: usize,
    /// As written, with its stars and its colon.
    label: &'t str,
    /// Whose it is.
    name: &'t str,
}

/// The first such label from a place on. Read by hand: a pattern with Unicode's letters in it takes longer to compile
/// than a call takes to audit.
fn inline(text: &str, start: usize, alone: bool) -> Option<Inline<'_>> {
    let in_name = |c: char| c.is_alphanumeric() || " _()'’-".contains(c);
    let unstarred = |s: &'_ str| s.strip_prefix("**").map_or(0, |_| 2);
    let spaces = memchr::memchr2_iter(b' ', b'\t', &text.as_bytes()[start..]);
    spaces.map(|k| start + k).find_map(|from| {
        let ends = ['.', '?', '!', '…', '"', '”', ')', ']'];
        if !alone && !text[start..from].ends_with(ends) {
            return None;
        }
        let starred = text[from..].trim_start_matches([' ', '\t']);
        let named = &starred[unstarred(starred)..];
        if !alone && !named.starts_with(char::is_uppercase) {
            return None;
        }
        // Within one long line the words before a label are no part of it.
        let in_label = |c: char| if alone { c.is_alphanumeric() || c == '_' } else { in_name(c) };
        let (name, rest) = named.split_at(named.find(|c| !in_label(c))?);
        let rest = rest[unstarred(rest)..].strip_prefix(':')?;
        let rest = &rest[unstarred(rest)..];
        let behind = rest.trim_start_matches([' ', '\t']);
        (behind.len() < rest.len()).then(|| Inline {
            from,
            to: text.len() - behind.len(),
            label: &starred[..starred.len() - rest.len()],
            name,
        })
    })
}

/// Whether what stands in the middle of a line like a label is one.
fn is_role(found: &Inline<'_>, before_it: &str, alone: bool) -> bool {
    // `[Whisper] Supervisor:` is one label.
    let marked = before_it.rsplit_once(['[', '(']).map(|(_, mark)| format!("{mark} {}", found.name));
    if marked.is_some_and(|label| asides::is_aside(&label)) {
        return false;
    }
    // `2. Customer:` is a list, and begins its line anyway.
    let sentence_end = before_it.chars().next_back().map_or(0, char::len_utf8);
    let before_it = before_it[..before_it.len() - sentence_end].trim_start();
    let too_long = found.name.chars().count() > LONGEST_LABEL;
    if too_long || before_it.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'(' | b'[')) {
        return false;
    }
    let numbered = found.name.strip_prefix("SPEAKER ");
    let named = parse_label(found.name);
    if alone {
        return role_word(found.name) != Role::Unknown;
    }
    role_word(found.name) != Role::Unknown
        || named.role != Role::Unknown
        || numbered.is_some_and(|number| number.len() <= 2)
        || (found.label.starts_with("**") && named.name.is_some())
}

/// Breaks lines before a role's label in the middle of a paragraph: `... thank you. Customer: Hello`.
pub fn broken_at_labels(text: &str) -> Cow<'_, str> {
    let (mut broken, mut copied, mut at) = (String::new(), 0, 0);
    // A call on one line that begins with a role has its other labels there too, in whatever case, and without full stops.
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().and_then(|line| line.split_once(':')).map_or("", |(label, _)| label.trim());
    let alone = lines.next().is_none() && role_word(first) != Role::Unknown;
    while let Some(found) = inline(text, at, alone) {
        at = found.to;
        let line = text[..found.from].rfind('\n').map_or(0, |k| k + 1);
        if is_role(&found, &text[line..found.from], alone) {
            broken.push_str(&text[copied..found.from]);
            broken.push('\n');
            broken.push_str(found.label);
            broken.push(' ');
            copied = found.to;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    broken.push_str(&text[copied..]);
    Cow::Owned(broken)
}
