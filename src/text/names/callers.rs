//! What a caller's sentence tells of names: their own, the agent's by whom they greet, and other people's.

use super::Names;
use super::asked::{self, Asked};
use super::classes::{self, BEHIND_NAME, FILLER, GREETS, KIN, LEADS_IN, NEVER_SURNAME};
use super::given::Given;
use super::said::{Said, is_is, push};
use crate::text::words::Gap;

impl Said<'_> {
    /// Learns from a customer's sentence; whether it tells the name that was asked for.
    pub fn by_customer(&self, cues: &[usize], asked: Asked, names: &mut Names) -> bool {
        let words = self.words;
        let mut found = false;
        let mut passed = 0;
        for &k in cues {
            if k < passed {
                continue;
            }
            let told = |from: usize, sure: bool| (self.skip(from, FILLER), sure);
            let introduced = match &*words.at(k) {
                "name" | "name's" | "names" => match asked::whose(words, k) {
                    asked::Whose::Mine | asked::Whose::The => Some(told(asked::behind(words, k), true)),
                    asked::Whose::Theirs => {
                        self.take(asked::behind(words, k), true, &mut names.others);
                        None
                    }
                    _ => None,
                },
                "this" if self.early && is_is(&words.at(k + 1)) => Some(told(k + 2, false)),
                "i'm" | "im" | "'m" | "am" | "m"
                    if self.is_i(k) && (self.early || self.is_placed(k + 1)) && !self.is_origin(k + 1) =>
                {
                    Some(told(k + 1, false))
                }
                "it's" | "its" if asked == Asked::Caller || self.points(k) || self.is_somebodys(k + 1) => {
                    Some(told(k + 1, false))
                }
                // "Here is Willem from the end of the road."
                "here" if self.early && is_is(&words.at(k + 1)) => {
                    let sure = words.is(k + 3, BEHIND_NAME) && words.bare;
                    Some(told(k + 2, sure))
                }
                // "You're talking to Ruth Bennett."
                "speaking" | "talking" if matches!(&*words.at(k + 1), "to" | "with") => {
                    asked::is_you_are(words, k).then(|| told(k + 2, false))
                }
                "here" | "speaking" => {
                    let taken = self.take_back(k, false, &mut names.known);
                    found |= taken > 0;
                    None
                }
                _ => None,
            };
            let taken = match introduced {
                // "It's Leo's mum."
                Some((from, _)) if self.is_somebodys(from) => {
                    if words.is_plain(from) {
                        push(&mut names.others, &words.name(from));
                    }
                    0
                }
                Some((from, sure)) => {
                    let taken = self.take_callers(from, sure, names);
                    passed = from + taken;
                    taken
                }
                None => self.named(k, asked, names),
            };
            found |= taken > 0;
        }
        // "Len Foster. Can I change the delivery?"
        let others = || names.others.iter().any(|n| **n == *words.name(0));
        let alone = || words.len() == 2 && self.is_read_out(0) && !self.is_of_kin(0) && !others();
        if asked == Asked::Nothing && !found && names.known.is_empty() && alone() {
            found = self.take_callers(0, true, names) > 0;
        }
        if asked != Asked::Nothing && !found {
            let from = self.skip(0, LEADS_IN);
            let sure = words.bare && (self.is_short(from) || self.is_name_like(from));
            found = if asked == Asked::Other {
                self.take(from, sure, &mut names.others) > 0 || self.spell(from, &mut names.others)
            } else {
                self.take_callers(from, sure, names) > 0 || self.spell(from, &mut names.known)
            };
        }
        found
    }

    /// Learns from a given name that a customer says; how many words of the caller's own there are.
    fn named(&self, k: usize, asked: Asked, names: &mut Names) -> usize {
        let words = self.words;
        if words.given(k) != Some(Given::Name) || (!words.bare && !words.is_capital(k)) {
            return 0;
        }
        if words.follows(k) && self.is_anothers(k) {
            self.take(k, true, &mut names.others);
            return 0;
        }
        let full = !words.bare && words.follows(k + 1) && words.is_capital(k + 1);
        let ends = words.closes(k + 1 + usize::from(words.follows(k + 2) && words.is_capital(k + 2)));
        let greeted = words.is_behind(k, GREETS);
        // "418 Old Sawmill Road. Hubert Langley." "Yeah, hi, Kevin Doyle."
        if full && ends && (words.is_apart(k) || greeted) {
            if names.others.iter().any(|n| **n == *words.name(k)) {
                self.take(k + 1, true, &mut names.others);
                return 0;
            }
            let unknown = names.known.is_empty();
            let own = asked == Asked::Caller || ((self.early || unknown) && !self.is_of_kin(k));
            let own = own && asked != Asked::Other;
            return if own { self.take_callers(k, false, names) } else { 0 };
        }
        if words.bare {
            // "Hello it s jamie onwuka", "dominic fusco f u s c o".
            let told = is_is(&words.before(k, 1)) && matches!(&*words.before(k, 2), "it" | "this" | "here");
            let spelled = self.is_surname(k + 1) && (2..5).all(|n| words.written(k + n).len() == 1);
            // "Hi kevin doyle picking up insulin", to an agent who is called otherwise.
            let other = !names.own.is_empty() && !names.own.iter().any(|n| **n == *words.name(k));
            let second = words.is_plain(k + 1) && !words.is(k + 1, NEVER_SURNAME);
            let greeting = greeted && other;
            // "Paul quigley i've had three deliveries", "l nine seven double z paul quigley".
            let stands = (k == 0 && self.is_surname(k + 1)) || k + 2 == words.len();
            let stands = stands && !names.own.iter().any(|n| **n == *words.name(k)) && !self.is_of_kin(k);
            let full = second && self.early && names.known.is_empty() && (greeting || stands);
            if asked == Asked::Other && (spelled || full) {
                self.take(k, true, &mut names.others);
            } else if (told && self.early) || spelled || full {
                return self.take_callers(k, false, names);
            }
        }
        // Whom the caller greets or thanks is the agent, and nobody else has been named as that.
        let called = words.closes(k) && k > 0 && words.gap(k) == Gap::Comma && k + 1 == words.len();
        if names.own.is_empty() && asked == Asked::Nothing && !full && (greeted || called) {
            self.take(k, false, &mut names.own);
        }
        0
    }

    /// "I'm Scottish", "I'm Nigerian": where somebody is from.
    fn is_origin(&self, k: usize) -> bool {
        let words = self.words;
        let word = words.at(self.skip(k, FILLER));
        let endings = ["ish", "ese", "ian", "ians", "ican", "man", "woman"];
        let from = endings.iter().any(|e| word.len() > 5 && word.ends_with(e));
        from && words.given(k).is_none() && !(words.follows(k + 1) && words.is_capital(k + 1))
    }

    /// "I am Selam, the wife", late in a call.
    fn is_placed(&self, k: usize) -> bool {
        let words = self.words;
        let behind = matches!(&*words.at(k + 1), "the" | "his" | "her" | "their" | "from");
        words.is_sure(k) || (words.is_capital(k) && words.closes(k) && behind)
    }

    /// Whether the name at a place is told of somebody of the speaker's: "for my mother, Ruth Crabtree", "my mother's
    /// account. Enid Greenidge."
    fn is_of_kin(&self, k: usize) -> bool {
        let turn = self.turn;
        let here = self.from + k;
        (0..here).any(|j| {
            let word = turn.at(j);
            let whose = word.strip_suffix("'s");
            let kin = classes::is(whose.unwrap_or(&word), KIN) && j > 0;
            let own = kin && matches!(&*turn.before(j, 1), "my" | "me" | "our" | "little" | "his" | "her");
            let called_for = kin && (2..=3).any(|b| turn.before(j, b) == "for");
            (own && (whose.is_some() || here - j < 6)) || called_for || matches!(&*word, "her" | "his") && here - j < 4
        })
    }
}
