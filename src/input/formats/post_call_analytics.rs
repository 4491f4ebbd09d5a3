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
        for word in segment.list("WordConfidence") {
            builder.push_word(
                word.said("Text").unwrap_or_default(),
                word.number("StartTime").map(At::Offset),
                word.number("EndTime").map(At::Offset),
            );
        }
    }
}

/// The stated wall clock in its stated zone; as it stands where there is none.
fn started(text: &str, zone: Option<&str>) -> Option<String> {
    let civil = text.replacen(' ', "T", 1).parse::<jiff::civil::DateTime>().ok();
    let zoned = zone.and_then(|z| civil?.in_tz(z).ok());
    zoned.and_then(|z| time::rfc3339(z.timestamp().as_millisecond() as f64 / 1000.0)).or_else(|| Some(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::HowRoles;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn speakers_are_who_the_labels_say() {
        let call = &calls(
            &POST_CALL_ANALYTICS,
            r#"{"ConversationAnalytics":{"GUID":"g-1","Agent":"Jo","Cust":"None","ConversationTime":"2026-05-01 09:30:00.250000","ConversationLocation":"America/New_York","Duration":"61.5","LanguageCode":"en-US",
              "SpeakerLabels":[{"Speaker":"spk_0","DisplayText":"Customer"},{"Speaker":"spk_1","DisplayText":"Agent"}]},
              "SpeechSegments":[{"SegmentStartTime":1.5,"SegmentEndTime":2.5,"SegmentSpeaker":"spk_1","SegmentInterruption":false,"IVRSegment":false,"OriginalText":"Helo","DisplayText":"Hello"},
               {"SegmentStartTime":0.1,"SegmentEndTime":1.0,"SegmentSpeaker":"spk_1","IVRSegment":true,"DisplayText":"Press one."},
               {"SegmentStartTime":3,"SegmentEndTime":4,"SegmentSpeaker":"spk_0","DisplayText":"Hi","WordConfidence":[{"Text":"Hi","Confidence":0.9,"StartTime":3,"EndTime":3.5}]}]}"#,
        )[0];
        assert_eq!(
            shown(call),
            ["bot [spk_1] 0.1-1 Press one.", "agent [spk_1] 1.5-2.5 Hello", "customer [spk_0] 3-4 Hi"]
        );
        assert_eq!(
            (call.id.as_str(), call.agent.as_deref(), call.customer.as_deref(), call.stated_duration),
            ("g-1", Some("Jo"), None, Some(61.5))
        );
        assert_eq!(call.started.as_deref(), Some("2026-05-01T13:30:00.25Z"));
        assert_eq!((call.roles.how, call.words.len()), (HowRoles::Label, 1));
    }
}
