//! Other words in place of some of a call's, with every place in its text moved along.

use super::Call;
use std::ops::Range;

/// Where places of a text came to lie when parts of it were replaced.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// Old ranges and how long their new words are, in order.
    edits: Vec<(Range<u32>, u32)>,
}

impl Moved {
    /// A place of the old text in the new one; of a place within what was replaced, the end of the new words if `end`,
    /// else their beginning.
    fn place(&self, old: u32, end: bool) -> u32 {
        let mut shift = 0_i64;
        for (range, new) in &self.edits {
            if range.end <= old {
                shift += i64::from(*new) - i64::from(range.end - range.start);
            } else {
                if range.start < old {
                    let from = i64::from(range.start) + shift;
                    return (if end { from + i64::from(*new) } else { from }) as u32;
                }
                break;
            }
        }
        (i64::from(old) + shift) as u32
    }

    /// A range of the old text in the new one.
    pub fn range(&self, old: &Range<u32>) -> Range<u32> {
        self.place(old.start, false)..self.place(old.end, true)
    }
}

impl Call {
    /// Replaces parts of the text, which are in order and do not overlap, each within a turn.
    pub fn rewrite(&mut self, edits: &[(Range<u32>, String)]) -> Moved {
        let moved = Moved { edits: edits.iter().map(|(range, new)| (range.clone(), new.len() as u32)).collect() };
        let mut text = String::with_capacity(self.text.len() + edits.len() * 8);
        let mut done = 0;
        for (range, new) in edits {
            text.push_str(&self.text[done..range.start as usize]);
            text.push_str(new);
            done = range.end as usize;
        }
        text.push_str(&self.text[done..]);
        self.text = text;
        for turn in &mut self.turns {
            turn.text = moved.range(&turn.text);
        }
        for word in self.words.iter_mut().filter(|word| !word.at.is_empty()) {
            word.at = moved.range(&word.at);
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Role;

    #[test]
    fn places_move_along() {
        let mut call = Call::default();
        let agent = call.speaker(Role::Agent, "A", None);
        call.push_turn(agent, None, None, "Hi Ann Bell, it's Jo.");
        call.push_turn(agent, None, None, "Bye, Ann.");
        let moved = call.rewrite(&[(3..6, "Customer".into()), (7..11, "X".into()), (18..20, "Agent".into())]);
        assert_eq!(call.turn_text(&call.turns[0]), "Hi Customer X, it's Agent.");
        assert_eq!(call.turn_text(&call.turns[1]), "Bye, Ann.");
        let shown = |old: Range<u32>| {
            let new = moved.range(&old);
            call.text()[new.start as usize..new.end as usize].to_owned()
        };
        assert_eq!(shown(0..6), "Hi Customer");
        assert_eq!(shown(3..11), "Customer X");
        assert_eq!(shown(13..20), "it's Agent");
        assert_eq!(shown(4..9), "Customer X", "a name is hidden whole");
        assert_eq!(shown(22..31), "Bye, Ann.");
    }
}
