//! Azure Language, conversations: items of participants whose ids or roles say who they are.

use crate::call::Role;
use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value};
use crate::input::labels::{role_word, told};

/// Input of Azure's conversation analysis.
pub static AZURE_CONVERSATIONS: Document = Document {
    name: "azure-conversations",
    about: "Azure Language conversations, as the analysis takes them",
    recognised: "conversationItems with participantId",
    gives: Gives { roles: "labels", times: "words", names: false },
    sniff,
    read,
};

const ITEMS: [&str; 4] = [
    "analysisInput.conversations[].conversationItems[]",
    "conversations[].conversationItems[]",
    "analysisInput.conversationItem.conversationItems[]",
    "conversationItems[]",
];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    sight.any(&ITEMS).then_some((0.95, "conversationItems"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let mut conversations: Vec<&Value> =
        ["analysisInput.conversations", "conversations"].iter().flat_map(|p| doc.list(p)).collect();
    if conversations.is_empty() {
        let inner = doc.at("analysisInput.conversationItem");
        conversations.push(if inner.is_null() { doc } else { inner });
    }
    for conversation in conversations {
        talk.id(conversation.id("id"));
        talk.call().language = conversation.id("language");
        for item in conversation.list("conversationItems") {
            said(item, talk);
        }
        talk.hand_over();
    }
}

fn said(item: &Value, talk: &mut Talk<'_>) {
    let label = item.id("participantId").unwrap_or_default();
    let stated = item.text("role").map_or(Role::Unknown, role_word);
    let told = told(&label);
    let text = ["text", "display", "itn", "maskedItn", "lexical"].iter().find_map(|k| item.said(k));
    let role = if stated == Role::Unknown { told.role } else { stated };
    let (Some(text), false) = (text, told.nobody) else {
        return;
    };
    if stated == Role::Unknown {
        talk.by_labels();
    }
    let who = talk.who(role, &label, told.name.as_deref());
    let ticks = |v: Option<f64>| v.map(|t| At::Offset(t / 1e7));
    let words = match item.list("audioTimings") {
        [] => item.list("wordLevelTimings"),
        some => some,
    };
    let end = |w: &Value| Some(w.number("offset")? + w.number("duration")?);
    let (first, last) = (words.first(), words.last());
    let start = ticks(first.and_then(|w| w.number("offset")));
    if talk.say(who, start, ticks(last.and_then(end)), text) {
        for word in words {
            talk.word(word.said("word").unwrap_or_default(), ticks(word.number("offset")), ticks(end(word)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn each_conversation_is_a_call() {
        let calls = calls(
            &AZURE_CONVERSATIONS,
            r#"{"displayName":"d","analysisInput":{"conversations":[
              {"id":"c1","language":"en","modality":"text","conversationItems":[{"participantId":"Agent","id":"1","text":"Hello."},{"participantId":"Customer","id":"2","text":"Hi."}]},
              {"id":"c2","modality":"transcript","conversationItems":[{"participantId":"p1","role":"Agent","id":"1","text":"Hey.","lexical":"hey","audioTimings":[{"word":"hey","offset":5000000,"duration":2500000}]},{"participantId":"p2","role":"Customer","id":"2","lexical":"so"}]}]}}"#,
        );
        assert_eq!(shown(&calls[0]), ["agent [Agent] ?-? Hello.", "customer [Customer] ?-? Hi."]);
        assert_eq!(shown(&calls[1]), ["agent [p1] 0.5-0.75 Hey.", "customer [p2] ?-? so"]);
        assert_eq!((calls[1].id.as_str(), calls[1].words.len()), ("c2", 1));
    }
}
