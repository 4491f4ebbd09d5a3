//! Introductions: what people say their names are, and whom the agent asks for.

use super::asked::{self, Asked};
use super::classes::{
    self, BEFORE_ADDRESS, BEHIND_NAME, Class, FILLER, GREETS, KIN, LEADS_IN, NEVER_SURNAME,
};
use super::given::Given;
use super::words::Words;
use super::{Names, one_case};
use crate::call::{Call, Role};
use crate::text::scene::{Scene, Sentence};
use crate::text::words::Gap;

/// Runs from the start of the call in which "this is" and "I'm" introduce.
const EARLY: u32 = 6;

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

/// A sentence in which somebody may say a name.
struct Said<'a> {
    words: Words<'a>,
    /// The words of the turn up to its end.
    turn: Words<'a>,
    /// The sentence's first word within those.
    from: usize,
    /// In the first runs of the call, where "this is" introduces.
    early: bool,
    asked: bool,
}

impl<'a> Said<'a> {
    fn of(call: &'a Call, scene: &'a Scene, sentence: &Sentence) -> Said<'a> {
        let first = scene.turn_sentences(sentence.turn).start as usize;
        let first = scene.sentences[first].tokens.start as usize;
        let (from, to) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let text = &call.text()[sentence.text.start as usize..sentence.text.end as usize];
        let bare = one_case(text);
        let words = |from: usize| Words {
            call,
            tokens: &scene.tokens[from..to],
            bare,
        };
        Said {
            words: words(from),
            turn: words(first),
            from: from - first,
            early: scene.run_of[sentence.turn as usize].is_some_and(|r| r < EARLY),
            asked: sentence.asked,
        }
    }

    /// Learns from a customer's sentence; whether it tells the name that was asked for.
    fn by_customer(&self, cues: &[usize], asked: Asked, names: &mut Names) -> bool {
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
                    asked::Whose::Mine | asked::Whose::The => {
                        Some(told(asked::behind(words, k), true))
                    }
                    asked::Whose::Theirs => {
                        self.take(asked::behind(words, k), true, &mut names.others);
                        None
                    }
                    _ => None,
                },
                "this" if self.early && is_is(&words.at(k + 1)) => Some(told(k + 2, false)),
                "i'm" | "im" | "'m" | "am" | "m"
                    if self.is_i(k) && (self.early || self.is_placed(k + 1)) =>
                {
                    Some(told(k + 1, false))
                }
                "it's" | "its"
                    if asked == Asked::Caller || self.points(k) || self.is_somebodys(k + 1) =>
                {
                    Some(told(k + 1, false))
                }
                // "Here is Willem from the end of the road."
                "here" if self.early && is_is(&words.at(k + 1)) => {
                    let sure = words.is(k + 3, BEHIND_NAME) && words.bare;
                    Some(told(k + 2, sure))
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
        let others = || names.others.iter().any(|n| *n == words.name(0));
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
        let ends =
            words.closes(k + 1 + usize::from(words.follows(k + 2) && words.is_capital(k + 2)));
        let greeted = words.is_behind(k, GREETS);
        // "418 Old Sawmill Road. Hubert Langley." "Yeah, hi, Kevin Doyle."
        if full && ends && (words.is_apart(k) || greeted) {
            if names.others.iter().any(|n| *n == words.name(k)) {
                self.take(k + 1, true, &mut names.others);
                return 0;
            }
            let unknown = names.known.is_empty();
            let own = asked == Asked::Caller || ((self.early || unknown) && !self.is_of_kin(k));
            let own = own && asked != Asked::Other;
            return if own {
                self.take_callers(k, false, names)
            } else {
                0
            };
        }
        if words.bare {
            // "Hello it s jamie onwuka", "dominic fusco f u s c o".
            let told = is_is(&words.before(k, 1))
                && matches!(&*words.before(k, 2), "it" | "this" | "here");
            let spelled = self.is_surname(k + 1) && (2..5).all(|n| words.written(k + n).len() == 1);
            // "Hi kevin doyle picking up insulin", to an agent who is called otherwise.
            let other = !names.own.is_empty() && !names.own.iter().any(|n| *n == words.name(k));
            let second = words.is_plain(k + 1) && !words.is(k + 1, NEVER_SURNAME);
            let greeting = greeted && other;
            // "Paul quigley i've had three deliveries", "l nine seven double z paul quigley".
            let stands = (k == 0 && self.is_surname(k + 1)) || k + 2 == words.len();
            let stands =
                stands && !names.own.iter().any(|n| *n == words.name(k)) && !self.is_of_kin(k);
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

    fn by_agent(&self, cues: &[usize], opens: bool, names: &mut Names) {
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
                    let line =
                        (1..=2).any(|n| words.at(k + n) == "on" && words.at(k + n + 2) == "line");
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

    /// "My daughter Aoife", "he's called Kevin", "I'm in Vernon on Thursdays": another person, a pet, a town.
    fn is_anothers(&self, k: usize) -> bool {
        let words = self.words;
        let named = matches!(
            &*words.before(k, 1),
            "in" | "at" | "near" | "via" | "called" | "named"
        );
        // "Lachie's mum Renee" is who speaks.
        let whose = !words.before(k, 2).ends_with("'s");
        named || (whose && words.is_behind(k, KIN))
    }

    /// A first and a last name that are all that is said.
    fn is_read_out(&self, k: usize) -> bool {
        let words = self.words;
        let second =
            words.follows(k + 1) && words.is_capital(k + 1) && !words.is(k + 1, NEVER_SURNAME);
        let behind = words.closes(k + 1) || words.at(k + 2) == "and";
        self.early
            && words.is_capital(k)
            && words.is_plain(k)
            && second
            && words.is_plain(k + 1)
            && k == 0
            && behind
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
        let called = matches!(
            &*before,
            "calling" | "holding" | "waiting" | "back" | "again" | "today"
        );
        let named = words.is_capital(words.len() - 1);
        if k > 0 && words.gap(k) == Gap::Comma && named && !greeted && !called {
            self.take(k, false, &mut names.own);
        }
    }

    /// The first word from a place on that is none of these.
    fn skip(&self, from: usize, over: Class) -> usize {
        let goes_on = |k: &usize| self.words.is(*k, over);
        (from..).take_while(goes_on).last().map_or(from, |k| k + 1)
    }

    /// "I'm", "I am", and what recognisers make of them.
    fn is_i(&self, k: usize) -> bool {
        let words = self.words;
        !matches!(&*words.at(k), "am" | "'m" | "m") || words.before(k, 1) == "i"
    }

    /// "I am Selam, the wife", late in a call.
    fn is_placed(&self, k: usize) -> bool {
        let words = self.words;
        let behind = matches!(&*words.at(k + 1), "the" | "his" | "her" | "their" | "from");
        words.is_sure(k) || (words.is_capital(k) && words.closes(k) && behind)
    }

    /// Whether "it's" points to a person: two names, a common given name, or "it's Gwilym here".
    fn points(&self, k: usize) -> bool {
        let words = self.words;
        let mut at = self.skip(k + 1, FILLER);
        let titled = words.is_title(at);
        while words.is_title(at) {
            at += 1;
        }
        let second = words.follows(at + 1) && words.is_capital(at + 1) && words.closes(at + 1);
        let behind = words.at(at + 1);
        words.is_sure(at)
            || (words.is_capital(at) && (titled || behind == "here" || behind == "speaking"))
            || (self.early && words.is_capital(at) && second && !words.is(at + 1, NEVER_SURNAME))
    }

    /// "It's Effie's machine", "I'm Leo's mum": the name is somebody else's.
    fn is_somebodys(&self, k: usize) -> bool {
        let whose = |k: usize| {
            let written = self.words.written(k);
            written.ends_with("'s") || written.ends_with("\u{2019}s")
        };
        let named = |k: usize| self.words.is_capital(k) || self.words.given(k).is_some();
        (named(k) && whose(k)) || (named(k) && named(k + 1) && whose(k + 1))
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
            let own = kin
                && matches!(
                    &*turn.before(j, 1),
                    "my" | "me" | "our" | "little" | "his" | "her"
                );
            let called_for = kin && (2..=3).any(|b| turn.before(j, b) == "for");
            (own && (whose.is_some() || here - j < 6))
                || called_for
                || matches!(&*word, "her" | "his") && here - j < 4
        })
    }

    /// An answer of hardly more than a name.
    fn is_short(&self, from: usize) -> bool {
        let left = self.words.len().saturating_sub(from);
        let rest = (from..self.words.len()).filter(|&k| self.words.at(k).len() > 1);
        (1..=3).contains(&rest.count()) && left < 16
    }

    /// In speech without capitals: "shonda merritt m e r r", "harpreet and my number is".
    fn is_name_like(&self, k: usize) -> bool {
        let words = self.words;
        let letter =
            |k: usize| words.written(k).len() == 1 && words.at(k) != "i" && words.at(k) != "a";
        let spelled = |k: usize| letter(k) && letter(k + 1);
        let last =
            |k: usize| words.is_plain(k) && words.at(k).len() > 2 && !words.is(k, NEVER_SURNAME);
        spelled(k + 1)
            || (last(k)
                && last(k + 1)
                && (spelled(k + 2) || words.is(k + 2, BEHIND_NAME) || k + 2 == words.len()))
    }

    /// Takes up to two names from a place on: capitalised words and common given names, or, in lower-case speech after "my
    /// name is" (`sure`), any, with a last name where it ends what is said or is spelled. How many words it took.
    fn take(&self, from: usize, sure: bool, into: &mut Vec<String>) -> usize {
        let words = self.words;
        let mut taken = 0;
        for k in from..from + 4 {
            if words.is_title(k) && taken == 0 {
                continue;
            }
            let after_title = k > from && words.is_title(k - 1);
            let first = k == from || after_title;
            let fits = if !first {
                if words.bare {
                    self.is_surname(k)
                } else {
                    words.is_capital(k)
                }
            } else if words.bare {
                sure || after_title || words.given(k) == Some(Given::Name)
            } else {
                words.is_capital(k) || sure || words.given(k) == Some(Given::Name)
            };
            if !words.is_plain(k) || !fits || !(k == from || words.follows(k)) || taken == 3 {
                break;
            }
            // A sentence begins with a capital, whatever its first word is.
            if k == 0 && !words.bare && words.given(k).is_none() && !(sure || words.is_capital(1)) {
                break;
            }
            push(into, &words.name(k));
            taken += 1;
        }
        taken
    }

    /// Takes the caller's name. What stands behind a first name or a title is the last name.
    fn take_callers(&self, from: usize, sure: bool, names: &mut Names) -> usize {
        // "Riaan! Lovely day.": an answer may begin with the agent's name.
        let own = |k: usize| names.own.iter().any(|n| *n == self.words.name(k));
        if own(from) && self.words.closes(from) {
            return 0;
        }
        let taken = self.take(from, sure, &mut names.known);
        if taken > 1 || (taken == 1 && self.words.is_title(from)) {
            names.lasts.extend(names.known.last().cloned());
        }
        taken
    }

    /// In speech without capitals: whether a word behind a first name is the last name.
    fn is_surname(&self, k: usize) -> bool {
        let words = self.words;
        let spelled = words.written(k + 1).len() == 1;
        let stands = k + 1 >= words.len() || spelled || words.is(k + 1, BEHIND_NAME);
        stands && words.at(k).len() > 2 && !words.is(k, NEVER_SURNAME)
    }

    /// Takes the name that stands before a place: "Sean Quinn here". How many words it took.
    fn take_back(&self, k: usize, by_agent: bool, into: &mut Vec<String>) -> usize {
        let words = self.words;
        let is_part = |k: usize| {
            words.is_plain(k) && (words.is_capital(k) || words.given(k) == Some(Given::Name))
        };
        let mut from = k;
        while from > 0 && words.follows(from) && k - from < 3 && is_part(from - 1) {
            from -= 1;
        }
        // "Mele speaking", in lower case: whatever stands there but "who is", "you are".
        let any = by_agent && from == k && words.at(k) == "speaking" && words.bare;
        if any && k > 0 && words.is_plain(k - 1) && !words.is_behind(k, NEVER_SURNAME) {
            from = k - 1;
        }
        let led = words.is_behind(from, GREETS) || words.is_behind(from, LEADS_IN);
        if from == k || !(words.is_apart(from) || words.bare || led) {
            return 0;
        }
        for k in from..k {
            push(into, &words.name(k));
        }
        k - from
    }

    /// A name that is given letter by letter: "w o j c i k".
    fn spell(&self, from: usize, into: &mut Vec<String>) -> bool {
        let letters: String = (from..self.words.len())
            .map(|k| self.words.at(k))
            .take_while(|w| w.len() == 1 && w.bytes().all(|b| b.is_ascii_lowercase()))
            .collect();
        let name = letters.len() > 2;
        if name {
            push(into, &letters);
        }
        name
    }
}

fn is_is(word: &str) -> bool {
    matches!(word, "is" | "'s" | "s")
}

fn push(into: &mut Vec<String>, name: &str) {
    if !into.iter().any(|n| n == name) {
        into.push(name.to_owned());
    }
}
