//! What the words around a number say of it: those before it, those behind it, the question that it answers.

use super::cues::{Cue, Said};
use super::runs::Run;
use super::tokens::{TokenKind, Tokens};

/// Where a number stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub first: usize,
    pub end: usize,
    pub turn: u32,
    /// Words of its turn before it.
    pub before: usize,
}

impl From<&Run> for Place {
    fn from(run: &Run) -> Place {
        Place { first: run.tokens.start, end: run.tokens.end, turn: run.turn, before: run.before }
    }
}

/// What is known of a number from the words around it.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// What may come, with the cue's index.
    pub wanted: Vec<(Cue, usize)>,
    /// The number is said to be one that tells nobody who somebody is.
    pub harmless: bool,
}

/// What the words around a number of `n` signs say of it.
pub(super) fn context(tokens: &Tokens, cues: &[Said], used: &[bool], place: &Place, n: usize) -> Context {
    let mut context = Context::default();
    let Place { first, end, turn, before } = *place;
    let behind = cues.partition_point(|cue| cue.end <= first);
    let number_of =
        |cue: Cue| matches!(cue, Cue::Card | Cue::Account | Cue::Identity | Cue::Phone | Cue::Code | Cue::Number);
    let mut unsure = false;
    let mut nearest = None;
    for k in (behind.saturating_sub(24)..behind).rev() {
        let cue = cues[k];
        let away = turn - tokens.all[cue.first].turn;
        let reaches = first - cue.end < cue.reach;
        if away > 6
            || nearest.is_some_and(|nearest| away > nearest)
            || away > 0 && (before > 12 || first - cue.end > 150)
        {
            break;
        }
        if cue.cue == Cue::Harmless && away == 0 && reaches && (cue.plain || nearest.is_none() && first - cue.end <= 3)
        {
            context.harmless = context.wanted.iter().all(|(cue, _)| *cue == Cue::Number);
            break;
        }
        if cue.cue == Cue::Harmless && away > 0 && cue.plain && context.wanted.is_empty() {
            context.harmless = true;
            nearest = Some(away);
        }
        unsure |= cue.cue == Cue::Harmless && first - cue.end < 12;
        if number_of(cue.cue) && !used[k] && (reaches || away > 0 && cue.reach > 10) && fits(cue.cue, n) {
            context.harmless = false;
            context.wanted.push((cue.cue, k));
            nearest = Some(away);
            // In its own turn the nearest cue counts, unless it leaves open of what.
            if away == 0 && cue.cue != Cue::Number {
                break;
            }
        }
    }
    // "My number is" of what, another cue may say.
    context.wanted.sort_by_key(|(cue, _)| *cue == Cue::Number);
    let sure = context.wanted.first().is_some_and(|(cue, _)| *cue != Cue::Number);
    if !sure && let Some((cue, k)) = trailing(tokens, cues, end) {
        context.harmless = cue == Cue::Harmless;
        if !context.harmless {
            context.wanted.insert(0, (cue, k));
        }
    }
    if context.harmless || unsure && !sure && context.wanted.iter().all(|(cue, _)| *cue == Cue::Number) {
        context.wanted.clear();
        context.harmless |= unsure;
    }
    context
}

/// The cue behind a number: "4417 2290 is my account number".
fn trailing(tokens: &Tokens, cues: &[Said], end: usize) -> Option<(Cue, usize)> {
    const WORDS: usize = 6;
    let k = cues.partition_point(|cue| cue.first < end);
    let cue = cues.get(k).filter(|cue| cue.first - end <= WORDS && tokens.is_same_turn(end - 1, cue.first))?;
    let leads = |k: usize| match tokens.kind(k) {
        TokenKind::Word => matches!(
            tokens.key(k),
            "is" | "was"
                | "that"
                | "my"
                | "the"
                | "a"
                | "for"
                | "your"
                | "it"
                | "on"
                | "this"
                | "as"
                | "are"
                | "were"
                | "those"
                | "our"
                | "his"
                | "her"
                | "number"
        ),
        TokenKind::Mark => matches!(tokens.shown(k), "," | "-" | "(" | "."),
        _ => false,
    };
    let number = !matches!(cue.cue, Cue::Email | Cue::Birth | Cue::Address | Cue::Postcode);
    (number && (end..cue.first).all(leads)).then_some((cue.cue, k))
}

/// Whether a number of so many digits may be what a cue announces.
fn fits(cue: Cue, n: usize) -> bool {
    match cue {
        Cue::Code => (3..=8).contains(&n),
        Cue::Account => n >= 5,
        Cue::Phone | Cue::Number => n >= 7,
        Cue::Card | Cue::Identity => n >= 6,
        _ => false,
    }
}
