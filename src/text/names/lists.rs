//! The word lists of names: titles, short forms, and what is never a name.

/// Titles of people who are rather talked about than to: "Dr Sethi says don't come".
pub(super) const RANKS: &[&str] = &["dr", "doctor", "prof", "professor", "sir", "madam"];

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
    "huh", "hm", "mum", "mom", "mama", "mami", "mummy", "dad", "daddy", "pet", "love", "hun", "hon", "honey", "sweetheart", "sweetie", "darling", "dear", "mate", "pal", "buddy", "bud",
    "bro", "dude", "boss", "guys", "folks", "ladies", "gentlemen", "uncle", "auntie", "aunty", "brother", "sister", "son", "babe", "baby", "god", "lord", "goodness", "gosh",
    "jesus", "allah", "heavens", "mam", "maam", "ma", "po", "na", "ji", "sahib", "bhai", "cheers", "bye", "goodbye", "yep", "yup", "nope", "nah", "aye", "mm", "hmm", "mhm",
    "er", "erm", "ah", "aw", "aww", "ooh", "wow", "lovely", "brilliant", "certainly", "definitely", "totally", "exactly", "understood", "noted", "checking", "done",
    "zero", "nought", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "double", "triple", "first", "second",
    "third", "fourth", "fifth", "she", "them", "him", "me", "us", "mine", "yours", "nothing", "something", "anything", "everything", "somebody", "anybody", "nobody",
    "someone", "anyone", "back", "off", "out", "up", "down", "over", "through", "after", "before", "until", "till", "ever", "never", "always", "maybe", "probably",
    "got", "get", "gets", "go", "goes", "gone", "come", "comes", "came", "see", "saw", "say", "says", "said", "think", "know", "want", "wanted", "need", "needs", "like",
    "make", "makes", "made", "take", "takes", "took", "give", "look", "looks", "find", "tell", "told", "ask", "call", "hear", "hold", "wait", "try", "use", "help",
    "that's", "what's", "it's", "there's", "here's", "who's", "he's", "she's", "let's", "i'm", "im", "i'll", "i've", "i'd", "ive", "we're", "we'll", "we've", "we'd", "you're",
    "you'll", "you've", "you'd", "they're", "they'll", "they've", "don't", "dont", "doesn't", "didn't", "can't", "cant", "won't", "isn't", "wasn't", "haven't", "hasn't",
    "couldn't", "wouldn't", "shouldn't", "ain't", "gonna", "wanna", "gotta", "cause", "'cause", "o'clock", "its", "thats", "whats", "lets", "these", "those", "some",
    "both", "each", "every", "other", "another", "same", "such", "much", "many", "most", "less", "few", "own", "than", "least", "else", "away", "around", "under", "since",
    "morning", "afternoon", "evening", "night", "tonight", "yesterday", "day", "week", "month", "year", "email", "internet", "wifi", "spanish", "french", "chinese", "hindi",
    "urdu", "mandarin", "german", "polish", "arabic", "welsh", "irish", "easter", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays",
    "street", "road", "avenue", "lane", "drive", "bank", "hospital", "insurance", "company", "office", "department", "claims", "energy", "water", "mobile", "telecom",
    "unless", "though", "although", "whether", "while", "during", "without", "within", "between", "across", "along", "against", "into", "onto", "upon", "toward", "towards",
    "calm", "unable", "afraid", "frustrated", "upset", "confused", "worried", "new", "supposed", "waiting", "being", "getting", "only", "too", "again", "more", "regarding",
];

/// What recognisers and people put between words.
pub(super) const FILLERS: &[&str] =
    &["uh", "um", "er", "erm", "ah", "eh", "em", "like", "actually", "just", "also", "still"];

/// Words that begin what is said to somebody: "so Courtney, I do apologise".
pub(super) const JOINS: &[&str] =
    &["so", "and", "but", "now", "then", "look", "listen", "uh", "um", "er", "erm", "ah", "oh"];

/// What may lead to the name in an answer to "who am I speaking to?".
#[rustfmt::skip]
pub(super) const LEADS_IN: &[&str] = &[
    "yes", "yeah", "yep", "yup", "aye", "ja", "no", "sure", "uh", "um", "er", "erm", "ah", "eh", "oh", "ok", "okay", "so", "well", "right", "hi", "hello", "hiya", "hey",
    "it's", "its", "it", "is", "'s", "s", "that's", "thats", "that", "that'd", "it'd", "would", "be", "of", "course", "and", "the", "my", "name", "name's", "names", "full",
    "first", "last", "surname", "i'm", "im", "am", "i", "this", "here", "please", "dear", "madam", "sir", "ma'am", "love", "good", "morning", "afternoon", "evening", "mate",
    "certainly", "under", "you're", "speaking", "to", "with", "they", "call", "me", "just", "thank", "thanks", "you",
];

/// People of the caller's: a name beside them is theirs.
#[rustfmt::skip]
pub(super) const KIN: &[&str] = &[
    "wife", "husband", "son", "daughter", "mum", "mom", "mother", "father", "dad", "daddy", "brother", "sister", "friend", "mate", "partner", "boy", "girl", "baby", "niece",
    "nephew", "nan", "gran", "grandma", "grandad", "grandpa", "grandson", "granddaughter", "uncle", "auntie", "aunt", "cousin", "boss", "neighbour", "neighbor", "girlfriend",
    "boyfriend", "fiancé", "fiance", "fiancée", "kid", "child", "dog", "cat", "colleague", "manager", "supervisor", "engineer", "driver", "technician", "nurse", "doctor",
    "solicitor", "lawyer", "landlord", "tenant", "guest", "passenger", "patient", "mama", "papa", "mummy", "patient's", "mum's", "mother's", "father's", "dad's", "wife's",
    "husband's", "son's", "daughter's", "sister's", "brother's",
];

/// What may stand between "your" and "name".
#[rustfmt::skip]
pub(super) const NAME_KINDS: &[&str] = &[
    "first", "last", "full", "complete", "good", "given", "sur", "real", "business", "correct", "legal", "entire", "whole", "proper", "own", "and", "or", "second", "middle",
    "family", "christian", "uh", "um", "er",
];

/// What may stand behind a name that somebody gives in lower case.
#[rustfmt::skip]
pub(super) const BEHIND_NAMES: &[&str] = &[
    "here", "speaking", "calling", "and", "from", "i", "i'm", "im", "at", "in", "on", "my", "but", "it's", "its", "we", "you", "again", "with", "of",
];

/// Words behind a first name that are no last name, of a person at least.
#[rustfmt::skip]
pub(super) const NEVER_SURNAMES: &[&str] = &[
    "street", "road", "avenue", "lane", "drive", "close", "court", "way", "park", "place", "square", "terrace", "crescent", "pike", "bank", "hospital", "clinic", "school",
    "college", "university", "airport", "station", "centre", "center", "house", "hall", "hotel", "insurance", "energy", "mobile", "stores", "store", "shop", "pharmacy",
    "medical", "council", "county", "city", "valley", "river", "lake", "beach", "bay", "island", "north", "south", "east", "west", "one", "card", "account", "order",
    "speaking", "here", "calling", "who", "whom", "are", "am", "is", "you're", "i'm", "im", "was", "been", "now", "please", "today", "again", "thanks", "thank", "yes", "yeah",
    "no", "not", "and", "or", "but", "hello", "support", "service", "services", "team", "desk", "line", "customer", "for", "you", "your", "my", "the", "to", "from", "with",
];

/// Before these a name is talked about, spelled or read back, not addressed.
pub(super) const TALKED_ABOUT: &[&str] = &[
    "is", "for", "with", "named", "called", "by", "of", "under", "from", "to", "and", "am", "was", "name", "have",
    "has", "see", "a", "an", "the", "my", "our",
];

/// Before these a capitalised word that ends a clause is an address even without a comma.
pub(super) const BEFORE_ADDRESS: &[&str] = &[
    "thanks", "you", "okay", "ok", "hi", "hello", "hey", "sorry", "sure", "great", "perfect", "alright", "right",
    "yes", "no", "well", "morning", "afternoon", "evening", "that", "please", "dear", "welcome", "course", "day",
    "bye", "goodbye", "wonderful", "excellent", "absolutely", "understand", "it", "there", "much", "cheers", "lovely",
    "brilliant", "ta", "hiya", "certainly", "oh", "aw", "aww",
];

/// Titles that are never a word of their own in speech without capitals, as "miss" and "doctor" are.
pub(super) const WRITTEN_TITLES: &[&str] = &["mr", "mrs", "ms", "mister", "missus"];

/// Words that greet or thank whoever is named after them.
pub(super) const GREETS: &[&str] = &[
    "hi", "hello", "hey", "thanks", "morning", "afternoon", "evening", "welcome", "dear", "bye", "goodbye", "cheers",
    "hiya", "ta", "giddy", "g'day", "gday",
];

/// What a sentence goes on with behind an address.
#[rustfmt::skip]
pub(super) const AFTER_ADDRESS: &[&str] = &[
    "i", "i'm", "i'll", "i've", "i'd", "im", "ill", "ive", "we", "we're", "we'll", "we've", "we'd", "you", "you're", "you've", "you'll", "you'd", "your", "let", "let's",
    "lets", "can", "could", "would", "may", "what", "what's", "whats", "how", "how's", "hows", "when", "where", "why", "do", "did", "are", "thank", "thanks", "so", "please",
    "sorry", "unfortunately", "just", "if", "before", "since", "this", "that's", "thats", "it's", "its", "there", "there's", "theres", "sometimes", "again", "good", "okay",
    "and", "don't", "dont", "bear", "hold", "listen", "now", "then", "alright", "right", "yes", "no", "yeah", "because", "cause",
];

/// What somebody who is talked about does: "Mr Curtis that drives the van".
#[rustfmt::skip]
pub(super) const THIRD_PERSON: &[&str] = &[
    "that", "is", "was", "has", "had", "said", "says", "who", "will", "would", "drives", "does", "did", "came", "comes", "can", "could", "might", "must", "should", "went",
    "goes", "called", "calls", "wants", "wanted", "needs", "told", "sent", "gave", "put", "just", "at", "in", "from", "over", "and", "or", "himself", "herself", "wouldn't", "isn't",
];

/// Before these a name at the end of a sentence is somebody else's, or a place: "ask john", "your brother john".
#[rustfmt::skip]
pub(super) const LEADS_TO: &[&str] = &[
    "in", "at", "near", "around", "here", "about", "like", "than", "as", "or", "on", "via", "into", "near", "between", "against", "through",
    "ask", "asked", "asking", "call", "called", "calling", "tell", "told", "telling", "email", "emailed", "contact", "contacted", "text", "message", "see", "saw",
    "seeing", "meet", "met", "meeting", "know", "knew", "visit", "let", "ring", "rang", "ringing", "phone", "phoning", "page", "paging", "sending", "booked", "booking", "left", "put", "bring", "fetch", "grab", "get", "got", "give", "gave", "send", "sent", "add", "added", "remove", "find",
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
