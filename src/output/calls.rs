//! A call as a line of call JSONL, which is no report: what `heard convert` writes, and examples of rules hold.

use super::escape;
use crate::call::{Call, Clock, Role};

/// Appends a call as a line of call JSONL. What is not known is left out; times are as stored, unrounded, so that
/// the call that is read from the line is the call that was written.
pub fn line(call: &Call, to: &mut Vec<u8>) {
    let mut object = Object::begin(to);
    object.text("call", Some(&call.id));
    object.text("agent", call.agent.as_deref());
    object.text("customer", call.customer.as_deref());
    object.text("started", call.started.as_deref());
    object.text("queue", call.queue.as_deref());
    object.text("language", call.language.as_deref());
    object.number("duration_s", call.stated_duration);
    if call.clock == Clock::Sent {
        // Windows in seconds do not apply to times of sending, and nothing else in the line would tell.
        object.text("clock", Some("sent"));
    }
    if !call.meta.is_empty() {
        object.key("meta");
        escape::object(&call.meta, object.to);
    }
    object.key("turns");
    object.to.push(b'[');
    for (k, turn) in call.turns.iter().enumerate() {
        if k > 0 {
            object.to.push(b',');
        }
        let speaker = call.speakers.get(usize::from(turn.speaker));
        let (role, label) = speaker.map_or((Role::Unknown, ""), |s| (s.role, s.label.as_str()));
        let mut fields = Object::begin(object.to);
        // A voice of unknown role keeps its label, so that --roles can still map it.
        fields.text("speaker", Some(if role == Role::Unknown && !label.is_empty() { label } else { role.as_str() }));
        fields.text("name", speaker.and_then(|s| s.name.as_deref()));
        fields.number("start_s", turn.start);
        fields.number("end_s", turn.end);
        fields.text("text", Some(call.turn_text(turn)));
        let words = call.turn_words(turn);
        if !words.is_empty() {
            fields.key("words");
            for (k, word) in words.iter().enumerate() {
                fields.to.push(if k == 0 { b'[' } else { b',' });
                fields.to.push(b'[');
                escape::json(call.word(word), fields.to);
                for time in [word.start, word.end] {
                    fields.to.push(b',');
                    number(time, fields.to);
                }
                fields.to.push(b']');
            }
            fields.to.push(b']');
        }
        fields.end();
    }
    object.to.push(b']');
    object.end();
    to.push(b'\n');
}

/// An object being written, key by key.
struct Object<'a> {
    to: &'a mut Vec<u8>,
    begun: bool,
}

impl<'a> Object<'a> {
    fn begin(to: &'a mut Vec<u8>) -> Self {
        to.push(b'{');
        Object { to, begun: false }
    }

    fn key(&mut self, key: &str) {
        if self.begun {
            self.to.push(b',');
        }
        self.begun = true;
        escape::json(key, self.to);
        self.to.push(b':');
    }

    fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.key(key);
            escape::json(text, self.to);
        }
    }

    fn number(&mut self, key: &str, seconds: Option<f64>) {
        if let Some(seconds) = seconds.filter(|seconds| seconds.is_finite()) {
            self.key(key);
            number(seconds, self.to);
        }
    }

    fn end(self) {
        self.to.push(b'}');
    }
}

fn number(seconds: f64, to: &mut Vec<u8>) {
    // The shortest text that reads as the same number; into memory it cannot fail.
    let _ = serde_json::to_writer(to, &seconds);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_all_that_is_known_and_nothing_else() {
        let mut call = Call::default();
        "c\u{2028}1".clone_into(&mut call.id);
        call.queue = Some("billing".to_owned());
        call.meta.insert("team".to_owned(), serde_json::json!(["a\u{85}", 1, null]));
        let jo = call.speaker(Role::Agent, "Agent (Jo)", Some("Jo"));
        call.push_turn(jo, Some(0.1), Some(1.25), "Hello there");
        call.push_word("Hello", 0.1, 0.4);
        call.push_word("there", 0.5, 1.0);
        let other = call.speaker(Role::Unknown, "spk_1", None);
        call.push_turn(other, None, None, "Hi");
        let mut text = Vec::new();
        line(&call, &mut text);
        let want = concat!(
            r#"{"call":"c\u20281","queue":"billing","meta":{"team":["a\u0085",1,null]},"turns":["#,
            r#"{"speaker":"agent","name":"Jo","start_s":0.1,"end_s":1.25,"text":"Hello there","#,
            r#""words":[["Hello",0.1,0.4],["there",0.5,1.0]]},"#,
            r#"{"speaker":"spk_1","text":"Hi"}]}"#,
            "\n"
        );
        assert_eq!(String::from_utf8(text).expect("UTF-8"), want);
    }
}
