//! What an agent's sentence tells of names: their own as they answer, the caller's as they ask for them.

use super::Names;
use super::asked;
use super::classes::{BEFORE_ADDRESS, FILLER, GREETS};
use super::given::Given;
use super::said::{Said, is_is};
use crate::text::words::Gap;

impl Said<'_> {
    /// Learns from an agent's sentence; `opens` says that nobody else has spoken yet.
    pub fn by_agent(&self, cues: &[usize], opens: bool, names: &mut Names) {
        let words = self.words;
        for &k in cues {
            let from = |from: usize| self.skip(from, FILLER);
            match &*words.at(k) {
                "name" | "name's" | "names" => {
                    let behind = from(asked::behind(words, k));
                    match asked::whose(words, k) {
                        asked::Whose::Mine => self.take(behind, true, &mut names.own),
                        asked::Whose::Theirs | asked::Whose::The if behind > k + 1 => {
                            self.take(behind, false, &mut names.others)
                        }
                        _ => 0,
                    };
                }
                "this" if is_is(&words.at(k + 1)) && (self.early || opens) => {
                    self.take(from(k + 2), false, &mut names.own);
                }
                "this" if words.at(k + 1) == "side" => {
                    self.take_back(k, true, &mut names.own);
                }
                "i'm" | "im" | "'m" | "am" | "m" if self.is_i(k) => {
                    self.take(from(k + 1), false, &mut names.own);
                }
                "it's" | "its" if !self.asked && (self.early || opens) && self.points(k) => {
                    self.take(from(k + 1), false, &mut names.own);
                }
                "through" if words.at(k + 1) == "to" => {
                    self.take(from(k + 2), false, &mut names.own);
                }
                "speaking" | "talking" if matches!(&*words.at(k + 1), "with" | "to") => {
                    let asks = (1..=3).any(|b| matches!(&*words.before(k, b), "i" | "i'm" | "im"));
                    if asks {
                        self.take_callers(from(k + 2), true, names);
                    } else {
                        self.take(from(k + 2), false, &mut names.own);
                    }
                }
                "speaking" | "here" => {
                    self.take_back(k, true, &mut names.own);
                }
                // "You're with Craig", "Tunde on the line".
                _ if words.given(k) == Some(Given::Name) => {
                    let before = words.before(k, 1);
                    let with = before == "with" && asked::is_you_are(words, k - 1);
                    let line = (1..=2).any(|n| words.at(k + n) == "on" && words.at(k + n + 2) == "line");
                    if with || line {
                        self.take(k, false, &mut names.own);
                    } else if words.follows(k) && self.is_anothers(k) {
                        self.take(k, false, &mut names.others);
                    } else if !opens && self.is_read_out(k) {
                        // "Yes. Bashir Ahmed, is that right?"
                        self.take_callers(k, false, names);
                    }
                }
                _ => {}
            }
        }
        if opens && !self.asked {
            self.sign(names);
        }
    }

    /// "Kettle Creek Plumbing, Stan.", "Academic registry, Mrs Kiptoo.": who answers the telephone so gives their name.
    fn sign(&self, names: &mut Names) {
        let words = self.words;
        let Some(mut k) = words.len().checked_sub(1) else {
            return;
        };
        if k > 0 && words.follows(k) && words.is_title(k - 1) {
            k -= 1;
        }
        let before = words.before(k, 1);
        let greeted = words.is_behind(k, GREETS) || words.is_behind(k, BEFORE_ADDRESS);
        let called = matches!(&*before, "calling" | "holding" | "waiting" | "back" | "again" | "today");
        let is_capital = words.is_capital(words.len() - 1);
        if k > 0 && words.gap(k) == Gap::Comma && is_capital && !greeted && !called {
            self.take(k, false, &mut names.own);
        }
    }
}
