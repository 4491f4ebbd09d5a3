//! Amazon Connect Contact Lens, voice: `Transcript` joined to `Participants`, times in milliseconds.

use crate::input::json::json_error;
use crate::input::{Format, FormatInfo, Gives, Guess, Head, ReadError, Record};
use std::borrow::Cow;

use serde::Deserialize;

use crate::call::{Call, Clock, HowRoles};
use crate::input::formats::aws::role;
use crate::roles::labels;

/// Contact Lens analysis files of calls.
#[derive(Debug)]
pub struct ContactLens;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Analysis<'a> {
    #[serde(default)]
    customer_metadata: Option<CustomerMetadata>,
    #[serde(default)]
    language_code: Option<String>,
    #[serde(default)]
    participants: Option<Vec<Participant>>,
    #[serde(default)]
    conversation_characteristics: Option<Characteristics>,
    #[serde(borrow)]
    transcript: Vec<Utterance<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CustomerMetadata {
    #[serde(default)]
    contact_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Participant {
    #[serde(default, rename = "ParticipantId")]
    id: Option<String>,
    #[serde(default, rename = "ParticipantRole")]
    role: Option<String>,
    #[serde(default)]
    display_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Characteristics {
    #[serde(default)]
    total_conversation_duration_millis: Option<f64>,
}

/// A string that borrows from the document where it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Utterance<'a> {
    #[serde(borrow, default)]
    content: Option<Text<'a>>,
    #[serde(default)]
    participant_id: Option<String>,
    #[serde(default)]
    begin_offset_millis: Option<f64>,
    #[serde(default)]
    end_offset_millis: Option<f64>,
}

impl Format for ContactLens {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "contact-lens",
            about: "Amazon Connect Contact Lens analysis of a call",
            recognised: "object with Participants and a Transcript of Content, ParticipantId and BeginOffsetMillis",
            gives: Gives { roles: "stated", times: "turn start and end", names: false },
        }
    }

    fn sniff(&self, head: &Head<'_>) -> Option<Guess> {
        let outline = head.outline();
        if outline.has("Transcript[].AbsoluteTime") || outline.says("Channel", "CHAT") {
            return None;
        }
        if outline.has("Transcript[].ParticipantId") && outline.has("Transcript[].BeginOffsetMillis") {
            return Some(Guess { confidence: 0.95, because: "object with Participants and Transcript" });
        }
        let beside = outline.has("Participants[].ParticipantId") || outline.has("CustomerMetadata.ContactId");
        let likely = beside && (outline.has("Transcript[]") || outline.says("Channel", "VOICE"));
        likely.then_some(Guess { confidence: 0.8, because: "object with Participants of a contact" })
    }

    fn parse(&self, record: &Record<'_>, call: &mut Call, each: &mut dyn FnMut(&mut Call)) -> Result<(), ReadError> {
        let analysis: Analysis<'_> = serde_json::from_slice(record.bytes).map_err(|e| ReadError(json_error(&e)))?;
        let participants = analysis.participants.unwrap_or_default();
        call.id.push_str(analysis.customer_metadata.and_then(|m| m.contact_id).as_deref().unwrap_or_default());
        call.language = analysis.language_code;
        let duration = analysis.conversation_characteristics.and_then(|c| c.total_conversation_duration_millis);
        call.stated_duration = duration.map(seconds);
        for turn in &analysis.transcript {
            let id = turn.participant_id.as_deref().unwrap_or_default();
            let joined = participants.iter().take(1000).find(|p| p.id.as_deref() == Some(id));
            // The ids of voice files are the roles themselves; a join that says something else wins.
            let stated = joined.and_then(|p| p.role.as_deref()).unwrap_or(id);
            let Some(role) = role(stated) else { continue };
            let text = turn.content.as_ref().map_or("", |t| t.0.trim());
            if text.is_empty() {
                continue;
            }
            let name = joined.and_then(|p| p.display_name.as_deref()).filter(|n| !n.is_empty());
            let speaker = call.speaker(role, id, name);
            let (start, end) = (turn.begin_offset_millis.map(seconds), turn.end_offset_millis.map(seconds));
            call.push_turn(speaker, start, end.filter(|e| start.is_none_or(|s| *e >= s)), text);
        }
        if call.turns.is_empty() {
            return Err(ReadError(
                "nobody says anything in it: \"Transcript\" has no utterance of a participant".into(),
            ));
        }
        if call.turns.iter().any(|t| t.start.is_some()) {
            call.clock = Clock::Speech;
        }
        call.sort_turns();
        labels::settle(call, HowRoles::Stated);
        each(call);
        Ok(())
    }
}

fn seconds(millis: f64) -> f64 {
    millis / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    const CALL: &str = r#"{"Version":"1.1.0","Channel":"VOICE","CustomerMetadata":{"ContactId":"k-1"},"LanguageCode":"en-US",
      "Participants":[{"ParticipantId":"p1","ParticipantRole":"AGENT","DisplayName":"Jo"},{"ParticipantId":"CUSTOMER","ParticipantRole":"CUSTOMER"},
                      {"ParticipantId":"p3","ParticipantRole":"SYSTEM"}],
      "ConversationCharacteristics":{"TotalConversationDurationMillis":9000},
      "Transcript":[{"BeginOffsetMillis":2580,"EndOffsetMillis":3095,"Content":"My name is [PII].","Id":"b","ParticipantId":"CUSTOMER","Redaction":{"RedactedTimestamps":[]}},
                    {"BeginOffsetMillis":2540,"EndOffsetMillis":2975,"Content":"Hello.","Id":"a","ParticipantId":"p1"},
                    {"BeginOffsetMillis":1,"EndOffsetMillis":2,"Content":"Joined.","ParticipantId":"p3"}]}"#;

    #[test]
    fn turns_are_joined_to_participants_and_sorted() {
        let mut call = Call::default();
        let record = Record { bytes: CALL.as_bytes(), header: None };
        let mut count = 0;
        ContactLens
            .parse(&record, &mut call, &mut |call| {
                count += 1;
                let shown: Vec<_> =
                    call.turns.iter().map(|t| (call.role(t), t.start, t.end, call.turn_text(t))).collect();
                assert_eq!(
                    shown,
                    [
                        (Role::Agent, Some(2.54), Some(2.975), "Hello."),
                        (Role::Customer, Some(2.58), Some(3.095), "My name is [PII].")
                    ]
                );
                assert_eq!((call.id.as_str(), call.agent.as_deref()), ("k-1", Some("Jo")));
                assert_eq!((call.stated_duration, call.roles.how), (Some(9.0), HowRoles::Stated));
            })
            .expect("a call");
        assert_eq!(count, 1);
    }

    #[test]
    fn voice_is_recognised_and_chat_is_left() {
        let sniff = |text: &str| ContactLens.sniff(&Head::new(text.as_bytes(), false, "")).map(|g| g.confidence);
        assert!(sniff(CALL).is_some_and(|c| c > 0.9));
        assert!(sniff(&CALL[..420]).is_some_and(|c| c > 0.5));
        assert!(sniff(r#"{"Channel":"CHAT","Transcript":[{"ParticipantId":"x","AbsoluteTime":""}]}"#).is_none());
        assert!(sniff(r#"{"turns":[]}"#).is_none());
    }
}
