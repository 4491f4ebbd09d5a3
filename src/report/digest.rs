//! Short hashes that mean the same in every version and on every machine: of what was said in a call, and of packs.
//!
//! They tell whether something is still what it was, and are quick: eight bytes at a time. They keep nothing secret and
//! withstand nobody who wants two texts to look alike.

use crate::call::{Call, Role};

/// A hash being made.
#[derive(Clone, Copy, Debug)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0x9e37_79b9_7f4a_7c15)
    }
}

impl Digest {
    /// Adds a number.
    pub fn number(&mut self, number: u64) {
        // A product of 64 bits by 64, folded: every bit of the one reaches every bit of the other.
        let wide = u128::from(self.0 ^ number) * 0xd6e8_feb8_6659_fd93;
        self.0 = (wide as u64 ^ (wide >> 64) as u64).wrapping_add(0x2545_f491_4f6c_dd1d);
    }

    /// Adds a text and its length, so that texts side by side cannot be taken for others of the same letters.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        let mut words = text.as_bytes().chunks_exact(8);
        let mut word = [0; 8];
        for bytes in &mut words {
            word.copy_from_slice(bytes);
            self.number(u64::from_le_bytes(word));
        }
        let rest = words.remainder();
        if !rest.is_empty() {
            word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            self.number(u64::from_le_bytes(word));
        }
    }

    /// Adds a time in milliseconds: finer is no difference.
    fn time(&mut self, seconds: Option<f64>) {
        self.number(seconds.map_or(u64::MAX, |s| (s * 1000.0).round() as i64 as u64));
    }

    /// What it came to.
    pub fn finish(mut self) -> u64 {
        self.number(0);
        self.0
    }
}

/// What was said in a call, by whom, and when. A call that `heard convert` has written and one that was read from the
/// file it stood in are the same.
pub fn of_call(call: &Call) -> u64 {
    if let Some(digest) = call.digest_as_said {
        return digest;
    }
    let mut digest = Digest::default();
    for name in [&call.agent, &call.customer] {
        digest.text(name.as_deref().unwrap_or(""));
    }
    for turn in &call.turns {
        if let Some(speaker) = call.speakers.get(usize::from(turn.speaker)) {
            digest.number(speaker.role as u64);
            // Voices that nobody knows are told apart by the order in which they begin to speak.
            match speaker.role {
                Role::Unknown => digest.number(u64::from(turn.speaker)),
                _ => digest.text(speaker.name.as_deref().unwrap_or("")),
            }
        }
        digest.time(turn.start);
        digest.time(turn.end);
        digest.text(call.turn_text(turn));
        for word in call.turn_words(turn) {
            digest.time(Some(word.start));
            digest.time(Some(word.end));
        }
    }
    digest.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[&str]) -> u64 {
        let mut digest = Digest::default();
        for text in texts {
            digest.text(text);
        }
        digest.finish()
    }

    #[test]
    fn digests_never_change() {
        // Results of last year are compared with those of this year.
        assert_eq!(of(&["so that was the order"]), 0x8cd2_d657_8e99_4320);
        assert_eq!(of(&[]), 0xef1e_695b_a746_bd72);
    }

    #[test]
    fn borders_and_lengths_tell() {
        let all = [
            of(&[]),
            of(&[""]),
            of(&["", ""]),
            of(&["\0"]),
            of(&["ab", "c"]),
            of(&["a", "bc"]),
            of(&["abcdefgh"]),
            of(&["abcdefgh\0"]),
        ];
        let distinct: std::collections::BTreeSet<u64> = all.into_iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn who_what_and_when_tell_and_labels_of_known_roles_do_not() {
        let call = |role, label: &str, start, text: &str| {
            let mut call = Call::default();
            let speaker = call.speaker(role, label, None);
            call.push_turn(speaker, Some(start), None, text);
            call
        };
        let plain = of_call(&call(Role::Agent, "Agent", 1.0, "Hello."));
        assert_eq!(plain, of_call(&call(Role::Agent, "spk_0", 1.0001, "Hello.")));
        for other in [
            call(Role::Customer, "Agent", 1.0, "Hello."),
            call(Role::Agent, "Agent", 1.5, "Hello."),
            call(Role::Agent, "Agent", 1.0, "Hello!"),
        ] {
            assert_ne!(plain, of_call(&other));
        }
        let voices = |same: bool| {
            let mut call = Call::default();
            for label in ["spk_0", if same { "spk_0" } else { "spk_1" }] {
                let speaker = call.speaker(Role::Unknown, label, None);
                call.push_turn(speaker, None, None, "Hello.");
            }
            of_call(&call)
        };
        assert_ne!(voices(true), voices(false));
        let mut named = call(Role::Agent, "Agent", 1.0, "Hello.");
        named.customer = Some("Ann".to_owned());
        assert_ne!(plain, of_call(&named), "by whom, and to whom");
    }
}
