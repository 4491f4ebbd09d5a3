//! Finds what tells who somebody is in the turns of a call, or in a name.

use super::addresses::addresses;
use super::context::{Context, Place, context};
use super::cues::{Cue, Said, cues};
use super::dates::births;
use super::emails::emails;
use super::kind::{Kind, LABELS};
use super::letters::{Spelled, spelled};
use super::numbers::is_filler;
use super::plain::plain;
use super::runs::{Run, Runs};
use super::shapes::Digits;
use super::tokens::{Token, TokenKind, Tokens, TurnAt};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A piece of a text that is to be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// As what was said or written by somebody.
    Talk,
    /// As a name of a file or the id of a call, in which nothing is spoken.
    Name,
}

/// Numbers that were found, so that they are known elsewhere without a cue: digits of theirs, six in a row.
#[derive(Debug, Default)]
pub(super) struct Known {
    digits: FxHashMap<[u8; KNOWN], Kind>,
}

/// So many digits in a row make a number the same.
const KNOWN: usize = 6;

impl Known {
    fn learn(&mut self, digits: &[u8], kind: Kind) {
        for part in digits.windows(KNOWN) {
            if let Ok(part) = part.try_into() {
                self.digits.entry(part).or_insert(kind);
            }
        }
    }

    fn kind(&self, digits: &[u8]) -> Option<Kind> {
        let mut parts = digits.windows(KNOWN).filter_map(|part| <[u8; KNOWN]>::try_from(part).ok());
        parts.find_map(|part| self.digits.get(&part)).copied()
    }
}

/// Finds all in the turns of a text. A second look at a text with the first finds replaced finds nothing more, so
/// that to redact twice is to redact once.
pub(super) fn find(text: &str, turns: &[TurnAt], manner: Manner, known: &mut Known) -> Vec<Span> {
    const LOOKS: usize = 6;
    let mut tokens = Tokens::of(text, turns, &LABELS);
    let mut spans: Vec<Span> = Vec::new();
    for _ in 0..LOOKS {
        let found = look(&tokens, manner, known);
        if found.is_empty() {
            break;
        }
        replace(&mut tokens, &found);
        spans.extend(found.into_iter().map(|(at, kind, _)| Span { at, kind }));
    }
    spans.sort_by_key(|span| (span.at.start, std::cmp::Reverse(span.at.end)));
    // A later look may have found more around an earlier find.
    spans.dedup_by(|later, earlier| later.at.start < earlier.at.end);
    spans
}

/// Bytes, kind and tokens.
type Found = (Range<usize>, Kind, Range<usize>);

/// Puts a label in place of the tokens of each find.
fn replace(tokens: &mut Tokens, found: &[Found]) {
    let mut all = Vec::with_capacity(tokens.all.len());
    let mut done = 0;
    for (bytes, _, range) in found {
        all.extend_from_slice(&tokens.all[done..range.start]);
        all.push(Token::label(&tokens.all[range.start], bytes.clone()));
        done = range.end;
    }
    all.extend_from_slice(&tokens.all[done..]);
    tokens.all = all;
}

fn look(tokens: &Tokens, manner: Manner, known: &mut Known) -> Vec<Found> {
    let talk = manner == Manner::Talk;
    let plain = plain(tokens);
    let cues = if talk { cues(tokens) } else { Vec::new() };
    let mut finder = Finder {
        tokens,
        talk,
        runs: Runs::of(tokens, &plain, talk),
        used: vec![false; cues.len()],
        cues,
        taken: vec![false; tokens.all.len()],
        rows: Vec::new(),
        found: Vec::new(),
    };
    let mut ranges = Vec::new();
    emails(tokens, &finder.cues, talk, &mut ranges);
    finder.take_all(&mut ranges, Kind::Email);
    let mut letters = Vec::new();
    finder.rows = spelled(tokens, &plain, talk);
    finder.rows.iter().for_each(|row| row.find(talk, &mut letters));
    let codes: Vec<Range<usize>> =
        letters.extract_if(.., |(_, kind)| *kind == Kind::Address).map(|(at, _)| at).collect();
    for (at, kind) in letters {
        finder.take(at, kind);
    }
    if talk {
        births(tokens, &finder.cues, &mut ranges);
        finder.take_all(&mut ranges, Kind::Birth);
        addresses(tokens, &finder.cues, &codes, &mut ranges);
        finder.take_all(&mut ranges, Kind::Address);
    }
    finder.numbers(known);
    finder.found.sort_by_key(|(at, ..)| at.start);
    finder.found
}

struct Finder<'t> {
    tokens: &'t Tokens,
    talk: bool,
    cues: Vec<Said>,
    /// Cues whose number has come.
    used: Vec<bool>,
    runs: Runs,
    /// Letters and digits in a row.
    rows: Vec<Spelled>,
    /// Tokens that belong to a find.
    taken: Vec<bool>,
    found: Vec<Found>,
}

impl Finder<'_> {
    fn take_all(&mut self, ranges: &mut Vec<Range<usize>>, kind: Kind) {
        ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        for range in ranges.drain(..) {
            self.take(range, kind);
        }
    }

    /// Takes tokens as a find, unless some of them are taken.
    fn take(&mut self, range: Range<usize>, kind: Kind) {
        if range.is_empty() || self.taken[range.clone()].iter().any(|taken| *taken) {
            return;
        }
        let (mut first, mut end) = (range.start, range.end);
        // "+44", "(415)".
        while first > 0 && self.tokens.is_joined(first) && ["+", "("].iter().any(|m| self.tokens.is_mark(first - 1, m))
        {
            first -= 1;
        }
        let open = (first..end).filter(|k| self.tokens.is_mark(*k, "(")).count();
        let closed = (first..end).filter(|k| self.tokens.is_mark(*k, ")")).count();
        if open > closed && self.tokens.is_mark(end, ")") {
            end += 1;
        }
        if self.taken[first..end].iter().any(|taken| *taken) {
            (first, end) = (range.start, range.end);
        }
        self.taken[first..end].fill(true);
        let bytes = self.tokens.all[first].at.start..self.tokens.all[end - 1].at.end;
        self.found.push((bytes, kind, first..end));
    }

    /// Finds numbers: first those that are plain from themselves and the words around them, over turns where a number
    /// was said in pieces, then the same numbers elsewhere.
    fn numbers(&mut self, known: &mut Known) {
        self.rows();
        let chains = self.chains();
        for chain in &chains {
            if !self.chain(chain, known) && chain.len() > 1 {
                for run in chain {
                    self.chain(std::slice::from_ref(run), known);
                }
            }
        }
        for k in 0..self.runs.all.len() {
            let run = &self.runs.all[k];
            let kind = known.kind(self.runs.digits(run));
            if let Some(kind) = kind.filter(|_| !self.is_taken(run)) {
                self.take(run.tokens.clone(), kind);
            }
        }
    }

    /// Numbers with letters behind the cue of an account or an identity, whatever their shape: people stumble over them.
    fn rows(&mut self) {
        for (tokens, letters, digits) in self.rows.iter().map(Spelled::whole).collect::<Vec<_>>() {
            if !self.talk || letters == 0 || digits < 3 || letters + digits < 6 || letters + digits > 40 {
                continue;
            }
            let turn = self.tokens.all[tokens.start].turn;
            let before = (tokens.start.saturating_sub(40)..tokens.start).filter(|k| self.tokens.all[*k].turn == turn);
            let before = before.filter(|k| self.tokens.is_word(*k)).count();
            let context = context(
                self.tokens,
                &self.cues,
                &self.used,
                &Place { first: tokens.start, end: tokens.end, turn, before },
                letters + digits,
            );
            if let Some((cue @ (Cue::Account | Cue::Identity), _)) = context.wanted.first() {
                let kind = if *cue == Cue::Account { Kind::Account } else { Kind::Identity };
                self.take(tokens, kind);
            }
        }
    }

    fn is_taken(&self, run: &Run) -> bool {
        self.taken[run.tokens.clone()].iter().any(|taken| *taken)
    }

    /// Runs that belong together, by their indices: pieces that one person says over several turns.
    fn chains(&self) -> Vec<Vec<usize>> {
        const SPEAKERS: usize = 8;
        const PIECES: usize = 40;
        let mut chains: Vec<Vec<usize>> = Vec::new();
        // The last chain of each of the last speakers.
        let mut last: Vec<(u16, usize)> = Vec::new();
        for (k, run) in self.runs.all.iter().enumerate() {
            if self.is_taken(run) {
                continue;
            }
            let of = last.iter().position(|(speaker, _)| *speaker == run.speaker);
            let goes_on = of.map(|of| last[of].1).filter(|chain| {
                let before = &self.runs.all[chains[*chain][chains[*chain].len() - 1]];
                chains[*chain].len() < PIECES && self.goes_on(before, run)
            });
            let chain = goes_on.unwrap_or_else(|| {
                chains.push(Vec::new());
                chains.len() - 1
            });
            chains[chain].push(k);
            last.retain(|(speaker, _)| *speaker != run.speaker);
            last.insert(0, (run.speaker, chain));
            last.truncate(SPEAKERS);
        }
        chains
    }

    /// Whether a run goes on with a number that another one of the same person began.
    fn goes_on(&self, before: &Run, run: &Run) -> bool {
        const TURNS: u32 = 4;
        let away = run.turn - before.turn;
        let between = before.tokens.end..run.tokens.start;
        // A turn of hardly anything else, or of enough digits: "two girls" goes on with nothing.
        let piece = |run: &Run| {
            let needed = if run.before + run.behind == 0 { 1 } else { 3 };
            run.digits.len() >= needed && !run.counted
        };
        let close = before.behind <= 3 && run.before <= 2 && between.len() <= 60;
        if !self.talk || !(1..=TURNS).contains(&away) || !close || !piece(before) || !piece(run) {
            return false;
        }
        // Another question begins another number.
        let from = self.cues.partition_point(|cue| cue.first < between.start);
        self.cues.get(from).is_none_or(|cue| cue.first >= between.end)
    }

    /// Takes the runs of a chain if they are a number.
    fn chain(&mut self, chain: &[usize], known: &mut Known) -> bool {
        let first = &self.runs.all[chain[0]];
        if self.is_taken(first) {
            return false;
        }
        let (mut digits, mut groups, mut single, mut tight) = (Vec::new(), Vec::new(), 0, true);
        for k in chain {
            let run = &self.runs.all[*k];
            digits.extend_from_slice(self.runs.digits(run));
            groups.extend_from_slice(&run.groups);
            single += run.single;
            tight &= run.tight;
        }
        let context = context(self.tokens, &self.cues, &self.used, &first.into(), digits.len());
        let whole = Digits { all: &digits, groups: &groups, single, plus: first.plus, tight };
        // "Oh" may be no digit.
        let without = Digits { all: &digits[1..], groups: &groups[1..], single: single.saturating_sub(1), ..whole };
        let short = first.counted || digits.len() < 3;
        let kind = if short { None } else { self.kind(&whole, &context) };
        let kind = kind.or_else(|| if first.oh && !short { without.surely() } else { None });
        let Some((kind, echoes)) = kind.map(|kind| (kind, chain.len() > 1)) else { return false };
        if let Some((_, cue)) = context.wanted.first() {
            self.used[*cue] = true;
        }
        if kind != Kind::Code {
            known.learn(&digits, kind);
        }
        for k in chain {
            let tokens = self.runs.all[*k].tokens.clone();
            self.take(self.with_letters(tokens), kind);
        }
        if echoes {
            self.echoes(chain, &digits, kind);
        }
        true
    }

    /// What the other person repeats of a number that is said in pieces.
    fn echoes(&mut self, chain: &[usize], digits: &[u8], kind: Kind) {
        let last = self.runs.all[chain[chain.len() - 1]].turn;
        let all = chain[0]..self.runs.all.len();
        let near = all.take_while(|k| self.runs.all[*k].turn <= last + 1).take(100);
        let repeated: Vec<usize> = near
            .filter(|k| {
                let said = self.runs.digits(&self.runs.all[*k]);
                said.len() >= 3 && digits.windows(said.len()).any(|part| part == said)
            })
            .collect();
        for k in repeated {
            self.take(self.runs.all[k].tokens.clone(), kind);
        }
    }

    /// A number with the letters that hang on it: "PL-4417-2290".
    fn with_letters(&self, tokens: Range<usize>) -> Range<usize> {
        let (mut first, mut end) = (tokens.start, tokens.end);
        let part = |k: usize| self.tokens.is_word(k) && self.tokens.shown(k).len() <= 5 || self.tokens.is_mark(k, "-");
        while first > 0
            && tokens.start - first < 3
            && self.tokens.is_joined(first)
            && part(first - 1)
            && !self.taken[first - 1]
        {
            first -= 1;
        }
        // "Oh, um, oh seven seven": nobody knows whether the first one belongs to it.
        let hesitates = |k: &usize| self.tokens.kind(*k) == TokenKind::Mark || is_filler(self.tokens.key(*k));
        let before = (first.saturating_sub(4)..first).rev().find(|k| !hesitates(k));
        let oh = before.filter(|k| matches!(self.tokens.key(*k), "oh" | "o") && self.tokens.is_same_turn(*k, first));
        first = oh.filter(|k| !self.taken[*k]).unwrap_or(first);
        while end - tokens.end < 3 && self.tokens.is_joined(end) && part(end) && !self.taken[end] {
            end += 1;
        }
        first..end
    }

    fn kind(&self, digits: &Digits<'_>, context: &Context) -> Option<Kind> {
        if let Some(kind) = digits.surely() {
            return Some(kind);
        }
        let n = digits.all.len();
        for (cue, _) in &context.wanted {
            let kind = match cue {
                Cue::Card if n >= 6 => Kind::Card,
                Cue::Account if n >= 5 => Kind::Account,
                Cue::Identity if n >= 6 => Kind::Identity,
                Cue::Phone if n >= 7 => Kind::Phone,
                Cue::Code if (3..=8).contains(&n) => Kind::Code,
                Cue::Number if n >= 7 => match digits.probably() {
                    Some(kind) => kind,
                    None if n <= 15 => Kind::Phone,
                    None => Kind::Number,
                },
                _ => continue,
            };
            return Some(kind);
        }
        if context.harmless {
            None
        } else {
            digits.probably().filter(|kind| {
                self.talk || *kind != Kind::Number && n != 10 || *kind == Kind::Phone && digits.groups.len() > 1
            })
        }
    }
}
