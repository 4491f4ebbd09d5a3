//! Azure Speech, fast transcription: phrases in milliseconds.

use crate::input::Gives;
use crate::input::json::words::{diarised, numbered};
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};

/// Azure fast transcription.
pub static AZURE_FAST: Document = Document {
    name: "azure-fast",
    about: "Azure Speech fast transcription",
    recognised: "object with combinedPhrases and phrases",
    gives: Gives { roles: "speakers", times: "words", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.all(&["combinedPhrases[]"]) || sight.all(&["phrases[].text", "phrases[].offsetMilliseconds"]);
    known.then_some((0.93, "combinedPhrases and phrases"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    talk.call().stated_duration = doc.number("durationMilliseconds|duration").map(|ms| ms / 1000.0);
    let phrases = doc.list("phrases");
    talk.call().language = phrases.first().and_then(|p| p.id("locale"));
    let several = phrases.iter().any(|p| p.number("channel") != phrases[0].number("channel"));
    for phrase in phrases {
        let speaker = phrase.at("speaker");
        let label =
            if several || speaker.is_null() { numbered("ch", phrase.at("channel")) } else { numbered("spk", speaker) };
        let Some(who) = diarised(talk, &label) else {
            continue;
        };
        let (start, end) = span(phrase);
        if talk.say(who, start, end, phrase.said("text").unwrap_or_default()) {
            for word in phrase.list("words") {
                let (start, end) = span(word);
                talk.word(word.said("text").unwrap_or_default(), start, end);
            }
        }
    }
}

fn span(of: &Value) -> (Option<At>, Option<At>) {
    let start = of.number("offsetMilliseconds|offset");
    let end = start.and_then(|s| Some(s + of.number("durationMilliseconds|duration")?));
    (start.map(At::millis), end.map(At::millis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown, words};

    #[test]
    fn phrases_in_milliseconds() {
        let call = &calls(
            &AZURE_FAST,
            r#"{"durationMilliseconds":8000,"combinedPhrases":[{"text":"x"}],"phrases":[
              {"speaker":1,"offsetMilliseconds":240,"durationMilliseconds":760,"text":"Hi.","words":[{"text":"Hi.","offsetMilliseconds":240,"durationMilliseconds":160}],"locale":"en-US","confidence":0.9},
              {"speaker":2,"offsetMilliseconds":1500,"durationMilliseconds":100,"text":"Yes."}]}"#,
        )[0];
        assert_eq!(shown(call), ["unknown [spk_1] 0.24-1 Hi.", "unknown [spk_2] 1.5-1.6 Yes."]);
        assert_eq!(words(call), [("Hi.".into(), 0.24, 0.4)]);
    }
}
