//! Introductions: what people say their names are, and whom the agent asks for.

use super::Names;
use super::asked::{self, Asked};
use super::said::{EARLY, Said};
use crate::call::{Call, Role};
use crate::text::scene::Scene;

/// Learns names from what people say of themselves and of each other.
pub(super) fn learn(call: &Call, scene: &Scene, names: &mut Names) {
    let mut asked = Asked::Nothing;
    let mut announcing = scene.cued.iter().peekable();
    let mut sentences = scene.sentences.iter();
    // Until somebody else speaks, a name that ends what the agent says is the agent's: "Kettle Creek Plumbing, Stan."
    let mut opening = Opening::Before;
    let (mut answered, mut early) = (false, true);
    loop {
        let idle = asked == Asked::Nothing && opening == Opening::Over;
        if idle && !(early && names.known.is_empty()) {
            // Nothing is learned before the next word that announces something.
            let Some(&&token) = announcing.peek() else {
                break;
            };
            let rest = sentences.as_slice();
            let passed = rest.iter().take_while(|s| s.tokens.end <= token);
            sentences = rest[passed.count()..].iter();
        }
        let Some(sentence) = sentences.next() else {
            break;
        };
        let role = call.role(&call.turns[sentence.turn as usize]);
        opening = opening.then(role);
        early = scene.run_of[sentence.turn as usize].is_none_or(|r| r < EARLY);
        let mut cues = Vec::new();
        while let Some(&&token) = announcing.peek().filter(|t| ***t < sentence.tokens.end) {
            cues.push((token - sentence.tokens.start) as usize);
            announcing.next();
        }
        let opens = opening == Opening::Under && role == Role::Agent;
        let alone = names.known.is_empty() && matches!(sentence.tokens.len(), 2 | 3);
        let answers = role == Role::Customer && (asked != Asked::Nothing || alone);
        if !cues.is_empty() || opens || answers {
            let said = Said::of(call, scene, sentence);
            match role {
                Role::Customer => {
                    let found = said.by_customer(&cues, asked, names);
                    asked = if found { Asked::Nothing } else { asked };
                    answered = !said.words.bare;
                }
                Role::Agent => {
                    said.by_agent(&cues, opens, names);
                    let before = if answered { Asked::Nothing } else { asked };
                    asked = asked::after(said.words, &cues, before, sentence.asked);
                    answered = false;
                }
                _ => {}
            }
        } else if role == Role::Agent && (sentence.asked || answered) {
            asked = Asked::Nothing;
            answered = false;
        }
    }
    let Names { known, own, .. } = names;
    let stated = |n: &str| {
        call.customer
            .as_deref()
            .is_some_and(|c| c.to_lowercase().contains(n))
    };
    known.retain(|n| !own.contains(n) || stated(n));
}

/// Where a call stands: before the agent's first words, within them, or behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    Before,
    Under,
    Over,
}

impl Opening {
    fn then(self, role: Role) -> Opening {
        match (self, role) {
            (Opening::Over, _) | (_, Role::Customer | Role::Unknown) => Opening::Over,
            (_, Role::Agent) => Opening::Under,
            (Opening::Under, _) => Opening::Over,
            _ => self,
        }
    }
}
