//! Amazon Transcribe Call Analytics: turns with their role inside, words in milliseconds.

use super::contact_lens::role;
use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};

/// Call Analytics, of a job.
pub static CALL_ANALYTICS: Document = Document {
    name: "aws-transcribe-call-analytics",
    about: "Amazon Transcribe Call Analytics of a recording",
    recognised: "object with a Transcript of Content, ParticipantRole and BeginOffsetMillis",
    gives: Gives { roles: "stated", times: "words", names: false },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let turns = sight.all(&["Transcript[].ParticipantRole", "Transcript[].BeginOffsetMillis"]);
    let contact_lens = sight.outline.has("Transcript[].ParticipantId");
    if turns && !contact_lens {
        return Some((0.97, "Transcript of turns with ParticipantRole"));
    }
    let likely = sight.any(&["JobName"]) && sight.any(&["Transcript[].Items[]", "Transcript[].LoudnessScores[]"]);
    (likely && !contact_lens).then_some((0.85, "JobName and Transcript"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    talk.id(doc.id("JobName"));
    let call = talk.call();
    call.language = doc.id("LanguageCode");
    call.stated_duration =
        doc.number("ConversationCharacteristics.TotalConversationDurationMillis").map(|ms| ms / 1000.0);
    for turn in doc.list("Transcript") {
        let stated = turn.text("ParticipantRole").unwrap_or_default();
        let (Some(role), Some(text)) = (role(stated), turn.said("Content")) else {
            continue;
        };
        let (start, end) = span(turn);
        let who = talk.who(role, stated, None);
        talk.say(who, start, end, text);
        words(turn, talk);
    }
}

/// Start and end of a turn or a word in milliseconds.
#[must_use]
pub fn span(of: &Value) -> (Option<At>, Option<At>) {
    let at = |key| of.number(key).map(At::millis);
    (at("BeginOffsetMillis"), at("EndOffsetMillis"))
}

/// Adds the words of a turn.
pub fn words(turn: &Value, talk: &mut Talk<'_>) {
    for item in turn.list("Items") {
        if item.text("Type|ItemType").is_none_or(|t| t != "punctuation") {
            let (start, end) = span(item);
            talk.word(item.said("Content").unwrap_or_default(), start, end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown, words};

    #[test]
    fn turns_overlap_and_keep_their_words() {
        let call = &calls(
            &CALL_ANALYTICS,
            r#"{"JobStatus":"COMPLETED","JobName":"job-1","LanguageCode":"en-GB","Channel":"VOICE","Participants":[{"ParticipantRole":"AGENT"},{"ParticipantRole":"CUSTOMER"}],
            "ConversationCharacteristics":{"TotalConversationDurationMillis":9500},
            "Transcript":[
             {"ParticipantRole":"CUSTOMER","Content":"Yes.","Id":"2","BeginOffsetMillis":1900,"EndOffsetMillis":2300,"LoudnessScores":[1],"Items":[]},
             {"ParticipantRole":"AGENT","Content":"Thank you.","Id":"1","BeginOffsetMillis":40,"EndOffsetMillis":2000,"LoudnessScores":[70.1,null],
              "Items":[{"Type":"pronunciation","Confidence":1,"Content":"Thank","BeginOffsetMillis":40,"EndOffsetMillis":330},
                       {"Type":"pronunciation","Content":"you","BeginOffsetMillis":340,"EndOffsetMillis":500},{"Type":"punctuation","Content":".","Confidence":0}]}]}"#,
        )[0];
        assert_eq!(shown(call), ["agent [AGENT] 0.04-2 Thank you.", "customer [CUSTOMER] 1.9-2.3 Yes."]);
        assert_eq!(words(call), [("Thank".into(), 0.04, 0.33), ("you".into(), 0.34, 0.5)]);
        assert_eq!(
            (call.id.as_str(), call.stated_duration, call.language.as_deref()),
            ("job-1", Some(9.5), Some("en-GB"))
        );
    }
}
