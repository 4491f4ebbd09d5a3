//! The arguments of `inspect` and of the `rules` commands.

use super::shared::{ColorWhen, READING, RULES, ReadArgs, RedactArgs, RunArgs, WRITING, Which};
use crate::agree::labels;
use crate::learn::labels::HoldOut;
use crate::report::Verdict;
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use std::ffi::OsString;
use std::path::PathBuf;

pub(super) const INSPECT_EXAMPLES: &str = "\
Examples:
  heard inspect calls/c-17.txt
  heard inspect --format jsonl calls/ > sentences.jsonl
  heard inspect --rules ./mine.toml calls/c-17.txt
  heard inspect --why \"I'd be happy to take your number.\"";

pub(super) const RULES_EXAMPLES: &str = "\
Examples:
  heard rules list
  heard rules explain early-statement
  heard rules new mine.toml
  heard rules test mine.toml
  heard rules diff mine.toml mine-new.toml calls/
  heard rules pin calls/c-17.txt early-statement pass --into mine.toml
  heard rules schema > heard.schema.json";

/// What `inspect` takes.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Files and folders of transcripts, or - for standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
    /// Show the sets of these packs too: a shipped pack or a TOML file; repeatable
    #[arg(long, value_name = "PACK|FILE", help_heading = RULES)]
    pub rules: Vec<String>,
    /// Say which phrases tag this sentence, instead of reading a transcript
    #[arg(long, value_name = "SENTENCE", conflicts_with = "paths", help_heading = RULES)]
    pub why: Option<String>,
    /// Who says the sentence of --why
    #[arg(long, value_name = "ROLE", default_value = "agent", requires = "why", help_heading = RULES)]
    pub speaker: Speaker,
    /// What finds the sets that have learned weights: phrases alone, or weights and phrases combined [default: what the
    /// packs ask for, else combined]
    #[arg(long, value_name = "WHICH", help_heading = RULES)]
    pub detectors: Option<Which>,
    /// How it is read.
    #[command(flatten)]
    pub read: ReadArgs,
    /// Text for people, or a line of JSON a sentence
    #[arg(long, value_name = "FORMAT", default_value = "text", help_heading = WRITING)]
    pub format: InspectFormat,
    /// What is replaced in it.
    #[command(flatten)]
    pub redact: RedactArgs,
    /// Colour of text (NO_COLOR is heeded too)
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = WRITING)]
    pub color: ColorWhen,
    /// How it is run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// Who says a lone sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "each would become a line of help that says nothing")]
pub enum Speaker {
    Agent,
    Customer,
}

/// What `inspect --format` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "each would become a line of help that says nothing")]
pub enum InspectFormat {
    Text,
    Jsonl,
}

/// The `rules` commands, in the order of help.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List the rules of packs, or the phrase sets
    List(RulesListArgs),
    /// Say what a rule requires, why, and what its examples show
    Explain(RulesExplainArgs),
    /// Run the examples of packs: every rule proves itself
    Test(RulesTestArgs),
    /// Learn the weights of a set from labelled sentences
    Learn(RulesLearnArgs),
    /// Write a pack to begin with, which passes its own tests
    New(RulesNewArgs),
    /// Show which verdicts of calls change from one pack to another
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(RulesDiffArgs),
    /// Turn a verdict that somebody disputes into an example of its rule
    #[command(after_help = PIN_EXAMPLES)]
    Pin(RulesPinArgs),
    /// Print the shape of packs as JSON Schema, for editors
    Schema,
}

/// What `rules new` takes.
#[derive(Debug, Args)]
pub struct RulesNewArgs {
    /// The pack to write; a file that is there stays as it is
    #[arg(value_name = "FILE.toml", value_hint = ValueHint::FilePath)]
    pub file: std::path::PathBuf,
}

const PIN_EXAMPLES: &str = "\
The call goes in with other names, long numbers and e-mail addresses in it:
read it all the same before you pass it on. If the rule does not say VERDICT
of it, the example is marked as a known gap, todo = true.

Examples:
  heard rules pin calls/c-17.txt warm-close fail --why \"ends on a number\"
  heard rules pin may.jsonl#c-17 warm-close fail --labels labels.csv
  heard rules pin calls/c-17.txt greets-by-brand pass --into ./ours.toml";

/// What `rules pin` takes.
#[derive(Debug, Args)]
pub struct RulesPinArgs {
    /// The transcript; behind # the call's id, where it holds several
    #[arg(value_name = "PATH[#CALL]", value_hint = ValueHint::FilePath)]
    pub call: OsString,
    /// The rule's id
    #[arg(value_name = "RULE")]
    pub rule: String,
    /// The verdict that the call should get: pass, fail, not-applicable (na) or not-scorable (ns)
    #[arg(value_name = "VERDICT", value_parser = verdict)]
    pub verdict: Verdict,
    /// Put it into this pack of your own, under the rule, instead of printing it
    #[arg(long, value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub into: Option<String>,
    /// What the example shows, in a line
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
    /// Take that from the reasons of graders, as heard agree reads them
    #[arg(long, value_name = "LABELS.csv", value_hint = ValueHint::FilePath, conflicts_with = "why")]
    pub labels: Option<PathBuf>,
    /// Packs that hold the rule: shipped or a TOML file; repeatable [default: the shipped one that does]
    #[arg(long, value_name = "PACK|FILE", conflicts_with = "into", help_heading = RULES)]
    pub rules: Vec<String>,
    /// How it is read.
    #[command(flatten)]
    pub read: ReadArgs,
}

fn verdict(typed: &str) -> Result<Verdict, String> {
    labels::verdict(typed).ok_or_else(|| format!("verdicts are {}", labels::WORDS))
}

const DIFF_EXAMPLES: &str = "\
Exit codes: 0 nothing changes, 1 something does.

Examples:
  heard rules diff mine.toml mine-new.toml calls/
  heard rules diff empathy ./our-empathy.toml calls/";

/// What `rules diff` takes.
#[derive(Debug, Args)]
pub struct RulesDiffArgs {
    /// The pack as it was: a shipped pack or a TOML file
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The pack as it is to be
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Files and folders of transcripts, or - for standard input
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    pub paths: Vec<OsString>,
    /// How it is read.
    #[command(flatten)]
    pub read: ReadArgs,
    /// How it is run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// What `rules list` takes.
#[derive(Debug, Args)]
pub struct RulesListArgs {
    /// Packs to list: shipped or a TOML file; repeatable [default: all shipped]
    #[arg(long, value_name = "PACK|FILE")]
    pub rules: Vec<String>,
    /// List the phrase sets instead
    #[arg(long)]
    pub sets: bool,
}

/// What `rules explain` takes.
#[derive(Debug, Args)]
pub struct RulesExplainArgs {
    /// The rule's id
    #[arg(value_name = "ID")]
    pub id: String,
    /// Packs to look in: shipped or a TOML file; repeatable [default: all shipped]
    #[arg(long, value_name = "PACK|FILE")]
    pub rules: Vec<String>,
    /// Print all phrases of its sets too
    #[arg(short, long)]
    pub verbose: bool,
}

/// What `rules test` takes.
#[derive(Debug, Args)]
pub struct RulesTestArgs {
    /// Pack files, or names of shipped packs [default: all shipped packs]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<String>,
    /// Shipped packs or files to test; repeatable
    #[arg(long, value_name = "PACK|FILE", help_heading = RULES)]
    pub rules: Vec<String>,
    /// Show the examples that came out as they should, too
    #[arg(short, long, help_heading = READING)]
    pub verbose: bool,
}

/// What `rules learn` takes.
#[derive(Debug, Args)]
pub struct RulesLearnArgs {
    /// Labelled lines, a JSON object each: text, labels, and customer_before (of an agent's sentence) or agent_before (of
    /// a customer's turn)
    #[arg(value_name = "LABELS", required = true, value_hint = ValueHint::FilePath)]
    pub labels: Vec<PathBuf>,
    /// The set to learn
    #[arg(long, value_name = "NAME")]
    pub set: String,
    /// The label that stands for it [default: the set's name]
    #[arg(long, value_name = "LABEL")]
    pub label: Option<String>,
    /// Labelled lines that were made up: learned from at half weight, and no measure of anything; repeatable
    #[arg(long, value_name = "LABELS", value_hint = ValueHint::FilePath)]
    pub also: Vec<PathBuf>,
    /// Where the weights go; without it only the figures are shown
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: Option<PathBuf>,
    /// Packs whose sets count too: shipped or a TOML file; repeatable
    #[arg(long, value_name = "PACK|FILE")]
    pub rules: Vec<String>,
    /// What a wrong label costs against a weight: higher fits closer
    #[arg(long, value_name = "NUMBER", default_value = "0.03")]
    pub cost: f64,
    /// How far over the sum with the best F1 a sentence must be to be tagged, in thousandths
    #[arg(long, value_name = "SUM", default_value = "0", allow_negative_numbers = true)]
    pub margin: i32,
    /// How much of what the other sentences of its turn weigh counts for a sentence, in thousandths
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = clap::value_parser!(i32).range(0..=1000))]
    pub rest: i32,
    /// What is left out together when the learning is tested
    #[arg(long, value_name = "WHAT", default_value = "call")]
    pub hold_out: HoldOut,
    /// In how many parts the learning is tested
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u32).range(2..=50))]
    pub parts: u32,
}
