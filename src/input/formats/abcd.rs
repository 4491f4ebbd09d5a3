//! The ABCD corpus of chats: pairs of role and text; actions are buttons the agent pressed.

use crate::input::Gives;
use crate::input::json::{Document, Fields, Sight, Talk, Value};
use crate::input::labels::{role_word, told};

/// ABCD conversations.
pub static ABCD: Document = Document {
    name: "abcd-chat",
    about: "ABCD action-based conversations (research corpus)",
    recognised: "original as pairs of role and text, beside convo_id or scenario",
    gives: Gives { roles: "stated", times: "none", names: false },
    sniff,
    read,
};

const LISTS: [&str; 4] = ["train", "dev", "test", "data"];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let at = ["", "[].", "train[].", "dev[].", "test[].", "data[]."];
    let known = at.iter().any(|at| {
        let has = |key: &str| sight.outline.has(&format!("{at}{key}"));
        has("original[][]") && (has("convo_id") || has("scenario") || has("delexed"))
    });
    known.then_some((0.95, "original as pairs of role and text"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    let lists = LISTS.iter().flat_map(|l| doc.list(l));
    let all: Vec<&Value> = match doc.as_array() {
        Some(list) => list.iter().collect(),
        None if doc.at("original").is_array() => vec![doc],
        None => lists.collect(),
    };
    for conversation in all {
        talk.id(conversation.id("convo_id"));
        for pair in conversation.list("original") {
            let (Some(label), Some(text)) = (pair.get(0).and_then(Value::as_str), pair.get(1).and_then(Value::as_str))
            else {
                continue;
            };
            if !told(label).nobody {
                let who = talk.who(role_word(label), label, None);
                talk.say(who, None, None, text);
            }
        }
        talk.hand_over();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn actions_are_no_turns() {
        let one = r#"{"convo_id":3592,"scenario":{"flow":"x"},"original":[["agent","Hello."],["customer","Hi."],["action","Account pulled up."]],"delexed":[]}"#;
        let want = ["agent [agent] ?-? Hello.", "customer [customer] ?-? Hi."];
        let call = &calls(&ABCD, one)[0];
        assert_eq!((shown(call), call.id.as_str()), (want.map(str::to_owned).to_vec(), "3592"));
        assert_eq!(calls(&ABCD, &format!(r#"{{"train":[{one},{one}],"dev":[{one}]}}"#)).len(), 3);
    }
}
