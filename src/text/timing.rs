//! When something was said: seconds for a byte of a turn, and how they are known.

use super::scene::Token;
use crate::call::{Basis, Call, LOST};

/// Characters spoken in a second where nothing else tells how long a turn lasts.
pub const CHARS_A_SECOND: f64 = 15.0;

/// Which side of a word is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its start.
    Start,
    /// Its end.
    End,
}

/// The seconds at which the byte `at` of a turn's text is said; none where the turn has no times.
pub fn seconds(call: &Call, turn: u32, at: u32, edge: Edge) -> Option<(f64, Basis)> {
    let t = &call.turns[turn as usize];
    let words = call.turn_words(t);
    if !words.is_empty() {
        // Words stand in order, those that were not found in the text with an empty place behind the one before.
        let word = match edge {
            Edge::Start => words.get(words.partition_point(|w| w.at.end <= at)).filter(|w| w.at.start <= at),
            Edge::End => {
                let before = words[..words.partition_point(|w| w.at.start < at)].iter().rev().take(LOST + 1);
                before.into_iter().find(|w| !w.at.is_empty()).filter(|w| w.at.end >= at)
            }
        };
        if let Some(word) = word.filter(|w| !w.at.is_empty()) {
            return Some((if edge == Edge::Start { word.start } else { word.end }, Basis::Exact));
        }
    }
    let start = t.start?;
    let length = f64::from((t.text.end - t.text.start).max(1));
    let share = f64::from(at.saturating_sub(t.text.start)) / length;
    let (end, basis) = match t.end {
        Some(end) => (end.max(start), Basis::Turn),
        None => (estimated_end(call, turn)?, Basis::Estimated),
    };
    Some((start + (end - start) * share.min(1.0), basis))
}

/// When a turn ends: as stored, else at the next turn's start, at most its characters at reading speed.
pub fn turn_end(call: &Call, turn: u32) -> Option<f64> {
    call.turns[turn as usize].end.or_else(|| estimated_end(call, turn))
}

/// When the call ends: as stated, or when its last turn does, whichever is later.
pub fn call_end(call: &Call) -> Option<f64> {
    let ends = (0..call.turns.len() as u32).filter_map(|k| turn_end(call, k));
    ends.chain(call.stated_duration).max_by(f64::total_cmp)
}

fn estimated_end(call: &Call, turn: u32) -> Option<f64> {
    let t = &call.turns[turn as usize];
    let start = t.start?;
    let spoken = start + f64::from(t.chars) / CHARS_A_SECOND;
    let next = call.turns[turn as usize + 1..].iter().find_map(|t| t.start);
    Some(next.map_or(spoken, |next| next.min(spoken).max(start)))
}

/// The silence between two neighbouring words of a turn, in seconds; 0 without word times.
pub fn pause_before(call: &Call, turn: u32, before: &Token, word: &Token) -> f64 {
    if call.turns[turn as usize].words.is_empty() {
        return 0.0;
    }
    match (seconds(call, turn, before.end, Edge::End), seconds(call, turn, word.start, Edge::Start)) {
        (Some((end, Basis::Exact)), Some((start, Basis::Exact))) => start - end,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    #[test]
    fn seconds_come_from_words_then_turns_then_reading_speed() {
        let mut call = Call::default();
        let a = call.speaker(Role::Agent, "A", None);
        call.push_turn(a, Some(10.0), Some(12.0), "hello there");
        call.push_word("hello", 10.1, 10.5);
        call.push_turn(a, Some(20.0), Some(30.0), "0123456789");
        call.push_turn(a, Some(40.0), None, "0123456789");
        call.push_turn(a, None, None, "0123456789");
        let at =
            |turn: u32, offset: u32, edge| seconds(&call, turn, call.turns[turn as usize].text.start + offset, edge);
        assert_eq!(at(0, 0, Edge::Start), Some((10.1, Basis::Exact)));
        assert_eq!(at(0, 5, Edge::End), Some((10.5, Basis::Exact)));
        assert_eq!(at(0, 6, Edge::Start).map(|t| t.1), Some(Basis::Turn), "a word without a time of its own");
        assert_eq!(at(1, 5, Edge::Start), Some((25.0, Basis::Turn)));
        assert_eq!(at(2, 0, Edge::Start), Some((40.0, Basis::Estimated)));
        assert_eq!(turn_end(&call, 2), Some(40.0 + 10.0 / CHARS_A_SECOND));
        assert_eq!(at(3, 0, Edge::Start), None);
    }
}
