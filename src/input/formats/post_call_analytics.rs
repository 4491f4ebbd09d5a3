//! AWS Post Call Analytics: speech segments whose speakers are labelled by the solution's settings.

use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};
use crate::roles::labels::parse_label;

/// Output of the Post Call Analytics solution.
pub static POST_CALL_ANALYTICS: Document = Document {
    info: FormatInfo {
        name: "aws-pca",
        about: "AWS Post Call Analytics results",
        recognised: "object with ConversationAnalytics and SpeechSegments",
        gives: Gives { roles: "labels", times: "turn start and end", names: true },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let both = sight.all(&["ConversationAnalytics", "SpeechSegments[]"]);
    let analytics = sight.all(&["ConversationAnalytics.SpeakerLabels[]"]);
    (both || analytics).then_some((0.96, "ConversationAnalytics and SpeechSegments"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let about = doc.at("ConversationAnalytics");
    builder.id(about.id("GUID"));
    builder.by_labels();
    let call = builder.call();
    call.agent = about.id("Agent");
    call.customer = about.id("Cust");
    call.language = about.id("LanguageCode");
    call.started = about.text("ConversationTime").and_then(|t| started(t, about.text("ConversationLocation")));
    call.stated_duration = about.number("Duration");
    for segment in doc.list("SpeechSegments") {
        let label = segment.text("SegmentSpeaker").unwrap_or_default();
        let shown = about
            .people("SpeakerLabels")
            .iter()
            .find(|l| l.text("Speaker") == Some(label))
            .and_then(|l| l.text("DisplayText"))
            .unwrap_or(label);
        let said = parse_label(shown);
        let role = if segment.flag("IVRSegment") { crate::call::Role::Bot } else { said.role };
        let Some(text) = segment.said("DisplayText").or_else(|| segment.said("OriginalText")) else {
            continue;
        };
        let who = builder.speaker(role, label, said.name.as_deref());
        builder.push_turn(
            who,
            segment.number("SegmentStartTime").map(At::Offset),
            segment.number("SegmentEndTime").map(At::Offset),
            text,
        );
        builder.push_words(segment.list("WordConfidence"), "Text", "StartTime", "EndTime");
    }
}

/// The stated wall clock in its stated zone; as it stands where there is none.
fn started(text: &str, zone: Option<&str>) -> Option<String> {
    let civil = text.replacen(' ', "T", 1).parse::<jiff::civil::DateTime>().ok();
    let zoned = zone.and_then(|z| civil?.in_tz(z).ok());
    zoned.and_then(|z| time::rfc3339(z.timestamp().as_millisecond() as f64 / 1000.0)).or_else(|| Some(text.to_owned()))
}
