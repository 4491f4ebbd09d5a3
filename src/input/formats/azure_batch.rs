//! Azure Speech, batch transcription: recognised phrases in ticks of 100 ns, ISO durations or milliseconds.

use crate::input::Gives;
use crate::input::json::words::{diarised, numbered};
use crate::input::json::{At, Document, Fields, Sight, Talk, Value, unit};

/// Azure batch transcription, v3.0 to 2024-11-15.
pub static AZURE_BATCH: Document = Document {
    name: "azure-batch",
    about: "Azure Speech batch transcription",
    recognised: "object with recognizedPhrases",
    gives: Gives { roles: "speakers", times: "words", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&["recognizedPhrases[]", "combinedRecognizedPhrases[]"]);
    known.then_some((0.95, "recognizedPhrases"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    talk.call().stated_duration = seconds(doc, "duration");
    let phrases = doc.list("recognizedPhrases");
    let several = phrases.iter().any(|p| p.number("channel") != phrases[0].number("channel"));
    for phrase in phrases {
        if phrase.text("recognitionStatus").is_some_and(|s| s != "Success") {
            continue;
        }
        let Some(best) = phrase.list("nBest").first() else {
            continue;
        };
        if talk.call().language.is_none() {
            talk.call().language = phrase.id("locale");
        }
        let speaker = phrase.at("speaker");
        let label =
            if several || speaker.is_null() { numbered("ch", phrase.at("channel")) } else { numbered("spk", speaker) };
        let Some(who) = diarised(talk, &label) else {
            continue;
        };
        let (start, end) = span(phrase);
        let text = ["display", "itn", "maskedITN", "lexical"].iter().find_map(|k| best.said(k));
        if talk.say(who, start, end, text.unwrap_or_default()) {
            let words = match best.list("displayWords") {
                [] => best.list("words"),
                shown => shown,
            };
            for word in words {
                let (start, end) = span(word);
                talk.word(word.said("displayText|word").unwrap_or_default(), start, end);
            }
        }
    }
}

/// Start and end of a phrase or a word.
fn span(of: &Value) -> (Option<At>, Option<At>) {
    let start = seconds(of, "offset");
    let end = start.and_then(|s| Some(((s + seconds(of, "duration")?) * 1e7).round() / 1e7));
    (start.map(At::Offset), end.map(At::Offset))
}

/// A time in any of the ways that versions write it.
fn seconds(of: &Value, key: &str) -> Option<f64> {
    let ticks = of.number(&format!("{key}InTicks|{key}Ticks")).map(|t| t / 1e7);
    let millis = || of.number(&format!("{key}Milliseconds")).map(|ms| ms / 1e3);
    ticks.or_else(millis).or_else(|| of.text(key).and_then(unit::iso_duration))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown, words};

    #[test]
    fn ticks_may_be_floats_and_failures_are_left() {
        let call = &calls(
            &AZURE_BATCH,
            r#"{"source":"u","timestamp":"2026-05-01T00:00:00Z","durationInTicks":99000000,"combinedRecognizedPhrases":[{"channel":0,"display":"x"}],"recognizedPhrases":[
             {"recognitionStatus":"Success","channel":0,"speaker":1,"offset":"PT3.86S","duration":"PT1.5S","offsetInTicks":38600000.0,"durationInTicks":15000000.0,"locale":"en-US",
              "nBest":[{"confidence":0.8,"lexical":"hi there","display":"Hi there.","words":[{"word":"hi","offset":"PT3.86S","duration":"PT0.5S"},{"word":"there","offsetInTicks":45000000,"durationInTicks":5000000.0}]},{"display":"Bye."}]},
             {"recognitionStatus":"InitialSilenceTimeout","channel":0,"offset":"PT9S","duration":"PT1S"},
             {"recognitionStatus":"Success","channel":0,"speaker":2,"offset":"PT0.04S","duration":"PT1M","nBest":[{"display":"Well."}]}]}"#,
        )[0];
        assert_eq!(shown(call), ["unknown [spk_2] 0.04-60.04 Well.", "unknown [spk_1] 3.86-5.36 Hi there."]);
        assert_eq!(words(call), [("hi".into(), 3.86, 4.36), ("there".into(), 4.5, 5.0)]);
        assert_eq!(call.stated_duration, Some(9.9));
    }

    #[test]
    fn channels_are_speakers_where_there_are_two() {
        let call = &calls(
            &AZURE_BATCH,
            r#"{"recognizedPhrases":[{"recognitionStatus":"Success","channel":0,"offsetMilliseconds":10,"durationMilliseconds":90,"nBest":[{"display":"A."}]},
              {"recognitionStatus":"Success","channel":1,"speaker":1,"offsetMilliseconds":50,"durationMilliseconds":90,"nBest":[{"display":"B."}]}]}"#,
        )[0];
        assert_eq!(shown(call), ["unknown [ch_0] 0.01-0.1 A.", "unknown [ch_1] 0.05-0.14 B."]);
    }
}
