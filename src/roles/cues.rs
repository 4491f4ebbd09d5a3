//! The sentences that only one side of a call says, and how they are found.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Which side says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The company.
    Agent,
    /// The caller.
    Customer,
    /// A recorded voice.
    Machine,
    /// Nobody in a call: an interview, a podcast, a meeting.
    NoCall,
}

/// Phrases by sort and points. Words are as [`words`] leaves them; `a/b` is either, `_` any word.
#[rustfmt::skip]
const PHRASES: &[(Sort, u32, &[&str])] = &[
    (Sort::Agent, 4, &[
        "thank you for calling", "thanks for calling", "thank you for contacting/choosing/reaching", "thanks for contacting/reaching",
        "how can/may i help/assist you", "how can/may i be of", "how can/may i help/assist today", "what can i help/assist you with",
        "what can i do for you today", "this call is being", "this call may be", "anything else i can/could help/do/assist", "anything else i may",
        "anything else that i can/could", "else i can help you with", "911 what is", "911 where is", "you have reached _ my",
        "i/we will be happy/glad to help/assist you", "i would be happy/glad to help/assist you", "be more than happy to help/assist",
        "thank you for being a", "thanks for being a", "help/assist you with today", "thank you for your patience while",
    ]),
    (Sort::Agent, 3, &[
        "may i have your", "may i get your", "may i ask who", "can/could i have/get your account/first/last/full/name/phone/order/date/zip/email/policy/member/reference/customer/billing/address/postcode/number",
        "can/could i have/get the account/order/phone/policy/name/first/last/confirmation/reference", "can/could you verify your/the", "can/could you confirm your/the",
        "can/could you provide me your/with/the", "could i take your", "can i take your name/account/address/number/phone/date",
        "may i place/put you on", "can/could i place/put you on", "am i okay to place/put you", "mind if i place/put you on", "mind holding for", "thank you for holding",
        "thanks for holding", "thank you for waiting", "let me pull/bring up your", "pull up your account/order/file/information/details/policy",
        "let me look/check that/into for/that", "i will transfer you", "let me transfer you", "i am going to transfer you", "transfer you to our", "transfer you over to",
        "your confirmation/reference/case/ticket/claim number is", "for security/verification purposes", "to verify your account/identity",
        "who am i speaking with", "whom am i speaking with", "with whom am i", "i see your account", "i have pulled up your", "i can see here that you",
        "i apologize for the inconvenience", "sorry for the inconvenience", "what is your account/policy/order/member number",
        "last four of/digits your/of", "verify your date", "a ticket for you", "a refund for you", "refund for you", "schedule a technician", "send a technician/replacement",
    ]),
    (Sort::Agent, 1, &[
        "our system/systems/records/policy/policies/website/technician/technicians/supervisor/warehouse/department/database", "on our end", "our customers/members", "in our system",
        "for your business", "look into that for you", "take care of that for you", "check on that for you", "i understand your frustration", "the account number",
        "on your account", "in/on your policy/order", "is there anything else", "we can offer you", "for you today", "your best call/callback number", "spell your",
        "your account number", "date of birth", "billing address", "email on file", "address on file", "number on file",
    ]),
    (Sort::Customer, 3, &[
        "i am calling about my", "i am calling because my/i", "i was calling about/because/to", "calling to see if you", "calling to check on my", "i am calling in regards/reference/regard",
        "i want to cancel", "i would like to cancel", "i need to cancel", "i want my money", "i want a refund", "i would like a refund", "i need a refund", "give me a refund", "get a refund",
        "speak to a/your manager/supervisor", "talk to a/your manager/supervisor", "speak with a/your manager/supervisor", "i have been on hold", "been on hold for", "i have been waiting",
        "i was charged", "i got charged", "i have been charged", "you charged me", "you guys charged", "i placed an order", "i ordered a/an/the/some/it/from",
        "calling to make a/an", "i need to make/schedule an", "i would like to make/schedule an", "i am a customer", "i have been a customer", "having trouble with my", "problem with my", "issue with my",
        "trouble logging into my",
    ]),
    (Sort::Customer, 2, &[
        "i am calling about", "i am calling because", "i am calling to", "i called yesterday/earlier/last/before/twice/this", "my order has/never/is/was", "my package has/never/is/was",
        "can/could you help me", "i need help with", "i need some help", "i was wondering if", "i have a question about", "i am having trouble/problems/issues", "having an issue", "having a problem",
        "i lost my", "my account number is", "my order number is", "my policy number is", "my date of birth is", "my bill", "my claim", "my subscription", "my reservation", "i got a bill/letter/charge",
        "i received a bill/letter/charge", "i never received", "i have not received", "does not work", "is not working", "stopped working", "you people", "you guys",
    ]),
    (Sort::Customer, 1, &[
        "my account", "my order", "my card", "my package", "my internet", "my insurance", "my policy", "my flight", "my payment", "my refund", "my appointment", "my bank", "my statement", "my prescription",
        "thank you for your help", "thanks for your help", "thank you much for your help", "i appreciate your help",
    ]),
    (Sort::Machine, 3, &[
        "press one/two/three/1/2/3", "press or say", "para espanol", "your call is important to us", "your call may be monitored", "all of our agents/representatives", "stay on the line your", "say or press",
        "your call will be answered",
    ]),
    (Sort::NoCall, 0, &[
        "welcome to the show", "welcome to the podcast", "welcome back to the show/podcast", "welcome to another episode", "thanks for having me", "thank you for having me", "thanks for coming on",
        "this podcast", "our podcast", "my podcast", "our guest", "my guest", "this episode", "our listeners", "tell me about yourself", "tell us about yourself", "your greatest/biggest weakness/strength",
        "next slide", "welcome everyone", "thank you all for joining", "on the agenda", "todays agenda", "your honor", "this interview", "thanks for the interview", "on my resume", "your resume",
        "research study", "for the study",
    ]),
];

/// Words that may stand anywhere and change nothing.
const PASSED: &[&str] = &[
    "um", "uh", "er", "erm", "ah", "hmm", "please", "just", "also", "kindly", "quickly",
    "actually", "so", "really", "very", "even", "maybe",
];

/// Contractions, without their apostrophes.
const OPENED: &[(&str, &str, &str)] = &[
    ("im", "i", "am"),
    ("ill", "i", "will"),
    ("ive", "i", "have"),
    ("id", "i", "would"),
    ("youve", "you", "have"),
    ("youre", "you", "are"),
    ("whats", "what", "is"),
    ("doesnt", "does", "not"),
    ("isnt", "is", "not"),
    ("havent", "have", "not"),
    ("weve", "we", "have"),
    ("its", "it", "is"),
];

/// One phrase, ready to be matched.
#[derive(Debug)]
pub struct Cue {
    /// Which side says it.
    pub sort: Sort,
    /// How much it weighs.
    pub points: u32,
    /// The alternatives of each word.
    words: Vec<Vec<&'static str>>,
}

/// All phrases by their first words.
#[derive(Debug)]
pub struct Cues {
    all: Vec<Cue>,
    by_first: BTreeMap<&'static str, Vec<usize>>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut cues = Cues {
        all: Vec::new(),
        by_first: BTreeMap::new(),
    };
    for (sort, points, phrases) in PHRASES {
        for phrase in *phrases {
            let words: Vec<Vec<&'static str>> =
                phrase.split(' ').map(|w| w.split('/').collect()).collect();
            for first in words.first().into_iter().flatten() {
                cues.by_first.entry(first).or_default().push(cues.all.len());
            }
            cues.all.push(Cue {
                sort: *sort,
                points: *points,
                words,
            });
        }
    }
    cues
});

impl Cues {
    /// The phrases, compiled once.
    #[must_use]
    pub fn get() -> &'static Cues {
        &CUES
    }

    /// The phrases that begin at this word, with their numbers.
    pub fn at<'a>(
        &'a self,
        words: &'a [String],
        at: usize,
    ) -> impl Iterator<Item = (usize, &'a Cue)> {
        let starting = self
            .by_first
            .get(words[at].as_str())
            .map_or(&[][..], Vec::as_slice);
        starting.iter().filter_map(move |&number| {
            let cue = &self.all[number];
            let said = words.get(at..at + cue.words.len())?;
            let fits =
                |(want, word): (&Vec<&str>, &String)| want.iter().any(|w| *w == "_" || w == word);
            // "Thanks for calling me back" is what callers say.
            let back = words.get(at + cue.words.len()).is_some_and(|w| w == "me")
                && said.last().is_some_and(|w| w == "calling");
            (cue.words.iter().zip(said).all(fits) && !back).then_some((number, cue))
        })
    }
}

/// The words of a text in lower case, contractions opened, without what may stand anywhere.
pub fn words(text: &str, to: &mut Vec<String>) {
    let pieces = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    for piece in pieces.filter(|p| !p.is_empty()) {
        let word: String = piece
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        if word.is_empty() || PASSED.contains(&word.as_str()) {
            continue;
        }
        if let Some((_, first, second)) = OPENED.iter().find(|(w, ..)| *w == word) {
            to.push((*first).to_owned());
            to.push((*second).to_owned());
        } else {
            to.push(word);
        }
    }
}

/// Every phrase with its sort and points.
#[cfg(test)]
pub fn phrases() -> impl Iterator<Item = (Sort, u32, &'static str)> {
    PHRASES
        .iter()
        .flat_map(|(sort, points, all)| all.iter().map(|phrase| (*sort, *points, *phrase)))
}
