//! Calls with known secrets in them, made of templates: `A:` and `C:` begin turns, `|` parts them, `{card}` is a secret,
//! `{card/split}` one that is said over several turns.

use crate::secrets::{Dice, Form, harmless, secret};
use heard::call::{Call, Role};
use std::ops::Range;

/// A secret in a call: what it is, and the bytes of the call's text.
pub struct Hidden {
    pub kind: String,
    pub parts: Vec<Range<usize>>,
}

/// A call that was made.
pub struct Made {
    pub call: Call,
    pub hidden: Vec<Hidden>,
}

/// The templates of a file; one half to tune by, the other one only to be scored.
pub fn templates(text: &'static str, scored: bool) -> impl Iterator<Item = &'static str> {
    text.lines().enumerate().filter(move |(k, _)| (k % 2 == 1) == scored).map(|(_, line)| line)
}

/// A call made of a template.
pub fn make(template: &str, form: Form, dice: &mut Dice) -> Made {
    let mut call = Call::default();
    let mut hidden: Vec<Hidden> = Vec::new();
    for turn in template.split(" | ") {
        let (agent, words) = match turn.split_at_checked(3) {
            Some(("A: " | "a: ", words)) => (true, words),
            Some(("C: " | "c: ", words)) => (false, words),
            _ => (false, turn),
        };
        let role = if agent { Role::Agent } else { Role::Customer };
        let mut text = String::new();
        let mut parts = Vec::new();
        let mut rest = words;
        while let Some((before, more)) = rest.split_once('{') {
            let (slot, after) = more.split_once('}').expect("a closing brace");
            text.push_str(before);
            rest = after;
            let known = ["n", "w", "time", "amount", "date", "year", "day", "small"];
            let is_harmless = known.iter().any(|k| slot == *k || k.len() == 1 && slot.starts_with(k) && slot != "ni");
            if is_harmless {
                text.push_str(&harmless(slot, dice));
                continue;
            }
            let (kind, split) = slot.split_once('/').map_or((slot, false), |(kind, _)| (kind, true));
            let said = secret(kind, form, dice);
            hidden.push(Hidden { kind: kind.to_owned(), parts: Vec::new() });
            let pieces = if split { pieces(&said) } else { vec![said] };
            let last = pieces.len() - 1;
            for (k, piece) in pieces.into_iter().enumerate() {
                parts.push((hidden.len() - 1, text.len()..text.len() + piece.len()));
                text.push_str(&piece);
                if k < last {
                    push(&mut call, role, &std::mem::take(&mut text), &mut parts, &mut hidden);
                    let other = if agent { Role::Customer } else { Role::Agent };
                    let listens = *dice.pick(&[&"mhm", &"okay", &"yep", &"mm-hmm"]);
                    push(&mut call, other, listens, &mut Vec::new(), &mut hidden);
                }
            }
        }
        text.push_str(rest);
        push(&mut call, role, &text, &mut parts, &mut hidden);
    }
    Made { call, hidden }
}

fn push(call: &mut Call, role: Role, text: &str, parts: &mut Vec<(usize, Range<usize>)>, hidden: &mut [Hidden]) {
    let speaker = call.speaker(role, role.as_str(), None);
    call.push_turn(speaker, None, None, text);
    let from = call.turns[call.turns.len() - 1].text.start as usize;
    for (secret, at) in parts.drain(..) {
        hidden[secret].parts.push(from + at.start..from + at.end);
    }
}

/// A number cut into pieces of about four words.
fn pieces(said: &str) -> Vec<String> {
    let words: Vec<&str> = said.split(' ').collect();
    let size = if said.contains(|c: char| c.is_ascii_digit()) { 2 } else { 5 };
    let mut pieces: Vec<String> = words.chunks(size).map(|piece| piece.join(" ")).collect();
    // "Double" does not end one.
    for k in 0..pieces.len() - 1 {
        while let Some(cut) = ["double", "triple"].iter().find_map(|w| pieces[k].strip_suffix(w)).map(str::len) {
            let moved = pieces[k].split_off(cut);
            let kept = pieces[k].trim_end().len();
            pieces[k].truncate(kept);
            pieces[k + 1] = format!("{moved} {}", pieces[k + 1]);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
