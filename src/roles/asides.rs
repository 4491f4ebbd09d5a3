//! What only a colleague hears or reads: a supervisor's whisper, an internal note. No turn of the call, wherever the mark
//! stands: `Supervisor (whisper): x`, `[Whisper] Supervisor: x`, `Supervisor: [whisper] x`, `[Internal note] x`.

use crate::call::{Call, Speaker};

/// Who whispers to an agent. An agent who whispers is heard by the caller.
const COLLEAGUES: &[&str] = &["supervisor", "manager", "coach", "trainer", "team leader", "team lead"];
/// What marks their words as meant for the agent alone; more may follow, such as the agent's name.
const WHISPERED: &[&str] = &["whisper", "whispers", "whispering", "whispered", "to agent", "to the agent"];
/// The same, where nothing follows.
const APART: &[&str] = &["private", "privately", "internal", "coaching", "not heard by customer"];
/// Marks that need no colleague beside them.
const MARKS: &[&str] = &[
    "whisper",
    "whisper to agent",
    "whisper to the agent",
    "whisper mode",
    "supervisor whisper",
    "internal note",
    "internal comment",
    "internal message",
    "private note",
    "private comment",
    "private message",
    "agent note",
];

/// Whether a label, in lower case, is of words that only a colleague hears.
pub fn is_aside(label: &str) -> bool {
    let words = words(label);
    let from = |rest: &'_ str| ["from ", "by "].iter().find_map(|by| rest.strip_prefix(by)).unwrap_or(rest).to_owned();
    let by_colleague = begin(&words, COLLEAGUES).is_some_and(|rest| {
        let named = WHISPERED.iter().chain(APART).any(|mark| rest.ends_with(&format!(" {mark}")));
        named || APART.contains(&rest) || begin(rest, WHISPERED).is_some()
    });
    let marked_first = [WHISPERED, APART]
        .iter()
        .any(|marks| begin(&words, marks).is_some_and(|rest| begin(&from(rest), COLLEAGUES).is_some()));
    let ends = |mark: &&str| words.ends_with(&format!(" {mark}"));
    by_colleague || marked_first || is_mark(&words) || MARKS.iter().filter(|mark| mark.contains(' ')).any(ends)
}

/// Whether words in brackets mark what follows them as such.
pub fn is_mark(inside: &str) -> bool {
    let words = words(inside);
    MARKS.contains(&&*words) || begin(&words, &MARKS[1..]).is_some()
}

/// Takes the turns out of a call whose words are marked so, and whoever says nothing else.
pub fn leave_out(call: &mut Call) {
    let marked = |text: &str| text.starts_with(['[', '(']) || text.starts_with('*');
    if !call.turns.iter().any(|turn| marked(call.turn_text(turn))) {
        return;
    }
    let all = std::mem::take(&mut call.turns);
    let count = all.len();
    let said = |turn: &_| {
        let text = call.turn_text(turn);
        let mark = text.strip_prefix(['[', '(', '*']).and_then(|t| Some(t.split_once([']', ')', '*'])?.0));
        let label = call.speakers.get(usize::from(turn.speaker)).map_or("", |s| s.label.as_str());
        !mark.is_some_and(|mark| is_mark(mark) || is_aside(&format!("{label} {mark}").to_lowercase()))
    };
    call.turns = all.into_iter().filter(said).collect();
    if call.turns.len() < count {
        forget_silent(call);
    }
}

/// Who says nothing is no voice of the call: a role must not be concluded from them, nor a name taken.
pub fn forget_silent(call: &mut Call) {
    let mut speakers: Vec<Speaker> = Vec::with_capacity(call.speakers.len());
    let mut places: Vec<Option<u16>> = vec![None; call.speakers.len()];
    for turn in &mut call.turns {
        let Some(place) = places.get_mut(usize::from(turn.speaker)) else {
            continue;
        };
        turn.speaker = *place.get_or_insert_with(|| {
            speakers.push(call.speakers[usize::from(turn.speaker)].clone());
            (speakers.len() - 1) as u16
        });
    }
    call.speakers = speakers;
}

/// Lower case, without signs, one space between words.
fn words(label: &str) -> String {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What follows the one of these that words begin with.
fn begin<'w>(words: &'w str, with: &[&str]) -> Option<&'w str> {
    let rests = with.iter().filter_map(|mark| words.strip_prefix(mark));
    rests.filter(|rest| rest.is_empty() || rest.starts_with(' ')).map(str::trim_start).min_by_key(|rest| rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    #[test]
    fn marks_are_known_wherever_they_stand() {
        for aside in [
            "supervisor (whisper)",
            "supervisor [whispers]",
            "[whisper] supervisor",
            "whisper - supervisor",
            "coach - to agent",
            "whisper from supervisor",
            "supervisor (whisper to lena)",
            "supervisor mary (whisper)",
            "coach (private)",
            "whisper",
            "[internal note] agent",
            "supervisor whispers",
            "supervisor (to agent only)",
            "agent (internal note)",
            "supervisor whisper",
        ] {
            assert!(is_aside(aside), "{aside}");
        }
        for said in [
            "supervisor",
            "agent (whispering)",
            "customer (whispers)",
            "manager",
            "agent (internal)",
            "jo private",
            "whisperer",
            "coach",
            "internal",
            "agent",
        ] {
            assert!(!is_aside(said), "{said}");
        }
    }

    #[test]
    fn turns_that_begin_with_a_mark_are_left_out() {
        let mut call = Call::default();
        for (role, label, text) in [
            (Role::Unknown, "Lena", "Hi there."),
            (Role::Agent, "Supervisor", "[whisper] Say sorry."),
            (Role::Unknown, "Lena", "(whispering) I am in a library."),
            (Role::Unknown, "Lena", "[Internal note] Ring back."),
        ] {
            let speaker = call.speaker(role, label, None);
            call.push_turn(speaker, None, None, text);
        }
        leave_out(&mut call);
        let left: Vec<&str> = call.turns.iter().map(|t| call.turn_text(t)).collect();
        assert_eq!(left, ["Hi there.", "(whispering) I am in a library."]);
        assert_eq!(call.speakers.len(), 1);
    }
}
