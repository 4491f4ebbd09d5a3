//! More about what is not found where it is required: how much later it comes, and which branch asks for it.

use crate::call::Call;
use crate::report::script::ScriptPath;
use crate::report::{Evidence, RuleResult};
use crate::rules::RuleBook;
use crate::rules::context::Context;
use crate::text::scene::Scene;

/// When and in which line the first hit behind the window comes, for a rule that looks in the first seconds.
pub fn first_after(
    book: &RuleBook,
    scene: &Scene,
    call: &Call,
    rule: usize,
    result: &RuleResult,
    script: &ScriptPath,
) -> Option<(f64, u32)> {
    let looked = result.evidence.first()?.looked?;
    let end = looked.to_s.filter(|_| result.reason == "not-found")?;
    let cx = Context::new(call, scene, book.phrases());
    let hits = book.rules()[rule].condition.anywhere(&cx);
    let from = looked.from_s.unwrap_or(0.0);
    hits.iter().find_map(|hit| {
        let (seconds, _) = cx.start(hit).filter(|t| t.0 >= end)?;
        let bytes = cx.scene.bytes(hit);
        Some((seconds - from, script.place(call.text(), &bytes).line))
    })
}

/// The other lines in which a rule fails: "line 7", "lines 7 and 9".
pub fn other_lines(call: &Call, result: &RuleResult, script: &ScriptPath) -> String {
    let found = result.evidence.iter().filter(|e| !e.hit.is_empty());
    let mut lines: Vec<u32> = found.map(|e| script.place(call.text(), &e.hit).line).collect();
    let first = lines.first().copied();
    lines.sort_unstable();
    lines.dedup();
    lines.retain(|&l| Some(l) != first);
    let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
    match lines.split_last() {
        None => String::new(),
        Some((one, [])) => format!("line {one}"),
        Some((last, rest)) => format!("lines {} and {last}", rest.join(", ")),
    }
}

/// Where an absence belongs that only a branch asks for: "in a complaint" is about the complaint's branch, not about
/// the greeting before it. `steps` are the branches with the turns they begin with.
pub fn in_branch(
    book: &RuleBook,
    scene: &Scene,
    call: &mut Call,
    rule: usize,
    absence: &Evidence,
    steps: &[(&str, usize)],
) -> Option<Evidence> {
    let occasion = book.rules()[rule].when.as_ref()?;
    let looked = absence.looked?;
    let whole = call.meta.get("path").cloned()?;
    let phrases = book.phrases();
    let mut holds = |path: &str| {
        call.meta.insert("path".to_owned(), path.to_lowercase().into());
        occasion.holds(&Context::new(call, scene, phrases).verdict_only())
    };
    let step = if holds("") { None } else { steps.iter().find(|(label, _)| holds(label)) };
    call.meta.insert("path".to_owned(), whole);
    let turn = step?.1;
    let cx = Context::new(call, scene, phrases);
    let mut sentences = (turn..call.turns.len()).flat_map(|t| cx.scene.turn_sentences(t as u32));
    let first = sentences.find(|&s| {
        let turn = &call.turns[cx.scene.sentences[s as usize].turn as usize];
        call.role(turn) == absence.speaker
    })?;
    Some(cx.show_absence(first, looked))
}
