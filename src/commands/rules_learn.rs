//! `heard rules learn`: weights from a team's own labels, and how well they do beside the phrases.

use super::print;
use crate::cli::rules::RulesLearnArgs;
use crate::exit::Exit;
use crate::learn::{self, Agreement, Learned, Options, labels};
use crate::rules::{PackRef, Pick, RuleBook, Sets, learned};
use crate::text::book::Detectors;
use anyhow::{Context as _, Result, bail};
use std::fmt::Write as _;

/// Runs `rules learn`.
pub fn learn(args: &RulesLearnArgs) -> Result<Exit> {
    let mut all = Vec::new();
    for path in &args.labels {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        let read = labels::read(&text).with_context(|| path.display().to_string())?;
        all.extend(read);
    }
    if !(args.cost > 0.0 && args.cost.is_finite()) {
        bail!("--cost wants a number over 0");
    }
    let with = all.iter().filter(|l| l.labels.contains(&args.set)).count();
    if with < learn::PARTS || with == all.len() {
        let n = all.len();
        bail!(
            "{with} of {n} sentences have the label `{}`: at least {} must have it, and some must not",
            args.set,
            learn::PARTS
        );
    }
    let packs: Vec<PackRef> = args.rules.iter().map(|name| PackRef::typed(name)).collect();
    let pick = Pick {
        sets: Sets::Shown,
        detectors: Some(Detectors::Phrases),
        ..Pick::default()
    };
    let book = RuleBook::load(&packs, &pick)?;
    let options = Options {
        cost: args.cost,
        margin: args.margin,
        overrule: args.overrule,
    };
    let learned = learn::learn(book.phrases(), &all, &args.set, &options);
    if let Some(path) = &args.out {
        let text = learned::write(&learned.model, &head(&args.set, &all, &learned));
        std::fs::write(path, text)
            .with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    print(table(&args.set, &learned)?.as_bytes())
}

/// What stands over the weights: where they come from and how good they were.
fn head(set: &str, all: &[labels::Labelled], learned: &Learned) -> String {
    let mut text = format!(
        "Learned weights of the set `{set}`, in thousandths: made by `heard rules learn`, free to be edited.\n\
         A sentence is tagged if @bias and its features sum up to @add. Sources of the labelled sentences:\n"
    );
    for ((source, licence), n) in labels::sources(all) {
        let source = if source.is_empty() { "unnamed" } else { source };
        let licence = if licence.is_empty() {
            "no licence stated"
        } else {
            licence
        };
        let _ = writeln!(text, "  {source} ({licence}): {n}");
    }
    let by = &learned.rows[0].by;
    let _ = write!(
        text,
        "{} of {} sentences hold the label. Cross-validated F1: phrases {:.2}, weights {:.2}, both {:.2}.",
        learned.counts.0,
        learned.counts.1,
        by[0].f1(),
        by[1].f1(),
        by[2].f1()
    );
    text
}

/// The figures for people.
fn table(set: &str, learned: &Learned) -> Result<String> {
    let mut text = format!(
        "{set}: {} of {} sentences; {} weights; cross-validated in {} parts (precision recall F1)\n\n",
        learned.counts.0,
        learned.counts.1,
        learned.model.weights.len(),
        learn::PARTS
    );
    writeln!(
        text,
        "{:22}{:>5}   {:17}{:17}both",
        "source", "n", "phrases", "weights"
    )?;
    let cell = |a: &Agreement| format!("{:.2} {:.2} {:.2}", a.precision(), a.recall(), a.f1());
    for row in &learned.rows {
        let n = row.by[0].both + row.by[0].labelled;
        let [a, b, c] = [0, 1, 2].map(|k| cell(&row.by[k]));
        writeln!(text, "{:22}{n:>5}   {a:17}{b:17}{c}", row.source)?;
    }
    writeln!(
        text,
        "\n@add {}, @bias {}; with --out FILE the weights are written, and `learned = \"FILE\"` in [set.{set}] uses them",
        learned.model.add, learned.model.bias
    )?;
    Ok(text)
}
