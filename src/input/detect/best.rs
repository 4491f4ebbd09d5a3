//! The format that is surest of an input, or of a document inside another one.

use serde_json::Value;

use crate::input::detect::outline::Outline;
use crate::input::detect::outline::Sight;
use crate::input::format::JsonFormat;
use crate::input::registry::all;
use crate::input::{Format, Guess, Head};

/// The best guess over 0.5; the earlier in the registry wins a tie.
pub fn best(head: &Head<'_>) -> Option<(&'static dyn Format, Guess)> {
    let mut best: Option<(&'static dyn Format, Guess)> = None;
    for format in all() {
        if let Some(guess) = format.sniff(head).filter(|g| g.confidence > 0.5)
            && best.is_none_or(|(_, b)| guess.confidence > b.confidence)
        {
            best = Some((format, guess));
        }
    }
    best
}

/// The best guess of any other format, however unsure, and whether it comes later in the registry.
pub fn runner_up(head: &Head<'_>, winner: &str) -> Option<RunnerUp> {
    let place = all().position(|format| format.name() == winner);
    let guesses = all().enumerate().filter(|(_, format)| format.name() != winner);
    let guesses = guesses.filter_map(|(k, format)| Some((k, format.name(), format.sniff(head)?)));
    // Of equals the earlier one: the iterator keeps the last of the greatest.
    let best = guesses.filter(|(_, _, guess)| guess.confidence > 0.0).collect::<Vec<_>>();
    let (k, name, guess) = best.into_iter().rev().max_by(|a, b| a.2.confidence.total_cmp(&b.2.confidence))?;
    Some(RunnerUp { name, guess, later: place.is_some_and(|place| k > place) })
}

/// The format that an input was nearly taken for.
#[derive(Clone, Copy, Debug)]
pub struct RunnerUp {
    /// Its name.
    pub name: &'static str,
    /// How sure it is, and what it saw.
    pub guess: Guess,
    /// It comes later in the registry than the winner.
    pub later: bool,
}

/// The format of a document that stands inside another one, as vCon nests them.
pub fn recognise(value: &Value) -> Option<&'static dyn JsonFormat> {
    let bytes = serde_json::to_vec(value).ok()?;
    let outline = Outline::whole(&bytes);
    let sight = Sight { outline: &outline, complete: true };
    let mut best: Option<(f64, &'static dyn JsonFormat)> = None;
    for document in all().filter_map(|f| f.document()) {
        if let Some((confidence, _)) = document.sight(&sight)
            && confidence > best.map_or(0.5, |(b, _)| b)
        {
            best = Some((confidence, document));
        }
    }
    best.map(|(_, document)| document)
}
