//! Who speaks a cue: names before a colon, in brackets, in the cue's own name; and which of them to believe.

use std::collections::BTreeMap;

use crate::call::Role;
use crate::input::subtitles::cue_text::Part;
use crate::input::text::head::is_field;
use crate::input::text::lines::label_like;
use crate::roles::asides;
use crate::roles::labels::{diarised, last_name_first, parse_label, person};

/// A stretch of a cue with the voice that it begins with; none if the voice before goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voiced {
    /// The label as stored.
    pub voice: Option<String>,
    /// The words.
    pub text: String,
}

/// The speaker in a cue's name: `12 "Jo Lee" (2953654784)`, as Webex writes it.
pub fn of_id(id: &str) -> Option<&str> {
    let (number, rest) = id.split_once(" \"")?;
    let (name, rest) = rest.rsplit_once('"')?;
    let rest = rest.trim();
    let known = number.bytes().all(|b| b.is_ascii_digit())
        && (rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')')));
    Some(name.trim()).filter(|n| known && !n.is_empty())
}

/// The label at the start of a line and the words behind it.
fn labelled(line: &str) -> Option<(&str, &str)> {
    if let Some(rest) = line.strip_prefix(['[', '(']) {
        // `[SPEAKER_01]: x`, `[Agent] x`; `[PII] x` and `(laughs)` are words.
        let (inside, after) = rest.split_once([']', ')'])?;
        let inside = inside.trim();
        let after = after.trim_start();
        let (colon, text) = after.strip_prefix(':').map_or((false, after), |text| (true, text));
        // `[Whisper] Supervisor: x`: nobody's, whoever says it.
        if asides::is_mark(inside) {
            return Some((inside, text.trim_start()));
        }
        let sure = colon || parse_label(inside).role != Role::Unknown || diarised(inside);
        return (sure && label_like(inside)).then_some((inside, text.trim_start()));
    }
    let (label, text) = line.split_once(':')?;
    let label = label.trim();
    let spaced = text.is_empty() || text.starts_with(char::is_whitespace);
    (spaced && (label_like(label) || phone(label))).then_some((label, text.trim_start()))
}

/// A caller without a name: `+15551234567`, `1555***4567`.
fn phone(label: &str) -> bool {
    let digits = label.bytes().filter(u8::is_ascii_digit).count();
    label.len() <= 24 && digits >= 6 && label.bytes().all(|b| b.is_ascii_digit() || b"+-() *.".contains(&b))
}

/// Whether a small word before a colon may be a name that somebody chose: "kite", "robin", and no word by which
/// people announce what they are about to say.
fn is_handle(label: &str) -> bool {
    #[rustfmt::skip]
    const ANNOUNCES: &[&str] = &[
        "again", "also", "and", "answer", "as", "because", "but", "example", "first", "hello", "hi", "is", "like", "look", "meaning", "no", "now", "ok", "okay",
        "or", "plus", "question", "quote", "right", "says", "second", "so", "that", "then", "this", "thus", "was", "well", "with", "yes",
    ];
    label.len() > 1 && !label.contains(' ') && !ANNOUNCES.contains(&label)
}

/// How a label was met.
#[derive(Default)]
struct Seen {
    count: usize,
    /// It opens the file.
    first: bool,
    /// It is a person's name, or a phone number.
    person: bool,
    /// It begins with a capital, or is one small word that always begins a cue.
    plain: bool,
}

/// The labels that are speakers, in lower case: those that come back, name a role, or open the file. Others are
/// colons in what somebody says.
pub fn believed<'p>(parts: impl Iterator<Item = &'p Part>) -> Vec<String> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    let (mut all, mut with) = (0usize, 0usize);
    for (k, part) in parts.enumerate() {
        all += 1;
        let mut any = false;
        for (n, line) in part.text.lines().enumerate() {
            let Some((label, _)) = labelled(line) else {
                continue;
            };
            any = true;
            let entry = seen.entry(label.to_lowercase()).or_default();
            entry.count += 1;
            entry.first |= k == 0 && n == 0;
            entry.person |= person(label).is_some() || last_name_first(label).is_some() || phone(label);
            entry.plain |= label.starts_with(char::is_uppercase) || n == 0 && is_handle(label);
        }
        with += usize::from(any);
    }
    let mostly = with >= 2 && with * 2 >= all;
    let believed = seen.into_iter().filter(|(label, seen)| {
        let parsed = parse_label(label);
        if parsed.nobody || parsed.role != Role::Unknown || diarised(label) {
            return true;
        }
        let named = seen.person && (seen.first || mostly);
        !is_field(label) && (named || (seen.count > 1 && (seen.plain || seen.person)))
    });
    believed.map(|(label, _)| label).collect()
}

/// A part cut where its lines begin with a believed label. Lines broken for their width are joined.
pub fn voices(part: &Part, believed: &[String]) -> Vec<Voiced> {
    let nobody = part.changed.then(String::new);
    let mut cut = vec![Voiced { voice: part.voice.clone().or(nobody), text: String::new() }];
    for line in part.text.lines() {
        let label = labelled(line).filter(|(label, _)| believed.binary_search(&label.to_lowercase()).is_ok());
        match label {
            // A voice tag says who speaks; a colon after it is said.
            Some((label, text)) if part.voice.is_none() => {
                cut.push(Voiced { voice: Some(label.to_owned()), text: text.to_owned() });
            }
            _ => {
                if let Some(last) = cut.last_mut() {
                    if !last.text.is_empty() {
                        let ended = last.text.ends_with(['.', '?', '!', '"', '”']);
                        last.text.push(if ended { '\n' } else { ' ' });
                    }
                    last.text.push_str(line);
                }
            }
        }
    }
    cut.retain(|v| !v.text.is_empty() || v.voice.as_ref().is_some_and(|v| !v.is_empty()));
    cut
}
