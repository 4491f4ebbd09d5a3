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
    &["michael", "mike", "mick", "mikey", "mickey"], &["robert", "rob", "bob", "bobby", "robbie", "bert"], &["william", "will", "bill", "billy", "liam", "willie"],
    &["james", "jim", "jimmy", "jamie"], &["elizabeth", "elisabeth", "liz", "beth", "lizzie", "betty", "eliza", "betsy", "libby", "lisa"],
    &["katherine", "catherine", "kathryn", "kate", "katie", "kathy", "cathy", "kat", "kit"], &["thomas", "tom", "tommy"], &["richard", "rick", "dick", "rich", "ricky", "richie"],
    &["alexander", "alexandra", "alex", "sandra", "sasha", "alexa", "al", "xander", "sandy", "lex"], &["margaret", "maggie", "meg", "peggy", "marge", "greta", "rita"],
    &["jennifer", "jen", "jenny", "jenn"], &["christopher", "chris", "topher", "kit"], &["christina", "christine", "chris", "tina", "chrissy", "christie"],
    &["kristina", "kristine", "kristen", "kris", "tina"], &["joseph", "joe", "joey", "jose"], &["josephine", "jo", "josie"], &["daniel", "dan", "danny"],
    &["danielle", "dani"], &["david", "dave", "davey"], &["patricia", "pat", "trish", "patty", "tricia"], &["patrick", "pat", "paddy", "rick"],
    &["edward", "ed", "eddie", "ted", "ned", "teddy"], &["theodore", "ted", "theo", "teddy"], &["andrew", "andy", "drew"], &["andrea", "andy", "andie"],
    &["anthony", "antony", "tony"], &["antonio", "tony"], &["susan", "susanna", "suzanne", "sue", "suzie", "susie"], &["samuel", "samantha", "sam", "sammy"],
    &["benjamin", "ben", "benny", "benji"], &["matthew", "mathew", "matt", "matty"], &["nicholas", "nicolas", "nick", "nicky"], &["nicole", "nicola", "nikki", "nicky"],
    &["steven", "stephen", "steve", "stevie"], &["stephanie", "steph"], &["rebecca", "becky", "becca", "beck"], &["joshua", "josh"], &["jonathan", "jonathon", "jon", "john", "jonny"],
    &["john", "johnny", "jack", "jon"], &["jacqueline", "jackie"], &["timothy", "tim", "timmy"], &["gregory", "greg"], &["victoria", "vicky", "vicki", "tori", "vic"],
    &["victor", "vic"], &["deborah", "debra", "debbie", "deb"], &["barbara", "barb", "babs"], &["charles", "charlie", "chuck", "chas"], &["charlotte", "charlie", "lottie"],
    &["philip", "phillip", "phil"], &["peter", "pete"], &["lawrence", "laurence", "larry"], &["ronald", "ron", "ronnie"], &["donald", "don", "donnie"], &["kenneth", "ken", "kenny"],
    &["raymond", "ray"], &["gerald", "jerry", "gerry"], &["jeffrey", "geoffrey", "jeff", "geoff"], &["jeremy", "jeremiah", "jerry"], &["jerome", "jerry"], &["frederick", "fred", "freddie"],
    &["francis", "frank", "fran"], &["frances", "fran", "francine", "frankie"], &["franklin", "frank"], &["henry", "harry", "hank"], &["harold", "harry", "hal"],
    &["walter", "walt"], &["albert", "al", "bert"], &["alan", "allan", "allen", "al"], &["alfred", "al", "fred", "alfie"], &["abraham", "abe"], &["arthur", "art"],
    &["bradley", "brad"], &["bernard", "bernie"], &["calvin", "cal"], &["clifford", "cliff"], &["clinton", "clint"], &["curtis", "curt"], &["douglas", "doug"],
    &["eugene", "gene"], &["gabriel", "gabe"], &["gabriella", "gabrielle", "gabby"], &["isaac", "ike"], &["jacob", "jake"], &["leonard", "len", "lenny", "leo"], &["louis", "lewis", "lou"],
    &["louise", "lou", "lulu"], &["martin", "marty"], &["maxwell", "maximilian", "max"], &["mitchell", "mitch"], &["nathan", "nathaniel", "nate", "nat"], &["oliver", "ollie"],
    &["olivia", "liv", "livvy"], &["randall", "randy"], &["rodney", "rod"], &["roger", "rog"], &["russell", "russ"], &["sebastian", "seb"], &["stanley", "stan"], &["stuart", "stewart", "stu"],
    &["vincent", "vince", "vinny"], &["zachary", "zach", "zack"], &["abigail", "abby", "abbie"], &["allison", "alison", "ali", "allie"], &["amanda", "mandy"], &["amelia", "millie", "amy"],
    &["angela", "angelina", "angie"], &["anne", "ann", "annie", "nancy"], &["annabelle", "anna", "belle"], &["beatrice", "bea"], &["bridget", "biddy"], &["carolyn", "caroline", "carrie", "carol"],
    &["cassandra", "cassie", "cass"], &["cynthia", "cindy"], &["dorothy", "dot", "dottie", "dolly"], &["eleanor", "ellie", "nell", "nora", "elena"], &["emily", "em", "emma"],
    &["florence", "flo"], &["genevieve", "gen", "jenny"], &["georgina", "georgia", "georgie", "gina"], &["gwendolyn", "gwen"], &["isabella", "isabelle", "isabel", "izzy", "bella"],
    &["jessica", "jess", "jessie"], &["judith", "judy"], &["julia", "juliet", "julie", "jules"], &["kimberly", "kim"], &["lillian", "lily"], &["linda", "lindy"], &["lucille", "lucy"],
    &["madeline", "madeleine", "maddie"], &["martha", "marty"], &["mary", "molly", "polly", "maria"], &["melanie", "mel"], &["melissa", "mel", "missy", "lissa"], &["mildred", "millie"],
    &["miranda", "mandy", "randi"], &["natalie", "nat"], &["natasha", "tasha"], &["pamela", "pam"], &["penelope", "penny"], &["priscilla", "cilla"], &["rachel", "rach"],
    &["regina", "gina"], &["roberta", "bobbie"], &["rosemary", "rose", "rosie"], &["sarah", "sara", "sadie", "sally"], &["shirley", "shirl"], &["teresa", "theresa", "terry", "tess"],
    &["valerie", "val"], &["veronica", "ronnie", "vera"], &["vivian", "viv"], &["virginia", "ginny", "ginger"], &["yolanda", "yoli"],
    &["alejandro", "alex"], &["francisco", "paco", "pancho", "frank"], &["guillermo", "memo"], &["ignacio", "nacho"], &["jesus", "chuy"], &["eduardo", "eddie", "lalo"], &["roberto", "beto"],
    &["guadalupe", "lupe"], &["dolores", "lola"], &["isabel", "chabela"], &["dmitri", "dmitry", "dima"], &["mikhail", "misha"], &["aleksandr", "sasha", "alex"], &["ekaterina", "katya"],
    &["muhammad", "mohammed", "mohamed", "mohammad", "mo"], &["abdullah", "abdul"], &["giovanni", "gianni"], &["giuseppe", "beppe"], &["johannes", "hans", "jan"], &["matthias", "matti"],
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

/// Titles that are never a word of their own in speech without capitals, as "miss" and "doctor" are.
pub(super) const WRITTEN_TITLES: &[&str] = &["mr", "mrs", "ms", "mister", "missus"];

/// Words that greet or thank whoever is named after them.
pub(super) const GREETS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "thanks",
    "morning",
    "afternoon",
    "evening",
    "welcome",
    "dear",
    "bye",
    "goodbye",
];

/// What a sentence goes on with behind an address.
#[rustfmt::skip]
pub(super) const AFTER_ADDRESS: &[&str] = &[
    "i", "i'm", "i'll", "i've", "i'd", "im", "ill", "ive", "we", "we're", "we'll", "we've", "you", "you're", "you've", "your", "let", "let's", "lets",
    "can", "could", "would", "may", "what", "what's", "how", "when", "where", "why", "do", "did", "are", "thank", "thanks", "so", "please", "sorry",
    "unfortunately", "just", "if", "before", "since", "this", "that's", "thats", "it's", "there", "sometimes", "again", "good", "okay", "and",
];

/// Before these a name at the end of a sentence is somebody else's, or a place: "ask john", "your brother john".
#[rustfmt::skip]
pub(super) const LEADS_TO: &[&str] = &[
    "in", "at", "near", "around", "about", "like", "than", "as", "or", "on", "via", "into", "near", "between", "against", "through",
    "ask", "asked", "asking", "call", "called", "calling", "tell", "told", "telling", "email", "emailed", "contact", "contacted", "text", "message", "see", "saw",
    "seeing", "meet", "met", "meeting", "know", "knew", "visit", "help", "let", "get", "got", "give", "gave", "send", "sent", "add", "added", "remove", "find",
    "son", "daughter", "brother", "sister", "husband", "wife", "friend", "mother", "father", "mom", "mum", "dad", "partner", "cousin", "aunt", "uncle", "boss",
    "doctor", "dr", "nurse", "agent", "manager", "supervisor", "colleague", "colleagues", "coworker", "teammate", "specialist", "representative", "officer",
    "first", "last", "middle", "names", "saint", "st", "san", "santa", "street", "his", "her", "their", "your", "i'm", "he's", "she's", "because", "when", "if",
    "said", "says", "did", "does", "do", "are", "will", "can", "could", "would", "should", "who", "whether", "while", "until",
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
    "al", "ed", "em", "dot", "don", "cliff", "penny", "ginger", "sandy", "randy", "rod", "max", "memo", "val", "kit", "dolly", "missy", "hank",
];
