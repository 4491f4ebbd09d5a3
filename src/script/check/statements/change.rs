//! What a part of a script had for the caller and has no more, or has in a weaker form; and what it gained.

use super::order;
use super::part::{Families, Part, Sentence};
use super::wording::{self, Level};

/// Sentences further apart than this are not laid side by side: no branch of a script is that long.
const FARTHEST: usize = 300;

/// A statement of which so much is left is the same statement.
const SAME: f64 = 0.8;

/// What happened to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It is no longer there, nor is another of its family instead.
    Gone,
    /// What stands for it fits every call.
    Generic,
    /// What stands for it is one sentence with a request or a procedure.
    Tied,
    /// This sentence of the new part comes first now, which asks for data or tells of procedure.
    Behind(usize),
    /// It comes so many seconds later.
    Later(u32),
    /// It no longer has a blank for the caller's name.
    Nameless,
}

/// What happened to one statement of an old part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The statement, by its number among the old sentences.
    pub old: usize,
    /// What stands for it, by its number among the new sentences.
    pub new: Option<usize>,
    /// What happened.
    pub what: What,
}

/// What came of laying two states of a part side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What was lost or is weaker.
    pub losses: Vec<Change>,
    /// New sentences that are statements and stand for none of the old ones.
    pub gains: Vec<usize>,
}

/// A statement and what stands for it now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// Its number among the old sentences.
    pub old: usize,
    /// The number of what stands for it among the new ones.
    pub new: usize,
    /// How much of its words are still there.
    pub share: f64,
}

/// Lays two states of a part side by side; `around` are the old and the new parts that it stands in.
pub fn changes(old: &Part, new: &Part, around: (&[&Part], &[&Part])) -> Changes {
    let mut found = Changes::default();
    let (mut kept, mut used) = (Vec::new(), vec![0_usize; new.sentences.len()]);
    let statements: Vec<usize> = (0..old.sentences.len()).filter(|&o| old.sentences[o].is_statement()).collect();
    let mut open = Vec::new();
    for &o in &statements {
        match same(&old.sentences[o], o, &new.sentences) {
            Some((n, share)) => {
                kept.push(Kept { old: o, new: n, share });
                used[n] += old.sentences[o].words.len();
            }
            None => open.push(o),
        }
    }
    // What says most of the caller chooses first.
    open.sort_by_key(|&o| (std::cmp::Reverse(wording::level(&old.sentences[o].words)), o));
    for o in open {
        let sentence = &old.sentences[o];
        if let Some(n) = instead(sentence, &new.sentences, &used) {
            used[n] += sentence.words.len();
            kept.push(Kept { old: o, new: n, share: 0.0 });
        } else if !around.1.iter().any(|p| same(sentence, 0, &p.sentences).is_some()) {
            found.losses.push(Change { old: o, new: None, what: What::Gone });
        }
    }
    kept.sort_by_key(|k| (k.old, k.new));
    for pair in &kept {
        if let Some(what) = weaker(&old.sentences[pair.old], &new.sentences[pair.new], pair.share) {
            found.losses.push(Change { old: pair.old, new: Some(pair.new), what });
        }
    }
    for (pair, what) in order::moved(old, new, &kept) {
        if !found.losses.iter().any(|l| l.old == pair.old) {
            found.losses.push(Change { old: pair.old, new: Some(pair.new), what });
        }
    }
    found.losses.extend(nameless(old, new, around, &found.losses));
    found.losses.sort_by_key(|l| l.old);
    let fresh = |n: &usize| used[*n] == 0 && !new.sentences[*n].sure.is_empty();
    found.gains = (0..new.sentences.len()).filter(fresh).collect();
    found
}

/// The statements of a part that has no successor, and that are said nowhere in the new state.
pub fn orphans(old: &Part, new: &[Part]) -> Vec<usize> {
    let said = |s: &Sentence| new.iter().any(|p| same(s, 0, &p.sentences).is_some());
    let all = old.sentences.iter().enumerate();
    all.filter(|(_, s)| s.is_statement() && !said(s)).map(|(k, _)| k).collect()
}

/// Where a statement still stands, and how much of it: in one sentence, else in two neighbouring ones.
fn same(statement: &Sentence, at: usize, sentences: &[Sentence]) -> Option<(usize, f64)> {
    let near = at.saturating_sub(FARTHEST)..sentences.len().min(at + FARTHEST);
    let rank = |&(n, share): &(usize, f64)| ((share * 1000.0) as u32, std::cmp::Reverse(n.abs_diff(at)));
    let one = near.clone().filter_map(|n| {
        let s = &sentences[n];
        Some((n, left(statement, &s.words, s.perhaps).filter(|_| !wording::denies_more(&s.words, &statement.words))?))
    });
    let two = || {
        near.clone().filter_map(|n| {
            let (s, next) = (&sentences[n], sentences.get(n + 1)?);
            let words: Vec<String> = s.words.iter().chain(&next.words).cloned().collect();
            Some((n, left(statement, &words, s.perhaps.with(next.perhaps))?))
        })
    };
    one.max_by_key(rank).or_else(|| two().max_by_key(rank))
}

/// How much of a statement is left in some words, if that is enough to be the same statement.
fn left(statement: &Sentence, words: &[String], does: Families) -> Option<f64> {
    let least = if statement.words.len() < 5 { 0.99 } else { SAME };
    let share = wording::contained(&statement.words, words);
    // Nothing but a typing error in it: it is the same whatever is heard in it.
    let whole = share > 0.99 && words.len() <= statement.words.len() + 2;
    let needs = statement.needs();
    (share >= least && (whole || does.shared(needs) == needs)).then_some(share)
}

/// What stands for a statement whose words are gone: another of its family that stands for no other, or that is long
/// enough for both.
fn instead(statement: &Sentence, sentences: &[Sentence], used: &[usize]) -> Option<usize> {
    let (needs, level) = (statement.needs(), wording::level(&statement.words));
    let fits = |n: &usize| {
        let s = &sentences[*n];
        let room = used[*n] == 0 || s.words.len() * 5 >= (used[*n] + statement.words.len()) * 3;
        let shared = s.perhaps.shared(needs);
        let does = if statement.sure.is_empty() { !shared.is_empty() } else { shared == needs };
        room && (does || wording::is_reworded(&statement.words, &s.words))
    };
    let rank = |&n: &usize| {
        let s = &sentences[n];
        let share = (wording::contained(&statement.words, &s.words) * 1000.0) as u32;
        (used[n] == 0, wording::level(&s.words) >= level, !s.logistics, share, std::cmp::Reverse(n))
    };
    (0..sentences.len()).filter(fits).max_by_key(rank)
}

/// Whether what stands for a statement says less.
fn weaker(old: &Sentence, new: &Sentence, share: f64) -> Option<What> {
    if old.needs() == Families::WARMTH || share > 0.99 && new.words.len() <= old.words.len() + 2 {
        return None;
    }
    let (was, now) = (wording::level(&old.words), wording::level(&new.words));
    let fewer = wording::details(&old.words) > 1 && wording::details(&new.words) == 0;
    if now == Level::Generic && was > now || fewer {
        return Some(What::Generic);
    }
    (new.logistics && !old.logistics).then_some(What::Tied)
}

/// Whether blanks for the caller's name are gone: none is left where there was one, or fewer than two on the way here.
fn nameless(old: &Part, new: &Part, around: (&[&Part], &[&Part]), losses: &[Change]) -> Option<Change> {
    let names = |part: &Part| part.sentences.iter().map(|s| s.names).sum::<usize>();
    let all = |part: &Part, around: &[&Part]| names(part) + around.iter().map(|p| names(p)).sum::<usize>();
    let (was, now) = (all(old, around.0), all(new, around.1));
    if names(new) >= names(old) || now >= was || now >= 2 && names(new) > 0 {
        return None;
    }
    let without = |s: &Sentence| {
        let still = |n: &Sentence| n.names > 0 && wording::contained(&s.words, &n.words) >= SAME;
        s.names > 0 && !new.sentences.iter().any(still)
    };
    let lost = old.sentences.iter().position(without)?;
    let told = losses.iter().any(|l| old.sentences[l.old].names > 0);
    let place = |s: &Sentence| wording::contained(&old.sentences[lost].words, &s.words) >= SAME;
    (!told).then(|| Change { old: lost, new: new.sentences.iter().position(place), what: What::Nameless })
}
