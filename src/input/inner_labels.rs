//! What still looks like labels of speakers in the turns of a call that was read: whoever wrote it put several turns where
//! one was found, in a way that no reader knows.

use crate::call::{Call, Role};
use crate::roles::labels::role_word;

/// As many labels are no chance: one may be said.
const SEVERAL: usize = 2;

/// Whether the turns of a call hold several labels of roles, such as `Agent:`.
pub fn has(call: &Call) -> bool {
    let text = call.text();
    let colons = memchr::memchr_iter(b':', text.as_bytes());
    colons.filter(|at| is_label(text, *at)).nth(SEVERAL - 1).is_some()
}

/// Whether a role with a capital stands before a colon, and words behind it.
fn is_label(text: &str, colon: usize) -> bool {
    let word = text[..colon].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let behind = text[colon + 1..].starts_with(|c: char| c.is_whitespace() || c.is_alphabetic());
    behind && word.starts_with(char::is_uppercase) && role_word(word) != Role::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_turns_are_told_from_what_is_said() {
        let of = |text: &str| {
            let mut call = Call::default();
            let who = call.speaker(Role::Agent, "Agent", None);
            call.push_turn(who, None, None, text);
            has(&call)
        };
        assert!(of("Hello. ~ Customer: Hi. ~ Agent: Bye.") && of("Hello ¶Customer:Hi ¶Agent:Bye"));
        for said in
            ["Hello.", "It is 10:30 or 11:00.", "As they say: Customer: first.", "My agent: my rules. My client: none."]
        {
            assert!(!of(said), "{said}");
        }
    }
}
