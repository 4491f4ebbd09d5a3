//! SRT: numbered subtitles.

use crate::call::Call;
use crate::input::subtitles::cues::{self, arrow};
use crate::input::text::prose;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};

/// SRT.
#[derive(Debug)]
pub struct Srt;

impl Format for Srt {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "srt",
            about: "SRT subtitles",
            recognised: "a number, then a line such as 00:00:01,000 --> 00:00:02,500",
            gives: Gives { roles: "labels", times: "turn start and end", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        let mut lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        let (first, second) = (lines.next()?, lines.next()?);
        let number = first.len() <= 9 && first.bytes().all(|b| b.is_ascii_digit());
        if number && arrow(second).is_some() {
            return Some(Guess { confidence: 0.98, because: "numbered cues with two times" });
        }
        // Without numbers, but with nothing else on the line of times, which a text transcript would have.
        let bare = arrow(first).is_some() && arrow(second).is_none() && ends_with_time(first);
        bare.then_some(Guess { confidence: 0.9, because: "cues with two times, without numbers" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        cues::read(record, arrow, call, each)
    }
}

fn ends_with_time(line: &str) -> bool {
    line.split_once("-->").is_some_and(|(_, end)| end.split_whitespace().count() == 1)
}
