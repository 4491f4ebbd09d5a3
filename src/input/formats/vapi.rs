//! Vapi: messages with the seconds from the start, among system prompts and tool calls.

use crate::input::json::{At, CallBuilder, Document, Fields, Sight, Value, time, voice_ai};
use crate::input::{FormatInfo, Gives};

/// Vapi calls and end-of-call reports.
pub static VAPI: Document = Document {
    info: FormatInfo {
        name: "vapi",
        about: "Vapi calls and end-of-call reports",
        recognised: "messages with secondsFromStart",
        gives: Gives { roles: "stated", times: "turn start and end", names: false },
    },
    sniff,
    read,
    ..Document::PLAIN
};

const AT: [&str; 4] = ["messages", "artifact.messages", "message.artifact.messages", "message.messages"];

fn sniff(sight: &Sight<'_>) -> Option<(f64, &'static str)> {
    let known = AT.iter().any(|p| sight.outline.has(&format!("{p}[].secondsFromStart")))
        || sight.outline.has("[].secondsFromStart");
    known.then_some((0.95, "messages with secondsFromStart"))
}

fn read(doc: &Value, builder: &mut CallBuilder<'_>) {
    builder.id(doc.id("call.id").or_else(|| doc.id("message.call.id")).or_else(|| doc.id("id")));
    builder.call().started = time::moment(doc.at("startedAt"));
    let messages = doc.as_array().map(Vec::as_slice).or_else(|| AT.iter().map(|p| doc.list(p)).find(|l| !l.is_empty()));
    for message in messages.unwrap_or_default() {
        let stated = message.text("role").unwrap_or_default();
        let Some(role) = voice_ai::role(stated) else {
            continue;
        };
        let start = message.number("secondsFromStart");
        // Lengths are milliseconds; older calls only have both stamps.
        let stamps = || Some(message.number("endTime")? - message.number("time")?);
        let length = message.number("duration").or_else(stamps).filter(|l| *l > 0.0);
        let end = start.and_then(|s| Some(((s * 1000.0 + length?) * 1000.0).round() / 1e6));
        let who = builder.speaker(role, stated, None);
        let text = message.said("message").or_else(|| message.said("content"));
        builder.push_turn(who, start.map(At::Offset), end.map(At::Offset), text.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::json::testing::{calls, shown};

    #[test]
    fn prompts_and_tools_are_not_said() {
        let messages = r#""messages":[{"role":"system","message":"You are","time":1700000000000,"secondsFromStart":0},
            {"role":"bot","message":"Hello.","time":1700000001480,"endTime":1700000003000,"secondsFromStart":1.48,"duration":1520},
            {"role":"tool_calls","toolCalls":[],"message":"","secondsFromStart":2},
            {"role":"user","message":"Hi.","time":1700000004000,"endTime":1700000004250,"secondsFromStart":4}]"#;
        let want = ["bot [bot] 1.48-3 Hello.", "customer [user] 4-4.25 Hi."];
        let call = &calls(&VAPI, &format!(r#"{{"id":"v-1",{messages}}}"#))[0];
        assert_eq!(shown(call), want);
        assert_eq!(call.id, "v-1");
        let report =
            format!(r#"{{"message":{{"type":"end-of-call-report","call":{{"id":"v-2"}},"artifact":{{{messages}}}}}}}"#);
        let call = &calls(&VAPI, &report)[0];
        assert_eq!((shown(call), call.id.as_str()), (want.map(str::to_owned).to_vec(), "v-2"));
    }
}
