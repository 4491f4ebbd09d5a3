//! Where in a sentence somebody is addressed by name.

use super::classes::{
    self, AFTER_ADDRESS, BEFORE_ADDRESS, FILLER, GREETS, JOINS, LEADS_TO, RANK, TALKED_ABOUT, THIRD_PERSON,
    WRITTEN_TITLE,
};
use super::given::Given;
use super::words::Words;
use crate::text::scene::Names;
use crate::text::words::{Gap, Kind};

/// A sentence of the agent's in which names are looked for.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub words: Words<'a>,
    /// It ends in a question mark.
    pub asked: bool,
    /// The caller has not spoken yet.
    pub opening: bool,
}

/// Bytes behind a name in which somebody may say who answers: a text without an end must not be read from every name on.
const REACH: usize = 200;

impl Place<'_> {
    pub fn is_talked_about(self, k: usize) -> bool {
        let words = self.words;
        let talked = words.is_behind(k, TALKED_ABOUT) && !self.is_joined(k, k + 1);
        words.follows(k) && (talked || self.is_told(k)) && !self.is_asked(k)
    }

    /// The title before a name, or the name itself.
    pub fn head(self, k: usize) -> usize {
        k - usize::from(k > 0 && self.words.is_title(k - 1))
    }

    /// "And Joan, is it okay?": what "and" leads to is addressed where it begins what is said.
    pub fn is_joined(self, k: usize, end: usize) -> bool {
        let words = self.words;
        let goes_on = words.closes(end - 1) || words.is(end, AFTER_ADDRESS);
        let led = k > 1 && (words.is_behind(k - 1, BEFORE_ADDRESS) || words.is_behind(k - 1, GREETS));
        words.before(k, 1) == "and" && goes_on && (k == 1 || words.bare || led)
    }

    /// Nothing but "and", "so", "uh" stands before it.
    fn begins(self, k: usize) -> bool {
        (0..k).all(|k| self.words.is(k, JOINS))
    }

    /// Whether a word is an address though nobody gave the name.
    pub fn is_address(self, k: usize, names: &Names) -> bool {
        let words = self.words;
        let token = &words.tokens[k];
        if token.kind() != Kind::Word || self.is_signature(k) {
            return false;
        }
        let titled = k > 0 && words.is_title(k - 1);
        let greeted = k > 0 && words.may_greet(k - 1);
        // The cheap questions first: most words stand where nobody is addressed.
        let given = words.given(k);
        let cheap = titled || greeted || k < 2 || words.closes(k);
        let shown = given == Some(Given::Name) || words.is_capital(k);
        if !(cheap || (shown && (self.is_asked(k) || self.goes_on_to_caller(k)))) {
            return false;
        }
        // "Mr. B", as those are called whose name is not to be spelled each time.
        let initial = titled && words.written(k).len() == 1 && words.at(k).as_bytes()[0].is_ascii_lowercase();
        if !(words.is_plain(k) || initial) || names.is_elses(&words.name(k)) {
            return false;
        }
        if titled {
            return words.follows(k) && self.is_titled_address(k) && names.may_be_last(&words.name(k));
        }
        let last = || names.is_last(&words.name(k)) && self.greeting(k) != Greeting::Sure;
        if is_possessive(words.written(k)) || last() {
            return false;
        }
        match given {
            Some(given) => self.is_given_address(k, given) && names.may_be_caller(&words.name(k)),
            None => self.is_capital_address(k) && names.may_be_caller(&words.name(k)),
        }
    }

    /// "Mr. Langley, there you are", "okay mister escobedo i see".
    fn is_titled_address(self, k: usize) -> bool {
        let words = self.words;
        let head = k - 1;
        let mut end = k + 1;
        while end < words.len() && words.follows(end) && words.is_capital(end) {
            end += 1;
        }
        if self.is_asked(head) {
            // "Is it Mr Hargreaves, no, it's you with the hens."
            return words.at(end) != "no";
        }
        let led = words.is_behind(head, BEFORE_ADDRESS) || words.is_behind(head, GREETS);
        let talked = words.is_behind(head, TALKED_ABOUT) || self.leads_to(head);
        if (words.follows(head) && talked && !led) || (words.is(head, RANK) && !words.is_behind(head, GREETS)) {
            return false;
        }
        if words.bare {
            let third = words.is(end, THIRD_PERSON) && !words.is(end, AFTER_ADDRESS);
            let third = third || (words.at(end) == "and" && !led && head > 0);
            // "Miss" is a word of its own: "i miss it".
            return !third
                && (words.is(head, WRITTEN_TITLE) || (words.at(head) == "miss" && head > 0 && end == words.len()));
        }
        // "There's a gentleman, Mr. Dacosta, and his number is": what is said of somebody goes on behind the name.
        let last = end == words.len();
        let goes_on = words.is(end, AFTER_ADDRESS) && !(words.at(end) == "and" && self.is_of_third(end + 1));
        let begins = words.is_apart(head) && (head == 0 || last || goes_on);
        (words.is_capital(k) || words.written(k).len() == 1)
            && (words.closes(end - 1) || words.is(end, AFTER_ADDRESS))
            && (begins || led)
    }

    fn is_of_third(self, k: usize) -> bool {
        matches!(&*self.words.at(k), "he" | "he's" | "his" | "she" | "she's" | "her" | "they" | "their")
    }

    /// Whether a common given name is an address though nobody gave it. Names are known as such here, so that neither a
    /// capital nor a comma need show it: "thank you maria for holding", "julia i understand", "i see that maria".
    fn is_given_address(self, k: usize, given: Given) -> bool {
        let words = self.words;
        let closes = words.closes(k);
        let greeting = self.greeting(k);
        if self.is_asked(k) {
            let behind = matches!(&*words.at(k + 1), "speaking" | "there" | "please" | "right");
            return given == Given::Name && (closes || behind);
        }
        // "Maria Lopez" is read back, or somebody else.
        let full = words.follows(k + 1) && (words.is_capital(k + 1) || words.given(k + 1) == Some(Given::Name));
        if k > 0 && words.follows(k) && words.given(k - 1) == Some(Given::Name) {
            return false;
        }
        let goes_on = words.is(k + 1, AFTER_ADDRESS) || self.is_pointed_on(k + 1);
        if given == Given::Name && k == 1 && words.is(0, JOINS) && goes_on {
            return true;
        }
        match (given, greeting) {
            (Given::AlsoWord, greeting) => closes && greeting == Greeting::Sure,
            // "Good evening, Ravi Fibre" is who answers.
            (_, Greeting::Sure) if self.opening && words.bare => closes || goes_on,
            (_, Greeting::Sure) => !(full && self.opening),
            (_, Greeting::Likely) => closes || goes_on,
            _ if k == 0 => {
                // "Maria, I see it": what stands alone is rather read back than called, unless it is asked.
                let comma = closes && self.comma_behind(k);
                comma || (!closes && goes_on) || (words.len() == 1 && self.asked)
            }
            // "And, uh, Dot?"
            _ if words.is_apart(k) => {
                let called = !words.is_behind(k, FILLER) || (self.begins(k) && (self.asked || goes_on));
                closes && !full && called && !self.is_listed(k)
            }
            _ => {
                let ends = (closes && !self.opening) || self.goes_on_to_caller(k);
                let talked = words.is_behind(k, TALKED_ABOUT) && !self.is_joined(k, k + 1);
                let talked = talked || self.is_told(k) || self.leads_to(k);
                ends && words.before(k, 1).len() > 1 && !self.is_subject(k) && !talked
            }
        }
    }

    /// "Okay John, is this the left knee", "okay Barry, that changes it".
    fn is_pointed_on(self, k: usize) -> bool {
        match &*self.words.at(k) {
            "that" => true,
            "is" => matches!(&*self.words.at(k + 1), "this" | "that" | "it" | "there"),
            _ => false,
        }
    }

    /// In speech without capitals: "for the inconvenience barry so i'm looking".
    fn goes_on_to_caller(self, k: usize) -> bool {
        self.words.bare
            && matches!(
                &*self.words.at(k + 1),
                "i" | "i'm"
                    | "i'll"
                    | "i've"
                    | "it's"
                    | "so"
                    | "let"
                    | "can"
                    | "could"
                    | "do"
                    | "are"
                    | "you"
                    | "your"
                    | "we"
                    | "please"
                    | "what"
                    | "how"
                    | "thank"
                    | "thanks"
                    | "sorry"
                    | "if"
            )
    }

    /// Whether a word of which nothing but the capital tells that it is a name is an address.
    fn is_capital_address(self, k: usize) -> bool {
        let words = self.words;
        if !words.is_capital(k) || k == 0 || !words.closes(k) {
            return false;
        }
        if self.is_asked(k) {
            return true;
        }
        if self.greeting(k) == Greeting::Sure {
            // "Good morning, Northmoor" is who answers.
            return !self.opening || (self.comma_behind(k) && !self.is_who_answers(k));
        }
        let last = k + 1 == words.len();
        let before = words.gap(k) == Gap::Comma && !words.is_behind(k, FILLER);
        let goes_on = self.comma_behind(k) && words.is(k + 1, AFTER_ADDRESS);
        !self.opening
            && (last || goes_on)
            && before
            && !words.is_capital(k - 1)
            && (0..k).all(|k| k == 0 || !words.is_capital(k) || !words.is_plain(k))
    }

    /// "Good morning, Brightwater, this is Lena": behind the company stands who answers for it, or the question what it
    /// is about. "Good morning, Tadhg, this is Lena from Brightwater" names the company apart, so that Tadhg is spoken to.
    fn is_who_answers(self, k: usize) -> bool {
        // Behind a comma another clause may begin, whose words are not among these.
        let (call, from) = (self.words.call, self.words.tokens[k].end as usize);
        let turn = call.turns.partition_point(|turn| (turn.text.end as usize) < from);
        let to = call.turns.get(turn).map_or(from, |turn| turn.text.end as usize).min(from + REACH);
        let to = (from..=to).rev().find(|at| call.text().is_char_boundary(*at)).unwrap_or(from);
        let behind = &call.text()[from..to];
        let behind = behind.split(['.', '?', '!', '\n']).next().unwrap_or_default().replace('\u{2019}', "'");
        let said = behind.trim_start_matches([',', ' ']).to_lowercase();
        let begins = |with: &[&str]| with.iter().any(|w| said.starts_with(w));
        let signs = || said.split(',').next().is_some_and(|c| c.ends_with(" speaking") || c.ends_with(" here"));
        let introduces =
            begins(&["this is ", "my name", "i'm ", "i am ", "it's ", "you're through", "you're speaking"]);
        let names_company = || [" from ", " with ", " at ", " of "].iter().any(|w| said.contains(w));
        // "Hi Tadhg, how can I help?" has no comma before who is greeted.
        let asks = begins(&["how ", "what ", "may ", "can "]) && self.words.is_apart(k);
        asks || ((introduces || signs()) && !names_company())
    }

    /// "I'm sending Eddie, he's our plumber": what follows speaks of them.
    fn is_subject(self, k: usize) -> bool {
        matches!(&*self.words.at(k + 1), "he" | "he's" | "she" | "she's" | "they" | "who" | "and" | "or")
    }

    /// "Ask for Desmond", not "thanks for calling Desmond".
    pub fn leads_to(self, k: usize) -> bool {
        let before = self.words.before(k, 1);
        let thanked =
            matches!(&*before, "calling" | "contacting" | "on") && (2..=3).any(|b| self.words.before(k, b) == "for");
        !thanked && classes::is(&before, LEADS_TO)
    }

    /// "Eddie, Martin and Dev": one of several.
    fn is_listed(self, k: usize) -> bool {
        let words = self.words;
        let named = |k: usize| words.is_capital(k) && words.given(k).is_some();
        let next =
            |by: usize| (named(k + by) && words.len() > k + by) || (words.at(k + by) == "and" && named(k + by + 1));
        (k + 1 < words.len() && next(1)) || named(k - 1)
    }

    fn comma_behind(self, k: usize) -> bool {
        let end = self.words.tokens[k].end as usize;
        self.words.call.text().as_bytes().get(end) == Some(&b',')
    }

    /// "Is that Leanne?", "am I speaking with Mr Imtiaz?", "are you mister pillay": the caller is asked for by name.
    pub fn is_asked(self, k: usize) -> bool {
        let words = self.words;
        if k < 2 {
            return false;
        }
        let head = self.head(k);
        let before = |back: usize| words.before(head, back);
        match &*before(1) {
            "that" | "this" | "it" => matches!(&*before(2), "is" | "isit"),
            "you" => before(2) == "are",
            "with" | "to" => {
                matches!(&*before(2), "speaking" | "talking")
                    && (3..=4).any(|b| matches!(&*before(b), "i" | "i'm" | "im"))
            }
            _ => false,
        }
    }

    /// Whether the words before a place say that somebody is called so.
    pub fn is_told(self, k: usize) -> bool {
        matches!(
            &*self.words.before(k, 1),
            "is" | "am"
                | "i'm"
                | "im"
                | "name's"
                | "names"
                | "with"
                | "it's"
                | "its"
                | "that's"
                | "thats"
                | "he's"
                | "she's"
        )
    }

    /// Whether the words before a place greet or thank somebody.
    fn greeting(self, k: usize) -> Greeting {
        let words = self.words;
        if k == 0 || !words.may_greet(k - 1) {
            return Greeting::None;
        }
        let before = words.before(k, 1);
        if classes::is(&before, GREETS) || (before == "you" && words.before(k, 2) == "thank") {
            Greeting::Sure
        } else if before == "so" || classes::is(&before, BEFORE_ADDRESS) {
            Greeting::Likely
        } else {
            Greeting::None
        }
    }

    /// "^Akash", "-Angie", "~ Velvet": who signs is the agent.
    fn is_signature(self, k: usize) -> bool {
        let start = self.words.tokens[k].start as usize;
        let before = self.words.call.text()[..start].trim_end_matches(' ');
        before.ends_with(['^', '~', '-', '*', '\u{2013}', '\u{2014}'])
    }
}

/// How sure the words before a name say that somebody is spoken to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Greeting {
    None,
    /// "okay", "you", "that": the name must end what is said, or "I" or the like follow it.
    Likely,
    /// "hi", "thank you".
    Sure,
}

pub(super) fn is_possessive(written: &str) -> bool {
    written.ends_with("'s") || written.ends_with("\u{2019}s")
}
