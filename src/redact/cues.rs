//! The words that say what kind of number, date or address comes next.

pub(super) use super::phrases::Cue;
use super::phrases::PHRASES;
use super::tokens::Tokens;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A cue that was said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    pub cue: Cue,
    /// Index of its first token.
    pub first: usize,
    /// Index behind its last one.
    pub end: usize,
    /// Whether what follows makes plain that the number comes: "order number", "address is".
    pub plain: bool,
    /// How many tokens later the number comes at most; a word that means much else reaches no further than itself.
    pub reach: usize,
}

/// How far a cue reaches, in tokens.
const FAR: usize = 30;

/// Words that mean much else.
const NEAR: &[&str] =
    &["account", "swift", "pan", "social", "pin", "street", "routing", "visa", "fax", "tel", "cell", "passport"];

struct Phrase {
    words: Vec<&'static str>,
    cue: Cue,
}

/// By the first word; the longest first.
static BY_WORD: LazyLock<FxHashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut map: FxHashMap<&'static str, Vec<Phrase>> = FxHashMap::default();
    for (cue, phrases) in PHRASES {
        for phrase in *phrases {
            let words: Vec<&str> = phrase.split(' ').collect();
            let beside = map.entry(words[0]).or_default();
            let at = beside.partition_point(|other| other.words.len() >= words.len());
            beside.insert(at, Phrase { words, cue: *cue });
        }
    }
    map
});

/// All cues of a text, in order.
pub(super) fn cues(tokens: &Tokens) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() {
        let found = BY_WORD.get(tokens.key(at)).and_then(|phrases| {
            phrases.iter().find_map(|phrase| Some((phrase.cue, end_of(tokens, at, &phrase.words)?)))
        });
        let Some((cue, end)) = found else {
            at += 1;
            continue;
        };
        // "Order number", "account number": what stands before says what number it is.
        let named =
            cue == Cue::Number && said.last().is_some_and(|last| last.end == at && tokens.is_same_turn(at, at - 1));
        if let Some(last) = said.last_mut().filter(|_| named) {
            last.end = end;
            (last.plain, last.reach) = (true, FAR);
        } else {
            let near = end == at + 1 && NEAR.contains(&tokens.key(at));
            let reach = if near { 5 } else { FAR };
            said.push(Said { cue, first: at, end, plain: is_plain(tokens, cue, at, end), reach });
        }
        at = end;
    }
    said
}

/// Where a phrase ends that begins at a token; hyphens may stand for its spaces.
fn end_of(tokens: &Tokens, first: usize, words: &[&str]) -> Option<usize> {
    let mut at = first;
    for (k, word) in words.iter().enumerate() {
        while k > 0 && (tokens.is_mark(at, "-") || tokens.is_mark(at, ".")) && tokens.is_joined(at) {
            at += 1;
        }
        let here = tokens.key(at) == *word || tokens.shown(at).eq_ignore_ascii_case(word);
        let is_there = here && tokens.is_same_turn(first, at);
        // A number in a phrase stands in figures.
        if !is_there || tokens.kind(at) == super::tokens::TokenKind::Mark {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Whether the number comes at once: "order 4417", "case is", "order no.", "reference:".
fn is_plain(tokens: &Tokens, cue: Cue, first: usize, end: usize) -> bool {
    if matches!(cue, Cue::Address) {
        let is = tokens.key(end - 1) == "is"
            || ["is", "at"].contains(&tokens.key(end))
            || tokens.shown(end - 1).ends_with("'s");
        return is || tokens.is_mark(end, ":") || tokens.key(end - 1) == "at";
    }
    if cue != Cue::Harmless {
        return true;
    }
    let next = tokens.key(end);
    let follows = matches!(
        next,
        "is" | "was" | "no" | "id" | "num" | "code" | "ref" | "reference" | "number" | "numbers" | "to" | "in" | "of"
    ) || tokens.is_figures(end)
        || [":", "#"].iter().any(|mark| tokens.is_mark(end, mark))
        || super::numbers::spoken_digit(next).is_some();
    (follows && tokens.is_same_turn(first, end)) || end - first > 1 || tokens.shown(end - 1).ends_with("'s")
}
