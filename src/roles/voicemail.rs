//! A mailbox that answers for the caller: it is a machine, and nobody is spoken to.

use crate::call::{Call, Role};

/// How a mailbox begins, and what it asks for.
const ANSWERS: &[&str] = &[
    "you have reached",
    "you've reached",
    "not available",
    "can't come to the phone",
    "cannot come to the phone",
    "can't take your call",
    "cannot take your call",
    "unable to take your call",
    "forwarded to voicemail",
    "voicemail of",
];
const ASKS: &[&str] = &[
    "leave a message",
    "leave your message",
    "leave me a message",
    "leave your name",
    "after the tone",
    "at the tone",
    "after the beep",
    "record your message",
];
/// A mailbox speaks at most so often: its greeting, its menu.
const MOST: usize = 2;

/// Makes bots of the speakers that say nothing but what a mailbox says, unless they are agents.
pub fn mark(call: &mut Call) {
    for speaker in 0..call.speakers.len() {
        if !matches!(call.speakers[speaker].role, Role::Customer | Role::Unknown) {
            continue;
        }
        let mut own = call.turns.iter().filter(|turn| usize::from(turn.speaker) == speaker);
        let Some(greeting) = own.next().filter(|_| own.count() < MOST) else {
            continue;
        };
        let words = call.turn_text(greeting).to_lowercase().replace('’', "'");
        let has = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
        if has(ANSWERS) && has(ASKS) {
            call.speakers[speaker].role = Role::Bot;
        }
    }
}
