//! A path as a call: who says what, and when, if it is read aloud at an even pace.

use super::{Mark, Path};
use crate::call::{Call, Clock, HowRoles, Role, Roles};
use crate::text::words::{self, Kind};

/// A path, spoken.
#[derive(Clone, Debug, Default)]
pub struct Enacted {
    /// The call. Its times are those of reading aloud.
    pub call: Call,
    /// Where the bytes of its text stand in the file.
    pub marks: Vec<Mark>,
}

/// Speaks a path at so many words a minute.
#[must_use]
pub fn enact(path: &Path<'_>, wpm: f64) -> Enacted {
    let mut enacted = Enacted::default();
    let call = &mut enacted.call;
    call.format = crate::text::names::SCRIPT;
    call.clock = Clock::Speech;
    call.roles = Roles { how: HowRoles::Stated, confidence: 1.0 };
    let a_word = 60.0 / wpm;
    let mut spoken = 0_u32;
    let at = |words: u32| f64::from(words) * a_word;
    for speech in &path.speeches {
        let label = match speech.role {
            Role::Agent => "Agent",
            Role::Customer => "Customer",
            Role::Bot => "IVR",
            Role::Unknown => "",
        };
        let mut pieces = words::pieces(&speech.text, 0..speech.text.len());
        pieces.retain(|p| p.traits.kind() != Kind::Noise);
        let speaker = call.speaker(speech.role, label, None);
        let end = spoken + pieces.len() as u32;
        call.push_turn(speaker, Some(at(spoken)), Some(at(end)), &speech.text);
        for piece in pieces {
            let spoken_word = &speech.text[piece.start as usize..piece.end as usize];
            call.push_word(spoken_word, at(spoken), at(spoken + 1));
            spoken += 1;
        }
        let from = call.turns.last().map_or(0, |t| t.text.start);
        let shifted = speech.marks.iter().map(|m| Mark { at: m.at + from, ..*m });
        enacted.marks.extend(shifted);
    }
    enacted
}
