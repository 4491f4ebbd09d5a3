//! A text transcript as turns: the reader looks at all lines before it believes a label. A label is a speaker if it is a
//! role word, if it recurs, or if nearly every line has one; any other colon is part of what somebody says.

use std::collections::BTreeMap;

use crate::call::{Call, HowRoles, Role};
use crate::input::ReadError;
use crate::input::json::time::rfc3339;
use crate::input::text::head::{self, Field};
use crate::input::text::lines::{Line, label_like, shape};
use crate::input::text::times::{self, Span, Stamp};
use crate::input::text::turns::Turns;
use crate::input::text::{dates, markup, prose};
use crate::roles::labels::{self, Label, diarised, parse_label, person, role_word};
use crate::roles::same_person;

/// Reads a text transcript into `call`, which keeps the metadata it already has. Used for files, for cells of tables,
/// for texts inside JSON and for the examples of rules.
pub fn read_transcript(text: &str, call: &mut Call) -> Result<(), ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ReadError("the transcript is empty".into()));
    }
    if text.contains('\0') {
        return Err(ReadError("holds NUL bytes, so it is no text".into()));
    }
    if prose::like_json(text) {
        return Err(ReadError("begins like JSON but is none that could be read; see `heard formats`".into()));
    }
    let text = &*markup::with_line_breaks(text);
    let broken = head::broken_at_labels(text);
    let reading = Reading::of(&broken);
    if !reading.speaks() && !prose::like_speech(text) {
        return Err(ReadError(
            "no speaker labels (such as \"Agent:\") and no prose were found; if it is a transcript, name its format with --from"
                .into(),
        ));
    }
    reading.fill(call);
    if call.turns.is_empty() {
        return Err(ReadError("nobody says anything in it: no line holds words of a speaker".into()));
    }
    Ok(())
}

/// All lines of a text with what they look like, and which labels are believed.
pub struct Reading<'a> {
    lines: Vec<Line<'a>>,
    /// Believed labels, by what stands in the file.
    speakers: BTreeMap<&'a str, Label>,
    /// Lines before the first turn that are the head.
    head: usize,
    /// Times without a speaker start a turn, rather than being part of what is said.
    timed: bool,
    /// Dates say their distance from UTC.
    zoned: bool,
    /// Nothing says which number of a date is the day.
    ambiguous: bool,
}

impl<'a> Reading<'a> {
    /// The reading of a text.
    pub fn of(text: &'a str) -> Self {
        let mut lines: Vec<Line<'a>> = head::blocks(text).unwrap_or_else(|| match unnumbered(text) {
            Some(lines) => lines.into_iter().map(shape).collect(),
            None => text.lines().map(shape).collect(),
        });
        head::cut_foot(&mut lines);
        let head = head::length(&lines);
        time_first_headings(&mut lines);
        bare_headings(&mut lines);
        let speakers = believed(&lines[head..]);
        if !speakers.is_empty() {
            alien_times(&mut lines);
            times_in_speech(&mut lines);
        }
        let full = lines.iter().filter(|l| **l != Line::Blank).count();
        let with_time = lines.iter().filter(|l| l.has_time()).count();
        let timed = with_time >= 2 && with_time * 5 >= full * 2;
        let dated: Vec<&str> = text.lines().filter_map(dates::in_front).collect();
        let zoned = dated.iter().any(|date| times::zoned(date));
        let ambiguous = dated.iter().any(|text| dates::is_ambiguous(text, dates::order(dated.iter().copied())));
        Reading { lines, speakers, head, timed, zoned, ambiguous }
    }

    /// Whether anybody is known to speak.
    pub fn speaks(&self) -> bool {
        self.speakers.values().any(|t| !t.nobody) || self.timed
    }

    /// Lines that begin with a believed label or, where those count, a time; of all that are not blank.
    pub fn share(&self) -> f64 {
        let full = self.lines.iter().filter(|l| **l != Line::Blank).count();
        let begins = |l: &&Line<'_>| match l {
            Line::Said(_, label, _) | Line::Heading(_, label) => self.speakers.contains_key(label),
            Line::Timed(..) | Line::Mark(_) => self.timed,
            _ => false,
        };
        self.lines.iter().filter(begins).count() as f64 / full.max(1) as f64
    }

    fn fill(&self, call: &mut Call) {
        let mut people: Vec<(String, Role)> = Vec::new();
        let mut short = people.clone();
        for line in &self.lines[..self.head] {
            short.extend(head::initials(line));
            match head::field(line) {
                Some(Field::People(listed)) => people.extend(listed),
                Some(field) => field.apply(call),
                None => {}
            }
        }
        let mut turns = Turns::of(call);
        let first = self.lines.iter().skip(self.head).position(|l| self.opens(l)).map_or(usize::MAX, |k| k + self.head);
        for (k, line) in self.lines.iter().enumerate().skip(self.head) {
            if k < first && self.speaks() {
                // Before anybody speaks there are only titles and fields.
                short.extend(head::initials(line));
                match head::field(line) {
                    Some(Field::People(listed)) => people.extend(listed),
                    Some(field) => field.apply(turns.call()),
                    None => {}
                }
                continue;
            }
            self.line(line, &mut turns);
        }
        let first = turns.close();
        if let (None, Some(at)) = (&call.started, first.filter(|_| !self.ambiguous)) {
            let started = rfc3339(at);
            call.started = started.map(|s| if self.zoned { s } else { s.trim_end_matches('Z').to_owned() });
        }
        for speaker in call.speakers.iter_mut().filter(|s| s.role == Role::Unknown) {
            let named = |n: &str| n.eq_ignore_ascii_case(&speaker.label) || Some(n) == speaker.name.as_deref();
            if let Some((_, role)) = people.iter().find(|(name, _)| named(name)) {
                speaker.role = *role;
            } else if let Some((_, role)) = short.iter().find(|(initials, _)| *initials == speaker.label) {
                (speaker.role, speaker.name) = (*role, None);
            }
        }
        labels::settle(call, HowRoles::Label);
        for (name, role) in people {
            let side = if role == Role::Agent { &mut call.agent } else { &mut call.customer };
            side.get_or_insert(name);
        }
    }

    fn opens(&self, line: &Line<'_>) -> bool {
        match line {
            Line::Said(_, label, _) | Line::Heading(_, label) => self.speakers.contains_key(label),
            Line::Timed(..) | Line::Mark(_) => self.timed,
            _ => false,
        }
    }

    fn line(&self, line: &Line<'a>, turns: &mut Turns<'_>) {
        match line {
            Line::Blank => turns.blank(),
            Line::Stage => {}
            Line::Mark(span) => turns.mark(span.clone()),
            Line::Said(span, label, text) => match self.speakers.get(label) {
                Some(parsed) => turns.open(span.clone(), label, parsed, text),
                None if self.timed && span.start.is_some() => {
                    turns.next(span.clone(), &format!("{label}: {text}"));
                }
                None => turns.more(&format!("{label}: {text}")),
            },
            Line::Heading(span, label) => match self.speakers.get(label) {
                Some(parsed) => turns.open(span.clone(), label, parsed, ""),
                None => turns.more(label),
            },
            Line::Timed(span, text, _) if self.timed || self.speakers.is_empty() => {
                turns.next(span.clone(), text);
            }
            Line::Timed(.., text) | Line::Plain(text) => turns.more(text),
        }
    }
}

/// `10:32 AM Jo` with the words on the next line: a heading, if the next full line has neither label nor time and
/// the label is a role or a name that comes back.
fn time_first_headings(lines: &mut [Line<'_>]) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let heads: Vec<usize> = (0..lines.len())
        .filter(|&k| {
            let next = lines[k + 1..].iter().find(|l| **l != Line::Blank);
            let alone = matches!(&lines[k], Line::Timed(_, t, _) if label_like(t) && !t.ends_with('.'));
            alone && matches!(next, Some(Line::Plain(_)))
        })
        .collect();
    for &k in &heads {
        if let Line::Timed(_, text, _) = &lines[k] {
            *seen.entry(text).or_default() += 1;
        }
    }
    for k in heads {
        if let Line::Timed(span, text, _) = &lines[k]
            && (role_word(text) != Role::Unknown
                || diarised(text)
                || (seen[text] > 1 && person(text).is_some())
                || heading_twice(&seen))
        {
            lines[k] = Line::Heading(span.clone(), text);
        }
    }
}

/// `2026-05-04 10:00 Meeting` above labelled lines that count from the recording's start: a title, no turn.
fn alien_times(lines: &mut [Line<'_>]) {
    let labelled = lines.iter().filter_map(|line| match line {
        Line::Said(span, ..) | Line::Heading(span, _) | Line::Mark(span) => span.start.as_ref(),
        _ => None,
    });
    let Some(kind) = times::kind(labelled) else { return };
    for line in lines {
        if let Line::Timed(span, _, whole) = line
            && span.start.as_ref().is_some_and(|stamp| stamp.kind() != kind)
        {
            *line = Line::Plain(whole);
        }
    }
}

/// `10:30 works for me.` among labelled lines with times: a turn of its own only where its time lies between those of
/// its neighbours; else somebody says it.
fn times_in_speech(lines: &mut [Line<'_>]) {
    /// Seconds after the last labelled time that a last line may still be a turn.
    const REACH: f64 = 60.0;
    let at = |line: &Line<'_>| match line {
        Line::Said(span, ..) | Line::Heading(span, _) | Line::Mark(span) => span.start.as_ref().map(Stamp::raw),
        _ => None,
    };
    let mut last = None;
    for k in 0..lines.len() {
        let own = at(&lines[k]);
        if let (Line::Timed(span, _, whole), Some(last)) = (&lines[k], last) {
            let next = lines[k + 1..].iter().find_map(at).unwrap_or(last + REACH);
            if span.start.as_ref().is_some_and(|s| !(last..=next).contains(&s.raw())) {
                lines[k] = Line::Plain(whole);
            }
        }
        last = own.or(last);
    }
}

fn heading_twice(seen: &BTreeMap<&str, usize>) -> bool {
    seen.values().any(|n| *n > 1)
        && seen.keys().all(|label| person(label).is_some() || role_word(label) != Role::Unknown)
}

/// `Agent` on a line of its own, without a time, and the words below: a heading where such lines begin the text's
/// blocks and name two voices.
fn bare_headings(lines: &mut [Line<'_>]) {
    let voice = |text: &str| role_word(text) != Role::Unknown || diarised(text);
    let opens = |k: usize| {
        let words = matches!(lines.get(k + 1), Some(Line::Plain(next)) if !voice(next));
        words.then(|| match &lines[k] {
            Line::Plain(text) if voice(text) && text.starts_with(char::is_uppercase) => Some(*text),
            _ => None,
        })
    };
    let heads: Vec<(usize, &str)> = (0..lines.len()).filter_map(|k| Some((k, opens(k)??))).collect();
    if heads.iter().any(|(_, label)| *label != heads[0].1) {
        for (k, label) in heads {
            lines[k] = Line::Heading(Span::default(), label);
        }
    }
}

/// The lines without the numbers that a court's or a word processor's page puts in front of each: only where every
/// line has one and each is one more than the line's above.
fn unnumbered(text: &str) -> Option<Vec<&str>> {
    let mut lines = Vec::new();
    let mut last: Option<u32> = None;
    for line in text.lines() {
        let bare = line.trim_start();
        if bare.is_empty() {
            lines.push(bare);
            continue;
        }
        let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let number: u32 = bare[..bare.len() - rest.len()].parse().ok()?;
        if !rest.starts_with([' ', '\t']) || last.is_some_and(|last| number != last + 1) {
            return None;
        }
        last = Some(number);
        lines.push(rest.trim_start());
    }
    last.map(|_| lines)
}

/// Which labels are speakers.
fn believed<'a>(lines: &[Line<'a>]) -> BTreeMap<&'a str, Label> {
    let mut seen: BTreeMap<&'a str, (usize, bool)> = BTreeMap::new();
    let mut full = 0;
    for line in lines {
        full += usize::from(*line != Line::Blank);
        if let Line::Said(span, label, _) | Line::Heading(span, label) = line {
            let entry = seen.entry(label).or_default();
            entry.0 += 1;
            entry.1 |= span.start.is_some();
        }
    }
    let labelled: usize = seen.values().map(|(n, _)| n).sum();
    let mostly = labelled >= 2 && labelled * 5 >= full * 4;
    let mut speakers = BTreeMap::new();
    let mut rest = Vec::new();
    for (label, (count, timed)) in seen {
        let parsed = parse_label(label);
        // "Agent ID" is no agent called ID.
        if head::is_field(label) && role_word(label) == Role::Unknown {
            continue;
        }
        let roled = parsed.nobody || parsed.role != Role::Unknown;
        if roled || count > 1 || timed || diarised(label) {
            speakers.insert(label, parsed);
        } else if parsed.name.is_some() || (label.len() == 1 && label.bytes().all(|b| b.is_ascii_uppercase())) {
            rest.push((label, parsed));
        }
    }
    // Initials that a label introduces, and a name that is told, are voices, however seldom they speak.
    let short: Vec<&str> = speakers.keys().filter_map(|label| labels::initials(label)).collect();
    let told = |label: &str| {
        lines.iter().any(|line| matches!(line, Line::Said(_, _, text) if same_person::is_told(text, label)))
    };
    speakers.extend(rest.extract_if(.., |(label, _)| short.contains(label) || mostly && told(label)));
    // One voice alone is no conversation: a name that came once is then the other side, and where nearly every line
    // has a label, all names are voices.
    let voices = speakers.values().filter(|t| !t.nobody).count();
    if (mostly && voices + rest.len() >= 2 && voices < 2) || (voices == 1 && rest.len() == 1) {
        speakers.extend(rest);
    }
    speakers
}

#[cfg(test)]
#[path = "transcript_tests.rs"]
mod tests;
