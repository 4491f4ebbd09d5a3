//! `--trace`: one call through every stage, as text. A debugging aid, and the shortest documentation of the program.

use crate::call::{Call, Clock};
use crate::output::escape::terminal;
use crate::output::number::counted;
use crate::redact::{self, Redaction};
use crate::report::{CallReport, RuleResult};
use crate::rules::RuleBook;
use crate::rules::rule::Rule;
use crate::text::scene::Scene;
use crate::text::set::SetId;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Appends all stages of a call. `sizes` are the bytes that each output made of it. With `shown` what tells who somebody
/// is is replaced; the reasons are those of the report that may be shown.
pub fn call(
    report: &CallReport<'_>,
    shown: Option<&CallReport<'_>>,
    book: &RuleBook,
    scene: &Scene,
    sizes: &[usize],
    to: &mut String,
) {
    let redact = shown.is_some();
    let redaction = if redact { Redaction::of(report.call) } else { Redaction::default() };
    let reasons = &shown.unwrap_or(report).judged.results;
    let mut stages_of_it = String::new();
    // Writing to a string cannot fail.
    let _ = stages(report, reasons, book, scene, &redaction, sizes, &mut stages_of_it);
    if redact {
        stages_of_it.lines().for_each(|line| to.extend([&redact::text(line), "\n"]));
    } else {
        to.push_str(&stages_of_it);
    }
}

fn stages(
    report: &CallReport<'_>,
    reasons: &[RuleResult],
    book: &RuleBook,
    scene: &Scene,
    redaction: &Redaction,
    sizes: &[usize],
    to: &mut String,
) -> std::fmt::Result {
    let CallReport { record, source, call, judged, .. } = report;
    writeln!(to, "trace of {:?}", call.id)?;
    writeln!(to, "  framed    record {record} of {source:?}")?;
    let turns = counted(call.turns.len() as u64, "turn", "turns");
    let words = counted(call.words.len() as u64, "word", "words");
    writeln!(to, "  parsed    as {}: {turns}, {words} with times", call.format)?;
    let clock = match call.clock {
        Clock::None => "no times",
        Clock::Speech => "times of speech",
        Clock::Sent => "times of sending",
    };
    writeln!(to, "            {clock}; roles {} ({:.2})", call.roles.how.as_str(), call.roles.confidence)?;
    for speaker in &call.speakers {
        writeln!(to, "            {:?} is {}, name {:?}", speaker.label, speaker.role, speaker.name)?;
    }
    for (k, turn) in call.turns.iter().enumerate() {
        let time = |t: Option<f64>| t.map_or_else(|| "?".to_owned(), |t| format!("{t:.3}"));
        let (start, end) = (time(turn.start), time(turn.end));
        writeln!(
            to,
            "            turn {k} {} {start} to {end}: {:?}",
            call.role(turn),
            redaction.show(call, turn.text.clone())
        )?;
    }
    tagged(call, book, scene, redaction, to)?;
    for (result, shown) in judged.results.iter().zip(reasons) {
        let id = book.heads().get(result.rule).map_or("?", |head| head.id.as_str());
        writeln!(to, "  judged    {id}: {} ({}): {}", result.verdict.as_str(), result.reason, terminal(&shown.why))?;
        for evidence in &result.evidence {
            let (turn, sentence) = (evidence.turn, evidence.sentence);
            writeln!(
                to,
                "            turn {turn}, sentence {sentence}: {:?} {:?}",
                redaction.show(call, evidence.quote.clone()).trim(),
                evidence.tags
            )?;
        }
    }
    match judged.score {
        Some(score) => writeln!(to, "            score {}.{}", score.tenths / 10, score.tenths % 10)?,
        None => writeln!(to, "            no score: no rule passed or failed")?,
    }
    let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
    writeln!(to, "  rendered  {} bytes", sizes.join(", "))
}

/// The stage between parsing and judging: sentences, and in them the tags that the rules look at.
fn tagged(call: &Call, book: &RuleBook, scene: &Scene, redaction: &Redaction, to: &mut String) -> std::fmt::Result {
    let sentences = counted(scene.sentences.len() as u64, "sentence", "sentences");
    let runs = counted(scene.runs.len() as u64, "run", "runs");
    writeln!(to, "  tagged    {sentences} in {runs}; the caller is called {:?}", scene.names.known)?;
    let looked_at: BTreeSet<SetId> = book.rules().iter().flat_map(Rule::sets).collect();
    for (n, sentence) in scene.sentences.iter().enumerate() {
        let text = redaction.show(call, sentence.text.clone());
        let tags = scene.tags(n as u32).filter(|set| looked_at.contains(set));
        let names = tags.map(|set| book.phrases().name(set));
        let names: Vec<&str> = names.collect();
        writeln!(
            to,
            "            turn {}, sentence {}: {:?} [{}]",
            sentence.turn,
            sentence.index,
            text.trim(),
            names.join(" ")
        )?;
    }
    Ok(())
}
