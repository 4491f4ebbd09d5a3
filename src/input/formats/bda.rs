//! Amazon Bedrock Data Automation, audio: segments and items in milliseconds.

use crate::input::Gives;
use crate::input::json::words::diarised;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};

/// Bedrock Data Automation's standard output for audio.
pub static BDA: Document = Document {
    name: "aws-bda-audio",
    about: "Amazon Bedrock Data Automation, standard output for audio",
    recognised: "object with audio_segments of text and start_timestamp_millis",
    gives: Gives { roles: "speakers", times: "words", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    if sight.all(&["audio_segments[].start_timestamp_millis"]) {
        return Some((0.95, "audio_segments with milliseconds"));
    }
    let audio = sight.outline.says("metadata.semantic_modality", "AUDIO");
    audio.then_some((0.9, "metadata of an AUDIO asset"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let items = doc.list("audio_items");
    let call = talk.call();
    call.stated_duration = doc.number("metadata.duration_millis").map(|ms| ms / 1000.0);
    call.language = doc.id("metadata.dominant_asset_language").map(|l| l.to_lowercase());
    for segment in doc.list("audio_segments") {
        if segment.text("type").is_some_and(|t| t != "TRANSCRIPT") {
            continue;
        }
        let label = segment
            .text("speaker.speaker_name")
            .or_else(|| segment.text("speaker.speaker_label"))
            .or_else(|| segment.text("channel.channel_label"))
            .unwrap_or_default();
        let Some(who) = diarised(talk, label) else {
            continue;
        };
        let (start, end) = span(segment);
        if talk.say(who, start, end, segment.said("text").unwrap_or_default()) {
            for index in segment.list("audio_item_indices") {
                let item = index.as_u64().and_then(|k| items.get(k as usize));
                if let Some(item) = item {
                    let (start, end) = span(item);
                    talk.word(item.said("content").unwrap_or_default(), start, end);
                }
            }
        }
    }
}

fn span(of: &Value) -> (Option<At>, Option<At>) {
    let at = |key| of.number(key).map(At::millis);
    (at("start_timestamp_millis"), at("end_timestamp_millis"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown, words};

    #[test]
    fn segments_take_their_items_as_words() {
        let call = &calls(
            &BDA,
            r#"{"metadata":{"semantic_modality":"AUDIO","duration_millis":9000,"dominant_asset_language":"EN"},
            "audio_items":[{"item_index":0,"content":"Hello","start_timestamp_millis":1620,"end_timestamp_millis":2050}],
            "audio_segments":[{"start_timestamp_millis":1620,"end_timestamp_millis":2100,"segment_index":0,"type":"TRANSCRIPT","text":"Hello.","speaker":{"speaker_label":"spk_1"},"channel":{"channel_label":"ch_1"},"audio_item_indices":[0,77]},
              {"start_timestamp_millis":3000,"end_timestamp_millis":3100,"type":"TRANSCRIPT","text":"Hi.","speaker":{"speaker_label":"spk_0"}}]}"#,
        )[0];
        assert_eq!(shown(call), ["unknown [spk_1] 1.62-2.1 Hello.", "unknown [spk_0] 3-3.1 Hi."]);
        assert_eq!(words(call), [("Hello".into(), 1.62, 2.05)]);
    }
}
