//! The word lists of names: titles, short forms, and what is never a name.

/// What may stand before a last name.
pub(super) const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "mister",
    "missus",
    "doctor",
    "prof",
    "professor",
    "sir",
    "madam",
];

/// Names and their short forms; a caller known by one is addressed by the other.
#[rustfmt::skip]
pub(super) const SHORT_FORMS: &[&[&str]] = &[
    &["michael", "mike", "mick"], &["robert", "rob", "bob", "bobby"], &["william", "will", "bill", "billy"], &["james", "jim", "jimmy"],
    &["elizabeth", "liz", "beth", "lizzie", "betty", "eliza"], &["katherine", "catherine", "kate", "katie", "kathy", "cathy"], &["thomas", "tom", "tommy"],
    &["richard", "rick", "dick", "rich"], &["alexander", "alexandra", "alex", "sandra", "sasha"], &["margaret", "maggie", "meg", "peggy"],
    &["jennifer", "jen", "jenny"], &["christopher", "chris"], &["christina", "christine", "chris", "tina"], &["joseph", "joe", "joey"],
    &["daniel", "dan", "danny"], &["david", "dave"], &["patricia", "pat", "trish", "patty"], &["edward", "ed", "eddie", "ted"],
    &["andrew", "andy", "drew"], &["anthony", "tony"], &["susan", "sue", "suzie"], &["samuel", "samantha", "sam"], &["benjamin", "ben"],
    &["matthew", "matt"], &["nicholas", "nick"], &["steven", "stephen", "steve"], &["rebecca", "becky", "becca"], &["joshua", "josh"],
    &["jonathan", "jon", "john"], &["timothy", "tim"], &["gregory", "greg"], &["victoria", "vicky", "tori"], &["deborah", "debbie", "deb"],
    &["barbara", "barb"], &["charles", "charlie", "chuck"], &["philip", "phil"], &["peter", "pete"], &["lawrence", "larry"], &["ronald", "ron"],
];

/// Words that follow "this is" or "I'm" without being names, and capitals that are no names.
#[rustfmt::skip]
pub(super) const NOT_NAMES: &[&str] = &[
    "i", "a", "an", "the", "my", "your", "our", "his", "her", "their", "this", "that", "it", "he", "she", "they", "we", "you", "calling", "speaking", "not", "so",
    "just", "really", "very", "about", "on", "in", "at", "with", "for", "from", "to", "of", "and", "or", "but", "if", "is", "are", "am", "was", "sorry", "happy", "glad",
    "okay", "ok", "yes", "no", "yeah", "sure", "hi", "hello", "hey", "thanks", "thank", "please", "well", "right", "great", "perfect", "good", "fine", "going", "trying",
    "having", "looking", "here", "there", "what", "why", "how", "when", "where", "who", "which", "ridiculous", "unacceptable", "absolutely", "actually", "now", "still",
    "also", "oh", "um", "uh", "sir", "madam", "ma'am", "miss", "mr", "mrs", "ms", "dr", "let", "do", "does", "did", "can", "could", "would", "will", "may", "all", "any",
    "one", "two", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august",
    "september", "october", "november", "december", "today", "tomorrow", "christmas", "english", "correct", "wonderful", "excellent", "alright", "everyone", "customer",
    "agent", "support", "service", "team", "account", "number", "order", "unfortunately", "once", "then", "because", "as", "by", "have", "has", "had", "been", "be", "in",
    "calm", "unable", "afraid", "frustrated", "upset", "confused", "worried", "new", "supposed", "waiting", "being", "getting", "only", "too", "again", "more", "regarding",
];

/// Before these a name is talked about, spelled or read back, not addressed.
pub(super) const TALKED_ABOUT: &[&str] = &[
    "is", "for", "with", "named", "called", "by", "of", "under", "from", "to", "and", "am", "was",
    "name", "have", "has", "see", "a", "an", "the", "my", "our",
];

/// Before these a capitalised word that ends a clause is an address even without a comma.
pub(super) const BEFORE_ADDRESS: &[&str] = &[
    "thanks",
    "you",
    "okay",
    "ok",
    "hi",
    "hello",
    "hey",
    "sorry",
    "sure",
    "great",
    "perfect",
    "alright",
    "right",
    "yes",
    "no",
    "well",
    "morning",
    "afternoon",
    "evening",
    "that",
    "please",
    "dear",
    "welcome",
    "course",
    "day",
    "bye",
    "goodbye",
    "wonderful",
    "excellent",
    "absolutely",
    "understand",
    "it",
    "there",
    "much",
];

/// Names that are words as well.
#[rustfmt::skip]
pub(super) const ALSO_WORDS: &[&str] = &[
    "will", "mark", "may", "grace", "faith", "hope", "rose", "bill", "pat", "sue", "rob", "dawn", "joy", "art", "frank", "june", "april", "august",
    "summer", "chase", "grant", "drew", "jack", "gene", "rich", "dick", "ray", "guy", "dean", "earl", "miles", "skip", "chuck", "josh", "nick",
    "mike", "jean", "ruby", "pearl", "ivy", "holly", "daisy", "violet", "amber", "crystal", "melody", "autumn", "destiny", "love", "price", "young", "long",
    "short", "white", "black", "brown", "green", "gray", "king", "park", "parks", "wood", "woods", "hill", "lake", "field", "day", "bell", "ball", "bush",
    "cook", "baker", "hunter", "carter", "mason", "page", "banks", "bond", "cash", "case", "best", "good", "rice", "bean", "fields", "little", "small", "strong",
    "sharp", "swift", "bright", "moon", "snow", "winter", "stone", "rivers", "waters", "wells", "west", "north", "church", "house", "hall", "street", "way",
    "change", "pay", "call", "home", "open", "an", "so", "no", "do", "my", "in", "to", "see", "sun", "song", "lane", "loan", "major", "buck",
];
