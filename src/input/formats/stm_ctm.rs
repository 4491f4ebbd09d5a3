//! STM and CTM of NIST's scoring tools: a segment, or a word, a line.

use std::collections::BTreeMap;

use crate::call::{Call, Clock, HowRoles};
use crate::input::text::prose;
use crate::input::text::times::{Span, Stamp, set_times};
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};
use crate::roles::labels::{parse_label, settle};

/// STM: `file channel speaker begin end <label> words`.
#[derive(Debug)]
pub struct Stm;

/// CTM: `file channel start duration word [confidence]`.
#[derive(Debug)]
pub struct Ctm;

/// Speaker or channel, start, end, words.
type Piece<'a> = (&'a str, f64, f64, &'a str);

fn seconds(field: &str) -> Option<f64> {
    let plain =
        field.starts_with(|c: char| c.is_ascii_digit()) && field.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain.then(|| field.parse().ok()).flatten()
}

/// The segments of a line: file, speaker, begin, end, words.
fn stm(line: &str) -> Option<(&str, &str, f64, f64, &str)> {
    let mut rest = line.trim();
    let mut field = || {
        let (first, after) = rest.split_once(char::is_whitespace)?;
        rest = after.trim_start();
        Some(first)
    };
    let (file, _channel, speaker) = (field()?, field()?, field()?);
    let (begin, end) = (seconds(field()?)?, seconds(field()?)?);
    let words = match rest.strip_prefix('<') {
        Some(labelled) => labelled.split_once('>')?.1.trim(),
        None => rest,
    };
    (end >= begin).then_some((file, speaker, begin, end, words))
}

/// File, channel, start, end and word of a line.
fn ctm(line: &str) -> Option<(&str, &str, f64, f64, &str)> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    if !(5..=6).contains(&fields.len()) || fields[1].len() > 8 {
        return None;
    }
    let (start, length) = (seconds(fields[2])?, seconds(fields[3])?);
    if fields.get(5).is_some_and(|c| c.parse::<f64>().is_err()) {
        return None;
    }
    let end = ((start + length) * 1000.0).round() / 1000.0;
    Some((fields[0], fields[1], start, end, fields[4]))
}

/// Lines that are no comment.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with(";;"))
}

fn all_lines(head: &Head<'_>, fits: impl Fn(&str) -> bool) -> bool {
    let Some(text) = prose::valid_start(head.bytes, head.complete) else {
        return false;
    };
    let whole = if head.complete { text } else { text.rsplit_once('\n').map_or(text, |(whole, _)| whole) };
    let mut some = lines(whole).take(20).peekable();
    some.peek().is_some() && some.all(|(_, line)| fits(line))
}

/// Marks of scoring tools that are no words.
fn no_word(word: &str) -> bool {
    (word.starts_with('<') && word.ends_with('>')) || word.eq_ignore_ascii_case("ignore_time_segment_in_scoring")
}

impl Format for Stm {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "stm",
            about: "STM: a segment a line, of NIST's scoring tools",
            recognised: "lines of file, channel, speaker, two times and words",
            gives: Gives { roles: "speakers", times: "turn start and end", names: false },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        all_lines(head, |l| stm(l).is_some())
            .then_some(Guess { confidence: 0.94, because: "lines of file, channel, speaker, two times and words" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        let mut files: BTreeMap<&str, usize> = BTreeMap::new();
        let mut calls: Vec<(&str, Vec<Piece<'_>>)> = Vec::new();
        for (k, line) in lines(text) {
            let Some((file, speaker, begin, end, words)) = stm(line) else {
                return Err(ReadError(format!("line {}: is not file, channel, speaker, begin, end and words", k + 1)));
            };
            let at = *files.entry(file).or_insert(calls.len());
            if at == calls.len() {
                calls.push((file, Vec::new()));
            }
            calls[at].1.push((speaker, begin, end, words));
        }
        let mut found = false;
        for (file, segments) in calls {
            call.clear();
            call.id.push_str(file);
            let mut spans = Vec::new();
            for (label, begin, end, words) in segments {
                if words.is_empty() || no_word(words) {
                    continue;
                }
                let parsed = parse_label(label);
                let speaker = call.speaker(parsed.role, label, parsed.name.as_deref());
                call.push_turn(speaker, None, None, words);
                spans.push(Span { start: Some(Stamp::seconds(begin)), end: Some(Stamp::seconds(end)) });
            }
            if !call.turns.is_empty() {
                found = true;
                set_times(call, &spans);
                settle(call, HowRoles::Label);
                each(call);
            }
        }
        if found { Ok(()) } else { Err(ReadError("nobody says anything in it: no segment has words".into())) }
    }
}

impl Format for Ctm {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "ctm",
            about: "CTM: a word a line, of NIST's scoring tools",
            recognised: "lines of file, channel, start, duration and one word",
            gives: Gives { roles: "channels", times: "words", names: false },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        all_lines(head, |l| ctm(l).is_some())
            .then_some(Guess { confidence: 0.94, because: "lines of file, channel, start, duration and a word" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        let mut files: BTreeMap<&str, Vec<Piece<'_>>> = BTreeMap::new();
        for (k, line) in lines(text) {
            let Some((file, channel, start, end, word)) = ctm(line) else {
                return Err(ReadError(format!("line {}: is not file, channel, start, duration and word", k + 1)));
            };
            files.entry(file).or_default().push((channel, start, end, word));
        }
        for (file, mut words) in files {
            call.clear();
            call.id.push_str(file);
            words.retain(|w| !no_word(w.3));
            // Files list one channel after the other; the call has them together.
            words.sort_by(|a, b| a.1.total_cmp(&b.1));
            for run in words.chunk_by(|a, b| a.0 == b.0) {
                let (Some(first), Some(last)) = (run.first(), run.last()) else {
                    continue;
                };
                let parsed = parse_label(first.0);
                let speaker = call.speaker(parsed.role, first.0, None);
                let text: Vec<&str> = run.iter().map(|w| w.3).collect();
                call.push_turn(speaker, Some(first.1), Some(last.2), &text.join(" "));
                for (_, start, end, word) in run {
                    call.push_word(word, *start, *end);
                }
            }
            if !call.turns.is_empty() {
                call.clock = Clock::Speech;
                settle(call, HowRoles::Label);
                each(call);
            }
        }
        Ok(())
    }
}

/// Whether it is RTTM, which tells who speaks when and holds no words: `SPEAKER file 1 0.5 2.3 <NA> <NA> spk_0 <NA>`.
/// `SPEAKER A: Thank you` is not.
pub fn like_rttm(text: &str) -> bool {
    let mut some = lines(text).take(5).peekable();
    some.peek().is_some()
        && some.all(|(_, line)| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            fields.len() >= 8
                && matches!(fields[0], "SPEAKER" | "SPKR-INFO" | "LEXEME" | "NON-SPEECH")
                && (fields[0] == "SPKR-INFO" || (seconds(fields[3]).is_some() && seconds(fields[4]).is_some()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rttm_is_told_from_speakers() {
        assert!(like_rttm("SPEAKER c1 1 0.5 2.3 <NA> <NA> spk_0 <NA> <NA>\n"));
        assert!(!like_rttm("SPEAKER A: Thank you for calling us here today, how are you?\n"));
        assert!(!like_rttm(""));
    }
}
