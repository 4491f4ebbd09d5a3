//! `LivePerson` conversation history: messages of consumers, agents and bots.

use crate::call::Role;
use crate::input::Gives;
use crate::input::json::{Document, Fields, Sight, Talk, Value, unit};

/// `LivePerson` messaging interactions.
pub static LIVEPERSON: Document = Document {
    name: "liveperson",
    about: "LivePerson conversation history",
    recognised: "conversationHistoryRecords or messageRecords",
    gives: Gives { roles: "stated", times: "sent", names: true },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.any(&[
        "conversationHistoryRecords[].messageRecords[]",
        "conversationHistoryRecords[].info",
        "messageRecords[].messageData",
        "[].messageRecords[].messageData",
    ]);
    known.then_some((0.95, "messageRecords"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let records = doc
        .as_array()
        .map(Vec::as_slice)
        .or_else(|| Some(doc.list("conversationHistoryRecords")).filter(|l| !l.is_empty()));
    match records {
        Some(records) => records.iter().for_each(|r| conversation(r, talk)),
        None => conversation(doc, talk),
    }
}

fn conversation(record: &Value, talk: &mut Talk<'_>) {
    let info = record.at("info");
    talk.chat();
    talk.id(info.id("conversationId"));
    let call = talk.call();
    call.agent = info.id("latestAgentFullName|latestAgentNickname|latestAgentLoginName");
    call.queue = info.id("latestSkillName");
    call.started = unit::moment(info.at("startTimeL"));
    let agents = record.people("agentParticipants");
    for message in record.list("messageRecords") {
        // Notes among agents are not said to the customer.
        if message.text("audience").is_some_and(|a| a != "ALL") {
            continue;
        }
        let id = message.text("participantId").unwrap_or_default();
        let agent =
            agents.iter().find(|a| a.text("participantId|agentId") == Some(id) || a.text("agentId") == Some(id));
        let sent_by = message.text("sentBy").unwrap_or_default();
        let machine = agent.is_some_and(|a| {
            a.text("userTypeName").is_some_and(|t| t.eq_ignore_ascii_case("bot"))
                || a.id("userType").as_deref() == Some("2")
        });
        let role = match sent_by.to_ascii_lowercase().as_str() {
            "consumer" => Role::Customer,
            "agent" if machine => Role::Bot,
            "agent" | "manager" => Role::Agent,
            "bot" => Role::Bot,
            "system" | "controller" => continue,
            _ => Role::Unknown,
        };
        let name = agent.and_then(|a| a.text("agentFullName|agentNickname"));
        let text = message.said("messageData.msg.text").or_else(|| message.said("messageData.quickReplies.text"));
        let who = talk.who(role, if id.is_empty() { sent_by } else { id }, name);
        let sent = unit::at("time", message.at("timeL|time"), None);
        talk.say(who, sent, None, text.unwrap_or_default());
    }
    if let Some(name) = record.list("consumerParticipants").iter().find_map(|c| c.text("firstName|consumerName")) {
        talk.call().customer = Some(name.to_owned());
    }
    talk.hand_over();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn each_record_is_a_call() {
        let calls = calls(
            &LIVEPERSON,
            r#"{"_metadata":{"count":2},"conversationHistoryRecords":[
             {"info":{"conversationId":"l-1","latestAgentFullName":"Jo Bell","latestSkillName":"undefined","startTimeL":1700000000000},
              "agentParticipants":[{"participantId":"a1","agentFullName":"Jo Bell"},{"participantId":"b1","agentFullName":"Helper","userTypeName":"Bot"}],
              "messageRecords":[{"type":"TEXT_PLAIN","messageData":{"msg":{"text":"Hi"}},"timeL":1700000002000,"sentBy":"Consumer","participantId":"c1"},
               {"type":"TEXT_PLAIN","messageData":{"msg":{"text":"Welcome"}},"timeL":1700000003000,"sentBy":"Agent","participantId":"b1"},
               {"type":"RICH_CONTENT","messageData":{"richContent":{"content":"{}"}},"timeL":1700000004000,"sentBy":"Agent","participantId":"a1"},
               {"type":"TEXT_PLAIN","messageData":{"msg":{"text":"Hello\nthere"}},"timeL":1700000005500,"sentBy":"Agent","participantId":"a1"}]},
             {"info":{"conversationId":"l-2"},"messageRecords":[{"messageData":{"msg":{"text":"Hey"}},"timeL":1700000100000,"sentBy":"Consumer","participantId":"c2"}]}]}"#,
        );
        assert_eq!(shown(&calls[0]), ["customer [c1] 2-? Hi", "bot [b1] 3-? Welcome", "agent [a1] 5.5-? Hello\nthere"]);
        assert_eq!((calls[0].agent.as_deref(), calls[0].queue.as_deref()), (Some("Jo Bell"), None));
        assert_eq!((calls[1].id.as_str(), calls[1].turns.len()), ("l-2", 1));
    }
}
