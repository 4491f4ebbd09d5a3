//! Twilio Conversational Intelligence: sentences by media channel; who is on which channel stands in the transcript's
//! own resource, which may be merged in.

use crate::call::Role;
use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value, unit};
use crate::input::labels::role_word;

/// Twilio sentences.
pub static TWILIO: Document = Document {
    name: "twilio",
    about: "Twilio Conversational Intelligence sentences",
    recognised: "sentences with media_channel and transcript",
    gives: Gives { roles: "channels", times: "words", names: true },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = ["sentences[].media_channel", "sentences[].transcript"];
    let listed = ["[].media_channel", "[].transcript", "[].sentence_index"];
    (sight.all(&known) || sight.all(&listed)).then_some((0.95, "sentences with media_channel"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let about = if doc.at("transcript").is_object() { doc.at("transcript") } else { doc };
    talk.id(about.id("sid|transcript_sid"));
    talk.call().started = unit::moment(about.at("media_start_time"));
    talk.call().language = about.id("language_code");
    let people = about.people("channel.participants");
    let sentences = doc.as_array().map_or_else(|| doc.list("sentences"), Vec::as_slice);
    for sentence in sentences {
        let channel = sentence.number("media_channel");
        let person = people.iter().find(|p| channel.is_some() && p.number("channel_participant") == channel);
        let role = person.and_then(|p| p.text("role")).map_or(Role::Unknown, role_word);
        let label = channel.map_or(String::new(), |c| format!("ch_{c}"));
        let who = talk.who(role, &label, person.and_then(|p| p.text("full_name")));
        let said = talk.say(
            who,
            at(sentence, "start_time"),
            at(sentence, "end_time"),
            sentence.said("transcript").unwrap_or_default(),
        );
        for word in sentence.list("words").iter().filter(|_| said) {
            talk.word(word.said("word").unwrap_or_default(), at(word, "start_time"), at(word, "end_time"));
        }
    }
}

fn at(of: &Value, key: &str) -> Option<At> {
    of.number(key).map(At::Offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn times_may_be_strings_or_nothing() {
        let sentences = r#""sentences":[
            {"media_channel":1,"sentence_index":0,"start_time":"0.5","end_time":"1.25","transcript":"Hello.","confidence":"0.9","words":[{"word":"Hello.","start_time":"0.5","end_time":"1.25"}]},
            {"media_channel":2,"sentence_index":1,"start_time":null,"end_time":null,"transcript":"Hi.","words":[{"word":"Hi.","start_time":null,"end_time":null}]}]"#;
        let call = &calls(&TWILIO, &format!(r#"{{{sentences},"meta":{{"page":0}}}}"#))[0];
        assert_eq!(shown(call), ["unknown [ch_1] 0.5-1.25 Hello.", "unknown [ch_2] ?-? Hi."]);
        assert_eq!(call.words.len(), 1);
        let merged = format!(
            r#"{{"transcript":{{"sid":"GT1","channel":{{"participants":[{{"channel_participant":1,"role":"Customer"}},{{"channel_participant":2,"role":"Agent","full_name":"Jo"}}]}}}},{sentences}}}"#
        );
        let call = &calls(&TWILIO, &merged)[0];
        assert_eq!(shown(call), ["customer [ch_1] 0.5-1.25 Hello.", "agent [ch_2] ?-? Hi."]);
        assert_eq!((call.id.as_str(), call.agent.as_deref()), ("GT1", Some("Jo")));
    }
}
