//! Introductions: what people say their names are, and whom the agent asks for.

use super::Names;
use super::asked::{self, Asked};
use super::said::{EARLY, Said};
use super::words::Words;
use crate::call::{Call, Role};
use crate::text::scene::Scene;
use crate::text::words::Gap;

/// Learns names from what people say of themselves and of each other.
pub(super) fn learn(call: &Call, scene: &Scene, names: &mut Names) {
    let mut asked = Asked::Nothing;
    let mut announcing = scene.cued.iter().peekable();
    let mut sentences = scene.sentences.iter();
    // Until somebody else speaks, a name that ends what the agent says is the agent's: "Kettle Creek Plumbing, Stan."
    let mut opening = Opening::Before;
    let (mut answered, mut early, mut cues) = (false, true, Vec::new());
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
        let tokens = &scene.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
        let words = Words { call, tokens, bare: false };
        cues.clear();
        while let Some(&&token) = announcing.peek().filter(|t| ***t < sentence.tokens.end) {
            let k = (token - sentence.tokens.start) as usize;
            if may_tell(words, k, early) {
                cues.push(k);
            }
            announcing.next();
        }
        let last = tokens.len().saturating_sub(1);
        let signs = || words.may_be_name(last) && tokens.iter().any(|t| t.gap() == Gap::Comma);
        let opens = opening == Opening::Under && role == Role::Agent;
        // "Len Foster. Can I change the delivery?"
        let alone = names.known.is_empty() && matches!(tokens.len(), 2 | 3);
        let alone = alone && words.may_be_name(0) && words.may_be_name(1);
        let answers = role == Role::Customer && (asked != Asked::Nothing || alone);
        if !cues.is_empty() || answers || (opens && signs()) {
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
    let stated = |n: &str| call.customer.as_deref().is_some_and(|c| c.to_lowercase().contains(n));
    known.retain(|n| !own.contains(n) || stated(n));
}

/// Whether a word that announces names may tell one where it stands. Most do not: "it's broken", "this is why".
fn may_tell(words: Words<'_>, k: usize, early: bool) -> bool {
    if words.is_sure(k) {
        return true;
    }
    match &*words.at(k) {
        "it's" | "its" | "i'm" | "im" | "'m" | "am" => words.may_be_name(k + 1),
        "through" => words.may_be_name(k + 2),
        "this" => {
            let side = words.at(k + 1) == "side" && k > 0 && words.may_be_name(k - 1);
            (early && words.may_be_name(k + 2)) || side
        }
        "here" => (k > 0 && words.may_be_name(k - 1)) || (early && words.at(k + 1) == "is"),
        "last" => words.closes(k),
        _ => true,
    }
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
