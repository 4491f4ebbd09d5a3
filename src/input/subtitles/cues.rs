//! Subtitles as conversations: cues cut leniently out of `WebVTT`, SRT and SBV, markup taken off, speakers found in
//! voice tags, in names before a colon, or continued from the cue before.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::call::{Call, HowRoles, Role};
use crate::input::subtitles::cue_names::{self, Voiced};
use crate::input::subtitles::cue_text::{self, Part};
use crate::input::text::times::{Span, Stamp, set_times};
use crate::input::{ReadError, Record};
use crate::roles::labels::{self, diarised, parse_label, person, role_word};

/// One cue: its times in seconds and its lines as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue<'a> {
    /// When it appears.
    pub start: f64,
    /// When it goes; as stored, so it may lie before the start.
    pub end: f64,
    /// The line before the times, where there is one.
    pub id: &'a str,
    /// The speaker, where its place is known.
    pub voice: Option<&'a str>,
    /// What is shown.
    pub lines: Vec<&'a str>,
}

/// Reads the times of a cue: the two stamps of a line, or none if it is no such line.
pub type Timing = fn(&str) -> Option<(f64, f64)>;

/// `00:00:01,000 --> 00:00:02.5`, with or without hours, padded or not, settings behind.
pub fn arrow(line: &str) -> Option<(f64, f64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((clock(start.trim())?, clock(end)?))
}

/// `0:00:01.000,0:00:02.500`, as `YouTube` writes it.
pub fn comma(line: &str) -> Option<(f64, f64)> {
    let (start, end) = line.trim().split_once(',')?;
    let full = |t: &str| t.matches(':').count() == 2 && t.contains('.');
    (full(start) && full(end)).then_some(())?;
    Some((clock(start)?, clock(end)?))
}

/// Seconds of `h:m:s.fff` or `m:s.fff`, padded or not.
fn clock(text: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for (k, part) in parts.iter().enumerate() {
        let last = k + 1 == parts.len();
        let part: Cow<'_, str> =
            if last && part.contains(',') { Cow::Owned(part.replacen(',', ".", 1)) } else { Cow::Borrowed(part) };
        let fits = !part.is_empty()
            && part.len() <= 12
            && part.starts_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|b| b.is_ascii_digit() || (last && b == b'.'));
        if !fits {
            return None;
        }
        seconds = seconds * 60.0 + part.parse::<f64>().ok()?;
    }
    // Decimal stamps: without this 3723.1 would show its binary tail.
    Some((seconds * 1000.0).round() / 1000.0)
}

/// Reads subtitles whose times `timing` finds.
pub fn read(
    record: &Record<'_>,
    timing: Timing,
    call: &mut Call,
    each: &mut dyn FnMut(&mut Call),
) -> Result<(), ReadError> {
    let mut cues = cut(record.text()?, timing, true);
    // Old meeting transcripts of Teams have the speaker's name on a line above the words.
    let firsts = || cues.iter().filter_map(|cue| cue.lines.first());
    if firsts().all(|name| person(name).is_some() || role_word(name) != Role::Unknown || diarised(name)) {
        named_first(&mut cues);
    }
    fill(&cues, call)?;
    each(call);
    Ok(())
}

/// Cuts a text into cues. Blank lines between cues may be missing; what stands between cues and is none is passed
/// over, unless `glued` says that blank lines may stand inside a cue.
pub fn cut(text: &str, timing: Timing, glued: bool) -> Vec<Cue<'_>> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let times: Vec<Option<(f64, f64)>> = lines.iter().map(|l| timing(l)).collect();
    let mut cues: Vec<Cue<'_>> = Vec::new();
    let mut at = 0;
    // Whether a line belongs to the cue above; after a blank line only where cues may hold blank lines.
    let mut inside = false;
    while at < lines.len() {
        let line = lines[at].trim();
        if let Some((start, end)) = times[at] {
            cues.push(Cue { start, end, id: "", voice: None, lines: Vec::new() });
            inside = true;
        } else if line.is_empty() {
            inside &= glued;
        } else if times.get(at + 1).is_some_and(Option::is_some) && id_like(line, inside) {
            // The line before the times names the next cue.
            let (start, end) = times[at + 1].unwrap_or_default();
            cues.push(Cue { start, end, id: line, voice: None, lines: Vec::new() });
            inside = true;
            at += 1;
        } else if !inside && note(line) {
            while at + 1 < lines.len() && !lines[at + 1].trim().is_empty() {
                at += 1;
            }
        } else if inside && let Some(cue) = cues.last_mut() {
            cue.lines.push(line);
        }
        at += 1;
    }
    cues
}

/// Whether a line right before times is a name of the cue rather than its last words: where the cue above is still
/// open, only a number is.
fn id_like(line: &str, inside: bool) -> bool {
    !inside || line.bytes().all(|b| b.is_ascii_digit())
}

/// A block that is not shown.
fn note(line: &str) -> bool {
    let word = line.split([' ', '\t', ':']).next().unwrap_or_default();
    matches!(word, "NOTE" | "STYLE" | "REGION" | "WEBVTT")
}

/// Puts the cues into `call`, a turn a cue (or several, where voices change within one).
pub fn fill(cues: &[Cue<'_>], call: &mut Call) -> Result<(), ReadError> {
    if cues.is_empty() {
        return Err(ReadError("holds no cue: no line with two times".into()));
    }
    let rolling = rolling(cues);
    let mut shown: Vec<(usize, Part)> = Vec::new();
    let mut above: &[&str] = &[];
    for (k, cue) in cues.iter().enumerate() {
        let mut lines = &cue.lines[..];
        if rolling {
            let repeated = lines.iter().take_while(|l| above.contains(l)).count();
            lines = &lines[repeated..];
            if !cue.lines.is_empty() {
                above = &cue.lines;
            }
        }
        let mut parts = cue_text::parts(lines);
        if let Some(name) = cue.voice.or_else(|| cue_names::of_id(cue.id))
            && let Some(first) = parts.first_mut()
            && first.voice.is_none()
        {
            first.voice = Some(name.to_owned());
        }
        shown.extend(parts.into_iter().map(|part| (k, part)));
    }
    let believed = cue_names::believed(shown.iter().map(|(_, part)| part));
    let mut spans = Vec::new();
    let mut speakers: BTreeMap<String, u16> = BTreeMap::new();
    let mut speaker: Option<u16> = None;
    for (k, part) in &shown {
        for Voiced { voice, text } in cue_names::voices(part, &believed) {
            if let Some(voice) = voice {
                let parsed = parse_label(&voice);
                if parsed.nobody {
                    continue;
                }
                speaker = Some(
                    *speakers
                        .entry(voice.to_lowercase())
                        .or_insert_with(|| call.speaker(parsed.role, &voice, parsed.name.as_deref())),
                );
            }
            let text = text.trim();
            // Notes of music are captions, not words.
            if text.is_empty() || text.starts_with('♪') {
                continue;
            }
            let who = *speaker.get_or_insert_with(|| call.speaker(Role::Unknown, "", None));
            call.push_turn(who, None, None, text);
            let stamp = |seconds| Some(Stamp::Clock { seconds, parts: 3 });
            spans.push(Span { start: stamp(cues[*k].start), end: stamp(cues[*k].end) });
        }
    }
    if call.turns.is_empty() {
        return Err(ReadError("nobody says anything in it: its cues are empty".into()));
    }
    set_times(call, &spans);
    labels::settle(call, HowRoles::Label);
    Ok(())
}

/// Whether the first line of the cues is the speaker's name: then it is taken off and becomes the cue's name.
pub fn named_first(cues: &mut [Cue<'_>]) -> bool {
    let mut firsts: Vec<&str> = cues.iter().filter_map(|c| c.lines.first().copied()).collect();
    let full = cues.iter().filter(|c| c.lines.len() >= 2).count();
    let named = firsts.iter().all(|n| n.chars().count() <= 60 && !n.ends_with(['.', '?', '!', ',']));
    firsts.sort_unstable();
    firsts.dedup();
    if !named || full * 5 < cues.len() * 4 || firsts.len() * 2 > cues.len().max(4) {
        return false;
    }
    for cue in cues.iter_mut().filter(|c| c.lines.len() >= 2) {
        cue.voice = Some(cue.lines.remove(0));
    }
    true
}

/// Captions that roll show each line twice: at the bottom, then at the top above the next one.
fn rolling(cues: &[Cue<'_>]) -> bool {
    let filled: Vec<&Cue<'_>> = cues.iter().filter(|c| !c.lines.is_empty()).collect();
    let repeats = filled.windows(2).filter(|pair| pair[1].lines.first() == pair[0].lines.last()).count();
    filled.len() >= 4 && repeats * 5 >= (filled.len() - 1) * 2
}
