//! Statements that are still there and come later than before: behind a request, or long after the branch began.

use super::change::{Kept, What};
use super::part::{Families, Part, Sentence};
use super::wording;

/// In a branch, a first statement counts as early up to here, in seconds.
const AT_ONCE: f64 = 4.0;
/// In the trunk, which begins with a greeting, up to here.
const EARLY: f64 = 15.0;
/// So much later is later.
const LATER: f64 = 4.0;

/// The kept statements that moved back.
pub fn moved(old: &Part, new: &Part, kept: &[Kept]) -> Vec<(Kept, What)> {
    let mut found: Vec<(Kept, What)> = Vec::new();
    for family in [Families::FEELING, Families::HELP] {
        let of = |s: &Sentence| !s.needs().shared(family).is_empty();
        let Some(first) = kept.iter().find(|k| of(&old.sentences[k.old])) else {
            continue;
        };
        // The first of them to be heard now.
        let Some(now) = new.sentences.iter().position(|s| !s.perhaps.shared(family).is_empty()) else {
            continue;
        };
        if found.iter().any(|(k, _)| k.old == first.old) {
            continue;
        }
        let (was_s, now_s) = (old.sentences[first.old].start_s, new.sentences[now].start_s);
        let late = if old.label.is_empty() { was_s < EARLY && now_s >= EARLY } else { was_s < AT_ONCE };
        if let Some(request) = request_before(new, now).filter(|_| request_before(old, first.old).is_none()) {
            found.push((*first, What::Behind(request)));
        } else if late && now_s >= was_s + LATER && !statement_before(new, now) {
            found.push((*first, What::Later((now_s - was_s).round() as u32)));
        }
    }
    for pair in kept {
        if let Some(request) = overtaken(old, new, pair, kept)
            && !found.iter().any(|(k, _)| k.old == pair.old)
        {
            found.push((*pair, What::Behind(request)));
        }
    }
    found
}

/// A request or procedure before a sentence.
fn request_before(part: &Part, at: usize) -> Option<usize> {
    part.sentences[..at].iter().position(is_request)
}

fn is_request(sentence: &Sentence) -> bool {
    sentence.logistics && !sentence.is_statement()
}

fn statement_before(part: &Part, at: usize) -> bool {
    part.sentences[..at].iter().any(Sentence::is_statement)
}

/// A request that stood behind a statement and stands before it now, with no other statement moved up instead.
fn overtaken(old: &Part, new: &Part, pair: &Kept, kept: &[Kept]) -> Option<usize> {
    let needs = old.sentences[pair.old].needs();
    let requests = old.sentences.iter().enumerate().skip(pair.old + 1).filter(|(_, s)| is_request(s));
    for (asked, request) in requests {
        let again = |s: &Sentence| wording::contained(&request.words, &s.words) >= 0.8;
        let Some(now) = new.sentences[..pair.new].iter().position(again) else {
            continue;
        };
        let moved_up = (0..now).any(|n| {
            let same = !new.sentences[n].perhaps.shared(needs).is_empty();
            same && !kept.iter().any(|k| k.new == n && k.old < asked)
        });
        if !moved_up {
            return Some(now);
        }
    }
    None
}
