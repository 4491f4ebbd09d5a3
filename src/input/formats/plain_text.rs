//! Plain text: `Agent: hello`, in the many ways people and tools write that down.

use crate::call::Call;
use crate::input::formats::{generic_json, one_text};
use crate::input::text::transcript::Reading;
use crate::input::text::{markup, prose};
use crate::input::{Format, FormatInfo, Framing, Gives, Guess, Head, ReadError, Record};

pub use crate::input::text::transcript::read_transcript;

/// Plain text with speaker labels, or a lone stretch of prose.
#[derive(Debug)]
pub struct PlainText;

impl Format for PlainText {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "plain-text",
            about: "Plain text with speaker labels (Agent: ...), with or without times",
            recognised: "lines that begin with a speaker's label or a time; else prose without markup",
            gives: Gives { roles: "labels", times: "turn start", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        if prose::like_json(text) || prose::like_subtitles(text) || text.contains('\0') {
            return None;
        }
        let text = &*one_text::unquoted(text);
        if prose::like_json(text) {
            return Some(Guess { confidence: 0.55, because: "a string that holds JSON" });
        }
        let text = if head.complete { text } else { text.rsplit_once('\n').map_or(text, |(whole, _)| whole) };
        let text = &*markup::with_line_breaks(text);
        let reading = Reading::of(text);
        let share = reading.share();
        if reading.speaks() && share >= 0.4 {
            return Some(Guess { confidence: 0.6 + 0.3 * share, because: "lines that begin with speaker labels" });
        }
        if reading.speaks() && prose::like_speech(text) {
            return Some(Guess { confidence: 0.6, because: "some lines begin with speaker labels" });
        }
        prose::like_speech(text).then_some(Guess { confidence: 0.55, because: "prose without speaker labels" })
    }

    fn framing(&self, head: &Head<'_>) -> Framing {
        // A transcript a line, each as a JSON string.
        let text = prose::valid_start(head.bytes, head.complete).unwrap_or_default();
        let whole = if head.complete { text } else { text.rsplit_once('\n').map_or("", |(whole, _)| whole) };
        let mut lines = whole.lines().map(str::trim).filter(|line| !line.is_empty());
        let string =
            |line: &str| line.starts_with('"') && serde_json::from_str::<String>(line).is_ok_and(|t| t.contains('\n'));
        let strings = lines.clone().count() > 1 && lines.all(string);
        if strings { Framing::Lines } else { Framing::Whole }
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        generic_json::read_string(&one_text::unquoted(record.text()?), call)?;
        call.format = self.name();
        each(call);
        Ok(())
    }
}
