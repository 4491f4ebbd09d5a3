//! Turns as a list of objects of any vendor: which key holds the text, who speaks and when, by the keys' names.

use serde_json::{Map, Value};

use crate::input::json::titles::id_rank;

/// What a key of a turn may hold, with how much its name alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// What is said; false for names that hold other things as well.
    Text(bool),
    /// Who says it; false likewise.
    Speaker(bool),
    /// When it starts.
    Start,
    /// When it ends.
    End,
    /// How long it takes.
    Length,
    /// The call it belongs to.
    Call,
    /// Anything else.
    Other,
}

/// The meaning of a key, in any of `speaker_role`, `speakerRole`, `SpeakerRole`.
pub fn key(name: &str) -> Key {
    match folded(name).as_str() {
        "text" | "message" | "content" | "utterance" | "transcript" | "messagetext" | "utterancetext" | "sentence"
        | "transcription" | "msg" | "displaytext" | "speech" | "spokentext" | "transcripttext" | "said"
        | "dialogue" => Key::Text(true),
        "body" | "value" | "display" | "line" | "phrase" | "words" | "response" => Key::Text(false),
        "speaker" | "role" | "speakerrole" | "speakerlabel" | "speakerid" | "speakername" | "speakertype"
        | "sender" | "isuser" | "iscustomer" | "fromuser" | "fromcustomer" | "isagent" | "fromagent" | "isbot"
        | "frombot" | "isassistant" | "sendertype" | "senderrole" | "sendername" | "sentby" | "participant"
        | "participantid" | "participantrole" | "participanttype" | "author" | "authorname" | "speakertag"
        | "participantname" => Key::Speaker(true),
        "from" | "user" | "who" | "source" | "channel" | "channelid" | "name" | "party" | "username" | "person"
        | "actor" | "side" | "talker" | "direction" => Key::Speaker(false),
        "start" | "starttime" | "startms" | "starts" | "ts" | "time" | "timestamp" | "offset" | "begin"
        | "begintime" | "startoffset" | "starttimestamp" | "startseconds" | "startsec" | "startsecs"
        | "startmillis" | "startmilliseconds" | "starttimems" | "timestampms" | "offsetms" | "offsetmillis"
        | "offsetmilliseconds" | "offsetseconds" | "startoffsetms" | "beginoffsetmillis" | "beginms"
        | "begintimems" | "createdat" | "sentat" | "datetime" | "date" | "startusec" | "starttimestampusec"
        | "timeincallsecs" | "secondsfromstart" | "startinseconds" | "stime" | "startedat" | "t" | "at" | "when"
        | "timecode" | "created" | "sent" | "datesent" | "datecreated" | "eventtime" | "messagetime" => Key::Start,
        "end" | "endtime" | "endms" | "ends" | "stop" | "endoffset" | "endtimestamp" | "endseconds" | "endsec"
        | "endsecs" | "endmillis" | "endmilliseconds" | "endtimems" | "endoffsetms" | "endoffsetmillis" | "finish"
        | "endusec" | "etime" | "endts" | "endedat" => Key::End,
        "duration"
        | "durationms"
        | "durationmillis"
        | "durationmilliseconds"
        | "durationseconds"
        | "durationsecs"
        | "durations"
        | "length" => Key::Length,
        "callid" | "conversationid" | "transcriptid" | "contactid" | "interactionid" | "sessionid" | "recordingid"
        | "ticketid" | "dialogueid" | "dialogid" | "convoid" => Key::Call,
        _ => Key::Other,
    }
}

/// Names of lists that hold words, or what is known about a call, but no turns.
#[rustfmt::skip]
const NO_TURNS: &[&str] = &[
    "words", "items", "tokens", "wordsegments", "alternatives", "participants", "parties", "topics", "categories",
    "entities", "summary", "summaries", "actionitems", "highlights", "tags", "users", "speakers", "attachments",
    "tools", "toolcalls", "functions", "issues", "wordtimings", "keywords", "questions", "chapters", "sentiments",
    "annotations", "sources",
];

/// Names of lists that hold turns.
#[rustfmt::skip]
const TURNS: &[&str] = &[
    "transcript", "turns", "messages", "utterances", "segments", "conversation", "dialogue", "dialog", "entries",
    "lines", "phrases", "transcription", "sentences", "chat", "monologues", "transcripts", "interactions", "dialogs",
    "messagelist", "chatmessages",
];

/// Whether a list may hold turns, by its own name.
pub fn may_hold_turns(path: &str) -> bool {
    !NO_TURNS.contains(&own_name(path).as_str())
}

/// Whether a list's own name says that it holds turns.
pub fn named_for_turns(path: &str) -> bool {
    TURNS.contains(&own_name(path).as_str())
}

/// The last name of a path, in lower case without signs.
fn own_name(path: &str) -> String {
    let last = path.trim_end_matches("[]").rsplit(['.', ']']).next();
    folded(last.unwrap_or_default())
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether objects with these keys are turns: something is said by somebody. One of the two names must be sure, and
/// `{name, value}` is no turn.
pub fn is_turn<'k>(keys: impl Iterator<Item = &'k str>) -> bool {
    let (mut text, mut speaker) = (None, None);
    let (mut start, mut end) = (false, false);
    // Chats for training models have this pair and nothing surer, mails and text messages that of "from" and "body".
    let (mut from, mut value) = (false, false);
    for name in keys {
        from |= name == "from";
        value |= name == "value" || name == "body";
        from |= name == "direction";
        match key(name) {
            Key::Text(sure) => text = Some(sure || text == Some(true)),
            Key::Speaker(sure) => speaker = Some(sure || speaker == Some(true)),
            Key::Start => start = true,
            Key::End => end = true,
            _ => {}
        }
    }
    match (text, speaker) {
        (Some(sure), Some(too)) => sure || too || (from && value),
        // Nobody is told, but it is spoken: it has two ends.
        (Some(true), None) => start && end,
        _ => false,
    }
}

/// Which keys of a turn hold what, the surest first.
#[derive(Debug, Default)]
pub struct Layout<'v> {
    /// Keys of texts.
    pub text: Vec<&'v str>,
    /// Keys of speakers.
    pub speaker: Vec<&'v str>,
    /// The key of the start.
    pub start: Option<&'v str>,
    /// The key of the end.
    pub end: Option<&'v str>,
    /// The key of the length.
    pub length: Option<&'v str>,
    /// The key of the call's id.
    pub call: Option<&'v str>,
}

impl<'v> Layout<'v> {
    /// The layout of a list, from all of its turns.
    pub fn of(turns: &'v [Value]) -> Layout<'v> {
        let mut layout = Layout::default();
        let (mut weak_text, mut weak_speaker) = (Vec::new(), Vec::new());
        for (name, _) in turns.iter().filter_map(Value::as_object).flat_map(Map::iter) {
            let place = match key(name) {
                Key::Text(true) => &mut layout.text,
                Key::Text(false) => &mut weak_text,
                Key::Speaker(true) => &mut layout.speaker,
                Key::Speaker(false) => &mut weak_speaker,
                Key::Start => {
                    layout.start = Some(finer(layout.start, name));
                    continue;
                }
                Key::End => {
                    layout.end = layout.end.or(Some(name));
                    continue;
                }
                Key::Length => {
                    layout.length = layout.length.or(Some(name));
                    continue;
                }
                Key::Call => {
                    let surer = |known: &&str| id_rank(known) >= id_rank(name);
                    layout.call = layout.call.filter(surer).or(Some(name));
                    continue;
                }
                Key::Other => continue,
            };
            if place.len() < 16 && !place.contains(&name.as_str()) {
                place.push(name);
            }
        }
        layout.text.append(&mut weak_text);
        layout.speaker.append(&mut weak_speaker);
        layout
    }
}

/// Of two keys of starts the one that is on the recording's clock: `start` before `timestamp`.
fn finer<'v>(known: Option<&'v str>, name: &'v str) -> &'v str {
    let rank = |n: &str| {
        let lower = n.to_ascii_lowercase();
        if lower.contains("start") || lower.contains("begin") {
            0
        } else if lower.contains("offset") || lower.contains("second") {
            1
        } else if lower.contains("date") || lower.contains("created") {
            3
        } else {
            2
        }
    };
    known.filter(|k| rank(k) <= rank(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_told_from_other_objects() {
        let turn = |keys: &[&str]| is_turn(keys.iter().copied());
        for yes in [
            &["SpeakerRole", "Text"][..],
            &["from", "content"],
            &["role", "value"],
            &["start", "end", "text"],
            &["participantId", "display"],
        ] {
            assert!(turn(yes), "{yes:?}");
        }
        for no in [
            &["name", "value"][..],
            &["text", "timestamp"],
            &["role", "start"],
            &["title", "body"],
            &["start", "end", "body"],
        ] {
            assert!(!turn(no), "{no:?}");
        }
        assert!(!may_hold_turns("results[].words[]") && may_hold_turns("[]"));
        assert!(named_for_turns("data.transcript[]") && !named_for_turns("rows[]"));
    }
}
