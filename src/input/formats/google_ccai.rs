//! Google CCAI Insights: entries with a role and microseconds, and conversations as its API returns them.

use crate::call::Role;
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time};
use crate::input::{FormatInfo, Gives};
use crate::roles::labels::role_word;

/// Google Contact Center AI Insights.
pub static GOOGLE_CCAI: Document = Document {
    info: FormatInfo {
        name: "google-ccai-insights",
        about: "Google CCAI Insights conversations, as uploaded or as the API returns them",
        recognised: "entries of text, role and start_timestamp_usec; or transcriptSegments",
        gives: Gives { roles: "stated", times: "turn start", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let stamps = ["entries[].start_timestamp_usec", "entries[].startTimestampUsec"];
    if sight.all(&["entries[].text", "entries[].role"]) {
        return Some((if sight.any(&stamps) { 0.96 } else { 0.85 }, "entries of text and role"));
    }
    let segments = sight.any(&["transcript.transcriptSegments[]", "transcriptSegments[].text"]);
    segments.then_some((0.95, "transcriptSegments"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let own = doc.text("name").and_then(|n| n.rsplit('/').next());
    builder.id(own.map(str::to_owned).or_else(|| doc.id("conversation_id|conversationId")));
    let call = builder.call();
    call.language = doc.id("languageCode|language_code");
    call.agent = doc.id("agentId|agent_id");
    call.started = time::moment(doc.at("startTime|start_time"));
    call.stated_duration = doc.text("duration").and_then(|d| Some(time::written(d)?.raw()));
    for entry in doc.list("entries") {
        let stated = entry.text("role").unwrap_or_default();
        let person = entry.id("user_id|userId");
        let who = builder.speaker(role(stated), person.as_deref().unwrap_or(stated), None);
        let start = entry.number("start_timestamp_usec|startTimestampUsec").map(|us| time::sized(us, Some(1e-6)));
        builder.push_turn(who, start, None, entry.said("text").unwrap_or_default());
    }
    let segments = match doc.list("transcript.transcriptSegments") {
        [] => doc.list("transcriptSegments"),
        some => some,
    };
    for segment in segments {
        let stated = segment.text("segmentParticipant.role").unwrap_or_default();
        let channel = segment.id("channelTag").map(|c| format!("ch_{c}"));
        let label = segment
            .id("segmentParticipant.userId")
            .or_else(|| segment.text("segmentParticipant.role").map(str::to_owned))
            .or(channel);
        let who = builder.speaker(role(stated), &label.unwrap_or_default(), None);
        let words = segment.list("words");
        let time = |w: Option<&Value>, key| w.and_then(|w| time::at(key, w.at(key), None));
        let start = time(words.first(), "startOffset");
        let sent = || Some(At::Instant(time::date(segment.text("messageTime")?)?));
        let said = builder.push_turn(
            who,
            start.or_else(sent),
            time(words.last(), "endOffset"),
            segment.said("text").unwrap_or_default(),
        );
        for word in words.iter().filter(|_| said) {
            builder.push_word(
                word.said("word").unwrap_or_default(),
                time(Some(word), "startOffset"),
                time(Some(word), "endOffset"),
            );
        }
    }
}

fn role(stated: &str) -> Role {
    match stated.to_ascii_uppercase().as_str() {
        "AGENT" | "HUMAN_AGENT" => Role::Agent,
        "CUSTOMER" | "END_USER" => Role::Customer,
        "AUTOMATED_AGENT" | "BOT" => Role::Bot,
        _ => role_word(stated),
    }
}
