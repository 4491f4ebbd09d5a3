//! CHAT of `TalkBank` (`.cha`): `*SPK:` lines with times between control characters, roles in the head.

use std::collections::BTreeMap;

use crate::call::{Call, HowRoles};
use crate::input::text::prose;
use crate::input::text::times::{Span, Stamp, set_times};
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};
use crate::roles::labels::{parse_label, settle};

/// CHAT.
#[derive(Debug)]
pub struct ChatCha;

/// What stands around the times of a turn.
const BULLET: char = '\u{15}';

impl Format for ChatCha {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "chat-cha",
            about: "CHAT of TalkBank (.cha)",
            recognised: "a head that begins with @UTF8 or @Begin",
            gives: Gives { roles: "labels", times: "turn start and end", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?.trim_start();
        (text.starts_with("@UTF8") || text.starts_with("@Begin"))
            .then_some(Guess { confidence: 0.98, because: "begins with @UTF8 or @Begin" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        // A line that begins with a tab goes on with the one above.
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines() {
            match lines.last_mut() {
                Some(last) if line.starts_with('\t') => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => lines.push(line.trim_end().to_owned()),
            }
        }
        let mut people: BTreeMap<&str, &str> = BTreeMap::new();
        let mut spans = Vec::new();
        for line in &lines {
            if let Some(listed) = line.strip_prefix("@Participants:") {
                // `SP01 Jo Agent, SP02 Ann Customer`: code, perhaps a name, role.
                for one in listed.split(',') {
                    let words: Vec<&str> = one.split_whitespace().collect();
                    if let [code, .., role] = words.as_slice() {
                        people.insert(code, role);
                    }
                }
            } else if let Some(tag) = line.strip_prefix("@Languages:") {
                call.language = tag.split(',').next().map(|t| t.trim().to_owned());
            } else if let Some((code, said)) = line.strip_prefix('*').and_then(|rest| rest.split_once(':')) {
                let (words, span) = timed(said);
                let words = plain(words);
                if words.is_empty() {
                    continue;
                }
                let role = parse_label(people.get(code).copied().unwrap_or(code));
                if role.nobody {
                    continue;
                }
                let speaker = call.speaker(role.role, code, None);
                call.push_turn(speaker, None, None, &words);
                spans.push(span);
            }
        }
        if call.turns.is_empty() {
            return Err(ReadError("nobody says anything in it: no line begins with *".into()));
        }
        set_times(call, &spans);
        settle(call, HowRoles::Label);
        each(call);
        Ok(())
    }
}

/// The words and the times behind them, in milliseconds.
fn timed(said: &str) -> (&str, Span) {
    let Some((words, rest)) = said.split_once(BULLET) else {
        return (said, Span::default());
    };
    let times = rest.split(BULLET).next().unwrap_or_default();
    let mut times = times.split('_').map(|t| t.parse::<u32>().ok().map(|ms| Stamp::seconds(f64::from(ms) / 1000.0)));
    let span = Span { start: times.next().flatten(), end: times.next().flatten() };
    (words, span)
}

/// The words without the marks of transcribers: `&-um`, `(.)`, `[//]`, `<the>`, `+...`.
fn plain(said: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut depth = 0usize;
    for word in said.split_whitespace() {
        let opens = word.matches('[').count();
        let closes = word.matches(']').count();
        let inside = depth > 0 || opens > 0;
        depth = (depth + opens).saturating_sub(closes);
        if inside
            || word.starts_with("&=")
            || (word.starts_with('(') && word.ends_with(')') && !word.contains(char::is_alphabetic))
            || word.starts_with('+')
            || matches!(word, "xxx" | "yyy" | "www" | "0")
        {
            continue;
        }
        let word = word.trim_start_matches("&-").trim_start_matches('&');
        let bare: String = word
            .split('@')
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|c| !matches!(c, '<' | '>' | '(' | ')' | '‡' | '„' | '↗' | '↘' | '⌈' | '⌉' | '⌊' | '⌋'))
            .map(|c| if c == '_' { ' ' } else { c })
            .collect();
        if matches!(bare.as_str(), "." | "?" | "!" | ",") {
            if let Some(last) = words.last_mut() {
                last.push_str(&bare);
            }
        } else if !bare.is_empty() {
            words.push(bare);
        }
    }
    words.join(" ")
}
