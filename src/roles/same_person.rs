//! One person under two labels: `Sales Agent (SA)` who is `SA` from then on, `Agent` who says "this is Lena" and is
//! `Lena` from then on. Their turns become one speaker's, so that no half of them is judged without the other.

use crate::call::{Call, Role, Speaker};

/// The initials that a label introduces for itself.
type Initials = fn(&str) -> Option<&str>;

/// Joins the speakers of a call that are one person by what the labels and the words say.
pub fn join(call: &mut Call, initials: Initials) {
    let half_known = |call: &Call| {
        let has = |known: bool| call.speakers.iter().any(|s| (s.role != Role::Unknown) == known);
        has(true) && has(false)
    };
    while half_known(call) {
        let Some((known, other)) = pair(call, initials) else { return };
        let gone = call.speakers.remove(other);
        let left = if known > other { known - 1 } else { known };
        let speaker = &mut call.speakers[left];
        speaker.name = speaker.name.take().or(gone.name.filter(|name| Some(name.as_str()) != initials(&speaker.label)));
        for turn in &mut call.turns {
            let at = usize::from(turn.speaker);
            let now = if at == other { left } else { at - usize::from(at > other) };
            turn.speaker = now as u16;
        }
    }
}

/// A speaker with a role and one without who are the same.
fn pair(call: &Call, initials: Initials) -> Option<(usize, usize)> {
    let speakers = || call.speakers.iter().enumerate();
    let unknown = |s: &Speaker| s.role == Role::Unknown;
    for (known, speaker) in speakers().filter(|(_, s)| !unknown(s)) {
        let short = initials(&speaker.label);
        let same = |s: &Speaker| unknown(s) && short == Some(s.label.trim());
        if let Some((other, _)) = speakers().find(|(_, s)| same(s)) {
            return Some((known, other));
        }
    }
    for (known, speaker) in speakers().filter(|(_, s)| matches!(s.role, Role::Agent | Role::Customer)) {
        let alone = call.speakers.iter().filter(|s| s.role == speaker.role).count() == 1;
        if !alone || speaker.name.is_some() {
            continue;
        }
        let mut named = speakers().filter(|(_, s)| unknown(s) && introduces(call, known, s.name.as_deref()));
        if let (Some((other, _)), None) = (named.next(), named.next()) {
            return Some((known, other));
        }
    }
    None
}

/// Whether a speaker says to be of this name in one of the first turns.
fn introduces(call: &Call, speaker: usize, name: Option<&str>) -> bool {
    let own = call.turns.iter().filter(|turn| usize::from(turn.speaker) == speaker).take(3);
    name.is_some_and(|name| own.map(|turn| call.turn_text(turn)).any(|text| is_told(text, name)))
}

/// Whether a text tells the speaker's name and it is this one: "this is Lena", "my name is Lena", "Lena speaking".
pub fn is_told(text: &str, name: &str) -> bool {
    const BEFORE: [&[&str]; 4] = [&["this", "is"], &["my", "name", "is"], &["my", "name's"], &["speaking", "with"]];
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    let first = name.split(' ').next().unwrap_or_default();
    let part = |c: char| !c.is_alphanumeric() && c != '\'';
    let words: Vec<&str> = text.split(part).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().filter(|(_, word)| **word == first).any(|(at, _)| {
        let before = &words[at.saturating_sub(3)..at];
        BEFORE.iter().any(|told| before.ends_with(told)) || words.get(at + 1) == Some(&"speaking")
    })
}
