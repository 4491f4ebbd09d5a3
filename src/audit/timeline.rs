//! A call as reports draw it: when who speaks, and what the rules heard there.

use crate::call::Role;
use crate::report::timeline::{Moment, MomentKind, Timeline};
use crate::rules::RuleBook;
use crate::rules::context::Context;
use crate::rules::party::Party;
use crate::rules::shipped::{HARDSHIP, HOLD, SOLUTIONS, STATEMENTS};
use crate::text::scene::Hit;
use crate::text::timing;

/// From so many seconds on, speaking while the caller does is drawn as an interruption; the limit of `let-them-finish`.
const INTERRUPTS_S: f64 = 1.0;

/// Draws a tagged call. Only sets that the rules of the book reach are there to be found.
pub(super) fn draw(cx: &Context<'_>, book: &RuleBook) -> Timeline {
    let turns = 0..cx.call.turns.len() as u32;
    let span = |turn: u32| Some((cx.call.turns[turn as usize].start?, timing::turn_end(cx.call, turn)?));
    let timed = cx.timed();
    let mut moments = Vec::new();
    found(cx, MomentKind::Statement, &STATEMENTS, Party::Agent, &mut moments);
    found(cx, MomentKind::Hardship, &[HARDSHIP], Party::Customer, &mut moments);
    found(cx, MomentKind::Solution, &SOLUTIONS, Party::Agent, &mut moments);
    if timed {
        moments.extend(super::metrics::holds(cx).into_iter().map(|hold| {
            let turn = cx.scene.sentence(&hold.said).turn;
            let (said, tags) = (cx.scene.bytes(&hold.said), vec![HOLD]);
            Moment { kind: MomentKind::Hold, turn, said, tags, span: Some((hold.from_s, hold.to_s)) }
        }));
        interruptions(cx, &mut moments);
    }
    moments.sort_by(|a, b| (a.turn, a.said.start, a.kind).cmp(&(b.turn, b.said.start, b.kind)));
    let opening = book.public().iter().find_map(|&rule| book.rules()[rule].condition.opening(cx));
    Timeline { turns: turns.map(|turn| span(turn).filter(|_| timed)).collect(), moments, opening }
}

/// Adds the sentences in which one of some sets was found, each once with all of them.
fn found(cx: &Context<'_>, kind: MomentKind, sets: &[&'static str], who: Party, to: &mut Vec<Moment>) {
    let ids: Vec<_> = sets.iter().filter_map(|set| cx.phrases.id(set)).collect();
    let mut last: Option<Hit> = None;
    // As in the rules, a caller's sentence that may as well be none is no hardship.
    for hit in cx.hits(&ids, who).into_iter().filter(|hit| hit.sure || kind != MomentKind::Hardship) {
        let tag = cx.phrases.name(hit.set);
        match (last, to.last_mut()) {
            (Some(before), Some(moment)) if before.sentence == hit.sentence => {
                if !moment.tags.contains(&tag) {
                    moment.tags.push(tag);
                }
            }
            _ => {
                let sentence = cx.scene.sentence(&hit);
                let span = cx.start(&hit).zip(cx.end(&hit)).map(|(start, end)| (start.0, end.0));
                to.push(Moment { kind, turn: sentence.turn, said: sentence.text.clone(), tags: vec![tag], span });
            }
        }
        last = Some(hit);
    }
}

/// Adds where an agent begins to speak while the caller still does. Only stored ends show that, and a listening sound is
/// no interruption.
fn interruptions(cx: &Context<'_>, to: &mut Vec<Moment>) {
    let mut caller_to = f64::NEG_INFINITY;
    for (k, turn) in cx.call.turns.iter().enumerate() {
        let (Some(start), Some(end)) = (turn.start, turn.end) else { continue };
        match cx.call.role(turn) {
            Role::Customer => caller_to = caller_to.max(end),
            Role::Agent if cx.scene.run_of[k].is_some() && caller_to.min(end) - start > INTERRUPTS_S => {
                to.push(Moment {
                    kind: MomentKind::Interruption,
                    turn: k as u32,
                    said: turn.text.start..turn.text.start,
                    tags: Vec::new(),
                    span: Some((start, caller_to.min(end))),
                });
            }
            _ => {}
        }
    }
}
