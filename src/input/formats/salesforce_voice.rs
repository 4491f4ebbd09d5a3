//! Salesforce Voice: transcript entries with a sender's role and the client's time in milliseconds.

use crate::call::Role;
use crate::input::Gives;
use crate::input::json::{Document, Fields, Sight, Talk, Value, unit};

/// Salesforce Voice transcripts: events of the toolkit, conversation entries, message payloads.
pub static SALESFORCE_VOICE: Document = Document {
    name: "salesforce-voice",
    about: "Salesforce Voice transcripts: events, conversation entries, messages",
    recognised: "entries with clientSentTimestamp or clientTimestamp, or senderType END_USER",
    gives: Gives { roles: "stated", times: "turn start and end", names: false },
    sniff,
    read,
};

const LISTS: [&str; 5] = ["conversationEntries", "entries", "messages", "transcripts", "records"];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let at = std::iter::once(String::from("[]")).chain(LISTS.iter().map(|l| format!("{l}[]")));
    for list in at {
        let has = |key: &str| sight.outline.has(&format!("{list}.{key}"));
        let event = has("detail.clientSentTimestamp") && has("detail.sender.role");
        let entry = (has("clientTimestamp") || has("clientSentTimestamp")) && (has("sender.role") || has("senderType"));
        let typed = ["END_USER", "HUMAN_AGENT"].iter().any(|s| sight.outline.says(&format!("{list}.senderType"), s));
        if event || entry || typed {
            return Some((0.94, "entries with a sender and the client's time"));
        }
    }
    None
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    talk.id(doc.id("vendorCallKey|callId|conversationIdentifier|conversationId"));
    let list = doc.as_array().map(Vec::as_slice);
    let entries = list.or_else(|| LISTS.iter().map(|l| doc.list(l)).find(|l| !l.is_empty())).unwrap_or_default();
    for entry in entries {
        let said = if entry.at("detail").is_object() { entry.at("detail") } else { entry };
        talk.id(said.id("callId"));
        let stated = said.text("sender.role").or_else(|| said.text("senderType")).unwrap_or_default();
        let folded = stated.to_ascii_lowercase().replace('_', "");
        let role = match folded.as_str() {
            "agent" | "humanagent" | "supervisor" => Role::Agent,
            "enduser" | "customer" => Role::Customer,
            "virtualagent" | "chatbot" | "bot" => Role::Bot,
            "system" => continue,
            _ => Role::Unknown,
        };
        let text = said
            .said("content.text")
            .or_else(|| said.said("messageText|text|content"))
            .or_else(|| said.said("entryPayload.abstractMessage.staticContent.text"));
        let person = said.id("participantId").or_else(|| said.id("sender.subject"));
        let who = talk.who(role, person.as_deref().unwrap_or(stated), None);
        let start =
            unit::at("millis", said.at("clientSentTimestamp|clientTimestamp|startTime|transcriptedTimestamp"), None);
        talk.say(who, start, unit::at("millis", said.at("endTime"), None), text.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn events_and_entries() {
        let call = &calls(
            &SALESFORCE_VOICE,
            r#"[{"type":"TRANSCRIPT","detail":{"clientSentTimestamp":1700000000500,"content":{"formatType":"Text","text":"Hello"},"callId":"s-1","sender":{"role":"Agent"}}},
               {"type":"TRANSCRIPT","detail":{"clientSentTimestamp":1700000003000,"content":{"text":"Hi"},"callId":"s-1","sender":{"role":"EndUser"}}}]"#,
        )[0];
        assert_eq!(shown(call), ["agent [Agent] 0-? Hello", "customer [EndUser] 2.5-? Hi"]);
        assert_eq!(call.id, "s-1");
        let call = &calls(
            &SALESFORCE_VOICE,
            r#"{"messages":[{"participantId":"p1","messageId":"m","content":"Press one.","senderType":"VIRTUAL_AGENT","startTime":1700000000000,"endTime":1700000001000},
               {"participantId":"p2","content":"One.","senderType":"END_USER","startTime":1700000002000,"endTime":1700000002500}]}"#,
        )[0];
        assert_eq!(shown(call), ["bot [p1] 0-1 Press one.", "customer [p2] 2-2.5 One."]);
    }
}
