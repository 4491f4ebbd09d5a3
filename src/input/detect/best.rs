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
