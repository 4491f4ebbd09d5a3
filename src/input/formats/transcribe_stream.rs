//! Amazon Transcribe streaming, with and without call analytics: events whose partial results are dropped.

use crate::input::formats::aws::{role, span, words};
use crate::input::json::words::{Piece, diarised, turns};
use crate::input::json::{CallBuilder, Document, Fields, Lines, Sight, Value};
use crate::input::{FormatInfo, Gives};

/// Events of a Transcribe stream.
pub static TRANSCRIBE_STREAM: Document = Document {
    info: FormatInfo {
        name: "aws-transcribe-streaming",
        about: "Amazon Transcribe streaming events, with or without Call Analytics",
        recognised: "UtteranceEvent, or TranscriptEvent with Transcript.Results, in a stream or list",
        gives: Gives { roles: "stated", times: "words", names: false },
    },
    lines: Lines::Events,
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.outline.paths().any(|p| {
        let depth = p.matches('.').count();
        depth <= 3
            && (p.ends_with("UtteranceEvent")
                || p.ends_with("TranscriptEvent")
                || p == "CallAnalyticsTranscriptResultStream"
                || p == "TranscriptResultStream"
                || p == "Transcript.Results[]")
    });
    known.then_some((0.95, "events of a Transcribe stream"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    events(doc, builder, 0);
}

fn events(here: &Value, builder: &mut CallBuilder<'_>, depth: usize) {
    if depth > 4 {
        return;
    }
    if let Some(list) = here.as_array() {
        for event in list {
            events(event, builder, depth + 1);
        }
        return;
    }
    builder.id(here.id("SessionId"));
    let utterance = here.at("UtteranceEvent");
    if utterance.is_object() {
        say(utterance, builder);
    }
    let results = match here.list("TranscriptEvent.Transcript.Results") {
        [] => here.list("Transcript.Results"),
        some => some,
    };
    for result in results {
        segment(result, builder);
    }
    for key in ["CallAnalyticsTranscriptResultStream", "TranscriptResultStream"] {
        if !here.at(key).is_null() {
            events(here.at(key), builder, depth + 1);
        }
    }
}

fn say(utterance: &Value, builder: &mut CallBuilder<'_>) {
    let stated = utterance.text("ParticipantRole").unwrap_or_default();
    let (Some(role), Some(text)) = (role(stated), utterance.said("Transcript")) else {
        return;
    };
    if utterance.flag("IsPartial") {
        return;
    }
    let (start, end) = span(utterance);
    let who = builder.speaker(role, stated, None);
    builder.push_turn(who, start, end, text);
    words(utterance, builder);
}

/// One final result: its items by speaker, where they have one.
fn segment(result: &Value, builder: &mut CallBuilder<'_>) {
    let Some(best) = result.list("Alternatives").first() else {
        return;
    };
    if result.flag("IsPartial") {
        return;
    }
    let channel = result.text("ChannelId");
    let pieces = best.list("Items").iter().map(|item| {
        let mark = item.text("Type") == Some("punctuation");
        Piece {
            speaker: item.text("Speaker").or(channel),
            text: item.said("Content").unwrap_or_default(),
            start: item.number("StartTime"),
            end: item.number("EndTime"),
            glued: mark,
            mark,
        }
    });
    turns(pieces, builder, &diarised);
}
