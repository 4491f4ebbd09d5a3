//! Who is the agent, when the file does not say: inferred from what is said, with a confidence.
//!
//! Agents and callers talk differently from the first word to the last: one greets with a company's name, asks for a
//! postcode and looks into it; the other has an account, a parcel, a story. `weights` sums up how much every voice
//! sounds like one or the other, and how much all of it sounds like a customer's call and not like other talk. Both
//! together are the evidence; only where there is enough of it are the roles taken, because a wrong guess turns every
//! verdict upside down and a refusal costs one `--roles`. What was too unsure to be used is kept in [`Call::guess`].
//! The weights are English; other languages stay unknown.

mod cues;
mod weights;

use crate::call::{Call, Guess, HowRoles, Role, Roles};
use weights::{Sums, Weights};

/// Less sure than this, and the roles stay unknown.
pub const ENOUGH: f64 = 0.75;

/// A guess that stands on too little of a shape to be used is no surer than this.
const DOUBTFUL: f64 = 0.5;
/// A voice with fewer words, or a smaller share of all words, is a speck of diarisation, or an aside.
const FEW_WORDS: usize = 6;
const SMALL_SHARE: usize = 50;
/// So many words of a call are looked at; who has not shown by then will not.
const REACH: usize = 4_000;
/// A recorded voice speaks at most so often: a person who says "press one" goes on talking.
const RECORDED_TURNS: usize = 3;
/// Up to so many units, more evidence makes surer; of longer calls the mean of so many counts, so that hours of other
/// talk never add up to a call.
const UNITS: i64 = 12;
/// Of English, the weights list most words; where they list less than one in so many, it is another language.
const LISTED: usize = 2;
/// What a phrase of other talk takes from the evidence: more than other talk ever has, less than a call of some length.
const OTHER_TALK: i64 = 4_000;
/// A voice that sounds now like an agent, now like a caller, is two people under one label: so many parts of what
/// both voices come to without signs must be left with signs.
const STEADY: i64 = 4;
/// How often a guess of so much evidence, in thousandths, is right, in percent: measured on the calls of writers who
/// were left out while learning, with one conversation in thirty being other talk (`.ci/roles.py --check`).
const SURE: [(i64, i64); 9] =
    [(0, 0), (1500, 20), (3000, 55), (4000, 75), (4600, 85), (5200, 90), (6100, 95), (7200, 98), (8000, 99)];

/// What is known of a voice besides its sums.
#[derive(Clone, Copy, Debug, Default)]
struct Voice {
    words: usize,
    turns: usize,
    recorded: bool,
}

/// Gives roles to the speakers of a call that has none, if what they say makes it clear. True if it did.
pub fn infer(call: &mut Call) -> bool {
    let english = |language: &String| language.to_ascii_lowercase().starts_with("en");
    if call.roles.how != HowRoles::Unknown || !call.language.as_ref().is_none_or(english) {
        return false;
    }
    let Some(guess) = guess(call) else {
        return false;
    };
    let sure = guess.confidence >= ENOUGH;
    if sure {
        for (speaker, role) in call.speakers.iter_mut().zip(&guess.roles) {
            speaker.role = *role;
        }
        call.roles = Roles { how: HowRoles::Inferred, confidence: guess.confidence };
    }
    call.guess = Some(guess).filter(|_| !sure);
    sure
}

/// The likeliest roles of the speakers, and how surely; none if there are no two that stand against each other.
fn guess(call: &Call) -> Option<Guess> {
    let (voices, other_talk) = voices(call)?;
    let all: usize = voices.iter().map(|v| v.words).sum();
    let few = FEW_WORDS.max(all / SMALL_SHARE);
    let heard = voices.iter().filter(|v| v.words >= few).count();
    // A menu is told from a person by what it says, and by there being two people besides.
    let is_machine = |v: &Voice| v.recorded && heard > 2;
    // Of two voices both count, however little one says.
    let speaking = voices.iter().filter(|v| v.words > 0).count();
    let is_person = |v: &Voice| !is_machine(v) && (v.words >= few || v.words > 0 && speaking == 2);
    let people: Vec<usize> = (0..voices.len()).filter(|&v| is_person(&voices[v])).collect();
    let sums = Weights::get().sums(call, |speaker| is_person(&voices[speaker]), REACH);
    if sums.listed * LISTED < sums.words {
        return None;
    }
    let (agents, customers): (Vec<usize>, Vec<usize>) = match people.as_slice() {
        [one, other] if sums.side[*one] >= sums.side[*other] => (vec![*one], vec![*other]),
        [one, other] => (vec![*other], vec![*one]),
        several => several.iter().partition(|&&voice| sums.side[voice] > 0),
    };
    let less = if other_talk { OTHER_TALK } else { 0 };
    let pairs = agents.iter().flat_map(|&agent| customers.iter().map(move |&customer| (agent, customer)));
    let each = pairs.map(|(agent, customer)| confidence(&sums, agent, customer, less));
    // As sure as of the least sure two.
    let confidence = each.reduce(f64::min)?;
    // A call that is handed on has several agents and one caller. Several callers may as well be a meeting.
    let doubtful = customers.len() > 1 || people.iter().any(|&v| voices[v].words < FEW_WORDS);
    let mut roles: Vec<Role> =
        voices.iter().map(|v| if is_machine(v) && v.words >= few { Role::Bot } else { Role::Unknown }).collect();
    for &voice in &agents {
        roles[voice] = Role::Agent;
    }
    for &voice in &customers {
        roles[voice] = Role::Customer;
    }
    Some(Guess { roles, confidence: confidence.min(if doubtful { DOUBTFUL } else { 1.0 }) })
}

/// How surely the one is the agent and the other the caller, by the evidence of what these two say.
fn confidence(sums: &Sums, agent: usize, customer: usize, less: i64) -> f64 {
    let both = |of: &[i32]| i64::from(of[agent]) + i64::from(of[customer]);
    let apart = i64::from(sums.side[agent]) - i64::from(sums.side[customer]);
    let units = i64::from(sums.units[agent] + sums.units[customer]).max(1);
    let evidence = ((apart + both(&sums.call)) * units.min(UNITS)).div_euclid(units) - less;
    let steady = apart * STEADY >= both(&sums.moved);
    let most = if steady { 1.0 } else { DOUBTFUL };
    (percent(evidence) as f64 / 100.0).min(most)
}

/// Between the points of [`SURE`] in a straight line; whole percent, for more would claim a precision that is not there.
fn percent(evidence: i64) -> i64 {
    let Some(next) = SURE.iter().position(|(from, _)| evidence < *from) else {
        return SURE[SURE.len() - 1].1;
    };
    let Some(before) = next.checked_sub(1) else {
        return 0;
    };
    let ((from, low), (to, high)) = (SURE[before], SURE[next]);
    low + (evidence - from) * (high - low) / (to - from)
}

/// The voices of a call, with what is known by certain phrases, and whether one of them is none of a customer's call.
fn voices(call: &Call) -> Option<(Vec<Voice>, bool)> {
    let mut voices = vec![Voice::default(); call.speakers.len()];
    let (mut words, mut read, mut other_talk) = (Vec::new(), 0, false);
    for turn in &call.turns {
        let voice = voices.get_mut(usize::from(turn.speaker))?;
        if read > REACH || call.role(turn) != Role::Unknown {
            continue;
        }
        cues::words(call.turn_text(turn), &mut words);
        read += words.len();
        voice.words += words.len();
        voice.turns += usize::from(!words.is_empty());
        for sort in cues::all(&words) {
            match sort {
                cues::Sort::OtherTalk => other_talk = true,
                cues::Sort::Recorded => voice.recorded = true,
            }
        }
        words.clear();
    }
    for voice in &mut voices {
        voice.recorded &= voice.turns <= RECORDED_TURNS;
    }
    Some((voices, other_talk))
}

#[cfg(test)]
mod tests;
