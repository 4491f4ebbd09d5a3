//! The vocabulary of the phrases: which atoms a written word satisfies.
//!
//! An *atom* is anything that an arc of the automaton can ask of one word: a literal word, a word with `*`, a class
//! of words (all single words of an alternation or of a set), a shape such as a number. What a word satisfies depends
//! on the word alone, so it is worked out once a worker and word, and a word is a small number from then on.

mod glob;

pub use glob::glob_matches;

use rustc_hash::FxHashMap;

/// Something an arc can ask of a word.
pub type Atom = u32;

/// Built-in atoms: shapes that no list of words could hold.
pub const NUMBER: Atom = 0;
/// A marker that stands for a name: `[NAME]`, `[PERSON_NAME]`.
pub const REDACTED_NAME: Atom = 1;
/// A placeholder of a script: `{customer_name}`, `[Customer Name]`, `<reason>`, `___`.
pub const PLACEHOLDER: Atom = 2;
/// How many built-in atoms there are.
const BUILT_IN: Atom = 3;

/// The built-in atoms by the name that phrases use.
pub const BUILT_INS: [(&str, Atom); 3] =
    [("number", NUMBER), ("redacted-name", REDACTED_NAME), ("placeholder", PLACEHOLDER)];

#[rustfmt::skip]
const NUMBER_WORDS: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "half", "couple", "dozen",
];

/// What a marker in brackets says it hides, when that is a person's name.
const NAME_MARKERS: &[&str] = &[
    "name",
    "person_name",
    "person name",
    "first_name",
    "first name",
    "last_name",
    "last name",
    "full_name",
    "full name",
    "customer_name",
    "customer name",
    "given_name",
    "surname",
    "person",
    "client_name",
    "client name",
    "caller_name",
    "caller name",
    "names",
    "redacted_name",
    "redacted name",
    "patient_name",
    "member_name",
    "member name",
];

/// Whether a marker (`[NAME]`, lower case, brackets included) stands for a person's name.
#[must_use]
pub fn is_name_marker(marker: &str) -> bool {
    let inner = marker.trim_matches(|c| matches!(c, '[' | ']' | '{' | '}' | '<' | '>'));
    let inner = inner.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_' || c == '-');
    NAME_MARKERS.contains(&inner) || is_name_blank(inner)
}

/// Words of a blank that stands for the caller's name, however a script spells it: `{customer.first-name}`,
/// `[Caller's Name]`, `<Insert Customer Name>`, `{customerName}`. A blank for somebody else's name is none.
fn is_name_blank(inner: &str) -> bool {
    const WHOSE: &[&str] = &[
        "customer",
        "customers",
        "caller",
        "callers",
        "client",
        "clients",
        "guest",
        "guests",
        "member",
        "members",
        "patient",
        "patients",
        "cust",
        "insert",
        "the",
        "their",
        "contact",
        "use",
        "say",
        "s",
    ];
    const WHICH: &[&str] = &["first", "last", "full", "given", "preferred", "family", "mr", "ms", "mrs"];
    if inner.len() > 40 {
        return false;
    }
    let joined = |word: &str| {
        let word = word.strip_suffix("name").unwrap_or("-");
        WHOSE.contains(&word) || WHICH.contains(&word)
    };
    let mut words = inner.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    let last = words.clone().next_back();
    let name = last.is_some_and(|w| matches!(w, "name" | "firstname" | "lastname" | "surname") || joined(w));
    // `[Customer]` alone stands where the name will stand.
    let person = matches!(inner, "customer" | "caller");
    person
        || name && words.all(|w| WHOSE.contains(&w) || WHICH.contains(&w) || w == "name" || w == "surname" || joined(w))
}

/// A folded word or a word with `*` that phrases name, by the order in which they were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member(u32);

/// The atoms of the phrases, and which words satisfy them.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: FxHashMap<Box<str>, Member>,
    /// Words with `*`.
    globs: Vec<(Box<str>, Member)>,
    /// The places in `globs` of those that begin with a letter, by its byte; 0 holds those that begin with `*`.
    globs_of: FxHashMap<u8, Vec<u32>>,
    /// By a first digit: whether a listed word begins with it, or one with `*` may.
    digits: [bool; 10],
    /// A member's own atom, if it was asked for.
    own: Vec<Option<Atom>>,
    /// The members of each class with its atom, one class after the other.
    classed: Vec<(Member, Atom)>,
    /// The atoms of all members, one member after the other, by [`Lexicon::finish`].
    atoms: Vec<Atom>,
    /// Where those of a member end within `atoms`; they begin where those of the one before end.
    ends: Vec<u32>,
    classes: FxHashMap<Box<[Member]>, Atom>,
    next: Atom,
}

impl Lexicon {
    /// An empty vocabulary with the built-in atoms.
    #[must_use]
    pub fn new() -> Self {
        Lexicon { next: BUILT_IN, ..Lexicon::default() }
    }

    fn fresh(&mut self) -> Atom {
        self.next += 1;
        self.next - 1
    }

    /// The member that a folded word, or a word with `*` of joined spelling, is.
    pub fn member(&mut self, word: &str) -> Member {
        if let Some(&member) = self.words.get(word) {
            return member;
        }
        let is_glob = word.contains('*');
        let mut globs = self.globs.iter();
        if is_glob && let Some((_, member)) = globs.find(|(glob, _)| **glob == *word) {
            return *member;
        }
        let member = Member(self.own.len() as u32);
        self.own.push(None);
        if is_glob {
            self.globs.push((word.into(), member));
        } else {
            if let Some(digit @ b'0'..=b'9') = word.bytes().next() {
                self.digits[usize::from(digit - b'0')] = true;
            }
            self.words.insert(word.into(), member);
        }
        member
    }

    /// The atom that only this member satisfies.
    pub fn word(&mut self, member: Member) -> Atom {
        self.own[member.0 as usize].unwrap_or_else(|| {
            let atom = self.fresh();
            self.own[member.0 as usize] = Some(atom);
            atom
        })
    }

    /// The atom that each of these satisfies.
    pub fn class(&mut self, mut members: Vec<Member>) -> Atom {
        members.sort_unstable();
        members.dedup();
        if let Some(&atom) = self.classes.get(&*members) {
            return atom;
        }
        let atom = self.fresh();
        self.classed.extend(members.iter().map(|m| (*m, atom)));
        self.classes.insert(members.into(), atom);
        atom
    }

    /// Orders what was gathered; call once, after the last phrase.
    pub fn finish(&mut self) {
        let own = self.own.iter().enumerate();
        let own = own.filter_map(|(k, atom)| Some((Member(k as u32), (*atom)?)));
        let mut classed = std::mem::take(&mut self.classed);
        classed.extend(own);
        self.ends = vec![0; self.own.len()];
        for (member, _) in &classed {
            self.ends[member.0 as usize] += 1;
        }
        let mut begin = 0;
        for end in &mut self.ends {
            begin += std::mem::replace(end, begin);
        }
        self.atoms = vec![0; classed.len()];
        for (member, atom) in classed {
            let place = &mut self.ends[member.0 as usize];
            self.atoms[*place as usize] = atom;
            *place += 1;
        }
        self.classes = FxHashMap::default();
        for (k, (glob, _)) in self.globs.iter().enumerate() {
            let first = glob.bytes().next().filter(|&b| b != b'*').unwrap_or(0);
            self.globs_of.entry(first).or_default().push(k as u32);
        }
        for (digit, listed) in (b'0'..).zip(&mut self.digits) {
            *listed |= [digit, 0].iter().any(|b| self.globs_of.contains_key(b));
        }
    }

    /// The atoms of a member, its own among them.
    fn atoms_of(&self, member: Member) -> &[Atom] {
        let place = member.0 as usize;
        let begin = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.atoms[begin as usize..self.ends[place] as usize]
    }

    /// Whether a phrase lists this very number, or a word with `*` that may fit it, or it has letters that may mean more.
    #[must_use]
    pub fn is_listed(&self, number: &str) -> bool {
        let first = number.bytes().next().unwrap_or(0);
        let digit = usize::from(first.wrapping_sub(b'0'));
        let fits = |b: u8| self.globs_of.contains_key(&b);
        let may_be = self.digits.get(digit).is_none_or(|may_be| *may_be);
        (may_be && (self.words.contains_key(number) || fits(first) || fits(0)))
            || number.bytes().any(|b| b.is_ascii_uppercase() || b == b'\'')
    }

    /// The atoms that a folded word satisfies, sorted.
    #[must_use]
    pub fn atoms(&self, word: &str) -> Vec<Atom> {
        let mut atoms = Vec::new();
        if let Some(member) = self.words.get(word) {
            atoms.extend_from_slice(self.atoms_of(*member));
        }
        let first = word.bytes().next().unwrap_or(0);
        for place in [first, 0].iter().filter_map(|b| self.globs_of.get(b)).flatten() {
            let (glob, member) = &self.globs[*place as usize];
            if glob_matches(glob, word) {
                atoms.extend_from_slice(self.atoms_of(*member));
            }
        }
        if let Some(first) = word.chars().next() {
            if first.is_ascii_digit() || NUMBER_WORDS.contains(&word) || is_amount(word) {
                atoms.push(NUMBER);
            }
            if matches!(first, '[' | '{' | '<' | '_') {
                atoms.push(PLACEHOLDER);
                if is_name_marker(word) {
                    atoms.push(REDACTED_NAME);
                }
            }
        }
        atoms.sort_unstable();
        atoms.dedup();
        atoms
    }
}

/// `£40`, `$1,200`: a currency sign and digits.
fn is_amount(word: &str) -> bool {
    let rest = word.trim_start_matches(['$', '£', '€', '#']);
    rest.len() < word.len() && rest.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn blanks_for_the_callers_name_are_known() {
        for blank in [
            "[customer name]",
            "{customer_name}",
            "{{name}}",
            "[caller's name]",
            "<insert customer name>",
            "{customername}",
            "{customer.first-name}",
            "[first name]",
            "[customer]",
            "{firstname}",
            "[mr/ms last name]",
        ] {
            assert!(is_name_marker(blank), "{blank}");
        }
        for blank in
            ["[agent name]", "[your name]", "{company_name}", "<reason>", "[product name]", "[order number]", "[]"]
        {
            assert!(!is_name_marker(blank), "{blank}");
        }
    }

    #[test]
    fn a_word_satisfies_its_own_atom_its_classes_and_its_shapes() {
        let mut lexicon = Lexicon::new();
        let members = ["sad", "frustrat*", "apologis*"];
        let members = members.map(|word| lexicon.member(&fold::spelling(word)));
        let class = lexicon.class(members.to_vec());
        let sad = lexicon.word(members[0]);
        lexicon.finish();
        assert_eq!(lexicon.atoms("sad"), [class.min(sad), class.max(sad)]);
        assert_eq!(lexicon.atoms("frustrating"), [class]);
        assert_eq!(lexicon.atoms("apologizing"), [class], "spellings are joined in words with a star too");
        assert_eq!(lexicon.atoms("happy"), [0; 0]);
        assert_eq!(lexicon.atoms("£40"), [NUMBER]);
        assert_eq!(lexicon.atoms("[person_name_1]"), [REDACTED_NAME, PLACEHOLDER]);
        assert_eq!(lexicon.atoms("{order}"), [PLACEHOLDER]);
    }

    #[test]
    fn stars_stand_for_any_letters() {
        for (glob, word, fits) in [
            ("frustrat*", "frustrated", true),
            ("frustrat*", "frustrat", true),
            ("*self", "yourself", true),
            ("un*ed", "unanswered", true),
            ("un*ed", "unread", false),
            ("a*a*a", "aa", false),
        ] {
            assert_eq!(glob_matches(glob, word), fits, "{glob} {word}");
        }
    }
}
