//! What a recogniser thought so far, said again when it was sure: such turns begin at the same time as the one that holds
//! all of their words.

use crate::call::Call;

/// Takes turns out of a call whose words the next one of the same speaker begins with, at the same time.
pub fn leave_out(call: &mut Call) {
    let same_start = |k: usize| {
        let (a, b) = (&call.turns[k], &call.turns[k + 1]);
        a.speaker == b.speaker && a.start.zip(b.start).is_some_and(|(a, b)| (a - b).abs() < 1e-6)
    };
    let letters = |k: usize| {
        let text = call.turn_text(&call.turns[k]);
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    };
    let again = |k: usize| {
        let mut whole = letters(k + 1);
        same_start(k) && letters(k).all(|c| whole.next() == Some(c))
    };
    let gone: Vec<usize> = (0..call.turns.len().saturating_sub(1)).filter(|k| again(*k)).collect();
    if gone.is_empty() {
        return;
    }
    let mut k = 0;
    call.turns.retain(|_| {
        k += 1;
        gone.binary_search(&(k - 1)).is_err()
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    #[test]
    fn only_what_is_said_again_goes() {
        let mut call = Call::default();
        let who = call.speaker(Role::Agent, "A", None);
        for (start, text) in [
            (Some(0.5), "Thank"),
            (Some(0.5), "Thank you."),
            (Some(0.5), "Thank you for calling."),
            (Some(3.0), "Yes."),
            (Some(4.0), "Yes, I do."),
            (None, "Good"),
            (None, "Good day."),
        ] {
            call.push_turn(who, start, None, text);
        }
        leave_out(&mut call);
        let left: Vec<&str> = call.turns.iter().map(|turn| call.turn_text(turn)).collect();
        assert_eq!(left, ["Thank you for calling.", "Yes.", "Yes, I do.", "Good", "Good day."]);
    }
}
