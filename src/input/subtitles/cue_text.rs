//! The payload of a cue: markup taken off, entities read, voice tags and JSON payloads understood.

use crate::input::text::markup::{decoded, entity};
use serde::Deserialize;

/// A piece of a cue that one voice says, as far as markup tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The name in the voice tag, the cue's name or its JSON.
    pub voice: Option<String>,
    /// `>>`: somebody else speaks now, who is not said.
    pub changed: bool,
    /// The words, line by line.
    pub text: String,
}

/// Microsoft Graph's meeting transcripts with metadata have a document instead of words.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Spoken {
    #[serde(default)]
    speaker_name: Option<String>,
    spoken_text: String,
}

/// The pieces of a cue's lines.
pub fn parts(lines: &[&str]) -> Vec<Part> {
    let payload = lines.join("\n");
    if payload.starts_with('{')
        && payload.contains("spokenText")
        && let Ok(spoken) = serde_json::from_str::<Spoken>(&payload)
    {
        return vec![Part {
            voice: spoken.speaker_name.filter(|n| !n.trim().is_empty()),
            changed: false,
            text: spoken.spoken_text,
        }];
    }
    let mut parts = vec![Part::default()];
    let mut rest = payload.as_str();
    while let Some(at) = rest.find(['<', '{', '&']) {
        push(&mut parts, &rest[..at]);
        rest = &rest[at..];
        let took = match rest.as_bytes()[0] {
            b'&' => parts.last_mut().and_then(|last| entity(rest, &mut last.text)),
            // Positions and styles of subtitle editors: {\an8}.
            b'{' => rest.starts_with("{\\").then(|| rest.find('}').map(|end| end + 1)).flatten(),
            _ => tag(rest, &mut parts),
        };
        let took = took.unwrap_or_else(|| {
            push(&mut parts, &rest[..1]);
            1
        });
        rest = &rest[took..];
    }
    push(&mut parts, rest);
    parts.retain(|p| !p.text.trim().is_empty() || p.voice.is_some());
    for part in &mut parts {
        part.text = tidy(&part.text, &mut part.changed);
    }
    parts
}

fn push(parts: &mut [Part], text: &str) {
    if let Some(last) = parts.last_mut() {
        last.text.push_str(text);
    }
}

/// Reads a tag and says how long it is; none for what is no markup (`a < b`, `<crosstalk>`), which stays text.
fn tag(rest: &str, parts: &mut Vec<Part>) -> Option<usize> {
    let end = rest.find('>')?;
    let inner = rest[1..end].trim();
    let closing = inner.strip_prefix('/');
    let name = closing.unwrap_or(inner);
    let name = name.split([' ', '\t', '\n', '.']).next().unwrap_or_default().to_ascii_lowercase();
    let stamp = inner.starts_with(|c: char| c.is_ascii_digit())
        && inner.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    match name.as_str() {
        "v" if closing.is_none() => {
            let voice = inner.split_once([' ', '\t', '\n']).map_or("", |(_, name)| name);
            // Names are escaped as words are.
            let voice = decoded(voice.trim()).into_owned();
            parts.push(Part { voice: Some(voice).filter(|v| !v.is_empty()), ..Part::default() });
            Some(end + 1)
        }
        "v" | "c" | "b" | "i" | "u" | "s" | "em" | "strong" | "ruby" | "rt" | "lang" | "font" | "span" | "p" => {
            Some(end + 1)
        }
        "br" => {
            push(parts, "\n");
            Some(end + 1)
        }
        _ => stamp.then_some(end + 1),
    }
}

/// Lines without the dashes of dialogues and the arrows of captions.
fn tidy(text: &str, changed: &mut bool) -> String {
    let mut out = String::with_capacity(text.len());
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let dashed = lines.len() > 1 && lines.iter().all(|l| l.starts_with(['-', '–']));
    for (k, line) in lines.iter().enumerate() {
        let mut line = *line;
        if let Some(rest) = line.strip_prefix(">>") {
            *changed |= k == 0;
            line = rest.trim_start_matches('>').trim_start();
        }
        if dashed || (k == 0 && line.starts_with("- ")) {
            line = line.trim_start_matches(['-', '–']).trim_start();
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
    out
}
