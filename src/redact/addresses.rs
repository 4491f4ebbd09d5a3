//! Where somebody lives: a house number and a street behind a cue, and the same again without one; postcodes behind
//! theirs.

use super::cues::{Cue, Said};
use super::numbers::{is_number_word, is_unit, spoken_digit, teen, tens};
use super::tokens::{TokenKind, Tokens};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// What streets are called.
const STREETS: &[&str] = &[
    "road", "rd", "street", "st", "avenue", "ave", "lane", "ln", "drive", "dr", "close", "court", "ct", "way", "place",
    "pl", "crescent", "terrace", "gardens", "garden", "grove", "hill", "park", "square", "row", "walk", "mews", "view",
    "boulevard", "blvd", "parkway", "circle", "trail", "highway", "hwy", "nagar", "colony", "marg", "sector", "block",
    "phase", "rise", "vale", "green", "parade", "heights", "broadway", "gate", "quay", "wharf", "bazaar", "chowk",
    "loop", "pike", "alley", "esplanade", "towers", "house", "cottage", "cottages", "villas", "estate", "mount",
    "bank", "meadow", "meadows", "cres", "sq", "ter", "wood", "orchard", "croft", "farm", "crossing", "run",
];

/// Words that end an address: the sentence goes on.
const AFTER: &[&str] = &[
    "and", "that's", "that", "is", "the", "it's", "it", "so", "yeah", "okay", "ok", "i", "i'm", "my", "but", "please",
    "thanks", "thank", "just", "where", "can", "could", "if", "for", "because", "there", "they", "we", "you", "since",
    "with", "was", "has", "have", "to", "right", "correct", "yes", "would", "will", "when", "what", "now", "by",
    "from", "until", "or", "then", "as", "also", "are", "before", "not", "no", "don't", "lovely", "great", "perfect",
    "got", "which", "who", "do", "does", "did", "if", "this", "last", "after", "about", "again", "still", "sorry",
    "instead", "of", "or",
];

/// How many turns after a question the address may come.
const TURNS: u32 = 5;

/// Whether an address is due at a token by a cue; and whether by a plain one, after which no kind of street is needed.
fn due(tokens: &Tokens, cues: &[Said], at: usize) -> Option<bool> {
    let behind = cues.partition_point(|cue| cue.end <= at);
    let turn = tokens.all[at].turn;
    for cue in cues[..behind].iter().rev().take(24) {
        let away = turn - tokens.all[cue.first].turn;
        if away > TURNS {
            return None;
        }
        let near = if away == 0 { at - cue.end < 16 } else { at - cue.end < 120 };
        if near && cue.cue == Cue::Address {
            return Some(away == 0 && cue.plain && at - cue.end < 7);
        }
        if near && cue.cue == Cue::Postcode {
            return Some(false);
        }
    }
    None
}

/// The addresses of a text, as ranges of tokens. `codes` are what may be postcodes with letters.
pub(super) fn addresses(tokens: &Tokens, cues: &[Said], codes: &[Range<usize>], found: &mut Vec<Range<usize>>) {
    if !cues.iter().any(|cue| matches!(cue.cue, Cue::Address | Cue::Postcode)) {
        return;
    }
    let mut known: FxHashSet<(String, String)> = FxHashSet::default();
    let mut rest = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() {
        let Some((house, end)) = house(tokens, at) else {
            at += 1;
            continue;
        };
        let name = (house, tokens.key(end).to_owned());
        let street = street_end(tokens, end);
        let due = due(tokens, cues, at);
        let first = flat(tokens, at);
        match (street, due) {
            (Some(street), Some(_)) => {
                known.insert(name);
                let end = tail(tokens, street, codes);
                found.push(first..end);
                at = end;
            }
            (None, Some(true)) if is_name(tokens, end) && is_capital(tokens, end) => {
                known.insert(name);
                let end = tail(tokens, end + 1, codes);
                found.push(first..end);
                at = end;
            }
            _ => {
                rest.push((at, end, name, street));
                at += 1;
            }
        }
    }
    for (at, end, name, street) in rest {
        if known.contains(&name) {
            found.push(flat(tokens, at)..tail(tokens, street.unwrap_or(end + 1), codes));
        }
    }
    for code in codes {
        if due(tokens, cues, code.start).is_some() {
            found.push(code.clone());
        }
    }
    zips(tokens, cues, found);
}

/// Five or six digits behind the cue of a postcode, in figures or spoken.
fn zips(tokens: &Tokens, cues: &[Said], found: &mut Vec<Range<usize>>) {
    for cue in cues.iter().filter(|cue| cue.cue == Cue::Postcode) {
        let turn = tokens.all[cue.first].turn;
        let mut at = cue.end;
        let last = at + 40;
        while at < last && tokens.all.get(at).is_some_and(|token| token.turn - turn <= 3) {
            let (mut end, mut digits) = (at, 0);
            while tokens.is_same_turn(at, end) {
                let count = tokens.count(end).max(usize::from(spoken_digit(tokens.key(end)).is_some()));
                let number = if count > 0 {
                    count
                } else if teen(tokens.key(end)).or(tens(tokens.key(end))).is_some() {
                    2
                } else {
                    0
                };
                let filler = matches!(tokens.key(end), "double" | "triple" | "um" | "uh" | "-" | ",");
                if number == 0 && !(filler && digits > 0 || tokens.key(end) == "double") {
                    break;
                }
                digits += number;
                end += 1;
            }
            if (5..=9).contains(&digits) {
                found.push(at..end);
                break;
            }
            at = end.max(at + 1);
        }
    }
}

/// A house number, as it is compared, and where it ends.
fn house(tokens: &Tokens, at: usize) -> Option<(String, usize)> {
    if tokens.is_figures(at) {
        let glued = tokens.is_joined(at) && tokens.kind(at - 1) != TokenKind::Mark;
        let digits = tokens.count(at);
        let within = tokens.is_joined(at) && ["-", ".", ":", "/", ","].iter().any(|mark| tokens.is_mark(at - 1, mark));
        if glued || within || digits > 5 || tokens.shown(at).starts_with('0') {
            return None;
        }
        let number: String = tokens.digits(at).map(char::from).collect();
        let mut end = at + 1;
        // "221B".
        if tokens.is_joined(end) && tokens.shown(end).len() == 1 && tokens.is_word(end) {
            end += 1;
        }
        if tokens.is_mark(end, ",") {
            end += 1;
        }
        return tokens.is_same_turn(at, end).then_some((number, end));
    }
    let (mut number, mut end) = (String::new(), at);
    while end < at + 5 && tokens.is_same_turn(at, end) && is_number_word(tokens.key(end)) {
        let key = tokens.key(end);
        if let Some(digit) = spoken_digit(key) {
            // "Twenty two" is 22.
            if number.len() == 2 && number.ends_with('0') && end > at && tens(tokens.key(end - 1)).is_some() {
                number.pop();
            }
            number.push(char::from(b'0' + digit));
        } else if let Some(value) = teen(key).or(tens(key)) {
            number.push_str(&value.to_string());
        }
        end += 1;
        if tokens.is_mark(end, "-") && is_number_word(tokens.key(end + 1)) {
            end += 1;
        }
    }
    if end > at && tokens.is_mark(end, ",") {
        end += 1;
    }
    // A letter of a house: "twenty two b".
    let more = tokens.is_word(end) && !is_number_word(tokens.key(end)) && tokens.is_same_turn(at, end);
    (end > at && more).then_some((number, end))
}

/// "Flat 3," before a house number.
fn flat(tokens: &Tokens, at: usize) -> usize {
    let is = |k: usize| {
        matches!(tokens.key(k), "flat" | "apartment" | "apt" | "unit" | "suite" | "house" | "plot" | "number" | "no")
    };
    for back in 1..=5.min(at) {
        if !tokens.is_same_turn(at - back, at) {
            break;
        }
        if is(at - back) {
            return at - back;
        }
        let fits = tokens.is_mark(at - back, ",")
            || tokens.is_figures(at - back)
            || is_number_word(tokens.key(at - back))
            || tokens.shown(at - back).len() == 1;
        if !fits {
            break;
        }
    }
    at
}

/// Whether a token may be the name of a street or a house that is not told by its kind.
fn is_name(tokens: &Tokens, at: usize) -> bool {
    let key = tokens.key(at);
    tokens.is_word(at) && key.len() > 2 && !AFTER.contains(&key) && !is_unit(key) && !is_number_word(key)
}

/// Whether a name begins with a capital, or stands in a turn that has none.
fn is_capital(tokens: &Tokens, at: usize) -> bool {
    let near = at.saturating_sub(20)..(at + 20).min(tokens.all.len());
    // What stood where a label is now tells nothing: a second look at the text sees the label alone.
    let is_other = |k: &usize| tokens.is_same_turn(at, *k) && *k != at && tokens.kind(*k) != TokenKind::Label;
    let mut others = near.filter(is_other);
    tokens.shown(at).starts_with(char::is_uppercase) || !others.any(|k| tokens.shown(k).starts_with(char::is_uppercase))
}

/// Where a street ends that begins at a token: up to four words, then what it is called.
fn street_end(tokens: &Tokens, first: usize) -> Option<usize> {
    let mut at = first;
    let mut words = 0;
    while words < 5 && tokens.is_same_turn(first, at) {
        let key = tokens.key(at);
        if words > 0 && STREETS.contains(&key) && tokens.is_word(at) {
            return Some(at + 1);
        }
        match tokens.kind(at) {
            TokenKind::Word if is_unit(key) || AFTER.contains(&key) && !matches!(key, "the" | "st") => return None,
            TokenKind::Word | TokenKind::Figures => words += 1,
            // "14, um, Elm Road", "St. John's".
            TokenKind::Mark if matches!(tokens.shown(at), "." | "," | "'" | "-") => {}
            _ => return None,
        }
        at += 1;
    }
    None
}

/// Where an address ends whose street ends at a token: behind the town and the postcode, where they follow.
fn tail(tokens: &Tokens, street: usize, codes: &[Range<usize>]) -> usize {
    const TOKENS: usize = 16;
    const WORDS: usize = 4;
    let code = codes.partition_point(|code| code.start < street);
    let code =
        codes.get(code).filter(|code| code.start < street + TOKENS && tokens.is_same_turn(street - 1, code.start));
    let zip = (street..street + TOKENS)
        .take_while(|k| tokens.is_same_turn(street - 1, *k))
        .find(|k| matches!(tokens.count(*k), 5 | 6));
    let clean =
        |end: usize| (street..end).all(|k| !AFTER.contains(&tokens.key(k)) && !["?", "!"].contains(&tokens.shown(k)));
    let ends = [code.map(|code| code.end), zip.map(|zip| zip + 1)];
    if let Some(end) = ends.into_iter().flatten().filter(|end| clean(*end)).min() {
        return end;
    }
    let (mut at, mut end, mut words) = (street, street, 0);
    while words < WORDS && tokens.is_same_turn(street - 1, at) {
        match tokens.kind(at) {
            TokenKind::Word if AFTER.contains(&tokens.key(at)) || is_number_word(tokens.key(at)) => break,
            TokenKind::Word => {
                words += 1;
                end = at + 1;
            }
            TokenKind::Mark if matches!(tokens.shown(at), "," | "-" | "'") => {}
            TokenKind::Mark
                if tokens.is_mark(at, ".")
                    && at == street
                    && tokens.is_joined(at)
                    && matches!(tokens.key(at - 1), "st" | "rd" | "ave" | "dr") => {}
            _ => break,
        }
        at += 1;
    }
    end
}
