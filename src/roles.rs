//! Who is the agent, when the file does not say: inferred from what is said, with a confidence.
//!
//! Some sentences only one side says: "thank you for calling", "may I have your account number" is the company;
//! "I'm calling about my order", "I want a refund" is the caller. Each such cue counts once for each voice, the two
//! ways to assign the roles are weighed against each other, and only a clear winner is taken: a wrong guess turns
//! every verdict upside down, a refusal costs one `--roles`. The cues are English; other languages stay unknown.

mod cues;

use crate::call::{Call, HowRoles, Role, Roles};
use cues::Cues;
use std::collections::BTreeSet;

/// Less sure than this, and the roles stay unknown.
pub const ENOUGH: f64 = 0.75;

/// The least that must speak for an assignment, in points of cues; one strong cue is three.
const LEAST: u32 = 5;
/// A voice with fewer words is a speck of diarisation, or an aside.
const FEW_WORDS: usize = 6;
/// Cues are looked for in so many words of a voice; who has not shown by then will not.
const REACH: usize = 4_000;

/// What a voice says that only one side says.
#[derive(Clone, Debug, Default)]
struct Voice {
    /// Index into the call's speakers.
    speaker: usize,
    words: usize,
    agent: u32,
    /// Whether one of its agent cues is strong.
    opener: bool,
    customer: u32,
    machine: u32,
}

/// Gives roles to the speakers of a call that has none, if what they say makes it clear. True if it did.
pub fn infer(call: &mut Call) -> bool {
    if call.roles.how != HowRoles::Unknown
        || call
            .language
            .as_deref()
            .is_some_and(|l| !l.to_ascii_lowercase().starts_with("en"))
    {
        return false;
    }
    let Some((roles, confidence)) = judged(call) else {
        return false;
    };
    for (speaker, role) in roles {
        call.speakers[speaker].role = role;
    }
    call.roles = Roles {
        how: HowRoles::Inferred,
        confidence,
    };
    true
}

/// The roles of the speakers, and how surely; none if it is not clear.
fn judged(call: &Call) -> Option<(Vec<(usize, Role)>, f64)> {
    let voices = voices(call)?;
    let (machines, people): (Vec<&Voice>, Vec<&Voice>) = voices
        .iter()
        .filter(|v| v.words >= FEW_WORDS)
        .partition(|v| v.machine > 0 && v.machine >= v.customer + u32::from(v.agent > 6));
    let mut roles: Vec<(usize, Role)> = Vec::new();
    let confidence = match people.as_slice() {
        [one, other] => {
            let (agent, customer) = if weight(one, other) >= weight(other, one) {
                (one, other)
            } else {
                (other, one)
            };
            roles.push((agent.speaker, Role::Agent));
            roles.push((customer.speaker, Role::Customer));
            sure(agent, customer)?
        }
        // A call that is handed on: every voice must show its side, and exactly one is the caller's.
        several if several.len() > 2 => {
            let (agents, others): (Vec<&Voice>, Vec<&Voice>) = several
                .iter()
                .partition(|v| v.opener && v.agent >= 3 && v.customer * 4 <= v.agent);
            let [customer] = others.as_slice() else {
                return None;
            };
            if customer.customer < 2 || customer.opener {
                return None;
            }
            roles.push((customer.speaker, Role::Customer));
            roles.extend(agents.iter().map(|v| (v.speaker, Role::Agent)));
            let each = agents.iter().map(|agent| sure(agent, customer));
            // As sure as of the least sure one.
            each.collect::<Option<Vec<f64>>>()?
                .into_iter()
                .fold(1.0, f64::min)
        }
        _ => return None,
    };
    roles.extend(machines.iter().map(|v| (v.speaker, Role::Bot)));
    Some((roles, confidence))
}

/// What speaks for `agent` being the agent and `customer` the customer.
fn weight(agent: &Voice, customer: &Voice) -> u32 {
    agent.agent + customer.customer
}

/// How surely it is this way round and not the other; none below [`ENOUGH`].
fn sure(agent: &Voice, customer: &Voice) -> Option<f64> {
    let (so, otherwise) = (weight(agent, customer), weight(customer, agent));
    if !agent.opener || so < LEAST || otherwise * 4 > so {
        return None;
    }
    let (so, otherwise) = (f64::from(so), f64::from(otherwise));
    let share = (so + 0.5) / (so + otherwise + 1.0);
    let confidence = (share * (1.0 - 0.5f64.powf(so / 2.0))).min(0.98);
    // Two digits: more would claim a precision that counted cues do not have.
    Some((confidence * 100.0).round() / 100.0).filter(|c| *c >= ENOUGH)
}

/// What every voice of unknown role says; none if the conversation is clearly no call of a customer.
fn voices(call: &Call) -> Option<Vec<Voice>> {
    let cues = Cues::get();
    let mut voices: Vec<Voice> = (0..call.speakers.len())
        .map(|speaker| Voice {
            speaker,
            ..Voice::default()
        })
        .collect();
    let mut seen: BTreeSet<(u16, usize)> = BTreeSet::new();
    let mut words: Vec<String> = Vec::new();
    for turn in &call.turns {
        let voice = voices.get_mut(usize::from(turn.speaker))?;
        if call.role(turn) != Role::Unknown || voice.words > REACH {
            continue;
        }
        words.clear();
        cues::words(call.turn_text(turn), &mut words);
        voice.words += words.len();
        for at in 0..words.len() {
            for (number, cue) in cues.at(&words, at) {
                if cue.sort == cues::Sort::NoCall {
                    return None;
                }
                // Once for each voice: somebody who says it five times is no surer.
                if seen.insert((turn.speaker, number)) {
                    match cue.sort {
                        cues::Sort::Agent => {
                            voice.agent += cue.points;
                            voice.opener |= cue.points >= 3;
                        }
                        cues::Sort::Customer => voice.customer += cue.points,
                        cues::Sort::Machine => voice.machine += cue.points,
                        cues::Sort::NoCall => {}
                    }
                }
            }
        }
    }
    voices.retain(|v| call.speakers[v.speaker].role == Role::Unknown);
    Some(voices)
}

#[cfg(test)]
mod tests;
