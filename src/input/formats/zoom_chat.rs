//! Zoom's saved chats: a time, who, to whom, and the words.

use crate::call::{Call, Clock, HowRoles};
use crate::input::text::prose;
use crate::input::text::times::{Span, Stamp, set_times};
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};
use crate::roles::labels::{parse_label, settle};

/// Zoom chats.
#[derive(Debug)]
pub struct ZoomChat;

/// `09:30:12<TAB>Jo:<TAB>Hi`, `09:30:12 From Jo to Everyone: Hi`, `2026-05-01 09:30:12 From Jo to Everyone:`.
fn line(line: &str) -> Option<(Stamp, &str, &str)> {
    let digit = line.starts_with(|c: char| c.is_ascii_digit());
    let (first, rest) = line.split_once(['\t', ' ']).filter(|_| digit)?;
    let tabbed = line[first.len()..].starts_with('\t');
    let full = |t: &str| t.len() == 8 && t.matches(':').count() == 2;
    let (stamp, rest) = if full(first) {
        let Stamp::Clock { seconds, .. } = Stamp::parse(first)? else {
            return None;
        };
        (Stamp::Wall { seconds, fine: true }, rest.trim_start())
    } else {
        let (time, rest) = rest.split_once([' ', '\t']).filter(|(time, _)| full(time))?;
        (Stamp::parse(&format!("{first} {time}"))?, rest.trim_start())
    };
    // "From  Jo  to  Everyone" has two blanks in older versions.
    if let Some(rest) = rest.strip_prefix("From ") {
        let (who, rest) = rest.split_once(" to ").or_else(|| rest.split_once(" : "))?;
        let text = rest.split_once(':').map_or(rest, |(_, text)| text);
        return Some((stamp, who.trim(), text.trim()));
    }
    let (who, text) = rest.split_once(":\t").or_else(|| rest.strip_suffix(':').map(|w| (w, "")))?;
    (tabbed && !who.trim().is_empty()).then(|| (stamp, who.trim(), text.trim()))
}

impl Format for ZoomChat {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "zoom-chat",
            about: "Zoom meeting chat, saved as text",
            recognised: "lines with a time of day and From NAME to NAME:, or tabs between them",
            gives: Gives { roles: "labels", times: "sent", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        line(text.lines().find(|l| !l.trim().is_empty())?.trim_end())?;
        Some(Guess { confidence: 0.94, because: "lines with a time of day and who wrote to whom" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        let mut said: Vec<(Stamp, &str, String)> = Vec::new();
        for one in text.lines().map(str::trim_end).filter(|l| !l.trim().is_empty()) {
            if let Some((stamp, who, text)) = line(one) {
                said.push((stamp, who, text.to_owned()));
            } else if let Some((_, _, text)) = said.last_mut() {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(one.trim());
            }
        }
        let mut spans = Vec::new();
        for (stamp, who, text) in said {
            let parsed = parse_label(who);
            if text.is_empty() || parsed.nobody {
                continue;
            }
            let speaker = call.speaker(parsed.role, who, parsed.name.as_deref());
            call.push_turn(speaker, None, None, &text);
            spans.push(Span { start: Some(stamp), end: None });
        }
        if call.turns.is_empty() {
            return Err(ReadError("nobody writes anything in it".into()));
        }
        set_times(call, &spans);
        call.clock = Clock::Sent;
        settle(call, HowRoles::Label);
        each(call);
        Ok(())
    }
}
