//! Transcripts that meeting tools hand out as text: Otter's headings of name and time, Google Meet's document. Both
//! are text transcripts with a head and a foot that nobody said.

use crate::call::Call;
use crate::input::formats::plain_text::read_transcript;
use crate::input::text::prose;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};

/// Otter.
#[derive(Debug)]
pub struct Otter;

/// Google Meet.
#[derive(Debug)]
pub struct GoogleMeet;

const OTTER_FOOT: &str = "transcribed by https://otter.ai";

/// `Jo Lee  0:15`: a heading of Otter's.
fn heading(line: &str) -> bool {
    let Some((name, time)) = line.trim_end().rsplit_once("  ") else {
        return false;
    };
    let clock = time.contains(':') && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
    clock && !name.trim().is_empty() && name.chars().count() <= 60
}

fn otter_body(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    // Title, date, keywords and speakers stand above the first heading.
    let from = lines.iter().position(|l| heading(l)).unwrap_or(0);
    let said = lines[from..].iter().filter(|l| !l.trim().to_ascii_lowercase().starts_with(OTTER_FOOT));
    said.fold(String::new(), |mut all, line| {
        // Two blanks tell a heading here, brackets tell it everywhere.
        match line.trim_end().rsplit_once("  ").filter(|_| heading(line)) {
            Some((name, time)) => all.extend([name.trim(), " (", time, ")"]),
            None => all.push_str(line),
        }
        all.push('\n');
        all
    })
}

impl Format for Otter {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "otter",
            about: "Otter transcript, saved as text",
            recognised: "headings of a name, two blanks and a time; perhaps Otter's last line",
            gives: Gives { roles: "labels", times: "turn start", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        if prose::like_json(text) || prose::like_subtitles(text) || text.contains('\0') {
            return None;
        }
        let headings = text.lines().filter(|l| heading(l)).count();
        let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
        let signed = text.to_ascii_lowercase().contains(OTTER_FOOT);
        // A cell or a sentence may end in a time; headings stand between the words.
        let between =
            headings >= 2 && headings * 8 >= lines.len() && lines.windows(2).all(|w| !(heading(w[0]) && heading(w[1])));
        (between || (signed && headings > 0)).then_some(Guess {
            confidence: if signed { 0.96 } else { 0.91 },
            because: "headings of a name and a time, the words below",
        })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        read_transcript(&otter_body(text), call)?;
        each(call);
        Ok(())
    }
}

/// Where the words of a Meet document begin: behind the line "Transcript".
fn meet_start(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(60) {
        at += line.len();
        if line.trim().eq_ignore_ascii_case("transcript") {
            return Some(at);
        }
    }
    None
}

fn meet_foot(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("Meeting ended after ") || line.starts_with("Transcription ended after "))
        || line.starts_with("This editable transcript was computer generated")
}

/// A time on a line of its own, which Meet writes every few minutes.
fn mark(line: &str) -> bool {
    let line = line.trim();
    line.len() == 8 && line.matches(':').count() == 2 && line.bytes().all(|b| b.is_ascii_digit() || b == b':')
}

impl Format for GoogleMeet {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "google-meet",
            about: "Google Meet transcript, as text",
            recognised: "a line Transcript below the attendees, or Meet's last line",
            gives: Gives { roles: "labels", times: "turn start", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        let attended = text.lines().take(20).any(|l| matches!(l.trim(), "Attendees" | "Invited"));
        let marked = text.lines().any(mark);
        let ended = text.lines().any(meet_foot);
        let found = meet_start(text).is_some() && (attended || ended) || (ended && marked);
        found.then_some(Guess { confidence: 0.95, because: "the head or the last line of a Google Meet transcript" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        let body = &text[meet_start(text).unwrap_or(0)..];
        let said: Vec<&str> = body.lines().filter(|l| !meet_foot(l)).collect();
        read_transcript(&said.join("\n"), call)?;
        each(call);
        Ok(())
    }
}
