//! Amazon Transcribe, a plain job: words with string times, speakers or channels in trees of their own.

use crate::input::json::{CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};
use std::collections::BTreeMap;

use crate::input::json::words::{Piece, diarised, turns, weave};

/// Amazon Transcribe jobs.
pub static TRANSCRIBE: Document = Document {
    info: FormatInfo {
        name: "aws-transcribe",
        about: "Amazon Transcribe job results, with speakers or channels",
        recognised: "object with results.transcripts and results.items",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let whole = sight.all(&["results.items[].alternatives[].content"])
        && sight.any(&["results.transcripts[]", "results.items[].type"]);
    let begun = sight.all(&["results.transcripts[].transcript"]);
    (whole || begun).then_some((0.95, "results with transcripts and items"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let results = doc.at("results");
    builder.id(doc.id("jobName"));
    builder.call().language = results.id("language_code");
    // Older jobs label speakers in a tree beside the words, joined by the time as it is written.
    let mut speakers: BTreeMap<&str, &str> = BTreeMap::new();
    for segment in results.list("speaker_labels.segments") {
        for item in segment.list("items") {
            let label = item.text("speaker_label").or_else(|| segment.text("speaker_label"));
            if let (Some(start), Some(label)) = (item.text("start_time"), label) {
                speakers.insert(start, label);
            }
        }
    }
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let flat = results.list("items");
    let labelled = flat.iter().any(|i| !i.at("channel_label").is_null());
    let channels = results.list("channel_labels.channels");
    if !labelled && channels.iter().any(|c| !c.list("items").is_empty()) {
        for channel in channels {
            let label = channel.text("channel_label");
            gather(channel.list("items"), label, &speakers, &mut pieces);
        }
    } else {
        gather(flat, None, &speakers, &mut pieces);
    }
    weave(&mut pieces);
    turns(pieces, builder, &diarised);
    if builder.turns() == 0
        && let Some(text) = results.list("transcripts").first().and_then(|t| t.said("transcript"))
    {
        let who = builder.speaker(crate::call::Role::Unknown, "", None);
        builder.push_turn(who, None, None, text);
    }
}

/// Adds items with the label of who says them.
fn gather<'v>(
    items: &'v [Value],
    channel: Option<&'v str>,
    speakers: &BTreeMap<&'v str, &'v str>,
    pieces: &mut Vec<Piece<'v>>,
) {
    let mut voice = None;
    for item in items {
        let mark = item.text("type") == Some("punctuation");
        let start = item.number("start_time");
        let label = channel
            .or_else(|| item.text("channel_label"))
            .or_else(|| item.text("speaker_label"))
            .or_else(|| speakers.get(item.text("start_time")?).copied());
        voice = label.or(voice);
        let piece = Piece {
            // A mark is its word's, whatever stands at it.
            speaker: voice,
            text: item.list("alternatives").first().and_then(|a| a.said("content")).unwrap_or_default(),
            start,
            end: item.number("end_time"),
            glued: mark,
            mark,
        };
        pieces.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown, words};

    #[test]
    fn words_join_the_speaker_tree_by_start() {
        let call = &calls(
            &TRANSCRIBE,
            r#"{"jobName":"j-2","accountId":"1","status":"COMPLETED","results":{"transcripts":[{"transcript":"Hi, Jo. Yes."}],
            "speaker_labels":{"speakers":2,"segments":[
               {"start_time":"0.04","speaker_label":"spk_0","end_time":"1.0","items":[{"start_time":"0.04","speaker_label":"spk_0","end_time":"0.3"},{"start_time":"0.4","speaker_label":"spk_0","end_time":"0.9"}]},
               {"start_time":"1.5","speaker_label":"spk_1","end_time":"2.0","items":[{"start_time":"1.5","speaker_label":"spk_1","end_time":"2.0"}]}]},
            "items":[{"start_time":"0.04","end_time":"0.3","alternatives":[{"confidence":"1.0","content":"Hi"}],"type":"pronunciation"},
              {"alternatives":[{"confidence":"0.0","content":","}],"type":"punctuation"},
              {"start_time":"0.4","end_time":"0.9","alternatives":[{"confidence":"1.0","content":"Jo"}],"type":"pronunciation"},
              {"alternatives":[{"content":"."}],"type":"punctuation"},
              {"start_time":"1.5","end_time":"2.0","alternatives":[{"content":"Yes"}],"type":"pronunciation"},
              {"alternatives":[{"content":"."}],"type":"punctuation"}]}}"#,
        )[0];
        assert_eq!(shown(call), ["unknown [spk_0] 0.04-0.9 Hi, Jo.", "unknown [spk_1] 1.5-2 Yes."]);
        assert_eq!(words(call)[1], ("Jo".into(), 0.4, 0.9));
        assert_eq!(call.id, "j-2");
    }

    #[test]
    fn channels_are_woven_by_time() {
        let call = &calls(
            &TRANSCRIBE,
            r#"{"jobName":"j","results":{"transcripts":[{"transcript":"x"}],"channel_labels":{"number_of_channels":2,"channels":[
              {"channel_label":"ch_0","items":[{"start_time":"0.1","end_time":"0.5","alternatives":[{"content":"One"}],"type":"pronunciation"},{"alternatives":[{"content":"."}],"type":"punctuation"},
                 {"start_time":"3.0","end_time":"3.5","alternatives":[{"content":"Three"}],"type":"pronunciation"}]},
              {"channel_label":"ch_1","items":[{"start_time":"2.0","end_time":"2.5","alternatives":[{"content":"Two"}],"type":"pronunciation"},{"alternatives":[{"content":"?"}],"type":"punctuation"}]}]},
              "items":[{"start_time":"0.1","end_time":"0.5","alternatives":[{"content":"One"}],"type":"pronunciation"}]}}"#,
        )[0];
        assert_eq!(
            shown(call),
            ["unknown [ch_0] 0.1-0.5 One.", "unknown [ch_1] 2-2.5 Two?", "unknown [ch_0] 3-3.5 Three"]
        );
    }
}
