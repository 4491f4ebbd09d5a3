//! Dialpad: lines of a call, of which only those of type `transcript` are said.

use crate::call::Role;
use crate::input::Gives;
use crate::input::json::{At, Document, Fields, Sight, Talk, Value, unit};

/// Dialpad call transcripts.
pub static DIALPAD: Document = Document {
    name: "dialpad",
    about: "Dialpad call transcripts",
    recognised: "lines of content, time, type and user_id or contact_id",
    gives: Gives { roles: "stated", times: "turn start", names: true },
    sniff,
    read,
};

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = sight.all(&["lines[].content", "lines[].type"])
        && sight.any(&["lines[].user_id", "lines[].contact_id", "lines[].time"]);
    known.then_some((0.94, "lines of content and type"))
}

fn read(doc: &Value, talk: &mut Talk<'_>) {
    talk.id(doc.id("call_id"));
    for line in doc.list("lines") {
        if line.text("type").is_some_and(|t| t != "transcript") {
            continue;
        }
        let (user, contact) = (line.id("user_id"), line.id("contact_id"));
        let role = match (&user, &contact) {
            (Some(_), _) => Role::Agent,
            (None, Some(_)) => Role::Customer,
            (None, None) => Role::Unknown,
        };
        let name = line.text("name");
        let label = name.map(str::to_owned).or(user).or(contact);
        let who = talk.who(role, &label.unwrap_or_default(), name);
        let sent = line.text("time").and_then(unit::date).map(At::Instant);
        talk.say(who, sent, None, line.said("content").unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn moments_are_not_said() {
        let call = &calls(
            &DIALPAD,
            r#"{"call_id":"5001","lines":[
              {"contact_id":"c1","name":"Ann","content":"Hi.","time":"2026-05-01T09:30:01.250000","type":"transcript","user_id":null},
              {"name":"Ann","content":"sentiment","time":"2026-05-01T09:30:02","type":"moment"},
              {"user_id":"u1","name":"Jo","content":"Hello.","time":"2026-05-01T09:30:04.500000","type":"transcript"}]}"#,
        )[0];
        assert_eq!(shown(call), ["customer [Ann] 0-? Hi.", "agent [Jo] 3.25-? Hello."]);
        assert_eq!((call.id.as_str(), call.agent.as_deref()), ("5001", Some("Jo")));
    }
}
