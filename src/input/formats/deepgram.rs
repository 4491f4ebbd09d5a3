//! Deepgram: utterances where they were asked for, else paragraphs, else words by speaker; channels are speakers.

use crate::input::json::words::{Piece, diarised, numbered, turns, weave};
use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value};
use crate::input::{FormatInfo, Gives};

/// Deepgram's answers for recordings.
pub static DEEPGRAM: Document = Document {
    info: FormatInfo {
        name: "deepgram",
        about: "Deepgram: utterances, paragraphs or words, diarised or by channel",
        recognised: "results with channels of alternatives",
        gives: Gives { roles: "speakers", times: "words", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&[
        "results.channels[].alternatives[]",
        "results.utterances[].transcript",
        "channels[].alternatives[].words[].punctuated_word",
        "paragraphs.paragraphs[].sentences[]",
        "words[].punctuated_word",
    ]);
    known.then_some((0.95, "results with channels of alternatives"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    let results = if doc.at("results").is_null() { doc } else { doc.at("results") };
    let channels = results.list("channels");
    builder.call().stated_duration = doc.number("metadata.duration");
    if let Some(request) = doc.id("metadata.request_id") {
        builder.call().meta.insert("request_id".into(), request.into());
    }
    builder.call().language = channels.first().and_then(|c| c.id("detected_language"));
    let utterances = results.list("utterances");
    if !utterances.is_empty() {
        let several = utterances.iter().any(|u| u.number("channel").is_some_and(|c| c > 0.0));
        for utterance in utterances {
            let speaker = Some(utterance.at("speaker")).filter(|s| !several && !s.is_null());
            let label = speaker.map_or_else(|| numbered("ch", utterance.at("channel")), |s| numbered("spk", s));
            turn(utterance, &label, utterance.said("transcript").unwrap_or_default(), builder);
            add_words(utterance.list("words"), builder);
        }
        return;
    }
    // Where an integration kept nothing but the best alternative, it is the document.
    let alone = channels.is_empty().then_some(doc);
    let bests = channels.iter().map(|c| c.list("alternatives").first());
    let cut = |best: &Value| !best.list("words").is_empty() && best.list("paragraphs.paragraphs").is_empty();
    if channels.len() > 1 && bests.clone().flatten().all(cut) {
        return by_time(bests, builder);
    }
    for (k, best) in bests.chain(alone.map(Some)).enumerate() {
        let Some(best) = best else { continue };
        let own = (channels.len() > 1).then(|| format!("ch_{k}"));
        let paragraphs = best.list("paragraphs.paragraphs");
        if paragraphs.is_empty() {
            by_words(best, own.as_deref(), builder);
            continue;
        }
        let mut words = best.list("words").iter().peekable();
        for paragraph in paragraphs {
            let sentences: Vec<&str> = paragraph.list("sentences").iter().filter_map(|s| s.said("text")).collect();
            let label = own.clone().unwrap_or_else(|| numbered("spk", paragraph.at("speaker")));
            turn(paragraph, &label, &sentences.join(" "), builder);
            let end = paragraph.number("end").unwrap_or(f64::INFINITY);
            while let Some(word) = words.next_if(|w| w.number("start").unwrap_or(0.0) < end) {
                add_words(std::slice::from_ref(word), builder);
            }
        }
    }
}

fn turn(of: &Value, label: &str, text: &str, builder: &mut CallBuilder<'_>) {
    if let Some(who) = diarised(builder, label) {
        let (start, end) = (of.number("start"), of.number("end"));
        builder.push_turn(who, start.map(At::Offset), end.map(At::Offset), text);
    }
}

fn add_words(words: &[Value], builder: &mut CallBuilder<'_>) {
    builder.push_words(words, "punctuated_word|word", "start", "end");
}

/// Turns out of the words of several channels, which spoke at once: by time, cut where the channel changes.
fn by_time<'v>(bests: impl Iterator<Item = Option<&'v Value>>, builder: &mut CallBuilder<'_>) {
    let labelled: Vec<(String, &[Value])> =
        bests.enumerate().filter_map(|(k, best)| Some((format!("ch_{k}"), best?.list("words")))).collect();
    let mut pieces: Vec<Piece<'_>> =
        labelled.iter().flat_map(|(label, list)| list.iter().map(|word| piece(word, label))).collect();
    weave(&mut pieces);
    turns(pieces, builder, &diarised);
}

fn piece<'v>(word: &'v Value, label: &'v str) -> Piece<'v> {
    Piece {
        speaker: Some(label),
        text: word.said("punctuated_word|word").unwrap_or_default(),
        start: word.number("start"),
        end: word.number("end"),
        ..Piece::default()
    }
}

/// Turns out of the words of one channel.
fn by_words(best: &Value, channel: Option<&str>, builder: &mut CallBuilder<'_>) {
    let list = best.list("words");
    let labels: Vec<String> =
        list.iter().map(|w| channel.map_or_else(|| numbered("spk", w.at("speaker")), str::to_owned)).collect();
    let pieces = list.iter().zip(&labels).map(|(word, label)| piece(word, label));
    turns(pieces, builder, &diarised);
    if list.is_empty()
        && let Some(who) = diarised(builder, channel.unwrap_or_default())
    {
        builder.push_turn(who, None, None, best.said("transcript").unwrap_or_default());
    }
}
