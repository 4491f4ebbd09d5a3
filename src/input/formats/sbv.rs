//! SBV: `YouTube`'s own subtitles.

use crate::call::Call;
use crate::input::subtitles::cues::{self, comma};
use crate::input::text::prose;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};

/// SBV.
#[derive(Debug)]
pub struct Sbv;

impl Format for Sbv {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "sbv",
            about: "SBV subtitles (YouTube)",
            recognised: "a first line such as 0:00:01.000,0:00:02.500",
            gives: Gives { roles: "labels", times: "turn start and end", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        let first = text.lines().map(str::trim).find(|l| !l.is_empty())?;
        comma(first).map(|_| Guess { confidence: 0.97, because: "begins with two times and a comma between them" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        cues::read(record, comma, call, each)
    }
}
