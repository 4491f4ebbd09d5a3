//! `RingCentral` AI speech-to-text and conversation analysis: utterances of numbered speakers.

use crate::input::Gives;
use crate::input::json::words::{diarised, numbered};
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};

/// `RingCentral` speech-to-text jobs.
pub static RINGCENTRAL_STT: Document = Document {
    name: "ringcentral-stt",
    about: "RingCentral AI speech-to-text and conversation analysis",
    recognised: "response.utterances with speakerId",
    gives: Gives { roles: "speakers", times: "words", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&[
        "response.utterances[].speakerId",
        "response.utterances[].text",
        "response.utteranceInsights[].text",
    ]);
    let words = sight.all(&["response.words[].word", "response.transcript"]);
    (known || words).then_some((0.93, "response.utterances"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    talk.id(doc.id("jobId"));
    let answer = doc.at("response");
    talk.call().stated_duration = answer.number("audioDuration");
    let utterances = match answer.list("utterances") {
        [] => answer.list("utteranceInsights"),
        some => some,
    };
    for utterance in utterances {
        let label = numbered("spk", utterance.at("speakerId"));
        let Some(who) = diarised(talk, &label) else {
            continue;
        };
        if talk.say(who, at(utterance, "start"), at(utterance, "end"), utterance.said("text").unwrap_or_default()) {
            for word in utterance.list("wordTimings") {
                talk.word(word.said("word").unwrap_or_default(), at(word, "start"), at(word, "end"));
            }
        }
    }
    if talk.turns() == 0
        && let Some(text) = answer.said("transcript")
    {
        let words = answer.list("words");
        let who = talk.who(crate::call::Role::Unknown, "", None);
        let start = words.first().and_then(|w| at(w, "start"));
        talk.say(who, start, words.last().and_then(|w| at(w, "end")), text);
        for word in words {
            talk.word(word.said("word").unwrap_or_default(), at(word, "start"), at(word, "end"));
        }
    }
}

fn at(of: &Value, key: &str) -> Option<At> {
    of.number(key).map(At::Offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown, words};

    #[test]
    fn utterances_of_numbers() {
        let call = &calls(
            &RINGCENTRAL_STT,
            r#"{"jobId":"j-1","status":"Success","response":{"speakerCount":2,"audioDuration":9.5,"utterances":[
              {"speakerId":"0","start":0.4,"end":1.5,"text":"Hello.","confidence":0.9,"wordTimings":[{"word":"Hello.","start":0.4,"end":1.5}]},
              {"speakerId":"1","start":1.25,"end":2,"text":"Hi."}]}}"#,
        )[0];
        assert_eq!(shown(call), ["unknown [spk_0] 0.4-1.5 Hello.", "unknown [spk_1] 1.25-2 Hi."]);
        assert_eq!(words(call), [("Hello.".into(), 0.4, 1.5)]);
    }
}
