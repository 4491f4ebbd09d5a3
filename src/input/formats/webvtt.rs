//! `WebVTT`: the captions that Zoom, Teams, Webex and Meet hand out.

use crate::call::Call;
use crate::input::subtitles::cues::{arrow, cut, fill};
use crate::input::text::prose;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};

/// `WebVTT`.
#[derive(Debug)]
pub struct WebVtt;

impl Format for WebVtt {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "webvtt",
            about: "WebVTT captions (Zoom, Teams, Webex, Google Meet)",
            recognised: "a first line that begins with WEBVTT",
            gives: Gives { roles: "labels", times: "turn start and end", names: true },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let text = prose::valid_start(head.bytes, head.complete)?;
        signed(text).then_some(Guess { confidence: 0.99, because: "begins with WEBVTT" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let text = record.text()?;
        for line in text.lines().take_while(|l| !l.contains("-->")).take(40) {
            let line = line.trim().trim_start_matches("NOTE").trim_start();
            let tagged = line
                .split_once(':')
                .filter(|(key, tag)| key.eq_ignore_ascii_case("language") && tag.trim().len() <= 12);
            if let Some((_, tag)) = tagged {
                call.language = Some(tag.trim().to_owned());
            }
        }
        fill(&cut(text, arrow, false), call)?;
        each(call);
        Ok(())
    }
}

fn signed(text: &str) -> bool {
    text.trim_start()
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}
