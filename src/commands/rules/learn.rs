//! `heard rules learn`: weights from a team's own labels, and how well they do beside the phrases.

use crate::cli::exit::Exit;
use crate::cli::rules::RulesLearnArgs;
use crate::commands::print;
use crate::learn::labels::{self, Labelled};
use crate::learn::{self, Agreement, Learned, Options};
use crate::output::number::counted;
use crate::rules::pack::learned;
use crate::rules::{PackRef, Pick, RuleBook, Sets};
use crate::support::bounded;
use crate::text::book::PhraseBook;
use crate::text::set::Detectors;
use anyhow::{Context as _, Result, bail};
use std::fmt::Write as _;

/// Runs `rules learn`.
pub fn learn(args: &RulesLearnArgs) -> Result<Exit> {
    if !(args.cost > 0.0 && args.cost.is_finite()) {
        bail!("--cost wants a number over 0");
    }
    let packs: Vec<PackRef> = args.rules.iter().map(|name| PackRef::typed(name)).collect();
    let pick = Pick { sets: Sets::Shown, detectors: Some(Detectors::Phrases), ..Pick::default() };
    let book = RuleBook::load(&packs, &pick)?;
    let all = labelled(args, book.phrases())?;
    let label = args.label.clone().unwrap_or_else(|| args.set.clone());
    let with = all.iter().filter(|l| l.labels.contains(&label)).count();
    let parts = args.parts as usize;
    if with < parts || with == all.len() {
        let n = all.len();
        let lines = counted(n as u64, "line has", "lines have");
        bail!("{with} of {lines} the label `{label}`: at least {parts} must have it, and some must not");
    }
    let options =
        Options { label, cost: args.cost, margin: args.margin, rest: args.rest, hold_out: args.hold_out, parts };
    let learned = learn::learn(book.phrases(), &all, &args.set, &options);
    if let Some(path) = &args.out {
        let text = learned::write(&learned.model, &head(&args.set, &all, &learned));
        std::fs::write(path, text).with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    print(table(&args.set, &learned)?.as_bytes())
}

/// The labelled lines of those whom the set listens to.
fn labelled(args: &RulesLearnArgs, phrases: &PhraseBook) -> Result<Vec<Labelled>> {
    let mut all: Vec<Labelled> = Vec::new();
    let measured = args.labels.iter().map(|path| (path, false));
    for (path, made_up) in measured.chain(args.also.iter().map(|path| (path, true))) {
        let text =
            bounded::read_text(path, bounded::TABLE).with_context(|| format!("{}: cannot be read", path.display()))?;
        let read = labels::read(&text).with_context(|| path.display().to_string())?;
        let from = all.len();
        all.extend(read);
        all[from..].iter_mut().for_each(|line| line.made_up = made_up);
    }
    let who = phrases.id(&args.set).and_then(|set| phrases.set(set).who);
    all.retain(|line| who.is_none_or(|who| line.speaker() == who));
    Ok(all)
}

/// What stands over the weights: where they come from and how good they were.
fn head(set: &str, all: &[Labelled], learned: &Learned) -> String {
    let mut text = format!(
        "Learned weights of the set `{set}`, in thousandths: made by `heard rules learn`, free to be edited.\n\
         A sentence is tagged if @bias and its features sum up to @add. Sources of the labelled lines:\n"
    );
    for ((source, licence), n) in labels::sources(all) {
        let source = if source.is_empty() { "unnamed" } else { source };
        let licence = if licence.is_empty() { "no licence stated" } else { licence };
        let _ = writeln!(text, "  {source} ({licence}): {n}");
    }
    let by = &learned.rows[0].by;
    let _ = write!(
        text,
        "{} of {} the label. Cross-validated F1: phrases {:.2}, combined {:.2}.",
        learned.counts.0,
        counted(learned.counts.1 as u64, "line holds", "lines hold"),
        by[0].f1(),
        by[1].f1()
    );
    text
}

/// The figures for people.
fn table(set: &str, learned: &Learned) -> Result<String> {
    let mut text = format!(
        "{set}: {} of {}; {}; cross-validated (precision recall F1)\n\n",
        learned.counts.0,
        counted(learned.counts.1 as u64, "line", "lines"),
        counted(learned.model.weights.len() as u64, "weight", "weights"),
    );
    writeln!(text, "{:22}{:>5}   {:17}combined", "source", "n", "phrases")?;
    let cell = |a: &Agreement| format!("{:.2} {:.2} {:.2}", a.precision(), a.recall(), a.f1());
    for row in &learned.rows {
        let n = row.by[0].both + row.by[0].labelled;
        let [a, b] = [0, 1].map(|k| cell(&row.by[k]));
        writeln!(text, "{:22}{n:>5}   {a:17}{b}", row.source)?;
    }
    writeln!(
        text,
        "\n@add {}, @bias {}; with --out FILE the weights are written, and `learned = \"FILE\"` in [set.{set}] uses them",
        learned.model.add, learned.model.bias
    )?;
    Ok(text)
}
